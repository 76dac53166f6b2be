"""Articles with their readings: adding, fetching, and which of them a server sees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, literal, select, true

from briefs.models import Article, Block, BlockKind, Reading
from briefs.store import codec
from briefs.store.schema import articles, feed_articles, readings, storable, subscriptions
from briefs.store.statements import among, insert

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row, Select


def add(connection: Connection, items: Sequence[tuple[Article, Reading]], feed_id: int | None) -> tuple[str, ...]:
    """Store articles with their readings, linked to their feed; return the ids that were new, in the order given."""
    if not items:
        return ()
    added = _insert_articles(connection, [article for article, _ in items])
    _insert_readings(
        connection, [(added[reading.article_id], reading) for _, reading in items if reading.article_id in added]
    )
    if feed_id is not None:
        _link(connection, [article.id for article, _ in items], feed_id)
    return tuple(dict.fromkeys(article.id for article, _ in items if article.id in added))


def _insert_articles(connection: Connection, items: Sequence[Article]) -> dict[str, int]:
    """Return the numbers of the articles that were not known."""
    statement = insert(connection, articles).on_conflict_do_nothing().returning(articles.c.id, articles.c.number)
    # In one order, or two processes that store the same articles could wait for each other for ever.
    rows = connection.execute(statement, [_article_row(article) for article in sorted(items, key=lambda each: each.id)])
    numbers = {row.id: row.number for row in rows}
    return {article.id: numbers[storable(article.id)] for article in items if storable(article.id) in numbers}


def _insert_readings(connection: Connection, items: Iterable[tuple[int, Reading]]) -> None:
    rows = {number: _reading_row(number, reading) for number, reading in items}
    if rows:
        connection.execute(insert(connection, readings), list(rows.values()))


def _link(connection: Connection, ids: Collection[str], feed_id: int) -> None:
    columns = [articles.c.number, literal(feed_id), articles.c.shown_at]
    found = select(*columns).where(among(connection, articles.c.id, ids)).order_by(articles.c.number)
    linked = insert(connection, feed_articles).from_select(["article", "feed_id", "shown_at"], found)
    connection.execute(linked.on_conflict_do_nothing())


def numbers(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """Return the row numbers of those articles that are stored."""
    found = select(articles.c.id, articles.c.number).where(among(connection, articles.c.id, ids))
    return {row.id: row.number for row in connection.execute(found)}


def fetch(connection: Connection, ids: Collection[str]) -> dict[str, Article]:
    """Return the stored articles of these ids, in the order given."""
    found = {
        row.id: _article(row)
        for row in connection.execute(select(articles).where(among(connection, articles.c.id, ids)))
    }
    return {each: found[each] for each in ids if each in found}


def fetch_readings(connection: Connection, ids: Collection[str]) -> dict[str, Reading]:
    """Return the stored readings of these articles, in the order given."""
    joined = select(articles.c.id, readings.c.data).join(readings, readings.c.article == articles.c.number)
    rows = connection.execute(joined.where(among(connection, articles.c.id, ids)))
    found = {row.id: codec.unpack(Reading, row.data) for row in rows}
    return {each: found[each] for each in ids if each in found}


def visible(
    connection: Connection, guild_id: int | None, since: datetime | None, until: datetime | None, limit: int | None
) -> tuple[str, ...]:
    """Return ids, newest first; ``since`` and ``until`` are both inclusive."""
    chosen = select(articles.c.id).where(seen_by(guild_id), between(since, until))
    return tuple(connection.scalars(chosen.order_by(articles.c.shown_at.desc(), articles.c.id).limit(limit)))


def count_visible(connection: Connection, guild_id: int | None, until: datetime | None) -> int:
    """Return how many articles a server sees."""
    if guild_id is None:
        return connection.scalar(select(func.count()).select_from(articles).where(between(None, until))) or 0
    theirs = feed_articles.c.feed_id.in_(_subscribed(guild_id))
    earlier = true() if until is None else feed_articles.c.shown_at <= until
    seen = select(feed_articles.c.article).where(theirs, earlier).distinct().subquery()
    return connection.scalar(select(func.count()).select_from(seen)) or 0


def seen_by(guild_id: int | None) -> ColumnElement[bool]:
    """Return "the article came from a feed this server subscribes to"; None sees all."""
    if guild_id is None:
        return true()
    shared = feed_articles.c.article == articles.c.number, feed_articles.c.feed_id.in_(_subscribed(guild_id))
    return select(1).select_from(feed_articles).where(*shared).correlate(articles).exists()


def _subscribed(guild_id: int) -> Select[tuple[int]]:
    return select(subscriptions.c.feed_id).where(subscriptions.c.guild_id == guild_id)


def between(since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    """Return "the article's time is in this window", ends included: what is seen first now is visible now."""
    condition = true() if since is None else articles.c.shown_at >= since
    return condition if until is None else and_(condition, articles.c.shown_at <= until)


def _article_row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "text": article.text,
        "blocks": json.dumps(
            [[block.start, block.end, block.kind.value] for block in article.blocks], separators=(",", ":")
        ),
        "language": article.language,
        "published_at": article.published_at,
        "first_seen_at": article.first_seen_at,
        "shown_at": article.shown_at,
    }


def _article(row: Row[Any]) -> Article:
    return Article(
        id=row.id,
        text=row.text,
        blocks=tuple(Block(start, end, BlockKind(kind)) for start, end, kind in json.loads(row.blocks)),
        first_seen_at=row.first_seen_at,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        published_at=row.published_at,
        language=row.language,
    )


def _reading_row(number: int, reading: Reading) -> dict[str, Any]:
    return {"article": number, "facts": len(reading.facts), "data": codec.pack(reading)}
