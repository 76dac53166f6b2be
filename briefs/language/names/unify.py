"""Joining the entities of several articles, and finding them by the words a person types."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from briefs.language.names import normal
from briefs.models import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.models import Mention


class Names:
    """The entities of several articles as one set."""

    def __init__(self, canonical: Mapping[tuple[str, Entity], Entity]) -> None:
        self._canonical = dict(canonical)
        self.entities: tuple[Entity, ...] = tuple(dict.fromkeys(self._canonical.values()))
        self._by_key: dict[str, list[Entity]] = defaultdict(list)
        self._by_part: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities:
            self._index(entity)

    def _index(self, entity: Entity) -> None:
        for name in (entity.name, *entity.names):
            if entity not in self._by_key[normal.key(name)]:
                self._by_key[normal.key(name)].append(entity)
        if entity.kind is EntityKind.PERSON:
            for part in normal.person_parts(entity.name):
                if entity not in self._by_part[part]:
                    self._by_part[part].append(entity)

    def of(self, article_id: str, entity: Entity) -> Entity:
        """Return the joined entity of one article's entity; the same entity if it is not known."""
        return self._canonical.get((article_id, entity), entity)

    def lookup(self, text: str) -> tuple[Entity, ...]:
        """Find entities by what a person typed: a name, a part of it, a description, a near miss; best first."""
        key = normal.key(text)
        if not key:
            return ()
        exact = self._by_key.get(key) or self._by_part.get(key)
        if exact:
            return tuple(exact)
        return ()


def unify(mentions_by_article: Mapping[str, Sequence[Mention]]) -> Names:
    """Join the articles' entities that bear one name; deterministic, in the order given."""
    groups: dict[str, list[tuple[str, Entity]]] = defaultdict(list)
    persons: dict[str, set[str]] = defaultdict(set)
    entities = [
        (article, entity)
        for article, mentions in mentions_by_article.items()
        for entity in dict.fromkeys(mention.entity for mention in mentions)
    ]
    for _, entity in entities:
        parts = normal.person_parts(entity.name)
        if entity.kind is EntityKind.PERSON and len(parts) > 1:
            persons[parts[-1]].add(normal.key(entity.name))
    acronyms = _acronyms(entities)
    for article, entity in entities:
        key = normal.key(entity.name)
        if len(persons.get(key, ())) == 1:
            key = next(iter(persons[key]))
        key = acronyms.get(key, key)
        groups[key].append((article, entity))
    canonical = {}
    for members in groups.values():
        joined = _joined([entity for _, entity in members])
        canonical.update(dict.fromkeys(members, joined))
    return Names(canonical)


def _acronyms(entities: Sequence[tuple[str, Entity]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, entity in entities:
        for name in entity.names:
            if normal.is_acronym(name) and len(entity.name.split()) > 1:
                found.setdefault(normal.key(name), normal.key(entity.name))
    return found


def _joined(entities: Sequence[Entity]) -> Entity:
    name = max(
        Counter(entity.name for entity in entities).items(), key=lambda pair: (len(pair[0].split()), pair[1], pair[0])
    )[0]
    kinds = Counter(entity.kind for entity in entities)
    order = {kind: number for number, kind in enumerate(EntityKind)}
    kind = min(kinds, key=lambda kind: (-kinds[kind], order[kind]))
    names = dict.fromkeys(other for entity in entities for other in (entity.name, *entity.names))
    return Entity(name, kind, tuple(other for other in names if other != name))
