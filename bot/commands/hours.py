"""Times of day, weekdays and zones as people type them and as they are told back."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from bot.commands import whereabouts
from bot.commands.clocks import joined
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
NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
ABBREVIATED = {  # what people call their zone's time, though several places call theirs so
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "ct": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "bst": "Europe/London",
    "eet": "Europe/Athens",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "aest": "Australia/Sydney",
}
ALIKE = 0.75  # how alike what was typed and what was meant are at least, of 1
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)?\s*(am|pm)?")
_WHOLE = re.compile(r"(\d{1,2})(\d{2})?\s*(?:o'?clock|uhr)?")  # an hour alone, or "0830"
_SEPARATORS = re.compile(r"\s*(?:,|;|\band\b|&)\s*")
_NEXT_TIME = re.compile(r"\s+(?=\d)")


def parse_times(text: str) -> tuple[str, ...]:
    """Return "08:00, 6:30 pm" as ("08:00", "18:30"), sorted; SettingError for anything else, with what may be meant."""
    times = sorted({_time(each) for part in _parts(text) for each in _NEXT_TIME.split(part)})
    if not 1 <= len(times) <= TIMES_LIMIT:
        message = f"Give from one to {TIMES_LIMIT} times of day, such as 08:00 or 08:00, 18:30."
        raise SettingError(message, setting="times")
    return tuple(times)


def _time(text: str) -> str:
    text = NAMED.get(text, text)
    found = _CLOCK.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0) if 1 <= hour <= 12 else 99
    if not found or hour > 23 or minute > 59 or text.isdigit():
        message = (
            f"“{text[:40]}” is no time of day.{_meant(text)} Write times as 08:00 or 6:30 pm, with commas between them."
        )
        raise SettingError(message, setting="times")
    return f"{hour:02}:{minute:02}"


def _meant(text: str) -> str:
    """Ask whether the time was meant that the text may stand for; nothing where it stands for none."""
    found = _WHOLE.fullmatch(text) or re.match(r"(\d{1,2})(?:[:.h]([0-5]\d))?", text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return ""
    late = f" or {hour + 12:02}:{minute:02}" if 1 <= hour <= 11 and found and found.end() == len(text) else ""
    return f" Did you mean {hour % 24:02}:{minute:02}{late}?"


def parse_days(text: str) -> tuple[int, ...]:
    """Return "weekdays", "daily", "mon, wed" or "mon-fri" as weekdays (0 is Monday), sorted; SettingError otherwise."""
    days = {day for part in _parts(text) for each in _apart(part) for day in _days(each)}
    if not days:
        message = "Give the days: daily, weekdays, weekends, or names such as mon, wed, fri."
        raise SettingError(message, setting="days")
    return tuple(sorted(days))


def _apart(text: str) -> list[str]:
    """Split "mon wed fri" at its blanks, unless they are within one of the words for several days."""
    whole = text in GROUPS or re.search(r"[-–]|\bto\b", text)
    return [text] if whole else text.removeprefix("every ").split()


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
    near = get_close_matches(text, [day.casefold() for day in DAYS], 1, ALIKE) if len(text) > 3 else []
    meant = f" Did you mean {near[0].capitalize()}?" if near else ""
    message = f"“{whole[:40]}” is no day.{meant} Write daily, weekdays, weekends, or names such as mon, wed, fri."
    raise SettingError(message, setting="days")


def parse_zone(text: str) -> str:
    """Return the zone's own name, however it was capitalised, or of its city alone; SettingError when there is none."""
    wanted = _folded(text)
    named = [name for name in zones() if name.casefold() == wanted]
    cities = [name for name in zones() if _city(name) == wanted]
    if named or len(cities) == 1:
        return (named or cities)[0]
    near = ABBREVIATED.get(wanted) or next(iter(_near(wanted)), None)
    meant = f"Did you mean {near}? " if near else ""
    message = (
        f"I know no time zone “{text[:60]}”. {meant}Begin to type a city and choose one from the list: Europe/London."
    )
    raise SettingError(message, setting="timezone")


def _near(wanted: str) -> list[str]:
    """The zones of the country, or of the city that is written nearly so; of an offset none, for it knows no summer."""
    if any(character.isdigit() for character in wanted):
        return []
    within = [name for name in zones() if whereabouts.countries().get(name) == wanted.replace("_", " ")]
    likely = [name for name in within if name in whereabouts.ZONES_OF.values()]
    close = get_close_matches(wanted, [_city(name) for name in zones()], 1, ALIKE)
    return [*likely, *within, *(name for name in zones() if _city(name) in close)]


def _folded(text: str) -> str:
    return text.strip().replace(" ", "_").casefold()


def _city(name: str) -> str:
    return name.rpartition("/")[2].casefold()


@cache
def zones() -> tuple[str, ...]:
    """Return the names of all zones that a person may mean."""
    named = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*sorted(named), "UTC")


def matching_zones(typed: str, now: datetime, count: int = 25, *, likely: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return (label, name) of the zones that fit what was typed so far: by their city, country or usual abbreviation.

    The ``likely`` ones come first, in their order, then those that begin with it.
    """
    wanted, places = _folded(typed), whereabouts.countries()
    country = wanted.replace("_", " ")
    fitting = [
        name
        for name in zones()
        if wanted in name.casefold() or places.get(name, "").startswith(country) or ABBREVIATED.get(wanted) == name
    ]
    rank = {name: place for place, name in reversed([*enumerate(likely)])}
    fitting.sort(key=lambda name: (rank.get(name, len(rank)), not _begins(name, wanted)))
    return [
        (f"{name.replace('_', ' ')} · now {now.astimezone(ZoneInfo(name)):%H:%M}", name) for name in fitting[:count]
    ]


def _begins(name: str, wanted: str) -> bool:
    return any(part.casefold().startswith(wanted) for part in name.split("/"))


def in_words(times: Sequence[str], days: Sequence[int], name: str) -> str:
    """Return "every weekday at 08:00 and 18:30 (Europe/London)"."""
    return f"{_days_in_words(days)} at {joined(times)} ({name.replace('_', ' ')} time)"


def _days_in_words(days: Sequence[int]) -> str:
    known = {tuple(range(7)): "every day", tuple(range(5)): "every weekday", (5, 6): "at weekends", (): "on no day"}
    return known.get(tuple(days)) or f"every {joined([DAYS[day] for day in days])}"


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text.strip().casefold()) if part]
