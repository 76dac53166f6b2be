"""Stories as a stream: articles join, stories merge, split and go on under their ids, whatever the order of arrival."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import joining
from briefs.errors import StoreError
from briefs.joining import Joining
from briefs.models import Article, Block, BlockKind, Reading, Sentence, Story
from briefs.newsroom import now_utc
from briefs.quarantine import Quarantine
from briefs.store import Store, neighbours
from briefs.stories import chapters, content, group, stream
from briefs.stories.similarity import Frequencies
from briefs.workers import Workers

if TYPE_CHECKING:
    from briefs.stories.content import Content

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)

BRIDGE = "The Halden bridge over the river Aske closed on Monday after inspectors found cracks in two of its cables."
BRIDGE_TOO = "Inspectors closed the Halden bridge on Monday: two cables over the river Aske are cracked."
BRIDGE_STILL = "The Halden bridge over the Aske stays closed while its cracked cables are examined, inspectors said."
MARKET = "Prices of wheat rose by four percent at the Lindal exchange as farmers feared a dry spring."
MARKET_TOO = "Farmers fear a dry spring, and wheat cost four percent more at the Lindal exchange."
TEXTS = (BRIDGE, BRIDGE_TOO, BRIDGE_STILL, MARKET, MARKET_TOO)


def article(name: str, text: str, *, days: float = 0, **more) -> Article:
    at = NOON + days * DAY
    return Article(name, text, (Block(0, len(text), BlockKind.PROSE),), at, published_at=at, **more)


class Desk:
    """A store with what joins stories in it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.joining = Joining(store, Workers(0), Quarantine(store, now_utc))

    def arrive(self, *articles: Article) -> None:
        """Store and group articles that come together."""
        self.keep(*articles)
        self.joining.group(articles)

    def keep(self, *articles: Article) -> None:
        """Store articles, and be killed before they are grouped."""
        self.store.add_articles([(a, Reading(a.id, a.shown_at, (Sentence(a.id, 0, len(a.text)),))) for a in articles])

    def stories(self) -> dict[str, tuple[str, ...]]:
        return {story.id: story.article_ids for story in self.store.stories(self.store.visible(None))}


@pytest.fixture
def desk(store):
    return Desk(store)


# ------------------------------------------------------------------------------------------------------------- arriving
def test_an_article_joins_the_story_it_tells_and_another_begins_its_own(desk):
    desk.arrive(article("a", BRIDGE))
    desk.arrive(article("b", MARKET, days=0.1))
    desk.arrive(article("c", BRIDGE_TOO, days=0.5))

    assert sorted(desk.stories().values()) == [("a", "c"), ("b",)]
    assert set(desk.stories()) == {stream.story_id("a"), stream.story_id("b")}


def test_all_at_once_is_what_grouping_gives(desk):
    articles = [article("a", BRIDGE), article("b", MARKET), article("c", BRIDGE_TOO, days=1), article("d", MARKET_TOO)]
    desk.arrive(*articles)

    assert desk.stories() == {story.id: story.article_ids for story in group(articles)}


def test_an_older_article_that_arrives_late_joins_and_leaves_the_id_as_it_was(desk):
    desk.arrive(article("late", BRIDGE_TOO, days=1))
    desk.arrive(article("early", BRIDGE))

    assert desk.stories() == {stream.story_id("late"): ("early", "late")}


def test_like_reports_out_of_reach_stay_apart(desk):
    desk.arrive(article("a", BRIDGE))
    desk.arrive(article("b", BRIDGE_TOO, days=joining.REACH + 1))

    assert len(desk.stories()) == 2


def test_articles_in_two_languages_are_never_likes(desk):
    desk.arrive(article("a", BRIDGE))
    desk.arrive(article("b", BRIDGE, language="de"))

    assert len(desk.stories()) == 2


def test_a_story_of_more_articles_than_are_looked_at_stays_whole(desk, monkeypatch):
    monkeypatch.setattr(joining, "MEMBERS", 2)
    monkeypatch.setattr(joining, "LIKES", 2)
    texts = (BRIDGE, BRIDGE_TOO, BRIDGE_STILL)
    for k in range(9):
        desk.arrive(article(f"a{k}", texts[k % 3], days=k / 10))

    assert desk.stories() == {stream.story_id("a0"): tuple(f"a{k}" for k in range(9))}


