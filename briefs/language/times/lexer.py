"""Text → lexemes: the words a time expression can be made of, each with its symbol, its meaning and its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from briefs.language.times import holidays
from briefs.language.times.lexicon import (
    AMBIGUOUS_MONTHS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    SYMBOL_OF,
    ZONES,
    Meaning,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OTHER: Final = "OTHER"

_TOKEN = re.compile(
    r"""
    (?P<QUARTERED>[Qq][1-4]\b|H[12]\b)
  | (?P<WORD>[^\W\d_]\.(?:[^\W\d_]\.?)+|[Oo]['\u2019]clock\b|[^\W\d_]+)
  | (?P<ISO>\d{4}-\d\d-\d\d(?![\d-])(?:T\d\d:\d\d(?::\d\d)?)?|9/11\b(?!/))
  | (?P<SLASHED>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/]))
  | (?P<CLOCK>(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?|\.[0-5]\d(?=\s?[AaPp]\.?[Mm]\b))(?![\d:]))
  | (?P<DECADE>(?:1\d|20)\d0['\u2019]?s\b|['\u2019]?[2-9]0['\u2019]?s\b)
  | (?P<NTH>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<SHORT_YEAR>['\u2019]\d\d\b)
  | (?P<NUMBER>\d+(?:,\d{3})*(?:\.\d+)?)
  | (?P<MARK>[^\w\s])
    """,
    re.VERBOSE,
)
# A number or word after one of these is money, a rank, a handle or a code.
_CODE_MARKS = frozenset("$€£¥#№@")
_HOURS_AFTER = re.compile(r"\s(?:UTC|GMT|hours|hrs)\b")


class Lexeme(NamedTuple):
    """A word, number or mark: its grammar symbol, its meaning, its range in the text."""

    symbol: str
    start: int
    end: int
    text: str
    value: Meaning = ""


def lex(text: str) -> list[Lexeme]:
    """All lexemes of a text in order; words no time expression uses have the symbol OTHER."""
    lexemes = [_lexeme(found, text) for found in _TOKEN.finditer(text)]
    symbols = {lexeme.symbol for lexeme in lexemes}
    if named := list(holidays.mentions(text)):
        lexemes = list(_join_holidays(text, named, lexemes))
    if symbols & {"SHORT_MONTH", "SHORT_WEEKDAY"}:
        lexemes = list(_join_stops(lexemes))
    return list(_join_numbers(lexemes)) if "CARDINAL" in symbols else lexemes


def _lexeme(found: re.Match[str], text: str) -> Lexeme:
    kind, words = found.lastgroup or "MARK", found[0]
    start, end = found.span()
    if kind == "NUMBER":
        symbol, value = _number(words, text, start, end)
    elif kind in _NUMERALS:
        symbol, value = kind, _NUMERALS[kind](words)
    else:
        symbol, value = _word(words)
        if symbol != OTHER and text[start - 1 : start] in _CODE_MARKS:
            symbol = OTHER
    return Lexeme(symbol, start, end, words, value)


def _word(words: str) -> tuple[str, Meaning]:
    lower = words.lower()
    if len(lower) > 1 and lower[-1] == ".":
        lower = lower[:-1]
    if words in ZONES:
        return "ZONE", ZONES[words]
    symbol, value = SYMBOL_OF.get(lower, (OTHER, ""))
    if symbol == "MONTH":
        return _month_symbol(words, lower), value
    if lower in SHORT_WEEKDAYS:
        return "SHORT_WEEKDAY", value
    return symbol, value


def _month_symbol(words: str, lower: str) -> str:
    if words == lower and lower in AMBIGUOUS_MONTHS:
        return "MAYBE_MONTH"
    return "SHORT_MONTH" if lower in SHORT_MONTHS else "MONTH"


def _number(words: str, text: str, start: int, end: int) -> tuple[str, Meaning]:
    """The symbol of a run of digits: a day's number, a year, a four-digit hour; money and codes are none of these."""
    if _is_code(text, start, end):
        return OTHER, ""
    number = float(words.replace(",", ""))
    if not number.is_integer():
        return "AMOUNT", number
    if len(words) == 4 and words.isdigit():
        if words[0] == "0" or (words[:2] < "25" and words[2] < "6" and _HOURS_AFTER.match(text, end)):
            return "MILITARY", words
        if 1000 <= number <= 2199:
            return "YEAR", int(number)
    return ("DAYNUM" if 1 <= number <= 31 and len(words) <= 2 else "AMOUNT"), int(number)


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether a number is money, a share, or part of a code such as AB-123 or 787-9."""
    before = text[max(0, start - 3) : start]
    if text[end : end + 1] == "%" or (before.strip() and before.rstrip()[-1] in _CODE_MARKS):
        return True
    if before[-1:].isalpha() or text[end : end + 1] == "_":
        return True
    return before[-1:] in "-/" and before[-2:-1].isalnum() and not _is_range(text, start, end)


def _is_range(text: str, start: int, end: int) -> bool:
    """Whether a number after a hyphen ends a range or follows a word: "3-5 July", "2010-2012", "mid-2011"."""
    left = re.search(r"([^\W_]+)-$", text[max(0, start - 12) : start])
    if left is None:
        return False
    word = left[1]
    return word.lower() in SYMBOL_OF or (word.isdigit() and len(word) in (1, 2, 4) and end - start in (1, 2, 4))


def _decade(words: str) -> str:
    digits = "".join(c for c in words if c.isdigit())
    if len(digits) == 4:
        return digits[:3]
    return "19" + digits[0]


def _short_year(words: str) -> int:
    number = int(words[-2:])
    return number + (1900 if number > 50 else 2000)


_NUMERALS: dict[str, Callable[[str], Meaning]] = {
    "ISO": lambda words: "2001-09-11" if words == "9/11" else words,
    "SLASHED": str,
    "CLOCK": lambda words: words.replace(".", ":"),
    "DECADE": _decade,
    "QUARTERED": lambda words: words.upper(),
    "NTH": lambda words: int(words[:-2]),
    "SHORT_YEAR": _short_year,
}


# ------------------------------------------------------------------------------------------------------------- joining
def _join_holidays(text: str, named: list[tuple[int, int, int]], lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """Names of holidays as one lexeme each."""
    spans = list(named)
    for lexeme in lexemes:
        while spans and spans[0][1] <= lexeme.start:
            spans.pop(0)
        if not spans or lexeme.end <= spans[0][0]:
            yield lexeme
        elif lexeme.end >= spans[0][1]:
            start, end, number = spans[0]
            yield Lexeme("HOLIDAY", start, end, text[start:end], number)


def _join_stops(lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """Short months and weekdays together with their full stop, as in "Dec. 31"."""
    held: Lexeme | None = None
    for lexeme in lexemes:
        if held and lexeme.symbol == "STOP" and lexeme.start == held.end:
            yield held._replace(end=lexeme.end, text=held.text + ".")
            held = None
            continue
        if held:
            yield held
        held = lexeme if lexeme.symbol in ("SHORT_MONTH", "SHORT_WEEKDAY") else None
        if held is None:
            yield lexeme
    if held:
        yield held


def _join_numbers(lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """Number words that make one number as one lexeme: "twenty nine", "forty-three", "twenty-first", "two hundred"."""
    k = 0
    while k < len(lexemes):
        number, k = lexemes[k], k + 1
        if number.symbol != "CARDINAL":
            yield number
            continue
        while longer := _joined(number, lexemes[k : k + 2]):
            number, k = longer[0], k + longer[1]
        small = number.symbol == "CARDINAL" and 1 <= int(number.value) <= 31
        yield number._replace(symbol="CARDINAL_DAY") if small else number


def _joined(number: Lexeme, following: list[Lexeme]) -> tuple[Lexeme, int] | None:
    """A number with what follows it, and how many lexemes that took; None when they make no number together."""
    used = 1
    if following and following[0].symbol == "HYPHEN" and following[0].start == number.end:
        following, used = following[1:], 2
    if not following or number.symbol != "CARDINAL":
        return None
    total = _sum(int(number.value), following[0])
    if total is None:
        return None
    symbol = "CARDINAL" if following[0].symbol == "CARDINAL" else "ORDINAL"
    return number._replace(symbol=symbol, end=following[0].end, text=number.text + following[0].text, value=total), used


def _sum(number: int, after: Lexeme) -> int | None:
    """The sum of "twenty" and "nine", "twenty" and "first", "two" and "hundred"; None where the words make none."""
    if after.symbol not in ("CARDINAL", "ORDINAL", "SECOND"):
        return None
    value = int(after.value)
    if number % 100 in range(20, 100, 10) and 1 <= value <= 9:
        return number + value
    if after.symbol == "CARDINAL" and value in (12, 100, 1000) and 0 < number < value:
        return number * value
    return None
