"""Which texts are copies of each other: what they share of their runs of words (Broder's shingles, 1997)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from briefs.language.agencies import credited
from briefs.language.words import parted

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class Texts:
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

    def alike(self, articles: Iterable[Article]) -> list[list[Article]]:
        """All the articles in groups: whoever is a copy of one in a group belongs to it.

        An article is compared with the members of a group only where it shares enough with all that they hold together: a
        thousand articles take a thousandth of the comparisons of each with each.
        """
        groups: dict[int, _Group] = {}
        holders: defaultdict[int, set[int]] = defaultdict(set)  # the numbers of the groups that hold a shingle
        for number, article in enumerate(articles):
            mine = self._of(article)
            shared = Counter(chain.from_iterable(holders[each] for each in mine if each in holders))
            joined = [k for k, count in shared.items() if self._copies_one_of(groups[k], article, count)]
            groups[number] = _Group([article], set(), len(mine))
            _join(groups, holders, [*joined, number], mine)
        return [group.members for group in groups.values()]

    def _copies_one_of(self, group: _Group, article: Article, shared: int) -> bool:
        if shared < CREDITED * min(len(self._of(article)), group.shortest):
            return False
        return any(self.copied(member, article) for member in group.members)

    def _of(self, article: Article) -> Shingles:
        if article.id not in self._shingles:
            self._shingles[article.id] = _shingles(article.text)
        return self._shingles[article.id]

    def _credited(self, article: Article) -> frozenset[str]:
        if article.id not in self._credits:
            self._credits[article.id] = credited(article.text, article.author)
        return self._credits[article.id]


@dataclass(slots=True)
class _Group:
    """Articles that are copies, with all shingles of theirs and how many the shortest has."""

    members: list[Article]
    held: set[int]
    shortest: int


def _join(groups: dict[int, _Group], holders: defaultdict[int, set[int]], numbers: list[int], new: Shingles) -> None:
    """Make these groups one, which holds some shingles more: the largest takes the others in."""
    largest = max(numbers, key=lambda number: len(groups[number].held))
    whole = groups[largest]
    for number in numbers:
        if number != largest:
            other = groups.pop(number)
            whole.members += other.members
            whole.shortest = min(whole.shortest, other.shortest)
            for each in other.held:
                holders[each].discard(number)
                holders[each].add(largest)
            whole.held |= other.held
    for each in new - whole.held:
        holders[each].add(largest)
    whole.held |= new


@lru_cache(maxsize=64)
def _shingles(text: str) -> Shingles:
    """The runs of words outside quotations; kept for the next question, which is often about the same articles (50 kB each)."""
    told = _runs(_QUOTATION.sub(" ", text))
    return told if len(told) >= LEAST else _runs(text)


def _runs(text: str) -> Shingles:
    words = re.findall(r"\w+", parted(text.lower()))
    return frozenset(map(hash, zip(*(words[i:] for i in range(SHINGLE)), strict=False)))
