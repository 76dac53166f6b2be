"""What happened, and is to happen, in a story or to someone, in the order of time.

    articles ─events─▶ those about the name ─gather─▶ each once ─plans that stand, what was told in time─▶ the most telling

What only later articles go back to gives way to what was told that day. Of many moments those are kept that most sources
tell, that their articles are about, and that read best alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from briefs.briefing.news.matters import event as event_of
from briefs.models import Modality, Moment, Timeline
from briefs.overviews.about import About
from briefs.overviews.events import DAY, EXACT, named_in
from briefs.overviews.events import told as told_by
from briefs.overviews.gathering import gather, likeness
from briefs.overviews.settling import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.models import Article, Reading, When
    from briefs.overviews.events import Event, Telling
    from briefs.overviews.gathering import Happening

_Key = tuple[bool, tuple[str, int]]

_HAD = re.compile(r"\bhad\s(?:\w+\s)?$", re.IGNORECASE)

MOST = 15  # moments
LEAST_FIT = 0.25  # of a sentence that is shown
AGAIN = 0.25  # share of a sentence's content that one of that day tells, from which a later article goes back to that
SOURCES = 4  # independent, beyond which more make no difference


def timeline(
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    *,
    subject: str,
    name: str | None,
    now: datetime,
    telling: Telling = told_by,
) -> Timeline:
    """The moments that these articles tell; with a ``name``, those that are about it. ``telling`` finds an article's events."""
    told = [event for key in sorted(articles) if key in readings for event in telling(articles[key], readings)]
    names = named_in(told)
    if name is not None:
        about = About(name, names)
        subject, told = about.subject, about.of(told)
    found = gather(told, names, articles, one_story=name is None)
    done = [h for h in found if h.modality in (Modality.HAPPENED, Modality.CANCELLED) and h.best.fit >= LEAST_FIT]
    best = sorted([*_told_in_time(done), *_to_come(found, told, now)], key=_telling)
    chosen = sorted(islice(_once(best), MOST), key=_order)
    return Timeline(subject, tuple(_moment(h) for h in chosen), len(articles))


def _once(happenings: Iterable[Happening]) -> Iterator[Happening]:
    """The same, each sentence once: what another tells too leaves a sentence to what only that tells.

    What is to come may stand in one sentence with what is done.
    """
    ranked = tuple(happenings)
    sole = Counter(key for happening in ranked if len(keys := _sentences(happening)) == 1 for key in keys)
    used: set[_Key] = set()
    for happening in ranked:
        alone = len(_sentences(happening)) == 1
        left = [e for e in happening.events if e.fit >= LEAST_FIT and _key(e) not in used]
        left.sort(key=lambda event: not alone and _key(event) in sole)
        if left:
            used.add(_key(left[0]))
            yield replace(happening, events=(left[0], *(e for e in happening.events if e is not left[0])))


def _sentences(happening: Happening) -> frozenset[_Key]:
    return frozenset(map(_key, happening.events))


def _key(event: Event) -> _Key:
    return event.ahead, event.sentence


def _told_in_time(done: Sequence[Happening]) -> Iterator[Happening]:
    """What happened, without what a later article only goes back to in other words."""
    told: dict[str, list[Event]] = defaultdict(list)
    for happening in filter(_in_time, done):
        told[_day(happening.when)].append(happening.best)
    for happening in done:
        known = told[_day(happening.when)]
        again = happening.independent == 1 and any(_goes_back(happening.best, event) for event in known)
        if _in_time(happening) or not again:
            yield happening


def _goes_back(event: Event, told: Event) -> bool:
    """Whether an event says much of what another does, as another kind of event, or as what was before: "had failed"."""
    before = event.line.article.text[event.line.start : event.fact.predicate.start]
    if _HAD.search(before):
        return True
    return event_of(event.fact) != event_of(told.fact) and likeness(event, told) >= AGAIN


def _day(when: When) -> str:
    return when.value[:10]


def _in_time(happening: Happening) -> bool:
    """Whether an article tells an event by the next day, and is not late to it."""
    last = happening.when.last
    return last is None or any(event.line.article.shown_at < last + DAY for event in happening.events)


def _to_come(found: Sequence[Happening], told: Sequence[Event], now: datetime) -> Iterator[Happening]:
    """What is planned from now on and stands, on the day of its newest report."""
    plans = [h for h in found if h.modality is Modality.PLANNED and h.when.last is not None and h.when.last > now]
    yield from (each.plan for each in settled(plans, told) if each.called_off is None)


def _telling(happening: Happening) -> tuple[object, ...]:
    best = max(event.worth for event in happening.events)
    coarse = happening.when.grain not in EXACT
    worth = best + 0.3 * min(SOURCES, happening.independent) + 0.3 * happening.best.fit - 0.3 * coarse
    return -round(worth, 6), happening.best.place


def _order(happening: Happening) -> tuple[object, ...]:
    """By the first instant; what is planned for a month or longer, by its last."""
    when, best = happening.when, happening.best
    bound = happening.modality is Modality.PLANNED and when.grain not in EXACT
    return (when.last if bound else when.first), when.last, best.line.article.shown_at, best.place


def _moment(happening: Happening) -> Moment:
    return Moment(
        happening.when,
        happening.best.evidence(),
        happening.modality,
        happening.sources,
        happening.independent,
        happening.others(),
    )
