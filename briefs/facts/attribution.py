"""Who says so: the speaker a statement is put into the mouth of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.clauses import kind_of, subject
from briefs.facts.frames import frame
from briefs.facts.phrases import coordinated
from briefs.facts.words import VERBAL
from briefs.language.words import word_set

if TYPE_CHECKING:
    from briefs.facts.scene import Scene
    from briefs.facts.words import Word

_SPEAKING = word_set(
    "say write announce deny believe want fear know accuse threaten promise propose criticise praise rule ask apologise"
)


def attribution(scene: Scene, predicate: Word) -> str | None:
    """The words that name who says so: the speaker of the clause around it, else "according to …"; None if nobody."""
    word = predicate
    while word.head is not word:
        found = _source_beside(scene, word)
        if found is not None:
            return found
        if word.dep in {"ccomp", "parataxis"} and word.head.pos in VERBAL and kind_of(word.head) in _SPEAKING:
            return _speaker(scene, word.head)
        word = word.head
    return _source_beside(scene, word) or _parenthetical(scene, word, predicate)


def _speaker(scene: Scene, verb: Word) -> str | None:
    who = subject(verb)
    if who is None:
        return None
    known = scene.entity(who) if who.pos == "PRON" else None
    return known.name if known is not None else scene.quote(*coordinated(scene.words, who))[2]


def _source_beside(scene: Scene, word: Word) -> str | None:
    """Whom "according to" names beside the word."""
    for child in word.children:
        if child.lower == "according" and child.dep == "prep":
            thing = next((t for p in child.children if (t := p.child("pobj")) is not None), None) or child.child("pobj")
            if thing is not None:
                return scene.quote(*coordinated(scene.words, thing))[2]
    return None


def _parenthetical(scene: Scene, word: Word, predicate: Word) -> str | None:
    """A speaker in passing: "The plant, she said, will close"."""
    for child in word.children:
        if child.dep != "parataxis" or child.pos != "VERB" or child.holds(predicate):
            continue
        if frame(child.lemma, "VERB") == "say":
            return _speaker(scene, child)
    return None
