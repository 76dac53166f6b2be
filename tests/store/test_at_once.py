"""Two processes that do the same at once: each thing is stored once, and neither waits for the other for ever."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

from examples import DAY, FEED, NOON, article, pair, reading

from briefs.models import Story
from briefs.store import Arrival, Poll, Store

OTHER = "https://gazette.example/feed"
ROUNDS = 8
TOGETHER: list = []  # the barrier, in each process


def meet(barrier) -> None:
    TOGETHER.append(barrier)


def arrivals(turn: int) -> list[Arrival]:
    """New articles, and an edit of each article of the turn before."""
    names = [f"{turn}-{letter}" for letter in "abcd"]
    roots = [f"{turn - 1}-{letter}" for letter in "abcd"] if turn else []
    new = [Arrival(name, "first", name, pair(name)) for name in names]
    edits = [
        (article(f"{root}~2", "The tunnel is open.", version=2, version_of=root), reading(f"{root}~2"))
        for root in roots
    ]
    return new + [Arrival(one.root, "second", one.root, (one, known)) for one, known in edits]


def work(url: str, place: int, feed_ids: tuple[int, int]) -> list[str]:
    """Record the same polls as the other process, of the same feed and of another in turn, in the other order."""
    stored: list[str] = []
    with Store.open(url) as store:
        for turn in range(ROUNDS):
            found = arrivals(turn)[:: 1 if place else -1]
            feed_id = feed_ids[place if turn % 2 else 0]
            TOGETHER[0].wait(30)
            poll = Poll(NOON, NOON + DAY, tuple(found), paragraphs={("courier.example", str(turn)): 4})
            stored += store.record_poll(feed_id, poll)
            store.save_stories(
                [Story(f"s{turn}", tuple(each.article_id for each in found if each.fingerprint == "first"))]
            )
            store.save_stories([], originals={each.article_id: found[0].article_id for each in found[1:]})
    return stored


def test_what_two_processes_collect_at_once_is_stored_once(store_url):
    with Store.open(store_url) as store:
        ids = tuple(store.subscribe(1, url, now=NOON).id for url in (FEED, OTHER))
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    with context.Pool(2, initializer=meet, initargs=(barrier,)) as processes:
        one, two = processes.starmap(work, [(store_url, 0, ids), (store_url, 1, ids)], chunksize=1)
    expected = {each.brought[0].id for turn in range(ROUNDS) for each in arrivals(turn)}
    assert sorted(one + two) == sorted(expected)
    with Store.open(store_url) as store:
        assert len(store.visible(1)) == store.count_visible(1) == store.statistics().articles == 4 * ROUNDS
        versions = [store.current([f"{turn}-a"])[f"{turn}-a"].version for turn in range(ROUNDS)]
        assert versions == [2] * (ROUNDS - 1) + [1]
        counted = store.paragraph_counts("courier.example", [str(turn) for turn in range(ROUNDS)])
        assert set(counted.values()) == {4}


def test_of_eight_threads_that_claim_a_notice_one_wins(store):
    feed = store.subscribe(1, FEED, now=NOON)
    store.record_failure(feed.id, "It is gone.", at=NOON, next_poll_at=NOON + DAY, ended=True)
    for _ in range(5):
        (notice,) = store.notices(streak=3, failing_before=NOON)
        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(lambda _, notice=notice: store.claim_notice(notice, NOON), range(8))) == 1
        store.release_notice(notice)


def test_a_feed_that_is_left_and_joined_at_once_is_there_for_who_joined(store):
    def leave(feed):
        assert store.unsubscribe(1, feed.id) is True

    def join(_feed):
        return store.subscribe(2, FEED, now=NOON)

    with ThreadPoolExecutor(2) as threads:
        for _ in range(15):
            feed = store.subscribe(1, FEED, now=NOON)
            left, joined = threads.submit(leave, feed), threads.submit(join, feed)
            left.result(30)
            there = joined.result(30)
            assert store.feeds(2) == (there,)
            assert store.unsubscribe(2, there.id) is True
            assert store.feeds() == ()
