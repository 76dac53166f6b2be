"""Which way a time expression points: back, ahead or neither, told by the verb and the preposition it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "present", "future"]

_FUTURE_AUXILIARIES = frozenset(
    {"will", "'ll", "’ll", "wo", "shall", "may", "might", "can", "could", "should", "must", "ca"}
)
_REPORTED_FUTURE = frozenset({"would"})
# Participles and adjectives that put what they describe ahead: "is scheduled for", "the planned launch", "due in".
_PLANNED = frozenset(
    "schedule plan expect due set slate poise project forecast upcoming intend aim target tentative propose anticipate".split()
)
_PUT_OFF = frozenset("delay postpone defer push reschedule move".split())
_CLIMB = 12  # a tree deeper than this is a parser's mistake


def tense_of(token: Token) -> Tense | None:
    """The tense of the verb that governs a token; None where no verb does."""
    node = token
    for _ in range(_CLIMB):
        if node.pos_ in ("VERB", "AUX"):
            found = _of_verb(node, token)
            if found:
                return found
        elif _is_planned_noun(node):
            return "future"
        if node.head is node:
            return None
        node = node.head
    return None


def _is_planned_noun(noun: Token) -> bool:
    return any(
        child.lemma_.lower() in _PLANNED and child.dep_ in ("amod", "acl", "compound") for child in noun.children
    )


def _of_verb(verb: Token, token: Token) -> Tense | None:
    """The tense of a verb with its auxiliaries; None for a participle that takes the tense of what it hangs on."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    lemmas = {child.lemma_.lower() for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.lemma_.lower() in _PLANNED and verb.tag_ in ("VBN", "JJ") and not auxiliaries & {"was", "were", "had"}:
        return "future"
    if "have" in lemmas or "'ve" in auxiliaries or "’ve" in auxiliaries:
        return "past"
    if auxiliaries & (_FUTURE_AUXILIARIES | _REPORTED_FUTURE):
        return "future"
    if auxiliaries & {"was", "were", "did", "had"}:
        return "past"
    if "to" in auxiliaries:
        return _of_infinitive(verb)
    return _of_form(verb, auxiliaries)


def _of_infinitive(verb: Token) -> Tense | None:
    """A purpose ("flew to Paris to sign the deal Thursday") takes its verb's tense; other infinitives lie ahead."""
    return None if verb.dep_ == "advcl" else "future"


def _of_form(verb: Token, auxiliaries: set[str]) -> Tense | None:
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or auxiliaries & {"is", "are", "am", "'re", "'s", "’s", "do", "does"}:
        planned = any(
            child.lemma_.lower() in _PLANNED for child in verb.children if child.dep_ in ("acomp", "attr", "oprd")
        )
        return "future" if planned else "present"
    if verb.tag_ == "VB" and verb.dep_ == "ROOT":
        return "future"  # an imperative
    if verb.tag_ == "VBN" and verb.dep_ == "ROOT":
        return "past"
    return "past" if verb.tag_ == "VBN" else None
