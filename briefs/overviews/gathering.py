"""Events that several sentences tell, each once: by claims, and by what is told alike of one day.

    events ─merge─▶ claims ─one day, one event?─▶ Happening

Claims are strict, for they compare all articles there are. Of one day, and within what a story or a name brings together,
less is enough: one sentence, one kind of event without names that differ, or sentences that say the same. An event dated
only by its article's day is that of a sentence which dates it, up to a week before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.briefing.news.lines import content
from briefs.briefing.news.matters import event as event_of
from briefs.briefing.news.matters import is_linked, one_matter, overlapping, sides
from briefs.briefing.news.statements import AHEAD, NO_EVENT
from briefs.facts import claims as claiming
from briefs.facts.frames import MUTUAL, OTHER, noun_frame
from briefs.facts.independence import Copies
from briefs.facts.scene import FINENESS
from briefs.models import Grain, Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs.facts.participants import Unifier
    from briefs.models import Article, Claim, Evidence, Fact, When
    from briefs.overviews.events import Event

MORE = 5  # others at most who tell an event
ALIKE = 0.5  # share of a sentence's content that another tells too, from which they tell one event of a day
BESIDE = 0.6  # what is left of how well a sentence tells an event that it does not state
NAMED = 0.4  # the same of two sentences with a name in common
PLAIN = 2  # words besides names, that two sentences which tell one event have in common at least
OPENED = 0.33  # the same of two such openings
LINKED = 0.25  # the same, from which two events of a kind may be one that have nobody in common
LATE = timedelta(days=7)  # after an event, within which an article may open with it and not say when it was
_LIGHT = frozenset({"give", "hold", "make", "get"})  # verbs whose object says what is done
_WIDE = frozenset({Grain.QUARTER, Grain.SEASON, Grain.HALF, Grain.YEAR})


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with all that tell it, best first."""

    events: tuple[Event, ...]
    when: When
    modality: Modality
    sources: int
    independent: int

    @property
    def best(self) -> Event:
        """Who tells it best."""
        return self.events[0]

    def others(self) -> tuple[Evidence, ...]:
        """The sentences of other articles that tell it, one of each."""
        first = {event.fact.article_id: event for event in reversed(self.events)}
        del first[self.best.fact.article_id]
        return tuple(event.evidence() for event in self.events if first.get(event.fact.article_id) is event)[:MORE]


