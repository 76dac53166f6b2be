"""What is kept: SQLAlchemy on SQLite or PostgreSQL. ``Store.open(url)`` is the way in."""

from briefs.store.records import (
    EVERYONE,
    Action,
    Alarm,
    Arrival,
    JobRecord,
    Notice,
    Poll,
    SeenEntry,
    SetAside,
    Statistics,
    StoredBriefing,
)
from briefs.store.store import Store

__all__ = [
    "EVERYONE",
    "Action",
    "Alarm",
    "Arrival",
    "JobRecord",
    "Notice",
    "Poll",
    "SeenEntry",
    "SetAside",
    "Statistics",
    "Store",
    "StoredBriefing",
]
