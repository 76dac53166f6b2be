"""Times of day, weekdays and zones as people type them and as they are told back."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from briefs.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

TIMES_LIMIT = 12  # a day; more is a feed, not a briefing
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GROUPS = {
    "daily": range(7),
    "every day": range(7),
    "everyday": range(7),
    "all": range(7),
    "weekdays": range(5),
    "weekday": range(5),
    "workdays": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?")
_SEPARATORS = re.compile(r"\s*(?:,|;|\band\b|&)\s*")


def parse_times(text: str) -> tuple[str, ...]:
    """Return "08:00, 6:30 pm" as ("08:00", "18:30"), sorted; SettingError for anything else."""
    times = sorted({_time(part) for part in _parts(text)})
    if not 1 <= len(times) <= TIMES_LIMIT:
        message = f"Give from one to {TIMES_LIMIT} times of day, such as 08:00 or 08:00, 18:30."
        raise SettingError(message, setting="times")
    return tuple(times)


def _time(text: str) -> str:
    found = _CLOCK.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0) if 1 <= hour <= 12 else 99
    if not found or hour > 23 or minute > 59 or not (found[2] or found[3]):
        message = f"“{text[:40]}” is no time of day. Write times as 08:00 or 6:30 pm, with commas between them."
        raise SettingError(message, setting="times")
    return f"{hour:02}:{minute:02}"


def parse_days(text: str) -> tuple[int, ...]:
    """Return "weekdays", "daily", "mon, wed" or "mon-fri" as weekdays (0 is Monday), sorted; SettingError otherwise."""
    days = {day for part in _parts(text) for day in _days(part)}
    if not days:
        message = "Give the days: daily, weekdays, weekends, or names such as mon, wed, fri."
        raise SettingError(message, setting="days")
    return tuple(sorted(days))


def _days(text: str) -> Sequence[int]:
    if text in GROUPS:
        return GROUPS[text]
    first, *rest = re.split(r"\s*[-–]\s*|\s+to\s+", text, maxsplit=1)
    start, end = _day(first, text), _day(rest[0] if rest else first, text)
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _day(text: str, whole: str) -> int:
    for number, name in enumerate(DAYS):
        if len(text) >= 2 and name.casefold().startswith(text.removesuffix("s") if len(text) > 3 else text):
            return number
    message = f"“{whole[:40]}” is no day. Write daily, weekdays, weekends, or names such as mon, wed, fri."
    raise SettingError(message, setting="days")


def parse_zone(text: str) -> str:
    """Return the zone's own name, however it was capitalised; SettingError when there is none."""
    wanted = text.strip().replace(" ", "_").casefold()
    for name in zones():
        if name.casefold() == wanted:
            return name
    message = f"I know no time zone “{text[:60]}”. Begin to type a city and choose one from the list: Europe/London."
    raise SettingError(message, setting="timezone")


@cache
def zones() -> tuple[str, ...]:
    """Return the names of all zones that a person may mean."""
    named = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*sorted(named), "UTC")


def matching_zones(typed: str, now: datetime, count: int = 25) -> list[tuple[str, str]]:
    """Return (label, name) of the zones that fit what was typed so far, those that begin with it first."""
    wanted = typed.strip().replace(" ", "_").casefold()
    fitting = [name for name in zones() if wanted in name.casefold()]
    fitting.sort(key=lambda name: not any(part.casefold().startswith(wanted) for part in name.split("/")))
    return [
        (f"{name.replace('_', ' ')} · now {now.astimezone(ZoneInfo(name)):%H:%M}", name) for name in fitting[:count]
    ]


def in_words(times: Sequence[str], days: Sequence[int], name: str) -> str:
    """Return "every weekday at 08:00 and 18:30 (Europe/London)"."""
    return f"{_days_in_words(days)} at {_joined(times)} ({name.replace('_', ' ')} time)"


def _days_in_words(days: Sequence[int]) -> str:
    known = {tuple(range(7)): "every day", tuple(range(5)): "every weekday", (5, 6): "at weekends"}
    return known.get(tuple(days)) or f"every {_joined([DAYS[day] for day in days])}"


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text.strip().casefold()) if part]
