"""What each sentence of a newer article changes for those who know the story."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.briefing import clauses
from briefs.briefing.counts import counts, revises, rivals, sums
from briefs.briefing.lines import Known, content, lines
from briefs.briefing.matters import (
    is_ahead,
    is_due,
    is_event,
    is_main,
    is_newer,
    is_recalled,
    is_told,
    one_matter,
    one_time,
    parties,
    supersedes,
)
from briefs.briefing.passages import Passage
from briefs.facts.disputes import is_day
from briefs.language.words import word_set
from briefs.models import BlockKind, ChangeKind, Modality
from briefs.summary.fitness import stands_alone, usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.briefing.counts import Count
    from briefs.briefing.lines import Line
    from briefs.briefing.passages import Told
    from briefs.models import Article, Fact, Reading

REMEMBERED = 40  # told articles of one story, the newest, with all their sentences
DEEP = 12  # sentences of an article that are weighed; what stands below is seldom its news
LITTLE = 0.2
FIGURED = 0.2
LIKE = 0.3
CLOSE, SOME = 5, 0.35
NEW, NEW_WORDS = 0.5, 3  # share of a sentence's content, and words, that must be new where something new happens
BAR = 0.5  # of the weight of an event, from which it is news
STRONG = 0.7
SAID = 0.6  # share of a sentence's content that one known sentence holds, from which it says the same
ALIGNED = 0.5  # share of a told sentence's words that the corrected one keeps


_MOVING = frozenset({"grow", "fall", "change"})
_DENYING = word_set("deny dismiss refute rebut contradict")


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that changes something, how telling it is among its kind, and the passage it replaces."""

    kind: ChangeKind
    line: Line
    weight: float
    earlier: Passage | None = None
    count: Count | None = None  # the figure that is another now


@dataclass(frozen=True, slots=True)
class Memory:
    """What a channel may be taken to know: all that the told articles say; and what of it was shown."""

    known: Known
    shown: tuple[Line, ...]
    facts: tuple[tuple[Fact, Line], ...]  # of what is known
    counts: tuple[tuple[Count, Line], ...]
    texts: Mapping[str, str]  # of told articles by root: the newest version told
    latest: datetime

    @classmethod
    def of(cls, known: Sequence[Article], readings: Mapping[str, Reading], told: Told) -> Memory:
        """What was told of these articles."""
        shown_in = {passage.article_id for passage in told.passages} | told.headlines
        order = sorted(known, key=lambda a: (a.id not in shown_in, -a.shown_at.timestamp(), a.id))[:REMEMBERED]
        written = [line for a in order if a.id in readings for line in lines(a, readings[a.id])]
        return cls(
            known=Known(written),
            shown=tuple(line for line in written if _was_shown(line, told)),
            facts=tuple((fact, line) for line in written for fact in line.facts),
            counts=tuple((count, line) for line in written for count in counts(line)),
            texts={a.root: a.text for a in sorted(order, key=lambda a: a.version)},
            latest=max(a.shown_at for a in known),
        )

    def is_shown(self, line: Line) -> bool:
        """Whether a sentence was shown, so that it can be named as replaced."""
        return line.sentence is not None and line in self.shown


def _was_shown(line: Line, told: Told) -> bool:
    if line.sentence is None or line.sentence.kind is BlockKind.HEADLINE:
        return line.article.id in told.headlines
    return any(
        p.article_id == line.article.id and p.start < line.start + len(line.text) and line.start < p.end
        for p in told.passages
    )


def changes(article: Sequence[Line], memory: Memory) -> Iterator[Change]:
    """The changes that the sentences of a newer article tell."""
    title = next((line for line in article if _is_title(line)), article[0] if article else None)
    for line in article:
        if line.sentence is None or _is_title(line) or not usable(line.text):
            continue
        if line.article.root in memory.texts and line.text in memory.texts[line.article.root]:
            continue
        change = (
            _correction(line, memory)
            or _state(line, title, memory)
            or _denial(line, memory)
            or _figure(line, memory)
            or _sum(line, memory)
            or _event(line, title, memory)
        )
        change = change or _detail(line, memory)
        if change is not None and line.numbers - memory.known.meant:
            change = replace(change, weight=change.weight + FIGURED)
        if change is not None and stands_alone(line.text, line.article.language):
            yield change


