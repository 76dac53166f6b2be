"""Whatever the bot is to do by itself it plans, and raises an alarm where that does not succeed for long."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import discord
import yarl
from outlet import LOOPBACK

from bot.__main__ import build_client
from bot.operation.jobs import JOBS, WATCH
from bot.settings import Settings
from briefs.newsroom import Newsroom

pytest_plugins = ["connected"]


async def test_every_job_is_planned_and_an_alarm_when_it_is_late(loopback, news_store, clock, tmp_path, monkeypatch):
    given = {name.lower(): value for name, value in loopback.environment.items()}
    settings = Settings(_env_file=None, **given, backup_folder=tmp_path / "backups")
    monkeypatch.setattr(discord.http.Route, "BASE", settings.discord_api_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(settings.discord_gateway_url))
    bot = build_client(settings, Newsroom(news_store, options=LOOPBACK, clock=clock))
    running = asyncio.create_task(bot.start(settings.discord_token.get_secret_value()))
    try:
        async with asyncio.timeout(60):
            while not bot.is_ready():
                await asyncio.sleep(0.01)
            await bot._schedule
        bot.scheduler._jobs.pause()
        assert {job.id for job in bot.scheduler._jobs.get_jobs()} == {job.name for job in JOBS if job is not WATCH}
        await asyncio.sleep(0.05)  # whatever was begun has noted when
        clock.now += timedelta(days=30)
        assert (await bot.scheduler._supervision.look()).keys() == {job.name for job in JOBS}
    finally:
        await bot.close()
        await running
