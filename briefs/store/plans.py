"""When what articles plan is over: what is to come is found by when it is, however long ago it was told.

An article has a row for each such time, one of its own time where it plans nothing, and none where nobody has looked. An
edited article's older versions have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from briefs.store.schema import articles, feed_articles, plans, readings
from briefs.store.statements import among, insert
from briefs.store.visibility import read_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection


def save(connection: Connection, by_number: Mapping[int, Sequence[datetime]]) -> None:
    """Store when what articles plan is over, by row number."""
    if not by_number:
        return
    newest = among(connection, articles.c.number, by_number.keys()) & ~articles.c.superseded
    found = connection.execute(select(articles.c.number, articles.c.shown_at).where(newest))
    rows = [
        {"until": until, "article": row.number} for row in found for until in by_number[row.number] or [row.shown_at]
    ]
    if rows:
        connection.execute(insert(connection, plans).on_conflict_do_nothing(), rows)


def coming(connection: Connection, guild_id: int | None, at: datetime, limit: int) -> tuple[str, ...]:
    """Return ids of the articles a server sees at a time whose plans are the soonest not over then: ``limit`` plans at most."""
    not_over = select(plans.c.article).where(plans.c.until > at, _seen_by(guild_id, at))
    soonest = list(connection.scalars(not_over.order_by(plans.c.until, plans.c.article).limit(limit)))
    named = select(articles.c.number, articles.c.id).where(among(connection, articles.c.number, soonest))
    ids = {row.number: row.id for row in connection.execute(named)}
    return tuple(ids[number] for number in dict.fromkeys(soonest))


def _seen_by(guild_id: int | None, at: datetime) -> ColumnElement[bool]:
    """Return "a server sees the planning article at a time", without a look at the article where that can be."""
    if guild_id is None:
        published = select(1).where(articles.c.number == plans.c.article, articles.c.shown_at <= at)
    else:
        shown = feed_articles.c.article == plans.c.article, feed_articles.c.shown_at <= at
        published = select(1).select_from(feed_articles).where(*shown, feed_articles.c.feed_id.in_(read_by(guild_id)))
    return published.correlate(plans).exists()


def without(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return ids of articles that have a reading, and in whose plans nobody has looked, the latest first; of indexes alone."""
    read = (
        select(articles.c.number).join_from(articles, readings).outerjoin(plans, plans.c.article == articles.c.number)
    )
    lacking = read.where(plans.c.article.is_(None), ~articles.c.superseded).order_by(articles.c.shown_at.desc())
    found = select(articles.c.id).where(articles.c.number.in_(lacking.limit(limit)))
    return tuple(connection.scalars(found.order_by(articles.c.shown_at.desc(), articles.c.id)))
