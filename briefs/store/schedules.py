"""When channels get their briefings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from briefs.models import Schedule
from briefs.store import guilds
from briefs.store.schema import schedules

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

WEEKDAYS = frozenset("0123456")  # as they are stored; 0 is Monday


def add(connection: Connection, schedule: Schedule) -> Schedule:
    """Store a schedule; its id is given here."""
    row = {"guild_id": schedule.guild_id, "created_by": schedule.created_by, **_changeable(schedule)}
    return _schedule(connection.execute(insert(schedules).values(row).returning(schedules)).one())


def fetch(connection: Connection, guild_id: int | None) -> tuple[Schedule, ...]:
    """Return the schedules of one server, or of all that the bot has not left."""
    which = guilds.served(schedules.c.guild_id) if guild_id is None else schedules.c.guild_id == guild_id
    rows = connection.execute(select(schedules).where(which).order_by(schedules.c.id))
    return tuple(_schedule(row) for row in rows)


def remove(connection: Connection, guild_id: int, schedule_id: int) -> bool:
    """Remove a server's schedule; False: it has no such schedule."""
    matching = (schedules.c.id == schedule_id) & (schedules.c.guild_id == guild_id)
    return connection.execute(delete(schedules).where(matching)).rowcount > 0


def change(connection: Connection, schedule: Schedule) -> bool:
    """Give the schedule with this id its new channel, times, days and zone; False: the server has no such schedule.

    ``created_at`` is when it was changed: what was due before then is not caught up with.
    """
    matching = (schedules.c.id == schedule.id) & (schedules.c.guild_id == schedule.guild_id)
    return connection.execute(update(schedules).where(matching).values(_changeable(schedule))).rowcount > 0


def antedate(connection: Connection, now: datetime) -> int:
    """Let schedules that were made in the future, by a clock that was ahead, be made now; return how many."""
    return connection.execute(update(schedules).where(schedules.c.created_at > now).values(created_at=now)).rowcount


def pause(connection: Connection, guild_id: int, schedule_id: int, paused_at: datetime | None) -> bool:
    """Stop a schedule for a while, or with None let it go on; False: the server has no such schedule."""
    matching = (schedules.c.id == schedule_id) & (schedules.c.guild_id == guild_id)
    return connection.execute(update(schedules).where(matching).values(paused_at=paused_at)).rowcount > 0


def _changeable(schedule: Schedule) -> dict[str, Any]:
    return {
        "channel_id": schedule.channel_id,
        "times": " ".join(schedule.times),
        "days": " ".join(map(str, schedule.days)),
        "zone": schedule.zone,
        "created_at": schedule.created_at,
        "paused_at": schedule.paused_at,
    }


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        times=tuple(row.times.split()),
        days=_days(row.days),
        zone=row.zone,
        created_by=row.created_by,
        created_at=row.created_at,
        paused_at=row.paused_at,
    )


def _days(stored: str) -> tuple[int, ...]:
    """Return weekdays; none where they cannot be read, so that one row keeps no other schedule from being read."""
    days = stored.split()
    return tuple(map(int, days)) if WEEKDAYS.issuperset(days) else ()
