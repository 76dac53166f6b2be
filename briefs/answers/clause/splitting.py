"""The parts of a question that ask: "who is buying it | and how much are they paying"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.part import Part
from briefs.answers.clause.tags import FINITE
from briefs.answers.lexicon import AUXILIARIES, PREPOSITIONS, WH

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc

    from briefs.answers.english import English

_WHO = ("who", "whom")
_RELATIVE = {"who", "which", "whom", "whose", "where", "when"}
_JOINING = WH | {"and", "or", ",", "&", "/", "exactly", "on", "at", "in"}


def parts(doc: Doc, timed: Collection[int], english: English) -> list[Part]:
    """The parts of a question, in order; ``timed`` are the indices of words of a time."""
    groups = _groups(doc)
    starts = [0, *(_start(doc, group[0]) for group in groups[1:])]
    stops = [*starts[1:], len(doc)]
    found = []
    for group, start, stop in zip(groups, starts, stops, strict=True):
        mutual = len(group) > 1 and _is_other_side(doc, group[0], group[-1])
        wh, further = (group[:1], group[1:]) if mutual else (group, ())
        found.append(Part(doc, start, _end(doc, start, stop), wh, further, timed, english))
    return found


def _start(doc: Doc, i: int) -> int:
    """Where a later part begins: at its question word, or the preposition of that."""
    return i - 1 if doc[i - 1].lower_ in PREPOSITIONS else i


def _end(doc: Doc, start: int, stop: int) -> int:
    while stop > start and (doc[stop - 1].is_punct or doc[stop - 1].lower_ in ("and", "or")):
        stop -= 1
    return stop


def _groups(doc: Doc) -> list[tuple[int, ...]]:
    """The question words of each part; one group without any where the question asks yes or no."""
    groups: list[tuple[int, ...]] = []
    for i in _asking(doc):
        if groups and _goes_with(doc, groups[-1], i):
            groups[-1] = (*groups[-1], i)
        else:
            groups.append((i,))
    return groups or [()]


def _goes_with(doc: Doc, group: tuple[int, ...], i: int) -> bool:
    """Whether a question word asks of the same event as those before it: "when and where", "who … whom"."""
    return _is_other_side(doc, group[0], i) or all(t.lower_ in _JOINING for t in doc[group[-1] + 1 : i])


def _is_other_side(doc: Doc, first: int, i: int) -> bool:
    """Whether it is the "whom" of "who met (with) whom"."""
    return _both_who(doc, first, i) and not any(t.lower_ in ("and", "or", ",") for t in doc[first + 1 : i])


def _both_who(doc: Doc, first: int, i: int) -> bool:
    return doc[i].lower_ in _WHO and doc[first].lower_ in _WHO


def _asking(doc: Doc) -> list[int]:
    """The indices of the words that ask; those of relative and other clauses inside ask nothing."""
    opening = doc[:1].text.lower()
    if opening in AUXILIARIES:
        return []
    wh = [t.i for t in doc if t.lower_ in WH]
    if opening in ("whether", "if"):
        wh = [i for i in wh if doc[i - 1].text == "," or (i > 1 and doc[i - 2].text == ",")]
    return [i for i in wh if i == wh[0] or _joined(doc, i, wh[0])]


def _joined(doc: Doc, i: int, first: int) -> bool:
    """Whether a later question word asks too: "and how much", "or where"; "who met whom"."""
    if _both_who(doc, first, i) and i - first > 1 and _closes(doc, i):
        return True
    before = doc[i - 1].lower_
    if before in PREPOSITIONS and i > 1:
        before = doc[i - 2].lower_
    if before in ("and", "&", "/"):
        return True
    return before in (",", "or") and i - first > 1 and not _is_relative(doc, i)


def _closes(doc: Doc, i: int) -> bool:
    """Whether no verb follows and the word hangs on no noun, so that it opens no relative clause."""
    verbs = FINITE | {"VB"}
    return doc[i - 1].tag_ not in ("NN", "NNS", "NNP") and not any(t.tag_ in verbs and t.is_alpha for t in doc[i + 1 :])


def _is_relative(doc: Doc, i: int) -> bool:
    return doc[i].lower_ in _RELATIVE and i > 1 and doc[i - 2].tag_[:2] == "NN"
