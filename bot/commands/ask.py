"""``/ask``: a question, answered from what this server's sources say; and *Ask about this* on any message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import pointing
from bot.commands import completing, forms, replies
from briefs.preferences import TopicKind

if TYPE_CHECKING:
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


@ask.autocomplete("question")
async def _questions(interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
    """Offer whole questions on names and stories that this server knows."""
    offered = await interaction.client.in_thread(_completed, interaction, typed)
    return [app_commands.Choice(name=each, value=each) for each in offered]


def _completed(interaction: discord.Interaction[Debrief], typed: str) -> list[str]:
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    headlines = (headline for _, headline in newsroom.headlines(guild_id))
    return completing.completed(typed, newsroom.known(guild_id, TopicKind.NAME), headlines)


@app_commands.context_menu(name="Ask about this")
@app_commands.guild_only()
async def about_this(interaction: discord.Interaction[Debrief], message: discord.Message) -> None:
    """Open the form: about what a message of ours tells, or with what somebody wrote."""
    if interaction.client.user and message.author.id == interaction.client.user.id:
        await interaction.response.send_modal(forms.question("Ask about this", pointing.context(message)))
    else:
        await interaction.response.send_modal(forms.question("Ask about this", text=pointing.question(message)))
