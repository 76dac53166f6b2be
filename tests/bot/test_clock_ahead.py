"""A machine whose clock is ahead for a while loses nothing by it: what it did by that clock is mended once it is right again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest
from news import NOON, store_news
from sqlalchemy import event
from timelapse import GUILD, Bot, Ledger, Machine

from bot.operation.jobs import POLL, alarming
from bot.scheduling.believed import Belief, believed
from bot.scheduling.departures import Departures
from bot.scheduling.retention import Retention
from bot.scheduling.schedule import Scheduler
from bot.scheduling.serving import job_name
from briefs.store import Poll

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)


# ---------------------------------------------------------------------------------------------------------------- feeds
def test_a_feed_that_was_read_by_a_clock_ten_years_ahead_is_read_again_once_it_is_right(store):
    feeds = [store.subscribe(GUILD, f"https://courier.example/{name}", now=NOON) for name in "abcd"]
    late = NOON + 10 * YEAR
    store.record_poll(feeds[0].id, Poll(late, late + HOUR))
    store.record_failure(feeds[1].id, "It does not answer.", at=late, next_poll_at=late + HOUR, ended=False)
    store.record_failure(feeds[2].id, "It does not answer.", at=NOON - DAY, next_poll_at=NOON, ended=False)
    store.record_failure(feeds[2].id, "It does not answer.", at=late, next_poll_at=late + HOUR, ended=False)
    store.record_poll(feeds[3].id, Poll(NOON, NOON + HOUR))
    assert {feed.id for feed in store.due_feeds(NOON + timedelta(minutes=1), 9)} == {feed.id for feed in feeds[:3]}
    for feed in feeds[:3]:
        store.record_poll(feed.id, Poll(NOON, NOON + HOUR))
    assert store.due_feeds(NOON + timedelta(minutes=2), 9) == ()


def test_a_feed_that_fails_after_the_clock_was_ahead_is_not_asked_every_minute_and_is_told_of(store):
    feeds = [store.subscribe(GUILD, f"https://courier.example/{name}", now=NOON) for name in "ab"]
    late = NOON + 10 * YEAR
    store.record_poll(feeds[0].id, Poll(late, late + HOUR))
    store.record_failure(feeds[1].id, "It does not answer.", at=late, next_poll_at=late + HOUR, ended=False)
    for feed in feeds:
        store.record_failure(feed.id, "It does not answer.", at=NOON, next_poll_at=NOON + HOUR, ended=False)
    assert store.due_feeds(NOON + timedelta(minutes=1), 9) == ()
    told = store.notices(streak=1, failing_before=NOON + timedelta(minutes=1))
    assert [notice.feed.id for notice in told] == [feed.id for feed in feeds]


def test_a_job_that_succeeded_or_failed_last_by_a_clock_that_was_ahead_is_alarming_once_it_is_late(store):
    late = NOON + 10 * YEAR
    store.record_job("poll", at=late, error=None)
    assert "2 hours" in alarming(POLL, store.jobs(["poll"])[0], NOON + 2 * HOUR, NOON)
    store.record_job("forget", at=late, error="No room.")
    for minutes in range(10):
        store.record_job("forget", at=NOON + timedelta(minutes=minutes), error="No room.")
    assert store.jobs(["forget"])[0].failing_since == NOON


# ----------------------------------------------------------------------------------------------------- what is forgotten
class Life:
    """A process with a wall clock that can be set, and the time for which it is awake."""

    def __init__(self, store, now=NOON):
        self.now, self.awake = now, 0.0
        self.belief = Belief(store, lambda: self.now, lambda: self.awake)

    def passes(self, time):
        self.now += time
        self.awake += time.total_seconds()


def test_a_clock_that_is_ten_years_ahead_for_an_hour_is_believed_some_hours(memory_store):
    life = Life(memory_store)
    assert life.belief.look() == NOON
    life.now += 10 * YEAR
    for _ in range(12):
        life.passes(HOUR / 12)
        assert life.belief.look() <= NOON + 8 * HOUR
    life.now -= 10 * YEAR
    assert life.belief.look() == believed(memory_store, life.now) == NOON + HOUR


def test_a_start_with_a_clock_that_is_ten_years_ahead_moves_nothing(memory_store):
    Life(memory_store).belief.look()
    for _ in range(9):
        assert Life(memory_store, NOON + 10 * YEAR).belief.look() == NOON


def test_a_clock_that_begins_in_1970_takes_nothing_back(memory_store):
    Life(memory_store).belief.look()
    life = Life(memory_store, NOON.replace(year=1970))
    assert life.belief.look() == life.now
    life.now = NOON
    assert life.belief.look() == NOON


def test_after_a_month_of_being_off_it_has_caught_up_within_days(memory_store):
    Life(memory_store).belief.look()
    life = Life(memory_store, NOON + 30 * DAY)
    for _ in range(5 * 24):
        life.passes(HOUR)
        life.belief.look()
    assert life.belief.look() == life.now


async def test_while_the_clock_is_years_ahead_nothing_of_a_year_is_forgotten(memory_store):
    now = [NOON]
    retention = Retention(memory_store, lambda: now[0])
    memory_store.note_action(GUILD, 1, "settings", "recent", NOON - DAY)
    await retention.forget()
    now[0] += 10 * YEAR
    await retention.forget()
    await Retention(memory_store, lambda: now[0]).forget()
    assert [action.detail for action in memory_store.actions(GUILD, limit=9)[0]] == ["recent"]


@pytest.fixture
def departures(memory_store):
    """A look at the servers, of one that the bot is on no more, at the time that a test sets."""
    now, store = [NOON], memory_store
    store_news(store, GUILD)
    Belief(store, lambda: NOON).look()
    here = SimpleNamespace(is_ready=lambda: True, guilds=[SimpleNamespace(id=77)])
    made = Departures(store, here, lambda: now[0], kept=30 * DAY)

    async def look(at):
        now[0] = at
        await made.look()

    return look


async def test_a_server_that_was_left_an_hour_before_the_clock_leapt_is_not_forgotten(memory_store, departures):
    await departures(NOON)
    await departures(NOON + 10 * YEAR)
    assert memory_store.departed(NOON + DAY) == (GUILD,)


async def test_a_server_that_was_left_by_a_clock_that_was_ahead_is_forgotten_a_month_after_it_was_right(
    memory_store, departures
):
    await departures(NOON + 10 * YEAR)
    await departures(NOON)
    memory_store.set_setting(0, "believed_at", (NOON + 40 * DAY).isoformat())
    await departures(NOON + 31 * DAY)
    assert memory_store.departed(NOON + 99 * DAY) == ()


# -------------------------------------------------------------------------------------------------------------- schedules
@pytest.fixture
def bot(memory_store):
    return Bot(memory_store, Machine(NOON), Ledger)


@pytest.mark.parametrize(
    ("zone", "at"), [("Atlantis/Capital", "13:00"), ("..", "13:00"), ("UTC", "25:61"), ("UTC", "x")]
)
def test_a_schedule_that_nobody_can_read_keeps_no_other_from_its_briefing(bot, capsys, zone, at):
    bot.plan(1, at, zone=zone)
    bot.plan(2, "13:00")

    async def story():
        await bot.start()
        await asyncio.sleep(2 * HOUR.total_seconds())
        await bot.stop()

    with bot.machine.running() as runner:
        runner.run(story())
    assert [key.split(":")[0] for key, _ in bot.posted()] == ["2"]


def test_a_hundred_schedules_that_are_due_are_looked_up_in_three_questions(bot, memory_store):
    plans = [bot.plan(channel, "11:00") for channel in range(1, 101)]
    memory_store.antedate_schedules(NOON - DAY)
    memory_store.record_job(job_name(plans[0]), at=NOON, error=None)
    scheduler = Scheduler(bot.desk, Ledger(memory_store, bot.discord, bot.machine), bot.machine)
    asked = []
    event.listen(memory_store._database._engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    overdue = scheduler._serving.overdue(memory_store.schedules(), NOON + timedelta(minutes=5))
    assert [each.channel_id for each in overdue] == list(range(2, 101))
    assert len([each for each in asked if each.startswith("SELECT")]) == 1 + 3
