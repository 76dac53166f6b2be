"""The arguments of a verb, by role: from its subject, objects, prepositions, adverbs and clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.circumstances import adverb_role, clause_role, is_causal, is_place, measure_role, preposition_role
from briefs.facts.clauses import antecedent, governs, kind_of, lemma_of, missing_object, passive, subject
from briefs.facts.frames import MUTUAL, noun_frame
from briefs.facts.phrases import OUTSIDE, conjuncts
from briefs.facts.words import NOMINAL, VERBAL
from briefs.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.facts.scene import Scene
    from briefs.facts.words import Word
    from briefs.models import Argument, Role

# Verbs whose subject undergoes the event when they have no object: "prices rose", "the shop closed" (unaccusatives).
_UNDERGOING = word_set("grow fall open close start end happen explode collapse change continue be crash die born burn")
_RISING = frozenset({"lift off", "blast off", "take off", "launch", "pass", "debut", "premiere", "sell", "go on sale"})
_TELLING = word_set(
    "tell inform ask assure brief advise warn notify remind persuade convince urge order instruct teach show invite"
)


def verb_arguments(scene: Scene, verb: Word) -> list[Argument]:
    """The arguments of a verb, in the order of the text, none twice."""
    kind = kind_of(verb)
    found = [*_core(scene, verb, kind), *_circumstances(scene, verb, kind)]
    return unique(found)


def unique(arguments: list[Argument]) -> list[Argument]:
    """The arguments ordered by place, one for each range: the first role given to it counts."""
    kept: dict[tuple[int, int], Argument] = {}
    for argument in arguments:
        kept.setdefault((argument.start, argument.end), argument)
    return sorted(kept.values(), key=lambda a: (a.start, a.end))


def nouns(scene: Scene, role: Role, head: Word) -> Iterator[Argument]:
    """One argument for each conjunct of a noun phrase."""
    for each in conjuncts(head):
        if each.pos in NOMINAL | {"ADJ", "DET", "SYM", "X", "INTJ", "ADV"}:
            yield scene.argument(role, each)
        elif each.pos in VERBAL:
            yield scene.clause(role, each)


# Acts that take place where what they are done to is: "signed the agreement in Paris", "arrested a man in Oslo".
_LOCATED = word_set(
    "agree sign meet discuss hold attend arrest kill die injure attack explode crash destroy burn rescue abduct steal discover "
    "find build open close found win lose score award celebrate protest infect test hit start end fight_war compete visit "
    "begin_service announce show launch give_birth bury deliver"
)
_DEPARTING = word_set("launch deploy travel leave escape return")


def strayed(scene: Scene, thing: Word, kind: str, *, acting: bool = False) -> Iterator[Argument]:
    """What the parser hangs on a participant but belongs to the event: "closed by engineers after the flood"."""
    yield from departures(scene, thing, kind)
    if not acting:  # "scientists at the college" need not have been there
        yield from _whereabouts(scene, thing, kind)
    if noun_frame(thing.lemma) is None:
        for word in thing.all("prep"):
            if word.lower in OUTSIDE:
                yield from preposition(scene, word, kind)


def _whereabouts(scene: Scene, thing: Word, kind: str) -> Iterator[Argument]:
    """Where and when an event is that a participant stands for: "signed the agreement in Paris on Monday"."""
    eventive = thing.pos == "NOUN" and noun_frame(thing.lemma) is not None
    if not eventive and kind not in _LOCATED:
        return
    for word in thing.all("prep"):
        place = word.child("pobj")
        if place is None or word.lower not in {"in", "at", "on", "near", "outside", "inside", "during"}:
            continue
        if scene.timed(place):
            if eventive:
                yield scene.argument("time", place)
        elif word.lower not in {"on", "during"} and (is_place(place, scene.kind(place)) or _located(scene, place)):
            yield scene.argument("place", place)


def departures(scene: Scene, thing: Word, kind: str) -> Iterator[Argument]:
    """Places of departure: "launched a probe from the coast" hangs the coast on the probe, but it is the event's."""
    if kind in _DEPARTING:
        for word in thing.all("prep"):
            place = word.child("pobj") if word.lower in {"from", "at"} else None
            if place is not None and (is_place(place, scene.kind(place)) or _located(scene, place)):
                yield scene.argument("place", place)


def _located(scene: Scene, thing: Word) -> bool:
    """Whether a place stands behind the thing: "the pad in Florida"."""
    behind = [p for word in thing.all("prep") if word.lower in {"in", "near"} for p in word.all("pobj")]
    return any(is_place(p, scene.kind(p)) for p in behind)


