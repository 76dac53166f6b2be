"""Work for a processor, in processes of its own: an answer never waits behind reading or composing."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Workers:
    """A pool of processes; with none, work is done where it is asked for.

    A worker that dies (killed, out of memory) breaks its pool: the pool is built anew and the task is tried once more.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = self._made() if count else None

    def run(self, task: Callable[..., T], *args: Any) -> T:
        """Do a task and wait for it. Task and arguments must be picklable."""
        pool = self._pool
        if pool is None:
            return task(*args)
        try:
            return pool.submit(task, *args).result()
        except BrokenProcessPool:
            return self._renewed(pool).submit(task, *args).result()

    def close(self) -> None:
        """Stop the workers; what they were doing is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _made(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, mp_context=get_context("spawn"), initializer=_live_with_parent)

    def _renewed(self, broken: ProcessPoolExecutor) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is broken or self._pool is None:
                broken.shutdown(wait=False)
                self._pool = self._made()
            return self._pool


def _live_with_parent() -> None:
    """Begin a worker: it leaves Ctrl-C to its parent, and ends when the parent is killed instead of waiting for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
