"""What is planned from now on, by date: exact days first, vague times after them, each plan once.

articles ─events to come─▶ gather ─settled─▶ what stands after ``now``, or was called off
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.briefing.news.clauses import clause
from briefs.language import names as naming
from briefs.models import Agenda, Modality, Plan
from briefs.overviews.about import About
from briefs.overviews.events import EXACT, events
from briefs.overviews.gathering import gather
from briefs.overviews.settling import settled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from briefs.models import Article, Reading
    from briefs.overviews.gathering import Happening
    from briefs.overviews.settling import Standing

MOST = 25  # plans


def agenda(
    articles: Mapping[str, Article], readings: Mapping[str, Reading], *, name: str | None, now: datetime
) -> Agenda:
    """What these articles say is to happen after ``now``; with a ``name``, what is about it."""
    keys = sorted(key for key in articles if key in readings)
    names = naming.unify({key: readings[key].mentions for key in keys})
    told = [event for key in keys for event in events(articles[key], readings[key])]
    subject, ahead = None, [event for event in told if event.ahead]
    if name is not None:
        about = About(name, names, readings)
        subject, ahead = about.subject, [event for event in ahead if about.holds(event)]
    coming = [h for h in gather(ahead, names, articles) if _is_coming(h, now)]
    plans = sorted(settled(coming, told), key=_order)[:MOST]
    return Agenda(subject, tuple(_plan(standing) for standing in plans), len(articles))


def _is_coming(happening: Happening, now: datetime) -> bool:
    """Whether something is to come after ``now``."""
    return happening.when.last is not None and happening.when.last > now


def _order(standing: Standing) -> tuple[object, ...]:
    when = standing.plan.when
    vague = when.grain not in EXACT or when.modifier == "before"
    return (when.last if vague else when.first), vague, when.last, standing.plan.best.place


def _plan(standing: Standing) -> Plan:
    """A plan in the words that name it; where it was called off, with the sentence that says so."""
    plan, off = standing.plan, standing.called_off
    start, end = clause(plan.best.line, plan.best.fact)
    return Plan(
        plan.when,
        plan.best.line.article.text[start:end],
        plan.best.evidence() if off is None else off.evidence(),
        plan.modality if off is None else Modality.CANCELLED,
        plan.sources,
        plan.independent,
        plan.others(),
        tuple((when, event.evidence()) for when, event in standing.others),
    )
