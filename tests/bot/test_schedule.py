"""Each local date and time of day is due once, whatever the clocks do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import almanac
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.schedule import SlotTrigger
from bot.scheduling.slots import Slot, due_slots, next_runs, title_of, unreadable
from briefs.models import Schedule

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")


def schedule(*times, zone="UTC", days=EVERY_DAY):
    return Schedule(1, 20, 30, times, days, zone)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def instants(slots):
    return [f"{slot.instant:%Y-%m-%d %H:%M}" for slot in slots]


def day_of(zone, day):
    """The instants of a local day and the night after it."""
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return start - timedelta(seconds=1), start + timedelta(hours=26)


def test_a_slot_has_its_local_date_its_instant_and_one_run_key_for_channel_date_and_time():
    slots = due_slots(schedule("07:00", zone="Asia/Kathmandu"), utc("2026-03-01T00:00"), utc("2026-03-02T00:00"))
    assert slots == [Slot(utc("2026-03-01T01:15"), date(2026, 3, 1), "07:00", "30:2026-03-01:07:00")]


def test_only_the_chosen_weekdays_of_the_local_date_are_due():
    mondays = schedule("00:30", zone="Asia/Kathmandu", days=(0,))
    assert instants(due_slots(mondays, utc("2026-03-01T00:00"), utc("2026-03-09T00:00"))) == [
        "2026-03-01 18:45",  # Monday the 2nd there
        "2026-03-08 18:45",
    ]


def test_the_window_leaves_out_its_start_and_has_its_end():
    hourly = schedule("07:00", "08:00")
    assert instants(due_slots(hourly, utc("2026-03-01T07:00"), utc("2026-03-01T08:00"))) == ["2026-03-01 08:00"]


def test_a_time_named_twice_is_due_once():
    twice = schedule("07:00", "07:00")
    assert len(due_slots(twice, utc("2026-03-01T00:00"), utc("2026-03-02T00:00"))) == 1


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:00"),  # 03:00 is the first minute after the gap
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08 07:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:30"),  # a gap of half an hour
        ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-03-29", "01:59", "2026-03-29 00:59"),
    ],
)
def test_a_time_that_the_clocks_skip_is_due_right_after_the_gap(zone, day, at, instant):
    assert instants(due_slots(schedule(at, zone=zone), *day_of(zone, day)))[:1] == [instant]


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04 14:45"),
    ],
)
def test_a_time_that_comes_twice_is_due_the_first_time_only(zone, day, at, instant):
    slots = due_slots(schedule(at, zone=zone), *day_of(zone, day))
    assert next(slot for slot in instants(slots) if slot[:13] >= instant[:13]) == instant
    assert len({slot.run_key for slot in slots}) == len(slots)
    assert [slot.day for slot in slots].count(date.fromisoformat(day)) == 1


def test_two_times_skipped_by_one_gap_are_two_runs_at_one_instant():
    slots = due_slots(schedule("02:00", "02:30", zone="Europe/Berlin"), *day_of("Europe/Berlin", "2026-03-29"))[:2]
    assert instants(slots) == ["2026-03-29 01:00"] * 2
    assert [slot.at for slot in slots] == ["02:00", "02:30"]


times_of_day = st.times().map(lambda time: f"{time:%H:%M}")
moments = st.integers(1704067200, 1893456000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(zone=st.sampled_from(ZONES), at=times_of_day, start=moments, days=st.integers(1, 60))
def test_there_is_one_run_for_each_local_date_never_two_never_none(zone, at, start, days):
    slots = due_slots(schedule(at, zone=zone), start, start + timedelta(days=days))
    dates = [slot.day for slot in slots]
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(dates))
    assert days - 1 <= len(slots) <= days + 1


@given(zone=st.sampled_from(ZONES), at=times_of_day, start=moments)
def test_a_slot_shows_its_own_time_on_the_local_clock_unless_the_clocks_skip_it(zone, at, start):
    for slot in due_slots(schedule(at, zone=zone), start, start + timedelta(days=3)):
        local = slot.instant.astimezone(ZoneInfo(zone))
        before = (slot.instant - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert f"{local:%H:%M}" == at or (f"{local:%H:%M}" > at and before.utcoffset() != local.utcoffset())


@given(zone=st.sampled_from(ZONES), at=times_of_day, start=moments, cuts=st.lists(st.integers(1, 500), max_size=5))
def test_windows_that_follow_one_another_give_each_slot_once(zone, at, start, cuts):
    edges = [start]
    for minutes in cuts:
        edges.append(edges[-1] + timedelta(minutes=minutes * 7))
    plan = schedule(at, zone=zone)
    in_parts = [slot for after, until in pairwise(edges) for slot in due_slots(plan, after, until)]
    assert in_parts == due_slots(plan, edges[0], edges[-1])


@given(zone=st.sampled_from(ZONES), at=times_of_day, now=moments, n=st.integers(1, 9))
def test_the_next_runs_are_after_now_and_in_order(zone, at, now, n):
    runs = next_runs(schedule(at, zone=zone, days=(1, 4)), now, n)
    assert len(runs) == n
    assert runs == sorted(runs)
    assert all(run.instant > now and run.day.weekday() in {1, 4} for run in runs)


@pytest.mark.parametrize("zone", [*ZONES, "Africa/Casablanca"])
def test_in_three_years_every_slot_is_when_the_zones_clocks_say_so(zone):
    times = ("00:00", "00:01", "01:45", "01:59", "02:00", "02:15", "02:29", "02:30", "02:59", "03:00", "12:00", "23:59")
    plan, begin, end = schedule(*times, zone=zone), utc("2026-01-01T00:00"), utc("2029-01-01T00:00")
    slots = [almanac.Due(slot.instant, slot.run_key) for slot in due_slots(plan, begin, end)]
    assert len(slots) > 3 * 365 * len(times) - len(times)
    assert slots == almanac.due(plan, begin, end)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"zone": "Mars/Phobos"}, "The time zone 'Mars/Phobos' is not known on this machine."),
        ({"times": ("07:00", "noon")}, "Its times (07:00 noon) cannot be read."),
        ({"days": ()}, "Its days cannot be read."),
    ],
)
def test_a_schedule_that_cannot_be_read_is_never_due_and_says_why(change, told):
    plan = replace(schedule("07:00"), **change)
    assert unreadable(plan) == f"{told} Choose {'another' if 'zone' in told else 'others'} with `/schedule edit`."
    assert due_slots(plan, utc("2026-03-01T00:00"), utc("2026-03-09T00:00")) == []


def test_a_schedule_without_days_or_times_has_no_next_run():
    assert next_runs(schedule("07:00", days=()), utc("2026-03-01T00:00"), 3) == []
    assert next_runs(schedule(), utc("2026-03-01T00:00"), 3) == []


def fires(trigger, now, n):
    fired = []
    for _ in range(n):
        fired.append(trigger.get_next_fire_time(fired[-1] if fired else None, now))
    return [f"{each:%d %H:%M}" for each in fired]


def test_the_trigger_fires_at_every_slot_and_once_for_two_in_one_gap():
    now = utc("2026-03-28T23:30")
    trigger = SlotTrigger(schedule("02:00", "02:30", "08:00", zone="Europe/Berlin"), lambda: now)
    assert fires(trigger, now, 4) == ["29 01:00", "29 06:00", "30 00:00", "30 00:30"]


def test_where_the_desk_lives_on_another_day_the_trigger_fires_when_its_clock_shows_the_time():
    trigger = SlotTrigger(schedule("07:00"), lambda: utc("2025-08-02T06:50"))
    assert fires(trigger, utc("2026-03-01T21:15"), 2) == ["01 21:25", "02 21:25"]


@pytest.mark.parametrize(
    ("at", "title"),
    [
        ("07:00", "Morning briefing"),
        ("12:30", "Midday briefing"),
        ("16:00", "Afternoon briefing"),
        ("18:00", "Evening briefing"),
        ("23:00", "Night briefing"),
    ],
)
def test_a_briefing_is_named_by_its_time_of_day(at, title):
    assert title_of(due_slots(schedule(at), utc("2026-03-01T00:00"), utc("2026-03-02T00:00"))[0]) == title
