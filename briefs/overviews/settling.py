"""What became of plans: which stand, on which day by the newest report, and which came true or were called off.

A plan is held against what newer articles tell that says much of the same: what supersedes it ends it
(``news.overtaking``), the same plan for another day moves it. Two days that one article tells are two plans.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.briefing.news.lines import content
from briefs.briefing.news.matters import event as event_of
from briefs.briefing.news.matters import is_linked, is_newer, one_matter, parties
from briefs.briefing.news.overtaking import supersedes
from briefs.facts.claims import overlap
from briefs.facts.disputes import is_day
from briefs.facts.frames import OTHER
from briefs.models import Grain, Modality
from briefs.overviews.events import OWN
from briefs.overviews.gathering import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefs.models import When
    from briefs.overviews.events import Event
    from briefs.overviews.gathering import Happening

SHARED = 2  # words that tell something, which a newer sentence has in common with a plan at least
MOVED = timedelta(days=31)  # how far a plan may be moved and still be of the same event
ALIKE = 0.35  # share of a plan's content that the same plan for another day tells too
_OFF = frozenset({"cancel", "ban", "veto", "delay"})
_WIDE = frozenset({Grain.MONTH, Grain.QUARTER, Grain.SEASON, Grain.HALF, Grain.YEAR})


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan as it stands: who called it off, if somebody did, and its other days with who tells them, newest first."""

    plan: Happening
    called_off: Event | None = None
    others: tuple[tuple[When, Event], ...] = ()


def settled(plans: Sequence[Happening], events: Iterable[Event]) -> tuple[Standing, ...]:
    """The plans that stand or were called off, in the order given; without those that came true, each with its other days."""
    index = _Index(events)
    open_: list[Standing] = []
    for plan in plans:
        ended = next(index.ending(plan), None)
        if ended is None:
            open_.append(Standing(plan))
        elif _is_off(ended):
            open_.append(Standing(plan, ended))
    return tuple(_moved(open_))


def _is_off(event: Event) -> bool:
    return event.fact.modality is Modality.CANCELLED or event.fact.kind in _OFF


class _Index:
    """Events that are not to come, by the words of their sentences."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = sorted((e for e in events if not e.ahead), key=lambda e: e.place)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, event in enumerate(self._events):
            for word in event.line.content:
                self._by_word[word].append(number)

    def ending(self, plan: Happening) -> Iterator[Event]:
        """What newer articles tell that ends a plan, the newest first."""
        newest = newest_of(plan)
        shared = Counter(number for word in newest.line.content for number in self._by_word.get(word, ()))
        near = (self._events[number] for number, count in shared.items() if count >= SHARED)
        for event in sorted(near, key=lambda e: (-e.line.article.shown_at.timestamp(), e.place)):
            newer = is_newer(event.line.article, newest.line.article)
            if any(_is_done(event, told) or (newer and _ends(event, told)) for told in plan.events):
                yield event


def _is_done(event: Event, plan: Event) -> bool:
    """Whether an event is told as done on the very day it was planned for: then it is, whoever was the last to tell the plan."""
    if plan.when is None or event.when is None or not is_day(plan.when) or not is_day(event.when):
        return False
    same = event_of(event.fact) == event_of(plan.fact) and plan.fact.kind != OTHER
    return same and overlap(plan.when, event.when) and event.sure == OWN


def _ends(event: Event, plan: Event) -> bool:
    return (
        supersedes(event.fact, event.line, plan.fact, plan.line) or _is_of_its_day(event, plan) or _stops(event, plan)
    )


def _stops(event: Event, plan: Event) -> bool:
    """Whether an event called off what a plan is about: "cancelled the fair" for "the fair will be held"."""
    stopped = frozenset().union(*(content(a.head) for a in event.fact.arguments if a.role == "patient"))
    return event.fact.kind in _OFF and bool(stopped & parties(plan.fact)) and likeness(event, plan) >= ALIKE


def _is_of_its_day(event: Event, plan: Event) -> bool:
    """Whether an article opens with what was done, on the day of a plan, by or to whom the plan names."""
    if not event.lead or plan.when is None or event.when is None or not is_day(plan.when) or not is_day(event.when):
        return False
    named = frozenset(a.entity.name for a in plan.fact.arguments if a.entity and a.role in ("agent", "patient"))
    return overlap(plan.when, event.when) and bool(named & _names(event))


def newest_of(plan: Happening) -> Event:
    """Who told of a plan last."""
    return max(plan.events, key=lambda e: (e.line.article.shown_at, e.line.article.first_seen_at, e.place))


def _moved(plans: Sequence[Standing]) -> Iterator[Standing]:
    """Each plan once, on the day of its newest report, with the days that others give or gave."""
    left = sorted(plans, key=lambda s: (newest_of(s.plan).line.article.shown_at, s.plan.best.place), reverse=True)
    kept: list[Standing] = []
    for each in left:
        at = next((k for k, other in enumerate(kept) if _is_same_plan(other.plan, each.plan)), None)
        if at is None:
            kept.append(each)
        elif kept[at].plan.when.value != each.plan.when.value:
            kept[at] = replace(kept[at], others=(*kept[at].others, (each.plan.when, each.plan.best)))
    order = {id(plan.plan): place for place, plan in enumerate(plans)}
    yield from sorted(kept, key=lambda s: order[id(s.plan)])


def _is_same_plan(a: Happening, b: Happening) -> bool:
    """Whether two plans are of one event on two days, which no article tells side by side."""
    if {e.line.article.root for e in a.events} & {e.line.article.root for e in b.events}:
        return False
    if not _is_near(a.when, b.when) or not _are_alike(a.best, b.best):
        return False
    return one_matter(a.best.fact, b.best.fact) and is_linked(a.best.fact, b.best.fact)


def _is_near(a: When, b: When) -> bool:
    if a.first is None or b.first is None:
        return False
    return a.grain in _WIDE or b.grain in _WIDE or abs(a.first - b.first) <= MOVED


def _are_alike(a: Event, b: Event) -> bool:
    mine, other = _names(a), _names(b)
    if mine and other and not mine & other:
        return False
    return likeness(a, b) >= ALIKE


def _names(event: Event) -> frozenset[str]:
    return frozenset(a.entity.name for a in event.fact.arguments if a.entity is not None)
