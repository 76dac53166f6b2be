"""Who is connected with whom as a picture: names in boxes, arrows from who did to whom, and on each what was done.

The words of an arrow are laid out as boxes of their own between the two names, so that nothing lies on them. A few layouts
are tried, always the same ones, and the clearest is drawn: no boxes over each other, few lines that cross, short ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import hypot
from typing import TYPE_CHECKING, Final

from bot.pictures import canvas
from bot.pictures.canvas import (
    CANCELLED,
    FAINT,
    GROUND,
    INK,
    LEADING,
    LINE,
    PANEL,
    PLANNED,
    POSSIBLE,
    WIDTH,
    Box,
    Card,
)
from briefs.models import Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from briefs.models import Connection, Connections

    Positions = np.ndarray[tuple[int, int], np.dtype[np.float64]]

LINKS, NAMES = 10, 10  # shown at most
LEAST, MOST = 260, 1_000  # pixels of height
TALLER = 160  # pixels added where it does not fit
EDGE = 28
NAME, RELATION, TITLE, SMALL = 27, 25, 36, 24
NAME_WIDTH, RELATION_WIDTH = 232, 190
NAME_LINES, RELATION_LINES = 3, 2
PADDING: Final = (18, 13)  # around the words of a name
GAP = 16  # between boxes
SHAFT = 40  # between a name and the words of its arrow: what is seen of the arrow
HEAD = 19  # length of an arrow's head
CROSS = 9  # half a cross on an arrow of what did not happen
TRIES = 18  # layouts
ROUNDS = 160  # of moving boxes apart
OVERLAP = 1_000.0  # faults: a box over another, or an arrow that is not seen; a way over a box, over another way; a pixel of a way
THROUGH, CROSSING, LENGTH = 200.0, 40.0, 0.15
NEAR, DETOUR = 50, 1.0  # pixels from the middle of their way that words may stand, and what each more counts
COLOURS = {
    Modality.HAPPENED: FAINT,
    Modality.PLANNED: PLANNED,
    Modality.POSSIBLE: POSSIBLE,
    Modality.CANCELLED: CANCELLED,
}
DASHES: dict[Modality, tuple[float, ...]] = {Modality.PLANNED: (13, 9), Modality.POSSIBLE: (3, 8)}


@dataclass(frozen=True, slots=True)
class Arrow:
    """What one did to another: an edge with its words; ``mutual``: it has no head."""

    agent: str
    patient: str
    words: tuple[str, ...]
    modality: Modality
    mutual: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the boxes of names and of words stand."""

    height: float
    names: dict[str, Box]
    words: tuple[Box, ...]  # as the arrows
    faults: float


def drawn(connections: Connections) -> Card | None:
    """Draw as many connections as can be read; None where no name could be drawn."""
    pairs = _pairs(connections.links)
    if not pairs:
        return None
    arrows, layout = _fitting([_as_arrow(pair) for pair in pairs])
    title = _title(connections)
    top = EDGE + len(title) * TITLE * LEADING + 12
    shown = sum(len(pair) for pair in pairs[: len(arrows)])
    below = EDGE + SMALL if shown < len(connections.links) else 0
    card = Card(top + layout.height + below)
    card.text(title, (EDGE + 8, EDGE + TITLE / 2), TITLE, weight="bold")
    for arrow, box in zip(arrows, layout.words, strict=True):
        agent, patient = (_moved(layout.names[name], top) for name in (arrow.agent, arrow.patient))
        _arrow(card, arrow, agent, patient, _moved(box, top))
    for name, box in layout.names.items():
        _name(card, name, _moved(box, top))
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


# --------------------------------------------------------------------------------------------------------------- layout
def laid_out(arrows: Sequence[Arrow], *, least: float = LEAST) -> Layout:
    """Return where everything stands: those who are connected with each other together, one such circle below the other."""
    names: dict[str, Box] = {}
    words: dict[int, Box] = {}
    height = faults = 0.0
    for circle in _circles(arrows):
        mine = [arrows[index] for index in circle]
        block = (
            _row(mine)
            if len({name for arrow in mine for name in (arrow.agent, arrow.patient)}) == 2
            else _web(mine, least)
        )
        names |= {name: _moved(box, height) for name, box in block.names.items()}
        words |= {index: _moved(box, height) for index, box in zip(circle, block.words, strict=True)}
        height, faults = height + block.height, faults + block.faults
    return Layout(height, names, tuple(words[index] for index in range(len(arrows))), faults)


def _circles(arrows: Sequence[Arrow]) -> list[list[int]]:
    """Return the arrows, by their place, of those who are connected with each other, the best told circle first."""
    import networkx as nx

    graph = nx.Graph([(arrow.agent, arrow.patient) for arrow in arrows])
    groups = list(nx.connected_components(graph))
    found = [[index for index, arrow in enumerate(arrows) if arrow.agent in group] for group in groups]
    return sorted(found)


