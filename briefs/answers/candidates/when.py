"""Times: of the facts that match, of the nouns that name the event, else those standing near the words of the question."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefs.answers import dating, matching
from briefs.answers.candidates.candidate import Candidate, tells, told_facts
from briefs.answers.dating import DAY, is_date
from briefs.answers.questions import Tense
from briefs.answers.twins import line_of, twins
from briefs.facts import frames
from briefs.language.synonyms import synonyms
from briefs.language.times import grain, value_range
from briefs.language.words import stem, words
from briefs.models import Grain, Modality, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Fact

TWIN = 0.85  # a date that another sentence of the article gives to the same event
FINER = 0.85  # of the score of a coarser time of the event
ELSEWHERE = 0.4  # a date of another event of the sentence
AHEAD = 0.85  # of the question in a sentence, from which its only date to come is that of what is to come
AHEAD_FIT = 0.8
SAYING = 0.2  # "said on Wednesday" dates the saying
COARSE: Final = {
    Grain.WEEKEND: 0.98, Grain.WEEK: 0.97, Grain.MONTH: 0.96, Grain.SEASON: 0.94, Grain.QUARTER: 0.94, Grain.HALF: 0.92,
    Grain.YEAR: 0.9, Grain.DECADE: 0.85, Grain.CENTURY: 0.85, Grain.SET: 0.9,
}  # fmt: skip  # of several times of one event the finer says more
_ASKED_GRAIN: Final = {"year": 4, "month": 7, "day": 10, "date": 10}  # characters of a value that say as much
_OTHERS = re.compile(
    r"\b(?:previous|earlier|prior|former|past|another|second|third|subsequent|later|separate|similar)(?: \w+)?\s+$",
    re.IGNORECASE,
)
_SUPERSEDED = re.compile(
    r"\b(?:originally|initially|previously|formerly|first (?:planned|scheduled|set|announced|due|expected))\b[^,;]{0,40}$|\b(?:instead of|rather than|not)\s(?:\w+\s){0,2}$"
    r"|\bhad (?:been )?(?:hoped|planned|intended|expected|meant|wanted|due|scheduled|set|slated)\b[^,;]{0,60}$",
    re.IGNORECASE,
)
_OVER: Final = frozenset({"reopen", "resume", "return", "restart", "end", "finish", "lift", "expire"})
_STOPPED: Final = re.compile(r"\b(?:clos|shut|suspend|halt|stop|paus|interrupt|absen|ban|out\b|off\b)", re.IGNORECASE)
_BEGUN_AGAIN: Final = frozenset({"reopen", "resume", "return", "restart", "lift"})
_THAT_HAPPENS: Final = re.compile(
    r"^(?:that|this|it)\b[^,;.]{0,40}\b(?:happen|happened|take place|took place|occur|occurred|come|follow|be done|be over)\b",
    re.IGNORECASE,
)
_PHASES: Final = frozenset({"begin", "start", "open"})
_SAYING: Final = frozenset({"say", "announce"})


def whens(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The dates of a sentence, and of its fellows that tell the same event."""
    if dating.is_negated(question.text):
        return
    best: dict[tuple[int, str], Candidate] = {}
    told = (*_bound(question, match, ground), *_loose(question, match), *_ahead(question, match))
    for candidate in (*told, *_of_that(question, match, ground)):
        when = candidate.when
        if when is None or not _answers(question, when):
            continue
        fitted = _fitted(question, candidate)
        key = when.start, fitted.key
        if key not in best or fitted.score > best[key].score:
            best[key] = fitted
    yield from best.values()


