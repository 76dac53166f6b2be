"""What the store takes and gives back that is no stage of the flow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from briefs.models import Wishes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from briefs.models import Article, Briefing, Feed, Reading

EVERYONE = 0  # the guild of the operator, whose feeds every server reads
GENERATION = "generation"  # the operator's setting that changes with every restore


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """What is remembered of an entry of a feed."""

    guid: str
    fingerprint: str  # of what it said when last seen; "": not known, it was seen before fingerprints were taken
    article_id: str | None  # of the article's first version; None: passed over, when the feed was new or caught up


@dataclass(frozen=True, slots=True)
class Arrival:
    """An entry that a poll showed, and what it brought: a new article, a new version of one, or nothing new."""

    guid: str
    fingerprint: str
    article_id: str | None  # of the article's first version; None: passed over
    brought: tuple[Article, Reading] | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """All that one good poll found. None leaves ``title``, ``moved_to`` and ``interval`` as they are; the rest replaces."""

    at: datetime
    next_poll_at: datetime
    arrivals: tuple[Arrival, ...] = ()
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None  # the feed's own address: it is back where it was
    wishes: Wishes = field(default_factory=Wishes)
    interval: timedelta | None = None
    remark: str | None = None  # None: the last one stays for a while
    moved: Mapping[str, str] = field(default_factory=dict)  # id by an article's present address → the id it has
    paragraphs: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (site, hash) → new articles that hold it


@dataclass(frozen=True, slots=True)
class Notice:
    """What a server has yet to be told of one of its feeds: that it fails, or that it is read again."""

    guild_id: int
    feed: Feed
    added_by: int | None
    recovered: bool


class StoredBriefing(NamedTuple):
    """A briefing with the channel it was made for."""

    briefing: Briefing
    guild_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class JobRecord:
    """When a background job last ran and last succeeded, and what its last run died of (None: it succeeded)."""

    name: str
    last_run_at: datetime
    last_success_at: datetime | None
    last_error: str | None
    failures: int = 0  # in a row
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """What is not tried any more, since it killed a worker, or kept it for ever, more than once."""

    kind: str  # "article", "feed", "page", "story"
    subject: str  # its id
    feed_id: int | None
    title: str  # as people know it
    reason: str  # one sentence
    crashes: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much is stored; ``newest_at`` is the time of the newest article."""

    articles: int
    stories: int
    facts: int
    feeds: int
    newest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Action:
    """What an admin of a server did: "schedule add", and to what."""

    id: int
    guild_id: int
    at: datetime
    user_id: int
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something on a server that its admins must mend: ``subject`` is what it is about, ``detail`` a sentence for people."""

    guild_id: int
    subject: str
    detail: str
    raised_at: datetime
    told_at: datetime | None
