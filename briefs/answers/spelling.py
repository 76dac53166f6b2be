"""Questions as people type them in chat, put into the spelling the parser knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers.lexicon import WH
from briefs.language.words import STOP_WORDS, stems, words
from briefs.models import EntityKind

if TYPE_CHECKING:
    from briefs.language.names import Names


_SPELLED = (
    (re.compile(r"\b(what|when|who|where|why|how)['’]?s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(what|when|who|where|why|how)['’]re\b", re.IGNORECASE), r"\1 are"),
    (
        re.compile(r"\b(does|do|did|is|are|was|were|has|have|had|wo|would|could|should|ca)n['’]?t\b", re.IGNORECASE),
        r"\1n't",
    ),
)
_BESIDES = re.compile(
    r"^\W*(?:besides|other than|apart from|except(?: for)?)\s+([^,]+),\s*|,?\s+(?:besides|other than|apart from)\s+([^,?]+)",
    re.IGNORECASE,
)


def spelled(text: str) -> str:
    """The question with chat spellings written out: "whats", "when's" and the like."""
    folded = " ".join(text.replace("’", "'").split())
    for pattern, plain in _SPELLED:
        folded = pattern.sub(plain, folded)
    return folded


def besides(text: str) -> tuple[str, frozenset[str]]:
    """The question without "besides X", and the stems of X."""
    plain = spelled(text)
    found = _BESIDES.search(plain)
    if found is None:
        return plain, frozenset()
    return (plain[: found.start()] + plain[found.end() :]).strip(), stems(found[1] or found[2])


def capitalised(text: str, names: Names) -> str:
    """The text with known names in the capitals their articles give them: people type "who met putin"."""
    known = _spellings(names)
    out = list(text)
    for word, start, end in words(text):
        spelling = known.get(word)
        if spelling and word not in STOP_WORDS and word not in WH and text[start:end].islower():
            out[start:end] = spelling
    first = "".join(out)
    return first[:1].upper() + first[1:]


def _spellings(names: Names) -> dict[str, str]:
    """How the words of proper names are written; words that are also common nouns of names ("house") stay as typed."""
    spellings: dict[str, str] = {}
    for entity in names.entities:
        for name in (entity.name, *entity.names):
            parts = [name[start:end] for _, start, end in words(name)]
            if not all(part[:1].isupper() or part[:1].isdigit() for part in parts):
                continue
            whole = entity.kind in (EntityKind.PERSON, EntityKind.PLACE) or len(parts) == 1
            spellings |= {part.lower(): part for part in parts if whole and len(part) > 2}
    return spellings
