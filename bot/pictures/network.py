"""Who is connected with whom as a picture: names in boxes, arrows from who did to whom, and on each what was done.

How it stands is told by line before colour, besides by the words: planned is dashed, possible dotted, crossed out what did not
come to be.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from bot.pictures import canvas
from bot.pictures.canvas import CANCELLED, FAINT, GROUND, INK, LEADING, LINE, PANEL, PLANNED, POSSIBLE, WIDTH, Box, Card
from bot.pictures.layout import EDGE, MOST, NAME, OVERLAP, RELATION, Arrow, Layout, laid_out, name_lines
from briefs.models import Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.pictures.canvas import Point
    from briefs.models import Connection, Connections

LINKS, NAMES = 10, 10  # shown at most
TITLE, SMALL = 36, 24  # letters, in pixels
RELATION_WIDTH, RELATION_LINES = 190, 3
HEAD = 19  # length of an arrow's head
CROSS = 9  # half a cross on an arrow of what did not happen
COLOURS = {
    Modality.HAPPENED: FAINT,
    Modality.PLANNED: PLANNED,
    Modality.POSSIBLE: POSSIBLE,
    Modality.CANCELLED: CANCELLED,
}
DASHES: dict[Modality, tuple[float, ...]] = {Modality.PLANNED: (13, 9), Modality.POSSIBLE: (3, 8)}


def drawn(connections: Connections) -> Card | None:
    """Draw as many connections as can be read; None where no name could be drawn."""
    pairs = _pairs(connections.links)
    if not pairs:
        return None
    arrows, layout = _fitting([_as_arrow(pair) for pair in pairs])
    title = _title(connections)
    top = EDGE + len(title) * TITLE * LEADING + 12
    shown = sum(len(pair) for pair in pairs[: len(arrows)])
    below = EDGE + SMALL if shown < len(connections.links) else EDGE / 2
    card = Card(top + layout.height + below)
    card.text(title, (EDGE + 8, EDGE + TITLE / 2), TITLE, weight="bold")
    for arrow, box in zip(arrows, layout.words, strict=True):
        agent, patient = (layout.names[name].lowered(top) for name in (arrow.agent, arrow.patient))
        _arrow(card, arrow, agent, patient, box.lowered(top))
    for name, box in layout.names.items():
        _name(card, name, box.lowered(top))
    if shown < len(connections.links):
        told = f"{shown} of {len(connections.links)} connections"
        card.text([told], (EDGE + 8, card.height - EDGE), SMALL, colour=FAINT)
    return card


def _fitting(arrows: Sequence[Arrow]) -> tuple[Sequence[Arrow], Layout]:
    """Return as many arrows, the best first, as can be laid out in the height there is."""
    layout = laid_out(arrows)
    while len(arrows) > 1 and (layout.height > MOST or layout.faults >= OVERLAP):
        arrows = arrows[:-1]
        layout = laid_out(arrows, least=MOST)
    return arrows, layout


def _title(connections: Connections) -> tuple[str, ...]:
    subject = canvas.drawable(connections.subject or "") or "Connections"
    return canvas.wrapped(subject, TITLE, WIDTH - 2 * EDGE - 16, 1, "bold")


# --------------------------------------------------------------------------------------------------------- what is shown
def _pairs(links: Sequence[Connection]) -> list[list[Connection]]:
    """Return the best told links, those of the same two in the same direction and state together."""
    found: dict[tuple[str, str, Modality, bool], list[Connection]] = {}
    names: set[str] = set()
    for link in links:
        one, other = canvas.drawable(link.agent.name), canvas.drawable(link.patient.name)
        key = (one, other, link.modality, link.mutual)
        if not one or not other or one == other:
            continue
        if key not in found and (len(found) == LINKS or len(names | {one, other}) > NAMES):
            continue
        names |= {one, other}
        found.setdefault(key, []).append(link)
    return list(found.values())


def _as_arrow(pair: Sequence[Connection]) -> Arrow:
    first = pair[0]
    one, other = canvas.drawable(first.agent.name), canvas.drawable(first.patient.name)
    told = ", ".join(dict.fromkeys(canvas.drawable(link.relation) or link.kind for link in pair))
    words = canvas.wrapped(told, RELATION, RELATION_WIDTH, RELATION_LINES)
    return Arrow(one, other, words, first.modality, all(link.mutual for link in pair))


# -------------------------------------------------------------------------------------------------------------- drawing
def _arrow(card: Card, arrow: Arrow, one: Box, other: Box, words: Box) -> None:
    """Draw the way from one name over the words to the other, with its head there; a cross on it where nothing came of it."""
    colour, dashes = COLOURS[arrow.modality], DASHES.get(arrow.modality, ())
    seen = [
        p
        for p in _curve(one, words, other)
        if not _within(p, one, 3) and not _within(p, other, 3 if arrow.mutual else 8)
    ]
    way = seen if len(seen) > 1 else [(one.x, one.y), (other.x, other.y)]
    tip = way[-1]
    if not arrow.mutual:
        back = next((p for p in reversed(way) if _apart_by(p, tip) >= HEAD), way[0])
        _head(card, back, tip, colour)
        way = [p for p in way if _apart_by(p, tip) >= HEAD * 0.8] or way[:1]
    card.line(way, colour=colour, thick=3.5, dashes=dashes)
    card.pill(words, fill=GROUND, edge=GROUND, round_by=8)
    first = words.y - (len(arrow.words) - 1) * RELATION * LEADING / 2
    ink = INK if arrow.modality is Modality.HAPPENED else colour
    card.text(arrow.words, (words.x, first), RELATION, colour=ink, align="center")
    if arrow.modality is Modality.CANCELLED:
        _cross_out(card, [p for p in way if not _within(p, words, 6)], colour)


def _cross_out(card: Card, way: Sequence[Point], colour: str) -> None:
    """Draw a cross on the part of a way before its words."""
    if not way:
        return
    x, y = way[len(way) // 4] if len(way) > 3 else way[0]
    for up in (-1, 1):
        card.line([(x - CROSS, y - up * CROSS), (x + CROSS, y + up * CROSS)], colour=colour, thick=4)


def _apart_by(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _curve(one: Box, through: Box, other: Box) -> list[Point]:
    """Return points of the curve from the middle of one box through that of another to the third."""
    bend = (2 * through.x - (one.x + other.x) / 2, 2 * through.y - (one.y + other.y) / 2)
    steps = [k / 80 for k in range(81)]
    return [
        (
            (1 - t) ** 2 * one.x + 2 * (1 - t) * t * bend[0] + t**2 * other.x,
            (1 - t) ** 2 * one.y + 2 * (1 - t) * t * bend[1] + t**2 * other.y,
        )
        for t in steps
    ]


def _within(point: Point, box: Box, gap: float) -> bool:
    return abs(point[0] - box.x) <= box.width / 2 + gap and abs(point[1] - box.y) <= box.height / 2 + gap


def _head(card: Card, back: Point, tip: Point, colour: str) -> None:
    length = hypot(tip[0] - back[0], tip[1] - back[1]) or 1
    along = ((tip[0] - back[0]) / length, (tip[1] - back[1]) / length)
    foot = (tip[0] - along[0] * HEAD, tip[1] - along[1] * HEAD)
    side = (-along[1] * HEAD * 0.48, along[0] * HEAD * 0.48)
    card.wedge([tip, (foot[0] + side[0], foot[1] + side[1]), (foot[0] - side[0], foot[1] - side[1])], colour=colour)


def _name(card: Card, name: str, box: Box) -> None:
    card.pill(box, fill=PANEL, edge=LINE, thick=2.5)
    lines = name_lines(name)
    first = box.y - (len(lines) - 1) * NAME * LEADING / 2
    card.text(lines, (box.x, first), NAME, weight="bold", align="center")
