"""A collector that is killed between any two steps takes every article exactly once, and groups it into one story.

    .venv/bin/python tests/collecting/test_killed.py KILLS [SEED] [DATABASE]

kills it as often as wanted, over the database at an address (a file in the temporary folder unless named).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any, Self

from ledger import Ledger
from lives import GUILD, clock
from publisher import Fault, Format, Publisher

from briefs.models import SourceKind
from briefs.store import Store

ROOT = Path(__file__).parents[2]
FORMATS = (Format.RSS, Format.TEASERS, Format.ATOM, Format.JSON, Format.SITEMAP)
STEPS, STATEMENTS, COMMITS, REQUESTS = 12, 60, 8, 8  # the latest at which a life is killed
LONGEST = 0.5  # seconds of a life; one that does not come to its end by itself is killed wherever it is


class Lives:
    """Starts and ends lives of the collector; a context manager."""

    def __init__(self, database: str, zero: float) -> None:
        arguments = [sys.executable, str(Path(__file__).with_name("lives.py")), database, str(zero)]
        paths = os.pathsep.join((str(ROOT), str(Path(__file__).parent)))
        self._process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
        )
        assert self._said() == "ready"
        self.now = 0  # the process id of the life that is lived

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def _said(self) -> str:
        return self._process.stdout.readline().strip()

    def begin(self, **wanted: Any) -> None:
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        self.now = int(self._said())

    def end(self, seconds: float | None = None) -> int:
        """Wait for the end of the life, kill it when it lasts longer, and return what it died of."""
        killer = threading.Timer(seconds, self.kill) if seconds is not None else None
        if killer:
            killer.start()
        status = int(self._said())
        self.now = 0
        if killer:
            killer.cancel()
            killer.join()
        return status

    def kill(self) -> None:
        if self.now:
            os.kill(self.now, signal.SIGKILL)


def publish(publisher: Publisher, chance: random.Random) -> None:
    """Let the publisher go on: pieces are added, edited and republished, and an answer goes wrong at times."""
    names = list(publisher.channels)
    for _ in range(chance.randrange(1, 3)):
        publisher.add(*chance.sample(names, chance.choice((1, 1, 1, 2))))
    piece = publisher.pieces[chance.choice(list(publisher.pieces))]
    if chance.random() < 0.3 and piece.edition < 4:
        publisher.alter(publisher.edited(piece))
    for channel in publisher.channels.values():
        channel.fault = chance.choice((Fault.BROKEN, Fault.CUT, Fault.HALF)) if chance.random() < 0.1 else None
        publisher.change(channel, channel.pieces[:20])


def one_life(lives: Lives, publisher: Publisher, chance: random.Random) -> str:
    """Live once and be killed; by what."""
    fuse = chance.choice(("step", "statement", "commit", "request", "timer"))
    latest = {"step": STEPS, "statement": STATEMENTS, "commit": COMMITS, "request": REQUESTS}.get(fuse, 1)
    left = chance.randrange(1, latest + 1)

    def on_request(_path: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            lives.kill()

    publisher.on_request = on_request if fuse == "request" else lambda _path: None
    lives.begin(fuse=fuse, at=left)
    assert lives.end(chance.random() * LONGEST if fuse == "timer" else 2 * LONGEST) == -signal.SIGKILL
    publisher.on_request = lambda _path: None
    return fuse


def live_and_die(database: str, kills: int, seed: int) -> Counter[str]:
    """Kill a collector so often, let one live, and see that all is there once; how it died."""
    chance, zero, died = random.Random(seed), time.time(), Counter[str]()
    with Publisher(lambda: clock(zero)) as publisher, Store.open(database) as store:
        for kind in FORMATS:
            channel = publisher.channel(str(kind), kind)
            source = SourceKind.SITEMAP if kind is Format.SITEMAP else SourceKind.FEED
            store.subscribe(GUILD, publisher.url(channel), kind=source, now=clock(zero))
        ledger = Ledger(publisher, store)
        with Lives(database, zero) as lives:
            for _ in range(kills):
                publish(publisher, chance)
                died[one_life(lives, publisher, chance)] += 1
                _check_once(store, ledger)
            for channel in publisher.channels.values():
                channel.fault = None
            lives.begin(fuse="none", calm=True)
            assert lives.end() == 0
        _check_all(publisher, store, ledger)
    return died


def _check_once(store: Store, ledger: Ledger) -> None:
    """Nothing is ever there twice, not even for a moment."""
    numbers = Counter(ledger.number(article) for article in store.articles(store.visible(None)).values())
    assert not {number: count for number, count in numbers.items() if count > 1}


def _check_all(publisher: Publisher, store: Store, ledger: Ledger) -> None:
    listed = {piece.number for channel in publisher.channels.values() for piece in channel.pieces}
    stored = {ledger.number(each): each for each in store.articles(store.visible(None)).values()}
    assert not listed - set(stored), f"missing: {sorted(listed - set(stored))}"
    for number in listed:
        told = stored[number].text.split(".")[0]
        assert told.endswith(f"edition {publisher.pieces[number].edition}"), f"{number} is stored as {told}"
        assert stored[number].version <= publisher.pieces[number].edition
    ledger.check_texts()
    ledger.check_stories()


def test_a_collector_killed_at_any_moment_takes_every_article_once(store_url):
    died = live_and_die(store_url, 20, seed=1)
    assert len(died) == 5


if __name__ == "__main__":
    wanted, first = int(sys.argv[1]), int((sys.argv[2:] or ["1"])[0])
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        print(live_and_die((sys.argv[3:] or [f"sqlite:///{folder}/debrief.db"])[0], wanted, first))
        print(f"{wanted} kills, {time.perf_counter() - started:.0f} s")
