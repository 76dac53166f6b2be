"""TIMEX3 values: what range of instants one names, how fine it is, and how a person would say it.

Values follow TimeML (Pustejovsky et al. 2003, ISO 24617-1): ``2025-07-31``, ``2025-11``, ``2025-W31``, ``2025-W31-WE``,
``2025-Q3``, ``2025-H1``, ``2025-SU``, ``2025``, ``202`` (a decade), ``20`` (a century, its hundreds),
``2025-08-01T16:13``, ``2025-08-01TMO``, ``P7Y``, ``PXD``, ``PAST_REF``… An ``X`` stands for what is not known.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from briefs.models import Grain, When

if TYPE_CHECKING:
    from collections.abc import Callable

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = {"SP": ("spring", 3), "SU": ("summer", 6), "FA": ("autumn", 9), "WI": ("winter", 12)}  # first month, north
# Hours after midnight; a night reaches into the next day.
PARTS = {"MO": ("morning", 5, 12), "AF": ("afternoon", 12, 18), "EV": ("evening", 17, 24), "NI": ("night", 18, 30)}
UNITS = {
    "TS": "second",
    "TM": "minute",
    "TH": "hour",
    "D": "day",
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "E": "decade",
    "C": "century",
}
ORDINALS = ("first", "second", "third", "fourth")
VAGUE = {"PAST_REF": "in the past", "PRESENT_REF": "now", "FUTURE_REF": "in the future"}

_Y = r"(?P<y>\d{4})"
_DAY = _Y + r"-(?P<m>\d\d)-(?P<d>\d\d)"
_SHAPES: tuple[tuple[Grain, re.Pattern[str]], ...] = tuple(
    (grain, re.compile(pattern))
    for grain, pattern in (
        (Grain.DAY, _DAY),
        (Grain.YEAR, _Y),
        (Grain.YEAR, r"FY(?P<y>\d{4})"),  # it begins when its company or state says; taken as the calendar's
        (Grain.MONTH, _Y + r"-(?P<m>\d\d)"),
        (Grain.MINUTE, _DAY + r"T(?P<h>\d\d):(?P<min>\d\d)(?::\d\d)?Z?"),
        (Grain.HOUR, _DAY + r"T(?P<h>\d\d)Z?"),
        (Grain.PART_OF_DAY, _DAY + r"T(?P<part>MO|AF|EV|NI)"),
        (Grain.WEEK, _Y + r"-W(?P<w>\d\d)"),
        (Grain.WEEKEND, _Y + r"-W(?P<w>\d\d)-WE"),
        (Grain.QUARTER, _Y + r"-Q(?P<q>[1-4])"),
        (Grain.HALF, _Y + r"-H(?P<half>[12])"),
        (Grain.SEASON, _Y + r"-(?P<season>SP|SU|FA|WI)"),
        (Grain.DECADE, r"(?P<decade>\d{3})"),
        (Grain.CENTURY, r"(?P<century>\d\d)"),
        (Grain.DURATION, r"P(?P<t>T)?(?P<n>\d+(?:\.\d+)?|X)(?P<unit>(?(t)[HMS]|[ECYQMWD]))"),
        (Grain.VAGUE, r"(?:PAST|PRESENT|FUTURE)_REF"),
        (Grain.DAY, r"XXXX-WXX-(?P<wd>[1-7])"),
        (Grain.WEEKEND, r"XXXX-WXX-WE"),
        (Grain.DAY, r"XXXX-(?P<m>\d\d)-(?P<d>\d\d)"),
        (Grain.MONTH, r"XXXX-(?P<m>\d\d)"),
        (Grain.QUARTER, r"XXXX-Q(?P<q>[1-4])"),
        (Grain.HALF, r"XXXX-H(?P<half>[12])"),
        (Grain.SEASON, r"XXXX-(?P<season>SP|SU|FA|WI)"),
    )
)

Fields = dict[str, str]


def _shape(value: str) -> tuple[Grain, Fields] | None:
    """How fine a value is, and its parts; None for what is no value."""
    for grain_, pattern in _SHAPES:
        if found := pattern.fullmatch(value):
            return grain_, {k: v for k, v in found.groupdict().items() if v is not None}
    return None


def grain(value: str) -> Grain:
    """How fine a value is; a value of an unknown shape is vague."""
    found = _shape(value)
    return found[0] if found else Grain.VAGUE


# -------------------------------------------------------------------------------------------------------------- ranges
def value_range(value: str) -> tuple[datetime, datetime] | None:
    """First instant and first instant after, in UTC; None for durations, sets, vague or impossible values."""
    found = _shape(value)
    if found is None or value.startswith("X"):
        return None
    ranger = _RANGES.get(found[0])
    try:
        return ranger(found[1]) if ranger else None
    except (ValueError, OverflowError):  # 2025-02-30, 2025-W60, the end of the year 9999
        return None


def _midnight(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def _months(year: int, month: int, count: int) -> tuple[datetime, datetime]:
    """``count`` months from the given one."""
    after = year * 12 + month - 1 + count
    return _midnight(year, month), _midnight(after // 12, after % 12 + 1)


def _days(first: datetime, count: int) -> tuple[datetime, datetime]:
    return first, first + timedelta(days=count)


def _week(f: Fields, weekday: int) -> datetime:
    day = date.fromisocalendar(int(f["y"]), int(f["w"]), weekday)
    return _midnight(day.year, day.month, day.day)


def _day(f: Fields) -> datetime:
    return _midnight(int(f["y"]), int(f["m"]), int(f["d"]))


def _minute(f: Fields) -> tuple[datetime, datetime]:
    first = _day(f).replace(hour=int(f["h"]), minute=int(f["min"]))
    return first, first + timedelta(minutes=1)


def _hour(f: Fields) -> tuple[datetime, datetime]:
    first = _day(f).replace(hour=int(f["h"]))
    return first, first + timedelta(hours=1)


def _part(f: Fields) -> tuple[datetime, datetime]:
    _, first, last = PARTS[f["part"]]
    return _day(f) + timedelta(hours=first), _day(f) + timedelta(hours=last)


_RANGES: dict[Grain, Callable[[Fields], tuple[datetime, datetime]]] = {
    Grain.MINUTE: _minute,
    Grain.HOUR: _hour,
    Grain.PART_OF_DAY: _part,
    Grain.DAY: lambda f: _days(_day(f), 1),
    Grain.WEEKEND: lambda f: _days(_week(f, 6), 2),
    Grain.WEEK: lambda f: _days(_week(f, 1), 7),
    Grain.MONTH: lambda f: _months(int(f["y"]), int(f["m"]), 1),
    Grain.QUARTER: lambda f: _months(int(f["y"]), int(f["q"]) * 3 - 2, 3),
    Grain.SEASON: lambda f: _months(int(f["y"]), SEASONS[f["season"]][1], 3),
    Grain.HALF: lambda f: _months(int(f["y"]), int(f["half"]) * 6 - 5, 6),
    Grain.YEAR: lambda f: _months(int(f["y"]), 1, 12),
    Grain.DECADE: lambda f: _months(int(f["decade"]) * 10, 1, 120),
    Grain.CENTURY: lambda f: _months(int(f["century"]) * 100, 1, 1200),
}


# --------------------------------------------------------------------------------------------------------------- words
def describe(when: When | str) -> str:
    """A value as a person would say it: "Thursday 31 July 2025", "November 2025", "31 July 2025, 16:13 UTC"."""
    if isinstance(when, str):
        return _plain(when)
    words = _plain(when.value)
    if when.grain is Grain.SET:
        return _recurring(when.value, words)
    return _modified(words, when)


def _modified(words: str, when: When) -> str:
    """The words with what the modifier adds."""
    match when.modifier:
        case "start" | "mid" | "end" if when.grain in (
            Grain.DAY,
            Grain.PART_OF_DAY,
            Grain.MONTH,
            Grain.YEAR,
            Grain.SEASON,
        ):
            return {"start": "early ", "mid": "mid-", "end": "late "}[when.modifier] + words
        case "start" | "mid" | "end":
            return {"start": "the start of ", "mid": "the middle of ", "end": "the end of "}[when.modifier] + words
        case None:
            return words
        case modifier:
            return f"{modifier} {words}"


def _recurring(value: str, words: str) -> str:
    """A set: "every Tuesday", "every year", "every 2 weeks"."""
    if value.startswith("P"):
        return "every " + words.removeprefix("1 ")
    return "every " + words


def _plain(value: str) -> str:
    found = _shape(value)
    if found is None:
        return value
    grain_, f = found
    return _WORDS[grain_](f, value)


def _month_year(f: Fields) -> str:
    month = MONTHS[int(f["m"]) - 1] if 1 <= int(f["m"]) <= 12 else f["m"]
    return f"{month} {f['y']}" if "y" in f else month


def _date_words(f: Fields) -> str:
    return f"{int(f['d'])} {_month_year(f)}"


def _zone(value: str) -> str:
    """The zone, where the text gave one; a bare clock time is local to nobody knows where."""
    return " UTC" if value.endswith("Z") else ""


def _day_words(f: Fields, value: str) -> str:
    if "wd" in f:
        return WEEKDAYS[int(f["wd"]) - 1]
    span = value_range(value)
    return f"{WEEKDAYS[span[0].weekday()]} {_date_words(f)}" if span else _date_words(f)


def _week_words(_: Fields, value: str, name: str = "week") -> str:
    span = value_range(value)
    if span is None:
        return f"the {name}"
    return f"the {name} of {span[0].day} {MONTHS[span[0].month - 1]} {span[0].year}"


def _of_year(words: str, f: Fields) -> str:
    return f"{words} of {f['y']}" if "y" in f else words


def _season_words(f: Fields) -> str:
    name = SEASONS[f["season"]][0]
    if "y" not in f:
        return name
    return f"{name} {f['y']}–{(int(f['y']) + 1) % 100:02d}" if f["season"] == "WI" else f"{name} {f['y']}"


def _duration_words(f: Fields) -> str:
    unit = UNITS[f.get("t", "") + f["unit"]]
    many = "centuries" if unit == "century" else f"{unit}s"
    if f["n"] == "X":
        return f"several {many}"
    return f"{f['n']} {unit if f['n'] == '1' else many}"


def _ordinal(number: int) -> str:
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


_WORDS: dict[Grain, Callable[[Fields, str], str]] = {
    Grain.MINUTE: lambda f, value: f"{_day_words(f, value)}, {f['h']}:{f['min']}{_zone(value)}",
    Grain.HOUR: lambda f, value: f"{_day_words(f, value)}, {f['h']}:00{_zone(value)}",
    Grain.PART_OF_DAY: lambda f, value: f"{PARTS[f['part']][0]} of {_day_words(f, value)}",
    Grain.DAY: _day_words,
    Grain.WEEKEND: lambda f, value: _week_words(f, value, "weekend"),
    Grain.WEEK: _week_words,
    Grain.MONTH: lambda f, _: _month_year(f),
    Grain.QUARTER: lambda f, _: _of_year(f"the {ORDINALS[int(f['q']) - 1]} quarter", f),
    Grain.SEASON: lambda f, _: _season_words(f),
    Grain.HALF: lambda f, _: _of_year(f"the {ORDINALS[int(f['half']) - 1]} half", f),
    Grain.YEAR: lambda f, value: f"fiscal year {f['y']}" if value.startswith("FY") else f["y"],
    Grain.DECADE: lambda f, _: f"the {f['decade']}0s",
    Grain.CENTURY: lambda f, _: f"the {_ordinal(int(f['century']) + 1)} century",
    Grain.DURATION: lambda f, _: _duration_words(f),
    Grain.VAGUE: lambda _, value: VAGUE[value],
}
