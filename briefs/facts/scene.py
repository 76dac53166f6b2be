"""A sentence with everything known about it: its words, whom they name, which times they tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from briefs.facts.phrases import clause, noun_phrase
from briefs.language.names.words import KIND_OF_HEAD, PERSON_NOUNS, RELATIVES
from briefs.models import Argument, Entity, EntityKind, Grain

if TYPE_CHECKING:
    from briefs.facts.words import Word
    from briefs.models import Mention, Role, When

_TIMELESS = frozenset({Grain.DURATION, Grain.SET, Grain.VAGUE})


@dataclass(frozen=True, slots=True)
class Scene:
    """One parsed sentence of an article. ``text`` is its passage's text, ``offset`` where that stands in the article."""

    article_id: str
    text: str
    offset: int
    start: int
    end: int
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    whens: tuple[tuple[When, Word], ...]  # each with the topmost of its words

    def quote(self, first: int, last: int) -> tuple[int, int, str]:
        """Range in the article and words of a run of tokens."""
        start, end = self.words[first].start, self.words[last].end
        return start, end, self.text[start - self.offset : end - self.offset]

    def entity(self, word: Word) -> Entity | None:
        """Whom a word names as the head of a mention, else whom its apposition names."""
        found = self._mention(word)
        if found is not None:
            return found.entity
        for child in word.children:
            mention = self._mention(child) if child.dep == "appos" else None
            if mention is not None and _may_be(word, mention.entity):
                return mention.entity
        return None

    def named(self, word: Word) -> EntityKind | None:
        """What sort of thing the word itself names, whatever stands beside it."""
        found = self._mention(word)
        return found.entity.kind if found is not None and found.form == "name" else None

    def kind(self, word: Word) -> EntityKind | None:
        """What sort of thing the word names, if it names one."""
        found = self.entity(word)
        return found.kind if found is not None else None

    def _mention(self, word: Word) -> Mention | None:
        around = [m for m in self.mentions if m.start <= word.start and word.end <= m.end]
        headed = [m for m in around if word.head is word or not m.start <= word.head.start < m.end]
        ending = [m for m in around if m.end == word.end and m.form == "name"]
        return max(headed or ending, key=lambda m: m.end - m.start, default=None)

    def timed(self, word: Word) -> bool:
        """Whether a resolved time is the phrase of this word or stands at its core."""
        return any(top is word or when.start <= word.start < when.end for when, top in self.whens)

    def in_time(self, word: Word) -> bool:
        """Whether a word is part of a time expression ("the end of the decade")."""
        return any(w.start <= word.start < w.end for w, _ in self.whens)

    def argument(self, role: Role, head: Word) -> Argument:
        """A noun phrase as an argument."""
        start, end, text = self.quote(*noun_phrase(self.words, head))
        return Argument(role, start, end, text, head.lemma, self.entity(head))

    def phrase(self, role: Role, preposition: Word, head: Word) -> Argument:
        """A preposition with all that stands behind it: "in protest of the plan and of its author"."""
        last = clause(self.words, head)[1]
        start, end, text = self.quote(min(preposition.index, head.index), last)
        return Argument(role, start, end, text, head.lemma)

    def clause(self, role: Role, head: Word) -> Argument:
        """A clause as an argument."""
        start, end, text = self.quote(*clause(self.words, head))
        return Argument(role, start, end, text, head.lemma)

    def when(self, predicate: Word, predicates: frozenset[int]) -> When | None:
        """The time that hangs on a predicate and on no other predicate between; the finest first.

        Durations, sets and "now" are arguments but date nothing.
        """
        mine = [_modified(w, top) for w, top in self.dates if _governor(top, predicates) == predicate.index]
        return min(mine, key=_vagueness, default=None)

    @property
    def dates(self) -> tuple[tuple[When, Word], ...]:
        """The times that date an event."""
        return tuple((when, top) for when, top in self.whens if when.grain not in _TIMELESS and not self._compares(top))

    def _compares(self, top: Word) -> bool:
        """Whether a time only compares: "the worst week since May", wherever the parser hangs it."""
        return top.head.lower == "since" and any(
            w.tag in {"JJS", "RBS"} or w.lower in {"first", "only"} for w in self.words[: top.index]
        )


def _may_be(word: Word, entity: Entity) -> bool:
    """Whether a noun can stand for what its apposition names: "the chief, X", but not "the packages, one to X"."""
    if word.pos not in {"NOUN", "PROPN"} or word.tag in {"NNS", "NNPS"}:
        return entity.kind is EntityKind.GROUP
    if word.pos == "PROPN":
        return True
    if entity.kind is EntityKind.PERSON:
        return word.lemma in PERSON_NOUNS or word.lemma in RELATIVES
    return word.lemma not in PERSON_NOUNS and KIND_OF_HEAD.get(word.lemma, entity.kind) in _NEAR.get(
        entity.kind, {entity.kind}
    )


# Kinds that the names of things are easily taken for each other's.
_THINGS = frozenset(EntityKind) - {EntityKind.PERSON, EntityKind.GROUP}
_NEAR = dict.fromkeys(_THINGS - {EntityKind.PLACE}, _THINGS)
_DESCRIBING = frozenset({"compound", "nmod", "amod", "poss"})  # "a June 1 deadline" dates no verb
_COMPARING = frozenset({"since", "after", "before", "from", "than", "until"})


def _governor(top: Word, predicates: frozenset[int]) -> int | None:
    """The predicate a time hangs on: the nearest one above, unless the time only compares ("the worst since May")."""
    below = top
    for up in top.ancestors():
        if up.index in predicates:
            return up.index
        if up.lower in _COMPARING and up.head.index not in predicates:
            return None
        if up.lower in _COMPARING and below is not top:
            return None
        if below.dep in _DESCRIBING:
            return None
        below = up
    return None


Modifier = Literal["before", "after", "until", "since"]
_MODIFIERS: dict[str, Modifier] = {
    "since": "since",
    "until": "until",
    "till": "until",
    "before": "before",
    "by": "before",
    "after": "after",
    "following": "after",
}


def _modified(when: When, top: Word) -> When:
    """The time with what its preposition says of it: "since 2018" is not 2018."""
    modifier = _MODIFIERS.get(top.head.lower) if top.dep == "pobj" else None
    return replace(when, modifier=modifier) if modifier is not None and when.modifier is None else when


FINENESS = {grain: rank for rank, grain in enumerate(Grain)}


def _vagueness(when: When) -> tuple[bool, int, int]:
    return when.modifier is not None, FINENESS[when.grain], when.start
