"""Fixtures: a Discord on loopback, a client that is connected to it, a database with news, and a clock to set."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
import pytest
import yarl
from discord_on_loopback import GUILD, TOKEN, Loopback
from news import NOON, store_news

from bot.delivery.patience import be_patient
from briefs.store import Store

if TYPE_CHECKING:
    from datetime import datetime


@dataclass
class Clock:
    """A clock that stands until a test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def discord_server(tmp_path_factory):
    """One server for all tests: a process takes half a second to start."""
    with Loopback(tmp_path_factory.mktemp("discord")) as server:
        yield server


@pytest.fixture
def loopback(discord_server):
    """A Discord as if just started; a test fails whose requests, or whose answers, break Discord's own description."""
    discord_server.reset()
    yield discord_server
    assert discord_server.broken() == []


@pytest.fixture
def news_store(tmp_path):
    """A database whose server GUILD has two articles, published at NOON."""
    with Store.open(f"sqlite:///{tmp_path}/debrief.db") as opened:
        store_news(opened, GUILD)
        yield opened


@pytest.fixture
async def client(loopback, monkeypatch):
    """A client on the loopback's gateway, its guild known."""
    monkeypatch.setattr(discord.http.Route, "BASE", loopback.environment["DISCORD_API_URL"])
    gateway = yarl.URL(loopback.environment["DISCORD_GATEWAY_URL"])
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    async with discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0) as opened:
        be_patient(opened)
        running = asyncio.create_task(opened.start(TOKEN))
        await asyncio.wait_for(_ready(opened), 10)
        yield opened
    await running


async def _ready(client):
    while not client.is_ready():
        await asyncio.sleep(0.01)
