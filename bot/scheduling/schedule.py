"""The bot's jobs: planned, kept in line with the stored schedules, and watched over by whoever begins them.

The schedules live in the store; their jobs are made from them at start and whenever they change. Which slot a job serves is
for ``serving.py`` to say.
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

from bot.operation.jobs import (
    ALARMS,
    BACK_UP,
    BRIEF,
    CATCH_UP,
    DEPARTURES,
    FORGET,
    LOAD,
    LOOK_AROUND,
    NOTICES,
    POLL,
    QUESTIONS,
    RECONCILE,
    REFRESH,
    WATCH,
)
from bot.operation.supervision import Supervision
from bot.operation.vitals import Vitals
from bot.scheduling.retention import Retention
from bot.scheduling.serving import GRACE, Serving, job_name
from bot.scheduling.slots import next_runs, unreadable
from briefs.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.delivery.publishing import Publisher
    from bot.notices import Notices
    from bot.operation.generation import Generation
    from bot.operation.jobs import Job
    from bot.scheduling.backups import Backups
    from bot.scheduling.departures import Departures
    from bot.scheduling.retention import Kept
    from briefs.models import Clock, Schedule
    from briefs.newsroom import Newsroom

log = structlog.get_logger(__name__)

POLL_ROUNDS = 30  # one after another, before the job says that it is well and begins anew
LOOK_AROUND_PAUSE = 0.1  # seconds between two looks: the event loop shares a processor with them
WATCH_EVERY = 20.0  # seconds between two looks at the machine's clock, and at whether the jobs' own still goes
LEAP = 1.0  # seconds; what the clock gains or loses by itself meanwhile is far less
OVERDUE = timedelta(minutes=1)  # a job that did not begin by then was forgotten by what begins the jobs
START_AGAIN = 10.0  # seconds until the jobs are started once more where that failed


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
        kept: Kept | None = None,
        backups: Backups | None = None,
    ) -> None:
        self._vitals = vitals or Vitals(clock)
        self._newsroom = newsroom
        self._publisher = publisher
        self._clock = clock
        self._notices = notices
        self._departures = departures
        self._generation = generation
        self._backups = backups
        self._retention = Retention(newsroom.store, clock, newsroom=newsroom, kept=kept)
        self._known: dict[str, Schedule] = {}
        # Commands and a job refresh: what was read first must not be put in place last.
        self._refreshing = asyncio.Lock()
        self._serving = Serving(newsroom, publisher, clock, grace)
        self._in_making: set[str] = set()  # schedules whose briefing is, by their jobs' names
        self._paused = False
        self._unreadable: dict[int, str] = {}  # schedules of which nobody can tell when they are due, and why
        self._supervision = Supervision(newsroom.store, clock, self._vitals)
        self._watching: asyncio.Task[None] | None = None
        self._reconciling: asyncio.Task[None] | None = None  # what was interrupted before the start
        self._jobs = AsyncIOScheduler(  # without a grace of its own: what is too late is for ``Serving`` to say
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    async def start(self) -> None:
        """Begin to finish what was interrupted, catch up with what was missed, then keep to the schedules.

        Catching up may take minutes: whoever starts the bot makes a task of this. The language pipeline is loaded on the
        way, so that the first question does not wait for it.
        """
        self._watching = asyncio.create_task(self._watch(), name="watch")
        while True:
            try:
                await self._start()
            except Exception as error:
                log.exception("the jobs were not started, tried again", cause=str(error))
                await asyncio.sleep(START_AGAIN)
            else:
                return

    async def _start(self) -> None:
        await self._reconcile()
        if self._departures:
            await self._supervised(DEPARTURES, self._departures.look)
            self._every(DEPARTURES, self._departures.look)
        await self._supervised(REFRESH, self.refresh)
        self._every(POLL, self.poll, at_once=True)
        self._every(RECONCILE, self._publisher.reconcile)
        self._every(REFRESH, self.refresh)
        if self._notices:
            self._every(NOTICES, self._notices.send)
        if self._publisher.alarms:
            self._every(ALARMS, self._publisher.alarms.look)
        self._every(FORGET, self._retention.forget, at_once=True)
        self._every(QUESTIONS, self._retention.forget_questions, at_once=True)
        self._every(BACK_UP, self.back_up, at_once=True)
        if not self._jobs.running:
            self._jobs.start()
        await self._supervised(LOAD, partial(self._supervision.in_thread, LOAD.name, self._newsroom.warm_up))
        self._every(LOOK_AROUND, self.look_around, at_once=True)
        self._every(CATCH_UP, self.catch_up)
        await self._supervised(CATCH_UP, self.catch_up)

    async def _reconcile(self) -> None:
        """Begin to finish what was interrupted: nothing waits for it but newer briefings of the same channels."""
        if self._reconciling is None:
            reconciling = self._supervised(RECONCILE, self._publisher.reconcile)
            self._reconciling = asyncio.create_task(reconciling, name="reconcile")
        in_line = asyncio.create_task(self._publisher.in_line(), name="in line")
        await asyncio.wait({self._reconciling, in_line}, return_when=asyncio.FIRST_COMPLETED)
        in_line.cancel()

    def pause(self) -> None:
        """Begin nothing more; what is under way goes on."""
        self._paused = True

    def stop(self) -> None:
        """Stop at once; what is claimed and not sent is finished at the next start."""
        for task in filter(None, (self._watching, self._reconciling)):
            task.cancel()
        if self._jobs.running:
            self._jobs.shutdown(wait=False)

    async def refresh(self) -> None:
        """Bring the jobs in line with the stored schedules; call it when they changed."""
        if self._generation:
            await self._generation.look()
        async with self._refreshing:
            stored = await asyncio.to_thread(self._stored)
            self._bring_in_line({job_name(schedule): schedule for schedule in stored if not schedule.paused_at})
        await self._tell_unreadable(stored)

    def _bring_in_line(self, wanted: dict[str, Schedule]) -> None:
        """Drop, plan and change jobs until they are those of these schedules, by the jobs' names."""
        for name in self._known.keys() - wanted.keys():
            self._jobs.remove_job(name)
        for name, schedule in wanted.items():
            if self._known.get(name) != schedule:
                self._plan(name, SlotTrigger(schedule, self._clock), partial(self._run, schedule))
        self._known = wanted

    async def _tell_unreadable(self, stored: Sequence[Schedule]) -> None:
        """Tell of each schedule that nobody can read: it has no slots, and keeps no other from its own."""
        told = {each.id: unreadable(each) for each in stored if not each.paused_at}
        for each in stored:
            if (why := told.get(each.id)) and self._unreadable.get(each.id) != why:
                log.error("schedule cannot be read", schedule=each.id, guild=each.guild_id, problem=why)
                if self._publisher.alarms:
                    await self._publisher.alarms.refused(each.guild_id, each.channel_id, why)
        self._unreadable = {number: why for number, why in told.items() if why}

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

    async def catch_up(self) -> None:
        """Serve what is due and was not served: missed, failed, or put off by the one before it."""
        due = await asyncio.to_thread(self._serving.overdue, tuple(self._known.values()), self._clock())
        await asyncio.gather(*(self._run(each) for each in due))

    async def poll(self) -> None:
        """Visit the feeds that are due, round after round: each takes only a few of any one host."""
        for _ in range(POLL_ROUNDS):
            report = await self._supervision.in_thread(POLL.name, self._newsroom.collect)
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
            more = await self._supervision.in_thread(LOOK_AROUND.name, self._newsroom.look_around)
            await asyncio.sleep(LOOK_AROUND_PAUSE)

    async def back_up(self) -> None:
        """Make a backup where the operator wants them and one is due."""
        if self._backups:
            await self._supervision.in_thread(BACK_UP.name, self._backups.make_if_due, self._clock())

    # ---------------------------------------------------------------------------------------------------- supervision
    def _every(self, job: Job, work: Callable[[], Awaitable[object]], *, at_once: bool = False) -> None:
        at = {"next_run_time": datetime.now(UTC)} if at_once else {}
        self._plan(job.name, EveryTrigger(job.every), partial(self._supervised, job, work), **at)
        self._supervision.expect(job)

    def _plan(self, name: str, trigger: BaseTrigger, work: Callable[[], Awaitable[None]], **options: object) -> None:
        self._jobs.add_job(self._job, trigger, args=[work], id=name, name=name, replace_existing=True, **options)

    async def _job(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run a job; one that is cut off because the bot stops is no failure: the next start sees what is left to do."""
        with suppress(asyncio.CancelledError):
            await work()

    async def _run(self, schedule: Schedule) -> None:
        """Serve a schedule, unless that is under way: then the next look at what is overdue sees to it.

        A slot that was slept through and for which it is too late is no run, lest it be told as one without news.
        """
        name = job_name(schedule)
        if self._paused or name in self._in_making or not self._serving.due(schedule, self._clock()):
            return
        self._in_making.add(name)
        try:
            await self._supervised(BRIEF, partial(self._serving.serve, schedule), name=name)
        finally:
            self._in_making.discard(name)
        if self._publisher.alarms:
            with suppress(StoreError):  # a database that is away is an alarm of its own
                await self._publisher.alarms.made(schedule, failures=self._supervision.failures(name))

    async def _watch(self) -> None:
        """Watch over all jobs, and over what begins them, for ever."""
        loop = asyncio.get_running_loop()
        ahead, looked_at = self._ahead(), loop.time()
        self._supervision.expect(WATCH)
        while True:
            await asyncio.sleep(WATCH_EVERY)
            try:
                before, ahead = ahead, self._ahead()
                self._keep_going(ahead - before)
            except Exception:  # whatever it is, the next look may mend it
                log.exception("the jobs could not be looked at")
            if loop.time() - looked_at >= WATCH.every.total_seconds():
                looked_at = loop.time()
                await self._supervised(WATCH, self._look)

    def _keep_going(self, leap: float) -> None:
        """See that no job waits for a time that the machine's clock showed before it was set back, and that none is forgotten.

        APScheduler reckons by that clock when each job is next; the event loop's own clock cannot be set.
        """
        if abs(leap) > LEAP:
            log.warning("the machine's clock was set, or it slept", seconds=round(leap, 1))
            self._vitals.woke()
            self._plan_again()
        elif forgotten := self._forgotten():
            log.error("what begins the jobs stood still, and is woken", jobs=forgotten)
            self._jobs.wakeup()

    def _forgotten(self) -> list[str]:
        """Jobs that should have begun, and did not."""
        if not self._jobs.running or self._paused:
            return []
        late = datetime.now(UTC) - OVERDUE
        return [job.id for job in self._jobs.get_jobs() if job.next_run_time and job.next_run_time < late]

    async def _look(self) -> None:
        """Raise the alarms about the database and about jobs, and tell whoever can mend it."""
        if self._publisher.alarms:
            await self._publisher.alarms.of_database(await asyncio.to_thread(self._trouble))
        said = await self._supervision.look()
        if self._publisher.alarms:
            await self._publisher.alarms.of_jobs(said)

    def _trouble(self) -> str | None:
        """Why the database cannot be used."""
        try:
            self._newsroom.store.confirm()
        except StoreError as error:
            return str(error)
        return None

    def _ahead(self) -> float:
        """Seconds that the machine's clock is ahead of the loop's."""
        return datetime.now(UTC).timestamp() - asyncio.get_running_loop().time()

    def _plan_again(self) -> None:
        """Bring forward every job whose next time comes sooner by the clock as it is now."""
        if not self._jobs.running:
            return
        now = datetime.now(UTC)
        for job in self._jobs.get_jobs():
            sooner = job.trigger.get_next_fire_time(None, now)
            if sooner and sooner < job.next_run_time:
                self._jobs.modify_job(job.id, next_run_time=sooner)
        self._jobs.wakeup()  # it sleeps by the clock as it was

    async def _supervised(self, job: Job, work: Callable[[], Awaitable[object]], *, name: str | None = None) -> None:
        """Run a job under supervision; ``name`` where it has one of its own."""
        if not self._paused:
            await self._supervision.run(name or job.name, work, job.limit)
