"""When briefings are due, and the jobs that see to it.

The schedules live in the store; the jobs are made from them at start and whenever they change. Due times are decided by
``due_slots`` alone, and the ledger says which of them were served, so that a restart catches up and nothing runs twice.

A slot is served at its instant. One that was missed (the bot or the machine was down, asleep or at work, the clock leapt over
it, the briefing could not be made) is caught up with for as long as the grace lasts: of each schedule the newest, which tells
the news of those before it; so is the later of two that a change of clocks brings to one instant. After the grace the next
slot tells the news. A schedule has no slot from before it was made, changed or resumed. A clock that is set back brings no
slot twice: those that were served stay served, those it had leapt over come.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.retention import Retention
from bot.slots import due_slots, next_runs, title_of
from bot.vitals import Vitals
from briefs.models import PostState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from bot.departures import Departures
    from bot.generation import Generation
    from bot.notices import Notices
    from bot.publishing import Publisher
    from bot.slots import Slot
    from briefs.models import Clock, Schedule
    from briefs.newsroom import Newsroom

log = structlog.get_logger(__name__)

POLL_ROUNDS = 30  # one after another, before the job says that it is well and begins anew
POLL_EVERY = timedelta(minutes=1)  # looks for feeds that are due; how often each is visited is a setting
RECONCILE_EVERY = timedelta(minutes=5)
DEPARTURES_EVERY = timedelta(hours=1)
ALARMS_EVERY = timedelta(minutes=1)
NOTICES_EVERY = timedelta(minutes=1)
LOOK_AROUND_EVERY = timedelta(minutes=5)  # at articles that came in, so that no overview waits for them
LOOK_AROUND_PAUSE = 0.1  # seconds between two looks: the event loop shares a processor with them
REFRESH_EVERY = timedelta(minutes=1)  # another process may have changed the schedules
CATCH_UP_EVERY = timedelta(minutes=1)
WATCH_EVERY = 20.0  # seconds between two looks at whether the machine's clock was set
LEAP = 1.0  # seconds; what the clock gains or loses by itself meanwhile is far less
FORGET_EVERY = timedelta(hours=6)
QUESTIONS_EVERY = timedelta(minutes=5)
GRACE = timedelta(hours=2)


# ----------------------------------------------------------------------------------------------------------- the jobs
class SlotTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Fires at each slot of a schedule, as ``due_slots`` decides; once for all that were slept through.

    APScheduler lives by the machine's clock, the desk by its own, which in the preview is another day: the trigger translates.
    """

    def __init__(self, schedule: Schedule, clock: Clock) -> None:
        self.schedule = schedule
        self.clock = clock

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """Return the first slot still to come that has not fired, by the machine's clock and never early."""
        ahead = timedelta(seconds=ceil((now - self.clock()).total_seconds()))
        after = max(previous_fire_time, now) if previous_fire_time else now - timedelta(microseconds=1)
        return next((slot.instant + ahead for slot in next_runs(self.schedule, after - ahead, 1)), None)


class EveryTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Fires an interval after it fired: APScheduler's own would list every interval that was slept through."""

    def __init__(self, interval: timedelta) -> None:
        self.interval = interval

    def get_next_fire_time(self, _previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the end of the interval that begins now."""
        return now + self.interval


class Scheduler:
    """Runs the polling and the briefings. Every method is called on the event loop; the work is done in threads."""

    def __init__(
        self,
        newsroom: Newsroom,
        publisher: Publisher,
        clock: Clock,
        *,
        grace: timedelta = GRACE,
        notices: Notices | None = None,
        departures: Departures | None = None,
        vitals: Vitals | None = None,
        generation: Generation | None = None,
    ) -> None:
        self._vitals = vitals or Vitals(clock)
        self._newsroom = newsroom
        self._publisher = publisher
        self._clock = clock
        self._grace = grace
        self._notices = notices
        self._departures = departures
        self._generation = generation
        self._retention = Retention(newsroom.store, clock)
        self._known: dict[str, Schedule] = {}
        self._serving: set[str] = set()  # schedules whose briefing is in the making, by their jobs' names
        self._paused = False
        self._watching: asyncio.Task[None] | None = None
        self._jobs = AsyncIOScheduler(  # without a grace of its own: what is too late is for ``due_slots`` to say
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    async def start(self) -> None:
        """Finish what was interrupted, catch up with what was missed, then keep to the schedules.

        Catching up may take minutes: whoever starts the bot makes a task of this. The language pipeline is loaded on the
        way, so that the first question does not wait for it.
        """
        await self._supervised("reconcile", self._publisher.reconcile)
        if self._departures:
            await self._supervised("departures", self._departures.look)
            self._every("departures", DEPARTURES_EVERY, self._departures.look)
        await self._supervised("refresh", self.refresh)
        self._every("poll", POLL_EVERY, self.poll, at_once=True)
        self._every("reconcile", RECONCILE_EVERY, self._publisher.reconcile)
        self._every("refresh", REFRESH_EVERY, self.refresh)
        if self._notices:
            self._every("notices", NOTICES_EVERY, self._notices.send)
        if self._publisher.alarms:
            self._every("alarms", ALARMS_EVERY, self._publisher.alarms.look)
        self._every("forget", FORGET_EVERY, self._retention.forget, at_once=True)
        self._every("questions", QUESTIONS_EVERY, self._retention.forget_questions, at_once=True)
        self._jobs.start()
        self._watching = asyncio.create_task(self._watch())
        await self._supervised("load the language pipeline", partial(asyncio.to_thread, self._newsroom.warm_up))
        self._every("look around", LOOK_AROUND_EVERY, self.look_around, at_once=True)
        self._every("catch up", CATCH_UP_EVERY, self.catch_up)
        await asyncio.gather(*(self._run(each) for each in self._known.values()))

    def pause(self) -> None:
        """Begin nothing more; what is under way goes on."""
        self._paused = True

    def stop(self) -> None:
        """Stop at once; what is claimed and not sent is finished at the next start."""
        if self._watching:
            self._watching.cancel()
        if self._jobs.running:
            self._jobs.shutdown(wait=False)

    async def refresh(self) -> None:
        """Bring the jobs in line with the stored schedules; call it when they changed."""
        if self._generation:
            await self._generation.look()
        stored = await asyncio.to_thread(self._stored)
        wanted = {job_name(schedule): schedule for schedule in stored if not schedule.paused_at}
        for name in self._known.keys() - wanted.keys():
            self._jobs.remove_job(name)
        for name, schedule in wanted.items():
            if self._known.get(name) != schedule:
                self._plan(name, SlotTrigger(schedule, self._clock), partial(self._run, schedule))
        self._known = wanted

    def _stored(self) -> tuple[Schedule, ...]:
        """Return the schedules; what was made by a clock that was ahead counts from now, lest it wait for that time."""
        store, now = self._newsroom.store, self._clock()
        found = store.schedules()
        if not any(each.created_at and each.created_at > now for each in found):
            return found
        store.antedate_schedules(now)
        return store.schedules()

    def next_runs(self, guild_id: int, count: int) -> list[datetime]:
        """Return the next instants at which a server gets a briefing."""
        own = [schedule for schedule in self._known.values() if schedule.guild_id == guild_id]
        instants = {slot.instant for schedule in own for slot in next_runs(schedule, self._clock(), count)}
        return sorted(instants)[:count]

    async def serve(self, schedule: Schedule) -> None:
        """Post the newest slot that is due, unless it was served; older ones are told by it."""
        now = self._clock()
        slots = due_slots(schedule, now - self._grace, now)
        if slots and not await asyncio.to_thread(self._served, schedule, slots[-1]):
            await self._brief(schedule, slots[-1], now)

    async def catch_up(self) -> None:
        """Serve what is due and was not served: missed, failed, or put off by the one before it."""
        due = await asyncio.to_thread(self._overdue, tuple(self._known.values()), self._clock())
        await asyncio.gather(*(self._run(each) for each in due))

    def _overdue(self, schedules: Iterable[Schedule], now: datetime) -> list[Schedule]:
        newest = ((each, due_slots(each, now - self._grace, now)[-1:]) for each in schedules)
        return [each for each, slots in newest if slots and not self._served(each, slots[0])]

    def _served(self, schedule: Schedule, slot: Slot) -> bool:
        """Whether the ledger knows the slot, the schedule is younger, or a run since then found nothing to tell.

        So is one that was paused, changed or removed since the jobs were made, here or by another process.
        """
        if schedule not in self._newsroom.store.schedules(schedule.guild_id):
            return True
        if schedule.created_at and schedule.created_at > slot.instant:
            return True
        jobs = {job.name: job.last_success_at for job in self._newsroom.store.jobs()}
        ran = jobs.get(job_name(schedule))
        since = ran is not None and slot.instant <= ran <= self._clock()  # a later one ran by a clock that was ahead
        return since or bool(self._newsroom.store.posts(slot.run_key))

    async def _brief(self, schedule: Schedule, slot: Slot, now: datetime) -> None:
        guild_id, channel_id = schedule.guild_id, schedule.channel_id
        async with self._publisher.turn(channel_id):
            briefing = await asyncio.to_thread(
                self._newsroom.compose, guild_id, now=now, title=title_of(slot), channel_id=channel_id
            )
            if briefing.is_silent:
                log.info("nothing new", channel=channel_id, run=slot.run_key)
                return
            delivery = await self._publisher.publish(guild_id, channel_id, briefing, run_key=slot.run_key)
        if delivery.state is not PostState.SENT:
            log.warning("briefing not posted", channel=schedule.channel_id, run=slot.run_key, problem=delivery.problem)

    async def poll(self) -> None:
        """Visit the feeds that are due, round after round: each takes only a few of any one host."""
        for _ in range(POLL_ROUNDS):
            report = await asyncio.to_thread(self._newsroom.collect)
            if not report.polled:
                return
            self._vitals.polled(report.polled, failed=len(report.problems), articles=len(report.articles))
            log.info("polled", feeds=report.polled, articles=len(report.articles), problems=len(report.problems))
            for problem in report.problems:
                log.warning("feed failed", problem=problem)
            for remark in report.remarks:
                log.info("items of a feed left out", remark=remark)

    async def look_around(self) -> None:
        """Let the desk look through the newest articles before anybody asks for an overview, a little at a time."""
        more = True
        while more:
            more = await asyncio.to_thread(self._newsroom.look_around)
            await asyncio.sleep(LOOK_AROUND_PAUSE)

    # ---------------------------------------------------------------------------------------------------- supervision
    def _every(
        self, name: str, interval: timedelta, work: Callable[[], Awaitable[object]], *, at_once: bool = False
    ) -> None:
        at = {"next_run_time": datetime.now(UTC)} if at_once else {}
        self._plan(name, EveryTrigger(interval), partial(self._supervised, name, work), **at)

    def _plan(self, name: str, trigger: BaseTrigger, work: Callable[[], Awaitable[None]], **options: object) -> None:
        self._jobs.add_job(self._job, trigger, args=[work], id=name, name=name, replace_existing=True, **options)

    async def _job(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run a job; one that is cut off because the bot stops is no failure: the next start sees what is left to do."""
        with suppress(asyncio.CancelledError):
            await work()

    async def _run(self, schedule: Schedule) -> None:
        """Serve a schedule, unless that is under way: then the next look at what is overdue sees to it."""
        name = job_name(schedule)
        if name in self._serving:
            return
        self._serving.add(name)
        try:
            await self._supervised(name, partial(self.serve, schedule))
        finally:
            self._serving.discard(name)

    async def _watch(self) -> None:
        """See that no job waits for a time that the machine's clock showed before it was set back.

        APScheduler reckons by that clock when each job is next; the event loop's own clock cannot be set.
        """
        ahead = self._ahead()
        while True:
            await asyncio.sleep(WATCH_EVERY)
            before, ahead = ahead, self._ahead()
            if abs(ahead - before) > LEAP:
                log.warning("the machine's clock was set, or it slept", seconds=round(ahead - before, 1))
                self._plan_again()

    def _ahead(self) -> float:
        """Seconds that the machine's clock is ahead of the loop's."""
        return datetime.now(UTC).timestamp() - asyncio.get_running_loop().time()

    def _plan_again(self) -> None:
        """Bring forward every job whose next time comes sooner by the clock as it is now."""
        now = datetime.now(UTC)
        for job in self._jobs.get_jobs():
            sooner = job.trigger.get_next_fire_time(None, now)
            if sooner and sooner < job.next_run_time:
                self._jobs.modify_job(job.id, next_run_time=sooner)
        self._jobs.wakeup()  # it sleeps by the clock as it was

    async def _supervised(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """Run a job, write down how it went, and never let it take the schedule with it."""
        if self._paused:
            return
        at, problem = self._clock(), None
        try:
            await work()
        except Exception as error:  # logged with its cause below; the job runs again at its next time
            log.exception("job failed", job=name)
            problem = str(error) or repr(error)
        try:
            await asyncio.to_thread(self._newsroom.store.record_job, name, at=at, error=problem)
        except Exception:  # a database that is away is met again at the next run
            log.exception("job not recorded", job=name)


def job_name(schedule: Schedule) -> str:
    """Return the name under which a schedule's runs are recorded."""
    return f"schedule {schedule.id}"
