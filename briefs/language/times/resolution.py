"""Part of a date + where it stands → a TIMEX3 value.

A name that recurs ("Thursday", "November", "the third quarter") is the nearest one on the side its verb points to. Without
an anchor nothing relative is given a date: the value keeps its unknown places ("XXXX-WXX-4") or there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefs.language.times import holidays
from briefs.language.times.dates import add_months, month_value, nth_weekday, quarter_value, week_value
from briefs.language.times.values import grain, value_range
from briefs.models import Grain

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefs.language.times.terms import Partial


SOON = timedelta(days=45)  # ahead, within which a day is meant by what calls it off


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time expression is resolved against.

    ``anchor`` is the day of publication; ``direction`` says that it points back (-1), ahead (1) or to the nearest (0);
    ``named`` is the value that the text named last, ``named_day`` the last day.
    """

    anchor: date | None
    direction: int
    strict: bool = False  # the anchor's own day, month or year is out: "since November"
    named: str | None = None
    named_day: str | None = None
    soon: bool = (
        False  # a day of the next weeks may be meant, though the verb is in the past: "was cancelled on 22 May"
    )


def resolve(partial: Partial, setting: Setting) -> str | None:
    """The value, without part of day and clock when these stand alone; None when it cannot be told."""
    try:
        value = _resolved(partial, setting)
    except (ValueError, OverflowError):  # 31 February, the year 0
        return None
    return _with_time(value, partial) if value else None


def _resolved(partial: Partial, setting: Setting) -> str | None:
    if partial.shift and not (partial.given() & {"month", "weekday", "quarter", "half", "season", "holiday", "nth"}):
        return _shifted(partial.shift, setting.anchor)
    for name, resolver in _RESOLVERS:
        if getattr(partial, name) is not None:
            return resolver(_in_shifted_year(partial, setting), setting)
    return None


def _in_shifted_year(partial: Partial, setting: Setting) -> Partial:
    """The same with the year of the shift, for "June next year"."""
    if partial.shift and partial.shift[0] == "Y" and setting.anchor:
        return replace(partial, year=setting.anchor.year + partial.shift[1], shift=None)
    return partial


# ----------------------------------------------------------------------------------------------------- by what is given
def _same(partial: Partial, setting: Setting) -> str | None:
    """What the text named last ("the same day", "that month", "the year before"); "the day" may be the anchor's."""
    if partial.same == "time":
        return setting.named
    today = setting.anchor.isoformat() if setting.anchor else None
    rel = partial.rel or 0
    if partial.same == "the":
        ahead = today and setting.named_day and setting.direction < 0 and setting.named_day > today
        return today if ahead else setting.named_day or today
    named = setting.named_day if partial.same == "D" else setting.named
    if named is None and (rel < 0 or rel * setting.direction > 0):
        named = today
    span = value_range(named) if named else None
    if span and (partial.season or partial.month):
        return f"{span[0].year:04d}-{partial.season or f'{partial.month:02d}'}"
    return shifted(span[0].date(), str(partial.same), rel) if span else None


def _compared(partial: Partial, setting: Setting) -> str | None:
    """What the text named last, a year before ("the same month a year ago"); else the year before."""
    unit = _UNIT_OF.get(grain(setting.named)) if setting.named else None
    if setting.named and unit and partial.compared in (unit, "period"):
        return f"{int(setting.named[:4]) - 1:04d}{setting.named[4:]}"
    return shifted(setting.anchor, "Y", -1) if setting.anchor else None


def _decade(partial: Partial, _: Setting) -> str:
    return f"{partial.decade:03d}"


def _century(partial: Partial, _: Setting) -> str:
    return f"{partial.century:02d}"


def _holiday(partial: Partial, setting: Setting) -> str | None:
    return _recurring_day(lambda year: holidays.day_of(int(partial.holiday or 0), year), partial, setting)


def _recurring_day(day_in: Callable[[int], date], partial: Partial, setting: Setting) -> str | None:
    """The day that recurs each year, in the year given or the one its verb points to."""
    if partial.year:
        return day_in(partial.year).isoformat()
    anchor = setting.anchor
    if anchor is None:
        return None
    days = [day_in(year) for year in range(anchor.year - 1, anchor.year + 2)]
    return _towards(days, anchor, partial, setting).isoformat()


