"""The trunk of the desk: the only file that knows the order.

    collect   feeds due ─fetch─▶ bytes ─parse─▶ entries ─extract─▶ articles ─┐
    load      files ──────────────────parse─▶ entries ─extract─▶ articles ─┤
                                                                           ▼
                                        date ─▶ read (one spaCy pass, facts) ─▶ group into stories ─▶ store
    compose   store ─▶ stories with something untold ─▶ chosen sentences (sumy) ─▶ briefing
    answer    question ─▶ candidate articles ─▶ facts and sentences matched ─▶ answer

Reading and composing are work for a processor: with ``workers`` they run in a process of their own, and an answer never
waits behind them. Every method blocks; callers on an event loop use a thread.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from briefs import briefing as briefings
from briefs import stories as grouping
from briefs.answers.questions import search_terms
from briefs.answers.replying import reply
from briefs.errors import FetchError, SourceError, StoreError
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import Article, BlockKind, Briefing, Entry, Evidence, Feed, Reading, Story
from briefs.store import Store
from briefs.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from ipaddress import IPv4Network, IPv6Network
    from pathlib import Path

    from briefs.language.names import Names
    from briefs.models import Answer, Clock, Fact
    from briefs.sources.fetching import Fetched, Fetcher

log = structlog.get_logger(__name__)

WINDOW = timedelta(hours=72)  # how far back a briefing looks from now, or from the newest article when that is older
STORY_REACH = timedelta(days=10)  # a new article is grouped with articles published at most this far from it
STORY_SPAN = 10 * STORY_REACH  # how far back a story that goes on shows its articles
GROUPED_WITH = 3_000  # articles at most that new ones are grouped with
CANDIDATES = 60  # articles that a question is matched against
FETCHED_AT_ONCE = 50  # feeds; their bodies are held in memory together
READ_BATCH = 64  # articles read between two reports of progress
MAX_BACKOFF = timedelta(hours=12)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # files are read when asked, not polled
EVERYONE = 0  # the guild of what the operator loads: files belong to no server


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator chose for the desk."""

    pipeline: str = DEFAULT_PIPELINE
    summariser: str = "lex-rank"
    max_stories: int = 5
    sentences: int = 3  # of each story
    words: int | None = None  # of each story's sentences together
    poll_every: timedelta = timedelta(minutes=15)
    contact: str | None = None  # in the user agent
    fetch_allow: tuple[IPv4Network | IPv6Network, ...] = ()  # private networks that feeds may be read from


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a folder or file gave: article ids in input order, and one sentence for each thing wrong with it."""

    articles: tuple[str, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectReport:
    """What one round of polling gave."""

    polled: int
    articles: tuple[str, ...]
    problems: tuple[str, ...] = ()


def now_utc() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class Newsroom:
    """The desk: collects, composes and answers over one store."""

    def __init__(
        self, store: Store, *, options: Options | None = None, clock: Clock = now_utc, workers: int = 0
    ) -> None:
        self.store = store
        self.options = options or Options()
        self.clock = clock
        self._workers = Workers(workers)

    @classmethod
    def in_memory(cls, *, options: Options | None = None, clock: Clock = now_utc) -> Newsroom:
        """A desk with an empty database of its own that vanishes with it."""
        return cls(Store.open("sqlite://"), options=options, clock=clock)

    def close(self) -> None:
        """Stop the worker and close the store."""
        self._workers.close()
        self.store.close()

    def warm_up(self) -> None:
        """Load what the first answer would otherwise wait for."""
        from briefs.language import pipeline

        pipeline.load(self.options.pipeline)("Who met whom?")

    # ---------------------------------------------------------------------------------------------------------- in
    def load(
        self,
        path: Path,
        *,
        guild_id: int = EVERYONE,
        now: datetime | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> LoadReport:
        """Read a file or folder of articles into the store.

        Raises InputError when nothing in it can be read; lesser faults are in the report.
        """
        from briefs.sources import files, pages

        moment = now or self.clock()
        batch = files.read_path(path)
        feed = self.store.subscribe(guild_id, path.resolve().as_uri(), title=path.name, now=moment)
        self._polled(feed, now=moment, next_poll_at=NEVER)
        articles = [pages.extract(entry, first_seen_at=moment) for entry in batch.entries]
        self._take(articles, feed_id=feed.id, progress=progress)
        return LoadReport(tuple(article.id for article in articles), batch.problems)

    def add_feed(self, guild_id: int, url: str) -> Feed:
        """Subscribe a server to a feed, after one look that it is one. Raises SourceError with what to do."""
        from briefs.sources import addresses, feeds

        now = self.clock()
        address = addresses.canonical(url)
        if address is None:
            raise FetchError(f"{url!r} is no web address; give one that begins with http:// or https://.", source=url)

        async def look() -> Fetched:
            async with self._fetcher() as fetcher:
                return await fetcher.fetch(address)

        fetched = asyncio.run(look())
        parsed = feeds.parse(fetched.body, url=fetched.url, content_type=fetched.content_type, now=now)
        return self.store.subscribe(guild_id, address, title=parsed.title, now=now)

    def collect(self, *, limit: int = 200) -> CollectReport:
        """Poll the feeds that are due; what fails is that feed's result and is tried again later."""
        return asyncio.run(self._collect(self.store.due_feeds(self.clock(), limit)))

    async def _collect(self, due: Sequence[Feed]) -> CollectReport:
        new: list[str] = []
        problems: list[str] = []
        async with self._fetcher() as fetcher:
            for start in range(0, len(due), FETCHED_AT_ONCE):
                feeds = due[start : start + FETCHED_AT_ONCE]
                fetches = (fetcher.fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified) for feed in feeds)
                outcomes = await asyncio.gather(*fetches, return_exceptions=True)
                for feed, outcome in zip(feeds, outcomes, strict=True):
                    try:
                        new += await self._received(fetcher, feed, outcome)
                    except StoreError:
                        raise
                    except Exception as error:  # noqa: BLE001 - whatever one feed does, the others are still read
                        problems.append(self._failed(feed, error))
        return CollectReport(len(due), tuple(new), tuple(problems))

    async def _received(self, fetcher: Fetcher, feed: Feed, outcome: Fetched | BaseException) -> tuple[str, ...]:
        """One feed's new articles; its entries, articles and validators are saved in one transaction."""
        from briefs.sources import feeds

        if isinstance(outcome, BaseException):
            raise outcome
        now = self.clock()
        next_poll_at = now + self.options.poll_every
        if outcome.not_modified:
            self._polled(feed, now=now, next_poll_at=next_poll_at)
            return ()
        parsed = feeds.parse(outcome.body, url=outcome.url, content_type=outcome.content_type, now=now)
        known = self.store.known_guids(feed.id, [entry.guid for entry in parsed.entries])
        fresh = [entry for entry in parsed.entries if entry.guid not in known]
        readings = self._read([await self._article(fetcher, entry, now) for entry in fresh])
        new = self.store.record_poll(
            feed.id,
            items=[(entry.guid, *pair) for entry, pair in zip(fresh, readings, strict=True)],
            guids_seen=[entry.guid for entry in parsed.entries],
            title=parsed.title,
            etag=outcome.etag,
            last_modified=outcome.last_modified,
            now=now,
            next_poll_at=next_poll_at,
        )
        self._group([article for article, _ in readings if article.id in set(new)])
        return new

    def _polled(self, feed: Feed, *, now: datetime, next_poll_at: datetime) -> None:
        """Record a success that brought nothing new."""
        self.store.record_poll(
            feed.id,
            items=(),
            guids_seen=(),
            title=None,
            etag=feed.etag,
            last_modified=feed.last_modified,
            now=now,
            next_poll_at=next_poll_at,
        )

    async def _article(self, fetcher: Fetcher, entry: Entry, now: datetime) -> Article:
        """The entry's article, with its page's text where the feed carries only a teaser and the page says more."""
        from briefs.sources import pages

        name = pages.article_id(entry)
        article = pages.extract(entry, first_seen_at=now, as_id=name)
        if not entry.summary_only or not entry.url:
            return article
        try:
            page = await fetcher.fetch(entry.url)
            whole = pages.with_page(entry, page.body, content_type=page.content_type)
        except (FetchError, UnicodeError):
            return article
        full = pages.extract(whole, first_seen_at=now, as_id=name)
        return full if _prose(full) > _prose(article) else article  # a consent wall says less than the teaser

    def _failed(self, feed: Feed, error: Exception) -> str:
        wait = min(self.options.poll_every * 2 ** min(feed.failures, 10), MAX_BACKOFF)
        if isinstance(error, FetchError) and error.retry_after:
            wait = max(wait, timedelta(seconds=error.retry_after))
        problem = str(error)
        if not isinstance(error, SourceError):
            log.error("feed broke the reader", feed=feed.id, exc_info=error)
            problem = f"It could not be read ({type(error).__name__}); it is tried again later."
        self.store.record_failure(feed.id, problem, next_poll_at=self.clock() + wait)
        return f"{feed.title or feed.url}: {problem}"

    def _fetcher(self) -> Fetcher:
        from briefs.sources.fetching import Fetcher

        return Fetcher(contact=self.options.contact, allow=self.options.fetch_allow)

    def _take(
        self, articles: Sequence[Article], *, feed_id: int | None, progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Date, read, store and group articles that came together."""
        dated = _dated_by_story(articles)
        for start in range(0, len(dated), READ_BATCH):
            self.store.add_articles(self._read(dated[start : start + READ_BATCH]), feed_id=feed_id)
            if progress:
                progress(min(start + READ_BATCH, len(dated)), len(dated))
        self._group(articles)

    def _read(self, articles: Sequence[Article]) -> list[tuple[Article, Reading]]:
        readings = self._workers.run(read, tuple(articles), self.options.pipeline)
        return list(zip(articles, readings, strict=True))

    def _group(self, new: Sequence[Article]) -> None:
        """Group new articles with the stored ones published near them.

        They count with the dates their sources gave: a date taken from a story is no evidence for another story.
        """
        if not new:
            return
        stored = self.store.articles([article.id for article in new])
        times = [article.shown_at for article in stored.values()]
        near = self.store.visible(
            None, since=min(times) - STORY_REACH, until=max(times) + STORY_REACH, limit=GROUPED_WITH
        )
        ids = list(dict.fromkeys([*(article.id for article in new), *near]))
        articles = self.store.articles(ids) | {article.id: article for article in new}
        stories = self._workers.run(grouping.group, tuple(articles.values()))
        self.store.save_stories(stories)

    # --------------------------------------------------------------------------------------------------------- out
    def compose(
        self,
        guild_id: int | None,
        *,
        now: datetime | None = None,
        title: str = "Briefing",
        max_stories: int | None = None,
        words: int | None = None,
        channel_id: int | None = None,
    ) -> Briefing:
        """The briefing for a server's channel: stories with something not yet told there, best first.

        ``guild_id`` None is the inspector: all articles, of any age.
        """
        moment = now or self.clock()
        ids, visible = self._scope(guild_id, channel_id, moment)
        stories = _visible_parts(self._stories_of(ids), visible)
        wanted = [article_id for story in stories for article_id in story.article_ids]
        return self._workers.run(
            _compose,
            stories,
            self.store.articles(wanted),
            self.store.readings(wanted),
            moment,
            title,
            self.options.max_stories if max_stories is None else max_stories,
            self.options.words if words is None else words,
            self.options.sentences,
            self.options.summariser,
            self._problems(guild_id),
        )

    def _scope(
        self, guild_id: int | None, channel_id: int | None, now: datetime
    ) -> tuple[tuple[str, ...], frozenset[str]]:
        """The articles that make a story news now, and all articles that such a story may show."""
        if guild_id is None:
            ids = self.store.visible(None, until=now)
            return ids, frozenset(ids)
        ids = self._untold(guild_id, channel_id, now)
        return ids, frozenset(ids).union(self.store.visible(guild_id, since=now - STORY_SPAN, until=now))

    def _stories_of(self, ids: Sequence[str]) -> tuple[Story, ...]:
        """The stories of these articles; what a crash left ungrouped is grouped now, so that no article is lost."""
        found = self.store.stories(ids)
        grouped = {article_id for story in found for article_id in story.article_ids}
        left = [article_id for article_id in ids if article_id not in grouped]
        if not left:
            return found
        self._group(list(self.store.articles(left).values()))
        return self.store.stories(ids)

    def _untold(self, guild_id: int, channel_id: int | None, now: datetime) -> tuple[str, ...]:
        """Articles of the window that this channel was not told yet, newest first."""
        newest = self.store.visible(guild_id, until=now, limit=1)
        if not newest:
            return ()
        latest = min(now, self.store.articles(newest)[newest[0]].shown_at)
        ids = self.store.visible(guild_id, since=latest - WINDOW, until=now, limit=GROUPED_WITH)
        told = self.store.told_articles(channel_id) if channel_id is not None else set()
        return tuple(article_id for article_id in ids if article_id not in told)

    def _problems(self, guild_id: int | None) -> tuple[str, ...]:
        feeds = () if guild_id is None else self.store.feeds(guild_id)
        return tuple(f"{feed.title or feed.url}: {feed.last_error}" for feed in feeds if feed.failures)

    def verify(self, briefing: Briefing) -> None:
        """Raise QuotationError unless every sentence still stands in its stored article."""
        briefings.verify(briefing, self.store.articles(briefings.quoted(briefing)))

    def answer(
        self,
        guild_id: int | None,
        question: str,
        *,
        now: datetime | None = None,
        articles: Sequence[str] | None = None,
    ) -> Answer:
        """The answer to a question from what a server's sources say up to ``now``."""
        from briefs.language import pipeline

        moment = now or self.clock()
        nlp = pipeline.load(self.options.pipeline)
        ids = self._candidates(guild_id, search_terms(nlp, question), moment, articles)
        return reply(
            question,
            nlp=nlp,
            now=moment,
            articles=self.store.articles(ids),
            readings=self.store.readings(ids),
            considered=self.store.count_visible(guild_id, until=moment) if articles is None else len(ids),
        )

    def _candidates(
        self, guild_id: int | None, terms: Sequence[str], now: datetime, scope: Sequence[str] | None
    ) -> tuple[str, ...]:
        """The articles a question is matched against: all when they are few, else the best by full text.

        ``scope`` narrows what the server sees and never widens it.
        """
        few = self.store.visible(guild_id, until=now, limit=CANDIDATES + 1)
        if scope is not None and len(scope) <= CANDIDATES:
            seen = set(few if len(few) <= CANDIDATES else self.store.visible(guild_id, until=now))
            return tuple(article_id for article_id in scope if article_id in seen)
        if scope is None and len(few) <= CANDIDATES:
            return few
        return self.store.search(terms, guild_id=guild_id, until=now, ids=scope, limit=CANDIDATES)

    def stories(self) -> tuple[Story, ...]:
        """Every story of the store."""
        return self.store.stories(self.store.visible(None))

    def facts(self, article_ids: Sequence[str]) -> dict[str, tuple[Fact, ...]]:
        """Each article's facts, with entities named and typed as all articles of its story name them."""
        from briefs.language import names

        found: dict[str, tuple[Fact, ...]] = {}
        for story in self.store.stories(article_ids):
            readings = self.store.readings(story.article_ids)
            joined = names.unify({key: reading.mentions for key, reading in readings.items()})
            found |= {key: tuple(_named(fact, joined) for fact in reading.facts) for key, reading in readings.items()}
        return {key: found[key] for key in article_ids}

    def context(self, evidence: Evidence) -> tuple[str, str, str]:
        """The sentence before, the sentence itself and the one after, as they stand in the article."""
        article = self.store.articles([evidence.article_id])[evidence.article_id]
        reading = self.store.readings([evidence.article_id])[evidence.article_id]
        spans = [(s.start, s.end) for s in reading.sentences]
        before = max((s for s in spans if s[1] <= evidence.start), default=(0, 0))
        after = min((s for s in spans if s[0] >= evidence.end), default=(0, 0))
        return article.text[slice(*before)], article.text[evidence.start : evidence.end], article.text[slice(*after)]


def read(articles: Sequence[Article], pipeline_name: str) -> list[Reading]:
    """Everything that stands in each article on its own: one spaCy pass, then sentences, names, times and facts."""
    from briefs.facts import extraction
    from briefs.language import names, pipeline, times

    nlp = pipeline.load(pipeline_name)
    readings = []
    for article, passages in pipeline.parse_many(nlp, articles):
        anchor = article.shown_at
        mentions = names.find(passages)
        whens = times.find(passages, anchor)
        facts = extraction.extract(passages, mentions, whens, article.id)
        readings.append(Reading(article.id, anchor, pipeline.sentences(article, passages), mentions, whens, facts))
    return readings


def _dated_by_story(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Give an article without a date its story's latest one; without such a story it keeps none."""
    if all(article.published_at for article in articles):
        return tuple(articles)
    dates: dict[str, datetime] = {}
    by_id = {article.id: article for article in articles}
    for story in grouping.group(articles):
        known = [date for i in story.article_ids if (date := by_id[i].published_at)]
        if known:
            dates |= {i: max(known) for i in story.article_ids}
    return tuple(
        article if article.published_at else replace(article, published_at=dates.get(article.id))
        for article in articles
    )


def _prose(article: Article) -> int:
    """How many characters of prose an article holds."""
    return sum(block.end - block.start for block in article.blocks if block.kind is BlockKind.PROSE)


def _named(fact: Fact, names: Names) -> Fact:
    """The fact with its arguments' entities as several articles name them."""
    arguments = (
        a if a.entity is None else replace(a, entity=names.of(fact.article_id, a.entity)) for a in fact.arguments
    )
    return replace(fact, arguments=tuple(arguments))


def _visible_parts(stories: Iterable[Story], visible: frozenset[str]) -> tuple[Story, ...]:
    """Each story cut to the articles that may be seen; a story is nobody's property, its articles are."""
    parts = (Story(s.id, tuple(i for i in s.article_ids if i in visible)) for s in stories)
    return tuple(part for part in parts if part.article_ids)


def _compose(
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    now: datetime,
    title: str,
    max_stories: int,
    words: int | None,
    sentences: int,
    summariser: str,
    problems: tuple[str, ...],
) -> Briefing:
    return briefings.compose(
        stories,
        articles,
        readings,
        now=now,
        title=title,
        max_stories=max_stories,
        sentences=sentences,
        word_limit=words,
        summariser=summariser,
        problems=problems,
    )
