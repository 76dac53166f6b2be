"""One judgement of the bot's health: what is wrong is one sentence with what to do, and what mends itself is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.operation.health import State, Stored, judge
from bot.operation.jobs import JOBS
from bot.operation.vitals import Process
from briefs.models import Feed, Post, PostState
from briefs.store.records import JobRecord, SetAside

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RUNNING = Process(NOW - DAY, connected_since=NOW - DAY)
WELL = Stored(
    jobs=tuple(JobRecord(job.name, NOW - MINUTE, NOW - MINUTE, None) for job in JOBS),
    feeds=(Feed(1, "https://a.example/rss"), Feed(2, "https://b.example/rss")),
    newest_at=NOW - HOUR,
    disk_left=20_000_000_000,
)


def failing(feed, times):
    return replace(feed, failures=times, failing_since=NOW - DAY, last_error="It timed out.")


def post(claimed_at):
    return Post(1, "run", 0, 7, 8, 9, "n", PostState.CLAIMED, claimed_at)


def told(stored=WELL, process=RUNNING, now=NOW):
    return [(check.state, check.sentence) for check in judge(stored, process, now).troubles]


def test_where_all_is_well_nothing_is_to_do():
    health = judge(WELL, RUNNING, NOW)
    assert health.state is State.OK
    assert not any(check.to_do for check in health.checks)
    assert [check.name for check in health.checks] == [
        "lease",
        "discord",
        "event loop",
        "database",
        "disk",
        "jobs",
        "posts",
        "feeds",
        "set aside",
    ]


TROUBLES = [
    (
        "a job that did not succeed for hours",
        replace(
            WELL,
            jobs=tuple(replace(job, last_success_at=NOW - 3 * HOUR) for job in WELL.jobs if job.name == "poll")
            + tuple(job for job in WELL.jobs if job.name != "poll"),
        ),
        RUNNING,
        "No feed has been read for 3 hours.",
        State.FAILING,
    ),
    (
        "a message that waits",
        replace(WELL, waiting=(post(NOW - HOUR), post(NOW - MINUTE))),
        RUNNING,
        "2 messages wait to be posted, the oldest since 2026-03-03 11:00 UTC.",
        State.WARNING,
    ),
    (
        "a feed that keeps failing",
        replace(WELL, feeds=(WELL.feeds[0], failing(WELL.feeds[1], 3))),
        RUNNING,
        "1 of 2 feeds cannot be read.",
        State.WARNING,
    ),
    (
        "every feed failing",
        replace(WELL, feeds=tuple(failing(feed, 3) for feed in WELL.feeds)),
        RUNNING,
        "None of the 2 feeds can be read.",
        State.FAILING,
    ),
    (
        "feeds that bring nothing new",
        replace(WELL, newest_at=NOW - 5 * DAY),
        RUNNING,
        "The newest article is of 2026-02-26 12:00 UTC.",
        State.WARNING,
    ),
    (
        "a disk that is nearly full",
        replace(WELL, disk_left=123_456_789),
        RUNNING,
        "The disk of the database has 123 MB left.",
        State.WARNING,
    ),
    (
        "a disk that is full",
        replace(WELL, disk_left=1_000_000),
        RUNNING,
        "The disk of the database has 1 MB left.",
        State.FAILING,
    ),
    (
        "an article that crashed its reader",
        replace(WELL, set_aside=(SetAside("article", "a", 1, "Odd", "It died.", 2, NOW, NOW),)),
        RUNNING,
        "1 article was set aside: twice the bot's worker was lost at it.",
        State.WARNING,
    ),
    (
        "a database that cannot be used",
        Stored(problem="The database is locked by another program."),
        RUNNING,
        "The database cannot be used.",
        State.FAILING,
    ),
    (
        "another bot at work",
        WELL,
        replace(RUNNING, holds_lease=False),
        "Another program may work on this database, so that nothing is posted.",
        State.FAILING,
    ),
    (
        "Discord away for long",
        WELL,
        replace(RUNNING, connected_since=None, away_since=NOW - HOUR),
        "Not connected to Discord since 2026-03-03 11:00 UTC.",
        State.FAILING,
    ),
    (
        "an event loop that was held up",
        WELL,
        replace(RUNNING, lag=2.34),
        "The bot was held up for 2.3 seconds within the last minute.",
        State.WARNING,
    ),
    (
        "more requests than can be answered",
        WELL,
        replace(RUNNING, requests=150),
        "150 requests of people are waited for at once.",
        State.WARNING,
    ),
]


@pytest.mark.parametrize(
    ("stored", "process", "sentence", "state"), [row[1:] for row in TROUBLES], ids=[row[0] for row in TROUBLES]
)
def test_a_trouble_is_one_sentence_with_what_to_do(stored, process, sentence, state):
    health = judge(stored, process, NOW)
    [trouble] = health.troubles
    assert (trouble.sentence, trouble.state) == (sentence, state)
    assert trouble.to_do.endswith(".")
    assert health.state is state


def test_what_mends_itself_within_minutes_is_not_told():
    passing = replace(
        WELL, feeds=(failing(WELL.feeds[0], 2), WELL.feeds[1]), waiting=(post(NOW - MINUTE),), disk_left=None
    )
    assert told(passing) == []


def test_a_connection_lost_for_a_moment_is_no_failure():
    away = replace(RUNNING, connected_since=None, away_since=NOW - MINUTE / 2)
    assert judge(WELL, away, NOW).state is State.WARNING


def test_the_worst_is_told_first():
    stored = replace(WELL, disk_left=100_000_000, feeds=tuple(failing(feed, 3) for feed in WELL.feeds))
    assert [state for state, _ in told(stored)] == [State.FAILING, State.WARNING]


def test_a_bot_that_does_not_run_is_one_trouble_and_not_one_for_each_job():
    assert told(process=None) == []
    assert told(process=None, now=NOW + HOUR) == [(State.WARNING, "The bot has not run since 2026-03-03 11:59 UTC.")]


def test_before_the_first_start_nothing_is_wrong():
    health = judge(Stored(), None, NOW)
    assert health.state is State.OK
    assert health.check("bot").sentence == "The bot has not run on this database yet."


def test_what_is_set_aside_is_called_what_it_is():
    kinds = ("feed", "article", "grouping", "story")
    items = tuple(SetAside(kind, "1", 1, "Odd", "It died.", 2, NOW, NOW) for kind in kinds)
    told = judge(replace(WELL, set_aside=items), RUNNING, NOW).check("set aside").sentence
    assert told == "2 articles, 1 feed and 1 story were set aside: twice the bot's worker was lost at them."
