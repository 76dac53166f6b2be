"""Words compared by stem: what a question and a sentence have in common whatever their endings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Snowball(Protocol):
    def stem(self, word: str) -> str: ...


_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’][^\W\d_]+)?")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as a line of text."""
    return frozenset(text.split())


STOP_WORDS = word_set(
    "a about after again all also am an and any are as at be because been before being but by can could did do does "
    "doing during each else ever exactly for from further get gets getting got had has have having he her here hers "
    "him his how i if in into is it its itself just me more most my no nor not now of off on once only or other our "
    "out over own please s said same say says she should so some still such t than that the their them then there "
    "these they this those through to too under until up upon us was we were what whats when whens where which "
    "while who whom whos whose why will with would you your actually finally supposed going"
)

_CARDINALS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
NUMBER_WORDS = {word: str(value) for value, word in enumerate(_CARDINALS)} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "dozen": "12",
}  # fmt: skip


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word in lower case without its possessive ending, with its range."""
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0].lower().replace("’", "'"))
        if word:
            yield word, match.start(), match.start() + len(word)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a lower-case word (Snowball English, Porter 2); numbers written out become digits."""
    return NUMBER_WORDS.get(word) or _stemmer().stem(word)


@lru_cache(maxsize=1)
def _stemmer() -> _Snowball:
    from nltk.stem.snowball import EnglishStemmer

    stemmer: _Snowball = EnglishStemmer()
    return stemmer


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words, stop words left out."""
    return frozenset(stem(word) for word, _, _ in words(text) if word not in STOP_WORDS)
