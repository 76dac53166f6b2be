"""A value that may answer, and what speaks for it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.questions import Tense
from briefs.language.words import words
from briefs.models import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Argument, Fact, When

NEAR = 0.35  # of the event asked about, from which a value may be its own
_SO = re.compile(r"\s+so\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:that|to|with|by|in|on|at|for|from|of|into|about|over|as)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value with the place it stands in and what speaks for it, each 0..1."""

    text: str
    key: str  # equal for values that say the same
    line: Line
    start: int  # in the article
    end: int
    coverage: float
    agreement: float  # of its fact; 0 without one
    predicate: float  # its fact is of the event asked about
    fit: float  # role and type
    fact: Fact | None = None
    when: When | None = None
    sides: float = 1.0  # its fact's doer and object are the question's
    lacking: float = 0.0  # names of the question that its sentence lacks; in part where they stand around it
    nearness: float = 0.0  # to the question's words in its sentence
    event: float = 0.0  # nearness to the word of the event asked about
    missing: float = 0.0  # the largest share of the question that one key takes which its sentence lacks
    absent: float = 0.0  # the share of the question that stands nowhere in its article
    place: int = 0  # of its sentence among those that match, from 0
    articles: int = 1  # that give the same value
    lead: float = 0.0  # of its score over the best of another value; negative where another is better
    asked: Question | None = (
        None  # the question it answers, told from the other side: "whom did she beat" of "who lost to her"
    )

    @property
    def standing(self) -> float:
        """How surely it belongs to the event asked about, 0..1: by its fact, else by how near it stands to the event's word."""
        return max(self.predicate, 0.8 * self.event)

    @property
    def in_slot(self) -> bool:
        """Whether a fact of the event has it where it was asked for, with the question's sides."""
        return self.predicate >= 0.75 and self.fit >= 0.8 and self.sides >= 0.8

    @property
    def score(self) -> float:
        """One number to rank by, 0..1 or a little less.

        The weights were found by coordinate search on the development sets and our own questions: what counts is what the
        sentence carries of the question and what the value is to the event; a name that everything mentions tells little.
        """
        told = 0.5 * self.coverage + 0.2 * self.predicate + 0.2 * self.fit
        told += 0.15 * self.agreement * (self.predicate > 0) + 0.1 * self.fit * (self.standing >= NEAR)
        told *= (0.5 + 0.5 * self.sides) * math.pow(0.8, self.lacking)
        return (told + 0.05 / (1 + self.place) - 0.1 * math.log(self.articles)) / 1.2


def tells(question: Question, fact: Fact) -> bool:
    """Whether a fact's modality lets it answer: what is planned never answers what happened."""
    if fact.negated:
        return False
    if question.tense is Tense.PAST:
        return fact.modality is Modality.HAPPENED
    return fact.modality is not Modality.CANCELLED


def trimmed(text: str) -> str:
    """An argument as a person would say it: no leading preposition, no trailing punctuation."""
    return _LEADING.sub("", " ".join(text.split())).strip(" ,;:.–—-")


def folded(text: str) -> str:
    """What makes two values equal: their words in lower case, without articles."""
    return " ".join(word for word, _, _ in words(text) if word not in ("the", "a", "an"))


def told_facts(question: Question, line: Line, ground: Ground) -> Iterator[tuple[Fact, float, float]]:
    """The facts of a sentence that may answer, each with how far it is of the event asked about and agrees with the rest."""
    for told in line.facts:
        fact = _done_so(told, line)
        if tells(question, fact):
            yield fact, matching.predicate_match(question, fact, ground), matching.agreement(question, fact, ground)


def _done_so(fact: Fact, line: Line) -> Fact:
    """The fact with the deed it repeats: "hoped to open the mill in June, expects to do so in May" opens the mill in May."""
    if fact.predicate.lemma != "do" or not _SO.match(line.article.text, fact.predicate.end):
        return fact
    doers = {a.text for a in fact.arguments if a.role == "agent"}
    deeds = [
        f
        for f in line.facts
        if f.predicate.start < fact.predicate.start and any(a.role == "agent" and a.text in doers for a in f.arguments)
        if not any(a.start <= fact.predicate.start < a.end for a in f.arguments)
    ]
    if not deeds:
        return fact
    deed = max(deeds, key=lambda f: f.predicate.start)
    things = tuple(a for a in deed.arguments if a.role in ("patient", "recipient"))
    predicate = replace(fact.predicate, lemma=deed.predicate.lemma)
    return replace(fact, predicate=predicate, kind=deed.kind, arguments=fact.arguments + things)


def of_argument(argument: Argument, fact: Fact, match: Match, told: tuple[float, float], fit: float) -> Candidate:
    """An argument's own words as a candidate; ``told`` is its fact's predicate match and agreement."""
    text = trimmed(argument.text)
    predicate, agreed = told
    start, end = argument.start, argument.end
    return Candidate(text, folded(text), match.line, start, end, match.coverage, agreed, predicate, fit, fact)
