"""Average-link clusters (Sokal and Michener 1958) of articles by how alike they are.

On news average link keeps two quakes in one country apart where single link chains them. Only pairs that reach the threshold
can start a merge, so clusters are sought inside the connected components of those pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefs.stories.similarity import Matrix

THRESHOLD = 0.24  # mean similarity from which two clusters are one story


def clusters(similarity: Matrix) -> list[int]:
    """A label for each row: average-link clusters at the threshold, found component by component."""
    labels = list(range(len(similarity)))
    for component in _components(similarity >= THRESHOLD):
        if len(component) > 1:
            part = similarity[np.ix_(component, component)]
            for k, label in enumerate(_average_link(part)):
                labels[component[k]] = component[label]
    return labels


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
    """Merge the two most similar clusters while their mean similarity reaches the threshold."""
    work = similarity.astype(np.float64)
    np.fill_diagonal(work, -1)
    labels, size = np.arange(len(work)), np.ones(len(work))
    while True:
        one, two = divmod(int(work.argmax()), len(work))
        if work[one, two] < THRESHOLD:
            return [int(label) for label in labels]
        keep, drop = min(one, two), max(one, two)
        row = (size[keep] * work[keep] + size[drop] * work[drop]) / (size[keep] + size[drop])
        row[work[keep] < 0] = -1
        row[[keep, drop]] = -1
        work[keep], work[:, keep], work[drop], work[:, drop] = row, row, -1, -1
        size[keep] += size[drop]
        labels[labels == drop] = keep
