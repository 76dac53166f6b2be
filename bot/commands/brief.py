"""``/brief``: post a briefing now, look at it first, or read the latest again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import rendering
from bot.commands import replies
from bot.commands.access import require_posting
from briefs.errors import SettingError
from briefs.models import PostState

if TYPE_CHECKING:
    from bot.client import Debrief
    from briefs.models import Briefing

TITLE = "Briefing"
NOTHING = "Nothing new for this channel: every story was already told. The next news will be in the next briefing."


class Brief(app_commands.Group):
    """The group of briefing commands; posting is for admins, reading for everyone."""

    def __init__(self) -> None:
        super().__init__(name="brief", description="Post, preview or read a briefing.", guild_only=True)

    @app_commands.command(name="now", description="Post a briefing now (admins).")
    @app_commands.describe(channel="Where to post it; here when left out.")
    @app_commands.checks.has_permissions(manage_guild=True)
    async def now(self, interaction: discord.Interaction[Debrief], channel: discord.TextChannel | None = None) -> None:
        """Compose and post."""
        await replies.acknowledge(interaction)
        target = require_posting(channel or interaction.channel)
        client, guild_id = interaction.client, replies.server(interaction)
        briefing = await interaction.client.in_thread(
            client.newsroom.compose, guild_id, title=TITLE, channel_id=target.id
        )
        if briefing.is_silent:
            await replies.say(interaction, NOTHING)
            return
        delivery = await client.publisher.publish(
            guild_id, target.id, briefing, run_key=f"{target.id}:{interaction.id}"
        )
        told = rendering.counted(len(briefing.items), "story", "stories") if briefing.items else "that nothing is new"
        posted = f"Posted {told} in {target.mention}."
        await replies.say(interaction, posted if delivery.state is PostState.SENT else str(delivery.problem))

    @app_commands.command(
        name="preview", description="See the next briefing for this channel; nobody else does (admins)."
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def preview(self, interaction: discord.Interaction[Debrief]) -> None:
        """Compose and show, without posting."""
        await replies.acknowledge(interaction)
        briefing = await interaction.client.in_thread(
            interaction.client.newsroom.compose,
            replies.server(interaction),
            title=TITLE,
            channel_id=interaction.channel_id,
        )
        await replies.send(interaction, *rendering.preview_messages(briefing))

    @app_commands.command(name="latest", description="Read the latest briefing again; only you see it.")
    async def latest(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the newest briefing that this person may read."""
        await replies.acknowledge(interaction)
        briefing_id, briefing = await interaction.client.in_thread(_latest, interaction)
        await replies.send(interaction, *rendering.briefing_messages(briefing, briefing_id=briefing_id))


def _latest(interaction: discord.Interaction[Debrief]) -> tuple[int, Briefing]:
    """Return this channel's latest briefing, else the server's where the person may read its channel."""
    store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
    if here := store.latest_briefing(guild_id, interaction.channel_id):
        return here
    if anywhere := store.latest_briefing(guild_id):
        stored = store.briefing(anywhere[0])
        if stored and _may_read(interaction, stored.channel_id):
            return anywhere
    message = "No briefing has been posted here yet. An admin can post one with /brief now."
    raise SettingError(message, setting="channel")


def _may_read(interaction: discord.Interaction[Debrief], channel_id: int) -> bool:
    channel = interaction.guild.get_channel(channel_id) if interaction.guild else None
    member = interaction.user
    return channel is not None and isinstance(member, discord.Member) and channel.permissions_for(member).view_channel
