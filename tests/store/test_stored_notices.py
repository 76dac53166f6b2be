"""Each server is told once that a feed of its own fails, and once that it is read again."""

from __future__ import annotations

import pytest
from examples import DAY, FEED, NOON

from briefs.store import EVERYONE, Poll

LONG_AGO = {"streak": 3, "failing_before": NOON}


def fail(store, feed, times=3, *, since=NOON, ended=False):
    for _ in range(times):
        store.record_failure(feed.id, "It timed out.", at=since, next_poll_at=NOON + DAY, ended=ended)


def told(store, **more):
    return [(each.guild_id, each.recovered) for each in store.notices(**LONG_AGO | more)]


@pytest.fixture
def feed(store):
    store.subscribe(EVERYONE, FEED, now=NOON)
    store.subscribe(2, FEED, now=NOON)
    return store.subscribe(1, FEED, title="Morning read", added_by=100, now=NOON)


def test_a_feed_is_told_of_when_it_has_failed_often_and_for_long(store, feed):
    fail(store, feed, 2)
    assert told(store) == []
    fail(store, feed, 1)
    assert told(store, failing_before=NOON - DAY) == []
    one, two = store.notices(**LONG_AGO)
    assert (one.guild_id, one.feed.id, one.feed.title, one.added_by, one.recovered) == (
        1,
        feed.id,
        "Morning read",
        100,
        False,
    )
    assert (two.guild_id, two.feed.title, two.feed.last_error, two.added_by) == (2, None, "It timed out.", None)


def test_a_feed_that_is_gone_is_told_of_at_once(store, feed):
    fail(store, feed, 1, since=NOON + DAY, ended=True)
    assert told(store) == [(1, False), (2, False)]


def test_a_claimed_notice_is_nobody_elses_until_it_is_released(store, feed):
    fail(store, feed)
    one, two = store.notices(**LONG_AGO)
    assert [store.claim_notice(one, NOON), store.claim_notice(one, NOON)] == [True, False]
    assert told(store) == [(2, False)]
    store.release_notice(one)
    assert store.notices(**LONG_AGO) == (one, two)


def test_whoever_was_told_of_a_failure_is_told_that_it_is_over(store, feed):
    fail(store, feed)
    assert store.claim_notice(store.notices(**LONG_AGO)[0], NOON)
    fail(store, feed)
    assert told(store) == [(2, False)]
    store.record_poll(feed.id, Poll(NOON, NOON + DAY))
    (over,) = store.notices(**LONG_AGO)
    assert (over.guild_id, over.recovered, over.feed.failures) == (1, True, 0)
    assert [store.claim_notice(over, NOON), store.claim_notice(over, NOON)] == [True, False]
    assert told(store) == []
    store.release_notice(over)
    assert store.notices(**LONG_AGO) == (over,)
    assert store.claim_notice(over, NOON)
    fail(store, feed)
    assert told(store) == [(1, False), (2, False)]


def test_who_unsubscribed_is_told_nothing(store, feed):
    fail(store, feed)
    (one, _) = store.notices(**LONG_AGO)
    store.unsubscribe(1, feed.id)
    assert store.claim_notice(one, NOON) is False
    assert told(store) == [(2, False)]
