"""A database of an earlier release is brought to this one with all that is in it."""

from __future__ import annotations

from datetime import UTC

import pytest
import sqlalchemy
from alembic import command
from examples import DAY, FEED, NOON, answer, article, briefing, reading

from briefs.models import Extent, Schedule, SourceKind, Story
from briefs.store import Arrival, JobRecord, Poll, SeenEntry, Statistics, Store, codec, migrations

FOLDER = "file:///srv/news"
BLOCKS = '[[0,75,"prose"]]'


def stored(name, number, at=NOON):
    one = article(name, at=at)
    return {
        "number": number,
        "id": name,
        "published_at": at,
        "first_seen_at": NOON,
        "shown_at": at,
        "language": "en",
        "outlet": one.outlet,
        "title": one.title,
        "url": one.url,
        "blocks": BLOCKS,
        "text": one.text,
    }


PLACE = {"guild_id": 1, "channel_id": 10}
SENT = {"state": "sent", "claimed_at": NOON, "message_id": 2**62, "error": None, "nonce": "n"}
ROWS = {  # by table, in the order in which they may be inserted
    "answers": [{"id": 3, **PLACE, "asked_by": 100, "asked_at": NOON, "data": codec.pack(answer())}],
    "articles": [stored("a1", 1), stored("a2", 2, NOON + DAY)],
    "briefings": [{"id": 4, **PLACE, "made_at": NOON, "data": codec.pack(briefing("a1"))}],
    "feeds": [
        {
            "id": 7,
            "url": FEED,
            "title": "The Courier",
            "etag": '"1"',
            "last_modified": "Fri",
            "added_at": NOON,
            "last_success_at": NOON,
            "last_error": "It timed out.",
            "failures": 2,
            "next_poll_at": NOON + DAY,
        },
        {"id": 9, "url": FOLDER, "added_at": NOON, "failures": 0, "next_poll_at": NOON + 400 * DAY},
    ],
    "jobs": [{"name": "poll", "last_run_at": NOON, "last_success_at": NOON, "last_error": None}],
    "schedules": [
        {
            "id": 5,
            **PLACE,
            "times": "08:00",
            "days": "0 4",
            "zone": "Europe/Paris",
            "created_by": 100,
            "created_at": NOON,
        }
    ],
    "settings": [{"guild_id": 1, "name": "stories", "value": "5"}],
    "stories": [{"id": "s1"}],
    "briefing_articles": [{"briefing_id": 4, "article_id": "a1"}],
    "entries": [{"feed_id": 7, "guid": "g1", "seen_at": NOON}],
    "feed_articles": [
        {"article": 1, "feed_id": 7, "shown_at": NOON},
        {"article": 2, "feed_id": 9, "shown_at": NOON + DAY},
    ],
    "posts": [{"id": 6, "run_key": "run", "part": 0, **PLACE, "briefing_id": 4, **SENT}],
    "readings": [{"article": 1, "facts": 1, "data": codec.pack(reading("a1"))}],
    "story_articles": [{"article": 1, "story_id": "s1"}, {"article": 2, "story_id": "s1"}],
    "subscriptions": [
        {"guild_id": 1, "feed_id": 7, "title": "Morning read", "added_at": NOON},
        {"guild_id": 0, "feed_id": 9, "title": "news", "added_at": NOON},
    ],
}


def plain(row):
    """Without what the databases tell differently: NULLs, zones of times, and the words PostgreSQL searches."""
    return {
        key: value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC) if hasattr(value, "tzinfo") else value
        for key, value in row.items()
        if value is not None and key != "words"
    }


class First:
    """A database as the first release made it."""

    def __init__(self, url: str) -> None:
        self.engine = sqlalchemy.create_engine(
            url.replace("postgresql:", "postgresql+psycopg:"), poolclass=sqlalchemy.NullPool
        )
        self.tables = sqlalchemy.MetaData()

    def fill(self) -> None:
        with self.engine.begin() as connection:
            command.upgrade(migrations.configuration(connection), "0001")
            self.tables.reflect(connection, only=list(ROWS))
            for name, rows in ROWS.items():
                for row in rows:
                    connection.execute(self.tables.tables[name].insert(), self._fitting(row))
            if self.engine.dialect.name == "postgresql":  # it has not seen these numbers go by
                for name, key in (("articles", "number"), ("feeds", "id")):
                    serial = sqlalchemy.func.pg_get_serial_sequence(name, key)
                    connection.execute(sqlalchemy.select(sqlalchemy.func.setval(serial, ROWS[name][-1][key])))
        assert self.rows() == self.expected()

    def _fitting(self, row):
        naive = self.engine.dialect.name == "sqlite"
        return {
            key: value.replace(tzinfo=None) if naive and hasattr(value, "tzinfo") else value
            for key, value in row.items()
        }

    def rows(self):
        """What stands in the columns of the first release."""
        with self.engine.connect() as connection:
            return {
                name: sorted((plain(row) for row in connection.execute(table.select()).mappings()), key=str)
                for name in ROWS
                for table in [self.tables.tables[name]]
            }

    @staticmethod
    def expected():
        return {name: sorted(map(plain, rows), key=str) for name, rows in ROWS.items()}


