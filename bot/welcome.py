"""The first minute on a new server: one message to its admins, with all it takes to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief


async def greet(client: Debrief, guild: discord.Guild) -> None:
    """Write to a new server's admins, once."""
    del client, guild
