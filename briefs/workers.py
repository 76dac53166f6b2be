"""Work for a processor, in processes of its own: an answer never waits behind reading or composing.

A task has a process to itself while it runs, so that a process that dies, hangs or grows takes this one task with it and no
other: whoever waits for a process gets the one that takes its place. Nothing is queued here but the threads that wait.
"""

from __future__ import annotations

import atexit
import multiprocessing.util  # noqa: F401 - before our own word at exit, which is then the first to be heard
import os
import pickle
import signal
import threading
import traceback
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar, cast

import structlog

from briefs.errors import WorkerError, WorkerLostError, WorkerStuckError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

T = TypeVar("T")
log = structlog.get_logger(__name__)

MEGABYTE = 1_000_000
LIMIT = 300.0  # seconds for a task whose caller names no other; the longest known takes a few
BEGINNING = 60.0  # seconds for a process to come up and load what a task stands in
LOOK = 0.5  # seconds between two looks at how large a worker has grown
MEMORY = 1_500 * MEGABYTE  # a worker that holds more is ended in the middle of its task …
TIDY = 400 * MEGABYTE  # … and one that holds more than this after a task, instead of its next one
RESERVED = 2  # times the memory that it may hold, may a process ask for
OUT_OF_MEMORY = 77  # the code with which a process ends that gets no more
BEGINNINGS = 3  # processes that are tried for one task
OOM_FIRST = 800  # of 1,000: where memory runs out the system is to end a worker, not the bot


class Workers:
    """A pool of processes; with none, work is done where it is asked for. Any thread may call.

    A process begins with the first task that wants it. One that dies, takes longer than its task may or more memory than
    there is for it is replaced, and its task fails.
    """

    def __init__(
        self, count: int, *, memory: int = MEMORY, tidy: int = TIDY, begin: Callable[[], object] | None = None
    ) -> None:
        """``memory`` and ``tidy`` are bytes that a process may hold: at work, and between two tasks.

        ``begin`` is what each process does first, such as setting up its log; it must be picklable.
        """
        self.replaced = 0  # processes that died, took too long or grew too large
        self._begin = begin
        self._count = count
        self._memory = memory
        self._tidy = tidy
        self._free: SimpleQueue[_Worker | None] = SimpleQueue()  # None: one that has not begun
        self._closed = threading.Event()
        self._heard_at_exit = False
        self._begun: set[_Worker] = set()
        for _ in range(count):
            self._free.put(None)

    def run(self, task: Callable[..., T], *args: Any, limit: float | None = None) -> T:
        """Do a task and wait for it; ``limit`` is in seconds. Task and arguments must be picklable.

        Raises WorkerLostError where its process died, grew too large or could not begin, WorkerStuckError where it took
        too long, and WorkerError where the workers are closed.
        """
        if not self._count:
            return task(*args)
        asked = bytes(ForkingPickler.dumps((task, args)))
        name = getattr(task, "__name__", repr(task))
        worker = self._free.get()
        try:
            for _ in range(BEGINNINGS):
                worker = self._ready(worker, name)
                with suppress(_NotBegunError):  # it died while it had nothing to do: another does the task
                    done, value = pickle.loads(worker.ask(asked, name, limit or LIMIT))  # noqa: S301 - our own process
                    break
            else:
                raise WorkerLostError("Worker processes do not come up: the log says why.", task=name)
            worker = self._kept(worker)
        except WorkerError as error:
            if self._closed.is_set():  # it was ended, and for nothing that it did
                raise WorkerError("Debrief is stopping.", task=name) from error
            raise
        finally:
            self._free.put(worker)
        if done:
            return cast("T", value)
        raise value

    def answer(self) -> bool:
        """Whether a process comes up and does next to nothing: else no task is to blame for losing one."""
        try:
            self.run(bool, limit=BEGINNING)
        except (WorkerLostError, WorkerStuckError):
            return False
        return True

    def close(self) -> None:
        """Stop the workers; what they were doing is dropped."""
        self._closed.set()
        atexit.unregister(self.close)
        for worker in tuple(self._begun):
            worker.end()

    def _ready(self, worker: _Worker | None, task: str) -> _Worker:
        """A process that can be given a task: the same, or a new one where it died meanwhile."""
        if self._closed.is_set():
            raise WorkerError("Debrief is stopping.", task=task)
        if worker and worker.is_alive():
            return worker
        if worker:
            self._drop(worker)
        if not self._heard_at_exit:  # once, however many processes come and go in a year
            self._heard_at_exit = True
            atexit.register(self.close)
        try:
            made = _Worker(self._memory, self._begin)
        except OSError as error:
            raise WorkerLostError(f"A worker process cannot begin: {error.strerror}.", task=task) from error
        self._begun.add(made)
        if self._closed.is_set():
            made.end()
        return made

    def _kept(self, worker: _Worker) -> _Worker | None:
        """The worker, unless it holds so much that a new one is better."""
        size = held(worker.pid)
        if size <= self._tidy:
            return worker
        log.info("worker replaced", megabytes=size // MEGABYTE)
        self._drop(worker)
        return None

    def _drop(self, worker: _Worker) -> None:
        if worker in self._begun:  # it is dropped again where the next one could not begin
            self._begun.discard(worker)
            self.replaced += 1
        worker.kill()


class _NotBegunError(Exception):
    """A process was gone before it took a task."""


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, memory: int, begin: Callable[[], object] | None) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, memory, begin), name="worker", daemon=True)
        self._memory = memory
        self._stuck = False
        self._process.start()
        theirs.close()  # so that its end is seen when it dies

    @property
    def pid(self) -> int:
        """The number that the system gave it."""
        return self._process.pid or 0

    def is_alive(self) -> bool:
        """Whether it can be given a task."""
        return not self._pipe.closed and self._process.is_alive()

    def ask(self, asked: bytes, task: str, limit: float) -> bytes:
        """Give it a task, and return what it sent back. Raises WorkerLostError or WorkerStuckError, and it is gone."""
        begun = False
        try:
            with self._ended_after(BEGINNING):
                self._pipe.send_bytes(asked)
                self._pipe.recv_bytes()  # that it has begun
            begun = True
            with self._ended_after(limit):
                return self._answer(task)
        except (EOFError, OSError) as error:
            self.kill()
            if not begun:
                raise _NotBegunError from error
            if self._stuck:
                message = f"A worker process did not come to an end within {limit:.0f} seconds."
                raise WorkerStuckError(message, task=task) from error
            raise WorkerLostError(f"A worker process died ({self._ending()}).", task=task) from error
        except BaseException:
            self.kill()
            raise

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        """End it from outside: a process that is stopped takes nothing and gives nothing."""
        timer = threading.Timer(seconds, self._give_up)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        self._stuck = True
        self.end()

    def _answer(self, task: str) -> bytes:
        """What it sends back; how large it is, is looked at meanwhile."""
        while not self._pipe.poll(LOOK):
            if held(self.pid) > self._memory:
                raise WorkerLostError(f"A worker process took more than {self._memory // MEGABYTE:,} MB.", task=task)
        return self._pipe.recv_bytes()

    def end(self) -> None:
        """End it, whatever it does; whoever waits for it sees that its pipe is closed."""
        self._process.kill()

    def kill(self) -> None:
        """End it, and let go of it."""
        self.end()
        self._process.join()
        self._pipe.close()

    def _ending(self) -> str:
        code = self._process.exitcode or 0
        if code == OUT_OF_MEMORY:
            return "it got no more memory"
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"code {code}"


