"""The order of events: rounds of one briefing for every channel, each with lives that are killed and one that may finish.

    news is written ─▶ the clock is set to the slot ─▶ lives, killed at a step, a moment or whenever ─▶ a last one, in calm

A life is killed at a step that can still come, those first that were hit least; at times a second program is started beside
it, which is to wait and to go on where the first was killed. The clocks of the program and of Discord go on together, by
minutes between two lives, so that nonces are forgotten now and then; never so far that a briefing is too late.
"""

from __future__ import annotations

import random
import re
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from discord_on_loopback import HISTORY, SEND, VIEW, Loopback

from bot.delivery import posting
from briefs.models import PostState
from briefs.store import Store, backup

from . import press, verdict
from .nursery import Life, Nursery
from .report import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefs.models import Post

STEPS = ("saved", "claimed", "sent", "recorded", "passed on", "thread opened", "reconciled")
NEWS = ("news fetched", "news extracted", "news read", "news recorded", "news grouped")
MOMENTS = (
    "silence",
    "silence after",
)  # a post is kept waiting before, or after, it is stored; then the program is killed
ANYTIME = ("lease taken", "whenever", "two at once", "restoring")
EVERY = timedelta(hours=4)  # between two slots of a channel
ROOM = timedelta(minutes=60)  # for the lives of a round; after two hours a briefing is too late
IDLE = "idle"  # killed when there was nothing more to do: it is not counted as a kill
GRACE = 0.5  # seconds for a life to die at a step that is seen in the database already
LATEST = 10.0  # seconds after which a life is killed that did not come to its step
LOSS_EVERY = 20  # rounds, each of which a channel does not outlive
DEAF_EVERY = 10  # rounds in which the last life gets no acknowledgement for a while
EMBED, THREADS = 1 << 14, 1 << 35
ALLOWED = VIEW | SEND | HISTORY | EMBED | THREADS
ANNOUNCEMENTS = 5  # a kind of channel
PLACES = r"(POST|GET) /channels/\d+/messages(/\d+/(crosspost|threads))?"
WEATHER: tuple[dict[str, Any], ...] = (
    {"kind": "refuse", "status": 500, "chance": 0.04},
    {"kind": "refuse", "status": 503, "chance": 0.04},
    {"kind": "refuse after", "status": 502, "chance": 0.05},
    {"kind": "limit", "chance": 0.06},
    {"kind": "global limit", "chance": 0.05},
    {"kind": "unlabelled limit", "chance": 0.04},
    {"kind": "cut", "chance": 0.05},
    {"kind": "cut after", "chance": 0.08},
    {"kind": "slow", "seconds": 0.2, "chance": 0.08},
    {"kind": "silence", "chance": 0.01},
    {"kind": "silence after", "chance": 0.02},
)
CALM_WEATHER = tuple(each for each in WEATHER if each["kind"] in {"limit", "cut after", "slow", "unlabelled limit"})
ERROR = re.compile(r"\[(?:error|critical) *\].*\[(?:bot|briefs)\b.*")  # of the program's own, in its log
GATEWAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("drop", {}),
    ("reconnect", {}),
    ("invalidate", {"resumable": True}),
    ("invalidate", {"resumable": False}),
    ("close", {"code": 4000}),
    ("forget", {}),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long it goes on, and where. ``steps`` are those at which lives end; ``broken`` names a wrong publisher."""

    kills: int
    database: str
    guilds: int = 2
    channels: int = 2
    seed: int = 1
    steps: tuple[str, ...] = (*STEPS, *NEWS, *MOMENTS, *ANYTIME)
    losses: bool = True  # of permissions and channels
    broken: str | None = None
    seconds: float = float("inf")  # after which no further round begins
    workers: float = 0.03  # of the lives work in processes of their own
    patience: float = 90.0  # seconds for the last life of a round
    calm: int = (
        2  # rounds at the end in which nothing is killed; without them nothing is in feeds, which may be told late
    )
    told: Callable[[Report], object] = lambda _report: None  # after each round


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
        everywhere = [each for channels in self._guilds.values() for each in channels]
        self._announcing = {each for each in everywhere if each % 3 == 1}
        self._discussed = {each for each in everywhere if each % 3 == 2}
        self._first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + EVERY
        self._first -= timedelta(hours=self._first.hour % 4)
        self._ahead = timedelta(0)
        self._own: dict[int, int] = {}  # the feed of each server that is never visited
        self._gone: set[int] = set()  # channels that were deleted
        self._due: list[verdict.Due] = []
        self._shut: set[verdict.Due] = set()
        self.report = Report()

    # -------------------------------------------------------------------------------------------------------- running
    def run(self) -> Report:
        """Kill as often as planned, let the last news be told, and count."""
        began = time.monotonic()
        self._prepare()
        while self.report.kills.total() < self.plan.kills and time.monotonic() - began < self.plan.seconds:
            self._round()
            self.plan.told(self.report)
        for _ in range(
            self.plan.calm
        ):  # what was in feeds is collected in the first, and told by the second at the latest
            self._round(lives=0)
        self._count()
        self.report.seconds = time.monotonic() - began
        self._store.close()
        return self.report

    def _prepare(self) -> None:
        self._discord.reset()
        self._discord.dice(self.plan.seed)
        self._discord.build(self._guilds)
        self._discord.settings(heartbeat_interval=1000)
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
                if channel in self._announcing:
                    self._discord.channel(channel, guild, ANNOUNCEMENTS)
                posting.choose(self._store, guild, channel, "thread", channel in self._discussed)

    def _round(self, lives: int | None = None) -> None:
        """One slot of every channel."""
        slot = self._first + EVERY * self.report.rounds
        self.report.rounds += 1
        self._news(slot, in_feeds=lives is None and self.plan.calm > 0)
        self._due += [(channel, slot) for channel in self._channels()]
        self._set_clock(slot + timedelta(seconds=self._chance.choice((-1.0, 1.0, 30.0, 900.0))))
        self._hurl(WEATHER)
        denied = self._lose_permissions(slot) if self.plan.losses and lives is None else {}
        for life in range(self._chance.randrange(4, 9) if lives is None else lives):
            if life == 1:
                for channel in denied.pop("later", ()):
                    self._deny(channel, slot)
                if self.plan.losses and self.report.rounds % LOSS_EVERY == 0:
                    self._lose_channel(slot)
            if self.report.kills.total() >= self.plan.kills or not self._lived(slot):
                break
            if self._chance.random() < 0.5 and self._now() < slot + ROOM:
                self._set_clock(self._now() + timedelta(minutes=self._chance.uniform(1, 12)))
        self._hurl(CALM_WEATHER)
        for channel in denied.get("for a while", ()):
            self._allow(channel)
        self._finish(slot, collect=lives is not None)
        for channel in denied.get("for the round", ()):
            self._allow(channel)

    def _news(self, slot: datetime, *, in_feeds: bool) -> None:
        """Something for every server, so that no briefing is silent; at times so much that it needs several messages.

        What is in feeds may come too late for this slot, and is told by the next.
        """
        for guild in self._guilds:
            much = self._chance.random() < 0.3
            self._tell(guild, slot - timedelta(minutes=10), 10 if much else 1, sentences=8 if much else 2)
            for _ in range(self._chance.randrange(3) if in_feeds else 0):
                self._outlet.publish(self._press.write(guild, slot - timedelta(minutes=20), sentences=4))
        self._store.poll_now(
            [feed.id for feed in self._store.feeds() if feed.id not in self._own.values()], self._now()
        )

    def _tell(self, guild: int, at: datetime, count: int, *, sentences: int = 2) -> None:
        press.store(
            self._store, self._own[guild], [self._press.write(guild, at, sentences=sentences) for _ in range(count)]
        )

    # ---------------------------------------------------------------------------------------------------------- lives
    def _begin(self, **wanted: Any) -> Life:
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
        workers = self._chance.random() < self.plan.workers
        self.report.with_workers += workers
        about = {"folder": str(self._folder), "broken": self.plan.broken, "ahead": self._ahead.total_seconds()}
        return self._nursery.begin(environment=environment, workers=workers, **about, **wanted)

    def _lived(self, slot: datetime) -> bool:
        """Whether there was something left to do, and so a life that was killed."""
        how = self._next_step(slot)
        if how is None:
            return False
        if how == "two at once":
            self._pair(slot)
        elif how == "restoring":
            self._restore()
        elif how in MOMENTS:
            self._discord.fault(how, name="moment")
            life = self._begin()
            self._accompany(life, lambda: self._discord.is_held() or self._is_over(slot, how))
            held = self._discord.is_held()
            self._discord.lift("moment")
            self._kill(life, how if held else IDLE)
        elif how == "whenever":
            life = self._begin()
            life.ends(self._chance.uniform(0.02, 2.0))
            self._kill(life, how)
        else:
            life = self._begin(fuse=how)
            self._accompany(life, lambda: self._is_over(slot, how))
            self._kill(life, how if life.ends(GRACE) else IDLE)
        return True

    def _next_step(self, slot: datetime) -> str | None:
        """One of the steps that can still come in this round, rather those that were hit least."""
        coming = self._coming(slot)
        open_ = [each for each in self.plan.steps if each in coming]
        drawn = self._chance.choices(open_, k=3) if open_ else []
        return min(drawn, key=self.report.kills.__getitem__, default=None)

    def _coming(self, slot: datetime) -> set[str]:
        """The steps that can still come."""
        coming = set(NEWS) if self._is_behind() else set()
        for channel, posts in self._runs(slot):
            if not posts:
                coming |= {"saved", "claimed"}
            if any(post.state is PostState.CLAIMED for post in posts):
                coming.add("reconciled")
            if not posts or "reconciled" in coming:
                coming |= {"sent", "recorded", *MOMENTS, *({"thread opened"} if channel in self._discussed else ())}
            if not self._has_ended(channel, posts) and channel in self._announcing:
                coming.add("passed on")
        return coming | set(ANYTIME) if coming else coming

    def _is_over(self, slot: datetime, step: str) -> bool:
        """Whether a step will not come any more."""
        return step not in self._coming(slot)

    def _accompany(self, life: Life, over: Callable[[], bool]) -> None:
        """Wait until a life has ended by itself or something is over; now and then the gateway goes away under it."""
        act = self._chance.choice(GATEWAY) if self._chance.random() < 0.4 else None
        deadline = time.monotonic() + LATEST
        while not life.ends(0.05) and time.monotonic() < deadline and not over():
            if act and self._discord.state()["connected"]:
                life.ends(self._chance.uniform(0, 0.3))
                self._discord.gateway(act[0], **act[1])
                act = None

    def _kill(self, life: Life, how: str) -> None:
        status = life.end()
        assert status == -signal.SIGKILL, f"the program ended by itself with {status}: see the log in {self._folder}"
        if how == IDLE:
            self.report.idle += 1
        else:
            self.report.kills[how] += 1

    def _pair(self, slot: datetime) -> None:
        """Start a second program beside one that runs, and kill the first: the second goes on, and is killed in its turn."""
        self.report.pairs += 1
        first = self._begin()
        _until(lambda: first.ends(0.02) or self._discord.state()["connected"], LATEST)
        second = self._begin()
        _until(lambda: self._count_connected() or first.ends(0.05), self._chance.uniform(0.1, 2.0))
        self._kill(first, "two at once")
        _until(lambda: second.ends(0.05) or self._discord.state()["connected"], LATEST)
        self.report.takeovers += self._discord.state()["connected"] > 0
        if self._chance.random() < 0.5:
            self._accompany(second, lambda: self._is_done(slot))
        self._kill(second, "after the other")

    def _restore(self) -> None:
        """Back up, let the program work on, restore under it, and kill one of the two, then the other, at any moment."""
        copy = self._folder / "copy.db"
        backup.make(self.plan.database, copy, replace=True)
        life = self._begin()
        life.ends(self._chance.uniform(0.0, 2.0))
        restoring = self._begin(restore=str(copy))
        if self._chance.random() < 0.5:
            restoring.ends(self._chance.uniform(0.0, 1.0))  # it takes about half a second
            restoring.end()
        else:
            restoring.ends(LATEST)
            life.ends(self._chance.uniform(0.0, 4.0))  # it notices within some seconds, and begins again
        self._kill(life, "restoring")
        self.report.restored += restoring.end() == 0
        for kept in self._folder.glob("*.before-restore-*"):
            kept.unlink()

    def _count_connected(self) -> bool:
        """Note where two programs are connected at once; there is nothing else to wait for then."""
        both = self._discord.state()["connected"] > 1
        self.report.together += both
        return both

    def _finish(self, slot: datetime, *, collect: bool) -> None:
        """Let the program live until the ledger says that every briefing of a slot has come to its end, then end it.

        ``collect``: and until what is in feeds was collected.
        """
        life = self._begin()
        if self.report.rounds % DEAF_EVERY == 0:
            self._be_deaf(life)
        done = _until(
            lambda: life.ends(0.05) or (self._is_done(slot) and not (collect and self._is_behind())), self.plan.patience
        )
        self.report.unfinished += not done
        if self._chance.random() < 0.3:
            self._kill(life, "when done")
        else:
            status = life.end(signal.SIGTERM)
            assert status in (0, -signal.SIGTERM), f"the program ended with {status}"  # the latter while it starts

    def _be_deaf(self, life: Life) -> None:
        """Acknowledge no heartbeat until the client comes back by itself."""
        _until(lambda: life.ends(0.05) or self._discord.state()["connected"], LATEST)
        greetings = self._greetings()
        self._discord.deaf()
        _until(lambda: life.ends(0.1) or self._greetings() > greetings, LATEST)
        self._discord.deaf(False)

    def _greetings(self) -> int:
        """How often a client identified itself, or resumed."""
        return sum(op in (2, 6) for op in self._discord.state()["ops"])

    def _is_done(self, slot: datetime) -> bool:
        """Whether every briefing of a slot has come to its end, and was passed on where that is wanted."""
        return all(self._has_ended(channel, posts) for channel, posts in self._runs(slot))

    def _runs(self, slot: datetime) -> list[tuple[int, tuple[Post, ...]]]:
        """The messages of each briefing that is due in a slot, as the ledger has them."""
        channels = [channel for channel, at in self._due if at == slot and channel not in self._gone]
        return [(each, self._store.posts(f"{each}:{slot:%Y-%m-%d}:{slot:%H:%M}")) for each in channels]

    def _has_ended(self, channel: int, posts: tuple[Post, ...]) -> bool:
        if not posts or any(post.state is PostState.CLAIMED for post in posts):
            return False
        passed_on = channel not in self._announcing or all(post.crossposted_at for post in posts)
        return passed_on or any(post.state is PostState.FAILED for post in posts)

    def _is_behind(self) -> bool:
        """Whether something that is in a feed is not stored yet."""
        stored = self._store.articles(self._store.visible(None, limit=1000)).values()
        titles = {article.title for article in stored}
        return any(piece.title not in titles for pieces in self._outlet.pieces.values() for piece in pieces[:6])

    # --------------------------------------------------------------------------------------------------------- faults
    def _hurl(self, weather: tuple[dict[str, Any], ...]) -> None:
        self._discord.lift()
        for fault in weather:
            self._discord.fault(**fault, on=PLACES, times=None, name="weather")

    def _lose_permissions(self, slot: datetime) -> dict[str, list[int]]:
        """At times a channel takes no messages: for the round, so that the next tells its news, or for a part of it."""
        lost: dict[str, list[int]] = {}
        for how in ("for the round", "for a while"):
            if self._chance.random() < 0.2:
                lost[how] = [self._chance.choice(self._channels())]
        if "for a while" in lost and self._chance.random() < 0.5:
            lost["later"] = lost["for a while"]
        for channel in {each for channels in lost.values() for each in channels} - set(lost.get("later", ())):
            self._deny(channel, slot)
        return lost

    def _deny(self, channel: int, slot: datetime) -> None:
        if channel not in self._gone:
            self._discord.deny(channel, SEND)
            self._shut.add((channel, slot))

    def _allow(self, channel: int) -> None:
        if channel not in self._gone:
            self._discord.deny(channel, 0)

    def _lose_channel(self, slot: datetime) -> None:
        """Delete a channel in the middle of a round, as long as another is left; nothing is due there any more."""
        channels = self._channels()
        if len(channels) > 1:
            channel = self._chance.choice(channels)
            self._discord.delete(channel)
            self._gone.add(channel)
            self._shut.add((channel, slot))

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
        self.report.verdict = found = verdict.judge(stands, self._due, self._shut, pieces)
        announced = [each for each in stands if each.channel in self._announcing - self._gone]
        found.to_pass_on, found.passed_on = len(announced), sum(each.passed_on for each in announced)
        self._count_threads(found, stands)
        self.report.faults = self._discord.faults()
        self.report.broken_rules = self._discord.broken()
        log = self._folder / "log"
        said = log.read_text(encoding="utf-8") if log.exists() else ""
        self.report.errors = ERROR.findall(said)

    def _count_threads(self, found: verdict.Verdict, stands: list[verdict.Told]) -> None:
        first = {each.message for each in stands if each.channel in self._discussed - self._gone and each.part == 0}
        opened = {request["path"] for request in self._discord.requests("POST") if request["path"].endswith("/threads")}
        found.to_thread = len(first)
        found.threads = len(first & {int(path.split("/")[-2]) for path in opened})


def run(plan: Plan, folder: Path, discord: Loopback) -> Report:
    """Run a trial from beginning to end."""
    with press.Outlet() as outlet, Nursery(folder) as nursery:
        return Trial(plan, folder, discord, nursery, outlet).run()


def _until(condition: Callable[[], object], seconds: float) -> bool:
    """Wait until something is so, but no longer than this; whether it is."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
