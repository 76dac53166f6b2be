"""What a channel's topics have to do with a story, read as the desk reads articles."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from briefs import newsroom
from briefs.briefing import compose
from briefs.briefing.topics import Matcher, heard
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, Block, BlockKind, Story
from briefs.preferences import Preferences, parse_topic

NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)
TEXTS = (
    (
        "minister",
        "The Gazette",
        "https://www.gazette.example/a",
        "Berg opens the line",
        (
            "Transport minister Ada Berg opened the ferry line to Larvik on Tuesday.\n\n"
            "The banks of the fjord were lined with people, the harbour office said.\n\n"
            "“Nobody believed in it”, she said."
        ),
    ),
    (
        "ferry",
        "Harbour Courier",
        "https://news.courier.example/b",
        "Ferries sail again",
        (
            "The first ferry in two years left Skagen on Tuesday with six hundred passengers.\n\n"
            "Berg stood on the bridge and waved to the crowd.\n\n"
            "House prices in Larvik have risen since the plan was told."
        ),
    ),
    (
        "bank",
        "Herald",
        None,
        "Lender cuts rates",
        (
            "Nordlink Bank cut its rate for homes to three percent on Monday.\n\n"
            "Its head, Tom Banks, said that house prices would fall.\n\n"
            "Climate change will cost it less than feared, he added."
        ),
    ),
)


@pytest.fixture(scope="module")
def articles():
    return {name: _article(name, *rest) for name, *rest in TEXTS}


@pytest.fixture(scope="module")
def readings(articles):
    return {r.article_id: r for r in newsroom.read(list(articles.values()), DEFAULT_PIPELINE)}


def _article(name, outlet, url, title, text):
    ends = [-2, *(i for i in range(len(text)) if text.startswith("\n\n", i)), len(text)]
    blocks = tuple(Block(start + 2, end, BlockKind.PROSE) for start, end in pairwise(ends))
    return Article(name, text, blocks, NOW, title, outlet, url, published_at=NOW)


FERRY, LENDER = Story("f", ("minister", "ferry")), Story("l", ("bank",))


def found(articles, readings, story, text):
    matches = Matcher((parse_topic(text, 3),), articles, readings).matches(story)
    return [(match.about, match.named, match.is_chief) for match in matches]


@pytest.mark.parametrize(
    ("story", "topic", "expected"),
    [
        (FERRY, "ferry", [(2, 2, True)]),
        (FERRY, "Ferries", [(2, 2, True)]),
        (FERRY, "ferry line", [(1, 1, True)]),
        (FERRY, "line ferry", []),
        (FERRY, "house price", [(0, 1, False)]),
        (LENDER, "climate changes", [(0, 1, False)]),
        (LENDER, "change will cost less", []),
        (FERRY, "name:Ada Berg", [(1, 2, True)]),
        (FERRY, "name:berg", [(1, 2, True)]),
        (LENDER, "name:Banks", [(0, 1, False)]),
        (FERRY, "name:Banks", []),
        (FERRY, "name:Nordlink", []),
        (LENDER, "name:nordlink bank", [(1, 1, True)]),
        (FERRY, "outlet:gazette", [(1, 1, True)]),
        (FERRY, "outlet:Gazette.example", [(1, 1, True)]),
        (FERRY, "outlet:courier.example", [(1, 1, True)]),
        (FERRY, "outlet:Courier", []),
        (FERRY, "outlet:example", []),
        (LENDER, "outlet:Herald", [(1, 1, True)]),
    ],
)
def test_a_topic_is_found_where_it_stands(articles, readings, story, topic, expected):
    assert found(articles, readings, story, topic) == expected


def test_a_name_is_found_in_an_article_that_nobody_read(articles):
    assert found(articles, {}, LENDER, "name:Tom Banks") == [(1, 1, True)]


def test_the_articles_of_a_muted_outlet_are_no_sources_and_are_not_quoted(articles, readings):
    wishes = Preferences(topics=(parse_topic("outlet:The Gazette", 0),))
    briefing = compose((FERRY, LENDER), articles, readings, now=NOW, preferences=wishes).briefing

    assert sorted(item.article_ids for item in briefing.items) == [("bank",), ("ferry",)]
    assert {citation.outlet for citation in briefing.citations} == {"Harbour Courier", "Herald"}


def test_a_story_that_only_a_muted_outlet_tells_is_kept_out_and_explained(articles, readings):
    wishes = Preferences(topics=(parse_topic("outlet:Herald", 0),))
    edition = compose((FERRY, LENDER), articles, readings, now=NOW, preferences=wishes)

    assert [item.story_id for item in edition.briefing.items] == ["f"]
    assert [standing.muted for standing in edition.standings] == [None, "mutes outlet “Herald”: 1 article of 1"]


def test_without_muted_outlets_stories_stay_as_they_are(articles):
    assert heard((FERRY, LENDER), articles, (parse_topic("ferry", 0),)) == (FERRY, LENDER)