def _row(arrows: Sequence[Arrow]) -> Layout:
    """Lay out two names, left and right, and the words of all their arrows between them."""
    one, other = arrows[0].agent, arrows[0].patient
    (left, tall), (right, high) = _name_size(one), _name_size(other)
    sizes = [_words_size(arrow) for arrow in arrows]
    height = max(tall, high, sum(h + GAP for _, h in sizes)) + 2 * GAP
    names = {
        one: Box(EDGE + left / 2, height / 2, left, tall),
        other: Box(WIDTH - EDGE - right / 2, height / 2, right, high),
    }
    middle = (EDGE + left + WIDTH - EDGE - right) / 2
    y = (height - sum(h for _, h in sizes) - GAP * (len(sizes) - 1)) / 2
    words = []
    for wide, size in sizes:
        words.append(Box(middle, y + size / 2, wide, size))
        y += size + GAP
    return Layout(height, names, tuple(words), 0)


def _web(arrows: Sequence[Arrow], least: float) -> Layout:
    """Return the clearest of some layouts, in the least height where nothing lies over anything else."""
    names = list(dict.fromkeys(name for arrow in arrows for name in (arrow.agent, arrow.patient)))
    sizes = [_name_size(name) for name in names] + [_words_size(arrow) for arrow in arrows]
    height = max(least, min(MOST, sum((w + 2 * GAP) * (h + 2 * GAP) for w, h in sizes) * 2.3 / WIDTH))
    while True:
        best = min((_tried(arrows, names, sizes, height, seed) for seed in range(TRIES)), key=lambda each: each.faults)
        if best.faults < OVERLAP or height >= MOST:
            return best
        height = min(MOST, height + TALLER)


def _tried(
    arrows: Sequence[Arrow], names: Sequence[str], sizes: Sequence[tuple[float, float]], height: float, seed: int
) -> Layout:
    import numpy as np

    ends = [(names.index(arrow.agent), names.index(arrow.patient)) for arrow in arrows]
    at = _started(len(names), ends, height, seed)
    _apart(at, np.array(sizes), ends, len(names), height)
    boxes = [Box(float(x), float(y), w, h) for (x, y), (w, h) in zip(at, sizes, strict=True)]
    faults = _faults(boxes[: len(names)], boxes[len(names) :], ends)
    boxes, height = _cropped(boxes)
    return Layout(height, dict(zip(names, boxes, strict=False)), tuple(boxes[len(names) :]), faults)


def _cropped(boxes: Sequence[Box]) -> tuple[list[Box], float]:
    """Return the boxes without the empty room around them, in the middle of the card's width; and the height they take."""
    left, right = min(b.x - b.width / 2 for b in boxes), max(b.x + b.width / 2 for b in boxes)
    top, bottom = min(b.y - b.height / 2 for b in boxes), max(b.y + b.height / 2 for b in boxes)
    moved = ((WIDTH - left - right) / 2, GAP - top)
    return [Box(b.x + moved[0], b.y + moved[1], b.width, b.height) for b in boxes], bottom - top + 2 * GAP


def _started(count: int, ends: Sequence[tuple[int, int]], height: float, seed: int) -> Positions:
    """Return where the boxes begin: as springs between names and words lay them, stretched over the card."""
    import networkx as nx
    import numpy as np

    graph = nx.Graph()
    graph.add_nodes_from(range(count + len(ends)))
    for index, (one, other) in enumerate(ends):
        graph.add_edge(one, count + index)
        graph.add_edge(count + index, other)
    laid = nx.spring_layout(graph, seed=seed, iterations=60)
    at = np.array([laid[node] for node in range(len(graph))], dtype=float)
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([WIDTH, height]) * 0.8
    found: Positions = (at - low) / np.maximum(high - low, 1e-9) * room + np.array([WIDTH, height]) * 0.1
    return found


def _apart(at: Positions, size: Positions, ends: Sequence[tuple[int, int]], count: int, height: float) -> None:
    """Move boxes off each other, and words towards the middle between their names; in place."""
    import numpy as np

    low = size / 2 + EDGE / 2
    high = np.array([WIDTH, height]) - low
    one, other = np.array([a for a, _ in ends]), np.array([b for _, b in ends])
    wanted = (size[:, None, :] + size[None, :, :]) / 2 + GAP
    for index, (a, b) in enumerate(ends):
        for end in (a, b):
            wanted[end, count + index] = wanted[count + index, end] = (size[end] + size[count + index]) / 2 + SHAFT
        wanted[a, b] = wanted[b, a] = (size[a] + size[b]) / 2 + size[count + index] + 2 * SHAFT
    nobody = np.eye(len(at), dtype=bool)
    for turn in range(ROUNDS):
        if turn < ROUNDS * 0.7:
            middle = (at[one] + at[other]) / 2
            at[count:] += (middle - at[count:]) * 0.15
        apart = at[:, None, :] - at[None, :, :]
        over = wanted - np.abs(apart)
        over[nobody] = 0
        touching = (over > 0).all(axis=2)
        if turn > ROUNDS * 0.7 and not touching.any():
            break
        across = over[..., 0] < over[..., 1]
        sign = np.where(
            apart == 0, np.sign(np.arange(len(at))[:, None] - np.arange(len(at))[None, :])[..., None], np.sign(apart)
        )
        push = np.zeros_like(apart)
        push[..., 0] = np.where(touching & across, over[..., 0] * sign[..., 0], 0)
        push[..., 1] = np.where(touching & ~across, over[..., 1] * sign[..., 1], 0)
        at += push.sum(axis=1) * 0.35
        np.clip(at, low, high, out=at)


