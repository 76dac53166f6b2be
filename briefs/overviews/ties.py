"""What one fact says of one pair of named parties.

The extraction names agents and patients; here is decided which of them are a pair that a reader would draw: both known by a
name, of a kind that the relation takes, and told in words that say so. Where the words leave doubt there is no tie.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING

from briefs.facts.offices import OFFICES
from briefs.models import BlockKind, EntityKind, Modality
from briefs.overviews.relations import FALLEN, Told, relation_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.models import Argument, Article, Entity, Fact, Mention, Reading, Role
    from briefs.overviews.relations import Relation

_UNSURE = {EntityKind.OTHER, EntityKind.PRODUCT}  # what a small model takes an unknown name for
_FULL = 2  # words of a name that is a person's or an organisation's whatever the model takes it for

# A gerund behind these is a matter spoken of: "in favor of impeaching him", "the idea of suing".
_SPOKEN_OF = re.compile(
    r"\b(?:of|about|on|against|toward|towards|from|to|than|consider(?:s|ed|ing)?)\s+$", re.IGNORECASE
)
# An aim that nobody says will be reached: "the best way to oust her", "enough to sue".
_NO_PLAN = re.compile(
    r"\b(?:way|ways|time|enough|reason|reasons|power|right|chance|one|likely|easier|harder|best|better|able)\s+to\s+$",
    re.IGNORECASE,
)
_INVITING = re.compile(r"\binvit\w+\b[^.;]{0,60}\bto\s+$", re.IGNORECASE)
_REFUSING = re.compile(r"\b(?:refus|declin)\w+\s+to\s+$", re.IGNORECASE)
_AREA = re.compile(
    r"^the\s+(?:\w+\s+)?(?:province|state|city|town|village|region|district|island|capital|port|republic) of\s",
    re.IGNORECASE,
)
_SCORE = re.compile(r"\d")  # "Leeds Athletic 3-0"
_POSSESSED = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Tie:
    """One fact's word of one pair, as the article itself names them."""

    agent: Entity
    patient: Entity
    relation: Relation
    verb: str  # the infinitive as told
    told: Told
    fact: Fact
    named: int  # how many of the two the sentence itself names


def ties(article: Article, reading: Reading) -> Iterator[Tie]:
    """Every pair that the prose of an article connects."""
    page = _Page(article, reading)
    for fact in reading.facts:
        if (fact.start, fact.end) in page.prose:
            yield from _ties(page, fact)


class _Page:
    """An article with what is looked up for each of its facts."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self.article = article
        self.reading = reading
        self.prose = {(s.start, s.end) for s in reading.sentences if s.kind is BlockKind.PROSE}

    @cached_property
    def _names(self) -> list[Mention]:
        return sorted((m for m in self.reading.mentions if m.form == "name"), key=lambda m: m.start)

    def named(self, start: int, end: int) -> Sequence[Mention]:
        """The names in a range."""
        first = bisect_left(self._names, start, key=lambda m: m.start)
        last = bisect_left(self._names, end, key=lambda m: m.start)
        return self._names[first:last]

    def before(self, fact: Fact) -> str:
        """The words of its sentence before a fact's predicate."""
        return self.article.text[fact.start : fact.predicate.start]

    def word(self, fact: Fact) -> str:
        """What a fact's predicate reads."""
        return self.article.text[fact.predicate.start : fact.predicate.end]

    def beside(self, fact: Fact, kind: str) -> Iterator[Fact]:
        """The facts of a kind in the same sentence, of which the fact is an argument."""
        for other in self.reading.facts:
            if other.kind != kind or other.start != fact.start or other is fact:
                continue
            if any(a.start <= fact.predicate.start < a.end for a in other.arguments):
                yield other


def _ties(page: _Page, fact: Fact) -> Iterator[Tie]:
    word = page.word(fact)
    relation = relation_of(fact, word)
    told = _told(page, fact) if relation is not None and _meant(fact, word) else None
    if relation is None or told is None:
        return
    cancellers = _called_off_by(page, fact) if told is Told.CANCELLED and fact.kind in FALLEN else []
    for one, other in _pairs(page, fact, relation, cancellers):
        own = Told.CALLED_OFF if one[1] in [entity for _, entity in cancellers] else told
        named = sum(bool(page.named(a.start, a.end)) for a, _ in (one, other))
        yield Tie(one[1], other[1], relation, relation.verb(fact, word), own, fact, named)


