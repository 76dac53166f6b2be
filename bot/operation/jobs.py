"""What the bot does by itself, how often, and when that it does not is a matter for people; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from briefs.store import JobRecord

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FAILURES = 3  # in a row, and …
FAILING = 5 * MINUTE  # … for so long: what passes by itself is told to nobody
ROUNDS = 3  # that a job may miss before it is late


@dataclass(frozen=True, slots=True)
class Job:
    """Something that runs again and again in the background."""

    name: str
    every: timedelta
    limit: timedelta  # one run is cut off after so long
    words: str  # what is wrong when it does not run: a sentence without its end

    @property
    def late(self) -> timedelta:
        """How long its last success may be ago."""
        return max(ROUNDS * self.every, FAILING) + self.limit


POLL = Job("poll", MINUTE, HOUR, "No feed has been read")  # looks for what is due: how often is each feed's own matter
RECONCILE = Job("reconcile", 5 * MINUTE, 15 * MINUTE, "No interrupted delivery has been finished")
CATCH_UP = Job("catch up", MINUTE, HOUR, "No missed briefing has been looked for")
REFRESH = Job("refresh", MINUTE, 2 * MINUTE, "The schedules have not been read")  # another process may change them
ALARMS = Job("alarms", MINUTE, 15 * MINUTE, "No channel has been looked at for what is in the way of its briefings")
NOTICES = Job("notices", MINUTE, 15 * MINUTE, "Nobody has been told which feeds fail")
LOOK_AROUND = Job("look around", 5 * MINUTE, HOUR, "No overview has been prepared")  # so that none waits for articles
DEPARTURES = Job("departures", HOUR, 15 * MINUTE, "Servers that were left have not been looked for")
QUESTIONS = Job("questions", 5 * MINUTE, 15 * MINUTE, "No question past its time has been forgotten")
FORGET = Job("forget", 6 * HOUR, HOUR, "Nothing past its time has been forgotten")
BACK_UP = Job("back up", HOUR, HOUR, "No backup could be made")  # it looks whether one is due
WATCH = Job("watch", MINUTE, MINUTE, "Nobody has watched over the jobs")
LOAD = Job("load the language pipeline", timedelta(0), 10 * MINUTE, "The language pipeline has not been loaded")  # once
BRIEF = Job("schedule", timedelta(0), HOUR, "A briefing could not be made")  # each schedule has its own, at its times
JOBS = (
    POLL,
    RECONCILE,
    CATCH_UP,
    REFRESH,
    ALARMS,
    NOTICES,
    LOOK_AROUND,
    DEPARTURES,
    QUESTIONS,
    FORGET,
    BACK_UP,
    WATCH,
)


def alarming(job: Job, record: JobRecord | None, now: datetime, started_at: datetime) -> str | None:
    """Say in a sentence that a job keeps failing, or that its last success is too long ago; None: it is well.

    ``started_at`` is when the bot started, or woke: before that no job could run. The sentence is fit for every server.
    """
    succeeded = record.last_success_at if record else None
    if succeeded and succeeded > now:  # by a clock that was ahead
        succeeded = None
    ago = now - max(started_at, succeeded or started_at)
    if record and keeps_failing(record, now):
        since = succeeded or record.failing_since or now
        return f"{job.words} for {span(now - since)}: {record.failures} tries in a row failed."
    return f"{job.words} for {span(ago)}." if ago > job.late else None


def keeps_failing(record: JobRecord, now: datetime) -> bool:
    """Whether a job failed so often and for so long that it will hardly pass by itself."""
    since = record.failing_since
    return record.failures >= FAILURES and since is not None and now - since >= FAILING


def all_alarming(
    jobs: Iterable[Job], records: Iterable[JobRecord], now: datetime, started_at: datetime
) -> dict[str, str]:
    """Return what is to be said of each of these jobs, by their names; of those that are well nothing."""
    known = {record.name: record for record in records}
    said = ((job.name, alarming(job, known.get(job.name), now, started_at)) for job in jobs)
    return {name: sentence for name, sentence in said if sentence}


def span(time: timedelta) -> str:
    """Return a time in one unit: "3 hours"."""
    for size, unit in ((timedelta(days=1), "day"), (HOUR, "hour")):
        if time >= 2 * size:
            return f"{time // size} {unit}s"
    minutes = max(1, time // MINUTE)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
