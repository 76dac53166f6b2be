"""Which of several values that sources give disagree, and which a newer one has overtaken. Pure decisions over candidates.

    best, found ─rivals─▶ values that cannot be right together ─newest─▶ the value told, what still disputes it, what it replaces

Another value is a rival when all of these hold; else it is of something else, or says the same in other words:

1. its sentence speaks nearly as well for it (``as_good``): coverage, role and score near the best one's;
2. it is of the same event (``of_one_event``): frame or verb, modality, time; figures count the same thing;
3. both cannot be right (``agree`` is false): days apart, places of which none contains the other, figures that do not
   round to each other, two people where only one can be meant;
4. its article does not give the best one's value as well (``knows``): who tells both tells two things. In one article only the
   headline against its text, or one speaker against another, is a disagreement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.answers import matching, versions
from briefs.answers.asking import Ask
from briefs.facts import figures
from briefs.facts.claims import overlap
from briefs.facts.disputes import ROLLING, is_mistaken, places_agree
from briefs.language.words import stems, unaccented
from briefs.models import Grain, Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from briefs.answers.candidates import Candidate
    from briefs.models import Fact

AMOUNTS = (Ask.HOW_MANY, Ask.HOW_MUCH, Ask.HOW_LONG)
NAMES = (Ask.WHO, Ask.WHICH, Ask.WHAT)
SCORE = 0.80  # of the best one's score, from which another value is as well told
TWIN_SCORE = 0.55  # the same where both sentences share much more than the question
TWIN, TWIN_WORDS = 0.4, 4  # of the words of the shorter one, and how many at least
COVERAGE, FIT, LACKING = 0.25, 0.25, 0.8  # how much less its sentence may carry, its role fit, its sentence name
SETTLED = timedelta(hours=36)  # the same for other figures and for plans
SLIP = timedelta(days=3)  # between two days of what is over: further apart they are two events
MOVED = timedelta(days=31)  # the same for what is planned, and for months
TIMES = 2.5  # a figure further from the other counts something else, unless it is told in nearly the same words
_RISING = frozenset(
    {"die", "kill", "injure", "infect", "treat", "arrest", "rescue", "evacuate", "destroy", "burn", "disappear", "survive", "abduct",
     "vote", "protest", "deploy"}
)  # fmt: skip
_ONE_ONLY = frozenset({"win", "elect", "appoint", "found", "hold_office", "born"})  # what one alone does or is
_RUNNING = re.compile(
    r"\b(?:so far|now|ris(?:en|es?|ing)|rose|climb\w*|as of|at least|more than|updated?)\b", re.IGNORECASE
)
EDGE = re.compile(r"\b(?:beginning|start|outset|turn|end)\b", re.IGNORECASE)
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "sir", "dame", "lord", "lady", "judge", "justice", "rep", "sen", "gov", "gen", "jr", "sr"}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The value to tell, the values that dispute it, and those it has replaced."""

    best: Candidate
    rivals: tuple[Candidate, ...] = ()
    earlier: tuple[Candidate, ...] = ()


def judged(ask: Ask, best: Candidate, found: Sequence[Candidate]) -> Judged:
    """The best value weighed against the others: disputed, replaced by a newer one, or alone."""
    if is_mistaken(best.line.text):
        told = (c for c in found if not is_mistaken(c.line.text) and as_good(best, c) and of_one_event(ask, best, c))
        best = next(told, best)
    others = rivals(ask, best, found)
    return newest(ask, best, others) if others else Judged(best)


