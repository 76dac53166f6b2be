"""What is forgotten, and when: nothing is kept for longer than it is of use."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.asking import CONVERSATION

if TYPE_CHECKING:
    from briefs.models import Clock
    from briefs.store import Store

QUESTIONS_KEPT = timedelta(days=1)  # a question and its answer, for what follows them up
PREVIEWS_KEPT = timedelta(days=1)  # briefings that nobody posted
ANSWERS_KEPT = timedelta(days=30)  # what an answer quotes, for its *Sources*
ACTIONS_KEPT = timedelta(days=180)  # what admins did
PARAGRAPHS_KEPT = timedelta(days=90)  # what a site did not repeat for so long is not its furniture any more


class Retention:
    """Forgets what is past its time; every method is called on the event loop, the work is done in threads."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def forget(self) -> None:
        """Forget previews, what answers quoted, what recurred on a site and what admins did long ago."""
        now, store = self._clock(), self._store
        await asyncio.to_thread(store.purge_actions, now - ACTIONS_KEPT)
        await asyncio.to_thread(store.purge_answers, now - ANSWERS_KEPT)
        await asyncio.to_thread(store.forget_unposted, now - PREVIEWS_KEPT)
        await asyncio.to_thread(store.forget_paragraphs, now - PARAGRAPHS_KEPT)

    async def forget_questions(self) -> None:
        """Forget who asked as soon as the conversation is over, and what was asked after a day."""
        now, store = self._clock(), self._store
        await asyncio.to_thread(store.forget_askers, now - CONVERSATION)
        await asyncio.to_thread(store.forget_questions, now - QUESTIONS_KEPT)
