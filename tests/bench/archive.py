"""A large archive made in a minute: a few articles that were really read, told again and again of others.

Each made-up article is a read one in which every name is another of the same length, so that every offset still holds; text,
reading and outline are rewritten as they are stored, and nothing is decoded, parsed or packed twice.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy

from briefs.language.words import stem
from briefs.models import EntityKind, Reading
from briefs.store import articles, codec, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from briefs.models import Article
    from briefs.store import Store

ROWS = 500  # of one insert
NAMES = 4_000  # of one length; a few are everywhere, most are rare
NAMED = {EntityKind.PERSON, EntityKind.PLACE, EntityKind.ORGANISATION, EntityKind.CRAFT}
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


class Archive:
    """Made-up articles after really read ones. ``at`` is the time of the newest; they are three minutes apart."""

    def __init__(self, read: Sequence[tuple[Article, Reading]], at: datetime) -> None:
        self._random = random.Random(419)
        self._moulds = [_Mould(article, reading) for article, reading in read]
        lengths = {len(name) for mould in self._moulds for name in mould.names}
        self._names = {length: self._made_up(length) for length in lengths}
        self._at = at

    def _made_up(self, length: int) -> list[str]:
        spelled = (CONSONANTS if place % 2 else VOWELS for place in range(self._random.randrange(2), 10**9))
        letters = list(itertools.islice(spelled, length))
        return ["".join(map(self._random.choice, letters)).capitalize() for _ in range(NAMES)]

    def others(self, names: Sequence[str]) -> dict[str, str]:
        """Another name for each of these, of its length."""
        return {name: self._names[len(name)][int(NAMES * self._random.random() ** 3)] for name in names}

    def fill(self, store: Store, count: int, *, feed_id: int) -> None:
        """Store so many articles as shown by a feed."""
        for start in range(0, count, ROWS):
            rows = [self._rows(number, feed_id) for number in range(start + 1, min(start + ROWS, count) + 1)]
            with store._database.writing() as connection:
                for place, table in enumerate(
                    (schema.articles, schema.readings, schema.outlines, schema.feed_articles)
                ):
                    connection.execute(sqlalchemy.insert(table), [row[place] for row in rows])
        with store._database.writing() as connection:
            if connection.dialect.name == "postgresql":  # it has not seen these numbers go by, nor counted any words
                connection.exec_driver_sql(
                    "SELECT setval(pg_get_serial_sequence('articles', 'number'), max(number)) FROM articles"
                )
                connection.exec_driver_sql("ANALYZE")

    def _rows(self, number: int, feed_id: int) -> tuple[dict[str, Any], ...]:
        mould = self._moulds[number % len(self._moulds)]
        shown_at = self._at - timedelta(minutes=3 * number)
        return self._told(number, mould, self.others(mould.names), f"made-up-{number}", shown_at, feed_id)

    def _told(
        self, number: int, mould: _Mould, others: dict[str, str], name: str, shown_at: datetime, feed_id: int
    ) -> tuple[dict[str, Any], ...]:
        article = mould.article(others, name, shown_at)
        return (
            {"number": number, **articles._article_row(article)},
            {"article": number, "facts": mould.facts, "data": codec.pack_text(mould.reading(others, name))},
            {"article": number, "data": codec.pack_text(mould.outline(others))},
            {"article": number, "feed_id": feed_id, "shown_at": shown_at},
        )

    def questions(self, count: int) -> Iterator[str]:
        """Questions as people ask them, of names that the archive tells of, of some that it does not, and of everything."""
        asked = (
            "Who met {0}?", "where did {0} meet {1}?", "What did {0} say about {1}?", "When will {0} visit {1}?",
            "how many people were killed in {0}?", "Why did {0} resign?", "what's new with {0}", "who is {0}?",
            "Did {0} win the election in {1}?", "When did the launch from {0} take place?", "who met whom?",
            "What did the government say about the economy?", "how much did the president pay for the company",
        )  # fmt: skip
        for number in range(count):
            others = self.others(self._random.choice(self._moulds).names)
            one, other = [*others.values(), "Nobody", "Nowhere"][:2]
            yield asked[number % len(asked)].format(one, other)


class _Mould:
    """A read article with what is rewritten in it."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self._article = article
        told = {m.entity.name for m in reading.mentions if m.form == "name" and m.entity.kind in NAMED}
        words = {word for name in told for word in re.findall(r"\b[A-Z][a-z]{3,}\b", name)}
        self.names = sorted(word for word in words if word not in (article.outlet or ""))
        self._name = re.compile(rf"\b(?:{'|'.join(self.names)})\b" if self.names else r"(?!)")
        self._reading = codec.dumps(Reading, [dataclasses.replace(reading, outline=None)])
        self._outline = re.split(r"(\s)", reading.outline or "")
        self.facts = len(reading.facts)

    def article(self, others: dict[str, str], name: str, at: datetime) -> Article:
        return dataclasses.replace(
            self._article,
            id=name,
            text=self._renamed(self._article.text, others),
            title=self._renamed(self._article.title or "", others),
            url=f"https://news.example/{name}",
            published_at=at,
            first_seen_at=at,
            version_of=None,
            copy_of=None,
        )

    def reading(self, others: dict[str, str], name: str) -> str:
        return self._renamed(self._reading, others).replace(f'"{self._article.id}"', f'"{name}"')

    def outline(self, others: dict[str, str]) -> str:
        stems = {stem(old.lower()): stem(new.lower()) for old, new in others.items()}
        return "".join(stems.get(word, word) for word in self._outline)

    def _renamed(self, text: str, others: dict[str, str]) -> str:
        return self._name.sub(lambda found: others[found[0]], text)
