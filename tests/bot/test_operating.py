"""The real program tells its health over HTTP and to a service manager: what it says is so, and costs little."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import program
import pytest
from discord_on_loopback import CHANNEL, GUILD
from news import NOON, store_news
from prometheus_client.parser import text_string_to_metric_families

from bot.operation import metrics
from bot.operation.endpoints import Endpoints, served
from bot.operation.health import Stored, judge
from bot.operation.systemd import Manager
from bot.operation.vitals import Vitals, version
from briefs.errors import SettingError
from briefs.models import Feed
from briefs.store import JobRecord, Store

pytest_plugins = ["connected"]


@contextmanager
def bot(folder, **settings):
    running = program.start("run", folder=folder, DATABASE_URL=f"sqlite:///{folder}/debrief.db", **settings)
    try:
        yield running
    finally:
        running.kill()
        running.wait(program.PATIENCE)


def port_of(running, folder):
    return int(
        re.search(r"health is told.*port=(\d+)", program.until_said("health is told", running, folder=folder))[1]
    )


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def until(condition, folder):
    deadline = time.monotonic() + program.PATIENCE
    while not condition():
        assert time.monotonic() < deadline, (folder / "log").read_text(encoding="utf-8")
        time.sleep(0.05)


def question(text):
    return {"id": "1", "name": "ask", "type": 1, "options": [{"type": 3, "name": "question", "value": text}]}


def test_a_bot_at_work_tells_what_it_did_in_prometheus_words(loopback, tmp_path):
    now = datetime.now(UTC)
    with Store.open(f"sqlite:///{tmp_path}/debrief.db") as store:
        store_news(store, GUILD, at=now - timedelta(hours=3))
        store.add_schedule(
            GUILD, CHANNEL, [f"{now - timedelta(minutes=1):%H:%M}"], range(7), "UTC", None, now - timedelta(days=1)
        )
    with bot(tmp_path, HEALTH_PORT="0", **loopback.environment) as running:
        port = port_of(running, tmp_path)
        assert ask(port, "/healthz") == (200, "The event loop turns.\n")
        loopback.until(loopback.stands)
        until(lambda: values(port).get("debrief_briefing_messages_total{result=posted}") == 1.0, tmp_path)
        loopback.interact(question("Who bought the lighthouse?"))
        until(lambda: questions(values(port)) == 1, tmp_path)
        status, text = ask(port, "/readyz")
        assert status == 200, text
        found = values(port)
    assert found["debrief_health_state"] < 2
    assert found[f"debrief_build_info{{version={version()}}}"] == 1
    assert found["debrief_articles"] == 2
    assert found["debrief_gateway_connected"] == 1
    assert found["debrief_gateway_connections_total"] == 1
    assert found["debrief_discord_requests_total{result=ok}"] >= 3
    assert found["debrief_database_seconds_count"] > 10
    assert found["debrief_event_loop_lag_seconds_count"] > 0
    assert found["debrief_interaction_acknowledged_seconds_count"] == 1
    assert now.timestamp() < found["debrief_job_last_success_timestamp_seconds{job=poll}"]


def questions(found):
    return sum(count for name, count in found.items() if name.startswith("debrief_question_seconds_count"))


def values(port):
    status, text = ask(port, "/metrics")
    assert status == 200
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_metrics_have_prometheus_names_and_no_label_of_a_server_a_feed_or_a_text():
    vitals = Vitals(lambda: NOON)
    vitals.question("answered", 0.2)
    stored = Stored(
        jobs=(JobRecord("poll", NOON, NOON, None), JobRecord("schedule 12", NOON, NOON, None)),
        feeds=(Feed(1, "https://a.example/rss", "The Bugle"),),
        newest_at=NOON,
        disk_left=5,
    )
    text = metrics.text(vitals, stored, judge(stored, vitals.process(), NOON)).decode()
    families = list(text_string_to_metric_families(text))
    ours = [family for family in families if family.name.startswith("debrief_")]
    assert len(ours) > 25
    assert "schedule 12" not in text
    assert "Bugle" not in text
    labels = {name for family in ours for sample in family.samples for name in sample.labels}
    assert labels == {"check", "job", "le", "result", "status", "version"}
    for family in ours:
        assert family.documentation.endswith(".")
        assert not re.search(r"_(ms|milliseconds|minutes|kb|mb|count|sum)$", family.name)


def test_what_an_alarm_is_made_of_tells_what_readyz_does():
    vitals = Vitals(lambda: NOON)
    for problem, state in ((None, 1), ("It is locked.", 2)):  # not connected for less than a minute is a warning
        stored = Stored(problem=problem)
        text = metrics.text(vitals, stored, judge(stored, vitals.process(), NOON)).decode()
        assert f"\ndebrief_health_state {state:.1f}\n" in text
        assert f'debrief_check_state{{check="database"}} {2.0 if problem else 0.0}\n' in text


async def test_a_port_that_is_taken_is_said_with_what_to_do():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            SettingError, match=f"HEALTH_PORT {port} on 127.0.0.1 cannot be listened on: .* Set another"
        ):
            async with served(Endpoints(Vitals(lambda: NOON), Stored), "127.0.0.1", port):
                pass


async def test_a_database_that_does_not_answer_is_a_finding_and_the_loop_turns_on(monkeypatch):
    monkeypatch.setattr("bot.operation.endpoints.PATIENCE", 0.1)
    answers = threading.Event()
    endpoints = Endpoints(Vitals(lambda: NOON), lambda: Stored(articles=answers.wait(10)))
    async with served(endpoints, "127.0.0.1", 0) as port:
        alive, _ = await asyncio.to_thread(ask, port, "/healthz")
        status, text = await asyncio.to_thread(ask, port, "/readyz")
        answers.set()
    assert (alive, status) == (200, 503)
    assert "It does not answer within" in text


async def test_however_often_one_asks_the_database_is_looked_at_once_in_a_while(monkeypatch):
    monkeypatch.setattr("bot.operation.endpoints.FRESH", 60.0)
    looks = []
    endpoints = Endpoints(Vitals(lambda: NOON), lambda: looks.append(1) or Stored())
    async with served(endpoints, "127.0.0.1", 0) as port:
        for path in ("/readyz", "/metrics", "/readyz"):
            await asyncio.to_thread(ask, port, path)
        assert len(looks) == 1
        monkeypatch.setattr("bot.operation.endpoints.FRESH", 0.0)
        await asyncio.to_thread(ask, port, "/metrics")
    assert len(looks) == 2


async def test_who_is_not_connected_is_alive_and_not_ready():
    vitals = Vitals(lambda: NOON)
    vitals.away_since = NOON - timedelta(hours=1)
    async with served(Endpoints(vitals, Stored), "127.0.0.1", 0) as port:
        alive, _ = await asyncio.to_thread(ask, port, "/healthz")
        status, text = await asyncio.to_thread(ask, port, "/readyz")
    assert (alive, status) == (200, 503)
    assert "Not connected to Discord since 2025-08-01 11:00 UTC." in text


def test_a_service_manager_hears_that_it_is_ready_signs_of_life_and_the_end(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(5)
        manager = Manager({"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "60000000"})
        manager.ready()
        manager.alive()
        manager.alive()
        manager.stopping()
        assert [heard.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]
        heard.setblocking(False)
        with pytest.raises(BlockingIOError):
            heard.recv(100)


def test_without_a_service_manager_nothing_is_told():
    Manager({}).ready()
    Manager({"NOTIFY_SOCKET": "/nowhere/notify", "WATCHDOG_USEC": "1"}).alive()
