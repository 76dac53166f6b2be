"""When what articles plan is over: found by it for the servers that see them, kept up through edits and upgrades."""

from __future__ import annotations

from dataclasses import replace

from examples import DAY, FEED, NOON, article, pair, reading

OTHER = "https://gazette.example/feed"


def planning(article_id="a1", *days, **more):
    """An article with something planned for each of so many days after noon."""
    return article(article_id, **more), replace(reading(article_id), plans=tuple(NOON + day * DAY for day in days))


def test_the_soonest_plan_that_is_not_over_comes_first(store):
    store.add_articles([planning("far", 90), planning("near", 2, 400), planning("none"), planning("over", 0)])
    assert store.planning(None, at=NOON, limit=9) == ("near", "far")
    assert store.planning(None, at=NOON + 2 * DAY, limit=9) == ("far", "near")
    assert store.planning(None, at=NOON + 400 * DAY, limit=9) == ()


def test_a_limit_counts_plans(store):
    store.add_articles([planning("a", 1, 2), planning("b", 3), planning("c", 4)])
    assert store.planning(None, at=NOON, limit=2) == ("a",)
    assert store.planning(None, at=NOON, limit=3) == ("a", "b")


def test_a_server_finds_the_plans_of_its_own_feeds_and_of_the_operator_s_only(store):
    for guild, url, name in ((1, FEED, "ours"), (2, OTHER, "theirs"), (0, "https://all.example/feed", "everyone's")):
        store.add_articles([planning(name, 5)], feed_id=store.subscribe(guild, url, now=NOON).id)
    store.add_articles([planning("nobody's", 5)])
    assert set(store.planning(1, at=NOON, limit=9)) == {"ours", "everyone's"}
    assert set(store.planning(2, at=NOON, limit=9)) == {"theirs", "everyone's"}
    assert store.planning(3, at=NOON, limit=9) == ("everyone's",)


def test_an_article_of_two_feeds_is_found_once(store):
    for url in (FEED, OTHER):
        store.add_articles([planning("a1", 5)], feed_id=store.subscribe(1, url, now=NOON).id)
    assert store.planning(1, at=NOON, limit=9) == ("a1",)


def test_what_is_published_later_plans_nothing_yet(store):
    feed = store.subscribe(1, FEED, now=NOON)
    store.add_articles([planning("later", 5, at=NOON + DAY)], feed_id=feed.id)
    for guild in (None, 1):
        assert store.planning(guild, at=NOON, limit=9) == ()
        assert store.planning(guild, at=NOON + DAY, limit=9) == ("later",)


def test_an_edited_article_plans_what_its_newest_version_says(store):
    feed = store.subscribe(1, FEED, now=NOON)
    store.add_articles([planning("a1", 5)], feed_id=feed.id)
    store.add_articles([planning("a1-2", 9, version=2, version_of="a1")], feed_id=feed.id)
    for guild in (None, 1):
        assert store.planning(guild, at=NOON, limit=9) == ("a1-2",)
    store.add_articles([planning("a1-3", version=3, version_of="a1")], feed_id=feed.id)
    for guild in (None, 1):
        assert store.planning(guild, at=NOON, limit=9) == ()


def test_articles_read_before_plans_were_kept_can_be_given_theirs(store):
    store.add_articles([pair("a1"), pair("a2", at=NOON + DAY), pair("a3"), planning("a4")])
    store.add_articles([pair("a3-2", version=2, version_of="a3")])
    assert store.without_plans(1) == ("a2",)
    assert store.without_plans(9) == ("a2", "a1", "a3-2")
    store.save_plans({"a1": (NOON + 5 * DAY,), "a2": (), "a3": (NOON + 5 * DAY,), "gone": ()})
    assert store.without_plans(9) == ("a3-2",)
    assert store.planning(None, at=NOON + DAY, limit=9) == ("a1",)


def test_a_reading_keeps_its_plans(store):
    store.add_articles([one := planning("a1", 5, 9), two := planning("a2"), three := pair("a3")])
    assert store.readings(["a1", "a2", "a3"]) == {"a1": one[1], "a2": two[1], "a3": three[1]}
