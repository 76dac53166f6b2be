"""Entries → articles that are worth storing: with their page's text, without what recurs over the site, and read."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from briefs.collecting.deciding import marked
from briefs.errors import FetchError, PageError, RobotsError
from briefs.models import BlockKind, Extent
from briefs.quarantine import ARTICLE, CRASHES, blame
from briefs.sources import boilerplate, pages
from briefs.sources.addresses import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from briefs.collecting.deciding import Candidate
    from briefs.collecting.visiting import Away
    from briefs.models import Article, Entry
    from briefs.quarantine import Quarantine
    from briefs.sources.fetching import Fetched, Fetcher
    from briefs.store import Store

TAKING_SECONDS = 90.0  # for the pages of one visit: a site that wants 30 seconds between two would hold up the round
PAGES_AT_ONCE = 4  # of one visit, held in memory until they are extracted
MOST_VERSIONS = 20  # of an article; a page that changes at every visit is not news for ever
_SAYS = {Extent.FULL: 2, Extent.PAYWALL: 1}  # more than the few lines of a feed
Paragraphs = dict[tuple[str, str], int]  # (site, hash of a paragraph) → how many new articles hold it


@dataclass(frozen=True, slots=True)
class Taken:
    """A candidate's article, and what to remember its entry by."""

    candidate: Candidate
    article: Article | None  # None: there is nothing to read, as yet or ever
    fingerprint: str


class Taker:
    """Makes articles of one feed's candidates; without a quarantine nothing is held against those that lose a worker."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        away: Away,
        clock: Callable[[], datetime],
        quarantine: Quarantine | None = None,
        feed_id: int | None = None,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._away = away
        self._clock = clock
        self._quarantine = quarantine
        self._feed_id = feed_id
        self._pages = asyncio.Semaphore(PAGES_AT_ONCE)

    async def articles(self, candidates: Sequence[Candidate]) -> list[Taken]:
        """Make the articles, in order; what a slow or strict site leaves no time for is left out, for the next visit.

        A page that cannot be read now leaves the teaser, and is asked for again.
        """
        aside = await self._aside(candidates)
        tasks = [asyncio.ensure_future(self._taken(each, aside)) for each in candidates]
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=TAKING_SECONDS)
            return [taken for task in tasks if task.done() and (taken := task.result())]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def without_boilerplate(
        self, articles: Sequence[Article], vouched: Collection[str]
    ) -> tuple[tuple[Article, ...], Paragraphs]:
        """Drop what recurs over the articles of a site; also return what these articles add to what is known of it.

        Only articles whose feed is of their site (``vouched``, by id) add to that.
        """
        hashes: defaultdict[str, list[str]] = defaultdict(list)
        for site, key in boilerplate.learned_together(articles):
            hashes[site].append(key)
        known: Paragraphs = {}
        for site, keys in hashes.items():
            counts = await asyncio.to_thread(self._store.paragraph_counts, site, keys)
            known |= {(site, key): count for key, count in counts.items()}
        learned = boilerplate.learned_together(each for each in articles if each.id in vouched)
        return boilerplate.drop_together(articles, known), learned

    async def _aside(self, candidates: Sequence[Candidate]) -> frozenset[str]:
        if not self._quarantine:
            return frozenset()
        return await asyncio.to_thread(self._quarantine.aside, ARTICLE, [each.article_id for each in candidates])

    async def _taken(self, candidate: Candidate, aside: Collection[str]) -> Taken | None:
        """The article of a candidate; None: it lost the worker that was to make it, and is left for the next visit."""
        if candidate.article_id in aside:
            return Taken(candidate, None, candidate.fingerprint)
        async with self._pages, self._fetcher.room.share():
            page, again = await self._page(candidate.entry)
            try:
                article: Article | None = await self._away(
                    _article, candidate.entry, page, candidate.article_id, self._clock()
                )
            except CRASHES as error:
                await blame(self._away, error)
                await self._count(candidate, error)
                return None
        kept = marked(candidate.fingerprint, candidate.tries + 1) if again else candidate.fingerprint
        return Taken(candidate, article and _without_future_date(article), kept)

    async def _count(self, candidate: Candidate, error: Exception) -> None:
        if self._quarantine:
            title = candidate.entry.title or masked(candidate.entry.url or candidate.entry.guid)
            counted = partial(self._quarantine.count, ARTICLE, candidate.article_id, title, error)
            await asyncio.to_thread(partial(counted, feed_id=self._feed_id))

    async def _page(self, entry: Entry) -> tuple[Fetched | None, bool]:
        """The page behind a teaser; the second value says that it is worth asking for it again."""
        if not entry.summary_only or not entry.url:
            return None, False
        try:
            return await self._fetcher.fetch(entry.url, robots=True), False
        except RobotsError:
            return None, False
        except FetchError as error:
            passing = error.status is None or error.status >= 500 or error.status == 429
            return None, passing or not entry.content  # a sitemap may be ahead of its pages


def new_version(edited: Article, current: Article) -> Article | None:
    """Return the edited article as the next version of the stored one; None when it says nothing else, or less.

    It keeps the date of the first: publishers who edit touch dates, and a reader wants to know when it was news.
    """
    if current.version >= MOST_VERSIONS or _words(edited) == _words(current):
        return None
    if _SAYS.get(edited.extent, 0) < _SAYS.get(current.extent, 0):
        return None  # the page is behind a wall now, or could not be read
    version = replace(
        edited,
        id=f"{current.root}~{current.version + 1}",
        version=current.version + 1,
        version_of=current.root,
        first_seen_at=current.first_seen_at,
        published_at=current.published_at or edited.published_at,
        copy_of=current.copy_of,
    )
    return _without_future_date(version)


def prose(article: Article) -> int:
    """How many characters of prose an article holds."""
    return sum(block.end - block.start for block in article.blocks if block.kind is BlockKind.PROSE)


def _words(article: Article) -> tuple[str | None, tuple[str, ...]]:
    """What it says; its headline once, for a page repeats it over the text and a feed does not."""
    cuts = [(block.start, block.end) for block in article.blocks if block.kind is BlockKind.HEADLINE]
    starts, ends = (0, *(end for _, end in cuts)), (*(start for start, _ in cuts), len(article.text))
    text = " ".join(article.text[start:end] for start, end in zip(starts, ends, strict=True))
    return article.title, tuple(text.split())


def _without_future_date(article: Article) -> Article:
    """Without a date later than its first sight: feeds are held to that when they are parsed, pages and edits are not."""
    future = article.published_at is not None and article.published_at > article.first_seen_at
    return replace(article, published_at=None) if future else article


def _article(entry: Entry, page: Fetched | None, article_id: str, now: datetime) -> Article | None:
    """The entry's article, with its page's text where that says more than the feed's teaser."""
    teaser = pages.extract(entry, first_seen_at=now, as_id=article_id)
    if page is None:
        return teaser if teaser.title or teaser.text else None
    try:
        whole = pages.with_page(entry, page.body, content_type=page.content_type, url=page.url)
    except PageError:
        return teaser if teaser.text else None
    return pages.fuller(teaser, pages.extract(whole, first_seen_at=now, as_id=article_id))