def test_a_wire_copy_is_linked_to_its_original(desk):
    wire = (
        f"{BRIDGE} The mayor of Halden asked drivers to use the ferry, which will run every ten minutes until Friday."
    )
    desk.arrive(article("wire", wire))
    desk.arrive(article("other", BRIDGE_TOO, days=0.1))
    desk.arrive(article("copy", wire, days=0.2))

    (members,) = desk.stories().values()
    assert {i: desk.store.articles([i])[i].copy_of for i in members} == {"wire": None, "other": None, "copy": "wire"}


def test_an_edit_may_make_a_copy_of_an_article_and_another_undo_it(desk):
    wire = (
        f"{BRIDGE} The mayor of Halden asked drivers to use the ferry, which will run every ten minutes until Friday."
    )
    desk.arrive(article("wire", wire), article("own", BRIDGE_TOO, days=0.1))
    for version, text, original in ((2, wire, "wire"), (3, BRIDGE_TOO, None), (4, wire, "wire"), (5, MARKET, None)):
        desk.arrive(article(f"own~{version}", text, days=0.1, version=version, version_of="own"))
        assert desk.store.current(["own"])["own"].copy_of == original


# -------------------------------------------------------------------------------------------------- merging and splitting
def told(name: str, at: float, **counts: float) -> Content:
    """What an article tells, where only its words matter."""
    return content.of(Article(name, " ".join(f"{word} " * int(n) for word, n in counts.items()), (), NOON + at * DAY))


ALPHA = {"quake": 3, "harbour": 3, "tents": 3}
BETA = {"wheat": 3, "exchange": 3, "drought": 3}


def settled(contents, held, standing=frozenset()):
    arrived = frozenset(each.article_id for each in contents) - held.keys()
    return stream.settle(contents, arrived, held, standing | set(held.values()), Frequencies.among(contents))


def test_when_stories_merge_the_older_id_stays_and_the_other_leads_to_it():
    contents = [told("a", 0, **ALPHA), told("b", 1, **ALPHA), told("z", 0, **BETA)]
    outcome = settled(contents, {"a": "s-old", "b": "s-young", "z": "s-other"})

    assert outcome.stories == (Story("s-old", ("a", "b")),)
    assert outcome.merged == {"s-young": "s-old"}
    assert outcome.begun == frozenset()


def test_when_a_story_splits_most_of_it_keeps_the_id():
    contents = [told("a", 0, **BETA), told("b", 1, **ALPHA), told("c", 2, **ALPHA)]
    outcome = settled(contents, dict.fromkeys("abc", stream.story_id("a")))

    by_members = {story.article_ids: story.id for story in outcome.stories}
    assert by_members == {("a",): stream.story_id("a", stream.story_id("a"))}  # its own first id is the others' now
    assert outcome.begun == set(by_members.values())
    assert outcome.merged == {}


def test_of_two_equal_parts_the_one_with_the_oldest_article_keeps_the_id():
    contents = [told("a", 0, **BETA), told("b", 1, **ALPHA)]
    outcome = settled(contents, {"a": "s", "b": "s"})

    assert outcome.stories == (Story(stream.story_id("b"), ("b",)),)


def test_an_id_that_another_story_has_is_not_given_again():
    contents = [told("b", 0, **ALPHA)]
    outcome = settled(contents, {}, frozenset({stream.story_id("b")}))

    (story,) = outcome.stories
    assert story.id not in {stream.story_id("b"), "s"}


def test_what_does_not_change_is_not_told():
    contents = [told("a", 0, **ALPHA), told("b", 1, **ALPHA), told("c", 1, **BETA)]
    assert settled(contents, {"a": "s", "b": "s"}).stories == (Story(stream.story_id("c"), ("c",)),)
    assert settled(contents, {"a": "s", "b": "s", "c": "t"}) == stream.Outcome()
    assert settled([], {}) == stream.Outcome()


