"""What health is judged by, as it is stored; it blocks, and callers use a thread."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bot.operation.health import Stored
from briefs.errors import StoreError
from briefs.store.database import file_of

if TYPE_CHECKING:
    from briefs.store import Store


def examined(store: Store, *, guild_id: int | None = None) -> Stored:
    """Look at what is stored: of all servers, or as far as it concerns one. A database that cannot be used is a finding."""
    try:
        store.confirm()
        numbers = store.statistics()
        return Stored(
            jobs=store.jobs(),
            feeds=store.feeds(guild_id),
            waiting=tuple(post for post in store.unfinished_posts() if guild_id in (None, post.guild_id)),
            set_aside=store.set_aside(guild_id),
            articles=numbers.articles,
            newest_at=numbers.newest_at,
            disk_left=disk_left(store.url_for_people),
        )
    except StoreError as error:
        return Stored(problem=str(error))


def disk_left(database_url: str) -> int | None:
    """Return the bytes left beside an SQLite database; None for one that is elsewhere, or whose disk does not tell."""
    path = file_of(database_url)
    try:
        return shutil.disk_usage(path.parent).free if path else None
    except OSError:
        return None
