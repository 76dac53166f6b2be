"""Articles and readings go in once and come out as they were."""

from __future__ import annotations

import dataclasses

import pytest
from examples import DAY, FEED, NOON, article, pair, reading
from sqlalchemy import func, select

from briefs.errors import StoreError
from briefs.models import Block, BlockKind
from briefs.store import visibility


def test_an_article_and_its_reading_come_back_as_they_went_in(store):
    assert store.add_articles([pair()]) == ("a1",)
    assert store.articles(["a1"]) == {"a1": article()}
    assert store.readings(["a1"]) == {"a1": reading()}


def test_known_articles_are_skipped_and_keep_their_text(store):
    store.add_articles([pair("a1")])
    assert store.add_articles([pair("a2"), pair("a1", "Another text."), pair("a2")]) == ("a2",)
    assert store.articles(["a1"])["a1"] == article("a1")


def test_nothing_is_stored_when_one_article_cannot_be(store):
    broken = article("a2", first_seen_at=NOON.replace(tzinfo=None), at=None)
    with pytest.raises(StoreError):
        store.add_articles([pair("a1"), (broken, reading("a2"))])
    assert store.visible(None) == ()


def test_adding_nothing_is_nothing(store):
    assert store.add_articles([]) == ()
    assert store.articles([]) == store.readings([]) == {}


def test_times_come_back_aware_and_in_utc(store):
    from zoneinfo import ZoneInfo

    store.add_articles([pair(at=NOON.astimezone(ZoneInfo("Asia/Tokyo")))])
    stored = store.articles(["a1"])["a1"].published_at
    assert stored == NOON
    assert stored.utcoffset().total_seconds() == 0


@pytest.mark.parametrize("odd", ["nul \0 here", "half \ud83d a pair", "🚀 \U0010ffff ’", "' OR 1=1; --", "%s :x ?"])
def test_odd_characters_neither_fail_nor_move_an_offset(store, odd):
    text = f"{odd} end."
    assert store.add_articles([pair("a1", text, title=odd)]) == ("a1",)
    stored = store.articles(["a1"])["a1"].text
    assert len(stored) == len(text)
    assert stored.endswith(" end.")
    assert stored == text.replace("\0", "\ufffd").replace("\ud83d", "\ufffd")


def test_thousands_of_ids_are_one_question(store):
    store.add_articles([pair(f"a{number}") for number in range(50)])
    asked = [f"a{number}" for number in range(70_000)]
    assert len(store.articles(asked)) == 50
    assert list(store.readings(asked[:3])) == ["a0", "a1", "a2"]


def test_a_very_long_article_is_stored_whole(store):
    text = " ".join(f"word{number}" for number in range(200_000))
    store.add_articles([pair("a1", text)])
    assert store.articles(["a1"])["a1"].text == text
    assert store.search(["word7"], guild_id=None) == ("a1",)


def test_blocks_come_back_with_their_kinds(store):
    blocks = (Block(0, 5, BlockKind.HEADLINE), Block(6, 10, BlockKind.FURNITURE))
    whole = article()
    from dataclasses import replace

    store.add_articles([(replace(whole, blocks=blocks), reading())])
    assert store.articles(["a1"])["a1"].blocks == blocks


def test_the_newest_come_first_within_the_window(store):
    store.add_articles([pair(f"a{number}", at=NOON - number * DAY) for number in range(4)])
    assert store.visible(None) == ("a0", "a1", "a2", "a3")
    assert store.visible(None, since=NOON - 2 * DAY, until=NOON - DAY) == ("a1", "a2")
    assert store.visible(None, limit=1) == ("a0",)
    assert store.count_visible(None) == 4
    assert store.count_visible(None, until=NOON - DAY) == 3


def test_what_is_published_or_first_seen_now_is_visible_now_and_nothing_later(store):
    feed = store.subscribe(1, FEED, now=NOON)
    undated = article("undated", at=None, first_seen_at=NOON)
    later = pair("later", at=NOON + DAY / 10**6)
    store.add_articles([pair("now"), (undated, reading("undated")), later], feed_id=feed.id)
    for guild in (None, 1):
        assert set(store.visible(guild, until=NOON)) == {"now", "undated"}
        assert set(store.search(["bridge"], guild_id=guild, until=NOON)) == {"now", "undated"}
        assert store.count_visible(guild, until=NOON) == 2


