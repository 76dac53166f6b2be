"""A briefing posted to many channels: the real publisher and library, over sockets, to a Discord on loopback."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from time import perf_counter

import discord
import news
import yarl
from discord_on_loopback import TOKEN, Loopback

from bot.delivery.patience import be_patient
from bot.delivery.publishing import Publisher
from briefs.models import PostState
from briefs.store import Store

GUILD = 70
PATIENCE = 30.0  # seconds


def posted(count: int) -> float:
    """Seconds that posting to so many channels takes."""
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    with tempfile.TemporaryDirectory() as folder, Loopback(Path(folder)) as loopback:
        channels = list(range(1_000_000, 1_000_000 + count))
        loopback.build({GUILD: channels})
        discord.http.Route.BASE = loopback.environment["DISCORD_API_URL"]
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(loopback.environment["DISCORD_GATEWAY_URL"])
        try:
            took = asyncio.run(_posted(Path(folder), channels))
            assert len(loopback.stands(None)) == count
        finally:
            discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = before
    return took


async def _posted(folder: Path, channels: list[int]) -> float:
    with Store.open(f"sqlite:///{folder}/bench.db") as store:
        news.store_news(store, GUILD)
        briefing = news.briefing()
        async with discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0) as client:
            be_patient(client)
            running = asyncio.create_task(client.start(TOKEN))
            await asyncio.wait_for(_ready(client), PATIENCE)
            publisher = Publisher(store, client, lambda: news.NOON)
            began = perf_counter()
            sent = await asyncio.gather(
                *(publisher.publish(GUILD, each, briefing, run_key=f"{each}:morning") for each in channels)
            )
            took = perf_counter() - began
            assert all(each.state is PostState.SENT for each in sent)
        await running
    return took


async def _ready(client: discord.Client) -> None:
    while not client.is_ready():
        await asyncio.sleep(0.01)
