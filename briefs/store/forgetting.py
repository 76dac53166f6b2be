"""Articles and briefings that are past their time, forgotten a few at a time so that nobody waits long for the lock.

An article goes with all its versions, and with everything that is known of it; what is left answers as if it had never been.
That its feeds have shown it stays known, and so do its other addresses: one that still stands in a feed does not come again.
What a stored briefing tells, or a stored answer quotes, stays for as long as that does: its *Sources* can be asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from briefs.models import Answer, PostState
from briefs.store import codec, neighbours, stories
from briefs.store.schema import (
    answers,
    articles,
    briefing_articles,
    briefings,
    contents,
    posts,
    story_articles,
)
from briefs.store.statements import among, one_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from briefs.models import Evidence


def past(connection: Connection, before: datetime) -> tuple[str, ...]:
    """Return the articles whose newest version is older, and that nothing quotes, by root, in the order they were stored."""
    root_of = dict(iter(connection.execute(select(articles.c.number, articles.c.root))))  # of an index alone
    old = select(articles.c.number).where(articles.c.shown_at < before, ~articles.c.superseded)
    found = {root_of[number] for number in connection.scalars(old)}
    quoted = set(connection.scalars(select(briefing_articles.c.article_id).distinct())) | _quoted_by_answers(connection)
    kept = connection.scalars(select(articles.c.number).where(among(connection, articles.c.id, quoted)))
    found.difference_update(root_of[number] for number in kept)
    return tuple(root for root in dict.fromkeys(root_of[number] for number in sorted(root_of)) if root in found)


def _quoted_by_answers(connection: Connection) -> set[str]:
    found: set[str] = set()
    for data in connection.scalars(select(answers.c.data).execution_options(yield_per=100)):
        evidence: tuple[Evidence, ...] = codec.unpack_field(Answer, "evidence", data)
        found.update(each.article_id for each in evidence)
    return found


def contents_of(connection: Connection, roots: Collection[str]) -> dict[str, bytes]:
    """Return the contents that go with articles, by the ids of their versions."""
    held = select(articles.c.id, contents.c.data).join_from(articles, contents)
    return {row.id: row.data for row in connection.execute(held.where(among(connection, articles.c.root, roots)))}


def forget(connection: Connection, roots: Collection[str], stems: Mapping[str, Collection[int]]) -> int:
    """Forget articles with all their versions; return how many articles.

    ``stems`` holds the codes of the stems of every content that goes with them: an article of which there is another
    content by now is left for the next time.
    """
    one_writer(connection)
    known = {each for each in contents_of(connection, roots) if each not in stems}
    edited = set(connection.scalars(select(articles.c.root).where(among(connection, articles.c.id, known))))
    gone = [root for root in roots if root not in edited]
    ids = set(connection.scalars(select(articles.c.id).where(among(connection, articles.c.root, gone))))
    neighbours.save(connection, (), {}, {each: codes for each, codes in stems.items() if each in ids})
    neighbours.drop_unused(connection, {code for codes in stems.values() for code in codes})
    chosen = among(connection, articles.c.root, gone)
    held = select(story_articles.c.story_id).join(articles, articles.c.number == story_articles.c.article)
    told_in = set(connection.scalars(held.where(chosen)))
    _free_copies(connection, gone, told_in)
    connection.execute(delete(articles).where(chosen))
    stories.drop_empty(connection, told_in)
    return len(gone)


def _free_copies(connection: Connection, roots: Collection[str], told_in: Collection[str]) -> None:
    """Let the first that is left of several copies of a text be what the others repeat; copies share a story."""
    near = select(articles.c.number, articles.c.root, articles.c.copy_of).join_from(story_articles, articles)
    rows = connection.execute(
        near.where(among(connection, story_articles.c.story_id, told_in)).order_by(articles.c.shown_at, articles.c.id)
    )
    first: dict[str, str] = {}
    for row in rows.all():
        if row.copy_of not in roots or row.root in roots:
            continue
        heir = first.setdefault(row.copy_of, row.root)
        copy_of = None if heir == row.root else heir
        connection.execute(update(articles).where(articles.c.number == row.number).values(copy_of=copy_of))


def forget_briefings(connection: Connection, before: datetime, limit: int) -> int:
    """Forget some briefings that were made before a time, but the newest that arrived in each channel; return how many.

    One that is still on its way stays.
    """
    sent = select(posts.c.briefing_id).where(posts.c.state == PostState.SENT.value)
    newest = (
        select(func.max(briefings.c.id))
        .where(briefings.c.id.in_(sent))
        .group_by(briefings.c.guild_id, briefings.c.channel_id)
    )
    waiting = select(posts.c.briefing_id).where(posts.c.state == PostState.CLAIMED.value)
    old = (briefings.c.made_at < before) & briefings.c.id.not_in(newest) & briefings.c.id.not_in(waiting)
    some = list(connection.scalars(select(briefings.c.id).where(old).order_by(briefings.c.id).limit(limit)))
    return connection.execute(delete(briefings).where(among(connection, briefings.c.id, some))).rowcount
