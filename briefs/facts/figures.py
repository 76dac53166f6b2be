"""Figures as news gives them, and whether two of them can be of one thing: "about $1 million" and "$1.02 million" can."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Literal

from briefs.language.words import NUMBER_WORDS

Bound = Literal["about", "least", "most"]

ROUNDED = 0.025  # share of a round figure within which another may be the same one told in full
HEDGED = 0.10  # the same for "about 100"
BOUNDED = 0.25  # how far beyond "more than 100" the full figure may lie
MOST_DIGITS = 30  # of a figure, its commas and places counted
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "grand": 1e3, "k": 1e3, "dozen": 12.0, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9,
    "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_SPELLED = "|".join(sorted(set(NUMBER_WORDS) - {"hundred", "dozen"}, key=len, reverse=True))
_WORDS = "hundred|thousand|dozen|million|billion|trillion"
_SCALE = rf"{_WORDS}|grand\b|(?:mn|bn|tn|[kmb])(?!\w)"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>\d[\d,]*(?:\.\d+)?)|(?P<word>{_SPELLED})(?:(?<=ty)[\s-](?P<ones>{_SPELLED}))?(?![a-z]))"
    rf"(?P<scales>(?:[\s-]?(?:{_SCALE}))*)|\b(?P<bare>{_WORDS})\b",
    re.IGNORECASE,
)
_ON = re.compile(r"[\s-](?:and\s)?")
_CURRENCY = re.compile(r"US\$|C\$|A\$|NZ\$|[$£€¥]")
_MONEY = {"dollar": "$", "euro": "€", "pound": "£", "yen": "¥", "rouble": "rouble", "ruble": "rouble"}
_SHARE = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|[-–—]|and)\s*(?:US\$|C\$|A\$|NZ\$|[$£€¥])?\s*$", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|approx|estimated|an? (?=hundred|thousand|dozen|million|billion))",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:over|more than|at least|no fewer than|above|upwards? of|exceed\w*|a minimum of)\b", re.IGNORECASE
)
_MOST = re.compile(
    r"\b(?:nearly|almost|up to|less than|fewer than|under|at most|as many as|as much as|close to|just short of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a range of numbers. ``step`` is one in its last digit told: a million for "$3 million"."""

    low: float
    high: float
    step: float
    unit: str  # "$", "€"…, "%", or "" for what is counted
    bound: Bound | None = None

    @property
    def is_range(self) -> bool:
        """Whether it is told as a range: "25,000 to 30,000"."""
        return self.low < self.high


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its range in the text. ``step`` is one in its last digit that is no nought, ``scale`` what words make of it."""

    value: float
    step: float
    scale: float
    spelled: bool
    start: int
    end: int


def figure(text: str) -> Figure | None:
    """The one figure or range of figures in a text; None when there is none, or more than one."""
    found = _numbers(text)
    unit = _unit(text)
    if len(found) == 1:
        return Figure(found[0].value, found[0].value, found[0].step, unit, _bound(text))
    if len(found) == 2 and _TO.fullmatch(text[found[0].end : found[1].start]):
        first, second = found
        low, high, step = first.value, second.value, second.step
        if first.scale == 1 < second.scale and low < high / step:
            low *= step  # "2 to 3 million"
        return Figure(low, high, step, unit) if low < high else None
    return None


def numbers(text: str) -> list[float]:
    """The numbers of a text, however spelled: "twenty-five" is one, "46 to 57" are two."""
    return [number.value for number in _numbers(text)]


def _numbers(text: str) -> list[_Number]:
    found: list[_Number] = []
    for match in _NUMBER.finditer(text):
        if len(match["digits"] or "") > MOST_DIGITS:
            continue  # the number of something, not how many
        number = _number(match)
        if not math.isfinite(number.value):
            continue  # "million million million …"
        if found and _goes_on(found[-1], number, text):
            first = found.pop()
            number = replace(number, value=first.value + number.value, start=first.start)
        found.append(number)
    return found


def _goes_on(first: _Number, second: _Number, text: str) -> bool:
    """Whether one number is told in several words: "five hundred and eighty-four"."""
    spelled = first.spelled and second.spelled and second.value < first.scale
    return spelled and _ON.fullmatch(text[first.end : second.start]) is not None


def _number(match: re.Match[str]) -> _Number:
    worth = re.findall(rf"{_WORDS}|[a-z]+", (match["scales"] or match["bare"] or "").lower())
    scale = math.prod((_SCALES[word] for word in worth), start=1.0)
    if match["digits"]:
        digits = match["digits"].rstrip(",").replace(",", "")
        whole, _, part = digits.partition(".")
        step = 10.0 ** -len(part) if part else 10.0 ** (len(whole) - len(whole.rstrip("0")))
        return _Number(float(digits) * scale, step * scale, scale, False, *match.span())
    told = [float(NUMBER_WORDS[word.lower()]) for word in (match["word"], match["ones"]) if word]
    return _Number((sum(told) if told else 1.0) * scale, scale, scale, True, *match.span())


def _unit(text: str) -> str:
    if found := _CURRENCY.search(text):
        return found[0][-1]
    if _SHARE.search(text):
        return "%"
    return next((sign for word, sign in _MONEY.items() if re.search(rf"\b{word}s?\b", text, re.IGNORECASE)), "")


def _bound(text: str) -> Bound | None:
    if _LEAST.search(text):
        return "least"
    if _MOST.search(text):
        return "most"
    return "about" if _ABOUT.search(text) else None


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures can be the same one, told more and less exactly."""
    if one.unit != other.unit:
        return True  # "78 percent" and "$1 billion" are two measures and no contradiction
    return _covers(one, other) or _covers(other, one)


def _covers(rough: Figure, exact: Figure) -> bool:
    """Whether a figure is another one told less exactly."""
    if rough.is_range:
        inside = rough.low < exact.low and exact.high < rough.high
        return inside or (rough.low, rough.high) == (exact.low, exact.high)  # "25,000 to 30,000" is not "30,000"
    if exact.is_range:
        return False
    apart = exact.low - rough.low
    if rough.bound == "least" and 0 <= apart <= BOUNDED * rough.low:
        return True
    if rough.bound == "most" and 0 <= -apart <= BOUNDED * rough.low:
        return True
    share = HEDGED if rough.bound else ROUNDED
    return abs(apart) < max(min(rough.step / 2, share * rough.low), 1e-9)


def apart(one: Figure, other: Figure) -> float:
    """How many times the larger of two figures is the smaller; 1 for the same, infinite for other measures."""
    least, most = sorted((abs(one.high), abs(other.high)))
    return most / least if one.unit == other.unit and least else float("inf")
