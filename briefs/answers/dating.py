"""Which time dates an event: its own, one the parser hung on another word, one of another sentence that tells the same.

The parser hangs "on Thursday" on the nearest word, not always on the verb it belongs to. A time is an event's when it is
the fact's own; when it stands in one of its arguments ("signed the agreement reached on 3 May"); when the word it hangs on
cannot have it (a mere "it was on Monday that", a plan for a day that has passed); or when the sentence has no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from briefs.answers import matching
from briefs.answers.lexicon import LIGHT_VERBS
from briefs.facts import frames
from briefs.language.times import value_range
from briefs.language.words import stem, word_set, words
from briefs.models import Grain, Modality, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from briefs.answers.ground import Line
    from briefs.answers.questions import Question
    from briefs.models import Fact

REACH: Final = 100  # characters from an event's word within which the one date of its sentence may be its own
DAY: Final = timedelta(days=1)
OWN, HELD, FREED, LONE = 1.0, 0.9, 0.9, 0.85  # how surely a time is the event's

COPULAS: Final = frozenset({"be", "come", "have"})
# Verbs that only carry an event noun: "hold a primary", "the trial begins", "a strike is set for Monday".
SUPPORT: Final = word_set(
    "hold host stage happen occur schedule set plan begin start open run be come expect conduct make"
) | {
    "take place",
    "kick off",
}
_PHASES: Final = frozenset({"start", "end", "continue"})  # "began to rebuild in 1850" began then
_GAP = r"[\w.\-’']+"
_POSSESSIVE = re.compile(rf"['’]s?\s+(?:{_GAP},?\s+){{0,5}}")
_ATTRIBUTE = re.compile(rf"\s+(?:{_GAP}\s+){{0,2}}")
_DETERMINED = re.compile(
    r"\s(?:an?|the|another|its|his|her|their|this|that|every|no|for|with|by|to|of|in|at|on|from|as|and|but)\s"
)
_FUNCTION = (
    r"in|at|on|for|to|from|be|is|was|are|were|will|would|now|also|scheduled|set|held|planned|due|slated|expected|begin|begins|start"
    r"|starts|next|last|this|the|taking|take|takes|took|place|of|and|here|there"
)
_FOLLOWS = re.compile(rf"(?:,?\s+(?:{_FUNCTION}|[A-Z][\w.\-]*))*,?\s*")
_FIRST = re.compile(r"\b(?:first|initial|maiden|inaugural|earliest|debut|originally)\b", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:an?|the) (?:second|third|fourth|fifth)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|final|latest|most recent|concluding|closing)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=\w\s)(?:who|that|which|because|after|before|if|although)\b", re.IGNORECASE)
_MOVING: Final = frozenset(
    {
        "move",
        "shift",
        "push",
        "push back",
        "put back",
        "bring forward",
        "advance",
        "rearrange",
        "reschedule",
        "postpone",
    }
)
_TELLING: Final = frozenset({"say", "tell", "state", "speak", "comment", "remark", "mention", "declare", "add"})
_WITH = re.compile(r"\bwith\s[^,;]*$")
_APART = re.compile(r"[,–—\s-]*(?:(?:just|only|about|exactly|and)\s+)?")
_OFFSET = re.compile(r"\s+(?P<side>before|after|ahead of|prior to|following|from)\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """A time with how surely it is the event's, 0..1."""

    when: When
    sure: float


def is_date(when: When) -> bool:
    """Whether a time is a date, not a duration or a vague word."""
    if when.grain in (Grain.DURATION, Grain.VAGUE):
        return False
    return when.first is not None or re.match(r"\d{2,4}|XXXX-", when.value) is not None


def times_of(fact: Fact, line: Line) -> Iterator[Dated]:
    """The times that may date a fact, in its own sentence."""
    dates = [when for when in line.whens if is_date(when) and when.first is not None]
    if fact.when is not None:
        own = [when for when in dates if _is_argument(when, fact)]
        yield Dated(fact.when if fact.when.start in {when.start for when in own} or not own else own[0], OWN)
        return
    for when in dates:
        owners = [f for f in line.facts if f is not fact and f.when is not None and f.when.start == when.start]
        if _inside(when, fact):
            yield Dated(when, HELD)
        elif owners and all(_cannot_have(owner, when, fact, line) for owner in owners):
            yield Dated(when, FREED)
        elif not owners and len(dates) == 1 and abs(when.start - fact.predicate.end) <= REACH:
            yield Dated(when, LONE)


