"""How sure a candidate is: whether it is told or held back as unknown.

What a value has to show depends on how it belongs to the event asked about: as a fact of the event has it, in the slot asked
for; near the event's word; or only in a sentence about it. The thresholds are where, on the development sets and our own
questions, values begin to be right more often than questions without an answer are answered. One article alone can be
corroborated by nothing, so what it says is judged by ``alone``.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from briefs.answers import alone as singly
from briefs.answers import twists, versions
from briefs.answers.asking import Ask
from briefs.answers.candidates.candidate import NEAR
from briefs.answers.lexicon import LIGHT_VERBS
from briefs.facts import frames
from briefs.language.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.candidates import Candidate
    from briefs.answers.questions import Question


class Tie(Enum):
    """How a value belongs to the event asked about."""

    FACT = "a statement of the event has it where it was asked for"
    NEAR = "it stands near the event's word"
    SENTENCE = "it stands in a sentence about the event"
    OPEN = "the question names no event"


THRESHOLDS = {Tie.FACT: 0.52, Tie.NEAR: 0.57, Tie.SENTENCE: 0.58, Tie.OPEN: 0.50}
COMING = 0.06  # less for a time still to come: a date in the future is evidence by itself
LACKING = 1.0  # names of the question, from which it is about others
COVER = 0.55  # the share of the question that the sentence of a time still to come carries
BORNE_OUT = 0.12  # less for a value of which another outlet has its own version
CARRIED = 0.7  # of the question, by such a value's sentence at least
NEARLY_ALL = 0.85  # from which its doer may be the one asked about, described and not named
SIDES = 0.45  # who did it to whom must not be plainly others than asked
SAID = 0.7  # of what "who said that …" has to agree with
FIT = 0.45  # nor may the value be plainly of another kind


def told(question: Question, ask: Ask, candidate: Candidate, *, alone: bool = False) -> bool:
    """Whether a candidate is told. ``alone``: there is but one article to tell it."""
    return _undoubted(question, ask, candidate, alone=alone)


def _undoubted(question: Question, ask: Ask, candidate: Candidate, *, alone: bool = False, less: float = 0.0) -> bool:
    """Whether nothing speaks against it; the first doubt settles that it is not told."""
    return next(doubts(question, ask, candidate, alone=alone, less=less), None) is None


def doubts(
    question: Question, ask: Ask, candidate: Candidate, *, alone: bool = False, less: float = 0.0
) -> Iterator[str]:
    """What speaks against telling a candidate, in plain words, what is cheaply seen first; nothing where it is told."""
    held = tie(question, candidate)
    if held is Tie.SENTENCE and ask in (Ask.WHO, Ask.WHERE, Ask.WHEN):
        yield f"not of the event “{question.lemma}”"
        return
    seen = (
        (candidate.fit < FIT, "hardly of the kind asked for"),
        (candidate.sides < SIDES, "others did it, or to others"),
        (candidate.lacking >= LACKING, "its sentence lacks a name of the question"),
        (_says_another_thing(question, ask, candidate), "says something else"),
        (_names_nobody(question, ask, candidate), "names nobody"),
        (_lacks_its_noun(question, ask, candidate), f"its sentence has no “{question.lemma}”"),
    )
    yield from (text for holds, text in seen if holds)
    weak = singly.weakness(question, candidate, less=less) if alone else _weakness(candidate, held, less=less)
    yield from (text for text in (weak,) if text)
    yield from (text for text in (twists.twist(question, candidate, alone=alone),) if text)


def _weakness(candidate: Candidate, held: Tie, *, less: float) -> str | None:
    """Why a value is too weak to be told; None where it is not."""
    needed = THRESHOLDS[held] - less
    return f"too weak ({candidate.score:.2f} of {needed:.2f}): {held.value}" if candidate.score < needed else None


def _says_another_thing(question: Question, ask: Ask, candidate: Candidate) -> bool:
    """Whether "who said that …" meets with one who said something else."""
    return ask is Ask.WHO and question.frame == "say" and len(question.keys) > 1 and candidate.agreement < SAID


def _names_nobody(question: Question, ask: Ask, candidate: Candidate) -> bool:
    """Whether "who is the governor" meets with "the government": who holds an office has a name."""
    told = candidate.text.split()[1:] if candidate.text.lower().startswith("the ") else candidate.text.split()
    return ask is Ask.WHO and question.frame == "hold_office" and all(word.islower() for word in told)


def _lacks_its_noun(question: Question, ask: Ask, candidate: Candidate) -> bool:
    """Whether "what is her other job" meets with a sentence that has no job."""
    copular = ask is Ask.WHAT and question.role is None and question.lemma is not None
    return copular and stem(question.lemma or "") not in candidate.line.bag


def tie(question: Question, candidate: Candidate) -> Tie:
    """How the candidate belongs to the event."""
    if candidate.in_slot:
        return Tie.FACT
    if candidate.standing >= NEAR:
        return Tie.NEAR
    event = question.lemma is not None and question.lemma not in LIGHT_VERBS and question.frame != frames.OTHER
    return Tie.SENTENCE if event else Tie.OPEN


def told_by_two(question: Question, ask: Ask, candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """The same for a value of which another outlet has its own version: each is evidence that the slot is told at all."""
    if candidate.coverage >= NEARLY_ALL:
        candidate = replace(candidate, sides=max(candidate.sides, SIDES))  # "a staffer apologised" may be the one named
    trusted = candidate.coverage >= CARRIED and _undoubted(question, ask, candidate, less=BORNE_OUT)
    return trusted and versions.told_twice(ask, candidate, found)


def told_as_coming(question: Question, candidate: Candidate, *, alone: bool = False) -> bool:
    """The same for a time that is still to come; other times are no rivals to it: the nearest ahead is told."""
    ahead = replace(candidate, lead=candidate.score)
    return candidate.coverage >= COVER and _undoubted(question, Ask.WHEN, ahead, alone=alone, less=COMING)
