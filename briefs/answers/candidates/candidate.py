"""A value that may answer, and what speaks for it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
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
    asked: Question | None = (
        None  # the question it answers, told from the other side: "whom did she beat" of "who lost to her"
    )

    @property
    def score(self) -> float:
        """One number to rank by, 0..1."""
        told: float = 0.40 * self.coverage + 0.25 * self.agreement + 0.15 * self.predicate + 0.20 * self.fit
        return told * (0.5 + 0.5 * self.sides) * math.pow(0.8, self.lacking)


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
    for fact in line.facts:
        if tells(question, fact):
            yield fact, matching.predicate_match(question, fact, ground), matching.agreement(question, fact, ground)


def of_argument(argument: Argument, fact: Fact, match: Match, told: tuple[float, float], fit: float) -> Candidate:
    """An argument's own words as a candidate; ``told`` is its fact's predicate match and agreement."""
    text = trimmed(argument.text)
    predicate, agreed = told
    start, end = argument.start, argument.end
    return Candidate(text, folded(text), match.line, start, end, match.coverage, agreed, predicate, fit, fact)
