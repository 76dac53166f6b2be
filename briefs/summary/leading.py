"""How well a sentence opens a briefing: it needs no other, and says at once what the headlines agree happened, and to whom."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from briefs.summary.consensus import MOST, independent
from briefs.summary.meaning import meant, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.models import Article
    from briefs.summary.candidates import Candidate

TITLED = 0.7  # of a first sentence's worth, what it has by telling what the headlines agree on
NAMELESS = 0.7  # factor of one that tells what somebody does and not their name, where the story has main people
FURTHER = 0.92  # factor of one that does not open its own article: the others were written to be one
COLOURFUL = 0.7  # factor of one that begins with those who looked on
ASSUMING = 0.5  # factor of one that begins with something as if it were known

_ONLOOKERS = re.compile(
    r"(?:[\w’'-]+\s){0,4}(?:fans|visitors|spectators|crowds?|pupils|onlookers|tourists|supporters|neighbours|neighbors|well-wishers|"
    r"motorists|commuters|holidaymakers|shoppers|admirers|viewers|bystanders|passers-by)\b",
    re.IGNORECASE,
)


def leading(found: Sequence[Candidate], articles: Sequence[Article]) -> list[float]:
    """By what the worth of each candidate as a first sentence is multiplied, 0..1; ``articles`` are newest first."""
    subject, named = _subject(articles), any(c.presents for c in found)
    return [
        _alone(c) * (1 - TITLED + TITLED * _titled(c, subject)) * (NAMELESS if named and c.nameless else 1.0)
        for c in found
    ]


def _subject(articles: Sequence[Article]) -> dict[str, float]:
    """What a story is about: the families of its headlines' words, weighing 1 together, most those that most headlines tell."""
    titles = [a.title for a in independent(articles)[:MOST] if a.title]
    language = articles[0].language
    meanings = [meant(title, language) for title in titles]
    families = Counter(word for title in titles for word in told(title, language))
    weights = {word: (sum(word in each for each in meanings) / len(titles)) ** 2 for word in sorted(families)}
    return {word: weight / sum(weights.values()) for word, weight in weights.items()}


def _alone(candidate: Candidate) -> float:
    """How well a sentence is understood when nothing stands before it, and whether it comes to what happened."""
    onlookers = _ONLOOKERS.match(candidate.text) is not None and "hurt" not in candidate.answers
    return (
        candidate.alone
        * (FURTHER if candidate.index else 1.0)
        * (ASSUMING if candidate.assumes else 1.0)
        * (COLOURFUL if onlookers else 1.0)
    )


def _titled(candidate: Candidate, subject: Mapping[str, float]) -> float:
    """How much of the subject a sentence tells, and tells at once; 1 where there are no headlines."""
    if not subject:
        return 1.0
    return sum(
        weight * ((word in candidate.meant) + (word in candidate.meant_first)) / 2 for word, weight in subject.items()
    )
