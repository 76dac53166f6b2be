"""Long lists page by page: rows on pages that a message can hold, and the buttons that turn them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import rendering
from bot.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering import Page

PAGE_SIZE = 10
PAGE_ROOM = 3_500  # characters


def paged(rows: Sequence[str], *, size: int = PAGE_SIZE, room: int = PAGE_ROOM) -> list[list[str]]:
    """Split rows into pages that a message can hold; one, empty, where there are none."""
    found: list[list[str]] = [[]]
    for row in rows:
        left = room - sum(len(each) + 1 for each in found[-1])
        if found[-1] and (len(found[-1]) >= size or len(row) > left):
            found.append([])
        found[-1].append(row)
    return found


def turning(prefix: str, number: int, last: int) -> tuple[pages.Button, ...]:
    """Return *Back* and *Next*, whose ids are the prefix with the page they lead to; none where there is one page."""
    if not last:
        return ()
    back = pages.button("Back", f"{prefix}:{max(0, number - 1)}:back", disabled=number == 0)
    return back, pages.button("Next", f"{prefix}:{min(last, number + 1)}:next", disabled=number >= last)


def list_message(head: str, rows: Sequence[str], number: int, prefix: str) -> Page:
    """Return one page of a list under its head; a page past the last is the last."""
    found = paged(rows)
    shown = min(number, len(found) - 1)
    foot = f"-# page {shown + 1} of {len(found)}" if len(found) > 1 else ""
    texts = [text for text in (head, "\n".join(found[shown]), foot) if text]
    return rendering.page(texts, buttons=turning(prefix, shown, len(found) - 1))
