"""Articles that were looked through for connections, remembered: reading one again takes longer than drawing them all."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from briefs.overviews.connections import part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.overviews.connections import Part
    from briefs.store import Store

REMEMBERED = 1_500  # articles, about 15 kB each


class Parts:
    """What articles add to connections; any thread may ask. A stored article never changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parts: OrderedDict[str, Part] = OrderedDict()
        self._turn = threading.Lock()

    def of(self, ids: Sequence[str]) -> list[Part]:
        """What these articles add, in the order given."""
        with self._turn:
            known = {key: self._parts[key] for key in ids if key in self._parts}
        known |= self._looked_through([key for key in ids if key not in known])
        with self._turn:
            for key, each in known.items():
                self._parts[key] = each
                self._parts.move_to_end(key)
            while len(self._parts) > REMEMBERED:
                self._parts.popitem(last=False)
        return [known[key] for key in ids if key in known]

    def lacking(self, ids: Sequence[str]) -> list[str]:
        """Those of these articles that were not looked through, in the order given."""
        with self._turn:
            return [key for key in ids if key not in self._parts]

    def _looked_through(self, ids: Sequence[str]) -> dict[str, Part]:
        articles, readings = self._store.articles(ids), self._store.readings(ids)
        return {key: part(articles[key], readings[key]) for key in ids if key in articles and key in readings}
