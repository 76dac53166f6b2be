"""Each trouble, caused for real, is told in the same sentence by ``debrief check``, ``/status`` and ``/readyz``."""

from __future__ import annotations

import asyncio
import http.client
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import NamedTuple

import pytest
from simulated import NOON, SERVER, said

from bot import checking
from bot.operation import examining
from bot.operation.endpoints import Endpoints, served
from bot.settings import Settings
from briefs.store.database import file_of

HOUR = timedelta(hours=1)


class Usage(NamedTuple):
    free: int


def job_failing(store, _patched):
    for hours in (3, 2, 1):
        store.record_job("poll", at=NOON - hours * HOUR, error="It broke.")


def feed_down(store, _patched):
    feed = store.subscribe(SERVER, "https://dead.example/rss", now=NOON)
    for _ in range(3):
        store.record_failure(feed.id, "It timed out.", at=NOON - HOUR, next_poll_at=NOON)


def post_waiting(store, _patched):
    [briefing_id, _] = store.latest_briefing(SERVER)
    store.claim("1:x", 0, guild_id=SERVER, channel_id=1, briefing_id=briefing_id, nonce="n", now=NOON - HOUR)


def disk_nearly_full(_store, patched):
    patched.setattr(examining.shutil, "disk_usage", lambda _path: Usage(123_000_000))


def article_set_aside(store, _patched):
    [feed] = store.feeds(SERVER)
    for _ in range(2):
        store.note_crash("article", "a1", feed_id=feed.id, title="Odd", reason="It died.", now=NOON)


def database_too_new(store, _patched):
    with closing(sqlite3.connect(file_of(store.url_for_people))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


TROUBLES = {
    job_failing: "No feed has been read for 3 hours: 3 tries in a row failed.",
    feed_down: "1 of 2 feeds cannot be read.",
    post_waiting: "1 message waits to be posted, the oldest since 2026-03-03 11:00 UTC.",
    disk_nearly_full: "The disk of the database has 123 MB left.",
    article_set_aside: "1 article was set aside: twice the bot's worker was lost at it.",
    database_too_new: "This database was written by a newer version of Debrief.",
}


def get(port):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", "/readyz")
        return connection.getresponse().read().decode()


async def ready(world):
    endpoints = Endpoints(world.env.bot.vitals, partial(examining.examined, world.newsroom.store))
    async with served(endpoints, "127.0.0.1", 0) as port:
        return words(json.loads(await asyncio.to_thread(get, port))["checks"])


async def checked(world, tmp_path):
    settings = Settings(_env_file=None, database_url=world.newsroom.store.url_for_people)
    found = await checking.check(settings, env_file=tmp_path / ".env")
    return words({"sentence": each.sentence, "to_do": each.to_do} for each in found)


def words(checks):
    return "\n".join(f"{each['sentence']} {each['to_do']}" for each in checks)


@pytest.mark.parametrize(("cause", "sentence"), TROUBLES.items(), ids=lambda each: getattr(each, "__name__", ""))
async def test_a_trouble_is_told_alike_wherever_one_looks(cause, sentence, world, tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "now_utc", lambda: NOON)
    await world.admin.slash(world.channel, "brief now")
    world.newsroom.store.record_job("refresh", at=NOON, error=None)
    before = [
        await checked(world, tmp_path),
        await ready(world),
        said(await world.admin.slash(world.channel, "status")),
    ]
    cause(world.newsroom.store, monkeypatch)
    after = [await checked(world, tmp_path), await ready(world), said(await world.admin.slash(world.channel, "status"))]
    assert not any(sentence in told for told in before)
    assert all(sentence in told for told in after), after
