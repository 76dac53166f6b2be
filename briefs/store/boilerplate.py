"""In how many articles of a site a paragraph stands: one that recurs is the site's own, and no news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from briefs.store.schema import paragraphs
from briefs.store.statements import among, insert

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Connection


def counts(connection: Connection, site: str, hashes: Collection[str]) -> dict[str, int]:
    """Return in how many articles of the site each of these paragraphs stood; none is left out."""
    asked = paragraphs.c.site == site, among(connection, paragraphs.c.hash, hashes)
    rows = connection.execute(select(paragraphs.c.hash, paragraphs.c.articles).where(*asked))
    return {row.hash: row.articles for row in rows}


def count(connection: Connection, seen: Mapping[tuple[str, str], int], now: datetime) -> None:
    """Add the articles that hold a paragraph, (site, hash), to those that did."""
    if not seen:
        return
    rows = [{"site": site, "hash": hash_, "articles": n, "seen_at": now} for (site, hash_), n in sorted(seen.items())]
    statement = insert(connection, paragraphs)
    more = {"articles": paragraphs.c.articles + statement.excluded.articles, "seen_at": now}
    connection.execute(statement.on_conflict_do_update(index_elements=["site", "hash"], set_=more), rows)


def forget(connection: Connection, before: datetime) -> int:
    """Forget the paragraphs that no new article has held since a time; return how many."""
    return connection.execute(delete(paragraphs).where(paragraphs.c.seen_at < before)).rowcount
