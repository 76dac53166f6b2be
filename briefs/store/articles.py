"""Articles with their readings: adding and fetching."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import literal, select

from briefs.models import Article, Block, BlockKind, Extent
from briefs.store import codec, plans, versions
from briefs.store.schema import articles, feed_articles, outlines, readings, storable
from briefs.store.statements import among, insert, one_writer
from briefs.store.unpacking import Packed, Readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Row

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
        plans.save(connection, {n: reading.plans for n, reading in found.items() if reading.plans is not None})


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
