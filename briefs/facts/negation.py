"""Whether a predicate is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.words import SUBJECTS, VERBAL, infinitive, own_tense
from briefs.language.words import word_set

if TYPE_CHECKING:
    from briefs.facts.words import Word

_NEVER = word_set("not n't n’t never no neither nor hardly")
_NONE = word_set("nobody none nothing neither")
# Verbs that say that what they govern does not happen ("failed to sign", "prevented from leaving").
FAILING = word_set("fail neglect forget refuse decline avoid prevent stop forbid ban prohibit deny")

FAILURES = word_set("refusal failure inability reluctance unwillingness")  # "his refusal to pay"
_CARRYING = word_set(
    "hold have make pay take give stage conduct do launch carry deliver issue reach sign start suffer commit receive win find "
    "undergo get show see secure obtain cause cast file"
)


def negated(predicate: Word) -> bool:
    """Whether the predicate is denied: "did not meet", "no talks", "denied meeting", "failed to sign", "without paying"."""
    if any(c.dep == "neg" or (c.lower in _NEVER and c.dep in {"det", "advmod", "preconj"}) for c in predicate.children):
        return True
    if predicate.pos in VERBAL and (_subject_of_none(predicate) or _object_of_none(predicate)):
        return True
    return predicate.head is not predicate and _denied_above(predicate, predicate.head)


def _subject_of_none(verb: Word) -> bool:
    who = verb.child(*SUBJECTS)
    return who is not None and (
        who.lower in _NONE
        or any(c.dep in {"det", "preconj", "cc"} and c.lower in {"no", "neither", "nor"} for c in who.children)
    )


def _object_of_none(verb: Word) -> bool:
    """Whether there is nothing it is done to: "reported no injuries", "mentions neither of them", "there is no evidence"."""
    thing = verb.child("dobj", "attr")
    if thing is None or thing.index < verb.index:
        return False
    return (
        thing.lower in _NONE
        or any(c.lower == "no" and c.dep == "det" for c in thing.children)
        or any(c.lower == "neither" and c.dep in {"preconj", "det", "cc"} for c in thing.children)
    )


def _denied_above(predicate: Word, head: Word) -> bool:
    match predicate.dep:
        case "xcomp" | "ccomp" if head.lemma in FAILING or _ruled_out(head):
            return True
        case "xcomp" if is_yet(predicate):
            return True
        case "acl" if infinitive(predicate):
            return head.lemma in FAILURES or _none(head)
        case "dobj":
            return head.lemma == "deny" or (head.lemma in _CARRYING and not _definite(predicate) and negated(head))
        case "pcomp" if head.dep == "prep":
            return _excluding(head) or (head.lower == "of" and _none(head.head))
        case "xcomp" | "conj":
            # "did not meet or talk", "does not plan to go": one denial for both.
            return head.pos in VERBAL and not own_tense(predicate) and negated(head)
        case _:
            return False


def is_yet(verb: Word) -> bool:
    """Whether an infinitive has not happened so far: "has yet to decide"."""
    head = verb.head
    return head.lemma in {"have", "be"} and any(c.lower == "yet" for c in (*head.children, *verb.children))


def _ruled_out(verb: Word) -> bool:
    return verb.lemma == "rule" and any(c.lower == "out" for c in verb.children)


def _none(noun: Word) -> bool:
    """Whether there is none: "no plans to resign", "no intention of leaving"."""
    return any(c.dep == "det" and c.lower == "no" for c in noun.children)


def _definite(noun: Word) -> bool:
    return any(c.lower in {"the", "this", "that", "these", "those"} or c.dep == "poss" for c in noun.children)


def _excluding(preposition: Word) -> bool:
    """Whether a gerund's preposition says that it does not happen: "without", "instead of", "prevented from"."""
    if preposition.lower == "of":
        return preposition.head.lower == "instead" or any(c.lower == "instead" for c in preposition.children)
    return preposition.lower == "without" or (preposition.lower == "from" and preposition.head.lemma in FAILING)
