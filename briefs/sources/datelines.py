"""Dates and places of publication where they stand in a text: date lines, datelines ("PARIS, Aug 1 (Reuters) -"), leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefs.language.agencies import WIRES

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_ISO = r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>0?[1-9]|[12]\d|3[01])"
_NUMERIC = r"(?P<first>\d{1,2})\s?[/.]\s?(?P<second>\d{1,2})\s?[/.]\s?(?P<year>(?:19|20)\d\d)"
# Dates of one form each; the year may be missing in the last two.
_DATES = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?:(?=T\d)|(?![\w/-]))", re.IGNORECASE)
    for form in (
        _ISO,
        rf"{_MONTH}\s?{_DAY},?\s{_YEAR}",
        rf"{_DAY}\.?\s(?:of\s)?{_MONTH},?\s{_YEAR}",
        rf"{_DAY}-{_MONTH}-{_YEAR}",
        _NUMERIC,
    )
)
_YEARLESS = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/-])", re.IGNORECASE)
    for form in (rf"{_MONTH}\s?{_DAY}", rf"{_DAY}\s{_MONTH}")
)
_ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT"), "UTC"),
    **dict.fromkeys(("ET", "EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CT", "CST", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MT", "MST", "MDT"), "America/Denver"),
    **dict.fromkeys(("PT", "PST", "PDT"), "America/Los_Angeles"),
    **dict.fromkeys(("AKST", "AKDT"), "America/Anchorage"),
    "BST": "Europe/London",
    **dict.fromkeys(("CET", "CEST"), "Europe/Paris"),
    **dict.fromkeys(("EET", "EEST"), "Europe/Athens"),
    "MSK": "Europe/Moscow",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    **dict.fromkeys(("NZST", "NZDT"), "Pacific/Auckland"),
}
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])\s?(?::|h|\.)\s?(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    rf"\s*\(?(?P<zone>(?:UTC|GMT)?\s?[+-]\d\d:?\d\d|(?-i:{'|'.join(_ZONES)}|IST|[ECMP]T)\b)?|(?<![\d:])(?P<hour12>1[0-2]|0?[1-9])\s?(?P<half12>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:(?:first|originally|last|story|article|date|time)\s)*(?:published|posted|updated|modified|created|issued|released|printed|filed"
    r"|date(?:line)?|time|edited|uploaded|last update)(?:\s(?:on|at|date))?"
)
_FILLER = re.compile(
    rf"{_LABEL}|\b(?-i:{WIRES})\b|{_WEEKDAY}|\b(?:on|at|the|of|as of|and|t|local time|by|today|yesterday|\d+\s?min(?:ute)?s?(?:\s?read)?|read|(?:\d+|an?|one)\s(?:second|sec|minute|min|"
    r"hour|hr|day|week|month|year)s?\sago|ago|ist|[a-z]{2,4}t|z|gmt|utc)\b|[\W_]+",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:\d+|an?|one)\s?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|m|d|days?|weeks?|months?|years?)\sago\b",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"\b[ECMP][SD]?T\b")  # a zone of those who write the month first
_UPDATED = re.compile(r"updated|modified|last update|edited", re.IGNORECASE)
_LONGEST = 150  # characters of a date line
_NEAR = timedelta(days=7)
_FIRST_YEAR = 1995  # a lead's date before the web is history, not the news of that day


_MONTH_NAMES = r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_CAPITALS = r"[A-ZÀ-Ý][A-ZÀ-Ý.'’-]{2,}(?:[\s/][A-ZÀ-Ý][A-ZÀ-Ý.'’-]*){0,4}"
_NAME = r"[A-ZÀ-Ý][\w.'’-]+(?:\s(?:[A-ZÀ-Ý][\w.'’-]*|de|del|la|el|al|of|the)){0,4}?"
_REGION = rf"(?:,\s(?!{_MONTH_NAMES}\s\d)[A-Z][\w.'’]*(?:\s[A-Z][\w.'’]*){{0,2}})"
_WHEN = (
    rf"(?:\A|,?\s)(?:(?i:{_WEEKDAY}),?\s)?(?:{_MONTH_NAMES}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH_NAMES})(?:,?\s\d{{4}})?"
    r"(?:\s?/\s?\d\d?\s?:\s?\d\d(?:\s?[ap]m)?)?"
)
_AGENCY = (
    rf"(?:\s?\((?P<agency>{WIRES}|[A-Z][A-Z.]{{1,9}}(?:\s[A-Z]\w+)?|[A-Z]\w+(?:\s[A-Z]\w+){{0,2}})\)"
    rf"|\s?/(?P<wire>[A-Z]\w+)/|\s(?P<bare>{WIRES}))"
)
_HEAD = re.compile(rf"(?:(?P<capitals>{_CAPITALS})|{_NAME})?{_REGION}?(?P<when>{_WHEN})?{_AGENCY}?")
_DASH = re.compile(r"""(?:\s?(?:—|--+|―|–)\s?|\s[-_]\s|(?<=\))\s|(?<=\S):\s)(?=["'“‘(\[]?[A-ZÀ-Ý0-9$€£])""")
_LONGEST_HEAD = 80  # characters of a dateline
# A picture's credit that ran into the text: "CreditIda Holm/Northern Wire PARIS — ".
_CREDIT = re.compile(rf"(?:Photo\s?)?Credit:?\s?{_NAME}\s?/\s?(?:[A-Z][\w.'’-]*\s){{1,5}}?(?={_CAPITALS}[\s,])")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before an article's first sentence: "PARIS, Aug 1 (Reuters) - "."""

    length: int
    outlet: str | None
    words: str


def dateline(line: str) -> Dateline | None:
    """Find the dateline a paragraph begins with, behind a picture's credit if there is one."""
    credit = _CREDIT.match(line)
    before = credit.end() if credit else 0
    line = line[before : before + _LONGEST_HEAD]
    for dash in _DASH.finditer(line):
        head = _HEAD.fullmatch(line[: dash.start()])
        if head and _is_dateline(head, dash[0].strip()):
            return Dateline(before + dash.end(), _agency(head), head[0])
    return None


def _agency(head: re.Match[str]) -> str | None:
    return head["agency"] or head["wire"] or head["bare"]


def _is_dateline(head: re.Match[str], dash: str) -> bool:
    agency = _agency(head)
    if dash == "":
        return bool(head["when"] and agency)
    if dash == ":":
        return bool(head["capitals"] and (head["when"] or agency))
    return bool(head["capitals"] or head["when"] or agency)


# ----------------------------------------------------------------------------------------------------------- date lines
@dataclass(frozen=True, slots=True)
class _Day:
    month: int
    day: int
    year: int | None = None


def is_date_line(line: str) -> bool:
    """Say whether a line is a time of publication and nothing else: "Updated 4:13 PM EDT, Fri August 1, 2025"."""
    if len(line) > _LONGEST or line.startswith(("On ", "In ")):
        return False
    rest, found = line, bool(_AGO.search(line))
    for pattern in (*_DATES, *_YEARLESS, _CLOCK):
        rest, times = pattern.subn(" ", rest)
        found = found or times > 0
    return found and not _FILLER.sub("", rest)


def is_labelled(line: str) -> bool:
    """Say whether a line calls its date that of publication or change."""
    return bool(re.search(_LABEL, line, re.IGNORECASE))


def published_at(lines: Iterable[str], lead: str) -> datetime | None:
    """Find an article's time of publication in its date lines, in its dateline, or else in the day its first sentence tells of.

    Without a zone a time counts as UTC. None unless day, month and year are certain.
    """
    stamps = sorted(lines, key=lambda line: bool(_UPDATED.search(line)))
    for line in stamps:
        day = _day(line)
        year = day and (day.year or _year_near(day, lead))
        if day and year:
            return _moment(line, year, day)
    return _lead_day(lead)


def stamp(line: str) -> tuple[int, int] | None:
    """Find a full time of publication glued between a headline and the first sentence: where it starts and ends."""
    line = line[: 2 * _LONGEST_STAMP]
    for pattern in _DATES:
        for found in pattern.finditer(line[:_LONGEST_STAMP]):
            start, end = _widened(line, found)
            if _stands_alone(line, start, end):
                return start, end
    return None


# ---------------------------------------------------------------------------------------------------- stamps in one line
_LONGEST_STAMP = 300  # characters from the start in which a stamp is looked for
_TIMES = "|".join(re.sub(r"\?P<\w+>", "?:", p.pattern) for p in (*_DATES, _CLOCK))
_STAMP_LABEL = rf"(?:{_LABEL})\s?:?\s"
_STAMP_PART = rf"(?:{_STAMP_LABEL})?(?:on\s)?(?:{_WEEKDAY},?\s)?(?:{_TIMES})"
# Possessive: a label may be a part of its own or of the part after it, and all ways to say so would be tried.
_BEFORE = re.compile(
    rf"(?:(?>{_STAMP_PART}|{_STAMP_LABEL}|\b{_WEEKDAY}(?<!\.))[\s,:|(/–—-]*+(?:on\s)?)++$", re.IGNORECASE
)
_AFTER = re.compile(
    rf"(?:[\s,|/@)–—-]*+(?:\bat\s)?(?>{_STAMP_PART}))*+(?:[\s,|/@)–—-]++|(?<=[\s,|/@)–—-]))", re.IGNORECASE
)
_OPENS_SENTENCE = re.compile(
    r"[\"“‘']?(?:The|An?|In|On|At|It|He|She|They|We|After|As|When|While|For|More|Two|Three|Police)\b"
)
_LEADS_ON = re.compile(
    r"(?:\b(?:on|in|of|by|since|until|till|from|to|before|after|the|and|or|a|this|that|dated|between|through|for|at|its|his|her|their|for)|[,–-])$",
    re.IGNORECASE,
)


def _widened(line: str, found: re.Match[str]) -> tuple[int, int]:
    before = _BEFORE.search(line[: found.start()])
    after = _AFTER.match(line, found.end())
    return (before.start() if before else found.start()), (after.end() if after else found.end())


def _stands_alone(line: str, start: int, end: int) -> bool:
    """Say whether a date is no part of a sentence: a headline or nothing before it, a new sentence after it."""
    headline, words, rest = line[:start].rstrip(), line[start:end], line[end:]
    if _LEADS_ON.search(headline) or re.search(r"[.!?]\s", headline) or not re.match(r"[\"“‘'(]?[A-Z0-9]", rest):
        return False
    if re.match(r"\s*(?:on|in)\s", words, re.IGNORECASE) or not words[-1:].isspace():
        return False
    marked = _CLOCK.search(words) or re.search(rf"{_LABEL}|{_WEEKDAY}", words, re.IGNORECASE)
    return bool(marked or _OPENS_SENTENCE.match(rest))


# --------------------------------------------------------------------------------------------------------------- reading
def _day(line: str) -> _Day | None:
    """Read the first date of a line; one whose day and month cannot be told apart is none."""
    for pattern in (*_DATES, *_YEARLESS):
        if found := pattern.search(line):
            return _read_day(found.groupdict(), month_first=bool(_AMERICAN.search(line)))
    return None


def _read_day(parts: dict[str, str | None], *, month_first: bool = False) -> _Day | None:
    year = int(parts["year"]) if parts.get("year") else None  # type: ignore[arg-type]
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        return _Day(first, second, year) if month_first and first <= 12 else _read_numeric(first, second, year)
    month = parts["month"] or ""
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    return _Day(number, int(parts["day"] or 0), year)


def _read_numeric(first: int, second: int, year: int | None) -> _Day | None:
    """Read 9/14/2013 and 14/9/2013; 9/4/2013 means two days and is none."""
    if first > 12 >= second or first == second:
        return _Day(second, first, year)
    return _Day(first, second, year) if second > 12 >= first else None


def _year_near(day: _Day, lead: str) -> int | None:
    """Take the year from a full date in the first sentences that is at most days away."""
    for pattern in _DATES:
        for found in pattern.finditer(lead):
            told = _midnight(_read_day(found.groupdict()))
            mine = told and _midnight(_Day(day.month, day.day, told.year))
            if told and mine and abs(mine - told) <= _NEAR:
                return mine.year
    return None


def _moment(line: str, year: int, day: _Day) -> datetime | None:
    midnight = _midnight(_Day(day.month, day.day, year))
    clock = _clock(_without_days(line))
    if midnight is None or clock is None:
        return midnight
    hour, minute, zone = clock
    return midnight.replace(hour=hour, minute=minute, tzinfo=zone).astimezone(UTC)


def _midnight(day: _Day | None) -> datetime | None:
    try:
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day and day.year else None
    except ValueError:
        return None


def _without_days(line: str) -> str:
    for pattern in _DATES:
        line = pattern.sub(" ", line)
    return re.sub(r"(?<!\w)T(?=\d\d:)", " ", line)


def _clock(line: str) -> tuple[int, int, tzinfo] | None:
    found = _CLOCK.search(line)
    if not found:
        return None
    hour, minute = int(found["hour"] or found["hour12"]), int(found["minute"] or 0)
    half = (found["half"] or found["half12"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, minute, _zone(found["zone"])


def _zone(name: str | None) -> tzinfo:
    """Read a zone's abbreviation or offset; UTC for none and for those that mean several."""
    offset = re.search(r"([+-])(\d\d):?(\d\d)", name or "")
    if offset:
        delta = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(delta if offset[1] == "+" else -delta) if delta < timedelta(days=1) else UTC
    key = _ZONES.get((name or "").strip().upper())
    return ZoneInfo(key) if key else UTC


def _lead_day(lead: str) -> datetime | None:
    """Take the day a first sentence opens with, or names with its weekday: the article cannot be older.

    Any other date may be of what went before ("sentenced for a murder on 11 March 2005").
    """
    sentence = re.split(r"(?<=[a-z)\"”’\d][.!?])\s", lead, maxsplit=1)[0]
    for pattern in _DATES[:4]:
        found = pattern.search(sentence)
        if found and _TOLD_ON.search(sentence[: found.start()]):
            day = _midnight(_read_day(found.groupdict()))
            return day if day and day.year >= _FIRST_YEAR else None
    return None


_TOLD_ON = re.compile(
    rf"^on\s(?:{_WEEKDAY},?\s)?$|(?<!due )(?<!expected )(?<!scheduled )(?<!planned )(?<!set )\bon\s{_WEEKDAY},?\s$",
    re.IGNORECASE,
)
