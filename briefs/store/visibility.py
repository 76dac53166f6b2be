"""Which of the stored articles a server sees: those of the feeds it subscribes to, and of the operator's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, true

from briefs.store.records import EVERYONE
from briefs.store.schema import articles, feed_articles, subscriptions
from briefs.store.statements import among

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select


def visible(
    connection: Connection, guild_id: int | None, since: datetime | None, until: datetime | None, limit: int | None
) -> tuple[str, ...]:
    """Return ids, newest first; ``since`` and ``until`` are both inclusive."""
    chosen = select(articles.c.id).where(~articles.c.superseded, seen_by(guild_id), between(since, until))
    return tuple(connection.scalars(chosen.order_by(articles.c.shown_at.desc(), articles.c.id).limit(limit)))


def seen_of(
    connection: Connection, ids: Collection[str], guild_id: int | None, until: datetime | None
) -> tuple[str, ...]:
    """Return those of these ids that ``visible`` would return, in the order given."""
    these = among(connection, articles.c.id, ids), ~articles.c.superseded, seen_by(guild_id), between(None, until)
    seen = set(connection.scalars(select(articles.c.id).where(*these)))
    return tuple(each for each in ids if each in seen)


def feeds_telling(connection: Connection, ids: Collection[str]) -> frozenset[int]:
    """Return the feeds that show any of these articles."""
    shown = select(feed_articles.c.feed_id).join(articles, articles.c.number == feed_articles.c.article)
    return frozenset(connection.scalars(shown.where(among(connection, articles.c.id, ids)).distinct()))


def count_visible(connection: Connection, guild_id: int | None, until: datetime | None) -> int:
    """Return how many articles a server sees."""
    if guild_id is None:
        newest = select(func.count()).select_from(articles).where(~articles.c.superseded, between(None, until))
        return connection.scalar(newest) or 0
    return connection.scalar(select(func.count()).select_from(_shown_to(guild_id, until).subquery())) or 0


def oldest_visible(connection: Connection, guild_id: int) -> datetime | None:
    """Return the time of the oldest article that a server sees: of each of its feeds the first in the index."""
    first = select(func.min(feed_articles.c.shown_at)).where(feed_articles.c.feed_id == subscriptions.c.feed_id)
    theirs = select(first.scalar_subquery()).where(subscriptions.c.guild_id.in_([guild_id, EVERYONE]))
    return min((each for each in connection.scalars(theirs) if each is not None), default=None)


def visible_few(connection: Connection, guild_id: int, until: datetime | None) -> tuple[str, ...]:
    """Return what ``visible`` returns, for a server that sees few articles: found by its feeds, however many others there are."""
    theirs = among(connection, articles.c.number, connection.scalars(_shown_to(guild_id, until)).all())
    rows = connection.execute(select(articles.c.id, articles.c.shown_at).where(theirs))
    return tuple(row.id for row in sorted(rows, key=lambda row: (-row.shown_at.timestamp(), row.id)))


def _shown_to(guild_id: int, until: datetime | None) -> Select[int]:
    """The numbers of the articles that a server sees."""
    earlier = true() if until is None else feed_articles.c.shown_at <= until
    return select(feed_articles.c.article).where(feed_articles.c.feed_id.in_(read_by(guild_id)), earlier).distinct()


def seen_by(guild_id: int | None) -> ColumnElement[bool]:
    """Return "the article came from a feed this server reads"; None sees all. No feed shows a superseded version."""
    if guild_id is None:
        return true()
    shared = feed_articles.c.article == articles.c.number, feed_articles.c.feed_id.in_(read_by(guild_id))
    return select(1).select_from(feed_articles).where(*shared).correlate(articles).exists()


def read_by(guild_id: int) -> Select[tuple[int]]:
    """The feeds a server subscribes to, and the operator's, which every server reads."""
    return select(subscriptions.c.feed_id).where(subscriptions.c.guild_id.in_([guild_id, EVERYONE]))


def between(since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    """Return "the article's time is in this window", ends included: what is seen first now is visible now."""
    condition = true() if since is None else articles.c.shown_at >= since
    return condition if until is None else and_(condition, articles.c.shown_at <= until)
