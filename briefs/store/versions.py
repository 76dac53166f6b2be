"""Versions of articles. An edited article is a new row that takes the old one's place; the old row stays, to be quoted.

The versions of an article share their ``root``, the id of the first. What stands in feeds, stories and the search is always
the newest alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from briefs.store.schema import articles, feed_articles, plans, storable, story_articles
from briefs.store.statements import among, one_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection, Row

    from briefs.models import Article


def newest(connection: Connection, roots: Collection[str]) -> dict[str, Row[*tuple[Any, ...]]]:
    """Return the row of the newest version of each (number, root, version, copy_of), by its root as stored."""
    columns = articles.c.number, articles.c.root, articles.c.version, articles.c.copy_of
    current = among(connection, articles.c.root, roots) & ~articles.c.superseded
    return {row.root: row for row in connection.execute(select(*columns).where(current))}


def of(connection: Connection, ids: Collection[str]) -> tuple[str, ...]:
    """Return the ids of all stored versions of these articles, in order of their numbers."""
    roots = select(articles.c.root).where(among(connection, articles.c.id, ids))
    found = select(articles.c.id).where(articles.c.root.in_(roots)).order_by(articles.c.number)
    return tuple(connection.scalars(found))


def following(items: Sequence[Article], stored: Mapping[str, Row[*tuple[Any, ...]]]) -> list[Article]:
    """Return the versions that follow right on the newest ones stored, one of each article; any other was overtaken."""
    found: dict[str, Article] = {}
    for article in items:
        before = stored.get(storable(article.root))
        if before is not None and before.version == article.version - 1:
            found.setdefault(article.root, article)
    return list(found.values())


def replace(connection: Connection, replaced: Mapping[int, int]) -> None:
    """Put new versions where the old ones stood: row numbers, old to new."""
    old, new = articles.alias("old"), articles.alias("new")
    pairs = (new.c.root == old.c.root) & among(connection, new.c.number, list(replaced.values()))
    places = {
        feed_articles: [feed_articles.c.feed_id, new.c.shown_at],
        story_articles: [story_articles.c.story_id],
    }
    gone = list(replaced)
    for table, columns in places.items():
        held = select(new.c.number, *columns).join_from(table, old, table.c.article == old.c.number).join(new, pairs)
        taken = held.where(among(connection, table.c.article, gone))
        names = ["article", *(column.name for column in columns)]
        connection.execute(insert(table).from_select(names, taken))
        connection.execute(delete(table).where(among(connection, table.c.article, gone)))
    connection.execute(delete(plans).where(among(connection, plans.c.article, gone)))
    connection.execute(update(articles).where(among(connection, articles.c.number, gone)).values(superseded=True))


def save_copies(connection: Connection, originals: Mapping[str, str | None]) -> None:
    """Record, by root, which earlier article the newest version of each repeats; None: it is its own."""
    if not originals:
        return
    one_writer(connection)
    stored = newest(connection, originals.keys())
    pairs = [(stored.get(storable(root)), original) for root, original in originals.items()]
    changed = [{"of": row.number, "original": of} for row, of in pairs if row is not None and row.copy_of != of]
    if changed:
        one = update(articles).where(articles.c.number == bindparam("of")).values(copy_of=bindparam("original"))
        connection.execute(one, changed)
