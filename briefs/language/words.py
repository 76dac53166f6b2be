"""Words compared by stem: what a question and a sentence have in common whatever their endings.

English first. Of other languages the words are found too: with their vowel signs, and in pairs of characters where a script
puts no space between words (as Lucene's CJK analyser does).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Snowball(Protocol):
    def stem(self, word: str) -> str: ...


_MARKS = "".join(c for c in map(chr, range(0x300, 0x1100)) if unicodedata.category(c).startswith("M")) + "\u200c\u200d"
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # kana, Han, Thai, Lao, Burmese, Khmer
_WORD = re.compile(
    rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+(?:[{_MARKS}]+[^\W_{_UNSPACED}]*)*(?:[.,]\d+)*(?:['’][^\W\d_{_UNSPACED}]+)?"
)
_RUN = re.compile(f"[{_UNSPACED}]+")
_MARK = re.compile(f"[{_MARKS}]")
_ODD = re.compile("[\u0300-\u036f\u0591-\u1dff\u200c\u200d\u3040-\ufaff]")  # scripts with such marks or without spaces
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_ACCENTED = re.compile("[\u00c0-\u024f]")
SHORT = 600  # characters of a name, phrase or sentence whose stems are remembered


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
        word = match[0]
        if word >= "\u0e00" and _RUN.match(word):
            yield from _pairs(word, match.start())
            continue
        word = word.lower()
        if "'" in word or "’" in word:
            word = _POSSESSIVE.sub("", word.replace("’", "'"))
        if word:
            yield word, match.start(), match.start() + len(word)


def _pairs(run: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Overlapping pairs of characters, as words of a script without spaces."""
    for i in range(max(1, len(run) - 1)):
        yield run[i : i + 2], start + i, start + min(i + 2, len(run))


def count(text: str) -> int:
    """How many words a text has; two characters of a script without spaces are one."""
    unspaced = sum(len(run) for run in _RUN.findall(text))
    return sum(1 for match in _WORD.finditer(text) if not _RUN.match(match[0])) + (unspaced + 1) // 2


def parted(text: str) -> str:
    """The text for those who look for words by white space: spaceless scripts in pairs, vowel signs and accents left out."""
    if text.isascii() or not _ODD.search(text):
        return text
    bare = _MARK.sub("", text)
    return _RUN.sub(lambda run: f" {' '.join(pair for pair, _, _ in _pairs(run[0], 0))} ", bare)


@lru_cache(maxsize=16_384)  # 4 MB: the words of some days of news
def stem(word: str) -> str:
    """The stem of a lower-case word (Snowball English, Porter 2) without accents; numbers written out become digits."""
    return NUMBER_WORDS.get(word) or _stemmer("english").stem(word if word.isascii() else unaccented(word))


def unaccented(word: str) -> str:
    """A word of Latin letters without its accents: outlets spell "Sánchez" and "Sanchez"; other scripts as they are."""
    if not _ACCENTED.search(word):
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=64)
def stemming(language: str) -> Callable[[str], str]:
    """What stems the words of a language: Snowball, where it knows the language; else every word is its own stem."""
    if language in ("en", "und"):
        return stem
    name = _SNOWBALL.get(language)
    return lru_cache(maxsize=4_096)(_stemmer(name).stem) if name else str


_SNOWBALL = {
    "ar": "arabic", "da": "danish", "de": "german", "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian",
    "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish",
}  # fmt: skip
_LISTED = _SNOWBALL | {
    "cs": "czech", "el": "greek", "he": "hebrew", "ja": "japanese", "ko": "korean", "pl": "polish", "sk": "slovak",
    "th": "thai", "uk": "ukrainian", "zh": "chinese",
}  # fmt: skip


@lru_cache(maxsize=16)
def _stemmer(name: str) -> _Snowball:
    from nltk.stem.snowball import SnowballStemmer

    stemmer: _Snowball = SnowballStemmer(name)
    return stemmer


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that tell nothing; for other languages than English sumy's lists, where it has one."""
    if language in ("en", "und"):
        return STOP_WORDS
    from sumy.utils import get_stop_words

    try:
        return frozenset(get_stop_words(_LISTED.get(language, language)))
    except LookupError:
        return frozenset()


def stems(text: str, language: str = "en") -> frozenset[str]:
    """The stems of a text's words, stop words left out."""
    return _known_stems(text, language) if len(text) <= SHORT else _stems(text, language)


def _stems(text: str, language: str) -> frozenset[str]:
    stops, stemmed = stop_words(language), stemming(language)
    return frozenset(stemmed(word) for word, _, _ in words(text) if word not in stops)


_known_stems = lru_cache(maxsize=4_096)(_stems)  # names, phrases and sentences come again and again; 14 MB at most
