"""How many of several articles tell on their own: copies of one text and articles of one outlet count once."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.language.agencies import credited
from briefs.language.words import parted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefs.models import Article

    Shingles = frozenset[int]

SHINGLE = 5  # words
COPIED = 0.3  # share of the shorter text's shingles that the other holds
CREDITED = 0.12  # the same, for two texts that credit one agency: each outlet cuts and completes what it is sent
QUOTED = 600  # characters of a quotation at most
LEAST = 8  # shingles that such texts share at least: a name with a title alone has two or three

# What somebody said stands in every report of it, and is no sign of a copy: of 300 pairs of reports of one event by different
# outlets, five share 30 % of their words in a row with their quotations, and none without them.
_QUOTATION = re.compile(rf'“[^“”\n]{{1,{QUOTED}}}”|"[^"\n]{{1,{QUOTED}}}"')


class Copies:
    """Compares articles once and remembers which of them are copies (Broder's shingles, 1997).

    What the store has linked (``Article.copy_of``) to one of these articles is not compared again: two articles of which one
    is so linked are the same exactly if they have one original.
    """

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._roots: frozenset[str | None] = frozenset(article.root for article in articles.values())
        self._texts = _Texts()
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
        if self._origin(one) == self._origin(other):
            return True
        linked = self._origin(one) != one.root or self._origin(other) != other.root
        return not linked and self._texts.copied(one, other)

    def _origin(self, article: Article) -> str:
        """The original it is linked to, if that is compared here, too: what others read links nothing."""
        return article.copy_of if article.copy_of and article.copy_of in self._roots else article.root


def originals(articles: Mapping[str, Article]) -> dict[str, str | None]:
    """For the articles of one story the one whose text each repeats: the earliest of its copies; None for that one itself.

    By text alone, not by outlet. Keys and values are root ids.
    """
    texts = _Texts()
    groups: list[list[Article]] = []  # each in order of time, so that its first is the original
    for article in sorted(articles.values(), key=lambda a: (a.shown_at, a.id)):
        joined = [g for g in groups if any(m.root == article.root or texts.copied(m, article) for m in g)]
        members = sorted([article, *(m for g in joined for m in g)], key=lambda a: (a.shown_at, a.id))
        groups = [g for g in groups if g not in joined] + [members]
    found = {member.root: group[0].root for group in groups for member in group}
    return {root: original if original != root else None for root, original in found.items()}


class _Texts:
    """The shingles and credits of articles, each found once."""

    def __init__(self) -> None:
        self._shingles: dict[str, Shingles] = {}
        self._credits: dict[str, frozenset[str]] = {}

    def copied(self, one: Article, other: Article) -> bool:
        """Whether two articles are one text, or two cuts of what one agency sent."""
        mine, theirs = self._of(one), self._of(other)
        shorter, shared = min(len(mine), len(theirs)), len(mine & theirs)
        if shared == 0:
            return False
        if shared >= COPIED * shorter:
            return True
        return shared >= max(LEAST, CREDITED * shorter) and not self._credited(one).isdisjoint(self._credited(other))

    def _of(self, article: Article) -> Shingles:
        if article.id not in self._shingles:
            self._shingles[article.id] = _shingles(article.text)
        return self._shingles[article.id]

    def _credited(self, article: Article) -> frozenset[str]:
        if article.id not in self._credits:
            self._credits[article.id] = credited(article.text, article.author)
        return self._credits[article.id]


@lru_cache(maxsize=64)
def _shingles(text: str) -> Shingles:
    """The runs of words outside quotations; kept for the next question, which is often about the same articles (50 kB each)."""
    told = _runs(_QUOTATION.sub(" ", text))
    return told if len(told) >= LEAST else _runs(text)


def _runs(text: str) -> Shingles:
    words = re.findall(r"\w+", parted(text.lower()))
    return frozenset(map(hash, zip(*(words[i:] for i in range(SHINGLE)), strict=False)))
