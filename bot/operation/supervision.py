"""The supervision of what runs in the background: timed, cut off at its limit, written down, and told when it is not well.

    run ─▶ done in time ─▶ success    raised, or cut off ─▶ failure: logged whole once, then in one line for each time
    a thread cannot be cut off: it is left behind, and its job does not begin again beside it; it goes on when that ends
    each minute ─▶ whose last success is too long ago, or who keeps failing? ─▶ an alarm in the log, and one that it is over

A thread of a job is its own and a daemon: one that hangs holds up neither another job nor the end of the program.

Whatever may be many waits within bounds:

    what                                    how many                               where
    tasks for a worker                      as many as threads that wait           ``briefs.workers``: nothing is queued
    a worker's memory, and time             1,500 MB; what its task takes          ``briefs.workers``, ``briefs.newsroom``
    briefings that are composed             4; the others wait for their turn      ``bot.scheduling.serving.BRIEFINGS_AT_ONCE``
    posts to one channel                    one after another                      ``bot.delivery.publishing.Publisher.turn``
    requests of people                      16 at work, 200 waiting                ``bot.client``: THREADS, WAITING
    feeds visited, of one round             50 at once, 1,000                      ``briefs.collecting``, ``briefs.newsroom``
    a body; pages of one visit              10 MB; 4 at once                       ``briefs.sources.fetching``, ``.taking``
    bodies fetched and not parsed           64 MB, and one body                    ``briefs.sources.room``
    what a person asks for                  20 s; 6 threads left behind            ``bot.operation.turns``
    new articles of one visit               50; the rest comes with the next       ``briefs.collecting.collector``
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
import traceback
from concurrent.futures import Executor, Future
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import structlog

from bot.operation.jobs import all_alarming, span
from briefs.errors import DatabaseUnavailableError, StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import timedelta

    from bot.operation.jobs import Job
    from bot.operation.vitals import Vitals
    from briefs.models import Clock
    from briefs.store import Store

UNENDED = "Its last run has not come to an end yet, though it was cut off; it begins again when that has."
P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger(__name__)


class Supervision:
    """Runs jobs, and knows how they are. Every method is called on the event loop."""

    def __init__(self, store: Store, clock: Clock, vitals: Vitals) -> None:
        self._vitals = vitals
        self._store = store
        self._clock = clock
        self._threads: dict[str, Future[Any]] = {}  # the last one of each job
        self._known: dict[str, tuple[str, int]] = {}  # of a job that fails: where, and how often in a row
        self._raised: dict[str, str] = {}  # alarms, by the names of their jobs
        self._expected: dict[str, Job] = {}  # jobs that are to run again and again

    def expect(self, job: Job) -> None:
        """Raise an alarm where this job does not succeed for too long."""
        self._expected[job.name] = job

    async def run(self, name: str, work: Callable[[], Awaitable[object]], limit: timedelta) -> None:
        """Run a job, write down how it went, and never let it take anything else with it."""
        began = self._clock()
        problem = UNENDED if self._is_left(name) else await self._tried(name, work, limit)
        if problem is None and name in self._known:
            del self._known[name]
            log.info("job is well again", job=name)
        try:
            await asyncio.to_thread(self._store.record_job, name, at=began, error=problem)
        except Exception as error:  # noqa: BLE001 - a database that is away is met again at the next run
            self._note(f"{name}, to be recorded", error)
        else:
            self._known.pop(f"{name}, to be recorded", None)

    async def in_thread(self, name: str, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Do blocking work of a job in a thread of its own."""
        threads = _Daemon(name, self._threads)
        called = partial(contextvars.copy_context().run, partial(work, *args, **options))
        return await asyncio.get_running_loop().run_in_executor(threads, called)

    async def look(self) -> dict[str, str]:
        """Raise the alarms that are due, and take back the others; return the sentence of each that is raised, by its job."""
        records = await asyncio.to_thread(self._store.jobs)
        said = all_alarming(self._expected.values(), records, self._clock(), self._vitals.awake_since)
        for name in said.keys() - self._raised.keys():
            log.error("alarm", job=name, problem=said[name])
        for name in self._raised.keys() - said.keys():
            log.info("alarm is over", job=name, problem=self._raised[name])
        self._raised = said
        return said

    def failures(self, name: str) -> int:
        """How often in a row a job failed since the start, in whatever way."""
        return self._known.get(name, ("", 0))[1]

    async def _tried(self, name: str, work: Callable[[], Awaitable[object]], limit: timedelta) -> str | None:
        """Run a job; return what was wrong."""
        problem: Exception
        try:
            async with asyncio.timeout(limit.total_seconds()) as time:
                await work()
        except TimeoutError as error:
            problem = OverdueError(f"It was cut off after {span(limit)}.") if time.expired() else error
        except Exception as error:  # noqa: BLE001 - noted below with its cause; the job runs again at its next time
            problem = error
        else:
            return None
        self._note(name, problem)
        return str(problem) or repr(problem)

    def _is_left(self, name: str) -> bool:
        """Whether a thread of a job's earlier run is still at work."""
        thread = self._threads.get(name)
        if thread is None or thread.done():
            return False
        self._note(name, OverdueError(UNENDED))
        return True

    def _note(self, name: str, error: Exception) -> None:
        """Log a failure: whole when it is new; in a line when it is the one before, or a database's that others met or that says it all."""
        where = _where(error)
        before, times = self._known.get(name, ("", 0))
        met = isinstance(error, StoreError) and where in {other for other, _ in self._known.values()}
        self._known[name] = where, times + 1
        if where == before:
            log.error("job failed again", job=name, times=times + 1, problem=str(error) or repr(error))
        elif met or isinstance(error, DatabaseUnavailableError):
            log.error("job failed", job=name, problem=str(error))
        else:
            log.error("job failed", job=name, exc_info=error)


class OverdueError(Exception):
    """A job took too long."""


def _where(error: Exception) -> str:
    """Return the kind of an error and where it arose: its words may differ each time."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} {last.filename}:{last.lineno}" if last else f"{type(error).__name__} {error}"


class _Daemon(Executor):
    """Does each thing in a daemon thread that nobody waits for, and remembers the last under a name."""

    def __init__(self, name: str, threads: dict[str, Future[Any]]) -> None:
        self._name = name
        self._threads = threads

    def submit(self, work: Callable[P, T], /, *args: P.args, **options: P.kwargs) -> Future[T]:
        """Begin it now."""
        done: Future[T] = Future()
        done.set_running_or_notify_cancel()  # from here on it cannot be cancelled, and does not say that it was
        self._threads[self._name] = done
        doing = partial(_do, done, partial(work, *args, **options))
        threading.Thread(target=doing, name=self._name, daemon=True).start()
        return done


def _do(done: Future[T], work: Callable[[], T]) -> None:
    try:
        value = work()
    except BaseException as error:  # noqa: BLE001 - raised where it is awaited
        done.set_exception(error)
    else:
        done.set_result(value)
