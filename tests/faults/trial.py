"""The order of events: rounds of one briefing for every channel, each with lives that are killed and one that may finish.

    news is written ─▶ the clock is set to the slot ─▶ lives, killed at a step, a moment or whenever ─▶ a last one, in calm

The clocks of the program and of Discord go on together, by minutes between two lives, so that nonces are forgotten now and
then; never so far that a briefing is too late. What is killed by then is killed with SIGKILL.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from discord_on_loopback import HISTORY, SEND, VIEW, Loopback

from briefs.models import PostState
from briefs.store import Store

from . import press, verdict

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
STEPS = (
    *("saved", "claimed", "sent", "recorded"),
    *("news fetched", "news extracted", "news read", "news recorded", "news grouped"),
)
MOMENTS = (
    "silence",
    "silence after",
)  # a post is kept waiting before, or after, it is stored; then the program is killed
EVERY = timedelta(hours=4)  # between two slots of a channel
ROOM = timedelta(minutes=90)  # for the lives of a round; after two hours a briefing is too late
LATEST = 2.0  # seconds of a life that is to be killed
PATIENCE = 60.0  # seconds for the last life of a round
LOSS_EVERY = 20  # rounds, each of which a channel does not outlive
EMBED = 1 << 14
ALLOWED = VIEW | SEND | HISTORY | EMBED
WEATHER: tuple[dict[str, Any], ...] = (
    {"kind": "refuse", "status": 500, "chance": 0.05},
    {"kind": "refuse", "status": 503, "chance": 0.05},
    {"kind": "refuse after", "status": 502, "chance": 0.05},
    {"kind": "limit", "chance": 0.1},
    {"kind": "global limit", "chance": 0.05},
    {"kind": "unlabelled limit", "chance": 0.03},
    {"kind": "cut", "chance": 0.06},
    {"kind": "cut after", "chance": 0.1},
    {"kind": "slow", "seconds": 0.3, "chance": 0.1},
    {"kind": "silence after", "chance": 0.03},
)
CALM_WEATHER = tuple(each for each in WEATHER if each["kind"] in {"limit", "cut after", "slow"})


@dataclass(frozen=True, slots=True)
class Plan:
    """How long it goes on, and where. ``steps`` are those at which lives end; ``broken`` names a wrong publisher."""

    kills: int
    database: str
    guilds: int = 2
    channels: int = 2
    seed: int = 1
    steps: tuple[str, ...] = (*STEPS, *MOMENTS, "whenever")
    losses: bool = True  # of permissions and channels
    broken: str | None = None
    seconds: float = float("inf")  # after which no further round begins


@dataclass
class Report:
    """What happened, and the verdict on it."""

    verdict: verdict.Verdict = field(default_factory=verdict.Verdict)
    kills: Counter[str] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)
    starts: int = 0
    rounds: int = 0
    seconds: float = 0.0
    tracebacks: int = 0
    broken_rules: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        found = self.verdict
        rows = [
            ("kills", f"{self.kills.total()} ({_counted(self.kills)})"),
            ("faults", f"{sum(self.faults.values())} ({_counted(self.faults)})"),
            ("starts", str(self.starts)),
            ("briefings due", f"{found.due} in {self.rounds} rounds, and {found.refused} that Discord refused"),
            ("delivered once", str(found.once)),
            ("twice", str(len(found.twice))),
            ("lost", str(len(found.lost))),
            ("articles", f"{found.articles}, each to be told once in its channel"),
            ("seconds", f"{self.seconds:.0f}"),
        ]
        lines = [f"{name:<15} {value}" for name, value in rows]
        return "\n".join([*lines, *found.twice[:20], *found.lost[:20], *self.broken_rules[:5]])


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


class Nursery:
    """Starts and ends lives of the program; a context manager."""

    def __init__(self, folder: Path) -> None:
        paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.lives"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
        )
        self.now = 0  # the process id of the life that is lived
        self._ended = threading.Event()
        self._status = 0

    def __enter__(self) -> Self:
        assert self._said() == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()

    def _said(self) -> str:
        return self._process.stdout.readline().strip()

    def begin(self, **wanted: Any) -> None:
        self._ended.clear()
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        self.now = int(self._said())
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        self._status = int(self._said())
        self.now = 0
        self._ended.set()

    def ends(self, seconds: float) -> bool:
        """Whether the life ends by itself so soon."""
        return self._ended.wait(seconds)

    def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End the life, and return what it died of."""
        if self.now:
            os.kill(self.now, how)
        if not self._ended.wait(PATIENCE):
            self.kill()
            raise AssertionError(f"the program does not end on {how.name}")
        return self._status

    def kill(self) -> None:
        if self.now:
            os.kill(self.now, signal.SIGKILL)
            self._ended.wait(PATIENCE)


