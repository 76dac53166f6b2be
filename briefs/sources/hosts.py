"""Hosts: how politely each is asked. Some requests at one time, some time between two, and a pause where it asks for one.

What is remembered is plain data behind a lock and tied to no event loop, so that it outlives a round of polling and serves
several at one time.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections import deque
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SPACING_SECONDS = 1.0  # between the starts of two requests to one host
AT_ONCE = 2  # requests to one host at one time
MAX_SPACING_SECONDS = 30.0  # what a host may ask for; at more, reading one front page would take hours
MAX_PAUSE_SECONDS = 86_400.0
PATIENCE_SECONDS = 5.0  # a longer pause is not waited for: who asks is told, and comes back
HOSTS_KEPT = 10_000


class HostPausedError(Exception):
    """A host asked for a pause that is not over; carries the ``seconds`` left of it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"paused for {seconds:.0f} s")
        self.seconds = seconds


@dataclass(slots=True)
class _Host:
    busy: int = 0  # requests under way
    next_at: float = -math.inf  # no request starts before
    paused_until: float = -math.inf
    waiting: deque[Future[None]] = field(default_factory=deque)


class Hosts:
    """Gives each request to a host its turn, first come, first served. ``spacing`` in seconds; 0 is none."""

    def __init__(self, *, spacing: float = SPACING_SECONDS, at_once: int = AT_ONCE, kept: int = HOSTS_KEPT) -> None:
        self._spacing = spacing
        self._at_once = at_once
        self._kept = kept
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @asynccontextmanager
    async def turn(self, host: str, *, spacing: float = 0.0) -> AsyncIterator[None]:
        """Wait for a turn and hold it for one request; ``spacing`` may raise the time between two.

        Raises HostPausedError when the host has asked for a long pause.
        """
        await self._admitted(host)
        try:
            await self._spaced(host, max(self._spacing, min(spacing, MAX_SPACING_SECONDS)))
            yield
        finally:
            self._leave(host)

    def pause(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for some time, a day at most."""
        with self._lock:
            known = self._known(host)
            known.paused_until = max(known.paused_until, _now() + min(seconds, MAX_PAUSE_SECONDS))

    async def _admitted(self, host: str) -> None:
        with self._lock:
            known = self._known(host)
            if known.busy < self._at_once:
                known.busy += 1
                return
            ticket: Future[None] = Future()
            known.waiting.append(ticket)
        try:
            await asyncio.wrap_future(ticket)
        except asyncio.CancelledError:
            self._give_up(host, ticket)
            raise

    def _give_up(self, host: str, ticket: Future[None]) -> None:
        with self._lock:
            waiting = self._hosts[host].waiting
            if ticket in waiting:
                waiting.remove(ticket)
                return
        self._leave(host)  # the turn had been handed over already

    def _leave(self, host: str) -> None:
        """End a turn: it goes to who has waited longest."""
        with self._lock:
            known = self._hosts[host]
            if known.waiting:
                ticket = known.waiting.popleft()
                if ticket.set_running_or_notify_cancel():
                    ticket.set_result(None)
            else:
                known.busy -= 1

    async def _spaced(self, host: str, spacing: float) -> None:
        """Wait until the host may be asked; the time is taken at once, so that who comes later starts later."""
        with self._lock:
            known = self._hosts[host]
            _check_pause(known)
            start = max(_now(), known.next_at)
            known.next_at = start + spacing
        while (left := max(start, known.paused_until) - _now()) > 0:
            _check_pause(known)
            await asyncio.sleep(left)

    def _known(self, host: str) -> _Host:
        """Return what is known of a host, as the one asked last; who was not asked for longest is forgotten."""
        known = self._hosts.pop(host, None) or _Host()
        self._hosts[host] = known
        if len(self._hosts) > self._kept:
            idle = next((name for name, other in self._hosts.items() if not other.busy and other is not known), None)
            if idle is not None:
                del self._hosts[idle]
        return known


def _check_pause(known: _Host) -> None:
    left = known.paused_until - _now()
    if left > PATIENCE_SECONDS:
        raise HostPausedError(left)


def _now() -> float:
    """Seconds that go on whatever a simulation does to ``time.monotonic``."""
    return time.perf_counter()
