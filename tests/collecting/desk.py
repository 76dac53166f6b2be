"""The desk under test: the real collector, fetcher, parsers and store; only the language pass is left out.

What is read in a text is no part of collecting it, and would take most of the time: here a reading is one empty record,
put in at ``Newsroom._read``, where articles go to the language pipeline. Everything else is as the program runs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING

from briefs.models import Article, Reading
from briefs.newsroom import Newsroom
from briefs.options import Options
from briefs.sources.fetching import Fetcher
from briefs.sources.hosts import Hosts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LOOPBACK = (ip_network("127.0.0.0/8"),)


def options(**chosen: object) -> Options:
    """A desk that may read loopback, takes whatever is new and waits between no two requests."""
    wide = {"fetch_allow": LOOPBACK, "first_articles": 1_000, "catch_up": 1_000, "host_spacing": 0.0}
    return Options(**{**wide, **chosen})


class Desk(Newsroom):
    """A newsroom that reads nothing into its articles. ``patience`` is in seconds for one address."""

    patience = 30.0

    def _read(self, articles: Sequence[Article], _feed_id: int | None = None) -> list[tuple[Article, Reading]]:
        return [(article, Reading(article.id, article.shown_at, ())) for article in articles]

    def forget_pauses(self) -> None:
        """Ask every host again: a pause is in real seconds, and the clock of a test has gone on by hours."""
        self._hosts = Hosts(spacing=self.options.host_spacing)

    def _fetcher(self, hosts: Hosts) -> Fetcher:
        return Fetcher(allow=self.options.fetch_allow, hosts=hosts, robots=self._robots, seconds=self.patience)


@dataclass(slots=True)
class Clock:
    """A clock that stands until it is set."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now
