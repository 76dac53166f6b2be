"""``/status``: what ran, what is next, and what needs an admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import admins, rendering, runs
from bot.access import Postable, looked_up, missing, remedy, shortfall
from bot.commands import replies
from bot.commands.schedule import choosing
from bot.delivery import posting
from bot.operation.examining import examined
from bot.operation.health import judge
from bot.operation.vitals import version
from bot.rendering import status as words
from bot.scheduling.slots import next_runs
from bot.subscriptions import is_read_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from bot.client import Debrief
    from bot.delivery.posting import Posting
    from briefs.models import Feed, Schedule

GONE = "A scheduled channel no longer exists: move its schedule with `/schedule edit`, or `/schedule remove` it."
POSTS_LOOKED_AT = 60  # messages; a briefing is one or a few


@app_commands.command(description="What ran, what is next, and what needs attention.")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def status(interaction: discord.Interaction[Debrief]) -> None:
    """Show the state of this server."""
    await replies.acknowledge(interaction)
    schedules = await choosing.known(interaction)
    channels = {each: await looked_up(interaction, each) for each in dict.fromkeys(one.channel_id for one in schedules)}
    state = await interaction.client.in_thread(_standing, interaction, schedules, channels)
    await replies.send(interaction, words.status_message(state))


def _standing(
    interaction: discord.Interaction[Debrief],
    schedules: Sequence[Schedule],
    channels: Mapping[int, Postable | None],
) -> words.Standing:
    """Gather what is stored, and what Discord lets the bot do; of the channels, None is one that is gone."""
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    store, now = newsroom.store, newsroom.clock()
    feeds = store.feeds(guild_id)
    jobs = {job.name: job for job in store.jobs()}
    return words.Standing(
        guild_id,
        now,
        needs=tuple(_needs(interaction, channels)),
        runs=tuple(runs.latest(store.recent_posts(guild_id, POSTS_LOOKED_AT), schedules, jobs, now)),
        coming=_coming(schedules, now),
        paused=sum(schedule.paused_at is not None for schedule in schedules),
        scheduled=bool(schedules),
        feeds=feeds,
        articles=store.count_visible(guild_id, now),
        polled_at=jobs["poll"].last_success_at if "poll" in jobs else None,
        waiting=sum(post.guild_id == guild_id for post in store.unfinished_posts()),
        due=sum(_is_due(feed, now) for feed in feeds),
        set_aside=store.set_aside(guild_id),
        health=judge(examined(store, guild_id=guild_id), interaction.client.vitals.process(), now),
        version=version(),
    )


def _is_due(feed: Feed, now: datetime) -> bool:
    return not feed.ended_at and not is_read_once(feed) and feed.next_poll_at is not None and feed.next_poll_at <= now


def _coming(schedules: Sequence[Schedule], now: datetime) -> tuple[tuple[datetime, int], ...]:
    slots = {
        (slot.instant, schedule.channel_id)
        for schedule in schedules
        for slot in next_runs(schedule, now, words.NEXT_SHOWN)
    }
    return tuple(sorted(slots))


# ---------------------------------------------------------------------------------------------------- what needs an admin
def _needs(interaction: discord.Interaction[Debrief], channels: Mapping[int, Postable | None]) -> Iterator[str]:
    """What is missing wherever something is to be posted, with how to mend it, and the alarms that are raised."""
    store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
    alarms = {alarm.subject: alarm for alarm in store.alarms(guild_id)}
    for channel_id, channel in channels.items():
        alarm = alarms.pop(f"channel {channel_id}", None)
        if channel:
            yield from _lacks(channel, posting.posting(store, guild_id, channel_id))
        else:
            yield alarm.detail if alarm else GONE
    chosen = store.settings(guild_id).get(admins.CHANNEL)
    if chosen:
        yield from _unheard(interaction.guild, int(chosen))
    yield from (f"{alarm.detail} (since {rendering.stamp(alarm.raised_at, 'R')})" for alarm in alarms.values())


def _lacks(channel: Postable, wanted: Posting) -> Iterator[str]:
    """What a channel's briefings miss: what is seen now, for an alarm may be a minute old."""
    if lacks := missing(channel):
        yield f"{channel.mention} gets no briefings, since I may not post there: {remedy(channel, lacks)}."
    elif wants := shortfall(channel, wanted):
        yield wants


def _unheard(guild: discord.Guild | None, channel_id: int) -> Iterator[str]:
    channel = guild.get_channel(channel_id) if guild else None
    if not isinstance(channel, Postable):
        yield "The channel for notices no longer exists: choose another in `/settings`."
    elif lacks := missing(channel):
        yield f"Notices cannot reach {channel.mention}: {remedy(channel, lacks)}."
