"""Feeds, who subscribes to them, and what was seen in them. A feed is one row however many servers subscribe to it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, update

from briefs.models import Feed
from briefs.store import articles
from briefs.store.schema import entries, feeds, storable, subscriptions
from briefs.store.statements import among, insert

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from briefs.models import Article, Reading

LONGEST_GUID = 500  # characters; PostgreSQL cannot index more than about 2,700 bytes


def subscribe(connection: Connection, guild_id: int, url: str, title: str | None, now: datetime) -> Feed:
    """Subscribe a server to a feed; once more changes nothing but the title, where one is given."""
    fresh = {"url": url, "added_at": now, "failures": 0}
    connection.execute(insert(connection, feeds).on_conflict_do_nothing().values(fresh))
    feed_id = connection.scalars(select(feeds.c.id).where(feeds.c.url == url)).one()
    row = {"guild_id": guild_id, "feed_id": feed_id, "title": title, "added_at": now}
    statement = insert(connection, subscriptions).values(row)
    keys = ["guild_id", "feed_id"]
    kept = func.coalesce(statement.excluded.title, subscriptions.c.title)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"title": kept}))
    return next(feed for feed in subscribed(connection, guild_id) if feed.id == feed_id)


def unsubscribe(connection: Connection, guild_id: int, feed_id: int) -> bool:
    """End a subscription; False: there was none. The feed's articles stay for those who still subscribe."""
    matching = (subscriptions.c.guild_id == guild_id) & (subscriptions.c.feed_id == feed_id)
    return connection.execute(delete(subscriptions).where(matching)).rowcount > 0


def subscribed(connection: Connection, guild_id: int | None) -> tuple[Feed, ...]:
    """Return the feeds of one server, under its own titles, or of all servers."""
    if guild_id is None:
        chosen = select(feeds).where(feeds.c.id.in_(select(subscriptions.c.feed_id)))
    else:
        columns = [each for each in feeds.c if each.name != "title"]
        own = func.coalesce(subscriptions.c.title, feeds.c.title).label("title")
        chosen = select(*columns, own).join(subscriptions).where(subscriptions.c.guild_id == guild_id)
    return tuple(_feed(row) for row in connection.execute(chosen.order_by(feeds.c.id)))


def due(connection: Connection, now: datetime, limit: int) -> tuple[Feed, ...]:
    """Return the subscribed feeds to poll now: the never polled first, then the longest overdue."""
    ripe = or_(feeds.c.next_poll_at.is_(None), feeds.c.next_poll_at <= now)
    chosen = select(feeds).where(ripe, feeds.c.id.in_(select(subscriptions.c.feed_id)))
    rows = connection.execute(chosen.order_by(feeds.c.next_poll_at.nulls_first(), feeds.c.id).limit(limit))
    return tuple(_feed(row) for row in rows)


def known_guids(connection: Connection, feed_id: int, guids: Iterable[str]) -> set[str]:
    """Return those of the guids that were seen in this feed before."""
    keys = {guid: _key(guid) for guid in guids}
    asked = among(connection, entries.c.guid, list(keys.values()))
    seen = set(connection.scalars(select(entries.c.guid).where(entries.c.feed_id == feed_id, asked)))
    return {guid for guid, key in keys.items() if key in seen}


def record_poll(
    connection: Connection,
    feed_id: int,
    *,
    items: Sequence[tuple[str, Article, Reading]],
    guids_seen: Collection[str],
    found: dict[str, str | None],
    now: datetime,
    next_poll_at: datetime,
) -> tuple[str, ...]:
    """Store what a poll brought, and the validators that will hide it from the next one, together."""
    added = articles.add(connection, [(article, reading) for _, article, reading in items], feed_id)
    keys = sorted({_key(guid) for guid in (*guids_seen, *(guid for guid, _, _ in items))})
    rows = [{"feed_id": feed_id, "guid": key, "seen_at": now} for key in keys]
    if rows:
        connection.execute(insert(connection, entries).on_conflict_do_nothing(), rows)
    fine = {"last_success_at": now, "last_error": None, "failures": 0, "next_poll_at": next_poll_at}
    title = func.coalesce(found["title"], feeds.c.title)
    connection.execute(update(feeds).where(feeds.c.id == feed_id).values({**found, **fine, "title": title}))
    return added


def record_failure(connection: Connection, feed_id: int, error: str, next_poll_at: datetime) -> None:
    """Count a failed poll; what is remembered of the last good one stays."""
    failed = {"last_error": error, "failures": feeds.c.failures + 1, "next_poll_at": next_poll_at}
    connection.execute(update(feeds).where(feeds.c.id == feed_id).values(failed))


def _key(guid: str) -> str:
    if len(guid) <= LONGEST_GUID:
        return storable(guid)
    return "sha256:" + hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()


def _feed(row: Row[Any]) -> Feed:
    return Feed(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row by column
