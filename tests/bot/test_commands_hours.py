"""Times, days and zones as people type them."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import hours
from briefs.errors import SettingError


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("08:00", ("08:00",)),
        ("8:00, 18:30", ("08:00", "18:30")),
        ("18:30 and 8:00", ("08:00", "18:30")),
        ("6:30 pm; 7am", ("07:00", "18:30")),
        ("12 am, 12 pm", ("00:00", "12:00")),
        ("8.15", ("08:15",)),
        ("8:00, 08:00", ("08:00",)),
    ],
)
def test_times_are_understood(typed, times):
    assert hours.parse_times(typed) == times


@pytest.mark.parametrize("typed", ["", ",", "8", "24:00", "8:60", "13 pm", "soon", "8:00:00", "-1:00"])
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(SettingError, match="08:00"):
        hours.parse_times(typed)


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("8:00 18:30", ("08:00", "18:30")),
        ("6:30 pm 7 am", ("07:00", "18:30")),
        ("noon, midnight", ("00:00", "12:00")),
        ("8h, 18h30", ("08:00", "18:30")),
    ],
)
def test_times_are_understood_without_commas_and_by_their_names(typed, times):
    assert hours.parse_times(typed) == times


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8", "Did you mean 08:00 or 20:00?"),
        ("20", "Did you mean 20:00?"),
        ("0830", "Did you mean 08:30 or 20:30?"),
        ("24:00", "Did you mean 00:00?"),
        ("13 pm", "Did you mean 13:00?"),
        ("8 o'clock", "Did you mean 08:00 or 20:00?"),
    ],
)
def test_what_is_nearly_a_time_is_refused_with_what_may_be_meant(typed, meant):
    with pytest.raises(SettingError, match=re.escape(meant)):
        hours.parse_times(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("Weekdays", (0, 1, 2, 3, 4)),
        ("weekends", (5, 6)),
        ("mon,wed , FRI", (0, 2, 4)),
        ("mondays and thursdays", (0, 3)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sat to mon", (0, 5, 6)),
        ("tues", (1,)),
        ("mon wed fri", (0, 2, 4)),
        ("every day", (0, 1, 2, 3, 4, 5, 6)),
        ("every monday", (0,)),
    ],
)
def test_days_are_understood(typed, days):
    assert hours.parse_days(typed) == days


@pytest.mark.parametrize("typed", ["", "x", "someday", "t", "monkey"])
def test_what_is_no_day_is_refused_with_an_example(typed):
    with pytest.raises(SettingError, match="mon, wed, fri"):
        hours.parse_days(typed)


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_times_or_a_sentence(typed):
    for parse in (hours.parse_times, hours.parse_days, hours.parse_zone):
        with contextlib.suppress(SettingError):
            assert parse(typed)


def test_a_zone_is_found_however_it_is_written():
    assert hours.parse_zone("europe/london") == "Europe/London"
    assert hours.parse_zone("america/new york") == "America/New_York"
    assert hours.parse_zone("utc") == "UTC"


@pytest.mark.parametrize("typed", ["london", " London ", "LONDON"])
def test_a_zone_is_found_by_its_city_alone(typed):
    assert hours.parse_zone(typed) == "Europe/London"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Londn", "Europe/London"), ("germany", "Europe/Berlin"), ("EST", "America/New_York"), ("India", "Asia/Kolkata")],
)
def test_what_is_nearly_a_zone_is_refused_with_what_may_be_meant(typed, meant):
    with pytest.raises(SettingError, match=f"Did you mean {meant}"):
        hours.parse_zone(typed)


def test_no_more_zones_are_offered_than_discord_shows():
    offered = hours.matching_zones("", datetime(2026, 3, 3, 12, tzinfo=UTC))

    assert len(offered) == 25
    assert all(len(label) <= 100 for label, _name in offered)


def test_a_schedule_is_told_in_words():
    assert hours.in_words(["08:00"], range(7), "UTC") == "every day at 08:00 (UTC time)"
    assert hours.in_words(["08:00", "12:00", "18:00"], [5, 6], "America/New_York") == (
        "at weekends at 08:00, 12:00 and 18:00 (America/New York time)"
    )
