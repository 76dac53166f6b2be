"""The developments of a known story: of all changes that its newer articles tell the greatest, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.briefing.news.changes import changes
from briefs.briefing.news.lines import lines
from briefs.briefing.news.memory import Memory
from briefs.models import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs.briefing.news.passages import Passage, Told
    from briefs.briefing.news.weighing import Change
    from briefs.models import Article, Reading, Sentence

WEIGHED = 40  # newer articles of one story
ALIKE = 0.5  # share of a sentence's content that another holds, from which they tell one development


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
    if all(change.kind is ChangeKind.DETAIL for change in found):
        return News(known=True)
    return News(known=True, developments=tuple(_picked(found)))


def _fresh(members: Sequence[Article], told: Told) -> list[Article]:
    """The untold articles, each in its newest version, the newest first."""
    newest: dict[str, int] = {}
    for article in members:
        newest[article.root] = max(article.version, newest.get(article.root, 0))
    fresh = [a for a in members if a.id not in told.articles and a.version == newest[a.root]]
    return sorted(fresh, key=lambda a: (-a.shown_at.timestamp(), a.id))[:WEIGHED]


def _picked(found: Sequence[Change]) -> Iterator[Development]:
    """The greatest changes, each told once, by its fittest sentence."""
    left = sorted(
        found, key=lambda c: (_ORDER.index(c.kind), -_support(c, found), -c.weight, c.line.article.id, c.line.start)
    )
    taken: list[Change] = []
    for change in left:
        if any(_same(change, other) for other in taken):
            continue
        taken.append(change)
        assert change.line.sentence is not None
        yield Development(change.kind, change.line.sentence, change.earlier)


def _support(change: Change, found: Sequence[Change]) -> int:
    """How many articles give a figure as it is given here; what counts nothing has no rivals."""
    count = change.count
    if count is None:
        return 0
    return len(
        {
            c.line.article.root
            for c in found
            if c.count and c.count.event == count.event and c.count.figure == count.figure
        }
    )


def _same(one: Change, other: Change) -> bool:
    if one.earlier is not None and one.earlier == other.earlier:
        return True
    if one.line is other.line or (one.count and other.count and one.count.event == other.count.event):
        return True
    return max(one.line.shares(other.line), other.line.shares(one.line)) >= ALIKE
