"""Who is to be told that a feed fails, or that it is read again: each server once.

``subscriptions.told_failing_at`` is what its people know. A notice is claimed before it is sent, by a change that only one
of two processes can make, and released where it could not be sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from briefs.store import guilds
from briefs.store.feeds import own_columns, to_feed
from briefs.store.records import EVERYONE, Notice
from briefs.store.schema import feeds, subscriptions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection


def due(connection: Connection, streak: int, failing_before: datetime) -> tuple[Notice, ...]:
    """Return what each server has yet to be told: feeds that ended or failed so often for so long, and those that recovered."""
    known = subscriptions.c.told_failing_at.is_not(None)
    failing = (feeds.c.failures >= streak) & (feeds.c.failing_since <= failing_before)
    news = or_(
        ~known & or_(failing, feeds.c.ended_at.is_not(None)),
        known & (feeds.c.failures == 0) & feeds.c.ended_at.is_(None),
    )
    told = subscriptions.c.guild_id, subscriptions.c.added_by, known.label("known")
    servers = (subscriptions.c.guild_id != EVERYONE) & guilds.served(subscriptions.c.guild_id)
    chosen = select(*own_columns(), *told).join(subscriptions).where(servers, news)
    rows = connection.execute(chosen.order_by(subscriptions.c.guild_id, feeds.c.id))
    return tuple(Notice(row.guild_id, to_feed(row), row.added_by, recovered=bool(row.known)) for row in rows)


def claim(connection: Connection, notice: Notice, now: datetime) -> bool:
    """Take a notice to send it; False: someone has it, or the server reads the feed no more."""
    return _tell(connection, notice, from_known=notice.recovered, told_at=None if notice.recovered else now)


def release(connection: Connection, notice: Notice) -> None:
    """Give a claimed notice back: it was not sent."""
    # Only that it is known is lost, not since when: any time of before the recovery will do.
    told_at = notice.feed.last_success_at or notice.feed.added_at if notice.recovered else None
    _tell(connection, notice, from_known=not notice.recovered, told_at=told_at)


def _tell(connection: Connection, notice: Notice, *, from_known: bool, told_at: datetime | None) -> bool:
    told: ColumnElement[Any] = subscriptions.c.told_failing_at
    which = (
        subscriptions.c.guild_id == notice.guild_id,
        subscriptions.c.feed_id == notice.feed.id,
        told.is_not(None) if from_known else told.is_(None),
    )
    return connection.execute(update(subscriptions).where(*which).values(told_failing_at=told_at)).rowcount > 0
