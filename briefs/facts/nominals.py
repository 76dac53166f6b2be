"""Events that nouns name: "the meeting between X and Y", "a launch from Z", "her resignation", "held talks with W"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.arguments import departures, nouns, preposition, unique
from briefs.facts.circumstances import MOVING, is_place
from briefs.facts.clauses import event_nearby, labour, lemma_of, passive, subject
from briefs.facts.frames import MUTUAL, noun_frame, verb_frame
from briefs.facts.words import VERBAL
from briefs.language.words import word_set
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.facts.frames import Frame
    from briefs.facts.scene import Scene
    from briefs.facts.words import Word
    from briefs.models import Argument, Role

# Nouns that name an event only with its participants ("a probe into the fire" but "a probe to the moon").
_AMBIGUOUS = word_set(
    "probe study search review campaign bid call order show goal fire use race charge plan release storm post production design "
    "development cut report play move base supply lease price value cost session event trade support suit operation flight "
    "performance hunt guarantee replacement conversion switch ride fix transfer exchange"
)
# Verbs that only carry the event their object names: who holds talks talks.
_LIGHT = word_set(
    "hold have make pay take give stage conduct do launch carry deliver lodge file issue reach sign open begin start suffer "
    "commit extend send receive face win undergo continue resume engage draw secure obtain mount wage"
)
# Verbs that tell where and when the event they are about takes place.
_HOSTING = frozenset(
    {
        "hold",
        "take place",
        "occur",
        "happen",
        "begin",
        "start",
        "come",
        "end",
        "conclude",
        "stage",
        "conduct",
        "host",
        "organise",
        "organize",
        "break out",
        "erupt",
        "unfold",
        "strike",
        "hit",
    }
)
_SCHEDULING = frozenset({"schedule", "plan", "expect", "set", "slate"})


def nominal_event(noun: Word) -> Frame | None:
    """The frame of the event a noun names; None for other nouns and for events inside a name or a compound."""
    if noun.pos != "NOUN" or noun.dep in {"compound", "nmod", "npadvmod", "amod"}:
        return None
    if noun.lemma in _AMBIGUOUS and noun.child("poss", "prep", "agent") is None:
        return None
    if noun.lemma == "strike" and labour(noun):
        return verb_frame("walk out")
    return noun_frame(noun.lemma)


def nominal_arguments(scene: Scene, noun: Word, frame: Frame) -> list[Argument]:
    """The arguments of an event noun, those that stand with its verb included ("held talks with W in Z")."""
    own = [*_modifiers(scene, noun, frame), *_prepositions(scene, noun, frame), *_participles(scene, noun, frame)]
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
    if word.dep != "compound" or word.pos not in {"NOUN", "PROPN"}:
        return None
    return frame.of if frame.of != "agent" else "topic"


def _prepositions(scene: Scene, noun: Word, frame: Frame) -> Iterator[Argument]:
    for child in noun.children:
        thing = child.child("pobj") if child.dep in {"prep", "agent", "dative"} else None
        if thing is None:
            continue
        if child.lower == "of":
            role: Role = "time" if scene.timed(thing) else frame.of
            yield from nouns(scene, role, thing)
            yield from departures(scene, thing, frame.name)
        elif child.lower in {"between", "among", "by"}:
            yield from nouns(scene, "agent", thing)
        elif child.lower == "with":
            yield from nouns(scene, "co_agent", thing)
        elif child.lower == "from" and frame.name not in MOVING and scene.kind(thing) in _ACTING:
            yield from nouns(scene, "agent", thing)  # "approval from the senate"
        elif child.lower == "to" and is_place(thing, scene.kind(thing)):
            yield from nouns(scene, "place", thing)
        elif child.lower == "to" and frame.name in MUTUAL:
            continue  # "report the outcome of the talks to her": the report goes to her
        elif (
            child.lower in {"on", "about", "over", "regarding"}
            and not is_place(thing, scene.kind(thing))
            and not scene.timed(thing)
        ):
            yield from nouns(scene, "topic", thing)
        else:
            yield from preposition(scene, child, frame.name)


def _participles(scene: Scene, noun: Word, frame: Frame) -> Iterator[Argument]:
    """What hangs on "scheduled" or "held" behind the event: "a launch (of a crew to the station) scheduled for May"."""
    for verb in scene.words[noun.index + 1 : noun.right + 1]:
        telling = verb.dep == "acl" and verb.lemma in _SCHEDULING | {"hold", "host", "organise", "organize"}
        if telling and (verb.head is noun or event_nearby(verb.head, verb) is noun):
            yield from _told_by(scene, verb, frame)


def _from_clause(scene: Scene, noun: Word, frame: Frame, own: list[Argument]) -> Iterator[Argument]:
    for verb in _carriers(noun):
        role: Role = "patient" if _undergoes(verb, frame) else "agent"
        if not passive(verb) and not any(a.role == role for a in own):
            who = subject(verb)
            if who is not None:
                yield from nouns(scene, role, who)
        if _undergoes(verb, frame):
            yield from _authors(scene, verb)
        yield from _told_by(scene, verb, frame)
    for verb in _hosts(noun):
        yield from _told_by(scene, verb, frame)
    if frame.name in MUTUAL and [a.role for a in own if a.role in {"agent", "co_agent"}] == ["co_agent"]:
        yield from _other_side(scene, noun)


_ACTING = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.GROUP})
# Who receives praise is praised; but who suffers a loss loses.
_RECEIVING = word_set("receive face draw suffer undergo get win")
_OWN = word_set(
    "lose fall die crash collapse explode meet recover win grow compete run_for say earn get pay award give"
)


def _undergoes(verb: Word, frame: Frame) -> bool:
    return verb.lemma in _RECEIVING and frame.name not in _OWN | MUTUAL


def _authors(scene: Scene, verb: Word) -> Iterator[Argument]:
    """Who does what the subject undergoes: "drew criticism from both parties"."""
    for word in verb.all("prep"):
        thing = word.child("pobj")
        if word.lower == "from" and thing is not None and not scene.timed(thing):
            yield from nouns(scene, "agent", thing)


def _other_side(scene: Scene, noun: Word) -> Iterator[Argument]:
    """Who meets in "after talks with X, she left" and "flew in for a meeting with X": the one the clause is about."""
    if noun.dep == "pobj" and noun.head.dep == "prep" and noun.head.head.pos in VERBAL:
        who = subject(noun.head.head)
        if who is not None and scene.kind(who) in {EntityKind.PERSON, EntityKind.ORGANISATION}:
            yield from nouns(scene, "agent", who)


def _told_by(scene: Scene, verb: Word, frame: Frame) -> Iterator[Argument]:
    for child in verb.all("prep", "npadvmod", "agent"):
        for argument in _hosted(scene, child, frame):
            if lemma_of(verb) not in _SCHEDULING or argument.role in {"time", "place"}:
                yield argument


def _carriers(noun: Word) -> Iterator[Word]:
    """Light verbs with the event as their object: "held talks", "engaged in talks"."""
    head = noun.head
    if noun.dep == "pobj" and head.lower == "in" and head.head.lemma == "engage":
        yield head.head
    elif noun.dep in {"dobj", "nsubjpass"} and head.pos in VERBAL and head.lemma in _LIGHT:
        yield head


def _hosts(noun: Word) -> Iterator[Word]:
    """Verbs whose subject the event is: "the talks took place in Geneva", "the launch … is now set for Friday"."""
    around = [noun.head] if noun.dep in {"nsubj", "nsubjpass"} and noun.head.pos in VERBAL else []
    around += [c for c in noun.all("relcl") if c.child("nsubj", "nsubjpass") is not None]
    around += [c for verb in around for c in verb.all("conj") if c.child("nsubj", "nsubjpass") is None]
    for verb in around:
        if lemma_of(verb) in _HOSTING | _SCHEDULING and not (
            verb is noun.head and verb.lemma in _LIGHT and passive(verb)
        ):
            yield verb


def _hosted(scene: Scene, child: Word, frame: Frame) -> Iterator[Argument]:
    thing = child.child("pobj")
    if child.dep == "npadvmod":
        if scene.timed(child):
            yield scene.argument("time", child)
    elif (child.dep == "agent" or child.lower == "between") and thing is not None:
        yield from nouns(scene, "agent", thing)
    elif child.lower == "with" and thing is not None:
        yield from nouns(scene, "co_agent", thing)
    elif child.lower != "as":
        yield from preposition(scene, child, frame.name)
