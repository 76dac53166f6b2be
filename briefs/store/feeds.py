"""Feeds and who subscribes to them. A feed is one row however many servers subscribe to it.

With its last subscription a feed goes, and with it its address, which may hold a password, and what was seen in it. Its
articles stay, for what quotes them. Whoever subscribes again begins anew: the feed's newest are taken, as at first sight,
and those that are stored already are known by their own ids, so that none is told twice.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import and_, case, delete, exists, func, or_, select, update

from briefs.models import Feed, SourceKind, Wishes
from briefs.store import guilds
from briefs.store.records import EVERYONE
from briefs.store.schema import feeds, subscriptions
from briefs.store.statements import among, insert, one_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

AHEAD = timedelta(minutes=10)  # a poll that is to come by more than this was recorded by a clock that was ahead
FARTHEST = timedelta(days=40)  # no feed that fails is left alone for longer
USUAL_PORTS = {"http": 80, "https": 443}


# --------------------------------------------------------------------------------------------------------- subscriptions
def subscribe(
    connection: Connection,
    guild_id: int,
    url: str,
    *,
    title: str | None,
    kind: SourceKind,
    added_by: int | None,
    now: datetime,
) -> Feed:
    """Subscribe a server to a feed; once more changes its title, where one is given, and tries a feed that had ended."""
    feed_id = _insert(connection, url, kind, now)
    row = {"guild_id": guild_id, "feed_id": feed_id, "title": title, "added_at": now, "added_by": added_by}
    statement = insert(connection, subscriptions).values(row)
    kept = {
        "title": func.coalesce(statement.excluded.title, subscriptions.c.title),
        "added_by": func.coalesce(subscriptions.c.added_by, statement.excluded.added_by),
    }
    connection.execute(statement.on_conflict_do_update(index_elements=["guild_id", "feed_id"], set_=kept))
    return _of_guild(connection, guild_id, subscriptions.c.feed_id == feed_id)[0]


def _insert(connection: Connection, url: str, kind: SourceKind, now: datetime) -> int:
    """Return the id of the feed's row, held: nobody can drop it before the subscription stands.

    One that had ended is looked at once more, for someone has just found it worth adding. What others read well stays what it
    is, whatever someone else takes it for.
    """
    statement = insert(connection, feeds).values(url=url, added_at=now, failures=0, kind=kind.value)
    ended = feeds.c.ended_at.is_not(None)
    well = feeds.c.last_success_at.is_not(None) & (feeds.c.failures == 0)
    kept = or_(well, statement.excluded.kind == SourceKind.FEED.value)
    again = {
        "kind": case((kept, feeds.c.kind), else_=statement.excluded.kind),
        "next_poll_at": case((ended, None), else_=feeds.c.next_poll_at),
        "ended_at": None,
    }
    held = statement.on_conflict_do_update(index_elements=["url"], set_=again).returning(feeds.c.id)
    feed_id: int = connection.scalars(held).one()
    return feed_id


def unsubscribe(connection: Connection, guild_id: int, feed_id: int) -> bool:
    """End a subscription; False: there was none. The feed goes with the last."""
    matching = (subscriptions.c.guild_id == guild_id) & (subscriptions.c.feed_id == feed_id)
    return _end(connection, [feed_id], matching)


def forget_guild(connection: Connection, guild_id: int) -> None:
    """End all subscriptions of a server."""
    theirs = subscriptions.c.guild_id == guild_id
    ids = tuple(connection.scalars(select(subscriptions.c.feed_id).where(theirs)))
    _end(connection, ids, theirs)


def _end(connection: Connection, ids: Collection[int], matching: ColumnElement[bool]) -> bool:
    """End subscriptions to these feeds, and drop those of them to which nobody subscribes any more."""
    one_writer(connection)  # with a feed goes what it shows
    hold(connection, ids)  # so that a subscription that is just being made is seen
    ended = connection.execute(delete(subscriptions).where(matching)).rowcount
    unread = ~exists().where(subscriptions.c.feed_id == feeds.c.id)
    connection.execute(delete(feeds).where(among(connection, feeds.c.id, ids), unread))
    return ended > 0


def hold(connection: Connection, ids: Collection[int]) -> set[int]:
    """Keep others from changing these feeds until the transaction ends; return those that there are."""
    these = select(feeds.c.id).where(among(connection, feeds.c.id, ids)).order_by(feeds.c.id)
    return set(connection.scalars(these.with_for_update(key_share=True)))


def read_by(connection: Connection, guild_id: int | None) -> tuple[Feed, ...]:
    """Return the feeds of one server, under its own titles, then the operator's; or those of all servers."""
    if guild_id is None:
        return _of_all(connection)
    own = _of_guild(connection, guild_id)
    known = {feed.id for feed in own}
    return (*own, *(feed for feed in _of_guild(connection, EVERYONE) if feed.id not in known))


