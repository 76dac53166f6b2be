"""For which channels something is chosen: for the one where the command is used, or for all of a server's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from briefs.preferences import EVERY_CHANNEL

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief

Where = Literal["this channel", "all channels"]
HERE, EVERYWHERE = "this channel", "all channels"
WHERE = "Only for this channel (as when left out), or for all channels of this server."


def channel(interaction: discord.Interaction[Debrief], where: str) -> int:
    """Return the id under which a choice is kept."""
    return EVERY_CHANNEL if where == EVERYWHERE else interaction.channel_id or EVERY_CHANNEL
