"""The set of sentences that is worth most: many sets are weighed, the best of each size made larger (a beam search)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.summary.candidates import Candidate
    from briefs.summary.consensus import Sets
    from briefs.summary.worth import Worth

    Chosen = tuple[int, ...]  # candidates by their numbers, ascending

POOL = 32  # sentences, the best alone, of which sets are made
WIDTH = 24  # sets of one size, the best, that are made larger
SAME = 0.4  # share of the shorter sentence's content that the other holds, from which they say the same
SAME_EVENT = 0.3  # the same, for two sentences that chiefly tell the same kind of event
SAME_OPENING = 0.2  # the same, for the first sentences of two articles of one day: both tell the event


def picked(found: Sequence[Candidate], worth: Worth, budget: int, count: int) -> list[Candidate]:
    """The candidates that together are worth most, of at most so many words and sentences; the one to open with is first.

    No two say the same, and what points back has its sentence beside it; where nothing stands alone, one sentence is all.
    """
    singles = worth.of(np.eye(len(found), dtype=bool)).tolist()
    pool = [k for k in sorted(range(len(found)), key=lambda k: -singles[k]) if found[k].length <= budget][:POOL]
    if not pool or count < 1:
        return []
    beam: list[Chosen] = [(k,) for k in pool if found[k].alone]
    best, most = (beam or [(pool[0],)])[0], singles[pool[0]] if not beam else singles[beam[0][0]]
    for _ in range(1, count):
        larger = list(dict.fromkeys(_larger(beam, pool, found, budget)))
        if not larger:
            break
        values = worth.of(_sets(larger, len(found))).tolist()
        order = sorted(range(len(larger)), key=lambda k: -values[k])[:WIDTH]
        beam = [larger[k] for k in order]
        if values[order[0]] > most:
            best, most = beam[0], values[order[0]]
    return [found[k] for k in sorted(best, key=lambda k: (-worth.leads[k], k))]


def _larger(beam: Sequence[Chosen], pool: Sequence[int], found: Sequence[Candidate], budget: int) -> Iterator[Chosen]:
    """Each set with one sentence more that may stand beside the others."""
    for chosen in beam:
        others = [found[k] for k in chosen]
        left = budget - sum(c.length for c in others)
        for k in pool:
            if k not in chosen and found[k].length <= left and _may_join(found[k], others):
                yield tuple(sorted((*chosen, k)))


def _may_join(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a sentence says something else than these, and what it may point back to is there."""
    if any(_say_the_same(candidate, other) for other in others):
        return False
    return candidate.alone or any(candidate.follows(other) for other in others)


def _say_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences share most of their content, or tell one event and neither presents anybody new."""
    shorter = min(len(one.content), len(other.content)) or 1
    presents = bool(one.presents - other.introduced or other.presents - one.introduced)
    one_event = one.event is not None and one.event == other.event and not presents
    share = SAME_EVENT if one_event else SAME_OPENING if one.index == other.index == 0 else SAME
    return len(one.content & other.content) / shorter >= share


def _sets(chosen: Sequence[Chosen], candidates: int) -> Sets:
    sets = np.zeros((len(chosen), candidates), dtype=bool)
    for row, one in enumerate(chosen):
        sets[row, list(one)] = True
    return sets
