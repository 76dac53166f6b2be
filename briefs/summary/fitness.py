"""Whether a sentence can stand in a briefing: alone, after its neighbour, or not at all; and how long it reads right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.language.words import count, word_set
from briefs.summary.backward import adds, pointer, unspoken_of
from briefs.summary.notices import notice, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.models import Mention

SHORTEST, LONGEST = 5, 60  # words
LEAST_SAID = 2  # words beside a quotation, which say whose it is
DEPENDENT = 0.3  # factor of what cannot be understood without the sentence before it
UNSPOKEN_OF, ADDING, LABELLED, RUN_TOGETHER = 0.7, 0.85, 0.6, 0.5  # factors of lesser flaws

_ENDS = re.compile(r"[.!。！｡۔।॥։።။።!] ?[\"'“”’»«›)\]」』）】]*$")
_CUT_OFF = re.compile(r"(?:\.\.\.|…)\W*$")
_NAMES = r"[A-Z][\w.'’-]*(?:,?\s+(?:[A-Z][\w.'’-]*|\d{1,2}|d[aeiu]s?|of)){0,5}"
_PLACE_LINE = re.compile(
    rf"(?:(?:{_NAMES}\s*,?\s*)?\([^()]{{2,30}}\)\s*[-–—]{{1,2}}\s*|\([A-Z][\w /.]{{1,20}}\)\s*|{_NAMES}\s*[-–—]{{1,2}}\s+(?!.*\s[-–—]{{1,2}}\s)|"
    r"[A-Z]{3,}[A-Z .,]*\s*(?::|\s[-–—]{1,2})\s+)(?=[\"“‘]?[A-Z])"
)
_LABEL = re.compile(
    r"(?:\d{1,2}[:.]\d{2}\s*(?:[ap]\.?\s?m\.?)?\s*(?:[A-Z]{2,4})?\s*[-–—:|]?\s+|[•*▪‣●■]\s*|"
    r"(?i:update[ds]?|breaking(?: news)?|exclusive|live|just in|developing|new|the latest)\b[^“\"]{0,40}?:\s+)(?=[\"“‘]?[A-Z])"
)
_HEADED = re.compile(
    r"^(?!.{0,40}\b(?:is|are|was|were|said|added|\w+ed|\w+s that)\b.{0,20}:)[A-Z][\w'’]*(?:\s[\w'’]+){0,3}:\s+[A-Z]"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_STAMP = re.compile(
    rf"(?<!\bon )(?<!\bOn )(?<!\bin )(?<!\bIn )(?<!\bof )(?<!since )(?<!until )(?<!\bby ){_MONTH} \d{{1,2}}, \d{{4}},? "
    r"(?:\d{1,2}: ?\d{2} ?[AaPp]\.?[Mm]\.? ?(?:[A-Z]{2,4} )?)?[A-Z]"
)
_NEW_START = re.compile(
    r"\b(?:[a-z]{3,}|\d+) (?:(?:After|An|Another|When|While|It|He|She|They|There|Police|Officials|According) [a-z]|A [A-Z][a-z]+ [a-z])"
)
_TOLD_AGAIN = re.compile(
    r"^\W*([A-Z]\w{3,})\b.{15,120}?\b(\w+) \1 (?:has|have|had|is|was|were|are|will|said|says|\w+ed)\b"
)
_MAY_PRECEDE_A_NAME = word_set(
    "a about after and as at because before but by for from how if in of on or said say saying says so than that the to what when where "
    "whether which while who why with"
)

_QUOTATION = re.compile(r"^\W*[\"“„«‘「]")
_THAT_DAY = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|last night|overnight|this (?:morning|afternoon|evening)|earlier today|later today)\b",
    re.IGNORECASE,
)
_THAT_WEEK = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:this|last|next) (?:week|weekend)|over the weekend|(?:days?|hours?) (?:ago|earlier))\b",
    re.IGNORECASE,
)
_THAT_MONTH = re.compile(r"\b(?:this|last|next|earlier this|later this) month\b|\bweeks? ago\b", re.IGNORECASE)
_READS_RIGHT = ((_THAT_DAY, timedelta(days=1)), (_THAT_WEEK, timedelta(days=6)), (_THAT_MONTH, timedelta(days=28)))


@dataclass(frozen=True, slots=True)
class Fitness:
    """How fit a sentence is, and why not: 0 is never briefed, at most DEPENDENT only behind the sentence before it, 1 flawless."""

    value: float
    reasons: tuple[str, ...] = ()


def fitness(text: str, language: str = "en", mentions: Sequence[Mention] = (), start: int = 0) -> Fitness:
    """How fit a sentence is to stand alone.

    ``mentions`` are its article's, where they are known, and ``start`` is where the sentence stands in the article.
    """
    if (refused := refusal(text, language)) is not None:
        return Fitness(0.0, (refused,))
    value, reasons = 1.0, list[str]()
    for factor, reason in _flaws(text, language, mentions, start):
        value *= factor
        reasons.append(reason)
    return Fitness(value, tuple(reasons))


def usable(text: str, language: str = "en") -> bool:
    """Whether a sentence may be briefed at all: whole, of a sensible length, telling and not advertising."""
    return refusal(text, language) is None


def stands_alone(text: str, language: str = "en", mentions: Sequence[Mention] = (), start: int = 0) -> bool:
    """Whether nothing in the sentence points back to one before it."""
    return pointer(text, language, mentions, start) is None


@lru_cache(maxsize=4_096)  # wire copies, and who asks first whether and then how
def refusal(text: str, language: str = "en") -> str | None:
    """Why a sentence may not be briefed, in a few words; None: it may."""
    if not SHORTEST <= count(text) <= LONGEST:
        return "too short or too long"
    if _CUT_OFF.search(text) or _begins_within(text):
        return "cut off"
    if _ENDS.search(text) is None:
        return "a question or a fragment"
    if not balanced(text):
        return "half a quotation or bracket"
    if _spoken_by_nobody(text):
        return "a quotation without its speaker"
    return notice(text) if language in ("en", "und") else None


def opening(text: str) -> int:
    """How many characters stand before the sentence itself: a place line, a time of day, "UPDATE:"."""
    found = _LABEL.match(text) or _PLACE_LINE.match(text)
    return found.end() if found else 0


def reads_right_for(text: str) -> timedelta | None:
    """How long after it was published a sentence is still understood: "yesterday" for a day; None: always."""
    own = unquoted(text)
    return next((limit for pattern, limit in _READS_RIGHT if pattern.search(own)), None)


def balanced(text: str) -> bool:
    """Whether every quotation and bracket that opens in the sentence also closes in it, in the way of any language."""
    even = text.count('"') % 2 == 0 and text.count("(") == text.count(")") and text.count("（") == text.count("）")
    pairs = (
        text.count("«") == text.count("»")
        and text.count("「") == text.count("」")
        and text.count("『") == text.count("』")
    )
    return even and pairs and _quotes_match(text)


def _quotes_match(text: str) -> bool:
    low, high, right = text.count("„"), text.count("“"), text.count("”")
    return low == high + right if low else high == right  # „so“ and „so” in German and Polish, “so” elsewhere


def _begins_within(text: str) -> bool:
    """Whether the first letter is small, as in no sentence, if it is not a name's ("iPhone")."""
    first = text.lstrip("\"'“‘([").split(maxsplit=1)[0] if text.strip() else ""
    return first[:1].islower() and not any(map(str.isupper, first))


