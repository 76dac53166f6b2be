"""A process whose event loop stands still ends itself, having said where each of its threads was, and is started again.

A thread that never lets go of the interpreter, such as an expression that is matched for ever, stops all others: what ends the
process then must need no interpreter.
"""

from __future__ import annotations

import faulthandler
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

FROZEN = 120.0  # seconds without a beat; by then Discord has cut the connection as well
EVERY = 5.0  # seconds between two beats that count
STANDARD_ERROR = 2  # the number under which the system knows it


class Watchdog:
    """Ends the process with exit status 1 once ``beat`` is not called for so long; in its block, and once it was called."""

    def __init__(self) -> None:
        self._next = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        faulthandler.cancel_dump_traceback_later()

    def beat(self) -> None:
        """Say that the event loop turns; called as often as one likes."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY
            end_after(FROZEN)


def end_after(seconds: float) -> None:
    """End this process after a while, unless this is called again, with exit status 1 and word of where each thread is."""
    with suppress(OSError, RuntimeError, ValueError):  # standard error may be closed: nobody would read it
        faulthandler.dump_traceback_later(seconds, exit=True, file=STANDARD_ERROR)
