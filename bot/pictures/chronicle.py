"""A timeline as a picture: moments along a line from top to bottom, as many as can be read.

Each moment carries the number it has in the list. How it stands is told by shape and word before colour: a full disc
happened, a dashed ring is planned, a dotted one possible, a crossed one called off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.pictures import canvas
from bot.pictures.canvas import CANCELLED, FAINT, GROUND, HAPPENED, INK, LEADING, PLANNED, POSSIBLE, WIDTH, Card
from briefs.language.times import describe
from briefs.models import Grain, Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Moment, Timeline, When

TALLEST = 1_060  # pixels: Discord shows a taller picture smaller
SHOWN = 7  # moments at most
TITLE, DATE, TOLD, SMALL = 38, 30, 29, 24  # letters, in pixels
EDGE = 36  # from the card's edge
SPINE = 70  # where the line runs
RADIUS = 25
TEXT = 124  # where words begin
TEXT_WIDTH = WIDTH - TEXT - EDGE
TITLE_LINES = 2
MANY_LINES, FEW_LINES = 3, 2  # of what is told, where there is room and where there is not
BETWEEN, WITH_GAP = 34, 66  # from one moment to the next, without and with words for the time between
COLOURS = {
    Modality.HAPPENED: HAPPENED,
    Modality.PLANNED: PLANNED,
    Modality.POSSIBLE: POSSIBLE,
    Modality.CANCELLED: CANCELLED,
}
WORDS = {Modality.PLANNED: "planned", Modality.POSSIBLE: "possible", Modality.CANCELLED: "called off"}
DASHES = {Modality.PLANNED: (9, 6), Modality.POSSIBLE: (2, 7)}
COARSE = {
    Grain.WEEK: 7,
    Grain.MONTH: 31,
    Grain.QUARTER: 92,
    Grain.SEASON: 92,
    Grain.HALF: 183,
    Grain.YEAR: 366,
    Grain.DECADE: 3_653,
    Grain.CENTURY: 36_525,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A moment with what is written of it."""

    number: int
    moment: Moment
    date: tuple[str, ...]
    told: tuple[str, ...]
    gap: str  # since the one shown before it

    @property
    def height(self) -> float:
        """From the top of its date to below its last line."""
        return (len(self.date) * DATE + len(self.told) * TOLD) * LEADING


def chosen(moments: Sequence[Moment], limit: int) -> tuple[int, ...]:
    """Return which moments are shown, in order: the first, the last, and those that most sources tell, spread over the rest."""
    if len(moments) <= limit:
        return tuple(range(len(moments)))
    found = [0, len(moments) - 1]

    def weight(index: int) -> tuple[int, int, int]:
        each = moments[index]
        return each.independent, each.sources, min(abs(index - other) for other in found)

    while len(found) < limit:
        found.append(max((i for i in range(len(moments)) if i not in found), key=weight))
    return tuple(sorted(found))


def drawn(timeline: Timeline) -> Card:
    """Draw a timeline that has moments."""
    title = canvas.wrapped(
        canvas.drawable(timeline.subject) or "Timeline", TITLE, WIDTH - 2 * EDGE, TITLE_LINES, "bold"
    )
    entries = _fitting(timeline, title)
    card = Card(_height(title, entries, len(timeline.moments)))
    card.text(title, (EDGE, EDGE + TITLE / 2), TITLE, weight="bold")
    _along(card, entries, EDGE + len(title) * TITLE * LEADING + BETWEEN)
    if len(entries) < len(timeline.moments):
        more = f"{len(entries)} of {len(timeline.moments)} moments"
        card.text([more], (TEXT, card.height - EDGE), SMALL, colour=FAINT)
    return card


def _fitting(timeline: Timeline, title: Sequence[str]) -> list[Entry]:
    """Return as many moments as can be shown, with as much of each as there is room for."""
    for limit in range(min(SHOWN, len(timeline.moments)), 2, -1):
        for lines in (MANY_LINES, FEW_LINES):
            entries = _entries(timeline, limit, lines)
            if _height(title, entries, len(timeline.moments)) <= TALLEST:
                return entries
    return _entries(timeline, 2, MANY_LINES)


