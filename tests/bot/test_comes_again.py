"""However often the gateway says that the bot is ready, resumes it or throws its session away, there is one of everything.

A Discord that is away when the bot is started is no other matter than one that goes away later: the bot comes by itself.
"""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress

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


EAGER = """
from bot import connection
from bot.__main__ import main
connection.TRY_AGAIN = 1.0
main()
"""


def test_a_discord_that_is_away_at_the_start_is_tried_again_and_health_says_since_when(loopback, tmp_path):
    loopback.fault("cut", "GET /users/@me", times=None)
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/debrief.db", "HEALTH_PORT": "0", **loopback.environment}
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(
            [sys.executable, "-c", EAGER, "run"], cwd=tmp_path, env=program.environment(settings), stderr=log
        )
    try:
        program.until_said("not connected, tried again", running, folder=tmp_path)
        ready = health(tmp_path)
        loopback.lift()
        loopback.until(lambda: loopback.state()["connected"], program.PATIENCE)
        running.send_signal(signal.SIGTERM)
        assert running.wait(program.PATIENCE) == 0
    finally:
        running.kill()
        running.wait(program.PATIENCE)
    assert ready["discord"]["sentence"].startswith("Not connected to Discord since ")
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


def health(folder):
    """Ask a bot how it is; it listens anew with each try."""
    deadline = time.monotonic() + program.PATIENCE
    while time.monotonic() < deadline:
        port = int(re.findall(r"port=(\d+)", (folder / "log").read_text(encoding="utf-8"))[-1])
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            connection.request("GET", "/readyz")
            return {check["name"]: check for check in json.loads(connection.getresponse().read())["checks"]}
        time.sleep(0.05)
    raise AssertionError((folder / "log").read_text(encoding="utf-8"))
