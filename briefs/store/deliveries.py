"""Briefings and the ledger of their posts. ``unique (run_key, part)`` is what makes a briefing reach a channel once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from briefs.models import Briefing, Post, PostState
from briefs.store import codec, statements
from briefs.store.records import StoredBriefing
from briefs.store.schema import briefing_articles, briefings, posts, threads
from briefs.store.statements import among

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select


def save_briefing(connection: Connection, briefing: Briefing, guild_id: int, channel_id: int) -> int:
    """Store a briefing and which articles it tells; return its id."""
    row = {"guild_id": guild_id, "channel_id": channel_id, "made_at": briefing.made_at, "data": codec.pack(briefing)}
    briefing_id: int = connection.scalars(insert(briefings).values(row).returning(briefings.c.id)).one()
    telling = [*(item.article_ids for item in briefing.items), *(each.article_ids for each in briefing.unmoved)]
    told = dict.fromkeys(each for ids in telling for each in ids)
    if told:
        rows = [{"briefing_id": briefing_id, "article_id": each} for each in told]
        connection.execute(statements.insert(connection, briefing_articles).on_conflict_do_nothing(), rows)
    return briefing_id


def briefing(connection: Connection, briefing_id: int) -> StoredBriefing | None:
    """Return a stored briefing with its channel."""
    row = connection.execute(select(briefings).where(briefings.c.id == briefing_id)).one_or_none()
    return None if row is None else StoredBriefing(codec.unpack(Briefing, row.data), row.guild_id, row.channel_id)


def latest_briefing(connection: Connection, guild_id: int, channel_id: int | None) -> tuple[int, Briefing] | None:
    """Return the newest briefing of which at least one message arrived, with its id."""
    sent = select(posts.c.briefing_id).where(posts.c.state == PostState.SENT)
    chosen = select(briefings).where(briefings.c.guild_id == guild_id, briefings.c.id.in_(sent))
    if channel_id is not None:
        chosen = chosen.where(briefings.c.channel_id == channel_id)
    newest = chosen.order_by(briefings.c.made_at.desc(), briefings.c.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return None if row is None else (row.id, codec.unpack(Briefing, row.data))


def forget_unposted(connection: Connection, before: datetime) -> int:
    """Forget the briefings made before a time of which no message was ever claimed, as previews are; return how many."""
    claimed = select(posts.c.id).where(posts.c.briefing_id == briefings.c.id).exists()
    return connection.execute(delete(briefings).where(briefings.c.made_at < before, ~claimed)).rowcount


def claim(connection: Connection, post: Mapping[str, Any]) -> Post | None:
    """Claim one message of a run; None: it is claimed already, by whomever."""
    row = {**post, "state": PostState.CLAIMED.value}
    statement = statements.insert(connection, posts).on_conflict_do_nothing(index_elements=["run_key", "part"])
    won = connection.execute(statement.values(row).returning(posts)).one_or_none()
    return None if won is None else _post(won)


def of_run(connection: Connection, run_key: str) -> tuple[Post, ...]:
    """Return the posts of a run in order."""
    return _fetch(connection, posts.c.run_key == run_key)


def known_runs(connection: Connection, run_keys: Collection[str]) -> set[str]:
    """Return those of these runs that somebody has claimed."""
    claimed = select(posts.c.run_key).where(among(connection, posts.c.run_key, run_keys)).distinct()
    return set(connection.scalars(claimed))


def unfinished(connection: Connection) -> tuple[Post, ...]:
    """Return the posts that were claimed and never recorded: sent or not, only the channel's history can tell."""
    return _fetch(connection, posts.c.state == PostState.CLAIMED)


def recent(connection: Connection, guild_id: int, limit: int) -> tuple[Post, ...]:
    """Return the latest posts of a server, whatever became of them, newest first."""
    own = select(posts).where(posts.c.guild_id == guild_id).order_by(posts.c.claimed_at.desc(), posts.c.id.desc())
    return tuple(_post(row) for row in connection.execute(own.limit(limit)))


def record_sent(connection: Connection, post_id: int, message_id: int) -> None:
    """Record the message a claimed post became."""
    sent = {"state": PostState.SENT.value, "message_id": message_id, "error": None}
    connection.execute(update(posts).where(posts.c.id == post_id).values(sent))


