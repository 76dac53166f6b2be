"""What is still to come: the next, as the newest plan has it, else the last known; never the past sold as next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from briefs.answers import confidence, conflicts, matching, wording
from briefs.answers.asking import Ask
from briefs.answers.candidates.when import finest
from briefs.models import Grain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefs.answers.candidates import Candidate
    from briefs.answers.matching import Match
    from briefs.models import Answer

NEAR: Final = 0.85  # of the best score: a time as well told
MOVED: Final = 0.7  # of its score: a plan told later that may replace it
SETTLED: Final = timedelta(hours=12)  # between two articles, from which the later knows better


def answer(desk: wording.Desk, found: Sequence[Candidate], matches: Sequence[Match]) -> Answer:
    """The nearest time still to come; when all are past, the last one known, said to be so."""
    fit = [c for c in found if confidence.told_as_coming(desk.question, c, alone=desk.alone)]
    if not fit:
        return wording.unknown(desk, matches)
    coming = [c for c in fit if _is_coming(c, desk.now)]
    if not coming:
        return wording.nothing_later(desk, max(fit, key=lambda c: (_first(c), c.score)))
    near = [c for c in coming if c.score >= coming[0].score * NEAR]
    if desk.question.order == "next":
        best = min(near, key=lambda c: (_first(c), -c.score))
    else:
        best = _newest_plan(near[0], [c for c in found if _is_coming(c, desk.now)])
    best = finest(best, coming)
    judged = conflicts.judged(Ask.WHEN, best, [c for c in found if _is_coming(c, desk.now)])
    return wording.updated(wording.told(desk, Ask.WHEN, judged.best, near, judged.rivals), judged.earlier)


def _is_coming(candidate: Candidate, now: datetime) -> bool:
    """Whether a time is not over, or comes again and again."""
    when = candidate.when
    return when is not None and (when.grain is Grain.SET or (when.last is not None and when.last > now))


def _newest_plan(best: Candidate, coming: Sequence[Candidate]) -> Candidate:
    """The plan that the newest article has for the same event: "in February", then "now on 1 January"."""
    if best.predicate < matching.FRAME_MATCH:
        return best
    later = [c for c in coming if _moves(c, best)]
    return max(later, key=lambda c: (c.line.at, c.score), default=best)


def _moves(other: Candidate, best: Candidate) -> bool:
    """Whether a later article tells another time of the same event, as far as can be seen."""
    alike = other.predicate >= best.predicate and other.agreement >= best.agreement - 0.1 and other.sides >= 0.5
    return alike and other.score >= MOVED * best.score and other.line.at - best.line.at >= SETTLED


def _first(candidate: Candidate) -> datetime:
    assert candidate.when is not None
    return candidate.when.first or candidate.line.at
