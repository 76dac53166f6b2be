"""Joining the entities of several articles: the same person, agency or place under one canonical entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from briefs.language.names import normal, words
from briefs.language.names.entities import likeliest
from briefs.language.names.lookup import Index
from briefs.models import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefs.models import Mention

_ALIKE = 3  # letters with which two spellings of a given name begin
_VARIANT = 2  # letters by which two spellings of a given name may differ
_DOMINANT = 5  # a bare surname is the person named in full in this many times more articles than any other

_Member = tuple[str, "Entity"]  # article id and that article's entity


class Names:
    """The entities of several articles as one set, with their canonical form and a look-up for typed words."""

    def __init__(self, canonical: Mapping[_Member, Entity]) -> None:
        self._canonical = dict(canonical)
        self.entities: tuple[Entity, ...] = tuple(dict.fromkeys(self._canonical.values()))

    @cached_property
    def _index(self) -> Index:
        """Made when first asked: it takes as long as the joining."""
        return Index(self.entities)

    def of(self, article_id: str, entity: Entity) -> Entity:
        """Return the joined entity of one article's entity; the same entity if it is not known."""
        return self._canonical.get((article_id, entity), entity)

    def lookup(self, text: str) -> tuple[Entity, ...]:
        """Find entities by what a person typed: a name, a part of it, a description, a near miss; best first."""
        return self._index.find(text)

    def exact(self, text: str) -> tuple[Entity, ...]:
        """Find entities that go by a name, or by it as a part of theirs, spelled as typed; best first."""
        return self._index.exact(text)


def unify(mentions_by_article: Mapping[str, Sequence[Mention]]) -> Names:
    """Join the articles' entities that must be one thing. Deterministic; near-linear in the number of mentions."""
    members: list[_Member] = []
    weights: dict[_Member, int] = {}
    for article, mentions in mentions_by_article.items():
        for entity, count in Counter(mention.entity for mention in mentions).items():
            weights[article, entity] = count
            members.append((article, entity))
    joined: dict[_Member, Entity] = {}
    groups = _groups(members)
    groups.sort(key=lambda group: -sum(weights[member] for member in group))  # the index returns the best known first
    for group in groups:
        entity = _canonical(group, weights)
        joined.update(dict.fromkeys(group, entity))
    return Names(joined)


def _groups(members: Sequence[_Member]) -> list[list[_Member]]:
    """Gather members under one key each: full persons first, then bare names, acronyms and the rest."""
    people = _People(members)
    spelled = _spelled_out(entity for _, entity in members)
    groups: dict[tuple[str, str], list[_Member]] = defaultdict(list)
    for member in members:
        person = people.key_of(member[1])
        key = _key(member[1])
        groups["person" if person else "thing", person or spelled.get(key, key)].append(member)
    return list(groups.values())


def _key(entity: Entity) -> str:
    """Return the folded name; of a people without the plural: "Republicans"."""
    key = normal.key(entity.name)
    return key.removesuffix("s") if entity.kind is EntityKind.GROUP else key