def record_failed(connection: Connection, post_id: int, error: str) -> None:
    """Record why a claimed post never became a message; one that was sent stays sent."""
    failed = {"state": PostState.FAILED.value, "error": error}
    unsent = (posts.c.id == post_id) & (posts.c.state != PostState.SENT.value)
    connection.execute(update(posts).where(unsent).values(failed))


def unpassed(connection: Connection, channel_ids: Collection[int], since: datetime) -> tuple[Post, ...]:
    """Return the messages sent to these channels since then that were not passed on to whoever follows them."""
    sent = (posts.c.state == PostState.SENT) & (posts.c.claimed_at > since) & posts.c.crossposted_at.is_(None)
    return _fetch(connection, among(connection, posts.c.channel_id, channel_ids) & sent)


def record_crosspost(connection: Connection, post_id: int, now: datetime) -> None:
    """Record that a message was passed on from its announcement channel."""
    connection.execute(update(posts).where(posts.c.id == post_id).values(crossposted_at=now))


def save_thread(connection: Connection, thread_id: int, guild_id: int, briefing_id: int) -> None:
    """Remember in which thread a briefing is discussed."""
    row = {"id": thread_id, "guild_id": guild_id, "briefing_id": briefing_id}
    connection.execute(statements.insert(connection, threads).on_conflict_do_nothing().values(row))


def briefing_of_thread(connection: Connection, thread_id: int, guild_id: int) -> tuple[int, Briefing] | None:
    """Return the briefing that a thread of this server discusses, with its id."""
    which = (threads.c.id == thread_id) & (threads.c.guild_id == guild_id)
    row = connection.execute(select(briefings).join(threads).where(which)).one_or_none()
    return None if row is None else (row.id, codec.unpack(Briefing, row.data))


def thread_of(connection: Connection, briefing_id: int) -> int | None:
    """Return the thread in which a briefing is discussed."""
    return connection.scalar(select(threads.c.id).where(threads.c.briefing_id == briefing_id))


def without_thread(connection: Connection, since: datetime) -> tuple[Post, ...]:
    """Return the first message of each briefing that was sent since then and has no thread that is known."""
    begun = (posts.c.part == 0) & (posts.c.state == PostState.SENT.value) & (posts.c.claimed_at >= since)
    discussed = select(threads.c.id).where(threads.c.briefing_id == posts.c.briefing_id).exists()
    return _fetch(connection, begun & ~discussed)


def told_articles(connection: Connection, channel_id: int) -> set[str]:
    """Return the articles of every briefing that was sent, or may have been, to this channel; of each the version told."""
    told = select(briefing_articles.c.article_id).where(briefing_articles.c.briefing_id.in_(_delivered(channel_id)))
    return set(connection.scalars(told))


def telling(connection: Connection, channel_id: int, article_ids: Collection[str], limit: int) -> tuple[Briefing, ...]:
    """Return the newest briefings that this channel got, or may have got, of any of these articles, newest first."""
    these = among(connection, briefing_articles.c.article_id, article_ids)
    delivered = briefing_articles.c.briefing_id.in_(_delivered(channel_id))
    told = select(briefing_articles.c.briefing_id).where(delivered, these)
    newest = select(briefings.c.data).where(briefings.c.id.in_(told)).order_by(briefings.c.id.desc()).limit(limit)
    return tuple(codec.unpack(Briefing, data) for data in connection.scalars(newest))


def _delivered(channel_id: int) -> Select[tuple[int]]:
    """The briefings of which a message stands in this channel, or may stand there."""
    may_have_arrived = posts.c.state.in_([PostState.CLAIMED.value, PostState.SENT.value])
    return select(posts.c.briefing_id).where(posts.c.channel_id == channel_id, may_have_arrived)


def _fetch(connection: Connection, which: ColumnElement[bool]) -> tuple[Post, ...]:
    rows = connection.execute(select(posts).where(which).order_by(posts.c.claimed_at, posts.c.run_key, posts.c.part))
    return tuple(_post(row) for row in rows)


def _post(row: Row[Any]) -> Post:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row by column
    return Post(**{**fields, "state": PostState(row.state)})
