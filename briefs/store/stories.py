"""Which articles belong to which story. An article is in one story; a story is whole, oldest article first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select

from briefs.errors import StoreError
from briefs.models import Story
from briefs.store import versions
from briefs.store.articles import numbers
from briefs.store.schema import articles, stories, story_articles
from briefs.store.statements import among, insert, one_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement, Connection


def save(connection: Connection, named: Sequence[Story]) -> None:
    """Put the named articles into these stories; a story that is left without articles goes."""
    one_writer(connection)
    known = numbers(connection, {each for story in named for each in story.article_ids})
    newest = versions.without_superseded(connection, known.values())  # an edit may have come while they were grouped
    rows = [
        {"article": number, "story_id": story.id}
        for story in named
        for number in _members(story, known)
        if number in newest
    ]
    if not rows:
        return
    left = _stories_of(connection, known.values())
    ids = [{"id": each} for each in sorted({story.id for story in named})]
    connection.execute(insert(connection, stories).on_conflict_do_nothing(), ids)
    statement = insert(connection, story_articles)
    moved = statement.on_conflict_do_update(index_elements=["article"], set_={"story_id": statement.excluded.story_id})
    connection.execute(moved, rows)
    _drop_empty(connection, left | {story.id for story in named})


def _stories_of(connection: Connection, articles_: Collection[int]) -> set[str]:
    held = among(connection, story_articles.c.article, articles_)
    return set(connection.scalars(select(story_articles.c.story_id).where(held)))


def _drop_empty(connection: Connection, ids: Collection[str]) -> None:
    empty = ~exists().where(story_articles.c.story_id == stories.c.id)
    connection.execute(delete(stories).where(among(connection, stories.c.id, ids), empty))


def _members(story: Story, known: dict[str, int]) -> list[int]:
    missing = [each for each in story.article_ids if each not in known]
    if missing:
        raise StoreError(f"Story {story.id} names an article that is not stored: {missing[0]}.")
    return [known[each] for each in story.article_ids]


def holding(connection: Connection, article_ids: Collection[str]) -> tuple[Story, ...]:
    """Return every story that holds any of these articles, whole."""
    member = select(story_articles.c.story_id).join(articles, articles.c.number == story_articles.c.article)
    return _fetch(connection, stories.c.id.in_(member.where(among(connection, articles.c.id, article_ids))))


def one(connection: Connection, story_id: str) -> Story | None:
    """Return one story."""
    return next(iter(_fetch(connection, stories.c.id == story_id)), None)


def _fetch(connection: Connection, which: ColumnElement[bool]) -> tuple[Story, ...]:
    joined = select(stories.c.id.label("story"), articles.c.id).join_from(stories, story_articles).join(articles)
    rows = connection.execute(joined.where(which).order_by(stories.c.id, articles.c.shown_at, articles.c.id))
    grouped = groupby(rows, key=lambda row: row.story)
    return tuple(Story(story, tuple(row.id for row in members)) for story, members in grouped)
