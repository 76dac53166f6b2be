"""Who and what a fact is about, as keys that can be compared over sentences and articles."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from briefs.facts.frames import MUTUAL, noun_frame, synonyms
from briefs.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefs.models import Argument, Article, Entity, Fact, Role


class Unifier(Protocol):
    """Joins the entities of several articles."""

    def of(self, article_id: str, entity: Entity) -> Entity:
        """Return the joined entity of one article's entity."""
        ...


_TAKING_PART: frozenset[Role] = frozenset({"agent", "patient", "recipient", "co_agent"})
# A later "the meeting" may go back to "he travelled to discuss …".
_KIN = {
    "meet": ("meet", "discuss", "visit"),
    "discuss": ("discuss", "meet"),
    "visit": ("visit", "travel"),
    "travel": ("travel", "visit"),
}
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|such|their|his|her|its|both)\b[^,.;:()]{0,40}$", re.IGNORECASE)
_PRONOUNS = word_set(
    "i we you he she it they him her us them who which that this these those his its their one someone everyone nobody"
)
_STOPWORDS = word_set(
    "the a an of to in on at for and or with by from as that this it its is are was were be been has have had will would their his "
    "her he she they we our"
)


@dataclass(frozen=True)  # no slots: what is compared often is computed once
class Told:
    """A fact with its participants: joined entities by role, and the heads and words of arguments that name nobody."""

    fact: Fact
    entities: frozenset[tuple[Role, Entity]]
    heads: frozenset[tuple[Role, str]]
    words: frozenset[str]  # of what it is about: patients and topics without a name

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of all participants."""
        return frozenset(entity.name for _, entity in self.entities)

    @cached_property
    def in_role(self) -> dict[Role, set[str]]:
        """Names of the participants by role."""
        return _by_role((role, entity.name) for role, entity in self.entities)

    @cached_property
    def heads_in_role(self) -> dict[Role, set[str]]:
        """Heads of the nameless participants by role."""
        return _by_role(self.heads)

    @cached_property
    def undergone(self) -> frozenset[str]:
        """Heads of the nameless agents and patients."""
        return frozenset(head for role, head in self.heads if role in {"patient", "agent"})


def _by_role(pairs: Iterable[tuple[Role, str]]) -> dict[Role, set[str]]:
    found: dict[Role, set[str]] = {}
    for role, word in pairs:
        found.setdefault(role, set()).add(word)
    return found


def tell(facts: Sequence[Fact], names: Unifier | None, articles: Mapping[str, Article]) -> list[Told]:
    """Every fact with its participants, "the meeting" with those of the meeting told before it."""
    by_article: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_article[fact.article_id].append(fact)
    return [
        told
        for article_id, own in by_article.items()
        for told in _linked(sorted(own, key=_position), names, articles.get(article_id))
    ]


def _position(fact: Fact) -> tuple[int, int, int]:
    return fact.start, fact.predicate.start, fact.predicate.end


def _linked(facts: Sequence[Fact], names: Unifier | None, article: Article | None) -> Iterator[Told]:
    before: list[Told] = []
    last: dict[str, Told] = {}
    for fact in sorted(facts, key=lambda f: f.predicate.start):
        told = _with_events(_told(fact, names), before)
        if not told.entities and article is not None and _points_back(fact, article, last):
            told = _taking(told, last)
        if told.entities or (told.heads and not last.get(fact.kind, told).entities):
            last[fact.kind] = told
        before.append(told)
        yield told


def _told(fact: Fact, names: Unifier | None) -> Told:
    entities: set[tuple[Role, Entity]] = set()
    heads: set[tuple[Role, str]] = set()
    words: set[str] = set()
    for argument in fact.arguments:
        if argument.entity is not None and argument.role in _TAKING_PART:
            entity = names.of(fact.article_id, argument.entity) if names is not None else argument.entity
            entities.add((argument.role, entity))
        elif argument.role in _TAKING_PART and argument.head not in _PRONOUNS:
            heads.add((argument.role, _distinct(argument)))
        if argument.entity is None and argument.role in {"patient", "topic"}:
            words |= content_words(argument.text)
    return Told(fact, frozenset(entities), frozenset(heads), frozenset(words))


def content_words(text: str) -> set[str]:
    """The words of a text that carry meaning, lower case."""
    return {w for w in re.findall(r"[\w$%]+", text.lower()) if w not in _STOPWORDS}


def _distinct(argument: Argument) -> str:
    """The head of a phrase; "another crew" is not the crew."""
    first = argument.text.split(" ", 1)[0].lower()
    return f"another {argument.head}" if first in {"another", "other", "further", "second", "next"} else argument.head


def _with_events(told: Told, before: Sequence[Told]) -> Told:
    """Participants of an event that is itself the argument count: "the launch of a crew … lifted off"."""
    for argument in told.fact.arguments:
        event = noun_frame(argument.head)
        if event is None or event.name != told.fact.kind:
            continue
        inner = next((t for t in reversed(before) if _stands_in(t.fact, argument, told.fact)), None)
        if inner is not None:
            heads = frozenset(h for h in told.heads if h[1] != argument.head) | inner.heads
            told = replace(told, entities=told.entities | inner.entities, heads=heads)
    return told


def _stands_in(inner: Fact, argument: Argument, fact: Fact) -> bool:
    return inner.kind == fact.kind and argument.start <= inner.predicate.start < argument.end


def _points_back(fact: Fact, article: Article, last: Mapping[str, Told]) -> bool:
    before = _before(fact, last)
    if before is None or article.text[fact.predicate.start : fact.predicate.end].lower().rstrip("s") not in _nouns(
        fact
    ):
        return False
    same_sentence = before.fact.start == fact.start and before.fact.kind == fact.kind
    return same_sentence or _DEFINITE.search(article.text[fact.start : fact.predicate.start]) is not None


def _nouns(fact: Fact) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in synonyms(fact.kind))


def _before(fact: Fact, last: Mapping[str, Told]) -> Told | None:
    found = [last[kind] for kind in _KIN.get(fact.kind, (fact.kind,)) if kind in last]
    same = [told for told in found if told.fact.kind == fact.kind]
    return next(iter(same or found), None)


def _taking(told: Told, last: Mapping[str, Told]) -> Told:
    before = _before(told.fact, last)
    if before is None:
        return told
    mutual = told.fact.kind in MUTUAL
    inherited = {(role, e) for role, e in before.entities if role == "agent" or (mutual and before.fact.kind in MUTUAL)}
    same = before.fact.kind == told.fact.kind
    kept = frozenset(h for h in before.heads if h[0] in {"agent", "patient"}) if same else frozenset()
    return replace(told, entities=before.entities if same else frozenset(inherited), heads=told.heads or kept)
