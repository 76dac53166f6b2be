"""What is planned as a calendar file (iCalendar, RFC 5545) that every calendar takes; pure.

A day is a day everywhere; an hour is an instant where its zone is known, and else the local time of whoever reads it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.rendering.escaping import flat, safe_url, shorten
from briefs.language.times import describe
from briefs.models import Grain, Modality

if TYPE_CHECKING:
    from datetime import date

    from icalendar import Event

    from briefs.models import Agenda, Plan, When

FILE_NAME = "upcoming.ics"
TITLE_ROOM, TOLD_ROOM = 120, 600
LONGEST = timedelta(days=7)  # a whole month or year is no appointment
HOUR = timedelta(hours=1)
STATES = {Modality.PLANNED: "CONFIRMED", Modality.POSSIBLE: "TENTATIVE", Modality.CANCELLED: "CANCELLED"}
EXACT = frozenset({Grain.HOUR, Grain.MINUTE})


def calendar(agenda: Agenda, *, now: datetime) -> bytes | None:
    """Return the plans that have a day or an hour as a calendar file; None where none has."""
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", "-//Debrief//Upcoming//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"Upcoming: {shorten(agenda.subject, TITLE_ROOM)}" if agenda.subject else "Upcoming")
    events = {uid(plan): _event(plan, now) for plan in agenda.plans if _has_day(plan.when)}
    for event in events.values():
        found.add_component(event)
    return found.to_ical() if events else None


def _has_day(when: When) -> bool:
    return when.first is not None and when.last is not None and when.last - when.first <= LONGEST


def uid(plan: Plan) -> str:
    """Return the same id for the same words of the same article, whenever the file is made."""
    place = f"{plan.evidence.article_id}:{plan.evidence.start}:{plan.evidence.end}:{plan.what}"
    return f"{hashlib.sha256(place.encode()).hexdigest()[:32]}@debrief"


def _event(plan: Plan, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid(plan))
    event.add("dtstamp", now)
    start, end = _span(plan.when)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", shorten(plan.what, TITLE_ROOM))
    event.add("description", _told(plan))
    event.add("status", STATES.get(plan.modality, "TENTATIVE"))
    event.add("transp", "TRANSPARENT")  # it does not make its reader busy
    if link := safe_url(plan.evidence.url):
        event.add("url", link)
    return event


def _span(when: When) -> tuple[date, date]:
    """Return when it begins and ends: days, instants, or hours without a zone."""
    assert when.first is not None
    assert when.last is not None
    if when.grain not in EXACT:
        last = when.last.date() if when.last.date() > when.first.date() else when.first.date() + timedelta(days=1)
        return when.first.date(), last
    first = when.first if when.value.endswith("Z") else when.first.replace(tzinfo=None)
    return first, first + HOUR


def _told(plan: Plan) -> str:
    """Return the sentence, who says so, where, and which other days were told."""
    evidence = plan.evidence
    others = [f"Also reported: {describe(when)} ({flat(each.outlet)})" for when, each in plan.others]
    told = (
        "Possible, not certain." if plan.modality is Modality.POSSIBLE else "",
        "Called off." if plan.modality is Modality.CANCELLED else "",
        shorten(evidence.text, TOLD_ROOM),
        f"{flat(evidence.outlet)}, {describe(plan.when)}",
        safe_url(evidence.url) or "",
        *others,
    )
    return "\n".join(filter(None, told))
