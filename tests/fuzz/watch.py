"""The limits of one input, and what broke one of them. Seconds are the processor's: a busy machine breaks no promise."""

from __future__ import annotations

import signal
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 2.0
MEGABYTES = 300.0  # beyond what the process held before; inputs have up to ten
_CUT = 10.0  # seconds, after which an input is stopped
_HERE = "tests/fuzz/"
_MEASURED = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Failure:
    """A broken promise: an exception's name, "slow" or "memory"; where, by which failures are told apart; and in words."""

    kind: str
    where: str
    told: str

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.where


@dataclass(frozen=True, slots=True)
class Watched:
    """What an input took, and the promise it broke, if it did."""

    seconds: float
    megabytes: float
    failure: Failure | None


class _TooLong(BaseException):
    """Raised in the middle of an input; nothing that catches exceptions catches it."""


def watched(one_input: Callable[[bytes], None], data: bytes, *, slack: float = 1.0) -> Watched:
    """Give an input to a target. ``slack`` widens the limits, for code that is slowed by being observed."""
    held, start, failure = _held(), time.process_time(), None
    try:
        with _cut_off(_CUT * slack):
            one_input(data)
    except _TooLong as error:
        failure = Failure("slow", _place(error), f"stopped after {_CUT * slack:.0f} s")
    except Exception as error:  # noqa: BLE001 - whatever comes out is the finding
        failure = Failure(type(error).__name__, _place(error), _told(error))
    seconds, megabytes = time.process_time() - start, _most() - held
    if failure is None and seconds > SECONDS * slack:
        failure = Failure("slow", "", f"{seconds:.1f} s")
    if failure is None and megabytes > MEGABYTES * slack:
        failure = Failure("memory", "", f"{megabytes:.0f} MB")
    return Watched(seconds, megabytes, failure)


@contextmanager
def _cut_off(seconds: float) -> Iterator[None]:
    """Stop what takes too long. Only the system's own code (lxml's, zlib's) is not stopped."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _place(error: BaseException) -> str:
    """The innermost line of the program, and the innermost of all: "pages.py:33 < html5.py:9"."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "/briefs/" in f.filename or "/bot/" in f.filename or _HERE in f.filename]
    return " < ".join(dict.fromkeys(f"{Path(f.filename).name}:{f.lineno}" for f in (*own[-1:], frames[-1])))


def _told(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error))[:500].strip()


def _held() -> float:
    """Megabytes that the process holds now; from here the most is counted anew."""
    if not _MEASURED:
        return 0.0
    now, most = _status("VmRSS:"), _most()
    if most - now < 20:
        return max(now, most)
    Path("/proc/self/clear_refs").write_text("5")  # forgets the most memory held so far
    return now


def _most() -> float:
    return _status("VmHWM:") if _MEASURED else 0.0


def _status(name: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split(name)[1].split(maxsplit=1)[0]) / 1024
