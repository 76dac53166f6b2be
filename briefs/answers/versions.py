"""Whether two articles tell their own versions of one thing: the same slot of the same event, however each puts it.

A rival value need not answer the question as well as the best one: another outlet says "the embankment failed" where it asks
when the levee gave way. So the two sentences are held against each other: the same event, the same sort of value, the same
thing counted, the same time. Pure decisions over candidates.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask
from briefs.answers.candidates.who import PARTICIPANTS
from briefs.answers.lexicon import LIGHT_VERBS
from briefs.answers.quantities import quantities
from briefs.facts import figures, frames
from briefs.facts.claims import overlap
from briefs.language.words import STOP_WORDS, stem, stems, word_set
from briefs.models import Grain, Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.candidates import Candidate
    from briefs.models import Fact, When

ABSENT = 0.3  # the share of the question that may stand nowhere in the article
ABSENT_ALIKE = 0.65  # the same where both values stand amid the same words
LITTLE = 0.35  # of the question, that a sentence about the same thing carries at least, as a share of the best one's
MUCH = 0.7  # from which it is surely about it
HALF = 0.5  # of the sides, above which they may be the same ones
SAME = 0.8  # from which they are
FIT, FIT_APART = 0.45, 0.25
TIMES = 1.6  # a figure further from the other counts something else
BEFORE = 24  # characters before a figure that name it: "the attendance was 4,000"
NEARBY = 48  # characters around a figure that tell what it counts
ERA = timedelta(days=45)  # between two articles about one event
AHEAD = frozenset({Modality.PLANNED, Modality.POSSIBLE})  # "will cut" and "should cut" tell one plan
PERIODS = frozenset({Grain.MONTH, Grain.QUARTER, Grain.SEASON, Grain.HALF, Grain.YEAR, Grain.DECADE})
_GAP = re.compile(r"\d[\d,.]*|[;:]")
_WORD_END = re.compile(r"(?!\w)")
_EMPTY = LIGHT_VERBS | word_set("be have do make say tell hold_office report announce")
_AUDIENCE = frozenset(stem(w) for w in word_set("attendance crowd audience spectator onlooker"))
_ANYONE = frozenset(
    stem(w)
    for w in word_set("people person man woman men women child children percent year day month week time point other")
)


def of_one_slot(ask: Ask, one: Candidate, two: Candidate) -> bool:
    """Whether two candidates of different articles fill the same slot of the same event."""
    if one.line.article.id == two.line.article.id or not _of_the_matter(ask, one, two):
        return False
    if one.fact is not None and two.fact is not None and not _told_alike(one.fact, two.fact):
        return False
    match ask:
        case Ask.HOW_MANY | Ask.HOW_MUCH | Ask.HOW_LONG:
            return _measure_one_thing(one, two)
        case Ask.WHEN:
            return _has_time(one) and _has_time(two) and _one_event(one, two)
        case Ask.WHERE:
            return _one_event(one, two) and _one_time(one, two) is not False
    return _one_event(one, two)


def _of_the_matter(ask: Ask, one: Candidate, two: Candidate) -> bool:
    """Whether both articles are about what was asked and both values of the kind asked for, told in one season."""
    carried = min(one.coverage, two.coverage) >= LITTLE * max(one.coverage, two.coverage)
    named = ask in (Ask.WHO, Ask.WHICH, Ask.WHAT)
    counted = _counted_alike(one, two)
    fitting = min(one.fit, two.fit) >= FIT - 0.01 and (named or counted or abs(one.fit - two.fit) <= FIT_APART)
    alike = counted or len((_behind(one) & _behind(two)) - _ANYONE) > 1
    absent = ABSENT_ALIKE if alike else ABSENT
    return carried and fitting and max(one.absent, two.absent) <= absent and abs(one.line.at - two.line.at) <= ERA


def _told_alike(a: Fact, b: Fact) -> bool:
    """Whether two facts may be of one event by how they are told: both done or both ahead, neither denied nor called off."""
    if (a.modality in AHEAD) is not (b.modality in AHEAD) or a.negated is not b.negated:
        return False
    return (a.modality is Modality.CANCELLED) is (b.modality is Modality.CANCELLED)


def told_twice(ask: Ask, value: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether another outlet fills the same slot in words of its own, be it with another value: the slot is told."""
    return any(
        other.line.outlet != value.line.outlet and other.line.text != value.line.text and of_one_slot(ask, value, other)
        for other in found
    )


# ------------------------------------------------------------------------------------------------------------- events
def _one_event(one: Candidate, two: Candidate) -> bool:
    """Whether two values are slots of the same happening: the same verb or frame, and the same people or things in it."""
    a, b = one.fact, two.fact
    if a is None or b is None or event(a) != event(b) or event(a) in _EMPTY or not partners_agree(a, b):
        return False
    shared = len(_parties(one, a) & _parties(two, b))
    tied = min(one.sides, two.sides) > HALF or shared > 1 or _one_time(one, two) is True
    return shared > 0 and tied


