"""What an article's sentences tell of as done or to come, each event with the time it is told for.

    article, reading ─lines─▶ facts that are events, told and not only named ─dated─▶ Event

An event is dated by its own time; else by a time of its sentence that can only be its own (``answers.dating``); else, where
it is the news that the article opens with, as its headline has it, told as done and with no day beside it, by the day of the
article. A month or a year dates only what is told with it, and a bound ("since 2018", "until 2029", "before the code of
1987") dates nothing; "by 8 August" is the last day of what is planned. What is told of a time after its article's is to come,
however it is put; what was to come before its article's day is left out: what became of it is told elsewhere, or nothing did.

What is done must be what a sentence states; what is to come may also be told beside that ("where a crew is to be launched in
November"), but under no condition ("if nothing comes of the talks") and not as a plan of old ("were to play").
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left, bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from briefs.answers import dating
from briefs.answers.ground import Line as Sighted
from briefs.briefing.comment import is_comment
from briefs.briefing.news.lines import CALLED_OFF, is_title, lines
from briefs.briefing.news.statements import AHEAD, NO_EVENT, SAID, STILL, is_event, is_main, is_told
from briefs.briefing.news.weighing import weight
from briefs.facts.frames import OTHER
from briefs.language import names as naming
from briefs.language.foreign import is_foreign
from briefs.language.times import value_range
from briefs.language.words import word_set
from briefs.models import BlockKind, Evidence, Grain, Modality, When
from briefs.summary.fitness import DEPENDENT, fitness, opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefs.briefing.news.lines import Line
    from briefs.language.names import Names
    from briefs.models import Article, Fact, Mention, Reading

DAY = timedelta(days=1)
FRESH = timedelta(days=3)  # before its article, within which an event is its news
OWN, LENT, NONE = 1.0, 0.5, 0.0  # how surely a time is the event's: told with it, its article's day, none known
REMEMBERED = 1_000  # articles whose events stay known, some 20 kB each
ROOM = 420  # characters of two sentences that are shown together
NEAR = timedelta(days=14)  # before its article, within which what is told beside its news may be of its story
TITLED = 0.4  # share of an opening that its headline says, from which it is the article's news

EXACT = frozenset({Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY, Grain.WEEKEND, Grain.WEEK})
_COARSE = frozenset({Grain.DECADE, Grain.CENTURY})
_LONG = frozenset({Grain.YEAR, Grain.HALF, Grain.QUARTER, Grain.SEASON})
_SUB_DAY = frozenset({Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY})
_DAYLESS = frozenset({Grain.DURATION, Grain.SET, Grain.VAGUE})
_BOUNDS = frozenset({"since", "until", "after"})
_INTENDING = word_set("plan want believe know fear like hate perceive need")
_NEVER_NEWS = STILL | _INTENDING
_NEVER_AHEAD = word_set(
    "be have own hold_office name_as believe know want fear like hate perceive plan need cost connect"
)
_MEANWHILE = re.compile(r"\b(?:after|before|as|when|while|until|since|once)\b", re.IGNORECASE)
_WAS_SET = re.compile(r"(?:(?!\b(?:and|now|but)\b)[^,;])*\b(?:planned|scheduled|set|due|slated)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_IS = re.compile(r"\b(?:is|are|be)\s(?:\w+\s)?$", re.IGNORECASE)
_INTENDED = re.compile(
    r"\b(?:planned|scheduled|proposed|upcoming|forthcoming|expected|next|(?:will|to|can) (?:\w+\s){0,4})\W*(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_HAS = re.compile(r"\b(?:has|have|had|did)\s(?:\w+\s)?$", re.IGNORECASE)
_LASTING = re.compile(r"\bfor\s(?:\w+\s){0,2}$", re.IGNORECASE)
_STARTING = re.compile(r"\b(?:after|since|than)\s$", re.IGNORECASE)
_BOUNDING = re.compile(r"\b(?:before|after|since|until|till|than)\s$", re.IGNORECASE)
_OF_OLD = re.compile(
    r"\b(?:(?:was|were) to|had been (?:\w+ )?to|(?:was|were) (?:supposed|meant) to|originally (?:\w+ )?(?:to|for))\s(?:be\s|have\s)*$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|whether|should)\b[^,;:]*$", re.IGNORECASE)
_IF_FIRST = re.compile(r"^\W*(?:If|Unless|Should)\b")
_CONDITIONED = re.compile(r"^[^,;:]*\b(?:if|unless|as long as|provided that|only when)\b", re.IGNORECASE)
_CORRECTED = re.compile(r"^\W*(?:correction|clarification|erratum)\b", re.IGNORECASE)


@dataclass(frozen=True)  # no slots: what is asked often is computed once
class Event:
    """A fact as an event, done or to come, with its time where one is known."""

    fact: Fact
    line: Line
    sure: float  # how surely its time is its own, 0..1
    worth: float  # how much it is news, 0..2
    lead: bool = False  # it is in the sentence that its article opens with
    main: bool = True  # its sentence states it, and not beside something else
    mentions: tuple[Mention, ...] = ()  # of its sentence
    before: Line | None = None  # the sentence before it in its paragraph

    @cached_property
    def fit(self) -> float:
        """How well its sentence stands alone, 0..1."""
        return fitness(self.line.text, self.line.article.language, self.mentions, self.line.start).value

    @property
    def when(self) -> When | None:
        """When it was or is to be."""
        return self.fact.when

    @property
    def ahead(self) -> bool:
        """Whether it is told as to come, or as what may come."""
        return self.fact.modality in AHEAD

    @property
    def sentence(self) -> tuple[str, int]:
        """Where its sentence stands."""
        return self.fact.article_id, self.fact.start

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: its article, its sentence, its verb."""
        return self.fact.article_id, self.fact.start, self.fact.predicate.start

    def evidence(self) -> Evidence:
        """Its sentence as a citation, without a place line; with the one before it where it cannot be understood alone."""
        article, end = self.line.article, self.line.start + len(self.line.text)
        first = self.before if self.before is not None and self.fit <= DEPENDENT else self.line
        if end - first.start > ROOM or first.text.rstrip().endswith("?"):
            first = self.line
        start = first.start + opening(first.text)
        text = article.text[start:end]
        return Evidence(
            article.id, start, end, text, article.publisher, article.title, article.url, article.published_at
        )


