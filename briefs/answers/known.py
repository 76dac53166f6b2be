"""The names in a question, spelled as the articles spell them: people type "who met gatine" and "the norvia chief"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers.lexicon import (
    AMOUNT_NOUNS,
    AUXILIARIES,
    NAME_NOUNS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    PREPOSITIONS,
    TIME_NOUNS,
    WH,
)
from briefs.language.names import normal
from briefs.language.words import STOP_WORDS, word_set, words
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.english import English
    from briefs.language.names import Names
    from briefs.models import Entity

LONGEST = 6  # words of a name
SALIENT = 0.03  # an entity among the first of so large a share is meant even by an ordinary word
SHORTEST = 3  # letters of an acronym that is spelled out
FORGIVEN = 5  # letters from which on a misspelling is looked for
_BEFORE = PREPOSITIONS | AUXILIARIES | WH | {"and", "or", "the", "", "vs", "v"}  # a name may follow
_COUNTED = word_set("many much his her their its my our your whose a an some any no every each this that these those")
_INSIDE = word_set("of the and for de von van al el la le du da di bin ibn")
_CALENDAR = word_set(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december"
)
_PLAIN = PREPOSITIONS | AMOUNT_NOUNS | PERSON_NOUNS | ORGANISATION_NOUNS | PLACE_NOUNS | NAME_NOUNS | TIME_NOUNS
_OFFICES = PERSON_NOUNS | {"no", "secretary-general"}


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a question, by its range, and what it names."""

    start: int
    end: int
    entity: Entity


@dataclass(frozen=True, slots=True)
class Typed:
    """A question with its names spelled in full capitals, and where they stand in it."""

    text: str
    named: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    lower: str
    start: int
    end: int
    typed: str


@dataclass(frozen=True, slots=True)
class _Found:
    """Words ``first`` up to ``last`` (excluded) that name an entity, and how they are spelled."""

    first: int
    last: int
    entity: Entity
    spelling: str


def recognised(text: str, names: Names, english: English) -> Typed:
    """The question with the names it means, told from the ordinary words of ``english``."""
    return _Reader(text, names, english).typed()


