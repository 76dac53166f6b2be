"""The values that flow through the news desk: one frozen type per stage.

    Feed ─fetch─▶ bytes ─parse─▶ Entry ─extract─▶ Article ─read─▶ Reading (Sentences, Mentions, Whens, Facts) ─group─▶ Story
    Story ─summarise─▶ CitedSentence ─compose─▶ Briefing
    Question ─parse─▶ match over Claims (facts merged over sources) ─word─▶ Answer

Offsets are Python string offsets (code points) into ``Article.text``; a range is half open. Times are aware and UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal
from urllib.parse import urlsplit

Clock = Callable[[], datetime]


# ------------------------------------------------------------------------------------------------------------- sources
class SourceKind(StrEnum):
    """What stands behind a subscribed address, as it was when it was added."""

    FEED = "feed"  # RSS, Atom, RDF or JSON Feed
    SITEMAP = "sitemap"  # a list of pages, with or without the news extension
    PAGE = "page"  # one web page that is an article itself
    FOLDER = "folder"  # a file or folder of the operator's, looked at again and again


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a source asks of its readers: not to come more often, or not at some hours and days (UTC, 0 is Monday)."""

    every: timedelta | None = None  # RSS ttl, sy:updatePeriod
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscribed source, with what is remembered between polls."""

    id: int
    url: str
    title: str | None = None
    kind: SourceKind = SourceKind.FEED
    moved_to: str | None = None  # where permanent redirects have led; None: it is where it was
    etag: str | None = None
    last_modified: str | None = None
    wishes: Wishes = Wishes()
    interval: timedelta | None = None  # between polls, from its own habits; None: not known yet
    added_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None  # when it last brought an article
    last_error: str | None = None  # one sentence; None when the last poll went well
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    ended_at: datetime | None = None  # it said that it is gone for good: it is polled no more
    remark: str | None = (
        None  # one sentence about the last poll that is no failure: "The newest 200 of 4,000 were taken."
    )
    remarked_at: datetime | None = None
    next_poll_at: datetime | None = None
    shared: bool = False  # the operator's, read by every server


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a source as parsed, before its text is extracted and cleaned."""

    guid: str
    content: str
    content_type: Literal["text/plain", "text/html"] = "text/plain"
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    image: str | None = None  # an address
    language: str | None = None  # BCP 47, as the source states it
    published_at: datetime | None = None
    summary_only: bool = False  # the feed carries a teaser; the full text is behind the url
    revision: str | None = (
        None  # what a sitemap states of the last change; dates of feeds are touched too often to mean one
    )


class Extent(StrEnum):
    """How much of an article could be read."""

    FULL = "full"
    TEASER = "teaser"  # the few lines its feed carries; its page could not be read
    PAYWALL = "paywall"  # its page shows the beginning and asks for payment
    CONSENT = "consent"  # its page asks for consent first; the feed's lines are all there is


class BlockKind(StrEnum):
    """What a stretch of an article's text is."""

    HEADLINE = "headline"  # the article's own title where it stands in the text
    HEADING = "heading"  # a title inside the text
    PROSE = "prose"
    LIST = "list"  # bullet points, "Summary"/"Highlights"
    FURNITURE = "furniture"  # breadcrumbs, bylines, datelines, captions, repeats, "You've reached the end"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text and what it is. Only prose is ever quoted; furniture is never read."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its outlet and date. Cleaning marks blocks and never rewrites, so every offset holds for ever."""

    id: str
    text: str
    blocks: tuple[Block, ...]
    first_seen_at: datetime
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    image: str | None = None  # an address
    published_at: datetime | None = None
    language: str = "en"  # ISO 639-1; "und" when it cannot be told
    extent: Extent = Extent.FULL
    version: int = (
        1  # an edited article is a new version of the same; what was quoted of the old one still stands in it
    )
    version_of: str | None = None  # the id of its first version; None: it is the first
    copy_of: str | None = None  # the id (of a first version) of the earlier article whose text this one repeats

    @property
    def root(self) -> str:
        """The id that all its versions share."""
        return self.version_of or self.id

    @property
    def shown_at(self) -> datetime:
        """Its time as a reader is told: when it was published, else when it was first seen."""
        return self.published_at or self.first_seen_at

    @property
    def publisher(self) -> str:
        """Who published it, as a reader is told: the outlet, else its site, else its title, else its id."""
        site = urlsplit(self.url or "").hostname or ""
        return self.outlet or site.removeprefix("www.") or self.title or self.id


