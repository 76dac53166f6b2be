"""When a source is polled next: from its own habit, what it asks for, and how it failed. Values in, values out.

Soon after something new, ever more rarely while it is silent: a feed that has said nothing for a day is not worth a look
every quarter of an hour, and what it says then is late by a small part of its silence.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Feed, Wishes

HABIT = 20  # dated entries, the newest: what a feed did last year says little of today
LOOKS_PER_GAP = 2  # polls between two entries: an entry is late by a quarter of the usual gap on average
LATE_BY = (
    8  # a silence that lasted 8 hours is looked into every hour: what breaks it is late by an eighth of it at most
)
MOST = timedelta(hours=6)  # between two polls, however rare the entries: a daily briefing must not miss a day's news
MOST_FRESH = timedelta(hours=6)  # a longer max-age is meant for browsers; many sites send a year for everything
MOST_WISHED = timedelta(hours=24)  # a longer ttl is a mistake of units (seconds for minutes) more often than a wish
MOST_RETRY = timedelta(hours=24)  # a longer Retry-After is a mistake too; asking once a day hurts nobody
MOST_BACKOFF = timedelta(hours=12)  # a publisher that comes back is read again within half a day
JITTER = 0.1  # of a wait, so that feeds added in one minute are not polled in one minute for ever
SPREAD = timedelta(minutes=6)  # the same, after hours in which nobody may come
_HOUR = timedelta(hours=1)
_WEEK = 7 * 24  # hours


def interval(feed: Feed, published: Sequence[datetime], now: datetime, *, least: timedelta) -> timedelta:
    """Give the time between two polls, from ``least`` to 6 hours (or ``least``, if that is more).

    ``feed`` as it is after the poll: its ``last_new_at`` is ``now`` when the poll brought something. ``published`` are the
    dates of the entries it showed, in any order; none when it has no dates or nothing was modified.
    """
    dates = _honest(published, feed, now)
    habit = _habit(dates)
    if habit is None:
        came = feed.last_new_at is not None and feed.last_new_at >= now
        habit = least if came else feed.interval or least
    since = dates[0] if dates else feed.last_new_at or feed.added_at or now
    return _within(max(habit, (now - since) / LATE_BY), least, MOST)


def after_success(
    feed_id: int, interval: timedelta, wishes: Wishes, fresh_for: timedelta | None, now: datetime, *, least: timedelta
) -> datetime:
    """Give the time of the next poll: after the interval, and no sooner than the source asks for (``fresh_for``: max-age)."""
    wished = min(wishes.every or timedelta(), MOST_WISHED)
    fresh = min(fresh_for or timedelta(), MOST_FRESH)
    wait = max(_within(interval, least, MOST), wished, fresh)
    chance = _chance(feed_id, now)
    return _welcome(now + wait * (1 + JITTER * chance), wishes, SPREAD * chance)


def after_failure(feed: Feed, retry_after: float | None, now: datetime, *, least: timedelta) -> datetime:
    """Give the time of the next try: twice as long for each failure in a row before this one, and not before Retry-After.

    ``retry_after`` in seconds.
    """
    doubled = least * 2 ** min(
        feed.failures, 20
    )  # more doublings leave every cap behind, and at last what a timedelta holds
    told = timedelta(seconds=min(max(retry_after or 0.0, 0.0), MOST_RETRY.total_seconds()))
    wait = max(_within(doubled, least, MOST_BACKOFF), told)
    return now + wait * (1 + JITTER * _chance(feed.id, now))


# --------------------------------------------------------------------------------------------------------------- habits
def _honest(published: Sequence[datetime], feed: Feed, now: datetime) -> list[datetime]:
    """Sort the dates that can be true, newest first: an entry that is no news is not younger than the last news."""
    latest = min(now, feed.last_new_at or now)
    return sorted((date for date in published if date <= latest), reverse=True)


def _habit(dates: Sequence[datetime]) -> timedelta | None:
    """Give half the usual gap between entries, None when they tell of none."""
    gaps = [(newer - older).total_seconds() for newer, older in pairwise(dates[:HABIT])]
    return timedelta(seconds=median(gaps) / LOOKS_PER_GAP) if gaps else None


def _within(wait: timedelta, least: timedelta, most: timedelta) -> timedelta:
    return max(least, min(wait, most))


# --------------------------------------------------------------------------------------------------------------- wishes
def _welcome(moment: datetime, wishes: Wishes, spread: timedelta) -> datetime:
    """Give the first time from ``moment`` on that is in no hour or day to be skipped; who skips all is not believed."""
    hours = {hour % 24 for hour in wishes.skip_hours}  # the oldest RSS counts from 1 to 24
    days = {day % 7 for day in wishes.skip_days}
    hours, days = (hours if len(hours) < 24 else set()), (days if len(days) < 7 else set())
    if not _skipped(moment, hours, days):
        return moment
    start = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    later = (start + _HOUR * count for count in range(1, _WEEK + 1))
    return next(hour for hour in later if not _skipped(hour, hours, days)) + spread


def _skipped(moment: datetime, hours: set[int], days: set[int]) -> bool:
    utc = moment.astimezone(UTC)
    return utc.hour in hours or utc.weekday() in days


def _chance(feed_id: int, now: datetime) -> float:
    """Give a number from 0 to 1 that looks like chance and is the same for one feed in one hour."""
    hour = int(now.timestamp()) // 3600
    return int.from_bytes(blake2b(f"{feed_id} {hour}".encode(), digest_size=8).digest()) / 2**64