def _core(scene: Scene, verb: Word, kind: str) -> Iterator[Argument]:
    who = subject(verb)
    if who is not None and who is not verb and who.dep != "expl":
        role = _subject_role(verb, kind)
        yield from nouns(scene, role, who)
        yield from strayed(scene, who, kind, acting=role == "agent")
    relative = missing_object(verb)
    if relative is not None:
        yield from nouns(scene, "patient", relative)
    for child in verb.children:
        yield from _complement(scene, verb, child, kind)


def _subject_role(verb: Word, kind: str) -> Role:
    if passive(verb):
        told = verb.lemma in _TELLING | {"give", "award", "offer"} and verb.child("dobj", "ccomp", "oprd") is not None
        return "recipient" if told else "patient"
    objectless = verb.child("dobj", "ccomp", "xcomp") is None
    return "patient" if objectless and (kind in _UNDERGOING or lemma_of(verb) in _RISING) else "agent"


def _complement(scene: Scene, verb: Word, child: Word, kind: str) -> Iterator[Argument]:
    match child.dep:
        case "dobj":
            thing = antecedent(child, verb)
            told = verb.lemma in _TELLING and verb.child("ccomp", "xcomp") is not None
            yield from nouns(scene, "recipient" if told else "patient", thing)
            yield from strayed(scene, thing, kind)
        case "dative":
            yield from nouns(scene, "recipient", child.child("pobj") or child)
        case "agent":
            for by in child.all("pobj"):
                yield from nouns(scene, "agent", by)
                yield from strayed(scene, by, kind, acting=True)
        case "attr":
            yield from nouns(scene, "other", child)
        case "acomp" | "oprd":
            yield scene.clause("other", child)
        case "ccomp":
            yield scene.clause("topic" if kind != "other" else "patient", child)
        case "xcomp":
            yield scene.clause("topic", child)
        case _:
            return


def _circumstances(scene: Scene, verb: Word, kind: str) -> Iterator[Argument]:
    for child in verb.children:
        match child.dep:
            case "prep" if (thing := _governed(scene, verb, child)) is not None:
                yield from nouns(scene, "patient", thing)
                yield from strayed(scene, thing, kind)
            case "prep":
                yield from preposition(scene, child, kind)
            case "npadvmod":
                yield scene.argument(measure_role(child, scene.timed(child)), child)
            case "advmod":
                role = "time" if scene.timed(child) else adverb_role(child)
                if role is not None:
                    yield scene.argument(role, child)
            case "advcl":
                yield scene.clause(clause_role(child), child)
            case _:
                continue


_GOVERNING = word_set("for into on upon against of at with from")
_SIDED = MUTUAL | {"travel", "arrive"}  # their prepositions say with whom, and where


def _governed(scene: Scene, verb: Word, word: Word) -> Word | None:
    """The object of a preposition that belongs to the verb: "called for a vote", "looked into the fire"."""
    thing = word.child("pobj")
    if (
        thing is None
        or (word.lower not in _GOVERNING and kind_of(verb) != "cause")
        or scene.timed(thing)
        or verb.child("dobj") is not None
    ):
        return None
    return antecedent(thing, word) if governs(verb, word) and kind_of(verb) not in _SIDED else None


def preposition(scene: Scene, word: Word, kind: str) -> Iterator[Argument]:
    """The arguments that a preposition brings; those of "from A to B" and "because of C" too."""
    for child in word.children:
        if child.dep == "pobj":
            thing = antecedent(child, word)
            if is_causal(word.lower, thing):
                yield scene.phrase("reason", word, thing)
                continue
            for each in conjuncts(thing):
                role = preposition_role(word, each, kind, scene.kind(each), timed=scene.timed(each))
                yield scene.argument(role, each)
        elif child.dep == "pcomp" and child.pos in VERBAL:
            yield scene.clause(_gerund_role(word), child)
        elif child.dep in {"prep", "pcomp"}:
            yield from _compound(scene, word, child, kind)


def _compound(scene: Scene, outer: Word, inner: Word, kind: str) -> Iterator[Argument]:
    if outer.lower == "according":
        return
    thing = inner.child("pobj") or outer.child("pobj")
    if thing is None:
        return
    if outer.lower in {"because", "due", "owing", "thanks"}:
        yield from nouns(scene, "reason", thing)
    elif is_causal(outer.lower, thing):
        yield scene.phrase("reason", outer, thing)
    elif outer.lower in {"prior", "subsequent"}:
        yield scene.argument("time", thing)
    else:
        yield scene.argument(preposition_role(inner, thing, kind, scene.kind(thing), timed=scene.timed(thing)), thing)


def _gerund_role(word: Word) -> Role:
    if word.lower in {"after", "before", "since", "while", "when", "until"}:
        return "time"
    if word.lower in {"for", "because", "over"}:
        return "reason"
    return "manner" if word.lower in {"by", "without", "with", "in"} else "topic"
