"""A collector that is killed, again and again: a process of its own that opens the store, collects in a loop, and dies.

    python lives.py DATABASE ZERO

reads one JSON line for each life, forks, and answers with the life's process id and then with what it died of. What dies is
all that a real process has but its imports, which would take most of the time. ``ZERO`` is when the clock began, in seconds.

A life is ``{"fuse": "step" | "statement" | "commit" | "none", "at": n}``: it dies at the n-th step, before the n-th statement
or right before the n-th commit. With ``"calm": true`` it collects a few times, composes a briefing and ends by itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import datetime, timedelta
from typing import Any

# Imported before the fork, so that no life waits for them.
import nltk.stem.snowball  # noqa: F401
import structlog
import trafilatura  # noqa: F401
from desk import Desk, options
from publisher import START
from sqlalchemy import event
from sqlalchemy.engine import Engine

import briefs.collecting
import briefs.sources.discovery
import briefs.sources.feeds.dialects
import briefs.sources.fetching
import briefs.stories  # noqa: F401
from briefs.store import Store

GUILD = 1
PACE = 600  # seconds of the clock in a second
CALM_ROUNDS = 3


def clock(zero: float) -> datetime:
    return START + timedelta(seconds=(time.time() - zero) * PACE)


class Fuse:
    """Kills this process at the n-th of what it counts."""

    def __init__(self, kind: str, at: int) -> None:
        self.kind, self.left = kind, at
        event.listen(Engine, "before_cursor_execute", lambda *_: self.count("statement"))
        event.listen(Engine, "commit", lambda *_: self.count("commit"))

    def count(self, kind: str) -> None:
        if kind == self.kind:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def live(database: str, zero: float, wanted: dict[str, Any]) -> None:
    """Collect until something kills this process."""
    parent, fuse = os.getppid(), Fuse(wanted["fuse"], wanted.get("at", 0))
    store = Store.open(database)
    desk = Desk(store, options=options(), clock=lambda: clock(zero), checkpoint=lambda _step: fuse.count("step"))
    rounds = 0
    while os.getppid() == parent and rounds < (CALM_ROUNDS if wanted.get("calm") else 10**9):
        store.poll_now([feed.id for feed in store.feeds(GUILD)], desk.clock())
        desk.collect()
        rounds += 1
    desk.compose(GUILD)


def main() -> None:
    database, zero = sys.argv[1], float(sys.argv[2])
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # what is printed are answers
    print("ready", flush=True)
    for line in sys.stdin:
        life = os.fork()
        if life == 0:
            live(database, zero, json.loads(line))
            os._exit(0)
        print(life, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(life, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