def _is_argument(when: When, fact: Fact) -> bool:
    """Whether a time stands in a time argument: "originally due in June, delayed until October" is delayed until October."""
    return any(a.role == "time" and a.start < when.end and when.start < a.end for a in fact.arguments)


def _inside(when: When, fact: Fact) -> bool:
    """Whether a time stands in one of the participants: "a staffer on Friday apologised"."""
    return any(
        a.start <= when.start < a.end
        and a.role not in ("topic", "reason", "manner", "time")
        and a.end - a.start < REACH
        for a in fact.arguments
    )


def _cannot_have(owner: Fact, when: When, fact: Fact, line: Line) -> bool:
    """Whether a time that the parser gave to another word is free for the fact."""
    cleft = owner.predicate.lemma in COPULAS and any(a.start <= fact.predicate.start < a.end for a in owner.arguments)
    part = any(
        a.start <= owner.predicate.start < a.end and (a.role in ("patient", "place") or _is_noun(owner, line))
        for a in fact.arguments
        if a.role != "topic" or fact.kind in _PHASES
    )
    day = when.first is not None and when.first <= line.at
    before = line.article.text[max(fact.start, fact.predicate.start - 60) : fact.predicate.start]
    accompanies = owner.predicate.start < fact.predicate.start and _WITH.search(before + " ") is not None
    doing = line.article.text[fact.predicate.start : fact.predicate.end].endswith("ing")
    if accompanies and doing:
        return True  # "a wild day yesterday, with shares losing a tenth"
    return cleft or part or (owner.modality is Modality.PLANNED and fact.modality is Modality.HAPPENED and day)


def _is_noun(fact: Fact, line: Line) -> bool:
    """Whether a fact hangs on a noun: "the nomination", not "nominated"."""
    word = line.article.text[fact.predicate.start : fact.predicate.end].lower()
    return any(frames.frame(noun, "NOUN") != frames.OTHER for noun in (word, word.removesuffix("s")))


# ------------------------------------------------------------------------------------------------------- event nouns
def times_of_noun(root: str, line: Line) -> Iterator[Dated]:
    """The times that hang on a word by its stem: "Tuesday's primary", "a debate on 3 May", "Norway in 1972"."""
    dates = [when for when in line.whens if is_date(when)]
    if not dates:
        return
    for spoken, start, end in words(line.text):
        if stem(spoken) != root:
            continue
        for when in dates:
            if any(_carries(fact, when, root) for fact in line.facts):
                yield Dated(when, OWN)
            elif _stands_by(when, line.start + start, line.start + end, line.article.text):
                yield Dated(when, HELD)


def _stands_by(when: When, start: int, end: int, text: str) -> bool:
    """Whether a time stands right before or after a word, but for what belongs to both."""
    if when.end <= start:
        gap = text[when.end : start]
        return not _DETERMINED.search(gap) and bool(_POSSESSIVE.fullmatch(gap) or _ATTRIBUTE.fullmatch(gap))
    return end <= when.start and _FOLLOWS.fullmatch(text[end : when.start]) is not None


def _carries(fact: Fact, when: When, root: str) -> bool:
    """Whether a fact of a verb that says nothing else gives the noun its time: "will hold primaries in mid May"."""
    if fact.when is None or fact.when.start != when.start or fact.predicate.lemma not in SUPPORT:
        return False
    return any(stem(a.head.lower()) == root for a in fact.arguments if a.role in ("patient", "agent", "other"))


def moves(root: str, fact: Fact) -> bool:
    """Whether a fact gives the event that a noun names another time: "the delivery is delayed until October"."""
    moved = fact.kind == "delay" or fact.predicate.lemma in _MOVING
    return moved and any(stem(a.head.lower()) == root for a in fact.arguments if a.role in ("patient", "agent"))


