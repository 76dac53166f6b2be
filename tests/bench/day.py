"""One day of news, made in seconds: the samples' stories told again and again of others, each by several outlets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive import Archive

from briefs.models import Story

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefs.models import Article, Reading
    from briefs.store import Store

MINUTES = 24 * 60


class Day(Archive):
    """So many stories with so many articles each. An event told by fewer samples than that is told by copies too."""

    def __init__(
        self, events: Sequence[Sequence[tuple[Article, Reading]]], at: datetime, *, stories: int, of: int
    ) -> None:
        super().__init__([pair for event in events for pair in event], at)
        self._stories, self._of = stories, of
        moulds = iter(self._moulds)
        self._events = [[next(moulds) for _ in event] for event in events]
        self._cast = [
            self.others([name for mould in self._events[k % len(events)] for name in mould.names])
            for k in range(stories)
        ]

    def store(self, store: Store, *, feed_id: int) -> None:
        """Store its articles as shown by a feed, and its stories as they are once grouped."""
        self.fill(store, self._stories * self._of, feed_id=feed_id)
        names = [[f"day-{k}-{n}" for n in range(self._of)] for k in range(self._stories)]
        store.save_stories([Story(ids[-1], tuple(reversed(ids))) for ids in names])

    def _rows(self, number: int, feed_id: int) -> tuple[dict[str, Any], ...]:
        story, member = divmod(number - 1, self._of)
        event = self._events[story % len(self._events)]
        shown_at = self._at - timedelta(minutes=(number - 1) * MINUTES / (self._stories * self._of))
        return self._told(
            number, event[member % len(event)], self._cast[story], f"day-{story}-{member}", shown_at, feed_id
        )
