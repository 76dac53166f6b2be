"""A restored backup: whatever the running bot remembers is of another time, so it begins again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefs.store import Store

log = structlog.get_logger(__name__)


class Generation:
    """Looks whether the database is still of the generation it was of at the start; ``again`` lets the bot begin again."""

    def __init__(self, store: Store, again: Callable[[], object]) -> None:
        self._store = store
        self._again = again
        self._known = store.generation()

    async def look(self) -> None:
        """Begin again where a backup was restored since."""
        found = await asyncio.to_thread(self._store.generation)
        if found != self._known:
            self._known = found
            log.warning("a backup was restored: beginning again")
            self._again()
