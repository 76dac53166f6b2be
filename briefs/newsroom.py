"""The trunk of the desk: the only file that knows the order.

    collect   sources due ─visit─▶ entries ─decide─▶ new articles and versions ─▶ read ─▶ store ─▶ group into stories
    load      files ─parse─▶ entries ─extract─▶ articles ─▶ date ─▶ read (one spaCy pass, facts) ─▶ store ─▶ group
    compose   store ─▶ stories with something untold ─▶ what is new to the channel ─▶ ranked ─▶ changes, or chosen sentences
              (sumy) ─▶ briefing
    answer    question ─▶ candidate articles ─▶ the best by their outlines ─▶ facts and sentences matched ─▶ answer

Reading and composing are work for a processor: with ``workers`` they run in a process of their own, and an answer never
waits behind them. Every method blocks; callers on an event loop use a thread.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import structlog

from briefs import briefing as briefings
from briefs import memory
from briefs import stories as grouping
from briefs.answering import Answering
from briefs.answers import outlines
from briefs.archive import Archive
from briefs.collecting import Collector, CollectReport, Steps, links
from briefs.coverage import Coverage, visible_parts
from briefs.joining import Joining
from briefs.models import Article, Briefing, Evidence, Feed, Reading, SourceKind, Story
from briefs.options import Options
from briefs.overviews import ahead
from briefs.overviews.events import Remembered
from briefs.overviews.familiar import Familiar
from briefs.overviews.parts import Parts
from briefs.preferences import EVERY_CHANNEL, Preferences, TopicKind, effective
from briefs.quarantine import CRASHES, STORY, Quarantine
from briefs.sources.addresses import masked, without_address
from briefs.sources.hosts import Hosts
from briefs.sources.robots import Robots
from briefs.store import EVERYONE, Poll, Store
from briefs.subscriptions import Subscriptions
from briefs.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from briefs.answers.about import Subject
    from briefs.answers.replying import Inquiry
    from briefs.language.names import Names
    from briefs.models import Agenda, Answer, Card, Clock, Connections, Fact, Timeline
    from briefs.sources.fetching import Fetcher

GARBAGE = 100_000  # new objects between two looks for garbage: several times what a question makes, and frees itself
VISITED = 1_000  # sources of one round
READ_BATCH = 64  # articles read between two reports of progress
TELLING_FAILURES = 2  # in a row; a single one is told to nobody
AWAY_SECONDS = 60.0  # for one feed or page to be parsed; the largest take a few
READING_SECONDS, CHARACTERS_A_SECOND = 30.0, 10_000  # for articles to be read; it takes a tenth of it
COMPOSING_SECONDS, STORY_SECONDS = 60.0, 15.0  # for a briefing, which takes two at most, and for a single story of it
REMARKED = timedelta(hours=24)  # how long a briefing tells that items were skipped
FAMILIAR = 120  # newest articles, whose names, outlets and stories are offered while somebody types
OVERLOOKED = 400  # newest articles that an overview is made of
GLANCE = 25  # articles that are looked through before anybody asks, at a time
LOOKED_AGAIN = 3  # times at most that an agenda is made again with what its plans' stories told since
CONNECTED = 32  # articles at most, of the newest and of the likeliest, that tell with whom a name is connected
REMEMBERED_LOOKS = 64  # at connections, some 50 kB each: their picture and each page of their list look again
OFFERED = 50  # of their stories at most
REMEMBERED_HEADLINES = 4_000  # of stories, as long as no article joins them
REMEMBERED_NAMES = 32  # of servers that are typing, some 20 kB each
FORGOTTEN = 100  # articles at a time: who wants to write meanwhile waits for a tenth of a second
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # files are read when asked, not polled
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a folder or file gave: article ids in input order, and one sentence for each thing wrong with it."""

    articles: tuple[str, ...]
    problems: tuple[str, ...] = ()


