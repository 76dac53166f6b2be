"""Where the sources of a story tell it differently, as far as a reader of the briefing must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.models import Article, Disagreement, Reading


def disagreements(
    members: Sequence[Article],  # noqa: ARG001 - claims come next
    readings: Mapping[str, Reading],  # noqa: ARG001
) -> tuple[Disagreement, ...]:
    """What the articles of a story tell differently: places, figures, days; the most told first."""
    return ()