def test_stories_that_an_article_joins_are_one_and_are_found_by_both_ids(desk):
    desk.arrive(article("a", BRIDGE))
    desk.arrive(article("b", MARKET, days=0.1))
    ids = [stream.story_id("a"), stream.story_id("b")]
    desk.store.save_stories([Story(ids[1], ("b",))])
    desk.store.save_stories([Story(ids[0], ("a",))], merged={ids[1]: ids[0]})

    assert desk.stories() == {ids[0]: ("a", "b")}
    assert desk.store.story(ids[1]) == desk.store.story(ids[0]) == Story(ids[0], ("a", "b"))

    desk.joining.group(
        [article("b", MARKET, days=0.1)]
    )  # another look: they tell of two things, and each has its id back
    assert desk.stories() == {ids[0]: ("a",), ids[1]: ("b",)}
    assert desk.store.story(ids[1]) == Story(ids[1], ("b",))


def test_a_small_archive_is_grouped_anew_when_it_has_doubled(desk):
    desk.arrive(article("a", BRIDGE), article("b", MARKET))
    desk.store.save_stories([Story("s-wrong", ("a", "b"))])
    desk.arrive(article("c", "Voters in Oster chose a new mayor.", days=30))
    assert ("a", "b") in desk.stories().values()

    desk.arrive(article("d", "A ferry ran aground off Lund with no one hurt.", days=60))
    assert sorted(desk.stories().values()) == [("a",), ("b",), ("c",), ("d",)]


# ------------------------------------------------------------------------------------------------------------- chapters
def test_a_story_that_goes_on_later_continues_the_older_one(desk, monkeypatch):
    asked = []

    def continues(story, older, _frequencies):
        asked.append(([each.article_id for each in story], [[each.article_id for each in one] for one in older]))
        return 0

    monkeypatch.setattr(chapters, "continues", continues)
    desk.arrive(article("a", BRIDGE))
    desk.arrive(article("b", BRIDGE_TOO, days=0.2))
    desk.arrive(article("c", BRIDGE_STILL, days=30))

    first, next_one = stream.story_id("a"), stream.story_id("c")
    assert asked == [(["c"], [["a", "b"]])]
    assert desk.store.story(next_one) == Story(next_one, ("c",), continues=first)
    assert desk.store.story(first).continues is None


@pytest.mark.parametrize("step", ["_older", "_continue"])
def test_killed_before_it_was_found_out_what_a_story_continues_the_next_run_finds_it_out(desk, monkeypatch, step):
    monkeypatch.setattr(chapters, "continues", lambda _story, older, _frequencies: 0 if older else None)
    first, next_one = stream.story_id("a"), stream.story_id("c")
    desk.arrive(article("a", BRIDGE))

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(desk.joining, step, killed)
        with pytest.raises(KeyboardInterrupt):
            desk.arrive(article("c", BRIDGE_STILL, days=joining.REACH + 5))
    assert desk.store.story(next_one) == Story(next_one, ("c",))

    Joining(desk.store, Workers(0), Quarantine(desk.store, now_utc)).catch_up()
    assert desk.store.story(next_one) == Story(next_one, ("c",), continues=first)
    assert desk.store.begun_stories() == ()


def test_chapters_never_go_in_a_circle_and_follow_a_merged_story(desk):
    desk.keep(*(article(name, BRIDGE) for name in "abc"))
    desk.store.save_stories([Story("s-a", ("a",)), Story("s-b", ("b",)), Story("s-c", ("c",))])
    desk.store.continue_stories({"s-b": "s-a"})
    desk.store.continue_stories({"s-a": "s-b"})
    desk.store.continue_stories({"s-c": "nowhere"})
    assert [desk.store.story(f"s-{name}").continues for name in "abc"] == [None, "s-a", None]

    desk.store.save_stories([Story("s-c", ("c",))], merged={"s-a": "s-c"})
    assert desk.store.story("s-b").continues == "s-c"
    desk.store.save_stories([Story("s-c", ("c",))], merged={"s-b": "s-c"})
    assert desk.store.story("s-b") == Story("s-c", ("a", "b", "c"))


