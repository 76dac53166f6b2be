"""Which stories share a message, and what of its frame stands where; pure.

A message holds 4,000 characters and 40 components. What eats the room is not the news but the addresses of its sources, some
hundred characters each. So a source stands in the small line below its story while there is room, and else beside the story's
buttons, where nothing is counted; its domain is shown in either place. A picture and the lines between stories are the
first to go where components are short.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.rendering.escaping import domain, safe_url
from bot.rendering.pages import COMPONENT_LIMIT, ROW_LIMIT, lines
from bot.rendering.stories import source_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Citation

FRAME = 4  # components of every message: the container, its title, the line above its foot, the foot
PICTURE = 3  # components of a picture with the headline and the first sentence beside it
STORY_BUTTONS = 3
DOMAIN_ROOM = 60  # characters of a domain in a button, of whose label Discord takes 80


@dataclass(frozen=True, slots=True)
class Block:
    """A story, or a piece of one that is longer than a message: headline and standing, what is told, sources.

    ``ends``: no piece of the story follows, so that its buttons stand here.
    """

    story: int  # its place in the briefing
    head: str
    told: str
    cited: tuple[Citation, ...] = ()
    ends: bool = True
    image: str | None = None
    moved: tuple[int, ...] = ()  # the numbers of the sources that stand beside the buttons, as links

    def texts(self, *, apart: bool = False) -> list[str]:
        """Return its texts, each a component: what stands beside a picture is one of its own, its sources where ``apart``."""
        sources = lines(*source_lines([c for c in self.cited if c.number not in self.moved]))
        first, _, rest = self.told.partition("\n")
        head, body = (lines(self.head, first), rest) if self.image else ("", lines(self.head, self.told))
        texts = [head, body, sources] if apart else [head, lines(body, sources)]
        return [text for text in texts if text]

    @property
    def length(self) -> int:
        """Characters of its texts."""
        return sum(map(len, self.texts()))

    @property
    def components(self) -> int:
        """Components of its texts, its picture and its row of buttons."""
        row = 1 + STORY_BUTTONS if self.ends else int(bool(self.moved))
        return len(self.texts()) + (PICTURE - 1 if self.image else 0) + row + len(self.moved)

    @property
    def places(self) -> int:
        """How many sources may still stand beside the buttons."""
        return ROW_LIMIT - (STORY_BUTTONS if self.ends else 0) - len(self.moved)


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of one message, and how many components are left for what only looks better."""

    blocks: tuple[Block, ...] = ()
    spare: int = COMPONENT_LIMIT - FRAME

    @property
    def stories(self) -> tuple[int, ...]:
        """Which stories the message tells, by their places in the briefing."""
        return tuple(dict.fromkeys(block.story for block in self.blocks))

    @property
    def begun(self) -> bool:
        """Whether there is a line above the first block."""
        return self.spare >= 1

    @property
    def ruled(self) -> bool:
        """Whether there are lines between the blocks, too."""
        return self.spare >= len(self.blocks)

    @property
    def apart(self) -> bool:
        """Whether the sources are texts of their own, too."""
        return self.spare >= 2 * len(self.blocks)


def laid(blocks: Sequence[Block], room: int) -> Layout | None:
    """Return how the blocks share a message with ``room`` characters for them; None where they do not fit."""
    found = _linked(blocks, room) or _linked([replace(block, image=None) for block in blocks], room)
    if found is None:
        return None
    used = FRAME + sum(block.components for block in found)
    return Layout(tuple(found), COMPONENT_LIMIT - used)


def _linked(blocks: Sequence[Block], room: int) -> list[Block] | None:
    """Move sources from the texts to the buttons, the longest first, until the texts fit; None where they never do."""
    found = list(blocks)
    spare = COMPONENT_LIMIT - FRAME - sum(block.components for block in found)
    left = sum(block.length for block in found) - room
    for place, citation in _movable(found):
        if left <= 0:
            break
        before = found[place]
        after = replace(before, moved=(*before.moved, citation.number))
        cost = after.components - before.components
        if before.places and cost <= spare:
            left, spare, found[place] = left - before.length + after.length, spare - cost, after
    return found if left <= 0 <= spare else None


def _movable(blocks: Sequence[Block]) -> list[tuple[int, Citation]]:
    """The sources that may be buttons, with the places of their blocks, the longest first."""
    found = [(place, c) for place, block in enumerate(blocks) for c in block.cited if _labelled(c)]
    return sorted(found, key=lambda each: -len(safe_url(each[1].url) or ""))


def _labelled(citation: Citation) -> bool:
    """Whether a button can show the whole domain."""
    return 0 < len(domain(citation.url) or "") <= DOMAIN_ROOM
