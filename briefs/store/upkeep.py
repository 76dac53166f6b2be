"""Settings of servers, the record of background jobs, statistics, and forgetting a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, delete, func, select

from briefs.errors import StoreError
from briefs.store import feeds
from briefs.store.records import EVERYONE, JobRecord, Statistics
from briefs.store.schema import (
    actions,
    alarms,
    answers,
    articles,
    briefings,
    channel_settings,
    departures,
    jobs,
    posts,
    readings,
    schedules,
    settings,
    stories,
    subscriptions,
    threads,
    topics,
)
from briefs.store.statements import among, insert

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection


def guild_settings(connection: Connection, guild_id: int) -> dict[str, str]:
    """Return what a server has set."""
    chosen = select(settings.c.name, settings.c.value).where(settings.c.guild_id == guild_id).order_by(settings.c.name)
    return {row.name: row.value for row in connection.execute(chosen)}


def set_setting(connection: Connection, guild_id: int, name: str, value: str | None) -> None:
    """Set one of a server's settings; None takes it back to its default."""
    if value is None:
        gone = (settings.c.guild_id == guild_id) & (settings.c.name == name)
        connection.execute(delete(settings).where(gone))
        return
    statement = insert(connection, settings).values(guild_id=guild_id, name=name, value=value)
    keys = ["guild_id", "name"]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"value": statement.excluded.value}))


def record_job(connection: Connection, name: str, at: datetime, error: str | None) -> None:
    """Record a run of a job; a failed run leaves the time of the last success, and counts."""
    row = {"name": name, "last_run_at": at, "last_success_at": None if error else at, "last_error": error}
    row |= {"failures": 1, "failing_since": at} if error else {"failures": 0, "failing_since": None}
    statement = insert(connection, jobs).values(row)
    success = func.coalesce(statement.excluded.last_success_at, jobs.c.last_success_at)
    fresh = {"last_run_at": at, "last_success_at": success, "last_error": error, "failures": 0, "failing_since": None}
    if error:
        since = case((jobs.c.failing_since <= at, jobs.c.failing_since), else_=at)  # nor since a time still to come
        fresh |= {"failures": jobs.c.failures + 1, "failing_since": since}
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=fresh))


def job_records(connection: Connection, names: Collection[str] | None) -> tuple[JobRecord, ...]:
    """Return every job that ever ran, or those of these names."""
    wanted = select(jobs) if names is None else select(jobs).where(among(connection, jobs.c.name, names))
    rows = connection.execute(wanted.order_by(jobs.c.name))
    return tuple(JobRecord(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public name


_OWN = (
    answers,
    threads,
    posts,
    briefings,
    schedules,
    settings,
    channel_settings,
    topics,
    actions,
    alarms,
    departures,
)  # in an order that no reference forbids


def forget_guild(connection: Connection, guild_id: int) -> None:
    """Delete all that is kept for a server. Articles stay: they are the feeds', not the server's."""
    if guild_id == EVERYONE:
        raise StoreError("What the operator reads for every server cannot be forgotten as a server's own.")
    feeds.forget_guild(connection, guild_id)
    for table in _OWN:
        connection.execute(delete(table).where(table.c.guild_id == guild_id))


def statistics(connection: Connection) -> Statistics:
    """Count what is stored; of an edited article its newest version."""
    superseded = select(articles.c.number).where(articles.c.superseded)
    newest = ~articles.c.superseded
    facts = select(func.coalesce(func.sum(readings.c.facts), 0))
    outdated = facts.where(readings.c.article.in_(superseded))
    return Statistics(
        articles=connection.scalar(select(func.count()).select_from(articles).where(newest)) or 0,
        stories=connection.scalar(select(func.count()).select_from(stories)) or 0,
        # All less a few: the index gives the sum without a look at each article.
        facts=(connection.scalar(facts) or 0) - (connection.scalar(outdated) or 0),
        feeds=connection.scalar(select(func.count(func.distinct(subscriptions.c.feed_id)))) or 0,
        newest_at=connection.scalar(select(func.max(articles.c.shown_at)).where(newest)),
    )