def test_stories_that_merge_keep_what_they_continue_and_make_no_circle(desk):
    desk.keep(*(article(name, BRIDGE, days=day) for day, name in enumerate("abc")))
    names = [f"s-{name}" for name in "abc"]
    desk.store.save_stories([Story(f"s-{name}", (name,)) for name in "abc"])
    desk.store.continue_stories({"s-b": "s-a"})
    desk.store.continue_stories({"s-c": "s-b"})

    desk.store.save_stories([Story("s-c", ("b", "c"))], merged={"s-b": "s-c"})
    assert [desk.store.story(name).continues for name in names] == [None, "s-a", "s-a"]

    desk.store.save_stories([Story("s-b", ("b",))])
    desk.store.continue_stories({"s-b": "s-c"})
    desk.store.save_stories([Story("s-b", ("a", "b"))], merged={"s-a": "s-b"})
    assert desk.store.story("s-b") == Story("s-b", ("a", "b"))  # it is the oldest now
    assert desk.store.story("s-c") == Story("s-c", ("c",), continues="s-b")


# ------------------------------------------------------------------------------------------------ edits, crashes, upgrades
def stems_counted(store: Store) -> Counter[int]:
    with store._database.reading() as connection:
        rows = connection.execute(neighbours.stem_counts.select())
        return Counter({row.stem: row.articles for row in rows if row.articles})


def test_an_edited_article_counts_once(desk):
    desk.arrive(article("a", BRIDGE), article("z", MARKET))
    once = stems_counted(desk.store)
    for version in range(2, 5):
        desk.arrive(article(f"a~{version}", BRIDGE, version=version, version_of="a"))
        assert stems_counted(desk.store) == once
    desk.arrive(article("b", BRIDGE_TOO, days=0.1))

    assert desk.stories() == {stream.story_id("a"): ("a~4", "b"), stream.story_id("z"): ("z",)}


def test_an_edit_that_tells_of_something_else_leaves_the_story(desk):
    desk.arrive(article("a", BRIDGE), article("b", BRIDGE_TOO))
    desk.arrive(article("b~2", MARKET, version=2, version_of="b"))

    assert sorted(desk.stories().values()) == [("a",), ("b~2",)]


def test_what_a_killed_run_left_is_grouped_when_there_is_time(desk):
    desk.arrive(article("a", BRIDGE))
    desk.keep(article("b", BRIDGE_TOO, days=0.1), article("c", MARKET))
    desk.joining.catch_up()

    assert sorted(desk.stories().values()) == [("a", "b"), ("c",)]
    assert desk.store.without_content(9) == ()


def test_what_a_killed_run_left_is_grouped_later_and_counts_once(desk):
    desk.arrive(article("a", BRIDGE))
    desk.keep(article("b", BRIDGE_TOO, days=0.1), article("c", MARKET))
    desk.arrive(article("d", BRIDGE_STILL, days=0.2))
    assert sorted(desk.stories().values()) == [("a", "d")]

    left = list(desk.store.articles(["b", "c"]).values())
    desk.joining.group(left)
    once = stems_counted(desk.store)
    desk.joining.group(left)

    assert sorted(desk.stories().values()) == [("a", "b", "d"), ("c",)]
    assert stems_counted(desk.store) == once
    assert once[neighbours.ANY] == 4


def test_a_killed_run_leaves_nothing_of_an_older_version(desk):
    desk.arrive(article("a", BRIDGE), article("z", MARKET))
    once = stems_counted(desk.store)
    desk.keep(article("a~2", BRIDGE, version=2, version_of="a"), article("z~2", MARKET, version=2, version_of="z"))
    desk.arrive(article("b", BRIDGE_TOO, days=0.1))
    desk.joining.catch_up()

    assert desk.stories() == {stream.story_id("a"): ("a~2", "b"), stream.story_id("z"): ("z~2",)}
    assert desk.store.contents(["a", "z"]) == {}
    assert stems_counted(desk.store)[neighbours.ANY] == once[neighbours.ANY] + 1 == 3


def test_an_edit_that_a_killed_run_left_is_told_by_its_story(desk):
    desk.arrive(article("a", BRIDGE), article("b", BRIDGE_TOO))
    desk.keep(article("a~2", BRIDGE, version=2, version_of="a"))
    desk.arrive(article("c", BRIDGE_STILL, days=0.1))

    assert sorted(desk.stories().values()) == [("a~2", "b", "c")]
    assert desk.store.contents(["a"]) == {}
    assert stems_counted(desk.store)[neighbours.ANY] == 3


