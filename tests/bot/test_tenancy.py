"""A busy program keeps its lease, and one whose lease is truly gone notices, whatever else it does."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import discord
import psycopg
import pytest
from discord_on_loopback import CHANNEL, TOKEN

from bot.operation import tenancy
from briefs.store.lease import SessionLease

pytest_plugins = ["connected"]
UNSURE = 10  # looks, here of a twentieth of a second
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'debrief %'"


@pytest.fixture
def lease(used_again):
    made = SessionLease(used_again)
    assert made.take()
    yield made
    made.release()


@pytest.fixture(autouse=True)
def _quickly(monkeypatch):
    monkeypatch.setattr(tenancy, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(tenancy, "UNSURE", UNSURE)


def hold_the_interpreter(seconds):
    """Let no other thread do anything, some times over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(5_000_000))


async def be_busy():
    """Fill the threads for all work, hold the interpreter and the event loop, for longer than is waited for an answer."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(2))
    busy = [asyncio.to_thread(hold_the_interpreter, 0.5) for _ in range(4)]
    waiting = [
        asyncio.ensure_future(each) for each in (*busy, *(asyncio.to_thread(time.sleep, 0.1) for _ in range(200)))
    ]
    for _ in range(2):
        await asyncio.sleep(0.01)
        time.sleep(0.05 * UNSURE + 0.3)
    for each in waiting:
        each.cancel()


def test_a_program_that_is_busy_for_long_keeps_its_lease(lease):
    async def story():
        watching = asyncio.create_task(tenancy.lost(lease))
        await be_busy()
        await asyncio.sleep(0.2)
        assert not watching.done()
        assert lease.is_held()
        watching.cancel()

    asyncio.run(story())


def test_a_lease_that_is_gone_is_noticed_within_seconds_by_a_busy_program(lease, used_again):
    async def story():
        watching = asyncio.create_task(tenancy.lost(lease))
        await asyncio.sleep(0.1)
        with psycopg.connect(used_again, autocommit=True) as connection:
            connection.execute(CUT)
        await be_busy()
        assert not lease.is_held()
        await asyncio.wait_for(watching, 5)

    asyncio.run(story())


def test_a_lease_of_which_nobody_can_say_anything_is_lost_in_the_end(lease):
    answering = threading.Event()
    confirm, lease.confirm = lease.confirm, lambda: answering.wait(20) and confirm()

    async def story():
        await asyncio.wait_for(tenancy.lost(lease), 10)

    try:
        asyncio.run(story())
    finally:
        answering.set()


async def test_while_the_lease_is_not_surely_ours_nothing_is_sent_to_discord(loopback, lease, used_again, monkeypatch):
    monkeypatch.setattr(discord.http.Route, "BASE", loopback.environment["DISCORD_API_URL"])
    async with discord.Client(intents=discord.Intents.none()) as client:
        tenancy.only_while_held(client, lease)
        await client.login(TOKEN)
        place = client.get_partial_messageable(CHANNEL)
        await place.send("ours")
        with psycopg.connect(used_again, autocommit=True) as connection:
            connection.execute(CUT)
        async with asyncio.timeout(30):
            while lease.is_held():
                await asyncio.sleep(0.01)
        with pytest.raises(ConnectionError, match="another program may work on this database"):
            await place.send("perhaps another's")
    assert [each["content"] for each in loopback.stands()] == ["ours"]
