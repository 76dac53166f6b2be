"""Who is connected with whom: what a link says, and what it never says."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefs import archive
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, Block, BlockKind, Entry, Modality
from briefs.newsroom import Newsroom, read
from briefs.overviews import connections
from briefs.sources import pages

WRITTEN = datetime(2026, 5, 6, 8, tzinfo=UTC)  # a Wednesday
LATER = datetime(2026, 5, 7, 8, tzinfo=UTC)


def articles(*texts, outlets="ABCDEFGH"):
    """An article of each text, by an outlet of its own, a day after the one before."""
    return [
        Article(
            f"a{number}",
            text,
            (Block(0, len(text), BlockKind.PROSE),),
            at := WRITTEN + timedelta(days=number),
            outlet=f"Outlet {outlet}",
            published_at=at,
        )
        for number, (text, outlet) in enumerate(zip(texts, outlets, strict=False))
    ]


def drawn(*texts, about=None, now=LATER, outlets="ABCDEFGH"):
    """What is drawn of some articles."""
    return draw(articles(*texts, outlets=outlets), about=about, now=now)


def draw(told, *, about=None, now=LATER):
    readings = {reading.article_id: reading for reading in read(told, DEFAULT_PIPELINE)}
    return connections({article.id: article for article in told}, readings, name=about, now=now)


def lines(found):
    return [f"{link.agent.name} {link.relation} {link.patient.name}" for link in found.links]


# ------------------------------------------------------------------------------------------------------------ the words
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Susan Hartley met Mark Dolan in London.", "Susan Hartley met Mark Dolan"),
        ("Peter Lang was fired by Mark Dolan on Friday.", "Mark Dolan fired Peter Lang"),
        ("Susan Hartley did not meet Mark Dolan in London.", "Susan Hartley did not meet Mark Dolan"),
        ("Helen Price denied meeting Thomas Reed.", "Helen Price denies meeting Thomas Reed"),
        ("Mark Dolan refused to meet Susan Hartley.", "Mark Dolan refused to meet Susan Hartley"),
        ("Susan Hartley will meet Mark Dolan on 20 May.", "Susan Hartley is to meet Mark Dolan"),
        ("Susan Hartley called off a visit to Japan.", "Susan Hartley called off a visit to Japan"),
        ("Helen Price met Thomas Reed, the Daily Courier reported.", "Helen Price reportedly met Thomas Reed"),
        ("Susan Hartley invited Peter Lang to visit Paris.", "Peter Lang was invited to visit Paris"),
    ],
)
def test_a_link_reads_as_a_sentence_that_says_no_more_than_its_source(text, line):
    assert line in lines(drawn(text))


def test_a_plan_whose_day_has_passed_is_told_as_what_was_to_be_and_never_as_done():
    text = "Susan Hartley will meet Mark Dolan on 20 May."
    assert lines(drawn(text, now=LATER)) == ["Susan Hartley is to meet Mark Dolan"]
    (link,) = drawn(text, now=datetime(2026, 5, 22, tzinfo=UTC)).links
    assert (link.relation, link.modality) == ("was to meet", Modality.PLANNED)


def test_only_what_is_told_as_done_has_the_modality_of_what_happened():
    found = drawn(
        "Susan Hartley did not meet Mark Dolan.",
        "Helen Price denied meeting Thomas Reed.",
        "Peter Lang cancelled a visit to Japan.",
        "Rachel Green fired Frank Miller.",
    )
    assert [link.relation for link in found.links if link.modality is Modality.HAPPENED] == ["fired"]


# -------------------------------------------------------------------------------------------------------------- one link
def test_what_two_do_together_is_one_link_whoever_is_named_first():
    (link,) = drawn("Susan Hartley met Mark Dolan.", "Mark Dolan met with Susan Hartley on Monday.").links
    assert link.mutual
    assert (link.sources, link.independent) == (2, 2)


def test_what_happened_counts_and_not_the_plan_that_was_told_before():
    found = drawn("Susan Hartley will meet Mark Dolan on Thursday.", "Susan Hartley met Mark Dolan on Thursday.")
    assert lines(found) == ["Susan Hartley met Mark Dolan"]
    assert [evidence.article_id for evidence in found.links[0].evidence] == ["a1"]


def test_a_plan_that_was_called_off_later_is_told_as_called_off():
    found = drawn("Susan Hartley plans to visit Japan.", "Susan Hartley called off a visit to Japan.")
    assert lines(found) == ["Susan Hartley called off a visit to Japan"]


def test_copies_of_one_text_count_once():
    text = (
        "Susan Hartley met Mark Dolan in London on Monday to speak about the price of steel and the ferry that "
        "nobody had wanted to build for the last ten years."
    )
    (link,) = drawn(text, text).links
    assert (link.sources, link.independent) == (2, 1)


def test_a_corrected_article_tells_nothing_any_more():
    first, second = articles("Mark Dolan fired Peter Lang.", "Mark Dolan promoted Peter Lang.")
    corrected = replace(second, version=2, version_of=first.id)
    assert lines(draw([first, corrected])) == ["Mark Dolan promoted Peter Lang"]


def test_someone_named_shortly_in_one_article_is_who_others_name_in_full():
    found = drawn(
        "Susan Hartley, a banker, spoke in London. Hartley sued Peter Lang.", "Susan Hartley sued Peter Lang."
    )
    assert [(line, link.sources) for line, link in zip(lines(found), found.links, strict=True)] == [
        ("Susan Hartley sued Peter Lang", 2)
    ]


# -------------------------------------------------------------------------------------------------------- around someone
AROUND = (
    "Susan Hartley met Mark Dolan in London.",
    "Mark Dolan fired Peter Lang on Friday.",
    "Susan Hartley praised Peter Lang on Friday.",
    "Helen Price sued Thomas Reed on Friday.",
)


def test_around_a_name_stand_its_links_and_those_between_whom_they_lead_to():
    found = drawn(*AROUND, about="hartley")
    assert found.subject == "Susan Hartley"
    assert lines(found)[:2] == ["Susan Hartley met Mark Dolan", "Susan Hartley praised Peter Lang"]
    assert lines(found)[2:] == ["Mark Dolan fired Peter Lang"]


def test_a_name_that_nobody_tells_of_has_no_links_and_keeps_its_spelling():
    found = drawn(*AROUND, about="Quentin Zweig")
    assert (found.subject, found.links, found.considered) == ("Quentin Zweig", (), 4)


# ------------------------------------------------------------------------------------------------------------ properties
MANY = (
    *AROUND,
    "Peter Lang accused Mark Dolan of theft. Mark Dolan denied that he had threatened Peter Lang.",
    "Susan Hartley and Helen Price will meet Clara Moreau on 20 May.",
    "Helen Price reportedly met Thomas Reed. She visited Portugal.",
    "Mark Dolan met with Susan Hartley on Monday, and Thomas Reed called off a visit to Spain.",
)


def test_evidence_is_verbatim_and_tells_of_the_pair():
    told = articles(*MANY)
    texts = {article.id: article.text for article in told}
    links = draw(told).links
    assert len(links) >= 8
    for link, evidence in itertools.chain.from_iterable(zip([link] * 9, link.evidence, strict=False) for link in links):
        assert evidence.text == texts[evidence.article_id][evidence.start : evidence.end]
        assert link.agent.name.split()[-1] in evidence.text or "She" in evidence.text


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_which_articles_come_changes_nothing(seed):
    told = articles(*MANY)
    shuffled = random.Random(seed).sample(told, len(told))
    assert draw(shuffled) == draw(told)


def test_an_article_in_another_language_adds_nothing():
    (article,) = articles("Susan Hartley met Mark Dolan in London.")
    assert draw([replace(article, language="de")]).links == ()


# -------------------------------------------------------------------------------------------------------------- the desk
@pytest.fixture
def desk():
    found = Newsroom.in_memory(clock=lambda: LATER)
    yield found
    found.close()


def store(desk, guild_id, *texts):
    """Store articles for a server."""
    feed = desk.store.subscribe(guild_id, f"https://outlet{guild_id}.example/feed", title="Outlet", now=WRITTEN)
    entries = (Entry(guid=text, content=text, published_at=WRITTEN) for text in texts)
    desk._take([pages.extract(entry, first_seen_at=WRITTEN) for entry in entries], feed_id=feed.id)


def test_a_server_sees_the_connections_of_its_own_sources_and_no_others(desk):
    store(desk, 1, "Susan Hartley met Mark Dolan in London on Monday.")
    store(desk, 2, "Mark Dolan fired Peter Lang in Oslo on Monday.")
    assert lines(desk.connections(1)) == ["Susan Hartley met Mark Dolan"]
    assert lines(desk.connections(2, "Dolan")) == ["Mark Dolan fired Peter Lang"]


def test_new_articles_are_seen_at_once_although_what_was_drawn_is_remembered(desk):
    store(desk, 1, "Susan Hartley met Mark Dolan in London on Monday.")
    assert len(desk.connections(1).links) == 1
    store(desk, 1, "Mark Dolan fired Peter Lang in Oslo on Monday.")
    assert len(desk.connections(1).links) == 2


def test_the_connections_of_a_story_have_its_headline(desk):
    store(desk, 1, "Susan Hartley met Mark Dolan in London on Monday.")
    (story,) = desk.stories()
    found = desk.connections(1, story.id)
    assert found.subject == desk.headline(story.article_ids)
    assert lines(found) == ["Susan Hartley met Mark Dolan"]


def test_whoever_stands_in_the_overview_has_the_same_link_around_their_name_in_a_large_archive_too(desk, monkeypatch):
    store(desk, 1, *MANY, "Susan Hartley wrote a book.", "Hartley spoke again, and Hartley laughed.")
    overview = desk.connections(1)
    monkeypatch.setattr(archive, "CANDIDATES", 1)  # of more articles, the search finds the best alone
    assert len(overview.links) >= 8
    for link in overview.links:
        around = desk.connections(1, link.agent.name)
        assert (link.kind, link.patient.name) in {(each.kind, each.patient.name) for each in around.links}


def test_who_met_is_not_told_once_more_to_have_talked():
    assert lines(drawn("Susan Hartley met Mark Dolan.", "Susan Hartley talked with Mark Dolan about steel.")) == [
        "Susan Hartley met Mark Dolan"
    ]


def test_a_deed_stands_before_a_word_that_as_many_tell():
    found = drawn(
        "Susan Hartley praised Mark Dolan on Friday.", "Helen Price sued Thomas Reed on Friday.", outlets="AA"
    )
    assert lines(found) == ["Helen Price sued Thomas Reed", "Susan Hartley praised Mark Dolan"]


def test_something_grave_is_not_drawn_from_a_pronoun_of_one_article_alone():
    text = "Frank Miller came home on Monday. He shot Robert Stokes."
    assert lines(drawn(text)) == []
    assert lines(drawn(text, "Frank Miller stood trial on Tuesday. He shot Robert Stokes in May.")) == [
        "Frank Miller shot Robert Stokes"
    ]
