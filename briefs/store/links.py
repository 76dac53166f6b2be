"""Where articles lead: the addresses of their pages and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from briefs.store.schema import articles, feed_articles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

Links = tuple[str | None, str | None]  # to the page, and to the picture


def of_feed(connection: Connection, feed_id: int) -> dict[str, Links]:
    """Return the links of every version of the articles that a feed shows, by id."""
    shown = select(articles.c.root).join_from(feed_articles, articles).where(feed_articles.c.feed_id == feed_id)
    rows = connection.execute(select(articles.c.id, articles.c.url, articles.c.image).where(articles.c.root.in_(shown)))
    return {row.id: (row.url, row.image) for row in rows}


def save(connection: Connection, by_id: Mapping[str, Links]) -> None:
    """Give stored articles other links."""
    statement = update(articles).where(articles.c.id == bindparam("known"))
    rows = [{"known": each, "to": url, "picture": image} for each, (url, image) in sorted(by_id.items())]
    connection.execute(statement.values(url=bindparam("to"), image=bindparam("picture")), rows)
