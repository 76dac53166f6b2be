"""Dates as feeds write them → UTC, strictly: a date is certain or it is none.

Read are the forms of the standards (RFC 822, 1123, 2822 and 850, asctime, ISO 8601 and W3CDTF) with their known variations,
the forms people write ("March 4, 2024 4:13 PM"), and all-numeric dates where the feed's own habit tells day from month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import Enum
from zoneinfo import ZoneInfo

Reader = Callable[[str | None], datetime | None]

FIRST_YEAR = 1990  # before the web; what claims to be older is "no date" of some publishing system
LAST_YEAR = 2100  # exclusive; without a clock nothing else says what is the future
_LONGEST = 100  # characters of a date


class Order(Enum):
    """Which of two numbers a feed writes first."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"


def reader(texts: Iterable[str | None], *, now: datetime | None) -> Reader:
    """Give a function that reads dates by the habit that all ``texts`` of a feed show, and none later than ``now``."""
    order = habit([text for text in texts if text], now=now)

    def read_date(text: str | None) -> datetime | None:
        time = read(text, order=order)
        return None if time is None or (now is not None and time > now) else time

    return read_date


def read(text: str | None, *, order: Order | None = None) -> datetime | None:
    """Read one date; UTC when it names no zone or one that means several. None unless day, month and year are certain."""
    line = " ".join((text or "").split())
    if not line or len(line) > _LONGEST:
        return None
    try:
        time = _iso(line) or _epoch(line) or _written(line, order)
    except (ValueError, OverflowError):  # no such day, hour or offset
        return None
    return time if time and FIRST_YEAR <= time.year < LAST_YEAR else None


# ------------------------------------------------------------------------------------------------------------ ISO 8601
_OFFSET = r"[+\-−]\d{1,2}(?::?\d{2})?"
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:-?W(?P<week>\d\d)-?(?P<weekday>[1-7])|-?(?P<ordinal>\d{3})(?!\d)"
    r"|(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})|(?P<month2>\d\d)(?P<day2>\d\d))"
    r"(?:(?:[Tt]|,?\s|(?<=\d{8})(?=\d{4}))\s?(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
    rf"\s?(?P<half>[AaPp]\.?[Mm]\.?)?\s?(?P<zone>(?:UTC|GMT)?{_OFFSET}|[A-Za-z]{{1,5}})?)?(?:\s?\([^()]*\)|\[[^\[\]]*\])?"
)


def _iso(line: str) -> datetime | None:
    found = _ISO.fullmatch(line)
    if not found:
        return None
    day = _iso_day(found)
    clock = (found["hour"], found["minute"], found["second"], found["half"])
    return _moment(day, clock, found["zone"])


def _iso_day(found: re.Match[str]) -> date:
    year = int(found["year"])
    if found["week"]:
        return date.fromisocalendar(year, int(found["week"]), int(found["weekday"]))
    if found["ordinal"]:
        day = date(year, 1, 1) + timedelta(days=int(found["ordinal"]) - 1)
        if day.year != year:
            raise ValueError("no such day")
        return day
    return date(year, int(found["month"] or found["month2"]), int(found["day"] or found["day2"]))


def _epoch(line: str) -> datetime | None:
    """Read seconds or milliseconds since 1970, of which only ten or thirteen digits can be of our time."""
    if not re.fullmatch(r"\d{10}|\d{13}", line):
        return None
    return datetime.fromtimestamp(int(line[:10]), UTC)


