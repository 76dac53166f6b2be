"""Noun phrases, by word classes: where one ends, where a second begins in it, and the noun it is about."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from briefs.answers.clause.tags import ADJECTIVES, HEADS, MODIFIERS, NAMES, NOMINAL, NOUNS, PARTICIPLES
from briefs.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from briefs.answers.clause.part import Part

_SINGLE = word_set("anyone anybody someone everyone nobody something anything everything")
_OPENING = {"DT", "PRP$", "PDT", "WP$"}  # begin a phrase, so end the one before
_BEFORE_NOUN = {"DT", "PRP$", "JJ", "PDT"}


def noun_phrase(part: Part, i: int) -> int:
    """The end of the noun phrase from here, "of" phrases and joined ones included; ``i`` itself where there is none."""
    j, headed = i, False
    while (after := _onward(part, j, headed=headed)) > j:
        headed = headed or (_is_head(part, j) and not part.is_timed(j))
        j = after
    if not headed:
        return i
    while part.doc[j - 1].tag_ in {"DT", "CC", "HYPH"}:
        j -= 1
    return j


def _onward(part: Part, j: int, *, headed: bool) -> int:
    """Where a noun phrase goes on behind the word at ``j``; ``j`` where it ends before it."""
    follows = is_nominal(part, j + 1)
    if part.is_timed(j) and not (headed and follows and not part.is_timed(j + 1)):
        return j if headed or j + 1 >= part.end else j + 1
    if _is_head(part, j):
        return j + 1
    if headed and part.tag(j) in _OPENING:
        return j
    if _is_modifier(part, j, headed=headed):
        return j if headed and part.tag(j) in ADJECTIVES and not follows else j + 1
    if headed and follows and (part.tag(j) == "CC" or part.lower(j) == "of"):
        return _past_modifiers(part, j + 1)
    return j


def _is_head(part: Part, j: int) -> bool:
    return part.tag(j) in HEADS or part.lower(j) in _SINGLE


def _is_modifier(part: Part, j: int, *, headed: bool) -> bool:
    if part.is_adverb(j):
        return not headed and part.tag(j + 1) in {"JJ", "CD", "VBN"}
    if part.tag(j) in PARTICIPLES:
        return is_nominal(part, j + 1) and (not headed or part.doc[j].dep_ in ("amod", "compound"))
    return part.tag(j) in MODIFIERS


def _past_modifiers(part: Part, j: int) -> int:
    while part.tag(j) in _BEFORE_NOUN:
        j += 1
    return j


def is_nominal(part: Part, j: int) -> bool:
    """Whether a word may begin a noun phrase."""
    return part.tag(j) in NOMINAL


def second_phrase(tokens: Sequence[Token]) -> int | None:
    """Where in a run of nouns a second noun phrase begins: "the match | falk", "the bridge | she"."""
    for one, two in itertools.pairwise(tokens):
        if two.tag_ in {"PRP", "DT", "PRP$"} and one.tag_ in HEADS:
            return two.i
        if two.tag_ in NAMES and one.tag_ in {"NN", "NNS"}:
            return two.i
    return None


def head_of(part: Part, tokens: Sequence[Token]) -> Token | None:
    """The noun that a phrase is about: the last one before "of", "and" or a further noun."""
    head: Token | None = None
    for token in tokens:
        if token.tag_ in {"CC", "IN"} and head is not None:
            break
        if (token.tag_ in NOUNS | {"FW"} or (token.tag_ == "CD" and head is None)) and not part.is_timed(token.i):
            head = token
    return head or (tokens[-1] if tokens else None)


def last_noun(tokens: Sequence[Token]) -> Token | None:
    """The last noun of a phrase."""
    return next((t for t in reversed(tokens) if t.tag_ in NOUNS), None)
