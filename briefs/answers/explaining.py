"""Why an answer is what it is: the question as understood, the sentences and values looked at, and what spoke against each."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import TYPE_CHECKING

from briefs.answers import confidence
from briefs.answers.asking import Ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.candidates import Candidate
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.answers.replying import Inquiry

SENTENCES = 8
VALUES = 8  # of each thing asked
WHOLE = frozenset(
    {Ask.PAIRS, Ask.NEWS, Ask.YES_NO, Ask.IDENTITY}
)  # answered from sentences and claims, not by one value


def explain(inquiry: Inquiry) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings, each with its lines, in the order of the work."""
    question = inquiry.question
    yield "Question as understood", tuple(_understood(question))
    searched = f"{len(inquiry.ground.articles)} of {inquiry.considered} articles read closely"
    yield f"Sentences that match best ({searched})", tuple(map(_matched, inquiry.matches[:SENTENCES]))
    for ask in question.asks:
        if ask not in WHOLE:
            found = inquiry.found(ask)
            yield (
                f"Values for “{ask.value}” ({len(found)} found)",
                tuple(_weighed(question, ask, each, alone=inquiry.desk.alone) for each in found[:VALUES]),
            )


def _understood(question: Question) -> Iterator[str]:
    for field in fields(question):
        told = _plain(getattr(question, field.name))
        if told:
            yield f"{field.name}: {told}"


def _plain(value: object) -> str:
    """A value of a question as a person reads it; nothing for what says nothing."""
    if value is None or value is False or value == "other":
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (tuple, frozenset)):
        parts = [_plain(each) for each in value]
        return ", ".join(sorted(parts) if isinstance(value, frozenset) else parts)
    if hasattr(value, "word") and hasattr(value, "weight"):
        return f"{value.word} ({value.weight:.1f}{', name' if getattr(value, 'is_name', False) else ''})"
    return "yes" if value is True else str(getattr(value, "value", value))


def _matched(match: Match) -> str:
    line = match.line
    return f"{match.coverage:.2f} {line.outlet}, {line.at:%d %b %Y}: {' '.join(line.text.split())}"


def _weighed(question: Question, ask: Ask, candidate: Candidate, *, alone: bool) -> str:
    """A value with what speaks for it, and why it is not told where it is not."""
    doubts = tuple(confidence.doubts(question, ask, candidate, alone=alone))
    verdict = f"held back: {'; '.join(doubts)}" if doubts else "may be told"
    features = (
        f"sentence {candidate.coverage:.2f}, statement {candidate.agreement:.2f}, event {candidate.predicate:.2f}, "
        f"sides {candidate.sides:.2f}, fits {candidate.fit:.2f}, near {candidate.nearness:.2f}"
    )
    return f"{candidate.score:.2f} {candidate.text} [{features}] {verdict}"
