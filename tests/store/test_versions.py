"""An edited article takes the place of the one it was, and what was quoted of that still stands."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from examples import DAY, FEED, NOON, article, briefing, pair, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.models import Extent, Story
from briefs.store import Arrival, Poll, Statistics

OTHER = "https://gazette.example/feed"
PLACE = {"guild_id": 1, "channel_id": 10}


def version(number, root="a1", text=None, **more):
    """The reading of a version is of its own id."""
    name = root if number == 1 else f"{root}~{number}"
    one = article(name, text or f"The mayor opened tunnel{number}.", title=f"Take {number}", **more)
    return replace(one, version=number, version_of=None if number == 1 else root), reading(name)


def record(store, feed, *brought, guid="g1", at=NOON):
    arrivals = tuple(Arrival(guid, f"print {one.id}", one.root, (one, known)) for one, known in brought)
    return store.record_poll(feed.id, Poll(at, at + DAY, arrivals))


@pytest.fixture
def feed(store):
    return store.subscribe(1, FEED, now=NOON)


def test_all_that_is_known_of_an_article_comes_back(store):
    whole = article(author="Ada Roy", image="https://courier.example/a.jpg", extent=Extent.PAYWALL, copy_of="a0")
    store.add_articles([(whole, reading())])
    assert store.articles(["a1"]) == store.current(["a1"]) == {"a1": whole}


def test_a_new_version_takes_the_place_of_the_old_one_in_feeds_stories_and_search(store, feed):
    other = store.subscribe(2, OTHER, now=NOON)
    record(store, feed, version(1), version(1, "b1"))
    record(store, other, version(1))
    store.save_stories([Story("s1", ("a1", "b1"))])

    assert record(store, feed, version(2, at=NOON + DAY)) == ("a1~2",)

    for guild in (1, 2, None):
        assert store.visible(guild)[0] == "a1~2"
        assert "a1" not in store.visible(guild)
        assert store.count_visible(guild) == len(store.visible(guild))
        assert store.search(["tunnel1"], guild_id=guild) == (("b1",) if guild != 2 else ())
        assert store.search(["tunnel2"], guild_id=guild) == ("a1~2",)
        assert store.count_visible(guild, until=NOON) == (1 if guild != 2 else 0)
    assert store.story("s1") == Story("s1", ("b1", "a1~2"))
    assert store.stories(["a1~2"]) == (Story("s1", ("b1", "a1~2")),)
    assert store.stories(["a1"]) == ()
    assert store.statistics() == Statistics(2, 1, 2, 2, NOON + DAY)


def test_the_old_version_is_still_there_to_be_quoted(store, feed):
    record(store, feed, version(1))
    record(store, feed, version(2))
    assert store.articles(["a1", "a1~2"]) == {"a1": version(1)[0], "a1~2": version(2)[0]}
    assert store.readings(["a1", "a1~2"]) == {"a1": reading("a1"), "a1~2": reading("a1~2")}
    assert store.current(["a1", "a1~2", "b1"]) == {"a1": version(2)[0]}


def test_a_version_that_does_not_follow_on_the_stored_one_is_skipped(store, feed):
    record(store, feed, version(1))
    assert record(store, feed, version(3)) == ()
    assert record(store, feed, version(2)) == ("a1~2",)
    late = replace(version(2)[0], id="late", text="Told by another process."), reading("late")
    assert record(store, feed, late) == ()
    assert store.visible(1) == ("a1~2",)
    assert store.articles(["late"]) == {}
    assert record(store, feed, version(2, "nobody")) == ()


def test_an_edit_that_was_overtaken_is_seen_as_one_again(store, feed):
    record(store, feed, version(1))
    record(store, feed, version(2))
    late = replace(version(2)[0], id="late"), reading("late")
    record(store, feed, late)
    (seen,) = store.seen_entries(feed.id, guids=["g1"], fingerprints=[])
    assert seen.fingerprint == "print late?0"  # known by these words, and looked at once more


def test_of_two_versions_in_one_poll_the_next_one_is_taken(store, feed):
    record(store, feed, version(1))
    twin = replace(version(2)[0], id="twin"), reading("twin")
    assert record(store, feed, version(2), twin, version(3)) == ("a1~2",)
    assert store.visible(1) == ("a1~2",)


def test_an_article_and_its_edit_may_come_together(store, feed):
    assert record(store, feed, version(1), version(2)) == ("a1", "a1~2")
    assert store.visible(1) == ("a1~2",)


def test_the_first_version_seen_elsewhere_leads_to_the_newest(store, feed):
    record(store, feed, version(1))
    record(store, feed, version(2))
    other = store.subscribe(2, OTHER, now=NOON)
    assert record(store, other, version(1)) == ()
    assert store.visible(2) == ("a1~2",)
    folder = store.subscribe(3, "file:///srv/news", now=NOON)
    assert store.add_articles([version(1)], feed_id=folder.id) == ()
    assert store.visible(3) == ("a1~2",)
    assert store.articles(["a1"])["a1"].text == version(1)[0].text


def test_an_entry_known_elsewhere_shows_its_article_in_this_feed_too(store, feed):
    record(store, feed, version(1))
    other = store.subscribe(2, OTHER, now=NOON)
    shown = Poll(NOON, NOON + DAY, (Arrival("g", "print", "a1"), Arrival("h", "print h", None)))
    assert store.record_poll(other.id, shown) == ()
    assert store.visible(2) == ("a1",)


def test_stories_made_while_an_edit_came_leave_the_old_version_out(store, feed):
    record(store, feed, version(1), version(1, "b1"))
    store.save_stories([Story("s1", ("a1",))])
    record(store, feed, version(2))
    store.save_stories([Story("s2", ("a1", "b1"))])
    assert store.stories(["a1", "a1~2", "b1"]) == (Story("s1", ("a1~2",)), Story("s2", ("b1",)))


def test_a_later_version_of_a_told_article_is_not_told_yet(store, feed):
    record(store, feed, version(1), version(1, "b1"))
    record(store, feed, version(2))
    saved = store.save_briefing(briefing("a1~2", "b1"), **PLACE)
    store.claim("run", 0, **PLACE, briefing_id=saved, nonce="n", now=NOON)
    assert store.told_articles(10) == {"a1~2", "b1"}
    record(store, feed, version(3))
    record(store, feed, version(4))
    assert store.told_articles(10) == {"a1~2", "b1"}
    assert store.told_articles(11) == set()
    assert store.versions(["a1~4"]) == store.versions(["a1", "a1~2"]) == ("a1", "a1~2", "a1~3", "a1~4")
    assert store.versions(["c1"]) == ()


def test_a_copy_is_told_from_what_it_repeats(store, feed):
    record(store, feed, version(1), version(1, "b1"), version(1, "c1"))
    record(store, feed, version(2))
    store.save_stories([], originals={"a1": "b1", "c1": "b1", "b1": None, "nobody": "b1"})
    assert {root: one.copy_of for root, one in store.current(["a1", "b1", "c1"]).items()} == {
        "a1": "b1",
        "b1": None,
        "c1": "b1",
    }
    assert store.articles(["a1"])["a1"].copy_of is None
    store.save_stories([], originals={"a1": None})
    assert [one.copy_of for one in store.current(["a1", "c1"]).values()] == [None, "b1"]
    store.save_stories([], originals={})


STEP = st.tuples(
    st.sampled_from("abc"),
    st.integers(1, 4),  # of the version
    st.integers(0, 1),  # by which of two feeds
    st.booleans(),  # is what is shown then told
)


def test_whatever_is_edited_the_newest_is_shown_once_and_nothing_is_told_twice(memory_store):
    guilds = count(1)  # each example is a server of its own

    @settings(max_examples=40)
    @given(st.lists(STEP, max_size=14))
    def check(steps):
        follow(memory_store, next(guilds), steps)

    check()


def follow(store, guild, steps):
    feeds = [store.subscribe(guild, f"{url}/{guild}", now=NOON) for url in (FEED, OTHER)]
    place = {"guild_id": guild, "channel_id": guild}
    newest: dict[str, int] = {}
    for run, (letter, number, which, tell) in enumerate(steps):
        root = f"{letter}{guild}"
        new = number == newest.get(root, 0) + 1
        brought = version(number, root)
        assert record(store, feeds[which], brought, guid=root) == ((brought[0].id,) if new else ())
        newest[root] = max(newest.get(root, 0), number if new else 0)
        if tell:
            untold = set(store.visible(guild)) - store.told_articles(guild)
            saved = store.save_briefing(briefing(*sorted(untold)), **place)
            store.claim(f"{guild} {run}", 0, **place, briefing_id=saved, nonce="n", now=NOON)
            assert set(store.visible(guild)) <= store.told_articles(guild)
    newest = {root: number for root, number in newest.items() if number}
    shown = {version(number, root)[0].id for root, number in newest.items()}
    assert set(store.visible(guild)) == set(store.search(["mayor"], guild_id=guild)) == shown
    assert store.count_visible(guild) == len(shown)
    assert {root: one.version for root, one in store.current(newest).items()} == newest


def test_a_reading_keeps_to_its_version(store):
    store.add_articles([pair()])
    edited = version(2, "a1")
    store.add_articles([edited])
    assert store.readings(store.visible(None)) == {"a1~2": edited[1]}


def test_links_of_a_feeds_articles_are_changed_in_every_version_and_of_no_other(store, feed):
    record(store, feed, version(1))
    record(store, feed, version(2))
    record(store, store.subscribe(1, OTHER, now=NOON), version(1, "b1"))
    links = store.links(feed.id)
    assert {each: url for each, (url, _) in links.items()} == {
        each: f"https://courier.example/{each}" for each in ("a1", "a1~2")
    }
    store.save_links(dict.fromkeys(links, (None, "https://courier.example/a.jpg")))
    assert [(each.url, each.image) for each in store.articles(["a1", "a1~2", "b1"]).values()] == [
        (None, "https://courier.example/a.jpg"),
        (None, "https://courier.example/a.jpg"),
        ("https://courier.example/b1", None),
    ]
    assert store.search(["tunnel2"], guild_id=1) == ("a1~2",)
