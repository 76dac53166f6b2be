"""``/help``: what the caller may do, with examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot import rendering
from bot.commands import replies

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief

FOR_ALL = """### What I do
I read this server's feeds, post short briefings made of the outlets' own sentences, and answer questions from them.
- `/ask question:Who met whom?`: an answer with its sources
- `/brief latest`: the latest briefing again"""
BUTTONS = (
    """Under a briefing or an answer: **Sources** shows the sentences in context, **Ask** takes the next question."""
)
FOR_ADMINS = """### For admins
- `/feeds add address:example.com`: read a site or a feed; also `list`, `remove`, `test`, `poll`, `import`, `export`
- `/feeds notices channel:#admins`: where I say that a feed keeps failing
- `/schedule add channel:#news times:08:00, 18:30 days:weekdays timezone:Europe/London`: post at set times; also `list`, `remove`
- `/topics follow text:spaceflight`: bring such stories forward; `mute` keeps them out; also `list`, `remove`
- `/settings set stories:3 sort:newest`: length, order and language of dates, for a channel or all; also `show`, `reset`
- `/brief preview`: see the next briefing first; `/brief now` posts it
- `/status`: what ran, what is next, what is wrong"""


@app_commands.command(name="help", description="What I can do for you, with examples.")
@app_commands.guild_only()
async def guide(interaction: discord.Interaction[Debrief]) -> None:
    """Show the guide."""
    await replies.acknowledge(interaction)
    admin = interaction.permissions.manage_guild
    await replies.send(interaction, rendering.page([(FOR_ALL, BUTTONS), FOR_ADMINS] if admin else [(FOR_ALL, BUTTONS)]))
