"""Answers that were given, kept so that their buttons and follow-ups work after a restart.

They are forgotten in steps: first who asked, then what was asked and answered, and at last the sentences that were quoted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from briefs.models import Answer
from briefs.store import codec
from briefs.store.schema import answers

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

NOBODY = 0  # in the place of who asked, once that is forgotten
WORDLESS = -1  # the same, once the question is forgotten, too


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


def forget_askers(connection: Connection, before: datetime) -> int:
    """Forget who asked, of the answers given before a time; return of how many."""
    theirs = (answers.c.asked_at < before) & (answers.c.asked_by > NOBODY)
    return connection.execute(update(answers).where(theirs).values(asked_by=NOBODY)).rowcount


def forget_questions(connection: Connection, before: datetime) -> int:
    """Leave of the answers given before a time only what they quote, which *Sources* shows; return of how many."""
    old = (answers.c.asked_at < before) & (answers.c.asked_by > WORDLESS)
    rows = connection.execute(select(answers.c.id, answers.c.data).where(old)).all()
    for row in rows:
        given = codec.unpack(Answer, row.data)
        quoted = Answer("", given.status, None, "", evidence=given.evidence, sources=given.sources)
        kept = {"data": codec.pack(quoted), "asked_by": WORDLESS}
        connection.execute(update(answers).where(answers.c.id == row.id).values(kept))
    return len(rows)


def purge(connection: Connection, before: datetime) -> int:
    """Forget the answers given before a time; return how many."""
    return connection.execute(delete(answers).where(answers.c.asked_at < before)).rowcount
