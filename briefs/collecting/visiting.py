"""One visit to a source of any kind: what it shows now, without deciding what of it is new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from briefs.errors import FeedError, FetchError
from briefs.models import Entry, SourceKind
from briefs.sources import feeds
from briefs.sources.addresses import canonical

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from briefs.models import Feed
    from briefs.sources.fetching import Fetched, Fetcher

NESTED_AT_ONCE = 3  # sitemaps of an index that are read: the newest


class Away(Protocol):
    """Does work for a processor elsewhere, so that the caller's event loop goes on."""

    async def __call__(self, task: Callable[..., Any], *args: Any) -> Any:
        """Do a task with picklable arguments."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """What a source showed; ``parsed`` is None when nothing changed since the last visit."""

    parsed: feeds.ParsedFeed | None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    fresh_for: timedelta | None = None


async def visit(fetcher: Fetcher, feed: Feed, *, now: datetime, away: Away) -> Visit:
    """Look at a source. Raises SourceError."""
    if feed.kind is SourceKind.FOLDER:
        return Visit(await away(_folder, feed.url))
    fetched, moved_to = await _fetched(fetcher, feed)
    parsed = None
    if not fetched.not_modified:
        parsed = await read(fetcher, fetched, feed.url, feed.kind, now=now, away=away)
    return Visit(parsed, fetched.etag, fetched.last_modified, moved_to, fetched.fresh_for)


async def read(
    fetcher: Fetcher, fetched: Fetched, asked: str, kind: SourceKind, *, now: datetime, away: Away
) -> feeds.ParsedFeed:
    """Parse what was fetched from the address ``asked``; of a list of sitemaps the newest are fetched, too.

    Raises SourceError.
    """
    if kind is SourceKind.PAGE:
        watched: feeds.ParsedFeed = await away(page, fetched, asked)
        return watched
    parsed: feeds.ParsedFeed = await away(parse, fetched, now)
    if not parsed.nested:
        return parsed
    return await _with_nested(fetcher, parsed, now=now, away=away)


def parse(fetched: Fetched, now: datetime) -> feeds.ParsedFeed:
    """Parse a feed or sitemap; what it states of its language holds for entries that state none."""
    parsed = feeds.parse(fetched.body, url=fetched.url, content_type=fetched.content_type, now=now)
    entries = (replace(each, language=each.language or parsed.language) for each in parsed.entries)
    return replace(parsed, entries=tuple(entries))


def page(fetched: Fetched, asked: str) -> feeds.ParsedFeed:
    """Return the web page that was asked for as a source of one entry. Raises PageError when it is no article."""
    from briefs.sources import pages

    address = canonical(asked)
    entry = Entry(guid=address or asked, content="", url=address)
    whole = pages.with_page(entry, fetched.body, content_type=fetched.content_type, url=fetched.url)
    return feeds.ParsedFeed(None, (whole,), kind=SourceKind.PAGE)


async def _fetched(fetcher: Fetcher, feed: Feed) -> tuple[Fetched, str | None]:
    """Fetch a source from where it has moved to, or from its own address when it is no longer there."""
    robots = feed.kind is SourceKind.PAGE
    known = {"etag": feed.etag, "last_modified": feed.last_modified}
    if feed.moved_to is None:
        fetched = await fetcher.fetch(feed.url, **known, robots=robots)
        return fetched, fetched.moved_to
    try:
        fetched = await fetcher.fetch(feed.moved_to, **known, robots=robots)
    except FetchError as error:
        if error.status is not None and error.status not in {404, 410}:
            raise
        fetched = await fetcher.fetch(feed.url, robots=robots)
        return fetched, fetched.moved_to or feed.url
    return fetched, fetched.moved_to or feed.moved_to


async def _with_nested(fetcher: Fetcher, index: feeds.ParsedFeed, *, now: datetime, away: Away) -> feeds.ParsedFeed:
    entries = list(index.entries)
    problems = list(index.problems)
    for address in index.nested[:NESTED_AT_ONCE]:
        try:
            part = await away(parse, await fetcher.fetch(address), now)
        except (FetchError, FeedError) as error:
            problems.append(str(error))
        else:
            index = replace(index, title=index.title or part.title, language=index.language or part.language)
            entries += part.entries
    if problems and not entries:
        raise FeedError(problems[-1], source=index.nested[0])
    return replace(index, entries=tuple(entries), problems=tuple(problems))


def _folder(address: str) -> feeds.ParsedFeed:
    from briefs.sources import files

    batch = files.look_again(_path_of(address))
    return feeds.ParsedFeed(None, batch.entries, batch.problems, kind=SourceKind.FOLDER)


def _path_of(address: str) -> Path:
    """Return the path of a file: address."""
    return Path(url2pathname(urlsplit(address).path))
