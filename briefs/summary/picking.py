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

POOL = 28  # sentences, the best alone, of which sets are made
WIDTH = 16  # sets of one size, the best, that are made larger
MORE = 0.03  # of its worth, what a set may lose by a sentence more: readers want to know what else there is
SAME = 0.4  # share of the shorter sentence's content that the other holds, from which they say the same
SAME_FIGURES = 0.25  # the same, where all figures and months of one are the other's
TOGETHER = 0.5  # the same, against all the others together
SAME_EVENT = 0.3  # the same, for two sentences that chiefly tell the same kind of event
SAME_OPENING = 0.15  # the same, for the first sentences of two articles of one day: both tell the event


def picked(found: Sequence[Candidate], worth: Worth, budget: int, count: int) -> list[Candidate]:
    """The candidates that together are worth most, of at most so many words and sentences; the one to open with is first.

    No two say the same, and what points back has its sentence beside it; where nothing stands alone, one sentence is all.
    """
    singles = worth.of(np.eye(len(found), dtype=bool)).tolist()
    short = [k for k in sorted(range(len(found)), key=lambda k: -singles[k]) if found[k].length <= budget]
    pool = ([k for k in short if found[k].sound] or short)[:POOL]
    if not pool or count < 1:
        return []
    beam: list[Chosen] = [(k,) for k in pool if found[k].opens] or [(k,) for k in pool if found[k].alone]
    best, most = (beam or [(pool[0],)])[0], singles[pool[0]] if not beam else singles[beam[0][0]]
    neighbours = _Neighbours(found)
    for _ in range(1, count):
        larger = list(dict.fromkeys(_larger(beam, pool, found, neighbours, budget)))
        if not larger:
            break
        values = worth.of(_sets(larger, len(found))).tolist()
        order = sorted(range(len(larger)), key=lambda k: -values[k])[:WIDTH]
        beam = [larger[k] for k in order]
        if values[order[0]] > most * (1 - MORE):
            best, most = beam[0], values[order[0]]
    return [found[k] for k in sorted(best, key=lambda k: (-worth.leads[k], k))]


class _Neighbours:
    """Which candidates may stand beside which."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self._found = found
        self._same: dict[tuple[int, int], bool] = {}

    def may_join(self, k: int, chosen: Chosen) -> bool:
        """Whether a sentence says something else than these, and what it may point back to is there."""
        candidate, others = self._found[k], [self._found[other] for other in chosen]
        if any(self._say_the_same(*sorted((k, other))) for other in chosen):
            return False
        if not candidate.alone and not any(candidate.follows(other) for other in others):
            return False
        if not any(other.has_spoken_of(candidate.assumes) for other in others):
            return False
        return len(others) == 1 or not _all_told(candidate, others)

    def _say_the_same(self, k: int, other: int) -> bool:
        if (k, other) not in self._same:
            self._same[k, other] = _say_the_same(self._found[k], self._found[other])
        return self._same[k, other]


def _larger(
    beam: Sequence[Chosen], pool: Sequence[int], found: Sequence[Candidate], neighbours: _Neighbours, budget: int
) -> Iterator[Chosen]:
    """Each set with one sentence more that may stand beside the others."""
    for chosen in beam:
        left = budget - sum(found[k].length for k in chosen)
        for k in pool:
            if k not in chosen and found[k].length <= left and neighbours.may_join(k, chosen):
                yield tuple(sorted((*chosen, k)))


def _say_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences share most of what they tell, or tell one event and neither presents anybody new."""
    shorter, longer = sorted((one, other), key=lambda c: len(c.told))
    return len(shorter.told & longer.meant) >= _share(one, other) * max(1, len(shorter.told))


def _share(one: Candidate, other: Candidate) -> float:
    """The share of the shorter sentence from which these two say the same."""
    presents = bool(one.presents - other.introduced or other.presents - one.introduced)
    if one.index == other.index == 0:
        return SAME_EVENT if presents else SAME_OPENING
    if _same_figures(one, other):
        return SAME_FIGURES
    return SAME_EVENT if one.event is not None and one.event == other.event and not presents else SAME


def _same_figures(one: Candidate, other: Candidate) -> bool:
    """Whether all figures and months of the sentence with fewer of them stand in the other."""
    fewer, more = sorted((one.figures, other.figures), key=len)
    return bool(fewer) and fewer <= more


def _all_told(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether one of these sentences is mostly told by the others together."""
    every = [candidate, *others]
    for one in every:
        rest = frozenset[str]().union(*(c.meant for c in every if c is not one))
        if len(one.told & rest) >= TOGETHER * max(1, len(one.told)):
            return True
    return False


def _sets(chosen: Sequence[Chosen], candidates: int) -> Sets:
    sets = np.zeros((len(chosen), candidates), dtype=bool)
    for row, one in enumerate(chosen):
        sets[row, list(one)] = True
    return sets
