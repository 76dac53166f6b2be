"""What is still to come: the next, the last known, and never the past sold as next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers import confidence, conflicts, wording
from briefs.answers.asking import Ask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefs.answers.candidates import Candidate
    from briefs.answers.matching import Match
    from briefs.models import Answer


def answer(desk: wording.Desk, found: Sequence[Candidate], matches: Sequence[Match]) -> Answer:
    """The nearest time still to come; when all are past, the last one known, said to be so."""
    fit = [c for c in found if confidence.told_as_coming(c)]
    if not fit:
        return wording.unknown(desk, matches)
    coming = [c for c in fit if c.when is not None and c.when.last is not None and c.when.last > desk.now]
    if not coming:
        return wording.nothing_later(desk, max(fit, key=lambda c: (_first(c), c.score)))
    near = [c for c in coming if c.score >= coming[0].score * 0.85]
    best = min(near, key=lambda c: (_first(c), -c.score)) if desk.question.order == "next" else near[0]
    judged = conflicts.judged(Ask.WHEN, best, coming)
    return wording.updated(wording.told(desk, Ask.WHEN, judged.best, near, judged.rivals), judged.earlier)


def _first(candidate: Candidate) -> datetime:
    assert candidate.when is not None
    return candidate.when.first or candidate.line.at
