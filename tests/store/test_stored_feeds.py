"""Feeds are shared, subscriptions are not, and a poll is stored whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from examples import DAY, FEED, NOON, article, pair, reading

from briefs.errors import StoreError
from briefs.models import SourceKind, Wishes
from briefs.store import EVERYONE, Arrival, Poll, SeenEntry

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


def test_all_that_a_poll_found_out_about_its_feed_is_kept(store):
    feed = store.subscribe(1, FEED, kind=SourceKind.SITEMAP, added_by=100, now=NOON)
    wishes = Wishes(timedelta(minutes=90), (0, 23), (6,))
    found = {"last_modified": "Fri", "moved_to": GAZETTE, "wishes": wishes, "interval": timedelta(hours=2)}
    poll(store, feed, "a1", **found, remark="The newest 1 of 9 were taken.")
    (stored,) = store.feeds()
    assert stored == replace(
        feed,
        **found,
        title="The Courier",
        etag='"1"',
        last_success_at=NOON,
        last_new_at=NOON,
        next_poll_at=NOON + DAY,
        remark="The newest 1 of 9 were taken.",
        remarked_at=NOON,
    )
    poll(store, feed, title=None, etag=None, at=NOON + DAY)
    (later,) = store.feeds()
    assert (later.title, later.moved_to, later.interval) == ("The Courier", GAZETTE, timedelta(hours=2))
    assert (later.etag, later.last_modified, later.wishes) == (None, None, Wishes())
    assert (later.remark, later.remarked_at, later.last_new_at) == ("The newest 1 of 9 were taken.", NOON, NOON)
    poll(store, feed, at=NOON + 4 * DAY)
    assert (store.feeds()[0].remark, store.feeds()[0].remarked_at) == (None, None)
    poll(store, feed, moved_to=FEED)
    assert store.feeds()[0].moved_to is None


def test_an_entry_is_known_by_its_guid_or_by_what_it_said(store):
    feed, other = (store.subscribe(1, url, now=NOON) for url in (FEED, GAZETTE))
    poll(store, feed, arrivals=(arrival("a1"), Arrival("passed over", "print b1", None), Arrival("old", "", None)))
    assert store.seen_entries(feed.id, guids=["guid a1"], fingerprints=[]) == (SeenEntry("guid a1", "print a1", "a1"),)
    assert known(store, feed, "new guid", fingerprints=["print b1", "print a1", "unheard"]) == {
        "guid a1",
        "passed over",
    }
    assert known(store, feed, "guid a1", fingerprints=["print a1"]) == {"guid a1"}
    assert known(store, feed, fingerprints=[""]) == set()
    assert known(store, other, "guid a1", fingerprints=["print a1"]) == set()


def test_what_an_entry_became_is_never_unlearned(store):
    feed = store.subscribe(1, FEED, now=NOON)
    poll(store, feed, arrivals=(arrival("a1"), Arrival("g2", "first", None)))
    poll(store, feed, arrivals=(Arrival("guid a1", "edited", None), Arrival("g2", "first", "a1")))
    assert store.seen_entries(feed.id, guids=["guid a1", "g2"], fingerprints=[]) == (
        SeenEntry("g2", "first", "a1"),
        SeenEntry("guid a1", "edited", "a1"),
    )


def test_a_long_guid_found_by_what_it_said_is_the_same_entry(store):
    feed = store.subscribe(1, FEED, now=NOON)
    long = "https://courier.example/" + "x" * 5000
    poll(store, feed, arrivals=(Arrival(long, "print", None),))
    (kept,) = store.seen_entries(feed.id, guids=[], fingerprints=["print"])
    poll(store, feed, arrivals=(Arrival(kept.guid, "print", "a1"),))
    assert store.seen_entries(feed.id, guids=[long], fingerprints=["print"]) == (SeenEntry(long, "print", "a1"),)


def test_thousands_of_entries_are_one_poll(store):
    feed = store.subscribe(1, FEED, now=NOON)
    shown = tuple(Arrival(f"g{number}", f"p{number}", None) for number in range(3_000))
    poll(store, feed, arrivals=shown)
    poll(store, feed, arrivals=shown)
    guids = [each.guid for each in shown]
    assert len(store.seen_entries(feed.id, guids=guids, fingerprints=[each.fingerprint for each in shown])) == 3_000


def test_the_operators_feeds_are_read_by_every_server_and_listed_after_its_own(store):
    shared = store.subscribe(EVERYONE, GAZETTE, title="For all", now=NOON)
    own = store.subscribe(1, FEED, now=NOON)
    poll(store, own, "a1")
    poll(store, shared, "b1", title="The Gazette")
    assert [(feed.id, feed.title, feed.shared) for feed in store.feeds(1)] == [
        (own.id, "The Courier", False),
        (shared.id, "For all", True),
    ]
    assert [(feed.id, feed.shared) for feed in store.feeds(EVERYONE)] == [(shared.id, True)]
    assert [(feed.id, feed.shared) for feed in store.feeds()] == [(shared.id, True), (own.id, False)]
    for guild, expected in ((1, {"a1", "b1"}), (2, {"b1"}), (EVERYONE, {"b1"})):
        assert set(store.visible(guild)) == set(store.search(["bridge"], guild_id=guild)) == expected
        assert store.count_visible(guild) == len(expected)
    assert store.unsubscribe(1, shared.id) is False


def test_a_server_that_reads_an_operators_feed_itself_has_it_once_as_its_own(store):
    store.subscribe(EVERYONE, FEED, title="For all", now=NOON)
    own = store.subscribe(1, FEED, title="Ours", now=NOON)
    poll(store, own, "a1")
    assert [(feed.title, feed.shared) for feed in store.feeds(1)] == [("Ours", False)]
    assert store.visible(1) == ("a1",)
    assert store.count_visible(1) == 1


def test_a_feed_that_ended_is_not_polled_until_it_is_read_or_added_again(store):
    feed = store.subscribe(1, FEED, now=NOON)
    for when in (NOON, NOON + DAY):
        store.record_failure(feed.id, "It is gone for good.", at=when, next_poll_at=when, ended=True)
    (ended,) = store.feeds()
    assert (ended.ended_at, ended.failing_since, ended.failures) == (NOON, NOON, 2)
    assert store.due_feeds(NOON + 9 * DAY, 10) == ()
    poll(store, feed, next_poll_at=NOON)
    assert (store.feeds()[0].ended_at, store.feeds()[0].failing_since) == (None, None)
    assert len(store.due_feeds(NOON, 10)) == 1
    store.record_failure(feed.id, "It is gone for good.", at=NOON, next_poll_at=NOON + DAY, ended=True)
    assert store.subscribe(2, FEED, now=NOON).ended_at is None
    assert [each.id for each in store.due_feeds(NOON, 10)] == [feed.id]


def test_a_failure_that_goes_on_keeps_when_it_began(store):
    feed = store.subscribe(1, FEED, now=NOON)
    for days in range(3):
        store.record_failure(feed.id, "It timed out.", at=NOON + days * DAY, next_poll_at=NOON)
    assert store.feeds()[0].failing_since == NOON


def test_one_host_gets_its_share_of_a_round_and_no_more(store):
    urls = [f"https://a.example/{n}" for n in range(4)]
    urls += ["https://a.example:443/same", "http://a.example/other-port", "https://b.example/", "https://[::bad/"]
    ids = [store.subscribe(1, url, now=NOON).id for url in urls]
    ids += [store.subscribe(0, f"file:///srv/{n}", kind=SourceKind.FOLDER, now=NOON).id for n in range(3)]
    due = [feed.id for feed in store.due_feeds(NOON, 100, per_host=2)]
    assert due == [*ids[:2], *ids[5:]]
    assert [feed.id for feed in store.due_feeds(NOON, 3, per_host=2)] == [*ids[:2], ids[5]]
    poll(store, store.feeds()[0], moved_to="https://b.example/there", next_poll_at=NOON)
    assert ids[0] not in [feed.id for feed in store.due_feeds(NOON, 100, per_host=1)]


def test_feeds_are_polled_now_when_asked(store):
    feed, other = (store.subscribe(1, url, now=NOON) for url in (FEED, GAZETTE))
    for each in (feed, other):
        poll(store, each, next_poll_at=NOON + 9 * DAY)
    store.poll_now([feed.id], NOON)
    assert [each.id for each in store.due_feeds(NOON, 10)] == [feed.id]
    store.poll_now([], NOON)


def test_a_feed_that_nobody_reads_is_forgotten_and_begins_anew(store):
    secret = "https://editor:s3cret@courier.example/feed"
    feed = store.subscribe(1, secret, now=NOON)
    store.subscribe(2, secret, now=NOON)
    poll(store, feed, "a1")
    store.unsubscribe(1, feed.id)
    assert known(store, feed, "guid a1") == {"guid a1"}
    store.forget_guild(2)
    assert poll(store, feed, "a2") == ()  # a poll that was under way
    store.record_failure(feed.id, "It timed out.", at=NOON, next_poll_at=NOON)
    assert (store.visible(None), list(store.articles(["a1", "a2"]))) == (("a1",), ["a1"])

    again = store.subscribe(1, secret, now=NOON)
    assert again.id > feed.id
    assert (again.etag, again.last_success_at, known(store, again, "guid a1")) == (None, None, set())
    assert poll(store, again, "a1", "a2") == ("a2",)
    assert set(store.visible(1)) == {"a1", "a2"}


def test_the_kind_of_a_source_stays_unless_someone_saw_better(store):
    assert store.subscribe(1, FEED, now=NOON).kind is SourceKind.FEED
    assert store.subscribe(2, FEED, kind=SourceKind.SITEMAP, now=NOON).kind is SourceKind.SITEMAP
    assert store.subscribe(3, FEED, now=NOON).kind is SourceKind.SITEMAP


def test_no_server_changes_the_kind_of_what_another_reads_well(store):
    feed = store.subscribe(1, FEED, now=NOON)
    poll(store, feed)
    assert store.subscribe(2, FEED, kind=SourceKind.PAGE, now=NOON).kind is SourceKind.FEED
    store.record_failure(feed.id, "It is no feed.", at=NOON, next_poll_at=NOON + DAY)
    assert store.subscribe(2, FEED, kind=SourceKind.PAGE, now=NOON).kind is SourceKind.PAGE


def test_paragraphs_are_counted_by_site_until_no_article_holds_them(store):
    feed = store.subscribe(1, FEED, now=NOON)
    here, there = ("courier.example", "h1"), ("gazette.example", "h1")
    poll(store, feed, "a1", paragraphs={here: 1, there: 2, ("courier.example", "h2"): 1})
    poll(store, feed, "a2", paragraphs={here: 3}, at=NOON + DAY)
    poll(store, feed, "a2", paragraphs={here: 3})  # another process was faster: they are counted
    assert store.paragraph_counts("courier.example", ["h1", "h2", "h3"]) == {"h1": 4, "h2": 1}
    assert store.paragraph_counts("gazette.example", ["h1"]) == {"h1": 2}
    assert store.forget_paragraphs(NOON + DAY) == 2
    assert store.paragraph_counts("courier.example", ["h1", "h2"]) == {"h1": 4}
    assert store.paragraph_counts("courier.example", []) == {}
