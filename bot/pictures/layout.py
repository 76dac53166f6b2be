"""Where the names and the words of a picture of connections stand.

The words of an arrow are laid out as boxes of their own between the two names, so that nothing lies on them. Two names stand
side by side; for more, a few layouts are tried, always the same ones, and the clearest is taken: no boxes over each other,
few lines that cross, short ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import hypot
from typing import TYPE_CHECKING, Final

from bot.pictures import canvas
from bot.pictures.canvas import LEADING, WIDTH, Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from briefs.models import Modality

    Positions = np.ndarray[tuple[int, int], np.dtype[np.float64]]  # x and y of each box
    Matrix = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]  # of each two boxes

LEAST, MOST = 260, 1_000  # pixels of height
TALLER = 160  # pixels added where it does not fit
EDGE = 28
NAME, RELATION = 27, 25  # letters, in pixels
NAME_WIDTH, NAME_LINES = 232, 3
PADDING: Final = (18, 13)  # around the words of a name
GAP = 16  # between boxes
SHAFT = 40  # between a name and the words of its arrow: what is seen of the arrow
TRIES = 18  # layouts
ROUNDS = 160  # of moving boxes apart
DRAWN_TO_THE_MIDDLE = 112  # of these, in which words are drawn to the middle between their names
OVERLAP = 1_000.0  # faults: a box over another, or an arrow that is not seen
THROUGH, CROSSING, LENGTH = 200.0, 40.0, 0.15  # a way over a box, over another way; a pixel of a way
NEAR, DETOUR = 50, 1.0  # pixels from the middle of their way that words may stand, and what each more counts


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


def laid_out(arrows: Sequence[Arrow], *, least: float = LEAST) -> Layout:
    """Return where everything stands: those who are connected with each other together, one such circle below the other."""
    names: dict[str, Box] = {}
    words: dict[int, Box] = {}
    height = faults = 0.0
    for circle in _circles(arrows):
        mine = [arrows[index] for index in circle]
        block = _row(mine) or _web(mine, least)
        names |= {name: box.lowered(height) for name, box in block.names.items()}
        words |= {index: box.lowered(height) for index, box in zip(circle, block.words, strict=True)}
        height, faults = height + block.height, faults + block.faults
    return Layout(height, names, tuple(words[index] for index in range(len(arrows))), faults)


def _circles(arrows: Sequence[Arrow]) -> list[list[int]]:
    """Return the arrows, by their place, of those who are connected with each other, the best told circle first."""
    import networkx as nx

    graph = nx.Graph([(arrow.agent, arrow.patient) for arrow in arrows])
    groups = list(nx.connected_components(graph))
    found = [[index for index, arrow in enumerate(arrows) if arrow.agent in group] for group in groups]
    return sorted(found)


def _row(arrows: Sequence[Arrow]) -> Layout | None:
    """Lay out two names, left and right, and the words of all their arrows between them; None where these do not fit."""
    names = list(dict.fromkeys(name for arrow in arrows for name in (arrow.agent, arrow.patient)))
    if len(names) != 2:
        return None
    (left, tall), (right, high) = map(_name_size, names)
    sizes = [_words_size(arrow) for arrow in arrows]
    room = WIDTH - 2 * EDGE - left - right
    if room < max(wide for wide, _ in sizes) + 2 * SHAFT:
        return None
    height = max(tall, high, sum(h + GAP for _, h in sizes)) + 2 * GAP
    ends = (Box(EDGE + left / 2, height / 2, left, tall), Box(WIDTH - EDGE - right / 2, height / 2, right, high))
    y = (height - sum(h for _, h in sizes) - GAP * (len(sizes) - 1)) / 2
    words = []
    for wide, size in sizes:
        words.append(Box(EDGE + left + room / 2, y + size / 2, wide, size))
        y += size + GAP
    return Layout(height, dict(zip(names, ends, strict=True)), tuple(words), 0)


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
    one, other = (np.array(each) for each in zip(*ends, strict=True))
    wanted = _wanted(size, ends, count)
    for turn in range(ROUNDS):
        if turn < DRAWN_TO_THE_MIDDLE:
            at[count:] += ((at[one] + at[other]) / 2 - at[count:]) * 0.15
        push = _push(at, wanted)
        if turn > DRAWN_TO_THE_MIDDLE and not push.any():
            break
        at += push * 0.35
        np.clip(at, low, high, out=at)


def _wanted(size: Positions, ends: Sequence[tuple[int, int]], count: int) -> Matrix:
    """Return how far the middles of each two boxes are to be apart, across or down: room for arrows where there are some."""
    wanted: Matrix = (size[:, None, :] + size[None, :, :]) / 2 + GAP
    for index, (a, b) in enumerate(ends):
        words = count + index
        for end in (a, b):
            wanted[end, words] = wanted[words, end] = (size[end] + size[words]) / 2 + SHAFT
        wanted[a, b] = wanted[b, a] = (size[a] + size[b]) / 2 + size[words] + 2 * SHAFT
    return wanted


def _push(at: Positions, wanted: Matrix) -> Positions:
    """Return where each box is pushed by those too near: the shorter way out, across or down."""
    import numpy as np

    apart = at[:, None, :] - at[None, :, :]
    over = wanted - np.abs(apart)
    over[np.eye(len(at), dtype=bool)] = 0
    touching = (over > 0).all(axis=2)
    across = over[..., 0] < over[..., 1]
    order = np.arange(len(at))
    sign = np.where(apart == 0, np.sign(order[:, None] - order[None, :])[..., None], np.sign(apart))
    shorter = np.stack([touching & across, touching & ~across], axis=-1)
    found: Positions = np.where(shorter, over * sign, 0).sum(axis=1)
    return found


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
    lines = name_lines(name)
    wide = max(canvas.width_of(line, NAME, "bold") for line in lines)
    return wide + 2 * PADDING[0], len(lines) * NAME * LEADING + 2 * PADDING[1]


def name_lines(name: str) -> tuple[str, ...]:
    """Return a name as it stands in its box."""
    return canvas.wrapped(name, NAME, NAME_WIDTH, NAME_LINES, "bold")


def _words_size(arrow: Arrow) -> tuple[float, float]:
    wide = max(canvas.width_of(line, RELATION) for line in arrow.words)
    return wide + 12, len(arrow.words) * RELATION * LEADING + 4