@pytest.fixture
def upgraded(database_url):
    first = First(database_url)
    first.fill()
    with Store.open(database_url) as store:
        assert first.rows() == first.expected()
        yield store


def test_everything_is_there_after_an_upgrade(upgraded):
    articles_are_the_first_of_their_versions(upgraded)
    feeds_know_what_was_seen_in_them(upgraded)
    what_was_said_and_settled_is_there(upgraded)
    articles_read_before_there_were_outlines_can_be_given_theirs(upgraded)


def articles_are_the_first_of_their_versions(upgraded):
    assert upgraded.articles(["a1", "a2"]) == {"a1": article("a1"), "a2": article("a2", at=NOON + DAY)}
    found = upgraded.current(["a1", "a2"])
    assert [(one.root, one.version, one.version_of, one.extent) for one in found.values()] == [
        ("a1", 1, None, Extent.FULL),
        ("a2", 1, None, Extent.FULL),
    ]
    assert upgraded.readings(["a1"]) == {"a1": reading("a1")}
    assert upgraded.stories(["a1"]) == (Story("s1", ("a1", "a2")),)
    assert upgraded.search(["bridge"], guild_id=None) == ("a1", "a2")
    assert upgraded.visible(None) == ("a2", "a1")
    assert upgraded.statistics() == Statistics(2, 1, 1, 2, NOON + DAY)


def feeds_know_what_was_seen_in_them(upgraded):
    own, shared = upgraded.feeds(1)
    assert (own.id, own.url, own.title, own.etag, own.last_modified) == (7, FEED, "Morning read", '"1"', "Fri")
    assert (own.kind, own.failures, own.last_error, own.last_success_at) == (SourceKind.FEED, 2, "It timed out.", NOON)
    assert (own.failing_since, own.ended_at, own.interval, own.moved_to) == (None, None, None, None)
    assert (shared.id, shared.kind, shared.title, shared.shared) == (9, SourceKind.FOLDER, "news", True)
    assert upgraded.seen_entries(7, guids=["g1", "g2"], fingerprints=[""]) == (SeenEntry("g1", "", None),)
    assert upgraded.visible(1) == ("a2", "a1")
    assert upgraded.visible(2) == ("a2",)
    assert [feed.id for feed in upgraded.due_feeds(NOON + DAY, 9)] == [7]


def what_was_said_and_settled_is_there(upgraded):
    assert upgraded.answer(3, 1) == answer()
    assert upgraded.latest_briefing(1) == (4, briefing("a1"))
    assert upgraded.posts("run")[0].message_id == 2**62
    assert upgraded.told_articles(10) == {"a1"}
    assert upgraded.schedules() == (Schedule(5, 1, 10, ("08:00",), (0, 4), "Europe/Paris", 100, NOON),)
    assert upgraded.settings(1) == {"stories": "5"}
    assert upgraded.jobs() == (JobRecord("poll", NOON, NOON, None),)


def articles_read_before_there_were_outlines_can_be_given_theirs(upgraded):
    assert upgraded.outlines(["a1", "a2"]) == {}
    assert upgraded.without_outline(9) == ("a1",)  # the other has no reading
    assert upgraded.without_content(9) == ("a2", "a1")
    upgraded.save_outlines({"a1": "bridg\nbridg mayor\topen"})
    assert upgraded.without_outline(9) == ()
    assert upgraded.readings(["a1"])["a1"].outline == "bridg\nbridg mayor\topen"


def test_an_upgraded_database_goes_on_as_one_of_today(upgraded):
    edited = article("a1-2", "The mayor opened the tunnel.", title="A tunnel", version=2, version_of="a1")
    new = Arrival("g1", "print", "a1", (edited, reading("a1-2")))
    assert upgraded.record_poll(7, Poll(NOON, NOON + DAY, (new,))) == ("a1-2",)
    assert upgraded.stories(["a1-2"]) == (Story("s1", ("a1-2", "a2")),)
    assert upgraded.search(["bridge"], guild_id=1) == ("a2",)
    assert upgraded.search(["tunnel"], guild_id=1) == ("a1-2",)
    assert upgraded.unsubscribe(1, 7) is True
    assert upgraded.seen_entries(7, guids=["g1"], fingerprints=[]) == ()
    assert upgraded.visible(1) == ("a2",)
    assert upgraded.subscribe(1, FEED, now=NOON).id > 9