def test_what_a_failed_run_left_is_looked_for_again(desk, monkeypatch):
    desk.arrive(article("a", BRIDGE), article("b", BRIDGE_TOO, days=0.1))
    desk.joining.catch_up()
    with monkeypatch.context() as broken:
        broken.setattr(desk.store, "save_stories", fails)
        with pytest.raises(StoreError):
            desk.arrive(article("a~2", MARKET, version=2, version_of="a"))
    assert sorted(desk.stories().values()) == [("a~2", "b")]

    desk.joining.catch_up()
    assert sorted(desk.stories().values()) == [("a~2",), ("b",)]


def fails(*_, **__):
    raise StoreError("The disk is full.")


PARTS = st.tuples(
    st.sampled_from(("arrive", "killed", "failed", "damaged", "restarted", "catch up")),
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from((*TEXTS, "", "The of and to."))),
        min_size=1,
        max_size=3,
        unique_by=lambda each: each[0],
    ),
)


def live(desk: Desk, happens: str, articles: list[Article], context: pytest.MonkeyPatch) -> Desk:
    """One part of a history; the desk that goes on after it."""
    match happens:
        case "arrive":
            desk.arrive(*articles)
        case "killed":
            desk.keep(*articles)
            return Desk(desk.store)
        case "failed":
            context.setattr(desk.store, "save_stories", fails)
            with pytest.raises(StoreError):
                desk.arrive(*articles)
            context.undo()
        case "damaged":
            with desk.store._database.writing() as connection:
                connection.execute(neighbours.contents.update().values(data=b"rust"))
            return Desk(desk.store)
        case "restarted":
            return Desk(desk.store)
        case "catch up":
            desk.joining.catch_up()
    return desk


@settings(max_examples=20, derandomize=True)
@given(history=st.lists(PARTS, min_size=1, max_size=8))
def test_whatever_happens_every_article_is_in_one_story_at_last_and_counts_once(history):
    with Store.open("sqlite://") as store, pytest.MonkeyPatch.context() as context:
        desk, edition = Desk(store), Counter[int]()
        for happens, told in history:
            comes = happens in {"arrive", "killed", "failed"}
            edition.update(number for number, _ in told if comes)
            articles = [edited(number, edition[number], text) for number, text in told if comes]
            desk = live(desk, happens, articles, context)
        desk = Desk(store)
        desk.joining.catch_up()

        newest = {edited(number, version, "").id for number, version in edition.items()}
        assert Counter(i for members in desk.stories().values() for i in members) == Counter(newest)
        contents = {i: content.unpack(data) for i, data in remade(store, newest).items()}
        assert stems_counted(store) == Counter(
            code for told in contents.values() for code in {neighbours.ANY, *map(stream.code, told.counts)}
        )


def edited(number: int, version: int, text: str) -> Article:
    older = {"version": version, "version_of": f"a{number}"} if version > 1 else {}
    return article(f"a{number}~{version}" if older else f"a{number}", text, days=number / 5, **older)


def remade(store: Store, ids: set[str]) -> dict[str, bytes]:
    """The contents of articles, which no other article has; made anew from what they say, since some are damaged."""
    with store._database.reading() as connection:
        held = connection.execute(neighbours.contents.select()).all()
    assert len(held) == len(ids)
    packed = {i: content.of(each).pack() for i, each in store.articles(ids).items()}
    assert store.contents(ids).keys() == packed.keys()
    return packed


def test_articles_of_an_earlier_release_are_given_contents_little_by_little(desk, monkeypatch):
    monkeypatch.setattr(joining, "CAUGHT_UP", 2)
    desk.keep(article("a", BRIDGE), article("b", BRIDGE_TOO, days=0.1), article("c", MARKET, days=0.05))
    desk.store.save_stories([Story("s-ab", ("a", "b")), Story("s-c", ("c",))])

    assert desk.store.without_content(9) == ("b", "c", "a")
    desk.joining.catch_up()
    assert desk.store.without_content(9) == ("a",)
    for _ in range(3):
        desk.joining.catch_up()
    assert desk.store.without_content(9) == ()
    assert stems_counted(desk.store)[neighbours.ANY] == 3

    desk.arrive(article("d", BRIDGE_STILL, days=0.2))
    assert desk.stories() == {"s-ab": ("a", "b", "d"), "s-c": ("c",)}


