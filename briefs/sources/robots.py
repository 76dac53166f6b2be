"""robots.txt (RFC 9309): what a site asks of robots, remembered for a day. No network: fetching is another matter."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefs.sources import bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from protego import Protego

    from briefs.errors import FetchError

PRODUCT = "Debrief"  # the name by which a robots.txt speaks to this robot
MAX_BYTES = 512_000  # that are read; what comes after is not (RFC 9309, 2.5)
DAY_SECONDS = 86_400.0
RETRY_SECONDS = 600.0  # until a robots.txt that could not be read is asked for again
ORIGINS_KEPT = 1_000
SIZE_KEPT = 2_000_000  # bytes of all of them; parsed they are some thirty times as large
SITEMAPS_TAKEN = 100


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to Debrief."""

    parser: Protego | None = None
    delay: float = 0.0  # seconds between two requests
    sitemaps: tuple[str, ...] = ()
    problem: str | None = None  # why it could not be read: RFC 9309, 2.3.1.4, then forbids all
    size: int = 0  # bytes it was read from

    def allow(self, url: str) -> bool:
        """Say whether a page may be read."""
        return self.problem is None and (self.parser is None or self.parser.can_fetch(url, PRODUCT))


_AGENT = re.compile(r"\s*user(?:-|\s+)?agent(?:\s*:|\s)\s*(.*)", re.IGNORECASE)  # as generously as the parser

FREE = Rules()  # there is no robots.txt


class Robots:
    """The rules of the origins asked last; plain data, tied to no event loop.

    The clock tells seconds; ``time.monotonic`` stands still in a simulated Discord.
    """

    def __init__(self, *, kept: int = ORIGINS_KEPT, clock: Callable[[], float] = time.perf_counter) -> None:
        self._kept = kept
        self._clock = clock
        self._rules: dict[str, tuple[Rules, float]] = {}
        self._size = 0
        self._lock = threading.Lock()

    def of(self, origin: str) -> Rules | None:
        """Return the rules of an origin ("https://example.com"), None when it has to be asked."""
        with self._lock:
            rules, until = self._rules.get(origin, (None, 0.0))
            return rules if self._clock() < until else None

    def remember(self, origin: str, rules: Rules) -> None:
        """Keep an origin's rules, for a day or, when they could not be read, for a short time."""
        seconds = RETRY_SECONDS if rules.problem else DAY_SECONDS
        with self._lock:
            self._forget(origin)
            self._rules[origin] = (rules, self._clock() + seconds)
            self._size += rules.size
            while len(self._rules) > self._kept or (self._size > SIZE_KEPT and len(self._rules) > 1):
                self._forget(next(iter(self._rules)))

    def _forget(self, origin: str) -> None:
        rules, _ = self._rules.pop(origin, (FREE, 0.0))
        self._size -= rules.size


def parse(body: bytes, url: str) -> Rules:
    """Read a robots.txt found at ``url``; what is none forbids nothing."""
    from protego import Protego

    lines = body[:MAX_BYTES].decode("utf-8-sig", "replace").splitlines()
    parser = Protego.parse("\n".join(map(_concerning, lines)))
    delay = parser.crawl_delay(PRODUCT) or 0.0
    named = filter(None, (_sitemap(url, line) for line in parser.sitemaps))
    sitemaps = tuple(islice(dict.fromkeys(named), SITEMAPS_TAKEN))
    return Rules(parser, delay if delay > 0 else 0.0, sitemaps, size=len(body))


def _concerning(line: str) -> str:
    """Make all other robots one: the parser keeps each rule for each robot it is meant for, which could fill the memory."""
    agent = _AGENT.match(line)
    if agent is None:
        return line
    name = next((name for name in ("*", PRODUCT) if _is_called(agent.group(1), name)), "another")
    return f"User-agent: {name}"


def _is_called(value: str, name: str) -> bool:
    return re.match(rf"{re.escape(name)}(?![\w-])", value, re.IGNORECASE) is not None


def _sitemap(url: str, line: str) -> str | None:
    try:
        address = urljoin(url, line).strip().replace(" ", "%20")
    except ValueError:
        return None
    return address if bounds.address(address) else None


def failed(error: FetchError) -> Rules:
    """Return the rules of a site whose robots.txt was not got.

    RFC 9309, 2.3.1: one that is not there (4xx, endless redirects) allows all; one that cannot be had forbids all. "Too many
    requests" says that it is there.
    """
    absent = error.status is not None and error.status < 500 and error.status != 429
    return FREE if absent else Rules(problem=str(error))
