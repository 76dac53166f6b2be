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
    Text,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from briefs.store import stories
from briefs.store.articles import numbers
from briefs.store.schema import articles, contents, stem_counts, telling_stems
from briefs.store.statements import among, insert, inserting, listed, one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, Select
    from sqlalchemy.types import TypeEngine

    from briefs.store.statements import Insert
    from briefs.store.stories import Place

DAY = 86_400.0  # seconds
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
class Around:
    """The likes of some articles, and of all that share a story with either the stories, by article."""

    likes: tuple[str, ...]
    stories: Mapping[str, str]


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
def save(
    connection: Connection,
    found: Sequence[Indexed],
    known: Mapping[str, Place],
    outdated: Mapping[str, Collection[int]],
) -> None:
    """Store the contents of articles that have none, drop those of outdated versions (with their stems), and count anew.

    Call it where no other transaction changes articles.
    """
    stored = _insert(connection, found, known)
    gone = _drop(connection, outdated)
    counts = Counter(stem for each in stored for stem in (ANY, *each.stems))
    counts.subtract(Counter(stem for each in gone for stem in (ANY, *outdated[each])))
    _count(connection, counts)


def _insert(connection: Connection, found: Sequence[Indexed], known: Mapping[str, Place]) -> list[Indexed]:
    """Return those that had no content, of articles that no newer version has replaced."""
    new = {known[each.article_id].number: each for each in found if _lacks(known.get(each.article_id))}
    if not new:
        return []
    rows = [{"article": number, "data": each.data} for number, each in sorted(new.items())]
    connection.execute(insert(connection, contents), rows)
    tellings = sorted(
        (stem, minutes(known[each.article_id].shown_at.timestamp() / DAY), number)
        for number, each in new.items()
        for stem in each.telling
    )
    if tellings:
        connection.execute(_telling(connection.dialect.name), _given(connection, tellings, "stem", "at", "article"))
    return list(new.values())


def _lacks(place: Place | None) -> bool:
    return place is not None and not place.known and not place.superseded


def mend(connection: Connection, packed: Mapping[str, bytes]) -> None:
    """Replace contents that were damaged, where they are still there."""
    rows = [{"of": number, "packed": packed[each]} for each, number in numbers(connection, packed).items()]
    if rows:
        mended = update(contents).where(contents.c.article == bindparam("of")).values(data=bindparam("packed"))
        connection.execute(mended, rows)


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
    if pairs:
        connection.execute(_counting(connection.dialect.name), _given(connection, pairs, "stem", "n"))


def drop_unused(connection: Connection, stems: Collection[int]) -> None:
    """Forget those of these stems that stand in no article any more."""
    unused = among(connection, stem_counts.c.stem, list(stems)) & (stem_counts.c.articles <= 0)
    connection.execute(delete(stem_counts).where(unused))


@cache
def _counting(dialect: str) -> Insert:
    stem, n = _rows(dialect, ("stem", BigInteger), ("n", Integer))
    # SQLite needs the WHERE to tell a select's ON from an upsert's.
    told = select(stem, n) if dialect == "postgresql" else select(stem, n).where(literal_column("1") == 1)
    statement = inserting(dialect, stem_counts).from_select(["stem", "articles"], told)
    more = stem_counts.c.articles + statement.excluded.articles
    return statement.on_conflict_do_update(index_elements=["stem"], set_={"articles": more})


@cache
def _telling(dialect: str) -> Insert:
    told = select(*_rows(dialect, ("stem", BigInteger), ("at", Integer), ("article", BigInteger)))
    return inserting(dialect, telling_stems).from_select(["stem", "at", "article"], told)


def _rows(dialect: str, *columns: tuple[str, type[TypeEngine[int]]]) -> list[ColumnElement[Any]]:
    """The columns of rows that are given as one parameter each in PostgreSQL, as one for all in SQLite: see ``_given``."""
    if dialect == "sqlite":
        value = func.json_each(bindparam("rows", type_=Text)).table_valued("value").c.value
        return [value.op("->>")(literal_column(str(place))).label(name) for place, (name, _) in enumerate(columns)]
    return [func.unnest(bindparam(name, type_=ARRAY(kind))).label(name) for name, kind in columns]


def _given(connection: Connection, rows: Sequence[tuple[int, ...]], *names: str) -> dict[str, Any]:
    if connection.dialect.name == "sqlite":
        return {"rows": json.dumps(rows)}
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


# ------------------------------------------------------------------------------------------------------------- reading
def fetch(connection: Connection, ids: Collection[str]) -> dict[str, bytes]:
    """Return the contents of those of these articles that have one."""
    rows = connection.execute(_fetching(connection.dialect.name), {"ids": listed(connection, ids)})
    return {row.id: row.data for row in rows}


@cache
def _fetching(dialect: str) -> Select[Any]:
    joined = select(articles.c.id, contents.c.data).join_from(articles, contents)
    return joined.where(one_of(dialect, articles.c.id, "ids"))


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
    told = {"stems": listed(connection, [ANY, *stems])}
    return dict(iter(connection.execute(_counts(connection.dialect.name), told)))


@cache
def _counts(dialect: str) -> Select[Any]:
    return select(stem_counts.c.stem, stem_counts.c.articles).where(one_of(dialect, stem_counts.c.stem, "stems"))


def around(
    connection: Connection, ids: Collection[str], sought: Sequence[Sought], *, likes: int, in_all: int, members: int
) -> Around:
    """Return the likes of these articles: of each article the best, of the best of all so many; and who shares their stories."""
    ranked = zip_longest(*(near(connection, each, likes) for each in sought))
    found = dict.fromkeys(each for rank in ranked for each in rank if each is not None)
    close = tuple(islice((each for each in found if each not in ids), in_all))
    return Around(close, stories.around(connection, [*ids, *close], members))


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