# ------------------------------------------------------------------------------------------------------------ language
@dataclass(frozen=True, slots=True)
class Sentence:
    """A range of an article; its words are ``article.text[start:end]``."""

    article_id: str
    start: int
    end: int
    kind: BlockKind = BlockKind.PROSE  # prose, headline or heading
    paragraph: int = 0  # index of the block it stands in


class Grain(StrEnum):
    """How fine a time is."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    DURATION = "duration"
    SET = "set"
    VAGUE = "vague"  # PAST_REF, PRESENT_REF, FUTURE_REF


@dataclass(frozen=True, slots=True)
class When:
    """A resolved time and the range of the words it came from.

    ``value`` is a TimeML TIMEX3 value. ``first`` and ``last`` are the first instant and the first instant after it (UTC),
    both None for durations, sets and vague references.
    """

    value: str
    start: int
    end: int
    grain: Grain
    first: datetime | None = None
    last: datetime | None = None
    modifier: Literal["before", "after", "until", "since", "about", "start", "mid", "end"] | None = None


class EntityKind(StrEnum):
    """What sort of thing a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"  # nationalities, parties, peoples
    CRAFT = "craft"
    PROGRAMME = "programme"
    EVENT = "event"
    PRODUCT = "product"
    WORK = "work"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing: its fullest name, its kind, and the other names it goes by."""

    name: str
    kind: EntityKind
    names: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By the name alone: entities are looked up by the thousand, and equal ones have the same name."""
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Mention:
    """A range that names an entity: by a name, by a description ("NASA's acting administrator") or by a pronoun.

    ``entity`` is the article's own view; ``language.names.unify`` joins the views of several articles.
    """

    start: int
    end: int
    form: Literal["name", "description", "pronoun"]
    entity: Entity


# --------------------------------------------------------------------------------------------------------------- facts
Role = Literal[
    "agent", "patient", "recipient", "co_agent", "place", "time", "reason", "manner", "amount", "topic", "other"
]


class Modality(StrEnum):
    """Whether a fact is told as done, intended, thinkable or called off."""

    HAPPENED = "happened"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant or circumstance of a fact; ``text`` is ``article.text[start:end]``, ``head`` its head word's lemma."""

    role: Role
    start: int
    end: int
    text: str
    head: str
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Predicate:
    """The word a fact hangs on; verbs with their particle ("lift off"), nominal events by their verb ("visit")."""

    lemma: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one sentence. ``kind`` is a frame's name ("meet", "launch"…) or "other"."""

    article_id: str
    start: int  # of the sentence
    end: int
    kind: str
    predicate: Predicate
    arguments: tuple[Argument, ...]
    when: When | None = None
    modality: Modality = Modality.HAPPENED
    negated: bool = False
    attribution: str | None = None  # who says so, as the sentence names them


@dataclass(frozen=True, slots=True)
class Reading:
    """What the language pass found in one article. ``anchor`` is the time that relative times were resolved against."""

    article_id: str
    anchor: datetime | None
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    whens: tuple[When, ...] = ()
    facts: tuple[Fact, ...] = ()
    outline: str | None = None  # its sentences in little (answers.outlines); None: read before there were outlines
    plans: tuple[datetime, ...] | None = None  # when what it plans is over (overviews.ahead); None: read earlier


