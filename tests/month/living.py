"""The real bot on a small Discord, and what befalls it: articles come, briefings are due, people ask, type, press and look.

The clock is the month's own: it leaps from one time of the schedules to the next. Nothing else is made up: feeds are read
over sockets, articles in a worker process, and briefings and answers go out through the library.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discord_on_loopback import LOADING, READER

from bot.__main__ import build_client
from bot.connection import point_at_discord
from bot.desk import open_newsroom
from bot.operation.jobs import POLL
from bot.settings import Settings
from briefs.memory import keep_few_arenas

from . import papers
from .gauges import look

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from discord_on_loopback import Loopback

    from bot.client import Debrief
    from briefs.newsroom import Newsroom

    from .gauges import Sample

BEGUN = datetime(2026, 3, 1, 0, 1, tzinfo=UTC)
APART = timedelta(hours=6)  # between two briefings of a channel
SLOTS = ("00:00", "06:00", "12:00", "18:00")
GUILDS, CHANNELS, PAPERS = 3, 3, 2  # servers; channels and papers of each
PATIENCE = 300.0  # seconds for an answer, on the slowest machine
STRING, BUTTON, COMMAND, PRESS, TYPING = 3, 2, 2, 3, 4  # Discord's numbers, of an option, a component and interactions


@dataclass(frozen=True, slots=True)
class Plan:
    """How long the month is: rounds of six hours, and in each so many articles of every paper."""

    rounds: int
    each: int
    every: int = 1  # rounds from one look at the gauges to the next

    @classmethod
    def of(cls, articles: int, briefings: int) -> Plan:
        """A plan for about so many."""
        rounds = max(6, round(briefings / (GUILDS * CHANNELS)))
        return cls(rounds, max(1, round(articles / rounds / (GUILDS * PAPERS))), max(1, rounds // 60))


@contextmanager
def published() -> Iterator[Callable[[datetime, int], None]]:
    """Run the papers; what is given publishes articles, and ``port`` is where they are."""
    command = [sys.executable, str(Path(papers.__file__)), str(GUILDS * PAPERS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:

        def publish(at: datetime, count: int) -> None:
            running.stdin.write(f"{at.isoformat()} {count}\n")
            running.stdin.flush()
            assert running.stdout.readline() == "out\n"

        publish.port = int(running.stdout.readline())
        yield publish
        running.stdin.close()


class Month:
    """One life of the bot. ``leak`` is called with the bot in every round: what a test breaks on purpose."""

    def __init__(
        self, plan: Plan, folder: Path, discord: Loopback, leak: Callable[[Debrief], None] = lambda _bot: None
    ) -> None:
        self.plan, self.folder, self.discord, self.leak = plan, folder, discord, leak
        self.now = BEGUN - APART
        self.samples: list[Sample] = []
        self.unanswered: list[str] = []
        self.pressed = 0  # buttons
        self.out = 0  # articles of each paper
        self._chance = random.Random(3)
        self.channels = {
            1_000 + guild: [2_000 + 10 * guild + channel for channel in range(CHANNELS)] for guild in range(GUILDS)
        }

    async def live(self, tell: Callable[[Sample], None] = lambda _sample: None) -> None:
        """Live it from the first round to the last."""
        with published() as publish:
            async with self._connected(publish.port) as bot:
                for number in range(self.plan.rounds):
                    self.now = BEGUN + number * APART
                    await asyncio.to_thread(publish, self.now, self.plan.each)
                    self.out += self.plan.each
                    await self._round(bot, number)
                    self.leak(bot)
                    if number % self.plan.every == 0:
                        self.samples.append(self._look(bot))
                        tell(self.samples[-1])

    @asynccontextmanager
    async def _connected(self, port: int) -> AsyncIterator[Debrief]:
        keep_few_arenas()  # as the program does
        self.discord.build(self.channels)
        settings = self._settings()
        point_at_discord(settings)
        desk = open_newsroom(settings, clock=lambda: self.now, workers=1)
        for place, (guild, channels) in enumerate(self.channels.items()):
            for paper in range(place * PAPERS, (place + 1) * PAPERS):
                desk.store.subscribe(guild, f"http://{papers.address(paper)}:{port}/feed", now=self.now)
            for channel in channels:
                desk.store.add_schedule(guild, channel, SLOTS, tuple(range(7)), "UTC", None, self.now)
        bot = build_client(settings, desk)
        running = asyncio.create_task(bot.start(settings.discord_token.get_secret_value()))
        try:
            await asyncio.wait_for(self._ready(bot, running), PATIENCE)
            await bot._schedule
            bot.scheduler._jobs.pause()  # it planned all its jobs; from here on they are due when the month says so
            await asyncio.wait_for(self._polled(desk), PATIENCE)  # which it begins with
            yield bot
        finally:
            await bot.close()
            with suppress(asyncio.CancelledError):
                await running
            desk.close()

    def _settings(self) -> Settings:
        chosen: dict[str, Any] = {name.lower(): value for name, value in self.discord.environment.items()}
        chosen |= {"database_url": f"sqlite:///{self._database}", "fetch_allow": "127.0.0.0/8", "host_spacing": 0}
        chosen |= {"requests_per_person": 1_000, "requests_per_server": 10_000, "poll_minutes": 1}
        return Settings(_env_file=None, **chosen)

    @property
    def _database(self) -> Path:
        return self.folder / "month.db"

    async def _ready(self, bot: Debrief, running: asyncio.Task[None]) -> None:
        while not bot.is_ready():
            assert not running.done(), running.exception()
            await asyncio.sleep(0.01)

    async def _polled(self, desk: Newsroom) -> None:
        while not await asyncio.to_thread(desk.store.jobs, [POLL.name]):
            await asyncio.sleep(0.01)

    def _look(self, bot: Debrief) -> Sample:
        articles = bot.newsroom.store.statistics().articles
        # Not what stands in Discord: to fetch it would take memory, and more each time.
        with closing(sqlite3.connect(self._database)) as read:
            (briefings,) = read.execute("SELECT count(*) FROM posts WHERE message_id IS NOT NULL").fetchone()
        return look(self._database, articles, briefings)

    # ------------------------------------------------------------------------------------------------------- a round
    async def _round(self, bot: Debrief, number: int) -> None:
        """Six hours: every job that the scheduler planned, the polling first, and what the people of one server want."""
        planned = {job.id: job for job in bot.scheduler._jobs.get_jobs()}
        for job in (planned.pop(POLL.name), *planned.values()):
            await job.func(*job.args)
        guild = [*self.channels][number % GUILDS]
        await self._people(guild, self.channels[guild][number % CHANNELS])

    async def _people(self, guild: int, channel: int) -> None:
        """People ask, type, look at overviews, and press what stands under an answer and a briefing."""
        about = papers.cast(guild - 1_000, self._chance.randrange(self.out))
        for question in ("Who met {person}?", "when will the {thing} of {town} open?", "What did {other} say?"):
            answer = await self._said(channel, "ask", question=question.format(**about))
        await self._press(channel, answer)
        for command in ("timeline", "upcoming", "connections"):
            await self._said(channel, command, about=about["town"])
        for letter in ("W", about["town"][:2], about["person"][:3]):
            await self._typed(channel, "timeline", "about", letter)
            await self._typed(channel, "ask", "question", letter)
        await self._press(channel, await self._said(channel, "latest"))
        await self._said(channel, "status")

    async def _said(self, channel: int, command: str, **chosen: str) -> dict[str, Any]:
        """Use a command; return the message that it is answered with."""
        options = [{"type": STRING, "name": each, "value": value} for each, value in chosen.items()]
        return await self._interact(channel, COMMAND, {"id": "1", "name": command, "type": 1, "options": options})

    async def _press(self, channel: int, message: dict[str, Any]) -> None:
        """Press one of the buttons under a message, if there is one."""
        ids = [each for each in _ids(message.get("components", [])) if each.startswith(("story:", "answer:"))]
        if ids:
            self.pressed += 1
            chosen = {"component_type": BUTTON, "custom_id": self._chance.choice(ids)}
            await self._interact(channel, PRESS, chosen, message)

    async def _typed(self, channel: int, command: str, option: str, text: str) -> None:
        options = [{"type": STRING, "name": option, "value": text, "focused": True}]
        await self._interact(channel, TYPING, {"id": "1", "name": command, "type": 1, "options": options})

    async def _interact(
        self, channel: int, kind: int, data: dict[str, Any], message: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        about = {"channel": channel, "user": READER + self._chance.randrange(1_000), "kind": kind, "message": message}
        token = await asyncio.to_thread(self.discord.interact, data, **about)
        until = asyncio.get_running_loop().time() + PATIENCE
        while not _answered(found := await asyncio.to_thread(self.discord.interaction, token)):
            if asyncio.get_running_loop().time() > until:
                self.unanswered.append(f"{data}: {found}")
                break
            await asyncio.sleep(0.02)
        return next(iter(_told(found)), {})


def _ids(components: list[dict[str, Any]]) -> Iterator[str]:
    """The ids of all that can be pressed."""
    for each in components:
        if each.get("type") == BUTTON and each.get("custom_id"):
            yield each["custom_id"]
        yield from _ids([*each.get("components", []), *filter(None, [each.get("accessory")])])


def _answered(found: dict[str, Any]) -> bool:
    """Whether an interaction has its answer, and not only that the bot thinks."""
    callback = found["callback"]
    return callback is not None and (callback["type"] != 5 or bool(_told(found)))


def _told(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages that an interaction was answered with."""
    return [each for each in found["replies"] if not each["flags"] & LOADING]
