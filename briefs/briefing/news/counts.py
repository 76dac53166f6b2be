"""What sentences count, so that a figure can be told from the one that it replaces: tolls, sums, shares, numbers of things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers.quantities import Sort, quantities
from briefs.briefing.news.lines import content
from briefs.briefing.news.matters import event
from briefs.facts import figures
from briefs.language.words import NUMBER_WORDS, word_set
from briefs.models import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.quantities import Quantity
    from briefs.briefing.news.lines import Line
    from briefs.facts.figures import Figure
    from briefs.models import Argument, Fact

TIMES, SUM_TIMES = 6.0, 3.0  # a figure further from the other counts something else
_DEAD, _HURT = "die", "injure"
_SPELLED = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_N = rf"(?P<n>\d[\d,]*|(?:{_SPELLED})(?:[ -](?:{_SPELLED}))?)"
_PEOPLE = r"(?:\s(?:other\s)?(?:people|persons?|men|women|children|passengers|victims|workers|soldiers|residents|others|civilians))?"
_TOLLS = (
    (_DEAD, re.compile(rf"\b(?:toll|(?:number|count) of (?:\w+ )?(?:dead|deaths|killed|victims))\b[^.;]{{0,80}}?\b(?:to|at|of|is|was|reach(?:ed|es)|now)\s(?:at least\s|about\s)?{_N}\b(?! (?:people|villages|houses))", re.IGNORECASE)),
    (_DEAD, re.compile(rf"\b{_N}{_PEOPLE}\s(?:(?:were|are|was|is|have|has|had|been|now|confirmed|feared|known|said|believed|to)\s){{0,5}}(?:dead|killed|died|dying)\b", re.IGNORECASE)),
    (_DEAD, re.compile(rf"\b(?:killed|killing|claimed)\s(?:at least\s|about\s|more than\s)?{_N}{_PEOPLE}\b", re.IGNORECASE)),
    (_HURT, re.compile(rf"\b{_N}{_PEOPLE}\s(?:(?:were|are|was|is|have|has|had|been|others)\s){{0,3}}(?:injured|wounded|hurt|hospitali[sz]ed)\b", re.IGNORECASE)),
    (_HURT, re.compile(rf"\b(?:injured|injuring|wounded|wounding)\s(?:at least\s|about\s|more than\s)?{_N}{_PEOPLE}\b", re.IGNORECASE)),
)  # fmt: skip
_MEASURED = re.compile(r"\d[\d.]*[-–]\w|\d:\s?\d|\bmagnitude\b", re.IGNORECASE)  # "a 5.9-magnitude quake", "at 3:30"
_NUMBERED = re.compile(r"[A-Z][\w’'.]*(?: |-)\d+\b(?![.,]?\d)(?!\s\w)")  # "Osprey 2", "Meridian-4"
_CORRECTED = re.compile(
    r"\b(?:correct(?:ed|s|ion)|revised down|lowered|mistak\w+|wrong\w*|overstated|in error)\b", re.IGNORECASE
)
_TOLLED = re.compile(r"toll|kill|dead|die|death|dying|injur|wound|hurt|hospital|claim|victim", re.IGNORECASE)
_TOLL = {"die": _DEAD, "kill": _DEAD, "injure": _HURT}
_PERSONS = content("people persons men women children passengers victims workers soldiers residents others civilians")
_SINGLE = word_set("be have own hold_office name_as live work born")  # what these count changes not from day to day


@dataclass(frozen=True, slots=True)
class Count:
    """A figure, what it counts in what event, and where its words stand in the article."""

    event: str
    things: frozenset[str]
    figure: Figure
    start: int
    end: int
    fact: Fact | None = None


def counts(line: Line) -> tuple[Count, ...]:
    """What a sentence counts."""
    if not line.numbers:
        return ()
    found = [*_tolls(line), *(count for fact in line.facts for count in _counted(fact))]
    return tuple({(c.event, c.figure): c for c in reversed(found)}.values())


def _tolls(line: Line) -> Iterator[Count]:
    if _TOLLED.search(line.text) is None:
        return
    offset = max(0, line.start)
    for kind, pattern in _TOLLS:
        for match in pattern.finditer(line.text):
            figure = figures.figure(match["n"])
            if figure is not None:
                yield Count(kind, frozenset({kind}), figure, offset + match.start(), offset + match.end())


def _counted(fact: Fact) -> Iterator[Count]:
    if fact.kind in _SINGLE or fact.negated or fact.modality is not Modality.HAPPENED:
        return
    for argument in fact.arguments:
        if argument.role in ("patient", "agent", "amount") and argument.entity is None:
            figure = None if _is_no_count(argument.text) else figures.figure(argument.text)
            if figure is not None and (things := _things(fact, argument)):
                kind = _TOLL.get(fact.kind)
                toll = kind is not None and things <= _PERSONS
                yield Count(
                    kind if toll and kind else event(fact),
                    frozenset({kind}) if toll and kind else things,
                    figure,
                    argument.start,
                    argument.end,
                    fact,
                )


def _is_no_count(text: str) -> bool:
    """Whether the number in some words measures something, or is part of a name."""
    return _MEASURED.search(text) is not None or _NUMBERED.search(text) is not None


def _things(fact: Fact, argument: Argument) -> frozenset[str]:
    """What an argument counts: its own noun, or what rose to it."""
    own = content(re.sub(r"[\d.,]+|[$£€¥%]", " ", argument.text)) - content(
        "million billion thousand percent per cent dozen hundred"
    )
    if own - _UNITS or argument.role != "amount":
        return own - _UNITS
    subject = (a for a in fact.arguments if a.role == "patient" and a is not argument)
    return frozenset().union(*(content(a.text) for a in subject))


_UNITS = content("dollar euro pound yen crown rouble percent point cent kilometre mile metre")


def is_toll(count: Count) -> bool:
    """Whether it counts the dead or the hurt."""
    return count.things <= {_DEAD, _HURT}


def is_of_people(count: Count) -> bool:
    """Whether it counts people: the dead, the hurt, those who left their homes."""
    return count.event in (_DEAD, _HURT) or bool(count.things & _PERSONS)


def is_corrected(line: Line) -> bool:
    """Whether a sentence says that what was told before was wrong."""
    return _CORRECTED.search(line.text) is not None


def may_be(count: Count, line: Line, old: Count) -> bool:
    """Whether a figure may follow another: tolls rise, or somebody says that they were wrong."""
    return not is_toll(count) or count.figure.high > old.figure.high or is_corrected(line)


def revises(new: Count, old: Count) -> bool:
    """Whether two figures count one thing and cannot both hold."""
    if new.event != old.event or figures.agree(new.figure, old.figure) or figures.apart(new.figure, old.figure) > TIMES:
        return False
    if new.figure.unit != old.figure.unit:
        return False
    fewer = min(len(new.things), len(old.things))
    return len(new.things & old.things) >= max(1, (fewer + 1) // 2)


def is_same(one: Count, other: Count) -> bool:
    """Whether two sentences count the same, alike."""
    return one.event == other.event and one.figure == other.figure


def sums(line: Line) -> tuple[tuple[Quantity, Figure], ...]:
    """The sums of money and the shares that a sentence tells, with their places in the article."""
    told = ((q, figures.figure(q.text)) for q in quantities(line.text) if q.sort in (Sort.MONEY, Sort.SHARE))
    return tuple((q, figure) for q, figure in told if figure is not None)


def rivals(new: tuple[Quantity, Figure], old: tuple[Quantity, Figure]) -> bool:
    """Whether two sums or shares are of one measure and cannot both hold of one thing."""
    alike = (new[0].sort, new[0].unit) == (old[0].sort, old[0].unit)
    return alike and not figures.agree(new[1], old[1]) and figures.apart(new[1], old[1]) <= SUM_TIMES
