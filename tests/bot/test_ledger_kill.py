"""The real program is killed while it posts a scheduled briefing; after a restart exactly one post stands in the channel.

Nothing of the killed program stays behind either: its workers end with it.
"""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import program
import pytest
from discord_on_loopback import CHANNEL, GUILD
from news import store_news

from bot.operation.jobs import CATCH_UP
from briefs.models import PostState
from briefs.store import Store

pytest_plugins = ["connected"]
pytestmark = pytest.mark.slow


@pytest.fixture
def store(tmp_path):
    """A database with news and a briefing that was due a minute ago."""
    now = datetime.now(UTC)
    with Store.open(f"sqlite:///{tmp_path}/debrief.db") as opened:
        store_news(opened, GUILD, at=now - timedelta(hours=3))
        due = f"{now - timedelta(minutes=1):%H:%M}"
        opened.add_schedule(GUILD, CHANNEL, [due], range(7), "UTC", None, now - timedelta(days=1))
        yield opened


@contextmanager
def bot(loopback, tmp_path):
    running = program.start(
        "run", folder=tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/debrief.db", **loopback.environment
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait(program.PATIENCE)


def until(condition, tmp_path):
    deadline = time.monotonic() + program.PATIENCE
    while not condition():
        assert time.monotonic() < deadline, (tmp_path / "log").read_text(encoding="utf-8")
        time.sleep(0.02)


def run_key(store):
    [schedule] = store.schedules()
    due, today = schedule.times[0], datetime.now(UTC)
    day = today.date() if f"{today:%H:%M}" >= due else today.date() - timedelta(days=1)
    return f"{CHANNEL}:{day}:{due}"


def is_recorded(store):
    posts = store.posts(run_key(store))
    return bool(posts) and all(post.state is PostState.SENT for post in posts)


@pytest.mark.parametrize("moment", ["claimed", "sent", "recorded"])
def test_killed_while_posting_and_started_again_one_post_stands(moment, loopback, store, tmp_path):
    if moment != "recorded":
        loopback.fault({"claimed": "silence", "sent": "silence after"}[moment])
    with bot(loopback, tmp_path) as first:
        until(lambda: is_recorded(store) if moment == "recorded" else loopback.is_held(), tmp_path)
        workers = program.children(first)
        first.send_signal(signal.SIGKILL)
        first.wait(program.PATIENCE)
    until(lambda: not any(map(program.is_alive, workers)), tmp_path)
    assert len(loopback.stands()) == (0 if moment == "claimed" else 1)

    loopback.forget_nonces()
    jobs_before = {job.name: job.last_run_at for job in store.jobs()}
    with bot(loopback, tmp_path) as second:
        until(lambda: is_recorded(store) and _served_again(store, jobs_before), tmp_path)
        second.send_signal(signal.SIGTERM)
        assert second.wait(program.PATIENCE) == 0
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")

    [message] = loopback.stands()
    [post] = store.posts(run_key(store))
    assert (post.state, post.message_id) == (PostState.SENT, int(message["id"]))


def _served_again(store, before):
    """Whether the restarted program has looked at what was missed, so that a second post would stand there by now."""
    looked = {job.name: job.last_run_at for job in store.jobs([CATCH_UP.name])}
    return looked != {} and looked[CATCH_UP.name] != before.get(CATCH_UP.name)
