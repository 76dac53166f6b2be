"""Answers that were given, kept so that their buttons and follow-ups work after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from briefs.models import Answer
from briefs.store import codec
from briefs.store.schema import answers

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def save(connection: Connection, answer: Answer, now: datetime, **asked: int) -> int:
    """Store an answer with where and by whom it was asked (guild_id, channel_id, asked_by); return its id."""
    row = {**asked, "asked_at": now, "data": codec.pack(answer)}
    answer_id: int = connection.scalars(insert(answers).values(row).returning(answers.c.id)).one()
    return answer_id


def one(connection: Connection, answer_id: int, guild_id: int) -> Answer | None:
    """Return an answer to the server it was given in, and to no other."""
    matching = (answers.c.id == answer_id) & (answers.c.guild_id == guild_id)
    data = connection.scalar(select(answers.c.data).where(matching))
    return None if data is None else codec.unpack(Answer, data)


def latest(connection: Connection, *, guild_id: int, channel_id: int, asked_by: int, since: datetime) -> Answer | None:
    """Return the last answer given to a person in a channel (or thread) since then."""
    mine = (answers.c.guild_id == guild_id) & (answers.c.channel_id == channel_id) & (answers.c.asked_by == asked_by)
    newest = select(answers.c.data).where(mine & (answers.c.asked_at >= since)).order_by(answers.c.id.desc()).limit(1)
    data = connection.scalar(newest)
    return None if data is None else codec.unpack(Answer, data)


def purge(connection: Connection, before: datetime) -> int:
    """Forget the answers given before a time; return how many."""
    return connection.execute(delete(answers).where(answers.c.asked_at < before)).rowcount