def _height(title: Sequence[str], entries: Sequence[Entry], total: int) -> float:
    below = EDGE + (SMALL * LEADING if len(entries) < total else 0)
    between = sum(WITH_GAP if entry.gap else BETWEEN for entry in entries[1:])
    return EDGE + len(title) * TITLE * LEADING + BETWEEN + between + sum(e.height for e in entries) + below


def _entries(timeline: Timeline, limit: int, lines: int) -> list[Entry]:
    found: list[Entry] = []
    for index in chosen(timeline.moments, limit):
        moment = timeline.moments[index]
        date = canvas.wrapped(_dated(moment), DATE, TEXT_WIDTH, 2, "bold")
        words = canvas.drawable(moment.evidence.text) or f"See {index + 1} in the list."
        gap = between(found[-1].moment.when, moment.when) if found else ""
        found.append(Entry(index + 1, moment, date, canvas.wrapped(words, TOLD, TEXT_WIDTH, lines), gap))
    return found


def _dated(moment: Moment) -> str:
    """Return the day as in "Saturday 19 January 2019", an hour with it, and how it stands where it has not happened."""
    when, words = moment.when, WORDS.get(moment.modality)
    day = describe(when.value[:10]) if when.grain is Grain.PART_OF_DAY else describe(when)
    told = day[:1].upper() + day[1:]
    return f"{told} · {words}" if words else told


def between(one: When, other: When) -> str:
    """Return how long after one time another is, in words; '' where it is short or not known well enough."""
    if one.first is None or other.first is None:
        return ""
    apart = (other.first - one.first) // timedelta(days=1)
    if apart < max(2, 2 * COARSE.get(one.grain, 1), 2 * COARSE.get(other.grain, 1)):
        return ""
    for days, unit in ((365.25, "year"), (30.44, "month"), (7, "week")):
        if apart >= 2 * days:
            return f"{round(apart / days)} {unit}s later"
    return f"{apart} days later"


def _along(card: Card, entries: Sequence[Entry], top: float) -> None:
    """Draw the line and the moments on it."""
    tops: list[float] = []
    for entry in entries:
        top += (WITH_GAP if entry.gap else BETWEEN) if tops else 0
        tops.append(top)
        top += entry.height
    discs = [each + DATE * LEADING / 2 for each in tops]
    card.line([(SPINE, discs[0]), (SPINE, discs[-1])], thick=4)
    for entry, at, disc in zip(entries, tops, discs, strict=True):
        if entry.gap:
            card.text([entry.gap], (TEXT, at - WITH_GAP / 2 - 4), SMALL, colour=FAINT)
        _disc(card, entry, disc)
        _words(card, entry, disc)


def _disc(card: Card, entry: Entry, y: float) -> None:
    how = entry.moment.modality
    colour, full = COLOURS[how], how is Modality.HAPPENED
    card.circle((SPINE, y), RADIUS + 5, edge=GROUND)  # the line ends before it
    card.circle((SPINE, y), RADIUS, fill=colour if full else GROUND, edge=colour, thick=4, dashes=DASHES.get(how, ()))
    if how is Modality.CANCELLED:
        reach = RADIUS * 0.7
        card.line([(SPINE - reach, y - reach), (SPINE + reach, y + reach)], colour=colour, thick=4)
        card.circle((SPINE, y), RADIUS * 0.6, edge=GROUND)  # the number is read beside the stroke, not through it
    size = SMALL if entry.number < 100 else SMALL - 6
    card.text([str(entry.number)], (SPINE, y), size, colour=GROUND if full else INK, weight="bold", align="center")


def _words(card: Card, entry: Entry, y: float) -> None:
    how = entry.moment.modality
    card.text(entry.date, (TEXT, y), DATE, colour=COLOURS[how], weight="bold")
    below = y + (len(entry.date) - 0.5) * DATE * LEADING + TOLD * LEADING / 2
    back = canvas.is_right_to_left(entry.moment.evidence.text)
    at = (WIDTH - EDGE if back else TEXT, below)
    card.text(entry.told, at, TOLD, align="right" if back else "left")
