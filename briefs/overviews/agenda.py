"""What is planned from now on, by date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.briefing.news.clauses import clause
from briefs.language import names as naming
from briefs.models import Agenda, Modality, Plan
from briefs.overviews.about import About
from briefs.overviews.events import events
from briefs.overviews.gathering import gather

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from briefs.models import Article, Reading
    from briefs.overviews.gathering import Happening

MOST = 25  # plans


def agenda(
    articles: Mapping[str, Article], readings: Mapping[str, Reading], *, name: str | None, now: datetime
) -> Agenda:
    """What these articles say is to happen after ``now``; with a ``name``, what is about it."""
    keys = sorted(key for key in articles if key in readings)
    names = naming.unify({key: readings[key].mentions for key in keys})
    told = [event for key in keys for event in events(articles[key], readings[key])]
    if name is not None:
        about = About(name, names, readings)
        name, told = about.subject, [event for event in told if about.holds(event)]
    found = [h for h in gather(told, names, articles) if _is_coming(h, now)]
    return Agenda(name, tuple(_plan(h) for h in sorted(found, key=_order)[:MOST]), len(articles))


def _is_coming(happening: Happening, now: datetime) -> bool:
    """Whether something is to come after ``now``, and nothing became of it yet."""
    if happening.modality is Modality.HAPPENED or happening.superseded is not None:
        return False
    return happening.when.last is not None and happening.when.last > now


def _order(happening: Happening) -> tuple[object, ...]:
    assert happening.when.first is not None
    return happening.when.first, happening.when.last, happening.best.place


def _plan(happening: Happening) -> Plan:
    best = happening.best
    start, end = clause(best.line, best.fact)
    return Plan(
        happening.when,
        best.line.article.text[start:end],
        best.evidence(),
        happening.modality,
        happening.sources,
        happening.independent,
        happening.others(),
    )
