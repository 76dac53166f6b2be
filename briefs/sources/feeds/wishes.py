"""How often and when a feed asks to be read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from briefs.models import Wishes

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_LONGEST = timedelta(days=365)
_SKIPPED = re.compile(r"<skip(hours|days)\b[^>]*>(.*?)</skip\1\s*>", re.IGNORECASE | re.DOTALL)


def wishes(feed: Any, xml: bytes) -> Wishes:
    """Read a feed's ttl, updatePeriod and updateFrequency, skipHours and skipDays; what makes no sense is no wish."""
    intervals = [interval for interval in (_ttl(feed), _period(feed)) if interval]
    skipped = _skipped(xml)
    hours = {
        int(hour) % 24 for hour in re.findall(r"\d+", skipped.get("hours", "")) if len(hour) <= 2 and int(hour) <= 24
    }
    days = {day for day, name in enumerate(_DAYS) if name in skipped.get("days", "").lower()}
    return Wishes(
        every=max(intervals, default=None),
        skip_hours=tuple(sorted(hours)) if len(hours) < 24 else (),
        skip_days=tuple(sorted(days)) if len(days) < 7 else (),
    )


def _ttl(feed: Any) -> timedelta | None:
    """Read the minutes a feed may be kept."""
    minutes = str(feed.get("ttl") or "").strip()
    return min(timedelta(minutes=int(minutes)), _LONGEST) if re.fullmatch(r"[1-9]\d{0,6}", minutes) else None


def _period(feed: Any) -> timedelta | None:
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    times = str(feed.get("sy_updatefrequency") or "1").strip()
    return period / int(times) if period and re.fullmatch(r"[1-9]\d{0,3}", times) else None


def _skipped(xml: bytes) -> dict[str, str]:
    """Find the lists that feedparser keeps only the last of; they stand before the items or after them."""
    head, tail = xml[:20_000], xml[20_000:][-20_000:]
    text = (head + b"\n" + tail).decode("utf-8", "replace")
    return {kind.lower(): re.sub(r"<[^>]*>", " ", inner) for kind, inner in _SKIPPED.findall(text)}
