"""Arithmetic on calendar days."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th given weekday (1 is Monday) of a month; -1 is the last. ValueError when the month has none."""
    length = calendar.monthrange(year, month)[1]
    if n < 0:
        last = date(year, month, length)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return date(year, month, 1 + (weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the month's last day where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week_value(day: date) -> str:
    """The ISO week of a day."""
    iso = day.isocalendar()
    return f"{iso.year:04d}-W{iso.week:02d}"


def month_value(day: date) -> str:
    """The month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter_value(day: date) -> str:
    """The quarter of a day."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"
