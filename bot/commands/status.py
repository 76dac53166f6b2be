"""``/status``: what ran, what is next, and what needs an admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import rendering, subscriptions
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
POLL = "poll"  # the job that looks at feeds, as the scheduler records it


@app_commands.command(description="What ran, what is next, and what needs attention.")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def status(interaction: discord.Interaction[Debrief]) -> None:
    """Show the state of this server."""
    await replies.acknowledge(interaction)
    client, guild_id = interaction.client, replies.server(interaction)
    now = client.newsroom.clock()
    state = await interaction.client.in_thread(_stored, client.newsroom.store, guild_id, now)
    await replies.say(
        interaction,
        f"### Status\n{_feeds(state)}",
        f"**Briefings**\n{_last(state)}\n{_next(_coming(state.schedules, now))}",
        f"**Permissions**\n{_permissions(interaction, state.schedules)}",
    )


@dataclass(frozen=True, slots=True)
class State:
    """What is stored about a server, at one moment."""

    articles: int
    feeds: tuple[Feed, ...]
    schedules: tuple[Schedule, ...]
    briefed_at: datetime | None
    polled_at: datetime | None  # when the feeds were last looked at, by this process or another


def _stored(store: Store, guild_id: int, now: datetime) -> State:
    latest = store.latest_briefing(guild_id)
    polled = next((job.last_success_at for job in store.jobs() if job.name == POLL), None)
    return State(
        articles=store.count_visible(guild_id, now),
        feeds=store.feeds(guild_id),
        schedules=store.schedules(guild_id),
        briefed_at=latest[1].made_at if latest else None,
        polled_at=polled,
    )


def _feeds(stored: State) -> str:
    feeds, articles = stored.feeds, stored.articles
    if not feeds:
        return "No feeds yet. Add one with `/feeds add`."
    failing = [feed for feed in feeds if not subscriptions.is_well(feed)]
    rows = [f"- ⚠️ {rendering.feed_trouble(feed)}" for feed in failing]
    head = f"{rendering.counted(articles, 'article')} from {rendering.counted(len(feeds), 'feed')}"
    state = f"{len(failing)} failing; `/feeds list` shows when each is tried next:" if failing else "all readable."
    polled = f"Feeds were last looked at {rendering.stamp(stored.polled_at, 'R')}." if stored.polled_at else ""
    return rendering.lines(f"{head}, {state}", replies.listed(rows, empty="", room=1_500), polled)


def _last(stored: State) -> str:
    if stored.briefed_at is None:
        return "None posted yet. Try `/brief now`."
    return f"Last posted {rendering.stamp(stored.briefed_at, 'R')}."


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
