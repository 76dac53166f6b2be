"""Articles that were given another address: what they are known by besides their id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from briefs.store.schema import addresses, articles, storable
from briefs.store.statements import among, insert

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection


def roots(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return, for those of the ids that an article has by a later address, the id it was given first."""
    asked = {storable(each): each for each in ids}
    found = select(addresses.c.id, addresses.c.root).where(among(connection, addresses.c.id, list(asked)))
    return {asked[row.id]: row.root for row in connection.execute(found)}


def save(connection: Connection, moved: Mapping[str, str]) -> None:
    """Remember ids that articles have by later addresses: id to root. An id that is another article's stays with that."""
    if not moved:
        return
    taken = set(connection.scalars(select(articles.c.root).where(among(connection, articles.c.root, list(moved)))))
    rows = [{"id": each, "root": moved[each]} for each in sorted(moved) if storable(each) not in taken]
    if rows:
        connection.execute(insert(connection, addresses).on_conflict_do_nothing(), rows)
