"""The clause of a sentence that tells one fact, verbatim and short: "was delayed by weather"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.briefing.news.statements import is_ahead
from briefs.language.words import word_set
from briefs.summary.fitness import balanced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.briefing.news.lines import Line
    from briefs.models import Argument, Fact

SHORTEST, LONGEST, FULL, LONG = 3, 12, 15, 20  # words: of a clause; of one that is told whole; of two
_AUXILIARY = word_set(
    "will would shall should may might could can must was were is are be been being has have had to not never n't won't "
    "scheduled due expected set planned likely about going still now no longer"
)
_WORD = re.compile(r"\S+")
_STOP = re.compile(r"[,;]\s|\s[—–]\s|\s(?:and|but)\s(?=(?:is|was|will|has|had|were|are|have)\b)")
_TIE = re.compile(r"(?:when|that|as|and|but|because|while|after|before|to|which|who)\s", re.IGNORECASE)
_BEFORE_TIME = re.compile(r"\b(?:on|in|at|by|from|until|before|after|this|next|since|late|early)\s$", re.IGNORECASE)
_EDGES = " \t\n,;:–—-"
_ENDING = ".,;:"


def clause(line: Line, fact: Fact) -> tuple[int, int]:
    """The range of the article that tells a fact: its predicate with what takes part, at most some words of it."""
    text, first, last = line.article.text, line.start, line.start + len(line.text)
    inside = [a for a in fact.arguments if first <= a.start and a.end <= last and a.role not in ("other", "topic")]
    verb = _with_auxiliaries(text, first, fact.predicate.start)
    start = min([verb, *(a.start for a in inside if a.end <= fact.predicate.start)])
    end = max([fact.predicate.end, *(a.end for a in inside)])
    if _words(text[start:end]) > LONGEST:
        start = verb
    start, end = trimmed(text, start, _cut(text, start, max(end, fact.predicate.end), inside, fact))
    start, end = _timed(line, fact, start, end)
    return (start, end) if _words(text[start:end]) >= SHORTEST else around(line, start, end)


def _timed(line: Line, fact: Fact, start: int, end: int) -> tuple[int, int]:
    """The range of a plan with the words that say when, which make it one; as it was where that is long."""
    text, first, when = line.article.text, line.start, fact.when
    if when is None or not is_ahead(fact) or not first <= when.start < first + len(line.text):
        return start, end
    before = _BEFORE_TIME.search(text, first, when.start)
    whole = min(start, before.start() if before else when.start), max(end, when.end)
    return whole if _words(text[slice(*whole)]) <= FULL else (start, end)


def both(line: Line, fact: Fact, other: Fact) -> tuple[int, int]:
    """The range that tells two facts of one sentence; the first alone where that is long."""
    (start, end), (first, last) = clause(line, fact), clause(line, other)
    whole = min(start, first), max(end, last)
    return whole if _words(line.article.text[slice(*whole)]) <= LONG else (start, end)


def _cut(text: str, start: int, end: int, inside: Sequence[Argument], fact: Fact) -> int:
    """The end of the last argument within the words that a clause may have."""
    if _words(text[start:end]) <= LONGEST:
        return end
    ends = sorted({a.end for a in inside if a.end > fact.predicate.end}, reverse=True)
    return next((e for e in ends if _words(text[start:e]) <= LONGEST), fact.predicate.end)


def figured(line: Line, start: int, end: int) -> tuple[int, int]:
    """The clause that tells the figure at a range inside a sentence."""
    found = (clause(line, fact) for fact in line.facts if _holds(fact, start, end))
    return next((each for each in found if each[0] <= start and end <= each[1]), None) or around(line, start, end)


def _holds(fact: Fact, start: int, end: int) -> bool:
    return any(a.start < end and start < a.end for a in fact.arguments if a.role in ("agent", "patient", "amount"))


def around(line: Line, start: int, end: int) -> tuple[int, int]:
    """The clause around a range inside a sentence, from comma to comma, cut to some words."""
    text, first, last = line.article.text, line.start, line.start + len(line.text)
    stops = [m.span() for m in _STOP.finditer(text, first, last)]
    left = max([first, *(after for _, after in stops if after <= start)])
    right = min([last, *(before for before, _ in stops if before >= end)])
    words = [(left + m.start(), left + m.end()) for m in _WORD.finditer(text[left:right])]
    if len(words) <= FULL:
        return trimmed(text, left, right)
    held = [k for k, (a, b) in enumerate(words) if a < end and start < b]
    begin = max(0, min(held[0] - LONGEST // 2, len(words) - LONGEST))
    return trimmed(text, words[begin][0], words[min(len(words), begin + LONGEST) - 1][1])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the spaces and stops at its ends, and without the word that ties it to what stood before."""
    if opening := _TIE.match(text, start, end):
        start = opening.end()
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES + _ENDING:
        end -= 1
    return start, _unquoted(text, start, end)


def _unquoted(text: str, start: int, end: int) -> int:
    """The end of a range with the quotation that it would cut, or before it."""
    if balanced(text[start:end]):
        return end
    if text[end : end + 1] in ('"', "”") and balanced(text[start : end + 1]):
        return end + 1
    cut = max(text.rfind('"', start, end), text.rfind("“", start, end))
    return len(text[:cut].rstrip(_EDGES)) if cut > start else end


def _with_auxiliaries(text: str, first: int, start: int) -> int:
    """Where a verb begins with its "will", "was", "is scheduled to"."""
    for match in reversed(list(_WORD.finditer(text[first:start]))):
        if match[0].lower() not in _AUXILIARY:
            break
        start = first + match.start()
    return start


def _words(text: str) -> int:
    return len(text.split())
