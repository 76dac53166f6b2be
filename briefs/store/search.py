"""Full-text search: any of the terms, best first. SQLite ranks by bm25 (FTS5); PostgreSQL by the terms' rarity, then ts_rank.

Ranking is what costs: a microsecond or two for each article that matches on SQLite, more on PostgreSQL; counting costs a
thirtieth of that. So the matches of each term are counted first, and only the articles that hold one of the rarest terms
are ranked, MOST_RANKED at most, by all the terms. Where every term is common, those that hold several at once are ranked.
What holds only common terms comes after them, the latest stored first.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from briefs.store.articles import numbers
from briefs.store.fulltext import index_of
from briefs.store.schema import articles, storable
from briefs.store.statements import among
from briefs.store.visibility import between, seen_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from briefs.store.fulltext import Index

WORDS = re.compile(r"\w")
CHUNK = 400  # ranked articles at most that are looked at together
SPARE = 1.2  # times as many as are wanted are looked at first: mostly nearly all may be seen


def search(
    connection: Connection,
    terms: Sequence[str],
    *,
    guild_id: int | None,
    until: datetime | None,
    ids: Collection[str] | None,
    limit: int,
    newest: int = 0,
) -> tuple[str, ...]:
    """Return the ids of articles that hold any of the terms, best first; a term of several words is a phrase.

    Where more than ``limit`` do, the last ``newest`` are the latest stored of them, however well they match.
    """
    spoken = [storable(term) for term in dict.fromkeys(terms) if WORDS.search(term)]
    if not spoken or limit <= 0:
        return ()
    index = index_of(connection)
    counts = index.counts(spoken)
    if not counts:
        return ()
    chosen = None if ids is None else set(numbers(connection, ids).values())
    allowed = [seen_by(guild_id), between(None, until)]

    def first(ranked: Iterator[int], count: int) -> tuple[str, ...]:
        mine = ranked if chosen is None else (number for number in ranked if number in chosen)
        return _first_allowed(connection, mine, allowed, count)

    telling = _telling(index, counts)
    best = first(_ranked(index, telling, counts), limit)
    if not newest or len(best) < limit:
        return best
    latest = first(index.latest(telling.sets, few=telling.few), newest)
    return tuple(dict.fromkeys([*best[: limit - newest], *latest, *best]))[:limit]


class Telling(NamedTuple):
    """What an article must hold to be ranked: all the terms of one of these sets."""

    sets: list[list[str]]
    few: bool  # articles hold it, few enough to be ranked


def _telling(index: Index, counts: Mapping[str, int]) -> Telling:
    """Return the rarest terms, each a set; or, where all are common, as many together as make the articles few."""
    rarest_first = sorted(counts, key=counts.__getitem__)
    totals = accumulate(counts[term] for term in rarest_first)
    if rare := [[term] for term, total in zip(rarest_first, totals, strict=True) if total <= index.most]:
        return Telling(rare, few=True)
    together = rarest_first[:1]
    for term in rarest_first[1:]:
        count = index.count(*together, term)
        if 0 < count <= index.most:
            return Telling([[*together, term]], few=True)
        if count:
            together.append(term)
    return Telling([together], few=False)


def _ranked(index: Index, telling: Telling, counts: Mapping[str, int]) -> Iterator[int]:
    """Give the numbers of the matching articles: the best first, then what only holds common terms, each once."""
    seen: set[int] = set()
    best = index.best(telling.sets, counts) if telling.few else index.latest(telling.sets, few=False)
    for number in islice(best, index.most):
        seen.add(number)
        yield number
    if not counts.keys() <= set().union(*telling.sets):
        latest = islice(index.latest([[term] for term in counts], few=False), index.most)
        yield from (number for number in latest if number not in seen)


def _first_allowed(
    connection: Connection, ranked: Iterator[int], allowed: Sequence[ColumnElement[bool]], limit: int
) -> tuple[str, ...]:
    """Look the best up, in ever larger chunks, until enough of them may be seen: each costs a look at its row."""
    found: list[str] = []
    size = int(SPARE * limit) + 1
    while len(found) < limit and (chunk := list(islice(ranked, min(size, CHUNK)))):
        these = select(articles.c.number, articles.c.id).where(among(connection, articles.c.number, chunk), *allowed)
        seen = {row.number: row.id for row in connection.execute(these).all()}
        found += [seen[number] for number in chunk if number in seen]
        size *= 2
    return tuple(found[:limit])