class _Reader:
    def __init__(self, text: str, names: Names, english: English) -> None:
        self._text = text
        self._names = names
        self._english = english
        self._words = [_Word(word, start, end, text[start:end]) for word, start, end in words(text)]
        self._cased = any(word.typed[:1].isupper() and word.lower not in _CALENDAR for word in self._words[1:])

    def typed(self) -> Typed:
        """The text with every name found spelled right."""
        out: list[str] = []
        named: list[Named] = []
        done = length = 0
        for found in self._found():
            start, end = self._words[found.first].start, self._words[found.last - 1].end
            between = self._mended(self._text[done:start])
            out += [between, found.spelling]
            length += len(between) + len(found.spelling)
            named.append(Named(length - len(found.spelling), length, found.entity))
            done = end
        return Typed("".join([*out, self._mended(self._text[done:])]), tuple(named))

    def _mended(self, text: str) -> str:
        """What stands between the names, with slips in plain words mended; a part of a name is no slip."""
        return re.sub(r"[^\W\d_]+", lambda w: w[0] if self._names.lookup(w[0]) else self._english.mended(w[0]), text)

    def _found(self) -> list[_Found]:
        found: list[_Found] = []
        i = 0
        while i < len(self._words):
            here = self._described(i) or self._exact(i, found) or self._initialled(i) or self._misspelt(i)
            if here is not None:
                found.append(here)
            i = here.last if here is not None else i + 1
        return found

    def _exact(self, first: int, found: Sequence[_Found]) -> _Found | None:
        """The longest run of words from here that is a name as typed."""
        for last in range(min(first + LONGEST, len(self._words)), first, -1):
            run = self._words[first:last]
            if _bare(run[0].lower) or _bare(run[-1].lower):
                continue
            typed = self._text[run[0].start : run[-1].end]
            for entity in self._names.exact(typed):
                spelling = _spelling(entity, [word.lower for word in run], typed)
                if spelling is not None and (len(run) > 1 or self._is_name(first, entity, found)):
                    return _Found(first, last, entity, spelling)
        return None

    def _is_name(self, i: int, entity: Entity, found: Sequence[_Found]) -> bool:
        """Whether one word that names something means it here: "jobs" are work, or a man."""
        word = self._words[i]
        if word.typed[:1].isupper() and i:
            return True
        if not self._english.is_word(word.lower) or not self._english.has_met(word.lower):
            return True
        if self._cased or entity.kind is EntityKind.OTHER:
            return False
        before = self._words[i - 1].lower if i else ""
        if before in _COUNTED or self._is_plain(word.lower):
            return False
        if word.lower in self._english.modifiers:
            return False
        acts = before in _BEFORE or self._english.is_verb_form(before)
        if entity.kind is EntityKind.PERSON:
            if before in ("the", "all") or (found and found[-1].last == i and found[-1].entity.kind is not entity.kind):
                return False  # "the cook", "the airline jobs"
            surname = normal.person_parts(entity.name)[-1:] == (word.lower,)
            only_noun = not self._english.is_verb_form(word.lower)
            return surname and (acts or only_noun or self._is_salient(entity, SALIENT))
        if self._english.is_verb(word.lower):
            return self._is_salient(entity, SALIENT)
        return (acts and before != "the") or self._is_salient(entity, 3 * SALIENT)

    def _is_salient(self, entity: Entity, share: float) -> bool:
        """Whether an entity is among the most mentioned."""
        ranked = self._names.entities
        return entity in ranked[: max(3, int(share * len(ranked)))]

    def _is_plain(self, word: str) -> bool:
        """Whether a word is too plain to be a name in lower case: a preposition, an office, a number."""
        return word in _PLAIN or word.isdigit()

    def _initialled(self, i: int) -> _Found | None:
        """The name whose initials are typed: "the imf" where the articles write the International Monetary Fund."""
        word = self._words[i]
        capitals = word.typed.isupper() and not self._text.isupper()
        plain = word.lower in STOP_WORDS or self._english.is_word(word.lower)
        if not SHORTEST <= len(word.lower) < FORGIVEN or not word.lower.isalpha() or (plain and not capitals):
            return None
        if self._names.exact(word.lower):
            return None
        entity = next(
            (e for e in self._names.entities if e.kind is not EntityKind.PERSON and _initials(e.name) == word.lower),
            None,
        )
        return (
            None if entity is None else _Found(i, i + 1, entity, entity.name.removeprefix("the ").removeprefix("The "))
        )

    def _misspelt(self, i: int) -> _Found | None:
        """The name that a word of no language stands next to: one letter off, two in long words."""
        word = self._words[i]
        if (
            len(word.lower) < FORGIVEN
            or not word.lower.isalpha()
            or _bare(word.lower)
            or self._english.has_met(word.lower)
        ):
            return None
        if self._english.is_word(word.lower):
            return None
        singular = word.lower.removesuffix("s")
        if singular != word.lower and (entities := self._names.exact(singular)):
            spelling = _spelling(entities[0], [singular], singular)
            return _Found(i, i + 1, entities[0], f"{spelling}s") if spelling else None
        entity = next(iter(self._names.lookup(word.lower)), None)
        if entity is None:
            return None
        allowed = 1 if len(word.lower) < FORGIVEN + 3 else 2
        parts = [part for name in (entity.name, *entity.names) for part in name.replace("-", " ").split()]
        near = [(normal.distance(word.lower, normal.key(part), allowed), part) for part in parts if part[:1].isupper()]
        best = min(near, default=(allowed + 1, ""))
        return _Found(i, i + 1, entity, best[1].strip(".,'’")) if best[0] <= allowed else None

    def _described(self, first: int) -> _Found | None:
        """The one person that "the norvia chief" describes, where it is not just that which is asked."""
        begin = first + (self._words[first].lower == "the")
        asked = {word.lower for word in self._words[:first]} - {"the"}
        if asked <= WH | {"is", "was", "are", "were", "became", "be"}:
            return None
        if begin and self._words[begin - 1].lower in ("a", "an", "as", "no"):
            return None
        for last in range(min(begin + 4, len(self._words)), begin + 1, -1):
            run = self._words[begin:last]
            if run[-1].lower not in _OFFICES or _bare(run[0].lower) or run[0].lower in _OFFICES:
                continue
            typed = self._text[run[0].start : run[-1].end]
            follows = self._words[last].typed if last < len(self._words) else ""
            if follows and (follows[:1].isupper() or (follows not in STOP_WORDS and self._names.exact(follows))):
                return None
            if not any(self._names.exact(word.lower) for word in run[:-1]):
                return None
            found = self._names.lookup(typed)
            if len(found) == 1 and found[0].kind is EntityKind.PERSON:
                return _Found(first, last, found[0], found[0].name)
        return None


def _bare(word: str) -> bool:
    """Whether a word cannot begin or end a name."""
    return word in STOP_WORDS or word in WH or word in AUXILIARIES or word in _INSIDE or word.isdigit()


def _initials(name: str) -> str:
    """The first letters of a name's words, the small ones left out, in lower case."""
    return "".join(word[0] for word in name.split() if word[:1].isupper() and word.lower() not in _INSIDE).lower()


def _spelling(entity: Entity, run: Sequence[str], typed: str) -> str | None:
    """How an entity's names write these words; None where they are only its description ("president")."""
    key = normal.key(typed)
    same = [name for name in (entity.name, *entity.names) if normal.key(name) == key and any(c.isupper() for c in name)]
    if same:
        alike = [name for name in same if name.lower().removeprefix("the ") == typed.lower().removeprefix("the ")]
        best = min(alike or [typed.title()], key=lambda name: name.count("."))
        if not any(_proper(entity, name) for name in same):
            return None
        return typed if any(c.isupper() for c in typed) else best.removeprefix("the ").removeprefix("The ").rstrip(".")
    parts = {normal.key(part): part for part in entity.name.split()}
    if all(word in parts for word in run):
        return typed if any(c.isupper() for c in typed) else " ".join(parts[word].strip(".,") for word in run)
    return None


def _proper(entity: Entity, name: str) -> bool:
    """Whether a name names and does not only describe: of a person, a part of the full name."""
    if entity.kind is not EntityKind.PERSON or name == entity.name:
        return True
    known = set(normal.person_parts(entity.name))
    return bool(known & set(normal.person_parts(name))) or (" " in name and name.istitle()) or name.isupper()
