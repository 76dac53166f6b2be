"""The time by which something may be forgotten: a clock that leaps ahead is not believed at once.

A machine's clock may show another year for a minute, after a power cut or before it asked the network; what is forgotten by
then does not come back. So the believed time follows the clock no faster than PACE times as fast as time goes by for this
process, from where it stood when anybody last looked, in whatever process. After a month of being off it has caught up within
days; of a clock that is ten years ahead for an hour it believes some hours.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefs.store import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefs.models import Clock
    from briefs.store import Store

PACE = 8  # times as fast as time goes by
BELIEVED = "believed_at"  # the operator's setting in which it stands


def believed(store: Store, now: datetime) -> datetime:
    """Return the time that may be believed: never later than ``now``."""
    kept = store.settings(EVERYONE).get(BELIEVED)
    return min(now, datetime.fromisoformat(kept)) if kept else now


class Belief:
    """Lets the believed time follow a clock; ``awake`` counts the seconds for which this machine was awake."""

    def __init__(self, store: Store, clock: Clock, awake: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._awake = awake
        self._looked = awake()

    def look(self) -> datetime:
        """Bring it forward by the time that passed since the last look; return it."""
        now, awake = self._clock(), self._awake()
        passed, self._looked = timedelta(seconds=awake - self._looked), awake
        kept = self._store.settings(EVERYONE).get(BELIEVED)
        stood = datetime.fromisoformat(kept) if kept else now
        moved = max(stood, min(now, stood + PACE * passed))  # a clock that is set back to 1970 takes nothing back
        if not kept or moved > stood:
            self._store.set_setting(EVERYONE, BELIEVED, moved.isoformat())
        return min(now, moved)
