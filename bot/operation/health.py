"""Whether all is well: one judgement, from what is stored and from what the process knows; pure.

``/healthz``, ``/readyz``, ``debrief check`` and ``/status`` all say what it says. A check is one sentence; one that is not well
says what to do. ``failing`` is what keeps news or answers from people, ``warning`` what will, or keeps a part from them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.operation.jobs import JOBS, alarming
from bot.operation.turns import LEFT
from bot.rendering.pages import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.operation.vitals import Process
    from briefs.models import Feed, Post
    from briefs.store.records import JobRecord, SetAside

AWAY = timedelta(minutes=1)  # Discord closes each connection now and then; a new one takes seconds
RESTING = timedelta(minutes=10)  # no job ran for so long: the bot does not run
WAITING = timedelta(minutes=10)  # a message on its way for so long
STALE = timedelta(days=3)  # without a new article from any feed
LITTLE_DISK, NO_DISK = 500_000_000, 50_000_000  # bytes
STREAK = 3  # visits of a feed that failed in a row: one alone mends itself
LATE = 2.0  # seconds that the event loop was held up; Discord waits three for a first answer
MANY_REQUESTS = 100  # of people, in work at once; beyond 216 they are sent away


class State(StrEnum):
    """How something is, from good to bad."""

    OK = "ok"
    WARNING = "warning"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, in one sentence, and what to do where it is not well."""

    name: str
    state: State
    sentence: str
    to_do: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """The judgement: every check, in a fixed order."""

    checks: tuple[Check, ...]

    @property
    def state(self) -> State:
        """The worst of all."""
        return max((check.state for check in self.checks), key=list(State).index, default=State.OK)

    @property
    def troubles(self) -> tuple[Check, ...]:
        """What is not well, the worst first."""
        bad = (check for check in self.checks if check.state is not State.OK)
        return tuple(sorted(bad, key=lambda check: -list(State).index(check.state)))

    def check(self, name: str) -> Check | None:
        """Return a check by its name."""
        return next((check for check in self.checks if check.name == name), None)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database tells, and the disk under it; ``problem``: why it cannot be used, and then the rest is unknown."""

    problem: str | None = None
    jobs: tuple[JobRecord, ...] = ()
    feeds: tuple[Feed, ...] = ()
    waiting: tuple[Post, ...] = ()  # messages claimed and not sent
    set_aside: tuple[SetAside, ...] = ()
    articles: int = 0
    newest_at: datetime | None = None  # article
    disk_left: int | None = None  # bytes; None: the database is not on a disk of this machine


def judge(stored: Stored, process: Process | None, now: datetime) -> Health:
    """Judge. ``process`` None: only what is stored is known, and whether a bot runs is read from its jobs."""
    checks = [*_process(process, now)] if process else []
    checks += [_database(stored)]
    if stored.disk_left is not None:
        checks.append(_disk(stored.disk_left))
    if stored.problem is None:
        checks += [
            *_jobs(stored.jobs, process, now),
            _waiting(stored.waiting, now),
            _feeds(stored.feeds, stored.newest_at, now),
            _set_aside(stored.set_aside),
        ]
    return Health(tuple(checks))


# ---------------------------------------------------------------------------------------------------------- the process
def _process(process: Process, now: datetime) -> Iterator[Check]:
    yield _lease(process)
    yield _discord(process, now)
    yield _loop(process)


def _lease(process: Process) -> Check:
    if process.holds_lease:
        return Check("lease", State.OK, "This is the one bot at work on this database.")
    sentence = "Another program may work on this database, so that nothing is posted."
    return Check("lease", State.FAILING, sentence, "`debrief check` says which; this one begins again by itself.")


def _discord(process: Process, now: datetime) -> Check:
    if process.connected_since is not None:
        return Check("discord", State.OK, f"Connected to Discord since {moment(process.connected_since)}.")
    since = process.away_since or process.awake_since
    sentence = f"Not connected to Discord since {moment(since)}."
    if now - since <= AWAY:
        return Check("discord", State.WARNING, sentence, "Wait a moment: it connects by itself.")
    return Check("discord", State.FAILING, sentence, "Check the network and discordstatus.com; it connects by itself.")


def _loop(process: Process) -> Check:
    if process.lag >= LATE:
        sentence = f"The bot was held up for {process.lag:.1f} seconds within the last minute."
        return Check("event loop", State.WARNING, sentence, "Give it a processor of its own, or a faster disk.")
    if process.requests >= MANY_REQUESTS:
        sentence = f"{process.requests} requests of people are waited for at once."
        return Check("event loop", State.WARNING, sentence, "Lower REQUESTS_PER_SERVER, or give it more processors.")
    if process.left_behind:
        sentence = f"{counted(process.left_behind, 'request')} of people did not come to an end."
        state = State.FAILING if process.left_behind >= LEFT else State.WARNING
        return Check("event loop", state, sentence, "Restart the bot, and report it, for that is a bug.")
    return Check("event loop", State.OK, "People are answered promptly.")


# --------------------------------------------------------------------------------------------------------- what is kept
def _database(stored: Stored) -> Check:
    if stored.problem is not None:
        return Check("database", State.FAILING, "The database cannot be used.", stored.problem)
    return Check("database", State.OK, "The database can be read and written.")


def _disk(left: int) -> Check:
    sentence = f"The disk of the database has {left // 1_000_000:,} MB left."
    to_do = (
        f"Make room: below {NO_DISK // 1_000_000} MB nothing may be kept, and nothing is posted twice or lost for it."
    )
    if left >= LITTLE_DISK:
        return Check("disk", State.OK, sentence)
    return Check("disk", State.FAILING if left < NO_DISK else State.WARNING, sentence, to_do)


def _jobs(jobs: Iterable[JobRecord], process: Process | None, now: datetime) -> Iterator[Check]:
    """What runs in the background; a bot that does not run is one trouble, not one for each job."""
    records = {record.name: record for record in jobs}
    latest = max((record.last_run_at for record in records.values()), default=None)
    if process is None and (latest is None or now - latest > RESTING):
        yield _resting(latest)
        return
    troubles = [
        Check(f"job {job.name}", State.FAILING, sentence, "The log says why, under “job failed”; it is tried again.")
        for job in JOBS
        if (sentence := alarming(job, records.get(job.name), now, _since(records.get(job.name), process, now)))
    ]
    yield from troubles or [Check("jobs", State.OK, "Everything in the background ran when it should.")]


def _since(record: JobRecord | None, process: Process | None, now: datetime) -> datetime:
    """From when on a job could run; of a bot that is known by its records alone, from its last success."""
    if process is not None:
        return process.awake_since
    return (record.last_success_at if record else None) or now


def _resting(latest: datetime | None) -> Check:
    if latest is None:
        return Check("bot", State.OK, "The bot has not run on this database yet.")
    return Check("bot", State.WARNING, f"The bot has not run since {moment(latest)}.", "Start it with `debrief run`.")


def _waiting(posts: tuple[Post, ...], now: datetime) -> Check:
    if not posts:
        return Check("posts", State.OK, "No message waits to be posted.")
    oldest = min(post.claimed_at for post in posts)
    if now - oldest <= WAITING:
        return Check("posts", State.OK, f"{counted(len(posts), 'message')} on the way to Discord.")
    waits = "message waits" if len(posts) == 1 else "messages wait"
    sentence = f"{len(posts)} {waits} to be posted, the oldest since {moment(oldest)}."
    to_do = "Look whether Discord is in trouble (discordstatus.com); they are posted by themselves, each once."
    return Check("posts", State.WARNING, sentence, to_do)


def _feeds(feeds: tuple[Feed, ...], newest_at: datetime | None, now: datetime) -> Check:
    failing = [feed for feed in feeds if feed.ended_at or feed.failures >= STREAK]
    if failing and len(failing) == len(feeds) > 1:
        sentence = f"None of the {len(feeds)} feeds can be read."
        return Check(
            "feeds", State.FAILING, sentence, "Check the network; `debrief feeds list` says what each answers."
        )
    if failing:
        sentence = f"{len(failing)} of {counted(len(feeds), 'feed')} cannot be read."
        return Check("feeds", State.WARNING, sentence, "`debrief feeds list` and `/feeds list` say why.")
    if feeds and newest_at and now - newest_at > STALE:
        sentence = f"The newest article is of {moment(newest_at)}."
        return Check("feeds", State.WARNING, sentence, "Look whether the feeds still bring news, and add others.")
    return Check("feeds", State.OK, f"{counted(len(feeds), 'feed')}, all readable." if feeds else "No feeds yet.")


def _set_aside(items: tuple[SetAside, ...]) -> Check:
    if not items:
        return Check("set aside", State.OK, "Nothing was set aside.")
    was, it = ("was", "it") if len(items) == 1 else ("were", "them")
    sentence = f"{_named(items)} {was} set aside: twice the bot's worker was lost at {it}."
    return Check("set aside", State.WARNING, sentence, "`/status` names them; report them, for that is a bug.")


def _named(items: tuple[SetAside, ...]) -> str:
    """Write how many of each kind: "2 articles and 1 feed"."""
    kinds = Counter({"grouping": "article"}.get(item.kind, item.kind) for item in items)
    told = [counted(count, kind, {"story": "stories"}.get(kind)) for kind, count in sorted(kinds.items())]
    return " and ".join([", ".join(told[:-1])] * (len(told) > 1) + told[-1:])


def moment(at: datetime) -> str:
    """Write a moment as the log does, without the seconds."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
