"""What surrounds the bot at work: its health is measured and told, to a service manager and over HTTP."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.systemd import Manager

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings
    from bot.vitals import Vitals
    from briefs.store import Store

log = structlog.get_logger(__name__)


@asynccontextmanager
async def operating(vitals: Vitals, store: Store, settings: Settings) -> AsyncIterator[None]:
    """Watch over the process until the block ends. Raises SettingError where HEALTH_PORT is taken.

    It is ready once its event loop turns: that Discord is away, or another process at work, is no failed start.
    """
    manager = Manager()
    watching = asyncio.create_task(vitals.watch(manager.alive), name="vitals")
    try:
        async with _served(vitals, store, settings):
            manager.ready()
            yield
    finally:
        manager.stopping()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


@asynccontextmanager
async def _served(vitals: Vitals, store: Store, settings: Settings) -> AsyncIterator[None]:
    if settings.health_port is None:
        yield
        return
    from bot.endpoints import Endpoints, served  # the server takes a moment to load
    from bot.examining import examined

    endpoints = Endpoints(vitals, partial(examined, store))
    async with served(endpoints, settings.health_host, settings.health_port) as port:
        log.info("health is told", host=settings.health_host, port=port)
        yield
