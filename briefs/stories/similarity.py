"""How alike articles are: TF-IDF vectors compared, less where their days differ and not at all across languages."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from briefs.stories.content import counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from briefs.models import Article

    Matrix = NDArray[np.float32]

RARITY = 1.3  # power of the inverse document frequency: rare words tell events apart
FEW = 10  # articles among which a word of one of them alone counts half
SAME_DAYS = 2.0  # days apart that need no more in common
FADE_DAYS = 5.0  # after them, the days in which similarity falls to 1/e


def similarity(articles: Sequence[Article]) -> Matrix:
    """Cosine of each pair, less where their days differ; shape (n, n), zero on the diagonal."""
    vectors = _vectors([counts(article) for article in articles])
    alike = vectors @ vectors.T * _nearness(articles) * _same_language(articles)
    np.fill_diagonal(alike, 0)
    return alike.astype(np.float32)


def _vectors(counted: Sequence[Mapping[str, float]]) -> Matrix:
    """TF-IDF vectors over the stems that at least two articles share; shape (n, stems).

    They have length 1 together with a share of what stands in one article only: among few articles that is what tells
    events apart, among many it is each outlet's own colour.
    """
    apart = FEW / (FEW + len(counted))
    frequency = Counter(s for count in counted for s in count)
    column = {s: k for k, s in enumerate(sorted(s for s, n in frequency.items() if n > 1))}
    rarity = {s: (math.log((1 + len(counted)) / (1 + n)) + 1) ** RARITY for s, n in frequency.items()}
    vectors = np.zeros((len(counted), max(1, len(column))), dtype=np.float32)
    for row, count in enumerate(counted):
        weights = {s: (1 + math.log(n) if n > 1 else n) * rarity[s] for s, n in count.items()}
        length = math.sqrt(sum(w * w * (1 if s in column else apart) for s, w in weights.items())) or 1.0
        for s, weight in weights.items():
            if s in column:
                vectors[row, column[s]] = weight / length
    return vectors


def _nearness(articles: Sequence[Article]) -> Matrix:
    """1 for articles of the same days and for undated ones, fading as the days between them grow; shape (n, n)."""
    days = np.array([a.published_at.timestamp() / 86_400 if a.published_at else np.nan for a in articles])
    gaps = np.abs(days[:, None] - days[None, :])
    fading = np.exp(-np.maximum(gaps - SAME_DAYS, 0) / FADE_DAYS)
    return np.where(np.isnan(gaps), 1.0, fading).astype(np.float32)


def _same_language(articles: Sequence[Article]) -> Matrix:
    """1 for articles in one language, else 0: a story is briefed in one language; shape (n, n)."""
    languages = np.array([_read_as(article.language) for article in articles])
    same: Matrix = np.equal.outer(languages, languages).astype(np.float32)
    return same


def _read_as(language: str) -> str:
    return "en" if language == "und" else language
