"""Clauses in the order of a statement: "the deal is signed", "(which student) she grabbed", "she created what in 1985"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.asked import asked_noun
from briefs.answers.clause.auxiliaries import is_passive
from briefs.answers.clause.nouns import head_of, noun_phrase
from briefs.answers.clause.rest import take_rest
from briefs.answers.clause.tags import FINITE, VERBS
from briefs.answers.clause.verb import take_verb
from briefs.answers.lexicon import AUXILIARIES, BE, PREPOSITIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from briefs.answers.clause.part import Part
    from briefs.answers.clause.value import Clause


def read_statement(part: Part, out: Clause, start: int) -> int | None:
    """Take in subject, verb, the rest; the index of the finite verb, None where a bare noun phrase names an event."""
    finite = next((t for t in part.doc[start : part.end] if t.i > start and _is_finite(part, t)), None)
    if finite is None:
        _read_noun(part, out, start)
        return None
    out.subject = part.plain(start, finite.i)
    if finite.lower_ in AUXILIARIES:
        _read_auxiliary(part, out, finite)
    else:
        take_verb(part, out, finite.i)
    return finite.i


def read_asked(part: Part, out: Clause, start: int) -> None:
    """Read a statement whose question word stands before it: "which student | she grabbed"."""
    if read_statement(part, out, start) is not None and part.asks_side:
        out.gap = gap(part, out, "preposition" if out.lead else "object")


def read_in_place(part: Part, out: Clause) -> None:
    """Read a statement whose question word stands where the answer would: "she created what in 1985"."""
    verb = read_statement(part, out, part.start)
    if verb is None:
        return
    first = part.wh[0]
    before = part.doc[first - 1].lower_ if first else ""
    out.phrase = tuple(part.doc[first + 1 : asked_noun(part, first + 1)])
    taken = {first, *(t.i for t in out.phrase)}
    out.object = [t for t in out.object if t.i not in taken]
    out.beside = [(preposition, ts) for preposition, ts in out.beside if not any(t.i in taken for t in ts)]
    if before in PREPOSITIONS:
        out.lead, out.gap = before, "preposition"
    else:
        out.gap = "object" if first > verb else "subject"


def gap(part: Part, out: Clause, side: str) -> str:
    """What is asked for, a side of the event or something else about it: "when", "how"."""
    circumstance = part.word in ("when", "where", "why") or (part.word == "how" and not out.phrase)
    return "other" if circumstance else side


def take_negation(part: Part, out: Clause, start: int, stop: int) -> None:
    """Take in a negation that stands in a range."""
    out.negated = out.negated or any(t.lower_ in ("n't", "not", "never") for t in part.doc[start : min(stop, part.end)])


def _is_finite(part: Part, token: Token) -> bool:
    finite = token.tag_ in FINITE or (token.dep_ == "ROOT" and token.tag_ in {"VB", "VBN"})
    return finite and part.doc[token.i - 1].tag_ not in {"IN", "DT", "TO"}


def _read_noun(part: Part, out: Clause, start: int) -> None:
    """A bare noun phrase names the event."""
    stop = noun_phrase(part, start)
    tokens = [t for t in part.doc[start:stop] if t.i not in part.wh]
    out.noun = head_of(part, tokens)
    out.subject = part.untimed(tokens)
    out.copular = True
    take_rest(part, out, max(stop, start + 1))


def _read_auxiliary(part: Part, out: Clause, helper: Token) -> None:
    """Take in the verb that an auxiliary behind the subject helps, or the auxiliary itself where there is none."""
    out.auxiliary = helper.lower_
    take_negation(part, out, helper.i, helper.i + 3)
    i = helper.i + 1
    while part.is_adverb(i) or part.lower(i) in AUXILIARIES | {"n't", "not"}:
        i += 1
    if part.tag(i) in VERBS:
        take_verb(part, out, i, passive=is_passive(part, helper.i, i))
        return
    out.copular = helper.lower_ in BE
    out.verb, out.lemma = helper, helper.lemma_.lower()
    out.noun = head_of(part, out.subject)
    take_rest(part, out, i)
