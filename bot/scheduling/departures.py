"""Servers that the bot is no longer on: what is kept for them is forgotten after a while, not at once.

    left (or found to be gone at a start) ─▶ written down: no briefing is posted, no feed read for it alone
    back in time ─▶ all is as it was      too late ─▶ all that was kept is deleted

A server that is only unavailable, since Discord is in trouble, was not left.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.scheduling.believed import believed

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief
    from briefs.models import Clock
    from briefs.store import Store

SECOND = timedelta(seconds=1)
log = structlog.get_logger(__name__)


async def left(client: Debrief, guild: discord.Guild) -> None:
    """Write down that the bot is no longer on a server."""
    await asyncio.to_thread(client.newsroom.store.depart, guild.id, client.newsroom.clock())
    log.info("server left", guild=guild.id)
    await client.scheduler.refresh()


async def returned(client: Debrief, guild: discord.Guild) -> bool:
    """Write down that it is back, or new, there; True: it was away, and what was kept for the server still is."""
    back = await asyncio.to_thread(client.newsroom.store.return_, guild.id)
    if back:
        log.info("server is back", guild=guild.id)
        await client.scheduler.refresh()
    return back


class Departures:
    """Looks now and then which servers were left while nobody looked, and forgets those that were left long ago."""

    def __init__(self, store: Store, client: discord.Client, clock: Clock, *, kept: timedelta) -> None:
        """``kept``: how long what is stored for a server outlives its departure."""
        self._store = store
        self._client = client
        self._clock = clock
        self._kept = kept

    async def look(self) -> None:
        """Compare the servers that are known with those that the bot is on; forget what is to be forgotten."""
        if not self._client.is_ready():
            return
        present = frozenset(guild.id for guild in self._client.guilds)  # those that are unavailable among them
        await asyncio.to_thread(self._compare, present)
        await asyncio.to_thread(self._forget)

    def _compare(self, present: frozenset[int]) -> None:
        now, store = self._clock(), self._store
        store.antedate_departures(now)
        for guild_id in present.intersection(store.departed(now + SECOND)):
            store.return_(guild_id)
        for guild_id in store.known_guilds():
            if guild_id not in present and store.depart(guild_id, now):
                log.info("server left while nobody looked", guild=guild_id)

    def _forget(self) -> None:
        before = believed(self._store, self._clock()) - self._kept
        for guild_id in self._store.departed(before):
            if self._store.forget_departed(guild_id, before):
                log.info("server forgotten", guild=guild_id)
