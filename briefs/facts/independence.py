"""How many of several articles tell on their own: copies of one text and articles of one outlet count once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefs.models import Article

SHINGLE = 5  # words
COPIED = 0.3  # share of the shorter text's shingles that the other holds


class Copies:
    """Compares articles once and remembers which of them are copies (Broder's shingles, 1997)."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._shingles: dict[str, frozenset[int]] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def independent(self, article_ids: Iterable[str]) -> int:
        """How many of the articles tell on their own."""
        groups: list[list[str]] = []
        for article_id in sorted(set(article_ids)):
            joined = [g for g in groups if any(self.same(article_id, other) for other in g)]
            groups = [g for g in groups if g not in joined] + [[article_id, *(a for g in joined for a in g)]]
        return len(groups)

    def same(self, a: str, b: str) -> bool:
        """Whether two articles are of one outlet or copies of each other."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._known:
            self._known[pair] = self._compare(*pair)
        return self._known[pair]

    def _compare(self, a: str, b: str) -> bool:
        one, other = self._articles.get(a), self._articles.get(b)
        if one is None or other is None:
            return False
        if one.outlet is not None and one.outlet == other.outlet:
            return True
        mine, theirs = self._of(one), self._of(other)
        shorter = min(len(mine), len(theirs))
        return shorter > 0 and len(mine & theirs) / shorter >= COPIED

    def _of(self, article: Article) -> frozenset[int]:
        if article.id not in self._shingles:
            words = re.findall(r"\w+", article.text.lower())
            self._shingles[article.id] = frozenset(
                hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)
            )
        return self._shingles[article.id]
