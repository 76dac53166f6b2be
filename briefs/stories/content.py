"""What an article tells, as counted stems: names, figures, the title and the opening weigh more.

The content is all that grouping needs of an article; packed, it is kept beside it and compared years later.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import astuple, dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from briefs.errors import StoreError
from briefs.language.words import STOP_WORDS, parted, stem
from briefs.models import BlockKind
from briefs.stories import evidence
from briefs.stories.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefs.models import Article
    from briefs.stories.similarity import Frequencies

DAY = 86_400.0  # seconds
NAMES = 1.25  # weight of a capitalised word inside a sentence, and of a figure
TITLE = 2.0  # weight of a title's word: it names the event, and where the text is short there is little else
OPENING, OPENING_WORDS = 1.5, 80  # the opening says what happened
FIRST_WORDS = 25  # beside the title's
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:'(?!s\b)[^\W\d_]+)?")
_INSIDE_SENTENCE = re.compile(rf"(?<=[^\W_]\s|,\s){_WORD.pattern}")  # after a word or a comma
NOTHING = Evidence()


@dataclass(frozen=True, slots=True)
class Content:
    """What grouping knows of an article. Times are days since 1970, UTC; ``day`` is None where it has no date."""

    article_id: str
    language: str  # "en" also where it cannot be told
    day: float | None  # published
    at: float  # as a reader is told: published, else first seen
    counts: Mapping[str, float]  # stem: how often it is told, weighed
    evidence: Evidence = NOTHING

    def pack(self) -> bytes:
        """The content as some hundred bytes."""
        stated = astuple(self.evidence)
        row = (self.article_id, self.language, self.day, self.at, [*self.counts], [*self.counts.values()], stated)
        return zlib.compress(json.dumps(row, separators=(",", ":")).encode("ascii"), 1)


def unpack(packed: bytes) -> Content:
    """The content that was packed. Raises StoreError where the bytes are damaged."""
    try:
        article_id, language, day, at, stems, told, stated = json.loads(zlib.decompress(packed))
        counts = dict(zip(stems, told, strict=True))
        return Content(article_id, language, day, at, counts, Evidence(*map(tuple, stated)))
    except (zlib.error, ValueError, TypeError) as error:
        raise StoreError("What grouping knows of an article is damaged and cannot be read.") from error


def of(article: Article) -> Content:
    """The content of an article."""
    opening, rest = _cut(article.text, OPENING_WORDS)  # with its furniture: that may hold a date
    first = _first_words(article)
    stated = evidence.find(f"{article.title or ''} {opening}", rest, first, _begins(article, first), _names(opening))
    return replace(silent(article), counts=_counts(article), evidence=stated)


def silent(article: Article) -> Content:
    """The content of an article as if it told nothing: it is like no other."""
    language = "en" if article.language == "und" else article.language
    day = article.published_at.timestamp() / DAY if article.published_at else None
    return Content(article.id, language, day, article.shown_at.timestamp() / DAY, {})


def telling(content: Content, frequencies: Frequencies, n: int) -> tuple[str, ...]:
    """The ``n`` stems that tell most of an article, best first; half of them such as other articles hold already."""
    weights = frequencies.weights(content)
    known = [*held(content, frequencies, n // 2)]
    others = sorted(weights.keys() - known, key=lambda stem: (-weights[stem], stem))
    return tuple(sorted((*known, *others[: n - len(known)]), key=lambda stem: (-weights[stem], stem)))


def held(content: Content, frequencies: Frequencies, n: int) -> dict[str, float]:
    """Of the stems that other articles hold too the ``n`` that tell most of an article, with what they weigh, best first."""
    weights = {stem: w for stem, w in frequencies.weights(content).items() if frequencies.of.get(stem, 1) > 1}
    return dict(sorted(weights.items(), key=lambda told: (-told[1], told[0]))[:n])


def _counts(article: Article) -> dict[str, float]:
    """How often each stem is told, names, figures, the title and the opening counting more."""
    found = defaultdict[str, float](float)
    _count(article.title or "", found, weight=TITLE)
    left = OPENING_WORDS
    for start, end in _told(article):
        opening, rest = _cut(article.text[start:end], left)
        left -= len(_WORD.findall(opening))
        _count(opening, found, weight=OPENING)
        _count(rest, found, weight=1.0)
    return dict(found)


def _first_words(article: Article) -> str:
    told = " ".join(article.text[start:end] for start, end in islice(_told(article), FIRST_WORDS))
    return _cut(told, FIRST_WORDS)[0]


def _begins(article: Article, first_words: str) -> set[str]:
    """The stems of the title and of the first words."""
    plain = parted(f"{article.title or ''} {first_words}".replace("’", "'")).lower()
    return {stem(word) for word in _WORD.findall(plain) if len(word) > 1 and word not in STOP_WORDS}


def _names(text: str) -> set[str]:
    """The stems of what is written with a capital inside a sentence."""
    return {stem(word.lower()) for word in _INSIDE_SENTENCE.findall(parted(text)) if word[0].isupper()}


def _cut(text: str, words: int) -> tuple[str, str]:
    """The text up to the end of so many words, and the rest of it."""
    ends = [match.end() for match in islice(_WORD.finditer(text), words)]
    cut = ends[-1] if ends else 0
    return text[:cut], text[cut:]


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
