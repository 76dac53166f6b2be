"""Years of schedules in seconds: an event loop whose clocks are simulated, under the real scheduler, publisher and store.

    a timer is awaited ─▶ nothing else is to be done ─▶ both clocks leap to it ─▶ APScheduler, triggers and jobs wake

What would run in threads runs in place, so that the same seed gives the same history. Only the composing and Discord are
stand-ins: the desk has a briefing at once, and a channel keeps what it is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import selectors
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import almanac
import news
import time_machine

from bot.delivery.publishing import Delivery, Publisher, nonce
from bot.scheduling.schedule import Scheduler
from briefs.errors import DatabaseUnavailableError
from briefs.models import PostState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefs.models import Briefing, Schedule
    from briefs.store import Store

GUILD = 20
SECOND = timedelta(seconds=1)
MOMENT = 0.0001  # seconds that a turn of the loop takes


@dataclass
class Machine:
    """A computer's two clocks: the one on the wall, which can be set, and the one that only counts while it is awake."""

    wall: datetime
    awake: float = 0.0  # seconds
    traveller: time_machine.Coordinates | None = None

    def __call__(self) -> datetime:
        return self.wall

    def passes(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self.awake += seconds
        self.set(timedelta(seconds=seconds))

    def set(self, by: timedelta) -> None:
        """Set the clock on the wall, forwards or back; a machine that was asleep finds it set forwards."""
        self.wall += by
        if self.traveller:
            self.traveller.move_to(self.wall, tick=False)

    @contextlib.contextmanager
    def running(self) -> Iterator[asyncio.Runner]:
        """Whatever asks for the time is told this machine's."""
        with (
            time_machine.travel(self.wall, tick=False) as self.traveller,
            asyncio.Runner(loop_factory=lambda: SimulatedLoop(self)) as runner,
        ):
            yield runner


class Leaping(selectors.SelectSelector):
    """Waits for nothing: where a loop would sleep, the machine's time passes."""

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self.machine = machine

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is there already; otherwise leap. Even where nothing is waited for, time passes."""
        found = super().select(0)
        assert found or timeout is not None, "nothing would ever wake this loop"
        self.machine.passes(MOMENT if found else max(timeout or 0, MOMENT))
        return found


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop that lives by a machine's clock."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(Leaping(machine))
        self.machine = machine

    def time(self) -> float:
        """Return the seconds the machine was awake."""
        return self.machine.awake

    def run_in_executor(self, _executor, func, *args):
        """Do at once what would be done in a thread."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - told to whoever awaits it, as a thread would
            done.set_exception(error)
        return done


@dataclass
class Message:
    """What stands in a channel."""

    id: int
    at: datetime
    channel_id: int
    nonce: str


@dataclass
class Discord:
    """Keeps what it is sent, or is away."""

    machine: Machine
    messages: list[Message] = field(default_factory=list)
    away: bool = False
    user = SimpleNamespace(id=1)

    async def wait_until_ready(self) -> None:
        """It is."""

    def get_all_channels(self) -> list[object]:
        """None of them is followed by others."""
        return []

    def get_channel(self, _channel_id: int) -> None:
        """Nothing is known beforehand."""

    def get_partial_messageable(self, channel_id: int, guild_id: int | None = None) -> Channel:
        """Return a channel to send to."""
        assert guild_id == GUILD
        return Channel(self, channel_id)


@dataclass
class Channel:
    """Takes messages."""

    discord: Discord
    id: int

    async def send(self, *, view: object, nonce: str, allowed_mentions: object) -> Message:
        """Keep a message."""
        assert view
        assert allowed_mentions
        if self.discord.away:
            raise OSError("The network is away.")
        message = Message(len(self.discord.messages) + 1, self.discord.machine(), self.id, nonce)
        self.discord.messages.append(message)
        return message

    async def history(self, **_window: object):
        """Show nothing: what was sent was recorded, since nothing stops the bot between the two here."""
        for message in ():
            yield message


@dataclass
class Desk:
    """Composes at once. ``locked`` is a database that is away, ``silent`` a day without news."""

    store: Store
    clock: Machine
    locked: bool = False
    silent: bool = False
    collected_at: list[datetime] = field(default_factory=list)

    def warm_up(self) -> None:
        """Nothing to load."""

    def look_around(self) -> bool:
        """Nothing to look through."""
        return False

    def collect(self) -> SimpleNamespace:
        """No feed is due."""
        self.collected_at.append(self.clock())
        return SimpleNamespace(polled=0)

    def forget(self, _before: datetime) -> Iterator[int]:
        """Nothing is old."""
        return iter(())

    def compose(self, guild_id: int, *, now: datetime, title: str, channel_id: int) -> Briefing:
        """Return a briefing of one story."""
        assert guild_id == GUILD
        assert channel_id
        if self.locked:
            raise DatabaseUnavailableError("The database is locked.")
        made = replace(BRIEFING, title=title, made_at=now)
        return replace(made, items=()) if self.silent else made


BRIEFING = news.briefing("ferry")


class Ledger:
    """A publisher that claims, sends and records, and neither renders nor looks back: for years instead of days."""

    alarms = None

    def __init__(self, store: Store, discord: Discord, clock: Machine) -> None:
        self._store, self._discord, self._clock = store, discord, clock
        self._turns: dict[int, asyncio.Lock] = {}

    async def reconcile(self) -> None:
        """Nothing stays claimed here."""

    async def in_line(self) -> None:
        """Nothing was interrupted."""

    def turn(self, channel_id: int) -> asyncio.Lock:
        """One after another, as everywhere."""
        return self._turns.setdefault(channel_id, asyncio.Lock())

    async def publish(self, guild_id: int, channel_id: int, briefing: Briefing, *, run_key: str) -> Delivery:
        """Post unless somebody has the run."""
        place = {"guild_id": guild_id, "channel_id": channel_id}
        made = self._store.save_briefing(briefing, **place)
        claimed = self._store.claim(run_key, 0, **place, briefing_id=made, nonce=nonce(run_key, 0), now=self._clock())
        if claimed:
            message = await Channel(self._discord, channel_id).send(
                view=briefing, nonce=claimed.nonce, allowed_mentions="none"
            )
            self._store.record_sent(claimed.id, message.id)
        return Delivery(PostState.SENT)


@dataclass
class Bot:
    """The program's scheduler and publisher on one machine, over one store; it can be stopped and started again."""

    store: Store
    machine: Machine
    publisher: Callable[[Store, Discord, Machine], object] = Publisher
    grace: timedelta = timedelta(hours=2)
    scheduler: Scheduler | None = None

    def __post_init__(self) -> None:
        news.store_news(self.store, GUILD, at=self.machine())
        self.discord = Discord(self.machine)
        self.run_keys: dict[str, str] = {}  # by nonce, as far as they were asked for
        self.desk = Desk(self.store, self.machine)

    async def start(self) -> None:
        """Start as the program does."""
        publisher = self.publisher(self.store, self.discord, self.machine)
        self.scheduler = Scheduler(self.desk, publisher, self.machine, grace=self.grace)
        await self.scheduler.start()

    async def stop(self) -> None:
        """Stop, and be gone."""
        if self.scheduler:
            self.scheduler.stop()
            self.scheduler = None
        await asyncio.sleep(0.001)

    async def restart(self, after: timedelta) -> None:
        """Be away for a while."""
        await self.stop()
        await asyncio.sleep(after.total_seconds())
        await self.start()

    def plan(self, channel_id: int, *times: str, zone: str = "UTC", days=range(7)) -> Schedule:
        """Store a schedule, as its command does."""
        return self.store.add_schedule(GUILD, channel_id, times, tuple(days), zone, None, self.machine())

    def posted(self) -> list[tuple[str, datetime]]:
        """Return every message by its run key, in the order in which they were sent; the ledger knows each of them."""
        self.run_keys |= {post.nonce: post.run_key for post in self.store.recent_posts(GUILD, 300)}
        return [(self.run_keys[message.nonce], message.at) for message in self.discord.messages]


def utc(text: str) -> datetime:
    """Return an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class History:
    """What a bot lives through, and what must stand in the channels for it.

    After whatever happens the bot has ``settling`` to find out; then the newest slot within the grace stands there. Of quiet
    time every slot does, on time. What is due is found in ``almanac``, not by the bot's own slots.
    """

    def __init__(self, bot: Bot, settling: timedelta) -> None:
        self.bot = bot
        self.settling = settling
        self.due: set[str] = set()  # run keys
        self.checked = 0  # messages

    @property
    def now(self) -> datetime:
        """What the clock on the wall shows."""
        return self.bot.machine()

    def active(self) -> list[Schedule]:
        """Return the schedules that are not paused."""
        return [each for each in self.bot.store.schedules() if not each.paused_at]

    async def quiet(self, time: timedelta) -> None:
        """Let time pass: every slot of it is posted at its second."""
        begun = self.now
        await asyncio.sleep(time.total_seconds())
        for each in self.active():  # two that a change of clocks brings to one instant are one briefing, the later's
            newest = {slot.instant: slot.run_key for slot in almanac.due(each, begun, self.now)}
            self.due.update(newest.values())
        self._check(begun, SECOND)

    async def settle(self) -> None:
        """Give the bot the time to find out what happened: of each schedule the newest slot stands there."""
        await asyncio.sleep(self.settling.total_seconds())
        await self.bot.scheduler.refresh()
        await self.bot.scheduler.catch_up()
        for each in self.active():
            since = max(self.now - self.bot.grace + self.settling, each.created_at)
            self.due |= {slot.run_key for slot in almanac.due(each, since, self.now)[-1:]}
        self._check(self.now, self.bot.grace)

    async def set_clock(self, by: timedelta) -> None:
        """Set the clock on the wall, or sleep."""
        self.bot.machine.set(by)
        await self.settle()

    async def restart(self, down: timedelta, clock: timedelta = timedelta(0)) -> None:
        """Be down for a while, in which the clock may be set."""
        await self.bot.stop()
        self.bot.machine.set(clock)
        await self.bot.restart(down)
        await self.settle()

    async def change(self, schedule: Schedule) -> None:
        """Change, pause or resume a schedule as its commands do."""
        self.bot.store.change_schedule(schedule)
        await self.bot.scheduler.refresh()
        await self.settle()

    def _check(self, begun: datetime, late: timedelta) -> None:
        """See that each message was due when it was sent, and that none stands there twice; nothing due is missing."""
        posted = self.bot.posted()
        keys = {key for key, _ in posted}
        assert len(keys) == len(posted)
        assert not self.due - keys, sorted(self.due - keys)
        for key, at in posted[self.checked :]:
            assert any(slot.run_key == key for each in self.bot.store.schedules() for slot in _about(each, at, late)), (
                key
            )
        self.checked = len(posted)


def _about(schedule: Schedule, at: datetime, late: timedelta) -> list[almanac.Due]:
    return almanac.due(replace(schedule, paused_at=None), at - late, at)
