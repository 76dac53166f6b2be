"""Keeping a schedule only where it can stand beside the others; both in one step, so that two admins do not make two of one.

It blocks; callers use a thread.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from bot.commands.schedule import clashes

if TYPE_CHECKING:
    from datetime import datetime

    from briefs.models import Schedule
    from briefs.store import Store

_TURN = Lock()  # from looking at what a server has until the change is kept


def add(store: Store, wanted: Schedule, now: datetime) -> Schedule:
    """Keep a new schedule; its id is given here. Raises SettingError where the server cannot have it."""
    with _TURN:
        return _added(store, wanted, store.schedules(wanted.guild_id), now)


def find_or_add(store: Store, wanted: Schedule, now: datetime) -> tuple[Schedule, bool]:
    """Return a server's schedule for the same channel and times, else keep a new one; and whether it is new."""
    with _TURN:
        known = store.schedules(wanted.guild_id)
        same = next((each for each in known if _what(each) == _what(wanted)), None)
        return (same, False) if same else (_added(store, wanted, known, now), True)


def change(store: Store, wanted: Schedule, now: datetime) -> bool:
    """Keep a schedule as it is to be from now on; False: it is gone. Raises SettingError where the server cannot have it."""
    with _TURN:
        clashes.refuse(wanted, store.schedules(wanted.guild_id), now)
        return store.change_schedule(wanted)


def _added(store: Store, wanted: Schedule, known: tuple[Schedule, ...], now: datetime) -> Schedule:
    clashes.refuse(wanted, known, now)
    return store.add_schedule(
        wanted.guild_id, wanted.channel_id, wanted.times, wanted.days, wanted.zone, wanted.created_by, now
    )


def _what(schedule: Schedule) -> tuple[object, ...]:
    return schedule.channel_id, schedule.times, schedule.days, schedule.zone, schedule.paused_at
