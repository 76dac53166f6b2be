"""Events that several sentences tell, each once: by claims, and by what is told alike of one day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.briefing.news.matters import event as event_of
from briefs.briefing.news.matters import parties
from briefs.facts import claims as claiming
from briefs.facts.independence import Copies
from briefs.facts.scene import FINENESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.facts.participants import Unifier
    from briefs.models import Article, Claim, Evidence, Fact, Modality, When
    from briefs.overviews.events import Event

MORE = 5  # others at most who tell an event
ALIKE = 0.5  # share of a sentence's content that another tells too, from which they tell one event of a day


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with all that tell it, best first; ``superseded``: what became of it where it was to come."""

    events: tuple[Event, ...]
    when: When
    modality: Modality
    sources: int
    independent: int
    superseded: Fact | None = None

    @property
    def best(self) -> Event:
        """Who tells it best."""
        return self.events[0]

    def others(self) -> tuple[Evidence, ...]:
        """The sentences of other articles that tell it, one of each."""
        first = {event.fact.article_id: event for event in reversed(self.events)}
        del first[self.best.fact.article_id]
        return tuple(event.evidence() for event in self.events if first.get(event.fact.article_id) is event)[:MORE]


def gather(events: Sequence[Event], names: Unifier | None, articles: Mapping[str, Article]) -> tuple[Happening, ...]:
    """The events that have a day, each once, in no order to rely on but always the same."""
    by_place = {(e.place, e.fact.kind): e for e in events}
    claims = claiming.merge([e.fact for e in events], names, articles)
    copies = Copies(articles)
    groups = _joined([(c, [by_place[k] for f in c.facts if (k := (_place(f), f.kind)) in by_place]) for c in claims])
    return tuple(found for group in groups if (found := _happening(group, copies)) is not None)


def _place(fact: Fact) -> tuple[str, int, int]:
    return fact.article_id, fact.start, fact.predicate.start


_Group = list[tuple["Claim", list["Event"]]]


def _joined(claims: _Group) -> list[_Group]:
    """Claims that tell one event: in one sentence for one day, or alike of one day."""
    groups: list[_Group] = []
    by_day: dict[tuple[str, Modality], list[_Group]] = defaultdict(list)
    for claim, events in claims:
        if claim.when is None or not events:
            continue
        key = claim.when.value[:10], claim.modality
        home = next((g for g in by_day[key] if any(_one_event(a, b) for _, es in g for a in es for b in events)), None)
        if home is None:
            home = []
            by_day[key].append(home)
            groups.append(home)
        home.append((claim, events))
    return groups


def _one_event(a: Event, b: Event) -> bool:
    if a.place[:2] == b.place[:2]:
        return True
    if event_of(a.fact) == event_of(b.fact) and parties(a.fact) & parties(b.fact):
        return True
    small, large = sorted((a.line, b.line), key=lambda line: len(line.content))
    return small.shares(large) >= ALIKE


def _happening(group: _Group, copies: Copies) -> Happening | None:
    claims = [claim for claim, _ in group]
    events = sorted((e for _, es in group for e in es), key=_told_worse)
    when = min((c.when for c in claims if c.when), key=lambda w: (w.first is None, FINENESS[w.grain], w.start))
    sources = {e.fact.article_id for e in events}
    superseded = next((c.superseded_by for c in claims if c.superseded_by), None)
    return Happening(tuple(events), when, claims[0].modality, len(sources), copies.independent(sources), superseded)


def _told_worse(event: Event) -> tuple[object, ...]:
    dated = event.when is not None
    return (-round(event.fit * (0.5 + 0.5 * event.sure) * (1 + event.worth) * (1 if dated else 0.4), 6), event.place)