class _People:
    """The persons with a full name in all articles, by last name."""

    def __init__(self, members: Iterable[_Member]) -> None:
        members = tuple(members)
        self._father_and_son = _fathers_and_sons(members)
        self._articles: Counter[str] = Counter()
        self._by_last: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[tuple[str, str, bool], list[str]] = defaultdict(list)  # by surname and start of given name
        self._same: dict[str, str] = {}
        self._said: dict[str, set[str]] = defaultdict(set)
        self._bare: Counter[tuple[str, bool]] = Counter()  # in how many articles a word is, or is not, a person
        for _, entity in members:
            for name in (entity.name, *entity.names):
                if " " not in name:
                    self._bare[normal.key(name), entity.kind is EntityKind.PERSON] += 1
            parts = normal.person_parts(entity.name)
            if entity.kind is not EntityKind.PERSON or len(parts) < 2:
                continue
            self._bare[parts[-1], True] += 1
            key = self._full_key(parts, junior=normal.is_junior(entity.name))
            self._articles[key] += 1
            self._said[key].update(_offices(entity))

    def _full_key(self, parts: tuple[str, ...], *, junior: bool) -> str:
        """Return the key of a full name: one already known whose given name is a form or spelling of this."""
        junior = junior and (parts[0], parts[-1]) in self._father_and_son
        key = f"{parts[0]} {parts[-1]}{' jr' if junior else ''}"
        if key in self._same:
            return self._same[key]
        alike = self._alike[parts[-1], words.NICKNAMES.get(parts[0], parts[0])[:_ALIKE], junior]
        for known in alike:
            if _same_given(known.partition(" ")[0], parts[0]):
                self._same[key] = known
                return known
        alike.append(key)
        self._by_last[parts[-1]].append(key)
        self._same[key] = key
        return key

    def key_of(self, entity: Entity) -> str | None:
        """Return the key of the person an entity is; None if it is none, or could be several by its bare name."""
        parts = normal.person_parts(entity.name)
        if len(parts) > 1:
            is_known = f"{parts[0]} {parts[-1]}" in self._same
            if entity.kind is not EntityKind.PERSON and not is_known:
                return None
            return self._full_key(parts, junior=normal.is_junior(entity.name))
        key = normal.key(entity.name)
        doubt = 2 if entity.kind in {EntityKind.PLACE, EntityKind.GROUP} else 1
        if entity.kind is EntityKind.PERSON or self._bare[key, True] >= doubt * self._bare[key, False]:
            return self.surname(key, _offices(entity))
        return None

    def surname(self, last: str, offices: frozenset[str] = frozenset()) -> str | None:
        """Return the one person a bare surname can be: the only one, the only one of that office, or by far the first."""
        known = self._by_last.get(last, ())
        if len(known) < 2:
            return known[0] if known else None
        fitting = [key for key in known if offices & self._said[key]]
        if len(fitting) == 1:
            return fitting[0]
        first, second = sorted(known, key=lambda key: -self._articles[key])[:2]
        return first if self._articles[first] >= _DOMINANT * self._articles[second] else None


def _fathers_and_sons(members: Iterable[_Member]) -> set[tuple[str, str]]:
    """Find the given and last names that one article gives to two persons, one of them "Jr."."""
    seen: dict[tuple[str, str, str], set[bool]] = defaultdict(set)
    for article, entity in members:
        parts = normal.person_parts(entity.name)
        if entity.kind is EntityKind.PERSON and len(parts) > 1:
            seen[article, parts[0], parts[-1]].add(normal.is_junior(entity.name))
    return {(given, last) for (_, given, last), kinds in seen.items() if len(kinds) > 1}


def _offices(person: Entity) -> frozenset[str]:
    """Return the head nouns of what a person is called besides names: "President Smith", "the mayor of …"."""
    nouns = (noun for name in person.names for noun in _heads(name))
    return frozenset(words.ABBREVIATED.get(noun, noun) for noun in nouns if noun in words.PERSON_NOUNS)


def _heads(description: str) -> list[str]:
    before, _, _ = description.partition(" of ")
    return [word.lower().rstrip(".,") for word in before.split()[-1:]]


def _same_given(one: str, other: str) -> bool:
    """Tell whether two given names are one in another form or spelling: "Dmitri", "Dmitry"; "Mike", "Michael"."""
    if one == other or words.NICKNAMES.get(one, one) == words.NICKNAMES.get(other, other):
        return True
    close = len(one) > 4 and len(other) > 4 and one[:_ALIKE] == other[:_ALIKE] and one[-1:] != "a" != other[-1:]
    return close and normal.distance(one, other, _VARIANT) <= _VARIANT


def _spelled_out(entities: Iterable[Entity]) -> dict[str, str]:
    """Map the key of an acronym to that of the long name, where all articles that spell it out agree."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if entity.kind is EntityKind.PERSON or len(entity.name.split()) < 2:
            continue
        for name in entity.names:
            if normal.is_acronym(name):
                found[normal.key(name)].add(normal.key(entity.name))
    return {short: next(iter(full)) for short, full in found.items() if len(full) == 1}


def _canonical(group: Sequence[_Member], weights: Mapping[_Member, int]) -> Entity:
    """Give a group its fullest usual name, the kind most of its mentions have, and every name and description."""
    names: Counter[str] = Counter()
    kinds: Counter[EntityKind] = Counter()
    for member in group:
        names[member[1].name] += 1
        kinds[member[1].kind] += weights[member]
    kind = likeliest(kinds)
    name = max(names, key=lambda name: (min(len(normal.key(name).split()), 2), names[name], len(name), name))
    others = dict.fromkeys(other for _, entity in group for other in (entity.name, *entity.names))
    others.pop(name, None)
    return Entity(name, kind, tuple(others))
