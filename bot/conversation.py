"""What people say to the bot without a command: a reply to a message of its own, or a mention.

Discord gives the words of a message only to a bot that it mentions; that needs no privileged intent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief


async def heard(client: Debrief, message: discord.Message) -> None:
    """Answer a question that was put to the bot; anything else is none of its business."""
    del client, message
