"""Articles to stories, all at once: what many outlets say about one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.models import Story
from briefs.stories import content
from briefs.stories.gathering import gather
from briefs.stories.similarity import Frequencies
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
    stories, _ = gather(contents, Frequencies.among(contents))
    found = [[ordered[place].id for place in story] for story in stories]
    return tuple(Story(story_id(ids[0]), tuple(ids)) for ids in found)


def _by_time(article: Article) -> tuple[float, str]:
    return article.shown_at.timestamp(), article.id
