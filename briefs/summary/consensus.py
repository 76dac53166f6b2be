"""What sets of sentences have in common with what the outlets say: the choice that is likely to disappoint least.

A briefing is good when it is like what an editor who read all the articles would write. Each outlet's opening, and their
headlines together, are attempts at that; the set that is most like all of them is the best bet: minimum Bayes risk (Kumar &
Byrne 2004) with ROUGE-1 F (Lin 2004) as the likeness.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from briefs.language.words import stemming, words
from briefs.models import BlockKind
from briefs.summary.candidates import ages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from briefs.models import Article, Reading
    from briefs.summary.candidates import Candidate

    Floats = NDArray[np.float64]
    Sets = NDArray[np.bool_]  # sets × candidates

MOST = 12  # articles of a long story, the newest, speak for it
OPENING, HEADLINES = 1.7, 0.4  # words of one opening and of all headlines at most, for each word a briefing may have
OPENING_WEIGHT = 0.6  # of the likeness to the openings; the rest is the headlines'
LEAST = 1.0  # words of an opening, for each a briefing may have: short articles are taken as if they told more
OWN = 0.5  # what an article's own sentence counts for its own opening; what others tell too counts in full
AGED = 0.7  # what the oldest article has lost of its weight


class Consensus:
    """How like sets of one story's candidates are to what its outlets say, 0..1."""

    def __init__(
        self, articles: Sequence[Article], readings: Mapping[str, Reading], found: Sequence[Candidate], room: int
    ) -> None:
        """``articles`` are newest first; ``room`` is how many words a briefing of the story may have."""
        voices = independent(articles)[:MOST]
        self._weights = _weights(voices)
        self._lengths = np.array([len(c.words) for c in found], dtype=float)
        counts = [Counter(c.words) for c in found]
        openings = [_opening(a, readings, int(OPENING * room)) for a in voices]
        self._openings = [_Text(Counter(each), max(len(each), int(LEAST * room)), counts) for each in openings]
        self._others = [np.array([c.sentence.article_id != a.id for c in found], dtype=bool) for a in voices]
        stem = stemming(voices[0].language)  # "raises" in a headline is "raised" in the text
        headlines, length = _headlines(voices, self._weights, stem)
        scale = min(1.0, HEADLINES * room / max(1.0, length))
        scaled = {word: scale * count for word, count in headlines.items()}
        self._headlines = _Text(scaled, scale * length, [Counter(map(stem, c.words)) for c in found])

    def of(self, sets: Sets) -> Floats:
        """The likeness of each set."""
        lengths = sets @ self._lengths
        likeness = (1 - OPENING_WEIGHT) * _f(self._headlines.hits(sets), lengths, self._headlines.length)
        for weight, others, opening in zip(self._weights, self._others, self._openings, strict=True):
            hits = opening.hits(sets)
            if len(self._openings) > 1:
                hits = OWN * hits + (1 - OWN) * opening.hits(sets & others)
            likeness += OPENING_WEIGHT * weight * _f(hits, lengths, opening.length)
        return likeness


class _Text:
    """A text that sets are compared with: its words, and how often each candidate has them."""

    def __init__(self, told: Mapping[str, float], length: float, found: Sequence[Mapping[str, int]]) -> None:
        self.length = length  # words
        self._told = np.array(list(told.values()), dtype=float)
        self._table = np.zeros((len(found), len(told)))
        number = {word: k for k, word in enumerate(told)}
        for row, counts in enumerate(found):
            for word in counts.keys() & number.keys():
                self._table[row, number[word]] = counts[word]
        self._alone: Floats = np.minimum(self._table, self._told).sum(axis=1)

    def hits(self, sets: Sets) -> Floats:
        """How many of its words each set has."""
        if (sets.sum(axis=1) == 1).all():  # sets of one sentence need no product
            alone: Floats = self._alone[sets.argmax(axis=1)]
            return alone
        used = sets.any(axis=0)
        table = self._table[used]
        shared = table.any(axis=0)
        hits: Floats = sets[:, used].astype(float) @ table[:, shared]
        np.minimum(
            hits, self._told[shared], out=hits
        )  # in place: another array of this size costs more than the product
        told: Floats = hits.sum(axis=1)
        return told


def _f(hits: Floats, lengths: Floats, other: float) -> Floats:
    """ROUGE-1 F of texts with so many words in common with another of so many."""
    measure: Floats = 2 * hits / np.maximum(lengths + other, 1)
    return measure


def independent(articles: Sequence[Article]) -> list[Article]:
    """The articles without those that repeat another of them: a wire copy is one voice."""
    roots = {article.root for article in articles}
    return [article for article in articles if article.copy_of not in roots] or list(articles)


def _weights(articles: Sequence[Article]) -> list[float]:
    """What each article weighs, 1 together: the newest most."""
    weights = [1 - AGED * age for age in ages(articles).values()]
    return [weight / sum(weights) for weight in weights]


def _opening(article: Article, readings: Mapping[str, Reading], most: int) -> list[str]:
    """The first words of an article's prose."""
    found: list[str] = []
    for sentence in readings[article.id].sentences if article.id in readings else ():
        if len(found) >= most:
            break
        if sentence.kind is BlockKind.PROSE:
            found += _words_of(article.text[sentence.start : sentence.end])
    return found[:most]


def _headlines(
    articles: Sequence[Article], weights: Iterable[float], stem: Callable[[str], str]
) -> tuple[dict[str, float], float]:
    """How often the headlines together have each stem, and of how many words they are; 1 is a usual article's weight."""
    counts: dict[str, float] = {}
    length = 0.0
    for article, share in zip(articles, weights, strict=True):
        told, weight = _words_of(article.title or ""), share * len(articles)
        length += weight * len(told)
        for word in map(stem, told):
            counts[word] = counts.get(word, 0.0) + weight
    return counts, length


def _words_of(text: str) -> list[str]:
    return [word for word, _, _ in words(text)]
