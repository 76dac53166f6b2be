"""What killed a worker is counted, set aside from the second time on, and told to those whom it concerns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from briefs.store import EVERYONE, SetAside

NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE, THERE = 1, 2


def crash(store, subject="a1", *, kind="article", feed=None, title="Long Regatta", at=NOON, reason="It died."):
    return store.note_crash(kind, subject, feed_id=feed and feed.id, title=title, reason=reason, now=at)


def test_a_thing_is_set_aside_with_its_second_crash(store):
    assert crash(store) == 1
    assert store.set_aside(None) == ()
    assert crash(store, at=NOON + HOUR, reason="It hung.") == 2
    assert store.set_aside(None) == (SetAside("article", "a1", None, "Long Regatta", "It hung.", 2, NOON, NOON + HOUR),)


def test_crashes_are_counted_by_kind_and_subject(store):
    for kind, subject in (("article", "a1"), ("article", "a1"), ("article", "a2"), ("story", "a1")):
        crash(store, subject, kind=kind)
    assert store.crashes("article", ["a1", "a2", "a3"]) == {"a1": 2, "a2": 1}
    assert store.crashes("story") == {"a1": 1}


def test_what_is_tried_again_starts_from_nothing(store):
    crash(store)
    crash(store)
    assert store.try_again("article", "a1")
    assert (store.set_aside(None), store.crashes("article", ["a1"])) == ((), {})
    assert not store.try_again("article", "a1")


def test_a_server_is_told_of_its_own_feeds_and_the_shared_ones_alone(store):
    own = store.subscribe(HERE, "https://gazette.example/own", now=NOON)
    other = store.subscribe(THERE, "https://gazette.example/other", now=NOON)
    shared = store.subscribe(EVERYONE, "https://gazette.example/shared", now=NOON)
    for number, feed in enumerate((own, other, shared, None)):
        for hours in (0, 1):
            crash(store, f"a{number}", feed=feed, at=NOON + (number + hours) * HOUR)
    assert [each.subject for each in store.set_aside(HERE)] == ["a2", "a0"]
    assert [each.subject for each in store.set_aside(THERE)] == ["a2", "a1"]
    assert [each.subject for each in store.set_aside(None)] == ["a3", "a2", "a1", "a0"]


def test_what_was_set_aside_goes_with_its_feed_and_a_feed_that_is_gone_is_no_obstacle(store):
    feed = store.subscribe(HERE, "https://gazette.example/own", now=NOON)
    crash(store, feed=feed)
    crash(store, feed=feed)
    store.unsubscribe(HERE, feed.id)
    assert store.set_aside(None) == ()
    assert crash(store, feed=feed) == 1
