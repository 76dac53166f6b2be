"""A server that the bot left loses nothing for a while, then everything; one that is only unavailable was not left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from simulated import NOON, OTHER_SERVER, SERVER

from bot.delivery.publishing import Publisher
from bot.scheduling.departures import Departures
from bot.scheduling.schedule import Scheduler

DAY = timedelta(days=1)
FEED = "https://bugle.example/rss"


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
async def served(empty_world):
    """A server with a feed and a schedule, and a clock to set."""
    empty_world.newsroom.clock = Clock()
    store = empty_world.newsroom.store
    store.subscribe(SERVER, FEED, now=NOON)
    store.add_schedule(SERVER, empty_world.channel.id, ("08:00",), (0,), "UTC", None, NOON)
    return empty_world


def gone(world):
    """The servers that are written down as left."""
    return world.newsroom.store.departed(world.newsroom.clock.now + DAY)


def emit(world, event, **payload):
    world.env.backend.emit(event, {"id": str(world.guild.id), **payload})


async def look(world, *, kept=30):
    clock = world.newsroom.clock
    await Departures(world.newsroom.store, world.env.bot, clock, kept=timedelta(days=kept)).look()


async def test_a_server_that_is_left_is_written_down_and_its_schedule_is_not_served(served):
    scheduler = Scheduler(
        served.newsroom, Publisher(served.newsroom.store, served.env.bot, lambda: NOON), served.newsroom.clock
    )
    served.env.bot.scheduler = scheduler
    await scheduler.refresh()
    assert scheduler.next_runs(SERVER, 1)

    emit(served, "GUILD_DELETE")
    await served.env.settle()

    assert gone(served) == (SERVER,)
    assert scheduler.next_runs(SERVER, 1) == []


async def test_a_server_that_is_unavailable_was_not_left(served):
    emit(served, "GUILD_DELETE", unavailable=True)
    await served.env.settle()
    await look(served)
    assert gone(served) == ()


async def test_a_server_that_was_left_while_nobody_looked_is_found(served):
    served.newsroom.store.set_setting(OTHER_SERVER, "zone", "UTC")
    await look(served)
    assert gone(served) == (OTHER_SERVER,)


async def test_a_server_that_came_back_while_nobody_looked_is_back(served):
    served.newsroom.store.depart(SERVER, NOON - DAY)
    await look(served)
    assert gone(served) == ()


async def test_before_discord_has_told_which_servers_there_are_none_is_taken_for_gone(served):
    served.newsroom.store.set_setting(OTHER_SERVER, "zone", "UTC")
    served.env.bot._ready.clear()
    await look(served)
    assert gone(served) == ()


async def test_within_the_grace_all_is_kept_and_after_it_nothing(served):
    store, clock = served.newsroom.store, served.newsroom.clock
    store.subscribe(OTHER_SERVER, FEED, now=NOON)
    await look(served)
    clock.now += 30 * DAY
    await look(served)
    assert len(store.feeds(OTHER_SERVER)) == 1
    clock.now += DAY
    await look(served)
    assert store.feeds(OTHER_SERVER) == ()
    assert len(store.feeds(SERVER)) == len(store.schedules(SERVER)) == 1
