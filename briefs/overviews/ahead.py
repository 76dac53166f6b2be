"""What was told long ago and is still to come: the articles that an agenda is made of beside the newest.

Reading an article says when each of its plans is over, and the store finds those that are not. What their stories told
since is looked at with them: of what was called off in the meantime, the newest articles may say nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.overviews.events import events

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from briefs.models import Article, Plan, Reading, Story
    from briefs.store import Store

DAY = timedelta(days=1)
TOLD_BEFORE = 250  # plans at most, the soonest, whose articles an overview of all looks at beside the newest
TOLD_OF = 1_000  # the same, among whose articles a name is looked for
NAMED = 30  # articles at most that hold it
SINCE = 6  # articles at most, of each story, that tell what became of a plan
CHAPTERS = 8  # stories at most, each the next chapter of the one before
CAUGHT_UP = 50  # articles whose plans are looked for at a time: a fifth of a second


def ends(article: Article, reading: Reading) -> tuple[datetime, ...]:
    """When what an article tells as to come after its day is over, soonest first."""
    later = article.shown_at + DAY
    lasts = {event.when.last for event in events(article, reading) if event.ahead and event.when is not None}
    return tuple(sorted(last for last in lasts if last is not None and last > later))


class Ahead:
    """Finds plans of long ago, and what was told since; any thread may ask."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._complete = False

    def catch_up(self) -> None:
        """Look for the plans of some articles that were read before plans were kept, until all have theirs."""
        if self._complete:
            return
        ids = self._store.without_plans(CAUGHT_UP)
        articles, readings = self._store.articles(ids), self._store.readings(ids)
        self._store.save_plans({key: ends(articles[key], readings[key]) for key in ids if key in readings})
        self._complete = len(ids) < CAUGHT_UP

    def told_before(self, guild_id: int | None, about: str | None, now: datetime) -> tuple[str, ...]:
        """The articles a server sees that plan something for after ``now``, soonest first; with a name, that hold it."""
        if about is None:
            return self._store.planning(guild_id, at=now, limit=TOLD_BEFORE)
        planning = self._store.planning(guild_id, at=now, limit=TOLD_OF)
        return self._store.search([about], guild_id=guild_id, until=now, ids=planning, limit=NAMED)

    def since(self, plans: Iterable[Plan], guild_id: int | None, now: datetime) -> tuple[str, ...]:
        """The newest articles a server sees of each story that told one of these plans, and of its later chapters."""
        told = {evidence.article_id for plan in plans for evidence in (plan.evidence, *plan.more)}
        stories = self._with_later(self._store.stories(told))
        seen = self._store.seen_of([key for story in stories for key in story.article_ids], guild_id, until=now)
        allowed = frozenset(seen)
        newest = ([key for key in story.article_ids if key in allowed][-SINCE:] for story in stories)
        return tuple(key for keys in newest for key in keys)

    def _with_later(self, stories: Sequence[Story]) -> list[Story]:
        """Stories with those that continue them, each once."""
        found = {story.id: story for story in stories}
        newest = tuple(found)
        for _ in range(CHAPTERS):
            later = [story for story in self._store.continuing(newest) if story.id not in found] if newest else []
            found |= {story.id: story for story in later}
            newest = tuple(story.id for story in later)
        return list(found.values())
