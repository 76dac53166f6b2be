"""What the clocks of a zone do to a schedule, and which zone a server probably lives in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.commands import whereabouts
from bot.commands.clocks import changes, foretold
from bot.commands.hours import zones
from briefs.models import Schedule

DAILY = tuple(range(7))
MARCH = datetime(2026, 3, 3, 12, tzinfo=UTC)


def schedule(*times, zone="Europe/Berlin", days=DAILY, paused_at=None):
    return Schedule(1, 20, 30, times, days, zone, paused_at=paused_at)


def test_the_changes_of_a_year_are_found_to_the_second():
    found = changes(ZoneInfo("Europe/Berlin"), MARCH, MARCH + timedelta(days=365))

    assert [(f"{each.instant:%Y-%m-%d %H:%M:%S}", each.by) for each in found] == [
        ("2026-03-29 01:00:00", timedelta(hours=1)),
        ("2026-10-25 01:00:00", timedelta(hours=-1)),
    ]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "Asia/Kolkata"])
def test_where_the_clocks_never_change_nothing_is_said(zone):
    assert foretold(schedule("02:30", zone=zone), MARCH) == []


def test_a_change_that_is_far_off_is_said_only_where_it_disturbs_the_schedule():
    december = datetime(2025, 11, 15, tzinfo=UTC)

    assert foretold(schedule("08:00"), december) == []
    assert foretold(schedule("02:30"), december) == [
        "On 29 March the clocks skip 02:30: that briefing comes at 03:00.",
        "On 25 October 02:30 comes twice: the briefing comes the first time only.",
    ]


def test_a_change_on_a_day_without_a_briefing_disturbs_nothing():
    assert foretold(schedule("02:30", days=(0, 1, 2, 3, 4)), MARCH) == [
        "On 29 March the clocks there go forward: the briefing stays at 02:30 local time."
    ]


def test_a_paused_schedule_is_told_what_the_clocks_will_do_to_it():
    assert foretold(schedule("08:00", paused_at=MARCH), MARCH) == foretold(schedule("08:00"), MARCH)


@pytest.mark.parametrize(
    ("zone", "at", "now", "told"),
    [
        (
            "Australia/Lord_Howe",
            "02:15",
            "2026-09-01",
            "On 4 October the clocks skip 02:15: that briefing comes at 02:30.",
        ),
        (
            "Australia/Lord_Howe",
            "01:45",
            "2026-03-01",
            "On 5 April 01:45 comes twice: the briefing comes the first time only.",
        ),
        ("Africa/Cairo", "00:00", "2026-03-01", "On 24 April the clocks skip 00:00: that briefing comes at 01:00."),
    ],
)
def test_changes_by_half_an_hour_and_at_midnight_are_told_by_their_own_date(zone, at, now, told):
    assert told in foretold(schedule(at, zone=zone), datetime.fromisoformat(now).replace(tzinfo=UTC))


# ---------------------------------------------------------------------------------------------------------- whereabouts
def test_every_zone_that_is_guessed_or_offered_can_be_chosen():
    assert {*whereabouts.ZONES_OF.values(), *whereabouts.OFFERED} <= {*zones()}


def test_american_english_tells_nothing_for_discord_gives_it_to_all_who_chose_none():
    assert whereabouts.likely([], [discord.Locale.american_english]).zone == "UTC"
    assert whereabouts.likely([], [discord.Locale.american_english, discord.Locale.polish]).zone == "Europe/Warsaw"


def test_the_zone_that_most_schedules_have_comes_first():
    known = [schedule("08:00", zone=zone) for zone in ("Asia/Tokyo", "Europe/Rome", "Europe/Rome")]

    assert whereabouts.likely(known, [discord.Locale.polish]).zone == "Europe/Rome"
