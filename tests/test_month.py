"""What a month in one process is judged by tells what grows from what only fills, or goes up and down.

``python -m tests.month`` lives the whole month.
"""

from __future__ import annotations

import pytest
from month.gauges import Sample, judged


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
