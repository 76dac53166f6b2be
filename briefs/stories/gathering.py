"""Articles gathered to stories: what is alike, what a matter that moved on within days adds to it, less what a pause parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from briefs.stories import chapters
from briefs.stories.clusters import clusters
from briefs.stories.similarity import likeness, similarity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from briefs.stories.content import Content
    from briefs.stories.similarity import Frequencies, Matrix

Places = list[int]  # of articles among those given

# Between the best pair of two clusters and the mean best match of the lesser, from which one moved on to the other.
MOVED = 0.32


def gather(contents: Sequence[Content], frequencies: Frequencies) -> tuple[list[Places], Matrix]:
    """The stories of articles in order of time, each as places, in the order of their first; and how alike articles are."""
    words = likeness(contents, frequencies)
    alike = similarity(words, contents)
    stories = _moved_on(_members(clusters(alike)), contents, words)
    return sorted(part for story in stories for part in chapters.parted(story, contents)), alike


def _members(labels: Sequence[int]) -> list[Places]:
    found: dict[int, Places] = {}
    for place, label in enumerate(labels):
        found.setdefault(label, []).append(place)
    return list(found.values())


def _moved_on(clustered: Sequence[Places], contents: Sequence[Content], words: Matrix) -> list[Places]:
    """The clusters, each put to what it moved on from: the next day other figures, days and deeds are told."""
    stories: dict[int, Places] = {}  # by number; of each place the number of its story, so far
    of = np.full(len(contents), -1)
    for number, cluster in enumerate(clustered):
        story = cluster
        while (before := _before(story, stories, of, contents, words)) is not None:
            story = sorted(story + stories.pop(before))
        stories[number] = story
        of[story] = number
    return list(stories.values())


def _before(
    story: Places, stories: Mapping[int, Places], of: NDArray[np.intp], contents: Sequence[Content], words: Matrix
) -> int | None:
    """Which of the stories this one moved on from: that with which it has most in common."""
    near = set(of[words[story].max(axis=0) >= MOVED].tolist()).intersection(stories)
    found = [(_moved(story, stories[number], contents, words), -number) for number in near]
    matched, number = max(found, default=(0.0, 0))
    return -number if matched >= MOVED else None


def _moved(one: Places, two: Places, contents: Sequence[Content], words: Matrix) -> float:
    """How much two stories of the same days have in common; 0 where they tell two matters."""
    lesser, other = sorted((one, two), key=len)
    matches = words[np.ix_(lesser, other)].max(axis=1)
    together = chapters.unbroken([contents[k] for k in one], [contents[k] for k in two])
    return float(matches.max() + matches.mean()) / 2 if together else 0.0
