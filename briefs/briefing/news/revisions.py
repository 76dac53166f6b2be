"""Values that are other ones now: a toll that rose, a bid that was raised, a mistake that a new version corrects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.briefing.news import clauses
from briefs.briefing.news.counts import counts, is_corrected, is_same, is_toll, may_be, revises, rivals, sums
from briefs.briefing.news.matters import is_newer
from briefs.briefing.news.passages import Passage
from briefs.briefing.news.statements import is_main, is_recalled
from briefs.briefing.news.weighing import BAR, Change, place, weight
from briefs.language.words import stems
from briefs.models import ChangeKind, Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.briefing.news.counts import Count
    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.memory import Memory

ALIGNED = 0.5  # share of a told sentence's words that the corrected one keeps
LIKE = 0.3  # the same for a sentence with another sum
_MOVING = frozenset({"grow", "fall", "change"})
_WRONG = re.compile(
    r"\b(?:figure|number|count|toll|sum|total|price)\sof\s(?:some\s|about\s)?(?P<n>\d[\d.,]*\d|\d)", re.IGNORECASE
)
_TWICE = re.compile(r"\b(?:counted\b.{0,60}\btwice|too (?:high|low)|double.counted)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w’'.,-]+")


def correction(line: Line, memory: Memory) -> Change | None:
    """A sentence of a new version that gives another value than the one shown of the old version."""
    if line.article.root not in memory.texts:
        return None
    gone = [old for old in memory.shown if old.article.root == line.article.root and old.text not in line.article.text]
    aligned = sorted((old for old in gone if old.shares(line) >= ALIGNED), key=lambda old: -old.shares(line))
    for old in aligned:
        if value := _replaced_value(old, line):
            earlier = Passage(old.article.id, *clauses.figured(old, *value))
            return Change(ChangeKind.CORRECTION, line, 1 + place(line), earlier)
    return None


def _replaced_value(old: Line, new: Line) -> tuple[int, int] | None:
    """Where a sentence gave a number or a name that its corrected form gives otherwise."""
    for mine, theirs in ((old.numbers, new.numbers), (old.names, new.names)):
        if (gone := mine - theirs) and theirs - mine:
            found = next((m for m in _WORD.finditer(old.text) if stems(m[0]) & gone), None)
            if found:
                return old.start + found.start(), old.start + found.end()
    return None


def retraction(line: Line, memory: Memory) -> Change | None:
    """A sentence that says of a shown figure that it was wrong: "the figure of 900 had counted a street twice"."""
    wrong = _WRONG.search(line.text) if is_corrected(line) or _TWICE.search(line.text) else None
    if wrong is None:
        return None
    value = stems(wrong["n"])
    old = [before for before in memory.shown if before.sentence and value <= before.numbers]
    old = [before for before in old if is_newer(line.article, before.article)]
    if not old:
        return None
    before = max(old, key=lambda each: (each.article.shown_at, each.article.id, -each.start))
    found = next((m for m in _WORD.finditer(before.text) if stems(m[0]) & value), None)
    if found is None:
        return None
    first = before.start
    earlier = Passage(before.article.id, *clauses.figured(before, first + found.start(), first + found.end()))
    return Change(ChangeKind.CORRECTION, line, place(line), earlier)


def figure(line: Line, title: Line, memory: Memory) -> Change | None:
    """A toll or a count that is another now."""
    if any(is_recalled(fact, line) for fact in line.facts):
        return None
    central = weight(line, title) >= BAR
    for count in counts(line):
        if any(is_same(known, count) for known, _ in memory.counts) or not (central or is_toll(count)):
            continue
        old = [
            (c, before)
            for c, before in memory.counts
            if revises(count, c) and may_be(count, line, c) and is_newer(line.article, before.article)
        ]
        if old:
            earlier = _counted(old, memory)
            kind = ChangeKind.CORRECTION if is_corrected(line) else ChangeKind.FIGURE
            return Change(kind, line, place(line) + (earlier is not None), earlier, count)
    return None


def _counted(old: Sequence[tuple[Count, Line]], memory: Memory) -> Passage | None:
    """The newest of the replaced figures that were shown, with the clause around it."""
    count, line = max(
        (pair for pair in old if memory.is_shown(pair[1])),
        key=lambda pair: (pair[1].article.shown_at, pair[1].article.id, -pair[0].start),
        default=(None, None),
    )
    return Passage(line.article.id, *clauses.figured(line, count.start, count.end)) if count and line else None


def amount(line: Line, memory: Memory) -> Change | None:
    """A sum or a share that was raised or lowered, and stood otherwise in what was shown."""
    moved = any(f.kind in _MOVING and f.modality is Modality.HAPPENED and is_main(f, line) for f in line.facts)
    if not moved or line.index > 1 or line.numbers <= memory.known.meant:
        return None
    for new in sums(line):
        old = [
            (line.shares(before), before, given)
            for before in memory.shown
            if before.sentence is not None and is_newer(line.article, before.article)
            for given in sums(before)
            if rivals(new, given) and line.shares(before) >= LIKE
        ]
        if old:
            _, before, (given, _) = max(old, key=lambda each: (each[0], each[1].article.id, -each[1].start))
            first = before.start + given.start
            earlier = Passage(before.article.id, *clauses.figured(before, first, first + len(given.text)))
            return Change(ChangeKind.FIGURE, line, 1 + place(line), earlier)
    return None