Telling = Callable[["Article", "Mapping[str, Reading]"], "tuple[Event, ...]"]


def told(article: Article, readings: Mapping[str, Reading]) -> tuple[Event, ...]:
    """The events of one of the articles that were read."""
    return events(article, readings[article.id])


class Remembered:
    """Tells the events of articles, and of the latest ones from memory: a stored article never changes. Any thread may ask."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._known: OrderedDict[str, tuple[Event, ...]] = OrderedDict()
        self._turn = threading.Lock()

    def __call__(self, article: Article, readings: Mapping[str, Reading]) -> tuple[Event, ...]:
        """The events of an article; its reading is not looked at where they are known."""
        with self._turn:
            known = self._known.get(article.id)
        found = told(article, readings) if known is None else known
        with self._turn:
            self._known[article.id] = found
            self._known.move_to_end(article.id)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return found

    def lacking(self, ids: Iterable[str]) -> list[str]:
        """Those of these articles whose events are not known, in the order given."""
        with self._turn:
            return [key for key in ids if key not in self._known]


def events(article: Article, reading: Reading) -> tuple[Event, ...]:
    """The events of an article, in the order of its text; none of one in another language, of opinion, of a correction."""
    if is_foreign(article) or _CORRECTED.match(article.title or "") or is_comment(article, {article.id: reading}):
        return ()
    told = lines(article, reading)
    title = next((line for line in told if is_title(line)), None)
    prose = [line for line in told if line.sentence is not None and line.sentence.kind is BlockKind.PROSE]
    dated = sorted(when.start for when in reading.whens if when.grain not in _DAYLESS)
    parts = _Parts(prose, reading)
    found = (
        _Telling(line, title, before, parts)
        for before, line in zip([None, *prose], prose, strict=False)
        if before is None or _holds(line, dated)
    )
    return tuple(event for telling in found for event in telling.events())


class _Parts:
    """What was read of an article, by where its sentence begins."""

    def __init__(self, prose: Sequence[Line], reading: Reading) -> None:
        self.whens = _by_line(reading.whens, prose)
        self.mentions = _by_line(reading.mentions, prose)
        self.told_as: dict[int, dict[tuple[int, str], Modality]] = defaultdict(dict)
        for fact in reading.facts:
            self.told_as[fact.start][fact.predicate.start, fact.kind] = fact.modality


_Part = TypeVar("_Part", "When", "Mention")


def _by_line(found: Iterable[_Part], prose: Sequence[Line]) -> dict[int, tuple[_Part, ...]]:
    """What stands in each line, by where that begins, in the order given."""
    starts, held = [line.start for line in prose], defaultdict[int, list[_Part]](list)
    for part in found:
        at = bisect_right(starts, part.start) - 1
        if at >= 0 and part.start < starts[at] + len(prose[at].text):
            held[starts[at]].append(part)
    return {start: tuple(parts) for start, parts in held.items()}


def _one_paragraph(before: Line, line: Line) -> bool:
    return (
        before.sentence is not None
        and line.sentence is not None
        and before.sentence.paragraph == line.sentence.paragraph
    )


def named_in(told: Iterable[Event]) -> Names:
    """Whom and what the sentences of events name, joined over their articles."""
    by_article: dict[str, dict[Mention, None]] = defaultdict(dict)
    for event in told:
        by_article[event.fact.article_id].update(dict.fromkeys(event.mentions))
    return naming.unify({key: tuple(mentions) for key, mentions in by_article.items()})


def _holds(line: Line, dated: Sequence[int]) -> bool:
    """Whether a sentence holds one of these places."""
    first = bisect_left(dated, line.start)
    return first < len(dated) and dated[first] < line.start + len(line.text)


class _Telling:
    """A sentence, with what is looked at to see which events it tells."""

    def __init__(self, line: Line, title: Line | None, before: Line | None, parts: _Parts) -> None:
        self.line, self.lead, self._title = line, before is None, title
        self._before = before if before is not None and _one_paragraph(before, line) else None
        end = line.start + len(line.text)
        whens = parts.whens.get(line.start, ())
        self._mentions = parts.mentions.get(line.start, ())
        none: frozenset[str] = frozenset()
        self._told_as = parts.told_as[line.start]
        self.sighted = Sighted(line.article, line.start, end, line.index, False, none, none, line.facts, (), whens)

    @cached_property
    def titled(self) -> float:
        """The share of its headline that it says, 0..1."""
        return self._title.shares(self.line) if self._title is not None else 0.0

    @cached_property
    def weight(self) -> float:
        """How much it is what its article is about, 0..1."""
        return weight(self.line, self._title) if self._title is not None else float(self.lead)

    def events(self) -> Iterator[Event]:
        """The events it tells; of a question none."""
        if self.line.text.rstrip("\"'”’ ").endswith("?"):
            return
        found = [self._event(*dated) for fact in self.line.facts if (dated := self._told(fact)) is not None]
        yield from found
        if self.lead and (dated := self._opening({e.when.value[:10] for e in found if e.when})) is not None:
            yield self._event(*dated)

    def _event(self, fact: Fact, sure: float) -> Event:
        kind = 0.3 if fact.kind in STILL else 0.5 if fact.kind in NO_EVENT else 0.7 if fact.kind == OTHER else 1.0
        return Event(
            fact, self.line, sure, kind + self.weight, self.lead, is_main(fact, self.line), self._mentions, self._before
        )

    def _told(self, fact: Fact) -> tuple[Fact, float] | None:
        """The fact with its time and how surely that is its own, if it is an event that the sentence tells."""
        if fact.negated or _is_in_name(fact, self.line):
            return None
        when, sure = self._dated(fact)
        if when is None:
            return None
        if fact.kind in CALLED_OFF and _is_to_come(fact, when, self.line.article):
            when, sure = _day_of(self.line), LENT  # the time is that of what was called off
        told = _as_to_come(fact, when, self.line.article)
        fine = self._is_plan(told, fact, when) if told.modality in AHEAD else self._is_done(told, when)
        return (told, sure) if fine else None

    def _is_done(self, fact: Fact, when: When) -> bool:
        """Whether the sentence states that something happened that is its news, or not long past."""
        counts = is_event(fact) or (fact.kind not in _NEVER_NEWS and bool(fact.arguments) and self._is_news())
        if not counts or not is_told(fact, self.line) or _is_named(fact, self.line) or self._is_background(fact, when):
            return False
        return is_main(fact, self.line) or self._is_beside(fact, when)

    def _is_beside(self, fact: Fact, when: When) -> bool:
        """Whether an event stands in a clause of its own day: "without their captain, who injured a knee on Wednesday"."""
        own = fact.when is not None and fact.when.start == when.start and when.end > when.start
        near = when.last is not None and when.last >= self.line.article.shown_at - NEAR
        fine = when.grain in _SUB_DAY or when.grain is Grain.DAY
        if not (own and near and fine) or self._follows_plan(fact):
            return False
        return fact.kind not in {*NO_EVENT, OTHER} and _has_doer(fact) and not self._is_quoted(fact)

    def _follows_plan(self, fact: Fact) -> bool:
        """Whether the sentence tells a plan for that time, or this only as a plan's: "will walk out after talks broke down on Monday"."""
        if any(f.modality in AHEAD and f.when is not None and f.when == fact.when for f in self.line.facts):
            return True
        text, at = self.line.article.text, fact.predicate.start
        plans = (f.predicate.end for f in self.line.facts if f.modality in AHEAD and f.predicate.end <= at)
        return any(_MEANWHILE.search(text[end:at]) for end in plans)

    def _is_quoted(self, fact: Fact) -> bool:
        inside = fact.predicate.start - self.line.start
        return any(found.start() <= inside < found.end() for found in _QUOTED.finditer(self.line.text))

    def _is_news(self) -> bool:
        return self.lead or self.titled >= TITLED

    def _is_background(self, fact: Fact, when: When) -> bool:
        """Whether something was years before its article, or an article goes back to it in passing."""
        if when.last is None or when.last >= self.line.article.shown_at - FRESH:
            return False
        return when.grain in (Grain.YEAR, Grain.HALF, Grain.SEASON) or fact.kind in NO_EVENT

    def _is_plan(self, told: Fact, fact: Fact, when: When) -> bool:
        """Whether something is planned for a time from its article's day on, under no condition."""
        text, at = self.line.article.text, fact.predicate.start
        past = when.last is None or when.last <= self.line.article.shown_at - DAY
        wide = told.modality is Modality.POSSIBLE and when.grain in _LONG  # "could reach 24 million by 2050"
        if past or wide or told.kind in _NEVER_AHEAD or told.predicate.lemma.startswith("be "):
            return False
        before, after = text[self.line.start : at], text[at : self.line.start + len(self.line.text)]
        if _CONDITION.search(before) or _IF_FIRST.match(before) or _CONDITIONED.search(after) or _OF_OLD.search(before):
            return False
        if self._is_off(fact, when):
            return False
        told_as = self._told_as.get((at, fact.kind), fact.modality)
        if when.grain in _LONG and not is_told(fact, self.line):
            return _INTENDED.search(before) is not None  # "the planned disposal in 2030", but not "the 2030 elections"
        return told_as in AHEAD or (_is_present(fact, text) and is_told(fact, self.line))

    def _is_off(self, fact: Fact, when: When) -> bool:
        """Whether the sentence calls off a plan for that time: "the launch set for 22 May has been postponed"."""
        for off in self.line.facts:
            if off.kind not in CALLED_OFF or off.modality is not Modality.HAPPENED or off.negated:
                continue
            if any(a.role == "patient" and a.start <= fact.predicate.start < a.end for a in off.arguments):
                between = self.line.article.text[off.predicate.end : when.start]
                return when.start < off.predicate.start or _WAS_SET.match(between) is not None
        return False

    def _opening(self, days: set[str]) -> tuple[Fact, float] | None:
        """What an article opens with, told of another day: "are in the final after a draw on Sunday", "said on Friday that"."""
        shown = self.line.article.shown_at
        for fact in self.line.facts:
            when = fact.when
            if when is None or not _dates(when, ahead=False) or when.first is None or when.last is None:
                continue
            fresh = shown - FRESH <= when.last and when.first <= shown and when.value[:10] not in days
            done = fact.modality is Modality.HAPPENED and not fact.negated and fact.kind not in _INTENDING
            if fresh and done and not self._follows_plan(fact):
                return fact, OWN
        return None

    # ----------------------------------------------------------------------------------------------------------- dates
    def _dated(self, fact: Fact) -> tuple[When | None, float]:
        """The time of an event, and how surely it is its own."""
        ahead = fact.modality in AHEAD
        found = [
            d
            for d in dating.times_of(fact, self.sighted)
            if _dates(d.when, ahead=ahead) and not self._bounds(d.when, ahead=ahead)
        ]
        if found:
            best = max(found, key=lambda d: (d.sure, -d.when.start))
            return (best.when, best.sure) if self._is_its(best, ahead=ahead) else (None, NONE)
        if self.lead and not self._has_time() and fact.modality is Modality.HAPPENED and self.titled >= TITLED:
            return _day_of(self.line), LENT
        return None, NONE

    def _is_its(self, dated: dating.Dated, *, ahead: bool) -> bool:
        """Whether a time that stands near an event is its own: a month or a year only where it is told with it."""
        if dated.sure >= OWN:
            return True
        if dated.when.grain not in EXACT:
            return False
        return dated.sure > dating.LONE if ahead else not self._has_other(dated.when)

    def _has_other(self, when: When) -> bool:
        """Whether something else in the sentence was on a day of its own, and not on this one."""
        own = (f.when for f in self.line.facts if f.when is not None and f.kind not in SAID)
        return any(other.value != when.value and _dates(other, ahead=False) for other in own)

    def _has_time(self) -> bool:
        """Whether the sentence names a day, or how long it lasted: "for 94 years"."""
        text, whens = self.line.article.text, self.sighted.whens
        lasting = (w for w in whens if w.grain in (Grain.DURATION, Grain.SET))
        dated = any(when.grain not in _DAYLESS for when in whens)
        return dated or any(_LASTING.search(text[max(0, w.start - 20) : w.start]) for w in lasting)

    def _bounds(self, when: When, *, ahead: bool) -> bool:
        """Whether a time stands in a phrase that only says before or after what it was; what is to come may have an end."""
        text = self.line.article.text
        bounding = _STARTING if ahead else _BOUNDING
        holding = (a for f in self.line.facts for a in f.arguments if a.role == "time" and a.start < when.start < a.end)
        return any(bounding.search(text[max(0, a.start - 10) : a.start]) for a in holding)