def rivals(ask: Ask, best: Candidate, found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Other values, each once, that cannot be right together with the best one."""
    found = list(found)
    told: list[Candidate] = []
    for other in found:
        if _rival(ask, best, other, found) and not any(agree(ask, other, known) for known in told):
            told.append(other)
    return tuple(told)


def newest(ask: Ask, best: Candidate, others: Sequence[Candidate]) -> Judged:
    """What a newer report has replaced: a toll rises, a plan is moved, a mistake is corrected."""
    latest = max([best, *others], key=lambda c: (c.line.at, c.score))
    rest = [c for c in (best, *others) if c is not latest]
    earlier = tuple(c for c in rest if _replaced(ask, c, latest))
    left = tuple(c for c in rest if c not in earlier)
    if left and best in left:
        return Judged(best, tuple(c for c in (latest, *left) if c is not best), earlier)
    return Judged(latest, left, earlier)


def _replaced(ask: Ask, old: Candidate, new: Candidate) -> bool:
    if new.line.article.root == old.line.article.root:
        return new.line.article.version > old.line.article.version
    age = new.line.at - old.line.at
    if ask is Ask.WHEN:
        return age >= SETTLED and new.fact is not None and new.fact.modality is not Modality.HAPPENED
    if ask in NAMES:
        return age >= SETTLED and new.fact is not None and new.fact.kind == "hold_office"
    if ask not in AMOUNTS:
        return False
    rising = new.fact is not None and new.fact.kind in _RISING
    running = rising or _is_running(new) or _is_running(old)
    return age >= (ROLLING if running else SETTLED)


def _is_running(candidate: Candidate) -> bool:
    """Whether words beside a figure tell that it goes on changing; elsewhere in the sentence something else may rise."""
    line = candidate.line
    near = line.article.text[max(line.start, candidate.start - versions.NEARBY) : candidate.end + versions.NEARBY]
    return _RUNNING.search(near[: line.end - max(line.start, candidate.start - versions.NEARBY)]) is not None


def backing(value: Candidate, found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates that say the same as a value, of the same event and nearly as well."""
    return tuple(c for c in found if c is value or (c.key == value.key and as_good(value, c)))


def _rival(ask: Ask, best: Candidate, other: Candidate, found: Sequence[Candidate]) -> bool:
    if other is best or other.key == best.key or agree(ask, best, other) or is_mistaken(other.line.text):
        return False
    as_told = as_good(best, other) and of_one_event(ask, best, other)
    if not as_told and not versions.of_one_slot(ask, best, other):
        return False
    if other.line.article.id == best.line.article.id:
        return _in_itself(ask, best, other, found)
    return not knows(ask, other, best, found) and not knows(ask, best, other, found)


def as_good(best: Candidate, other: Candidate) -> bool:
    """Whether another candidate's sentence speaks nearly as well for it as the best one's."""
    twins = _twins(best, other)
    if (best.predicate >= matching.FRAME_MATCH > other.predicate and not twins) or other.sides < best.sides - FIT:
        return False
    near = other.coverage >= best.coverage - COVERAGE and other.fit >= best.fit - FIT
    share = TWIN_SCORE if twins else SCORE
    return near and other.score >= share * best.score and other.lacking <= best.lacking + LACKING


def _twins(one: Candidate, two: Candidate) -> bool:
    """Whether two sentences tell one event in much the same words, so that a name that one lacks is meant in it."""
    a, b = (frozenset(s for s in stems(c.line.text) if s.isalpha()) for c in (one, two))
    shared = len(a & b)
    return shared >= TWIN_WORDS and shared >= TWIN * min(len(a), len(b))


def of_one_event(ask: Ask, one: Candidate, two: Candidate) -> bool:
    """Whether two candidates are told of one event, alike: frame or verb, modality, time, and what is counted."""
    a, b = one.fact, two.fact
    if a is not None and b is not None:
        if (a.modality in versions.AHEAD) is not (b.modality in versions.AHEAD) or a.negated is not b.negated:
            return False
        if Modality.CANCELLED in (a.modality, b.modality) and a.modality is not b.modality:
            return False
        if ask is not Ask.WHEN and a.when is not None and b.when is not None and not overlap(a.when, b.when):
            return False
        if ask not in NAMES and not versions.partners_agree(a, b):
            return False
        if ask not in NAMES and (doer := _doer(a)) and (other := _doer(b)) and not doer & other:
            return False
    asked = min(one.predicate, two.predicate) >= matching.FRAME_MATCH
    alike = a is not None and b is not None and versions.event(a) == versions.event(b)
    if ask in AMOUNTS:
        return _counts_one_thing(one, two, alike=asked or alike)
    return asked or (alike and min(one.agreement, two.agreement) > 0) or _named_alone(ask, one, two)


def _doer(fact: Fact) -> frozenset[str]:
    """The stems of the one named as doing it."""
    return frozenset().union(
        *(stems(a.text) | stems(a.entity.name) for a in fact.arguments if a.role == "agent" and a.entity is not None)
    )


def _named_alone(ask: Ask, one: Candidate, two: Candidate) -> bool:
    return ask in NAMES and _namesakes(one.text, two.text)


def _counts_one_thing(one: Candidate, two: Candidate, *, alike: bool) -> bool:
    """Whether two figures measure one thing: of one event and near each other, or amid nearly the same words."""
    a, b = figures.figure(one.text), figures.figure(two.text)
    if a is None or b is None or not versions.periods_agree(one, two):
        return False
    mine, theirs = versions.around(one), versions.around(two)
    shared = len(mine & theirs)
    if figures.apart(a, b) <= TIMES:
        return shared >= (1 if alike else 2) or _twins(one, two)
    return alike and shared >= 2 and shared >= 0.5 * min(len(mine), len(theirs))


# -------------------------------------------------------------------------------------------------------- both right?
def agree(ask: Ask, one: Candidate, two: Candidate) -> bool:
    """Whether two values can both be right: the same, one less exact, or not comparable."""
    if one.key == two.key:
        return True
    if ask is Ask.WHEN:
        return one.when is None or two.when is None or _times_agree(one, two)
    if ask is Ask.WHERE:
        return _places_agree(one, two)
    if ask in AMOUNTS:
        a, b = figures.figure(one.text), figures.figure(two.text)
        return a is None or b is None or figures.agree(a, b)
    return not _others(ask, one, two)


def _times_agree(one: Candidate, two: Candidate) -> bool:
    """Whether two times can be one; days too far apart are of two events and contradict nothing."""
    a, b = _span(one), _span(two)
    if a is None or b is None or (a[0] < b[1] and b[0] < a[1]):
        return True
    planned = one.fact is not None and one.fact.modality is Modality.PLANNED
    finest = Grain.DAY in (one.when.grain, two.when.grain) if one.when and two.when else False
    return max(a[0], b[0]) - min(a[1], b[1]) > (SLIP - timedelta(days=1) if finest and not planned else MOVED)


def _span(candidate: Candidate) -> tuple[datetime, datetime] | None:
    """The instants between which a time lies: "early" and "late" are a third, "the beginning" and "the end" a twelfth."""
    when = candidate.when
    if when is None or when.first is None or when.last is None or when.modifier in matching.BOUNDS:
        return None
    third = (when.last - when.first) / (12 if EDGE.search(candidate.text) else 3)
    match when.modifier:
        case "start":
            return when.first, when.first + third
        case "mid":
            return when.first + (when.last - when.first) / 3, when.last - (when.last - when.first) / 3
        case "end":
            return when.last - third, when.last
    return when.first, when.last


def _places_agree(one: Candidate, two: Candidate) -> bool:
    texts = [one.line.article.text, two.line.article.text]
    return bool(stems(one.text) & stems(two.text)) or places_agree(one.text, two.text, texts)


def _others(ask: Ask, one: Candidate, two: Candidate) -> bool:
    """Whether two names name two people (or things) of which only one can be meant."""
    if ask not in NAMES or not (one.text[:1].isupper() and two.text[:1].isupper()):
        return False
    if _namesakes(one.text, two.text):
        return True
    kinds = {c.fact.kind for c in (one, two) if c.fact is not None}
    alone = len(kinds) == 1 and kinds <= _ONE_ONLY and min(one.predicate, two.predicate) >= matching.FRAME_MATCH
    return alone and ask is Ask.WHO and not stems(one.text) & stems(two.text)


def _namesakes(one: str, two: str) -> bool:
    """Whether two full names share the surname and nothing else: Loretta and Linda T. Sanchez."""
    a, b = _name(one), _name(two)
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    first, other = a[0], b[0]
    return not first.startswith(other[:3]) and not other.startswith(first[:3]) and not set(a[:-1]) & set(b[:-1])


def _name(text: str) -> list[str]:
    """A name's words from the first that is no title or office, lower case."""
    words = [unaccented(w.strip(".,'’").lower()) for w in text.split() if w[:1].isupper()]
    kept = [w for w in words if w not in _TITLES]
    return kept[-2:] if len(kept) > 3 else kept


def knows(ask: Ask, teller: Candidate, value: Candidate, found: Iterable[Candidate]) -> bool:
    """Whether a candidate's article gives another value for the same event as well."""
    article = teller.line.article
    if ask in NAMES or ask is Ask.WHERE:
        return value.text in article.text
    return any(
        c.line.article.id == article.id
        and (c.key == value.key or agree(ask, c, value))
        and of_one_event(ask, c, teller)
        for c in found
        if c is not teller and not agree(ask, c, teller)
    )


def _in_itself(ask: Ask, one: Candidate, two: Candidate, found: Iterable[Candidate]) -> bool:
    """Whether one article contradicts itself: its headline and its text, or two whom it lets speak."""
    if one.line.start == two.line.start:
        return False
    if one.line.headline is not two.line.headline:
        title = one if one.line.headline else two
        text = (c for c in found if c.line.article.id == one.line.article.id and not c.line.headline)
        return not any(agree(ask, title, c) and of_one_event(ask, title, c) for c in text)
    a, b = one.fact, two.fact
    said = a is not None and b is not None and a.attribution is not None and a.attribution != b.attribution
    return said and ask is not Ask.WHERE  # one article tells of many places
