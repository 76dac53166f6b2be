"""What the running process knows of itself: its way to Discord, how promptly its event loop turns, what it did and how long it took.

Nothing here is about one server, feed or text: numbers alone, for ``bot.operation.health`` to judge and ``bot.operation.metrics`` to show. It is
written on the event loop, but for the database's times and the questions, which come from threads.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from bisect import bisect_left
from collections import Counter, deque
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from types import SimpleNamespace

    from briefs.models import Clock

PULSE = 0.5  # seconds between two looks at how late the event loop is
REMEMBERED = 120  # looks: a minute
ACKNOWLEDGED_WITHIN = 60.0  # seconds after which an interaction is no longer waited for; Discord gives three
_CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback$")


class Durations:
    """How long something took, each time: how often up to each bound in seconds, and in all."""

    def __init__(self, *bounds: float) -> None:
        self.bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0
        self._lock = threading.Lock()

    def add(self, seconds: float) -> None:
        """Count one."""
        with self._lock:
            self._counts[bisect_left(self.bounds, seconds)] += 1
            self._sum += seconds

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Count what goes on inside, however it ends."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add(time.perf_counter() - began)

    def standing(self) -> tuple[tuple[int, ...], float]:
        """Return how often it took up to each bound, and longer; and the seconds in all."""
        with self._lock:
            return tuple(self._counts), self._sum


@dataclass(frozen=True, slots=True)
class Process:
    """The process at one moment, as ``bot.operation.health`` judges it."""

    awake_since: datetime  # when it started, or when the machine woke: before that no job could run
    connected_since: datetime | None = None  # None: it is not connected, and was not since …
    away_since: datetime | None = None
    lag: float = 0.0  # seconds that the event loop was late, at the worst within a minute
    requests: int = 0  # of people, worked on or waiting
    left_behind: int = 0  # threads that do not come to an end with what a person asked for
    holds_lease: bool = True  # whether it is surely the one bot of its database


class Vitals:
    """What a process did since it started, and how it is."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.started_at = self.awake_since = clock()
        self.connected_since: datetime | None = None
        self.away_since: datetime | None = self.started_at
        self.connections = 0
        self.holds_lease: Callable[[], bool] = lambda: True
        self.requests: Callable[[], int] = lambda: 0  # of people, in work now
        self.left_behind: Callable[[], int] = lambda: 0  # threads of people's requests that take too long
        self.latency: Callable[[], float] = lambda: float("nan")  # seconds to Discord's gateway and back
        self.workers_replaced: Callable[[], int] = lambda: 0  # that died, took too long or grew too large
        self.briefings: Counter[str] = Counter(posted=0, failed=0)  # messages
        self.feeds: Counter[str] = Counter(read=0, failed=0)  # visits
        self.articles = 0
        self.discord: Counter[str] = Counter(ok=0, limited=0, refused=0, failed=0)  # requests, by their answers
        self.questions: dict[str, Durations] = {}  # by the status of the answer
        self.acknowledged = Durations(0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
        self.lag = Durations(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
        self.database = Durations(0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 15.0)
        self._late: deque[float] = deque(maxlen=REMEMBERED)
        self._open: dict[int, float] = {}  # interactions not acknowledged yet, and when they came

    def process(self) -> Process:
        """Return how the process is now."""
        return Process(
            self.awake_since,
            self.connected_since,
            self.away_since,
            max(self._late, default=0.0),
            self.requests(),
            self.left_behind(),
            self.holds_lease(),
        )

    def woke(self) -> None:
        """Note that the machine slept, its clock was set, or another program was at work: no job is late for that."""
        self.awake_since = self.clock()

    def polled(self, feeds: int, *, failed: int, articles: int) -> None:
        """Count visits to feeds, and the articles they brought."""
        self.feeds.update(read=feeds - failed, failed=failed)
        self.articles += articles

    # ------------------------------------------------------------------------------------------------------- Discord
    def came(self) -> None:
        """Note that the gateway took us in."""
        self.connections += 1
        self.connected_since, self.away_since = self.clock(), None

    def went(self) -> None:
        """Note that the gateway is lost; it is said again at each try that fails."""
        self.connected_since = None
        self.away_since = self.away_since or self.clock()

    def asked(self, interaction_id: int) -> None:
        """Note that a person used a command, a button or a form."""
        now = time.perf_counter()
        while self._open and now - next(iter(self._open.values())) > ACKNOWLEDGED_WITHIN:
            del self._open[next(iter(self._open))]
        self._open[interaction_id] = now

    def question(self, status: str, seconds: float) -> None:
        """Count a question with how it was answered."""
        self.questions.setdefault(status, Durations(0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5)).add(seconds)

    def trace(self) -> aiohttp.TraceConfig:
        """Return what tells of each request to Discord."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._answered)
        config.on_request_exception.append(self._failed)
        return config

    async def _answered(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        self.discord[outcome(end.response.status)] += 1
        if (found := _CALLBACK.search(end.url.path)) and (began := self._open.pop(int(found[1]), None)):
            self.acknowledged.add(time.perf_counter() - began)

    async def _failed(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, _end: aiohttp.TraceRequestExceptionParams
    ) -> None:
        self.discord["failed"] += 1

    # ------------------------------------------------------------------------------------------------- the event loop
    async def watch(self, beat: Callable[[], None] = lambda: None) -> None:
        """Measure for ever how late the event loop is; ``beat`` is called each time it turns."""
        loop = asyncio.get_running_loop()
        while True:
            beat()
            began = loop.time()
            await asyncio.sleep(PULSE)
            late = max(0.0, loop.time() - began - PULSE)
            self.lag.add(late)
            self._late.append(late)


def outcome(status: int) -> str:
    """Tell how Discord answered: ok, limited (429), refused, or failed for its own reasons."""
    if status == 429:
        return "limited"
    if status >= 500:
        return "failed"
    return "refused" if status >= 400 else "ok"


@cache
def version() -> str:
    """Return the installed version; "" where it runs from a folder without being installed."""
    try:
        return metadata.version("debrief")
    except metadata.PackageNotFoundError:
        return ""
