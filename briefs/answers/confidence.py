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
    return not doubts(question, ask, candidate)


def doubts(question: Question, ask: Ask, candidate: Candidate) -> tuple[str, ...]:
    """What speaks against telling a candidate, in plain words; nothing where it is told."""
    event = question.lemma is not None and question.lemma not in LIGHT_VERBS and question.frame != frames.OTHER
    if event and ask in (Ask.WHO, Ask.WHERE, Ask.WHEN) and candidate.predicate == 0:
        return (f"not of the event “{question.lemma}”",)
    structural = candidate.predicate >= matching.FRAME_MATCH and candidate.fit >= 0.8 and candidate.sides >= 0.8
    score, cover = (TOLD, TOLD_COVER) if event and structural else (ACCEPT, COVER)
    found = (
        (candidate.score < score, f"too weak altogether ({candidate.score:.2f} of {score:.2f})"),
        (
            candidate.coverage < cover,
            f"its sentence lacks too much of the question ({candidate.coverage:.2f} of {cover:.2f})",
        ),
        (not structural and candidate.sides < SIDES, "others did it, or to others"),
    )
    return tuple(text for holds, text in found if holds)


def told_as_coming(candidate: Candidate) -> bool:
    """The same for a time that is still to come."""
    return candidate.score >= COMING and candidate.coverage >= COVER and candidate.sides >= SIDES
