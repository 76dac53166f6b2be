"""What a name means in some articles, and which facts are about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.language.words import stem, stems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefs.language.names import Names
    from briefs.models import Entity, Fact, Reading


class About:
    """A name as these articles know it: whom it means, or, where it names nobody, the words of a topic."""

    def __init__(self, name: str, names: Names, readings: Mapping[str, Reading]) -> None:
        self._names = names
        self._readings = readings
        self._stems = frozenset(stem(word) for word in stems(name))
        found = names.exact(name) or names.lookup(name)
        self.entity: Entity | None = found[0] if found else None
        self.subject = self.entity.name if self.entity is not None else name.strip()
        self._places: dict[str, tuple[int, ...]] = {}

    def holds(self, fact: Fact) -> bool:
        """Whether what somebody or something does or undergoes in a fact is about it."""
        spans = [(a.start, a.end) for a in fact.arguments if a.role not in ("topic", "reason")]
        if any(start <= at < end for at in self._mentioned(fact.article_id) for start, end in spans):
            return True
        return bool(self._stems) and any(self._stems <= stems(a.text) for a in fact.arguments)

    def _mentioned(self, article_id: str) -> tuple[int, ...]:
        """Where an article names it, by any name, description or pronoun."""
        if self.entity is None:
            return ()
        if article_id not in self._places:
            found = (
                m.start
                for m in self._readings[article_id].mentions
                if self._names.of(article_id, m.entity).name == self.entity.name
            )
            self._places[article_id] = tuple(found)
        return self._places[article_id]
