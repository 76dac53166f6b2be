"""A new chapter of a known matter is an event, even where its words say nothing that could not be of an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.briefing.news.developments import Development, News
from briefs.briefing.news.happenings import is_after
from briefs.briefing.news.lines import NEW_WORDS, line_of
from briefs.briefing.news.memory import Memory
from briefs.models import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.passages import Told
    from briefs.models import Article, Reading, Sentence

SAID = 0.8  # share of an opening's content that one told sentence holds, from which it opens nothing


def opened(chosen: Sequence[Sentence], members: Sequence[Article], readings: Mapping[str, Reading], told: Told) -> News:
    """What a chapter of which no article was told brings: its ``chosen`` sentences, if the first tells of a later time."""
    memory = Memory.of([a for a in members if a.id in told.articles], readings, told)
    articles = {a.id: a for a in members}
    written = [line for each in chosen if (line := line_of(each, articles, readings)) is not None]
    if not written or not _is_later(written[0], memory):
        return News(known=True)
    told_now = [line.sentence for line in written if line is written[0] or memory.known.newness(line)]
    kinds = (ChangeKind.EVENT, *(ChangeKind.DETAIL for _ in told_now[1:]))
    pairs = zip(kinds, told_now, strict=True)
    return News(known=True, developments=tuple(Development(kind, each) for kind, each in pairs if each is not None))


def _is_later(opening: Line, memory: Memory) -> bool:
    """Whether a sentence tells of a time after all that was told, and is not told already."""
    if opening.article.shown_at <= memory.latest or memory.known.nearest(opening) >= SAID:
        return False
    return any(is_after(fact, memory.latest) for fact in opening.facts) or len(memory.known.new(opening)) >= NEW_WORDS
