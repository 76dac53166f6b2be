"""Full-text search: any of the terms, best first. SQLite ranks by bm25 (FTS5), PostgreSQL by ts_rank.

Ranking costs about a microsecond for each article that matches, counting them a thirtieth of that. So SQLite counts first,
and where the terms together match more than MOST_RANKED articles, it leaves out the commonest: those say least.
"""

from __future__ import annotations

import re
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, Integer, column, func, literal_column, select, table

from briefs.store.articles import between, numbers, seen_by
from briefs.store.schema import articles, storable
from briefs.store.statements import among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, TableClause

WORDS = re.compile(r"\w")
MOST_RANKED = 40_000  # articles; about 40 ms
CHUNK = 400  # ranked articles that are looked at together

article_words: TableClause = table("article_words", column("rowid", Integer), column("rank", Float))


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
    allowed = [seen_by(guild_id), between(None, until)]
    if connection.dialect.name != "sqlite":
        return _postgresql(connection, spoken, allowed, ids, limit)
    ranked = _ranked(connection, _telling(connection, spoken))
    if ids is not None:
        chosen = set(numbers(connection, ids).values())
        ranked = (number for number in ranked if number in chosen)
    return _first_allowed(connection, ranked, allowed, limit)


def _telling(connection: Connection, terms: Sequence[str]) -> str:
    """Return an FTS5 query of the terms, without the commonest where all are too many to rank."""
    quoted = ['"' + term.replace('"', '""') + '"' for term in terms]  # quoted, FTS5 reads no syntax in it
    counts = {
        term: connection.scalar(select(func.count()).select_from(article_words).where(_matches(term))) or 0
        for term in quoted
    }
    rarest_first = sorted(quoted, key=lambda term: counts[term])
    kept, total = rarest_first[:1], counts[rarest_first[0]]
    for term in rarest_first[1:]:
        total += counts[term]
        if total > MOST_RANKED:
            break
        kept.append(term)
    return " OR ".join(kept)


def _matches(query: str) -> ColumnElement[bool]:
    name: ColumnElement[Any] = literal_column("article_words")
    return name.op("MATCH", is_comparison=True)(query)


def _ranked(connection: Connection, query: str) -> Iterator[int]:
    """Give the numbers of the matching articles, best first; equals in the order they were stored."""
    chosen = select(article_words.c.rowid).select_from(article_words).where(_matches(query))
    yield from connection.scalars(chosen.order_by(article_words.c.rank, article_words.c.rowid))


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


def _postgresql(
    connection: Connection,
    terms: Sequence[str],
    allowed: Sequence[ColumnElement[bool]],
    ids: Collection[str] | None,
    limit: int,
) -> tuple[str, ...]:
    words: ColumnElement[Any] = literal_column("articles.words")
    phrases: list[ColumnElement[Any]] = [func.phraseto_tsquery("english", term) for term in terms]
    query = reduce(lambda one, other: one.op("||")(other), phrases)
    ranked = select(articles.c.id).where(words.op("@@")(query), *allowed)
    if ids is not None:
        ranked = ranked.where(among(connection, articles.c.id, ids))
    best_first = func.ts_rank(words, query).desc(), articles.c.number
    return tuple(connection.scalars(ranked.order_by(*best_first).limit(limit)))