def _towards(days: list[date], anchor: date, partial: Partial, setting: Setting) -> date:
    """The day on the side that the words point to; the anchor's own counts unless "last" or "next" excludes it."""
    direction = partial.rel or setting.direction
    strict = bool(partial.rel) or setting.strict
    coming = [day for day in days if timedelta() < day - anchor <= SOON] if setting.soon and not partial.rel else []
    if direction < 0:
        return coming[0] if coming else max(day for day in days if day < anchor or (day == anchor and not strict))
    if direction > 0:
        return min(day for day in days if day > anchor or (day == anchor and not strict))
    return min(days, key=lambda day: abs((day - anchor).days))


def _nth(partial: Partial, setting: Setting) -> str | None:
    """The n-th weekday, or week, of a month."""
    month = _month(replace(partial, nth=None), setting) if partial.month else None
    if partial.shift and partial.shift[0] == "M":
        month = _shifted(partial.shift, setting.anchor)
    if month is None or month.startswith("X"):
        return None
    year, number, n = int(month[:4]), int(month[5:7]), int(partial.nth or 0)
    if partial.nth_week:
        # The week that holds the n-th Thursday is the ISO week most of whose days lie in the month.
        return week_value(nth_weekday(year, number, 4, n))
    return nth_weekday(year, number, int(partial.weekday or 0), n).isoformat()


def _day_of_month(partial: Partial, setting: Setting) -> str | None:
    month, day = int(partial.month or 0), int(partial.day or 0)
    if not month:
        return None
    if partial.year or setting.anchor:
        return _recurring_day(_leap_safe(month, day), partial, setting)
    return f"XXXX-{month:02d}-{day:02d}"


