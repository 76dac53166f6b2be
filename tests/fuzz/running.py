"""One long run over a target: inputs made, watched and counted; each new way to fail made small and kept."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING, Any, NoReturn

from fuzz.kept import keep, smallest
from fuzz.target import load
from fuzz.watch import Failure, Watched, watched

if TYPE_CHECKING:
    from pathlib import Path

    from fuzz.target import Target

# What is instrumented: our own code, and whose code our input goes through.
PACKAGES = [
    "bot",
    "briefs",
    "feedparser",
    "trafilatura",
    "htmldate",
    "courlan",
    "justext",
    "protego",
    "charset_normalizer",
]
MOST_BYTES = 100_000  # of an input that is made; the huge ones are tested by name
_OBSERVED = 3.0  # how much slower observed code is, at least
_TELL_SECONDS = 60.0


class Run:
    """A run's target, its places and what it counted."""

    def __init__(self, name: str, findings: Path, corpus: Path, seconds: float, seed: int) -> None:
        self.name = name
        self.findings = findings
        self.corpus = corpus
        self.seconds = seconds
        self.seed = seed or time.time_ns() % 2**32
        self.target: Target
        self.executions = 0
        self.longest = self.largest = 0.0
        self.found: dict[tuple[str, str], int] = {}
        self._began = self._told = time.monotonic()
        self._slack = 1.0
        self._dismissed = {"slow": 0.0, "memory": 0.0}

    @property
    def over(self) -> bool:
        return time.monotonic() - self._began > self.seconds

    def ready(self, *, observed: bool) -> None:
        """Load the target and read its seeds, so that all it needs is loaded, too."""
        self._slack = _OBSERVED if observed else 1.0
        self.target = load(self.name)
        self.corpus.mkdir(parents=True, exist_ok=True)
        for seed in self.target.seeds():
            self.one_input(seed)
            keep(self.corpus, "seed", seed)
        atexit.register(self.tell)

    def one_input(self, data: bytes) -> None:
        """Read an input under watch; never raises."""
        outcome = watched(self.target.one_input, data, slack=self._slack)
        self.executions += 1
        self.longest, self.largest = max(self.longest, outcome.seconds), max(self.largest, outcome.megabytes)
        if outcome.failure:
            self._note(data, outcome.failure, outcome)
        if time.monotonic() - self._told > _TELL_SECONDS:
            self.tell()

    def _note(self, data: bytes, failure: Failure, outcome: Watched) -> None:
        if failure.kind in self._dismissed:
            self._confirm(data, failure.kind, outcome)
            return
        self.found[failure.key] = self.found.get(failure.key, 0) + 1
        if self.found[failure.key] > 1:
            return

        def breaks(less: bytes) -> bool:
            again = watched(self.target.one_input, less, slack=self._slack).failure
            return again is not None and again.key == failure.key

        path = keep(self.findings, failure.kind, smallest(data, breaks))
        self._say(f"FOUND {failure.kind} at {failure.where}: {failure.told} -> {path}")

    def _confirm(self, data: bytes, kind: str, outcome: Watched) -> None:
        """Ask a process in which nothing is observed; an input that is hardly worse than one it dismissed is passed over."""
        worse = outcome.seconds if kind == "slow" else outcome.megabytes
        if worse < 1.3 * self._dismissed[kind]:
            return
        self._dismissed[kind] = worse
        path = keep(self.findings, kind, data)
        command = [sys.executable, "-m", "tests.fuzz", self.name, "--replay", str(path)]
        asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        lines = [line for line in asked.stdout.splitlines() if line.startswith("{")]  # a log may stand beside it
        told = json.loads(lines[-1]) if lines else {"failure": asked.stderr[-300:]}
        if not told["failure"]:
            path.unlink()
            return
        self.found[kind, str(path)] = 1
        self._say(f"FOUND {kind}: {told} -> {path}")

    def tell(self) -> None:
        """Say what was done so far."""
        self._told = time.monotonic()
        self._say(
            f"{self.name}: {self.executions} inputs, {(self._told - self._began) / 60:.1f} min, {time.process_time() / 60:.1f}"
            f" min of processor, longest {self.longest:.2f} s, most {self.largest:.0f} MB, {len(self.found)} findings"
        )

    @staticmethod
    def _say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)


def by_chance(run: Run) -> int:
    """Make inputs at random; each run without ``seed`` makes others."""
    run.ready(observed=False)
    rng = Random(run.seed)
    known = [path.read_bytes() for path in sorted(run.corpus.iterdir())]
    while not run.over:
        data = rng.choice(known)
        for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
            data = run.target.mutated(data, rng, MOST_BYTES)
        run.one_input(data)
    return 1 if run.found else 0


def by_coverage(run: Run) -> NoReturn:
    """Let libFuzzer choose what to go on from: what reached new code. It never returns.

    It would end the process with 0 whatever was found, and without a word; so that is done here once the time is over.
    """
    import atheris

    with atheris.instrument_imports(include=PACKAGES):
        run.ready(observed=True)

    def mutator(data: bytes, most: int, seed: int) -> bytes:
        rng = Random(seed)
        if rng.random() < 0.2:
            return atheris.Mutate(data, most)
        for _ in range(rng.choice((1, 1, 2, 4))):
            data = run.target.mutated(bytes(data), rng, most)
        return data[:most]

    def one_input(data: bytes) -> None:
        run.one_input(data)
        if run.over:
            atexit._run_exitfuncs()  # it tells what was done
            os._exit(1 if run.found else 0)

    options: dict[str, Any] = {
        "max_len": MOST_BYTES,
        "timeout": 300,
        "rss_limit_mb": 4000,
        "seed": run.seed % 2**31,
        "artifact_prefix": f"{run.findings}/",
        "reload": 0,
    }
    run.findings.mkdir(parents=True, exist_ok=True)
    arguments = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(run.corpus)]
    atheris.Setup(arguments, one_input, custom_mutator=mutator)
    atheris.Fuzz()
    raise AssertionError
