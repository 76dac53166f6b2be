"""The ledger says "once": one claim wins, and what was told is known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from examples import DAY, NOON, briefing

from briefs.models import PostState, Unmoved

PLACE = {"guild_id": 1, "channel_id": 10}


def claim(store, run_key="10/2025-08-01/08:00", part=0, *, of, **more):
    return store.claim(run_key, part, **{**PLACE, "briefing_id": of, "nonce": f"n{part}", "now": NOON, **more})


def test_a_briefing_comes_back_with_its_channel(store):
    saved = store.save_briefing(briefing("a1", "a2"), **PLACE)
    found = store.briefing(saved)
    assert found == (briefing("a1", "a2"), 1, 10)
    assert (found.guild_id, found.channel_id) == (1, 10)
    assert store.briefing(saved + 1) is None


def test_a_part_of_a_run_is_claimed_once(store):
    saved = store.save_briefing(briefing(), **PLACE)
    first = claim(store, of=saved)
    assert (first.state, first.nonce, first.claimed_at, first.message_id) == (PostState.CLAIMED, "n0", NOON, None)
    assert claim(store, of=saved, nonce="other") is None
    second = claim(store, part=1, of=saved)
    assert store.posts("10/2025-08-01/08:00") == (first, second)
    assert store.posts("another run") == ()


def test_of_eight_threads_that_claim_a_post_one_wins(store):
    saved = store.save_briefing(briefing(), **PLACE)
    with ThreadPoolExecutor(8) as threads:
        for run in range(5):
            won = list(threads.map(lambda _, run=run: claim(store, f"run {run}", of=saved), range(8)))
            assert sum(post is not None for post in won) == 1


def test_a_sent_post_has_its_message_and_a_failed_one_its_reason(store):
    saved = store.save_briefing(briefing(), **PLACE)
    sent, failed, open_ = (claim(store, part=part, of=saved) for part in range(3))
    store.record_sent(sent.id, 2**62)
    store.record_failed(failed.id, "The channel is gone.")
    store.record_failed(sent.id, "too late: it arrived")
    states = [(post.state, post.message_id, post.error) for post in store.posts(sent.run_key)]
    assert states == [
        (PostState.SENT, 2**62, None),
        (PostState.FAILED, None, "The channel is gone."),
        (PostState.CLAIMED, None, None),
    ]
    assert store.unfinished_posts() == (open_,)


def test_a_servers_latest_posts_come_newest_first_whatever_became_of_them(store):
    saved = store.save_briefing(briefing(), **PLACE)
    claim(store, "one", of=saved)
    later = claim(store, "two", of=saved, now=NOON + DAY)
    claim(store, "elsewhere", of=saved, guild_id=2, channel_id=20, now=NOON + DAY)
    store.record_failed(later.id, "The channel is gone.")
    assert [(post.run_key, post.state) for post in store.recent_posts(1, 9)] == [
        ("two", PostState.FAILED),
        ("one", PostState.CLAIMED),
    ]
    assert store.recent_posts(1, 1) == (replace(later, state=PostState.FAILED, error="The channel is gone."),)
    assert store.recent_posts(2, 9)[0].run_key == "elsewhere"


def test_the_latest_briefing_is_one_that_arrived(store):
    older = store.save_briefing(briefing("a1"), **PLACE)
    newer = store.save_briefing(briefing("a2", made_at=NOON + DAY), guild_id=1, channel_id=11)
    assert store.latest_briefing(1) is None
    store.record_sent(claim(store, "one", of=older).id, 5)
    unsent = claim(store, "two", of=newer, channel_id=11)
    assert store.latest_briefing(1) == (older, briefing("a1"))
    store.record_sent(unsent.id, 6)
    assert store.latest_briefing(1) == (newer, briefing("a2", made_at=NOON + DAY))
    assert store.latest_briefing(1, 10) == (older, briefing("a1"))
    assert store.latest_briefing(2) is None


def test_a_briefing_that_nobody_posted_is_forgotten_and_one_that_was_or_may_have_been_stays(store):
    old, posted, failed, fresh = (
        store.save_briefing(briefing("a1", made_at=NOON + age), **PLACE) for age in (-DAY, -DAY, -DAY, 0 * DAY)
    )
    claim(store, "posted", of=posted)
    store.record_failed(claim(store, "failed", of=failed).id, "No permission.")
    assert store.forget_unposted(NOON) == 1
    assert [store.briefing(each) is None for each in (old, posted, failed, fresh)] == [True, False, False, False]
    assert store.forget_unposted(NOON) == 0
    assert store.told_articles(10) == {"a1"}


def test_articles_are_told_where_their_briefing_arrived_or_may_have(store):
    saved = store.save_briefing(briefing("a1", "a2"), **PLACE)
    assert store.told_articles(10) == set()
    post = claim(store, of=saved)
    assert store.told_articles(10) == {"a1", "a2"}
    assert store.told_articles(11) == set()
    store.record_failed(post.id, "No permission.")
    assert store.told_articles(10) == set()


def test_articles_on_which_nothing_was_new_are_told_too(store):
    seen = replace(briefing("a1"), unmoved=(Unmoved("s2", "The bridge stays open", "b1", ("b1", "b2")),))
    claim(store, of=store.save_briefing(seen, **PLACE))
    assert store.told_articles(10) == {"a1", "b1", "b2"}


def test_the_briefings_that_told_an_article_come_newest_first(store):
    told = [briefing("a1"), briefing("a2", made_at=NOON + DAY), briefing("a1", "a3", made_at=NOON + 2 * DAY)]
    posts = [claim(store, f"run {n}", of=store.save_briefing(each, **PLACE)) for n, each in enumerate(told)]
    store.save_briefing(briefing("a1"), **PLACE)  # a preview: nobody got it
    assert store.telling(10, ["a1", "a3", "other"], limit=9) == (told[2], told[0])
    assert store.telling(10, ["a1"], limit=1) == (told[2],)
    assert store.telling(11, ["a1"], limit=9) == ()
    store.record_failed(posts[2].id, "No permission.")
    assert store.telling(10, ["a1", "a3"], limit=9) == (told[0],)
