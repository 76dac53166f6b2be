"""TIMEX3 values: their instants, their grain, their words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefs.language.times import describe, grain, value_range
from briefs.models import Grain, When

RANGES = [
    ("2025-07-31", "2025-07-31", "2025-08-01"),
    ("2025-12", "2025-12-01", "2026-01-01"),
    ("2025", "2025-01-01", "2026-01-01"),
    ("2025-W01", "2024-12-30", "2025-01-06"),
    ("2025-W31-WE", "2025-08-02", "2025-08-04"),
    ("2025-Q3", "2025-07-01", "2025-10-01"),
    ("2025-H2", "2025-07-01", "2026-01-01"),
    ("2025-SU", "2025-06-01", "2025-09-01"),
    ("2025-WI", "2025-12-01", "2026-03-01"),
    ("202", "2020-01-01", "2030-01-01"),
    ("19", "1900-01-01", "2000-01-01"),
    ("2025-08-01T16:13", "2025-08-01T16:13", "2025-08-01T16:14"),
    ("2025-08-01T16:13Z", "2025-08-01T16:13", "2025-08-01T16:14"),
    ("2025-08-01T16", "2025-08-01T16:00", "2025-08-01T17:00"),
    ("2025-08-01TAF", "2025-08-01T12:00", "2025-08-01T18:00"),
]

WORDS = [
    ("2025-07-31", "Thursday 31 July 2025"),
    ("2025-11", "November 2025"),
    ("2025-08-01T16:13Z", "Friday 1 August 2025, 16:13 UTC"),
    ("2025-08-01T16:13", "Friday 1 August 2025, 16:13"),
    ("2025-08-01TNI", "night of Friday 1 August 2025"),
    ("2025-W31", "the week of 28 July 2025"),
    ("2025-W31-WE", "the weekend of 2 August 2025"),
    ("2025-Q3", "the third quarter of 2025"),
    ("2025-H1", "the first half of 2025"),
    ("2025-SU", "summer 2025"),
    ("2025-WI", "winter 2025–26"),
    ("2025", "2025"),
    ("202", "the 2020s"),
    ("18", "the 19th century"),
    ("P7Y", "7 years"),
    ("P1D", "1 day"),
    ("P2.5Y", "2.5 years"),
    ("PT30M", "30 minutes"),
    ("PXE", "several decades"),
    ("XXXX-WXX-4", "Thursday"),
    ("XXXX-11", "November"),
    ("XXXX-08-15", "15 August"),
    ("PAST_REF", "in the past"),
]


@pytest.mark.parametrize(("value", "first", "last"), RANGES)
def test_value_spans_its_instants(value, first, last):
    moments = tuple(datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (first, last))
    assert value_range(value) == moments


@pytest.mark.parametrize(
    "value",
    [
        "P7Y",
        "PXD",
        "PAST_REF",
        "XXXX-WXX-4",
        "XXXX-11",
        "2025-02-30",
        "2025-13",
        "2025-W60",
        "2025-08-01T25:00",
        "0000",
        "9999",
        "x",
        "",
    ],
)
def test_value_without_known_instants_has_no_range(value):
    assert value_range(value) is None


@pytest.mark.parametrize(("value", "words"), WORDS)
def test_value_is_described_as_a_person_would_say_it(value, words):
    assert describe(value) == words


@pytest.mark.parametrize(
    ("value", "grain_", "modifier", "words"),
    [
        ("2026", Grain.YEAR, "start", "early 2026"),
        ("2025-07", Grain.MONTH, "mid", "mid-July 2025"),
        ("2025-07-31", Grain.DAY, "end", "late Thursday 31 July 2025"),
        ("202", Grain.DECADE, "end", "the end of the 2020s"),
        ("2018", Grain.YEAR, "since", "since 2018"),
        ("P7Y", Grain.DURATION, "about", "about 7 years"),
        ("XXXX-WXX-2", Grain.SET, None, "every Tuesday"),
        ("P1Y", Grain.SET, None, "every year"),
        ("P2W", Grain.SET, None, "every 2 weeks"),
    ],
)
def test_when_is_described_with_its_modifier(value, grain_, modifier, words):
    assert describe(When(value, 0, 1, grain_, modifier=modifier)) == words


@pytest.mark.parametrize(
    ("value", "grain_"),
    [
        ("2025-07-31", Grain.DAY),
        ("2025", Grain.YEAR),
        ("P7Y", Grain.DURATION),
        ("PAST_REF", Grain.VAGUE),
        ("?", Grain.VAGUE),
    ],
)
def test_grain_says_how_fine_a_value_is(value, grain_):
    assert grain(value) is grain_
