"""Looking at an address before it is subscribed to: which sources it leads to, and what one of them would give."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from briefs.collecting import deciding
from briefs.collecting.taking import Taker, prose
from briefs.collecting.visiting import page, read
from briefs.errors import FeedError, PageError, SourceError
from briefs.models import SourceKind
from briefs.sources import discovery
from briefs.sources.decoding import decode
from briefs.sources.discovery import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from briefs.collecting.visiting import Away
    from briefs.models import Article, Clock, Wishes
    from briefs.sources.feeds import ParsedFeed
    from briefs.sources.fetching import Fetched, Fetcher
    from briefs.store import Store

TRIED = 25  # addresses that are looked at, and candidates offered; Discord's menus hold as many
SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")  # where they are when robots.txt names none
SAMPLES = 3  # articles of a trial
AN_ARTICLE = 300  # characters of prose; a page with less is no article to watch


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source would give if it were subscribed to; ``articles`` are its newest, as they would be stored."""

    title: str | None
    kind: SourceKind
    url: str
    moved_to: str | None
    entries: int
    newest_at: datetime | None
    language: str | None
    wishes: Wishes
    articles: tuple[Article, ...]
    problems: tuple[str, ...] = ()


class Looking:
    """Looks at addresses with one fetcher; nothing is stored."""

    def __init__(self, store: Store, fetcher: Fetcher, away: Away, clock: Clock) -> None:
        self._store = store
        self._fetcher = fetcher
        self._away = away
        self._clock = clock

    async def source(self, url: str, kind: SourceKind | None = None) -> tuple[Candidate, ParsedFeed, Fetched]:
        """Read the source at this very address. Raises SourceError when it is none."""
        fetched = await self._fetcher.fetch(url, robots=kind is SourceKind.PAGE)
        parsed = await self._parsed(fetched, url, kind or SourceKind.FEED)
        if kind is SourceKind.PAGE:
            titles = [article.title for article in await self._articles(parsed)]
            parsed = replace(parsed, title=next(iter(titles), None))
        return _candidate(url, parsed), parsed, fetched

    async def trial(self, url: str, kind: SourceKind | None = None) -> Trial:
        """Read a source and its newest articles. Raises SourceError when the address is no source."""
        found, parsed, fetched = await self.source(url, kind)
        return Trial(
            title=found.title,
            kind=found.kind,
            url=url,
            moved_to=fetched.moved_to,
            entries=found.entries,
            newest_at=found.newest_at,
            language=parsed.language,
            wishes=parsed.wishes,
            articles=await self._articles(parsed),
            problems=(*parsed.problems, *filter(None, [parsed.left_out])),
        )

    async def discover(self, url: str) -> tuple[Candidate, ...]:
        """Find the sources that an address leads to, best first; just one when it is a source itself.

        Raises SourceError with what to do when it cannot be read or leads to none.
        """
        found = await self._read(discovery.conventions(url))
        if found:
            return found
        fetched = await self._fetcher.fetch(url)
        try:
            parsed = await self._parsed(fetched, url, SourceKind.FEED)
        except FeedError as error:
            no_feed = error
        else:
            return (_candidate(url, parsed),)
        found = await self._read((await self._named(fetched))[:TRIED])
        found = found or await self._read(discovery.guesses(fetched.url)) or await self._read(await self._sitemaps(url))
        found += await self._page(fetched, url)
        if not found:
            raise no_feed
        return found

    async def _parsed(self, fetched: Fetched, asked: str, kind: SourceKind) -> ParsedFeed:
        return await read(self._fetcher, fetched, asked, kind, now=self._clock(), away=self._away)

    async def _named(self, fetched: Fetched) -> list[Candidate]:
        """The feeds that a page names."""
        try:
            html = decode(fetched.body)
        except ValueError:
            return []
        return list(await self._away(discovery.links, html, fetched.url))

    async def _sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the site's robots.txt names, else the usual places."""
        return await self._fetcher.sitemaps(url) or tuple(urljoin(url, path) for path in SITEMAPS)

    async def _read(self, places: Iterable[Candidate | str]) -> tuple[Candidate, ...]:
        """Those of the places that are sources, in their order, empty ones last, each content once."""
        named = [place if isinstance(place, Candidate) else Candidate(place) for place in places]
        outcomes = await asyncio.gather(*(self.source(each.url) for each in named), return_exceptions=True)
        found: dict[object, Candidate] = {}
        for place, outcome in zip(named, outcomes, strict=True):
            if isinstance(outcome, SourceError):
                continue
            if isinstance(outcome, BaseException):
                raise outcome
            read_, parsed, _ = outcome
            same = (read_.title, tuple(entry.guid for entry in parsed.entries[:5])) if parsed.entries else place.url
            found.setdefault(same, replace(read_, title=read_.title or place.title))
        return tuple(sorted(found.values(), key=lambda each: not each.entries))

    async def _page(self, fetched: Fetched, asked: str) -> tuple[Candidate, ...]:
        """The address itself, if it is an article that can be watched."""
        if urlsplit(fetched.url).path.strip("/") == "":
            return ()
        try:
            parsed = await self._away(page, fetched, asked)
        except PageError:
            return ()
        long = [article for article in await self._articles(parsed) if prose(article) >= AN_ARTICLE]
        return tuple(Candidate(asked, each.title, SourceKind.PAGE, 1, each.published_at) for each in long)

    async def _articles(self, parsed: ParsedFeed) -> tuple[Article, ...]:
        newest = deciding.newest_first(deciding.candidates(0, parsed.entries))[:SAMPLES]
        taken = await Taker(self._store, self._fetcher, self._away, self._clock).articles(newest)
        return tuple(each.article for each in taken if each.article)


def _candidate(url: str, parsed: ParsedFeed) -> Candidate:
    dates = [each.published_at for each in parsed.entries if each.published_at]
    return Candidate(url, parsed.title, parsed.kind, len(parsed.entries), max(dates, default=None))
