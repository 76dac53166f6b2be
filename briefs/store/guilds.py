"""What is kept of a server beside its news: what its admins did, what they must mend, and when the bot left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, union, update

from briefs.store import statements
from briefs.store.records import EVERYONE, Action, Alarm
from briefs.store.schema import (
    actions,
    alarms,
    channel_settings,
    departures,
    schedules,
    settings,
    subscriptions,
    topics,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection


# ------------------------------------------------------------------------------------------------------------- actions
def note(connection: Connection, guild_id: int, user_id: int, name: str, detail: str, now: datetime) -> None:
    """Write down what an admin did."""
    row = {"guild_id": guild_id, "at": now, "user_id": user_id, "name": name, "detail": detail}
    connection.execute(insert(actions).values(row))


def noted(connection: Connection, guild_id: int, *, limit: int, offset: int) -> tuple[tuple[Action, ...], int]:
    """Return what a server's admins did, newest first, and how much there is of it."""
    own = actions.c.guild_id == guild_id
    rows = connection.execute(select(actions).where(own).order_by(actions.c.id.desc()).limit(limit).offset(offset))
    total = connection.scalar(select(func.count()).select_from(actions).where(own)) or 0
    return tuple(Action(**row._mapping) for row in rows), total  # noqa: SLF001 - SQLAlchemy's public name


def purge_actions(connection: Connection, before: datetime) -> int:
    """Forget what admins did before a time; return how much."""
    return connection.execute(delete(actions).where(actions.c.at < before)).rowcount


# -------------------------------------------------------------------------------------------------------------- alarms
def raise_alarm(connection: Connection, guild_id: int, subject: str, detail: str, now: datetime) -> bool:
    """Raise an alarm, to be told once; False: it is raised already."""
    row = {"guild_id": guild_id, "subject": subject, "detail": detail, "raised_at": now}
    statement = statements.insert(connection, alarms).on_conflict_do_nothing()
    return connection.execute(statement.values(row)).rowcount > 0


def clear_alarm(connection: Connection, guild_id: int, subject: str) -> bool:
    """Take an alarm back, since what it is about is mended; False: there was none."""
    which = (alarms.c.guild_id == guild_id) & (alarms.c.subject == subject)
    return connection.execute(delete(alarms).where(which)).rowcount > 0


def raised(connection: Connection, guild_id: int | None) -> tuple[Alarm, ...]:
    """Return the alarms of a server, or of all, in the order in which they were raised."""
    chosen = select(alarms) if guild_id is None else select(alarms).where(alarms.c.guild_id == guild_id)
    rows = connection.execute(chosen.order_by(alarms.c.raised_at, alarms.c.guild_id, alarms.c.subject))
    return tuple(Alarm(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public name


def tell_alarm(connection: Connection, alarm: Alarm, now: datetime | None) -> bool:
    """Take an alarm to tell it, or with None give it back untold; False: someone has it, or it is mended."""
    which = (alarms.c.guild_id == alarm.guild_id) & (alarms.c.subject == alarm.subject)
    open_ = alarms.c.told_at.is_(None) if now else alarms.c.told_at.is_not(None)
    return connection.execute(update(alarms).where(which & open_).values(told_at=now)).rowcount > 0


# ---------------------------------------------------------------------------------------------------------- departures
def depart(connection: Connection, guild_id: int, now: datetime) -> bool:
    """Write down that the bot is no longer on a server; False: that is known."""
    statement = statements.insert(connection, departures).on_conflict_do_nothing()
    return connection.execute(statement.values(guild_id=guild_id, left_at=now)).rowcount > 0


def return_(connection: Connection, guild_id: int) -> bool:
    """Write down that it is back; False: it was not away."""
    return connection.execute(delete(departures).where(departures.c.guild_id == guild_id)).rowcount > 0


def departed(connection: Connection, before: datetime) -> tuple[int, ...]:
    """Return the servers that the bot left before a time."""
    gone = select(departures.c.guild_id).where(departures.c.left_at < before).order_by(departures.c.guild_id)
    return tuple(connection.scalars(gone))


def antedate_departures(connection: Connection, now: datetime) -> int:
    """Let servers that were left in the future, by a clock that was ahead, be left now; return how many."""
    ahead = update(departures).where(departures.c.left_at > now)
    return connection.execute(ahead.values(left_at=now)).rowcount


def is_away(connection: Connection, guild_id: int, before: datetime) -> bool:
    """Whether the bot left a server before a time; while the transaction lasts, it does not come back."""
    which = departures.c.guild_id == guild_id, departures.c.left_at < before
    return connection.scalar(select(departures.c.guild_id).where(*which).with_for_update()) is not None


def served(guild_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Say of a column that its server is one that the bot has not left."""
    return guild_id.not_in(select(departures.c.guild_id))


def known(connection: Connection) -> tuple[int, ...]:
    """Return the servers that chose anything: a source, a time, a topic, a setting."""
    chosen = (select(table.c.guild_id) for table in (subscriptions, schedules, settings, channel_settings, topics))
    return tuple(sorted(each for each in connection.scalars(union(*chosen)) if each != EVERYONE))
