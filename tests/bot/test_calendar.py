"""What a calendar reads in the file of what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import looks
from icalendar import Calendar
from simulated import NOON

from bot.calendar import calendar, identified
from briefs.models import Agenda, Grain, Modality, When


def events(*plans):
    """Return what a calendar reads of some plans."""
    body = calendar(Agenda("Ada Berg", plans, 2), now=NOON)
    return [] if body is None else Calendar.from_ical(body).walk("VEVENT")


def test_a_day_is_a_day_wherever_it_is_read():
    (event,) = events(looks.plan("the ferry sails", looks.day("2026-03-05")))

    assert event["dtstart"].dt == date(2026, 3, 5)
    assert event["dtend"].dt == date(2026, 3, 6)
    assert event["transp"] == "TRANSPARENT"


def test_an_hour_with_its_zone_is_an_instant():
    (event,) = events(looks.plan("the ferry sails", looks.minute("2026-03-05T08:30Z")))

    assert event["dtstart"].dt == datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


def test_an_hour_without_a_zone_is_claimed_for_none():
    (event,) = events(looks.plan("the ferry sails", looks.minute("2026-03-05T08:30")))

    assert event["dtstart"].dt == datetime(2026, 3, 5, 8, 30)  # noqa: DTZ001 - that is the point


def test_a_month_or_no_date_at_all_is_no_appointment():
    month = When("2026-06", 0, 0, Grain.MONTH, datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
    vague = When("FUTURE_REF", 0, 0, Grain.VAGUE)

    assert calendar(Agenda(None, (looks.plan("it", month), looks.plan("that", vague)), 2), now=NOON) is None


def test_how_sure_it_is_stands_in_its_status():
    states = (Modality.PLANNED, Modality.POSSIBLE, Modality.CANCELLED)
    found = events(*(looks.plan(f"ferry {n}", looks.day("2026-03-05"), modality=m) for n, m in enumerate(states)))

    assert [event["status"] for event in found] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert "Called off." in found[2]["description"]


def test_the_source_and_what_others_say_stand_in_its_description():
    other = (looks.day("2026-03-06"), looks.evidence(looks.ALSO, "courier"))
    (event,) = events(looks.plan("the ferry sails", looks.day("2026-03-05"), others=(other,)))

    told = str(event["description"])
    assert "The Bugle" in told
    assert "https://www.bugle.example/oslo" in told
    assert "Also reported: Friday 6 March 2026 (Harbour Courier)" in told
    assert event["url"] == "https://www.bugle.example/oslo"


def test_an_address_that_is_not_safe_is_left_out():
    (event,) = events(looks.plan("it", looks.day("2026-03-05"), url="javascript:alert(1)"))

    assert "url" not in event
    assert "javascript" not in event["description"]


def test_text_comes_back_as_it_was_and_forges_no_line():
    words = "Ferry; quay, \\ “north”: BEGIN:VALARM\r\nEND:VEVENT كأس العالم 🚀 " + "and so on " * 40
    (event,) = events(looks.plan(words, looks.day("2026-03-05")))

    assert str(event["summary"]).startswith("Ferry; quay, \\ “north”: BEGIN:VALARM END:VEVENT كأس العالم 🚀 and so on")
    assert len(str(event["summary"])) <= 120
    assert event.subcomponents == []


def test_no_line_of_the_file_is_longer_than_calendars_take():
    body = calendar(Agenda(None, (looks.plan("كأس العالم 🚀 " * 30, looks.day("2026-03-05")),), 2), now=NOON)

    assert max(len(line) for line in body.split(b"\r\n")) <= 75


def test_an_event_keeps_its_id_whenever_the_file_is_made():
    """So that a calendar that takes the file again changes the event instead of adding another."""
    plan = looks.plan("the ferry sails", looks.day("2026-03-05"))
    later = replace(looks.evidence(looks.ALSO, "courier"))
    moved = replace(plan, when=looks.day("2026-03-09"), what="sails later", evidence=later, more=(plan.evidence,))

    assert identified([plan]).keys() == identified([moved]).keys()


def test_two_plans_of_one_sentence_are_two_events_and_one_told_twice_is_one():
    ferry, quay = (looks.plan(f"the {what}", looks.day("2026-03-05")) for what in ("ferry", "quay"))

    assert len(events(ferry, quay, ferry)) == 2


def test_the_same_agenda_gives_the_same_bytes_by_the_desks_clock():
    assert calendar(looks.PLANNED, now=NOON) == calendar(looks.PLANNED, now=NOON)
    assert b"DTSTAMP:20260303T120000Z" in calendar(looks.PLANNED, now=NOON)
