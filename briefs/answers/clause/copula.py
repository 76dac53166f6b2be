"""Clauses whose verb is only "be": a noun that is the event, what is told of a thing, or a clause about the noun asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.nouns import head_of, last_noun, noun_phrase, second_phrase
from briefs.answers.clause.rest import take_rest
from briefs.answers.clause.statement import gap, read_asked, take_negation
from briefs.answers.clause.tags import FINITE, VERBS
from briefs.answers.clause.verb import take_verb
from briefs.answers.lexicon import AUXILIARIES, BE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from briefs.answers.clause.part import Part
    from briefs.answers.clause.value import Clause

_PASSED = {"n't", "not", "still", "currently", "now", "really", "actually", "there"}
_RELATIVE = {"who", "that", "which", "whom"}
_SINGLED_OUT = {"first", "last", "only", "next", "second", "youngest", "oldest", "one"}


def read_copula(part: Part, out: Clause, i: int) -> None:
    """Read "is" alone: a noun that is the event ("when is the launch"), or what is told of a thing ("is it late")."""
    take_negation(part, out, i, i + 3)
    start = i + 1
    while part.lower(start) in _PASSED or part.tag(start) == "UH":
        start += 1
    stop = noun_phrase(part, start)
    tokens = list(part.doc[start:stop])
    if tokens and part.asks_thing and _read_about(part, out, tokens, stop):
        return
    out.copular, out.gap = True, "predicate"
    out.subject = part.untimed(tokens)
    out.noun = head_of(part, tokens) or last_noun(out.phrase)
    out.verb, out.lemma = part.doc[i], "be"
    take_rest(part, out, stop)


def has_reduced_clause(part: Part, out: Clause, i: int) -> bool:
    """Whether the verb behind "is" belongs to a clause about its noun: "what is the student | she grabbed"."""
    if out.phrase or not part.asks_thing:
        return False
    stop = noun_phrase(part, i + 1)
    told = part.tag(stop) in {"VBD", "VBZ", "VBP"} and part.lower(stop) not in BE
    return told and second_phrase(list(part.doc[i + 1 : stop])) is not None


def _read_about(part: Part, out: Clause, noun: Sequence[Token], stop: int) -> bool:
    """Read the clause behind a noun, which is then what is asked for: "the student she grabbed", "the first to walk"."""
    if part.lower(stop) in _RELATIVE | {"to"}:
        verb = part.past_adverbs(stop + 1)
        if _is_own_verb(part, noun, stop, verb):
            out.phrase = tuple(noun)
            out.gap = gap(part, out, "subject")
            take_verb(part, out, verb)
            return True
        return part.lower(stop) != "to" and _read_own_clause(part, out, noun, stop + 1)
    split = second_phrase(noun)
    if split is None or part.tag(stop) not in FINITE:
        return False
    return _read_own_clause(part, out, [t for t in noun if t.i < split], split)


def _is_own_verb(part: Part, noun: Sequence[Token], opening: int, verb: int) -> bool:
    """Whether the noun is the subject of the verb: "the man who resigned", "the first to walk"."""
    told = part.tag(verb) in VERBS - {"VBG"} and part.lower(verb) not in AUXILIARIES
    return told and (part.lower(opening) != "to" or any(t.lower_ in _SINGLED_OUT for t in noun))


def _read_own_clause(part: Part, out: Clause, noun: Sequence[Token], start: int) -> bool:
    """Read a clause with a subject of its own behind the noun asked for."""
    if not noun or not any(t.tag_ in FINITE for t in part.behind(start)):
        return False
    out.phrase, out.auxiliary = tuple(noun), ""
    read_asked(part, out, start)
    return True