def test_a_server_sees_the_articles_of_its_own_feeds_only(store):
    ours = store.subscribe(1, FEED, now=NOON)
    theirs = store.subscribe(2, "https://gazette.example/feed", now=NOON)
    store.add_articles([pair("ours"), pair("both")], feed_id=ours.id)
    store.add_articles([pair("theirs"), pair("both")], feed_id=theirs.id)
    store.add_articles([pair("nobody's")])

    assert set(store.visible(1)) == {"ours", "both"}
    assert set(store.visible(2)) == {"theirs", "both"}
    assert store.visible(3) == ()
    assert store.count_visible(1) == 2
    assert store.count_visible(None) == 4
    assert set(store.search(["bridge"], guild_id=1)) == {"ours", "both"}
    assert store.search(["bridge"], guild_id=1, ids=["theirs"]) == ()


def test_an_article_of_two_feeds_is_seen_once(store):
    for url in (FEED, "https://mirror.example/feed"):
        store.add_articles([pair("a1")], feed_id=store.subscribe(1, url, now=NOON).id)
    assert store.visible(1) == ("a1",)
    assert store.count_visible(1) == 1


def test_an_outline_is_kept_beside_the_reading_it_belongs_to(store):
    outlined = dataclasses.replace(reading(), outline="bridg\nbridg mayor open\topen\nboat horn sound\t")
    store.add_articles(
        [(article(), outlined), pair("a2"), (article("a3"), dataclasses.replace(reading("a3"), outline=""))]
    )
    assert store.outlines(["a3", "a2", "a1", "a9"]) == {"a3": "", "a1": outlined.outline}
    assert store.readings(["a1", "a2"]) == {"a1": outlined, "a2": reading("a2")}


def test_an_outline_that_is_there_is_not_replaced(store):
    store.add_articles([pair("a1"), pair("a2")])
    assert store.without_outline(1) == ("a2",)
    store.save_outlines({"a1": "first", "a9": "of no article"})
    store.save_outlines({"a1": "second"})
    assert store.outlines(["a1"]) == {"a1": "first"}
    assert store.without_outline(9) == ("a2",)


def test_any_characters_may_stand_in_an_outline(store):
    odd = "nul \0 half \ud83d ’ \U0010ffff"
    store.add_articles([(article(), dataclasses.replace(reading(), outline=odd))])
    assert store.outlines(["a1"]) == {"a1": odd}


def test_of_named_articles_only_those_a_server_sees_are_seen(store):
    feed = store.subscribe(1, FEED, now=NOON)
    store.add_articles([pair("a1"), pair("a2", at=NOON + DAY)], feed_id=feed.id)
    store.add_articles([pair("a3")])
    assert store.seen_of(["a3", "a2", "a1", "a9"], None) == ("a3", "a2", "a1")
    assert store.seen_of(["a3", "a2", "a1"], 1) == ("a2", "a1")
    assert store.seen_of(["a2", "a1"], 1, until=NOON) == ("a1",)
    assert store.seen_of(["a1"], 2) == store.seen_of([], 1) == ()


@pytest.mark.parametrize("asked", ["counting", "listing"])
def test_what_a_server_sees_is_found_by_its_feeds(store, asked):
    """No query of an answer walks all articles: with a hundred thousand stored that would take longer than the answer may."""
    query = {
        "counting": select(func.count()).select_from(visibility._shown_to(1, NOON).subquery()),
        "listing": visibility._shown_to(1, NOON),
    }[asked]
    with store._database.reading() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(
                "SET LOCAL enable_seqscan = off"
            )  # a few rows are read whole, whatever the index
        explained = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        sql = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(map(str, connection.exec_driver_sql(explained + sql.replace("%", "%%"))))
    assert "ix_feed_articles_feed_id_shown_at" in plan
    assert "SCAN feed_articles" not in plan