# -------------------------------------------------------------------------------------------------------------- manner
def _meant(fact: Fact, word: str) -> bool:
    """Whether the words mean the relation, where they could mean something else."""
    if fact.predicate.lemma == "name" and word.lower().startswith("nam"):
        return any(a.role == "other" and a.head.lower() in OFFICES for a in fact.arguments)
    return True


def _told(page: _Page, fact: Fact) -> Told | None:
    """How it is told; None where it is only thought, wished or spoken of."""
    before = page.before(fact)
    if fact.modality is Modality.POSSIBLE:
        return Told.REFUSED if fact.negated and _REFUSING.search(before) else None
    if fact.modality is Modality.CANCELLED:
        return Told.CANCELLED
    if fact.negated:
        return _told_not(page, fact)
    if fact.modality is Modality.PLANNED:
        if _INVITING.search(before):
            return Told.INVITED
        return None if _NO_PLAN.search(before) else Told.PLANNED
    if _SPOKEN_OF.search(before) and page.word(fact).lower().endswith("ing"):
        return None
    return Told.PLANNED if _ahead(page, fact) else Told.HAPPENED


def _told_not(page: _Page, fact: Fact) -> Told | None:
    for denial in page.beside(fact, "deny"):
        if denial.predicate.lemma == "deny" and not denial.negated:
            return Told.DENIED
    if fact.modality is Modality.PLANNED:
        return Told.NOT_PLANNED
    return Told.NOT


def _ahead(page: _Page, fact: Fact) -> bool:
    """Whether it is told in the present of a day to come: "they play Ostia on 30 May"."""
    when = fact.when
    return when is not None and when.first is not None and when.first > page.article.shown_at and when.modifier is None


# --------------------------------------------------------------------------------------------------------------- pairs
_Party = tuple["Argument", "Entity"]


def _pairs(
    page: _Page, fact: Fact, relation: Relation, cancellers: Sequence[_Party]
) -> Iterator[tuple[_Party, _Party]]:
    """Who is connected with whom in a fact: each agent with each patient, and all who do something together."""
    agents = _parties(page, fact, "agent") or list(cancellers)
    others = [party for role in relation.ends for party in _parties(page, fact, role)]
    if not agents and len(others) > 1:  # "her appointment of him"
        agents = [party for party in others if _POSSESSED.search(party[0].text)][:1]
        others = [party for party in others if party not in agents]
    if relation.kind == "visit" and not others:
        others = _parties(page, fact, "place")
    yield from product(agents, others)
    if relation.mutual and not others:
        yield from combinations(agents, 2)


def _parties(page: _Page, fact: Fact, role: Role) -> list[_Party]:
    """The named parties in a role."""
    found: list[_Party] = []
    for argument in fact.arguments:
        if argument.role != role:
            continue
        if argument.entity is not None:
            found.append((argument, argument.entity))
        elif _AREA.match(argument.text):
            inside = page.named(argument.start, argument.end)
            found += [(argument, m.entity) for m in inside if m.end == argument.end]
    return found


def _called_off_by(page: _Page, fact: Fact) -> list[_Party]:
    """Who called it off: "cancelled a visit to Japan"."""
    return [party for other in page.beside(fact, "cancel") for party in _parties(page, other, "agent")]


def fit(tie: Tie) -> bool:
    """Whether both are named, are not one, and are of kinds that the relation takes; asked once all articles name them."""
    one, other = tie.agent.name.lower(), tie.patient.name.lower()
    if one in other or other in one:
        return False
    return _stands(tie.agent, tie.relation.agents) and _stands(tie.patient, tie.relation.patients)


def _stands(entity: Entity, kinds: frozenset[EntityKind]) -> bool:
    known = entity.kind in kinds or (entity.kind in _UNSURE and len(entity.name.split()) >= _FULL)
    return known and len(entity.name) > 1 and entity.name[0].isupper() and _SCORE.search(entity.name) is None
