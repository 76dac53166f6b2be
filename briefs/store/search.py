"""Full-text search: any of the terms, best first. SQLite ranks by bm25 (FTS5), PostgreSQL by ts_rank."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, Integer, Text, bindparam, column, func, literal_column, select, table

from briefs.store.articles import between, seen_by
from briefs.store.schema import articles, storable
from briefs.store.statements import among

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select, TableClause

WORDS = re.compile(r"\w")


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
    ranked = _sqlite(spoken) if connection.dialect.name == "sqlite" else _postgresql(spoken)
    ranked = ranked.where(seen_by(guild_id), between(None, until)).limit(limit)
    if ids is not None:
        ranked = ranked.where(among(connection, articles.c.id, ids))
    return tuple(connection.scalars(ranked))


def _sqlite(terms: Sequence[str]) -> Select[tuple[str]]:
    """Each term is quoted, so that FTS5 reads no syntax in it."""
    words: TableClause = table("article_words", column("rowid", Integer), column("rank", Float))
    query = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
    matches = literal_column("article_words").op("MATCH")(bindparam("terms", query, type_=Text))
    joined = words.join(articles, articles.c.number == words.c.rowid)
    return select(articles.c.id).select_from(joined).where(matches).order_by(words.c.rank, articles.c.id)


def _postgresql(terms: Sequence[str]) -> Select[tuple[str]]:
    words: ColumnElement[Any] = literal_column("articles.words")
    phrases: list[ColumnElement[Any]] = [func.phraseto_tsquery("english", term) for term in terms]
    query = reduce(lambda one, other: one.op("||")(other), phrases)
    return select(articles.c.id).where(words.op("@@")(query)).order_by(func.ts_rank(words, query).desc(), articles.c.id)
