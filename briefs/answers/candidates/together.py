"""Names that a sentence tells in one breath: "Ada Lund, Ben Roth and Cem Uzun", "and two others: A; B, the coach; and C"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.ground import Line
    from briefs.models import Mention

_TITLE = r"(?:(?:the|an?|his|her|its|their|former|then|acting|current)\s+)*(?:[\w.’'&-]+\s+){0,6}?"
_AND = r"(?:,|,?\s+and|,?\s+&|,?\s+as\s+well\s+as|,?\s+along\s+with|,?\s+together\s+with|,?\s+plus|;|;\s+and)"
_NEXT = re.compile(rf"(?:\s*\([^()]{{1,40}}\))?{_AND}\s+{_TITLE}")  # ", former mayor "
_ASIDE_NEXT = re.compile(
    rf"(?:\s*\([^()]{{1,40}}\))?,\s[^;:]{{2,90}}?(?:,\s+and|;|;\s+and)\s+{_TITLE}"
)  # ", the coach, and "
_LISTED = re.compile(
    rf"{_AND}\s+(?:[\w-]+\s+){{0,2}}others?(?:\s+[\w-]+){{0,2}}\s*[:,–—-]\s*{_TITLE}"
)  # " and two others: "
_LISTED_ASIDE = re.compile(rf"(?:,\s[^;]{{2,160}})?;\s+(?:and\s+)?{_TITLE}")  # ", who served for years; and "
_STOPS = re.compile(
    r"\b(?:in|on|at|by|with|from|to|into|that|which|who|whom|is|was|are|were|has|had|have|will|said|says|of|for|against|after"
    r"|before|when|while|where|as|but)\b"
)


def together(mention: Mention, line: Line) -> tuple[Mention, ...]:
    """The names coordinated with one, itself among them, in the order of the sentence."""
    names = [m for m in line.mentions if m.form == "name" and _alike(m, mention)]
    if mention not in names:
        return (mention,)
    at = names.index(mention)
    first, last = at, at
    while last + 1 < len(names) and _joined(names[last], names[last + 1], line):
        last += 1
    while first > 0 and _joined(names[first - 1], names[first], line):
        first -= 1
    return _once(names[first : last + 1])


def _alike(one: Mention, other: Mention) -> bool:
    return (one.entity.kind is EntityKind.PERSON) == (other.entity.kind is EntityKind.PERSON)


def _joined(one: Mention, two: Mention, line: Line) -> bool:
    """Whether only what joins two names stands between them."""
    gap = line.article.text[one.end : two.start]
    if two.entity.kind is not EntityKind.PERSON:
        return re.fullmatch(rf"(?:\s*\([^()]{{1,40}}\))?{_AND}\s+(?:the\s+)?", gap) is not None
    if ";" in line.article.text[one.end : line.end] and (_LISTED.fullmatch(gap) or _LISTED_ASIDE.fullmatch(gap)):
        return True
    if _NEXT.fullmatch(gap) is not None:
        return _STOPS.search(gap) is None
    return _ASIDE_NEXT.fullmatch(gap) is not None and not _tells(gap, line, one.end)


def _tells(gap: str, line: Line, start: int) -> bool:
    """Whether the words between two names tell something of their own and are no aside."""
    verbs = (f for f in line.facts if start <= f.predicate.start < start + len(gap) and f.kind != "hold_office")
    return any(True for _ in verbs)


def _once(names: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple({m.entity.name: m for m in names}.values())
