"""*Start*, and what may follow at once: a first briefing, posted or only looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot import access, audit, rendering
from bot.commands import brief, replies
from bot.commands.schedule import keeping, telling
from bot.commands.setup import choosing, panel

if TYPE_CHECKING:
    import discord

    from bot.access import Postable
    from bot.client import Debrief
    from bot.commands.setup.plan import Plan
    from briefs.models import Schedule

NOTHING_READ = (
    "My sources have given nothing yet. Try again in a minute or two; `/feeds list` tells how each of them is."
)


async def start(interaction: discord.Interaction[Debrief], plan: Plan) -> rendering.Page:
    """Schedule the briefing and return what takes the panel's place: the panel again, where something is missing."""
    standing = await choosing.standing(interaction, plan)
    if panel.missing(plan, standing):
        return panel.panel(plan, standing, "⚠️ **Not started yet.**")
    made, new = await interaction.client.in_thread(_scheduled, interaction, plan)
    if new:
        await interaction.client.scheduler.refresh()
        await audit.note(interaction, "setup", telling.plain(made, interaction.guild))
    return panel.started(made, standing, "Your briefing is set up" if new else "That was set up already")


def _scheduled(interaction: discord.Interaction[Debrief], plan: Plan) -> tuple[Schedule, bool]:
    """Return the schedule of a plan, and whether it is new: two admins who press *Start* make one."""
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    now = newsroom.clock()
    wanted = replace(panel.schedule(plan, now), guild_id=guild_id, created_by=interaction.user.id)
    return keeping.find_or_add(newsroom.store, wanted, now)


# ------------------------------------------------------------------------------------------------------ a first briefing
async def post(interaction: discord.Interaction[Debrief], channel_id: int) -> None:
    """Compose a briefing and post it where the schedule will."""
    target = access.require_posting(interaction.guild.get_channel(channel_id) if interaction.guild else None)
    await _read_first(interaction)
    told = await brief.post(interaction, target, noted=("setup", f"a first briefing in #{target.name}"))
    await replies.say(interaction, told or await _nothing(interaction, target))


async def preview(interaction: discord.Interaction[Debrief], channel_id: int) -> None:
    """Compose a briefing and show it to the admin alone, as it would look."""
    target = access.require_posting(interaction.guild.get_channel(channel_id) if interaction.guild else None)
    await _read_first(interaction)
    briefing = await brief.composed(interaction, target)
    if briefing.is_silent:
        await replies.say(interaction, await _nothing(interaction, target))
        return
    briefing_id, images = await interaction.client.in_thread(brief.kept, interaction, briefing, channel_id)
    await replies.send(interaction, *rendering.briefing_messages(briefing, briefing_id=briefing_id, images=images))


async def _nothing(interaction: discord.Interaction[Debrief], target: Postable) -> str:
    """Say why there is nothing to tell: nothing is new, or nothing was read yet."""
    client = interaction.client
    feeds = await client.in_thread(client.newsroom.store.feeds, replies.server(interaction))
    read = any(feed.last_success_at for feed in feeds)
    return await brief.nothing(interaction, target) if read else NOTHING_READ


async def _read_first(interaction: discord.Interaction[Debrief]) -> None:
    """Read the feeds that were never read, so that a first briefing need not wait for the poll, and show how far it is."""
    client, guild_id = interaction.client, replies.server(interaction)
    feeds = await client.in_thread(client.newsroom.store.feeds, guild_id)
    unread = [feed.id for feed in feeds if feed.last_success_at is None and not feed.failures and not feed.shared]
    if not unread:
        return
    reached = [0]

    def advance(done: int, _total: int) -> None:
        reached[0] = done

    await replies.watched(
        interaction,
        client.in_thread(client.newsroom.collect, feeds=unread, progress=advance),
        lambda: f"Reading {rendering.counted(len(unread), 'feed')} for the first time… {reached[0]} done.",
    )
