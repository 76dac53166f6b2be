"""The full-text indexes of the two databases: how many articles hold a term, which are best, which are the latest stored.

Superseded versions are not found: a trigger takes them out of SQLite's index, PostgreSQL passes over them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Float, Integer, column, func, literal, literal_column, select, table, true, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement, Executable

from briefs.store.schema import articles
from briefs.store.statements import among

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Select, SelectBase, TableClause
    from sqlalchemy.sql.compiler import SQLCompiler

MOST_RANKED = {"sqlite": 3_000, "postgresql": 2_000}  # articles; about 10 ms
PLAINLY_COMMON = 1.5  # times MOST_RANKED: from there on the planner's estimate of how many hold a term is enough
CHUNK = 300  # articles whose words PostgreSQL fetches together to rank them
PAGE = 64  # of the latest articles that PostgreSQL is asked for at first …
WIDER = 4  # … and so many times more each time

article_words: TableClause = table("article_words", column("rowid", Integer), column("rank", Float))
words: ColumnElement[Any] = literal_column("articles.words")


class Index(Protocol):
    """A database's full-text index. ``telling`` is any of several sets of terms that stand together."""

    most: int

    def counts(self, terms: Sequence[str]) -> dict[str, int]:
        """Return how many articles hold each of those terms that any does, as exactly as choosing among them needs."""
        ...

    def count(self, *terms: str) -> int:
        """Return how many articles hold all these terms, roughly where they are many."""
        ...

    def best(self, telling: Sequence[Sequence[str]], counts: Mapping[str, int]) -> Iterator[int]:
        """Give the numbers of the telling articles, ranked by all the counted terms."""
        ...

    def latest(self, telling: Sequence[Sequence[str]], *, few: bool) -> Iterator[int]:
        """Give the numbers of the telling articles, the latest stored first; ``few`` is whether there are ``most`` or less."""
        ...


