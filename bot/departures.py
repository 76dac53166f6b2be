"""Servers that the bot is no longer on: what is kept for them is forgotten after a while, not at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief


async def left(client: Debrief, guild: discord.Guild) -> None:
    """Write down that the bot is no longer on a server."""
    await asyncio.to_thread(client.newsroom.store.depart, guild.id, client.newsroom.clock())


async def returned(client: Debrief, guild: discord.Guild) -> bool:
    """Write down that it is back, or new, there; True: it was away, and what was kept for the server still is."""
    return await asyncio.to_thread(client.newsroom.store.return_, guild.id)
