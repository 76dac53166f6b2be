"""What the store gives back that is no stage of the flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from briefs.models import Briefing


class StoredBriefing(NamedTuple):
    """A briefing with the channel it was made for."""

    briefing: Briefing
    guild_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class JobRecord:
    """When a background job last ran and last succeeded, and what its last run died of (None: it succeeded)."""

    name: str
    last_run_at: datetime
    last_success_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much is stored; ``newest_at`` is the time of the newest article."""

    articles: int
    stories: int
    facts: int
    feeds: int
    newest_at: datetime | None
