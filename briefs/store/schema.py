"""The tables. ``migrations/`` builds them; a test compares the two.

The full-text indexes are the dialects' own and stand only in the migrations: ``article_words`` (SQLite FTS5) and the column
``articles.words`` (PostgreSQL tsvector).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from typing import Any

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Time(TypeDecorator[datetime]):
    """An aware time: stored in UTC, given back in UTC. SQLite keeps no zone, so it is taken off and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: which hour it means is unknown."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that both databases can hold: PostgreSQL refuses NUL, UTF-8 a lone surrogate; one for one, so offsets hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """Replace what cannot be held."""
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """Return the text with NUL and lone surrogates replaced by U+FFFD."""
    if text.isascii():
        return text.replace("\0", "\ufffd")
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# Discord's ids and our own row numbers outgrow 32 bits; SQLite counts up only a column that is called INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


def _number() -> Column[int]:
    return Column("id", Number, primary_key=True, autoincrement=True)


def _guild(*, primary_key: bool = False) -> Column[int]:
    return Column("guild_id", BigInteger, primary_key=primary_key, autoincrement=False, nullable=False)


def _reference(name: str, target: str, **options: Any) -> Column[int]:
    return Column(name, Number, ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


articles = Table(
    "articles",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),  # small, for joins and the full-text index
    Column("id", Words, nullable=False, unique=True),
    Column("published_at", Time),
    Column("first_seen_at", Time, nullable=False),
    Column("shown_at", Time, nullable=False),  # published_at, else first_seen_at
    Column("language", Words, nullable=False),
    Column("outlet", Words),
    Column("title", Words),
    Column("url", Words),
    Column("blocks", Text, nullable=False),  # JSON: [[start, end, kind], …]
    Column("text", Words, nullable=False),  # the long one: SQLite reads past it for any column that follows
    Column("author", Words),
    Column("image", Words),
    Column("extent", Text, nullable=False, server_default="full"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("root", Words, nullable=False, server_default=""),  # the id of its first version: its own, where it is that
    Column("superseded", Boolean, nullable=False, server_default=false()),  # a newer version is stored
    Column("copy_of", Words),
    Index(None, "root", "version", unique=True),  # of two processes that store a new version, one does
    Index(
        None, "shown_at", "superseded"
    ),  # in this order: few are superseded, and a planner would think that few are not
)

readings = Table(
    "readings",
    metadata,
    _reference("article", "articles.number", primary_key=True, autoincrement=False),
    Column("facts", Integer, nullable=False, index=True),  # how many; the index counts them without reading the rest
    Column("data", LargeBinary, nullable=False),
)

outlines = Table(  # apart from the readings: many are looked at for the few readings that a question needs
    "outlines",
    metadata,
    _reference("article", "articles.number", primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),  # compressed; an article that was read before there were any has none
)

plans = Table(  # until when what an article tells as planned may be to come, to find what was told long ago
    "plans",
    metadata,
    Column("until", Time, primary_key=True),  # one article's several; its own time where it plans nothing
    _reference("article", "articles.number", primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

contents = Table(
    "contents",
    metadata,
    _reference("article", "articles.number", primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),  # what grouping knows of it; one stored before there were any has none
)

telling_stems = Table(  # the few stems that tell most of each article, to find those that tell of the same
    "telling_stems",
    metadata,
    Column("stem", BigInteger, primary_key=True, autoincrement=False),  # its code: short, whatever a word is
    Column("at", Integer, primary_key=True, autoincrement=False),  # minutes since 1970: the article's time
    _reference("article", "articles.number", primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

stem_counts = Table(
    "stem_counts",
    metadata,
    Column("stem", Number, primary_key=True, autoincrement=False),  # its code; -1: any, which counts the articles
    Column("articles", Integer, nullable=False),  # that have a content, and this stem in it
)

stories = Table(
    "stories",
    metadata,
    Column("id", Words, primary_key=True),
    Column("continues", Words, index=True),  # the id of the story whose next chapter it is
)

story_aliases = Table(  # the ids of stories that were merged into others
    "story_aliases",
    metadata,
    Column("id", Words, primary_key=True),
    Column("story_id", Words, ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
)

story_articles = Table(
    "story_articles",
    metadata,
    _reference("article", "articles.number", primary_key=True, autoincrement=False),  # an article is in one story
    Column("story_id", Words, ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
)

feeds = Table(
    "feeds",
    metadata,
    _number(),
    Column("url", Words, nullable=False, unique=True),
    Column("title", Words),  # as the feed calls itself
    Column("etag", Words),
    Column("last_modified", Words),
    Column("added_at", Time),
    Column("last_success_at", Time),
    Column("last_error", Words),
    Column("failures", Integer, nullable=False, default=0),
    Column("next_poll_at", Time, index=True),
    Column("kind", Text, nullable=False, server_default="feed"),
    Column("moved_to", Words),
    Column("wishes", Text),  # JSON; NULL: none
    Column("interval", Integer),  # seconds
    Column("last_new_at", Time),
    Column("failing_since", Time),
    Column("ended_at", Time),
    Column("remark", Words),
    Column("remarked_at", Time),
    sqlite_autoincrement=True,  # a poll under way, or a button, never meets another feed under the id of one that went
)

subscriptions = Table(
    "subscriptions",
    metadata,
    _guild(primary_key=True),
    _reference("feed_id", "feeds.id", primary_key=True, autoincrement=False, index=True),
    Column("title", Words),  # as this server calls it; no other server sees it
    Column("added_at", Time, nullable=False),
    Column("added_by", BigInteger),
    Column("told_failing_at", Time),  # when its people were told that it fails; NULL: they know of no failure
)

entries = Table(
    "entries",
    metadata,
    _reference("feed_id", "feeds.id", primary_key=True, autoincrement=False),
    Column("guid", Words, primary_key=True),
    Column("seen_at", Time, nullable=False),  # first
    Column("fingerprint", Words, nullable=False, server_default=""),  # of what it said; '': not known
    Column("article_id", Words),  # of the first version; NULL: it was passed over
    Index(None, "feed_id", "fingerprint"),
)

feed_articles = Table(
    "feed_articles",
    metadata,
    # In this order: "does a server see this article?" is one look-up, and each article's rows stand together.
    _reference("article", "articles.number", primary_key=True, autoincrement=False),
    _reference("feed_id", "feeds.id", primary_key=True, autoincrement=False),
    Column("shown_at", Time, nullable=False),  # the article's, so that counting leaves the articles alone
    Index(None, "feed_id", "shown_at"),
    sqlite_with_rowid=False,
)

paragraphs = Table(
    "paragraphs",
    metadata,
    Column("site", Words, primary_key=True),
    Column("hash", Words, primary_key=True),
    Column("articles", Integer, nullable=False),  # of this site that hold it
    Column("seen_at", Time, nullable=False, index=True),  # last
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", Words, primary_key=True),  # the id an article would have by an address it was given later
    Column("root", Words, nullable=False),  # the id it has
)

schedules = Table(
    "schedules",
    metadata,
    _number(),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("times", Text, nullable=False),  # "08:00 18:30"
    Column("days", Text, nullable=False),  # "0 1 2 3 4"
    Column("zone", Words, nullable=False),
    Column("created_by", BigInteger),
    Column("created_at", Time, nullable=False),
    Column("paused_at", Time),  # NULL: it runs
    sqlite_autoincrement=True,
)

briefings = Table(
    "briefings",
    metadata,
    _number(),
    _guild(),
    Column("channel_id", BigInteger, nullable=False),
    Column("made_at", Time, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index(None, "guild_id", "channel_id", "made_at"),
    sqlite_autoincrement=True,  # buttons carry these ids: none is ever used twice
)

briefing_articles = Table(
    "briefing_articles",
    metadata,
    _reference("briefing_id", "briefings.id", primary_key=True, autoincrement=False),
    Column("article_id", Words, primary_key=True),
)

posts = Table(
    "posts",
    metadata,
    _number(),
    Column("run_key", Words, nullable=False),
    Column("part", Integer, nullable=False),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False, index=True),
    _reference("briefing_id", "briefings.id", index=True),
    Column("nonce", Words, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("claimed_at", Time, nullable=False),
    Column("message_id", BigInteger),
    Column("error", Words),
    Column("crossposted_at", Time),  # from an announcement channel, to those that follow it
    UniqueConstraint("run_key", "part"),
    sqlite_autoincrement=True,
)

threads = Table(  # in which a briefing is discussed
    "threads",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # Discord's
    Column("guild_id", BigInteger, nullable=False, index=True),
    _reference("briefing_id", "briefings.id", index=True),
)

answers = Table(
    "answers",
    metadata,
    _number(),
    _guild(),
    Column("channel_id", BigInteger, nullable=False),
    Column("asked_by", BigInteger, nullable=False),
    Column("asked_at", Time, nullable=False, index=True),
    Column("data", LargeBinary, nullable=False),
    Index(None, "guild_id", "channel_id", "asked_by"),
    sqlite_autoincrement=True,
)

settings = Table(
    "settings",
    metadata,
    _guild(primary_key=True),
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

channel_settings = Table(
    "channel_settings",
    metadata,
    _guild(primary_key=True),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

topics = Table(
    "topics",
    metadata,
    _guild(primary_key=True),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("text", Words, primary_key=True),
    Column("weight", Float, nullable=False),  # 0 mutes
    Column("added_by", BigInteger),
    Column("added_at", Time, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("name", Words, primary_key=True),
    Column("last_run_at", Time, nullable=False),
    Column("last_success_at", Time),
    Column("last_error", Words),
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row
    Column("failing_since", Time),
)

set_aside = Table(  # what killed a worker, or kept it for ever; from the second time on it is not tried any more
    "set_aside",
    metadata,
    Column("kind", Words, primary_key=True),
    Column("subject", Words, primary_key=True),
    Column("feed_id", Number, ForeignKey("feeds.id", ondelete="CASCADE"), index=True),
    Column("title", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("crashes", Integer, nullable=False),
    Column("first_at", Time, nullable=False),
    Column("last_at", Time, nullable=False),
)

actions = Table(  # of admins
    "actions",
    metadata,
    _number(),
    _guild(),
    Column("at", Time, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),  # "schedule add"
    Column("detail", Words, nullable=False),
    Index(None, "guild_id", "id"),
    sqlite_autoincrement=True,
)

alarms = Table(  # what a server's admins are to be told once, until it is mended
    "alarms",
    metadata,
    _guild(primary_key=True),
    Column("subject", Text, primary_key=True),  # "channel 123"
    Column("detail", Words, nullable=False),
    Column("raised_at", Time, nullable=False),
    Column("told_at", Time),
)

departures = Table(  # servers that the bot left, or that are gone; what is kept for them is forgotten after a while
    "departures",
    metadata,
    _guild(primary_key=True),
    Column("left_at", Time, nullable=False),
)
