"""Feeds are shared, subscriptions are not, and a poll is stored whole or not at all."""

from __future__ import annotations

import pytest
from examples import DAY, FEED, NOON, article, pair, reading

from briefs.errors import StoreError
from briefs.store import Arrival, Poll

GAZETTE = "https://gazette.example/feed"


def arrival(name, **more) -> Arrival:
    return Arrival(f"guid {name}", f"print {name}", name, pair(name, **more))


def poll(store, feed, *names, **more):
    found = {"at": NOON, "next_poll_at": NOON + DAY, "title": "The Courier", "etag": '"1"'}
    return store.record_poll(feed.id, Poll(**{"arrivals": tuple(map(arrival, names)), **found, **more}))


def known(store, feed, *guids, fingerprints=()):
    return {seen.guid for seen in store.seen_entries(feed.id, guids=guids, fingerprints=fingerprints)}


def test_two_servers_share_a_feed_and_name_it_as_they_like(store):
    ours = store.subscribe(1, FEED, title="Morning read", now=NOON)
    theirs = store.subscribe(2, FEED, now=NOON)
    assert ours.id == theirs.id
    assert (ours.title, theirs.title) == ("Morning read", None)
    assert ours.added_at == NOON
    assert [feed.url for feed in store.feeds()] == [FEED]

    poll(store, ours)
    assert [feed.title for feed in store.feeds(1)] == ["Morning read"]
    assert [feed.title for feed in store.feeds(2)] == ["The Courier"]
    assert store.feeds(3) == ()


def test_subscribing_again_changes_the_title_only_where_one_is_given(store):
    feed = store.subscribe(1, FEED, title="First", now=NOON)
    assert store.subscribe(1, FEED, now=NOON + DAY) == feed
    assert store.subscribe(1, FEED, title="Second", now=NOON).title == "Second"
    assert len(store.feeds(1)) == 1


def test_unsubscribing_ends_what_a_server_sees_and_nobody_elses_view(store):
    feed = store.subscribe(1, FEED, now=NOON)
    store.subscribe(2, FEED, now=NOON)
    poll(store, feed, "a1")
    assert store.unsubscribe(1, feed.id) is True
    assert store.unsubscribe(1, feed.id) is False
    assert (store.visible(1), store.visible(2)) == ((), ("a1",))
    assert store.feeds(1) == ()


def test_only_subscribed_feeds_are_due_the_longest_overdue_first(store):
    late, new, early, done = (store.subscribe(1, f"https://{name}.example/", now=NOON) for name in "abcd")
    for feed, when in ((late, NOON - DAY), (early, NOON - 2 * DAY), (done, NOON + DAY)):
        poll(store, feed, next_poll_at=when)
    assert [feed.id for feed in store.due_feeds(NOON, 10)] == [new.id, early.id, late.id]
    assert [feed.id for feed in store.due_feeds(NOON, 1)] == [new.id]
    store.unsubscribe(1, early.id)
    assert [feed.id for feed in store.due_feeds(NOON, 10)] == [new.id, late.id]


def test_a_poll_stores_articles_entries_and_validators_together(store):
    feed = store.subscribe(1, FEED, now=NOON)
    assert poll(store, feed, "a1", "a2") == ("a1", "a2")
    assert known(store, feed, "guid a1", "guid a2", "new") == {"guid a1", "guid a2"}
    (stored,) = store.feeds()
    assert (stored.title, stored.etag, stored.last_success_at) == ("The Courier", '"1"', NOON)
    assert store.due_feeds(NOON, 10) == ()
    assert set(store.visible(1)) == {"a1", "a2"}
    assert poll(store, feed, "a1", "a3", title=None) == ("a3",)
    assert store.feeds()[0].title == "The Courier"


def test_a_poll_that_cannot_be_stored_leaves_no_validator_behind(store):
    feed = store.subscribe(1, FEED, now=NOON)
    naive = article("a2", at=None, first_seen_at=NOON.replace(tzinfo=None))
    broken = Arrival("g2", "print", "a2", (naive, reading("a2")))
    with pytest.raises(StoreError):
        poll(store, feed, arrivals=(arrival("a1"), broken))
    assert known(store, feed, "guid a1") == set()
    assert store.feeds()[0].etag is None
    assert store.visible(None) == ()


def test_a_guid_is_known_in_its_own_feed_only_however_long_it_is(store):
    feed, other = (store.subscribe(1, url, now=NOON) for url in (FEED, GAZETTE))
    long = "https://courier.example/" + "x" * 5000
    odd = (long, "nul \0", "half \ud83d")
    poll(store, feed, arrivals=tuple(Arrival(guid, "", None) for guid in odd))
    assert known(store, feed, *odd, long + "y") == set(odd)
    assert known(store, other, long) == set()
    assert known(store, feed) == set()


def test_failures_are_counted_until_a_poll_succeeds(store):
    feed = store.subscribe(1, FEED, now=NOON)
    poll(store, feed)
    for _ in range(2):
        store.record_failure(feed.id, "The server does not answer.", at=NOON, next_poll_at=NOON + DAY)
    (failing,) = store.feeds()
    assert (failing.failures, failing.last_error, failing.etag) == (2, "The server does not answer.", '"1"')
    assert failing.last_success_at == NOON
    poll(store, feed)
    assert (store.feeds()[0].failures, store.feeds()[0].last_error) == (0, None)
