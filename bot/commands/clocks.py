"""What the clocks of a zone do to a schedule: when they change, and which of its times they skip or repeat; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.scheduling.slots import change_between, due_slots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.scheduling.slots import Slot
    from briefs.models import Schedule

SOON = timedelta(days=120)  # a change that comes within so long is told
AHEAD = timedelta(days=366)  # a time that it skips or repeats is told a year before
STEP = timedelta(days=7)  # between looks at a zone's offset; no zone changes twice in so short a time


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the clocks: the instant (UTC) and by how much they go forward, or back where it is negative."""

    instant: datetime
    by: timedelta


def changes(zone: ZoneInfo, after: datetime, until: datetime) -> list[Change]:
    """Return the changes with ``after`` < instant <= ``until``, in order."""
    looks = [after + STEP * count for count in range((until - after) // STEP + 1)]
    return [
        Change(change_between(early, late, zone), _offset(late, zone) - _offset(early, zone))
        for early, late in pairwise([*looks, until])
        if _offset(early, zone) != _offset(late, zone)
    ]


def foretold(schedule: Schedule, now: datetime) -> list[str]:
    """Return what an admin should know of the clocks where a schedule lives, in sentences; mostly nothing or one."""
    running, zone = replace(schedule, paused_at=None), ZoneInfo(schedule.zone)
    coming = changes(zone, now, now + AHEAD)
    told = [_stays(running, change, zone) for change in coming if change.instant <= now + SOON][:1]
    return [*told, *(sentence for change in coming for sentence in _disturbed(running, change, zone))]


def _stays(schedule: Schedule, change: Change, zone: ZoneInfo) -> str:
    """Say that a change is coming and that the times stay what they are."""
    way = "forward" if change.by > timedelta(0) else "back"
    times = joined([*schedule.times])
    briefing = "the briefing stays" if len(schedule.times) == 1 else "the briefings stay"
    return f"On {_date(change.instant.astimezone(zone))} the clocks there go {way}: {briefing} at {times} local time."


def _disturbed(schedule: Schedule, change: Change, zone: ZoneInfo) -> list[str]:
    """Say which times of the schedule a change skips, and which it brings twice."""
    around = due_slots(schedule, change.instant - timedelta(days=1), change.instant + timedelta(days=1))
    if change.by > timedelta(0):
        skipped = [slot for slot in around if slot.instant == change.instant and _wall(slot, zone) != slot.at]
        return [
            f"On {_date(slot.day)} the clocks skip {slot.at}: that briefing comes at {_wall(slot, zone)}."
            for slot in skipped
        ]
    twice = [slot for slot in around if change.instant + change.by <= slot.instant < change.instant]
    return [f"On {_date(slot.day)} {slot.at} comes twice: the briefing comes the first time only." for slot in twice]


def _wall(slot: Slot, zone: ZoneInfo) -> str:
    return f"{slot.instant.astimezone(zone):%H:%M}"


def _date(day: date) -> str:
    return f"{day.day} {day:%B}"


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(UTC).astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def joined(words: Sequence[str]) -> str:
    """Return "08:00, 12:00 and 18:30"."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
