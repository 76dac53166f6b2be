"""What surrounds the bot at work: its health is measured and told, to a service manager and over HTTP."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.operation.frozen import Watchdog
from bot.operation.systemd import Manager

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sqlalchemy.pool import ConnectionPoolEntry

    from bot.operation.vitals import Vitals
    from bot.settings import Settings
    from briefs.store import Store
    from briefs.store.lease import Lease

log = structlog.get_logger(__name__)


@asynccontextmanager
async def operating(vitals: Vitals, store: Store, settings: Settings, lease: Lease) -> AsyncIterator[None]:
    """Watch over the process until the block ends. Raises SettingError where HEALTH_PORT is taken.

    It is ready once its event loop turns: that Discord is away, or another process at work, is no failed start.
    """
    vitals.holds_lease = lease.is_held
    manager, watchdog = Manager(), Watchdog()

    def beat() -> None:
        manager.alive()
        watchdog.beat()

    with watchdog:
        watching = asyncio.create_task(vitals.watch(beat), name="vitals")
        try:
            async with _served(vitals, store, settings):
                manager.ready()
                with _timed(vitals):
                    yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching


@contextmanager
def _timed(vitals: Vitals) -> Iterator[None]:
    """Measure for how long each transaction has its connection to the database."""

    def taken(_connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        record.info["taken"] = time.perf_counter()

    def returned(_connection: object, record: ConnectionPoolEntry) -> None:
        if (since := record.info.pop("taken", None)) is not None:
            vitals.database.add(time.perf_counter() - since)

    event.listen(Pool, "checkout", taken)
    event.listen(Pool, "checkin", returned)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", taken)
        event.remove(Pool, "checkin", returned)


@asynccontextmanager
async def _served(vitals: Vitals, store: Store, settings: Settings) -> AsyncIterator[None]:
    if settings.health_port is None:
        yield
        return
    from bot.operation.endpoints import Endpoints, served  # the server takes a moment to load
    from bot.operation.examining import examined

    endpoints = Endpoints(vitals, partial(examined, store))
    async with served(endpoints, settings.health_host, settings.health_port) as port:
        log.info("health is told", host=settings.health_host, port=port)
        yield
