"""What became of a server's briefings lately: posted, on their way, refused, nothing new, or missed; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from bot.delivery.publishing import standing
from bot.scheduling.serving import job_name
from bot.scheduling.slots import due_slots
from briefs.models import PostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.scheduling.slots import Slot
    from briefs.models import Post, Schedule
    from briefs.store.records import JobRecord

LOOKED_BACK = timedelta(days=2)  # for times at which nothing was posted
AT_WORK = timedelta(minutes=5)  # for which a briefing that is due may be in the making


class Outcome(StrEnum):
    """What became of a briefing."""

    POSTED = "posted"
    ON_ITS_WAY = "on its way"
    REFUSED = "refused"
    NOTHING_NEW = "nothing new"
    FAILED = "failed"  # for a reason that only the operator can mend
    MISSED = "missed"  # the bot was not running


@dataclass(frozen=True, slots=True)
class Run:
    """One briefing that was due or asked for: when, where, and what became of it."""

    at: datetime
    channel_id: int
    outcome: Outcome
    message_id: int | None = None
    problem: str | None = None


def latest(
    posts: Iterable[Post], schedules: Sequence[Schedule], jobs: Mapping[str, JobRecord], now: datetime
) -> list[Run]:
    """Return what became of the briefings of a server, newest first. ``posts`` are its latest, newest first."""
    by_run = {key: sorted(own, key=lambda post: post.part) for key, own in _by_run(posts)}
    posted = [_posted(own) for own in by_run.values()]
    silent = [
        _unposted(schedule, slot, jobs.get(job_name(schedule)), now)
        for schedule in schedules
        for slot in _due(schedule, now)
        if slot.run_key not in by_run
    ]
    found = [*posted, *(run for run in silent if run)]
    return sorted(found, key=lambda run: (run.at, run.channel_id), reverse=True)


def _by_run(posts: Iterable[Post]) -> list[tuple[str, list[Post]]]:
    ordered = sorted(posts, key=lambda post: post.run_key)
    return [(key, list(own)) for key, own in groupby(ordered, key=lambda post: post.run_key)]


def _posted(posts: Sequence[Post]) -> Run:
    outcomes = {
        PostState.SENT: Outcome.POSTED,
        PostState.CLAIMED: Outcome.ON_ITS_WAY,
        PostState.FAILED: Outcome.REFUSED,
    }
    how, first = standing(posts), posts[0]
    message = how.message_ids[0] if how.message_ids else None
    return Run(first.claimed_at, first.channel_id, outcomes[how.state], message, how.problem)


def _due(schedule: Schedule, now: datetime) -> list[Slot]:
    """The newest time at which a schedule was due lately; those before it were told by it."""
    since = max(now - LOOKED_BACK, schedule.created_at or now - LOOKED_BACK)
    return due_slots(schedule, since, now)[-1:]


def _unposted(schedule: Schedule, slot: Slot, job: JobRecord | None, now: datetime) -> Run | None:
    """Say why nothing was posted at a time; None: it is being worked on."""
    if job and job.last_success_at and job.last_success_at >= slot.instant:
        outcome = Outcome.NOTHING_NEW
    elif job and job.last_run_at >= slot.instant:
        outcome = Outcome.FAILED
    elif now - slot.instant < AT_WORK:
        return None
    else:
        outcome = Outcome.MISSED
    return Run(slot.instant, schedule.channel_id, outcome)