@dataclass(frozen=True, slots=True)
class Dispute:
    """A slot of a claim on which the sources differ: each value with the ids of the articles that give it."""

    slot: Role
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Facts from several sentences that say the same, best told first."""

    kind: str
    lemma: str
    facts: tuple[Fact, ...]
    participants: tuple[tuple[Role, Entity], ...]
    when: When | None
    modality: Modality
    negated: bool
    sources: int  # articles
    independent: int  # wire copies count once
    disputes: tuple[Dispute, ...] = ()
    superseded_by: Fact | None = None  # a later report that replaces it ("scheduled for Friday" → "lifted off")
    revised: tuple[Dispute, ...] = ()  # figures that newer articles replaced ("9 dead" → "11 dead"), newest first


# ------------------------------------------------------------------------------------------------------------- stories
@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one event, oldest first. A matter that goes on for weeks is a chain of stories, its chapters."""

    id: str
    article_ids: tuple[str, ...]
    continues: str | None = None  # the id of the story whose next chapter this is


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as a reader sees it. ``number`` counts from 1 inside one briefing."""

    number: int
    article_id: str
    outlet: str
    title: str | None
    url: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence chosen for a briefing; ``text`` is checked against the stored article again before it is sent."""

    article_id: str
    start: int
    end: int
    text: str
    citation: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several reported values, with the outlets that report it."""

    text: str
    outlets: tuple[str, ...]
    cited: tuple[CitedSentence, ...] = ()  # in a briefing: the words that say so, of each outlet


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the sources tell differently beside the answer itself: "Place disputed: A (Outlet B) or C (Outlet D)"."""

    slot: str
    values: tuple[Alternative, ...]


class ChangeKind(StrEnum):
    """How a story moved since a channel was last told of it."""

    EVENT = "event"  # something happened that was not told
    STATE = "state"  # what was planned, feared or wanted happened, moved or was called off
    FIGURE = "figure"  # a toll, a sum or a count is another now
    CORRECTION = "correction"  # what was told was wrong
    DETAIL = "detail"  # who, where, why: new, but nothing moved


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence with something new for a channel, and the words it was told before that no longer hold.

    ``earlier`` may be part of a sentence: the clause that is replaced, verbatim.
    """

    kind: ChangeKind
    sentence: CitedSentence
    earlier: CitedSentence | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One story of a briefing. An update shows its ``changes``, whose sentences are its ``sentences``."""

    story_id: str
    headline: str
    headline_article_id: str
    sentences: tuple[CitedSentence, ...]
    article_ids: tuple[str, ...]
    outlets: tuple[str, ...]
    independent: int
    latest_at: datetime | None
    changes: tuple[Change, ...] = ()  # not empty: the channel knows the story, and these are new
    disagreements: tuple[Disagreement, ...] = ()  # what the sources tell differently, where it matters
    chapter: int = 1  # of a matter that goes on for weeks
    begun_at: datetime | None = None  # when its first chapter began
    image: str | None = None  # the address of a picture that one of its sources shows with it

    @property
    def is_update(self) -> bool:
        """Whether the channel was told of this story before."""
        return bool(self.changes)


