"""What was seen in a feed: each entry with what it said and the article it became."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from briefs.store.records import SeenEntry
from briefs.store.schema import entries, storable
from briefs.store.statements import among, insert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from briefs.store.records import Arrival

LONGEST_GUID = 500  # characters; PostgreSQL cannot index more than about 2,700 bytes


def seen(
    connection: Connection,
    feed_id: int,
    guids: Iterable[str],
    fingerprints: Iterable[str],
    article_ids: Iterable[str] = (),
) -> tuple[SeenEntry, ...]:
    """Return what this feed has shown under any of the guids, fingerprints or article ids, in the order of guids.

    A guid too long to keep comes back whole where it was asked for; found by its fingerprint, it comes as it is kept.
    """
    asked: dict[str, list[str]] = {}
    for guid in dict.fromkeys(guids):
        asked.setdefault(_key(guid), []).append(guid)
    prints = [each for each in dict.fromkeys(fingerprints) if each]
    rows: dict[str, Row[Any]] = {}
    roots = list(dict.fromkeys(article_ids))
    for column, values in (
        (entries.c.guid, list(asked)),
        (entries.c.fingerprint, prints),
        (entries.c.article_id, roots),
    ):
        if values:
            chosen = select(entries).where(entries.c.feed_id == feed_id, among(connection, column, values))
            rows |= {row.guid: row for row in connection.execute(chosen)}
    return tuple(
        SeenEntry(guid, rows[key].fingerprint, rows[key].article_id)
        for key in sorted(rows)
        for guid in asked.get(key, [key])
    )


def save(connection: Connection, feed_id: int, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Remember what a poll showed; the time of first sight stays, and what an entry became is never unlearned."""
    rows = {
        key: {
            "feed_id": feed_id,
            "guid": key,
            "seen_at": now,
            "fingerprint": arrival.fingerprint,
            "article_id": arrival.article_id,
        }
        for arrival in arrivals
        for key in [_key(arrival.guid)]
    }
    if not rows:
        return
    statement = insert(connection, entries)
    new = statement.excluded
    fresh = {"fingerprint": new.fingerprint, "article_id": func.coalesce(new.article_id, entries.c.article_id)}
    changed = or_(
        new.fingerprint != entries.c.fingerprint,
        new.article_id.is_not(None) & new.article_id.is_distinct_from(entries.c.article_id),
    )
    keys = ["feed_id", "guid"]
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=fresh, where=changed),
        [rows[key] for key in sorted(rows)],
    )


def _key(guid: str) -> str:
    if len(guid) <= LONGEST_GUID:
        return storable(guid)
    return "sha256:" + hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()
