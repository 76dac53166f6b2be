"""The sentences a question is matched against, each with its words, facts, names and times."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefs.answers.outlines import bags, outline, shared
from briefs.language import names as naming
from briefs.language.foreign import is_foreign
from briefs.language.words import stems
from briefs.models import BlockKind, Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from briefs.language.names import Names
    from briefs.models import Article, Entity, Fact, Mention, Reading, When


OFTEN = 3  # sentences that name what an article is about


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as evidence. ``bag`` holds the stems of its words and of the full names its mentions stand for."""

    article: Article
    start: int
    end: int
    index: int  # position in the article
    headline: bool
    bag: frozenset[str]
    frames: frozenset[str]
    facts: tuple[Fact, ...]
    mentions: tuple[Mention, ...]
    whens: tuple[When, ...]

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.article.text[self.start : self.end]

    @property
    def at(self) -> datetime:
        """When the article was published."""
        return self.article.shown_at

    @property
    def outlet(self) -> str:
        """Who published it, as a reader is told."""
        return self.article.publisher

    def evidence(self) -> Evidence:
        """The sentence as a citation."""
        article = self.article
        return Evidence(
            article.id, self.start, self.end, self.text, self.outlet, article.title, article.url, article.published_at
        )


class Ground:
    """The candidate articles of a question, indexed for matching."""

    def __init__(self, articles: Mapping[str, Article], readings: Mapping[str, Reading]) -> None:
        self.articles = articles
        # A word that English shares with another language is no match, so foreign articles are not looked at.
        self.readings = {k: reading for k, reading in readings.items() if k in articles and not is_foreign(articles[k])}
        # By identity, for hashing a fact takes as long as its bag; a fact kept here keeps its id.
        self._fact_bags: dict[int, tuple[Fact, frozenset[str]]] = {}

    @cached_property
    def names(self) -> Names:
        """The names of all candidate articles, joined."""
        return naming.unify({key: reading.mentions for key, reading in self.readings.items()})

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every sentence, article by article."""
        return tuple(line for key in self.articles if key in self.readings for line in self._lines(key))

    def _lines(self, key: str) -> list[Line]:
        joined = self._joined(key)
        article, reading = self.articles[key], self.readings[key]
        starts = [sentence.start for sentence in reading.sentences]
        facts = shared(starts, reading.facts, lambda fact: fact.predicate.start)
        mentions = shared(starts, reading.mentions, lambda mention: mention.start)
        whens = shared(starts, reading.whens, lambda when: when.start)
        text = reading.outline or outline(article, reading)
        return [
            Line(
                article=article,
                start=sentence.start,
                end=sentence.end,
                index=index,
                headline=sentence.kind is not BlockKind.PROSE,
                bag=bag.union(*(joined[mention.entity] for mention in mentions[index])),
                frames=frozenset(fact.kind for fact in facts[index]),
                facts=tuple(facts[index]),
                mentions=tuple(mentions[index]),
                whens=tuple(whens[index]),
            )
            for index, (sentence, bag) in enumerate(zip(reading.sentences, bags(text), strict=True))
        ]

    def _joined(self, key: str) -> dict[Entity, frozenset[str]]:
        """The stems of the full names that all articles together give to what one of them names."""
        entities = dict.fromkeys(mention.entity for mention in self.readings[key].mentions)
        return {entity: stems(self.names.of(key, entity).name) for entity in entities}

    @cached_property
    def _first(self) -> dict[str, int]:
        """Where each article's sentences begin among all."""
        first: dict[str, int] = {}
        for place, line in enumerate(self.lines):
            first.setdefault(line.article.id, place)
        return first

    def bag_of(self, fact: Fact) -> frozenset[str]:
        """The stems of a fact's predicate and arguments, with the full names its arguments stand for."""
        if id(fact) not in self._fact_bags:
            self._fact_bags[id(fact)] = fact, self._bag_of(fact)
        return self._fact_bags[id(fact)][1]

    def _bag_of(self, fact: Fact) -> frozenset[str]:
        bag = set(stems(fact.predicate.lemma))
        for argument in fact.arguments:
            bag |= stems(argument.text)
            if argument.entity is not None:
                bag |= stems(self.names.of(fact.article_id, argument.entity).name)
        return frozenset(bag)

    def around(self, line: Line, *, before: int, after: int) -> tuple[Line, ...]:
        """The sentences next to one in its article, so many before and after it."""
        place = self._first[line.article.id] + line.index
        near = self.lines[max(0, place - before) : place] + self.lines[place + 1 : place + 1 + after]
        return tuple(other for other in near if other.article.id == line.article.id)

    @cached_property
    def rarity(self) -> dict[str, float]:
        """Inverse document frequency of each stem over the sentences."""
        frequency = Counter(s for line in self.lines for s in line.bag)
        count = len(self.lines)
        return {s: math.log(1 + count / n) for s, n in frequency.items()}

    @cached_property
    def title_bags(self) -> dict[str, frozenset[str]]:
        """The stems of each article's title."""
        return {key: stems(article.title or "") for key, article in self.articles.items()}

    @cached_property
    def topic_bags(self) -> dict[str, frozenset[str]]:
        """The stems of what each article is about: in its title or first sentence, and again and again after it."""
        opening: dict[str, set[str]] = {key: set(bag) for key, bag in self.title_bags.items()}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            counts[line.article.id].update(line.bag)
            if line.index <= 1:
                opening[line.article.id] |= line.bag
        return {key: frozenset(s for s in bag if counts[key][s] >= OFTEN) for key, bag in opening.items()}

    @cached_property
    def article_bags(self) -> dict[str, frozenset[str]]:
        """All stems of each article."""
        bags: dict[str, set[str]] = {key: set(bag) for key, bag in self.title_bags.items()}
        for line in self.lines:
            bags[line.article.id] |= line.bag
        return {key: frozenset(bag) for key, bag in bags.items()}