def gather(
    events: Sequence[Event],
    names: Unifier | None,
    articles: Mapping[str, Article],
    *,
    one_story: bool = False,
    stories: Mapping[str, str] | None = None,
) -> tuple[Happening, ...]:
    """The events that have a day, each once; always in the same order. In ``one_story`` a kind of event happens once a day.

    ``stories``: each article's, where they are of several; what is planned alike in one for one time is one plan.
    """
    by_place = {(e.place, e.fact.kind): e for e in events}
    told = [
        _Told(claim, tuple(by_place[k] for fact in claim.facts if (k := (_place(fact), fact.kind)) in by_place))
        for claim in claiming.merge([e.fact for e in events], names, articles)
    ]
    copies = Copies(articles)
    joins = _Joins(one_story, stories or {})
    return tuple(_happening(group, copies) for group in _joined(told, joins))


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with the events it was made of."""

    claim: Claim
    events: tuple[Event, ...]

    @property
    def sure(self) -> float:
        return max(e.sure for e in self.events)


_Group = list[_Told]


def _place(fact: Fact) -> tuple[str, int, int]:
    return fact.article_id, fact.start, fact.predicate.start


@dataclass(frozen=True, slots=True)
class _Joins:
    """Which events are one, by what is known of their stories."""

    one_story: bool
    stories: Mapping[str, str]

    def are_one(self, a: Event, b: Event) -> bool:
        if _one_event(a, b) or (self.one_story and _once_a_day(a, b)):
            return True
        story = self.stories.get(a.fact.article_id)
        return story is not None and story == self.stories.get(b.fact.article_id) and _one_plan(a, b)


def _joined(told: Sequence[_Told], joins: _Joins) -> list[_Group]:
    """Claims that tell one event; what is surely dated first, so that what is not may join it."""
    groups: list[_Group] = []
    by_day: dict[tuple[str, str], list[_Group]] = defaultdict(list)
    dated = [each for each in told if each.events and each.claim.when is not None and each.claim.when.first is not None]
    for each in sorted(dated, key=lambda t: -t.sure):
        near = (group for key in _days(each) for group in by_day[key])
        home = next((group for group in near if _is_of(each, group, joins)), None)
        if home is None:
            home = []
            by_day[next(_days(each))].append(home)
            groups.append(home)
        home.append(each)
    return groups


def _is_of(told: _Told, group: _Group, joins: _Joins) -> bool:
    return any(joins.are_one(a, b) for other in group for a in other.events for b in told.events)


def _one_plan(a: Event, b: Event) -> bool:
    """Whether two articles of one story plan one thing for one time: "will give her verdict", "the verdict is expected"."""
    apart = a.line.article.root == b.line.article.root or (_named(a.fact) and _named(b.fact))
    if apart or a.when is None or a.when.grain in _WIDE or not _of_one_day(a, b):
        return False
    if not (_kinds(a) & _kinds(b)).difference(NO_EVENT):
        return False
    by_noun = event_of(a.fact) != event_of(b.fact)
    return by_noun or is_linked(a.fact, b.fact) or likeness(a, b) >= LINKED


def _kinds(event: Event) -> frozenset[str]:
    """The kind of event that a plan is of: by its verb, or by what is to be given or held."""
    if event.fact.kind not in _LIGHT:
        return frozenset({event_of(event.fact)})
    frames = (noun_frame(a.head) for a in event.fact.arguments if a.role == "patient")
    return frozenset(frame.name for frame in frames if frame is not None)


def _once_a_day(a: Event, b: Event) -> bool:
    """Whether two articles of one story tell a kind of event of one day, and not of two who are named."""
    same = event_of(a.fact) == event_of(b.fact) and a.fact.kind not in {*NO_EVENT, OTHER} and _of_one_day(a, b)
    return same and not (_named(a.fact) and _named(b.fact))


def _named(fact: Fact) -> frozenset[str]:
    return frozenset(a.entity.name for a in fact.arguments if a.entity is not None and a.role in ("agent", "patient"))


def _days(told: _Told) -> Iterator[tuple[str, str]]:
    """The days under which an event may stand, its own first."""
    when = told.claim.when
    assert when is not None
    told_as = "ahead" if told.claim.modality in AHEAD else told.claim.modality.value
    yield when.value[:10], told_as
    if told.sure < 1 and when.first is not None and len(when.value) >= len("2025-07-31"):
        for days in range(1, LATE.days + 1):
            yield (when.first - timedelta(days=days)).date().isoformat(), told_as


def _one_event(a: Event, b: Event) -> bool:
    """Whether two events of a day are one."""
    if a.sentence == b.sentence:
        return True
    same = event_of(a.fact) == event_of(b.fact)
    if a.sure != b.sure and not _of_one_day(a, b):
        return same and _say_the_same(a, b)
    if same and a.fact.kind != OTHER:
        return _may_be_one(a, b)
    return a.line.article.root != b.line.article.root and _say_the_same(a, b)


def _of_one_day(a: Event, b: Event) -> bool:
    return a.when is None or b.when is None or a.when.value[:10] == b.when.value[:10]


def _may_be_one(a: Event, b: Event) -> bool:
    """Whether two events of one kind are one: nobody else does it to nobody else, or whom one names the other's sentence names."""
    if a.line.article.root == b.line.article.root:
        return True
    if not is_linked(a.fact, b.fact) and likeness(a, b) < LINKED:
        return False
    return one_matter(a.fact, b.fact) or (a.fact.kind not in MUTUAL and (_is_named_by(a, b) or _is_named_by(b, a)))


def _is_named_by(a: Event, b: Event) -> bool:
    """Whether the sentence of one names whom another has in a role that its own fact fills otherwise."""
    mine, other = sides(a.fact), sides(b.fact)
    apart = [role for role in mine if mine[role] and other[role] and not overlapping(mine[role], other[role])]
    named = {m.entity.name for m in b.mentions if m.form == "name"}
    held = (arg for arg in a.fact.arguments if arg.role in apart and arg.entity is not None)
    return any(arg.entity is not None and arg.entity.name in named for arg in held)


def _say_the_same(a: Event, b: Event) -> bool:
    if not _names(a) & _names(b):
        return likeness(a, b) >= ALIKE
    return likeness(a, b) >= (OPENED if a.lead and b.lead else NAMED)


def likeness(a: Event, b: Event) -> float:
    """The share of the shorter sentence's content that the other tells too, 0..1; 0 where that is hardly more than names."""
    small, large = sorted((a, b), key=lambda event: (len(event.line.content), event.line.text))
    shared = small.line.content & large.line.meant
    plain = shared - content(" ".join(sorted(_names(small))))
    return len(shared) / max(1, len(small.line.content)) if len(plain) >= PLAIN else 0.0


def _names(event: Event) -> frozenset[str]:
    return frozenset(mention.entity.name for mention in event.mentions)


def _happening(group: _Group, copies: Copies) -> Happening:
    events = tuple(sorted((event for told in group for event in told.events), key=_told_worse))
    sources = {event.fact.article_id for event in events}
    modality = min((told.claim.modality for told in group), key=list(Modality).index)  # planned before possible
    return Happening(events, _when(group), modality, len(sources), copies.independent(sources))


def _when(group: _Group) -> When:
    """The finest of the surest times."""
    whens = [(-told.sure, FINENESS[w.grain], w.value, w) for told in group if (w := told.claim.when) is not None]
    return min(whens, key=lambda each: each[:3])[3]


def _told_worse(event: Event) -> tuple[object, ...]:
    worth = event.fit * (0.4 + 0.6 * event.sure) * (1 + event.worth) * (1.0 if event.main else BESIDE)
    return -round(worth, 6), event.place
