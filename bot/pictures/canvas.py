"""A card to draw on, in pixels from its upper left corner: lines, shapes, and words that fit.

matplotlib by its objects alone: no pyplot, no style files, and its own DejaVu Sans by path, so that nothing of the machine
shows. Not for several threads at once.
"""

from __future__ import annotations

import os
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.artist import Artist
    from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

Point = tuple[float, float]
Weight = Literal["regular", "bold"]

WIDTH = 800  # pixels; shown at half of it on a phone
DPI = 100
POINTS = 72 / DPI  # of a pixel
FILES = {"regular": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
LOST = "…"  # in place of a word that cannot be drawn
JOINT = "\u200c"  # Persian words are written with it
LEADING = 1.28  # from line to line, of the letters' size

GROUND = "#23262d"
PANEL = "#343944"  # of what stands out from the ground
INK = "#f4f5f7"
FAINT = "#b9c0cc"
LINE = "#6f7889"
HAPPENED = "#7cc0ff"
PLANNED = "#f3c969"
POSSIBLE = "#cdb0ff"
CANCELLED = "#ff9a90"
TEXT_COLOURS = (INK, FAINT, HAPPENED, PLANNED, POSSIBLE, CANCELLED)


@lru_cache(maxsize=1)
def prepare() -> None:
    """Load matplotlib as it comes, before anything else of it is used.

    It would look through all fonts of the machine, note them in the home folder, which may be read-only, and take styles from
    there. A folder that is gone afterwards holds what it writes.
    """
    with TemporaryDirectory() as folder, _environment(MPLCONFIGDIR=folder, MPL_IGNORE_SYSTEM_FONTS="1"):
        import matplotlib as mpl
        import matplotlib.font_manager

        mpl.rcdefaults()


@contextmanager
def _environment(**names: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre and its size."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box, gap: float = 0) -> bool:
        """Whether two rectangles are nearer than ``gap``."""
        beside = abs(self.x - other.x) < (self.width + other.width) / 2 + gap
        return beside and abs(self.y - other.y) < (self.height + other.height) / 2 + gap

    def lowered(self, by: float) -> Box:
        """Return the same rectangle further down."""
        return Box(self.x, self.y + by, self.width, self.height)


class Card:
    """A picture in the making. ``words`` holds the box of each text, for those who look for overlaps."""

    def __init__(self, height: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.height = round(height)
        self.words: list[tuple[str, Box]] = []
        self._figure: Figure = Figure(figsize=(WIDTH / DPI, self.height / DPI), dpi=DPI, facecolor=GROUND)
        self._canvas: FigureCanvasAgg = FigureCanvasAgg(self._figure)

    def png(self) -> bytes:
        """Return the picture; nothing in it tells when or by what it was made."""
        found = BytesIO()
        self._figure.savefig(found, format="png", dpi=DPI, facecolor=GROUND, metadata={"Software": None})
        return found.getvalue()

    def text(
        self,
        lines: Sequence[str],
        at: Point,
        size: float,
        *,
        colour: str = INK,
        weight: Weight = "regular",
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """Write lines; ``at`` is the middle of the first line's height, and its left, middle or right."""
        from matplotlib.text import Text

        for index, line in enumerate(lines):
            x, y = at[0], at[1] + index * size * LEADING
            self._add(
                Text(
                    x,
                    self.height - y,
                    line,
                    color=colour,
                    fontproperties=font(weight, size),
                    horizontalalignment=align,
                    verticalalignment="center_baseline",
                    parse_math=False,
                )
            )
            wide = width_of(line, size, weight)
            left = x - {"left": 0, "center": wide / 2, "right": wide}[align]
            self.words.append((line, Box(left + wide / 2, y, wide, size)))

    def line(
        self, points: Sequence[Point], *, colour: str = LINE, thick: float = 3, dashes: Sequence[float] = ()
    ) -> None:
        """Draw a line through points; ``dashes`` in pixels, drawn and left out in turn."""
        from matplotlib.lines import Line2D

        style: Any = (0, [d / thick for d in dashes]) if dashes else "-"
        xs, ys = [x for x, _ in points], [self.height - y for _, y in points]
        self._add(Line2D(xs, ys, color=colour, linewidth=thick * POINTS, linestyle=style, solid_capstyle="round"))

    def circle(
        self,
        at: Point,
        radius: float,
        *,
        fill: str = GROUND,
        edge: str = LINE,
        thick: float = 3,
        dashes: Sequence[float] = (),
    ) -> None:
        """Draw a circle."""
        from matplotlib.patches import Circle

        self._add(Circle((at[0], self.height - at[1]), radius, **_pen(fill, edge, thick, dashes)))

    def pill(self, box: Box, *, fill: str = PANEL, edge: str = LINE, thick: float = 2, round_by: float = 18) -> None:
        """Draw a rectangle with round corners."""
        from matplotlib.patches import BoxStyle, FancyBboxPatch

        corner = (box.x - box.width / 2, self.height - box.y - box.height / 2)
        style = BoxStyle("Round", pad=0, rounding_size=min(round_by, box.height / 2))  # type: ignore[no-untyped-call]
        self._add(FancyBboxPatch(corner, box.width, box.height, boxstyle=style, **_pen(fill, edge, thick, ())))

    def wedge(self, points: Sequence[Point], *, colour: str) -> None:
        """Draw a filled polygon: the head of an arrow."""
        from matplotlib.patches import Polygon

        self._add(Polygon([(x, self.height - y) for x, y in points], closed=True, facecolor=colour, edgecolor=colour))

    def _add(self, artist: Artist) -> None:
        from matplotlib.transforms import IdentityTransform

        artist.set_transform(IdentityTransform())
        artist.set_zorder(len(self._figure.get_children()))  # what is drawn later lies above
        self._figure.add_artist(artist)


def _pen(fill: str, edge: str, thick: float, dashes: Sequence[float]) -> dict[str, Any]:
    style = (0, [d / thick for d in dashes]) if dashes else "-"
    return {"facecolor": fill, "edgecolor": edge, "linewidth": thick * POINTS, "linestyle": style}


# ---------------------------------------------------------------------------------------------------------------- words
@lru_cache(maxsize=64)
def font(weight: Weight, size: float) -> FontProperties:
    """Return matplotlib's own font by its path; sizes are in pixels."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_file(weight), size=size * POINTS)


def _file(weight: Weight) -> Path:
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf" / FILES[weight]


@lru_cache(maxsize=2)
def _glyphs(weight: Weight) -> frozenset[int]:
    """Return the characters that a font can draw."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_file(weight))).get_charmap())


@lru_cache(maxsize=1)
def _ruler() -> RendererAgg:
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, weight: Weight = "regular") -> float:
    """Return how wide a line is."""
    measured = _ruler().get_text_width_height_descent(text, font(weight, size), ismath=False)  # type: ignore[no-untyped-call]
    return float(measured[0])


def drawable(text: str) -> str:
    """Return the text as the font can draw it: without emoji, "…" for words in a script it lacks; '' where these are most."""
    known = _glyphs("bold") & _glyphs("regular")
    words = [_drawn(word, known) for word in unicodedata.normalize("NFC", text).split()]
    kept = [word for word, before in zip(words, ["", *words], strict=False) if word and word != before]
    lost = sum(word == LOST for word in words)
    letters = any(c.isalnum() for word in kept for c in word)
    return " ".join(kept) if letters and lost * 2 < len(words) else ""


def _drawn(word: str, known: frozenset[int]) -> str:
    if any(c.isalnum() and ord(c) not in known for c in word):
        return LOST
    return "".join(
        c for c in word if ord(c) in known and (c == JOINT or unicodedata.category(c)[0] != "C") and not _varies(c)
    )


def _varies(character: str) -> bool:
    """Whether a character only chooses between the forms of the one before it: an emoji's colours."""
    return "\ufe00" <= character <= "\ufe0f"


def wrapped(text: str, size: float, width: float, limit: int, weight: Weight = "regular") -> tuple[str, ...]:
    """Return the text in at most ``limit`` lines of at most ``width`` pixels; "…" where something is left out."""
    lines: list[str] = []
    left = text.split()
    while left and len(lines) < limit:
        line, left = _line(left, size, width, weight)
        lines.append(line)
    if left and lines:
        lines[-1] = _shortened(f"{lines[-1]} {left[0]}", size, width, weight)
    return tuple(lines)


def _line(words: list[str], size: float, width: float, weight: Weight) -> tuple[str, list[str]]:
    """Return as many words as fit in a line, and the rest; a word too long for one is cut."""
    count = 1
    while count < len(words) and width_of(" ".join(words[: count + 1]), size, weight) <= width:
        count += 1
    line = " ".join(words[:count])
    if count > 1 or width_of(line, size, weight) <= width:
        return line, words[count:]
    cut = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or width_of(line[:n], size, weight) <= width)
    return line[:cut], [line[cut:], *words[1:]]


def _shortened(line: str, size: float, width: float, weight: Weight) -> str:
    """Return the line cut so that an ellipsis fits behind it."""
    while line and width_of(f"{line}…", size, weight) > width:
        head, _, _ = line.rpartition(" ")
        line = head if len(head) > len(line) // 2 else line[:-1]
    return f"{line.rstrip(' ,;:-–.')}…"


def is_right_to_left(text: str) -> bool:
    """Whether the first letter is of a script that is written from the right."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind in {"R", "AL"} for kind in strong if kind in {"L", "R", "AL"}), False)
