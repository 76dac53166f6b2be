"""The jobs post what is due, catch up with what was missed, and outlive what goes wrong."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from discord_on_loopback import CHANNEL, GUILD, OTHER_CHANNEL
from news import DAY, NOON, briefing
from outlet import LOOPBACK

from bot import runs
from bot.delivery.publishing import Publisher
from bot.notices import Notices
from bot.operation.jobs import RECONCILE
from bot.runs import Outcome
from bot.scheduling import schedule
from bot.scheduling.retention import Retention
from bot.scheduling.schedule import OVERDUE, Scheduler
from bot.scheduling.serving import BRIEFINGS_AT_ONCE
from briefs.errors import DatabaseUnavailableError
from briefs.newsroom import Newsroom

pytest_plugins = ["connected"]
EVERY_DAY = range(7)


@pytest.fixture
def newsroom(news_store, clock):
    return Newsroom(news_store, options=LOOPBACK, clock=clock)


@pytest.fixture
async def scheduler(newsroom, client, clock):
    made = Scheduler(newsroom, Publisher(newsroom.store, client, clock), clock)
    yield made
    made.stop()


def plan(newsroom, at, *, channel=CHANNEL, made=NOON - DAY, days=EVERY_DAY):
    return newsroom.store.add_schedule(GUILD, channel, [at], days, "UTC", None, made)


def job(newsroom, name):
    return next((job for job in newsroom.store.jobs() if job.name == name), None)


async def started(scheduler):
    """Start, and wait for what is being posted: at the very minute of a slot its job and the catching up meet."""
    await scheduler.start()
    async with asyncio.timeout(30):
        while scheduler._in_making:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("late", "posts"), [(timedelta(0), 1), (timedelta(minutes=119), 1), (timedelta(minutes=121), 0)]
)
async def test_a_missed_briefing_is_caught_up_with_at_start_within_its_grace(
    late, posts, newsroom, scheduler, loopback, clock
):
    plan(newsroom, "13:00")
    clock.now = NOON + timedelta(hours=1) + late
    await started(scheduler)
    assert len(loopback.stands()) == posts


async def test_a_briefing_that_came_due_while_the_bot_was_off_is_told_as_missed(newsroom, scheduler, clock):
    missed = plan(newsroom, "13:00")
    clock.now = NOON + timedelta(hours=9)
    await started(scheduler)
    [run] = runs.latest([], [missed], {each.name: each for each in newsroom.store.jobs()}, clock.now)
    assert run.outcome is Outcome.MISSED


async def test_a_restart_does_not_post_again(newsroom, scheduler, loopback, client, clock):
    plan(newsroom, "13:00")
    clock.now = NOON + timedelta(hours=1, minutes=5)
    await started(scheduler)
    again = Scheduler(newsroom, Publisher(newsroom.store, client, clock), clock)
    await started(again)
    again.stop()
    assert len(loopback.stands()) == 1


async def test_a_post_that_discord_keeps_waiting_holds_up_its_own_channel_alone_at_the_start(
    newsroom, client, loopback, clock
):
    over = asyncio.Event()
    publisher = Publisher(newsroom.store, client, clock, pause=lambda _seconds: over.wait())
    scheduler = Scheduler(newsroom, publisher, clock)
    made = newsroom.store.save_briefing(briefing("ferry"), guild_id=GUILD, channel_id=OTHER_CHANNEL)
    place = {"guild_id": GUILD, "channel_id": OTHER_CHANNEL, "briefing_id": made}
    clock.now = NOON + timedelta(hours=1)
    newsroom.store.claim("interrupted", 0, **place, nonce="a nonce", now=clock.now - timedelta(minutes=1))
    loopback.fault("cut", rf"POST /channels/{OTHER_CHANNEL}/messages")
    plan(newsroom, "13:00")
    plan(newsroom, "13:00", channel=OTHER_CHANNEL)
    starting = asyncio.create_task(started(scheduler))
    await until(lambda: loopback.stands() and job(newsroom, "poll"))
    await until(lambda: set(scheduler._in_making) == {"schedule 2"})
    assert loopback.stands(OTHER_CHANNEL) == []
    assert [post.run_key for post in newsroom.store.unfinished_posts()] == ["interrupted"]

    over.set()
    await starting
    scheduler.stop()
    runs = [newsroom.store.posts(key)[0].message_id for key in ("interrupted", f"{OTHER_CHANNEL}:2025-08-01:13:00")]
    assert [int(message["id"]) for message in loopback.stands(OTHER_CHANNEL)] == runs


async def until(condition):
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


async def test_of_several_missed_briefings_one_is_posted(newsroom, scheduler, loopback, clock):
    newsroom.store.add_schedule(GUILD, CHANNEL, ["12:30", "13:00", "13:30"], EVERY_DAY, "UTC", None, NOON - DAY)
    clock.now = NOON + timedelta(hours=2)
    await started(scheduler)
    assert len(loopback.stands()) == 1


async def test_a_schedule_made_after_its_time_of_day_waits_for_the_next(newsroom, scheduler, loopback, clock):
    clock.now = NOON + timedelta(hours=1, minutes=5)
    plan(newsroom, "13:00", made=clock.now)
    await started(scheduler)
    assert loopback.stands() == []


async def test_schedules_that_cannot_be_read_keep_no_other_from_its_time(
    newsroom, scheduler, loopback, clock, tmp_path
):
    for days in ("0 monday", "7", ""):
        bad = plan(newsroom, "13:00", channel=OTHER_CHANNEL)
        with closing(sqlite3.connect(tmp_path / "debrief.db")) as connection, connection:
            connection.execute("UPDATE schedules SET days = ? WHERE id = ?", (days, bad.id))
    plan(newsroom, "13:00")
    clock.now = NOON + timedelta(hours=1)
    await started(scheduler)
    assert [len(loopback.stands(channel)) for channel in (CHANNEL, OTHER_CHANNEL)] == [1, 0]


async def test_a_paused_schedule_is_neither_served_nor_caught_up_with(newsroom, scheduler, loopback, clock):
    paused = plan(newsroom, "13:00")
    newsroom.store.pause_schedule(GUILD, paused.id, NOON)
    clock.now = NOON + timedelta(hours=1, minutes=5)
    await started(scheduler)
    assert scheduler.next_runs(GUILD, 1) == []
    assert loopback.stands() == []


async def test_a_schedule_that_another_process_paused_or_changed_is_not_served_as_it_was(
    newsroom, scheduler, loopback, clock
):
    paused, changed = plan(newsroom, "13:00"), plan(newsroom, "13:00", channel=OTHER_CHANNEL)
    newsroom.store.pause_schedule(GUILD, paused.id, NOON)
    newsroom.store.change_schedule(replace(changed, times=("14:00",), created_at=NOON))
    clock.now = NOON + timedelta(hours=1)
    for known in (paused, changed):
        await scheduler._serving.serve(known)
    assert [loopback.stands(channel) for channel in (CHANNEL, OTHER_CHANNEL)] == [[], []]


async def test_a_schedule_that_is_resumed_goes_on_with_its_next_time(newsroom, scheduler, loopback, clock):
    made = plan(
        newsroom,
        "13:00",
    )
    newsroom.store.pause_schedule(GUILD, made.id, NOON)
    await started(scheduler)
    clock.now = NOON + timedelta(hours=1, minutes=5)
    newsroom.store.change_schedule(replace(made, paused_at=None, created_at=clock.now))
    await scheduler.refresh()
    await scheduler._serving.serve(newsroom.store.schedules()[0])
    assert loopback.stands() == []
    assert scheduler.next_runs(GUILD, 1) == [NOON + DAY + timedelta(hours=1)]


async def test_what_admins_did_is_forgotten_after_half_a_year(newsroom, clock):
    for days, detail in ((181, "old"), (179, "recent")):
        newsroom.store.note_action(GUILD, 1, "settings", detail, clock.now - days * DAY)
    await Retention(newsroom.store, clock).forget()
    assert [action.detail for action in newsroom.store.actions(GUILD, limit=9)[0]] == ["recent"]


async def test_two_schedules_of_a_channel_for_the_same_time_post_once(newsroom, scheduler, loopback, clock):
    plan(newsroom, "13:00")
    plan(newsroom, "13:00", days=(4,))
    clock.now = NOON + timedelta(hours=1)
    await started(scheduler)
    assert len(loopback.stands()) == 1


async def test_each_channel_is_told_the_news_for_itself(newsroom, scheduler, loopback, clock):
    plan(newsroom, "13:00")
    plan(newsroom, "13:00", channel=OTHER_CHANNEL)
    clock.now = NOON + timedelta(hours=1)
    await started(scheduler)
    assert [len(loopback.stands(channel)) for channel in (CHANNEL, OTHER_CHANNEL)] == [1, 1]


async def test_where_nothing_is_new_nothing_is_posted(newsroom, scheduler, loopback, client, clock):
    plan(newsroom, "13:00")
    plan(newsroom, "14:00")
    clock.now = NOON + timedelta(hours=1)
    await started(scheduler)
    clock.now = NOON + timedelta(hours=2)
    await scheduler._serving.serve(newsroom.store.schedules()[1])
    assert len(loopback.stands()) == 1


async def test_of_two_refreshes_at_once_the_one_that_read_first_does_not_win(newsroom, scheduler, monkeypatch):
    await started(scheduler)
    read, go_on, schedules = threading.Event(), threading.Event(), newsroom.store.schedules

    def held_up(*about):
        found = schedules(*about)
        if not read.is_set():
            read.set()
            go_on.wait(10)
        return found

    monkeypatch.setattr(newsroom.store, "schedules", held_up)
    first = asyncio.create_task(scheduler.refresh())
    await asyncio.to_thread(read.wait, 10)
    plan(newsroom, "13:00")
    second = asyncio.create_task(scheduler.refresh())
    await asyncio.wait({second}, timeout=0.2)  # it would be done by then if it did not wait
    go_on.set()
    await asyncio.gather(first, second)
    assert scheduler.next_runs(GUILD, 1) == [NOON + timedelta(hours=1)]


async def test_a_refused_channel_does_not_keep_others_from_their_briefing(newsroom, scheduler, loopback, clock):
    plan(newsroom, "13:00")
    plan(newsroom, "13:00", channel=OTHER_CHANNEL)
    loopback.refuse(CHANNEL, 403)
    clock.now = NOON + timedelta(hours=1)
    await started(scheduler)
    assert len(loopback.stands(OTHER_CHANNEL)) == 1


async def test_a_job_that_fails_is_written_down_and_runs_again(newsroom, scheduler, loopback, clock, monkeypatch):
    schedule = plan(newsroom, "13:00")
    clock.now = NOON + timedelta(hours=1)

    def locked(*_arguments, **_options):
        raise DatabaseUnavailableError("The database is locked.")

    with monkeypatch.context() as patched:
        patched.setattr(newsroom, "compose", locked)
        await started(scheduler)
    failed = job(newsroom, f"schedule {schedule.id}")
    assert (failed.last_success_at, failed.last_error) == (None, "The database is locked.")

    clock.now += timedelta(minutes=1)
    await scheduler._run(schedule)
    assert job(newsroom, f"schedule {schedule.id}").last_error is None
    assert len(loopback.stands()) == 1


async def test_the_jobs_follow_the_schedules(newsroom, scheduler, clock):
    await started(scheduler)
    assert scheduler.next_runs(GUILD, 3) == []
    kept, dropped = plan(newsroom, "13:00"), plan(newsroom, "15:00")
    await scheduler.refresh()
    hour = timedelta(hours=1)
    assert scheduler.next_runs(GUILD, 3) == [NOON + hour, NOON + 3 * hour, NOON + DAY + hour]
    newsroom.store.remove_schedule(GUILD, dropped.id)
    await scheduler.refresh()
    assert scheduler.next_runs(GUILD, 2) == [NOON + hour, NOON + DAY + hour]
    assert scheduler.next_runs(GUILD + 1, 2) == []
    assert {each.id for each in scheduler._jobs.get_jobs()} >= {f"schedule {kept.id}", "poll", "reconcile", "refresh"}


async def test_the_first_poll_runs_at_once(newsroom, scheduler, monkeypatch):
    polled = asyncio.Event()
    loop = asyncio.get_running_loop()
    collect = newsroom.collect
    monkeypatch.setattr(
        newsroom, "collect", lambda **options: (loop.call_soon_threadsafe(polled.set), collect(**options))[1]
    )
    await started(scheduler)
    await asyncio.wait_for(polled.wait(), 10)


async def test_where_what_begins_the_jobs_stands_still_that_is_noticed_and_it_goes_on(newsroom, scheduler, monkeypatch):
    await started(scheduler)
    woken = asyncio.Event()

    async def reconcile():
        woken.set()

    scheduler._every(RECONCILE, reconcile)
    scheduler._jobs._stop_timer()  # as an error in its own clockwork leaves it
    job = scheduler._jobs.get_job("reconcile")
    job._modify(next_run_time=datetime.now(UTC) - 2 * OVERDUE)
    scheduler._jobs._lookup_jobstore("default").update_job(job)
    assert scheduler._forgotten() == ["reconcile"]
    scheduler._keep_going(0)
    await asyncio.wait_for(woken.wait(), 10)


async def test_a_start_that_fails_is_tried_again(newsroom, scheduler, monkeypatch):
    monkeypatch.setattr(schedule, "START_AGAIN", 0.01)
    start, failures = scheduler._jobs.start, iter([OSError("No room is left.")])

    def fail_once():
        for failure in failures:
            raise failure
        start()

    monkeypatch.setattr(scheduler._jobs, "start", fail_once)
    await started(scheduler)
    assert scheduler._jobs.running


async def test_of_many_briefings_due_at_one_minute_few_are_composed_at_once(newsroom, scheduler, clock, monkeypatch):
    for channel in range(3 * BRIEFINGS_AT_ONCE):
        plan(newsroom, "13:00", channel=1_000 + channel)
    clock.now = NOON + timedelta(hours=1)
    now, most, compose = 0, 0, newsroom.compose

    def counted(*arguments, **options):
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        time.sleep(0.01)
        now -= 1
        return replace(compose(*arguments, **options), items=())

    monkeypatch.setattr(newsroom, "compose", counted)
    await asyncio.gather(*(scheduler._serving.serve(each) for each in newsroom.store.schedules()))
    assert 1 <= most <= BRIEFINGS_AT_ONCE


async def test_feeds_are_visited_round_after_round_until_none_is_due(newsroom, scheduler, clock, monkeypatch):
    for number in range(25):
        newsroom.store.subscribe(GUILD, f"http://127.0.0.1:9/{number}", now=clock.now)
    await scheduler.poll()
    assert not newsroom.store.due_feeds(clock.now, 100)
    assert sum(feed.failures for feed in newsroom.store.feeds(GUILD)) == 25


async def test_notices_are_a_job_of_their_own(newsroom, client, clock):
    notices = Notices(newsroom.store, client, clock)
    made = Scheduler(newsroom, Publisher(newsroom.store, client, clock), clock, notices=notices)
    await made.start()
    assert "notices" in {each.id for each in made._jobs.get_jobs()}
    made.stop()


async def test_a_preview_that_nobody_posted_is_forgotten_after_a_day(newsroom, clock):
    told = newsroom.compose(GUILD, title="Preview", now=clock.now)
    place = {"guild_id": GUILD, "channel_id": CHANNEL}
    old, recent = (
        newsroom.store.save_briefing(replace(told, made_at=clock.now - timedelta(hours=hours)), **place)
        for hours in (25, 23)
    )
    await Retention(newsroom.store, clock).forget()
    assert newsroom.store.briefing(old) is None
    assert newsroom.store.briefing(recent) is not None


async def test_answers_are_forgotten_in_steps_once_their_conversation_is_over(newsroom, clock):
    answer = newsroom.answer(GUILD, "who met whom?", now=NOON)
    place = {"guild_id": GUILD, "channel_id": CHANNEL, "asked_by": 1}
    month, days, hours, now = (
        newsroom.store.save_answer(answer, **place, now=NOON - age)
        for age in (31 * DAY, 2 * DAY, timedelta(hours=2), timedelta())
    )
    await Retention(newsroom.store, clock).forget()
    await Retention(newsroom.store, clock).forget_questions()
    assert newsroom.store.answer(month, GUILD) is None
    assert not newsroom.store.answer(days, GUILD).question
    assert newsroom.store.answer(hours, GUILD) == newsroom.store.answer(now, GUILD) == answer
    assert newsroom.store.forget_askers(NOON) == 0
