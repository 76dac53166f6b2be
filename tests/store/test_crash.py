"""A process that is killed leaves what it had finished, and nothing of what it had not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

from examples import DAY, FEED, NOON, briefing, pair

from briefs.models import PostState
from briefs.store import Arrival, Poll, Store

ROOT = Path(__file__).parents[2]


def run_and_kill(url: str, work: str) -> None:
    """Run ``work`` in a process of its own, and kill it with SIGKILL where it says so."""
    script = f"""
    import os, signal, sys
    sys.path.insert(0, {str(Path(__file__).parent)!r})
    from examples import *
    from briefs.store import Arrival, Poll, Store, articles

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    store = Store.open({url!r})
    """
    code = textwrap.dedent(script) + textwrap.dedent(work)
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL


def test_a_poll_killed_before_its_end_leaves_nothing_and_can_be_done_again(store_url):
    with Store.open(store_url) as store:
        feed = store.subscribe(1, FEED, now=NOON)
    poll = """
        articles.link = die  # the articles are inserted, the rest is not
        store.record_poll({id}, Poll(NOON, NOON + DAY, (Arrival("g1", "print", "a1", pair("a1")),), etag="e"))
    """
    run_and_kill(store_url, poll.format(id=feed.id))
    with Store.open(store_url) as store:
        assert store.visible(None) == store.search(["bridge"], guild_id=None) == ()
        assert store.seen_entries(feed.id, guids=["g1"], fingerprints=["print"]) == ()
        assert store.feeds()[0].etag is None
        again = Poll(NOON, NOON + DAY, (Arrival("g1", "print", "a1", pair("a1")),))
        assert store.record_poll(feed.id, again) == ("a1",)


def test_a_claim_outlives_the_process_that_made_it(store_url):
    with Store.open(store_url) as store:
        saved = store.save_briefing(briefing("a1"), guild_id=1, channel_id=10)
    run_and_kill(
        store_url,
        f"""
        store.claim("run", 0, guild_id=1, channel_id=10, briefing_id={saved}, nonce="n", now=NOON)
        die()
        """,
    )
    with Store.open(store_url) as store:
        (left,) = store.unfinished_posts()
        assert (left.run_key, left.state, left.nonce) == ("run", PostState.CLAIMED, "n")
        assert store.claim("run", 0, guild_id=1, channel_id=10, briefing_id=saved, nonce="m", now=NOON) is None
        assert store.told_articles(10) == {"a1"}


def test_a_migration_killed_half_way_is_done_again(database_url):
    run_and_kill_opening(database_url)
    with Store.open(database_url) as store:
        assert store.statistics().articles == 0


def run_and_kill_opening(url: str) -> None:
    code = f"""
import os, signal
from alembic import op
from briefs.store import Store
seen = []
execute = op.execute
def die(statement):
    seen.append(execute(statement))
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
op.execute = die
Store.open({url!r})
"""
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
