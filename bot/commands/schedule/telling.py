"""A schedule in plain words: when it runs, in whose time, what the clocks do to it, and what is wrong with its channel."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import rendering
from bot.access import missing, remedy
from bot.commands import clocks, hours
from bot.scheduling.slots import next_runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import discord

    from bot.access import Postable
    from bot.scheduling.slots import Slot
    from briefs.models import Schedule

RUNS_SHOWN = 3
GONE = "That channel is gone: move the schedule with `/schedule edit`, or remove it with `/schedule remove`."


def promise(schedule: Schedule) -> str:
    """Return "#news gets a briefing every day at 08:00 (Europe/London time)."."""
    words = hours.in_words(schedule.times, schedule.days, schedule.zone)
    return f"<#{schedule.channel_id}> gets a briefing {words}."


def coming(schedule: Schedule, now: datetime) -> tuple[str, ...]:
    """Return, as texts of one group, the next three runs in the reader's own time and the schedule's, and what the clocks do."""
    if schedule.paused_at:
        return ("It is paused: nothing is posted until `/schedule resume`.",)
    runs = [f"- {run(slot, schedule.zone)}" for slot in next_runs(schedule, now, RUNS_SHOWN)]
    there = "UTC" if schedule.zone == "UTC" else f"{place(schedule.zone)}'s"
    told = [f"-# 🕑 {sentence}" for sentence in clocks.foretold(schedule, now)]
    head = f"The next {len(runs)}, in your own time and in {there}:"
    return tuple(filter(None, (rendering.lines(head, *runs), rendering.lines(*told))))


def run(slot: Slot, zone: str) -> str:
    """Return a run as the reader's clock shows it, and the schedule's."""
    there = slot.instant.astimezone(ZoneInfo(zone))
    local = f"{there:%a %H:%M} {'UTC' if zone == 'UTC' else f'in {place(zone)}'}"
    return f"{rendering.stamp(slot.instant, 'f')} ({rendering.stamp(slot.instant, 'R')}) · {local}"


def place(zone: str) -> str:
    """Return the city that a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def row(schedule: Schedule, channel: Postable | None, now: datetime) -> str:
    """Return a schedule as an item of a list: when, what is next or that it is paused, and what is wrong."""
    words = hours.in_words(schedule.times, schedule.days, schedule.zone)
    return rendering.lines(
        f"- <#{schedule.channel_id}> {words}" if channel else f"- A channel that is gone, {words}",
        f"  -# {_next(schedule, now)}",
        *(f"  -# ⚠️ {each}" for each in trouble(channel)),
    )


def trouble(channel: Postable | None) -> list[str]:
    """Return what keeps the bot from posting in a channel, with how to mend it; None is one that is gone."""
    if channel is None:
        return [GONE]
    lacks = missing(channel)
    return [f"I may not post there: {remedy(channel, lacks)}."] if lacks else []


def _next(schedule: Schedule, now: datetime) -> str:
    if schedule.paused_at:
        return f"⏸ paused {rendering.stamp(schedule.paused_at, 'R')} · `/schedule resume` lets it go on"
    slots = next_runs(schedule, now, 1)
    return f"next {rendering.stamp(slots[0].instant, 'f')} ({rendering.stamp(slots[0].instant, 'R')})" if slots else ""


def label(schedule: Schedule, guild: discord.Guild | None, room: int) -> str:
    """Return a schedule as it is offered: plain words, its channel first, its times whole where there is room."""
    channel = guild.get_channel_or_thread(schedule.channel_id) if guild else None
    name = f"#{rendering.shorten(channel.name, 40)}" if channel else "an archived or deleted channel"
    words = hours.in_words(schedule.times, schedule.days, schedule.zone)
    return rendering.shorten(f"{'⏸ ' if schedule.paused_at else ''}{name} {words}", room)


def plain(schedule: Schedule, guild: discord.Guild | None, changed: Sequence[str] = ()) -> str:
    """Return a schedule as the log of admins' actions keeps it."""
    told = label(schedule, guild, 250).removeprefix("⏸ ")
    return f"{told}; changed: {', '.join(changed)}" if changed else told
