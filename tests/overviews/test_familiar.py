"""The names that are offered while somebody types: each once and in full, the most telling first, without junk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from briefs.models import Article, Entity, EntityKind, Entry, Mention
from briefs.newsroom import Newsroom
from briefs.overviews.familiar import Telling, familiar
from briefs.preferences import TopicKind
from briefs.sources import pages

WRITTEN = datetime(2026, 5, 6, 8, tzinfo=UTC)
SERVER = 1
PERSON, PLACE, ORGANISATION, GROUP = (
    EntityKind.PERSON,
    EntityKind.PLACE,
    EntityKind.ORGANISATION,
    EntityKind.GROUP,
)


def told(number, *named, title="", publisher="The Daily Courier"):
    """An article that mentions these, each a name and its kind."""
    mentions = (Mention(at, at + 1, "name", Entity(name, kind)) for at, (name, kind) in enumerate(named))
    return Telling(f"a{number}", publisher, title, tuple(mentions))


def test_a_name_stands_once_and_in_full():
    found = familiar(
        [
            told(1, ("Susan Hartley", PERSON), ("Hartley", PERSON)),
            told(2, ("Hartley", PERSON)),
            told(3, ("Susan Hartley", PERSON)),
        ]
    )
    assert found == ("Susan Hartley",)


def test_what_most_articles_name_stands_first_and_a_title_counts():
    found = familiar(
        [
            told(1, ("Susan Hartley", PERSON), ("Mark Dolan", PERSON)),
            told(2, ("Mark Dolan", PERSON)),
            told(3, ("Helen Price", PERSON), ("Clara Moreau", PERSON), title="Why Price went"),
        ]
    )
    assert found == ("Helen Price", "Mark Dolan", "Clara Moreau", "Susan Hartley")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Wednesday", EntityKind.OTHER),
        ("Daily Courier", ORGANISATION),
        ("Republicans", GROUP),
        ("J", PERSON),
        ("N.Y.", PLACE),
        ("Mass.", PLACE),
        ("@hartley", PERSON),
        ("the minister", PERSON),
        ("2026", EntityKind.OTHER),
    ],
)
def test_what_is_no_name_or_the_outlets_own_is_not_offered(name, kind):
    assert familiar([told(1, (name, kind), ("Susan Hartley", PERSON))]) == ("Susan Hartley",)


@pytest.fixture
def desk():
    found = Newsroom.in_memory(clock=lambda: WRITTEN + timedelta(hours=1))
    yield found
    found.close()


def store(desk, guild_id, *texts):
    feed = desk.store.subscribe(guild_id, f"https://outlet{guild_id}.example/feed", title="Outlet", now=WRITTEN)
    entries = (Entry(guid=text, content=text, title=text, published_at=WRITTEN) for text in texts)
    articles: list[Article] = [pages.extract(entry, first_seen_at=WRITTEN) for entry in entries]
    desk._take(articles, feed_id=feed.id)
    return [article.id for article in articles]


def test_new_names_are_offered_as_soon_as_their_article_is_stored_and_only_where_it_is_read(desk):
    store(desk, SERVER, "Susan Hartley met Mark Dolan in London on Monday.")
    assert "Susan Hartley" in desk.known(SERVER, TopicKind.NAME)
    store(desk, SERVER, "Helen Price visited Portugal on Monday.")
    store(desk, 2, "Peter Lang visited Norway on Monday.")
    assert {"Susan Hartley", "Helen Price"} <= set(desk.known(SERVER, TopicKind.NAME))
    assert "Peter Lang" not in desk.known(SERVER, TopicKind.NAME)


def test_headlines_are_those_of_the_newest_stories_and_change_as_articles_join(desk):
    store(desk, SERVER, "Susan Hartley met Mark Dolan in London on Monday.")
    (story,) = desk.headlines(SERVER)
    assert story[1] == "Susan Hartley met Mark Dolan in London on Monday."
    store(desk, SERVER, "Volcano in Norway erupts for the first time in a thousand years.")
    assert len(desk.headlines(SERVER)) == 2


def test_mentions_are_read_without_the_rest_of_a_reading(desk):
    ids = store(desk, SERVER, "Susan Hartley met Mark Dolan in London on Monday.", "Nobody came.")
    readings = desk.store.readings(ids)
    assert desk.store.mentions(ids) == {each: readings[each].mentions for each in ids}