@dataclass(frozen=True, slots=True)
class Unmoved:
    """A story that a channel knows and of which newer articles say nothing new."""

    story_id: str
    headline: str
    headline_article_id: str
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What was composed for one channel and window, best story first."""

    title: str
    made_at: datetime
    items: tuple[Item, ...]
    citations: tuple[Citation, ...]
    articles: int
    outlets: int
    problems: tuple[str, ...] = ()  # feeds that failed, one sentence each
    unmoved: tuple[Unmoved, ...] = ()  # told before, with newer articles that add nothing: counted as told
    says_unmoved: bool = False  # whether the message names them in a line
    dates: str | None = (
        None  # the language of the dates it shows (BCP 47); None: each reader's own, as Discord shows them
    )
    since: datetime | None = None  # the channel's last briefing, or how far back was looked where there was none
    follows: bool = False  # whether ``since`` is the channel's last briefing
    feeds: int = 0  # the server's sources
    failing: int = 0  # those of them that cannot be read

    @property
    def is_silent(self) -> bool:
        """Whether it has nothing to say: no story, and no line for those on which nothing is new."""
        return not self.items and not (self.says_unmoved and self.unmoved)


@dataclass(frozen=True, slots=True)
class Card:
    """One story in full, as a server sees it now.

    ``briefing`` is of this story alone, told to readers who know nothing of it; its citations are all sources of the story.
    """

    briefing: Briefing
    changes: tuple[Change, ...] = ()  # what is another now than in its first reports, the oldest first
    names: tuple[Entity, ...] = ()  # who and what is in it, those that most sources name first

    @property
    def item(self) -> Item:
        """The story."""
        return self.briefing.items[0]


# ------------------------------------------------------------------------------------------------------------- answers
class Status(StrEnum):
    """Whether the sources answer a question, disagree on it, or do not say."""

    ANSWERED = "answered"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that carries an answer, with its source; ``text`` is ``article.text[start:end]``."""

    article_id: str
    start: int
    end: int
    text: str
    outlet: str
    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question.

    ``text`` is short: the name, date, place, number or clause asked for; None when unknown. ``statement`` is the full line
    a person reads first. ``alternatives`` are the other values of a conflict.
    """

    question: str
    status: Status
    text: str | None
    statement: str
    when: When | None = None
    alternatives: tuple[Alternative, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    notes: tuple[str, ...] = ()  # "planned, not yet reported as done", "nothing later is known"
    evidence: tuple[Evidence, ...] = ()
    sources: int = 0
    independent: int = 0
    as_of: datetime | None = None
    considered: int = field(default=0)  # how many articles were visible to the question
    understood: str | None = None  # a follow-up in full, as it was answered: "when did they meet" for "when?"
    about: str | None = None  # the headline of the story that it was asked of


# ----------------------------------------------------------------------------------------------------------- overviews
@dataclass(frozen=True, slots=True)
class Moment:
    """One event of a timeline: when it is or was, and the sentence that tells it best; ``more``: who else tells it."""

    when: When
    evidence: Evidence
    modality: Modality
    sources: int  # articles
    independent: int  # copies count once
    more: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, and is to happen, in a story or to someone; the oldest moment first."""

    subject: str  # the name in full, or the story's headline
    moments: tuple[Moment, ...]
    considered: int = 0  # articles looked at


@dataclass(frozen=True, slots=True)
class Plan:
    """Something that is to happen: ``what`` are words of the sentence; ``others``: other days that sources give or gave."""

    when: When
    what: str
    evidence: Evidence
    modality: Modality  # planned, possible or cancelled
    sources: int
    independent: int
    more: tuple[Evidence, ...] = ()
    others: tuple[tuple[When, Evidence], ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is planned from now on, the soonest first."""

    subject: str | None  # None: everything
    plans: tuple[Plan, ...]
    considered: int = 0


@dataclass(frozen=True, slots=True)
class Connection:
    """Who did what to whom: "Ada Berg met Jon Vik". ``relation`` is the verb as it is told, "met", "is to meet", "denied suing"."""

    agent: Entity
    relation: str
    patient: Entity
    kind: str  # the frame: "meet", "sue", "buy", "visit"…
    mutual: bool  # either could stand first
    modality: Modality
    when: When | None
    evidence: tuple[Evidence, ...]  # the best first
    sources: int
    independent: int


@dataclass(frozen=True, slots=True)
class Connections:
    """Who is connected with whom, the best told first."""

    subject: str | None  # None: everybody
    links: tuple[Connection, ...]
    considered: int = 0


# ------------------------------------------------------------------------------------------------------------ schedule
@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel gets its briefing: local times of day on some weekdays (0 is Monday) in one zone."""

    id: int
    guild_id: int
    channel_id: int
    times: tuple[str, ...]  # "HH:MM", local
    days: tuple[int, ...]
    zone: str
    created_by: int | None = None
    created_at: datetime | None = None
    paused_at: datetime | None = None  # None: it runs


class PostState(StrEnum):
    """How far a delivery has come."""

    CLAIMED = "claimed"  # may have been sent; reconciled at start
    SENT = "sent"  # recorded with its message id
    FAILED = "failed"  # refused for good: no channel, no permission


@dataclass(frozen=True, slots=True)
class Post:
    """One message of one briefing's delivery. ``run_key`` and ``part`` are unique: the store says "once"."""

    id: int
    run_key: str  # channel, local date and slot; or channel and interaction for a brief asked for
    part: int  # counts from 0: a briefing may need several messages
    guild_id: int
    channel_id: int
    briefing_id: int
    nonce: str
    state: PostState
    claimed_at: datetime
    message_id: int | None = None
    error: str | None = None
    crossposted_at: datetime | None = None  # when it was passed on to the channels that follow an announcement channel
