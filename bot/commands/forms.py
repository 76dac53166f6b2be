"""Forms: what a person typed is answered by the form's id alone, so that a form works after a restart, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief


async def submitted(client: Debrief, interaction: discord.Interaction[discord.Client]) -> None:
    """Take in a form of ours; anything else is answered elsewhere."""
    del client, interaction
