"""What is kept: SQLAlchemy on SQLite or PostgreSQL. ``Store.open(url)`` is the way in."""

from briefs.store.records import JobRecord, Statistics, StoredBriefing
from briefs.store.store import Store

__all__ = ["JobRecord", "Statistics", "Store", "StoredBriefing"]
