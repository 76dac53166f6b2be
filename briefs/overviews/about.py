"""What a name means in some articles, and which events are about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.briefing.news.statements import SAID
from briefs.language.words import STOP_WORDS, stem, stems, words
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefs.language.names import Names
    from briefs.models import Argument, Entity
    from briefs.overviews.events import Event


_SIDES = frozenset({"agent", "patient", "co_agent", "recipient"})
_AROUND = frozenset({"place", "other", "amount"})
ITSELF, PART, TOUCHED = (
    1.0,
    0.6,
    0.3,
)  # how far an event is about who takes part, whose something takes part, who is near


class About:
    """A name as these articles know it: whom it means, or, where it names nobody, the words of a topic.

    An event is about a name that does or undergoes it or where it is; a plan also where the one named tells it. It is about
    a topic if its sentence holds one of the words, and all of them with its article's title.
    """

    def __init__(self, name: str, names: Names) -> None:
        self._names = names
        self._words = frozenset(stem(word) for word, _, _ in words(name) if word not in STOP_WORDS)
        self._meant = _meant(name, names)
        self.entity = self._meant[0] if self._meant else None
        self.subject = self.entity.name if self.entity is not None else " ".join(name.split())

    def of(self, told: Iterable[Event]) -> list[Event]:
        """The events that are about the name; what only touches it is worth less."""
        shares = ((event, self.share(event)) for event in told)
        return [replace(event, worth=event.worth - (1 - share)) for event, share in shares if share]

    def share(self, event: Event) -> float:
        """How far an event is about the name, 0..1: whether it takes part itself, or something of it, or is where it was."""
        if self.entity is None:
            return float(self._is_on_topic(event))
        sides = [a for a in event.fact.arguments if a.role in _SIDES]
        if any(self._is_itself(event, a) for a in sides):
            return ITSELF
        if self._named_in(event, sides) or (event.ahead and self._tells(event)):
            return PART
        around = [a for a in event.fact.arguments if a.role in _AROUND]
        wide = event.lead or self.entity.kind is EntityKind.PLACE
        return TOUCHED if self._named_in(event, around) or (wide and self._is_in_sentence(event)) else 0.0

    def _is_itself(self, event: Event, argument: Argument) -> bool:
        return argument.entity is not None and self._means(event.fact.article_id, argument.entity)

    def _is_in_sentence(self, event: Event) -> bool:
        return any(self._means(event.fact.article_id, mention.entity) for mention in event.mentions)

    def _is_on_topic(self, event: Event) -> bool:
        told = stems(event.line.text)
        return bool(self._words & told) and self._words <= told | stems(event.line.article.title or "")

    def _tells(self, event: Event) -> bool:
        """Whether a plan is told by the one named: "its leader, Bridget Nolan, said members would vote"."""
        saying = (f for f in event.line.facts if f.kind in SAID and event.fact.attribution is not None)
        return any(self._named_in(event, [a for a in fact.arguments if a.role == "agent"]) for fact in saying)

    def _named_in(self, event: Event, arguments: Sequence[Argument]) -> bool:
        """Whether some of these arguments name it, by any name, description or pronoun."""
        article_id = event.fact.article_id
        places = [m.start for m in event.mentions if self._means(article_id, m.entity)]
        return any(a.start <= at < a.end for at in places for a in arguments) or any(
            a.entity is not None and self._means(article_id, a.entity) for a in arguments
        )

    def _means(self, article_id: str, entity: Entity) -> bool:
        return self._names.of(article_id, entity) in self._meant


def _meant(name: str, names: Names) -> tuple[Entity, ...]:
    """Whom a name means of those who go by it: one person, or a thing with what has a word more: "Brightwater Dairies"."""
    found = names.exact(name)
    if not found or found[0].kind is EntityKind.PERSON:
        return tuple(found[:1])
    begun, count = f"{name.strip().casefold()} ", len(name.split()) + 1
    more = [e for e in names.entities if e.name.casefold().startswith(begun) and len(e.name.split()) == count]
    same = [e for e in more if e.kind not in (EntityKind.PERSON, EntityKind.GROUP)]
    fullest = same if len(same) == 1 else []
    return tuple(dict.fromkeys([*fullest, found[0], *same]))
