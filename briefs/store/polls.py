"""What a poll found, kept together or not at all: articles, entries, and the validators that hide them from the next poll."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, update

from briefs.store import addresses, articles, boilerplate, entries
from briefs.store.feeds import dump_wishes, hold
from briefs.store.schema import feeds
from briefs.store.statements import one_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from briefs.store.records import Arrival, Poll

REMARK_KEPT = timedelta(days=3)
AGAIN = "?0"  # behind a fingerprint, how often an entry's page was asked for in vain: it is to be looked at once more


def record(connection: Connection, feed_id: int, poll: Poll) -> tuple[str, ...]:
    """Store what a good poll found; return the ids of new articles and new versions that were not known.

    Of two processes that polled the same feed, the second finds what the first stored. A feed that nobody reads any more
    is gone, and what was found in it is nobody's.
    """
    if poll.arrivals:
        one_writer(connection)
    if not hold(connection, [feed_id]):
        return ()
    added = articles.store(connection, [arrival.brought for arrival in poll.arrivals if arrival.brought])
    articles.link(connection, {each.article_id for each in poll.arrivals if each.article_id}, feed_id)
    overtaken = _overtaken(poll.arrivals, added)
    remembered = [_again(each) if each.guid in overtaken else each for each in poll.arrivals]
    entries.save(connection, feed_id, remembered, poll.at)
    addresses.save(connection, poll.moved)
    if added:  # else they were counted with the process that was faster
        boilerplate.count(connection, poll.paragraphs, poll.at)
    _succeeded(connection, feed_id, replace(poll, etag=None, last_modified=None) if overtaken else poll)
    return added


def _overtaken(arrivals: Sequence[Arrival], added: Collection[str]) -> set[str]:
    """Return the guids of the edits that another poll overtook: what they said is not stored, and is to be seen again."""
    brought = ((each.guid, each.brought[0]) for each in arrivals if each.brought)
    return {guid for guid, article in brought if article.version > 1 and article.id not in added}


def _again(arrival: Arrival) -> Arrival:
    """Remember an entry so that it is known by its guid and its words, and looked at once more."""
    return replace(arrival, fingerprint=arrival.fingerprint.partition("?")[0] + AGAIN)


def _succeeded(connection: Connection, feed_id: int, poll: Poll) -> None:
    news = any(arrival.brought for arrival in poll.arrivals)
    interval = None if poll.interval is None else round(poll.interval.total_seconds())
    found = {
        "title": func.coalesce(poll.title, feeds.c.title),
        "etag": poll.etag,
        "last_modified": poll.last_modified,
        "moved_to": func.nullif(func.coalesce(poll.moved_to, feeds.c.moved_to), feeds.c.url),
        "wishes": dump_wishes(poll.wishes),
        "interval": func.coalesce(interval, feeds.c.interval),
        **_remark(poll),
        "last_new_at": poll.at if news else feeds.c.last_new_at,
    }
    fine = {"last_error": None, "failures": 0, "failing_since": None, "ended_at": None}
    times = {"last_success_at": poll.at, "next_poll_at": poll.next_poll_at}
    connection.execute(update(feeds).where(feeds.c.id == feed_id).values({**found, **fine, **times}))


def _remark(poll: Poll) -> dict[str, Any]:
    """A remark stays until there is another one, or a while has passed: it is made once and read later."""
    if poll.remark:
        return {"remark": poll.remark, "remarked_at": poll.at}
    old = feeds.c.remarked_at < poll.at - REMARK_KEPT
    return {name: case((old, None), else_=feeds.c[name]) for name in ("remark", "remarked_at")}


def record_failure(
    connection: Connection, feed_id: int, error: str, *, at: datetime, next_poll_at: datetime, ended: bool
) -> None:
    """Count a failed poll; what is remembered of the last good one stays. One that ended is not polled again.

    What was noted by a clock that was ahead was so now, lest the feed be due again and again until that time.
    """
    failed = {
        "last_error": error,
        "failures": feeds.c.failures + 1,
        "failing_since": case((feeds.c.failing_since <= at, feeds.c.failing_since), else_=at),
        "last_success_at": case((feeds.c.last_success_at > at, at), else_=feeds.c.last_success_at),
        "ended_at": func.coalesce(feeds.c.ended_at, at) if ended else feeds.c.ended_at,
        "next_poll_at": next_poll_at,
    }
    connection.execute(update(feeds).where(feeds.c.id == feed_id).values(failed))
