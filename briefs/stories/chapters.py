"""Chapters: a matter that goes on for weeks is a chain of stories, each continuing an older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.stories.content import Content
    from briefs.stories.similarity import Frequencies


def continues(
    story: Sequence[Content],  # noqa: ARG001
    older: Sequence[Sequence[Content]],  # noqa: ARG001
    frequencies: Frequencies,  # noqa: ARG001
) -> int | None:
    """Which of the older stories this one continues, as its place among them; None: it tells a matter of its own."""
    return None


def split(contents: Sequence[Content]) -> list[int]:
    """The chapter of each article of one story, counted from 0."""
    return [0] * len(contents)
