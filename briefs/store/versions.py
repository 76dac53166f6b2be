"""Versions of articles. An edited article is a new row that takes the old one's place; the old row stays, to be quoted.

The versions of an article share their ``root``, the id of the first. What stands in feeds, stories and the search is always
the newest alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, update

from briefs.store.schema import articles, feed_articles, storable, story_articles
from briefs.store.statements import among, insert, one_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection

    from briefs.models import Article


def following(connection: Connection, items: Sequence[Article]) -> dict[str, Article]:
    """Return, by root, the versions that follow right on what is stored; any other was overtaken by another process."""
    newest = current_numbers(connection, {article.root for article in items})
    rows = connection.execute(
        select(articles.c.root, articles.c.version).where(among(connection, articles.c.number, list(newest.values())))
    )
    stored = {row.root: row.version for row in rows}
    return {
        article.root: article
        for article in reversed(items)  # of two, the first stays
        if stored.get(storable(article.root)) == article.version - 1
    }


def current_numbers(connection: Connection, roots: Collection[str]) -> dict[str, int]:
    """Return the row number of the newest version of each, by its root as stored."""
    newest = among(connection, articles.c.root, roots) & ~articles.c.superseded
    rows = connection.execute(select(articles.c.root, articles.c.number).where(newest).order_by(articles.c.number))
    return {row.root: row.number for row in rows}


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
        connection.execute(insert(connection, table).from_select(names, taken).on_conflict_do_nothing())
        connection.execute(delete(table).where(among(connection, table.c.article, gone)))
    connection.execute(update(articles).where(among(connection, articles.c.number, gone)).values(superseded=True))


def newest_of(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Return those row numbers that are the newest version of their article."""
    old = select(articles.c.number).where(articles.c.superseded, among(connection, articles.c.number, numbers))
    return set(numbers) - set(connection.scalars(old))


def save_copies(connection: Connection, originals: Mapping[str, str | None]) -> None:
    """Record, by root, which earlier article the newest version of each repeats; None: it is its own."""
    one_writer(connection)
    newest = current_numbers(connection, originals.keys())
    known = select(articles.c.number, articles.c.copy_of).where(
        among(connection, articles.c.number, list(newest.values()))
    )
    stored = {row.number: row.copy_of for row in connection.execute(known)}
    wanted = {newest[storable(root)]: original for root, original in originals.items() if storable(root) in newest}
    changed = [{"of": n, "original": wanted[n]} for n in sorted(wanted) if wanted[n] != stored[n]]
    if changed:
        one = update(articles).where(articles.c.number == bindparam("of")).values(copy_of=bindparam("original"))
        connection.execute(one, changed)