def held(pid: int) -> int:
    """Return how many bytes of memory a process holds by itself; 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    resident, shared = int(pages[1]), int(pages[2])
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


# ------------------------------------------------------------------------------------------------------ in the process
def _serve(pipe: Connection, memory: int, begin: Callable[[], object] | None) -> None:
    """Do one task after another, until the other end is closed."""
    # Before numpy is imported: on matrices as small as a story's, threads cost more than they give.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _live_with_parent()
    if begin:
        begin()
    _keep_within(memory)
    with suppress(EOFError, OSError):
        while True:
            task, args = pickle.loads(pipe.recv_bytes())  # noqa: S301 - the parent's own
            pipe.send_bytes(b"begun")
            pipe.send_bytes(_done(task, args))


def _done(task: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    """Do a task; return its value, or what it raised."""
    try:
        return bytes(ForkingPickler.dumps((True, task(*args))))
    except MemoryError:  # nothing can be relied on in it any more
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - it is raised where the task was asked for
        error.add_note("In a worker process:\n" + "".join(traceback.format_exception(error)).rstrip())
        return _packed(error)


def _packed(error: Exception) -> bytes:
    """Return an error as it travels; one that cannot travel goes by its words."""
    try:
        packed = bytes(ForkingPickler.dumps((False, error)))
        pickle.loads(packed)  # noqa: S301 - just made
    except Exception:  # noqa: BLE001 - a foreign error may do anything when it is copied
        plain = RuntimeError(f"{type(error).__name__}: {error}")
        return bytes(ForkingPickler.dumps((False, plain)))
    return packed


def _live_with_parent() -> None:
    """Begin a worker: it leaves it to its parent to stop, and ends when that is killed instead of waiting for ever."""
    for name in (signal.SIGINT, signal.SIGTERM):  # both may reach every process of the bot
        signal.signal(name, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None
    threading.Thread(target=partial(_end_with, parent), daemon=True).start()


def _keep_within(memory: int) -> None:
    """Let the system refuse memory that is taken faster than anybody looks, and end a worker before the bot where it lacks it."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(OOM_FIRST), encoding="ascii")
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (RESERVED * memory, most))


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
