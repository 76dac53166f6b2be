"""What a text tells, by the families of its words and of what means nearly the same."""

from __future__ import annotations

from functools import cache

from briefs.language.synonyms import families, meanings
from briefs.language.words import stem, stems, word_set

_EMPTY = word_set(
    "said says say told tell according report reported also would could one two new year years day days last week people made "
    "monday tuesday wednesday thursday friday saturday sunday"
)


def told(text: str, language: str = "en") -> frozenset[str]:
    """The families of the words of a text that tell something."""
    return families(stems(text, language) - _empty())


def meant(text: str, language: str = "en") -> frozenset[str]:
    """The same with the families of everything that means nearly what its words do."""
    return frozenset().union(*(meanings(word) for word in stems(text, language) - _empty()))


@cache
def _empty() -> frozenset[str]:
    return frozenset(map(stem, _EMPTY))
