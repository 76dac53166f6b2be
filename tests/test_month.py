"""A month in one process leaves nothing behind: a short one, in which later something is left behind on purpose.

What a month is judged by tells what grows from what only fills, or goes up and down. ``python -m tests.month`` lives the
whole month.
"""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
from contextlib import ExitStack

import pytest
from discord_on_loopback import Loopback
from month.gauges import MEGABYTE, Sample, judged, look
from month.living import GUILDS, PAPERS, Month, Plan

from briefs.language.words import stem

KEPT_WELL, ROUNDS = 6, 9  # rounds until something is left behind, and of the month
MANY = 9  # briefings of a round; articles are six, answers fourteen: whatever one of them leaves behind is as many
# What may come with a round, for a thousand articles as it is judged: on a busy machine, more is done at once and so wants
# more connections to the database. Memory still fills with what is remembered.
A_ROUND = 1_000 / (GUILDS * PAPERS)
SHORT = {"main": 15 * A_ROUND, "files": 3 * A_ROUND, "threads": 2 * A_ROUND, "tasks": 2 * A_ROUND}


class Careless:
    """Leaves things behind in each round, once it has begun to."""

    def __init__(self) -> None:
        self.month: Month | None = None
        self._held: list[object] = []
        self._end = threading.Event()

    def __call__(self, _bot) -> None:
        if len(self.month.samples) < KEPT_WELL:
            return
        self._held.append(b"x" * (40 * MEGABYTE))
        for _ in range(MANY):
            self._held += [socket.socket(), asyncio.create_task(asyncio.sleep(600))]
            threading.Thread(target=self._end.wait, daemon=True).start()

    def give_back(self) -> None:
        self._end.set()
        for each in self._held:
            if isinstance(each, socket.socket):
                each.close()


def test_a_short_month_leaves_nothing_behind_and_what_is_left_behind_on_purpose_is_found_out(tmp_path):
    careless = Careless()
    with ExitStack() as stack:
        discord = stack.enter_context(Loopback(tmp_path))
        stack.callback(careless.give_back)
        month = careless.month = Month(Plan(ROUNDS, each=1), tmp_path, discord, careless)
        asyncio.run(month.live())
    assert month.unanswered == []
    assert month.pressed >= ROUNDS
    assert month.samples[-1].articles == ROUNDS * GUILDS * PAPERS
    assert month.samples[-1].briefings >= MANY * (ROUNDS - 1)
    assert grown(month.samples[:KEPT_WELL]) == set()
    assert grown(month.samples[KEPT_WELL:]) == set(SHORT)


async def test_words_that_functions_remember_are_forgotten_before_a_look(tmp_path):
    stem("harbours")
    gc.collect()
    gc.freeze()  # as the bot does once it is warm
    try:
        look(tmp_path / "none.db", 0, 0)
    finally:
        gc.unfreeze()
    assert stem.cache_info().currsize == 0


def grown(samples):
    """What grows more than it may in a short month."""
    return {each.gauge for each in judged(samples, SHORT) if not each.flat}


def samples(**held):
    """Looks at a bot that holds the same all the time, but for what is given by number."""
    still = {
        "briefings": 0,
        "main": 300,
        "workers": 250,
        "files": 40,
        "threads": 15,
        "tasks": 4,
        "objects": 10**6,
        "log": 4,
    }
    return [
        Sample(**still | {"articles": 100 * number} | {name: of(number) for name, of in held.items()})
        for number in range(30)
    ]


@pytest.mark.parametrize(
    ("gauge", "held"),
    [
        ("files", lambda number: 40 + number),
        ("tasks", lambda number: 4 + number // 10),
        ("main", lambda number: 300 + 0.25 * number),
        ("objects", lambda number: 10**6 + 600 * number),
    ],
)
def test_what_grows_is_named(gauge, held):
    assert [each.gauge for each in judged(samples(**{gauge: held})) if not each.flat] == [gauge]


@pytest.mark.parametrize(
    "held",
    [
        lambda number: 300 + 10 * min(number, 9),  # it fills what it remembers
        lambda number: 300 + 40 * (number % 2),
        lambda number: 380 if number == 29 else 300,
        lambda number: 300 + 20 * (number % 7),  # a worker that grows and is replaced
    ],
)
def test_what_goes_up_and_down_is_flat(held):
    assert all(each.flat for each in judged(samples(main=held)))
