"""What sets of a story's sentences are worth to a reader: what the outlets agree on, told fit, fairly and as it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from briefs.summary.candidates import Candidate
    from briefs.summary.consensus import Consensus, Floats, Sets

LEAD = 0.3  # of the worth, that of the best opening sentence: many read no further
# What a set gains or loses of its consensus, as a share of it:
CENTRAL = 0.1  # gains where all its sentences are the most central by sumy
ANSWERS = {
    "who": 0.075,
    "whom": 0.075,
    "when": 0.075,
    "where": 0.075,
    "hurt": 0.12,
    "next": 0.08,
}  # gains where it answers
PRESENTS = 0.1  # gains where it presents all the story's main people
UNINTRODUCED = 0.1  # loses for each person it names by surname alone
UNFIT = 0.5  # loses where all its sentences are as unfit as can be
AGED = 0.5  # loses where all its sentences are of the oldest article
OUTLET = 0.15  # loses where all its sentences are of one article, of many


class Worth:
    """The worth of sets of candidates."""

    def __init__(
        self,
        found: Sequence[Candidate],
        central: Sequence[float],
        whole: Consensus,
        opening: Consensus,
        leading: Sequence[float],
    ) -> None:
        """``central`` is sumy's score of each candidate, ``leading`` a factor of its worth as the first sentence.

        A briefing is like the ``whole``, its first sentence like ``opening``.
        """
        self._whole = whole
        self._central = np.array(central)
        self._unfit = np.array([1 - c.fitness for c in found])
        self._ages = np.array([c.age for c in found])
        self._articles = _table([{c.sentence.article_id} for c in found])
        self._answers = _table([c.answers for c in found], list(ANSWERS))
        self._presents = _table([c.presents for c in found])
        people = sorted({who for c in found for who in c.introduced | c.assumed})
        self._introduced = _table([c.introduced for c in found], people)
        self._assumed = _table([c.assumed for c in found], people)
        singles = np.eye(len(found), dtype=bool)
        ahead = ANSWERS["next"] * np.array(["next" in c.answers for c in found])  # what comes next is no opening
        self.leads: Floats = np.array(leading) * opening.of(singles) * (self._merit(singles) - ahead)  # as the first

    def of(self, sets: Sets) -> Floats:
        """The worth of each set, by and large 0..1."""
        worth: Floats = (1 - LEAD) * self._whole.of(sets) * self._merit(sets) + LEAD * (sets * self.leads).max(axis=1)
        return worth

    def _merit(self, sets: Sets) -> Floats:
        """By what the consensus of each set is multiplied."""
        size = np.maximum(sets.sum(axis=1), 1)
        merit: Floats = (
            1
            + CENTRAL * (sets @ self._central) / size
            + _held(sets, self._answers) @ np.array(list(ANSWERS.values()))
            + PRESENTS * _held(sets, self._presents).sum(axis=1) / max(1, self._presents.shape[1])
            - UNINTRODUCED * (_held(sets, self._assumed) & ~_held(sets, self._introduced)).sum(axis=1)
            - UNFIT * (sets @ self._unfit) / size
            - AGED * (sets @ self._ages) / size
            - OUTLET * (np.minimum(size, self._articles.shape[1]) - _held(sets, self._articles).sum(axis=1)) / size
        )
        return np.maximum(merit, 0.0)


def _table(held: Sequence[AbstractSet[str]], names: Sequence[str] | None = None) -> Sets:
    """Which candidate holds which name."""
    columns = sorted(set().union(*held)) if names is None else names
    return np.array([[name in each for name in columns] for each in held], dtype=bool).reshape(len(held), len(columns))


def _held(sets: Sets, table: Sets) -> Sets:
    """Which name some sentence of each set holds."""
    held: Sets = sets @ table
    return held
