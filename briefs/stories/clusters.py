"""Average-link clusters (Sokal and Michener 1958) of articles by how alike they are.

On news average link keeps two quakes in one country apart where single link chains them. It still joins two events of one kind
when each is told by many, so two clusters must be the more alike the more their own articles are (relative closeness, after
Karypis, Han and Kumar 1999). A pair counts less the less it reaches what each of the two has in common with its best matches,
which tell how alike reports of its event are (local scaling, after Zelnik-Manor and Perona 2004). Only pairs that reach the
threshold can start a merge, so clusters are sought inside the connected components of those pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefs.stories.similarity import Matrix

THRESHOLD = 0.145  # mean similarity from which two clusters can be one story
CLOSENESS = 0.6  # of what the looser cluster's own mean similarity is above the threshold, the two must have so much
SUPPOSED = 5  # pairs at the threshold that each cluster's own mean starts with: two articles alone show little of it

BEST = 2  # matches that tell how alike reports of an article's event are
LOOSEST, COPIES = 0.2, 0.45  # the similarity of reports of an event lies between; above are near-copies
RELATIVE = 0.15  # of similarity, what a pair loses that shares nothing of what the two have in common with their best


def clusters(similarity: Matrix) -> list[int]:
    """A label for each row: average-link clusters at the threshold, found component by component."""
    labels = list(range(len(similarity)))
    relative = _relative(similarity)
    for component in _components(relative >= THRESHOLD):
        if len(component) > 1:
            part = relative[np.ix_(component, component)]
            for k, label in enumerate(_average_link(part)):
                labels[component[k]] = component[label]
    return labels


def _relative(similarity: Matrix) -> Matrix:
    """The similarity of each pair, less what it lacks beside the best matches of the two."""
    best = np.sort(similarity, axis=1)[:, -BEST:].mean(axis=1)
    share = np.minimum(1, similarity / np.clip(best, LOOSEST, COPIES)[:, None])
    relative: Matrix = np.maximum(0, similarity - RELATIVE * (1 - (share + share.T) / 2))
    return relative


def _components(joined: NDArray[np.bool_]) -> list[list[int]]:
    left, components = set(range(len(joined))), []
    while left:
        reached, front = set[int](), [min(left)]
        while front:
            reached.update(front)
            near = np.flatnonzero(joined[front].any(axis=0))
            front = [int(k) for k in near if int(k) not in reached]
        components.append(sorted(reached))
        left -= reached
    return components


def _average_link(similarity: Matrix) -> list[int]:
    """Merge the two clusters that are furthest above what they need, while any are."""
    across = similarity.astype(np.float64)
    labels, size = np.arange(len(across)), np.ones(len(across))
    within, own = np.zeros(len(across)), np.full(len(across), THRESHOLD)  # of the pairs inside: sum, and supposed mean
    spare = across - THRESHOLD
    np.fill_diagonal(spare, -np.inf)
    while True:
        one, two = divmod(int(spare.argmax()), len(spare))
        if spare[one, two] < 0:
            return [int(label) for label in labels]
        keep, drop = min(one, two), max(one, two)
        within[keep] += within[drop] + across[keep, drop] * size[keep] * size[drop]
        across[keep] = across[:, keep] = np.average(across[[keep, drop]], axis=0, weights=size[[keep, drop]])
        size[keep] += size[drop]
        own[keep] = _supposed(within[keep], size[keep])
        labels[labels == drop] = keep
        spare[drop] = spare[:, drop] = -np.inf
        row = np.where(np.isneginf(spare[keep]), -np.inf, across[keep] - _needed(own, own[keep]))
        spare[keep] = spare[:, keep] = row


def _supposed(within: float, size: float) -> float:
    """The mean similarity inside a cluster, as far as its pairs show it."""
    return float((within + SUPPOSED * THRESHOLD) / (size * (size - 1) / 2 + SUPPOSED))


def _needed(own: NDArray[np.float64], other: float) -> NDArray[np.float64]:
    """How alike clusters must be to another, given the means inside."""
    return THRESHOLD + CLOSENESS * np.maximum(np.minimum(own, other) - THRESHOLD, 0)