def _is_title(line: Line) -> bool:
    return line.sentence is None or line.sentence.kind is BlockKind.HEADLINE


def _weight(line: Line, title: Line | None) -> float:
    """How much a sentence is what its article is about, 0..1: what its headline says, and where it stands."""
    return 0.6 * (title.shares(line) if title is not None else 0.0) + 0.4 * _place(line)


def _place(line: Line) -> float:
    """What an early sentence gains."""
    return 1 / (1 + line.index / 3)


# ------------------------------------------------------------------------------------------------------------ correction
def _correction(line: Line, memory: Memory) -> Change | None:
    """A sentence of a new version that gives another value than the one shown of the old version."""
    text = memory.texts.get(line.article.root)
    if text is None:
        return None
    gone = [old for old in memory.shown if old.article.root == line.article.root and old.text not in line.article.text]
    for old in sorted(gone, key=lambda old: -old.shares(line)):
        if old.shares(line) < ALIGNED:
            return None
        value = _replaced_value(old, line)
        if value is not None:
            kind = ChangeKind.CORRECTION
            return Change(kind, line, 1 + _place(line), Passage(old.article.id, *clauses.around(old, *value)))
    return None


def _replaced_value(old: Line, new: Line) -> tuple[int, int] | None:
    """Where a sentence gave a number or a name that its corrected form gives otherwise."""
    for mine, theirs in ((old.numbers, new.numbers), (old.names, new.names)):
        gone, come = mine - theirs, theirs - mine
        if gone and come:
            found = next(
                (m for m in re.finditer(r"[\w’'.,-]+", old.text) if content(m[0]) & gone or _stem_in(m[0], gone)), None
            )
            if found:
                return old.start + found.start(), old.start + found.end()
    return None


def _stem_in(word: str, among: frozenset[str]) -> bool:
    from briefs.language.words import stems

    return bool(stems(word) & among)


# ----------------------------------------------------------------------------------------------------------------- state
def _state(line: Line, title: Line | None, memory: Memory) -> Change | None:
    if line.index > DEEP:
        return None
    for fact in line.facts:
        if fact.negated or not is_told(fact, line) or not is_main(fact, line) or is_recalled(fact, line):
            continue
        if _is_known(fact, memory, named=False):
            continue
        old = [(f, before) for f, before in memory.facts if supersedes(fact, line, f, before)]
        weight = _weight(line, title)
        if old and weight >= BAR:
            earlier = _earlier(fact, line, old, memory)
            return Change(ChangeKind.STATE, line, weight + (earlier is not None), earlier)
    return None


def _denial(line: Line, memory: Memory) -> Change | None:
    """What was told as done, and is now denied."""
    if line.index > 1 or not any(f.predicate.lemma in _DENYING and not f.negated for f in line.facts):
        return None
    done = [
        (f, old)
        for f, old in memory.facts
        if memory.is_shown(old)
        and f.modality is Modality.HAPPENED
        and is_event(f)
        and is_newer(line.article, old.article)
        and parties(f) & line.content
        and is_told(f, old)
    ]
    if not done:
        return None
    fact, old = max(done, key=lambda pair: (line.shares(pair[1]), pair[1].article.id, -pair[0].predicate.start))
    return Change(ChangeKind.STATE, line, 1 + _place(line), Passage(old.article.id, *clauses.clause(old, fact)))


def _earlier(fact: Fact, line: Line, old: Sequence[tuple[Fact, Line]], memory: Memory) -> Passage | None:
    """The clause that was shown of what a fact supersedes: the plan for that day before others, the newest before older."""
    best = max(
        (pair for pair in old if memory.is_shown(pair[1])),
        key=lambda pair: (
            is_due(fact, line, pair[0]),
            pair[1].article.shown_at,
            pair[1].article.id,
            -pair[0].predicate.start,
        ),
        default=None,
    )
    return Passage(best[1].article.id, *clauses.clause(best[1], best[0])) if best else None


def _is_known(fact: Fact, memory: Memory, *, named: bool = True) -> bool:
    """Whether the told articles tell the same event as it is told now; ``named``: or at least name it ("the launch")."""
    return any(
        old.modality is fact.modality
        and old.negated == fact.negated
        and one_matter(fact, old)
        and one_time(fact, old) is not False
        and (named or is_told(old, line))
        for old, line in memory.facts
    )


