"""Full-text search: any of the terms, best first. SQLite ranks by bm25 (FTS5), PostgreSQL by ts_rank.

Superseded versions are not found: a trigger takes them out of SQLite's index, PostgreSQL passes over them.

Ranking is what costs: about a microsecond for each article that matches on SQLite, five on PostgreSQL; counting them costs
a thirtieth of that. So the matches of each term are counted first, and where all together are more than MOST_RANKED
articles, the commonest terms are left out: they tell least.
"""

from __future__ import annotations

import re
from functools import reduce
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, Integer, column, func, literal, literal_column, select, table

from briefs.store.articles import between, numbers, seen_by
from briefs.store.schema import articles, storable
from briefs.store.statements import among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, TableClause

WORDS = re.compile(r"\w")
MOST_RANKED = {"sqlite": 40_000, "postgresql": 8_000}  # articles; about 40 ms
CHUNK = 400  # ranked articles that are looked at together

article_words: TableClause = table("article_words", column("rowid", Integer), column("rank", Float))
words: ColumnElement[Any] = literal_column("articles.words")


def search(
    connection: Connection,
    terms: Sequence[str],
    *,
    guild_id: int | None,
    until: datetime | None,
    ids: Collection[str] | None,
    limit: int,
) -> tuple[str, ...]:
    """Return the ids of articles that hold any of the terms, best first; a term of several words is a phrase."""
    spoken = [storable(term) for term in dict.fromkeys(terms) if WORDS.search(term)]
    if not spoken or limit <= 0:
        return ()
    ranked = _ranked(connection, _telling(connection, spoken))
    if ids is not None:
        chosen = set(numbers(connection, ids).values())
        ranked = (number for number in ranked if number in chosen)
    return _first_allowed(connection, ranked, [seen_by(guild_id), between(None, until)], limit)


def _telling(connection: Connection, terms: Sequence[str]) -> Sequence[str]:
    """Return the terms, rarest first, as far as the articles they match are not too many to rank; one at least."""
    most = MOST_RANKED[connection.dialect.name]
    counts = {term: _count(connection, term, most) for term in terms}
    rarest_first = sorted(terms, key=counts.__getitem__)
    totals = accumulate(counts[term] for term in rarest_first)
    return [
        term for place, (term, total) in enumerate(zip(rarest_first, totals, strict=True)) if not place or total <= most
    ]


def _count(connection: Connection, term: str, most: int) -> int:
    """Return how many articles a term matches, on PostgreSQL without counting past ``most``."""
    if connection.dialect.name == "sqlite":
        counted = select(func.count()).select_from(article_words).where(_match([term]))
    else:
        matching = select(literal(1)).select_from(articles).where(_holds(_tsquery([term]))).limit(most + 1)
        counted = select(func.count()).select_from(matching.subquery())
    return connection.scalar(counted) or 0


def _ranked(connection: Connection, terms: Sequence[str]) -> Iterator[int]:
    """Give the numbers of the matching articles, best first; equals in the order they were stored."""
    if connection.dialect.name == "sqlite":
        chosen = select(article_words.c.rowid).select_from(article_words).where(_match(terms))
        yield from connection.scalars(chosen.order_by(article_words.c.rank, article_words.c.rowid))
    else:
        query = _tsquery(terms)
        matching = select(articles.c.number).where(_holds(query))
        yield from connection.scalars(matching.order_by(func.ts_rank(words, query).desc(), articles.c.number))


def _match(terms: Sequence[str]) -> ColumnElement[bool]:
    """Each term is quoted, so that FTS5 reads no syntax in it."""
    name: ColumnElement[Any] = literal_column("article_words")
    query = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
    return name.op("MATCH", is_comparison=True)(query)


def _holds(query: ColumnElement[Any]) -> ColumnElement[bool]:
    return words.op("@@", is_comparison=True)(query) & ~articles.c.superseded


def _tsquery(terms: Sequence[str]) -> ColumnElement[Any]:
    phrases: list[ColumnElement[Any]] = [func.phraseto_tsquery("english", term) for term in terms]
    return reduce(lambda one, other: one.op("||")(other), phrases)


def _first_allowed(
    connection: Connection, ranked: Iterator[int], allowed: Sequence[ColumnElement[bool]], limit: int
) -> tuple[str, ...]:
    """Look the best up, chunk by chunk, until enough of them may be seen."""
    found: list[str] = []
    while len(found) < limit and (chunk := list(islice(ranked, CHUNK))):
        these = select(articles.c.number, articles.c.id).where(among(connection, articles.c.number, chunk), *allowed)
        seen = {row.number: row.id for row in connection.execute(these)}
        found += [seen[number] for number in chunk if number in seen]
    return tuple(found[:limit])
