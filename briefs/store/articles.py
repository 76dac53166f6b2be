"""Articles with their readings: adding, fetching, and which of them a server sees."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, literal, select, true

from briefs.models import Article, Block, BlockKind, Extent
from briefs.store import codec, versions
from briefs.store.records import EVERYONE
from briefs.store.schema import articles, feed_articles, outlines, readings, storable, subscriptions
from briefs.store.statements import among, insert, one_writer
from briefs.store.unpacking import Packed, Readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from briefs.models import Reading


def add(connection: Connection, items: Sequence[tuple[Article, Reading]], feed_id: int | None) -> tuple[str, ...]:
    """Store articles with their readings, linked to their feed; return the ids that were new, in the order given."""
    one_writer(connection)
    added = store(connection, items)
    if feed_id is not None:
        link(connection, {article.root for article, _ in items}, feed_id)
    return added


def store(connection: Connection, items: Sequence[tuple[Article, Reading]]) -> tuple[str, ...]:
    """Store articles and new versions with their readings; return the ids that were new, in the order given."""
    if not items:
        return ()
    given = [article for article, _ in items]
    added = _insert(connection, [article for article in given if article.version == 1])
    added |= _insert_versions(connection, [article for article in given if article.version > 1])
    _insert_readings(
        connection, [(added[reading.article_id], reading) for _, reading in items if reading.article_id in added]
    )
    return tuple(dict.fromkeys(article.id for article in given if article.id in added))


def _insert(connection: Connection, items: Collection[Article]) -> dict[str, int]:
    """Return the numbers of the articles that were not known."""
    if not items:
        return {}
    statement = insert(connection, articles).on_conflict_do_nothing()
    numbered = statement.returning(articles.c.id, articles.c.number)
    # By id, so that what came together is numbered, and found, the same way whatever order it came in.
    rows = connection.execute(numbered, [_article_row(article) for article in sorted(items, key=lambda each: each.id)])
    numbers = {row.id: row.number for row in rows}
    return {article.id: numbers[storable(article.id)] for article in items if storable(article.id) in numbers}


def _insert_versions(connection: Connection, items: Sequence[Article]) -> dict[str, int]:
    """Put those that follow right on what is stored in its place; return their numbers."""
    if not items:
        return {}
    stored = versions.newest(connection, {article.root for article in items})
    following = versions.following(items, stored)
    added = _insert(connection, following)
    replaced = {stored[storable(each.root)].number: added[each.id] for each in following if each.id in added}
    versions.replace(connection, replaced)
    return added


def _insert_readings(connection: Connection, items: Iterable[tuple[int, Reading]]) -> None:
    found = dict(items)
    if found:
        rows = [_reading_row(number, reading) for number, reading in found.items()]
        connection.execute(insert(connection, readings), rows)
        save_outlines(connection, {n: reading.outline for n, reading in found.items() if reading.outline is not None})


def save_outlines(connection: Connection, by_number: Mapping[int, str]) -> None:
    """Store the outlines of articles that have none."""
    rows = [{"article": number, "data": codec.pack_text(outline)} for number, outline in by_number.items()]
    if rows:
        connection.execute(insert(connection, outlines).on_conflict_do_nothing(), rows)


def link(connection: Connection, roots: Collection[str], feed_id: int) -> None:
    """Let a feed show these articles, by root, each in its newest version."""
    if not roots:
        return
    columns = [articles.c.number, literal(feed_id), articles.c.shown_at]
    newest = among(connection, articles.c.root, roots) & ~articles.c.superseded
    found = select(*columns).where(newest).order_by(articles.c.number)
    linked = insert(connection, feed_articles).from_select(["article", "feed_id", "shown_at"], found)
    connection.execute(linked.on_conflict_do_nothing())


def numbers(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """Return the row numbers of those articles that are stored."""
    found = select(articles.c.id, articles.c.number).where(among(connection, articles.c.id, ids))
    return {row.id: row.number for row in connection.execute(found)}


def fetch(connection: Connection, ids: Collection[str]) -> dict[str, Article]:
    """Return the stored articles of these ids, in the order given."""
    found = {
        row.id: _article(row)
        for row in connection.execute(select(articles).where(among(connection, articles.c.id, ids)))
    }
    return {each: found[each] for each in ids if each in found}


def current(connection: Connection, roots: Collection[str]) -> dict[str, Article]:
    """Return the newest version of each article, by its root, in the order given."""
    newest = among(connection, articles.c.root, roots) & ~articles.c.superseded
    found = {row.root: _article(row) for row in connection.execute(select(articles).where(newest))}
    return {root: found[root] for root in roots if root in found}


def fetch_readings(connection: Connection, ids: Collection[str]) -> Readings:
    """Return the stored readings of these articles, in the order given; each is unpacked when it is looked up."""
    held = select(articles.c.id, readings.c.data, outlines.c.data.label("outline")).join_from(articles, readings)
    joined = held.outerjoin(outlines, outlines.c.article == articles.c.number)
    rows = connection.execute(joined.where(among(connection, articles.c.id, ids)))
    found = {row.id: Packed(row.data, row.outline) for row in rows}
    return Readings({each: found[each] for each in ids if each in found})


def fetch_outlines(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return the outlines of those articles that have one, the newest article first."""
    joined = select(articles.c.id, outlines.c.data).join_from(articles, outlines)
    newest_first = joined.order_by(articles.c.shown_at.desc(), articles.c.id)
    rows = connection.execute(newest_first.where(among(connection, articles.c.id, ids)))
    return {row.id: codec.unpack_text(row.data) for row in rows}


