"""The bot as Discord sees it: no privileged intents, no mentions, nothing started twice.

Everything is built elsewhere and passed in. ``setup_hook`` runs once per process, before the gateway: it registers the
commands and the buttons, tells Discord about the commands when they changed, and starts the scheduler.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar, cast

import discord
import structlog
from discord import app_commands

from bot import asking, commands, conversation, welcome
from bot.commands import failures, forms
from bot.commands.feeds.choosing import Offers
from bot.commands.permitted import COMMAND_IDS, Permits
from bot.commands.showing import Showings
from bot.leaving import RestartingError
from bot.limits import Limits, TooMuchError
from bot.operation.turns import TakesTooLongError, Turns
from bot.operation.vitals import Vitals
from bot.scheduling import departures
from bot.scheduling.retention import BRIEFINGS_KEPT
from briefs.errors import DebriefError
from briefs.store import EVERYONE
from briefs.workers import Workers

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.delivery.publishing import Publisher
    from briefs.newsroom import Newsroom

COMMANDS_DIGEST = "commands"  # the operator's setting with what Discord was told last
FEEDS_LIMIT = 200  # that a server may add, unless the operator sets another
LEFT_KEPT = timedelta(days=30)  # that what is kept of a server outlives the leaving, unless the operator sets another
THREADS = 16  # requests of people that are worked on at once; more wait, acknowledged, and …
TURNS = 4  # … of those that keep a processor busy; and …
COMPLETING = 2  # keystrokes that are worked on at once: what they wait for must not be an answer
WAITING = 200  # … beyond so many are told to come back
BUSY = "Very many people ask me something right now. Try again in half a minute."
TYPING: ContextVar[bool] = ContextVar("typing", default=False)  # whether this is done for a keystroke
BEGUN: ContextVar[bool] = ContextVar("begun", default=False)  # whether what a person asked for was let in already
P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger()


class Jobs(Protocol):
    """What posts the briefings that are due; ``bot.scheduling.schedule.Scheduler``."""

    async def start(self) -> None:
        """Catch up with what was missed, then keep to the schedules."""

    def pause(self) -> None:
        """Begin nothing more; what is under way goes on."""

    def stop(self) -> None:
        """End at once."""

    async def refresh(self) -> None:
        """Read the schedules again, after one was added or removed."""


class Debrief(discord.Client):
    """The desk's voice in Discord."""

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        publisher: Callable[[discord.Client], Publisher],
        scheduler: Callable[[Publisher], Jobs],
        feeds_limit: int = FEEDS_LIMIT,
        limits: Limits | None = None,
        starters: Path | None = None,
        studio: Workers | None = None,
        left_kept: timedelta = LEFT_KEPT,
        briefings_kept: timedelta = BRIEFINGS_KEPT,
        vitals: Vitals | None = None,
    ) -> None:
        """``starters`` is an operator's own file of starter packs; ``studio`` is where pictures are drawn.

        ``left_kept`` and ``briefings_kept`` are told to people; ``bot.scheduling.departures`` and ``bot.scheduling.retention`` keep to them.
        """
        self.vitals = vitals or Vitals(newsroom.clock)
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            http_trace=self.vitals.trace(),
        )
        self.newsroom = newsroom
        self.feeds_limit = feeds_limit
        self.limits = limits or Limits()
        self.starters = starters
        self.left_kept = left_kept
        self.briefings_kept = briefings_kept
        self.studio = studio or Workers(0)
        self.offers = Offers()
        self.permits = Permits()
        self.showings = Showings()
        self.hints = conversation.Hints()
        self.tree = CommandTree(
            self,  # on servers that the bot was added to, and nowhere else: not in private, not for a person who took it along
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self.publisher = publisher(self)
        self.scheduler = scheduler(self.publisher)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="person")
        self._turns = Turns(TURNS)
        self._completions = ThreadPoolExecutor(COMPLETING, thread_name_prefix="typing")
        self.forms: tuple[forms.Kind, ...] = ()  # that are answered; commands.register names them
        self._answered: list[re.Pattern[str]] = []  # the ids of buttons and menus
        self._in_work = 0  # requests in those threads, or waiting for one
        self.again = asyncio.Event()  # set by whoever wants the bot to begin again, with nothing remembered
        self._begins_nothing = False
        self._handed_back = asyncio.Event()
        self._waiting: set[asyncio.Future[Any]] = set()  # for threads that work for people
        self._schedule: asyncio.Task[None] | None = None
        self._greeting: asyncio.Task[None] | None = None
        self.vitals.requests = lambda: self._in_work
        self.vitals.left_behind = lambda: self._turns.left_behind
        self.vitals.latency = lambda: self.latency
        self.vitals.workers_replaced = lambda: newsroom.workers_replaced + self.studio.replaced

    async def in_thread(self, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Do blocking work for a person, in threads that only people's requests use.

        The common threads may all wait for a worker process when many briefings are due; an answer must not. Raises
        TooMuchError where very many wait already.
        """
        with self._counted():
            return await self._run(work, *args, **options)

    async def in_turn(self, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Do work for a person that keeps a processor busy, such as an answer: a few at a time, in the order asked.

        Threads of one process share a processor: sixteen answers at once take more than twice as long as four by four, and
        the event loop waits behind them. Raises TooMuchError where very many wait already, TakesTooLongError for what does
        not come to an end.
        """
        with self._counted():
            return await self._turns.take(self._run, partial(work, *args, **options))

    async def answered(self, asked: asking.Asked) -> asking.Told:
        """Answer a question, when it is its turn."""
        began = time.perf_counter()
        try:
            told = await self.in_turn(asking.answered, self.newsroom, asked)
        except TakesTooLongError:
            log.warning("question given up", guild=asked.guild_id, characters=len(asked.question))
            self.vitals.question("given up", time.perf_counter() - began)
            raise
        self.vitals.question(told.answer.status, time.perf_counter() - began)
        return told

    async def _run(self, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Do work in a thread. Raises RestartingError once requests are handed back; the thread is left behind."""
        if self._handed_back.is_set():
            raise RestartingError
        threads = self._completions if TYPING.get() else self._threads
        begun = partial(copy_context().run, partial(work, *args, **options))  # the log says for which server it is
        done = asyncio.get_running_loop().run_in_executor(threads, begun)
        self._waiting.add(done)
        try:
            return await done
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._handed_back.is_set() and task and not task.cancelling():
                raise RestartingError from None
            raise
        finally:
            self._waiting.discard(done)

    def begin_nothing(self) -> None:
        """Begin nothing more, on schedule or for people; what is under way goes on."""
        self._begins_nothing = True
        self.scheduler.pause()

    def hand_back(self) -> None:
        """Let everybody who still waits for an answer be told to ask again."""
        self._handed_back.set()
        for each in self._waiting:
            each.cancel()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count a request that is worked on, or waits for it; what was begun is finished, and not refused half-way."""
        if self._begins_nothing and not BEGUN.get():
            raise RestartingError
        if self._in_work >= THREADS + WAITING and not BEGUN.get():
            raise TooMuchError(BUSY)
        BEGUN.set(True)
        self._in_work += 1
        try:
            yield
        finally:
            self._in_work -= 1

    async def setup_hook(self) -> None:
        """Register commands and buttons, and start the scheduler."""
        commands.register(self)
        await self._sync()
        # Not awaited: it catches up with what was missed, and the gateway need not wait for that.
        self._schedule = asyncio.create_task(self.scheduler.start(), name="scheduler")
        self._greeting = asyncio.create_task(welcome.catch_up(self), name="greeting")

    async def on_connect(self) -> None:
        """Note that the gateway took us in."""
        self._came()

    async def on_resumed(self) -> None:
        """Note that the gateway took us in again, where we were."""
        self._came()

    async def on_disconnect(self) -> None:
        """Note that the gateway is lost, which is said again at each try that fails; the library comes back by itself."""
        if self.vitals.connected_since is not None and not self.is_closed():
            log.info("connection to Discord lost, it comes back by itself")
        self.vitals.went()

    def _came(self) -> None:
        self.vitals.came()
        log.info("connected to Discord", bot=str(self.user))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a new server; one that came back keeps what it had."""
        back = await departures.returned(self, guild)
        await welcome.greet(self, guild, back=back)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begin the time after which what is kept for a server is forgotten."""
        await departures.left(self, guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pause what was to be posted in a channel that is gone."""
        if self.publisher.alarms:
            await self.publisher.alarms.deleted(channel)

    async def on_thread_delete(self, thread: discord.Thread) -> None:
        """Pause what was to be posted in a thread that is gone."""
        if self.publisher.alarms:
            await self.publisher.alarms.deleted(thread)

    async def on_message(self, message: discord.Message) -> None:
        """Answer a reply to the bot, or a mention of it."""
        await conversation.heard(self, message)

    async def on_error(self, event_method: str, /, *args: Any, **_kwargs: Any) -> None:
        """Log what went wrong while an event was taken in, with the server it came from; leaving Discord cuts it off."""
        error = sys.exc_info()[1]
        if error is not None and not self.is_closed():
            failures.coded(error, command=event_method, guild=_server(*args))

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Remember, too, which ids are answered."""
        super().add_dynamic_items(*items)
        self._answered.extend(item.__discord_ui_compiled_template__ for item in items)

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Take in a form: they are answered by their ids alone, so they work after a restart, too."""
        self.vitals.asked(interaction.id)
        ours = cast("discord.Interaction[Debrief]", interaction)
        if not await forms.submitted(ours, self.forms):
            await failures.outdated(ours, self._answered)

    async def close(self) -> None:
        """Stop the scheduler, then leave Discord."""
        self.vitals.went()
        for task in filter(None, (self._schedule, self._greeting)):
            task.cancel()
        self.scheduler.stop()
        for threads in (self._threads, self._completions):
            threads.shutdown(wait=False, cancel_futures=True)
        self.studio.close()
        await super().close()

    async def _sync(self) -> None:
        """Tell Discord about the commands when their definition, or the application, is not the one told last."""
        digest = self._digest()
        store = self.newsroom.store
        if (await asyncio.to_thread(store.settings, EVERYONE)).get(COMMANDS_DIGEST) == digest:
            return
        synced = await self.tree.sync()
        ids = json.dumps({command.name: command.id for command in synced})
        await asyncio.to_thread(store.set_setting, EVERYONE, COMMAND_IDS, ids)
        await asyncio.to_thread(store.set_setting, EVERYONE, COMMANDS_DIGEST, digest)
        log.info("commands synced", count=len(synced))

    def _digest(self) -> str:
        described = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        text = json.dumps([self.application_id, described], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


class CommandTree(app_commands.CommandTree[Debrief]):
    """The slash commands, with one place for who is let in and one for what goes wrong."""

    async def interaction_check(self, interaction: discord.Interaction[Debrief], /) -> bool:
        """Let a person in who does not ask too much at once."""
        try:
            interaction.client.limits.admit(interaction)
        except DebriefError as error:
            await failures.explain(interaction, error)
            return False
        return True

    async def _call(self, interaction: discord.Interaction[Debrief]) -> None:
        """Answer an autocompletion that failed, too: the library only logs why, and Discord would show an error."""
        TYPING.set(interaction.type is discord.InteractionType.autocomplete)
        structlog.contextvars.bind_contextvars(guild=interaction.guild_id, channel=interaction.channel_id)
        await super()._call(interaction)
        await failures.nothing_to_offer(interaction)

    async def on_error(self, interaction: discord.Interaction[Debrief], error: app_commands.AppCommandError, /) -> None:
        """Answer with a sentence."""
        await failures.explain(interaction, error)


def _server(*args: object) -> int | None:
    """Return the server that an event's arguments are about."""
    for each in args:
        guild = each if isinstance(each, discord.Guild) else getattr(each, "guild", None)
        if isinstance(guild, discord.Guild):
            return guild.id
    return None


def intents() -> discord.Intents:
    """Return what the bot wants to hear: servers and their channels; of messages the words only where it is mentioned."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    return wanted
