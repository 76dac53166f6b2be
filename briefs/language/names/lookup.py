"""Finding entities by the words a person types: names, surnames, acronyms, descriptions, small misspellings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from briefs.language.names import normal, words
from briefs.language.words import word_set
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefs.models import Entity

_MISSPELT = 5  # letters from which on a misspelling is forgiven
_NOISE = word_set("the a an of for to in and 's s is was who new current then")


class Index:
    """Look-ups over a fixed set of entities, the most mentioned first."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._by_key: dict[str, list[Entity]] = defaultdict(list)
        self._by_part: dict[str, list[Entity]] = defaultdict(list)
        self._described: dict[str, list[tuple[Entity, frozenset[str]]]] = defaultdict(list)
        self._spellings: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._rank: dict[str, int] = {}  # of two equally near spellings the better known is meant
        for entity in entities:
            self._add(entity)
        for word in dict.fromkeys([*self._by_key, *self._by_part]):
            if " " not in word and len(word) >= _MISSPELT - 1:
                self._spellings[word[0], len(word)].append(word)
                self._rank[word] = len(self._rank)

    def _add(self, entity: Entity) -> None:
        for name in dict.fromkeys((entity.name, *entity.names)):
            key = normal.key(name)
            _append(self._by_key[key], entity)
            if is_description(name):
                self._describe(entity, name)
            elif name[:1].isupper():
                for part in _parts(entity, key):
                    _append(self._by_part[part], entity)

    def _describe(self, entity: Entity, description: str) -> None:
        """Remember under each noun of its office what words stand in a description, with the names' own."""
        said = frozenset(stem for word in _split(description) for stem in normal.stems(word))
        for noun in normal.same_office(_head(description)):
            self._described[noun].append((entity, said))

    def find(self, text: str) -> tuple[Entity, ...]:
        """Return the entities meant by ``text``, best first; none if it names nothing known."""
        key = normal.key(text)
        if not key:
            return ()
        found = self._exactly(key)
        return tuple(dict.fromkeys(found or self._titled(key) or self._by_description(text) or self._misspelt(key)))

    def exact(self, text: str) -> tuple[Entity, ...]:
        """Return the entities that go by ``text`` as it is typed, or by it as a part of their name."""
        return tuple(dict.fromkeys(self._exactly(normal.key(text))))

    def _titled(self, key: str) -> list[Entity]:
        """Take titles off: "president okoro", "mr. lindqvist"."""
        parts = key.split()
        while len(parts) > 1 and parts[0].rstrip(".") in words.TITLES | words.COURTESY | words.TITLES_EXTRA:
            parts.pop(0)
            rest = " ".join(parts)
            if found := self._exactly(rest):
                return found
        return []

    def _by_description(self, text: str) -> list[Entity]:
        """Find who is described with all the words typed: "nordlink chief" is "director of Nordlink"."""
        asked = [word for word in _split(text) if word.lower() not in _NOISE]
        for noun in reversed(asked):
            known = self._described.get(noun.lower(), ())
            beside = [_asked_stems(word) for word in asked if word is not noun]
            if known and beside:
                return [entity for entity, said in known if all(stems & said for stems in beside)]
        return []

    def _misspelt(self, key: str) -> list[Entity]:
        """Forgive one letter in a word of five, two from eight on; in a given name one if the surname is right."""
        parts = [self._nearest(part) or "" for part in key.split()]
        if all(parts) and (found := self._exactly(" ".join(parts))):
            return found
        *given, last = parts or [""]
        if not given or not last:
            return []
        return [
            entity
            for entity in self._by_part.get(last, ())
            if normal.distance(given[0] or key.split(maxsplit=1)[0], normal.person_parts(entity.name)[0], 1) <= 1
        ]

    def _exactly(self, key: str) -> list[Entity]:
        return [*self._by_key.get(key, ()), *self._by_part.get(key, ())]

    def _nearest(self, word: str) -> str | None:
        if word in self._by_part or word in self._by_key or len(word) < _MISSPELT:
            return word
        allowed = 1 if len(word) < _MISSPELT + 3 else 2
        near = (
            (normal.distance(word, known, allowed), self._rank[known], known)
            for length in range(len(word) - allowed, len(word) + allowed + 1)
            for known in self._spellings.get((word[0], length), ())
        )
        best = min(near, default=(allowed + 1, 0, ""))
        return best[2] if best[0] <= allowed else None


def is_description(name: str) -> bool:
    """Tell whether one of an entity's names describes it: its head is a common noun or an office."""
    head = _head(name)
    return head in words.PERSON_NOUNS or (head in words.KIND_OF_HEAD and not name.istitle() and name != name.upper())


def _head(description: str) -> str:
    """Return the noun a description hangs on: before "of", else the last word."""
    for cut in (" of ", " for ", " at ", " to "):
        description = description.partition(cut)[0]
    return description.strip().rpartition(" ")[2].lower().rstrip(".,")


def _split(text: str) -> list[str]:
    return [word for word in text.replace("\u2019", "'").replace("'s", " ").replace("-", " ").split() if word]


def _asked_stems(word: str) -> frozenset[str]:
    """Return the stems of a typed word, as if it were a land or people too: nobody types capitals."""
    return normal.stems(word) | normal.stems(word.capitalize())


def _parts(entity: Entity, key: str) -> Iterable[str]:
    if entity.kind is EntityKind.PERSON:
        return normal.person_parts(entity.name)
    first, *rest = key.split()
    return (first,) if rest and entity.kind in {EntityKind.PLACE, EntityKind.CRAFT, EntityKind.PROGRAMME} else ()


def _append(entities: list[Entity], entity: Entity) -> None:
    if not entities or entities[-1] is not entity:  # entities come one after another
        entities.append(entity)
