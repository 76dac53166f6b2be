"""When channels get their briefings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, true

from briefs.models import Schedule
from briefs.store.schema import schedules

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row


def add(connection: Connection, schedule: Schedule) -> Schedule:
    """Store a schedule; its id is given here."""
    row = {
        "guild_id": schedule.guild_id,
        "channel_id": schedule.channel_id,
        "times": " ".join(schedule.times),
        "days": " ".join(map(str, schedule.days)),
        "zone": schedule.zone,
        "created_by": schedule.created_by,
        "created_at": schedule.created_at,
    }
    return _schedule(connection.execute(insert(schedules).values(row).returning(schedules)).one())


def fetch(connection: Connection, guild_id: int | None) -> tuple[Schedule, ...]:
    """Return the schedules of one server or of all."""
    which = true() if guild_id is None else schedules.c.guild_id == guild_id
    rows = connection.execute(select(schedules).where(which).order_by(schedules.c.id))
    return tuple(_schedule(row) for row in rows)


def remove(connection: Connection, guild_id: int, schedule_id: int) -> bool:
    """Remove a server's schedule; False: it has no such schedule."""
    matching = (schedules.c.id == schedule_id) & (schedules.c.guild_id == guild_id)
    return connection.execute(delete(schedules).where(matching)).rowcount > 0


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        times=tuple(row.times.split()),
        days=tuple(map(int, row.days.split())),
        zone=row.zone,
        created_by=row.created_by,
        created_at=row.created_at,
    )
