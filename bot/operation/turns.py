"""Work of people that keeps a processor busy: a few at a time, and none for ever.

A thread cannot be ended from outside: one whose work takes too long is left behind, and whoever asked is told. Few may be left
behind at one time; beyond that nothing more of the kind is begun, and the operator is alarmed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import structlog

from briefs.errors import DebriefError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LIMIT = 20.0  # seconds; an answer takes a tenth of one
LEFT = 6  # threads at most that are left behind
TOO_LONG = "This takes me longer than I may think about it. Put it in other words, or ask about one story or name."
P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger(__name__)


class TakesTooLongError(DebriefError):
    """What a person asked for took too long."""


class Turns:
    """Turns for work in threads; every method is called on the event loop."""

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)
        self._left: set[_Work] = set()

    @property
    def left_behind(self) -> int:
        """How many threads are still at what was given up."""
        self._left = {each for each in self._left if not each.is_ended}
        return len(self._left)

    async def take(self, run: Callable[[Callable[[], T]], Awaitable[T]], work: Callable[[], T]) -> T:
        """Let ``run`` do work in a thread, when it is its turn. Raises TakesTooLongError."""
        async with self._free:
            if self.left_behind >= LEFT:
                raise TakesTooLongError(TOO_LONG)
            doing = _Work()
            try:
                async with asyncio.timeout(LIMIT) as time:
                    return await run(lambda: doing.do(work))
            except TimeoutError:
                if not time.expired():
                    raise
                self._leave(doing)
                raise TakesTooLongError(TOO_LONG) from None

    def _leave(self, doing: _Work) -> None:
        if doing.is_begun:
            self._left.add(doing)
        log.warning("given up, it took too long", left_behind=self.left_behind)
        if self.left_behind >= LEFT:
            log.error("alarm", problem=f"{LEFT} requests of people do not come to an end: restart the bot.")


class _Work:
    """How far something is that a thread does."""

    is_begun = is_ended = False

    def do(self, work: Callable[[], T]) -> T:
        self.is_begun = True
        try:
            return work()
        finally:
            self.is_ended = True
