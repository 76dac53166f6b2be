"""What sources tell differently is shown where it matters, in their own words; and never a difference that is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefs import newsroom
from briefs.briefing import Passage, compose, verify
from briefs.briefing.disagreeing import disagreements
from briefs.errors import QuotationError
from briefs.facts.independence import Copies
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, Block, BlockKind, Story

NOW = datetime(2026, 3, 5, 8, tzinfo=UTC)
PLACES = (
    "Ruth Amsel met Jon Vik at the Halden Palace Hotel on Tuesday to discuss the ferry line, her office said.",
    "Ruth Amsel and Jon Vik met on Tuesday at the Lindal Trade Ministry for talks about the ferry, an aide said.",
    "Mayor Ruth Amsel met ferry owner Jon Vik on Tuesday. Both were silent afterwards about what they had agreed.",
)
TOLLS = (
    "Nine people died when a bus left the road near Halden, police said. Rain had fallen since noon, and fog lay over the valley.",
    "In the hills of Halden 14 people died on Tuesday as a bus overturned, the hospital said, and more are feared to be lost.",
)
DAYS = (
    "Painter Ruth Amsel died late on Monday at her house in Halden after a long illness, the family said.",
    "The painter Ruth Amsel died on Monday night. She had been ill for years, her gallery said in a note.",
    "Ruth Amsel, the painter of the Aske valley, died on Tuesday aged 81, her friend Jon Vik told listeners.",
)


@pytest.mark.parametrize(
    ("texts", "slot", "values"),
    [
        (PLACES, "place", {"Halden Palace Hotel", "Lindal Trade Ministry"}),
        (TOLLS, "amount", {"Nine people", "14 people"}),
        (DAYS, "time", {"Monday", "Tuesday"}),
    ],
)
def test_sources_that_differ_on_the_main_event_are_told_apart_in_their_own_words(texts, slot, values):
    articles, found = _disputes(texts)

    (dispute,) = found
    told = [{articles[p.article_id].text[p.start : p.end] for p in passages} for passages in dispute.values]
    assert dispute.slot == slot
    assert all(any(value in words for words in set().union(*told)) for value in values)


FIRES = (
    "A fire destroyed a glue factory in Kiln Lane in Halden on Friday. About 400 people had to leave their homes.",
    "Some 900 people were taken out of their homes on Friday night when a glue factory in Ferry Street went up in flames.",
    "Halden smells of glue. The factory burned to the ground. Police said that 900 people were led away; the fire brigade said 400.",
)


def test_sites_of_one_thing_and_counts_that_a_third_sets_against_each_other_are_told():
    articles, found = _disputes(FIRES)
    told = {
        dispute.slot: {articles[p.article_id].text[p.start : p.end] for passages in dispute.values for p in passages}
        for dispute in found
    }

    amount = {"About 400 people had to leave their homes", "Some 900 people were taken out of their homes"}
    assert told == {"amount": amount, "place": {"Kiln Lane", "Ferry Street"}}


KILLED = [
    f"A bus crash near Halden killed {count} people on Tuesday, {who} said."
    for count, who in (("nine", "police"), (14, "the hospital"))
]


@pytest.mark.parametrize(
    ("texts", "told"),
    [(TOLLS, {"Nine people died", "14 people died"}), (KILLED, {"killed nine people", "killed 14 people"})],
)
def test_a_disputed_count_says_what_of(texts, told):
    articles, (dispute,) = _disputes(texts)

    assert {articles[p.article_id].text[p.start : p.end] for passages in dispute.values for p in passages} == told


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            (
                FIRES[0],
                FIRES[1].replace("a glue factory in Ferry Street", "two glue factories in Ferry Street"),
                FIRES[2].replace("; the", " and the"),
            ),
            id="no dispute of either",
        ),
        pytest.param((PLACES[0], PLACES[2]), id="one value"),
        pytest.param(
            (PLACES[0], PLACES[1] + " They had dined at the Halden Palace Hotel before."), id="one knows both places"
        ),
        pytest.param((PLACES[0], PLACES[1].replace("the Lindal Trade Ministry", "Halden")), id="a wider place"),
        pytest.param((PLACES[0], PLACES[1].replace("met", "will meet")), id="planned"),
        pytest.param((TOLLS[0], TOLLS[1].replace("14", "at least two")), id="a lower bound"),
        pytest.param((TOLLS[0], TOLLS[1].replace("14 people", "Ten people (including the driver)")), id="counted in"),
        pytest.param((DAYS[0], DAYS[2]), id="one against one on a day"),
        pytest.param((TOLLS[0], TOLLS[1].replace("14 people", "14 cows")), id="something else is counted"),
        pytest.param((TOLLS[0], "A bus left the road near Halden on Tuesday. " * 6 + TOLLS[1]), id="deep in the text"),
    ],
)
def test_a_difference_that_is_none_or_may_be_none_is_not_told(texts):
    assert _disputes(texts)[1] == ()


def test_of_copies_the_one_that_the_reader_is_shown_is_cited():
    more = "They have argued about the line for ten years, and both had sworn never to sit at one table again. "
    articles = _articles((PLACES[0] + more, PLACES[0] + more, PLACES[1]))
    readings = {r.article_id: r for r in newsroom.read(list(articles.values()), DEFAULT_PIPELINE)}
    copies, members = Copies(articles), list(articles.values())
    cited = [
        {
            p.article_id
            for d in disagreements(members, readings, copies, [Passage(shown, 0, 9)])
            for v in d.values
            for p in v
        }
        for shown in "ab"
    ]

    assert cited == [{"a", "c"}, {"b", "c"}]


def test_a_newer_toll_is_news_and_no_dispute():
    assert _disputes(TOLLS, hours=(30, 1))[1] == ()


def test_copies_of_one_text_do_not_disagree_with_it():
    body = " ".join(f"The bus of line {n} was on its way to Lindal with pupils and workers." for n in range(8))

    assert _disputes([f"{TOLLS[0]} {body}", f"{TOLLS[1]} {body}"])[1] == ()


def test_what_nobody_doubts_of_a_foreign_article_is_left_alone():
    articles = _articles(("Neun Menschen starben bei Halden.", "Elf Menschen starben bei Halden."))
    foreign = {key: replace(article, language="de") for key, article in articles.items()}
    readings = {r.article_id: r for r in newsroom.read(list(foreign.values()), DEFAULT_PIPELINE)}

    assert disagreements(list(foreign.values()), readings, Copies(foreign)) == ()


def test_a_briefing_cites_each_value_and_is_checked_for_it():
    articles = _articles(PLACES)
    readings = {r.article_id: r for r in newsroom.read(list(articles.values()), DEFAULT_PIPELINE)}
    briefing = compose([Story("s", tuple(articles))], articles, readings, now=NOW).briefing
    (dispute,) = briefing.items[0].disagreements

    assert (dispute.slot, {v.text for v in dispute.values}) == (
        "place",
        {"Halden Palace Hotel", "Lindal Trade Ministry"},
    )
    numbers = {citation.article_id: citation.number for citation in briefing.citations}
    assert all(numbers[c.article_id] == c.citation for value in dispute.values for c in value.cited)
    verify(briefing, articles)
    forged = replace(articles["a"], text=articles["a"].text.replace("Palace", "Bridge"))
    with pytest.raises(QuotationError):
        verify(briefing, articles | {"a": forged})


def _disputes(texts, hours=None):
    articles = _articles(texts, hours)
    readings = {r.article_id: r for r in newsroom.read(list(articles.values()), DEFAULT_PIPELINE)}
    return articles, disagreements(list(articles.values()), readings, Copies(articles))


def _articles(texts, hours=None):
    named = dict(zip("abcdef", zip(texts, hours or [5] * len(texts), strict=True), strict=False))
    return {
        name: Article(
            name,
            text,
            (Block(0, len(text), BlockKind.PROSE),),
            NOW,
            f"Title {name}",
            f"Outlet {name}",
            published_at=NOW - timedelta(hours=hour),
        )
        for name, (text, hour) in named.items()
    }
