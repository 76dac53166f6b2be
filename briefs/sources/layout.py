"""A text's lines → pieces: what its white space says belongs together, before anything is said of its meaning.

Three habits are told apart: a paragraph on one line each, paragraphs parted by blank lines, and lines wrapped by hand at a
fixed width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from briefs.language.words import count, parted
from briefs.sources.furniture import is_furniture

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*[^\s]")
_BULLET = re.compile(r"(?:[-–—*•·‣▪▫◦●○■□►▶➤✓✔+]|(?:\(?\d{1,2}[.)]))\s+(?=\S)")
_TERMINATED = re.compile(r"""[.!?…:;。！？：；؟۔।॥]["'“”’»«›)\]」』）】]*(?:\s?\[\d+\])*$""")
_ABBREVIATED = re.compile(r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C|Inc|Corp|Co|Ltd|Jr|Sr|St|vs|No|a\.m|p\.m)\.$")
_SEVERAL_WORDS = 14
_LABEL_WORDS = 3  # a line so short is a label, whatever follows
_WIDEST_WRAP = 120  # characters; nobody wraps by hand beyond it
_NARROWEST_WRAP = 40
LONGEST_JOINED = 5_000  # characters; lines that hang together for longer are no paragraph
_LONGEST_END = 100  # characters, of which a line's end is told
_WRAPPED_BREAKS = 3  # so many breaks in mid-sentence show that a text is wrapped


@dataclass(frozen=True)
class Piece:
    """A stretch of a text that hangs together; ``line`` is its words on one line."""

    start: int
    end: int
    line: str
    gap: bool = False  # a blank line stands before it
    indent: int = 0

    @cached_property
    def words(self) -> int:
        """Count its words; two characters of a script without spaces are one."""
        return count(self.line) if parted(self.line) is not self.line else len(re.findall(r"\w[\w'’.,-]*", self.line))

    @property
    def bullet(self) -> int:
        """Give the length of the bullet or number it begins with, 0 without one."""
        found = _BULLET.match(self.line)
        return found.end() if found else 0

    @cached_property
    def terminated(self) -> bool:
        """Say whether it ends as a sentence does."""
        return bool(_TERMINATED.search(self.line[-_LONGEST_END:])) and not (
            len(self.line) <= _WIDEST_WRAP and _ABBREVIATED.search(self.line)
        )

    @cached_property
    def several(self) -> bool:
        """Say whether a sentence ends inside it; in a short line the stop is an abbreviation's ("Gov. Lund wins")."""
        ends = re.search(r"[a-z)\d]{2}[.!?][\"”’)]?\s+[\"“‘(]?[A-ZÀ-Ý]", self.line)
        return bool(ends) and self.words >= _SEVERAL_WORDS

    @property
    def continues(self) -> bool:
        """Say whether it begins in mid-sentence: with a word in small letters ("iPhone" and "eBay" are names)."""
        first = re.match(r"[^\W\d_]+(?=[\s,;)'’-]|$)", self.line)
        return bool(first) and first[0].islower()  # type: ignore[index]


def pieces(text: str) -> list[Piece]:
    """Split a text into pieces; every character but white space is in exactly one, in order."""
    lines = _lines(text)
    width = _wrap_width(lines)
    found: list[Piece] = []
    last: Piece | None = None  # the line before, while ``found[-1]`` may be several lines long
    for line in lines:
        if last and _belongs(last, line, found[-1], width):
            found[-1] = join(found[-1], line)
        else:
            found.append(line)
        last = line
    return found


def join(first: Piece, second: Piece) -> Piece:
    """Make one piece of two neighbours."""
    return Piece(first.start, second.end, f"{first.line} {second.line}", first.gap, first.indent)


def cut(piece: Piece, length: int, text: str) -> tuple[Piece, Piece]:
    """Part a piece of ``text`` after ``length`` characters of its line; both parts must hold a word."""
    head, rest = piece.line[:length].strip(), piece.line[length:].strip()
    # A line differs from its text in white space only, so the place is found by counting the other characters.
    middle = len("".join(head.split()))
    marks = list(islice((i for i in range(piece.start, piece.end) if not text[i].isspace()), middle + 1))
    return (
        Piece(piece.start, marks[middle - 1] + 1, head, piece.gap, piece.indent),
        Piece(marks[middle], piece.end, rest),
    )


def _lines(text: str) -> list[Piece]:
    lines: list[Piece] = []
    end = 0
    for found in _LINE.finditer(text):
        line = found[0].lstrip()
        start = found.end() - len(line)
        gap = len(re.findall(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text[end:start])) > 1
        lines.append(Piece(start, found.end(), line, gap, start - found.start()))
        end = found.end()
    return lines


def _wrap_width(lines: list[Piece]) -> int | None:
    """Give the width a text is wrapped at, None when its line ends mean something."""
    width = max((len(line.line) for line in lines if "://" not in line.line), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    breaks = sum(
        not second.gap and not first.terminated and _is_full(first, second, width) for first, second in pairwise(lines)
    )
    return width if breaks >= _WRAPPED_BREAKS else None


def _is_full(line: Piece, following: Piece, width: int) -> bool:
    """Say whether the next line's first word had no room left on a line."""
    return len(line.line) + 1 + len(following.line.split(maxsplit=1)[0]) > width


def _belongs(last: Piece, line: Piece, whole: Piece, width: int | None) -> bool:
    """Say whether a line continues the piece of the line before it."""
    if line.gap or line.bullet or len(whole.line) > LONGEST_JOINED:
        return False
    if line.indent > last.indent and not whole.bullet:
        return False  # the first line of a paragraph is indented
    if line.continues and not last.terminated and last.words > _LABEL_WORDS:
        return not is_furniture(last.line) and not is_furniture(line.line)
    return width is not None and _is_full(last, line, width)
