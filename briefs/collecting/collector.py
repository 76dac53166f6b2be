"""Collecting: the sources that are due are visited politely, and what is new in them is taken exactly once.

    due feed ─fetch─▶ bytes ─parse─▶ entries ─decide─▶ fresh, edited, known, skipped
        fresh, edited ─page, where there is only a teaser─▶ article ─without boilerplate─▶ read ─▶ one transaction

A visit changes nothing until that transaction: killed before it, the next visit finds everything as it was.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from briefs.collecting import deciding
from briefs.collecting.taking import Taker, new_version
from briefs.collecting.visiting import visit
from briefs.errors import FetchError, SourceError, StoreError
from briefs.models import SourceKind
from briefs.sources import rhythm
from briefs.sources.addresses import masked
from briefs.store.records import Arrival, Poll

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefs.collecting.deciding import Candidate, Plan
    from briefs.collecting.taking import Paragraphs, Taken
    from briefs.collecting.visiting import Away, Visit
    from briefs.models import Article, Clock, Feed, Reading
    from briefs.options import Options
    from briefs.sources.fetching import Fetcher
    from briefs.store import Store

log = structlog.get_logger(__name__)

VISITS_AT_ONCE = 50  # their bodies are held in memory together
TAKEN_AT_ONCE = 50  # new articles of one visit; the rest comes with the next one, so that no feed holds up the others
SOON = timedelta(seconds=30)  # until a visit that could not take all is gone on with
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
    """What the collector asks of the desk: to read articles, and to be told each step (tests kill the program there)."""

    read: Callable[[Sequence[Article]], list[tuple[Article, Reading]]]
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
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one source does, the others are still read
            return _Outcome(problem=f"{named(feed)}: {await self._failed(feed, error)}")
        return _Outcome(articles, remark=f"{named(feed)}: {remark}" if remark else None)

    async def _visited(self, fetcher: Fetcher, feed: Feed) -> tuple[tuple[str, ...], str | None]:
        """Visit one source; its entries, articles and validators are saved in one transaction."""
        shown = await visit(fetcher, feed, now=self._clock(), away=self._away)
        self._steps.checkpoint("fetched")
        if shown.parsed is None:
            await asyncio.to_thread(self._store.record_poll, feed.id, self._poll(feed, shown))
            return (), None
        found = deciding.candidates(feed.id, shown.parsed.entries, shown.parsed.home)
        plan = await self._plan(feed, found)
        taker = Taker(self._store, fetcher, self._away, self._clock)
        arrivals, paragraphs = await self._arrivals(taker, plan)
        remark = self._remark(feed, plan)
        poll = self._poll(feed, shown, plan=plan, arrivals=arrivals, paragraphs=paragraphs, remark=remark)
        new = await asyncio.to_thread(self._store.record_poll, feed.id, poll)
        self._steps.checkpoint("recorded")
        return new, remark

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

    async def _arrivals(self, taker: Taker, plan: Plan) -> tuple[tuple[Arrival, ...], Paragraphs]:
        """The articles that a plan brings, read, and what is remembered of the other entries."""
        stored = await asyncio.to_thread(
            self._store.current, tuple({each.article_id for each in (*plan.fresh, *plan.edited)})
        )
        taken = await taker.articles([*plan.fresh, *(each for each in plan.edited if each.article_id in stored)])
        self._steps.checkpoint("extracted")
        fresh, paragraphs = await taker.without_boilerplate([each for each in taken if each.article.id not in stored])
        edits = [(each, _edit(each, stored[each.article.id], plan)) for each in taken if each.article.id in stored]
        articles = [*(each.article for each in fresh), *(version for _, version in edits if version)]
        readings = dict(await asyncio.to_thread(self._read, articles))
        self._steps.checkpoint("read")
        arrivals = [_arrival(each, each.article, readings) for each in fresh]
        arrivals += [_arrival(each, version, readings) for each, version in edits]
        gone = (each for each in plan.edited if each.article_id not in stored)  # skipped once: skipped for good
        arrivals += [
            Arrival(each.entry.guid, each.fingerprint, each.article_id) for each in (*plan.known, *plan.skipped, *gone)
        ]
        return tuple(arrivals), paragraphs

    def _read(self, articles: Sequence[Article]) -> list[tuple[str, tuple[Article, Reading]]]:
        return [(article.id, (article, reading)) for article, reading in self._steps.read(articles)] if articles else []

    # ---------------------------------------------------------------------------------------------------- what is kept
    def _poll(
        self,
        feed: Feed,
        shown: Visit,
        *,
        plan: Plan | None = None,
        arrivals: tuple[Arrival, ...] = (),
        paragraphs: Paragraphs | None = None,
        remark: str | None = None,
    ) -> Poll:
        now, least = self._clock(), self._options.poll_every
        parsed = shown.parsed
        published = [each.published_at for each in parsed.entries if each.published_at] if parsed else []
        brought = any(each.brought for each in arrivals)
        interval = rhythm.interval(replace(feed, last_new_at=now) if brought else feed, published, now, least=least)
        wishes = parsed.wishes if parsed else feed.wishes
        at = rhythm.after_success(feed.id, interval, wishes, shown.fresh_for, now, least=least)
        unfinished = bool(plan and plan.later) or any("?" in each.fingerprint for each in arrivals)
        return Poll(
            at=now,
            next_poll_at=now + SOON if plan and plan.later else at,
            arrivals=arrivals,
            title=parsed.title if parsed else None,
            # Without validators the next visit is shown everything again, and takes what this one had to leave.
            etag=None if unfinished else shown.etag,
            last_modified=None if unfinished else shown.last_modified,
            moved_to=shown.moved_to,
            wishes=wishes,
            interval=interval,
            remark=remark,
            paragraphs=paragraphs or {},
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
        if isinstance(error, FetchError):
            retry_after, ended = error.retry_after, error.gone
        elif not isinstance(error, SourceError):
            log.error("feed broke the reader", feed=feed.id, exc_info=error)
            problem = f"It could not be read ({type(error).__name__}); it is tried again later."
        now = self._clock()
        at = rhythm.after_failure(feed, retry_after, now, least=self._options.poll_every)
        await asyncio.to_thread(
            lambda: self._store.record_failure(feed.id, problem, at=now, next_poll_at=at, ended=ended)
        )
        return problem


@dataclass(frozen=True, slots=True)
class _Outcome:
    articles: tuple[str, ...] = ()
    problem: str | None = None
    remark: str | None = None


def named(feed: Feed) -> str:
    """A feed as people are told of it."""
    return feed.title or masked(feed.url)


def _edit(taken: Taken, current: Article, plan: Plan) -> Article | None:
    """The next version of a stored article, if there is one.

    An article that another feed brought is not touched by this feed's other words for it, unless it says more.
    """
    version = new_version(taken.article, current)
    own = taken.candidate in plan.edited
    return version if own or (version and current.extent is not version.extent) else None


def _arrival(taken: Taken, article: Article | None, readings: dict[str, tuple[Article, Reading]]) -> Arrival:
    brought = readings[article.id] if article else None
    return Arrival(taken.candidate.entry.guid, taken.fingerprint, taken.candidate.article_id, brought)
