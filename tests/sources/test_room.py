"""Bodies that are fetched at once take no more memory than there is room for, and none waits for ever."""

from __future__ import annotations

import asyncio

from briefs.sources import room
from briefs.sources.room import Room


async def test_many_bodies_at_once_hold_no_more_than_there_is_room_for_and_all_come_to_their_end():
    place, most, parsed = Room(100), [0], []

    async def visit(number):
        async with place.share():
            for _ in range(8):
                await room.take(10)
                most[0] = max(most[0], place.held)
                await asyncio.sleep(0)
            parsed.append(number)

    async with asyncio.timeout(10):
        await asyncio.gather(*map(visit, range(20)))
    assert sorted(parsed) == [*range(20)]
    assert 100 <= most[0] <= 100 + 80
    assert place.held == 0


async def test_what_is_given_up_lets_go_of_its_room():
    place = Room(100)

    async def visit():
        async with place.share():
            await room.take(100)
            await asyncio.sleep(3600)

    visiting = asyncio.create_task(visit())
    await asyncio.sleep(0)
    assert place.held == 100
    visiting.cancel()
    async with place.share(), asyncio.timeout(10):
        await room.take(50)
        assert place.held == 50


async def test_where_nobody_counts_nothing_waits():
    await room.take(10**12)
