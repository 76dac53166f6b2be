"""Each slot is posted once, whatever becomes of the clock, the machine and the program; what was missed follows one rule."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from timelapse import Bot, Machine, utc

from bot import schedule

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
START = utc("2026-01-05T06:00")  # a Monday


@pytest.fixture
def machine():
    return Machine(START)


@pytest.fixture
def bot(memory_store, machine):
    return Bot(memory_store, machine)


def lives(bot, story):
    """Let the bot live through what a coroutine function does to it."""
    with bot.machine.running() as runner:
        runner.run(_lived(bot, story))


async def _lived(bot, story):
    await bot.start()
    await story()
    await bot.stop()


async def _pass(time):
    await asyncio.sleep(time.total_seconds())


def _counting(trigger):
    """Count how often a trigger is asked for its next time."""
    asked, ask = [], trigger.get_next_fire_time
    trigger.get_next_fire_time = lambda *times: (asked.append(times), ask(*times))[1]
    return asked


def runs(bot):
    return [key for key, _ in bot.posted()]


def days(*numbers, channel=1, at="08:00"):
    return [f"{channel}:2026-01-{number:02}:{at}" for number in numbers]


@pytest.fixture(autouse=True)
def _seldom(monkeypatch):
    """What the bot does every minute it does seldom, so that days pass in no time."""
    for name in ("POLL", "RECONCILE", "REFRESH", "QUESTIONS", "LOOK_AROUND", "CATCH_UP"):
        monkeypatch.setattr(schedule, f"{name}_EVERY", 10 * MINUTE)
    monkeypatch.setattr(schedule, "WATCH_EVERY", 60.0)


# ------------------------------------------------------------------------------------------------ a clock that is set
def test_a_clock_set_back_does_not_keep_the_jobs_waiting_for_the_time_it_showed(bot):
    bot.plan(1, "08:00")

    async def story():
        await _pass(30 * MINUTE)
        bot.machine.set(-DAY)
        bot.desk.collected_at.clear()
        await _pass(15 * MINUTE)
        assert bot.desk.collected_at

    lives(bot, story)


def test_a_day_that_comes_again_since_the_clock_was_ahead_has_its_briefing(bot):
    bot.machine.set(10 * DAY)
    bot.plan(1, "08:00")

    async def story():
        await _pass(3 * HOUR)
        bot.machine.set(-10 * DAY - 2 * HOUR)
        await _pass(2 * HOUR)

    lives(bot, story)
    assert runs(bot) == [*days(15), *days(5)]


def test_what_found_nothing_new_by_a_clock_that_was_ahead_does_not_silence_the_days_before(bot):
    bot.plan(1, "08:00")
    bot.machine.set(10 * DAY)
    bot.desk.silent = True

    async def story():
        await _pass(3 * HOUR)
        await bot.stop()
        bot.machine.set(-10 * DAY - 2 * HOUR)
        bot.desk.silent = False
        await bot.start()
        await _pass(2 * HOUR)

    lives(bot, story)
    assert runs(bot) == days(5)


def test_a_slot_that_comes_twice_since_the_clock_was_set_back_is_posted_once(bot):
    bot.plan(1, "08:00")

    async def story():
        await _pass(2 * HOUR + MINUTE)
        for _ in range(3):
            bot.machine.set(-5 * MINUTE)
            await _pass(6 * MINUTE)

    lives(bot, story)
    assert runs(bot) == days(5)


@pytest.mark.parametrize(("leap", "posted"), [(3 * HOUR, 1), (5 * HOUR, 0)])
def test_a_slot_that_the_clock_leapt_over_is_caught_up_with_within_the_grace(bot, leap, posted):
    bot.plan(1, "08:00")

    async def story():
        await _pass(30 * MINUTE)
        bot.machine.set(leap)
        await _pass(12 * MINUTE)

    lives(bot, story)
    assert len(runs(bot)) == posted


def test_of_days_slept_through_the_newest_slot_within_the_grace_is_posted_and_tells_the_others(bot):
    bot.plan(1, "08:00", "08:30", "09:00")

    async def story():
        await _pass(HOUR)
        bot.machine.set(3 * DAY + 3 * HOUR)  # asleep
        await _pass(12 * MINUTE)

    lives(bot, story)
    assert runs(bot) == days(8, at="09:00")


def test_a_clock_that_begins_in_1970_and_is_set_right_costs_no_time(memory_store):
    machine = Machine(utc("1970-01-01T00:00"))
    bot = Bot(memory_store, machine)
    bot.plan(1, "08:00")
    fired = []

    async def story():
        await _pass(15 * MINUTE)
        fired.extend(_counting(job.trigger) for job in bot.scheduler._jobs.get_jobs())
        machine.set(START + 3 * HOUR - machine())
        await _pass(15 * MINUTE)

    lives(bot, story)
    assert runs(bot) == days(5)
    assert max(len(each) for each in fired) < 20


# ------------------------------------------------------------------------------------------------- work that goes wrong
def test_a_briefing_that_could_not_be_made_is_tried_again_within_the_grace(bot):
    bot.plan(1, "08:00")

    async def story():
        bot.desk.locked = True
        await _pass(2 * HOUR + 30 * MINUTE)
        bot.desk.locked = False
        await _pass(25 * MINUTE)

    lives(bot, story)
    assert runs(bot) == days(5)


def test_a_slot_that_comes_while_the_one_before_is_still_being_posted_is_posted_after_it(bot):
    bot.plan(1, "08:00", "08:01")

    async def story():
        await _pass(2 * HOUR - MINUTE)
        bot.discord.away = True
        await _pass(2 * MINUTE + 10 * SECOND)
        bot.discord.away = False
        await _pass(25 * MINUTE)

    lives(bot, story)
    assert runs(bot) == [*days(5), *days(5, at="08:01")]