def _leap_safe(month: int, day: int) -> Callable[[int], date]:
    """29 February where the year has one, else the day before."""

    def day_in(year: int) -> date:
        leap_day = (month, day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return date(year, 2, 28) if leap_day else date(year, month, day)

    return day_in


def _weekday(partial: Partial, setting: Setting) -> str | None:
    weekday, anchor = int(partial.weekday or 0), setting.anchor
    if anchor is None:
        return f"XXXX-WXX-{weekday}"
    if partial.shift and partial.shift[0] == "W":
        monday = anchor - timedelta(days=anchor.isoweekday() - 1) + timedelta(weeks=partial.shift[1])
        return (monday + timedelta(days=weekday - 1)).isoformat()
    if partial.rel == 0:
        return _this_weekday(anchor, weekday, setting.direction).isoformat()
    back = (anchor.isoweekday() - weekday) % 7
    days = [anchor - timedelta(days=back + 7 * k) for k in (-2, -1, 0, 1, 2)]
    return _towards(days, anchor, partial, setting).isoformat()


def _this_weekday(anchor: date, weekday: int, direction: int) -> date:
    """The weekday of this week, as "this Friday" says, but where the verb points the other way."""
    day = anchor + timedelta(days=weekday - anchor.isoweekday())
    if direction < 0 and day > anchor:
        return day - timedelta(weeks=1)
    return day + timedelta(weeks=1) if direction > 0 and day < anchor else day


def _month(partial: Partial, setting: Setting) -> str | None:
    month = int(partial.month or 0)
    if partial.year:
        return f"{partial.year:04d}-{month:02d}"
    return _recurring_span(f"{month:02d}", partial, setting)


def _recurring_span(name: str, partial: Partial, setting: Setting) -> str | None:
    """A month, quarter, half or season, named by the end of its value, of the year its verb points to."""
    anchor = setting.anchor
    if partial.year:
        return f"{partial.year:04d}-{name}"
    if anchor is None:
        return f"XXXX-{name}"
    if partial.rel == 0:
        return f"{anchor.year:04d}-{name}"
    values = [f"{anchor.year + k:04d}-{name}" for k in (-1, 0, 1)]
    return min(values, key=lambda value: _distance(value, anchor, partial, setting))


def _distance(value: str, anchor: date, partial: Partial, setting: Setting) -> tuple[bool, int]:
    """How far a span lies from the anchor, those on the wrong side last."""
    span = value_range(value)
    if span is None:
        return True, 0
    first, last = span[0].date(), span[1].date()
    direction = partial.rel or setting.direction
    strict = bool(partial.rel) or setting.strict
    inside = first <= anchor < last
    wrong = (direction < 0 and first > anchor) or (direction > 0 and last <= anchor) or (strict and inside)
    return wrong, 0 if inside else min(abs((first - anchor).days), abs((last - anchor).days))


def _quarter(partial: Partial, setting: Setting) -> str | None:
    return _recurring_span(f"Q{partial.quarter}", partial, setting)


def _half(partial: Partial, setting: Setting) -> str | None:
    return _recurring_span(f"H{partial.half}", partial, setting)


def _season(partial: Partial, setting: Setting) -> str | None:
    return _recurring_span(str(partial.season), partial, setting)


def _year(partial: Partial, _: Setting) -> str:
    return f"{partial.year:04d}"


def _weekend(_: Partial, setting: Setting) -> str | None:
    """This week's weekend, or the last one where the verb points back from before Saturday."""
    if setting.anchor is None:
        return "XXXX-WXX-WE"
    back = setting.direction < 0 and setting.anchor.isoweekday() < 6
    return week_value(setting.anchor - timedelta(weeks=1 if back else 0)) + "-WE"


# What figures are compared by.
_UNIT_OF = {Grain.WEEK: "W", Grain.MONTH: "M", Grain.QUARTER: "Q", Grain.YEAR: "Y"}
_RESOLVERS: tuple[tuple[str, Callable[[Partial, Setting], str | None]], ...] = (
    ("same", _same),
    ("compared", _compared),
    ("decade", _decade),
    ("century", _century),
    ("holiday", _holiday),
    ("nth", _nth),
    ("day", _day_of_month),
    ("weekday", _weekday),
    ("month", _month),
    ("quarter", _quarter),
    ("half", _half),
    ("season", _season),
    ("year", _year),
    ("weekend", _weekend),
)


# --------------------------------------------------------------------------------------------------------------- shifts
def _shifted(shift: tuple[str, int], anchor: date | None) -> str | None:
    """The anchor's day, week, month… some units away."""
    return shifted(anchor, *shift) if anchor else None


_SHIFTS: dict[str, Callable[[date, int], str]] = {
    "D": lambda day, count: (day + timedelta(days=count)).isoformat(),
    "W": lambda day, count: week_value(day + timedelta(weeks=count)),
    "WE": lambda day, count: week_value(day + timedelta(weeks=count)) + "-WE",
    "M": lambda day, count: month_value(add_months(day, count)),
    "Q": lambda day, count: quarter_value(add_months(day, 3 * count)),
    "Y": lambda day, count: f"{day.year + count:04d}",
    "E": lambda day, count: f"{day.year // 10 + count:03d}",
    "C": lambda day, count: f"{day.year // 100 + count:02d}",
}


def shifted(day: date, unit: str, count: int) -> str | None:
    """The unit that holds a day, some units on: ("W", 1) is next week. None for hours and shorter."""
    return _SHIFTS[unit](day, count) if unit in _SHIFTS else None


def _with_time(value: str, partial: Partial) -> str | None:
    """A day's value with the clock or the part of the day."""
    if partial.minutes is None:
        return f"{value}T{partial.part}" if partial.part else value
    minutes = partial.minutes
    if partial.part in ("AF", "EV", "NI") and not partial.meridiem and minutes < 12 * 60:
        minutes += 12 * 60
    if partial.zone is None or value.startswith("X"):
        return f"{value}T{minutes // 60:02d}:{minutes % 60:02d}"
    return _in_utc(datetime.fromisoformat(value) + timedelta(minutes=minutes), partial.zone)


def _in_utc(local: datetime, zone: int | str) -> str:
    """A stated zone makes the instant known: it is given in UTC."""
    if isinstance(zone, str):
        instant = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    else:
        instant = local - timedelta(minutes=zone)
    return instant.strftime("%Y-%m-%dT%H:%MZ")
