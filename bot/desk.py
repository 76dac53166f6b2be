"""The desk as the settings want it: its options, and the newsroom over the operator's database."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import briefs
from bot import subscriptions
from bot.settings import make_database_folder
from bot.terminal import logging
from briefs.errors import FeedError, FetchError, SourceError
from briefs.newsroom import Newsroom, now_utc
from briefs.options import Options
from briefs.sources import addresses
from briefs.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.settings import Settings
    from briefs.collecting import Trial
    from briefs.models import Clock
    from briefs.newsroom import LoadReport
    from briefs.sources.discovery import Candidate

T = TypeVar("T")
SAMPLES = Path(briefs.__file__).parent / "samples"
AFTER_THE_NEWS = timedelta(hours=1)


def options(settings: Settings) -> Options:
    """Return what the desk needs of the settings."""
    return Options(
        pipeline=settings.language_pipeline,
        summariser=settings.summariser,
        max_stories=settings.briefing_stories,
        sentences=settings.briefing_sentences,
        words=settings.briefing_words,
        poll_every=timedelta(minutes=settings.poll_minutes),
        first_articles=settings.first_articles,
        catch_up=settings.catch_up_articles,
        host_spacing=settings.host_spacing,
        contact=settings.contact,
        fetch_allow=settings.fetch_allow,
    )


def open_newsroom(
    settings: Settings,
    *,
    clock: Clock = now_utc,
    workers: int = 0,
    checkpoint: Callable[[str], None] = lambda _step: None,
) -> Newsroom:
    """Open the operator's database, brought up to date, and the desk over it; ``checkpoint`` is told each step of collecting.

    What its workers say goes to the same log. Raises StoreError with what to do.
    """
    make_database_folder(settings.database_url)
    store = Store.open(settings.database_url)
    return Newsroom(
        store, options=options(settings), clock=clock, workers=workers, checkpoint=checkpoint, begin=logging(settings)
    )


def discover(newsroom: Newsroom, text: str) -> tuple[str, tuple[Candidate, ...]]:
    """Find the sources that an address leads to as a person typed it; return the address, too. Raises DebriefError."""
    return _over_http_too(text, lambda address: (address, newsroom.subscriptions.discover(address)))


def trial(newsroom: Newsroom, text: str) -> Trial:
    """Try the source at an address as a person typed it, else the best that it leads to. Raises DebriefError."""
    return _over_http_too(text, partial(_trial, newsroom))


def _over_http_too(text: str, look: Callable[[str], T]) -> T:
    """Look at an address; where its scheme was left out and https is not spoken there, over http: never with a secret."""
    address = subscriptions.address(text)
    try:
        return look(address)
    except FetchError as error:
        if error.status is not None or "://" in text or addresses.has_secret(address):
            raise
        try:
            return look(f"http://{address.removeprefix('https://')}")
        except SourceError:
            raise error from None


def _trial(newsroom: Newsroom, address: str) -> Trial:
    try:
        return newsroom.subscriptions.trial(address)
    except FeedError:
        best = newsroom.subscriptions.discover(address)[0]
        return newsroom.subscriptions.trial(best.url, kind=best.kind)


def open_samples(
    settings: Settings,
    path: Path | None,
    *,
    guild_id: int,
    now: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Newsroom, LoadReport]:
    """Give a server in memory the articles of a file or folder, or the samples; InputError when there are none.

    Its clock goes on from ``now``, by default from an hour after the newest article: articles of last year are news there.
    """
    newsroom = Newsroom.in_memory(options=options(settings))
    report = newsroom.load(path or SAMPLES, guild_id=guild_id, now=now, progress=progress)
    newsroom.clock = clock_from(now or min(now_utc(), _newest(newsroom) + AFTER_THE_NEWS))
    return newsroom, report


def clock_from(start: datetime) -> Clock:
    """Return a clock that shows ``start`` now and goes on from there.

    It follows the wall clock: the simulated Discord of the preview stops ``time.monotonic`` for what runs in it.
    """
    ahead = start - now_utc()
    return lambda: now_utc() + ahead


def _newest(newsroom: Newsroom) -> datetime:
    ids = newsroom.store.visible(None, limit=1)
    newest = next(iter(newsroom.store.articles(ids).values()))
    return newest.published_at or newest.first_seen_at
