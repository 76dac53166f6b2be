"""The developments of a known story: of all changes that its newer articles tell the greatest, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.briefing.news.changes import changes
from briefs.briefing.news.counts import counts, is_same, revises
from briefs.briefing.news.lines import lines
from briefs.briefing.news.matters import is_newer
from briefs.briefing.news.memory import Memory
from briefs.briefing.news.overtaking import supersedes
from briefs.briefing.news.repeating import repeats
from briefs.briefing.news.statements import is_ahead
from briefs.briefing.news.weighing import praises_itself
from briefs.models import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefs.briefing.news.counts import Count
    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.passages import Passage, Told
    from briefs.briefing.news.weighing import Change
    from briefs.facts.figures import Figure
    from briefs.models import Article, Reading, Sentence

WEIGHED = 40  # newer articles of one story


@dataclass(frozen=True, slots=True)
class Development:
    """A sentence of a newer article with something new, and the passage it replaces."""

    kind: ChangeKind
    sentence: Sentence
    earlier: Passage | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What a story has for a channel: all of it where ``known`` is false, else its developments, the greatest first."""

    known: bool
    developments: tuple[Development, ...] = ()


_ORDER = (ChangeKind.STATE, ChangeKind.CORRECTION, ChangeKind.FIGURE, ChangeKind.EVENT, ChangeKind.DETAIL)


def news(members: Sequence[Article], readings: Mapping[str, Reading], told: Told) -> News:
    """What is new in a story's articles; ``members`` include those of earlier chapters, and told versions of its own."""
    known = [a for a in members if a.id in told.articles]
    if not known:
        return News(known=False)
    fresh = _fresh(members, told)
    if not fresh:
        return News(known=True)
    memory = Memory.of(known, readings, told)
    written = [lines(article, readings[article.id]) for article in fresh if article.id in readings]
    found = [change for each in written for change in changes(each, memory)]
    held = [change for change in _uncontradicted(found, written) if not _is_overtaken(change, written)]
    if all(change.kind is ChangeKind.DETAIL for change in held):
        return News(known=True)
    return News(known=True, developments=tuple(_picked(held, memory)))


def _fresh(members: Sequence[Article], told: Told) -> list[Article]:
    """The untold articles, each in its newest version, the newest first."""
    newest: dict[str, int] = {}
    for article in members:
        newest[article.root] = max(article.version, newest.get(article.root, 0))
    fresh = [a for a in members if a.id not in told.articles and a.version == newest[a.root]]
    return sorted(fresh, key=lambda a: (-a.shown_at.timestamp(), a.id))[:WEIGHED]


def _uncontradicted(found: Sequence[Change], written: Iterable[Sequence[Line]]) -> list[Change]:
    """The changes without figures that more outlets give otherwise in articles as new or newer."""
    if all(change.count is None for change in found):
        return list(found)
    given = [(count, line) for each in written for line in each for count in counts(line)]
    return [change for change in found if change.count is None or not _is_contradicted(change, change.count, given)]


def _is_contradicted(change: Change, figure: Count, given: Sequence[tuple[Count, Line]]) -> bool:
    at = change.line.article.shown_at
    agreed = {line.article.publisher for count, line in given if is_same(count, figure)}
    others: dict[Figure, set[str]] = {}
    for count, line in given:
        if line.article.shown_at >= at and line.article.id != change.line.article.id and revises(count, figure):
            others.setdefault(count.figure, set()).add(line.article.publisher)
    return any(len(outlets - agreed) > len(agreed) for outlets in others.values())


def _is_overtaken(change: Change, written: Iterable[Sequence[Line]]) -> bool:
    """Whether a detail is of a plan of which a newer article tells what came of it."""
    if change.kind is not ChangeKind.DETAIL:
        return False
    plans = [fact for fact in change.line.facts if is_ahead(fact)]
    newer = (line for each in written if plans for line in each if is_newer(line.article, change.line.article))
    return any(supersedes(fact, line, plan, change.line) for line in newer for fact in line.facts for plan in plans)


def _picked(found: Sequence[Change], memory: Memory) -> Iterator[Development]:
    """The greatest changes, each told once, by its fittest sentence."""
    taken: list[Change] = []
    for change in sorted(found, key=lambda change: _place(change, found)):
        if any(repeats(change, other, memory) for other in taken):
            continue
        taken.append(change)
        assert change.line.sentence is not None
        yield Development(change.kind, change.line.sentence, change.earlier)


def _place(change: Change, found: Sequence[Change]) -> tuple[bool, int, float, float, str, int]:
    """What puts a change before others: its kind, the newest figure, its weight; what praises itself comes last."""
    line = change.line
    return praises_itself(line), _rank(change), -_given_last(change, found), -change.weight, line.article.id, line.start


def _rank(change: Change) -> int:
    """The place of its kind; what is put right in passing stands behind what happened since."""
    in_passing = change.kind is ChangeKind.CORRECTION and change.line.article.version == 1 and change.line.index > 1
    return _ORDER.index(ChangeKind.DETAIL if in_passing else change.kind)


def _given_last(change: Change, found: Sequence[Change]) -> float:
    """When the figure of a change was last given, in seconds; 0 for what counts nothing."""
    if change.count is None:
        return 0.0
    return max(c.line.article.shown_at.timestamp() for c in found if c.count and is_same(c.count, change.count))
