"""What an article's sentences tell of as done or to come, each event with the time it is told for.

    article, reading ─lines─▶ facts that are events, told and not only named ─dated─▶ Event

An event is dated by its own time; else by a time of its sentence that can only be its own (``answers.dating``); else, where
it is the news that an article opens with, told as done and with no day beside it, by the day of the article. A time that is
a bound ("since 2018", "until 2029") dates nothing; "by 8 August" is the last day of what is planned. What is told of a day
after its article's is to come, however it is put; what was to come before its article's day is left out: what became of it
is told elsewhere, or nothing did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.answers import dating
from briefs.answers.ground import Line as Sighted
from briefs.briefing.comment import is_comment
from briefs.briefing.news.lines import is_title, lines
from briefs.briefing.news.statements import AHEAD, NO_EVENT, STILL, is_event, is_main, is_told
from briefs.briefing.news.weighing import BAR, weight
from briefs.facts.frames import OTHER
from briefs.language.foreign import is_foreign
from briefs.language.times import value_range
from briefs.models import BlockKind, Evidence, Grain, Modality, When
from briefs.summary.fitness import fitness, opening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.briefing.news.lines import Line
    from briefs.models import Article, Fact, Reading

DAY = timedelta(days=1)
_COARSE = frozenset({Grain.DECADE, Grain.CENTURY})
_BOUNDS = frozenset({"since", "until", "after"})
OWN, LENT, NONE = 1.0, 0.8, 0.0  # how surely a time is the event's: told with it, its article's day, none known


@dataclass(frozen=True, slots=True)
class Event:
    """A fact as an event, told or to come, with its time where one is known; ``worth`` is how telling it is, 0..2."""

    fact: Fact
    line: Line
    when: When | None
    sure: float
    fit: float  # to stand alone, 0..1
    worth: float

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: its article, its sentence, its verb."""
        return self.fact.article_id, self.fact.start, self.fact.predicate.start

    def evidence(self) -> Evidence:
        """Its sentence as a citation, without the place line it may begin with."""
        article, start = self.line.article, self.line.start + opening(self.line.text)
        end = self.line.start + len(self.line.text)
        text = article.text[start:end]
        return Evidence(
            article.id, start, end, text, article.publisher, article.title, article.url, article.published_at
        )


def events(article: Article, reading: Reading) -> tuple[Event, ...]:
    """The events of an article, in the order of its text; of one in another language, or that is opinion, none."""
    if is_foreign(article) or is_comment(article, {article.id: reading}):
        return ()
    told = lines(article, reading)
    title = next((line for line in told if is_title(line)), None)
    return tuple(event for line in told if _is_prose(line) for event in _of_line(line, title, reading))


def _is_prose(line: Line) -> bool:
    return line.sentence is not None and line.sentence.kind is BlockKind.PROSE


def _of_line(line: Line, title: Line | None, reading: Reading) -> Iterator[Event]:
    """The events that a sentence tells; the news of a whole article counts even where it is only announced."""
    if line.text.rstrip().endswith("?"):
        return
    weighed = weight(line, title) if title is not None else 0.4
    news = line.index == 0 or weighed >= BAR
    facts = [f for f in line.facts if not f.negated and _counts(f, news=news) and is_told(f, line) and is_main(f, line)]
    if not facts:
        return
    mentions = tuple(m for m in reading.mentions if line.start <= m.start < line.start + len(line.text))
    fit = fitness(line.text, line.article.language, mentions, line.start).value
    sighted = _sighted(line, reading)
    for fact in facts:
        when, sure = _dated(fact, line, sighted)
        if when is not None and _is_past_plan(fact, when, line.article):
            continue
        told = _to_come(fact, when, line.article)
        yield Event(told, line, when, sure, fit, _kind_worth(fact) + weighed)


def _counts(fact: Fact, *, news: bool) -> bool:
    """Whether a fact is of something that happens; in what an article is about more is."""
    if fact.kind in STILL:
        return news and fact.kind in ("announce", "say") and fact.when is not None
    return is_event(fact) or (news and (fact.kind != OTHER or bool(fact.arguments)))


def _kind_worth(fact: Fact) -> float:
    if fact.kind in STILL:
        return 0.2
    return 0.5 if fact.kind in NO_EVENT else 0.7 if fact.kind == OTHER else 1.0


def _sighted(line: Line, reading: Reading) -> Sighted:
    """The sentence as times are given to events by."""
    end = line.start + len(line.text)
    whens = tuple(w for w in reading.whens if line.start <= w.start < end)
    none: frozenset[str] = frozenset()
    return Sighted(line.article, line.start, end, line.index, False, none, none, line.facts, (), whens)


# --------------------------------------------------------------------------------------------------------------- dates
def _dated(fact: Fact, line: Line, sighted: Sighted) -> tuple[When | None, float]:
    """The time of an event and how surely it is its own."""
    ahead = fact.modality in AHEAD
    found = [d for d in dating.times_of(fact, sighted) if _dates(d.when, ahead=ahead)]
    if found:
        best = max(found, key=lambda d: (d.sure, -d.when.start))
        return best.when, best.sure
    if fact.when is None and line.index == 0 and fact.modality is Modality.HAPPENED and not _has_days(sighted):
        return _day_of(line), LENT
    return None, NONE


def _dates(when: When, *, ahead: bool) -> bool:
    """Whether a time says when something is; a bound only says that it is not later, of what is to come."""
    if when.first is None or when.last is None or when.grain in _COARSE or when.modifier in _BOUNDS:
        return False
    return ahead or when.modifier != "before"


def _has_days(sighted: Sighted) -> bool:
    return any(when.first is not None for when in sighted.whens)


def _day_of(line: Line) -> When:
    """The day of an article, in no words of it."""
    value = line.article.shown_at.date().isoformat()
    first, last = value_range(value) or (None, None)
    return When(value, line.start, line.start, Grain.DAY, first, last)


def _is_past_plan(fact: Fact, when: When, article: Article) -> bool:
    """Whether something was to come on a day before its article's: "had been due in May"."""
    return fact.modality in AHEAD and when.last is not None and when.last <= article.shown_at - DAY


def _to_come(fact: Fact, when: When | None, article: Article) -> Fact:
    """The fact with its time; as planned where that is after its article's day."""
    ahead = when is not None and when.first is not None and when.first.date() > article.shown_at.date()
    modality = Modality.PLANNED if ahead and fact.modality is Modality.HAPPENED else fact.modality
    return replace(fact, when=when, modality=modality)
