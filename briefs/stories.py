"""Articles to stories: what many outlets say about one event.

Each article is a TF-IDF vector of its title and prose in which names, figures and the opening weigh more. Articles published
days apart need more in common. Stories are average-link clusters (Sokal and Michener 1958): on news it keeps two quakes in one
country apart where single-link chains them. Only pairs that reach the threshold can start a merge, so clusters are sought
inside the connected components of those pairs.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from briefs.language.words import STOP_WORDS, parted, stem
from briefs.models import BlockKind, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from briefs.models import Article

    Matrix = NDArray[np.float32]

THRESHOLD = 0.24  # mean similarity from which two clusters are one story
RARITY = 1.3  # power of the inverse document frequency: rare words tell events apart
NAMES = 1.5  # weight of a capitalised word inside a sentence, and of a figure
TITLE = 1.5  # weight of a title's word: it names the event, and where the text is short there is little else
OPENING, OPENING_WORDS = 1.5, 80  # the opening says what happened
FEW = 10  # articles among which a word of one of them alone counts half
SAME_DAYS = 2.0  # days apart that need no more in common
FADE_DAYS = 5.0  # after them, the days in which similarity falls to 1/e
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:'(?!s\b)[^\W\d_]+)?")
_INSIDE_SENTENCE = re.compile(rf"(?<=[^\W_]\s|,\s){_WORD.pattern}")  # after a word or a comma


def group(articles: Iterable[Article]) -> tuple[Story, ...]:
    """The stories of these articles, oldest story first; the order of the input does not matter."""
    ordered = sorted(articles, key=_by_time)
    if not ordered:
        return ()
    labels = _clusters(_similarity(ordered))
    members: dict[int, list[Article]] = {}
    for article, label in zip(ordered, labels, strict=True):
        members.setdefault(label, []).append(article)
    return tuple(Story(_story_id(group[0]), tuple(a.id for a in group)) for group in members.values())


def _by_time(article: Article) -> tuple[float, str]:
    return article.shown_at.timestamp(), article.id


def _story_id(oldest: Article) -> str:
    """Stable while the story grows: made of its oldest article."""
    return f"s-{hashlib.sha256(oldest.id.encode(errors='replace')).hexdigest()[:12]}"


# ------------------------------------------------------------------------------------------------------------ similarity
def _similarity(articles: Sequence[Article]) -> Matrix:
    """Cosine of each pair, less where their days differ; shape (n, n), zero on the diagonal."""
    vectors = _vectors([_counts(article) for article in articles])
    similarity = vectors @ vectors.T * _nearness(articles) * _same_language(articles)
    np.fill_diagonal(similarity, 0)
    return similarity.astype(np.float32)


def _counts(article: Article) -> dict[str, float]:
    """How often each stem is told, names, figures and the opening counting more."""
    counts = defaultdict[str, float](float)
    _count(article.title or "", counts, weight=TITLE)
    left = OPENING_WORDS
    for start, end in _told(article):
        text = article.text[start:end]
        opening = [match.end() for match in islice(_WORD.finditer(text), left)]
        left -= len(opening)
        cut = opening[-1] if opening else 0
        _count(text[:cut], counts, weight=OPENING)
        _count(text[cut:], counts, weight=1.0)
    return counts


def _count(text: str, counts: dict[str, float], *, weight: float) -> None:
    """Add the words of a text; scanned as a whole, since this is where grouping spends its time."""
    plain = parted(text.replace("’", "'"))
    named = Counter(word.lower() for word in _INSIDE_SENTENCE.findall(plain) if word[0].isupper())
    for word, n in Counter(_WORD.findall(plain.lower())).items():
        if len(word) > 1 and word not in STOP_WORDS:
            marked = n if word[0].isdigit() else named[word]
            counts[stem(word)] += weight * (n + (NAMES - 1) * min(n, marked))


def _told(article: Article) -> Iterator[tuple[int, int]]:
    kinds = {BlockKind.PROSE, BlockKind.LIST, BlockKind.HEADLINE}
    blocks = [b for b in article.blocks if b.kind in kinds]
    return ((b.start, b.end) for b in blocks) if blocks else iter([(0, len(article.text))])


def _vectors(counts: Sequence[Mapping[str, float]]) -> Matrix:
    """TF-IDF vectors over the stems that at least two articles share; shape (n, stems).

    They have length 1 together with a share of what stands in one article only: among few articles that is what tells
    events apart, among many it is each outlet's own colour.
    """
    apart = FEW / (FEW + len(counts))
    frequency = Counter(s for count in counts for s in count)
    column = {s: k for k, s in enumerate(sorted(s for s, n in frequency.items() if n > 1))}
    rarity = {s: (math.log((1 + len(counts)) / (1 + n)) + 1) ** RARITY for s, n in frequency.items()}
    vectors = np.zeros((len(counts), max(1, len(column))), dtype=np.float32)
    for row, count in enumerate(counts):
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


# -------------------------------------------------------------------------------------------------------------- clusters
def _clusters(similarity: Matrix) -> list[int]:
    """A label for each row: average-link clusters at the threshold, found component by component."""
    labels = list(range(len(similarity)))
    for component in _components(similarity >= THRESHOLD):
        if len(component) > 1:
            part = similarity[np.ix_(component, component)]
            for k, label in enumerate(_average_link(part)):
                labels[component[k]] = component[label]
    return labels


def _components(joined: NDArray[np.bool_]) -> list[list[int]]:
    left, components = set(range(len(joined))), []
    while left:
        reached, front = set[int](), [min(left)]
        while front:
            reached.update(front)
            near = np.flatnonzero(joined[front].any(axis=0))
            front = [int(k) for k in near if int(k) not in reached]
        components.append(sorted(reached))
        left -= reached
    return components


def _average_link(similarity: Matrix) -> list[int]:
    """Merge the two most similar clusters while their mean similarity reaches the threshold."""
    work = similarity.astype(np.float64)
    np.fill_diagonal(work, -1)
    labels, size = np.arange(len(work)), np.ones(len(work))
    while True:
        one, two = divmod(int(work.argmax()), len(work))
        if work[one, two] < THRESHOLD:
            return [int(label) for label in labels]
        keep, drop = min(one, two), max(one, two)
        row = (size[keep] * work[keep] + size[drop] * work[drop]) / (size[keep] + size[drop])
        row[work[keep] < 0] = -1
        row[[keep, drop]] = -1
        work[keep], work[:, keep], work[drop], work[:, drop] = row, row, -1, -1
        size[keep] += size[drop]
        labels[labels == drop] = keep