class Trial:
    """One run of the harness, over a database that exists."""

    def __init__(self, plan: Plan, folder: Path, discord: Loopback, nursery: Nursery, outlet: press.Outlet) -> None:
        self.plan, self._folder, self._discord, self._nursery, self._outlet = plan, folder, discord, nursery, outlet
        self._chance = random.Random(plan.seed)
        self._press = press.Press(self._chance)
        self._store = Store.open(plan.database)
        self._guilds = {
            2000 + guild: [3000 + 10 * guild + n for n in range(plan.channels)] for guild in range(plan.guilds)
        }
        self._first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + EVERY
        self._first -= timedelta(hours=self._first.hour % 4)
        self._ahead = timedelta(0)
        self._own: dict[int, int] = {}  # the feed of each server that is never visited
        self._gone: set[int] = set()  # channels that were deleted
        self._due: list[verdict.Due] = []
        self._refused: set[verdict.Due] = set()
        self.report = Report()

    # -------------------------------------------------------------------------------------------------------- running
    def run(self) -> Report:
        """Kill as often as planned, let the last news be told, and count."""
        began = time.monotonic()
        self._prepare()
        while self.report.kills.total() < self.plan.kills and time.monotonic() - began < self.plan.seconds:
            self._round()
        for _ in range(2):  # what was in feeds is collected in the first, and told by the second at the latest
            self._round(lives=0)
        self._count()
        self.report.seconds = time.monotonic() - began
        self._store.close()
        return self.report

    def _prepare(self) -> None:
        self._discord.reset()
        self._discord.dice(self.plan.seed)
        self._discord.build(self._guilds)
        self._set_clock(self._first - timedelta(hours=1))
        times = [f"{hour:02}:00" for hour in range(0, 24, 4)]
        now = self._now()
        for guild, channels in self._guilds.items():
            self._discord.permissions(ALLOWED, guild)
            self._own[guild] = self._store.subscribe(guild, f"https://courier.example/{guild}/feed", now=now).id
            self._store.subscribe(guild, self._outlet.url(guild), now=now)
            self._tell(guild, now, 1)
            for channel in channels:
                self._store.add_schedule(guild, channel, times, range(7), "UTC", None, now)

    def _round(self, lives: int | None = None) -> None:
        """One slot of every channel."""
        slot = self._first + EVERY * self.report.rounds
        self.report.rounds += 1
        self._news(slot, in_feeds=lives is None)
        lost = self._lose_permission(slot) if self.plan.losses and lives is None else None
        self._due += [(channel, slot) for channel in self._channels()]
        self._set_clock(slot + timedelta(seconds=self._chance.choice((-1.0, 1.0, 30.0, 900.0))))
        self._hurl(WEATHER)
        for life in range(self._chance.randrange(3, 7) if lives is None else lives):
            if life == 1 and self.plan.losses and self.report.rounds % LOSS_EVERY == 0:
                self._lose_channel(slot)
            self._killed(slot)
            if self._chance.random() < 0.5 and self._now() < slot + ROOM:
                self._set_clock(self._now() + timedelta(minutes=self._chance.uniform(1, 12)))
        self._hurl(CALM_WEATHER)
        self._finish(slot, collect=lives is not None)
        if lost and lost not in self._gone:
            self._discord.deny(lost, 0)

    def _news(self, slot: datetime, *, in_feeds: bool) -> None:
        """Something for every server, so that no briefing is silent; at times so much that it needs several messages.

        What is in feeds may come too late for this slot, and is told by the next.
        """
        for guild in self._guilds:
            much = self._chance.random() < 0.3
            self._tell(guild, slot - timedelta(minutes=10), 10 if much else 1, sentences=8 if much else 2)
            for _ in range(self._chance.randrange(3) if in_feeds else 0):
                self._outlet.publish(self._press.write(guild, slot - timedelta(minutes=5), sentences=4))
        self._store.poll_now(
            [feed.id for feed in self._store.feeds() if feed.id not in self._own.values()], self._now()
        )

    def _tell(self, guild: int, at: datetime, count: int, *, sentences: int = 2) -> None:
        press.store(
            self._store, self._own[guild], [self._press.write(guild, at, sentences=sentences) for _ in range(count)]
        )

    # ---------------------------------------------------------------------------------------------------------- lives
    def _begin(self, **wanted: Any) -> None:
        self.report.starts += 1
        environment = {
            "DATABASE_URL": self.plan.database,
            "FETCH_ALLOW": "127.0.0.0/8",
            "HOST_SPACING": "0",
            "POLL_MINUTES": "1",
            "BRIEFING_STORIES": "20",
            "BRIEFING_SENTENCES": "10",
            **self._discord.environment,
        }
        about = {"folder": str(self._folder), "broken": self.plan.broken, "ahead": self._ahead.total_seconds()}
        self._nursery.begin(environment=environment, **about, **wanted)

    def _killed(self, slot: datetime) -> None:
        """One life that ends with SIGKILL, at the latest when there is nothing more to do."""
        how = self._chance.choice(self.plan.steps)
        if how in MOMENTS:
            self._discord.fault(how, name="moment")
            self._begin()
            _until(lambda: self._discord.is_held() or self._nursery.ends(0.02) or self._is_quiet(slot, how), LATEST)
            self._discord.lift("moment")
        elif how == "whenever":
            self._begin()
            self._gateway_trouble()
            self._nursery.ends(self._chance.uniform(0.1, LATEST))
        else:
            self._begin(fuse=how, at=self._chance.choice((1, 1, 1, 2, 3)))
            _until(lambda: self._nursery.ends(0.05) or self._is_quiet(slot, how), LATEST)
        status = self._nursery.end()
        assert status == -signal.SIGKILL, f"the program ended by itself with {status}: see the log in {self._folder}"
        self.report.kills[how] += 1

    def _is_quiet(self, slot: datetime, step: str) -> bool:
        """Whether a step will not come any more."""
        return not step.startswith("news") and self._is_done(slot)

    def _gateway_trouble(self) -> None:
        """Now and then the gateway goes away under a client."""
        act = self._chance.choice(("drop", "reconnect", "invalidate", "forget", "deaf", "", "", ""))
        if not act:
            return
        _until(lambda: self._discord.state()["connected"] or self._nursery.ends(0.02), LATEST / 2)
        if act == "deaf":
            self._discord.deaf()
            self._discord.deaf(False)
        else:
            self._discord.gateway(act, **({"resumable": True} if act == "invalidate" else {}))

    def _finish(self, slot: datetime, *, collect: bool) -> None:
        """Let the program live until the ledger says that every briefing of a slot has come to its end, then end it.

        ``collect``: and until what is in feeds was collected.
        """
        self._begin()
        _until(
            lambda: self._nursery.ends(0.05) or (self._is_done(slot) and not (collect and self._is_behind())), PATIENCE
        )
        if self._chance.random() < 0.5:
            self._nursery.end()
            self.report.kills["when done"] += 1
        else:
            status = self._nursery.end(signal.SIGTERM)
            assert status in (0, -signal.SIGTERM), f"the program ended with {status}"  # the latter while it starts

    def _is_done(self, slot: datetime) -> bool:
        keys = [
            f"{channel}:{slot:%Y-%m-%d}:{slot:%H:%M}"
            for channel, at in self._due
            if at == slot and channel not in self._gone
        ]
        runs = [self._store.posts(key) for key in keys]
        return all(posts and all(post.state is not PostState.CLAIMED for post in posts) for posts in runs)

    def _is_behind(self) -> bool:
        """Whether something that is in a feed is not stored yet."""
        stored = self._store.articles(self._store.visible(None, limit=1000)).values()
        titles = {article.title for article in stored}
        return any(piece.title not in titles for pieces in self._outlet.pieces.values() for piece in pieces)

    # --------------------------------------------------------------------------------------------------------- faults
    def _hurl(self, weather: tuple[dict[str, Any], ...]) -> None:
        self._discord.lift()
        for fault in weather:
            self._discord.fault(**fault, on=r"(POST|GET) /channels/\d+/messages", times=None, name="weather")

    def _lose_permission(self, slot: datetime) -> int | None:
        """At times one channel takes no messages for a round: its briefing is refused, and the next one tells its news."""
        if self._chance.random() > 0.25:
            return None
        channel = self._chance.choice(self._channels())
        self._discord.deny(channel, SEND)
        self._refused.add((channel, slot))
        return channel

    def _lose_channel(self, slot: datetime) -> None:
        """Delete a channel in the middle of a round, as long as another is left; nothing is due there any more."""
        channels = self._channels()
        if len(channels) > 1:
            channel = self._chance.choice(channels)
            self._discord.delete(channel)
            self._gone.add(channel)
            self._refused.add((channel, slot))

    def _channels(self) -> list[int]:
        return [each for channels in self._guilds.values() for each in channels if each not in self._gone]

    def _now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def _set_clock(self, at: datetime) -> None:
        """Move both clocks on; never back."""
        self._ahead = max(self._ahead, at - datetime.now(UTC))
        self._discord.clock(self._ahead.total_seconds())

    # ------------------------------------------------------------------------------------------------------- counting
    def _count(self) -> None:
        by_guild = {guild: [each for each in self._press.pieces if each.guild == guild] for guild in self._guilds}
        pieces = {
            channel: by_guild[guild]
            for guild, channels in self._guilds.items()
            for channel in channels
            if channel not in self._gone
        }
        stands = verdict.told(self._discord.stands(None))
        self.report.verdict = verdict.judge(stands, self._due, self._refused, pieces)
        self.report.faults = self._discord.faults()
        self.report.broken_rules = self._discord.broken()
        log = self._folder / "log"
        self.report.tracebacks = log.read_text(encoding="utf-8").count("Traceback") if log.exists() else 0


def run(plan: Plan, folder: Path, discord: Loopback) -> Report:
    """Run a trial from beginning to end."""
    with press.Outlet() as outlet, Nursery(folder) as nursery:
        return Trial(plan, folder, discord, nursery, outlet).run()


def _until(condition: Callable[[], object], seconds: float) -> None:
    """Wait until something is so, but no longer than this."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
