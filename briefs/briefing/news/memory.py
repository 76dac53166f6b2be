"""What a channel may be taken to know of a story: all that the told articles say; and what of it was shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefs.briefing.news.counts import counts
from briefs.briefing.news.lines import Known, is_title, lines
from briefs.briefing.news.matters import event, one_matter, one_time, verb
from briefs.briefing.news.overtaking import is_open
from briefs.briefing.news.statements import is_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.briefing.news.counts import Count
    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.passages import Told
    from briefs.models import Article, Fact, Reading

REMEMBERED = 40  # told articles of one story, the newest, with all their sentences


@dataclass(frozen=True)  # no slots: what is looked up often is found once
class Memory:
    """The sentences of told articles, those that were shown among them, and the texts of the articles by root."""

    lines: tuple[Line, ...]
    shown: tuple[Line, ...]
    texts: Mapping[str, str]  # of the newest version told
    latest: datetime  # when the newest told article was published

    @classmethod
    def of(cls, known: Sequence[Article], readings: Mapping[str, Reading], told: Told) -> Memory:
        """What was told of these articles."""
        quoted = {passage.article_id for passage in told.passages} | told.headlines
        order = sorted(known, key=lambda a: (a.id not in quoted, -a.shown_at.timestamp(), a.id))[:REMEMBERED]
        written = tuple(line for a in order if a.id in readings for line in lines(a, readings[a.id]))
        return cls(
            lines=written,
            shown=tuple(line for line in written if _was_shown(line, told)),
            texts={a.root: a.text for a in sorted(order, key=lambda a: a.version)},
            latest=max(a.shown_at for a in known),
        )

    @cached_property
    def known(self) -> Known:
        """The words of all sentences."""
        return Known(self.lines)

    @cached_property
    def counts(self) -> tuple[tuple[Count, Line], ...]:
        """What the sentences count."""
        return tuple((count, line) for line in self.lines for count in counts(line))

    @cached_property
    def open(self) -> tuple[tuple[Fact, Line], ...]:
        """The facts that something newer may supersede."""
        return tuple((fact, line) for line in self.lines for fact in line.facts if is_open(fact))

    @cached_property
    def _places(self) -> dict[str, list[tuple[Fact, Line]]]:
        """The facts by what they are events of, and by the words of their verbs."""
        found: dict[str, list[tuple[Fact, Line]]] = {}
        for line in self.lines:
            for fact in line.facts:
                for key in {event(fact), *verb(fact)}:
                    found.setdefault(key, []).append((fact, line))
        return found

    @cached_property
    def _text(self) -> str:
        return "\n".join(line.text for line in self.lines).casefold()

    @cached_property
    def _shown(self) -> frozenset[tuple[str, int]]:
        return frozenset((line.article.id, line.start) for line in self.shown)

    def is_shown(self, line: Line) -> bool:
        """Whether a sentence was shown, so that it can be named as replaced."""
        return line.sentence is not None and (line.article.id, line.start) in self._shown

    def tells(self, fact: Fact, *, named: bool = True) -> bool:
        """Whether the told articles tell the same event as it is told now; ``named``: or at least name it ("the launch")."""
        return any(
            one_time(fact, old) is not False and (named or is_told(old, line)) for old, line in self._alike(fact)
        )

    def says(self, words: str) -> bool:
        """Whether these very words stand in the told sentences."""
        return words.casefold() in self._text

    def has_heard(self, fact: Fact) -> bool:
        """Whether the told articles tell such an event, whenever it was."""
        return next(self._alike(fact), None) is not None

    def _alike(self, fact: Fact) -> Iterator[tuple[Fact, Line]]:
        """The known facts that can be of the same event, told as done or planned like it."""
        for key in sorted({event(fact), *verb(fact)}):
            for old, line in self._places.get(key, ()):
                if old.modality is fact.modality and old.negated == fact.negated and one_matter(fact, old):
                    yield old, line


def _was_shown(line: Line, told: Told) -> bool:
    if is_title(line):
        return line.article.id in told.headlines
    return any(
        p.article_id == line.article.id and p.start < line.start + len(line.text) and line.start < p.end
        for p in told.passages
    )
