"""What helps beside "unknown": that a question asks for no fact, or that a name of it looks like one that the sources know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from briefs.answers.english import english
from briefs.answers.lexicon import WH
from briefs.language.names import normal
from briefs.language.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from spacy.language import Language

SHORTEST = 5  # letters of a word that may be a name misspelt
LONG = 8  # letters from which two slips are forgiven
OFFERED = 3  # names at most
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OPINION = re.compile(
    r"\b(?:should (?:i|we|you|they|he|she|it|the|a|an)\b|(?:do|did|would) you (?:think|like|believe|prefer|recommend|feel)|"
    r"(?:what|who|which)(?:'s|’s| is| was| are) (?:your|the best|the worst|better|worse|nicer|cooler)|your (?:opinion|favou?rite|view)|"
    r"(?:is|are|was|were) (?:it|this|that|he|she|they|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*) (?:really )?(?:a )?(?:good|bad|right|wrong|evil|fair|stupid|smart|worth)\b)",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"^\W*(?:(?:who|what|which|when|where|how)\b.{0,60}?\b(?:will|'ll|’ll|is going to|are going to)|will|is .{1,40} going to|are .{1,40} going to)\b"
    r"|\b(?:predict|prediction|forecast|odds|chances? (?:of|that)|how likely)\b",
    re.IGNORECASE,
)


class Outside(StrEnum):
    """Why no source can tell what is asked."""

    OPINION = "opinion"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Meant:
    """Words of a question, by their range, and the name that they may have been meant for."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps beside an answer that is unknown."""

    meant: tuple[Meant, ...] = ()
    outside: Outside | None = None
    since: datetime | None = None  # of the oldest article that was searched


def outside(question: str) -> Outside | None:
    """Whether a question asks for an opinion or for what nobody knows yet; None for a question of fact."""
    if _OPINION.search(question):
        return Outside.OPINION
    return Outside.FORECAST if _FORECAST.search(question) else None


def alike(nlp: Language, question: str, names: Iterable[str]) -> tuple[Meant, ...]:
    """The names that look like a word of the question which names nothing itself, likest first."""
    parts = [
        (normal.key(part), name) for name in names for part in name.replace("-", " ").split() if part[:1].isupper()
    ]
    known = {part for part, _ in parts}
    strange = [word for word in _strange(nlp, question) if normal.key(word[0]) not in known]
    found = sorted(
        (far, order, word.start(), word.end(), name) for word in strange for far, order, name in _near(word[0], parts)
    )
    each = {name: Meant(start, end, name) for _, _, start, end, name in reversed(found)}
    return tuple(each[name] for name in dict.fromkeys(name for *_, name in found))[:OFFERED]


def _strange(nlp: Language, question: str) -> Iterator[re.Match[str]]:
    """The words of a question that may name something: no plain English, or with a capital inside it."""
    known = english(nlp)
    for word in _WORD.finditer(question):
        lower = word[0].lower()
        if len(lower) < SHORTEST or lower in STOP_WORDS or lower in WH:
            continue
        if (word.start() and word[0][:1].isupper()) or not known.is_word(lower):
            yield word


def _near(word: str, parts: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """The names of which a part is a slip or two away, with how far and in which order they came."""
    folded = normal.key(word)
    allowed = 2 if len(folded) >= LONG else 1
    for order, (part, name) in enumerate(parts):
        if len(part) >= SHORTEST - 1 and 0 < (far := normal.distance(folded, part, allowed)) <= allowed:
            yield far, order, name