def _of_all(connection: Connection) -> tuple[Feed, ...]:
    everyones = func.min(subscriptions.c.guild_id) == EVERYONE  # the least of all ids
    read = select(subscriptions.c.feed_id, everyones.label("shared")).group_by(subscriptions.c.feed_id).subquery()
    rows = connection.execute(select(feeds, read.c.shared).join(read).order_by(feeds.c.id))
    return tuple(replace(to_feed(row), shared=bool(row.shared)) for row in rows)


def _of_guild(connection: Connection, guild_id: int, *which: ColumnElement[bool]) -> tuple[Feed, ...]:
    chosen = select(*own_columns()).join(subscriptions).where(subscriptions.c.guild_id == guild_id, *which)
    rows = connection.execute(chosen.order_by(feeds.c.id))
    return tuple(replace(to_feed(row), shared=guild_id == EVERYONE) for row in rows)


# --------------------------------------------------------------------------------------------------------------- polling
def due(connection: Connection, now: datetime, limit: int, per_host: int) -> tuple[Feed, ...]:
    """Return the feeds to poll now that a server reads which the bot has not left: the never polled first, then the longest overdue, few of each host.

    One that was polled by a clock that was ahead is due, too: it would wait until that time comes.
    """
    ahead = now + AHEAD
    ripe = or_(
        feeds.c.next_poll_at.is_(None),
        feeds.c.next_poll_at <= now,
        feeds.c.last_success_at > ahead,
        feeds.c.failing_since > ahead,
        and_(feeds.c.failures > 0, feeds.c.next_poll_at > now + FARTHEST),
    )
    read = select(subscriptions.c.feed_id).where(guilds.served(subscriptions.c.guild_id))
    alive = and_(feeds.c.ended_at.is_(None), feeds.c.id.in_(read))
    address = func.coalesce(feeds.c.moved_to, feeds.c.url).label("address")
    waiting = select(feeds.c.id, feeds.c.kind, address).where(ripe, alive)
    rows = connection.execute(waiting.order_by(feeds.c.next_poll_at.nulls_first(), feeds.c.id))
    chosen = _fair(((row.id, _host(row.kind, row.address)) for row in rows), limit, per_host)
    found = connection.execute(select(feeds).where(among(connection, feeds.c.id, chosen)))
    by_id = {row.id: to_feed(row) for row in found}
    return tuple(by_id[each] for each in chosen)


def _fair(waiting: Iterable[tuple[int, str]], limit: int, per_host: int) -> list[int]:
    """Return the first ``limit`` ids, and no more than ``per_host`` of one host."""
    taken, hosts = list[int](), Counter[str]()
    for feed_id, host in waiting:
        if len(taken) >= limit:
            break
        if hosts[host] < per_host:
            hosts[host] += 1
            taken.append(feed_id)
    return taken


def _host(kind: str, address: str) -> str:
    """Return whom a poll troubles, as host:port; a folder is nobody's but its own."""
    try:
        parts = urlsplit(address)
        port = parts.port or USUAL_PORTS.get(parts.scheme)
    except ValueError:
        return address
    return address if kind == SourceKind.FOLDER or not parts.hostname else f"{parts.hostname}:{port}"


def poll_now(connection: Connection, ids: Collection[int], now: datetime) -> None:
    """Make these feeds due."""
    hold(connection, ids)
    connection.execute(update(feeds).where(among(connection, feeds.c.id, ids)).values(next_poll_at=now))


# ------------------------------------------------------------------------------------------------------------------ rows
def own_columns() -> list[ColumnElement[Any]]:
    """Return a feed's columns with the title its server gave it; to be joined with the subscriptions."""
    own = func.coalesce(subscriptions.c.title, feeds.c.title).label("title")
    return [*(each for each in feeds.c if each.name != "title"), own]


def to_feed(row: Row[*tuple[Any, ...]]) -> Feed:
    """Return a row of the feeds' columns as a feed."""
    held = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for a row by column
    fields = {each.name: held[each.name] for each in feeds.c}
    interval = None if row.interval is None else timedelta(seconds=row.interval)
    told = {"kind": SourceKind(row.kind), "wishes": _load_wishes(row.wishes), "interval": interval}
    return Feed(**{**fields, **told})


def dump_wishes(wishes: Wishes) -> str | None:
    """Return what a source asks for as JSON; None: nothing."""
    if wishes == Wishes():
        return None
    every = None if wishes.every is None else wishes.every.total_seconds()
    return json.dumps({"every": every, "hours": wishes.skip_hours, "days": wishes.skip_days})


def _load_wishes(stored: str | None) -> Wishes:
    if stored is None:
        return Wishes()
    held = json.loads(stored)
    every = None if held["every"] is None else timedelta(seconds=held["every"])
    return Wishes(every, tuple(held["hours"]), tuple(held["days"]))
