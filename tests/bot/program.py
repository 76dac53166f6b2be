"""The real program of this checkout in a process of its own, in an empty folder, with settings of the test's choice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import setting_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds for the slowest machine


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without any setting of ours, but with those given."""
    own = {row.name for row in setting_rows()}
    outside = {name: value for name, value in os.environ.items() if name not in own}
    paths = filter(None, (settings.get("PYTHONPATH"), str(ROOT), os.environ.get("PYTHONPATH")))
    return {**outside, "OMP_NUM_THREADS": "1", **settings, "PYTHONPATH": os.pathsep.join(paths)}


def run(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return _run(["-m", "bot", *arguments], folder, settings)


def python(code: str, *, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python."""
    return _run(["-c", code], folder, {})


def _run(arguments: list[str], folder: Path, settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(settings),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def start(*arguments: str, folder: Path, **settings: str) -> subprocess.Popen[str]:
    """Start a command that runs until it is told to stop; what it says goes to ``log`` in the folder."""
    with (folder / "log").open("a", encoding="utf-8") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env=environment(settings),
            stdout=log,
            stderr=log,
            encoding="utf-8",
        )


def until_said(words: str, running: subprocess.Popen[str], *, folder: Path) -> str:
    """Wait until a started command has said something; return all it said."""
    deadline = time.monotonic() + PATIENCE
    while True:
        said = (folder / "log").read_text(encoding="utf-8")
        if words in said:
            return said
        assert running.poll() is None, said
        assert time.monotonic() < deadline, said
        time.sleep(0.02)


def children(running: subprocess.Popen[str]) -> list[int]:
    """Return the processes a started command has begun; none where the system does not tell."""
    listed = Path("/proc").glob(f"{running.pid}/task/*/children")
    return [int(each) for path in listed for each in path.read_text().split()]


def is_alive(process: int) -> bool:
    """Whether a process still runs."""
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
