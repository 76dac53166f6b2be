"""``debrief check`` looks at the channels that are to get briefings, and tells what the bot may not do there."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import discord
import pytest
from discord_on_loopback import CHANNEL, GUILD, OTHER_CHANNEL

from bot.checking import check, check_settings
from bot.operation.endpoints import Endpoints, served
from bot.operation.health import State, Stored
from bot.operation.vitals import Vitals
from bot.settings import Settings
from briefs.newsroom import now_utc
from briefs.store import Store
from briefs.store.lease import lease_of

pytest_plugins = ["connected"]


@pytest.fixture
def settings(loopback, monkeypatch, tmp_path):
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    url = f"sqlite:///{tmp_path}/new/debrief.db"
    return Settings(_env_file=None, database_url=url, **{name.lower(): v for name, v in loopback.environment.items()})


def plan(settings, *channels):
    with Store.open(settings.database_url) as store:
        for channel in channels:
            store.add_schedule(GUILD, channel, ["07:00"], [0], "UTC", None, datetime.now(UTC))


async def findings(settings, tmp_path):
    return {finding.name: finding for finding in await check(settings, env_file=tmp_path / ".env")}


async def test_where_everything_works_nothing_is_to_do(settings, tmp_path):
    found = await findings(settings, tmp_path)
    own = ["settings", "language", "contents", "lease"]
    judged = ["database", "disk", "bot", "posts", "feeds", "set aside"]
    assert list(found) == [*own, *judged, "token", "invitation"]
    assert found["lease"].sentence == "No bot is at work on this database now."
    assert not any(finding.to_do for finding in found.values())


async def test_a_missing_permission_is_named_with_its_channel(settings, loopback, tmp_path):
    (tmp_path / "new").mkdir()
    plan(settings, CHANNEL)
    loopback.permissions(discord.Permissions(view_channel=True, send_messages=True).value)
    finding = (await findings(settings, tmp_path))[f"channel #news-{CHANNEL} of Readers"]
    assert finding.state is State.FAILING
    assert finding.sentence == "the bot lacks Read Message History"


async def test_a_channel_that_is_gone_does_not_hide_the_others(settings, loopback, tmp_path):
    (tmp_path / "new").mkdir()
    plan(settings, CHANNEL, OTHER_CHANNEL)
    loopback.refuse(CHANNEL, 404)
    found = await findings(settings, tmp_path)
    assert "remove it with /schedule remove" in found[f"channel {CHANNEL}"].to_do
    assert not found[f"channel #news-{OTHER_CHANNEL} of Readers"].to_do


async def test_a_database_that_cannot_be_opened_is_a_finding(settings, tmp_path):
    (tmp_path / "new").write_text("a file where the folder should be", encoding="utf-8")
    finding = (await findings(settings, tmp_path))["database"]
    assert finding.state is State.FAILING
    assert "DATABASE_URL" in finding.to_do


def test_a_misspelt_setting_is_told_from_the_names_of_other_programs(tmp_path):
    env = tmp_path / ".env"
    env.write_text("COMPOSE_PROJECT_NAME=debrief\nDISCORD_TOKEN=x\n", encoding="utf-8")
    assert not check_settings(env).to_do
    env.write_text("DISCORD_TOKN=x\n", encoding="utf-8")
    assert check_settings(env).to_do == "Write DISCORD_TOKEN instead."


async def test_the_bot_at_work_is_asked_where_it_tells(settings, tmp_path):
    vitals = Vitals(now_utc)
    vitals.away_since = now_utc() - timedelta(hours=1)
    async with served(Endpoints(vitals, Stored), "127.0.0.1", 0) as port:
        told = await findings(settings.model_copy(update={"health_port": port}), tmp_path)
    silent = await findings(settings.model_copy(update={"health_port": port}), tmp_path)
    assert told["discord"].sentence.startswith("Not connected to Discord since ")
    assert told["discord"].state is State.FAILING
    assert "discord" not in silent


async def test_a_bot_at_work_is_named(settings, tmp_path):
    (tmp_path / "new").mkdir()
    Store.open(settings.database_url).close()
    lease = lease_of(settings.database_url)
    assert lease.take()
    try:
        found = await findings(settings, tmp_path)
    finally:
        lease.release()
    assert found["lease"].sentence.startswith(f"The bot is at work: process {os.getpid()} on ")
