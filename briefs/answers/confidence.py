"""How sure a candidate is: whether it is told or held back as unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.lexicon import LIGHT_VERBS
from briefs.facts import frames

if TYPE_CHECKING:
    from briefs.answers.candidates import Candidate
    from briefs.answers.questions import Question

ACCEPT = 0.70  # a candidate's score from which it is told; below it, too many answers to the unanswerable
TOLD, TOLD_COVER = 0.60, 0.50  # the same where a fact of the event itself has the value in the slot asked for
COMING = 0.56  # the same for a time still to come: a date in the future is evidence by itself
SIDES = 0.45  # who did it to whom must not be plainly others than asked
COVER = 0.60  # the share of the question that its sentence must carry


def told(question: Question, ask: Ask, candidate: Candidate) -> bool:
    """Whether a candidate is told: well matched, and of the event asked about where that is named."""
    event = question.lemma is not None and question.lemma not in LIGHT_VERBS and question.frame != frames.OTHER
    if event and ask in (Ask.WHO, Ask.WHERE, Ask.WHEN) and candidate.predicate == 0:
        return False
    structural = candidate.predicate >= matching.FRAME_MATCH and candidate.fit >= 0.8 and candidate.sides >= 0.8
    if event and structural:
        return candidate.score >= TOLD and candidate.coverage >= TOLD_COVER
    return candidate.score >= ACCEPT and candidate.coverage >= COVER and candidate.sides >= SIDES


def told_as_coming(candidate: Candidate) -> bool:
    """The same for a time that is still to come."""
    return candidate.score >= COMING and candidate.coverage >= COVER and candidate.sides >= SIDES