def times_beside(root: str, line: Line) -> Iterator[Dated]:
    """The times right after a word by its stem, in a list of several: "Norway in 1972, Greece in 1979"."""
    for spoken, start, end in words(line.text):
        for when in line.whens:
            behind = stem(spoken) == root and line.start + end <= when.start and is_date(when)
            if behind and _stands_by(when, line.start + start, line.start + end, line.article.text):
                yield Dated(when, HELD)


# ------------------------------------------------------------------------------------------------------ counted dates
def counted_from(line: Line) -> Iterator[tuple[When, Fact]]:
    """Events dated by a count from a date: "on 17 June, two days before the phone launches" launches it on 19 June."""
    for when in line.whens:
        for length in line.whens:
            if when.grain is not Grain.DAY or when.first is None or length.grain is not Grain.DURATION:
                continue
            event = _counted_event(line, when, length)
            days = _days(length.value)
            if event is not None and days is not None:
                side, fact = event
                yield _shifted(when, length, days if side in ("before", "ahead of", "prior to") else -days), fact


def _counted_event(line: Line, when: When, length: When) -> tuple[str, Fact] | None:
    text = line.article.text
    if not when.end <= length.start or not _APART.fullmatch(text[when.end : length.start]):
        return None
    side = _OFFSET.match(text, length.end)
    after = sorted(
        (f for f in line.facts if side and 0 <= f.predicate.start - side.end() <= REACH),
        key=lambda f: f.predicate.start,
    )
    return (side["side"], after[0]) if side and after else None


def _days(value: str) -> int | None:
    """The days of a length of whole days or weeks."""
    found = re.fullmatch(r"P(\d+)([DW])", value)
    return int(found[1]) * (7 if found[2] == "W" else 1) if found else None


def _shifted(when: When, length: When, days: int) -> When:
    assert when.first is not None
    value = (when.first + timedelta(days=days)).date().isoformat()
    first, last = value_range(value) or (None, None)
    return When(value, when.start, length.end, Grain.DAY, first, last)


# ------------------------------------------------------------------------------------------------- the question's side
def in_order(order: str | None, text: str) -> bool:
    """Whether a sentence tells of the first or the last, where the question asks for that one."""
    match order:
        case "first":
            return _FIRST.search(text) is not None and not _SECOND.search(text)
        case "last":
            return _LAST.search(text) is not None
    return True


def is_negated(text: str) -> bool:
    """Whether a question asks when or where something was not: what was answers nothing of that."""
    return _NOT.search(_CLAUSE.split(text, maxsplit=1)[0]) is not None


def of_event(question: Question, fact: Fact, predicate: float) -> float:
    """How far a fact is of the event asked about, where the verb or its frame says too little.

    "Make remarks" asks for what was said. The frame of saying is wide: who said something has not yet testified.
    """
    if question.lemma in LIGHT_VERBS and any(key.frame == fact.kind for key in question.keys if key.frame):
        return max(predicate, matching.FRAME_MATCH)
    wide = question.frame == "say" and fact.predicate.lemma != question.lemma and question.lemma not in _TELLING
    return 0.0 if wide else predicate


def meets(asked: Sequence[When], text: str, when: When) -> bool:
    """Whether a time lies where a question bounds it: "since May", "before the 1990s", "between 2014 and 2016"."""
    bounds = [(w.first, w.last, w.modifier) for w in asked if w.first is not None and w.last is not None]
    if when.first is None or when.last is None or not bounds:
        return True
    if len(bounds) == 2 and re.search(r"\bbetween\b", text, re.IGNORECASE):
        return bounds[0][0] < when.last and when.first < bounds[1][1]
    return all(_meets(first, last, modifier, when.first, when.last) for first, last, modifier in bounds)


def _meets(first: datetime, last: datetime, modifier: str | None, begins: datetime, ends: datetime) -> bool:
    """Whether what begins and ends then lies on the right side of a bound."""
    match modifier:
        case "since":
            return ends > first
        case "after":
            return ends > last
        case "before" | "until":
            return begins < first
    return True
