"""Collecting: the sources that are due are visited politely, and what is new in them is taken exactly once.

    due feed ─fetch─▶ bytes ─parse─▶ entries ─decide─▶ fresh, edited, known, skipped
        fresh, edited ─page, where there is only a teaser─▶ article ─without boilerplate─▶ read ─▶ one transaction

A visit changes nothing until that transaction: killed before it, the next visit finds everything as it was.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from briefs.collecting import deciding, links
from briefs.collecting.taking import Taker, new_version
from briefs.collecting.visiting import visit
from briefs.errors import FetchError, SourceError, StoreError, WorkerError
from briefs.models import SourceKind
from briefs.quarantine import ARTICLE, CRASHES, FEED, blame
from briefs.sources import rhythm
from briefs.sources.addresses import masked
from briefs.store.records import Arrival, Poll

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from briefs.collecting.deciding import Candidate, Plan
    from briefs.collecting.taking import Paragraphs, Taken
    from briefs.collecting.visiting import Away, Visit
    from briefs.models import Article, Clock, Feed, Reading
    from briefs.options import Options
    from briefs.quarantine import Quarantine
    from briefs.sources.feeds import ParsedFeed
    from briefs.sources.fetching import Fetcher
    from briefs.store import Store

log = structlog.get_logger(__name__)

VISITS_AT_ONCE = 50  # their bodies are held in memory together
TAKEN_AT_ONCE = 50  # new articles of one visit; the rest comes with the next one, so that no feed holds up the others
SOON = timedelta(seconds=30)  # until a visit that could not take all is gone on with
ASIDE = timedelta(days=1)  # until a feed is looked at again that more than once lost the worker that parsed it
EVERYTHING = 1_000_000  # of a folder: its owner has put everything there on purpose


@dataclass(frozen=True, slots=True)
class CollectReport:
    """What one round of visits gave; problems and remarks are one sentence each."""

    polled: int
    articles: tuple[str, ...]  # ids of new articles and of new versions
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """What the collector asks of the desk: to read articles, to count what loses a worker, and to be told each step.

    ``read`` takes articles and their feed, and leaves out those that cannot be read. Tests kill the program at its steps.
    """

    read: Callable[[Sequence[Article], int], list[tuple[Article, Reading]]]
    quarantine: Quarantine
    checkpoint: Callable[[str], None] = lambda _step: None


class Collector:
    """Visits sources and stores what they bring."""

    def __init__(self, store: Store, options: Options, clock: Clock, away: Away, steps: Steps) -> None:
        self._store = store
        self._options = options
        self._clock = clock
        self._away = away
        self._steps = steps

    async def collect(
        self, fetcher: Fetcher, due: Sequence[Feed], progress: Callable[[int, int], None] | None = None
    ) -> CollectReport:
        """Visit these sources; what fails is that source's result and is tried again later."""
        slots = asyncio.Semaphore(VISITS_AT_ONCE)
        done = 0

        async def one(feed: Feed) -> _Outcome:
            nonlocal done
            async with slots:
                outcome = await self._outcome(fetcher, feed)
            done += 1
            if progress:
                progress(done, len(due))
            return outcome

        outcomes = await asyncio.gather(*map(one, due))
        return CollectReport(
            len(due),
            tuple(dict.fromkeys(article_id for each in outcomes for article_id in each.articles)),
            tuple(each.problem for each in outcomes if each.problem),
            tuple(each.remark for each in outcomes if each.remark),
        )

    async def _outcome(self, fetcher: Fetcher, feed: Feed) -> _Outcome:
        try:
            articles, remark = await self._visited(fetcher, feed)
        except CRASHES as error:
            await blame(self._away, error)
            return _Outcome(problem=f"{named(feed)}: {await self._failed(feed, error)}")
        except (StoreError, WorkerError):  # no source is to blame
            raise
        except Exception as error:  # noqa: BLE001 - whatever one source does, the others are still read
            return _Outcome(problem=f"{named(feed)}: {await self._failed(feed, error)}")
        return _Outcome(articles, remark=f"{named(feed)}: {remark}" if remark else None)

    async def _visited(self, fetcher: Fetcher, feed: Feed) -> tuple[tuple[str, ...], str | None]:
        """Visit one source; its entries, articles and validators are saved in one transaction."""
        async with fetcher.room.share():
            shown = await visit(fetcher, feed, now=self._clock(), away=self._away)
        if feed.failures:  # it may have been set aside
            await asyncio.to_thread(self._store.clear_crashes, FEED, str(feed.id))
        self._steps.checkpoint("fetched")
        if shown.parsed is None:
            await asyncio.to_thread(self._store.record_poll, feed.id, self._poll(feed, shown))
            return (), None
        found = await self._found(feed, shown.parsed)
        plan = await self._plan(feed, found)
        taker = Taker(self._store, fetcher, self._away, self._clock, self._steps.quarantine, feed.id)
        brought = await self._brought(feed, taker, plan)
        remark = self._remark(feed, plan)
        if remark is None and feed.last_success_at is None:  # later on, what is not read was seen before
            remark = shown.parsed.left_out
        poll = self._poll(feed, shown, brought, remark)
        new = await asyncio.to_thread(self._store.record_poll, feed.id, poll)
        self._steps.checkpoint("recorded")
        return new, remark

    async def _found(self, feed: Feed, parsed: ParsedFeed) -> list[Candidate]:
        """The entries of a source, each with the id of its article, which may have had another address before."""
        found = deciding.candidates(feed.id, parsed.entries, home=parsed.home, feed=feed.url)
        roots = await asyncio.to_thread(self._store.roots, [each.own_id for each in found])
        return [replace(each, article_id=roots.get(each.own_id, each.own_id)) for each in found]

    async def _plan(self, feed: Feed, found: Sequence[Candidate]) -> Plan:
        seen = await asyncio.to_thread(
            lambda: self._store.seen_entries(
                feed.id,
                guids=[each.entry.guid for each in found],
                fingerprints=[mark for each in found for mark in deciding.marks(each.fingerprint)],
                article_ids=[each.article_id for each in found],
            )
        )
        return deciding.decide(found, seen, most=self._most(feed), at_once=TAKEN_AT_ONCE)

    def _most(self, feed: Feed) -> int:
        """How many new articles of a source are wanted."""
        if feed.kind is SourceKind.FOLDER:
            return EVERYTHING
        first = self._options.first_articles
        return first if feed.last_success_at is None else max(first, self._options.catch_up)

    async def _brought(self, feed: Feed, taker: Taker, plan: Plan) -> _Brought:
        """The articles that a plan brings, read, and what is remembered of the other entries."""
        ids = tuple({each.article_id for each in (*plan.fresh, *plan.edited)})
        stored = await asyncio.to_thread(self._store.current, ids)
        # What is edited and not stored was skipped once, for good; but where only its page was missing, it may be there now.
        wanted = [*plan.fresh, *(each for each in plan.edited if each.article_id in stored or each.tries)]
        taken = [_shown(each, feed) for each in await taker.articles(wanted)]
        self._steps.checkpoint("extracted")
        found = [each.article for each in taken if each.article and each.article.id not in stored]
        vouched = {each.article_id for each in wanted if each.vouched}
        fresh, paragraphs = await taker.without_boilerplate(found, vouched)
        articles = {article.id: article for article in fresh}
        for each in taken:
            if each.article and (current := stored.get(each.article.id)) and (version := _edit(each, current, plan)):
                articles[each.article.id] = version
        readings = await asyncio.to_thread(self._read, articles, feed.id)
        again = await asyncio.to_thread(self._unread, articles, readings)
        self._steps.checkpoint("read")
        arrivals = [
            Arrival(
                each.candidate.entry.guid,
                each.fingerprint,
                each.candidate.article_id,
                readings.get(each.candidate.article_id),
            )
            for each in taken
            if each.candidate.article_id not in again
        ]
        asked = {each.entry.guid for each in wanted}
        unread = asked - {each.guid for each in arrivals}
        left = {each.article_id for each in wanted if each.entry.guid in unread}
        arrivals += [
            Arrival(each.entry.guid, each.fingerprint, each.article_id)
            for each in (*plan.edited, *plan.known, *plan.skipped)
            if each.entry.guid not in asked and each.article_id not in left
        ]
        kept = [each for each in (*plan.edited, *plan.known) if each.article_id not in left]
        return _Brought(tuple(arrivals), deciding.moved(feed.id, kept), paragraphs, plan.later + len(left))

    def _read(self, articles: dict[str, Article], feed_id: int) -> dict[str, tuple[Article, Reading]]:
        """The articles with their readings, under the keys given, but for those that cannot be read."""
        if not articles:
            return {}
        read = {
            article.id: (article, reading) for article, reading in self._steps.read(tuple(articles.values()), feed_id)
        }
        return {key: read[article.id] for key, article in articles.items() if article.id in read}

    def _unread(self, articles: dict[str, Article], readings: Collection[str]) -> set[str]:
        """Keys of the articles that are to be read with the next visit: not read, and not set aside."""
        left = {key: article.id for key, article in articles.items() if key not in readings}
        aside = self._steps.quarantine.aside(ARTICLE, left.values())
        return {key for key, article_id in left.items() if article_id not in aside}

    # ---------------------------------------------------------------------------------------------------- what is kept
    def _poll(self, feed: Feed, shown: Visit, brought: _Brought | None = None, remark: str | None = None) -> Poll:
        now, least, parsed = self._clock(), self._options.poll_every, shown.parsed
        brought = brought or _Brought()
        published = [each.published_at for each in parsed.entries if each.published_at] if parsed else []
        after = replace(feed, last_new_at=now) if any(each.brought for each in brought.arrivals) else feed
        interval = rhythm.interval(after, published, now, least=least)
        wishes = parsed.wishes if parsed else feed.wishes
        at = rhythm.after_success(feed.id, interval, wishes, shown.fresh_for, now, least=least)
        unfinished = brought.left > 0 or any("?" in each.fingerprint for each in brought.arrivals)
        return Poll(
            at=now,
            next_poll_at=now + SOON if brought.left else at,
            arrivals=brought.arrivals,
            title=parsed.title if parsed else None,
            # Without validators the next visit is shown everything again, and takes what this one had to leave.
            etag=None if unfinished else shown.etag,
            last_modified=None if unfinished else shown.last_modified,
            moved_to=shown.moved_to,
            wishes=wishes,
            interval=interval,
            remark=remark,
            moved=brought.moved,
            paragraphs=brought.paragraphs,
        )

    def _remark(self, feed: Feed, plan: Plan) -> str | None:
        if not plan.skipped:
            return None
        taken, all_ = len(plan.fresh) + plan.later, len(plan.fresh) + plan.later + len(plan.skipped)
        if feed.last_success_at is None:
            return f"It had {all_:,} items when it was first read; the newest {taken:,} were taken."
        return f"It had {all_:,} unseen items at once; the newest {taken:,} were taken, the others skipped."

    async def _failed(self, feed: Feed, error: Exception) -> str:
        problem, retry_after, ended = str(error), None, False
        now = self._clock()
        least = now
        if isinstance(error, FetchError):
            retry_after, ended = error.retry_after, error.gone
        elif isinstance(error, CRASHES):
            problem = "What it sends is more than I can read; it is tried again later."
            counted = partial(self._steps.quarantine.count, FEED, str(feed.id), named(feed), error, feed_id=feed.id)
            least = now + ASIDE if await asyncio.to_thread(counted) else now
        elif not isinstance(error, SourceError):
            log.error("feed broke the reader", feed=feed.id, exc_info=error)
            problem = f"It could not be read ({type(error).__name__}); it is tried again later."
        at = max(least, rhythm.after_failure(feed, retry_after, now, least=self._options.poll_every))
        await asyncio.to_thread(
            lambda: self._store.record_failure(feed.id, problem, at=now, next_poll_at=at, ended=ended)
        )
        return problem


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one visit leaves to be stored; ``left`` articles are for the next one."""

    arrivals: tuple[Arrival, ...] = ()
    moved: dict[str, str] = field(default_factory=dict)
    paragraphs: Paragraphs = field(default_factory=dict)
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    articles: tuple[str, ...] = ()
    problem: str | None = None
    remark: str | None = None


def named(feed: Feed) -> str:
    """A feed as people are told of it."""
    return feed.title or masked(feed.url)


def _shown(taken: Taken, feed: Feed) -> Taken:
    """What was taken, its article with the links that may be shown."""
    return taken if taken.article is None else replace(taken, article=links.shown(taken.article, feed))


def _edit(taken: Taken, current: Article, plan: Plan) -> Article | None:
    """The next version of a stored article, if there is one.

    An article that another feed brought is not touched by this feed's other words for it, unless it says more.
    """
    version = new_version(taken.article, current) if taken.article else None
    own = taken.candidate in plan.edited
    return version if own or (version and current.extent is not version.extent) else None
