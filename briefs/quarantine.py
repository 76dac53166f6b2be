"""What kills a worker, or keeps it for ever, is found, counted, and set aside the second time; all else goes on.

    articles ─read together─▶ a worker is lost ─▶ each alone ─▶ the one that loses it again is counted, the others are stored
    counted once: tried again with the next visit, alone      counted twice: set aside, and remembered as seen

A crash is counted before anything is tried again, so that it counts, too, if the whole bot should go with the next one. Where
a worker cannot even do the same for no article at all, nothing is held against any: the machine is at fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from briefs.errors import WorkerError, WorkerLostError, WorkerStuckError
from briefs.store.crashes import ENOUGH, GROUPING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence

    from briefs.models import Article, Clock, Reading, Story
    from briefs.store import Store

ARTICLE, FEED, STORY = "article", "feed", "story"  # what is counted, by the id of each
CRASHES = (WorkerLostError, WorkerStuckError)
MOST = 3  # articles of one batch that are counted: more of them at once have another cause
log = structlog.get_logger(__name__)
__all__ = ["ARTICLE", "CRASHES", "FEED", "GROUPING", "MOST", "STORY", "Quarantine", "blame"]


class Quarantine:
    """Counts what loses workers; any thread may call."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def count(self, kind: str, subject: str, title: str, error: Exception, *, feed_id: int | None = None) -> bool:
        """Count that something lost a worker; whether it is set aside now."""
        crashes = self._store.note_crash(
            kind, subject, feed_id=feed_id, title=title, reason=str(error), now=self._clock()
        )
        told = log.error if crashes >= ENOUGH else log.warning
        message = "set aside" if crashes >= ENOUGH else "a worker was lost"
        told(message, kind=kind, subject=subject, title=title, feed=feed_id, reason=str(error), times=crashes)
        return crashes >= ENOUGH

    def aside(self, kind: str, subjects: Collection[str] | None = None) -> frozenset[str]:
        """Return which of these, or of all, are set aside."""
        if subjects is not None and not subjects:
            return frozenset()
        return frozenset(key for key, crashes in self._store.crashes(kind, subjects).items() if crashes >= ENOUGH)

    def read(
        self,
        articles: Sequence[Article],
        reader: Callable[[Sequence[Article]], list[Reading]],
        *,
        feed_id: int | None = None,
    ) -> list[tuple[Article, Reading]]:
        """Read articles; those that cannot be read are left out. Raises WorkerError where workers fail at whatever it is."""
        crashes = self._store.crashes(ARTICLE, [article.id for article in articles])
        fit = [article for article in articles if crashes.get(article.id, 0) < ENOUGH]
        if not any(article.id in crashes for article in fit):
            try:
                return list(zip(fit, reader(tuple(fit)), strict=True))
            except CRASHES as error:
                log.warning("articles are read one by one", articles=len(fit), feed=feed_id, reason=str(error))
        return list(self._one_by_one(fit, reader, feed_id))

    def fit(
        self,
        stories: Sequence[Story],
        compose: Callable[[Sequence[Story]], object],
        called: Callable[[Story], tuple[str, int | None]],
    ) -> list[Story]:
        """Compose each story alone, with what came before it; return those for which no worker is lost, and count the others.

        ``called`` names a story, and a feed that tells it. Raises WorkerError where workers are lost at all of them.
        """
        found, lost = [], []
        for story in stories:
            try:
                compose((story,))
            except CRASHES as error:
                lost.append((story, error))
                if len(lost) > MOST or not _does_anything(compose):
                    raise WorkerError("Workers are lost whatever they are to compose.", task="compose") from error
            else:
                found.append(story)
        for story, reason in lost:
            title, feed_id = called(story)
            self.count(STORY, story.id, title, reason, feed_id=feed_id)
        return found

    def _one_by_one(
        self, articles: Sequence[Article], reader: Callable[[Sequence[Article]], list[Reading]], feed_id: int | None
    ) -> Iterable[tuple[Article, Reading]]:
        poisonous = 0
        for article in articles:
            try:
                (reading,) = reader((article,))
            except CRASHES as error:
                poisonous += 1
                if poisonous > MOST or not _does_anything(reader):
                    raise WorkerError("Workers are lost whatever they are to read.", task="read") from error
                self.count(ARTICLE, article.id, article.title or article.publisher, error, feed_id=feed_id)
            else:
                yield article, reading


async def blame(away: Callable[..., Awaitable[object]], error: WorkerError) -> None:
    """Raise WorkerError where a worker is lost at nothing, too: then nothing is to blame for the one that was lost."""
    try:
        await away(bool)
    except CRASHES:
        raise WorkerError("Workers are lost whatever they are to do.", task=error.task) from error


def _does_anything(work: Callable[[tuple[()]], object]) -> bool:
    """Whether a worker comes up, loads what the work needs, and answers."""
    try:
        work(())
    except CRASHES:
        return False
    return True
