"""Which of several words is the main verb: the one that an auxiliary helps, also where it was taken for a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.nouns import is_nominal
from briefs.answers.clause.tags import FINITE, HEADS, OPENING, PARTICIPLES, PAST, PLAIN
from briefs.answers.lexicon import ANNOUNCING, AUXILIARIES, BE, HAVE, PREPOSITIONS
from briefs.facts import frames

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.tokens import Token

    from briefs.answers.clause.part import Part
    from briefs.answers.clause.value import Clause

_RELATIVE = {"that", "who", "which", "whose", "where"}
_TRAVELLING = {"travel", "arrive", "leave", "visit", "return"}  # frames
_HIDDEN = {"NN", "VBD", "VBN", "JJ", "RB", "NNS", "IN", "NNP", "VBZ"}  # what taggers take a question's verb for


def main_verb(part: Part, out: Clause, auxiliary: int) -> int | None:
    """The index of the verb that an auxiliary before its subject helps; None where it is "be" alone or none is found."""
    helper = part.lower(auxiliary)
    if helper in BE:
        return _participle(part, out, auxiliary)
    inside = _inside(part, out, auxiliary + 1)
    span = [t for t in part.behind(auxiliary + 1) if t.i not in inside]
    wanted = PAST if helper in HAVE else PLAIN
    fits = [
        t for t in span
        if t.tag_ in wanted and not part.is_to(t.i - 1) and t.lower_ != "n't" and t.dep_ not in ("relcl", "amod", "compound", "acl")
    ]  # fmt: skip
    found = _likeliest(fits) or _hidden_verb(part, span)
    return None if found is None else _innermost(part, out, helper, found)


def purpose(part: Part, verb: int) -> int | None:
    """The verb that somebody moves for, where it ends the question: "whom was she travelling to Oslo to meet (with)"."""
    if part.wh and not part.asks_thing:
        return None
    last = part.end - 1 - (part.lower(part.end - 1) in PREPOSITIONS)
    moving = frames.frame(part.doc[verb].lemma_.lower(), "VERB") in _TRAVELLING
    ends = last > verb + 2 and part.tag(last) == "VB" and part.is_to(last - 1)
    return last if moving and ends else None


def _likeliest(verbs: Sequence[Token]) -> Token | None:
    """The root of the tree, else the first that stands in no relative clause."""
    root = next((t for t in verbs if t.dep_ == "ROOT"), None)
    return root or next((t for t in verbs if t.dep_ != "relcl"), None)


def _innermost(part: Part, out: Clause, helper: str, verb: Token) -> int:
    """The verb behind "be" and "have" where those only help it: "will it be sold", "may she have left"."""
    inner: int | None = None
    if verb.lower_ in ("be", "been"):
        inner = _participle(part, out, verb.i, least=1)
    elif verb.lower_ == "have" and helper not in HAVE:
        inner = next((t.i for t in part.behind(verb.i) if t.tag_ == "VBN"), None)
    return verb.i if inner is None else inner


def _hidden_verb(part: Part, span: Sequence[Token]) -> Token | None:
    """A verb that was taken for another word: "when did the bank file for bankruptcy"."""
    likely = [
        t for t in span
        if t.lower_ == t.text and t.tag_ in _HIDDEN and part.english.is_verb(t.lower_) and t.lower_ not in PREPOSITIONS
        and part.doc[t.i - 1].tag_ not in {"DT", "PRP$", "POS", "IN", "JJ", "TO"}
    ]  # fmt: skip
    known = [t for t in likely if frames.verb_frame(t.lower_) is not None]
    governing = [t for t in known if _closes(part, t.i, {"IN", "TO", "DT", "RP", "PRP$", "PRP", "NNP"})]
    plain = [t for t in span if t.tag_ == "VB"]
    return next(iter([*governing, *known, *plain, *likely]), None)


def _closes(part: Part, i: int, classes: Collection[str]) -> bool:
    """Whether a word is the last one, or one of these classes follows it."""
    return i + 1 >= part.end or part.tag(i + 1) in classes


def _participle(part: Part, out: Clause, i: int, least: int = 2) -> int | None:
    """The verb behind "is", ``least`` words on: "was she arrested", "are they paying", "is it expected to begin"."""
    inside = _inside(part, out, i + 1, closed=least > 1)
    span = [t for t in part.behind(i) if t.i not in inside]
    announced = _announced(part, i, span)
    if announced is not None:
        return announced
    fits = [
        t for t in span if t.i >= i + least and _is_participle(part, t) and (least == 1 or _has_subject(part, i, t.i))
    ]
    found = _likeliest(fits)
    if found is None:
        return _doing(part, span)
    return found.i - (part.lower(found.i - 1) == "getting")  # "getting rid", "getting hurt"


def _is_participle(part: Part, token: Token) -> bool:
    """Whether a participle is no modifier of the noun behind it and hangs on no preposition."""
    before = part.doc[token.i - 1].tag_
    modifies = token.dep_ in ("amod", "compound") or before in {"DT", "PRP$", "JJ", "POS"}
    verbal = token.tag_ in PARTICIPLES | PAST and token.lower_ not in AUXILIARIES
    return verbal and not (modifies and is_nominal(part, token.i + 1)) and before not in {"IN", "TO"}


def _announced(part: Part, i: int, span: Sequence[Token]) -> int | None:
    """The verb that one like "expected" announces: "is it expected to begin", "to be sold"."""
    announcing = next((t.i for t in span if t.i > i + 1 and _announces(part, t)), None)
    if announcing is None:
        return None
    inner = next((t for t in part.behind(announcing) if _is_infinitive(part, t, announcing + 2)), None)
    if inner is None:
        return None
    deep = None
    if inner.lower_ in ("be", "have"):
        deep = next((t.i for t in part.behind(inner.i) if t.tag_ in PARTICIPLES | PAST), None)
    return inner.i if deep is None else deep


def _announces(part: Part, token: Token) -> bool:
    return token.lower_ in ANNOUNCING and token.tag_ not in {"NN", "NNS", "DT"} and part.is_to(token.i + 1)


def _is_infinitive(part: Part, token: Token, expected: int) -> bool:
    return token.tag_ in PLAIN or (token.i == expected and part.english.is_verb(token.lower_))


def _doing(part: Part, span: Sequence[Token]) -> int | None:
    """A verb in "-ing" that was taken for a noun: "who are they meeting"."""
    if not part.wh:
        return None
    return next(
        (
            t.i for t in span[1:]
            if t.lower_.endswith("ing") and t.tag_ in {"NN", "VBG"} and part.doc[t.i - 1].tag_ in {"NNP", "PRP", "NNS", "NNPS"}
            and _closes(part, t.i, {"TO", "DT", "IN", "PRP$"})
        ),
        None,
    )  # fmt: skip


def _has_subject(part: Part, auxiliary: int, verb: int) -> bool:
    """Whether a noun phrase stands between an auxiliary and a verb."""
    return any(t.tag_ in HEADS | {"DT", "JJ"} for t in part.doc[auxiliary + 1 : verb])


def _inside(part: Part, out: Clause, start: int, *, closed: bool = False) -> range:
    """Indices of the first clause inside the question, once the subject has begun: "… when she beat him".

    It goes on to the end; a relative clause in the subject ends with its own verb, behind which the main one stands, unless
    the noun is what is asked for (``closed``): "what is the treaty that ended …".
    """
    for token in part.behind(start):
        if token.lower_ not in OPENING or token.tag_ not in {"WRB", "IN", "WP", "WDT", "WP$"}:
            continue
        finite = [t.i for t in part.behind(token.i) if t.tag_ in FINITE]
        later = [i for i in finite if i > token.i + 1]
        if later and token.lower_ in _RELATIVE and part.doc[token.i - 1].tag_[:2] == "NN":
            asked = closed and not out.phrase and part.word in ("who", "what", "which")
            return range(token.i, part.end if asked else later[0] + 1)
        if finite:
            return range(token.i, part.end)
    return range(0)
