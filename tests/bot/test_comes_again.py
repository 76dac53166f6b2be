"""However often the gateway says that the bot is ready, resumes it or throws its session away, there is one of everything."""

from __future__ import annotations

import signal

import program
import pytest
from discord_on_loopback import GUILD
from news import store_news

from briefs.store import Store

pytest_plugins = ["connected"]
IDENTIFY, RESUME = 2, 6


@pytest.fixture
def running(loopback, tmp_path, blank):
    (tmp_path / "debrief.db").write_bytes(blank.read_bytes())
    with Store.open(f"sqlite:///{tmp_path}/debrief.db") as store:
        store_news(store, GUILD)
    started = program.start(
        "run",
        folder=tmp_path,
        DATABASE_URL=f"sqlite:///{tmp_path}/debrief.db",
        LOG_LEVEL="debug",
        **loopback.environment,
    )
    yield started
    started.kill()
    started.wait(program.PATIENCE)


def test_a_bot_that_identifies_twice_and_resumes_has_one_scheduler_and_greets_nobody(loopback, running, tmp_path):
    def came(op, times):
        loopback.until(lambda: loopback.state()["ops"].count(op) == times, program.PATIENCE)

    came(IDENTIFY, 1)
    loopback.until(lambda: loopback.state()["connected"], program.PATIENCE)
    loopback.gateway("reconnect")
    came(RESUME, 1)
    loopback.gateway("invalidate", resumable=False)
    came(IDENTIFY, 2)
    loopback.until(lambda: loopback.state()["connected"], program.PATIENCE)
    running.send_signal(signal.SIGTERM)
    assert running.wait(program.PATIENCE) == 0
    said = (tmp_path / "log").read_text(encoding="utf-8")
    assert said.count("Scheduler started") == 1
    assert loopback.stands(None) == []  # it greets whoever invites it, and nobody for coming again
