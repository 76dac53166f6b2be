"""Articles to stories, all at once: what many outlets say about one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.models import Story
from briefs.stories import content
from briefs.stories.clusters import clusters
from briefs.stories.similarity import Frequencies, similarity
from briefs.stories.stream import story_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefs.models import Article


def group(articles: Iterable[Article]) -> tuple[Story, ...]:
    """The stories of these articles, oldest story first; the order of the input does not matter."""
    ordered = sorted(articles, key=_by_time)
    if not ordered:
        return ()
    contents = [content.of(article) for article in ordered]
    labels = clusters(similarity(contents, Frequencies.among(contents)))
    members: dict[int, list[Article]] = {}
    for article, label in zip(ordered, labels, strict=True):
        members.setdefault(label, []).append(article)
    return tuple(Story(story_id(group[0].id), tuple(a.id for a in group)) for group in members.values())


def _by_time(article: Article) -> tuple[float, str]:
    return article.shown_at.timestamp(), article.id
