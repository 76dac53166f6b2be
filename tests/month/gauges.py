"""What a process tree holds, sampled; and whether it grows."""

from __future__ import annotations

import asyncio
import gc
import sys
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING

import psutil

from briefs.memory import give_back

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MEGABYTE = 2**20
SETTLED = 0.4  # of the samples are of a bot that still fills what it remembers
OURS = ("bot.", "briefs.")
LIMITS = {  # growth for a thousand articles, and for what goes with them
    "main": 2.0,  # MB
    "workers": 10.0,  # MB; they remember words, too, and are replaced when they hold 400 MB
    "files": 0.5,
    "threads": 0.5,
    "tasks": 0.5,
    "objects": 5_000.0,
    "log": 1.0,  # MB of SQLite's write-ahead log
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One look: MB that are each process's own; the open files, threads, tasks and objects of the bot's; its database's log."""

    articles: int
    briefings: int
    main: float
    workers: float
    files: int
    threads: int
    tasks: int
    objects: int
    log: float


def look(database: Path, articles: int, briefings: int) -> Sample:
    """Look at this process and its workers; garbage is swept before, so that none is counted.

    So is what functions remember, up to so many words: an archive has new ones for years, and to fill is no growth.
    """
    _forget()
    gc.collect()
    give_back()
    here = psutil.Process()
    workers = [each for each in here.children(recursive=True) if _is_worker(each)]
    log = database.with_name(database.name + "-wal")
    return Sample(
        articles,
        briefings,
        _own(here),
        sum(map(_own, workers)),
        here.num_fds(),
        here.num_threads(),
        len(asyncio.all_tasks()),
        len(gc.get_objects()),
        log.stat().st_size / MEGABYTE if log.exists() else 0.0,
    )


def _forget() -> None:
    """Empty the caches of our functions in this process; those of the workers cannot be reached."""
    ours = [module for name, module in sys.modules.items() if name.startswith(OURS)]
    for each in {id(held): held for module in ours for held in vars(module).values()}.values():
        if isinstance(each, _lru_cache_wrapper):
            each.cache_clear()


def _is_worker(process: psutil.Process) -> bool:
    try:
        return any("spawn_main" in each for each in process.cmdline())
    except psutil.NoSuchProcess:  # it ended, and nobody has asked how yet
        return False


def _own(process: psutil.Process) -> float:
    return process.memory_full_info().uss / MEGABYTE


@dataclass(frozen=True, slots=True)
class Growth:
    """How much a gauge rose for a thousand articles, and how much it may."""

    gauge: str
    first: float
    last: float
    slope: float
    limit: float

    @property
    def flat(self) -> bool:
        """Whether it holds."""
        return self.slope <= self.limit


def judged(samples: Sequence[Sample], limits: Mapping[str, float] = LIMITS) -> list[Growth]:
    """Each gauge's growth once settled: the median of the slopes between any two samples (Theil 1950, Sen 1968)."""
    settled = samples[int(SETTLED * len(samples)) :]
    return [
        Growth(gauge, getattr(settled[0], gauge), getattr(settled[-1], gauge), _slope(settled, gauge), limit)
        for gauge, limit in limits.items()
    ]


def _slope(samples: Sequence[Sample], gauge: str) -> float:
    rises = (
        (getattr(b, gauge) - getattr(a, gauge)) / (b.articles - a.articles)
        for a, b in combinations(samples, 2)
        if b.articles > a.articles
    )
    return 1_000 * median(rises)
