"""Every article is collected exactly once, whatever its publisher does: thousands of polls of a simulated one.

    .venv/bin/python tests/collecting/test_publisher_property.py POLLS [SEED] [DATABASE]

goes on for as many polls, in lives of some 300 polls from seeds that count up from SEED (an address of an empty database
may hold ``{seed}``); it prints the seed of a life that fails.
"""

from __future__ import annotations

import random
import sys
from time import perf_counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from wandering import OPERATIONS, wandering

from briefs.store import Store

LIFE = 300  # polls


def live(store: Store, seed: int, polls: int = LIFE) -> int:
    """One publisher's life; how many polls it took."""
    with wandering(store, seed) as life:
        while life.polls < polls:
            life.round()
        life.settle()
        return life.polls


@pytest.mark.parametrize("seed", range(1, 4))
def test_nothing_is_missed_and_nothing_is_taken_twice(memory_store, seed):
    assert live(memory_store, seed) >= LIFE


def test_nothing_is_missed_and_nothing_is_taken_twice_on_either_database(store):
    assert live(store, 100, 100) >= 100


class PublisherMachine(RuleBasedStateMachine):
    """The same, in short lives that are made shorter when one fails: what is left is what it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store.open("sqlite://")
        self.living = wandering(self.store, 0)
        self.life = self.living.__enter__()

    @rule(operation=st.sampled_from(sorted(OPERATIONS)), channel=st.integers(0, 7), seed=st.integers(0, 99))
    def happen(self, operation: str, channel: int, seed: int) -> None:
        self.life.chance = random.Random(seed)
        self.life.do(operation, list(self.life.publisher.channels)[channel])

    @rule(everything=st.booleans())
    def poll(self, everything: bool) -> None:
        self.life.poll(everything=everything)

    def teardown(self) -> None:
        try:
            self.life.settle()
        finally:
            self.living.__exit__(None, None, None)
            self.store.close()


def test_whatever_happens_in_whatever_order_nothing_is_missed_or_taken_twice():
    quick = settings(
        max_examples=5,
        stateful_step_count=25,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(PublisherMachine, settings=quick)


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
