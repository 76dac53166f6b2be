"""Hosts: turns, spacing and pauses, in real time; only what must not be shorter is measured."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from briefs.sources import hosts as module
from briefs.sources.hosts import HostPausedError, Hosts

SLACK = 0.002  # clocks differ


async def visit(hosts: Hosts, host: str, seconds: float = 0.0, *, spacing: float = 0.0) -> tuple[float, float]:
    """Return when a request began and ended."""
    async with hosts.turn(host, spacing=spacing):
        began = time.perf_counter()
        await asyncio.sleep(seconds)
        return began, time.perf_counter()


def lasted(started: float, visits: list[tuple[float, float]]) -> float:
    """Return how long it took until the last began."""
    return max(began for began, _ in visits) - started


def most_at_once(visits: list[tuple[float, float]]) -> int:
    return max(sum(other[0] <= began < other[1] for other in visits) for began, _ in visits)


async def test_the_first_request_waits_for_nothing():
    hosts = Hosts(spacing=60)
    async with asyncio.timeout(5):
        await visit(hosts, "a.example:443")
        await visit(hosts, "b.example:443")
        await visit(hosts, "a.example:80")


async def test_requests_to_one_host_are_spaced():
    hosts = Hosts(spacing=0.05)
    started = time.perf_counter()
    visits = await asyncio.gather(*(visit(hosts, "a.example:443") for _ in range(4)))
    assert lasted(started, visits) >= (len(visits) - 1) * 0.05 - SLACK


async def test_no_spacing_is_no_wait():
    hosts = Hosts(spacing=0)
    async with asyncio.timeout(5):
        await asyncio.gather(*(visit(hosts, "a.example:443") for _ in range(1000)))


async def test_only_so_many_requests_are_with_a_host_at_one_time():
    hosts = Hosts(spacing=0, at_once=2)
    visits = await asyncio.gather(*(visit(hosts, "a.example:443", 0.01) for _ in range(8)))
    assert most_at_once(visits) == 2


async def test_hosts_do_not_wait_for_one_another():
    hosts = Hosts(spacing=60, at_once=1)
    async with asyncio.timeout(5):
        await asyncio.gather(*(visit(hosts, f"{number}.example:443", 0.01) for number in range(100)))


async def test_first_come_first_served():
    hosts = Hosts(spacing=0, at_once=2)
    order: list[int] = []

    async def ask(number: int) -> None:
        async with hosts.turn("a.example:443"):
            order.append(number)
            await asyncio.sleep(0.001 * (number % 3))

    await asyncio.gather(*(ask(number) for number in range(20)))
    assert order == list(range(20))


async def test_a_host_may_ask_for_more_time_between_two_pages():
    hosts = Hosts(spacing=0)
    started = time.perf_counter()
    visits = await asyncio.gather(*(visit(hosts, "a.example:443", spacing=0.05) for _ in range(3)))
    assert lasted(started, visits) >= (len(visits) - 1) * 0.05 - SLACK


async def test_a_host_cannot_ask_for_hours_between_two_pages(monkeypatch):
    monkeypatch.setattr(module, "MAX_SPACING_SECONDS", 0.01)
    hosts = Hosts(spacing=0)
    async with asyncio.timeout(5):
        await asyncio.gather(*(visit(hosts, "a.example:443", spacing=3600) for _ in range(3)))


async def test_a_short_pause_is_waited_for():
    hosts = Hosts(spacing=0)
    hosts.pause("a.example:443", 0.05)
    started = time.perf_counter()
    began, _ = await visit(hosts, "a.example:443")
    assert began - started >= 0.05 - SLACK


async def test_a_long_pause_is_told_and_not_waited_for():
    hosts = Hosts(spacing=0)
    hosts.pause("a.example:443", 120)
    async with asyncio.timeout(5):
        with pytest.raises(HostPausedError) as caught:
            await visit(hosts, "a.example:443")
        await visit(hosts, "b.example:443")
    assert 100 < caught.value.seconds <= 120


async def test_who_was_waiting_when_a_pause_began_is_told_too():
    hosts = Hosts(spacing=0.05, at_once=5)
    waiting = [asyncio.create_task(visit(hosts, "a.example:443")) for _ in range(5)]
    await waiting[0]
    hosts.pause("a.example:443", 120)
    outcomes = await asyncio.gather(*waiting[1:], return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {HostPausedError}


async def test_a_pause_is_not_for_ever_and_a_shorter_one_does_not_end_a_longer():
    hosts = Hosts(spacing=0)
    hosts.pause("a.example:443", 1e300)
    hosts.pause("a.example:443", 1)
    with pytest.raises(HostPausedError) as caught:
        await visit(hosts, "a.example:443")
    assert 86_000 < caught.value.seconds <= 86_400


async def test_who_gives_up_waiting_keeps_nobody_from_a_turn():
    hosts = Hosts(spacing=0, at_once=1)
    first = asyncio.create_task(visit(hosts, "a.example:443", 0.02))
    others = [asyncio.create_task(visit(hosts, "a.example:443")) for _ in range(6)]
    await asyncio.sleep(0.005)
    for other in others[::2]:
        other.cancel()
    await first
    others[1].cancel()  # the turn is its already
    async with asyncio.timeout(5):
        await asyncio.gather(*others, return_exceptions=True)
        await visit(hosts, "a.example:443")


async def test_who_gives_up_while_spaced_or_at_work_keeps_nobody_from_a_turn():
    hosts = Hosts(spacing=0.01, at_once=1)
    for seconds in (0.001, 0.02):
        task = asyncio.create_task(visit(hosts, "a.example:443", 60))
        await asyncio.sleep(seconds)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5):
        await visit(hosts, "a.example:443")


def test_what_is_remembered_outlives_an_event_loop():
    hosts = Hosts(spacing=0.05)
    started = time.perf_counter()
    visits = [asyncio.run(visit(hosts, "a.example:443")) for _ in range(3)]
    assert lasted(started, visits) >= (len(visits) - 1) * 0.05 - SLACK


def test_an_event_loop_that_was_stopped_while_requests_waited_keeps_nobody_from_a_turn():
    hosts = Hosts(spacing=0, at_once=1)

    async def interrupted() -> None:
        tasks = [asyncio.create_task(visit(hosts, "a.example:443", 60)) for _ in range(5)]
        await asyncio.sleep(0.01)
        assert not any(task.done() for task in tasks)

    asyncio.run(interrupted())
    asyncio.run(asyncio.wait_for(visit(hosts, "a.example:443"), 5))


def test_two_event_loops_at_one_time_share_a_host():
    hosts = Hosts(spacing=0.005, at_once=2)

    async def several() -> list[tuple[float, float]]:
        return await asyncio.gather(*(visit(hosts, "a.example:443", 0.01) for _ in range(10)))

    started = time.perf_counter()
    with ThreadPoolExecutor(3) as threads:
        visits = [each for found in threads.map(lambda _: asyncio.run(several()), range(3)) for each in found]
    assert len(visits) == 30
    assert most_at_once(visits) <= 2
    assert lasted(started, visits) >= 29 * 0.005 - SLACK


async def test_hosts_that_were_not_asked_for_longest_are_forgotten():
    hosts = Hosts(spacing=60, kept=3)
    async with hosts.turn("busy.example:443"):
        for number in range(10):
            await visit(hosts, f"{number}.example:443")
        assert list(hosts._hosts) == ["busy.example:443", "8.example:443", "9.example:443"]
