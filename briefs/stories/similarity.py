"""How alike articles are: TF-IDF vectors compared, less what speaks for two events, less still where their days differ.

Articles in two languages are not alike at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from briefs.stories.commonness import SHARES
from briefs.stories.evidence import doubt, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from briefs.stories.content import Content

    Matrix = NDArray[np.float32]

RARITY = 1.3  # power of the inverse document frequency: rare words tell events apart
RAREST = (
    300  # a word in one of so many articles tells all it can: what weighs how much does not move as an archive grows
)
EVERYDAY = 30  # articles as which what is known of everyday words counts beside the articles themselves
FEW = 10  # articles among which a word of one of them alone counts half
DOUBTED = 0.1  # similarity from which it is asked what speaks for two events
SAME_DAYS = 2.0  # days apart that need no more in common
FADE_DAYS = 5.0  # after them, the days in which similarity falls to 1/e


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of ``documents`` articles each stem stands; a stem that is not named stands in one."""

    documents: int
    of: Mapping[str, int]

    @classmethod
    def among(cls, contents: Iterable[Content]) -> Frequencies:
        """The frequencies among these articles alone."""
        held = [content.counts for content in contents]
        return cls(len(held), Counter(chain.from_iterable(held)))

    def rarity(self, stems: Sequence[str]) -> NDArray[np.float64]:
        """What one mention of each stem weighs: the inverse document frequency, to a power."""
        found = np.array([self.of.get(stem, 1) for stem in stems], dtype=np.float64)
        everyday = np.array([SHARES.get(stem, 0.0) for stem in stems], dtype=np.float64)
        share = (np.maximum(found, 1) + EVERYDAY * everyday) / (max(1, self.documents) + EVERYDAY)
        rarity: NDArray[np.float64] = (np.log((1 + 1 / RAREST) / (share + 1 / RAREST)) + 1) ** RARITY
        return rarity

    def weights(self, content: Content) -> dict[str, float]:
        """How much each stem of an article tells."""
        told = np.array([*content.counts.values()], dtype=np.float64)
        weights = _damped(told) * self.rarity([*content.counts])
        return dict(zip(content.counts, weights.tolist(), strict=True))


def likeness(contents: Sequence[Content], frequencies: Frequencies) -> Matrix:
    """How alike the words of each pair are, whatever their days; shape (n, n), zero on the diagonal."""
    vectors = _vectors(contents, frequencies)
    alike: Matrix = vectors @ vectors.T * _same_language(contents)
    np.fill_diagonal(alike, 0)
    return alike


def similarity(words: Matrix, contents: Sequence[Content]) -> Matrix:
    """How alike each pair is whose words are so alike, from 0 to 1; shape (n, n), zero on the diagonal."""
    alike = words.copy()
    _doubt(alike, contents)
    alike *= _nearness(contents)
    return alike


def _vectors(contents: Sequence[Content], frequencies: Frequencies) -> Matrix:
    """TF-IDF vectors over the stems that at least two articles share; shape (n, stems).

    They have length 1 together with a share of what stands in one article only: among few articles that is what tells
    events apart, among many it is each outlet's own colour.
    """
    stems, rows, columns, told = _table(contents)
    weights = _damped(told) * frequencies.rarity(stems)[columns]
    lone = np.array([frequencies.of.get(stem, 1) < 2 for stem in stems], dtype=np.bool_)[columns]
    squares = weights**2 * np.where(lone, FEW / (FEW + frequencies.documents), 1)
    weights /= np.sqrt(np.bincount(rows, squares, minlength=len(contents)))[rows]
    shared = np.bincount(columns, minlength=len(stems)) > 1
    kept, place = shared[columns], np.cumsum(shared) - 1
    vectors = np.zeros((len(contents), max(1, int(np.count_nonzero(shared)))), dtype=np.float32)
    vectors[rows[kept], place[columns[kept]]] = weights[kept]
    return vectors


def _table(
    contents: Sequence[Content],
) -> tuple[list[str], NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """All stems in order; and for each stem of each article: the article's row, the stem's column, how often it is told."""
    stems = sorted(set(chain.from_iterable(content.counts for content in contents)))
    place = {stem: k for k, stem in enumerate(stems)}
    rows = np.repeat(np.arange(len(contents)), [len(content.counts) for content in contents])
    columns = np.array([place[stem] for content in contents for stem in content.counts], dtype=np.intp)
    told = np.array([n for content in contents for n in content.counts.values()], dtype=np.float64)
    return stems, rows, columns, told


def _damped(told: NDArray[np.float64]) -> NDArray[np.float64]:
    """What so many mentions weigh beside one."""
    damped: NDArray[np.float64] = np.where(told > 1, 1 + np.log(np.maximum(told, 1)), told)
    return damped


def _doubt(alike: Matrix, contents: Sequence[Content]) -> None:
    """Take from each pair that is somewhat alike what speaks for two events."""
    found = [stated(content) for content in contents]
    pairs = np.argwhere(np.triu(alike, 1) >= DOUBTED)
    doubts = np.array([doubt(found[one], found[other]) for one, other in pairs.tolist()], dtype=np.float32)
    one, other = pairs.T
    alike[one, other] = alike[other, one] = np.maximum(0, alike[one, other] - doubts)


def _nearness(contents: Sequence[Content]) -> Matrix:
    """1 for articles of the same days and for undated ones, fading as the days between them grow; shape (n, n)."""
    days = np.array([np.nan if content.day is None else content.day for content in contents])
    gaps = np.abs(days[:, None] - days[None, :])
    fading = np.exp(-np.maximum(gaps - SAME_DAYS, 0) / FADE_DAYS)
    return np.where(np.isnan(gaps), 1.0, fading).astype(np.float32)


def _same_language(contents: Sequence[Content]) -> Matrix:
    """1 for articles in one language, else 0: a story is briefed in one language; shape (n, n)."""
    languages = np.array([content.language for content in contents])
    same: Matrix = np.equal.outer(languages, languages).astype(np.float32)
    return same
