"""Days with a name of their own, and on which day of a year they fall."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from briefs.language.times.dates import nth_weekday

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MONDAY, THURSDAY, SUNDAY = 1, 4, 7


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm; Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, n: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, n)


def _around_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _after_thanksgiving(days: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, 11, THURSDAY, 4) + timedelta(days=days)


# Pattern of the name → its day in a year.
_NAMED: tuple[tuple[str, Callable[[int], date]], ...] = (
    (r"new year['\u2019]?s? eve", _fixed(12, 31)),
    # "In the new year" is no day.
    (r"new year(?:['\u2019]?s)? day|(?-i:New Year)['\u2019]s", _fixed(1, 1)),
    (r"(?:martin luther king(?:,? jr\.?)?|mlk) day", _nth(1, MONDAY, 3)),
    (r"valentine['\u2019]?s day", _fixed(2, 14)),
    (r"president['\u2019]?s?['\u2019]? day", _nth(2, MONDAY, 3)),
    (r"(?:st\.?|saint) patrick['\u2019]?s day", _fixed(3, 17)),
    (r"ash wednesday", _around_easter(-46)),
    (r"palm sunday", _around_easter(-7)),
    (r"good friday", _around_easter(-2)),
    (r"easter monday", _around_easter(1)),
    (r"easter(?: sunday| day)?", _around_easter(0)),
    (r"(?:international )?workers['\u2019]? day|may day", _fixed(5, 1)),
    (r"mother['\u2019]?s['\u2019]? day", _nth(5, SUNDAY, 2)),
    (r"memorial day", _nth(5, MONDAY, -1)),
    (r"juneteenth", _fixed(6, 19)),
    (r"father['\u2019]?s['\u2019]? day", _nth(6, SUNDAY, 3)),
    (r"bastille day", _fixed(7, 14)),
    (r"labor day", _nth(9, MONDAY, 1)),
    (r"columbus day|indigenous peoples['\u2019]? day", _nth(10, MONDAY, 2)),
    (r"hallowe['\u2019]?en", _fixed(10, 31)),
    (r"all saints['\u2019]? day", _fixed(11, 1)),
    (r"veterans['\u2019]? day|armistice day|remembrance day", _fixed(11, 11)),
    (r"thanks ?giving(?: day)?", _nth(11, THURSDAY, 4)),
    (r"black friday", _after_thanksgiving(1)),
    (r"cyber monday", _after_thanksgiving(4)),
    (r"christmas eve", _fixed(12, 24)),
    (r"christmas(?: day)?", _fixed(12, 25)),
    (r"boxing day", _fixed(12, 26)),
)
# A quick look before the slow one: each name holds one of these.
_CUES = frozenset(
    {" day", " eve", "new year", "easter", "thanks", "christmas", "hallowe", "juneteenth"}
    | {"ash wed", "palm sun", "good fri", "black fri", "cyber mon"}
)
_NAME = re.compile("|".join(rf"(?P<n{k}>\b(?:{pattern})\b)" for k, (pattern, _) in enumerate(_NAMED)), re.IGNORECASE)


def mentions(text: str) -> Iterator[tuple[int, int, int]]:
    """Range and number of every holiday named in a text."""
    lower = text.lower()
    if not any(cue in lower for cue in _CUES):
        return
    for found in _NAME.finditer(text):
        yield found.start(), found.end(), int(str(found.lastgroup)[1:])


def day_of(number: int, year: int) -> date:
    """The day on which the holiday of this number falls in a year."""
    return _NAMED[number][1](year)
