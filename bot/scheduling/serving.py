"""Which slot of a schedule is served, and serving it.

Due times are decided by ``due_slots`` alone, and the ledger says which of them were served, so that a restart catches up and
nothing runs twice.

A slot is served at its instant. One that was missed (the bot or the machine was down, asleep or at work, the clock leapt over
it, the briefing could not be made) is caught up with for as long as the grace lasts: of each schedule the newest, which tells
the news of those before it; so is the later of two that a change of clocks brings to one instant. After the grace the next
slot tells the news. A schedule has no slot from before it was made, changed or resumed. A clock that is set back brings no
slot twice: those that were served stay served, those it had leapt over come.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.scheduling.slots import due_slots, title_of
from briefs.models import PostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.delivery.publishing import Publisher
    from bot.scheduling.slots import Slot
    from briefs.models import Clock, Schedule
    from briefs.newsroom import Newsroom

log = structlog.get_logger(__name__)

GRACE = timedelta(hours=2)
BRIEFINGS_AT_ONCE = 4  # that are composed, or wait for a worker; a thousand may be due at one minute


class Serving:
    """Serves schedules: composes and publishes what is due of them and was not served."""

    def __init__(self, newsroom: Newsroom, publisher: Publisher, clock: Clock, grace: timedelta) -> None:
        self._newsroom = newsroom
        self._publisher = publisher
        self._clock = clock
        self._grace = grace
        self._composing = asyncio.Semaphore(BRIEFINGS_AT_ONCE)

    async def serve(self, schedule: Schedule) -> None:
        """Post the newest slot that is due, unless it was served; older ones are told by it."""
        now = self._clock()
        slot = self.due(schedule, now)
        if slot and not await asyncio.to_thread(self._served, schedule, slot):
            await self._brief(schedule, slot, now)

    def overdue(self, schedules: Iterable[Schedule], now: datetime) -> list[Schedule]:
        """Return those of which a slot is due and was not served; it asks the database."""
        newest = ((each, self.due(each, now)) for each in schedules)
        return self._unserved([(each, slot) for each, slot in newest if slot])

    def due(self, schedule: Schedule, now: datetime) -> Slot | None:
        """Return the newest slot of a schedule for which it is not too late."""
        slots = due_slots(schedule, now - self._grace, now)
        return slots[-1] if slots else None

    def _served(self, schedule: Schedule, slot: Slot) -> bool:
        return not self._unserved([(schedule, slot)])

    def _unserved(self, due: Sequence[tuple[Schedule, Slot]]) -> list[Schedule]:
        """Return the schedules whose slot the ledger does not know, unless a run since then found nothing to tell.

        Nor one that is younger than its slot, or was paused, changed or removed since the jobs were made, here or by another
        process. However many there are, that takes three questions to the database.
        """
        if not due:
            return []
        store, now = self._newsroom.store, self._clock()
        guilds = {schedule.guild_id for schedule, _ in due}
        stored = set(store.schedules(guilds.pop() if len(guilds) == 1 else None))
        ran = {job.name: job.last_success_at for job in store.jobs([job_name(schedule) for schedule, _ in due])}
        known = store.known_runs([slot.run_key for _, slot in due])

        def waits(schedule: Schedule, slot: Slot) -> bool:
            if schedule not in stored or slot.run_key in known:
                return False
            if schedule.created_at and schedule.created_at > slot.instant:
                return False
            last = ran.get(job_name(schedule))
            return last is None or not slot.instant <= last <= now  # a later one ran by a clock that was ahead

        return [schedule for schedule, slot in due if waits(schedule, slot)]

    async def _brief(self, schedule: Schedule, slot: Slot, now: datetime) -> None:
        guild_id, channel_id = schedule.guild_id, schedule.channel_id
        async with self._publisher.turn(channel_id):
            async with self._composing:  # else every common thread would wait for a worker
                briefing = await asyncio.to_thread(
                    self._newsroom.compose, guild_id, now=now, title=title_of(slot), channel_id=channel_id
                )
            if briefing.is_silent:
                log.info("nothing new", channel=channel_id, run=slot.run_key)
                return
            delivery = await self._publisher.publish(guild_id, channel_id, briefing, run_key=slot.run_key)
        if delivery.state is not PostState.SENT:
            log.warning("briefing not posted", channel=schedule.channel_id, run=slot.run_key, problem=delivery.problem)


def job_name(schedule: Schedule) -> str:
    """Return the name under which a schedule's runs are recorded."""
    return f"schedule {schedule.id}"
