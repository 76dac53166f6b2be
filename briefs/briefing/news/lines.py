"""Sentences as news is weighed by: what each says, in words that other outlets may put otherwise.

"Resigned", "resignation" and "stepped down" say one thing: words are compared by their families and synonyms. Days of the
calendar and words of reporting ("said", "officials") say nothing new.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from briefs.facts import frames
from briefs.language.synonyms import GROUPS, families, family, meanings, synonyms
from briefs.language.words import stem, stems, word_set
from briefs.models import BlockKind, Modality

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.models import Article, Fact, Reading, Sentence

_EMPTY = frozenset(
    stem(word)
    for word in word_set(
        "say tell told report reporter reporting reported statement spokesman spokeswoman spokesperson official officials "
        "according news agency press conference announce announced confirm confirmed describe described add added note noted "
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december today yesterday tomorrow tonight week weekend month year day hour morning "
        "afternoon evening night midday noon early late earlier later last next first new now people person man woman one "
        "also still yet already many several much make made take took come came go went include including included "
        "around near nearly almost least part time among since expect expected"
    )
)


CALLED_OFF = frozenset({"delay", "cancel"})  # a day that is told with these is often that of what was called off
NEW_WORDS = 3  # that a sentence tells at least where it tells anything new


def content(text: str, language: str = "en") -> frozenset[str]:
    """The families of the words that tell something."""
    return families(stems(text, language) - _EMPTY)


def meant(families: frozenset[str]) -> frozenset[str]:
    """These families with those of words that mean nearly the same."""
    return families.union(*(_likes().get(one, frozenset()) for one in families))


@cache
def _likes() -> dict[str, frozenset[str]]:
    """For each family those of the synonyms of its words."""
    found: dict[str, frozenset[str]] = {}
    for word in {stem(word) for word in re.findall(r"[\w’'-]+", GROUPS)}:
        found[family(word)] = found.get(family(word), frozenset()) | families(synonyms(word))
    return found


@cache
def _event_words(kind: str) -> frozenset[str]:
    """The families of all words that tell a kind of event."""
    return frozenset().union(*(content(word) for word in frames.synonyms(kind)))


@dataclass(frozen=True)  # no slots: what is compared often is computed once
class Line:
    """A sentence, or a headline that stands beside its article (``sentence`` None), with the facts it tells."""

    article: Article
    text: str
    sentence: Sentence | None = None
    index: int = 0  # among its article's sentences
    facts: tuple[Fact, ...] = ()

    @cached_property
    def content(self) -> frozenset[str]:
        """The families of the words that tell something."""
        return content(self.text, self.article.language)

    @cached_property
    def meant(self) -> frozenset[str]:
        """Its content with everything that means nearly the same: synonyms, and the other words of its events."""
        own = stems(self.text, self.article.language) - _EMPTY
        return frozenset().union(*(meanings(word) for word in own), *(_event_words(fact.kind) for fact in self.facts))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers it tells, in digits."""
        return frozenset(word for word in stems(self.text, self.article.language) if word[0].isdigit())

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of its words with a capital letter inside the sentence."""
        return frozenset(stem(w.lower()) for w in _NAME.findall(self.text)) - _EMPTY

    @property
    def start(self) -> int:
        """Where it begins in its article; -1 for a headline beside it."""
        return self.sentence.start if self.sentence is not None else -1

    def shares(self, other: Line) -> float:
        """The share of its content that another sentence tells too, 0..1."""
        return len(self.content & other.meant) / max(1, len(self.content))


_NAME = re.compile(r"(?<=[\w,;:’'] )[A-Z][\w’-]+|(?<=^)[A-Z][\w’-]+(?= [A-Z])")


def is_title(line: Line) -> bool:
    """Whether it is the headline of its article."""
    return line.sentence is None or line.sentence.kind is BlockKind.HEADLINE


def lines(article: Article, reading: Reading) -> tuple[Line, ...]:
    """The sentences of an article, and its title where it does not stand in the text."""
    told = sorted((_to_come(fact, article) for fact in reading.facts), key=lambda fact: fact.start)
    facts = {start: tuple(group) for start, group in groupby(told, lambda fact: fact.start)}
    found = [
        Line(article, article.text[s.start : s.end], s, index, facts.get(s.start, ()))
        for index, s in enumerate(reading.sentences)
        if s.kind in (BlockKind.PROSE, BlockKind.HEADLINE)
    ]
    headed = any(line.sentence is not None and line.sentence.kind is BlockKind.HEADLINE for line in found)
    return (*((Line(article, article.title),) if article.title and not headed else ()), *found)


def line_of(sentence: Sentence, articles: Mapping[str, Article], readings: Mapping[str, Reading]) -> Line | None:
    """The line that a chosen sentence is."""
    reading = readings.get(sentence.article_id)
    written = lines(articles[sentence.article_id], reading) if reading is not None else ()
    return next((line for line in written if line.start == sentence.start), None)


def _to_come(fact: Fact, article: Article) -> Fact:
    """A fact as planned where it is told of a day after its article's: "on Friday, when they go on strike".

    What was called off was by then, whatever day it was to be on.
    """
    first = fact.when.first if fact.when is not None else None
    ahead = first is not None and first.date() > article.shown_at.date() and fact.kind not in CALLED_OFF
    return replace(fact, modality=Modality.PLANNED) if ahead and fact.modality is Modality.HAPPENED else fact


class Known:
    """Everything that some sentences say, to look up whether another says it too."""

    def __init__(self, told: Sequence[Line]) -> None:
        self.lines = tuple(told)
        self.meant = frozenset().union(*(line.meant for line in told))

    def new(self, line: Line) -> frozenset[str]:
        """What of a sentence's content none of them says."""
        return line.content - self.meant

    def newness(self, line: Line) -> float:
        """The share of a sentence's content that none of them says, 0..1; 0 where that is hardly a word."""
        new = self.new(line)
        return len(new) / len(line.content) if len(new) >= NEW_WORDS else 0.0

    def nearest(self, line: Line) -> float:
        """The share of a sentence's content that the one likest to it says too, 0..1."""
        return max((line.shares(other) for other in self.lines), default=0.0)
