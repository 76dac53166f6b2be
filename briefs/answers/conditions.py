"""The times that a question names: which of them say when its event lies, and between which instants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.language import times as timing
from briefs.language.pipeline import Passage
from briefs.models import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from spacy.tokens import Doc

    from briefs.models import When

_OF_DAY = ("morning", "night", "evening")


def times_of(doc: Doc, now: datetime | None, whens: Sequence[When] | None) -> tuple[When, ...]:
    """The times of a question that mean a time: ``whens``, or those found as of ``now`` where they are None."""
    if whens is None:
        whens = timing.find((Passage("question", 0, BlockKind.PROSE, 0, doc),), now)
    return tuple(when for when in whens if "X" not in when.value and not when.value.endswith("T_REF"))


def conditions_of(doc: Doc, whens: Sequence[When]) -> tuple[When, ...]:
    """The times that say when the event lies; "now" leaves it open."""
    return tuple(when for when in whens if when.value != "PRESENT_REF" and _is_condition(doc, when))


def timed_words(doc: Doc, whens: Sequence[When]) -> frozenset[int]:
    """The indices of the words that tell times; "January" in "the January plan" names the plan."""
    return frozenset(
        t.i
        for when in whens
        if when.value == "PRESENT_REF" or _is_condition(doc, when)
        for t in doc
        if when.start <= t.idx < when.end
    )


def _is_condition(doc: Doc, when: When) -> bool:
    """Whether a time says when, and is no part of what a thing is called: "the 9/11 bill", "Secure America Now"."""
    inside = [t for t in doc if when.start <= t.idx < when.end]
    if not inside:
        return True
    after = next(iter(doc[inside[-1].i + 1 :]), None)
    if after is None or after.tag_ not in {"NN", "NNS", "NNP", "NNPS", "POS"} or after.lower_ in _OF_DAY:
        return True
    before = doc[inside[0].i - 1] if inside[0].i else None
    linked = before is not None and (
        before.lower_ in ("the", "'s", "a", "this", "next", "last") or before.tag_[:3] == "NNP"
    )
    return not (linked and any(t.dep_ in ("compound", "nmod", "amod", "nummod", "poss") for t in inside))


def span_of(times: Sequence[When]) -> tuple[datetime | None, datetime | None] | None:
    """Between which instants the event lies: "since 2018" from its first on, "from 2007 to 2014" over both."""
    known = [when for when in times if when.first is not None and when.last is not None]
    if not known:
        return None
    first: datetime | None = min(when.first for when in known if when.first is not None)
    last: datetime | None = max(when.last for when in known if when.last is not None)
    if len(known) == 1:
        match known[0].modifier:
            case "since":
                last = None
            case "after":
                first, last = known[0].last, None
            case "before":
                first, last = None, known[0].first
            case "until":
                first = None
    return first, last
