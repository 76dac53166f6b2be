"""What tells two events of one kind apart beyond their words: figures, weekdays and years, and what a report begins with.

Most doubts are small: a toll rises, and the second day of a story names another weekday. They settle what words leave open.
Only another number of one name, and a beginning of which the other knows nothing at all, tell of something else whatever
else two articles share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, Any

from briefs.language.words import stem
from briefs.stories.commonness import SHARES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, KeysView

    from briefs.stories.content import Content

# Parts of the cosine's own weight; most found by logistic regression of "one event?" over pairs of articles.
OTHER_FIGURES = 0.065  # both openings state figures, and neither article knows one of the other's
OTHER_WEEKDAYS = 0.055
OTHER_YEARS = 0.05
OTHER_DAYS = 0.15  # both name Monday, and it is another Monday
OTHER_NUMBER = 0.4  # "Teal 1" and "Teal 2", which share nearly all their words
OTHER_MATTER = 0.25  # hardly seen in reports of one event
LEAST = 6  # words a beginning must have to be one
KNOWN = 3  # names of an opening that the other knows: it tells of the same place or people, however it begins

_FIGURE = re.compile(r"[0-9][^\W_]*(?:[.,][0-9]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile("|".join(_WEEKDAYS))
_THURSDAY = 3  # the first day of 1970
_NUMBERED = re.compile(
    r"(?<![^\W_])([A-Z][^\W\d_]{2,}) ([1-9][0-9]?)(?![-–:.,]?[^\W_])(?! (?:[a-z]+s|percent|per|[mb]illion|people)\b)"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an article states; each in order, once."""

    opening: tuple[str, ...] = ()  # the figures of its title and opening
    figures: tuple[str, ...] = ()  # those of all its text
    years: tuple[str, ...] = ()  # those of its figures that are years
    weekdays: tuple[str, ...] = ()  # those of its title and opening
    matter: tuple[str, ...] = ()  # stems of its title and first words, without those of everyday news
    names: tuple[str, ...] = ()  # stems of what its opening writes with a capital, likewise
    numbered: tuple[str, ...] = ()  # names with their number in its title and first words: "teal 1"


def find(first: str, rest: str, beginning: str, begins: Iterable[str], names: Iterable[str]) -> Evidence:
    """The evidence of an article: of its title and opening, its further words, its first words, their stems and those of names."""
    stated = {figure.lower() for figure in _FIGURE.findall(first)}
    figures = stated.union(figure.lower() for figure in _FIGURE.findall(rest))
    years = {figure for figure in figures if _YEAR.fullmatch(figure)}
    weekdays = set(_WEEKDAY.findall(first.lower()))
    telling = (set(begins).difference(SHARES), set(names).difference(SHARES))
    numbered = {
        f"{name} {number}".lower() for name, number in _NUMBERED.findall(beginning) if stem(name.lower()) not in SHARES
    }
    return Evidence(*(tuple(sorted(each)) for each in (stated, figures, years, weekdays, *telling, numbered)))


@dataclass(frozen=True, slots=True)
class Stated:
    """The evidence of an article, ready to be compared many times."""

    evidence: Evidence
    told: KeysView[str]  # all its stems
    opening: frozenset[str]
    figures: frozenset[str]
    years: frozenset[str]
    weekdays: frozenset[str]
    dates: frozenset[int]  # days since 1970 that its weekdays can be


def stated(content: Content) -> Stated:
    """What an article states."""
    of = content.evidence
    opening, figures, years, weekdays = map(frozenset, (of.opening, of.figures, of.years, of.weekdays))
    return Stated(of, content.counts.keys(), opening, figures, years, weekdays, frozenset(_dates(content)))


def doubt(one: Stated, other: Stated) -> float:
    """How much of the similarity of two articles their evidence takes away."""
    doubts = 0.0
    if _disjoint(one.opening, other.figures) and _disjoint(other.opening, one.figures):
        doubts += OTHER_FIGURES
    if _disjoint(one.weekdays, other.weekdays):
        doubts += OTHER_WEEKDAYS
    elif _disjoint(one.dates, other.dates):
        doubts += OTHER_DAYS
    if _disjoint(one.years, other.years):
        doubts += OTHER_YEARS
    if otherwise_numbered(one.evidence, other.evidence):
        doubts += OTHER_NUMBER
    if (_apart(one, other) or _apart(other, one)) and not _acquainted(one, other):
        doubts += OTHER_MATTER
    return doubts


def otherwise_numbered(one: Evidence, other: Evidence) -> bool:
    """Whether both begin with one name, and each with another number of it: the first and the second of a series."""
    if not one.numbered or not other.numbered or not set(one.numbered).isdisjoint(other.numbered):
        return False
    mine, theirs = ({each.partition(" ")[0] for each in of.numbered} for of in (one, other))
    return bool(mine & theirs)


def _dates(content: Content) -> Iterator[int]:
    """The days, since 1970, that its weekdays can be: the last of that name, or the next."""
    if content.day is None:
        return
    today = floor(content.day)
    for name in content.evidence.weekdays:
        back = (today + _THURSDAY - _WEEKDAYS.index(name)) % 7
        yield today - back
        if back:
            yield today - back + 7


def _apart(one: Stated, other: Stated) -> bool:
    """Whether one begins with nothing that the other tells at all."""
    return len(one.evidence.matter) >= LEAST and other.told.isdisjoint(one.evidence.matter)


def _acquainted(one: Stated, other: Stated) -> bool:
    """Whether the names of one's opening are known to the other."""
    known = (sum(name in of.told for name in by.evidence.names) for by, of in ((one, other), (other, one)))
    return max(known) >= KNOWN


def _disjoint(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether both state something, and nothing that is the same."""
    return bool(one) and bool(other) and one.isdisjoint(other)
