"""The headline of a story: the outlets' own that covers it best, verbatim; a plain one before a lure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Article, CitedSentence

STALE = 0.25  # what the oldest headline loses against the newest
LURES = (
    "you won’t believe",
    "you won't believe",
    "here's why",
    "here’s why",
    "what we know",
    "everything you need",
    "live updates",
)


def headline(members: Sequence[Article], cited: Sequence[CitedSentence]) -> tuple[str, str]:
    """The outlets' headline that shares most with all of them and with the text; a plain one before a lure."""
    titled = [a for a in members if a.title]
    if not titled:
        first = cited[0]
        return first.text, first.article_id
    contents = {a.id: stems(a.title or "") for a in titled}
    text = [stems(s.text) for s in cited]
    order = sorted({a.shown_at for a in titled}, reverse=True)

    def cover(article: Article) -> tuple[float, float, str]:
        mine = contents[article.id]
        others = [content for key, content in contents.items() if key != article.id]
        shared = sum(len(mine & other) / max(1, len(mine)) ** 0.5 for other in [*others, *text])
        newness = 1 - STALE * order.index(article.shown_at) / len(order)
        return (
            shared * newness * (0.5 if _lures(article.title or "") else 1.0),
            article.shown_at.timestamp(),
            article.id,
        )

    best = max(titled, key=cover)
    return best.title or "", best.id


def _lures(title: str) -> bool:
    folded = title.lower()
    asks = folded.startswith(("why ", "how ", "what ", "where ", "who ", "inside ", "meet "))
    return asks or folded.rstrip().endswith(("?", "!")) or any(lure in folded for lure in LURES)
