"""Room for what is fetched and not taken in yet: so many visits at once bring no more bytes than there is memory for."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST = 64_000_000  # bytes


class Room:
    """Bytes that are held together. Where they are too many, a body waits until others are let go of, but for the first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: dict[object, int] = {}  # by who holds them, the first to come first
        self._freed = asyncio.Condition()

    @property
    def held(self) -> int:
        """How many bytes are held."""
        return sum(self._held.values())

    @asynccontextmanager
    async def share(self) -> AsyncIterator[None]:
        """Count what is fetched in the block, until its end: by then it is parsed."""
        mine = _Share(self)
        token = _SHARE.set(mine)
        try:
            yield
        finally:
            _SHARE.reset(token)
            self._held.pop(mine, None)
            async with self._freed:
                self._freed.notify_all()

    async def take(self, share: object, size: int) -> None:
        """Wait until so many more bytes may be held."""
        async with self._freed:
            await self._freed.wait_for(lambda: self._may(share, size))
            self._held[share] = self._held.get(share, 0) + size

    def _may(self, share: object, size: int) -> bool:
        return self.held + size <= self._most or next(iter(self._held), share) is share


class _Share:
    """What one visit holds."""

    def __init__(self, room: Room) -> None:
        self.room = room


_SHARE: ContextVar[_Share | None] = ContextVar("share", default=None)


async def take(size: int) -> None:
    """Wait until there is room for so many bytes more, where anybody counts them."""
    if mine := _SHARE.get():
        await mine.room.take(mine, size)
