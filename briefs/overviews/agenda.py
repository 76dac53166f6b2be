"""What is planned from now on, by date: exact days first, vague times after them, each plan once.

articles ─events to come─▶ gather ─settled─▶ what stands after ``now``, or was called off
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.briefing.news.clauses import clause
from briefs.models import Agenda, Modality, Plan
from briefs.overviews.about import About
from briefs.overviews.events import EXACT, named_in
from briefs.overviews.events import told as told_by
from briefs.overviews.gathering import gather
from briefs.overviews.settling import newest_of, settled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from briefs.models import Article, Reading, When
    from briefs.overviews.events import Telling
    from briefs.overviews.settling import Standing

MOST = 25  # plans
STALE = timedelta(days=400)


def agenda(
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    *,
    name: str | None,
    now: datetime,
    telling: Telling = told_by,
    stories: Mapping[str, str] | None = None,
) -> Agenda:
    """What these articles say is to happen after ``now``; with a ``name``, what is about it.

    ``telling`` finds an article's events; ``stories`` says which story each is in, where that is known.
    """
    told = [event for key in sorted(articles) if key in readings for event in telling(articles[key], readings)]
    subject, ahead = None, [event for event in told if event.ahead and _is_coming(event.when, now)]
    names = named_in(ahead if name is None else told)
    if name is not None:
        about = About(name, names)
        subject, ahead = about.subject, about.of(ahead)
    gathered = gather(ahead, names, articles, stories=stories)
    plans = [plan for plan in settled(gathered, told) if not _is_stale(plan, now)]
    plans = sorted(plans, key=_order)[:MOST]
    return Agenda(subject, tuple(_plan(standing) for standing in plans), len(articles))


def _is_coming(when: When | None, now: datetime) -> bool:
    """Whether a time is not over."""
    return when is not None and when.last is not None and when.last > now


def _is_stale(standing: Standing, now: datetime) -> bool:
    """Whether a plan was told long ago, and by one alone: nobody knows whether it stands."""
    told_at = newest_of(standing.plan).line.article.shown_at
    return standing.plan.independent == 1 and now - told_at > STALE


def _order(standing: Standing) -> tuple[object, ...]:
    when = standing.plan.when
    vague = when.grain not in EXACT
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