class SQLiteIndex:
    """FTS5. A ranked match names the rarest terms twice: as what must be held, and among all that count."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.most = MOST_RANKED["sqlite"]

    def counts(self, terms: Sequence[str]) -> dict[str, int]:
        """Return how many articles hold each term; beside rare ones of the common only that they are."""
        counts = {term: count for term in terms if (count := self._count_to(self.most + 1, term))}
        if all(count > self.most for count in counts.values()):
            return {term: self.count(term) for term in counts}
        return counts

    def _count_to(self, most: int, term: str) -> int:
        """Return how many articles hold a term, so many at most: a tenth of the time for a word that is everywhere."""
        held = select(literal(1)).select_from(article_words).where(_match(_all_of([term]))).limit(most)
        return self._connection.scalar(select(func.count()).select_from(held.subquery())) or 0

    def count(self, *terms: str) -> int:
        """Return how many articles hold all these terms."""
        counted = select(func.count()).select_from(article_words).where(_match(_all_of(terms)))
        return self._connection.scalar(counted) or 0

    def best(self, telling: Sequence[Sequence[str]], counts: Mapping[str, int]) -> Iterator[int]:
        """Give the numbers of the telling articles by bm25 over all the counted terms."""
        required = _any_of(telling)
        ranked = required if len(counts) == 1 else f"({required}) AND ({_any_of([[term] for term in counts])})"
        chosen = select(article_words.c.rowid).select_from(article_words).where(_match(ranked))
        ordered = chosen.order_by(article_words.c.rank, article_words.c.rowid)
        yield from self._connection.scalars(ordered.limit(self.most))

    def latest(self, telling: Sequence[Sequence[str]], *, few: bool) -> Iterator[int]:  # noqa: ARG002 - it reads on as asked
        """Give the numbers of the telling articles, the latest stored first."""
        chosen = select(article_words.c.rowid).select_from(article_words).where(_match(_any_of(telling)))
        yield from self._connection.scalars(chosen.order_by(article_words.c.rowid.desc()))


def _all_of(terms: Sequence[str]) -> str:
    """Each term is quoted, so that FTS5 reads no syntax in it."""
    return " AND ".join('"' + term.replace('"', '""') + '"' for term in terms)


def _any_of(telling: Sequence[Sequence[str]]) -> str:
    return " OR ".join(f"({_all_of(terms)})" for terms in telling)


def _match(query: str) -> ColumnElement[bool]:
    name: ColumnElement[Any] = literal_column("article_words")
    return name.op("MATCH", is_comparison=True)(query)


class PostgreSQLIndex:
    """GIN over a tsvector. It knows which articles hold a term; ts_rank, which fetches each one's words, orders few."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.most = MOST_RANKED["postgresql"]
        # The planner does not know what fetching the words of every article costs, and would sometimes do that instead.
        # Nor is a look of some milliseconds worth a second process. What else the transaction reads it finds by keys.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0")

    def counts(self, terms: Sequence[str]) -> dict[str, int]:
        """Return how many articles hold each term, roughly where they are many."""
        counted = self._counted([(term,) for term in terms])
        return {term: count for term, count in zip(terms, counted, strict=True) if count}

    def count(self, *terms: str) -> int:
        """Return how many articles hold all these terms, roughly where they are many."""
        return self._counted([terms])[0]

    def _counted(self, sets: Sequence[Sequence[str]]) -> list[int]:
        """Return how many articles hold each of the sets; where the planner knows that they are many, no row is looked at."""
        matching = [select(literal(1)).select_from(articles).where(_holds(_together(terms))) for terms in sets]
        counted = self._estimated(matching)
        unsure = [place for place, count in enumerate(counted) if count <= PLAINLY_COMMON * self.most]
        if unsure:
            some = (matching[place].limit(2 * self.most).subquery() for place in unsure)
            looked = self._connection.execute(
                select(*(select(func.count()).select_from(each).scalar_subquery() for each in some))
            )
            for place, count in zip(unsure, looked.one(), strict=True):
                counted[place] = count
        return counted

    def _estimated(self, matching: Sequence[Select[Any]]) -> list[int]:
        """Return how many rows of each query the planner expects, from what it knows of common words."""
        plan = self._connection.scalar(Explained(union_all(*matching)))[0]["Plan"]
        plans = plan["Plans"] if len(matching) > 1 else [plan]
        return [int(each["Plan Rows"]) for each in plans]

    def best(self, telling: Sequence[Sequence[str]], counts: Mapping[str, int]) -> Iterator[int]:
        """Give the numbers of the telling articles by the rarity of the terms they hold, among equals by ts_rank."""
        required = _either(map(_together, telling))
        total = max(counts.values())
        weights: defaultdict[int, float] = defaultdict(float)
        for term, count in counts.items():
            held = select(articles.c.number).where(_holds(required.op("&&")(_together([term]))))
            for number in self._connection.scalars(held.order_by(articles.c.number.desc()).limit(self.most)).all():
                weights[number] += math.log(1 + total / count)
        ordered = iter(sorted(weights, key=lambda number: (-weights[number], -number)))
        query = _either(_together([term]) for term in counts)
        while chunk := list(islice(ordered, CHUNK)):
            ranks = self._ranks(chunk, query)
            yield from sorted(chunk, key=lambda number: (-weights[number], -ranks[number], number))

    def _ranks(self, chunk: Sequence[int], query: ColumnElement[Any]) -> dict[int, float]:
        rank = func.ts_rank(words, query).label("rank")
        rows = self._connection.execute(
            select(articles.c.number, rank).where(among(self._connection, articles.c.number, chunk))
        )
        return {row.number: row.rank for row in rows.all()}

    def latest(self, telling: Sequence[Sequence[str]], *, few: bool) -> Iterator[int]:
        """Give the numbers of the telling articles, the latest stored first.

        Of many they are asked for in ever larger pages: to sort all that hold a common word takes a second, and the first
        are mostly enough. Of few the planner would walk through the whole table for a page.
        """
        chosen = select(articles.c.number).where(_holds(_either(map(_together, telling))))
        chosen = chosen.order_by(articles.c.number.desc())
        if few:
            yield from self._connection.scalars(chosen)
            return
        size, below = PAGE, true()
        while page := self._connection.scalars(chosen.where(below).limit(size)).all():
            yield from page
            size, below = size * WIDER, articles.c.number < page[-1]


def _holds(query: ColumnElement[Any]) -> ColumnElement[bool]:
    return words.op("@@", is_comparison=True)(query) & ~articles.c.superseded


def _together(terms: Sequence[str]) -> ColumnElement[Any]:
    phrases: list[ColumnElement[Any]] = [func.phraseto_tsquery("english", term) for term in terms]
    return reduce(lambda one, other: one.op("&&")(other), phrases)


def _either(queries: Iterable[ColumnElement[Any]]) -> ColumnElement[Any]:
    return reduce(lambda one, other: one.op("||")(other), queries)


class Explained(Executable, ClauseElement):
    """A query whose plan is wanted, as JSON."""

    inherit_cache = False

    def __init__(self, query: SelectBase) -> None:
        self.query = query


@compiles(Explained)
def _explained(element: Explained, compiler: SQLCompiler, **options: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.query, **options)}"


def index_of(connection: Connection) -> Index:
    """Return the index of a connection's database."""
    return SQLiteIndex(connection) if connection.dialect.name == "sqlite" else PostgreSQLIndex(connection)
