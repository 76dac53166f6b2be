"""How alike articles are: TF-IDF vectors compared, less where their days differ and not at all across languages."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from briefs.stories.content import Content

    Matrix = NDArray[np.float32]

RARITY = 1.3  # power of the inverse document frequency: rare words tell events apart
FEW = 10  # articles among which a word of one of them alone counts half
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
        return cls(len(held), Counter(stem for counts in held for stem in counts))

    def rarity(self, stem: str) -> float:
        """What one mention of a stem weighs: the inverse document frequency, to a power."""
        return float((math.log((1 + self.documents) / (1 + max(1, self.of.get(stem, 1)))) + 1) ** RARITY)

    def weights(self, content: Content) -> dict[str, float]:
        """How much each stem of an article tells."""
        rarity = {stem: self.rarity(stem) for stem in content.counts}
        return {s: (1 + math.log(n) if n > 1 else n) * rarity[s] for s, n in content.counts.items()}


def similarity(contents: Sequence[Content], frequencies: Frequencies) -> Matrix:
    """Cosine of each pair, less where their days differ; shape (n, n), zero on the diagonal."""
    vectors = _vectors(contents, frequencies)
    alike = vectors @ vectors.T * _nearness(contents) * _same_language(contents)
    np.fill_diagonal(alike, 0)
    return alike.astype(np.float32)


def _vectors(contents: Sequence[Content], frequencies: Frequencies) -> Matrix:
    """TF-IDF vectors over the stems that at least two articles share; shape (n, stems).

    They have length 1 together with a share of what stands in one article only: among few articles that is what tells
    events apart, among many it is each outlet's own colour.
    """
    apart = FEW / (FEW + frequencies.documents)
    shared = Counter(stem for content in contents for stem in content.counts)
    column = {s: k for k, s in enumerate(sorted(s for s, n in shared.items() if n > 1))}
    vectors = np.zeros((len(contents), max(1, len(column))), dtype=np.float32)
    for row, content in enumerate(contents):
        weights = frequencies.weights(content)
        length = math.sqrt(sum(w * w * (apart if frequencies.of.get(s, 1) < 2 else 1) for s, w in weights.items()))
        for s, weight in weights.items():
            if s in column:
                vectors[row, column[s]] = weight / length
    return vectors


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
