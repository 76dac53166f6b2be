"""Events that nouns name: "the meeting between X and Y", "a launch from Z", "her resignation", "held talks with W"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.arguments import nouns, preposition, unique
from briefs.facts.circumstances import is_place
from briefs.facts.clauses import lemma_of, passive, subject
from briefs.facts.frames import noun_frame
from briefs.facts.phrases import conjuncts
from briefs.facts.words import VERBAL
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.facts.frames import Frame
    from briefs.facts.scene import Scene
    from briefs.facts.words import Word
    from briefs.models import Argument, Role

# Nouns that name an event only now and then: they count as one only with a participant or a time of their own.
_LIGHT = frozenset(
    "hold have make pay take give stage conduct do launch carry host deliver lodge file issue reach sign open begin start suffer "
    "commit extend send receive face win undergo attend join call announce plan schedule mark end continue resume".split()
)
_HOSTED = frozenset(
    {
        "hold",
        "take place",
        "occur",
        "happen",
        "begin",
        "start",
        "come",
        "schedule",
        "plan",
        "expect",
        "set",
        "delay",
        "postpone",
        "cancel",
        "end",
        "conclude",
        "stage",
        "slate",
        "conduct",
    }
)


def nominal_event(noun: Word) -> Frame | None:
    """The frame of the event a noun names; None for other nouns and for events inside a name or a compound."""
    if noun.pos != "NOUN" or noun.dep in {"compound", "nmod", "npadvmod", "amod"}:
        return None
    return noun_frame(noun.lemma)


def nominal_arguments(scene: Scene, noun: Word, frame: Frame) -> list[Argument]:
    """The arguments of an event noun, those that stand with its verb included ("held talks with W in Z")."""
    own = [*_modifiers(scene, noun, frame), *_prepositions(scene, noun, frame)]
    return unique([*own, *_from_clause(scene, noun, frame, own)])


def _modifiers(scene: Scene, noun: Word, frame: Frame) -> Iterator[Argument]:
    for child in noun.children:
        if child.dep == "poss":
            yield from nouns(scene, frame.possessor, child)
        elif child.dep in {"compound", "nmod", "amod"} and child.index < noun.index:
            role = _modifier_role(scene, child, frame)
            if role is not None:
                yield scene.argument(role, child)


def _modifier_role(scene: Scene, word: Word, frame: Frame) -> Role | None:
    if any(top is word for _, top in scene.whens):
        return "time"
    kind = scene.kind(word)
    if kind is EntityKind.PLACE:
        return "place"
    if kind is EntityKind.GROUP or word.label == "NORP":
        return "agent"
    if kind in {EntityKind.PERSON, EntityKind.ORGANISATION}:
        return "agent"
    return frame.of if word.dep == "compound" and word.pos in {"NOUN", "PROPN"} else None


def _prepositions(scene: Scene, noun: Word, frame: Frame) -> Iterator[Argument]:
    for child in noun.children:
        thing = child.child("pobj") if child.dep in {"prep", "agent", "dative"} else None
        if thing is None:
            if child.dep == "acl":
                yield from _participle(scene, child, frame)
            continue
        if child.lower == "of":
            role: Role = "time" if scene.timed(thing) else frame.of
            yield from nouns(scene, role, thing)
        elif child.lower in {"between", "among"}:
            yield from nouns(scene, "agent", thing)
        elif child.lower == "by":
            yield from nouns(scene, "agent", thing)
        elif child.lower == "with":
            yield from nouns(scene, "co_agent", thing)
        elif child.lower == "to" and is_place(thing, scene.kind(thing)):
            yield from nouns(scene, "place", thing)
        elif (
            child.lower in {"on", "about", "over", "regarding"}
            and not is_place(thing, scene.kind(thing))
            and not scene.timed(thing)
        ):
            yield from nouns(scene, "topic", thing)
        else:
            yield from preposition(scene, child, frame.name)


def _participle(scene: Scene, verb: Word, frame: Frame) -> Iterator[Argument]:
    """ "a launch scheduled for May from Z": what hangs on the participle belongs to the event."""
    if verb.lemma in _HOSTED | {"hold", "host", "organise", "organize"}:
        for child in verb.all("prep"):
            yield from preposition(scene, child, frame.name)


def _from_clause(scene: Scene, noun: Word, frame: Frame, own: list[Argument]) -> Iterator[Argument]:
    for verb in _hosts(noun):
        light = noun.dep == "dobj" and verb is noun.head
        if light and not any(a.role == "agent" for a in own) and not passive(verb):
            who = subject(verb)
            if who is not None:
                yield from nouns(scene, "agent", who)
        for child in verb.all("prep", "npadvmod", "agent"):
            yield from _hosted(scene, child, frame)


def _hosts(noun: Word) -> Iterator[Word]:
    head = noun.head
    if head.pos in VERBAL and head is not noun:
        light = noun.dep == "dobj" and head.lemma in _LIGHT
        hosted = noun.dep in {"nsubj", "nsubjpass"} and lemma_of(head) in _HOSTED
        if light or hosted:
            yield head
    for child in noun.all("relcl"):
        if lemma_of(child) in _HOSTED and child.child("nsubj", "nsubjpass") is not None:
            yield child


def _hosted(scene: Scene, child: Word, frame: Frame) -> Iterator[Argument]:
    thing = child.child("pobj")
    if child.dep == "npadvmod":
        if scene.timed(child):
            yield scene.argument("time", child)
    elif child.dep == "agent" and thing is not None:
        yield from nouns(scene, "agent", thing)
    elif child.lower == "between" and thing is not None:
        yield from nouns(scene, "agent", thing)
    elif child.lower == "with" and thing is not None:
        yield from nouns(scene, "co_agent", thing)
    elif child.lower != "as":
        yield from preposition(scene, child, frame.name)


def participants(noun: Word) -> int:
    """How many words a noun brings that could be its participants."""
    return len([c for c in noun.children if c.dep in {"poss", "prep", "agent"}])


__all__ = ["conjuncts", "nominal_arguments", "nominal_event", "participants"]
