"""A new chapter of a known matter is an event, even where its words say nothing that could not be of an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.briefing.news.developments import Development, News
from briefs.briefing.news.lines import NEW_WORDS, lines
from briefs.briefing.news.memory import Memory
from briefs.models import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.passages import Told
    from briefs.models import Article, Reading, Sentence

SAID = 0.8  # share of an opening's content that one told sentence holds, from which it opens nothing


def opened(chosen: Sequence[Sentence], members: Sequence[Article], readings: Mapping[str, Reading], told: Told) -> News:
    """What a chapter of which no article was told brings: its ``chosen`` sentences, if the first tells of a later time."""
    memory = Memory.of([a for a in members if a.id in told.articles], readings, told)
    opening, *more = _lines(chosen, {a.id: a for a in members}, readings) or (None,)
    if opening is None or opening.sentence is None or not _is_later(opening, memory):
        return News(known=True)
    further = [line.sentence for line in more if line.sentence and memory.known.newness(line)]
    kinds = (ChangeKind.EVENT, *(ChangeKind.DETAIL for _ in further))
    return News(True, tuple(map(Development, kinds, (opening.sentence, *further))))


def _lines(chosen: Sequence[Sentence], articles: Mapping[str, Article], readings: Mapping[str, Reading]) -> list[Line]:
    return list(_found(chosen, articles, readings))


def _found(
    chosen: Sequence[Sentence], articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> Iterator[Line]:
    for sentence in chosen:
        written = lines(articles[sentence.article_id], readings[sentence.article_id])
        yield from (line for line in written if line.start == sentence.start)


def _is_later(opening: Line, memory: Memory) -> bool:
    """Whether a sentence tells of a time after all that was told, and is not told already."""
    if opening.article.shown_at <= memory.latest or memory.known.nearest(opening) >= SAID:
        return False
    dated = any(f.when is not None and f.when.last is not None and f.when.last > memory.latest for f in opening.facts)
    return dated or len(memory.known.new(opening)) >= NEW_WORDS
