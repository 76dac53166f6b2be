"""How many of several articles tell on their own: copies of one text and articles of one outlet count once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.shingles import Texts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from briefs.models import Article

FEW = 30  # articles that are compared each with each, and what was found is remembered: claims are many, of few sources


class Copies:
    """Compares articles once and remembers which of them are copies.

    What the store has linked (``Article.copy_of``) to one of these articles is not compared again: two articles of which one
    is so linked are the same exactly if they have one original.
    """

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._roots: frozenset[str | None] = frozenset(article.root for article in articles.values())
        self._texts = Texts()
        self._known: dict[tuple[str, str], bool] = {}
        self._counted: dict[frozenset[str], int] = {}

    def independent(self, article_ids: Iterable[str]) -> int:
        """How many of the articles tell on their own."""
        ids = frozenset(article_ids)
        if ids not in self._counted:
            self._counted[ids] = len((self._few if len(ids) <= FEW else self._many)(sorted(ids)))
        return self._counted[ids]

    def same(self, a: str, b: str) -> bool:
        """Whether two articles are of one outlet or copies of each other."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._known:
            self._known[pair] = self._compare(*pair)
        return self._known[pair]

    def _few(self, ids: Sequence[str]) -> set[Hashable]:
        """One of each group, found by comparing each article with each."""
        groups = _Groups()
        for place, article_id in enumerate(ids):
            for other in ids[:place]:
                if groups.of(article_id) != groups.of(other) and self.same(article_id, other):
                    groups.join(article_id, other)
        return set(map(groups.of, ids))

    def _many(self, ids: Sequence[str]) -> set[Hashable]:
        """One of each group, found by what the articles of a group have in common."""
        groups = _Groups()
        known = [self._articles[article_id] for article_id in ids if article_id in self._articles]
        for article in known:
            groups.join(article.id, ("original", self._origin(article)))
            if article.outlet is not None:
                groups.join(article.id, ("outlet", article.outlet))
        groups.join_each(self._texts.alike(article for article in known if not self._linked(article)))
        return set(map(groups.of, ids))

    def _compare(self, a: str, b: str) -> bool:
        one, other = self._articles.get(a), self._articles.get(b)
        if one is None or other is None:
            return False
        if one.outlet is not None and one.outlet == other.outlet:
            return True
        if self._origin(one) == self._origin(other):
            return True
        return not (self._linked(one) or self._linked(other)) and self._texts.copied(one, other)

    def _linked(self, article: Article) -> bool:
        return self._origin(article) != article.root

    def _origin(self, article: Article) -> str:
        """The original it is linked to, if that is compared here, too: what others read links nothing."""
        return article.copy_of if article.copy_of and article.copy_of in self._roots else article.root


def originals(articles: Mapping[str, Article]) -> dict[str, str | None]:
    """For the articles of one story the one whose text each repeats: the earliest of its copies; None for that one itself.

    By text alone, not by outlet. Keys and values are root ids.
    """
    groups = _Groups()
    for article in articles.values():
        groups.join(article.id, ("original", article.root))
    groups.join_each(Texts().alike(articles.values()))
    first: dict[Hashable, str] = {}
    in_time = sorted(articles.values(), key=lambda a: (a.shown_at, a.id))
    found = {article.root: first.setdefault(groups.of(article.id), article.root) for article in in_time}
    return {root: original if original != root else None for root, original in found.items()}


class _Groups:
    """Things that were joined; one of each group stands for it."""

    def __init__(self) -> None:
        # Of those that do not stand for their group, one that is nearer to who does.
        self._nearer: dict[Hashable, Hashable] = {}

    def of(self, thing: Hashable) -> Hashable:
        """The one that stands for the group of a thing."""
        while (nearer := self._nearer.get(thing)) is not None:
            self._nearer[thing] = self._nearer.get(nearer, nearer)  # half the way for whoever asks next
            thing = nearer
        return thing

    def join(self, one: Hashable, other: Hashable) -> None:
        """Make the groups of two things one."""
        if (mine := self.of(one)) != (theirs := self.of(other)):
            self._nearer[mine] = theirs

    def join_each(self, groups: Iterable[Sequence[Article]]) -> None:
        """Make one group of the articles of each."""
        for first, *others in groups:
            for other in others:
                self.join(other.id, first.id)