def now_utc() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class Newsroom:
    """The desk: collects, composes and answers over one store."""

    def __init__(
        self,
        store: Store,
        *,
        options: Options | None = None,
        clock: Clock = now_utc,
        workers: int = 0,
        checkpoint: Callable[[str], None] = lambda _step: None,
        begin: Callable[[], object] | None = None,
    ) -> None:
        """``checkpoint`` is told each step of collecting; ``begin`` is what each worker does first."""
        self.store = store
        self.options = options or Options()
        self.clock = clock
        self._workers = Workers(workers, begin=begin)
        self._quarantine = Quarantine(store, self._now)
        self._archive = Archive(store)
        self._joining = Joining(store, self._workers, self._quarantine)
        self._coverage = Coverage(store, self._joining)
        self._answering = Answering(
            store, self._archive, self._coverage, pipeline=self.options.pipeline, clock=self._now
        )
        self._familiar = Familiar(store)
        self._known = lru_cache(maxsize=REMEMBERED_NAMES)(self._known_in)
        self._headlined = lru_cache(maxsize=REMEMBERED_NAMES)(self._headlines_of)
        self._headline = lru_cache(maxsize=REMEMBERED_HEADLINES)(self.headline)
        self._telling = Remembered()
        self._ahead = ahead.Ahead(store)
        self._parts = Parts(store)
        self._connected = lru_cache(maxsize=REMEMBERED_LOOKS)(self._connections_in)
        self._links_cleared = False
        self._checkpoint = checkpoint
        self._hosts = Hosts(spacing=self.options.host_spacing)
        self._robots = Robots()
        self.subscriptions = Subscriptions(store, clock=self._now, fetcher=self._fetcher, away=self._away)

    @classmethod
    def in_memory(cls, *, options: Options | None = None, clock: Clock = now_utc) -> Newsroom:
        """A desk with an empty database of its own that vanishes with it."""
        return cls(Store.open("sqlite://"), options=options, clock=clock)

    @property
    def workers_replaced(self) -> int:
        """How many workers died, took too long or grew too large."""
        return self._workers.replaced

    def close(self) -> None:
        """Stop the worker and close the store."""
        self._workers.close()
        self.store.close()

    def _now(self) -> datetime:
        """The desk's time; its clock may be set later than its parts are made."""
        return self.clock()

    def warm_up(self) -> None:
        """Load what the first answer, and the first keystroke, would otherwise wait for."""
        import gc

        from briefs.language import pipeline

        pipeline.load(self.options.pipeline)("Who met whom?")
        self._offer()
        gc.collect()
        gc.freeze()  # what is loaded stays: looking through it for garbage took a third of an answer's time
        gc.set_threshold(GARBAGE)

    def _offer(self) -> None:
        """Look once at what is offered while somebody types, so that the first keystroke need not wait for it."""
        newest = self.store.visible(None, limit=FAMILIAR)
        self._familiar.names(newest)
        self._headlines_of(newest)

    def look_around(self) -> bool:
        """Look through some of what an overview of all would look through next; whether there was any left to look through.

        A tenth of a second's work or two: call it until it says no, with pauses, for everything else waits.
        """
        newest = self.store.visible(None, limit=OVERLOOKED)
        ids = dict.fromkeys([*newest, *self._ahead.told_before(None, None, self.clock())])
        unheard, unseen = self._telling.lacking(ids)[:GLANCE], self._parts.lacking(newest)[:GLANCE]
        readings = self.store.readings(unheard)
        for article in self.store.articles(unheard).values():
            self._telling(article, readings)
        self._parts.of(unseen)
        return bool(unheard or unseen)

    def forget(self, before: datetime) -> Iterator[int]:
        """Forget articles that are older and that nothing quotes, some at a time; give how many each time."""
        past = self.store.past_articles(before)
        for start in range(0, len(past), FORGOTTEN):
            yield self._joining.forget(past[start : start + FORGOTTEN])

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
        feed = self.store.subscribe(
            guild_id, path.resolve().as_uri(), title=path.name, kind=SourceKind.FOLDER, now=moment
        )
        self.store.record_poll(feed.id, Poll(at=moment, next_poll_at=NEVER))
        articles = [pages.extract(entry, first_seen_at=moment) for entry in batch.entries]
        self._take(articles, feed_id=feed.id, progress=progress)
        return LoadReport(tuple(article.id for article in articles), batch.problems)

    def collect(
        self,
        *,
        limit: int = VISITED,
        feeds: Sequence[int] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> CollectReport:
        """Visit the sources that are due, or these; what fails is that source's result and is tried again later."""
        from briefs.sources import fetching

        if feeds is None:
            due = self.store.due_feeds(self.clock(), limit)
        else:
            wanted = set(feeds)
            due = tuple(feed for feed in self.store.feeds() if feed.id in wanted)
        if not due:
            return CollectReport(0, ())
        self._clear_links()
        self._joining.catch_up()  # before what is new comes: it is to find the stories of an earlier release
        try:
            report = fetching.run(self._collected(due, progress))
            self._joining.group(tuple(self.store.articles(report.articles).values()))
        except BaseException:
            self._joining.look_for_left()  # what some sources brought is stored, though the round failed at another
            raise
        self._checkpoint("grouped")
        self._archive.catch_up()
        self._ahead.catch_up()
        memory.give_back()
        return report

    def _clear_links(self) -> None:
        """Clear the links that an earlier release stored, once in the life of this one."""
        if not self._links_cleared:
            links.clear_stored(self.store)
            self._links_cleared = True

    async def _collected(self, due: Sequence[Feed], progress: Callable[[int, int], None] | None) -> CollectReport:
        steps = Steps(self._read, self._quarantine, self._checkpoint)
        async with self._fetcher(self._hosts) as fetcher:
            return await Collector(self.store, self.options, self.clock, self._away, steps).collect(
                fetcher, due, progress
            )

    def _fetcher(self, hosts: Hosts) -> Fetcher:
        from briefs.sources.fetching import Fetcher

        return Fetcher(contact=self.options.contact, allow=self.options.fetch_allow, hosts=hosts, robots=self._robots)

    async def _away(self, task: Callable[..., Any], *args: Any) -> Any:
        """Do a processor's work where workers do it, without holding the event loop."""
        return await asyncio.to_thread(partial(self._workers.run, task, *args, limit=AWAY_SECONDS))

    def _take(
        self, articles: Sequence[Article], *, feed_id: int | None, progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Date, read, store and group articles that came together."""
        dated = _dated_by_story(articles)
        for start in range(0, len(dated), READ_BATCH):
            self.store.add_articles(self._read(dated[start : start + READ_BATCH], feed_id), feed_id=feed_id)
            if progress:
                progress(min(start + READ_BATCH, len(dated)), len(dated))
        self._joining.group(articles)

    def _read(self, articles: Sequence[Article], feed_id: int | None = None) -> list[tuple[Article, Reading]]:
        """Articles with what stands in them, without those that cannot be read."""
        return self._quarantine.read(articles, self._readings, feed_id=feed_id)

    def _readings(self, articles: Sequence[Article]) -> list[Reading]:
        limit = READING_SECONDS + sum(len(article.text) for article in articles) / CHARACTERS_A_SECOND
        return self._workers.run(read, tuple(articles), self.options.pipeline, limit=limit)

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
        edition = self.edition(
            guild_id, now=now, title=title, max_stories=max_stories, words=words, channel_id=channel_id
        )
        return edition.briefing

    def edition(
        self,
        guild_id: int | None,
        *,
        now: datetime | None = None,
        title: str = "Briefing",
        max_stories: int | None = None,
        words: int | None = None,
        channel_id: int | None = None,
        preferences: Preferences | None = None,
    ) -> briefings.Edition:
        """The briefing as ``compose`` gives it, with how each story stood and why; ``preferences``: instead of the channel's."""
        moment = now or self.clock()
        ids, visible = self._coverage.scope(guild_id, channel_id, moment)
        aside = self._quarantine.aside(STORY)
        stories = [each for each in visible_parts(self._coverage.stories_of(ids), visible) if each.id not in aside]
        chapters = self._chapters(stories, visible)
        told = self._coverage.told(channel_id if guild_id is not None else None, (*stories, *chapters))
        wishes = preferences or self.preferences(guild_id, channel_id)
        wishes = replace(
            wishes,
            stories=wishes.stories if max_stories is None else max_stories,
            words=wishes.words if words is None else words,
        )
        feeds = () if guild_id is None else self.store.feeds(guild_id)

        def composed(some: Sequence[Story], earlier: Sequence[Story], limit: float) -> briefings.Edition:
            held = {article_id for story in (*some, *earlier) for article_id in story.article_ids}
            wanted = sorted(held | told.articles)
            return self._workers.run(
                _compose,
                some,
                earlier,
                self.store.articles(wanted),
                self.store.readings(wanted),
                moment,
                title,
                wishes,
                told,
                self.options.summariser,
                _problems(feeds, moment),
                limit=limit,
            )

        try:
            made = composed(stories, chapters, COMPOSING_SECONDS)
        except CRASHES as error:
            log.warning("a briefing is composed without what loses the worker", guild=guild_id, reason=str(error))
            fit = self._quarantine.fit(
                stories,
                lambda some: composed(some, self._chapters(some, visible), STORY_SECONDS),
                partial(self._called, feeds=feeds),
            )
            made = composed(fit, self._chapters(fit, visible), COMPOSING_SECONDS)
        return replace(made, briefing=self._framed(made.briefing, guild_id, channel_id, feeds))

    def _chapters(self, stories: Sequence[Story], visible: frozenset[str]) -> tuple[Story, ...]:
        """The chapters around some stories, cut to what may be seen."""
        return visible_parts(self._coverage.chapters(stories), visible)

    def _called(self, story: Story, feeds: Sequence[Feed]) -> tuple[str, int | None]:
        """What a story is called that cannot be composed, and the first of these feeds that tells it."""
        articles = self.store.articles(story.article_ids).values()
        title = next((article.title for article in articles if article.title), story.id)
        telling = self.store.feeds_telling(story.article_ids)
        return title, next((feed.id for feed in feeds if feed.id in telling), None)

    def _framed(self, made: Briefing, guild_id: int | None, channel_id: int | None, feeds: Sequence[Feed]) -> Briefing:
        """The briefing with the time that it covers and how many sources were looked at for it."""
        begun = None if guild_id is None else self._coverage.window(guild_id, made.made_at)
        last = self.store.latest_briefing(guild_id, channel_id) if guild_id is not None and channel_id else None
        follows = last is not None and (begun is None or begun <= last[1].made_at)
        since = last[1].made_at if last and follows else begun
        failing = sum(_fails(feed) for feed in feeds)
        return replace(made, since=since, follows=follows, feeds=len(feeds), failing=failing)

    def preferences(self, guild_id: int | None = None, channel_id: int | None = None) -> Preferences:
        """What a channel wants of its briefings: its choices before its server's, and those before the operator's."""
        defaults = Preferences(self.options.max_stories, self.options.sentences, self.options.words)
        if guild_id is None:
            return defaults
        channels = (EVERY_CHANNEL,) if channel_id is None else (EVERY_CHANNEL, channel_id)
        found, problems = effective(defaults, *(self.store.chosen(guild_id, each) for each in channels))
        for problem in problems:
            log.warning("setting passed over", guild=guild_id, channel=channel_id, problem=problem)
        return found

    def known(self, guild_id: int, kind: TopicKind) -> tuple[str, ...]:
        """The names or the outlets that a server's newest articles hold, the most telling first; of words none.

        Names stand once and in full. It is asked at every keystroke: only what is new since is looked at.
        """
        return self._known(kind, self.store.visible(guild_id, limit=FAMILIAR))

    def _known_in(self, kind: TopicKind, ids: tuple[str, ...]) -> tuple[str, ...]:
        if kind is TopicKind.NAME:
            return self._familiar.names(ids)
        outlets = Counter(a.publisher for a in self.store.articles(ids).values()) if kind is TopicKind.OUTLET else {}
        return tuple(sorted(outlets, key=lambda name: (-outlets[name], name)))

    def card(
        self,
        guild_id: int | None,
        story_id: str,
        article_ids: Sequence[str] = (),
        *,
        channel_id: int | None = None,
        now: datetime | None = None,
    ) -> Card | None:
        """A story in full, in its newest state, of what a server sees; None where it sees nothing of it any more.

        A story that was merged into another is that one now; of one that is gone, the story that most of ``article_ids``
        belong to.
        """
        moment = now or self.clock()
        story = self.store.story(story_id) or self._coverage.successor(article_ids)
        if story is None:
            return None
        seen = frozenset(self._coverage.of_story(story, guild_id, moment))
        parts = visible_parts((story, *self._coverage.chapters([story])), seen)
        if not parts or parts[0].id != story.id:
            return None
        wishes = self.preferences(guild_id, channel_id)
        # Not where articles are read: whoever presses a button would wait behind all that came in.
        return briefings.card(
            parts[0],
            self.store.articles(sorted(seen)),
            self.store.readings(sorted(seen)),
            now=moment,
            earlier=parts[1:],
            topics=tuple(topic for topic in wishes.topics if topic.kind is TopicKind.OUTLET and topic.mutes),
            dates=wishes.dates,
            summariser=self.options.summariser,
        )

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
        before: Answer | None = None,
    ) -> Answer:
        """The answer to a question from what a server's sources say up to ``now``.

        ``before`` is the answer that the question may follow up: "and where?" is then asked in full.
        """
        return self._answering.answer(guild_id, question, now=now, articles=articles, before=before)

    def answer_about(
        self,
        guild_id: int,
        question: str,
        subject: Subject,
        *,
        before: Answer | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """The answer from a story's own articles, or from all that a server sees where those do not say."""
        return self._answering.answer_about(guild_id, question, subject, before=before, now=now)

    def inquiry(
        self,
        guild_id: int | None,
        question: str,
        *,
        now: datetime | None = None,
        articles: Sequence[str] | None = None,
    ) -> Inquiry:
        """A question over the articles that may hold its answer, ready to be answered or explained."""
        return self._answering.inquiry(guild_id, question, now=now, articles=articles)

    # ---------------------------------------------------------------------------------------------------- overviews
    def timeline(self, guild_id: int | None, about: str, *, now: datetime | None = None) -> Timeline:
        """What happened when, in a story (by its id) or to someone (by a name), as a server's sources tell it."""
        from briefs.overviews import timeline

        moment = now or self.clock()
        story = self.store.story(about)
        ids = self._coverage.of_story(story, guild_id, moment) if story else self._overlooked(guild_id, about, moment)
        articles = self.store.articles(ids)
        subject = self.headline(ids) if story else about
        found = timeline(
            articles,
            self.store.readings(ids),
            subject=subject,
            name=None if story else about,
            now=moment,
            telling=self._telling,
        )
        return replace(found, considered=self._archive.considered(guild_id, moment, ids if story else None))

    def agenda(self, guild_id: int | None, about: str | None = None, *, now: datetime | None = None) -> Agenda:
        """What is planned from now on, in a story (by its id), about a name or at all, as a server's sources tell it."""
        moment = now or self.clock()
        story = self.store.story(about) if about else None
        if story is not None:
            ids = self._coverage.of_story(story, guild_id, moment)
            return replace(self._agenda_of(ids, None, moment), subject=self.headline(ids))
        newest = self._overlooked(guild_id, about, moment)
        ids = tuple(dict.fromkeys([*newest, *self._ahead.told_before(guild_id, about, moment)]))
        found = self._agenda_of(ids, about, moment)
        for _ in range(LOOKED_AGAIN):
            with_later = tuple(dict.fromkeys([*ids, *self._ahead.since(found.plans, guild_id, moment)]))
            if with_later == ids:
                break
            ids, found = with_later, self._agenda_of(with_later, about, moment)
        return replace(found, considered=self._archive.considered(guild_id, moment, ids if about is None else None))

    def _agenda_of(self, ids: Sequence[str], about: str | None, now: datetime) -> Agenda:
        from briefs.overviews import agenda

        stories = {key: place.story_id for key, place in self.store.places(ids).items() if place.story_id}
        articles, readings = self.store.articles(ids), self.store.readings(ids)
        return agenda(articles, readings, name=about, now=now, telling=self._telling, stories=stories)

    def connections(
        self, guild_id: int | None, about: str | None = None, *, now: datetime | None = None
    ) -> Connections:
        """Who met, sued, bought or visited whom: in a story (by its id), around a name, or in the newest articles.

        Around a name: what the newest articles tell of it, and those that are likeliest to.
        """
        from briefs.overviews.connections import tells_of

        moment = now or self.clock()
        story = self.store.story(about) if about else None
        if story is not None:
            ids = self._coverage.of_story(story, guild_id, moment)
            return replace(self._connected(ids, None, _hour(moment)), subject=self.headline(ids))
        newest = self.store.visible(guild_id, until=moment, limit=OVERLOOKED)
        if about is None:
            return self._connected(newest, None, _hour(moment))
        told = [each.article.id for each in self._parts.of(newest) if tells_of(each, about)]
        likeliest = self._archive.likeliest(guild_id, [about], moment, most=CONNECTED)
        ids = tuple(dict.fromkeys([*told[:CONNECTED], *likeliest]))
        found = self._connected(ids, about, _hour(moment))
        return replace(found, considered=self._archive.considered(guild_id, moment))

    def _connections_in(self, ids: tuple[str, ...], name: str | None, now: datetime) -> Connections:
        from briefs.overviews.connections import connect

        return connect(self._parts.of(ids), name=name, now=now)

    def headline(self, article_ids: Sequence[str]) -> str:
        """What these articles of one story are called together; '' for none."""
        from briefs.briefing.headlines import headline

        members = tuple(self.store.articles(article_ids).values())
        alone = len(members) == 1 and members[0].title  # nothing newer can have overtaken its headline
        return headline(members, (), {} if alone else self.store.readings(article_ids))[0] if members else ""

    def headlines(self, guild_id: int) -> tuple[tuple[str, str], ...]:
        """The newest stories that a server sees, by id, with their headlines, the newest first.

        It is asked at every keystroke: only stories that changed since are looked at.
        """
        return self._headlined(self.store.visible(guild_id, limit=FAMILIAR))

    def _headlines_of(self, ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        place = {article_id: number for number, article_id in enumerate(ids)}
        parts = visible_parts(self.store.stories(ids), frozenset(ids))
        newest = sorted(parts, key=lambda part: min(place[article_id] for article_id in part.article_ids))
        return tuple((story.id, self._headline(story.article_ids)) for story in newest[:OFFERED])

    def _overlooked(self, guild_id: int | None, about: str | None, now: datetime) -> tuple[str, ...]:
        """The articles that an overview is made of: the newest, or those that tell of a name."""
        if about is None:
            return self.store.visible(guild_id, until=now, limit=OVERLOOKED)
        return self._archive.telling_of(guild_id, about, now)

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
        """What stands before some words, the words and what stands after: neighbouring sentences, or the rest of their own."""
        article = self.store.articles([evidence.article_id])[evidence.article_id]
        reading = self.store.readings([evidence.article_id])[evidence.article_id]
        spans = [(s.start, s.end) for s in reading.sentences]
        around = [s for s in spans if s[0] <= evidence.start and evidence.end <= s[1]]
        if around and (evidence.start, evidence.end) not in around:
            spans = [(around[0][0], evidence.start), (evidence.end, around[0][1])]
        before = max((s for s in spans if s[1] <= evidence.start), default=(0, 0))
        after = min((s for s in spans if s[0] >= evidence.end), default=(0, 0))
        return article.text[slice(*before)], article.text[evidence.start : evidence.end], article.text[slice(*after)]


def read(articles: Sequence[Article], pipeline_name: str) -> list[Reading]:
    """Everything that stands in each article on its own: one spaCy pass, then sentences, names, times and facts.

    Articles in other languages than English are split into sentences only.
    """
    from briefs.facts import extraction
    from briefs.language import foreign, names, pipeline, times

    nlp = pipeline.load(pipeline_name)
    readings = {a.id: replace(foreign.read(a), outline="", plans=()) for a in articles if foreign.is_foreign(a)}
    for article, passages in pipeline.parse_many(nlp, (a for a in articles if a.id not in readings)):
        anchor = article.shown_at
        mentions = names.find(passages)
        whens = times.find(passages, anchor)
        facts = extraction.extract(passages, mentions, whens, article.id)
        found = pipeline.sentences(article, passages)
        reading = Reading(article.id, anchor, found, mentions, whens, facts)
        readings[article.id] = replace(
            reading, outline=outlines.outline(article, reading), plans=ahead.ends(article, reading)
        )
    return [readings[article.id] for article in articles]


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


def _problems(feeds: Iterable[Feed], now: datetime) -> tuple[str, ...]:
    """One sentence for each source that fails, has ended, or has had items skipped."""
    told = ((feed, _problem(feed, now)) for feed in feeds)
    return tuple(f"{feed.title or masked(feed.url)}: {problem}" for feed, problem in told if problem)


def _problem(feed: Feed, now: datetime) -> str | None:
    """What a briefing tells of a source, in a sentence."""
    if _fails(feed):
        return without_address(feed.last_error or "", feed.url, feed.moved_to)
    caught_up = (
        feed.remark and feed.remarked_at and feed.added_at and feed.remarked_at - feed.added_at > timedelta(hours=1)
    )
    return feed.remark if caught_up and feed.remarked_at and now - feed.remarked_at < REMARKED else None


def _fails(feed: Feed) -> bool:
    """Whether a source cannot be read any more, or not for some time."""
    return bool(feed.ended_at) or feed.failures >= TELLING_FAILURES


def _named(fact: Fact, names: Names) -> Fact:
    """The fact with its arguments' entities as several articles name them."""
    arguments = (
        a if a.entity is None else replace(a, entity=names.of(fact.article_id, a.entity)) for a in fact.arguments
    )
    return replace(fact, arguments=tuple(arguments))


def _hour(moment: datetime) -> datetime:
    """The hour of a moment: what is remembered holds for as long."""
    return moment.replace(minute=0, second=0, microsecond=0)


def _compose(
    stories: Sequence[Story],
    chapters: Sequence[Story],
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    now: datetime,
    title: str,
    preferences: Preferences,
    told: briefings.Told,
    summariser: str,
    problems: tuple[str, ...],
) -> briefings.Edition:
    return briefings.compose(
        stories,
        articles,
        readings,
        now=now,
        title=title,
        preferences=preferences,
        earlier=chapters,
        told=told,
        summariser=summariser,
        problems=problems,
    )
