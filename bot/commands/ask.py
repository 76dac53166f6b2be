"""``/ask``: a question, answered from what this server's sources say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.commands import replies

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief


@app_commands.command(description="Ask what the sources say: who, when, where, what happened.")
@app_commands.describe(
    question="For example: Who met whom? When is the next launch?", private="Only you see the answer."
)
@app_commands.guild_only()
async def ask(
    interaction: discord.Interaction[Debrief],
    question: app_commands.Range[str, 1, replies.QUESTION_LIMIT],
    private: bool = False,
) -> None:
    """Answer a question."""
    await replies.answer(interaction, question, private=private)
