"""``/healthz``, ``/readyz`` and ``/metrics`` over HTTP, served by the event loop itself, so that they tell the truth about it.

``/healthz`` answers 200 as long as the event loop turns: who restarts on its failure must not do so because Discord is away.
``/readyz`` is ``bot.operation.health``'s judgement as JSON: 503 while something keeps news or answers from people. What is stored is read
in a thread of its own, which waits behind nothing else; a database that does not answer in time is a finding, no silence.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.operation import metrics
from bot.operation.health import State, Stored, judge
from briefs.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.operation.health import Health
    from bot.operation.vitals import Vitals

PATIENCE = 5.0  # seconds for what is stored; who asks gives up after ten or so
FRESH = 1.0  # seconds between two looks at it: each writes to the disk, and anybody on this machine may ask
SILENT = Stored(
    problem=f"It does not answer within {PATIENCE:.0f} seconds. Look whether another program locks it, or its disk is slow."
)


class Endpoints:
    """Answers requests for the health of a process."""

    def __init__(self, vitals: Vitals, look: Callable[[], Stored]) -> None:
        """``look`` reads what is stored; it blocks, and raises nothing."""
        self._vitals = vitals
        self._look = look
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._looking: asyncio.Future[Stored] | None = None
        self._began = 0.0  # the last look, by the event loop's clock

    def app(self) -> web.Application:
        """Return what answers."""
        app = web.Application()
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        return app

    def close(self) -> None:
        """Wait for nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def health(self) -> Health:
        """Judge the process and what is stored, now."""
        return judge(await self._stored(), self._vitals.process(), self._vitals.clock())

    async def _stored(self) -> Stored:
        """Return what is stored; who asks while it is looked up, or right after, is told what the same look found."""
        loop = asyncio.get_running_loop()
        if self._looking is None or (self._looking.done() and loop.time() - self._began >= FRESH):
            self._began = loop.time()
            self._looking = loop.run_in_executor(self._thread, self._look)
        try:
            return await asyncio.wait_for(asyncio.shield(self._looking), PATIENCE)
        except TimeoutError:
            return SILENT

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="The event loop turns.\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        health = await self.health()
        status = 503 if health.state is State.FAILING else 200
        body = {"state": health.state, "checks": [asdict(check) for check in health.checks]}
        return web.json_response(body, status=status)

    async def _metrics(self, _request: web.Request) -> web.Response:
        stored = await self._stored()
        health = judge(stored, self._vitals.process(), self._vitals.clock())
        return web.Response(
            body=metrics.text(self._vitals, stored, health), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )


@asynccontextmanager
async def served(endpoints: Endpoints, host: str, port: int) -> AsyncIterator[int]:
    """Serve until the block ends; give the port. Raises SettingError where it is taken or the host is not this machine's."""
    runner = web.AppRunner(endpoints.app(), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            why = os.strerror(error.errno).lower() if error.errno and error.errno > 0 else "the name is not known"
            message = (
                f"HEALTH_PORT {port} on {host} cannot be listened on: {why}. Set another port, or stop what has it."
            )
            raise SettingError(message, setting="HEALTH_PORT") from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
        endpoints.close()
