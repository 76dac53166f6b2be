"""``/status``: what ran, what is next, and what needs an admin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import rendering
from bot.commands import replies
from bot.commands.access import Postable, missing
from bot.schedule import next_runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.client import Debrief
    from briefs.models import Feed, Schedule
    from briefs.store import Store

RUNS_SHOWN = 3


@app_commands.command(description="What ran, what is next, and what needs attention.")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def status(interaction: discord.Interaction[Debrief]) -> None:
    """Show the state of this server."""
    await replies.acknowledge(interaction)
    client, guild_id = interaction.client, replies.server(interaction)
    store = client.newsroom.store
    feeds, schedules, runs = await asyncio.to_thread(_stored, store, guild_id)
    articles = await asyncio.to_thread(store.count_visible, guild_id, client.newsroom.clock())
    coming = _coming(schedules, client.newsroom.clock())
    await replies.say(
        interaction,
        f"### Status\n{_feeds(feeds, articles)}",
        f"**Briefings**\n{_last(runs)}\n{_next(coming)}",
        f"**Permissions**\n{_permissions(interaction, schedules)}",
    )


def _stored(store: Store, guild_id: int) -> tuple[tuple[Feed, ...], tuple[Schedule, ...], str]:
    latest = store.latest_briefing(guild_id)
    told = rendering.stamp(latest[1].made_at, "R") if latest else ""
    return store.feeds(guild_id), store.schedules(guild_id), told


def _feeds(feeds: tuple[Feed, ...], articles: int) -> str:
    if not feeds:
        return "No feeds yet. Add one with `/feeds add`."
    failing = [feed for feed in feeds if feed.failures]
    rows = [
        f"- ⚠️ **{rendering.clip(feed.title or feed.url, 100)}**: {rendering.clip(feed.last_error or 'unknown', 120)}"
        for feed in failing
    ]
    head = f"{rendering.counted(articles, 'article')} from {rendering.counted(len(feeds), 'feed')}"
    state = f"{len(failing)} failing:" if failing else "all readable."
    return f"{head}, {state}\n{replies.listed(rows, empty='', room=1_500)}".strip()


def _last(told: str) -> str:
    return f"Last posted {told}." if told else "None posted yet. Try `/brief now`."


def _coming(schedules: Sequence[Schedule], now: datetime) -> list[datetime]:
    slots = {slot.instant for schedule in schedules for slot in next_runs(schedule, now, RUNS_SHOWN)}
    return sorted(slots)[:RUNS_SHOWN]


def _next(coming: Sequence[datetime]) -> str:
    return f"Next:\n{replies.runs(coming)}" if coming else "None scheduled. Add a time with `/schedule add`."


def _permissions(interaction: discord.Interaction[Debrief], schedules: tuple[Schedule, ...]) -> str:
    """Return what is missing in each channel with a schedule, and how to mend it."""
    rows = [
        row for channel_id in dict.fromkeys(s.channel_id for s in schedules) if (row := _lack(interaction, channel_id))
    ]
    return replies.listed(rows, empty="Nothing missing where briefings are posted.", room=1_000)


def _lack(interaction: discord.Interaction[Debrief], channel_id: int) -> str:
    channel = interaction.guild.get_channel_or_thread(channel_id) if interaction.guild else None
    if not isinstance(channel, Postable):
        return "- ⚠️ A scheduled channel no longer exists. Remove its schedule with `/schedule remove`."
    lacks = missing(channel)
    return f"- ⚠️ {channel.mention}: give me {', '.join(lacks)} in the channel's settings." if lacks else ""
