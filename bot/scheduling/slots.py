"""When a schedule's briefings are due, as its zone's clocks go; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.models import Schedule

FAR = timedelta(days=400)  # a schedule without a slot for so long has none


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One due briefing: the instant (UTC), the local date and time of day it stands for, and its run key."""

    instant: datetime
    day: date
    at: str  # "HH:MM", local
    run_key: str


def due_slots(schedule: Schedule, after: datetime, until: datetime) -> list[Slot]:
    """Return the slots with ``after`` < instant <= ``until``, in order: one for each local date and time of day.

    A local time that the clocks skip falls right after the gap; one that comes twice is its first coming. A schedule that
    is paused, or of which nobody can say when it is due, has none.
    """
    if schedule.paused_at or unreadable(schedule):
        return []
    zone = ZoneInfo(schedule.zone)
    slots = (_slot(schedule, day, at, zone) for day in _days(schedule, after, until, zone) for at in schedule.times)
    return sorted(slot for slot in set(slots) if after < slot.instant <= until)


def unreadable(schedule: Schedule) -> str | None:
    """Say why nobody can tell when a schedule is due; None where that can be told."""
    try:
        ZoneInfo(schedule.zone)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError; a folder's name is an OSError
        return f"The time zone {schedule.zone!r} is not known on this machine. Choose another with `/schedule edit`."
    try:
        _times(schedule)
    except ValueError:
        return f"Its times ({' '.join(schedule.times)}) cannot be read. Choose others with `/schedule edit`."
    if not schedule.days:
        return "Its days cannot be read. Choose others with `/schedule edit`."
    return None


def _times(schedule: Schedule) -> list[time]:
    return [time.fromisoformat(at) for at in schedule.times]


def next_runs(schedule: Schedule, now: datetime, n: int) -> list[Slot]:
    """Return the next ``n`` slots after ``now``; fewer when the schedule has no more."""
    found: list[Slot] = []
    start, step = now, timedelta(days=8)
    runs = bool(schedule.times and schedule.days and not schedule.paused_at)
    while runs and len(found) < n and start < now + FAR * n:
        found += due_slots(schedule, start, start + step)
        start += step
    return found[:n]


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) at which a local time comes for the first time, or the end of the gap that skips it."""
    local = datetime.combine(day, at, zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return change_between(local.replace(fold=1).astimezone(UTC), instant, zone)


def change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant with the new offset, between one that has the old and one that has the new."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _days(schedule: Schedule, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[date]:
    """Local dates whose slots may fall into the window; a gap may push a slot into the next date."""
    day, last = after.astimezone(zone).date() - timedelta(days=1), until.astimezone(zone).date()
    while day <= last:
        if day.weekday() in schedule.days:
            yield day
        day += timedelta(days=1)


def _slot(schedule: Schedule, day: date, at: str, zone: ZoneInfo) -> Slot:
    instant = instant_of(day, time.fromisoformat(at), zone)
    return Slot(instant, day, at, f"{schedule.channel_id}:{day.isoformat()}:{at}")


def title_of(slot: Slot) -> str:
    """Name a briefing by its local time of day."""
    return f"{part_of_day(int(slot.at[:2]))} briefing"


def part_of_day(hour: int) -> str:
    """Return what part of the day an hour belongs to: "Morning"."""
    part = "Morning" if 4 <= hour < 11 else "Midday" if 11 <= hour < 15 else "Evening" if 17 <= hour < 22 else ""
    return part or ("Afternoon" if 15 <= hour < 17 else "Night")
