"""Lives of the program, as the harness holds them: begun, waited for, ended."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds for a life to end that is told to


class Life:
    """One process of the program; ``status`` is what it died of, once it did."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.status: int | None = None
        self._over = threading.Event()

    def over(self, status: int) -> None:
        """Note that it ended."""
        self.status = status
        self._over.set()

    def ends(self, seconds: float) -> bool:
        """Whether it ends by itself so soon."""
        return self._over.wait(seconds)

    def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End it, and return what it died of."""
        if self.status is None:  # else its number may be another process's by now
            with suppress(ProcessLookupError):
                os.kill(self.process, how)
        if not self._over.wait(PATIENCE):
            os.kill(self.process, signal.SIGKILL)
            raise AssertionError(f"the program does not end on {how.name}")
        assert self.status is not None
        return self.status


class Nursery:
    """Begins lives; a context manager. With it, all of them end."""

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
        self._begun: queue.SimpleQueue[Life] = queue.SimpleQueue()
        self._lives: dict[int, Life] = {}
        self._listening = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        assert self._process.stdout.readline() == "ready\n"
        self._listening.start()
        return self

    def __exit__(self, *_: object) -> None:
        for life in tuple(self._lives.values()):
            if life.status is None:
                life.end()
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._listening.join()
        self._process.stdout.close()

    def begin(self, **wanted: Any) -> Life:
        """Begin a life; ``lives.py`` says of what."""
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        return self._begun.get(timeout=PATIENCE)

    def _listen(self) -> None:
        for line in self._process.stdout:
            said, process, *status = line.split()
            if said == "begun":
                self._lives[int(process)] = life = Life(int(process))
                self._begun.put(life)
            elif said == "ended":
                self._lives.pop(int(process)).over(int(status[0]))
