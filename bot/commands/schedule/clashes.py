"""Which schedules a server may not have together: the same twice, too many, or two posts of one channel at one minute; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.commands import clocks, hours
from bot.scheduling.slots import due_slots
from briefs.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefs.models import Schedule

SCHEDULES_LIMIT = 25  # of a server; the list of choices shows no more
AHEAD = timedelta(days=366)  # within which two zones' clocks have met in every way they do


def refuse(wanted: Schedule, known: Sequence[Schedule], now: datetime) -> None:
    """Raise SettingError where a server cannot have a schedule beside those it has."""
    others = [each for each in known if each.id != wanted.id]
    same = [each for each in others if each.channel_id == wanted.channel_id]
    if any(_when(each) == _when(wanted) for each in same):
        message = "This channel already has that schedule. /schedule list shows all of them."
        raise SettingError(message, setting="times")
    if len(others) >= SCHEDULES_LIMIT:
        message = f"A server can have {SCHEDULES_LIMIT} schedules. Remove one with /schedule remove first."
        raise SettingError(message, setting="times")
    for each in same:
        _refuse_another_zone(wanted, each, now)


def _refuse_another_zone(wanted: Schedule, other: Schedule, now: datetime) -> None:
    """Refuse one minute told in two zones, and one time of day in two zones: the ledger counts by local date and time."""
    if wanted.zone == other.zone or not set(wanted.days) & set(other.days):
        shared = [] if wanted.zone == other.zone else _meeting(wanted, other, now)
    else:
        shared = sorted(set(wanted.times) & set(other.times)) or _meeting(wanted, other, now)
    if shared:
        told = hours.in_words(other.times, other.days, other.zone)
        message = (
            f"This channel already gets a briefing {told}, and {shared[0]} would meet it. "
            "Choose another time or the same time zone, or change that one with /schedule edit."
        )
        raise SettingError(message, setting="times")


def _meeting(wanted: Schedule, other: Schedule, now: datetime) -> list[str]:
    """The times of day at which the two fall on one minute, sooner or later."""
    taken = {slot.instant for slot in due_slots(other, now, now + AHEAD)}
    return sorted({slot.at for slot in due_slots(wanted, now, now + AHEAD) if slot.instant in taken})


def remark(wanted: Schedule, known: Sequence[Schedule]) -> str:
    """Say at which times another schedule of the channel posts, too; nothing where none does."""
    same = [each for each in known if each.id != wanted.id and each.channel_id == wanted.channel_id]
    shared = sorted(
        {at for each in same if set(each.days) & set(wanted.days) for at in each.times if at in wanted.times}
    )
    if not shared:
        return ""
    return f"Another schedule of this channel has {clocks.joined(shared)}, too: where both fall on a day it is one briefing."


def _when(schedule: Schedule) -> tuple[object, ...]:
    return schedule.times, schedule.days, schedule.zone
