"""Which quantity a question asks for: the sorts that may answer it, the unit and the noun it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask
from briefs.answers.quantities import Quantity, Sort
from briefs.language.synonyms import family, synonyms
from briefs.language.words import STOP_WORDS, stem, word_set, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefs.answers.questions import Question

OTHER_SORT = 0.1  # fit of a quantity of a sort that was not asked for
_S = Sort


@dataclass(frozen=True, slots=True)
class Measure:
    """What is asked for. ``sorts`` says how well each sort fits, ``nouns`` are the stems counted, the head last."""

    sorts: Mapping[Sort, float]
    nouns: tuple[str, ...] = ()
    unit: str = ""
    change: bool = False  # by how much something rose or fell


_COUNTED = {
    _S.COUNT: 1.0,
    _S.SHARE: 0.3,
    _S.CHANGE: 0.1,
    _S.WEIGHT: 0.2,
    _S.VOLUME: 0.2,
    _S.POWER: 0.2,
    _S.AREA: 0.2,
    _S.OTHER: 0.45,
}
_PAID = {_S.MONEY: 1.0, _S.SHARE: 0.2}
_MUCH = {
    _S.MONEY: 0.9, _S.SHARE: 0.8, _S.WEIGHT: 0.8, _S.VOLUME: 0.8, _S.AREA: 0.7, _S.POWER: 0.7, _S.DATA: 0.7, _S.CHANGE: 0.5,
    _S.COUNT: 0.45, _S.DURATION: 0.3, _S.LENGTH: 0.5, _S.HEAT: 0.5, _S.OTHER: 0.4,
}  # fmt: skip
_SHARED = {_S.SHARE: 1.0, _S.COUNT: 0.25, _S.MONEY: 0.35, _S.CHANGE: 0.2, _S.AREA: 0.5, _S.VOLUME: 0.4, _S.WEIGHT: 0.4}
_CHANGED = {
    _S.SHARE: 1.0, _S.MONEY: 0.85, _S.CHANGE: 0.95, _S.COUNT: 0.4, _S.OTHER: 0.9, _S.LENGTH: 0.7, _S.HEAT: 0.8, _S.WEIGHT: 0.6,
    _S.DURATION: 0.5,
}  # fmt: skip
_LASTED = {_S.DURATION: 1.0}
_LENGTHY = {_S.DURATION: 0.9, _S.LENGTH: 0.9}
_TALL = {_S.LENGTH: 1.0, _S.DURATION: 0.3, _S.COUNT: 0.15}
_LARGE = {
    _S.AREA: 1.0, _S.COUNT: 0.45, _S.MONEY: 0.6, _S.LENGTH: 0.8, _S.VOLUME: 0.8, _S.WEIGHT: 0.8, _S.SHARE: 0.6, _S.DATA: 0.7,
    _S.SCORE: 0.5, _S.OTHER: 0.6,
}  # fmt: skip
_VOTED = {_S.SCORE: 1.0, _S.SHARE: 0.5, _S.COUNT: 0.25}
_OFTEN = {_S.OTHER: 1.0, _S.DURATION: 0.5}

# What stands behind "how", by its first word.
_HOW = {
    "old": {_S.AGE: 1.0, _S.DURATION: 0.5, _S.COUNT: 0.2}, "far": _TALL, "tall": _TALL, "high": _TALL | {_S.COUNT: 0.4, _S.SHARE: 0.5, _S.MONEY: 0.5, _S.HEAT: 0.6},
    "wide": _TALL, "deep": _TALL, "big": _LARGE, "large": _LARGE, "strong": {_S.COUNT: 0.8, _S.SPEED: 0.9, _S.OTHER: 0.8, _S.POWER: 0.8},
    "powerful": {_S.COUNT: 0.8, _S.POWER: 1.0, _S.OTHER: 0.8}, "fast": {_S.SPEED: 1.0, _S.DURATION: 0.4, _S.SHARE: 0.3},
    "quickly": {_S.DURATION: 1.0, _S.SPEED: 0.8}, "soon": _LASTED, "heavy": {_S.WEIGHT: 1.0}, "hot": {_S.HEAT: 1.0}, "cold": {_S.HEAT: 1.0},
    "warm": {_S.HEAT: 1.0}, "often": _OFTEN, "expensive": _PAID, "close": _VOTED | {_S.LENGTH: 0.8, _S.OTHER: 0.7},
}  # fmt: skip
_UNITS: tuple[tuple[Sort, frozenset[str]], ...] = (
    (_S.DURATION, word_set("second minute hour day night week month year decade century")),
    (_S.LENGTH, word_set("mile kilometre kilometer km metre meter foot feet inch yard storey story centimetre centimeter")),
    (_S.AREA, word_set("acre hectare")),
    (_S.WEIGHT, word_set("ton tonne kilo kilogram kg ounce gram")),
    (_S.VOLUME, word_set("litre liter gallon barrel bushel")),
    (_S.MONEY, word_set("dollar euro pound yen rouble ruble cent franc peso rupee yuan")),
    (_S.SHARE, word_set("percent percentage")),
    (_S.HEAT, word_set("degree")),
    (_S.POWER, word_set("megawatt gigawatt watt kilowatt horsepower")),
    (_S.OTHER, word_set("time point")),
)  # fmt: skip
_MONEY_NOUNS = word_set(
    "price cost profit revenue revenues salary budget loss losses fine bill fee fees worth earnings income debt debts money cash funding "
    "funds aid loan loans capital compensation pay bonus bail ransom sales tax taxes turnover rent deficit surplus bounty reward prize "
    "damages settlement investment subsidy subsidies grant grants valuation value savings expenses spending bailout"
)
_SHARE_NOUNS = word_set("percentage percent share proportion fraction stake part rate majority turnout")
_VOTE_NOUNS = word_set("vote score result tally margin outcome split")
_MONEY_VERBS = word_set(
    "pay cost spend earn owe donate fine repay lend borrow invest fetch bid charge contribute budget buy sell raise settle fund"
)
_CHANGES = (
    r"(?:rise|rose|risen|rising|fall|fell|fallen|falling|increase[ds]?|decrease[ds]?|drop(?:ped)?|grow|grew|grown|growing|decline[ds]?|"
    r"climb(?:ed)?|jump(?:ed)?|slip(?:ped)?|plunge[ds]?|soar(?:ed)?|surge[ds]?|shrink|shrank|shrunk|change[ds]?|slump(?:ed)?|tumble[ds]?|"
    r"(?:go|gone|went|going|come|came)\s(?:up|down)|cut|reduce[ds]?|raise[ds]?|lower(?:ed)?|improve[ds]?)"
)
_AUXILIARIES = word_set(
    "is are was were be been being did do does has have had will would can could may might must shall should 's 're in on at by from to "
    "with for under over after before during since until than that which who whom when where while there it its they he she we you i "
    "and or but if once now"
)
_RISE = re.compile(
    r"\b(?:rise|raise|increase|cut|drop|fall|discount|hike|decline|gap|majority|margin|share|stake)\b", re.IGNORECASE
)
_HOW_PHRASE = re.compile(r"\bhow\s+(?P<first>[a-z]+)\b(?P<rest>[^?]*)", re.IGNORECASE)
_RATE = re.compile(r"\b(?:per|each|apiece|every)\b", re.IGNORECASE)
_PEOPLE = word_set(
    "people person man woman child men women children dead victim passenger civilian worker resident student soldier troop protester "
    "individual human inmate patient employee member refugee migrant adult boy girl casualty fatality death officer player pilot "
    "survivor demonstrator voter spectator fan visitor viewer guest attendee"
)
PEOPLE_STEMS = frozenset(stem(word) for word in _PEOPLE)
CASUALTIES = frozenset(
    stem(word)
    for word in word_set(
        "killed dead died die injured wounded hurt missing arrested homeless injuries deaths casualties evacuated detained"
    )
)


def is_rate(text: str) -> bool:
    """Whether a text tells what one of several costs: "per share", "each share"."""
    return _RATE.search(text) is not None


def is_measured(question: Question) -> bool:
    """Whether "how" asks for a quantity: "how tall", "how strong"."""
    found = _HOW_PHRASE.search(question.text)
    return found is not None and found["first"].lower() in _HOW


@lru_cache(maxsize=64)
def measure(question: Question, ask: Ask) -> Measure:
    """What quantity the question asks for."""
    text = question.text.lower()
    found = _HOW_PHRASE.search(text)
    first = found["first"] if found else ""
    if first in ("big", "large") and _RISE.search(found["rest"] if found else ""):
        return Measure(_CHANGED, change=True)
    if found and first in _HOW and (first != "often" or ask is Ask.HOW_LONG):
        return Measure(_HOW[first], unit="old" if first == "old" else "")
    if found and first == "long":
        thing = re.match(r"\s+(?:is|was|are|were)\s+(?:the|a|an|its|their)\s", found["rest"]) is not None
        return Measure(_LENGTHY if thing else _LASTED)
    if found and first == "many":
        return _many(_nouns(found["rest"], question))
    return _much(question, ask, text, found["rest"] if found and first == "much" else None)


def _many(nouns: tuple[str, ...]) -> Measure:
    for sort, units in _UNITS:
        if any(stem(unit) in nouns[-1:] or (stem(unit) in nouns and sort is not Sort.OTHER) for unit in units):
            unit = next(n for n in reversed(nouns) if any(stem(u) == n for u in units))
            weaker = {_S.COUNT: 0.3} if sort is not Sort.MONEY else {}
            return Measure({sort: 1.0, **weaker}, nouns, unit)
    return Measure(_COUNTED, nouns)


def _much(question: Question, ask: Ask, text: str, rest: str | None) -> Measure:
    asked = {stem(w) for w, _, _ in words(text)}
    nouns = _nouns(rest, question) if rest is not None else ()
    wanted = question.wanted or ""
    if rest is not None and nouns and nouns[-1] in {stem(w) for w in _MONEY_NOUNS}:
        return Measure(_PAID, nouns)
    if wanted in _VOTE_NOUNS and rest is None:
        return Measure(_VOTED)
    if (rest is not None and re.match(r"\s+of\b", rest)) or (
        rest is None and asked & {stem(w) for w in _SHARE_NOUNS} and not is_rate(text)
    ):
        return Measure(_SHARED)
    if re.search(
        rf"\bby how (?:much|many)\b|\bhow much (?:more|less|higher|lower)\b|\bhow much (?:did|has|have|had|do|does|will)\b.*\b{_CHANGES}\b",
        text,
    ):
        return Measure(_CHANGED, change=True)
    if (
        wanted in _MONEY_NOUNS
        or question.lemma in _MONEY_VERBS
        or asked & {stem(w) for w in _MONEY_VERBS | {"worth", "price"}}
    ):
        return Measure(_PAID)
    if rest is None and wanted == "attendance":
        return Measure(_COUNTED, (stem("people"),))
    if rest is None and ask is Ask.HOW_MUCH and wanted in ("number", "amount", "toll", "total", "population", "size"):
        return Measure(_COUNTED | {_S.MONEY: 0.6}, tuple(stem(w) for w, _, _ in words(text) if stem(w) in PEOPLE_STEMS))
    if rest is None and asked & {stem(w) for w in _MONEY_NOUNS}:
        return Measure(_PAID)
    return Measure(_MUCH, nouns)


def _nouns(rest: str, question: Question) -> tuple[str, ...]:
    """The stems of the phrase behind "how many", up to the verb, the head last; its own verb is no part of it.

    "How many died" asks for people.
    """
    out: list[str] = []
    spoken = [word for word, _, _ in words(rest)]
    # "how many died", but not "how many people are there"
    if spoken and spoken[0] == question.word and stem(spoken[0]) != stem(question.wanted or ""):
        return (stem("people"),) if stem(spoken[0]) in CASUALTIES else ()
    for word in spoken:
        if word in _AUXILIARIES or (out and word == question.word):
            break
        if word == "of" or word in STOP_WORDS:
            if out:
                break
            continue
        out.append(stem(word))
    return tuple(out[:5])


def noun_fit(wanted: Measure, quantity: Quantity) -> float:
    """How well what a quantity counts is what was asked for, 0..1; 0.5 where it counts nothing told."""
    if not wanted.nouns:
        return 0.6
    head, things = wanted.nouns[-1], quantity.things
    near: dict[str, float] = {}
    for place, thing in enumerate(things):
        near.setdefault(thing, 1.0 if place < 3 else 0.9)
    if head in near:
        return near[head]
    best = max((_alike(head, thing) * near[thing] for thing in near), default=0.0)
    if best >= 0.75:
        return best
    people = head in PEOPLE_STEMS or any(n in PEOPLE_STEMS for n in wanted.nouns)
    if people and things[:1] and (set(things[:2]) & (PEOPLE_STEMS | CASUALTIES)):
        return 0.85
    if any(noun in near for noun in wanted.nouns):
        return 0.75
    return 0.5 if quantity.bare else 0.3


def _alike(one: str, other: str) -> float:
    """Whether two stems name the same thing: words of one family, near synonyms, a compound's head ("dealership", "dealer")."""
    if family(one) == family(other) or one.replace("men", "man") == other.replace("men", "man"):
        return 0.95
    if other in synonyms(one) or one in synonyms(other):
        return 0.85
    shorter, longer = sorted((one, other), key=len)
    compound = len(shorter) >= 4 and (longer.startswith(shorter) or longer.endswith(shorter))
    return 0.8 if compound else 0.0
