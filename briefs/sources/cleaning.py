"""The blocks of an article's text: headline, headings, prose, lists, furniture. Marks ranges and never rewrites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.models import Block, BlockKind

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """A text's blocks in order, and the title, outlet and date that stand in it."""

    blocks: tuple[Block, ...]
    title: str | None = None
    outlet: str | None = None
    published_at: datetime | None = None


def mark(text: str, *, title: str | None = None) -> Marked:
    """Mark what each stretch of a text is."""
    blocks = tuple(Block(m.start(), m.end(), BlockKind.PROSE) for m in re.finditer(r"\S[^\n]*\S|\S", text))
    return Marked(blocks, title)