def partners_agree(a: Fact, b: Fact) -> bool:
    """Whether two meetings can be one: a meeting with others is another meeting."""
    if a.kind != b.kind or a.kind not in frames.MUTUAL:
        return True
    fewer, more = sorted((_named(a), _named(b)), key=len)
    return all(any(one & other for other in more) for one in fewer)


def _named(fact: Fact) -> list[frozenset[str]]:
    """The stems of the name of each who takes part."""
    return [stems(a.entity.name) for a in fact.arguments if a.entity is not None and a.role in PARTICIPANTS]


def event(fact: Fact) -> str:
    """What a fact is an event of: its frame, or its own verb."""
    return fact.predicate.lemma if fact.kind == frames.OTHER else fact.kind


def _parties(candidate: Candidate, fact: Fact) -> frozenset[str]:
    """The stems of who and what takes part, but not of the value itself nor of its time."""
    told = stems(" ".join(a.text for a in fact.arguments if a.role != "time"))
    named = frozenset().union(*(stems(a.entity.name) for a in fact.arguments if a.entity is not None))
    subject = stems(candidate.line.article.text[candidate.line.start : fact.predicate.start])
    return (told | named | subject) - stems(candidate.text) - STOP_WORDS


def _has_time(candidate: Candidate) -> bool:
    """Whether the time stands in the event's own statement, and not somewhere beside it: "A staffer on Friday apologised"."""
    told = candidate.fact.arguments if candidate.fact is not None else ()
    times = (a for a in told if a.role in ("time", "agent", "patient"))
    return any(a.start < candidate.end and candidate.start < a.end for a in times)


def _one_time(one: Candidate, two: Candidate) -> bool | None:
    """Whether both are told of one time; None where one of them names none."""
    a, b = (c.fact.when if c.fact is not None else None for c in (one, two))
    return None if a is None or b is None else overlap(a, b)


# ------------------------------------------------------------------------------------------------------------ figures
def _measure_one_thing(one: Candidate, two: Candidate) -> bool:
    """Whether two figures near each other count the same thing in the same period."""
    a, b = figures.figure(one.text), figures.figure(two.text)
    if a is None or b is None or figures.apart(a, b) > TIMES or not periods_agree(one, two):
        return False
    anyone = things(one) & things(two)
    if _counted_alike(one, two) or (anyone and (_behind(one) & _behind(two)) - _ANYONE):
        return True
    told = _one_event(one, two) or (min(one.coverage, two.coverage) >= MUCH and min(one.predicate, two.predicate) > 0)
    return told and min(one.sides, two.sides) >= SAME


def _counted_alike(one: Candidate, two: Candidate) -> bool:
    """Whether two figures count the same, and not just people."""
    return bool((things(one) & things(two)) - _ANYONE)


def things(candidate: Candidate) -> frozenset[str]:
    """The stems of what a figure counts: "witness" for "41 witnesses", "crowd" for "a crowd of 4,000"."""
    line = candidate.line
    own = (q for q in quantities(line.text) if line.start + q.start == candidate.start)
    told = frozenset(thing for quantity in own for thing in quantity.things[:2])
    found = told or stems(line.article.text[max(line.start, candidate.start - BEFORE) : candidate.start])
    return found | _AUDIENCE if found & _AUDIENCE else told


def periods_agree(one: Candidate, two: Candidate) -> bool:
    """Whether two figures can be of one month, quarter or year, where their sentences name one: profits of two quarters are two."""
    a, b = _period(one), _period(two)
    if a is None or b is None:
        return all(w is None or w.grain in {Grain.YEAR, Grain.DECADE, Grain.MONTH} for w in (a, b))
    return overlap(a, b)


def _period(candidate: Candidate) -> When | None:
    periods = [w for w in candidate.line.whens if w.grain in PERIODS and w.first is not None]
    return min(periods, key=lambda w: abs(w.start - candidate.start), default=None)


def around(candidate: Candidate) -> frozenset[str]:
    """The words beside a figure, as far as the next figure: what it counts and what was done with it."""
    text, first = candidate.line.article.text, candidate.line.start
    before = _GAP.split(text[max(first, candidate.start - NEARBY) : candidate.start])[-1]
    return stems(before) | _behind(candidate)


def _behind(candidate: Candidate) -> frozenset[str]:
    """Those of them that follow the figure."""
    text, last = candidate.line.article.text, candidate.line.end
    cut = _WORD_END.search(text, min(last, candidate.end + NEARBY))
    return stems(_GAP.split(text[candidate.end : min(last, cut.start() if cut else last)])[0])
