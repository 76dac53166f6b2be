"""What an article tells, as counted stems: names, figures, the title and the opening weigh more."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from briefs.language.words import STOP_WORDS, parted, stem
from briefs.models import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.models import Article

NAMES = 1.5  # weight of a capitalised word inside a sentence, and of a figure
TITLE = 1.5  # weight of a title's word: it names the event, and where the text is short there is little else
OPENING, OPENING_WORDS = 1.5, 80  # the opening says what happened
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:'(?!s\b)[^\W\d_]+)?")
_INSIDE_SENTENCE = re.compile(rf"(?<=[^\W_]\s|,\s){_WORD.pattern}")  # after a word or a comma


def counts(article: Article) -> dict[str, float]:
    """How often each stem is told, names, figures and the opening counting more."""
    found = defaultdict[str, float](float)
    _count(article.title or "", found, weight=TITLE)
    left = OPENING_WORDS
    for start, end in _told(article):
        text = article.text[start:end]
        opening = [match.end() for match in islice(_WORD.finditer(text), left)]
        left -= len(opening)
        cut = opening[-1] if opening else 0
        _count(text[:cut], found, weight=OPENING)
        _count(text[cut:], found, weight=1.0)
    return found


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
