"""Which of several values that sources give disagree, and which a newer one has overtaken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask
from briefs.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.candidates import Candidate

UPDATE = timedelta(hours=6)  # between articles, after which another figure is an update and no disagreement
RIVAL = 0.94  # of the best score: a different value this near is a disagreement


def rivals(ask: Ask, best: Candidate, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Other values that other articles give with about the same support: a disagreement of the sources."""
    if best.fact is None or best.predicate == 0 or ask not in (Ask.WHEN, Ask.WHERE, Ask.HOW_MANY, Ask.HOW_MUCH):
        return ()
    others: dict[str, Candidate] = {}
    for other in found:
        near = other.score >= best.score * RIVAL and other.fact is not None and other.predicate > 0
        elsewhere = other.line.article.id != best.line.article.id
        if near and elsewhere and other.key not in others and _differ(ask, best, other):
            others[other.key] = other
    return tuple(others.values())


def newest(
    best: Candidate, others: Sequence[Candidate]
) -> tuple[Candidate, tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The newest figure, those that still rival it, and those it has overtaken: a toll rises, a queue grows."""
    latest, *rest = sorted([best, *others], key=lambda c: (c.line.at, c.score), reverse=True)
    earlier = tuple(c for c in rest if latest.line.at - c.line.at >= UPDATE)
    return latest, tuple(c for c in rest if c not in earlier), earlier


def _differ(ask: Ask, one: Candidate, two: Candidate) -> bool:
    """Whether two values cannot both be right."""
    if one.fact and two.fact and one.fact.modality is not two.fact.modality:
        return False
    if ask is Ask.WHEN:
        a, b = one.when, two.when
        if a is None or b is None or a.first is None or b.first is None or a.last is None or b.last is None:
            return False
        return a.last <= b.first or b.last <= a.first
    if ask is Ask.WHERE:
        return not stems(one.text) & stems(two.text)
    return _figures(one.text) != _figures(two.text)


def _figures(text: str) -> frozenset[str]:
    return frozenset(s for s in stems(text) if any(c.isdigit() for c in s))
