"""What of a large archive a question is asked of: the few articles that are read closely, and how many were considered.

    question's terms ─full text─▶ CANDIDATES ─outlines─▶ READ_CLOSELY

The same for a hundred articles and a hundred thousand: only the full-text index grows.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.answers import outlines
from briefs.language.words import STOP_WORDS, stem, words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from briefs.models import Reading
    from briefs.store import Store

CANDIDATES = 100  # articles whose outlines are looked through
NEWEST = 30  # of them that are the newest and not the best matches: for what is new with a name that is everywhere
READ_CLOSELY = 14  # those with the best outlines
TOLD_OF = 60  # articles that an overview of a name is made of
REMEMBERED = 256  # readings that stay decoded, about 60 kB each
CAUGHT_UP = 50  # articles that are given outlines at a time: a tenth of a second
MANY = 1_000  # articles from which on they are counted once in COUNT_HOLDS
COUNT_HOLDS = timedelta(minutes=1)


class Archive:
    """Finds articles for questions; any thread may ask. A stored reading never changes, so the latest stay decoded."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._counts: dict[int | None, tuple[datetime, int]] = {}
        self._turn = threading.Lock()
        self._complete = False

    def likeliest(
        self,
        guild_id: int | None,
        terms: Sequence[str],
        until: datetime,
        scope: Sequence[str] | None = None,
        *,
        most: int | None = None,
    ) -> tuple[str, ...]:
        """The articles that a question is matched against: all when they are few, else those with the best outlines.

        ``scope`` narrows what the server sees and never widens it. ``most``: of them at most, else READ_CLOSELY.
        """
        found = self._candidates(guild_id, terms, until, scope)
        most = READ_CLOSELY if most is None else most
        if len(found) <= most:
            return found
        known = self._store.outlines(found)
        if lacking := [article_id for article_id in found if article_id not in known]:
            known |= self.outlined(lacking)
        return outlines.nearest(terms, known, most)

    def _candidates(
        self, guild_id: int | None, terms: Sequence[str], until: datetime, scope: Sequence[str] | None
    ) -> tuple[str, ...]:
        if scope is not None and len(scope) <= CANDIDATES:
            return self._store.seen_of(scope, guild_id, until=until)
        if scope is None and self.considered(guild_id, until) <= CANDIDATES:
            if guild_id is None:
                return self._store.visible(None, until=until)
            return self._store.visible_few(guild_id, until=until)
        return self._store.search(terms, guild_id=guild_id, until=until, ids=scope, limit=CANDIDATES, newest=NEWEST)

    def telling_of(self, guild_id: int | None, name: str, until: datetime) -> tuple[str, ...]:
        """The articles that hold a name, the best of them and the newest; where none does, those that hold all its words."""
        found = self._store.search([name], guild_id=guild_id, until=until, limit=TOLD_OF, newest=TOLD_OF // 2)
        terms = {stem(word): word for word, _, _ in words(name) if word not in STOP_WORDS}
        if found or len(terms) < 2:
            return found
        likely = self._store.search(tuple(terms.values()), guild_id=guild_id, until=until, limit=CANDIDATES)
        known = self._store.outlines(likely)
        return tuple(key for key in likely if terms.keys() <= set(known.get(key, "").split()))[:TOLD_OF]

    def outlined(self, ids: Collection[str]) -> dict[str, str]:
        """The outlines of articles that were read before there were any."""
        articles = self._store.articles(ids)
        return {key: outlines.outline(articles[key], reading) for key, reading in self._store.readings(ids).items()}

    def catch_up(self) -> None:
        """Store the outlines of some articles that were read before there were any, until all have theirs."""
        if self._complete:
            return
        ids = self._store.without_outline(CAUGHT_UP)
        self._store.save_outlines(self.outlined(ids))
        self._complete = len(ids) < CAUGHT_UP

    def readings(self, ids: Sequence[str]) -> dict[str, Reading]:
        """The stored readings of articles, in the order given."""
        with self._turn:
            known = {key: self._readings[key] for key in ids if key in self._readings}
        known |= self._store.readings([key for key in ids if key not in known])
        with self._turn:
            for key in known:
                self._readings[key] = known[key]
                self._readings.move_to_end(key)
            while len(self._readings) > REMEMBERED:
                self._readings.popitem(last=False)
        return {key: known[key] for key in ids if key in known}

    def considered(self, guild_id: int | None, until: datetime, scope: Sequence[str] | None = None) -> int:
        """How many articles a question is asked of; where they are many, as counted less than a minute ago."""
        if scope is not None:
            return len(self._store.seen_of(scope, guild_id, until=until))
        at, count = self._counts.get(guild_id, (until, 0))
        if count >= MANY and abs(until - at) < COUNT_HOLDS:
            return count
        count = self._store.count_visible(guild_id, until=until)
        self._counts[guild_id] = until, count
        return count
