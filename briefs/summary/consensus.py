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
OPENING, HEADLINES = 1.7, 0.5  # words of one opening and of all headlines at most, for each word a briefing may have
OPENING_WEIGHT = 0.6  # of the likeness to the openings; the rest is the headlines'
LEAST = 1.0
OWN = 0.5  # what an article's own sentence counts for its own opening; what others tell too counts in full
AGED = 0.7  # what the oldest article has lost of its weight


class Consensus:
    """How like sets of one story's candidates are to what its outlets say, 0..1."""

    def __init__(
        self, articles: Sequence[Article], readings: Mapping[str, Reading], found: Sequence[Candidate], room: int
    ) -> None:
        """``articles`` are newest first; ``room`` is how many words a briefing of the story may have."""
        told = _independent(articles)[:MOST]
        self._weights = _weights(told)
        self._words = _Counts([c.words for c in found])
        openings = [_opening(a, readings, int(OPENING * room)) for a in told]
        self._openings = [
            (self._words.row(Counter(opening)), max(len(opening), int(LEAST * room))) for opening in openings
        ]
        self._others = [np.array([c.sentence.article_id != a.id for c in found], dtype=bool) for a in told]
        stem = stemming(told[0].language)  # "raises" in a headline is "raised" in the text
        self._stems = _Counts([[stem(word) for word in c.words] for c in found])
        headlines, length = _headlines(told, self._weights, stem)
        scale = min(1.0, HEADLINES * room / max(1.0, length))
        self._headlines = scale * self._stems.row(headlines), scale * length

    def of(self, sets: Sets) -> Floats:
        """The likeness of each set."""
        likeness = (1 - OPENING_WEIGHT) * self._stems.likeness(sets, sets, *self._headlines)
        for weight, others, (opening, length) in zip(self._weights, self._others, self._openings, strict=True):
            own = self._words.likeness(sets, sets, opening, length)
            if len(self._openings) > 1:
                own = OWN * own + (1 - OWN) * self._words.likeness(sets, sets & others, opening, length)
            likeness += OPENING_WEIGHT * weight * own
        return likeness


class _Counts:
    """How often each candidate has each word."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._number = {word: k for k, word in enumerate(dict.fromkeys(word for text in texts for word in text))}
        self._table = np.array([self.row(Counter(text)) for text in texts])
        self._lengths = np.array([len(text) for text in texts], dtype=float)

    def row(self, counts: Mapping[str, float]) -> Floats:
        """Counts of words in the order of the table."""
        row = np.zeros(len(self._number))
        for word, count in counts.items():
            if word in self._number:
                row[self._number[word]] = count
        return row

    def likeness(self, sets: Sets, telling: Sets, other: Floats, length: float) -> Floats:
        """ROUGE-1 F of each set with another text of so many words; only its ``telling`` sentences hit."""
        hits = np.minimum(telling @ self._table, other).sum(axis=1)
        measure: Floats = 2 * hits / np.maximum(sets @ self._lengths + length, 1)
        return measure


def _independent(articles: Sequence[Article]) -> list[Article]:
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
