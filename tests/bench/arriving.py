"""An archive of many made-up events, and articles that arrive in it: how long does an article take to find its story?

Words are drawn as they stand in texts: a few everywhere, most seldom (Zipf's law); an event has names of its own, and topics
that it shares with others. Each event is told by a few articles within two days.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from briefs.language.words import stem
from briefs.models import Article, Block, BlockKind, Reading, Story
from briefs.store.neighbours import Indexed
from briefs.stories import content, stream
from briefs.stories.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from briefs.store import Store
    from briefs.stories.content import Content

EVERYDAY, RARE = 30_000, 400_000  # words; the rare ones are names
LENGTH = 260  # words of an article
OWN, TOPICAL = 12, 30  # words of an event: its names, and those that it shares with others
TELLERS = 8  # articles of an event at most
APART = timedelta(minutes=3)  # between two articles of the archive
TOGETHER = 900  # articles that lie between the first and the last of an event: two days
ROWS = 500  # articles that are stored at once


class Events:
    """Articles numbered from 0, the oldest, the same each time."""

    def __init__(self, count: int, at: datetime) -> None:
        self._at = at - count * APART
        self._random = random.Random(1881)
        self._everyday = [self._word() for _ in range(EVERYDAY)]
        self._common = list(accumulate(1 / (rank + 20) for rank in range(EVERYDAY)))
        self._rare = [self._word().capitalize() for _ in range(RARE)]
        self._events: dict[int, tuple[list[str], list[str]]] = {}
        self._open: list[tuple[int, int]] = []  # event, and how many articles are to tell it yet
        self._of = [self._event_at(number) for number in range(count)]

    def _word(self) -> str:
        return "".join(map(self._random.choice, ("bdfgklmnprstvz", "aeiou") * self._random.randint(2, 4)))

    def _event_at(self, number: int) -> int:
        """The event that an article tells; a new one, or one that is told these days."""
        if len(self._open) < TOGETHER // TELLERS:
            self._open.append((number, self._random.randint(1, TELLERS)))
        place = self._random.randrange(len(self._open))
        event, left = self._open[place]
        self._open[place : place + 1] = [(event, left - 1)] if left > 1 else []
        return event

    def event(self, number: int) -> int:
        """The event that an article tells, by the number of its first one."""
        return self._of[number]

    def words(self, number: int) -> list[str]:
        """The words of an article."""
        told = self._of[number]
        drawn = random.Random(told)
        own = drawn.choices(self._rare, k=OWN)
        topical = drawn.choices(self._everyday[500:], k=TOPICAL)
        drawn = random.Random(-number)
        words = drawn.choices(self._everyday, cum_weights=self._common, k=LENGTH - 5 * OWN - 2 * TOPICAL)
        words += drawn.choices(own, k=5 * OWN) + drawn.choices(topical, k=2 * TOPICAL)
        drawn.shuffle(words)
        return words

    def article(self, number: int) -> Article:
        """An article as it arrives."""
        at, text = self._at + number * APART, " ".join(self.words(number))
        return Article(f"made-up-{number}", text, (Block(0, len(text), BlockKind.PROSE),), at, published_at=at)

    def contents(self, numbers: range) -> Iterator[Content]:
        """What grouping knows of articles; the words are counted as they are, which is quicker than reading texts."""
        for number in numbers:
            at = (self._at + number * APART).timestamp() / content.DAY
            counted = {stem(word.lower()): float(n) for word, n in Counter(self.words(number)).items()}
            yield content.Content(f"made-up-{number}", "en", at, at, counted, Evidence())


def fill(store: Store, events: Events, count: int, telling: int) -> None:
    """Store and group the first articles as if they had arrived."""
    for start in range(0, count, ROWS):
        numbers = range(start, min(start + ROWS, count))
        articles = [events.article(number) for number in numbers]
        store.add_articles([(article, Reading(article.id, None, ())) for article in articles])
        stories: dict[int, list[str]] = {}
        for number in numbers:
            stories.setdefault(events.event(number), []).append(f"made-up-{number}")
        told = [Story(stream.story_id(f"made-up-{first}"), tuple(ids)) for first, ids in stories.items()]
        store.save_stories(told, contents=[_indexed(each, telling) for each in events.contents(numbers)])


def _indexed(told: Content, telling: int) -> Indexed:
    """Names tell most: those that stand most often, as everything but names is everyday."""
    best = sorted(told.counts, key=lambda each: (-told.counts[each], each))[:telling]
    codes = frozenset(stream.code(each, told.language) for each in best)
    return Indexed(told.article_id, told.pack(), frozenset(map(stream.code, told.counts)), codes)
