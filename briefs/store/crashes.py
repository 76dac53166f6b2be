"""What killed a worker, or kept it for ever: counted before it is tried again, and set aside from the second time on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from briefs.store import stories
from briefs.store.records import EVERYONE, SetAside
from briefs.store.schema import articles, contents, entries, feeds, set_aside, story_articles, subscriptions
from briefs.store.statements import among, insert

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

VERSION = "~"  # between the id of an article and the number of one of its versions
GROUPING = "grouping"  # the kind of articles that cannot be compared; they are read, and have stories of their own
ENOUGH = 2  # crashes, after which a thing is not tried any more


def note(
    connection: Connection, kind: str, subject: str, *, feed_id: int | None, title: str, reason: str, now: datetime
) -> int:
    """Count a crash; return how many there were with it."""
    known = select(feeds.c.id).where(feeds.c.id == feed_id)  # it may have been dropped meanwhile
    row = {
        "kind": kind,
        "subject": subject,
        "feed_id": None if feed_id is None else connection.scalar(known.with_for_update(key_share=True)),
        "title": title,
        "reason": reason,
        "crashes": 1,
        "first_at": now,
        "last_at": now,
    }
    statement = insert(connection, set_aside).values(row)
    again = {"crashes": set_aside.c.crashes + 1, "reason": reason, "last_at": now}
    counted = statement.on_conflict_do_update(index_elements=["kind", "subject"], set_=again)
    crashes: int = connection.scalars(counted.returning(set_aside.c.crashes)).one()
    return crashes


def counts(connection: Connection, kind: str, subjects: Collection[str] | None) -> dict[str, int]:
    """Return how often each of these, or any, crashed; those that never did are left out."""
    chosen = select(set_aside.c.subject, set_aside.c.crashes).where(set_aside.c.kind == kind)
    if subjects is not None:
        chosen = chosen.where(among(connection, set_aside.c.subject, subjects))
    return {row.subject: row.crashes for row in connection.execute(chosen)}


def listed(connection: Connection, guild_id: int | None) -> tuple[SetAside, ...]:
    """Return what is set aside, the latest first; of a server what came with a feed that it reads."""
    chosen = select(set_aside).where(set_aside.c.crashes >= ENOUGH)
    if guild_id is not None:
        read = select(subscriptions.c.feed_id).where(subscriptions.c.guild_id.in_([guild_id, EVERYONE]))
        chosen = chosen.where(set_aside.c.feed_id.in_(read))
    rows = connection.execute(chosen.order_by(set_aside.c.last_at.desc(), set_aside.c.kind, set_aside.c.subject))
    return tuple(SetAside(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public name


def clear(connection: Connection, kind: str, subject: str) -> bool:
    """Forget the crashes of a thing; False: there were none."""
    which = (set_aside.c.kind == kind) & (set_aside.c.subject == subject)
    return connection.execute(delete(set_aside).where(which)).rowcount > 0


def try_again(connection: Connection, kind: str, subject: str) -> bool:
    """Forget the crashes of a thing, and that its feed has shown it; False: there were none."""
    which = (set_aside.c.kind == kind) & (set_aside.c.subject == subject)
    feed_id = connection.scalar(select(set_aside.c.feed_id).where(which))
    if kind == GROUPING:
        _ungroup(connection, subject)
    elif feed_id is not None:
        afresh = {"etag": None, "last_modified": None, "next_poll_at": None}
        connection.execute(update(feeds).where(feeds.c.id == feed_id).values(afresh))
        _unsee(connection, feed_id, subject)
    return clear(connection, kind, subject)


def _ungroup(connection: Connection, article_id: str) -> None:
    """Let a stored article be given its story anew."""
    number = connection.scalar(select(articles.c.number).where(articles.c.id == article_id))
    own = connection.scalar(select(story_articles.c.story_id).where(story_articles.c.article == number))
    connection.execute(delete(contents).where(contents.c.article == number))
    connection.execute(delete(story_articles).where(story_articles.c.article == number))
    stories.drop_empty(connection, {own} if own else set())


def _unsee(connection: Connection, feed_id: int, article_id: str) -> None:
    """Let a feed show an article for the first time, or a version of a stored one with other words than before."""
    root = article_id.partition(VERSION)[0]
    shown = (entries.c.feed_id == feed_id) & (entries.c.article_id == root)
    stored = connection.scalar(select(articles.c.number).where(articles.c.id == root))
    if stored is None:
        connection.execute(delete(entries).where(shown))
    else:
        connection.execute(update(entries).where(shown).values(fingerprint="as if it had said something else"))
