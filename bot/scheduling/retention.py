"""What is forgotten, and when: nothing is kept for longer than it is of use."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.asking import CONVERSATION
from bot.scheduling.believed import Belief

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from briefs.models import Clock
    from briefs.newsroom import Newsroom
    from briefs.store import Store

log = structlog.get_logger(__name__)
QUESTIONS_KEPT = timedelta(days=1)  # a question and its answer, for what follows them up
PREVIEWS_KEPT = timedelta(days=1)  # briefings that nobody posted
ANSWERS_KEPT = timedelta(days=30)  # what an answer quotes, for its *Sources*
ACTIONS_KEPT = timedelta(days=180)  # what admins did
# Unless the operator sets others. What is quoted stays for as long as what quotes it.
ARTICLES_KEPT = timedelta(days=120)
BRIEFINGS_KEPT = timedelta(days=365)  # so long do the buttons of a briefing work
AT_ONCE = 50  # briefings that are forgotten together
PAUSE = 0.05  # seconds between two times that some are forgotten: others want to write, too
PARAGRAPHS_KEPT = timedelta(days=90)  # what a site did not repeat for so long is not its furniture any more


@dataclass(frozen=True, slots=True)
class Kept:
    """How long the operator keeps articles that nothing quotes, and briefings."""

    articles: timedelta = ARTICLES_KEPT
    briefings: timedelta = BRIEFINGS_KEPT


class Retention:
    """Forgets what is past its time; every method is called on the event loop, the work is done in threads."""

    def __init__(
        self, store: Store, clock: Clock, *, newsroom: Newsroom | None = None, kept: Kept | None = None
    ) -> None:
        """``newsroom`` is what forgets articles; without one they stay."""
        self._store = store
        self._clock = clock
        self._newsroom = newsroom
        self._kept = kept or Kept()
        self._belief = Belief(store, clock)

    async def forget(self) -> None:
        """Forget previews, what answers quoted, what recurred on a site and what admins did long ago; old news."""
        store = self._store
        now = await asyncio.to_thread(self._belief.look)  # what is forgotten does not come back
        await asyncio.to_thread(store.purge_actions, now - ACTIONS_KEPT)
        await asyncio.to_thread(store.purge_answers, now - ANSWERS_KEPT)
        await asyncio.to_thread(store.forget_unposted, now - PREVIEWS_KEPT)
        await asyncio.to_thread(store.forget_paragraphs, now - PARAGRAPHS_KEPT)
        briefings = await self._little_by_little(self._briefings(now - self._kept.briefings))
        articles = 0
        if self._newsroom:
            articles = await self._little_by_little(self._newsroom.forget(now - self._kept.articles))
        if briefings or articles:
            log.info("old news forgotten", briefings=briefings, articles=articles)

    def _briefings(self, before: datetime) -> Iterator[int]:
        """Forget old briefings, some at a time."""
        while gone := self._store.forget_briefings(before, AT_ONCE):
            yield gone

    async def _little_by_little(self, steps: Iterator[int]) -> int:
        """Take steps with pauses, so that nobody waits long for the database; return how many were forgotten in all."""
        gone = 0
        while (step := await asyncio.to_thread(next, steps, None)) is not None:
            gone += step
            await asyncio.sleep(PAUSE)
        return gone

    async def forget_questions(self) -> None:
        """Forget who asked as soon as the conversation is over, and what was asked after a day."""
        now, store = self._clock(), self._store
        await asyncio.to_thread(self._belief.look)
        await asyncio.to_thread(store.forget_askers, now - CONVERSATION)
        await asyncio.to_thread(store.forget_questions, now - QUESTIONS_KEPT)
