"""Text → lexemes: the words a time expression can be made of, each with its symbol, its meaning and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.language.times import holidays
from briefs.language.times.lexicon import CARDINALS, ORDINALS, SHORT_MONTHS, SHORT_WEEKDAYS, SYMBOL_OF, Meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OTHER = "OTHER"

_TOKEN = re.compile(
    r"""
    (?P<ISO>\d{4}-\d\d-\d\d(?![\d-])(?:T\d\d:\d\d(?::\d\d)?)?)
  | (?P<SLASHED>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/]))
  | (?P<CLOCK>(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?|\.[0-5]\d(?=\s?[ap]\.?m\b))(?![\d:]))
  | (?P<DECADE>(?:1\d|20)\d0['’]?s\b|['’]?[2-9]0['’]?s\b)
  | (?P<QUARTERED>[Qq][1-4]\b|[HF][12]\b)
  | (?P<NTH>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<SHORT_YEAR>['’]\d\d\b)
  | (?P<NUMBER>\d+(?:,\d{3})*(?:\.\d+)?)
  | (?P<WORD>[^\W\d_]\.(?:[^\W\d_]\.?)+|[^\W\d_]+(?:['’](?:clock|s\b))?)
  | (?P<MARK>[^\w\s])
    """,
    re.VERBOSE,
)
_MONEY = frozenset("$€£¥#№")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, number or mark: its grammar symbol, its meaning, its range in the text."""

    symbol: str
    start: int
    end: int
    text: str
    value: Meaning = ""


def lex(text: str) -> list[Lexeme]:
    """All lexemes of a text in order; words no time expression uses have the symbol OTHER."""
    return list(_join_numbers(list(_join_holidays(text, [_lexeme(m, text) for m in _TOKEN.finditer(text)]))))


def _lexeme(found: re.Match[str], text: str) -> Lexeme:
    kind, words = str(found.lastgroup), found.group()
    start, end = found.span()
    if kind in ("WORD", "MARK"):
        symbol, value = _word(words, text, end)
    elif kind == "NUMBER":
        symbol, value = _number(words, text, start, end)
    else:
        symbol, value = kind, _NUMERALS[kind](words)
    return Lexeme(symbol, start, end, words, value)


def _word(words: str, text: str, end: int) -> tuple[str, Meaning]:
    lower = (words.lower().rstrip(".") or words).removesuffix("'s").removesuffix("’s")
    if lower in CARDINALS:
        return "CARDINAL", CARDINALS[lower]
    if lower in ORDINALS:
        return ("SECOND" if lower == "second" else "ORDINAL"), ORDINALS[lower]
    symbol, value = SYMBOL_OF.get(lower, (OTHER, ""))
    if symbol == "MONTH" and (words.islower() and lower in ("may", "march", "mar", "dec", "sep", "jan")):
        return "MAYBE_MONTH", value
    if symbol == "MONTH" and lower in SHORT_MONTHS:
        return "SHORT_MONTH", value
    if symbol == "WEEKDAY" and lower in SHORT_WEEKDAYS:
        return "SHORT_WEEKDAY", value
    return symbol, value


def _number(words: str, text: str, start: int, end: int) -> tuple[str, Meaning]:
    """The symbol of a run of digits: a day's number, a year, a four-digit hour; money and codes are none of these."""
    before, after = text[:start].rstrip()[-1:], text[end : end + 1]
    if before in _MONEY and before or text[start - 1 : start].isalpha() or after == "%":
        return OTHER, ""
    if text[start - 1 : start] == "-" and text[start - 2 : start - 1].isdigit():
        return OTHER, ""
    number = float(words.replace(",", ""))
    if not number.is_integer():
        return "AMOUNT", number
    if len(words) == 4 and words.isdigit():
        if words[0] == "0" or (words[:2] < "25" and re.match(r"\s(?:UTC|GMT|hours|hrs)\b", text[end:])):
            return "MILITARY", words
        if 1000 <= number <= 2199:
            return "YEAR", int(number)
    return ("DAYNUM" if 1 <= number <= 31 and len(words) <= 2 else "AMOUNT"), int(number)


def _decade(words: str) -> str:
    digits = re.sub(r"\D", "", words)
    if len(digits) == 4:
        return digits[:3]
    return ("20" if digits < "20" else "19") + digits[0]


def _short_year(words: str) -> int:
    number = int(words[-2:])
    return number + (1900 if number > 50 else 2000)


_NUMERALS: dict[str, Callable[[str], Meaning]] = {
    "ISO": str,
    "SLASHED": str,
    "CLOCK": lambda words: words.replace(".", ":"),
    "DECADE": _decade,
    "QUARTERED": lambda words: words.upper(),
    "NTH": lambda words: int(words[:-2]),
    "SHORT_YEAR": _short_year,
}


def _join_holidays(text: str, lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """Names of holidays as one lexeme each."""
    spans = list(holidays.mentions(text))
    for lexeme in lexemes:
        while spans and spans[0][1] <= lexeme.start:
            spans.pop(0)
        if not spans or lexeme.end <= spans[0][0]:
            yield lexeme
        elif lexeme.end >= spans[0][1]:
            start, end, name = spans[0]
            yield Lexeme("HOLIDAY", start, end, text[start:end], name)


def _join_numbers(lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """Number words that make one number as one lexeme: "twenty nine", "forty-three", "twenty-first", "two hundred"."""
    k = 0
    while k < len(lexemes):
        first = lexemes[k]
        if first.symbol != "CARDINAL":
            yield first
            k += 1
            continue
        joined, k = first, k + 1
        while k < len(lexemes) and (longer := _joined(joined, lexemes[k : k + 2])):
            joined, used = longer
            k += used
        yield replace(
            joined,
            symbol="CARDINAL_DAY" if joined.symbol == "CARDINAL" and 1 <= int(joined.value) <= 31 else joined.symbol,
        )


def _joined(number: Lexeme, following: list[Lexeme]) -> tuple[Lexeme, int] | None:
    """A number with what follows it, and how many lexemes that took; None when they make no number together."""
    used = 1
    if following and following[0].symbol == "HYPHEN" and following[0].start == number.end:
        following, used = following[1:], 2
    if not following or number.symbol != "CARDINAL":
        return None
    after, value = following[0], int(number.value)
    tens = value % 100 in range(20, 100, 10)
    if tens and after.symbol in ("CARDINAL", "ORDINAL", "SECOND") and 1 <= int(after.value) <= 9:
        symbol = "CARDINAL" if after.symbol == "CARDINAL" else "ORDINAL"
        total = value + int(after.value)
    elif after.symbol == "CARDINAL" and int(after.value) in (100, 1000) and value < int(after.value):
        symbol, total = "CARDINAL", value * int(after.value)
    else:
        return None
    return replace(number, symbol=symbol, end=after.end, text=number.text + " " + after.text, value=total), used
