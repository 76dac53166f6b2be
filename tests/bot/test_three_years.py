"""Each slot is posted once, whatever becomes of the clock, the machine and the program; what was missed follows one rule.

    python tests/bot/test_three_years.py [--postgres] [--seed 7] [--years 3]

lives through the years with the real publisher, over an SQLite file or a PostgreSQL of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import structlog
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from timelapse import Bot, History, Ledger, Machine, utc

from bot.delivery.publishing import Publisher
from bot.operation.jobs import Job
from bot.scheduling import schedule
from briefs.store import Store

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


def every(patched, time, *, but=()):
    """Let each job run no more often than this."""
    for name, job in tuple(vars(schedule).items()):
        if isinstance(job, Job) and name not in but:
            patched.setattr(schedule, name, replace(job, every=max(job.every, time)))


@pytest.fixture(autouse=True)
def _seldom(monkeypatch):
    """What the bot does every minute it does seldom, so that days pass in no time."""
    every(monkeypatch, 10 * MINUTE, but={"WATCH"})
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


# --------------------------------------------------------------------------------------------------------- three years
ZONES = ("Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu")
NIGHTS = ("01:45", "02:30")  # at which the clocks of these zones change


@pytest.fixture
def _rarely(monkeypatch):
    rarely(monkeypatch)


def rarely(patched):
    """What the bot does every minute it does once a month, and it looks at its clock four times a day."""
    every(patched, 30 * DAY)
    patched.setattr(schedule, "WATCH_EVERY", 6 * 3600.0)


async def _year_by_year(history, chance, years):
    """Live through quiet days, and now and then something happens."""
    end = history.now + years * 365 * DAY
    while history.now < end:
        await history.quiet(timedelta(hours=chance.randint(1, 24 * 24)))
        planned = chance.choice(history.bot.store.schedules())
        happening = chance.choice(("set", "sleep", "restart", "pause", "edit"))
        if happening == "set":
            await history.set_clock(chance.choice((-1, 1)) * timedelta(seconds=2 ** chance.uniform(0, 17)))
        elif happening == "sleep":
            await history.set_clock(timedelta(minutes=2 ** chance.uniform(2, 13)))
        elif happening == "restart":
            await history.restart(
                timedelta(seconds=2 ** chance.uniform(0, 18)), timedelta(seconds=chance.randint(-9999, 9999))
            )
        elif happening == "pause":
            await history.change(replace(planned, paused_at=history.now))
            await history.quiet(timedelta(hours=chance.randint(1, 200)))
            await history.change(replace(planned, paused_at=None, created_at=history.now))
        else:
            times = tuple(chance.sample(("01:15", "01:45", "02:15", "02:30", "03:00"), 2))
            await history.change(replace(planned, times=times, created_at=history.now))


def lived_for(store, publisher, seed, years):
    """Live for years with a schedule in each zone; return the history, in which all went as it should."""
    bot = Bot(store, Machine(utc("2026-01-01T00:00")), publisher, grace=12 * HOUR)
    for channel, zone in enumerate(ZONES, 1):
        bot.plan(channel, *NIGHTS, zone=zone, days=(6,))
    history = History(bot, 6 * HOUR + MINUTE)
    lives(bot, lambda: _year_by_year(history, Random(seed), years))
    return history


@pytest.mark.usefixtures("_rarely")
def test_in_three_years_of_changing_clocks_every_slot_is_posted_once_whatever_happens(memory_store):
    assert len(lived_for(memory_store, Ledger, 7, 3).due) > 1000


# ------------------------------------------------------------------------------------------- whatever order it comes in
class Life(RuleBasedStateMachine):
    """A bot with the real publisher, whose clock, machine and schedule do what they like for some days."""

    @initialize(minutes=st.integers(0, 3 * 365 * 24 * 60), zone=st.sampled_from(ZONES))
    def begin(self, minutes, zone):
        self.stack = ExitStack()
        patched = self.stack.enter_context(pytest.MonkeyPatch.context())
        every(patched, 10 * HOUR)
        patched.setattr(schedule, "WATCH_EVERY", 1800.0)
        machine = Machine(utc("2026-01-01T00:00") + minutes * MINUTE)
        self.bot = Bot(self.stack.enter_context(Store.open("sqlite://")), machine)
        self.history = History(self.bot, 31 * MINUTE)
        self.runner = self.stack.enter_context(machine.running())
        self.plan = self.bot.plan(1, "00:30", "02:15", "02:30", "14:00", zone=zone)
        self.runner.run(self.bot.start())

    @rule(minutes=st.integers(1, 3000))
    def time_passes(self, minutes):
        self.runner.run(self.history.quiet(minutes * MINUTE))

    @rule(seconds=st.one_of(st.integers(-30, 30), st.integers(-200_000, 400_000)))
    def the_clock_is_set(self, seconds):
        self.runner.run(self.history.set_clock(seconds * SECOND))

    @rule(down=st.integers(1, 20_000), seconds=st.integers(-20_000, 20_000))
    def it_restarts(self, down, seconds):
        self.runner.run(self.history.restart(down * SECOND, seconds * SECOND))

    @rule(hours=st.integers(0, 30))
    def the_schedule_is_paused_and_resumed(self, hours):
        self.runner.run(self.history.change(replace(self.plan, paused_at=self.history.now)))
        self.runner.run(self.history.quiet(hours * HOUR))
        self._change(self.plan)

    @rule(
        times=st.lists(st.sampled_from(("00:30", "01:59", "02:15", "02:30", "03:00", "14:00")), min_size=1, max_size=4)
    )
    def the_schedule_is_edited(self, times):
        self._change(replace(self.plan, times=tuple(dict.fromkeys(times))))

    def _change(self, wanted):
        self.plan = replace(wanted, paused_at=None, created_at=self.history.now)
        self.runner.run(self.history.change(self.plan))

    def teardown(self):
        if hasattr(self, "runner"):
            self.runner.run(self.bot.stop())
            self.stack.close()


TestLife = Life.TestCase
TestLife.settings = settings(deadline=None, max_examples=12, stateful_step_count=12)


def main():
    parser = argparse.ArgumentParser(
        description="Live for years with clocks that change, and see that each slot is posted once."
    )
    parser.add_argument(
        "--postgres", action="store_true", help="over a PostgreSQL of its own instead of an SQLite file"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--years", type=int, default=3)
    chosen, began = parser.parse_args(), time.monotonic()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from faults.many import database, folder

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with ExitStack() as stack:
        rarely(stack.enter_context(pytest.MonkeyPatch.context()))
        url = stack.enter_context(database(stack.enter_context(folder(None)), postgres=chosen.postgres))
        history = lived_for(stack.enter_context(Store.open(url)), Publisher, chosen.seed, chosen.years)
    seconds = time.monotonic() - began
    print(f"{chosen.years} years, {len(history.due)} slots due, each posted once, nothing else; {seconds:.0f} s")


if __name__ == "__main__":
    main()
