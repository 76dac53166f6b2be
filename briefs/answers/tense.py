"""Whether a question takes its event as done or as coming."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask
from briefs.answers.lexicon import BE, DO, FUTURE_CUES

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc

    from briefs.answers.clause import Clause

_PLANNED = {"supposed", "expected", "scheduled", "due", "planned", "meant"}


class Tense(StrEnum):
    """Whether the question takes the event as done, as coming, or leaves it open."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


def tense_of(clause: Clause, doc: Doc, ask: Ask, timed: Collection[int]) -> Tense:
    """The tense of a clause, by its auxiliary and the words about it; ``timed`` are the indices of words of a time."""
    helper = clause.auxiliary or (clause.verb.lower_ if clause.copular and clause.verb is not None else "")
    cues = {t.lower_ for t in doc if t.i not in clause.embedded and t.i not in timed}
    if helper in ("was", "were", "had") and cues & _PLANNED:
        return Tense.OPEN  # what was to be, whether it came to be or not
    if helper in ("was", "were") and _is_purpose(clause, doc):
        return Tense.OPEN  # "whom was she travelling to Oslo to meet"
    if helper in ("did", "was", "were", "had", "has", "have", "'ve"):
        return Tense.PAST
    if cues & FUTURE_CUES or helper in ("will", "wo", "'ll", "shall"):
        return Tense.FUTURE
    if ask is Ask.WHEN and _looks_ahead(clause, helper):
        return Tense.FUTURE
    told = not helper and clause.verb is not None and clause.verb.tag_ in {"VBD", "VBN"}
    return Tense.PAST if told else Tense.OPEN


def _looks_ahead(clause: Clause, helper: str) -> bool:
    """Whether it asks when in the present: "when is the launch", "when does it begin"."""
    present = not helper and clause.verb is not None and clause.verb.tag_ in {"VBZ", "VBP"}
    return (present or helper in BE | DO) and any(t.lower_ == "when" for t in clause.wh)


def _is_purpose(clause: Clause, doc: Doc) -> bool:
    """Whether the event is only what somebody was on the way to."""
    verb = clause.verb
    if verb is None or verb.i <= 1 or doc[verb.i - 1].lower_ != "to":
        return False
    return any(t.tag_ == "VBG" for t in doc[: verb.i])
