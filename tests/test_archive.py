"""Of a large archive a question is asked of the few articles that tell most about it."""

from __future__ import annotations

import dataclasses
import weakref
from datetime import UTC, datetime, timedelta

import pytest

from briefs import archive as archives
from briefs.answers.outlines import outline
from briefs.archive import Archive
from briefs.models import Article, Block, BlockKind, Reading, Sentence
from briefs.newsroom import Newsroom

NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def pair(name: str, text: str, *, minutes: int = 0, outlined: bool = True):
    at = NOON + minutes * MINUTE
    article = Article(name, text, (Block(0, len(text), BlockKind.PROSE),), at, title="News", published_at=at)
    reading = Reading(name, at, (Sentence(name, 0, len(text)),))
    return article, dataclasses.replace(reading, outline=outline(article, reading) if outlined else None)


@pytest.fixture
def crowd(store):
    """Many articles about ferries, one of which has all the words of a question, and one the newest of them."""
    ferries = [pair(f"ferry {n:02}", f"A ferry left port number {n}.", minutes=n) for n in range(30)]
    feed = store.subscribe(1, "https://port.example/feed", now=NOON)
    store.add_articles([*ferries, pair("sunk", "The ferry to Ostrava sank in a storm.")], feed_id=feed.id)
    return store


@pytest.fixture
def small(monkeypatch):
    """Limits that thirty articles pass."""
    for name, value in {"CANDIDATES": 10, "NEWEST": 4, "READ_CLOSELY": 3, "REMEMBERED": 3, "MANY": 20}.items():
        monkeypatch.setattr(archives, name, value)


@pytest.mark.usefixtures("small")
def test_the_article_with_all_the_words_is_read_first_and_then_the_newest(crowd):
    found = Archive(crowd).likeliest(1, ["ferry", "sank", "storm"], NOON + 99 * MINUTE)
    assert found == ("sunk", "ferry 29", "ferry 28")


@pytest.mark.usefixtures("small")
def test_an_article_without_an_outline_is_found_all_the_same(crowd):
    crowd.add_articles([pair("old", "The ferry sank long ago in a storm off Ostrava.", outlined=False)])
    assert "old" in Archive(crowd).likeliest(None, ["ferry", "sank", "storm", "ostrava"], NOON + 99 * MINUTE)


@pytest.mark.usefixtures("small")
def test_named_articles_are_looked_at_as_far_as_the_server_sees_them(crowd):
    crowd.add_articles([pair("elsewhere", "The ferry sank in a storm.")])
    named = ["elsewhere", "sunk", "ferry 07"]
    archive = Archive(crowd)
    assert archive.likeliest(1, ["storm"], NOON + 99 * MINUTE, named) == ("sunk", "ferry 07")
    assert archive.considered(1, NOON + 99 * MINUTE, named) == 2
    every = [*named, *(f"ferry {n:02}" for n in range(20))]
    assert archive.likeliest(1, ["storm"], NOON + 99 * MINUTE, every) == ("sunk",)


def test_of_few_articles_all_are_read(store):
    store.add_articles(
        [pair("one", "A ferry."), pair("two", "A train.", minutes=1), pair("later", "A ferry.", minutes=9)]
    )
    assert Archive(store).likeliest(None, ["ferry"], NOON + MINUTE) == ("two", "one")


@pytest.mark.usefixtures("small")
def test_readings_are_remembered_but_not_for_ever(crowd):
    archive = Archive(crowd)
    first = archive.readings(["ferry 01", "ferry 02", "unknown"])
    assert list(first) == ["ferry 01", "ferry 02"]
    assert archive.readings(["ferry 02"])["ferry 02"] is first["ferry 02"]
    archive.readings(["ferry 03", "ferry 04"])
    again = archive.readings(["ferry 01", "ferry 02"])
    assert again == first
    assert (again["ferry 01"] is first["ferry 01"], again["ferry 02"] is first["ferry 02"]) == (False, True)


@pytest.mark.usefixtures("small")
def test_many_articles_are_counted_once_a_minute(crowd):
    archive = Archive(crowd)
    now = NOON + 99 * MINUTE
    assert archive.considered(1, now) == 31
    crowd.add_articles([pair("new", "A ferry.")], feed_id=crowd.feeds(1)[0].id)
    assert archive.considered(1, now + MINUTE / 2) == 31
    assert archive.considered(1, now + MINUTE) == 32


def test_few_articles_are_counted_each_time(store):
    archive = Archive(store)
    assert archive.considered(None, NOON) == 0
    store.add_articles([pair("one", "A ferry.")])
    assert archive.considered(None, NOON) == 1


def test_articles_of_an_earlier_release_get_their_outlines_little_by_little(store, monkeypatch):
    monkeypatch.setattr(archives, "CAUGHT_UP", 2)
    store.add_articles([pair(name, "A ferry.", outlined=False) for name in ("one", "two", "three")])
    archive = Archive(store)
    archive.catch_up()
    assert len(store.without_outline(9)) == 1
    archive.catch_up()
    assert store.without_outline(9) == ()
    assert store.outlines(["one"]) == {"one": "news\nferri\t"}


def test_a_server_that_sees_few_of_many_articles_finds_them_by_its_feeds(crowd):
    """Walking all articles by their time would take as long as there are articles of others."""
    feed = crowd.subscribe(2, "https://hill.example/feed", now=NOON)
    crowd.add_articles([pair("late", "A hut.", minutes=5), pair("early", "A hill.", minutes=2)], feed_id=feed.id)
    crowd.add_articles(
        [pair("early", "A hill.", minutes=2)], feed_id=crowd.subscribe(2, "https://b.example/", now=NOON).id
    )
    assert Archive(crowd).likeliest(2, ["hill"], NOON + 99 * MINUTE) == ("late", "early")
    assert crowd.visible_few(2, until=NOON + 4 * MINUTE) == crowd.visible(2, until=NOON + 4 * MINUTE) == ("early",)


def test_an_answered_question_leaves_little_to_the_collector_of_garbage(crowd):
    """What an inquiry has read is freed with it: a reference back to itself would keep it until a collection."""
    inquiry = Newsroom(crowd).inquiry(1, "When did the ferry to Ostrava sink?", now=NOON + 99 * MINUTE)
    inquiry.answer()
    held = weakref.ref(inquiry)
    del inquiry
    assert held() is None