# ---------------------------------------------------------------------------------------------- written by hand or RFC
_CLOCK = re.compile(
    r"(?<![\d:])(?:T(?=\d))?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?|\s?(?P<half12>[AaPp])\.?[Mm]\b\.?)(?![:\d])"
)
_ZONE = re.compile(rf"\s?\(?(?P<zone>(?:UTC|GMT|UT|Z)?\s?{_OFFSET}(?!\d)|[A-Za-z]{{1,5}}(?![A-Za-z]))\)?")
_OFFSET_ONLY = re.compile(rf"(?P<name>[A-Za-z]*)\s?(?P<offset>{_OFFSET})?")
_NUMERIC = re.compile(r"(?P<first>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<second>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4})")
_NOISE = re.compile(
    r"\b(?:at|on|of|the|de|del|um|à|le|el|den|alle|ore|uur|klo|kl)\b\.?|[,|()]|(?<=\d)(?:st|nd|rd|th|er|º|ª)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_MONTHS = (
    "january jan januar januari janvier janv enero ene gennaio gen janeiro",
    "february feb februar februari fevrier fevr febrero febbraio fevereiro fev",
    "march mar mars märz maerz mrz marz maart marzo março marco mrt",
    "april apr avril avr abril abr aprile",
    "may mai mei mayo maggio mag maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug augustus aout agosto ago augusti",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dicembre dezembro",
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_PLAIN = str.maketrans("éèûúàáíó", "eeuuaaio")


def _written(line: str, order: Order | None) -> datetime | None:
    """Read a date of a day's number, a month and a year, with or without a clock and a zone, and nothing else."""
    found = _CLOCK.search(line)
    rest, clock, zone = line, None, None
    if found:
        clock = (found["hour"], found["minute"], found["second"], found["half"] or found["half12"])
        zone, end = _zone_after(line, found.end())
        rest = f"{line[: found.start()]} {line[end:]}"
    day = _numeric_day(rest, order) or _named_day(rest)
    return _moment(day, clock, zone) if day else None


def _zone_after(line: str, end: int) -> tuple[str | None, int]:
    """Find the zone right after a clock; a month's name there ("16:13 March 4") is none."""
    found = _ZONE.match(line, end)
    if not found or _month(found["zone"]) or found["zone"].lower() in ("on", "at", "uhr", "h", "uur"):
        return None, end
    comment = re.compile(r"\s?\([^()]*\)").match(line, found.end())
    return found["zone"], comment.end() if comment else found.end()


def _named_day(rest: str) -> date | None:
    words = _WORDS.findall(_NOISE.sub(" ", rest))
    numbers = [word for word in words if word.isdecimal()]
    names = [word for word in words if not word.isdecimal()]
    if len(numbers) != 2 or not 1 <= len(names) <= 2:
        return None
    month = _month(names[-1]) or (_month(names[0]) if len(names) == 2 and _is_weekday(names[1]) else None)
    if month is None or (len(names) == 2 and not _is_weekday(names[0]) and not _is_weekday(names[1])):
        return None
    year_first = len(numbers[0]) == 4
    year, day = numbers if year_first else reversed(numbers)
    return date(_year(year), month, int(day)) if len(day) <= 2 else None


def _month(word: str) -> int | None:
    return _MONTH_NUMBERS.get(word.lower().translate(_PLAIN)) or _MONTH_NUMBERS.get(word.lower())


def _is_weekday(word: str) -> bool:
    """Say whether a word may be a day of the week; its language does not matter, as it is not relied upon."""
    return 2 <= len(word) <= 12 and not word.isdecimal()


def _year(digits: str) -> int:
    """Read a year; two digits as RFC 2822 does."""
    if len(digits) == 2:
        return int(digits) + (2000 if int(digits) < 50 else 1900)
    if len(digits) != 4:
        raise ValueError("no year")
    return int(digits)


def _moment(
    day: date, clock: tuple[str | None, str | None, str | None, str | None] | None, zone: str | None
) -> datetime:
    """Join day, clock (hour, minute, second, half of the day) and zone; midnight when there is no clock."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=_zone(zone))
    if clock is None or clock[0] is None:
        return midnight.astimezone(UTC)
    hour, minute, second = (int(part or 0) for part in clock[:3])
    if clock[3]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if clock[3].lower().startswith("p") else 0)
    if hour == 24 and minute == second == 0:
        return (midnight + timedelta(days=1)).astimezone(UTC)
    second = 59 if second == 60 else second  # a leap second
    return midnight.replace(hour=hour, minute=minute, second=second).astimezone(UTC)


# --------------------------------------------------------------------------------------------------------------- zones
_ZONES = """
    ut 0 utc 0 gmt 0 z 0 wet 0 west 1 bst 1 cet 1 met 1 mez 1 cest 2 mest 2 mesz 2 eet 2 eest 3 sast 2 msk 3
    sgt 8 hkt 8 awst 8 jst 9 kst 9 aest 10 aedt 11 nzst 12 nzdt 13
    nst -3.5 ndt -2.5 adt -3 brt -3 art -3 ast -4 edt -4 est -5 cdt -5 cst -6 mdt -6 mst -7 pdt -7 pst -8 akdt -8 akst -9 hst -10
"""
_HOURS = {name: float(hours) for name, hours in re.findall(r"(\S+) (\S+)", _ZONES)}  # east of Greenwich
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}


def _zone(text: str | None) -> tzinfo:
    """Read an offset or a zone's name; UTC for none and for a name that means several places."""
    found = _OFFSET_ONLY.fullmatch((text or "").replace("−", "-").strip())
    if found and found["offset"]:
        return _offset(found["offset"])
    name = (text or "").strip().lower()
    if name in _PLACES:
        return ZoneInfo(_PLACES[name])
    return timezone(timedelta(hours=_HOURS.get(name, 0)))


def _offset(text: str) -> tzinfo:
    digits = text[1:].replace(":", "").zfill(2)
    digits = digits if len(digits) > 2 else f"{digits}00"
    delta = timedelta(hours=int(digits[:-2]), minutes=int(digits[-2:]))
    if delta > timedelta(hours=14) or int(digits[-2:]) > 59:
        raise ValueError("no such offset")
    return timezone(-delta if text[0] == "-" else delta)


# --------------------------------------------------------------------------------------------------------------- habit
def habit(texts: list[str], *, now: datetime | None) -> Order | None:
    """Find the order of day and month in a feed's all-numeric dates, in the feed's sequence; None when it does not show."""
    pairs = [pair for text in texts if (pair := _numbers(text))]
    shown = {Order.DAY_FIRST for first, second, _ in pairs if first > 12 >= second}
    shown |= {Order.MONTH_FIRST for first, second, _ in pairs if second > 12 >= first}
    if not shown and pairs:
        shown = _orders_that_fit(pairs, now)
    return shown.pop() if len(shown) == 1 else None


def _orders_that_fit(pairs: list[tuple[int, int, int]], now: datetime | None) -> set[Order]:
    """Keep the orders that put no date into the future, or else the one in which the dates are in sequence."""
    days = {order: [_ordered(pair, order) for pair in pairs] for order in Order}
    if len(set(days[Order.DAY_FIRST])) == 1 and days[Order.DAY_FIRST] == days[Order.MONTH_FIRST]:
        return set()
    past = {order for order in Order if now is None or all(day and day <= now.date() for day in days[order])}
    if len(past) < 2 or len(set(pairs)) < 3:
        return past
    return {order for order in past if days[order] in (sorted(days[order]), sorted(days[order], reverse=True))}


def _numbers(text: str) -> tuple[int, int, int] | None:
    found = _NUMERIC.search(" ".join(text.split())[:_LONGEST])
    return (int(found["first"]), int(found["second"]), int(found["year"])) if found else None


def _ordered(numbers: tuple[int, int, int], order: Order) -> date:
    first, second, year = numbers
    month, day = (second, first) if order is Order.DAY_FIRST else (first, second)
    try:
        return date(year, month, day)
    except ValueError:
        return date.max


def _numeric_day(rest: str, order: Order | None) -> date | None:
    """Read 9/14/2013 and 14/9/2013 as they must be, and 9/4/2013 in the feed's order."""
    found = _NUMERIC.search(rest)
    if not found or not _only_weekday(f"{rest[: found.start()]} {rest[found.end() :]}"):
        return None
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    if first > 12 or first == second:
        return date(year, second, first)
    if second > 12:
        return date(year, first, second)
    if order is None:
        raise ValueError("day and month cannot be told apart")
    return _ordered((first, second, year), order)


def _only_weekday(rest: str) -> bool:
    words = _WORDS.findall(_NOISE.sub(" ", rest))
    return len(words) <= 1 and not any(word.isdecimal() for word in words)
