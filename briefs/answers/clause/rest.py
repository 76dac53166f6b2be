"""What stands behind the verb: the object, prepositions with their phrases, one left behind, clauses that narrow the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.nouns import noun_phrase, second_phrase
from briefs.answers.clause.tags import FINITE, OPENING, PARTICIPLES, VERBS
from briefs.answers.lexicon import AUXILIARIES, PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from briefs.answers.clause.part import Part
    from briefs.answers.clause.value import Clause

_COMPOUND = {
    "due to", "because of", "according to", "prior to", "thanks to", "instead of", "such as", "ahead of", "next to", "owing to", "out of", "in order",
    "outside of", "as of", "as well",
}  # fmt: skip
_COMPARING = {"as", "than", "after", "before", "since", "until"}  # open a phrase as well as a clause
_RELATIVE = {"who", "that", "which", "whose"}
_ADVERBIAL = {"off", "up", "out", "back", "away", "down"}  # never left behind by a question word


def take_rest(part: Part, out: Clause, i: int) -> None:
    """Take in all from here to the end of the part."""
    while i < part.end:
        if _tells_nothing(part, i):
            i += 1
        elif _opens_clause(part, i):
            i = _take_clause(part, out, i, of_object=part.lower(i) in _RELATIVE)
        elif part.lower(i) in PREPOSITIONS or part.tag(i) in {"IN", "TO", "RP"} or _compound(part, i):
            i = _take_preposition(part, out, i)
        elif part.tag(i) in VERBS | {"MD"}:
            i = _take_clause(part, out, i, of_object=part.tag(i) in PARTICIPLES)
        else:
            i = _take_noun(part, out, i)


def _tells_nothing(part: Part, i: int) -> bool:
    adverb = part.is_adverb(i) and not _compound(part, i)
    return adverb or part.doc[i].is_punct or part.is_timed(i) or i in part.wh


def _compound(part: Part, i: int) -> str | None:
    """The preposition of two words here: "due to"."""
    two = f"{part.lower(i)} {part.lower(i + 1)}"
    return two if two in _COMPOUND else None


def _opens_clause(part: Part, i: int) -> bool:
    word = part.lower(i)
    if word in _COMPARING:
        stop = noun_phrase(part, i + 1)
        return stop > i + 1 and part.tag(stop) in FINITE
    if word == "now":
        return part.lower(i + 1) == "that"
    return word in OPENING | {"so"} and any(t.tag_ in FINITE for t in part.behind(i))


def _take_clause(part: Part, out: Clause, i: int, *, of_object: bool) -> int:
    """Take in a clause to the end, which only narrows the question; one that hangs on the object is part of that."""
    out.embedded.update(range(i, part.end))
    if of_object and out.object and not out.beside:
        out.object += part.plain(i, part.end)
    _leave_last(part, out)
    return part.end


def _take_preposition(part: Part, out: Clause, i: int) -> int:
    """Take in a preposition with its phrase; return where that ends."""
    compound = _compound(part, i)
    if compound is not None:
        stop = noun_phrase(part, i + 2)
        out.beside.append((compound, part.plain(i + 2, stop)))
        return stop
    if part.lower(i) == "to" and part.tag(i + 1) in {"VB", "VBP"}:
        return _take_clause(part, out, i, of_object=False)
    if part.tag(i + 1) == "VBG":
        out.beside.append((part.lower(i), list(part.behind(i))))
        out.embedded.update(range(i + 1, part.end))
        return part.end
    if part.is_timed(i + 1):
        return i + 1
    return _take_prepositional(part, out, i)


def _take_prepositional(part: Part, out: Clause, i: int) -> int:
    """Take in a preposition with a noun phrase, or without one: then it was left behind."""
    stop = noun_phrase(part, i + 1)
    if stop == i + 1:
        if part.tag(i) != "RP" and part.lower(i) not in _ADVERBIAL and i not in out.spent:
            _leave(part, out, part.lower(i))
        return stop
    tokens = part.untimed(part.doc[i + 1 : stop])
    split = _own_clause(part, tokens, stop)
    if split is not None:
        out.embedded.update(range(split, part.end))
        tokens, stop = [t for t in tokens if t.i < split], part.end
    if tokens:
        out.beside.append((part.lower(i), tokens))
    return stop


def _own_clause(part: Part, tokens: Sequence[Token], stop: int) -> int | None:
    """Where in a noun phrase a clause about its noun begins: "the deal | she signed"."""
    return second_phrase(tokens) if part.tag(stop) in FINITE else None


def _leave(part: Part, out: Clause, preposition: str) -> None:
    """A preposition without a phrase belongs to the question word."""
    if out.lead is not None or not (part.asks_side or part.word in ("where", "how")):
        return
    out.lead = preposition
    if out.gap in ("object", "other") and part.asks_side:
        out.gap = "preposition"


def _leave_last(part: Part, out: Clause) -> None:
    """A preposition at the end of a clause inside may be the question word's: "who did she agree to talk to"."""
    last = part.doc[part.end - 1]
    if last.lower_ in PREPOSITIONS and last.tag_ in {"IN", "TO"}:
        _leave(part, out, last.lower_)


def _take_noun(part: Part, out: Clause, i: int) -> int:
    """Take in a noun phrase: the object, or what stands beside it; return where it ends."""
    stop = noun_phrase(part, i)
    if stop == i:
        return i + 1
    tokens = part.untimed(part.doc[i:stop])
    split = _own_clause(part, tokens, stop)
    if split is not None:
        out.embedded.update(range(split, part.end))
        tokens, stop = [*(t for t in tokens if t.i < split), *part.plain(split, part.end)], part.end
        _leave_last(part, out)
    elif _is_noun(part, tokens, stop):
        tokens.append(part.doc[stop])
        stop += 1
    if not out.object:
        out.object = tokens
    elif tokens:
        out.beside.append(("", tokens))
    return stop


def _is_noun(part: Part, tokens: Sequence[Token], i: int) -> bool:
    """Whether what was taken for a verb is the noun of the phrase before it: "made the Norvia | remarks"."""
    if part.tag(i) not in {"VBZ", "VBP"} or part.lower(i) in AUXILIARIES or not tokens:
        return False
    last = i + 1 >= part.end or part.lower(i + 1) in PREPOSITIONS
    return last and tokens[0].tag_ in {"DT", "PRP$"}
