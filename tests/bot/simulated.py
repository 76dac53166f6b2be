"""A real bot on a simulated Discord, with a real desk over a database in memory."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord
import simcord
from referee import Referee

from bot.alarms import Alarms
from bot.client import Debrief
from bot.delivery.publishing import Publisher
from bot.limits import Limits
from bot.preview import Backstage
from bot.scheduling.schedule import Scheduler

if TYPE_CHECKING:
    from briefs.newsroom import Newsroom

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PLENTY = 100_000  # requests a minute
SERVER, OTHER_SERVER = 900_000_000_000_000_001, 900_000_000_000_000_002
ARTICLES = [
    {
        "id": "bugle",
        "source": "The Bugle",
        "title": "Foreign ministers meet in Oslo",
        "url": "https://www.bugle.example/oslo",
        "published_at": "2026-03-02T15:00:00Z",
        "text": "Foreign minister Ada Berg met her counterpart Jon Vik in Oslo on Monday.\n\n"
        "The two ministers agreed to reopen the ferry line between Skagen and Larvik in June.\n\n"
        "“We have talked long enough,” Berg said after the meeting.",
    },
    {
        "id": "courier",
        "source": "Harbour Courier",
        "title": "Berg and Vik agree on ferry line",
        "url": "https://courier.example/ferry",
        "published_at": "2026-03-02T18:00:00Z",
        "text": "Ada Berg met Jon Vik in Bergen on Monday to talk about the ferry.\n\n"
        "The ferry line between Skagen and Larvik will reopen in June, the two ministers said.\n\n"
        "It was closed two years ago after a storm damaged the quay in Larvik.",
    },
]
SECRET = {
    "id": "secret",
    "source": "Whisper Weekly",
    "title": "Ada Berg met a stranger",
    "url": "https://whisper.example/secret",
    "published_at": "2026-03-02T19:00:00Z",
    "text": "Ada Berg met Kasimir Quill in Tromsø on Monday.\n\nNobody else was in the room, and nobody was told.",
}


@dataclass
class World:
    """A simulated Discord with one server, its news channel, an admin and a reader."""

    env: simcord.Env
    newsroom: Newsroom
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    admin: simcord.MemberActor
    reader: simcord.MemberActor
    looked_at: int = 0

    def failures(self):
        """Return what went wrong inside the bot since one last looked, expected or not."""
        found = self.env.errors_since(self.looked_at)
        self.looked_at = self.env.error_cursor
        return found

    def other_server(self):
        """Make a second server; return its channel and a reader there."""
        guild = self.env.create_guild("Elsewhere", id=OTHER_SERVER)
        return guild.create_text_channel("talk"), guild.add_member(self.env.create_user("stranger"))

    async def restart(self):
        """Stop the bot and start a new one on the same database."""
        await self.env.restart_bot(build(self.newsroom))


def build(newsroom, *, limits=None):
    """Put the bot together as the preview does: everything real, the jobs not running; a person may ask without end."""
    return Debrief(
        newsroom,
        publisher=lambda client: Publisher(
            newsroom.store, client, newsroom.clock, alarms=Alarms(newsroom.store, client, newsroom.clock)
        ),
        scheduler=lambda publisher: Backstage(Scheduler(newsroom, publisher, newsroom.clock)),
        limits=limits or Limits(person=PLENTY, server=PLENTY),
    )


def load(newsroom, folder, articles, *, server=SERVER):
    """Give a server the articles, as a file that the operator loads."""
    file = folder / f"{server}.jsonl"
    file.write_text("\n".join(json.dumps(article) for article in articles), encoding="utf-8")
    newsroom.load(file, guild_id=server, now=NOON)


@asynccontextmanager
async def world_of(newsroom, *, server="Harbour", channel="news"):
    """Run the bot in a simulated Discord; a failure that no test looked at, or a rule of Discord's broken, fails the test."""
    env = simcord.Env(build(newsroom), settle_timeout=30)
    referee = Referee(env)
    await env.start()
    guild = env.create_guild(server, id=SERVER)
    channel = guild.create_text_channel(channel)
    admins = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    admin = guild.add_member(env.create_user("ann"), roles=[admins])
    reader = guild.add_member(env.create_user("ben"))
    world = World(env, newsroom, guild, channel, admin, reader)
    try:
        with referee.watching():
            yield world
    finally:
        await env.shutdown()
    assert not world.failures()
    assert not referee.broken()


def text_of(message):
    """Return all the words of a message, as a reader sees them (Markdown included)."""
    real = message if isinstance(message, discord.Message) else message.message
    return "\n".join(_texts(real.components))


def _texts(components):
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _texts(getattr(component, "children", ()))


def said(result):
    """Return the words of everything the bot answered to an interaction."""
    answers = [*([result.response] if result.response else []), *result.followups]
    return "\n".join(text_of(answer) for answer in answers)
