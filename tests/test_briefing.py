"""A briefing as its readers get it: ranked, numbered, verbatim, the same bytes each time."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from briefs import newsroom, stories
from briefs.briefing import compose, verify
from briefs.errors import QuotationError
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, Block, BlockKind
from briefs.preferences import Preferences

NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)
COPY = "Inspectors closed the Halden bridge over the Aske on Tuesday because two of its cables are cracked, the road office said."
TEXTS = (
    ("a", "Gazette", "Cracks close Halden bridge", 20, COPY),
    ("b", "Courier", "Halden bridge closed by cracks", 19, COPY + " Drivers face a detour of forty kilometres."),
    (
        "c",
        "Herald",
        "You won't believe what inspectors found on Halden bridge",
        18,
        "The Halden bridge will stay closed until May, engineer Ruth Amsel said after cracks were found in its cables.",
    ),
    (
        "d",
        "Gazette",
        "Wheat prices rise in Lindal",
        10,
        "Wheat rose by four percent at the Lindal exchange on Tuesday as farmers feared a dry spring.",
    ),
    ("e", None, None, 30, "A fire destroyed the town archive of Marbury on Monday night, the fire brigade said."),
)


@pytest.fixture(scope="module")
def desk():
    articles = {
        name: Article(
            name,
            text,
            (Block(0, len(text), BlockKind.PROSE),),
            NOW,
            title,
            source,
            "https://www.marbury.example/fire" if name == "e" else None,
            published_at=NOW - timedelta(hours=hours),
        )
        for name, source, title, hours, text in TEXTS
    }
    readings = {r.article_id: r for r in newsroom.read(list(articles.values()), DEFAULT_PIPELINE)}
    return stories.group(list(articles.values())), articles, readings


def test_the_story_of_most_independent_sources_comes_first_and_copies_count_once(desk):
    first = compose(*desk, now=NOW).briefing.items[0]

    assert set(first.article_ids) == {"a", "b", "c"}
    assert first.independent == 2
    assert set(first.outlets) == {"Gazette", "Courier", "Herald"}
    assert first.latest_at == NOW - timedelta(hours=18)


@pytest.mark.parametrize(("newer", "older"), [("d", "e"), ("e", "d")])
def test_of_stories_told_by_as_many_the_newer_comes_first(desk, newer, older):
    found, articles, readings = desk
    times = {newer: NOW - timedelta(hours=1), older: NOW - timedelta(hours=30)}
    aged = articles | {i: dataclasses.replace(articles[i], published_at=time) for i, time in times.items()}
    order = [item.article_ids for item in compose(found, aged, readings, now=NOW).briefing.items]

    assert order.index((newer,)) < order.index((older,))


def test_the_headline_is_an_outlets_own_and_no_lure(desk):
    first = compose(*desk, now=NOW).briefing.items[0]

    assert first.headline in {"Cracks close Halden bridge", "Halden bridge closed by cracks"}


def test_a_story_without_titles_takes_a_sentence_of_its_own(desk):
    (fire,) = [item for item in compose(*desk, now=NOW).briefing.items if item.article_ids == ("e",)]

    assert fire.headline in TEXTS[4][4]


def test_sources_are_numbered_from_one_in_order_of_use(desk):
    briefing = compose(*desk, now=NOW).briefing
    used = list(dict.fromkeys(s.citation for item in briefing.items for s in item.sentences))

    assert [c.number for c in briefing.citations] == list(range(1, len(briefing.citations) + 1))
    assert used == sorted(used)
    for item in briefing.items:
        for sentence in item.sentences:
            assert briefing.citations[sentence.citation - 1].article_id == sentence.article_id


def test_counts_are_of_what_is_told(desk):
    briefing = compose(*desk, now=NOW, preferences=Preferences(stories=1)).briefing

    assert (len(briefing.items), briefing.articles, briefing.outlets) == (1, 3, 3)


def test_an_outlet_without_a_name_is_called_by_its_site(desk):
    assert desk[1]["e"].publisher == "marbury.example"


def test_a_file_is_called_by_its_title_before_its_name(desk):
    nameless = dataclasses.replace(desk[1]["a"], outlet=None, url=None)

    assert nameless.publisher == "Cracks close Halden bridge"
    assert dataclasses.replace(nameless, title=None).publisher == "a"


def test_a_file_without_an_outlet_is_cited_by_its_title(desk):
    found, articles, readings = desk
    nameless = {i: dataclasses.replace(a, outlet=None, url=None) for i, a in articles.items()}
    first = compose(found, nameless, readings, now=NOW).briefing

    assert {c.outlet for c in first.citations} <= {a.title or a.id for a in nameless.values()}
    assert "Cracks close Halden bridge" in first.items[0].outlets


def test_the_same_articles_give_the_same_briefing_in_any_order(desk):
    found, articles, readings = desk
    again = compose(found[::-1], dict(reversed(articles.items())), readings, now=NOW).briefing

    assert again == compose(found, articles, readings, now=NOW).briefing


def test_a_composed_briefing_is_verbatim(desk):
    verify(compose(*desk, now=NOW).briefing, desk[1])


@pytest.mark.parametrize("change", [{"text": "Inspectors closed the bridge."}, {"start": 3}, {"article_id": "missing"}])
def test_a_sentence_that_is_not_verbatim_stops_the_post(desk, change):
    briefing = compose(*desk, now=NOW).briefing
    first = briefing.items[0]
    forged = dataclasses.replace(first, sentences=(dataclasses.replace(first.sentences[0], **change),))

    with pytest.raises(QuotationError):
        verify(dataclasses.replace(briefing, items=(forged,)), desk[1])


def test_a_headline_that_no_outlet_wrote_stops_the_post(desk):
    briefing = compose(*desk, now=NOW).briefing
    forged = dataclasses.replace(briefing.items[0], headline="Bridge collapses")

    with pytest.raises(QuotationError):
        verify(dataclasses.replace(briefing, items=(forged,)), desk[1])


def test_no_stories_make_an_empty_briefing():
    briefing = compose((), {}, {}, now=NOW, problems=("Gazette could not be read.",)).briefing

    assert (briefing.items, briefing.articles, briefing.problems) == ((), 0, ("Gazette could not be read.",))
