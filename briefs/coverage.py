"""What the sources of a server have told: the stories of their articles, cut to what it may see, and what a channel knows.

a channel ─▶ articles that it was not told ─▶ their stories, with the articles they may show ─▶ the chapters around them
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs import briefing as briefings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from briefs.joining import Joining
    from briefs.models import Story
    from briefs.store import Store

WINDOW = timedelta(hours=72)  # how far back a briefing looks from now, or from the newest article when that is older
STORY_SPAN = timedelta(days=100)  # how far back a story that goes on shows its articles
CONSIDERED = 3_000  # articles at most that a briefing is made of
CHAPTERS = 10  # of each story at most, that are looked back upon
REMEMBERED = 200  # briefings at most, the newest, in which is looked up what a channel was told of some stories


class Coverage:
    """The stories of one store, as servers see them."""

    def __init__(self, store: Store, joining: Joining) -> None:
        self._store = store
        self._joining = joining

    def scope(
        self, guild_id: int | None, channel_id: int | None, now: datetime
    ) -> tuple[tuple[str, ...], frozenset[str]]:
        """The articles that make a story news now, and all articles that such a story may show."""
        if guild_id is None:
            ids = self._store.visible(None, until=now)
            return ids, frozenset(ids)
        ids = self._untold(guild_id, channel_id, now)
        return ids, frozenset(ids).union(self._store.visible(guild_id, since=now - STORY_SPAN, until=now))

    def chapters(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """The stories that these continue, and those that they continue."""
        known = {story.id: story for story in stories}
        found: dict[str, Story] = {}
        left = [story.continues for story in stories]
        while left and len(found) < CHAPTERS * len(stories):
            story_id = left.pop()
            before = self._store.story(story_id) if story_id and story_id not in known.keys() | found.keys() else None
            if before:
                found[before.id] = before
                left.append(before.continues)
        return tuple(found.values())

    def told(self, channel_id: int | None, stories: Sequence[Story]) -> briefings.Told:
        """What a channel was told of these stories."""
        if channel_id is None:
            return briefings.Told()
        ids = self._store.versions([article_id for story in stories for article_id in story.article_ids])
        return briefings.told(self._store.telling(channel_id, ids, limit=REMEMBERED), frozenset(ids))

    def stories_of(self, ids: Sequence[str]) -> tuple[Story, ...]:
        """The stories of these articles; what a crash left ungrouped is grouped now, so that no article is lost."""
        found = self._store.stories(ids)
        grouped = {article_id for story in found for article_id in story.article_ids}
        left = [article_id for article_id in ids if article_id not in grouped]
        if not left:
            return found
        self._joining.group(list(self._store.articles(left).values()))
        return self._store.stories(ids)

    def _untold(self, guild_id: int, channel_id: int | None, now: datetime) -> tuple[str, ...]:
        """Articles of the window that this channel was not told yet, newest first."""
        begun = self.window(guild_id, now)
        if begun is None:
            return ()
        ids = self._store.visible(guild_id, since=begun, until=now, limit=CONSIDERED)
        told = self._store.told_articles(channel_id) if channel_id is not None else set()
        return tuple(article_id for article_id in ids if article_id not in told)

    def window(self, guild_id: int, now: datetime) -> datetime | None:
        """Since when articles are looked at, None without any: from now, or from the newest where that is older."""
        newest = self._store.visible(guild_id, until=now, limit=1)
        return min(now, self._store.articles(newest)[newest[0]].shown_at) - WINDOW if newest else None

    def successor(self, article_ids: Sequence[str]) -> Story | None:
        """The story that holds most of these articles now."""
        wanted = frozenset(article_ids)
        held = self._store.stories(article_ids)
        return max(held, key=lambda story: (len(wanted.intersection(story.article_ids)), story.id), default=None)

    def of_story(self, story: Story, guild_id: int | None, now: datetime) -> tuple[str, ...]:
        """The articles of a story, and of the chapters before it, that a server sees."""
        whole = (*self.chapters([story]), story)
        ids = [article_id for chapter in whole for article_id in chapter.article_ids]
        return self._store.seen_of(ids, guild_id, until=now)


def visible_parts(stories: Iterable[Story], visible: frozenset[str]) -> tuple[Story, ...]:
    """Each story cut to the articles that may be seen; a story is nobody's property, its articles are."""
    parts = (replace(s, article_ids=tuple(i for i in s.article_ids if i in visible)) for s in stories)
    return tuple(part for part in parts if part.article_ids)
