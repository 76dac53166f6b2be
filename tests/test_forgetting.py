"""Old news is forgotten as if it had never been, but for what quotes it and for that it was shown."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.scheduling.retention import Kept, Retention
from briefs.models import (
    Answer,
    Article,
    Block,
    BlockKind,
    Briefing,
    Evidence,
    Item,
    PostState,
    Reading,
    Status,
)
from briefs.newsroom import Newsroom
from briefs.store import Arrival, Poll, Store
from briefs.store.schema import metadata

NOW = datetime(2025, 8, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FEED = "https://courier.example/feed"
EVENTS = (
    "The ferry line to Oskar Island reopened after three months of repairs at the pier in Lindhaven.",
    "Frost destroyed most of the apple blossom in the Velm valley, growers told the farming council.",
    "The city of Marrow began to build a tram from the old station to the university hospital.",
)


def article(name, event, at, *, version=1, copy_of=None):
    text = f"{EVENTS[event]} {'It was said again later. ' * (version - 1)}"
    about = {"title": EVENTS[event][:30], "outlet": "The Courier", "published_at": at, "language": "en"}
    as_id = name if version == 1 else f"{name}~{version}"
    known = {"version": version, "version_of": None if version == 1 else name, "copy_of": copy_of}
    return Article(as_id, text, (Block(0, len(text), BlockKind.PROSE),), at, **about, **known)


def briefing(at, *ids):
    item = Item("s", "Told", "a", (), ids, ("The Courier",), 1, at)
    return Briefing("Morning", at, (item,), (), 1, 1)


def take(newsroom, *articles):
    """Take articles as a poll does."""
    store = newsroom.store
    feed = store.subscribe(1, FEED, now=NOW)
    for one in articles:
        pair = (one, Reading(one.id, one.shown_at, (), outline="", plans=()))
        store.record_poll(feed.id, Poll(NOW, NOW, (Arrival(f"g-{one.root}", one.id, one.root, pair),)))
        newsroom._joining.group([one])


def forget(newsroom, before):
    return sum(newsroom.forget(before))


def everything(store, *, but=()):
    """All rows, with articles by name and not by number."""
    with store._database.reading() as connection:
        tables = {each.name: connection.execute(each.select()).mappings().all() for each in metadata.sorted_tables}
    names = {row["number"]: row["id"] for row in tables["articles"]}
    plain = {
        name: sorted(
            (
                {
                    key: names[value] if key == "article" else value
                    for key, value in row.items()
                    if key not in {"number", "words", *but}
                }
                for row in rows
            ),
            key=str,
        )
        for name, rows in tables.items()
    }
    plain["entries"] = []  # that something was shown stays known
    return plain


@pytest.fixture
def newsroom(store):
    return Newsroom(store, clock=lambda: NOW)


def test_old_articles_go_with_all_that_is_known_of_them(newsroom):
    old = article("a", 0, NOW - 200 * DAY)
    take(newsroom, old, article("a", 0, NOW - 200 * DAY, version=2), article("b", 1, NOW - DAY))
    assert forget(newsroom, NOW - 180 * DAY) == 1
    found = everything(newsroom.store)
    assert [row["id"] for row in found["articles"]] == ["b"]
    assert {row["article"] for name in ("readings", "contents", "plans", "feed_articles") for row in found[name]} == {
        "b"
    }
    assert newsroom.store.search(["ferry"], guild_id=1) == ()
    assert newsroom.store.search(["frost"], guild_id=1) == ("b",)
    assert newsroom.store.stem_counts([])[0] == 1
    assert forget(newsroom, NOW - 180 * DAY) == 0


def test_what_still_stands_in_its_feed_does_not_come_again(newsroom):
    take(newsroom, article("a", 0, NOW - 200 * DAY))
    forget(newsroom, NOW - 180 * DAY)
    [feed] = newsroom.store.feeds(1)
    [seen] = newsroom.store.seen_entries(feed.id, guids=["g-a"], fingerprints=[])
    assert (seen.article_id, seen.fingerprint) == ("a", "a")


def test_what_a_briefing_tells_or_an_answer_quotes_stays_as_long_as_that(newsroom):
    store = newsroom.store
    take(newsroom, *(article(name, n, NOW - 200 * DAY) for n, name in enumerate("abc")))
    take(newsroom, article("a", 0, NOW - 200 * DAY, version=2))
    told = store.save_briefing(briefing(NOW - 190 * DAY, "a"), guild_id=1, channel_id=10)
    quoted = Answer("where?", Status.ANSWERED, "x", "x", evidence=(Evidence("b", 0, 3, "The", "The Courier"),))
    store.save_answer(quoted, guild_id=1, channel_id=10, asked_by=5, now=NOW - 2 * DAY)
    assert forget(newsroom, NOW - 180 * DAY) == 1
    assert set(store.articles("abc")) == {"a", "b"}
    store.purge_answers(NOW)
    assert store.forget_briefings(NOW, 9) == 1
    assert store.briefing(told) is None
    assert forget(newsroom, NOW - 180 * DAY) == 2


def test_of_each_channel_the_newest_briefing_stays_and_what_is_on_its_way(newsroom):
    store = newsroom.store
    for number, (channel, sent) in enumerate([(10, True), (10, True), (11, True), (11, False), (11, None)]):
        saved = store.save_briefing(briefing(NOW - (400 - number) * DAY), guild_id=1, channel_id=channel)
        if sent is not None:
            place = {"guild_id": 1, "channel_id": channel, "briefing_id": saved}
            post = store.claim(f"run {number}", 0, **place, nonce="n", now=NOW)
            if sent:
                store.record_sent(post.id, number)
    assert [store.forget_briefings(NOW, 1), store.forget_briefings(NOW, 9), store.forget_briefings(NOW, 9)] == [1, 1, 0]
    assert [store.briefing(each) is not None for each in range(1, 6)] == [False, True, True, True, False]
    assert store.posts("run 0") == ()
    assert [post.state for post in store.unfinished_posts()] == [PostState.CLAIMED]


def test_the_first_copy_that_is_left_is_what_the_others_repeat(newsroom):
    times = [NOW - 181 * DAY, NOW - 179 * DAY, NOW - 178 * DAY]
    take(newsroom, *(article(name, 0, at) for name, at in zip("abc", times, strict=True)))
    newsroom.store.save_stories([], originals={"b": "a", "c": "a"})
    assert len(newsroom.store.stories("abc")) == 1
    forget(newsroom, NOW - 180 * DAY)
    assert {name: one.copy_of for name, one in newsroom.store.articles("abc").items()} == {"b": None, "c": "b"}


def test_an_edit_that_comes_while_its_article_is_forgotten_keeps_it(newsroom):
    take(newsroom, article("a", 0, NOW - 200 * DAY))
    take(newsroom, article("a", 0, NOW - 200 * DAY, version=2))
    assert newsroom.store.forget_articles(["a"], {}) == 0
    assert set(newsroom.store.current(["a"])) == {"a"}
    assert forget(newsroom, NOW - 180 * DAY) == 1
    assert newsroom.store.stem_counts([])[0] == 0


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(
    ages=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 60), st.integers(1, 3)), min_size=1, max_size=6),
    forgotten=st.sets(st.integers(200, 260), max_size=4),
)
def test_what_is_left_is_as_if_the_old_had_never_been(blank, tmp_path_factory, ages, forgotten):
    """Old articles come and go; those of the last days are then stored exactly as in a database that never saw the old."""
    young = [
        article(f"y{n}", event, NOW - age * DAY, version=version)
        for n, (event, age, most) in enumerate(ages)
        for version in range(1, most + 1)
    ]
    folder = tmp_path_factory.mktemp("forgetting")
    copies = [f"sqlite:///{shutil.copy(blank, folder / name)}" for name in ("seen.db", "never.db")]
    with Store.open(copies[0]) as seen, Store.open(copies[1]) as never:
        mine, other = Newsroom(seen, clock=lambda: NOW), Newsroom(never, clock=lambda: NOW)
        take(mine, *(article(f"o{age}", age % 3, NOW - age * DAY) for age in sorted(forgotten)))
        assert forget(mine, NOW - 180 * DAY) == len(forgotten)
        take(mine, *young)
        take(other, *young)
        assert everything(seen) == everything(never)
        assert seen.search(["apple", "tram", "ferry"], guild_id=1) == never.search(
            ["apple", "tram", "ferry"], guild_id=1
        )


async def test_the_job_forgets_by_what_the_operator_chose(newsroom):
    take(newsroom, article("a", 0, NOW - 20 * DAY), article("b", 1, NOW - 5 * DAY))
    kept = Kept(articles=10 * DAY, briefings=30 * DAY)
    newsroom.store.save_briefing(briefing(NOW - 31 * DAY), guild_id=1, channel_id=10)
    await asyncio.wait_for(Retention(newsroom.store, lambda: NOW, newsroom=newsroom, kept=kept).forget(), 30)
    assert set(newsroom.store.articles("ab")) == {"b"}
    assert newsroom.store.briefing(1) is None
