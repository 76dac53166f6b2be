"""What grouping knows of articles, and which articles tell alike: found by the stems that tell most of each.

A stem is known by its code, a number. Nothing here grows with the archive but the indexes.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Float,
    Integer,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from briefs.store import stories, versions
from briefs.store.articles import numbers
from briefs.store.schema import articles, contents, stem_counts, telling_stems
from briefs.store.statements import among, insert

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, Select

ANY = -1  # no stem's code: it counts the articles themselves
ARM = 60  # articles at most that one telling stem leads to, on each side of a time
FARTHEST = 2**31 - 1  # minutes


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article's packed content with the codes of all its stems and of those that tell most of it."""

    article_id: str
    data: bytes
    stems: frozenset[int]
    telling: frozenset[int]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Of articles that are to be grouped: the times of those stored, which have a content, and the contents they outdate."""

    times: Mapping[str, datetime]
    known: frozenset[str]
    outdated: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Around:
    """The likes of some articles and all that share a story with either: the stories by article, and the contents there are."""

    stories: Mapping[str, str]
    contents: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Sought:
    """The stems that tell most of an article, by code and weight; its time, and the first and last of its likes: days since 1970.

    Who shares stems of less weight in all than ``least`` is none of its likes.
    """

    weights: Mapping[int, float]
    at: float
    since: float
    until: float
    least: float = 0.0


def minutes(days: float) -> int:
    """A time as the index knows it: minutes since 1970."""
    return max(-FARTHEST, min(FARTHEST, int(days * 1440)))


# ------------------------------------------------------------------------------------------------------------- writing
def save(connection: Connection, found: Sequence[Indexed], outdated: Mapping[str, Collection[int]]) -> None:
    """Store the contents of articles that have none, drop those of outdated versions (with their stems), and count anew.

    Call it where no other transaction changes articles.
    """
    stored = _insert(connection, found)
    gone = _drop(connection, outdated)
    counts = Counter(stem for each in stored for stem in (ANY, *each.stems))
    counts.subtract(Counter(stem for each in gone for stem in (ANY, *outdated[each])))
    _count(connection, counts)


def _insert(connection: Connection, found: Sequence[Indexed]) -> list[Indexed]:
    """Return those that were not known, of articles that no newer version has replaced."""
    known = numbers(connection, [each.article_id for each in found])
    newest = versions.without_superseded(connection, known.values())
    of = {known[each.article_id]: each for each in found if known.get(each.article_id) in newest}
    if not of:
        return []
    statement = insert(connection, contents).on_conflict_do_nothing().returning(contents.c.article)
    rows = [{"article": number, "data": each.data} for number, each in sorted(of.items())]
    added = set(connection.scalars(statement, rows))
    times = select(articles.c.number, articles.c.shown_at).where(among(connection, articles.c.number, added))
    tellings = [
        {"stem": stem, "at": minutes(row.shown_at.timestamp() / 86_400), "article": row.number}
        for row in connection.execute(times)
        for stem in of[row.number].telling
    ]
    if tellings:
        tellings.sort(key=lambda row: (row["stem"], row["at"], row["article"]))
        connection.execute(insert(connection, telling_stems).on_conflict_do_nothing(), tellings)
    return [of[number] for number in sorted(added)]


def _drop(connection: Connection, ids: Collection[str]) -> list[str]:
    """Return those that had a content."""
    if not ids:
        return []
    of = {number: each for each, number in numbers(connection, ids).items()}
    gone = delete(contents).where(among(connection, contents.c.article, of)).returning(contents.c.article)
    dropped = list(connection.scalars(gone))
    connection.execute(delete(telling_stems).where(among(connection, telling_stems.c.article, dropped)))
    return [of[number] for number in dropped]


def _count(connection: Connection, counts: Mapping[int, int]) -> None:
    """Add to the numbers of articles that hold each stem; in one order, and one statement however many they are."""
    pairs = sorted((stem, n) for stem, n in counts.items() if n)
    if not pairs:
        return
    statement = insert(connection, stem_counts).from_select(["stem", "articles"], _listed(connection, pairs))
    more = stem_counts.c.articles + statement.excluded.articles
    connection.execute(statement.on_conflict_do_update(index_elements=["stem"], set_={"articles": more}))


def _listed(connection: Connection, pairs: Sequence[tuple[int, int]]) -> Select[Any]:
    """The pairs as rows."""
    if connection.dialect.name == "sqlite":
        rows = func.json_each(json.dumps(pairs)).table_valued("value")
        # SQLite needs the WHERE to tell a select's ON from an upsert's.
        return select(rows.c.value.op("->>")(0), rows.c.value.op("->>")(1)).where(literal_column("1") == 1)
    stems = bindparam(None, [stem for stem, _ in pairs], type_=ARRAY(BigInteger))
    added = bindparam(None, [n for _, n in pairs], type_=ARRAY(Integer))
    return select(func.unnest(stems), func.unnest(added))


# ------------------------------------------------------------------------------------------------------------- reading
def fetch(connection: Connection, ids: Collection[str]) -> dict[str, bytes]:
    """Return the contents of those of these articles that have one."""
    joined = select(articles.c.id, contents.c.data).join_from(articles, contents)
    return {row.id: row.data for row in connection.execute(joined.where(among(connection, articles.c.id, ids)))}


def outdated(connection: Connection, ids: Collection[str]) -> dict[str, bytes]:
    """Return the contents of older versions of these articles."""
    new = articles.alias("new")
    older = (
        select(articles.c.id, contents.c.data).join_from(articles, contents).join(new, new.c.root == articles.c.root)
    )
    chosen = older.where(among(connection, new.c.id, ids), articles.c.version < new.c.version)
    return {row.id: row.data for row in connection.execute(chosen)}


def counts(connection: Connection, stems: Iterable[int]) -> dict[int, int]:
    """Return in how many articles each of these stems stands; ANY: how many articles there are."""
    wanted = among(connection, stem_counts.c.stem, [ANY, *stems])
    found = select(stem_counts.c.stem, stem_counts.c.articles).where(wanted)
    return dict(iter(connection.execute(found)))


def arrived(connection: Connection, ids: Collection[str], edited: Collection[str]) -> Arrived:
    """Return what there is of articles that are to be grouped; ``edited``: those of them that follow on older versions."""
    found = select(articles.c.id, articles.c.shown_at, contents.c.article).outerjoin(contents)
    rows = connection.execute(found.where(among(connection, articles.c.id, ids))).all()
    known = frozenset(row.id for row in rows if row.article is not None)
    return Arrived({row.id: row.shown_at for row in rows}, known, outdated(connection, edited) if edited else {})


def around(
    connection: Connection, ids: Collection[str], sought: Sequence[Sought], *, likes: int, in_all: int, members: int
) -> Around:
    """Return the likes of these articles: of each article the best, of the best of all so many; and who shares their stories."""
    ranked = zip_longest(*(near(connection, each, likes) for each in sought))
    found = dict.fromkeys(each for rank in ranked for each in rank if each is not None)
    close = list(islice((each for each in found if each not in ids), in_all))
    held = stories.around(connection, [*ids, *close], members)
    return Around(held, fetch(connection, {*close, *held}.difference(ids)))


def near(connection: Connection, sought: Sought, limit: int) -> tuple[str, ...]:
    """Return the articles that share the heaviest stems with what is sought, best first."""
    if not sought.weights:
        return ()
    told: dict[str, Any] = {"most": limit, "least": sought.least, "at": minutes(sought.at)}
    told |= {"since": minutes(sought.since), "until": minutes(sought.until)}
    for place, (stem, weight) in enumerate(sorted(sought.weights.items())):
        told |= {f"stem{place}": stem, f"weight{place}": weight}
    return tuple(connection.scalars(_nearest(len(sought.weights)), told))


@cache
def _nearest(stems: int) -> Select[Any]:
    """The look-up for so many stems; each leads to the ARM articles nearest in time on each side, so that none is long."""
    arms = union_all(*(arm for place in range(stems) for arm in _arms(place))).subquery("arms")
    total = func.sum(arms.c.weight)
    best = select(arms.c.article, total.label("weight")).group_by(arms.c.article).having(total >= bindparam("least"))
    best_few = best.order_by(total.desc(), arms.c.article.desc()).limit(bindparam("most")).subquery("best")
    found = select(articles.c.id).join(best_few, best_few.c.article == articles.c.number).where(~articles.c.superseded)
    return found.order_by(best_few.c.weight.desc(), best_few.c.article.desc())


def _arms(place: int) -> tuple[Select[Any], Select[Any]]:
    at, weight = telling_stems.c.at, bindparam(f"weight{place}", type_=Float).label("weight")
    told = select(telling_stems.c.article, weight).where(
        telling_stems.c.stem == bindparam(f"stem{place}", type_=BigInteger)
    )
    before = told.where(at <= bindparam("at"), at >= bindparam("since"), at <= bindparam("until"))
    after = told.where(at > bindparam("at"), at >= bindparam("since"), at <= bindparam("until"))
    return _few(before, at.desc()), _few(after, at)


def _few(told: Select[Any], nearest: ColumnElement[Any]) -> Select[Any]:
    """SQLite orders and cuts only a select of its own."""
    few = told.order_by(nearest).limit(ARM).subquery()
    return select(few.c.article, few.c.weight)


def without(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return the ids of articles that were stored before there were contents, the latest first; the index alone is read."""
    lacking = select(articles.c.number).outerjoin(contents).where(contents.c.article.is_(None), ~articles.c.superseded)
    latest = lacking.order_by(articles.c.shown_at.desc()).limit(limit)
    found = select(articles.c.id).where(articles.c.number.in_(latest))
    return tuple(connection.scalars(found.order_by(articles.c.shown_at.desc(), articles.c.id)))
