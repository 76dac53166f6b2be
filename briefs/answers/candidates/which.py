"""One of a kind: a name of that kind that takes part, else a phrase that the sentence says is one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask
from briefs.answers.candidates.what import called, loose_phrases
from briefs.answers.candidates.who import participants
from briefs.answers.questions import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.candidates.candidate import Candidate
    from briefs.answers.ground import Ground
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question

_LINKED = re.compile(r"\b(?:of|the|and|for|in|on)\b")
UNNAMED = 0.45  # of the fit of a phrase where a person, an organisation or a place is asked for: those have names


def one_of_a_kind(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The values of a sentence that may be the one asked for."""
    yield from called(question, match, ground)
    named = list(participants(question, Ask.WHICH, match, ground))
    yield from named
    taken = {(c.start, c.end) for c in named}
    share = 1.0 if question.kind is Kind.ANY else UNNAMED
    for phrase in loose_phrases(question, match, ground):
        if not _repeats(question, phrase, taken):
            yield replace(phrase, fit=phrase.fit * share)


def _repeats(question: Question, phrase: Candidate, taken: set[tuple[int, int]]) -> bool:
    """Whether a phrase is a name that was found already, with a title or as part of more than was asked for."""
    around = [(a, b) for a, b in taken if phrase.start <= a and b <= phrase.end]
    titled = any(b == phrase.end and not _LINKED.search(phrase.text) for _, b in around)
    return titled or (bool(around) and question.kind is not Kind.ANY)
