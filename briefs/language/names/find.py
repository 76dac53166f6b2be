"""The mentions of one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.language.names.entities import group
from briefs.language.names.spans import name_spans
from briefs.models import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefs.language.pipeline import Passage


def find(passages: Iterable[Passage]) -> tuple[Mention, ...]:
    """Find what an article names, in the order of its text; a thing bears one entity throughout."""
    spans = name_spans(passages)
    clusters = group(spans)
    entities = {id(cluster): cluster.entity() for cluster in clusters.values()}
    return tuple(
        Mention(span.start, span.end, "name", entities[id(clusters[index])]) for index, span in enumerate(spans)
    )