def _faults(names: Sequence[Box], words: Sequence[Box], ends: Sequence[tuple[int, int]]) -> float:
    """Return how unclear a layout is."""
    boxes = [*names, *words]
    found = OVERLAP * sum(one.overlaps(other, 4) for one, other in combinations(boxes, 2))
    ways = [
        (names[end], word, (end, len(names) + index))
        for index, (word, pair) in enumerate(zip(words, ends, strict=True))
        for end in pair
    ]
    for one, other, own in ways:
        found += THROUGH * sum(_meets(one, other, box) for k, box in enumerate(boxes) if k not in own)
        found += OVERLAP * one.overlaps(other, SHAFT * 0.75)
        found += LENGTH * hypot(one.x - other.x, one.y - other.y)
    for word, (a, b) in zip(words, ends, strict=True):
        middle = ((names[a].x + names[b].x) / 2, (names[a].y + names[b].y) / 2)
        found += DETOUR * max(0, hypot(word.x - middle[0], word.y - middle[1]) - NEAR)
    found += CROSSING * sum(_cross(a, b) for a, b in combinations(ways, 2) if not set(a[2]) & set(b[2]))
    return found


def _meets(one: Box, other: Box, box: Box) -> bool:
    """Whether the way between two boxes leads over a third."""
    steps = (k / 12 for k in range(1, 12))
    points = ((one.x + (other.x - one.x) * t, one.y + (other.y - one.y) * t) for t in steps)
    return any(abs(x - box.x) < box.width / 2 + 9 and abs(y - box.y) < box.height / 2 + 9 for x, y in points)


def _cross(a: tuple[Box, Box, tuple[int, int]], b: tuple[Box, Box, tuple[int, int]]) -> bool:
    """Whether two ways cross."""

    def side(p: Box, q: Box, r: Box) -> bool:
        return (q.x - p.x) * (r.y - p.y) > (q.y - p.y) * (r.x - p.x)

    return side(a[0], a[1], b[0]) != side(a[0], a[1], b[1]) and side(b[0], b[1], a[0]) != side(b[0], b[1], a[1])


def _name_size(name: str) -> tuple[float, float]:
    lines = _name_lines(name)
    wide = max(canvas.width_of(line, NAME, "bold") for line in lines)
    return wide + 2 * PADDING[0], len(lines) * NAME * LEADING + 2 * PADDING[1]


def _name_lines(name: str) -> tuple[str, ...]:
    return canvas.wrapped(name, NAME, NAME_WIDTH, NAME_LINES, "bold")


def _words_size(arrow: Arrow) -> tuple[float, float]:
    wide = max(canvas.width_of(line, RELATION) for line in arrow.words)
    return wide + 12, len(arrow.words) * RELATION * LEADING + 4


# -------------------------------------------------------------------------------------------------------------- drawing
def _moved(box: Box, down: float) -> Box:
    return Box(box.x, box.y + down, box.width, box.height)


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


def _cross_out(card: Card, way: Sequence[tuple[float, float]], colour: str) -> None:
    """Draw a cross on the part of a way before its words."""
    if not way:
        return
    x, y = way[len(way) // 4] if len(way) > 3 else way[0]
    for up in (-1, 1):
        card.line([(x - CROSS, y - up * CROSS), (x + CROSS, y + up * CROSS)], colour=colour, thick=4)


def _apart_by(one: tuple[float, float], other: tuple[float, float]) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _curve(one: Box, through: Box, other: Box) -> list[tuple[float, float]]:
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


def _within(point: tuple[float, float], box: Box, gap: float) -> bool:
    return abs(point[0] - box.x) <= box.width / 2 + gap and abs(point[1] - box.y) <= box.height / 2 + gap


def _head(card: Card, back: tuple[float, float], tip: tuple[float, float], colour: str) -> None:
    length = hypot(tip[0] - back[0], tip[1] - back[1]) or 1
    along = ((tip[0] - back[0]) / length, (tip[1] - back[1]) / length)
    foot = (tip[0] - along[0] * HEAD, tip[1] - along[1] * HEAD)
    side = (-along[1] * HEAD * 0.48, along[0] * HEAD * 0.48)
    card.wedge([tip, (foot[0] + side[0], foot[1] + side[1]), (foot[0] - side[0], foot[1] - side[1])], colour=colour)


def _name(card: Card, name: str, box: Box) -> None:
    card.pill(box, fill=PANEL, edge=LINE, thick=2.5)
    lines = _name_lines(name)
    first = box.y - (len(lines) - 1) * NAME * LEADING / 2
    card.text(lines, (box.x, first), NAME, weight="bold", align="center")
