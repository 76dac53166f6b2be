"""The group of schedule commands, for admins: each acknowledges, makes one call to the store, and says what holds now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot import audit, rendering
from bot.access import Picked, Place, looked_up, resolved, shortfall
from bot.commands import hours, replies, whereabouts
from bot.commands.schedule import choosing, clashes, keeping, listing, running, telling
from bot.delivery.posting import posting
from briefs.errors import SettingError
from briefs.models import Schedule

if TYPE_CHECKING:
    from bot.client import Debrief

WHICH = "The schedule; begin to type its channel."
WHERE = "A text channel, an announcement channel or a thread."
TIMES = "Times of day, such as 08:00 or 08:00, 18:30"
DAYS = "daily, weekdays, weekends, or mon, wed, fri"
ZONE = "Begin to type a city or a country, such as London."
Times = app_commands.Range[str, 1, 100]
Days = app_commands.Range[str, 1, 100]
Zone = app_commands.Range[str, 1, 60]


class Schedules(app_commands.Group):
    """When channels get their briefings."""

    def __init__(self) -> None:
        super().__init__(
            name="schedule",
            description="Choose when a channel gets its briefing.",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )

    @app_commands.command(name="add", description="Post a briefing at set times.")
    @app_commands.describe(channel=WHERE, times=TIMES, days=DAYS, timezone=f"{ZONE} Left out, I say which I took.")
    async def add(
        self,
        interaction: discord.Interaction[Debrief],
        channel: app_commands.Transform[Picked, Place],
        times: Times,
        days: Days = "daily",
        timezone: Zone | None = None,
    ) -> None:
        """Store the schedule and tell it back, with the next runs."""
        await replies.acknowledge(interaction)
        at, on = hours.parse_times(times), hours.parse_days(days)
        target, known = await resolved(channel), await choosing.known(interaction)
        guess = _likely(interaction, known)
        zone = hours.parse_zone(timezone) if timezone else guess.zone
        client, guild_id, now = interaction.client, replies.server(interaction), interaction.client.newsroom.clock()
        wanted = Schedule(0, guild_id, target.id, at, on, zone, interaction.user.id, now)
        made = await client.in_thread(keeping.add, client.newsroom.store, wanted, now)
        await _changed(interaction, "add", made)
        taken = "" if timezone else f"-# The time zone is {zone}, {guess.reason}. Another: `/schedule edit timezone:`"
        await _confirm(interaction, made, clashes.remark(made, known), taken)

    @app_commands.command(name="edit", description="Change a schedule; what you leave out stays.")
    @app_commands.describe(schedule=WHICH, channel=WHERE, times=TIMES, days=DAYS, timezone=ZONE)
    async def edit(
        self,
        interaction: discord.Interaction[Debrief],
        schedule: str,
        channel: app_commands.Transform[Picked, Place] | None = None,
        times: Times | None = None,
        days: Days | None = None,
        timezone: Zone | None = None,
    ) -> None:
        """Change only what is given."""
        await replies.acknowledge(interaction)
        client, now = interaction.client, interaction.client.newsroom.clock()
        known, before = await choosing.known(interaction), await choosing.chosen(interaction, schedule)
        given: dict[str, Any] = {
            "channel_id": (await resolved(channel)).id if channel else None,
            "times": hours.parse_times(times) if times else None,
            "days": hours.parse_days(days) if days else None,
            "zone": hours.parse_zone(timezone) if timezone else None,
        }
        wanted = replace(before, created_at=now, **{name: value for name, value in given.items() if value is not None})
        changed = [name for name in given if getattr(wanted, name) != getattr(before, name)]
        _refuse_unchanged(given, changed)
        if not await client.in_thread(keeping.change, client.newsroom.store, wanted, now):
            raise _gone()
        await _changed(interaction, "edit", wanted, before=before)
        await _confirm(interaction, wanted, clashes.remark(wanted, known))

    @app_commands.command(name="pause", description="Post nothing at these times for a while.")
    @app_commands.describe(schedule=WHICH)
    async def pause(self, interaction: discord.Interaction[Debrief], schedule: str) -> None:
        """Stop it until it is resumed."""
        await replies.acknowledge(interaction)
        client, now = interaction.client, interaction.client.newsroom.clock()
        found = await choosing.chosen(interaction, schedule)
        words = hours.in_words(found.times, found.days, found.zone)
        if found.paused_at:
            since = rendering.stamp(found.paused_at, "R")
            await replies.say(interaction, f"It has been paused since {since}. `/schedule resume` lets it go on.")
            return
        if not await client.in_thread(client.newsroom.store.pause_schedule, found.guild_id, found.id, now):
            raise _gone()
        await _changed(interaction, "pause", found)
        told = f"Paused: <#{found.channel_id}> gets no briefing {words}, until `/schedule resume`."
        await replies.say(interaction, f"{told}\n-# What would have come meanwhile is not posted later; its news are.")

    @app_commands.command(name="resume", description="Post at these times again.")
    @app_commands.describe(schedule=WHICH)
    async def resume(self, interaction: discord.Interaction[Debrief], schedule: str) -> None:
        """Let it go on; what was due meanwhile is not caught up with."""
        await replies.acknowledge(interaction)
        client, now = interaction.client, interaction.client.newsroom.clock()
        found = await choosing.chosen(interaction, schedule)
        going = replace(found, paused_at=None, created_at=now)
        if found.paused_at is None:
            await _confirm(interaction, found, "It was not paused.")
            return
        await running.place(interaction, going)
        if not await client.in_thread(keeping.change, client.newsroom.store, going, now):
            raise _gone()
        await _changed(interaction, "resume", going)
        await _confirm(interaction, going)

    @app_commands.command(name="run", description="Post this schedule's briefing now, too.")
    @app_commands.describe(schedule=WHICH)
    async def run(self, interaction: discord.Interaction[Debrief], schedule: str) -> None:
        """Post, and say what came of it."""
        await replies.acknowledge(interaction)
        found = await choosing.chosen(interaction, schedule)
        await replies.say(interaction, await running.run(interaction, found))

    @app_commands.command(name="list", description="When this server's channels get their briefings.")
    async def show(self, interaction: discord.Interaction[Debrief]) -> None:
        """List the schedules with their next run."""
        await replies.acknowledge(interaction)
        await replies.send(interaction, await listing.list_page(interaction, 0))

    @app_commands.command(name="remove", description="Stop posting at these times.")
    @app_commands.describe(schedule=WHICH)
    async def remove(self, interaction: discord.Interaction[Debrief], schedule: str) -> None:
        """Remove one."""
        await replies.acknowledge(interaction)
        client, found = interaction.client, await choosing.chosen(interaction, schedule)
        if not await client.in_thread(client.newsroom.store.remove_schedule, found.guild_id, found.id):
            raise _gone()
        await _changed(interaction, "remove", found)
        told = hours.in_words(found.times, found.days, found.zone)
        await replies.say(interaction, f"Removed: <#{found.channel_id}> no longer gets a briefing {told}.")

    @add.autocomplete("timezone")
    @edit.autocomplete("timezone")
    async def _zones(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        known = await choosing.known(interaction)
        guess = _likely(interaction, known)
        likely = [*(schedule.zone for schedule in known), guess.zone, *whereabouts.OFFERED]
        now = interaction.client.newsroom.clock()
        found = hours.matching_zones(typed, now, likely=likely)
        return [app_commands.Choice(name=label, value=name) for label, name in found]

    @edit.autocomplete("schedule")
    @run.autocomplete("schedule")
    @remove.autocomplete("schedule")
    async def _schedules(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        return await choosing.offered(interaction, typed)

    @pause.autocomplete("schedule")
    async def _running(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        return await choosing.offered(interaction, typed, lambda schedule: schedule.paused_at is None)

    @resume.autocomplete("schedule")
    async def _paused(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        return await choosing.offered(interaction, typed, lambda schedule: schedule.paused_at is not None)


async def _changed(
    interaction: discord.Interaction[Debrief], name: str, schedule: Schedule, *, before: Schedule | None = None
) -> None:
    """Let the jobs follow, and write down what was done."""
    await interaction.client.scheduler.refresh()
    told = telling.plain(schedule, interaction.guild)
    was = f"{telling.plain(before, interaction.guild)} → " if before else ""
    await audit.note(interaction, f"schedule {name}", f"{was}{told}")


async def _confirm(interaction: discord.Interaction[Debrief], schedule: Schedule, *remarks: str) -> None:
    """Say what holds now: when it runs, when next, and what else is to be known."""
    now = interaction.client.newsroom.clock()
    lacks = await _shortfall(interaction, schedule)
    foot = rendering.lines(*(f"-# {each}" for each in (*remarks, lacks and f"⚠️ {lacks}") if each))
    group = [telling.promise(schedule), *telling.coming(schedule, now), foot]
    await replies.send(interaction, rendering.page([[text for text in group if text]]))


async def _shortfall(interaction: discord.Interaction[Debrief], schedule: Schedule) -> str:
    """Return what the schedule's briefings will miss beside their text."""
    channel = await looked_up(interaction, schedule.channel_id)
    if channel is None:
        return ""
    client = interaction.client
    return shortfall(channel, await client.in_thread(posting, client.newsroom.store, schedule.guild_id, channel.id))


def _likely(interaction: discord.Interaction[Debrief], known: tuple[Schedule, ...]) -> whereabouts.Guess:
    """The zone of a server that does not say; its language first, for it is the server's, then the admin's."""
    of_server = [interaction.guild.preferred_locale] if interaction.guild else []
    return whereabouts.likely(known, [*of_server, interaction.locale])


def _refuse_unchanged(given: dict[str, Any], changed: list[str]) -> None:
    if changed:
        return
    if any(value is not None for value in given.values()):
        message = "It is like that already; nothing was changed."
    else:
        message = "Say what to change: the channel, the times, the days or the time zone. The rest stays as it is."
    raise SettingError(message, setting="schedule")


def _gone() -> SettingError:
    return SettingError("That schedule was removed meanwhile. /schedule list shows what there is.", setting="schedule")
