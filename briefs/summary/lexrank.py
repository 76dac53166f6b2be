"""Sumy's LexRank and TextRank at the cost of the words that sentences share, not of all pairs in pure Python.

Both give the ratings of sumy's own: the same words, weights, threshold and power method, over sparse vectors. Only pairs that share
a word are ever looked at, and no matrix of sentences by sentences is made.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

AT_ONCE = 1_000_000  # products that are held together: 30 MB


class LexRank(LexRankSummarizer):  # type: ignore[misc]
    """Sumy's LexRank: neighbours by idf-modified cosine, centrality by their number and centrality (Erkan & Radev 2004)."""

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """The sentences with the highest ratings, in the document's order; ``sentences_count`` as sumy takes it."""
        ratings = self.rate_sentences(document)
        best: tuple[Any, ...] = self._get_best_sentences(document.sentences, sentences_count, ratings)
        return best

    def rate_sentences(self, document: Any) -> dict[Any, float]:
        """Each sentence's rating; 0 throughout where sumy finds none at all: no word tells a sentence from the others."""
        vectors = Vectors.of(_words(self, document))
        ratings = _central(self._neighbours(vectors), vectors.sentences, self.epsilon)
        return dict(zip(document.sentences, ratings.tolist(), strict=True))

    def _neighbours(self, vectors: Vectors) -> Edges:
        """The pairs more alike than the threshold, each sentence's own neighbours weighing 1 together."""
        idf = np.log(vectors.sentences / (1 + np.bincount(vectors.terms, minlength=vectors.vocabulary)))
        highest = np.ones(vectors.sentences)
        np.maximum.at(highest, vectors.rows, vectors.counts)
        weighted = vectors._replace(counts=vectors.counts / highest[vectors.rows] * idf[vectors.terms])
        square = _sums(vectors.rows, weighted.counts**2, vectors.sentences)
        length = np.sqrt(np.where(square > 0, square, np.inf))  # what has no telling word is like nothing
        edges = Edges.joined(each.above(self.threshold, length) for each in weighted.products())
        return edges._replace(weights=1 / np.bincount(edges.rows, minlength=vectors.sentences)[edges.rows])


class TextRank(TextRankSummarizer):  # type: ignore[misc]
    """Sumy's TextRank: edges by shared words over the logarithms of the lengths (Mihalcea & Tarau 2004)."""

    def rate_sentences(self, document: Any) -> dict[Any, float]:
        """Each sentence's rating."""
        vectors = Vectors.of(_words(self, document))
        edges = self._edges(vectors)
        at_random = (1 - self.damping) / max(1, vectors.sentences)
        ranks = np.full(vectors.sentences, 1 / max(1, vectors.sentences))
        change = 1.0
        while change > self.epsilon:
            coming = at_random * ranks.sum() + self.damping * edges.passed_on(ranks)
            change, ranks = float(np.linalg.norm(coming - ranks)), coming
        return dict(zip(document.sentences, ranks.tolist(), strict=True))

    def _edges(self, vectors: Vectors) -> Edges:
        rows, columns, shared = Edges.joined(vectors.products())
        words = _sums(vectors.rows, vectors.counts, vectors.sentences)
        logarithms = np.log(np.maximum(words, 1))
        norms = logarithms[rows] + logarithms[columns]
        weights = shared / np.where(norms > 0, norms, 1)  # two sentences of one word, the same
        sums = _sums(rows, weights, vectors.sentences) + self._ZERO_DIVISION_PREVENTION
        return Edges(rows, columns, weights / sums[rows])


class Edges(NamedTuple):
    """Directed edges between sentences."""

    rows: Indices  # from
    columns: Indices  # to
    weights: Floats

    @classmethod
    def joined(cls, parts: Iterable[Edges]) -> Edges:
        """All edges of the parts."""
        none = cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        return cls(*map(np.concatenate, zip(none, *parts, strict=True)))

    def above(self, cosine: float, length: Floats) -> Edges:
        """Those whose weight, a product of vectors of these lengths, is that of a greater cosine."""
        near = self.weights > cosine * length[self.rows] * length[self.columns]
        return Edges(self.rows[near], self.columns[near], self.weights[near])

    def passed_on(self, ranks: Floats) -> Floats:
        """What each sentence gets of the others' ranks."""
        return _sums(self.columns, self.weights * ranks[self.rows], len(ranks))


class Vectors(NamedTuple):
    """Sentences as sparse vectors of words: the three arrays go together, by sentence."""

    rows: Indices  # the sentence
    terms: Indices  # its word
    counts: Floats  # how often, or how much it weighs
    sentences: int
    vocabulary: int

    @classmethod
    def of(cls, sentences: Sequence[Sequence[str]]) -> Vectors:
        """The vectors of sentences that are given as their words."""
        numbers: dict[str, int] = {}
        counted = [Counter(numbers.setdefault(word, len(numbers)) for word in words) for words in sentences]
        terms = np.fromiter((term for each in counted for term in each), np.int64)
        counts = np.fromiter((n for each in counted for n in each.values()), np.float64)
        rows = np.repeat(np.arange(len(sentences)), [len(each) for each in counted])
        return cls(rows, terms, counts, len(sentences), len(numbers))

    def products(self) -> Iterator[Edges]:
        """The inner product of every two sentences that share a word, in parts: each entry meets all that hold its word."""
        by_term = np.argsort(self.terms, kind="stable")
        holders = np.bincount(self.terms, minlength=self.vocabulary)
        first = np.cumsum(holders) - holders
        for some in self._stretches(holders):
            times = holders[self.terms[some]]
            entry = np.repeat(some, times)
            nth = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)
            other = by_term[first[self.terms[entry]] + nth]
            start = self.rows[some[0]]
            pairs = (self.rows[entry] - start) * self.sentences + self.rows[other]
            sums = _sums(pairs, self.counts[entry] * self.counts[other])
            found = np.flatnonzero(np.bincount(pairs))
            yield Edges(found // self.sentences + start, found % self.sentences, sums[found])

    def _stretches(self, holders: Indices) -> Iterator[Indices]:
        """Entries of whole sentences, in stretches of about as many products as may be held together."""
        met = np.bincount(self.rows, holders[self.terms], minlength=self.sentences) + self.sentences
        stretch = (np.cumsum(met) // AT_ONCE)[self.rows]
        for number in np.unique(stretch):
            yield np.flatnonzero(stretch == number)


def _words(summariser: Any, document: Any) -> list[list[str]]:
    """Each sentence's words as the summariser compares them, without the stop words."""
    normalised = ([summariser.normalize_word(word) for word in sentence.words] for sentence in document.sentences)
    return [[summariser.stem_word(word) for word in each if word not in summariser.stop_words] for each in normalised]


def _sums(numbers: Indices, values: Floats, size: int = 0) -> Floats:
    """The sum of the values of each number."""
    sums: Floats = np.bincount(numbers, values, minlength=size).astype(np.float64)  # it counts nothing in integers
    return sums


def _central(edges: Edges, sentences: int, epsilon: float) -> Floats:
    """Sumy's power method: the length of the vector is 1, and it ends when a step changes it by no more than epsilon."""
    ranks = np.full(sentences, 1 / max(1, sentences))
    change = 1.0
    while change > epsilon:
        coming = edges.passed_on(ranks)
        length = np.linalg.norm(coming)
        if length == 0:
            return np.zeros(sentences)
        coming /= length
        change, ranks = float(np.linalg.norm(coming - ranks)), coming
    return ranks
