"""Which articles belong to which story. An article is in one story; a story is whole, oldest article first.

A story that was merged into another is known by its own id, too: what was posted under it still leads somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, exists, func, or_, select, update

from briefs.errors import StoreError
from briefs.models import Story
from briefs.store.records import EVERYONE
from briefs.store.schema import articles, contents, settings, stories, story_aliases, story_articles
from briefs.store.statements import among, insert, inserting, listed, one_of, one_writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, Select

    from briefs.store.statements import Insert


BEGUN = "begun stories"  # the operator's setting that names those of which is yet to be found out what they continue
_BEGUN = (settings.c.guild_id == EVERYONE) & (settings.c.name == BEGUN)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stored article stands: its row number, the id of its first version, its time and so on."""

    number: int
    root: str
    shown_at: datetime
    superseded: bool  # by an edit
    copy_of: str | None  # the root of its original
    known: bool  # it has a content
    story_id: str | None


def places(connection: Connection, ids: Collection[str]) -> dict[str, Place]:
    """Return where those of these articles stand that are stored."""
    if not ids:
        return {}
    rows = connection.execute(_places(connection.dialect.name), {"ids": listed(connection, ids)})
    return {row.id: Place(*row[1:]) for row in rows}


@cache
def _places(dialect: str) -> Select[Any]:
    own = articles.c.number, articles.c.root, articles.c.shown_at, articles.c.superseded, articles.c.copy_of
    known = contents.c.article.is_not(None)
    held = select(articles.c.id, *own, known, story_articles.c.story_id).select_from(articles)
    return held.outerjoin(contents).outerjoin(story_articles).where(one_of(dialect, articles.c.id, "ids"))


def save(
    connection: Connection,
    named: Sequence[Story],
    known: Mapping[str, Place],
    merged: Mapping[str, str] | None = None,
) -> None:
    """Put the named articles, whose places are known, into these stories; a story that is left without articles goes.

    ``merged``: stories that are part of others now, with all their articles. Call it where no other transaction changes
    articles.
    """
    members = {place.number: (place, story) for story in named for place in _members(story, known)}
    # An edit may have come while they were grouped.
    moved = {number: (place, story) for number, (place, story) in members.items() if not place.superseded}
    if not moved:
        return
    held = {place.story_id for place, _ in moved.values()}
    _begin(connection, {story.id: story for _, story in moved.values() if story.id not in held})
    rows = [{"article": n, "story_id": story.id} for n, (place, story) in moved.items() if place.story_id != story.id]
    if rows:
        connection.execute(_moving(connection.dialect.name), rows)
    for old, new in sorted((merged or {}).items()):
        _merge(connection, old, new)
    left = {place.story_id for place, story in moved.values() if place.story_id not in {None, story.id}}
    drop_empty(connection, {each for each in left if each} | set(merged or {}))


@cache
def _moving(dialect: str) -> Insert:
    statement = inserting(dialect, story_articles)
    return statement.on_conflict_do_update(index_elements=["article"], set_={"story_id": statement.excluded.story_id})


def _begin(connection: Connection, begun: Mapping[str, Story]) -> None:
    """An id that a story had before it was merged may be a story's own again."""
    if not begun:
        return
    rows = [{"id": name, "continues": story.continues} for name, story in sorted(begun.items())]
    connection.execute(insert(connection, stories).on_conflict_do_nothing(), rows)
    connection.execute(delete(story_aliases).where(among(connection, story_aliases.c.id, begun.keys())))


def _merge(connection: Connection, old: str, new: str) -> None:
    before = connection.scalar(select(stories.c.continues).where(stories.c.id == old))
    for column in (story_articles.c.story_id, story_aliases.c.story_id, stories.c.continues):
        connection.execute(update(column.table).where(column == old).values({column: new}))
    _follow_on(connection, new, before)
    alias = insert(connection, story_aliases).values(id=old, story_id=new)
    connection.execute(alias.on_conflict_do_update(index_elements=["id"], set_={"story_id": new}))


def _follow_on(connection: Connection, story_id: str, before: str | None) -> None:
    """Let a story that took another one in continue what it did, else what the other did; never itself, by whatever way."""
    own = connection.scalar(select(stories.c.continues).where(stories.c.id == story_id))
    wanted = before if own in {None, story_id} else own
    if wanted is not None and story_id in _before(connection, wanted):
        wanted = None
    if wanted != own:
        connection.execute(update(stories).where(stories.c.id == story_id).values(continues=wanted))


def drop_empty(connection: Connection, ids: Collection[str]) -> None:
    """Drop those of these stories that have no article left; what continued one of them continues none."""
    if not ids:
        return
    empty = ~exists().where(story_articles.c.story_id == stories.c.id)
    gone = delete(stories).where(among(connection, stories.c.id, ids), empty).returning(stories.c.id)
    if dropped := list(connection.scalars(gone)):
        connection.execute(
            update(stories).where(among(connection, stories.c.continues, dropped)).values(continues=None)
        )