def _bound(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The times that date the event asked about."""
    line, counted, found = match.line, list(dating.counted_from(match.line)), False
    surest = 0.0
    for fact, likeness, agreed in told_facts(question, line, ground):
        predicate = dating.of_event(question, fact, likeness)
        if question.tense is not Tense.PAST and dating.moves(stem(question.word or ""), fact):
            predicate, agreed = 1.0, max(agreed, _agreement(question, line))  # noqa: PLW2901
        sure = predicate >= matching.FRAME_MATCH and bool(fact.arguments)
        own = dating.times_of(fact, line) if sure else _own(fact)
        times = [*(dating.Dated(when, dating.OWN) for when, f in counted if f is fact), *own]
        surest, found = max(surest, predicate), found or (sure and bool(times))
        for time in times:
            if _possible(question, time.when, fact, line):
                fit = _fit(question, fact, predicate, agreed) * time.sure
                yield dated(time.when, line, match.coverage, agreed, predicate, fit, fact)
        if sure and not times:
            yield from _of_twins(question, match, fact, (predicate, agreed), ground)
    if surest >= matching.FRAME_MATCH and len(line.whens) > 1:
        yield from _listed(question, match, surest)
    if not found and _asks_noun(question) and not _is_held_back(question, line, ground):
        yield from _of_noun(question, match)


def _of_noun(question: Question, match: Match) -> Iterator[Candidate]:
    """The times of the event where a noun names it."""
    line = match.line
    for time, likeness in (
        (t, sure) for root, sure in _roots(question).items() for t in dating.times_of_noun(root, line)
    ):
        nearest, ahead = nearest_fact(line, time.when), time.when.first is not None and time.when.first > line.at + DAY
        if question.tense is Tense.PAST and (ahead or (nearest is not None and not tells(question, nearest))):
            continue
        yield dated(time.when, line, match.coverage, _agreement(question, line), likeness, time.sure, nearest)


def _roots(question: Question) -> dict[str, float]:
    """The stems of the nouns that may name the event, each with how surely: its word, what begins, what means the same."""
    root = stem(question.word or "")
    if question.lemma in _PHASES and not question.object:
        return dict.fromkeys(question.subject, matching.FRAME_MATCH)
    return dict.fromkeys(synonyms(root), matching.SYNONYM_MATCH) | {root: 1.0}


def _is_held_back(question: Question, line: Line, ground: Ground) -> bool:
    """Whether the sentence tells the event only as planned, denied or called off, which is no answer."""
    return any(
        not tells(question, fact) and matching.predicate_match(question, fact, ground) >= matching.FRAME_MATCH
        for fact in line.facts
    )


def _listed(question: Question, match: Match, predicate: float) -> Iterator[Candidate]:
    """Of a sentence that dates several, the time beside a name of the question: "Norway in 1972, Greece in 1979"."""
    line = match.line
    for key in question.keys:
        if key.is_name:
            for time in dating.times_beside(key.stem, line):
                yield dated(time.when, line, match.coverage, _agreement(question, line), predicate, time.sure, None)


def _asks_noun(question: Question) -> bool:
    """Whether the event asked about may be a noun's that no frame knows, and no name."""
    return question.word is not None and not any(key.is_name and key.word == question.word for key in question.keys)


def _own(fact: Fact) -> tuple[dating.Dated, ...]:
    return (dating.Dated(fact.when, dating.OWN),) if fact.when is not None else ()


def _fit(question: Question, fact: Fact, predicate: float, agreed: float) -> float:
    """How well the date of a fact fits what is asked: that of a statement is no date of what it states."""
    if predicate >= matching.FRAME_MATCH:
        return 1.0
    if predicate:
        # The verb asked about says little: "make remarks", "take effect".
        return (0.6 + 0.4 * agreed) * (0.6 if fact.kind in _SAYING else 1.0)
    event = question.lemma is not None and question.frame != frames.OTHER
    return SAYING if fact.kind in _SAYING else ELSEWHERE if event else 0.5


def _of_twins(
    question: Question, match: Match, fact: Fact, told: tuple[float, float], ground: Ground
) -> Iterator[Candidate]:
    """Dates of the same event in other sentences of the article: "signed the deal … It was signed on 3 May"."""
    for other in twins(question, fact, ground):
        if other.when is None or not is_date(other.when):
            continue
        line = line_of(other, ground)
        if _possible(question, other.when, other, line):
            yield dated(other.when, line, match.coverage, told[1], told[0], TWIN, other)


def _loose(question: Question, match: Match) -> Iterator[Candidate]:
    """The times that no fact of the event has, by how near they stand to the question's words."""
    line = match.line
    for when in line.whens:
        if not is_date(when):
            continue
        nearest = nearest_fact(line, when)
        if nearest is None or tells(question, nearest):
            fit = 0.45 * _nearness(question, line, when)
            yield dated(when, line, match.coverage, 0.0, 0.0, fit, nearest)


def _ahead(question: Question, match: Match) -> Iterator[Candidate]:
    """The only date to come of a sentence that carries nearly the whole question, by whatever word it tells the event."""
    line = match.line
    dates = [w for w in line.whens if is_date(w) and w.first is not None and w.first > line.at]
    if question.tense is not Tense.FUTURE or match.coverage < AHEAD or len({w.value for w in dates}) != 1:
        return
    nearest = nearest_fact(line, dates[0])
    if nearest is None or tells(question, nearest):
        yield dated(dates[0], line, match.coverage, _agreement(question, line), 0.5, AHEAD_FIT, nearest)


def _of_that(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The time of what the sentence before tells: "He leaves once the sale is complete. That is to happen in June."."""
    line, before = match.line, ground.around(match.line, before=1, after=0)
    if not before or question.word is None or not _THAT_HAPPENS.match(line.text):
        return
    agreed = _agreement(question, before[0])
    if before[0].bag & {stem(question.word), stem(question.lemma or question.word)}:
        for when in line.whens:
            if is_date(when):
                coverage = max(match.coverage, agreed)
                yield dated(when, line, coverage, agreed, matching.FAMILY_MATCH, TWIN, None)


def finest(best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The finer of two times of the event that say the same: "March" and "March 3"."""
    if best.when is None or best.when.first is None or best.when.last is None:
        return best
    finer = [c for c in found if _is_finer(c, best) and c.score >= FINER * best.score]
    values = {c.when.value for c in finer if c.when is not None}
    return finer[0] if len(values) == 1 else best


def _is_finer(other: Candidate, best: Candidate) -> bool:
    """Whether a time of the same event lies in that of the best, which is longer than a day."""
    assert best.when is not None
    assert best.when.first is not None
    assert best.when.last is not None
    when = other.when
    if when is None or when.first is None or when.last is None or when.value == best.when.value:
        return False
    inside = best.when.first <= when.first and when.last <= best.when.last
    return inside and best.when.last - best.when.first > 2 * DAY and other.predicate >= best.predicate - 0.15


def _answers(question: Question, when: When) -> bool:
    """Whether a time may be the answer: it is not the question's own and lies where the question bounds it."""
    if when.value in {asked.value for asked in question.times}:
        return False
    if question.wanted == "time" and not _on_the_day(question, when):
        return False
    return is_date(when) and _dates_the_event(question, when) and dating.meets(question.times, question.text, when)


def _on_the_day(question: Question, when: When) -> bool:
    """Whether a time is of the day that "what time on Sunday" names."""
    asked = [(w.first, w.last) for w in question.times if w.grain is Grain.DAY and w.first and w.last]
    return not asked or any(when.first and when.last and when.first < b and a < when.last for a, b in asked)


def _possible(question: Question, when: When, fact: Fact, line: Line) -> bool:
    """What has happened did so before it was written; "when they meet on Monday" is told in the present and yet to come."""
    if question.tense is not Tense.PAST or fact.modality is not Modality.HAPPENED:
        return True
    return when.first is None or when.first <= line.at + DAY


def _dates_the_event(question: Question, when: When) -> bool:
    """Whether a time dates its event.

    "Since 2018" and "until Friday" only bound it: they answer when that was asked, or what is to come ("by 8 August").
    """
    bounds = when.modifier in matching.BOUNDS
    open_ended = when.modifier == "after"  # less sure: "began after 1850"
    return not bounds or open_ended or question.tense is Tense.FUTURE or str(when.modifier) in question.text.lower()


def _fitted(question: Question, candidate: Candidate) -> Candidate:
    """The candidate as finely as asked, less fitting where it dates another such event or is over."""
    when, line = candidate.when, candidate.line
    assert when is not None
    fit = candidate.fit * (1.0 if question.wanted == "year" else COARSE.get(when.grain, 1.0))
    if candidate.fact is not None and _OTHERS.search(_before(candidate.fact, line)):
        fit *= 0.6
    if _SUPERSEDED.search(line.article.text[max(line.start, when.start - 60) : when.start]):
        fit *= 0.6  # "originally planned for May"
    if candidate.fact is not None and _is_again(question, candidate.fact, line):
        fit *= 0.6
    if not dating.in_order(question.order, line.text):
        fit *= 0.7
    if question.tense is Tense.FUTURE and when.last is not None and when.last <= line.at:
        fit *= 0.5  # over when it was written: no answer to what is to come
    if when.modifier in matching.BOUNDS and str(when.modifier) not in question.text.lower():
        fit *= 0.7 if question.tense is not Tense.FUTURE else 0.95
    told = replace(candidate, fit=fit)
    return _as_coarse(question, _until_over(question, told))


def _is_again(question: Question, fact: Fact, line: Line) -> bool:
    """Whether one of question and fact tells it done again and the other not: "elected in 2011, re-elected in 2019"."""
    asked = re.search(r"\bre-\w", question.text, re.IGNORECASE) is not None
    start = fact.predicate.start
    return asked != line.article.text[max(0, start - 3) : start + 3].lower().lstrip().startswith("re-")


def _before(fact: Fact, line: Line) -> str:
    """The words before a fact's predicate, in its sentence."""
    return line.article.text[max(fact.start, fact.predicate.start - 40) : fact.predicate.start]


def _until_over(question: Question, candidate: Candidate) -> Candidate:
    """What lasts until a day ends then ("closed until Friday" reopens on Friday); what is delayed until a day is then."""
    when, fact = candidate.when, candidate.fact
    if when is None or when.modifier != "until" or fact is None:
        return candidate
    over = question.lemma in _OVER
    again = question.lemma in _BEGUN_AGAIN and _STOPPED.search(candidate.line.text) is not None
    if not over and fact.kind != "delay":
        return candidate
    predicate = max(candidate.predicate, matching.FRAME_MATCH if over else 0.0)
    fit = max(candidate.fit, TWIN) if again else candidate.fit
    return replace(candidate, when=replace(when, modifier=None), predicate=predicate, fit=fit)


def _as_coarse(question: Question, candidate: Candidate) -> Candidate:
    """The year alone where the year was asked for."""
    when, length = candidate.when, _ASKED_GRAIN.get(question.wanted or "", 10)
    if (
        when is None
        or length >= 10
        or len(when.value) <= length
        or when.first is None
        or not re.match(r"\d{4}-\d", when.value)
    ):
        return candidate
    value = when.value[:length]
    first, last = value_range(value) or (when.first, when.last)
    coarse = replace(when, value=value, grain=grain(value), first=first, last=last, modifier=None)
    return replace(candidate, when=coarse, key=value)


def dated(
    when: When, line: Line, coverage: float, agreed: float, predicate: float, fit: float, fact: Fact | None
) -> Candidate:
    """A time as a candidate."""
    text = line.article.text[when.start : when.end]
    return Candidate(text, when.value, line, when.start, when.end, coverage, agreed, predicate, fit, fact, when)


def nearest_fact(line: Line, when: When) -> Fact | None:
    """The fact whose predicate stands nearest to a time."""
    return min(line.facts, key=lambda f: abs(f.predicate.start - when.start), default=None)


def _agreement(question: Question, line: Line) -> float:
    """The share of the question's weight that the sentence's own words carry."""
    total = sum(key.weight for key in question.keys) or 1.0
    return sum(key.weight for key in question.keys if key.stem in line.bag) / total


def _nearness(question: Question, line: Line, when: When) -> float:
    """How near a time stands to the question's words, 0..1 over forty words or so."""
    given = matching.key_stems(question)
    near = [abs(line.start + s - when.start) for w, s, _ in words(line.text) if stem(w) in given]
    return max(0.0, 1 - min(near, default=240) / 240)