def _is_named(fact: Fact, line: Line) -> bool:
    """Whether a noun of another stem names an event: "Wednesday's earthquake" for what hit the town."""
    word = line.article.text[fact.predicate.start : fact.predicate.end].lower()
    return word[:1] != fact.predicate.lemma[:1] and word not in ("went", "was", "were")


def _is_in_name(fact: Fact, line: Line) -> bool:
    """Whether the word for an event is part of a name: "the Tonight Show"."""
    start = fact.predicate.start
    return start > line.start + opening(line.text) and line.article.text[start].isupper()


def _has_doer(fact: Fact) -> bool:
    """Whether it is said who or what does it, or to whom it is done, before the verb."""
    return any(a.role in ("agent", "patient") and a.end <= fact.predicate.start for a in fact.arguments)


def _is_present(fact: Fact, text: str) -> bool:
    """Whether a verb is in the present tense, with its subject: "opens", "is closed", but not "sold" nor "the delays"."""
    first, lemma = text[fact.predicate.start : fact.predicate.end].lower().split()[0], fact.predicate.lemma.split()[0]
    before = text[: fact.predicate.start][-20:]
    present = first == lemma or first.endswith(("s", "ing")) or _IS.search(before) is not None
    return present and _HAS.search(before) is None and _has_doer(fact)


def _dates(when: When, *, ahead: bool) -> bool:
    """Whether a time says when something is; a bound only says that it is not later, of what is to come."""
    if when.first is None or when.last is None or when.grain in _COARSE or when.modifier in _BOUNDS:
        return False
    return ahead or when.modifier != "before"


def _day_of(line: Line) -> When:
    """The day of an article, in no words of it."""
    value = line.article.shown_at.date().isoformat()
    first, last = value_range(value) or (None, None)
    return When(value, line.start, line.start, Grain.DAY, first, last)


def _as_to_come(fact: Fact, when: When, article: Article) -> Fact:
    """The fact with its time; as planned where that is after its article's: "opens in October", "kicks off at 7:30"."""
    ahead = _is_to_come(fact, when, article)
    return replace(fact, when=when, modality=Modality.PLANNED if ahead else fact.modality)


def _is_to_come(fact: Fact, when: When, article: Article) -> bool:
    """Whether what is not told as planned is of a time after its article's."""
    if when.first is None or fact.modality is not Modality.HAPPENED:
        return False
    shown = article.shown_at
    return when.first > shown if when.grain in _SUB_DAY else when.first.date() > shown.date()
