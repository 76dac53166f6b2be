"""Every article is collected exactly once, whatever its publisher does: thousands of polls of a simulated one.

    .venv/bin/python tests/collecting/test_publisher_property.py POLLS [SEED] [DATABASE]

goes on for as many polls, in lives of some 300 polls from seeds that count up from SEED (an address of an empty database
may hold ``{seed}``); it prints the seed of a life that fails.
"""

from __future__ import annotations

import sys
from time import perf_counter

import pytest
from wandering import wandering

from briefs.store import Store

LIFE = 300  # polls


def live(store: Store, seed: int, polls: int = LIFE) -> int:
    """One publisher's life; how many polls it took."""
    with wandering(store, seed) as life:
        while life.polls < polls:
            life.round()
        life.settle()
        return life.polls


def test_nothing_is_missed_and_nothing_is_taken_twice(memory_store):
    live(memory_store, 1)


if __name__ == "__main__":
    wanted, first = int(sys.argv[1]), int((sys.argv[2:] or ["1"])[0])
    database = (sys.argv[3:] or ["sqlite://"])[0]
    total, seed, started = 0, first, perf_counter()
    while total < wanted:
        print("seed", seed, end=" ", flush=True)
        with Store.open(database.format(seed=seed)) as opened:
            total += live(opened, seed)
        print(f"{total} polls, {perf_counter() - started:.0f} s", flush=True)
        seed += 1
