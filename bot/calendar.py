"""What is planned as a calendar file (iCalendar, RFC 5545) that every calendar takes; pure.

A day is a day everywhere; an hour is an instant where its zone is known, and else the local time of whoever reads it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.rendering.escaping import flat, safe_url, shorten
from briefs.language.times import describe
from briefs.models import Grain, Modality

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from icalendar import Event

    from briefs.models import Agenda, Plan, When

FILE_NAME = "upcoming.ics"
TITLE_ROOM, TOLD_ROOM = 120, 600
LONGEST = timedelta(days=7)  # a whole month or year is no appointment
HOUR = timedelta(hours=1)
LAST = datetime.max.replace(tzinfo=UTC)
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
    events = {key: plan for key, plan in identified(agenda.plans).items() if _has_day(plan.when)}
    for key, plan in events.items():
        found.add_component(_event(key, plan, now))
    return found.to_ical() if events else None


def _has_day(when: When) -> bool:
    return when.first is not None and when.last is not None and when.last - when.first <= LONGEST


def identified(plans: Sequence[Plan]) -> dict[str, Plan]:
    """Return plans by ids that are the same whenever the file is made.

    A plan is known by the sentence that told it first, which newer articles do not change; two of one sentence also by their
    words.
    """
    first: dict[str, Plan] = {}
    for plan in plans:
        place = _place(plan)
        other = first.get(place)
        first[place if other is None or other.what == plan.what else f"{place}:{plan.what}"] = plan
    return {f"{hashlib.sha256(place.encode()).hexdigest()[:32]}@debrief": plan for place, plan in first.items()}


def _place(plan: Plan) -> str:
    told = (plan.evidence, *plan.more)
    first = min(told, key=lambda each: (each.published_at or LAST, each.article_id, each.start))
    return f"{first.article_id}:{first.start}:{first.end}"


def _event(key: str, plan: Plan, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", key)
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
