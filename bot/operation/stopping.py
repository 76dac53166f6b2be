"""The end of the program: within ten seconds of being told, whatever hangs, and at once when it is told twice.

    a signal ─▶ a thread of its own hears it ─▶ the event loop leaves in good order ─▶ no thread that hangs is waited for
                                             └▶ LIMIT is over, or a second signal: the process ends as it stands

What is cut off is not lost: a post stands in the ledger, a transaction is rolled back, a feed is read again. Python by itself
would wait, without limit, for every thread that an executor began and every process of a pool.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Self

import structlog

from bot.operation.frozen import end_after
from bot.operation.systemd import Manager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType, TracebackType

LIMIT = 9.0  # seconds from the signal to the end; service managers and container engines kill after ten
THREADS = 0.8  # seconds for which threads are waited for once all else is done
FAILED = 2  # the exit status of a command that could not be done at all
SIGNALS = (signal.SIGTERM, signal.SIGINT)
TOLD_BY_HANDLER = os.name == "nt"  # there the event loop takes what the interpreter tells of a signal for itself
log = structlog.get_logger(__name__)


class Ending:
    """Hears SIGTERM and Ctrl-C while its block runs, and sees to it that the process ends."""

    def __init__(self, limit: float = LIMIT) -> None:
        self.told: signal.Signals | None = None
        self.left: dict[str, int] = {}  # what was handed back, for the log
        self._limit = limit
        self._told_at = 0.0  # by the monotonic clock
        self._stop: Callable[[], object] | None = None
        self._lock = threading.Lock()
        self._others = set(threading.enumerate())  # threads that are not ours to judge

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """After a signal whatever hangs is left behind; after a failure, too, once it could be told."""
        self._wait_for_threads()
        if self.told is None:
            if error is not None and self._hanging():
                self._end_later(THREADS, FAILED)
            self._listen_no_more()
            return
        hanging = [thread.name for thread in self._hanging()]
        log.info("stopped", seconds=self._seconds(), **self.left, **({"left_behind": hanging} if hanging else {}))
        if hanging:
            end(0)
        end_after(max(1.0, self._limit - self._seconds()))  # the interpreter's own end is beyond Python's threads

    @contextmanager
    def calls(self, stop: Callable[[], object]) -> Iterator[None]:
        """Call this, in a thread, once the program is told to stop; outside such a block it ends at once."""
        with self._lock:
            self._stop = stop
            if self.told:
                stop()
        try:
            yield
        finally:
            with self._lock:
                self._stop = _nothing if self.told else None

    # ---------------------------------------------------------------------------------------------------- the signals
    def _listen(self) -> None:
        heard, self._speaks = socket.socketpair()
        self._speaks.setblocking(False)
        self._handlers = {each: signal.signal(each, self._noted) for each in SIGNALS}
        if not TOLD_BY_HANDLER:
            self._wakes = signal.set_wakeup_fd(self._speaks.fileno(), warn_on_full_buffer=False)
        threading.Thread(target=self._hear, args=(heard,), name="signals", daemon=True).start()

    def _listen_no_more(self) -> None:
        if threading.current_thread() is threading.main_thread():
            if not TOLD_BY_HANDLER:
                signal.set_wakeup_fd(self._wakes)
            for each, handler in self._handlers.items():
                signal.signal(each, handler)
            self._speaks.close()

    def _noted(self, number: int, _frame: FrameType | None) -> None:
        """Nothing, where the thread that hears is told by the interpreter itself, even while the event loop is held up."""
        if TOLD_BY_HANDLER:
            with suppress(OSError):
                self._speaks.send(bytes([number]))

    def _hear(self, heard: socket.socket) -> None:
        """Pass on the first signal; end the process at the second, or when the time is over."""
        with heard:
            first = _next(heard)
            if first is None:
                return
            self._told_at = time.monotonic()
            with self._lock:
                self.told, stop = first, self._stop
                if stop is not None:
                    stop()
            self._end_later(self._limit + 0.5, 0)  # should even the log hang
            log.info("stopping", signal=first.name)
            Manager().stopping()
            if stop is None:
                end(0)
            heard.settimeout(self._limit - self._seconds())
            with suppress(TimeoutError):
                second = _next(heard)
                log.warning("stopped at once, told twice", seconds=self._seconds())
                end(128 + (second or first))
        hanging = [thread.name for thread in self._hanging()]
        log.warning("stopped before all was done", seconds=self._seconds(), **self.left, left_behind=hanging)
        end(0)

    def _seconds(self) -> float:
        return round(time.monotonic() - self._told_at, 1)

    # ---------------------------------------------------------------------------------------------------- the threads
    def _hanging(self) -> list[threading.Thread]:
        """Return the threads of this block for which Python would wait at the end."""
        return [
            each
            for each in threading.enumerate()
            if not each.daemon and each not in self._others and each is not threading.main_thread()
        ]

    def _wait_for_threads(self) -> None:
        end_at = time.monotonic() + THREADS
        while self._hanging() and time.monotonic() < end_at:
            time.sleep(0.02)

    def _end_later(self, seconds: float, status: int) -> None:
        """End the process in a while, whatever it does by then."""
        timer = threading.Timer(seconds, end, (status,))
        timer.daemon = True
        timer.start()


def end(status: int) -> None:
    """End this process as it stands, and every process that it began."""
    for child in multiprocessing.active_children():
        child.kill()
    with suppress(Exception):
        sys.stdout.flush()
    os._exit(status)


def _nothing() -> None:
    """Do nothing more: it is being done."""


def _next(heard: socket.socket) -> signal.Signals | None:
    """Wait for one of our signals; None: nobody listens any more. Raises TimeoutError."""
    while byte := heard.recv(1):
        if byte[0] in SIGNALS:
            return signal.Signals(byte[0])
    return None
