"""Times: of the facts that match, else those standing near the words of the question."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.candidates.candidate import Candidate, tells
from briefs.answers.questions import Tense
from briefs.language.words import stem, words
from briefs.models import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Fact, When


REACH = 100  # characters from an event's word within which the one date of its sentence may be its own
DAY = timedelta(days=1)


def whens(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The dates of a sentence."""
    line = match.line
    asked = {when.value for when in question.times}
    used: set[int] = set()
    for fact in line.facts:
        predicate = matching.predicate_match(question, fact, ground)
        when = fact.when or (_only_date(line, fact) if predicate >= matching.FRAME_MATCH and fact.arguments else None)
        if when is None or when.value in asked or not is_date(when) or not tells(question, fact):
            continue
        if not _possible(when, fact, line) or not _dates_the_event(question, when):
            continue
        agreed = matching.agreement(question, fact, ground)
        used.add(when.start)
        yield dated(when, line, match.coverage, agreed, predicate, 1.0 if predicate else 0.5, fact)
    for when in line.whens:
        if when.value in asked or not is_date(when) or when.start in used or not _dates_the_event(question, when):
            continue
        nearest = nearest_fact(line, when)
        if nearest is not None and not tells(question, nearest):
            continue
        yield dated(when, line, match.coverage, 0.0, 0.0, 0.45 * _nearness(question, line, when), nearest)


def _only_date(line: Line, fact: Fact) -> When | None:
    """The one date of a sentence: the parser hangs "on Thursday" on the nearest noun, not always on the verb."""
    dates = [when for when in line.whens if when.first is not None]
    return dates[0] if len(dates) == 1 and abs(dates[0].start - fact.predicate.end) <= REACH else None


def _possible(when: When, fact: Fact, line: Line) -> bool:
    """What has happened did so before it was written."""
    return fact.modality is not Modality.HAPPENED or when.first is None or when.first <= line.at + DAY


def _dates_the_event(question: Question, when: When) -> bool:
    """Whether a time dates its event.

    "Since 2018" and "until Friday" only bound it: they answer when that was asked, or what is to come ("by 8 August").
    """
    bounds = when.modifier in matching.BOUNDS
    return not bounds or question.tense is Tense.FUTURE or str(when.modifier) in question.text.lower()


def dated(
    when: When, line: Line, coverage: float, agreed: float, predicate: float, fit: float, fact: Fact | None
) -> Candidate:
    """A time as a candidate."""
    text = line.article.text[when.start : when.end]
    return Candidate(text, when.value, line, when.start, when.end, coverage, agreed, predicate, fit, fact, when)


def is_date(when: When) -> bool:
    """Whether a time is a date, not a duration or a vague word."""
    return when.first is not None or re.match(r"\d{2,4}|XXXX-\d", when.value) is not None


def nearest_fact(line: Line, when: When) -> Fact | None:
    """The fact whose predicate stands nearest to a time."""
    return min(line.facts, key=lambda f: abs(f.predicate.start - when.start), default=None)


def _nearness(question: Question, line: Line, when: When) -> float:
    """How near a time stands to the question's words, 0..1 over forty words or so."""
    given = matching.key_stems(question)
    near = [abs(line.start + s - when.start) for w, s, _ in words(line.text) if stem(w) in given]
    return max(0.0, 1 - min(near, default=240) / 240)
