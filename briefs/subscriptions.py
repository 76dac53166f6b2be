"""Who reads what: sources are looked at, subscribed to, and exchanged as lists with other readers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit, urlunsplit

from briefs.collecting import Looking
from briefs.errors import FetchError
from briefs.models import SourceKind
from briefs.sources import opml
from briefs.sources.addresses import masked
from briefs.sources.hosts import Hosts
from briefs.store import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from briefs.collecting import Trial
    from briefs.collecting.visiting import Away
    from briefs.models import Clock, Feed
    from briefs.sources.discovery import Candidate
    from briefs.sources.fetching import Fetcher
    from briefs.sources.opml import Outline
    from briefs.store import Store

T = TypeVar("T")

SPACING = 0.1  # seconds between two requests to one host: a person waits for what an address leads to
AT_ONCE = 4
PATIENCE = 60.0  # seconds for one look, with all the places that are tried


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a list of feeds gave: those that are new to the server, those it had, one sentence for each that is no use."""

    added: tuple[Feed, ...] = ()
    known: tuple[Feed, ...] = ()
    problems: tuple[str, ...] = ()


class Subscriptions:
    """The sources that servers read. ``fetcher`` makes a fetcher that keeps the given manners."""

    def __init__(self, store: Store, *, clock: Clock, fetcher: Callable[[Hosts], Fetcher], away: Away) -> None:
        self._store = store
        self._clock = clock
        self._fetcher = fetcher
        self._away = away
        self._hosts = Hosts(spacing=SPACING, at_once=AT_ONCE)

    # ------------------------------------------------------------------------------------------------------- looking
    def discover(self, url: str) -> tuple[Candidate, ...]:
        """Find the sources that an address leads to, best first; one, when it is a source itself. Raises SourceError."""
        address = _address(url)
        return self._looking(address, lambda looking: looking.discover(address))

    def trial(self, url: str, *, kind: SourceKind | None = None) -> Trial:
        """Read a source and its newest articles without subscribing to it. Raises SourceError."""
        address = _address(url)
        return self._looking(address, lambda looking: looking.trial(address, kind))

    def _looking(self, url: str, look: Callable[[Looking], Awaitable[T]]) -> T:
        from briefs.sources import fetching

        async def looked() -> T:
            async with asyncio.timeout(PATIENCE), self._fetcher(self._hosts) as fetcher:
                return await look(Looking(self._store, fetcher, self._away, self._clock))

        try:
            return fetching.run(looked())
        except TimeoutError as error:
            message = f"{masked(url)} and what it leads to took too long to answer. Give the feed's own address, or try later."
            raise FetchError(message, source=url) from error

    # ------------------------------------------------------------------------------------------------------ subscribing
    def add(
        self,
        guild_id: int,
        url: str,
        *,
        title: str | None = None,
        kind: SourceKind | None = None,
        added_by: int | None = None,
    ) -> Feed:
        """Subscribe a server to the source at this very address, after one look that it is one. Raises SourceError."""
        address = _address(url)
        found, *_ = self._looking(address, lambda looking: looking.source(address, kind))
        return self._store.subscribe(
            guild_id, address, title=title or found.title, kind=found.kind, added_by=added_by, now=self._clock()
        )

    def watch(self, guild_id: int, path: Path) -> Feed:
        """Subscribe a server to a file or folder, looked at again and again; for the operator alone. Raises InputError."""
        from briefs.sources import files

        files.look_again(path)
        now, address = self._clock(), path.resolve().as_uri()
        feed = self._store.subscribe(guild_id, address, title=path.name, kind=SourceKind.FOLDER, now=now)
        self._store.poll_now([feed.id], now)
        return feed

    # ------------------------------------------------------------------------------------------------------------ lists
    def import_list(self, guild_id: int, body: bytes, *, added_by: int | None = None) -> ImportReport:
        """Subscribe a server to the feeds of an OPML file; whether they can be read shows at their first visit.

        Raises InputError when the file names none.
        """
        listed = opml.read(body)
        report = self.subscribe(guild_id, listed.outlines, added_by=added_by)
        return replace(report, problems=(*listed.problems, *report.problems))

    def subscribe(self, guild_id: int, outlines: Iterable[Outline], *, added_by: int | None = None) -> ImportReport:
        """Subscribe a server to sources of a list, without a look at them."""
        before = {feed.url for feed in self._store.feeds(guild_id)}
        feeds: dict[str, Feed] = {}
        problems: list[str] = []
        for outline in outlines:
            try:
                address = _address(outline.url)
            except FetchError as error:
                problems.append(str(error))
                continue
            feeds[address] = self._store.subscribe(
                guild_id, address, title=outline.title, kind=outline.kind, added_by=added_by, now=self._clock()
            )
        return ImportReport(
            tuple(feed for url, feed in feeds.items() if url not in before),
            tuple(feed for url, feed in feeds.items() if url in before),
            tuple(problems),
        )

    def export_list(self, guild_id: int, *, secrets: bool = False) -> bytes:
        """Write a server's own feeds as OPML; secrets in addresses are masked unless asked for."""
        mine = guild_id == EVERYONE
        own = [f for f in self._store.feeds(guild_id) if f.shared is mine and f.kind is not SourceKind.FOLDER]
        return opml.write(own, title="Debrief feeds", secrets=secrets)


def _address(url: str) -> str:
    """Return a source's address as it is fetched: as given, but for "feed:" and a fragment. Raises FetchError."""
    given = opml.subscribed(url.strip())
    try:
        parts = urlsplit(given)
        _ = parts.port  # an impossible one raises
    except ValueError:
        parts = urlsplit("")
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        message = f"{masked(given)!r} is no web address; give one that begins with http:// or https://."
        raise FetchError(message, source=given)
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path or "/", parts.query, ""))
