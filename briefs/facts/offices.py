"""Who holds which office: from appositions ("X, director of Y"), titles ("President X") and statements ("X is the mayor")."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.facts.clauses import subject
from briefs.facts.modality import modality_of
from briefs.facts.negation import negated
from briefs.language.words import word_set
from briefs.models import Argument, EntityKind, Fact, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.facts.scene import Scene
    from briefs.facts.words import Word

OFFICES = word_set(
    "president premier chancellor king queen prince princess emperor pope minister secretary governor mayor senator congressman "
    "congresswoman representative ambassador envoy spokesman spokeswoman spokesperson director chief head chairman chairwoman "
    "chair chairperson chairwoman leader commander general admiral colonel captain sergeant administrator commissioner officer "
    "executive ceo cfo founder co-founder owner coach manager captain editor judge justice prosecutor attorney lawyer sheriff "
    "professor scientist analyst economist dean rector bishop archbishop cardinal ayatollah imam rabbi deputy counsel adviser "
    "advisor speaker whip chaplain inspector superintendent treasurer auditor regulator candidate nominee successor "
    "lawmaker politician diplomat astronaut cosmonaut author writer actor actress singer boss official aide vice-president "
    "undersecretary negotiator"
)


def office_facts(scene: Scene) -> Iterator[Fact]:
    """A hold_office fact for each person whose office the sentence names beside the name."""
    for word in scene.words:
        if word.dep == "appos" and word.head is not word:
            yield from _apposed(scene, word.head, word)
        elif word.dep == "attr" and word.lemma in OFFICES:
            yield from _told(scene, word.head, word)
        elif word.label == "PERSON" or word.pos == "PROPN":
            yield from _titled(scene, word)


def _told(scene: Scene, verb: Word, office: Word) -> Iterator[Fact]:
    """What a verb says of an office: "Jane Doe is the director of Y", "will become"."""
    who = subject(verb)
    if verb.lemma in {"be", "become", "remain"} and who is not None and _is_person(scene, who):
        fact = _fact(scene, office, who)
        yield replace(fact, modality=modality_of(verb), negated=negated(verb))


def _apposed(scene: Scene, head: Word, aside: Word) -> Iterator[Fact]:
    for office, person in ((aside, head), (head, aside)):
        if (
            office.lemma in OFFICES
            and office.pos in {"NOUN", "PROPN"}
            and _is_person(scene, person)
            and not _is_person(scene, office)
        ):
            yield _fact(scene, office, person)
            return


def _titled(scene: Scene, name: Word) -> Iterator[Fact]:
    if not _is_person(scene, name) or name.dep == "compound":
        return
    for child in name.children:
        if child.dep in {"compound", "nmod"} and child.lemma in OFFICES and child.index < name.index:
            yield _fact(scene, child, name, last=child.index)
            return


def _is_person(scene: Scene, word: Word) -> bool:
    return word.pos == "PROPN" and (scene.named(word) is EntityKind.PERSON or word.label == "PERSON")


def _fact(scene: Scene, office: Word, person: Word, last: int | None = None) -> Fact:
    agent = _name(scene, person)
    start, end, text = _office_range(scene, office, person, last)
    held = Argument("patient", start, end, text, office.lemma, None)
    arguments = [agent, held, *_body(scene, office)]
    predicate = Predicate("hold office", office.start, office.end)
    return Fact(
        scene.article_id,
        scene.start,
        scene.end,
        "hold_office",
        predicate,
        tuple(sorted(arguments, key=lambda a: a.start)),
    )


def _name(scene: Scene, person: Word) -> Argument:
    """The name alone, without the title before it."""
    first = person.index
    while first > person.left and scene.words[first - 1].pos == "PROPN" and scene.words[first - 1].lemma not in OFFICES:
        if scene.words[first - 1].label not in {"PERSON", ""}:
            break
        first -= 1
    start, end, text = scene.quote(first, person.index)
    return Argument("agent", start, end, text, person.lemma, scene.entity(person))


def _office_range(scene: Scene, office: Word, person: Word, last: int | None) -> tuple[int, int, str]:
    if last is None:
        argument = scene.argument("patient", office)
        if not argument.start <= person.start < argument.end:
            return argument.start, argument.end, argument.text
        return scene.quote(office.left, office.index)
    first = last
    while (
        first > person.left
        and scene.words[first - 1].dep in {"compound", "nmod", "amod"}
        and scene.words[first - 1].pos != "DET"
    ):
        first -= 1
    return scene.quote(first, last)


def _body(scene: Scene, office: Word) -> Iterator[Argument]:
    """The organisation or country of the office: "director of Y", "Y's director"."""
    for child in office.children:
        thing = child.child("pobj") if child.dep == "prep" and child.lower in {"of", "for", "to", "at"} else None
        if child.dep == "poss":
            thing = child
        if thing is not None:
            yield scene.argument("other", thing)