def _members(story: Story, known: Mapping[str, Place]) -> list[Place]:
    missing = [each for each in story.article_ids if each not in known]
    if missing:
        raise StoreError(f"Story {story.id} names an article that is not stored: {missing[0]}.")
    return [known[each] for each in story.article_ids]


def holding(connection: Connection, article_ids: Collection[str]) -> tuple[Story, ...]:
    """Return every story that holds any of these articles, whole."""
    member = select(story_articles.c.story_id).join(articles, articles.c.number == story_articles.c.article)
    return _fetch(connection, stories.c.id.in_(member.where(among(connection, articles.c.id, article_ids))))


def one(connection: Connection, story_id: str) -> Story | None:
    """Return one story, by its id or by that of a story that was merged into it."""
    alias = select(story_aliases.c.story_id).where(story_aliases.c.id == story_id)
    return next(iter(_fetch(connection, or_(stories.c.id == story_id, stories.c.id.in_(alias)))), None)


def continuing(connection: Connection, ids: Collection[str]) -> tuple[Story, ...]:
    """Return every story that is the next chapter of one of these, whole."""
    return _fetch(connection, among(connection, stories.c.continues, ids))


def noted_begun(connection: Connection) -> tuple[str, ...]:
    """Return the stories of which is yet to be found out what they continue."""
    noted = connection.scalar(select(settings.c.value).where(_BEGUN))
    return tuple(noted.split()) if noted else ()


def note_begun(connection: Connection, ids: Collection[str]) -> None:
    """Remember stories until it was found out what they continue, whatever crashes in between."""
    if ids:
        _write_begun(connection, dict.fromkeys([*noted_begun(connection), *sorted(ids)]))


def forget_begun(connection: Connection, ids: Collection[str]) -> None:
    """Let go of stories that were looked at."""
    _write_begun(connection, [each for each in noted_begun(connection) if each not in ids])


def _write_begun(connection: Connection, ids: Collection[str]) -> None:
    connection.execute(delete(settings).where(_BEGUN))
    if ids:
        row = {"guild_id": EVERYONE, "name": BEGUN, "value": " ".join(ids)}
        connection.execute(insert(connection, settings).values(row))


def go_on(connection: Connection, story_id: str, older: str) -> None:
    """Record that a story is the next chapter of an older one, where both are there and nothing goes in a circle."""
    one_writer(connection)
    there = exists().where(stories.c.id == older)
    if any(story_id == each for each in _before(connection, older)):
        return
    connection.execute(update(stories).where(stories.c.id == story_id, there).values(continues=older))


def _before(connection: Connection, story_id: str) -> Iterator[str]:
    """A story and all that it continues."""
    seen: set[str] = set()
    now: str | None = story_id
    while now is not None and now not in seen:
        yield now
        seen.add(now)
        now = connection.scalar(select(stories.c.continues).where(stories.c.id == now))


def standing(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    """Return those of these ids that are a story's."""
    return frozenset(connection.scalars(select(stories.c.id).where(among(connection, stories.c.id, ids))))


def around(connection: Connection, article_ids: Collection[str], most: int) -> dict[str, str]:
    """Return the stories of these articles, by article: of each story its first article and its latest ``most``."""
    told = {"ids": listed(connection, article_ids), "most": most}
    return {row.id: row.story_id for row in connection.execute(_around(connection.dialect.name), told)}


@cache
def _around(dialect: str) -> Select[Any]:
    held = select(story_articles.c.story_id).join(articles, articles.c.number == story_articles.c.article)
    of, at, name = story_articles.c.story_id, articles.c.shown_at, articles.c.id
    asked = one_of(dialect, name, "ids")
    ranked = select(
        name,
        of,
        asked.label("asked"),
        func.row_number().over(partition_by=of, order_by=(at.desc(), name.desc())).label("latest"),
        func.row_number().over(partition_by=of, order_by=(at, name)).label("place"),
    ).join_from(story_articles, articles)
    members = ranked.where(of.in_(held.where(asked))).subquery()
    chosen = or_(members.c.latest <= bindparam("most"), members.c.place == 1, members.c.asked)
    return select(members.c.id, members.c.story_id).where(chosen).order_by(members.c.id)


def _fetch(connection: Connection, which: ColumnElement[bool]) -> tuple[Story, ...]:
    columns = stories.c.id.label("story"), stories.c.continues, articles.c.id
    joined = select(*columns).join_from(stories, story_articles).join(articles)
    rows = connection.execute(joined.where(which).order_by(stories.c.id, articles.c.shown_at, articles.c.id))
    grouped = groupby(rows, key=lambda row: (row.story, row.continues))
    return tuple(Story(story, tuple(row.id for row in members), on) for (story, on), members in grouped)