def without_outline(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return the ids of articles that have a reading and no outline, the latest stored first."""
    without = (
        select(articles.c.id).join_from(articles, readings).outerjoin(outlines, outlines.c.article == articles.c.number)
    )
    latest = without.where(outlines.c.article.is_(None)).order_by(articles.c.number.desc())
    return tuple(connection.scalars(latest.limit(limit)))


def visible(
    connection: Connection, guild_id: int | None, since: datetime | None, until: datetime | None, limit: int | None
) -> tuple[str, ...]:
    """Return ids, newest first; ``since`` and ``until`` are both inclusive."""
    chosen = select(articles.c.id).where(~articles.c.superseded, seen_by(guild_id), between(since, until))
    return tuple(connection.scalars(chosen.order_by(articles.c.shown_at.desc(), articles.c.id).limit(limit)))


def seen_of(
    connection: Connection, ids: Collection[str], guild_id: int | None, until: datetime | None
) -> tuple[str, ...]:
    """Return those of these ids that ``visible`` would return, in the order given."""
    these = among(connection, articles.c.id, ids), ~articles.c.superseded, seen_by(guild_id), between(None, until)
    seen = set(connection.scalars(select(articles.c.id).where(*these)))
    return tuple(each for each in ids if each in seen)


def count_visible(connection: Connection, guild_id: int | None, until: datetime | None) -> int:
    """Return how many articles a server sees."""
    if guild_id is None:
        newest = select(func.count()).select_from(articles).where(~articles.c.superseded, between(None, until))
        return connection.scalar(newest) or 0
    return connection.scalar(select(func.count()).select_from(_shown_to(guild_id, until).subquery())) or 0


def oldest_visible(connection: Connection, guild_id: int) -> datetime | None:
    """Return the time of the oldest article that a server sees: of each of its feeds the first in the index."""
    first = select(func.min(feed_articles.c.shown_at)).where(feed_articles.c.feed_id == subscriptions.c.feed_id)
    theirs = select(first.scalar_subquery()).where(subscriptions.c.guild_id.in_([guild_id, EVERYONE]))
    return min((each for each in connection.scalars(theirs) if each is not None), default=None)


def visible_few(connection: Connection, guild_id: int, until: datetime | None) -> tuple[str, ...]:
    """Return what ``visible`` returns, for a server that sees few articles: found by its feeds, however many others there are."""
    theirs = among(connection, articles.c.number, connection.scalars(_shown_to(guild_id, until)).all())
    rows = connection.execute(select(articles.c.id, articles.c.shown_at).where(theirs))
    return tuple(row.id for row in sorted(rows, key=lambda row: (-row.shown_at.timestamp(), row.id)))


def _shown_to(guild_id: int, until: datetime | None) -> Select[int]:
    """The numbers of the articles that a server sees."""
    earlier = true() if until is None else feed_articles.c.shown_at <= until
    return select(feed_articles.c.article).where(feed_articles.c.feed_id.in_(_read_by(guild_id)), earlier).distinct()


def seen_by(guild_id: int | None) -> ColumnElement[bool]:
    """Return "the article came from a feed this server reads"; None sees all. No feed shows a superseded version."""
    if guild_id is None:
        return true()
    shared = feed_articles.c.article == articles.c.number, feed_articles.c.feed_id.in_(_read_by(guild_id))
    return select(1).select_from(feed_articles).where(*shared).correlate(articles).exists()


def _read_by(guild_id: int) -> Select[tuple[int]]:
    """The feeds a server subscribes to, and the operator's, which every server reads."""
    return select(subscriptions.c.feed_id).where(subscriptions.c.guild_id.in_([guild_id, EVERYONE]))


def between(since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    """Return "the article's time is in this window", ends included: what is seen first now is visible now."""
    condition = true() if since is None else articles.c.shown_at >= since
    return condition if until is None else and_(condition, articles.c.shown_at <= until)


def _article_row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "text": article.text,
        "blocks": json.dumps(
            [[block.start, block.end, block.kind.value] for block in article.blocks], separators=(",", ":")
        ),
        "language": article.language,
        "published_at": article.published_at,
        "first_seen_at": article.first_seen_at,
        "shown_at": article.shown_at,
        "author": article.author,
        "image": article.image,
        "extent": article.extent.value,
        "version": article.version,
        "root": article.root,
        "copy_of": article.copy_of,
    }


def _article(row: Row[Any]) -> Article:
    return Article(
        id=row.id,
        text=row.text,
        blocks=tuple(Block(start, end, BlockKind(kind)) for start, end, kind in json.loads(row.blocks)),
        first_seen_at=row.first_seen_at,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        published_at=row.published_at,
        language=row.language,
        author=row.author,
        image=row.image,
        extent=Extent(row.extent),
        version=row.version,
        version_of=None if row.root == row.id else row.root,
        copy_of=row.copy_of,
    )


def _reading_row(number: int, reading: Reading) -> dict[str, Any]:
    return {"article": number, "facts": len(reading.facts), "data": codec.pack(replace(reading, outline=None))}