def _spoken_by_nobody(text: str) -> bool:
    """Whether a sentence is nothing but a quotation."""
    return _QUOTATION.match(text) is not None and count(unquoted(text)) < LEAST_SAID


def _flaws(text: str, language: str, mentions: Sequence[Mention], start: int) -> Iterator[tuple[float, str]]:
    """Each flaw as a factor and a reason."""
    if (found := pointer(text, language, mentions, start)) is not None:
        yield DEPENDENT, f"points back: {found!r}"
    if language not in ("en", "und"):
        return
    if (thing := unspoken_of(text)) is not None:
        yield UNSPOKEN_OF, f"speaks of {thing!r} as known"
    if adds(text):
        yield ADDING, "adds to something before it"
    if opening(text) or _HEADED.match(text):
        yield LABELLED, "begins with a place line or a label"
    if _runs_together(unquoted(text)):
        yield RUN_TOGETHER, "a headline or a date runs into it"


def _runs_together(own: str) -> bool:
    """Whether a headline or a date goes over into the sentence without a stop: "Ferry sinks off Lund A ferry has sunk …"."""
    again = _TOLD_AGAIN.match(own)
    twice = again is not None and again[2].lower() not in _MAY_PRECEDE_A_NAME
    return twice or _STAMP.search(own) is not None or _NEW_START.search(own) is not None
