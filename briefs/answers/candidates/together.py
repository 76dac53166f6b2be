"""Names that a sentence tells in one breath: "Ada Lund, Ben Roth and Cem Uzun", "and two others: A; B, the coach; and C"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers.lexicon import PERSON_NOUNS
from briefs.language.words import word_set
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


_NEVER_PERSONS = {EntityKind.PLACE, EntityKind.GROUP, EntityKind.EVENT, EntityKind.CRAFT, EntityKind.PROGRAMME}


_TITLES = PERSON_NOUNS | word_set(
    "gov sen rep judge sheriff attorney counsel aide adviser advisor premier founder chair speaker"
)


def together(mention: Mention, line: Line) -> tuple[Mention, ...]:
    """The names coordinated with one, itself among them, in the order of the sentence."""
    names = [
        m for m in line.mentions if m is mention or (m.form == "name" and _alike(m, mention) and not _inside(m, line))
    ]
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
    """Whether two names may be strung together: no place among people, but a person whom a model takes for a firm is one."""
    return (one.entity.kind in _NEVER_PERSONS) == (other.entity.kind in _NEVER_PERSONS)


def _inside(mention: Mention, line: Line) -> bool:
    """Whether a name is only part of what another is called: "the mayor of Tarvo", "Norvia's president", "Tarvo mayor Falk"."""
    text = line.article.text
    before = re.search(
        r"\b(?:of|for|in|at|from)\s+(?:the\s+)?$", text[max(line.start, mention.start - 12) : mention.start]
    )
    if before is not None or re.match(r"['’]s?\s", text[mention.end : mention.end + 3]):
        return True
    after = re.match(r"(?:\s+[\w’'-]+\.?){1,4}?(?=\s+[A-Z])", text[mention.end : line.end])
    return after is not None and bool({w.strip(".").lower() for w in after[0].split()} & _TITLES)


def _joined(one: Mention, two: Mention, line: Line) -> bool:
    """Whether only what joins two names stands between them."""
    gap = line.article.text[one.end : two.start]
    if EntityKind.PERSON not in (one.entity.kind, two.entity.kind):
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
