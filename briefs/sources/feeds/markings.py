"""The markup of an XML text, piece by piece, in time linear in its length whatever it holds.

No parser is asked what a text might do to a parser: tags, comments and definitions are found here first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["start", "end", "empty", "quoted", "comment", "instruction", "definition"]

# A quoted value holds no "<", so that no attempt reads beyond the next tag; possessive, so that none is repeated.
_TAG = re.compile(r"""<(/?)([A-Za-z_:][^\s<>/"'=]*+)((?:[^<>"']++|"[^<"]*+"|'[^<']*+')*+)>""")
_BLUNT_TAG = re.compile(r"<(/?)([A-Za-z_:][^\s<>/\"'=]*+)([^<>]*+)>")
_VOID = frozenset({"br", "hr", "img"})  # that HTML never closes; it has more, but some are names of a feed's own
_OTHERS: tuple[tuple[str, str, Kind], ...] = (
    ("<!--", "-->", "comment"),
    ("<![CDATA[", "]]>", "quoted"),
    ("<?", "?>", "instruction"),
)


class Marking(NamedTuple):
    """One piece of markup: what it is, where it stands, and, of a tag, its name and the rest of it."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    rest: str = ""


def markings(text: str) -> Iterator[Marking]:
    """Yield the markup in order. A "<" that begins none is passed over; what has no end reaches to the end of the text."""
    at = text.find("<")
    while at >= 0:
        marking = _tag(text, at) or _other(text, at)
        if marking:
            yield marking
        at = text.find("<", marking.end if marking else at + 1)


def _tag(text: str, at: int) -> Marking | None:
    found = _TAG.match(text, at) or _BLUNT_TAG.match(text, at)
    if found is None:
        return None
    slash, name, rest = found.groups()
    kind: Kind = "end" if slash else "empty" if rest.endswith("/") or name in _VOID else "start"
    return Marking(kind, at, found.end(), name, rest)


def _other(text: str, at: int) -> Marking | None:
    for opening, closing, kind in _OTHERS:
        if text.startswith(opening, at):
            end = text.find(closing, at + len(opening))
            return Marking(kind, at, end + len(closing) if end >= 0 else len(text))
    if not text.startswith("<!", at):
        return None
    end = text.find(">", at)
    return Marking("definition", at, end + 1 if end >= 0 else len(text), rest=text[at : at + 1000])
