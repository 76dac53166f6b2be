"""``/schedule``: when a channel gets its briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import rendering
from bot.commands import hours, replies
from bot.commands.access import require_posting
from bot.schedule import next_runs
from briefs.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.client import Debrief
    from briefs.models import Schedule

RUNS_SHOWN = 3
SCHEDULES_LIMIT = 25  # of a server; the list of choices shows no more
CHOICE_LIMIT = 100  # characters of a choice


class Schedules(app_commands.Group):
    """The group of schedule commands, for admins."""

    def __init__(self) -> None:
        super().__init__(
            name="schedule",
            description="Choose when a channel gets its briefing.",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )

    @app_commands.command(name="add", description="Post a briefing at set times.")
    @app_commands.describe(
        channel="Where to post it.",
        times="Times of day, such as 08:00 or 08:00, 18:30",
        days="daily, weekdays, weekends, or mon, wed, fri",
        timezone="Begin to type a city, such as London.",
    )
    async def add(
        self,
        interaction: discord.Interaction[Debrief],
        channel: discord.TextChannel,
        times: app_commands.Range[str, 1, 100],
        days: app_commands.Range[str, 1, 100] = "daily",
        timezone: app_commands.Range[str, 1, 60] = "UTC",
    ) -> None:
        """Store the schedule and tell it back, with the next runs."""
        await replies.acknowledge(interaction)
        target = require_posting(channel)
        client, guild_id = interaction.client, replies.server(interaction)
        at, on, zone = hours.parse_times(times), hours.parse_days(days), hours.parse_zone(timezone)
        store, now = client.newsroom.store, client.newsroom.clock()
        _refuse_more(await interaction.client.in_thread(store.schedules, guild_id), target.id, at, on, zone)
        made = await interaction.client.in_thread(
            store.add_schedule, guild_id, target.id, at, on, zone, interaction.user.id, now
        )
        await client.scheduler.refresh()
        told = replies.runs([slot.instant for slot in next_runs(made, now, RUNS_SHOWN)])
        promise = f"{target.mention} gets a briefing {hours.in_words(at, on, zone)}."
        await replies.say(interaction, f"{promise}\nThe next three, in your own time:\n{told}")

    @app_commands.command(name="list", description="When this server's channels get their briefings.")
    async def show(self, interaction: discord.Interaction[Debrief]) -> None:
        """List the schedules with their next run."""
        await replies.acknowledge(interaction)
        newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
        found = await interaction.client.in_thread(newsroom.store.schedules, guild_id)
        rows = [row(schedule, now=newsroom.clock()) for schedule in found]
        text = replies.listed(rows, empty="Nothing is scheduled. Add a time with `/schedule add`.")
        await replies.say(interaction, f"### Schedules · {len(found)}\n{text}")

    @app_commands.command(name="remove", description="Stop posting at these times.")
    @app_commands.describe(schedule="The schedule; begin to type its channel.")
    async def remove(self, interaction: discord.Interaction[Debrief], schedule: str) -> None:
        """Remove one."""
        await replies.acknowledge(interaction)
        client, guild_id = interaction.client, replies.server(interaction)
        known = await interaction.client.in_thread(client.newsroom.store.schedules, guild_id)
        chosen = _chosen(known, schedule, interaction)
        await interaction.client.in_thread(client.newsroom.store.remove_schedule, guild_id, chosen.id)
        await client.scheduler.refresh()
        told = hours.in_words(chosen.times, chosen.days, chosen.zone)
        await replies.say(interaction, f"Removed: <#{chosen.channel_id}> no longer gets a briefing {told}.")

    @add.autocomplete("timezone")
    async def _zones(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        now = interaction.client.newsroom.clock()
        return [app_commands.Choice(name=label, value=name) for label, name in hours.matching_zones(typed, now)]

    @remove.autocomplete("schedule")
    async def _schedules(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        known = await interaction.client.in_thread(
            interaction.client.newsroom.store.schedules, replies.server(interaction)
        )
        labels = [(_label(schedule, interaction), str(schedule.id)) for schedule in known]
        fitting = [(label, value) for label, value in labels if typed.casefold() in label.casefold()]
        return [app_commands.Choice(name=label, value=value) for label, value in fitting[:SCHEDULES_LIMIT]]


def row(schedule: Schedule, *, now: datetime) -> str:
    """Return a schedule in words, with its next run."""
    runs = next_runs(schedule, now, 1)
    coming = (
        f"\n  -# next {rendering.stamp(runs[0].instant, 'f')} ({rendering.stamp(runs[0].instant, 'R')})" if runs else ""
    )
    return f"- <#{schedule.channel_id}> {hours.in_words(schedule.times, schedule.days, schedule.zone)}{coming}"


def _refuse_more(
    known: Sequence[Schedule], channel_id: int, times: Sequence[str], days: Sequence[int], zone: str
) -> None:
    """Raise SettingError when the server has this schedule, or as many as it may have."""
    wanted = (channel_id, tuple(times), tuple(days), zone)
    if any((s.channel_id, s.times, s.days, s.zone) == wanted for s in known):
        message = "This channel already has that schedule. /schedule list shows all of them."
        raise SettingError(message, setting="times")
    if len(known) >= SCHEDULES_LIMIT:
        message = f"A server can have {SCHEDULES_LIMIT} schedules. Remove one with /schedule remove first."
        raise SettingError(message, setting="times")


def _chosen(known: Sequence[Schedule], text: str, interaction: discord.Interaction[Debrief]) -> Schedule:
    for schedule in known:
        if text in {str(schedule.id), _label(schedule, interaction)}:
            return schedule
    message = "This server has no such schedule. Choose one from the list that appears while you type."
    raise SettingError(message, setting="schedule")


def _label(schedule: Schedule, interaction: discord.Interaction[Debrief]) -> str:
    channel = interaction.guild.get_channel(schedule.channel_id) if interaction.guild else None
    name = f"#{channel.name}" if channel else "a deleted channel"
    return rendering.shorten(f"{name} {hours.in_words(schedule.times, schedule.days, schedule.zone)}", CHOICE_LIMIT)
