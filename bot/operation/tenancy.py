"""Being the one bot of a database: waiting for the lease, posting only while it is held, noticing that it is lost."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog

from bot import terminal
from bot.operation.systemd import Manager

if TYPE_CHECKING:
    from collections.abc import Iterator

    import discord

    from briefs.store.lease import Lease

ASK_EVERY = 0.5  # seconds between two tries to take a lease that another program has
GIVING = 1.0  # seconds for giving it back; with the process it is given back anyway
LOOK_EVERY = 1.0  # seconds between two looks at whether it is still ours
UNSURE = 15  # looks in a row without an answer after which it is taken for lost; nothing is posted then either
log = structlog.get_logger(__name__)


@contextmanager
def held(lease: Lease) -> Iterator[None]:
    """Hold a lease in the block; while another program has it, say so once and wait. Raises DatabaseUnavailableError."""
    _wait(lease)
    try:
        yield
    finally:
        giving = threading.Thread(target=lease.release, name="lease", daemon=True)
        giving.start()
        giving.join(GIVING)


def _wait(lease: Lease) -> None:
    manager, told, began = Manager(), False, time.monotonic()
    while not lease.take():
        if not told:
            told = True
            manager.ready()  # waiting is no failed start
            terminal.complain(waiting(str(lease.holder() or "another program")))
        manager.alive()
        time.sleep(ASK_EVERY)
    if told:
        log.info("the other program is gone, this one takes over", waited=round(time.monotonic() - began, 1))


def waiting(holder: str) -> str:
    """Say what is waited for, and what to do if that was not meant."""
    return (
        f"Debrief runs on this database already ({holder}), and two would post everything twice. This one waits and takes "
        "over when that one ends. If you started it by mistake, stop it with Ctrl-C; a second bot needs a DATABASE_URL and "
        "a token of its own."
    )


def only_while_held(client: discord.Client, lease: Lease) -> None:
    """Let a client that has not logged in yet send nothing to Discord while the lease is not surely ours."""

    async def stop(_session: aiohttp.ClientSession, _context: Any, asked: aiohttp.TraceRequestStartParams) -> None:
        if asked.method != "GET" and not lease.is_held():
            raise ConnectionError("Nothing is sent to Discord now: another program may work on this database.")

    trace = client.http.http_trace = client.http.http_trace or aiohttp.TraceConfig()
    trace.on_request_start.append(stop)


async def lost(lease: Lease) -> None:
    """Return once the lease is not ours any more, or nobody could say so for long; being late to look is no loss."""
    watch = _Watch(lease)
    watch.start()
    try:
        silent = 0
        while watch.holds and silent < UNSURE:
            answers = watch.answers
            await asyncio.sleep(LOOK_EVERY)
            silent = silent + 1 if watch.answers == answers else 0
    finally:
        watch.over.set()


class _Watch(threading.Thread):
    """Asks for the lease again and again, in a thread that waits for no other work and that nobody waits for."""

    def __init__(self, lease: Lease) -> None:
        super().__init__(name="lease", daemon=True)
        self.holds, self.answers, self.over = True, 0, threading.Event()
        self._lease = lease

    def run(self) -> None:
        while self.holds and not self.over.wait(LOOK_EVERY):
            self.holds = self._lease.confirm()
            self.answers += 1
