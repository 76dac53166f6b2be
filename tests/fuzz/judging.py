"""Messages as Discord takes them, in which nothing that came from outside does anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simcord.components import COMPONENTS_V2_FLAG, validate_message_state, walk_components

if TYPE_CHECKING:
    from bot.rendering import Page

TEXT = 10  # the kind of component that holds text
_OURS = re.compile(
    r"(?<!\\)<(?:@[!&]?|#|t:|/\w[\w ]*:|a?:\w+:)666|@(?:everyone|here)\b|(?<!\\)\|\||(?<!\\)https?://evil"
)
_REORDERING = re.compile("[\u202a-\u202e\u2066\u2067]")


def of_page(page: Page) -> None:
    """Raise where Discord would refuse a message, or where it holds what only we may write."""
    parts = page.to_components()
    validate_message_state(parts, flags=COMPONENTS_V2_FLAG, content=None, embeds=[])
    for each in walk_components(parts):
        if each.get("type") == TEXT:
            of_text(each["content"])


def of_text(text: str) -> None:
    assert text.strip(), "a text without a sign"
    assert not _OURS.search(text), f"what only we may write: {text!r}"
    assert not _REORDERING.search(text), f"what reorders: {text!r}"
    assert text.count("\u2068") == text.count("\u2069"), f"an isolate that is not closed: {text!r}"
