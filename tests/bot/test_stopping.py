"""Told to stop, the real program ends within ten seconds, whatever hangs: what it was doing is finished, or handed back."""

from __future__ import annotations

import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime, timedelta

import news
import program
import pytest
from discord_on_loopback import CHANNEL, GUILD

from briefs.models import PostState
from briefs.store import Store

pytest_plugins = ["connected"]

LIMIT = 10.0  # seconds that service managers wait
STUCK = """
import multiprocessing, threading

def load(*_, **__):
    while multiprocessing.parent_process():
        pass
    threading.Event().wait()
"""
PEOPLE = 200
RESTARTING = "I am being restarted"


class Town:
    """A bot's surroundings in which things hang."""

    def __init__(self, loopback, folder, store, stack):
        self.loopback, self.folder, self.store, self.stack = loopback, folder, store, stack
        self.settings = {
            "DATABASE_URL": f"sqlite:///{folder}/debrief.db",
            "FETCH_ALLOW": "127.0.0.1/32",
            "REQUESTS_PER_PERSON": "1000",
            "REQUESTS_PER_SERVER": "10000",
            **loopback.environment,
        }
        self.tokens = []

    def start(self):
        self.running = program.start("run", folder=self.folder, **self.settings)
        self.stack.callback(self.running.wait, program.PATIENCE)
        self.stack.callback(self.running.kill)
        self.loopback.until(lambda: self.loopback.state()["connected"], program.PATIENCE)

    def said(self):
        return (self.folder / "log").read_text(encoding="utf-8")

    def until(self, condition):
        deadline = time.monotonic() + program.PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.02)

    # ---------------------------------------------------------------------------------------------- what may hang
    def language(self):
        """The pipeline never comes up: in a thread of the bot, and in a worker at full speed."""
        package = self.folder / "stuck"
        package.mkdir()
        (package / "__init__.py").write_text(STUCK)
        about = self.folder / "stuck-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: stuck\nVersion: 1.0\n")
        self.settings |= {"LANGUAGE_PIPELINE": "stuck", "PYTHONPATH": str(self.folder)}

    def post(self):
        """Discord keeps a briefing waiting that was claimed before."""
        made = self.store.save_briefing(news.briefing("ferry"), guild_id=GUILD, channel_id=CHANNEL)
        now = datetime.now(UTC)
        place = {"guild_id": GUILD, "channel_id": CHANNEL, "briefing_id": made}
        self.store.claim("a run", 0, **place, nonce="a nonce", now=now - timedelta(minutes=1))
        self.loopback.fault("silence", times=None)

    def feed(self):
        """A feed sends a byte a second."""
        server = self.stack.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
        self.asked = threading.Event()

        def drip():
            connection, _ = server.accept()
            with closing(connection), suppress(OSError):
                connection.recv(4096)
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 900\r\n\r\n"
                )
                self.asked.set()
                while not self.over.wait(1):
                    connection.sendall(b"<")

        self.over = threading.Event()
        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        self.stack.callback(self.over.set)
        self.subscribe(f"http://127.0.0.1:{server.getsockname()[1]}/feed")

    def subscribe(self, address):
        self.store.subscribe(GUILD, address, now=datetime.now(UTC) - timedelta(hours=1))

    def lock(self):
        """Another program has locked the database."""
        other = self.stack.enter_context(closing(sqlite3.connect(self.folder / "debrief.db", isolation_level=None)))
        other.execute("BEGIN EXCLUSIVE")

    def people(self):
        """Many people ask at once, of whom nobody can be answered."""
        question = {"id": "1", "name": "ask", "type": 1}
        question["options"] = [{"type": 3, "name": "question", "value": "What reopened on Oskar Island?"}]
        self.tokens = [self.loopback.interact(question, user=1000 + number) for number in range(PEOPLE)]
        self.until(lambda: all(self.loopback.interaction(each)["callback"] for each in self.tokens))

    def answers(self):
        return [str(self.loopback.interaction(each)["replies"]) for each in self.tokens]

    # -------------------------------------------------------------------------------------------------------- the end
    def stop(self, name=signal.SIGTERM):
        """Tell it to stop; return how long it took, and its status."""
        children = program.children(self.running)
        began = time.monotonic()
        self.running.send_signal(name)
        status = self.running.wait(program.PATIENCE)
        took = time.monotonic() - began
        self.until(lambda: not any(map(program.is_alive, children)))
        return took, status


@pytest.fixture
def town(loopback, tmp_path, blank):
    (tmp_path / "debrief.db").write_bytes(blank.read_bytes())
    with ExitStack() as stack, Store.open(f"sqlite:///{tmp_path}/debrief.db") as store:
        news.store_news(store, GUILD, at=datetime.now(UTC) - timedelta(hours=3))
        yield Town(loopback, tmp_path, store, stack)


def test_while_discord_is_silent_and_the_database_locked_the_bot_ends_in_time_and_everybody_is_told(town, loopback):
    town.language()
    town.post()
    town.start()
    town.until(loopback.is_held)
    town.people()
    town.lock()
    took, status = town.stop()
    assert (status, took < LIMIT) == (0, True), (took, town.said())
    untold = [each for each in town.answers() if RESTARTING not in each]
    assert not untold, (len(untold), untold[0], town.said())
    assert re.search(r"stopped .*deliveries_handed_back=1 .*requests_handed_back=200", town.said()), town.said()
    assert "Traceback" not in town.said()
    [post] = town.store.unfinished_posts()
    assert post.state is PostState.CLAIMED


def test_with_a_worker_that_loops_for_ever_and_a_feed_without_end_the_bot_ends_in_time(town, outlet):
    town.language()
    town.feed()
    outlet.feed("/rss", "The Herald", "theatre")
    town.subscribe(f"{outlet.url}/rss")
    town.start()
    town.until(lambda: town.asked.is_set() and program.children(town.running))
    took, status = town.stop(signal.SIGINT)
    assert (status, took < LIMIT) == (0, True), (took, town.said())


def test_told_twice_the_bot_ends_at_once(town, loopback):
    town.post()
    town.start()
    town.until(loopback.is_held)
    town.running.send_signal(signal.SIGTERM)
    town.until(lambda: "stopping" in town.said())
    _, status = town.stop()
    assert status == 128 + signal.SIGTERM
    assert "told twice" in town.said()


HELD_UP = """
import asyncio, os, time
from bot.connection import until_stopped
from bot.operation.stopping import Ending

async def work():
    print("begun", flush=True)
    {hanging}

with Ending({limit}) as ending:
    asyncio.run(until_stopped(work(), ending))
"""


@pytest.mark.parametrize("hanging", ["time.sleep(60)", "await asyncio.to_thread(time.sleep, 60)"])
def test_where_the_event_loop_itself_hangs_or_a_thread_does_the_program_ends_when_its_time_is_over(hanging, tmp_path):
    code = HELD_UP.format(hanging=hanging, limit=1.0)
    started = {"cwd": tmp_path, "env": program.environment({}), "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code], **started) as running:
        assert running.stdout.readline() == "begun\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(LIMIT) == 0
        assert "stopped before all was done" in running.stdout.read()
