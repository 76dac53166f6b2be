"""What things are said to be beside their names: "Acme, a low-cost airline", "the nonprofit group Acme", "a law known as Y".

Each is told as "X is …", with the name as patient and the description as "other", like the sentence "Acme is an airline".
Offices of persons are told by ``offices``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.offices import OFFICES
from briefs.facts.phrases import noun_phrase
from briefs.facts.words import trimmed
from briefs.language.names.words import KIND_OF_HEAD, PERSON_NOUNS
from briefs.language.words import word_set
from briefs.models import Argument, EntityKind, Fact, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.facts.scene import Scene
    from briefs.facts.words import Word

_APART = 2  # tokens between a description and its name: a comma
_NAMING = word_set("know call name dub nickname title brand refer")
_DESCRIBING = frozenset({"det", "poss", "amod", "compound", "nmod", "prep", "nummod", "relcl", "acl"})
_BESIDE = frozenset({"compound", "nmod", "amod"})


def identity_facts(scene: Scene) -> Iterator[Fact]:
    """A "be" fact for each thing that a sentence describes beside its name."""
    for word in scene.words:
        if word.dep == "appos":
            yield from _apposed(scene, word.head, word)
        elif word.pos in {"VERB", "AUX"} and word.lemma in _NAMING and word.tag in {"VBN", "VBD"}:
            yield from _known_as(scene, word)
        elif word.pos == "PROPN" and word.dep not in _BESIDE and scene.kind(word) is not None:
            yield from _noun_before(scene, word)


def _apposed(scene: Scene, head: Word, aside: Word) -> Iterator[Fact]:
    """Told in a phrase apart: "X, a low-cost airline", "the low-cost airline X"."""
    for name, said in ((head, aside), (aside, head)):
        if name.pos == "PROPN" and _tells(scene, said, name):
            words = scene.words
            first, last = noun_phrase(words, said)
            if said is head and last >= aside.left:
                first, last = trimmed(words, first, max(aside.left - 1, said.index), said.index)
            if said is head and aside.left - last > _APART:
                return
            yield _fact(scene, said, scene.argument("patient", name), (first, last))
            return


def _tells(scene: Scene, said: Word, name: Word) -> bool:
    """Whether a phrase says what sort of thing is named; "Smith, 54" and "Paris, where" do not."""
    if any(c.lower == "whose" for c in said.children):
        return False
    if said.tag != "NN" or said.label or not any(c.dep in _DESCRIBING for c in said.children):
        return False
    kind = scene.kind(name)
    if kind is None or scene.in_time(said) or scene.in_time(name):
        return False
    if kind is EntityKind.PERSON:
        return said.lemma not in OFFICES and (said.lemma in PERSON_NOUNS or said.lemma not in KIND_OF_HEAD)
    return said.lemma not in PERSON_NOUNS


def _noun_before(scene: Scene, name: Word) -> Iterator[Fact]:
    """Told right before the name: "conservative nonprofit group X", "budget airline X", "billionaire donor X"."""
    for child in reversed(name.children):
        if child.index < name.index and child.dep in _BESIDE and child.pos == "NOUN":
            known = child.lemma in KIND_OF_HEAD or child.lemma in PERSON_NOUNS
            if known and _fits(scene, child, name):
                first = min(c.left for c in name.children if c.index <= child.index)
                first, last = trimmed(scene.words, first, child.index, child.index)
                start, end, text = scene.quote(child.index + 1, name.index)
                named = Argument("patient", start, end, text, name.lemma, scene.entity(name))
                yield _fact(scene, child, named, (first, last))
            return


def _fits(scene: Scene, said: Word, name: Word) -> bool:
    person = scene.kind(name) is EntityKind.PERSON
    return (said.lemma in PERSON_NOUNS) == person and not (person and said.lemma in OFFICES)


def _known_as(scene: Scene, verb: Word) -> Iterator[Fact]:
    """Told by how it is called: "a measure known as Y", "the storm, called Y"."""
    thing = verb.head if verb.dep in {"acl", "relcl"} else verb.child("nsubjpass")
    named = verb.child("oprd") or next((p.child("pobj") for p in verb.all("prep") if p.lower == "as"), None)
    if thing is not None and named is not None and named.pos == "PROPN" and thing.pos == "NOUN":
        yield _fact(scene, thing, scene.argument("patient", named), noun_phrase(scene.words, thing))


def _fact(scene: Scene, said: Word, named: Argument, phrase: tuple[int, int]) -> Fact:
    start, end, text = scene.quote(*phrase)
    told = Argument("other", start, end, text, said.lemma, named.entity)
    return Fact(
        scene.article_id,
        scene.start,
        scene.end,
        "be",
        Predicate("be", said.start, said.end),
        tuple(sorted((named, told), key=lambda a: a.start)),
    )
