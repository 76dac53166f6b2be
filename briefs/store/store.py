"""The store: one open database, and every question that is put to it. The queries stand in the modules beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from briefs.models import Schedule, SourceKind
from briefs.store import (
    addresses,
    articles,
    boilerplate,
    conversations,
    crashes,
    deliveries,
    entries,
    feeds,
    forgetting,
    guilds,
    links,
    migrations,
    neighbours,
    notices,
    plans,
    polls,
    preferences,
    schedules,
    search,
    stories,
    upkeep,
    versions,
    visibility,
)
from briefs.store.database import Database
from briefs.store.records import EVERYONE, GENERATION
from briefs.store.statements import one_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from types import TracebackType

    from briefs.models import Answer, Article, Briefing, Feed, Mention, Post, Reading, Story
    from briefs.preferences import Chosen, Topic
    from briefs.store.links import Links
    from briefs.store.neighbours import Around, Indexed, Sought
    from briefs.store.records import (
        Action,
        Alarm,
        JobRecord,
        Notice,
        Poll,
        SeenEntry,
        SetAside,
        Statistics,
        StoredBriefing,
    )
    from briefs.store.stories import Place


class Store:
    """What Debrief keeps. Every method is one transaction; any thread may call, and several processes may share a file.

    Raises StoreError, and of its kinds DatabaseUnavailableError where the database cannot be reached, read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str) -> Store:
        """Open a database and bring it to this version: ``sqlite:///file``, ``sqlite://`` (memory), ``postgresql://…``.

        Raises DatabaseTooNewError where a newer version has written it.
        """
        return cls(Database(url))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def confirm(self) -> None:
        """See that the database is of this version and can be written; StoreError tells what is in the way."""
        with self._database.writing() as connection:
            migrations.confirm(connection)

    def reading_together(self) -> AbstractContextManager[None]:
        """Let all that this thread reads meanwhile be one transaction; nothing may be written in it."""
        return self._database.reading_together()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def url_for_people(self) -> str:
        """The address, with its password masked."""
        return self._database.url_for_people

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._database.dialect

    # ------------------------------------------------------------------------------------------------------ articles
    def add_articles(self, items: Sequence[tuple[Article, Reading]], *, feed_id: int | None = None) -> tuple[str, ...]:
        """Store articles with their readings, all or none; return the ids that were new. Known ids are skipped.

        A version that follows on the stored one takes its place; any other version was overtaken and is skipped.
        """
        with self._database.writing() as connection:
            return articles.add(connection, items, feed_id)

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        """Return the stored articles of these ids, in the order given."""
        with self._database.reading() as connection:
            return articles.fetch(connection, ids)

    def current(self, root_ids: Collection[str]) -> dict[str, Article]:
        """Return the newest version of each article, by the id of its first, in the order given."""
        with self._database.reading() as connection:
            return articles.current(connection, root_ids)

    def roots(self, ids: Collection[str]) -> dict[str, str]:
        """Return the ids of articles that are known by these ones, too: by an address that they were given later."""
        with self._database.reading() as connection:
            return addresses.roots(connection, ids)

    def readings(self, ids: Collection[str]) -> Mapping[str, Reading]:
        """Return the stored readings of these articles, in the order given; each is unpacked when it is looked up."""
        with self._database.reading() as connection:
            return articles.fetch_readings(connection, ids)

    def mentions(self, ids: Collection[str]) -> dict[str, tuple[Mention, ...]]:
        """Return whom these articles mention, in the order given, without the rest of their readings."""
        with self._database.reading() as connection:
            readings = articles.fetch_readings(connection, ids)
        return {each: readings.mentions(each) for each in readings}

    def outlines(self, ids: Collection[str]) -> dict[str, str]:
        """Return the outlines of those of these articles that have one, the newest article first."""
        with self._database.reading() as connection:
            return articles.fetch_outlines(connection, ids)

    def without_outline(self, limit: int) -> tuple[str, ...]:
        """Return ids of articles that were read before there were outlines, the latest stored first."""
        with self._database.reading() as connection:
            return articles.without_outline(connection, limit)

    def save_outlines(self, by_id: Mapping[str, str]) -> None:
        """Store the outlines of articles that have none."""
        with self._database.writing() as connection:
            numbers = articles.numbers(connection, by_id.keys())
            articles.save_outlines(connection, {numbers[each]: by_id[each] for each in numbers})

    def planning(self, guild_id: int | None, *, at: datetime, limit: int) -> tuple[str, ...]:
        """Return ids of the articles a server sees at a time (None: all) that tell of plans not over then, the soonest first.

        ``limit`` plans at most; an article may tell several.
        """
        with self._database.reading() as connection:
            return plans.coming(connection, guild_id, at, limit)

    def without_plans(self, limit: int) -> tuple[str, ...]:
        """Return ids of articles that were read before plans were kept, the latest first."""
        with self._database.reading() as connection:
            return plans.without(connection, limit)

    def save_plans(self, by_id: Mapping[str, tuple[datetime, ...]]) -> None:
        """Store when what articles plan is over; of those that have none yet."""
        with self._database.writing() as connection:
            numbers = articles.numbers(connection, by_id.keys())
            plans.save(connection, {numbers[each]: by_id[each] for each in numbers})

    def links(self, feed_id: int) -> dict[str, Links]:
        """Return the links, to page and picture, of every version of the articles that a feed shows."""
        with self._database.reading() as connection:
            return links.of_feed(connection, feed_id)

    def save_links(self, by_id: Mapping[str, Links]) -> None:
        """Give stored articles other links."""
        with self._database.writing() as connection:
            links.save(connection, by_id)

    def past_articles(self, before: datetime) -> tuple[str, ...]:
        """Return the ids of articles (of their first versions) that are older, and quoted by no stored briefing or answer."""
        with self._database.reading() as connection:
            return forgetting.past(connection, before)

    def contents_of_versions(self, root_ids: Collection[str]) -> dict[str, bytes]:
        """Return what grouping knows of any version of these articles."""
        with self._database.reading() as connection:
            return forgetting.contents_of(connection, root_ids)

    def forget_articles(self, root_ids: Collection[str], stems: Mapping[str, Collection[int]]) -> int:
        """Forget articles with all that is known of them but that they were shown; return how many.

        ``stems``: of each content that goes with them, by the id of its version, the codes of its stems.
        """
        with self._database.writing() as connection:
            return forgetting.forget(connection, root_ids, stems)

    def forget_briefings(self, before: datetime, limit: int) -> int:
        """Forget some briefings made before a time, but the newest of each channel; return how many."""
        with self._database.writing() as connection:
            return forgetting.forget_briefings(connection, before, limit)

    def visible(
        self,
        guild_id: int | None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> tuple[str, ...]:
        """Return ids of the articles a server sees (None: all), newest first.

        An article's time is ``published_at``, else ``first_seen_at``; ``since`` and ``until`` are both inclusive.
        """
        with self._database.reading() as connection:
            return visibility.visible(connection, guild_id, since, until, limit)

    def visible_few(self, guild_id: int, *, until: datetime | None = None) -> tuple[str, ...]:
        """Return what ``visible`` returns, quicker for a server that sees few of many articles, slower for one that sees many."""
        with self._database.reading() as connection:
            return visibility.visible_few(connection, guild_id, until)

    def seen_of(self, ids: Collection[str], guild_id: int | None, *, until: datetime | None = None) -> tuple[str, ...]:
        """Return those of these articles that a server sees, in the order given."""
        with self._database.reading() as connection:
            return visibility.seen_of(connection, ids, guild_id, until)

    def count_visible(self, guild_id: int | None, until: datetime | None = None) -> int:
        """Return how many articles a server sees."""
        with self._database.reading() as connection:
            return visibility.count_visible(connection, guild_id, until)

    def oldest_visible(self, guild_id: int) -> datetime | None:
        """Return the time of the oldest article that a server sees, None where it sees none."""
        with self._database.reading() as connection:
            return visibility.oldest_visible(connection, guild_id)

    def search(
        self,
        terms: Sequence[str],
        *,
        guild_id: int | None,
        until: datetime | None = None,
        ids: Collection[str] | None = None,
        limit: int = 50,
        newest: int = 0,
    ) -> tuple[str, ...]:
        """Return ids of the articles that hold any of the terms in title or text, best first.

        Terms are plain words, with any characters; one of several words is a phrase. Words match by their stem. Where more
        than ``limit`` hold one, the last ``newest`` are the latest stored of them.
        """
        with self._database.reading() as connection:
            return search.search(connection, terms, guild_id=guild_id, until=until, ids=ids, limit=limit, newest=newest)

    # ------------------------------------------------------------------------------------------------------- stories
    def save_stories(
        self,
        named: Sequence[Story],
        *,
        originals: Mapping[str, str | None] | None = None,
        merged: Mapping[str, str] | None = None,
        contents: Sequence[Indexed] = (),
        outdated: Mapping[str, Collection[int]] | None = None,
        begun: Collection[str] = (),
    ) -> None:
        """Put the named articles into these stories, out of those they were in, and link copies to their originals.

        ``originals``: for articles (ids of first versions) the earlier article whose text each repeats; None: its own.
        ``merged``: stories that are part of others now. ``contents``: what grouping is to know of the articles from now on;
        ``outdated``: articles whose content goes, with the codes of their stems. ``begun``: stories of which is yet to be found
        out what they continue.
        """
        with self._database.writing() as connection:
            one_writer(connection)
            told = {each for story in named for each in story.article_ids}
            known = stories.places(connection, told.union(each.article_id for each in contents))
            stories.save(connection, named, known, merged)
            stories.note_begun(connection, begun)
            versions.save_copies(connection, originals or {})
            neighbours.save(connection, contents, known, outdated or {})

    def stories(self, article_ids: Collection[str]) -> tuple[Story, ...]:
        """Return every story that holds any of these articles, whole: other servers' articles too."""
        with self._database.reading() as connection:
            return stories.holding(connection, article_ids)

    def story(self, story_id: str) -> Story | None:
        """Return one story, whole; by the id of one that was merged into it, too."""
        with self._database.reading() as connection:
            return stories.one(connection, story_id)

    def continuing(self, ids: Collection[str]) -> tuple[Story, ...]:
        """Return every story that is the next chapter of one of these, whole."""
        with self._database.reading() as connection:
            return stories.continuing(connection, ids)

    def begun_stories(self) -> tuple[str, ...]:
        """Return the stories of which is yet to be found out what they continue."""
        with self._database.reading() as connection:
            return stories.noted_begun(connection)

    def continue_stories(self, older: Mapping[str, str | None]) -> None:
        """Record of each of these stories of which older one it is the next chapter; None: of none."""
        with self._database.writing() as connection:
            one_writer(connection)
            for story_id, before in older.items():
                if before:
                    stories.go_on(connection, story_id, before)
            stories.forget_begun(connection, older)

    def standing_stories(self, ids: Collection[str]) -> frozenset[str]:
        """Return those of these ids that are a story's."""
        with self._database.reading() as connection:
            return stories.standing(connection, ids)

    def contents(self, ids: Collection[str]) -> dict[str, bytes]:
        """Return what grouping knows of those of these articles that have a content."""
        with self._database.reading() as connection:
            return neighbours.fetch(connection, ids)

    def mend_contents(self, packed: Mapping[str, bytes]) -> None:
        """Replace contents that were damaged."""
        with self._database.writing() as connection:
            neighbours.mend(connection, packed)

    def without_content(self, limit: int) -> tuple[str, ...]:
        """Return ids of articles that were stored before there were contents, the latest first."""
        with self._database.reading() as connection:
            return neighbours.without(connection, limit)

    def outdated_contents(self, ids: Collection[str]) -> dict[str, bytes]:
        """Return the contents that older versions of these articles still have."""
        with self._database.reading() as connection:
            return neighbours.outdated(connection, ids)

    def places(self, ids: Collection[str]) -> dict[str, Place]:
        """Return where those of these articles stand that are stored."""
        with self._database.reading() as connection:
            return stories.places(connection, ids)

    def stem_counts(self, stems: Iterable[int]) -> tuple[int, dict[int, int]]:
        """Return how many articles have a content, and in how many of them each of these stems stands."""
        with self._database.reading() as connection:
            found = neighbours.counts(connection, stems)
        return found.pop(neighbours.ANY, 0), found

    def around(
        self, ids: Collection[str], sought: Sequence[Sought], *, likes: int, in_all: int, members: int
    ) -> Around:
        """Return what lies around articles: ``likes`` of each at most and ``in_all``, with ``members`` of each one's story.

        Of a story these are its first article, the latest, and whichever were asked for or are likes.
        """
        with self._database.reading() as connection:
            return neighbours.around(connection, ids, sought, likes=likes, in_all=in_all, members=members)

    # --------------------------------------------------------------------------------------------------------- feeds
    def subscribe(
        self,
        guild_id: int,
        url: str,
        *,
        title: str | None = None,
        kind: SourceKind = SourceKind.FEED,
        added_by: int | None = None,
        now: datetime,
    ) -> Feed:
        """Subscribe a server to a feed; ``title`` is the server's own name for it, ``added_by`` a person's id."""
        with self._database.writing() as connection:
            return feeds.subscribe(connection, guild_id, url, title=title, kind=kind, added_by=added_by, now=now)

    def unsubscribe(self, guild_id: int, feed_id: int) -> bool:
        """End a subscription; False: there was none. A feed to which nobody subscribes is forgotten, its articles are not."""
        with self._database.writing() as connection:
            return feeds.unsubscribe(connection, guild_id, feed_id)

    def feeds(self, guild_id: int | None = None) -> tuple[Feed, ...]:
        """Return the feeds one server subscribes to and then, as ``shared``, the operator's; or those of any server."""
        with self._database.reading() as connection:
            return feeds.read_by(connection, guild_id)

    def due_feeds(self, now: datetime, limit: int, *, per_host: int = 10) -> tuple[Feed, ...]:
        """Return the feeds to poll now, the longest overdue first, at most ``per_host`` of one host and port.

        A feed that only servers read which the bot left is not among them.
        """
        with self._database.reading() as connection:
            return feeds.due(connection, now, limit, per_host)

    def poll_now(self, feed_ids: Collection[int], now: datetime) -> None:
        """Make these feeds due."""
        with self._database.writing() as connection:
            feeds.poll_now(connection, feed_ids, now)

    def seen_entries(
        self, feed_id: int, *, guids: Iterable[str], fingerprints: Iterable[str], article_ids: Iterable[str] = ()
    ) -> tuple[SeenEntry, ...]:
        """Return what this feed has shown before under any of the guids, fingerprints or article ids."""
        with self._database.reading() as connection:
            return entries.seen(connection, feed_id, guids, fingerprints, article_ids)

    def record_poll(self, feed_id: int, poll: Poll) -> tuple[str, ...]:
        """Store what a poll brought, what it showed and its validators, all or none; the feed fails and is ended no more.

        Returns the ids of the articles and versions that were new. Nothing is stored of a feed that is forgotten.
        """
        with self._database.writing() as connection:
            return polls.record(connection, feed_id, poll)

    def record_failure(
        self, feed_id: int, error: str, *, at: datetime, next_poll_at: datetime, ended: bool = False
    ) -> None:
        """Count a failed poll; entries and validators of the last good one stay. ``ended``: it is polled no more."""
        with self._database.writing() as connection:
            polls.record_failure(connection, feed_id, error, at=at, next_poll_at=next_poll_at, ended=ended)

    def paragraph_counts(self, site: str, hashes: Collection[str]) -> dict[str, int]:
        """Return in how many articles of a site each of these paragraphs stood, if in any."""
        with self._database.reading() as connection:
            return boilerplate.counts(connection, site, hashes)

    def forget_paragraphs(self, before: datetime) -> int:
        """Forget the paragraphs that no new article has held since a time; return how many."""
        with self._database.writing() as connection:
            return boilerplate.forget(connection, before)

    # ------------------------------------------------------------------------------------------------------- notices
    def notices(self, *, streak: int, failing_before: datetime) -> tuple[Notice, ...]:
        """Return what each server has yet to be told: which feeds ended, or failed so often since before, or recovered."""
        with self._database.reading() as connection:
            return notices.due(connection, streak, failing_before)

    def claim_notice(self, notice: Notice, now: datetime) -> bool:
        """Claim a notice before it is sent; False: someone has it."""
        with self._database.writing() as connection:
            return notices.claim(connection, notice, now)

    def release_notice(self, notice: Notice) -> None:
        """Give back a claimed notice that could not be sent."""
        with self._database.writing() as connection:
            notices.release(connection, notice)

    # ----------------------------------------------------------------------------------------------------- schedules
    def add_schedule(
        self,
        guild_id: int,
        channel_id: int,
        times: Sequence[str],
        days: Sequence[int],
        zone: str,
        created_by: int | None,
        now: datetime,
    ) -> Schedule:
        """Store when a channel gets its briefing."""
        wanted = Schedule(0, guild_id, channel_id, tuple(times), tuple(days), zone, created_by, now)
        with self._database.writing() as connection:
            return schedules.add(connection, wanted)

    def schedules(self, guild_id: int | None = None) -> tuple[Schedule, ...]:
        """Return the schedules of one server, or of all that the bot has not left."""
        with self._database.reading() as connection:
            return schedules.fetch(connection, guild_id)

    def remove_schedule(self, guild_id: int, schedule_id: int) -> bool:
        """Remove a server's schedule; False: it has no such schedule."""
        with self._database.writing() as connection:
            return schedules.remove(connection, guild_id, schedule_id)

    def change_schedule(self, schedule: Schedule) -> bool:
        """Give a schedule new times, days, zone or channel; False: its server has no such schedule."""
        with self._database.writing() as connection:
            return schedules.change(connection, schedule)

    def antedate_schedules(self, now: datetime) -> int:
        """Let schedules that were made by a clock that was ahead be made now; return how many."""
        with self._database.writing() as connection:
            return schedules.antedate(connection, now)

    def pause_schedule(self, guild_id: int, schedule_id: int, paused_at: datetime | None) -> bool:
        """Stop a schedule for a while, or with None let it go on; False: the server has no such schedule."""
        with self._database.writing() as connection:
            return schedules.pause(connection, guild_id, schedule_id, paused_at)

    # ---------------------------------------------------------------------------------------------------- deliveries
    def save_briefing(self, briefing: Briefing, *, guild_id: int, channel_id: int) -> int:
        """Store a briefing; return its id."""
        with self._database.writing() as connection:
            return deliveries.save_briefing(connection, briefing, guild_id, channel_id)

    def briefing(self, briefing_id: int) -> StoredBriefing | None:
        """Return a briefing with its server and channel, delivered or not."""
        with self._database.reading() as connection:
            return deliveries.briefing(connection, briefing_id)

    def latest_briefing(self, guild_id: int, channel_id: int | None = None) -> tuple[int, Briefing] | None:
        """Return the newest delivered briefing of a server or channel, with its id."""
        with self._database.reading() as connection:
            return deliveries.latest_briefing(connection, guild_id, channel_id)

    def forget_unposted(self, before: datetime) -> int:
        """Forget the briefings made before a time that nobody posted, such as previews; return how many."""
        with self._database.writing() as connection:
            return deliveries.forget_unposted(connection, before)

    def claim(
        self, run_key: str, part: int, *, guild_id: int, channel_id: int, briefing_id: int, nonce: str, now: datetime
    ) -> Post | None:
        """Claim one message of a run, before it is sent; None: someone has it."""
        place = {"guild_id": guild_id, "channel_id": channel_id, "briefing_id": briefing_id}
        with self._database.writing() as connection:
            key = {"run_key": run_key, "part": part, "nonce": nonce, "claimed_at": now}
            return deliveries.claim(connection, {**place, **key})

    def posts(self, run_key: str) -> tuple[Post, ...]:
        """Return the posts of a run in order."""
        with self._database.reading() as connection:
            return deliveries.of_run(connection, run_key)

    def known_runs(self, run_keys: Collection[str]) -> set[str]:
        """Return those of these runs that were claimed, whatever became of them."""
        with self._database.reading() as connection:
            return deliveries.known_runs(connection, run_keys)

    def recent_posts(self, guild_id: int, limit: int) -> tuple[Post, ...]:
        """Return the latest posts of a server, whatever became of them, newest first."""
        with self._database.reading() as connection:
            return deliveries.recent(connection, guild_id, limit)

    def record_sent(self, post_id: int, message_id: int) -> None:
        """Record that a claimed post arrived as this message."""
        with self._database.writing() as connection:
            deliveries.record_sent(connection, post_id, message_id)

    def record_failed(self, post_id: int, error: str) -> None:
        """Record that a claimed post was refused for good."""
        with self._database.writing() as connection:
            deliveries.record_failed(connection, post_id, error)

    def unfinished_posts(self) -> tuple[Post, ...]:
        """Return the posts that were claimed and never recorded, to be looked for in their channels."""
        with self._database.reading() as connection:
            return deliveries.unfinished(connection)

    def unpassed_posts(self, channel_ids: Collection[int], since: datetime) -> tuple[Post, ...]:
        """Return the posts sent to these channels since then that were not passed on to whoever follows them."""
        with self._database.reading() as connection:
            return deliveries.unpassed(connection, channel_ids, since)

    def record_crosspost(self, post_id: int, now: datetime) -> None:
        """Record that a message was passed on from its announcement channel."""
        with self._database.writing() as connection:
            deliveries.record_crosspost(connection, post_id, now)

    def save_thread(self, thread_id: int, *, guild_id: int, briefing_id: int) -> None:
        """Remember in which thread a briefing is discussed."""
        with self._database.writing() as connection:
            deliveries.save_thread(connection, thread_id, guild_id, briefing_id)

    def briefing_of_thread(self, thread_id: int, guild_id: int) -> tuple[int, Briefing] | None:
        """Return the briefing that a thread of this server discusses, with its id."""
        with self._database.reading() as connection:
            return deliveries.briefing_of_thread(connection, thread_id, guild_id)

    def posts_without_thread(self, since: datetime) -> tuple[Post, ...]:
        """Return the first message of each briefing that was sent since then and has no thread that is known."""
        with self._database.reading() as connection:
            return deliveries.without_thread(connection, since)

    def thread_of(self, briefing_id: int) -> int | None:
        """Return the thread in which a briefing is discussed."""
        with self._database.reading() as connection:
            return deliveries.thread_of(connection, briefing_id)

    def told_articles(self, channel_id: int) -> set[str]:
        """Return the articles of every briefing that this channel got, or may have got; of each the version it told."""
        with self._database.reading() as connection:
            return deliveries.told_articles(connection, channel_id)

    def telling(self, channel_id: int, article_ids: Collection[str], *, limit: int) -> tuple[Briefing, ...]:
        """Return the newest briefings of any of these articles that this channel got, or may have got, newest first."""
        with self._database.reading() as connection:
            return deliveries.telling(connection, channel_id, article_ids, limit)

    def versions(self, article_ids: Collection[str]) -> tuple[str, ...]:
        """Return the ids of all stored versions of these articles, the articles themselves among them."""
        with self._database.reading() as connection:
            return versions.of(connection, article_ids)

    # --------------------------------------------------------------------------------------------------- preferences
    def chosen(self, guild_id: int, channel_id: int) -> Chosen:
        """Return what a server chose for a channel's briefings, or under EVERY_CHANNEL for all its channels'."""
        with self._database.reading() as connection:
            return preferences.chosen(connection, guild_id, channel_id)

    def choose(self, guild_id: int, channel_id: int, name: str, value: str | None) -> None:
        """Set one of these settings, as ``briefs.preferences`` writes it; None takes it back to what else holds."""
        with self._database.writing() as connection:
            preferences.set_setting(connection, guild_id, channel_id, name, value)

    def set_topic(
        self, guild_id: int, channel_id: int, topic: Topic, *, added_by: int | None = None, now: datetime
    ) -> None:
        """Let a channel follow, mute or weigh a topic; a topic it has gets the new weight."""
        with self._database.writing() as connection:
            preferences.set_topic(connection, guild_id, channel_id, topic, added_by, now)

    def remove_topic(self, guild_id: int, channel_id: int, topic: Topic) -> bool:
        """Remove a channel's topic, whatever its weight; False: it has no such topic."""
        with self._database.writing() as connection:
            return preferences.remove_topic(connection, guild_id, channel_id, topic)

    # ------------------------------------------------------------------------------------------------- conversations
    def save_answer(self, answer: Answer, *, guild_id: int, channel_id: int, asked_by: int, now: datetime) -> int:
        """Store an answer; return its id."""
        with self._database.writing() as connection:
            return conversations.save(
                connection, answer, now, guild_id=guild_id, channel_id=channel_id, asked_by=asked_by
            )

    def answer(self, answer_id: int, guild_id: int) -> Answer | None:
        """Return an answer to the server it was given in; None to any other."""
        with self._database.reading() as connection:
            return conversations.one(connection, answer_id, guild_id)

    def latest_answer(self, *, guild_id: int, channel_id: int, asked_by: int, since: datetime) -> Answer | None:
        """Return the last answer given to a person in a channel since then: what a follow-up leans on."""
        with self._database.reading() as connection:
            return conversations.latest(
                connection, guild_id=guild_id, channel_id=channel_id, asked_by=asked_by, since=since
            )

    def forget_askers(self, before: datetime) -> int:
        """Forget who asked, of the answers given before a time; return of how many."""
        with self._database.writing() as connection:
            return conversations.forget_askers(connection, before)

    def forget_questions(self, before: datetime) -> int:
        """Leave of the answers given before a time only what they quote; return of how many."""
        with self._database.writing() as connection:
            return conversations.forget_questions(connection, before)

    def purge_answers(self, before: datetime) -> int:
        """Forget the answers given before a time; return how many."""
        with self._database.writing() as connection:
            return conversations.purge(connection, before)

    # -------------------------------------------------------------------------------------------------------- upkeep
    def settings(self, guild_id: int) -> dict[str, str]:
        """Return what a server has set."""
        with self._database.reading() as connection:
            return upkeep.guild_settings(connection, guild_id)

    def set_setting(self, guild_id: int, name: str, value: str | None) -> None:
        """Set one of a server's settings; None takes it back to its default."""
        with self._database.writing() as connection:
            upkeep.set_setting(connection, guild_id, name, value)

    def record_job(self, name: str, *, at: datetime, error: str | None) -> None:
        """Record a run of a background job; an error of None is a success."""
        with self._database.writing() as connection:
            upkeep.record_job(connection, name, at, error)

    def jobs(self, names: Collection[str] | None = None) -> tuple[JobRecord, ...]:
        """Return every background job that ever ran, or those of these names."""
        with self._database.reading() as connection:
            return upkeep.job_records(connection, names)

    def note_crash(
        self, kind: str, subject: str, *, feed_id: int | None, title: str, reason: str, now: datetime
    ) -> int:
        """Count that something killed a worker or kept it for ever, before it is tried again; return how often it did."""
        with self._database.writing() as connection:
            return crashes.note(connection, kind, subject, feed_id=feed_id, title=title, reason=reason, now=now)

    def crashes(self, kind: str, subjects: Collection[str] | None = None) -> dict[str, int]:
        """Return how often each of these, or any of a kind, killed a worker; those that never did are left out."""
        with self._database.reading() as connection:
            return crashes.counts(connection, kind, subjects)

    def set_aside(self, guild_id: int | None) -> tuple[SetAside, ...]:
        """Return what is not tried any more, the latest first; of a server what came with a feed that it reads."""
        with self._database.reading() as connection:
            return crashes.listed(connection, guild_id)

    def feeds_telling(self, article_ids: Collection[str]) -> frozenset[int]:
        """Return the ids of the feeds that show any of these articles."""
        with self._database.reading() as connection:
            return visibility.feeds_telling(connection, article_ids)

    def clear_crashes(self, kind: str, subject: str) -> bool:
        """Forget the crashes of something, since all is well with it; False: there were none."""
        with self._database.writing() as connection:
            return crashes.clear(connection, kind, subject)

    def try_again(self, kind: str, subject: str) -> bool:
        """Forget the crashes of something, and that it was seen: its feed is visited at once. False: there were none."""
        with self._database.writing() as connection:
            return crashes.try_again(connection, kind, subject)

    def generation(self) -> str | None:
        """Return what changes when a backup is restored: whatever is remembered of the time before holds no more."""
        return self.settings(EVERYONE).get(GENERATION)

    # ------------------------------------------------------------------------------------------------------- servers
    def note_action(self, guild_id: int, user_id: int, name: str, detail: str, now: datetime) -> None:
        """Write down what an admin of a server did."""
        with self._database.writing() as connection:
            guilds.note(connection, guild_id, user_id, name, detail, now)

    def actions(self, guild_id: int, *, limit: int, offset: int = 0) -> tuple[tuple[Action, ...], int]:
        """Return what a server's admins did, newest first, and how much there is of it."""
        with self._database.reading() as connection:
            return guilds.noted(connection, guild_id, limit=limit, offset=offset)

    def purge_actions(self, before: datetime) -> int:
        """Forget what admins did before a time; return how much."""
        with self._database.writing() as connection:
            return guilds.purge_actions(connection, before)

    def raise_alarm(self, guild_id: int, subject: str, detail: str, now: datetime) -> bool:
        """Raise an alarm that a server's admins are to be told once; False: it is raised already."""
        with self._database.writing() as connection:
            return guilds.raise_alarm(connection, guild_id, subject, detail, now)

    def clear_alarm(self, guild_id: int, subject: str) -> bool:
        """Take an alarm back, since what it is about is mended; False: there was none."""
        with self._database.writing() as connection:
            return guilds.clear_alarm(connection, guild_id, subject)

    def alarms(self, guild_id: int | None = None) -> tuple[Alarm, ...]:
        """Return the alarms of a server, or of all."""
        with self._database.reading() as connection:
            return guilds.raised(connection, guild_id)

    def tell_alarm(self, alarm: Alarm, now: datetime | None) -> bool:
        """Take an alarm to tell it, or with None give it back untold; False: someone has it, or it is mended."""
        with self._database.writing() as connection:
            return guilds.tell_alarm(connection, alarm, now)

    def depart(self, guild_id: int, now: datetime) -> bool:
        """Write down that the bot is no longer on a server; False: that is known."""
        with self._database.writing() as connection:
            return guilds.depart(connection, guild_id, now)

    def return_(self, guild_id: int) -> bool:
        """Write down that the bot is back on a server; False: it was not away."""
        with self._database.writing() as connection:
            return guilds.return_(connection, guild_id)

    def departed(self, before: datetime) -> tuple[int, ...]:
        """Return the servers that the bot left before a time, and is not back on."""
        with self._database.reading() as connection:
            return guilds.departed(connection, before)

    def known_guilds(self) -> tuple[int, ...]:
        """Return the servers that chose anything."""
        with self._database.reading() as connection:
            return guilds.known(connection)

    def antedate_departures(self, now: datetime) -> int:
        """Let servers that were left by a clock that was ahead be left now; return how many."""
        with self._database.writing() as connection:
            return guilds.antedate_departures(connection, now)

    def forget_departed(self, guild_id: int, before: datetime) -> bool:
        """Forget a server that the bot left before a time; False: it is back, or was forgotten."""
        with self._database.writing() as connection:
            away = guilds.is_away(connection, guild_id, before)
            if away:
                upkeep.forget_guild(connection, guild_id)
            return away

    def forget_guild(self, guild_id: int) -> None:
        """Delete all that is kept for a server; articles stay, for they are the feeds'.

        Raises StoreError for EVERYONE, whose feeds all servers read.
        """
        with self._database.writing() as connection:
            upkeep.forget_guild(connection, guild_id)

    def statistics(self) -> Statistics:
        """Count what is stored."""
        with self._database.reading() as connection:
            return upkeep.statistics(connection)
