"""When a schedule's briefings are due, found another way than the bot's: from the offsets that a zone had, one after another.

Nothing here turns a local time into an instant by the library; a zone is only asked what its clocks show at an instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.models import Schedule

FIRST, LAST = datetime(2025, 11, 1, tzinfo=UTC), datetime(2030, 3, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """A time, from its start to before its end (UTC), through which a zone keeps one offset."""

    start: datetime
    end: datetime
    offset: timedelta


@dataclass(frozen=True, order=True)
class Due:
    """What is due, when, and under which key."""

    instant: datetime
    run_key: str


@cache
def stretches(name: str) -> tuple[Stretch, ...]:
    """The stretches of a zone's offsets, looked up hour by hour, and minute by minute where an hour changes."""
    zone, found, start, at = ZoneInfo(name), [], FIRST, FIRST
    while at < LAST:
        if _offset(at + HOUR, zone) != _offset(at, zone):
            change = next(at + n * MINUTE for n in range(1, 61) if _offset(at + n * MINUTE, zone) != _offset(at, zone))
            found.append(Stretch(start, change, _offset(at, zone)))
            start = change
        at += HOUR
    return (*found, Stretch(start, LAST, _offset(start, zone)))


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset()


@cache
def instant(name: str, day: date, at: str) -> datetime:
    """When the clocks of a zone first show a local time; where they leap over it, when they leap."""
    local = datetime.combine(day, time.fromisoformat(at), UTC)
    for each in stretches(name):
        shown = local - each.offset
        if shown < each.end:  # not before its start means shown in it; before, the clocks leapt over it
            return max(shown, each.start)
    raise LookupError(day)


def due(schedule: Schedule, after: datetime, until: datetime) -> list[Due]:
    """What is due after one instant, and not after the other."""
    return sorted(
        each
        for each in set(_all(schedule, after.date() - 2 * DAY, until.date() + 2 * DAY))
        if after < each.instant <= until
    )


def _all(schedule: Schedule, day: date, last: date) -> Iterator[Due]:
    while day <= last and not schedule.paused_at:
        if day.weekday() in schedule.days:
            for at in schedule.times:
                yield Due(instant(schedule.zone, day, at), f"{schedule.channel_id}:{day.isoformat()}:{at}")
        day += DAY