# ---------------------------------------------------------------------------------------------------------------- figure
def _figure(line: Line, memory: Memory) -> Change | None:
    if line.index > DEEP:
        return None
    for count in counts(line):
        if any(_says(known, count) for known, _ in memory.counts):
            continue
        old = [
            (c, before) for c, before in memory.counts if revises(count, c) and is_newer(line.article, before.article)
        ]
        if old:
            shown = [(c, before) for c, before in old if memory.is_shown(before)]
            best = max(
                shown, key=lambda pair: (pair[1].article.shown_at, pair[1].article.id, -pair[0].start), default=None
            )
            earlier = (
                Passage(best[1].article.id, *clauses.around(best[1], best[0].start, best[0].end)) if best else None
            )
            return Change(ChangeKind.FIGURE, line, _place(line) + (earlier is not None), earlier, count)
    return None


def _sum(line: Line, memory: Memory) -> Change | None:
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
            at = before.start + given.start
            return Change(
                ChangeKind.FIGURE,
                line,
                1 + _place(line),
                Passage(before.article.id, *clauses.around(before, at, at + len(given.text))),
            )
    return None


def _says(known: Count, count: Count) -> bool:
    return known.event == count.event and known.figure == count.figure


# ----------------------------------------------------------------------------------------------------------------- event
def _event(line: Line, title: Line | None, memory: Memory) -> Change | None:
    new = memory.known.new(line)
    share = len(new) / max(1, len(line.content))
    if line.index > DEEP or line.article.shown_at < memory.latest:
        return None
    happened = [
        f
        for f in line.facts
        if f.modality is not Modality.POSSIBLE
        and not f.negated
        and is_event(f)
        and is_told(f, line)
        and is_main(f, line)
        and not is_recalled(f, line)
        and not _is_known(f, memory, named=not _is_dated_after(f, memory.latest))
    ]
    if not happened:
        return None
    untold = memory.known.new(title) if title is not None else frozenset[str]()
    titled = len(untold & line.meant) / max(1, len(untold)) if len(untold) >= 2 else 0.0
    weight = 0.6 * titled + 0.4 * _place(line)
    done = any(f.modality is not Modality.PLANNED for f in happened)
    if len(new) >= NEW_WORDS and share >= NEW and weight >= BAR and done and memory.known.nearest(line) < SAID:
        return Change(ChangeKind.EVENT, line, weight)
    if line.index > 1 or line.article.shown_at <= memory.latest or _weight(line, title) < STRONG:
        return None
    dated = any(_is_dated_after(f, memory.latest) for f in happened)
    if dated or (share >= LITTLE and not all(_is_heard(f, memory) for f in happened)):
        return Change(ChangeKind.EVENT, line, weight)
    return None


def _is_heard(fact: Fact, memory: Memory) -> bool:
    """Whether the told articles tell such an event in the same way, whenever it was."""
    return any(one_matter(fact, old) and old.modality is fact.modality for old, _ in memory.facts)


def _is_dated_after(fact: Fact, latest: datetime) -> bool:
    """Whether a fact is of a day that was not over when the last of the told articles was published."""
    when = fact.when
    return when is not None and when.first is not None and when.last is not None and when.last > latest


def _detail(line: Line, memory: Memory) -> Change | None:
    """A sentence with something new beside what changed, or with what comes next; no news by itself."""
    if line.index > CLOSE or line.article.shown_at <= memory.latest:
        return None
    new = memory.known.new(line)
    share = len(new) / max(1, len(line.content))
    told = any(is_event(f) and is_main(f, line) and not is_recalled(f, line) and not f.negated for f in line.facts)
    if _comes_next(line, memory):
        return Change(ChangeKind.DETAIL, line, 1 + _place(line))
    if told and len(new) >= NEW_WORDS and share >= SOME:
        return Change(ChangeKind.DETAIL, line, share + _place(line))
    return None


def _comes_next(line: Line, memory: Memory) -> bool:
    """Whether a sentence gives the day of what is planned, and no told one gave it."""
    plans = (f for f in line.facts if is_ahead(f) and f.when is not None and is_day(f.when) and is_main(f, line))
    return any(
        f.when is not None
        and f.when.first is not None
        and f.when.first > line.article.shown_at
        and not any(is_ahead(old) and one_time(f, old) for old, _ in memory.facts)
        for f in plans
    )
