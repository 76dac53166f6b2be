"""What happened, and is to happen, in a story or to someone, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.models import Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from briefs.models import Article, Reading


def timeline(
    articles: Mapping[str, Article], readings: Mapping[str, Reading], *, subject: str, name: str | None, now: datetime
) -> Timeline:
    """The moments that these articles tell; with a ``name``, those that are about it."""
    del readings, name, now
    return Timeline(subject, (), len(articles))
