"""How long the bot waits for Discord, and until when a request may be made at all.

The library waits five minutes for an answer, for as long as Discord wants where there were too many requests, and tries up to
five times: more than the few minutes for which Discord drops a message that is sent a second time. Cutting a request off from
outside is no way out: one that is cut off while it waits for the limit of all requests leaves every later one waiting for ever.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Iterator

    import discord

    from briefs.models import Clock

ANSWER = 30.0  # seconds for one answer of Discord
LIMITED = 60.0  # seconds that a request waits when there were too many; beyond them it is told so
_latest: ContextVar[float | None] = ContextVar("latest", default=None)  # by the event loop's clock


def be_patient(client: discord.Client) -> None:
    """Let a client that has not logged in yet wait for Discord no longer than this, and keep to ``within``.

    Once it is closed a request is trouble as others are, ConnectionError, and no fault of the program.
    """
    trace = client.http.http_trace = client.http.http_trace or aiohttp.TraceConfig()
    trace.on_request_start.append(_stop_late)
    client.http.max_ratelimit_timeout = LIMITED
    request, timeout = client.http.request, aiohttp.ClientTimeout(total=ANSWER)

    async def patient(route: discord.http.Route, **options: Any) -> Any:
        try:
            return await request(route, timeout=timeout, **options)
        except RuntimeError as error:
            if not client.is_closed():
                raise
            message = "The bot is leaving Discord."
            raise ConnectionError(message) from error

    client.http.request = patient  # type: ignore[method-assign]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let requests begin in here for so long, the library's own tries among them; later ones raise TimeoutError."""
    token = _latest.set(asyncio.get_running_loop().time() + seconds)
    try:
        yield
    finally:
        _latest.reset(token)


async def _stop_late(*_: Any) -> None:
    latest = _latest.get()
    if latest is not None and asyncio.get_running_loop().time() > latest:
        message = "It is too late to send this again without looking whether it arrived."
        raise TimeoutError(message)


class Since:
    """How long something is ago, by the clock that says more: one stands while the machine sleeps, the other is set."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._at = clock, clock()
        self._began = asyncio.get_running_loop().time()

    @property
    def seconds(self) -> float:
        """Seconds that passed."""
        passed = asyncio.get_running_loop().time() - self._began
        return max(passed, (self._clock() - self._at).total_seconds())
