"""The mentions of one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.language.names import descriptions
from briefs.language.names.entities import group
from briefs.language.names.spans import name_spans
from briefs.models import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefs.language.pipeline import Passage


def find(passages: Iterable[Passage]) -> tuple[Mention, ...]:
    """Find what an article names, in the order of its text; a thing bears one entity throughout."""
    spans = name_spans(passages)
    described = descriptions.vote(spans)
    clusters = group(spans)
    for index, found in described.items():
        clusters[index].describe(found)
    entities = {id(cluster): cluster.entity() for cluster in clusters.values()}
    mentions = [
        Mention(span.start, span.end, "name", entities[id(clusters[index])]) for index, span in enumerate(spans)
    ]
    mentions += [
        Mention(description.start, description.end, "description", entities[id(clusters[index])])
        for index, found in described.items()
        for description in found
        if description.apart and description in clusters[index].descriptions
    ]
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))
