"""What happened, and is to happen, in a story or to someone, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.language import names as naming
from briefs.models import Modality, Moment, Timeline
from briefs.overviews.about import About
from briefs.overviews.events import events
from briefs.overviews.gathering import gather

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from briefs.models import Article, Reading
    from briefs.overviews.gathering import Happening

MOST = 15  # moments


def timeline(
    articles: Mapping[str, Article], readings: Mapping[str, Reading], *, subject: str, name: str | None, now: datetime
) -> Timeline:
    """The moments that these articles tell; with a ``name``, those that are about it."""
    keys = sorted(key for key in articles if key in readings)
    names = naming.unify({key: readings[key].mentions for key in keys})
    told = [event for key in keys for event in events(articles[key], readings[key])]
    if name is not None:
        about = About(name, names, readings)
        subject, told = about.subject, [event for event in told if about.holds(event)]
    found = [h for h in gather(told, names, articles) if _is_told(h, now)]
    chosen = sorted(found, key=_telling)[:MOST]
    return Timeline(subject, tuple(_moment(h) for h in sorted(chosen, key=_order)), len(articles))


def _is_told(happening: Happening, now: datetime) -> bool:
    if happening.modality is Modality.POSSIBLE:
        return False
    if happening.modality is Modality.PLANNED:
        over = happening.when.last is None or happening.when.last <= now
        return happening.superseded is None and not over
    return happening.best.fit > 0


def _telling(happening: Happening) -> tuple[object, ...]:
    best = max(event.worth for event in happening.events)
    return -round(best + 0.3 * min(4, happening.independent) + 0.3 * happening.best.fit, 6), happening.best.place


def _order(happening: Happening) -> tuple[object, ...]:
    assert happening.when.first is not None
    best = happening.best
    return happening.when.first, happening.when.last, best.line.article.shown_at, best.place


def _moment(happening: Happening) -> Moment:
    return Moment(
        happening.when,
        happening.best.evidence(),
        happening.modality,
        happening.sources,
        happening.independent,
        happening.others(),
    )
