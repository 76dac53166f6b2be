"""robots.txt (RFC 9309): what a site asks of robots, remembered for a day. No network: fetching is another matter."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from protego import Protego

PRODUCT = "Debrief"  # the name by which a robots.txt speaks to this robot
MAX_BYTES = 512_000  # that are read; what comes after is not (RFC 9309, 2.5)
DAY_SECONDS = 86_400.0
RETRY_SECONDS = 600.0  # until a robots.txt that could not be read is asked for again
ORIGINS_KEPT = 1_000
SITEMAPS_TAKEN = 100


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to Debrief."""

    parser: Protego | None = None
    forbidden: bool = False  # it could not be read: RFC 9309, 2.3.1.4, then forbids all
    delay: float = 0.0  # seconds between two requests
    sitemaps: tuple[str, ...] = ()

    def allow(self, url: str) -> bool:
        """Say whether a page may be read."""
        return not self.forbidden and (self.parser is None or self.parser.can_fetch(url, PRODUCT))


FREE = Rules()  # there is no robots.txt
UNREADABLE = Rules(forbidden=True)


class Robots:
    """The rules of the origins asked last; plain data, tied to no event loop."""

    def __init__(self, *, kept: int = ORIGINS_KEPT) -> None:
        self._kept = kept
        self._rules: dict[str, tuple[Rules, float]] = {}
        self._lock = threading.Lock()

    def of(self, origin: str) -> Rules | None:
        """Return the rules of an origin ("https://example.com"), None when it has to be asked."""
        with self._lock:
            rules, until = self._rules.get(origin, (None, 0.0))
            return rules if time.perf_counter() < until else None

    def remember(self, origin: str, rules: Rules) -> None:
        """Keep an origin's rules, for a day or, when they could not be read, for a short time."""
        seconds = RETRY_SECONDS if rules.forbidden else DAY_SECONDS
        with self._lock:
            self._rules.pop(origin, None)
            self._rules[origin] = (rules, time.perf_counter() + seconds)
            if len(self._rules) > self._kept:
                del self._rules[next(iter(self._rules))]


def parse(body: bytes, url: str) -> Rules:
    """Read a robots.txt found at ``url``; what is none forbids nothing."""
    from protego import Protego

    parser = Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", "replace"))
    named = (urljoin(url, sitemap) for sitemap in parser.sitemaps)
    sitemaps = dict.fromkeys(address for address in named if address.startswith(("http://", "https://")))
    return Rules(parser, delay=parser.crawl_delay(PRODUCT) or 0.0, sitemaps=tuple(sitemaps)[:SITEMAPS_TAKEN])


def failed(status: int | None) -> Rules:
    """Return the rules of a site whose robots.txt was answered with this status, None for not at all.

    RFC 9309, 2.3.1: one that is not there (4xx, endless redirects) allows all; one that cannot be had forbids all. "Too many
    requests" says that it is there.
    """
    return FREE if status is not None and status < 500 and status != 429 else UNREADABLE
