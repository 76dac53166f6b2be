"""What is kept of a server that the bot left: nothing is done with it, it comes back whole or goes whole, and it alone goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from examples import NOON

from briefs.preferences import Topic, TopicKind
from briefs.store.records import EVERYONE, Poll

DAY = timedelta(days=1)
HERE, GONE = 1, 2
SHARED, THEIRS, OURS, OPERATORS = (f"https://{name}.example/rss" for name in ("shared", "theirs", "ours", "all"))


@pytest.fixture
def filled(store):
    """Two servers that share a feed, with a feed, a schedule, a setting, a topic, an action and an alarm each."""
    for guild, own in ((HERE, OURS), (GONE, THEIRS)):
        for url in (SHARED, own):
            store.subscribe(guild, url, now=NOON)
        store.add_schedule(guild, guild * 10, ["08:00"], [0], "UTC", None, NOON)
        store.set_setting(guild, "zone", "UTC")
        store.choose(guild, guild * 10, "stories", "3")
        store.set_topic(guild, guild * 10, Topic(TopicKind.WORD, "storm", 2.0), now=NOON)
        store.note_action(guild, 7, "feeds add", own, NOON)
        store.raise_alarm(guild, "channel 1", "It is gone.", NOON)
    store.subscribe(EVERYONE, OPERATORS, now=NOON)
    return store


def due(store):
    return {feed.url for feed in store.due_feeds(NOON, 100)}


def kept(store, guild):
    """All that is kept of a server."""
    return (
        [feed.url for feed in store.feeds(guild) if not feed.shared],
        store.schedules(guild),
        store.settings(guild),
        store.chosen(guild, guild * 10),
        store.actions(guild, limit=9),
        store.alarms(guild),
    )


def test_a_feed_that_only_a_left_server_reads_is_not_polled(filled):
    assert due(filled) == {SHARED, THEIRS, OURS, OPERATORS}
    filled.depart(GONE, NOON)
    assert due(filled) == {SHARED, OURS, OPERATORS}
    filled.return_(GONE)
    assert due(filled) == {SHARED, THEIRS, OURS, OPERATORS}


def test_the_schedules_of_a_left_server_are_not_served(filled):
    filled.depart(GONE, NOON)
    assert [schedule.guild_id for schedule in filled.schedules()] == [HERE]
    assert len(filled.schedules(GONE)) == 1


def test_nobody_is_told_of_a_left_servers_feeds(filled):
    for feed in filled.feeds():
        filled.record_failure(feed.id, "Gone.", at=NOON, next_poll_at=NOON, ended=True)
    filled.depart(GONE, NOON)
    told = filled.notices(streak=1, failing_before=NOON)
    assert {notice.guild_id for notice in told} == {HERE}


def test_a_server_that_comes_back_has_all_it_had(filled):
    before = kept(filled, GONE)
    filled.depart(GONE, NOON)
    assert filled.return_(GONE)
    assert not filled.forget_departed(GONE, NOON + 400 * DAY)
    assert kept(filled, GONE) == before


def test_after_a_while_a_left_server_is_forgotten_and_nothing_of_any_other(filled):
    ours = kept(filled, HERE)
    [shared] = [feed for feed in filled.feeds(HERE) if feed.url == SHARED]
    filled.record_poll(shared.id, Poll(NOON, NOON + DAY))
    filled.depart(GONE, NOON)

    assert not filled.forget_departed(GONE, NOON)
    assert filled.forget_departed(GONE, NOON + DAY)
    assert not filled.forget_departed(GONE, NOON + DAY)

    assert kept(filled, GONE)[:3] == ([], (), {})
    assert filled.actions(GONE, limit=9) == ((), 0)
    assert filled.departed(NOON + 400 * DAY) == ()
    assert kept(filled, HERE) == ours
    assert {feed.url for feed in filled.feeds()} == {SHARED, OURS, OPERATORS}
    [still] = [feed for feed in filled.feeds(HERE) if feed.url == SHARED]
    assert (still.id, still.last_success_at) == (shared.id, NOON)


def test_the_servers_that_are_known_are_those_that_chose_something(filled):
    assert filled.known_guilds() == (HERE, GONE)
    filled.forget_guild(GONE)
    filled.set_setting(EVERYONE, "commands", "x")
    assert filled.known_guilds() == (HERE,)