def test_two_that_group_at_once_leave_every_article_in_one_story(store_url):
    with Store.open(store_url) as one, Store.open(store_url) as other:
        desks = [Desk(one), Desk(other)]
        texts = (BRIDGE, BRIDGE_TOO, BRIDGE_STILL, MARKET, MARKET_TOO)

        def work(place: int) -> None:
            for k in range(10):
                desks[place].arrive(article(f"{place}-{k}", texts[k % 5], days=k / 10))

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(work, range(2)))
        found = Counter(i for members in desks[0].stories().values() for i in members)
        assert found == Counter(one.visible(None))
        assert len(found) == stems_counted(one)[neighbours.ANY] == 20


def test_a_damaged_content_is_made_again(desk):
    desk.arrive(article("a", BRIDGE), article("z", MARKET))
    once = stems_counted(desk.store)
    with desk.store._database.writing() as connection:
        connection.execute(neighbours.contents.update().values(data=b"rust"))
    desk = Desk(desk.store)  # started anew: it remembers nothing
    desk.arrive(article("b", BRIDGE_TOO, days=0.1))
    desk.arrive(article("z~2", MARKET, version=2, version_of="z"))

    assert sorted(desk.stories().values()) == [("a", "b"), ("z~2",)]
    assert content.unpack(desk.store.contents(["a"])["a"]) == content.of(article("a", BRIDGE))
    assert stems_counted(desk.store)[neighbours.ANY] == once[neighbours.ANY] + 1


# -------------------------------------------------------------------------------------------------------------- the store
def alike(store: Store, sought: neighbours.Sought, limit: int = 9) -> set[str]:
    with store._database.reading() as connection:
        return set(neighbours.near(connection, sought, limit))


def test_the_likes_of_an_article_are_found_by_the_weight_they_share_nearest_in_time(desk):
    texts = [(BRIDGE, k) for k in range(4)] + [(MARKET, 1)]
    desk.arrive(*(article(f"a{k}", text, days=days) for k, (text, days) in enumerate(texts)))
    told_ = content.of(article("new", BRIDGE, days=1))
    weights = {stream.code(s, "en"): 1.0 for s in told_.counts}

    def near(*, since: float, until: float, least: float = 0.0, limit: int = 9):
        sought = neighbours.Sought(weights, told_.at, told_.at + since, told_.at + until, least)
        return alike(desk.store, sought, limit)

    assert near(since=-9, until=9, least=2.0) == {"a0", "a1", "a2", "a3"}
    assert near(since=-1, until=0, least=2.0) == {"a0", "a1"}
    assert near(since=-9, until=-0.5) == {"a0"}
    assert len(near(since=-9, until=9, limit=2)) == 2
    assert alike(desk.store, neighbours.Sought({}, 0, 0, 0)) == set()


def test_a_content_is_stored_once_and_goes_with_its_stems(desk):
    desk.keep(article("a", BRIDGE), article("b", MARKET))
    indexed = neighbours.Indexed("a", b"packed", frozenset({1, 2}), frozenset({2}))
    for _ in range(2):
        desk.store.save_stories([], contents=[indexed])
    assert desk.store.stem_counts([1, 2, 3]) == (1, {1: 1, 2: 1})
    assert desk.store.contents(["a", "b"]) == {"a": b"packed"}

    for _ in range(2):
        desk.store.save_stories([], outdated={"a": {1, 2}, "b": {1}})
    assert desk.store.stem_counts([1, 2]) == (0, {1: 0, 2: 0})
    assert desk.store.contents(["a"]) == {}
    assert alike(desk.store, neighbours.Sought({2: 1.0}, 0, -1e6, 1e6)) == set()


# -------------------------------------------------------------------------------------------------------- order of arrival


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_does_not_matter(memory_store, seed):
    articles = [article(f"a{k}", text, days=k / 4) for k, text in enumerate(TEXTS)]
    random.Random(seed).shuffle(articles)
    desk = Desk(memory_store)
    for each in articles:
        desk.arrive(each)

    assert sorted(desk.stories().values()) == [("a0", "a1", "a2"), ("a3", "a4")]
