"""What tells two events of one kind apart beyond their words: figures, weekdays and years, and what a report begins with.

Each doubt is small: a toll rises, and the second day of a story names another weekday. It settles what words leave open.
Only an article that begins with nothing that the other knows at all tells, whatever else they share, of something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.stories.commonness import SHARES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from briefs.stories.content import Content

# Found by logistic regression of "one event?" over pairs of articles, as parts of the cosine's own weight.
OTHER_FIGURES = 0.065  # both openings state figures, and neither article knows one of the other's
OTHER_WEEKDAYS = 0.055
OTHER_YEARS = 0.05
OTHER_MATTER = 0.25  # hardly seen in reports of one event
LEAST = 6  # words a beginning must have to be one

_FIGURE = re.compile(r"[0-9][^\W_]*(?:[.,][0-9]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEEKDAY = re.compile("monday|tuesday|wednesday|thursday|friday|saturday|sunday")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an article states; each in order, once."""

    opening: tuple[str, ...] = ()  # the figures of its title and opening
    figures: tuple[str, ...] = ()  # those of all its text
    years: tuple[str, ...] = ()  # those of its figures that are years
    weekdays: tuple[str, ...] = ()  # those of its title and opening
    matter: tuple[str, ...] = ()  # stems of its title and first words, without those of everyday news
    names: tuple[str, ...] = ()  # stems of what its opening writes with a capital, likewise


def find(first: str, rest: str, begins: Iterable[str], names: Iterable[str]) -> Evidence:
    """The evidence of an article: of its title and opening, its further words, its first stems and those of names."""
    stated = {figure.lower() for figure in _FIGURE.findall(first)}
    figures = stated.union(figure.lower() for figure in _FIGURE.findall(rest))
    years = {figure for figure in figures if _YEAR.fullmatch(figure)}
    weekdays = set(_WEEKDAY.findall(first.lower()))
    telling = (set(begins).difference(SHARES), set(names).difference(SHARES))
    return Evidence(*(tuple(sorted(each)) for each in (stated, figures, years, weekdays, *telling)))


def doubt(one: Content, other: Content) -> float:
    """How much of the similarity of two articles their evidence takes away."""
    mine, theirs = one.evidence, other.evidence
    doubts = 0.0
    if _disjoint(mine.opening, theirs.figures) and _disjoint(theirs.opening, mine.figures):
        doubts += OTHER_FIGURES
    if _disjoint(mine.weekdays, theirs.weekdays):
        doubts += OTHER_WEEKDAYS
    if _disjoint(mine.years, theirs.years):
        doubts += OTHER_YEARS
    if _apart(mine.matter, other.counts) or _apart(theirs.matter, one.counts):
        doubts += OTHER_MATTER
    return doubts


def _apart(matter: Collection[str], counts: Collection[str]) -> bool:
    """Whether an article begins with nothing that the other tells at all."""
    return len(matter) >= LEAST and not any(stem in counts for stem in matter)


def _disjoint(one: Collection[str], other: Collection[str]) -> bool:
    """Whether both state something, and nothing that is the same."""
    return bool(one) and bool(other) and not any(each in other for each in one)
