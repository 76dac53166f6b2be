"""Chapters: a matter that goes on for weeks is a chain of stories, each continuing an older one.

A story fades within days, so that what is told of the same people weeks later begins a story of its own. Whether that goes on
with the older matter is asked here, of the words alone: the days between say nothing, and figures and weekdays must differ.
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from briefs.stories.evidence import otherwise_numbered
from briefs.stories.similarity import likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.stories.content import Content
    from briefs.stories.similarity import Frequencies

CONTINUED = 0.3  # likeness to its best match from which an article goes on with a matter
SHARED = 3  # words of names that both openings hold: the same people, bodies and place
SOON = 4.0  # days without a word that are no pause: what is told then of the matter is no new chapter
PAUSE = 5.0  # days without a word after which a chapter is over, however alike
LONGEST = 21.0  # days of one chapter


def continues(story: Sequence[Content], older: Sequence[Sequence[Content]], frequencies: Frequencies) -> int | None:
    """Which of the older stories this one continues, as its place among them; None: it tells a matter of its own.

    Of several it is the one that began last, so that chapters are a chain.
    """
    alike = likeness([*story, *chain.from_iterable(older)], frequencies)
    begun = _begun(story)
    found = []
    end = len(story)
    for place, contents in enumerate(older):
        start, end = end, end + len(contents)
        matched = float(alike[: len(story), start:end].max(axis=1).mean())
        if matched >= CONTINUED and begun - _begun(contents) > SOON and _same_matter(story, contents):
            found.append((_begun(contents), matched, -place))
    return -max(found)[-1] if found else None


def _begun(story: Sequence[Content]) -> float:
    return min(content.at for content in story)


def unbroken(story: Sequence[Content], older: Sequence[Content]) -> bool:
    """Whether two stories of one matter are told without a pause between them; what has no date is told in no days."""
    days, before = ([content.day for content in of if content.day is not None] for of in (story, older))
    return (
        bool(days and before)
        and max(min(days) - max(before), min(before) - max(days)) <= SOON
        and max(*days, *before) - min(*days, *before) <= LONGEST
        and _same_matter(story, older)
    )


def _same_matter(story: Sequence[Content], older: Sequence[Content]) -> bool:
    """Whether some report of each opens with the same people, bodies or place, and none with another number of a name."""
    pairs = [(one.evidence, other.evidence) for one in story for other in older]
    shared = any(sum(name in other.names for name in one.names) >= SHARED for one, other in pairs)
    return shared and not any(otherwise_numbered(*pair) for pair in pairs)


def parted(places: Sequence[int], contents: Sequence[Content]) -> list[list[int]]:
    """The articles of one story, by their places, as its chapters: a pause ends one, and none lasts for ever.

    What has no date goes with the last.
    """
    dated = sorted((content.day, place) for place in places if (content := contents[place]).day is not None)
    found = [[place for _, place in dated[start:end]] for start, end in _stretches([day for day, _ in dated])] or [[]]
    found[-1] += [place for place in places if contents[place].day is None]
    return [sorted(chapter) for chapter in found]


def _stretches(times: Sequence[float]) -> list[tuple[int, int]]:
    """Ranges of times in order, cut at every pause; where one is too long still, at its longest pause."""
    if not times:
        return []
    gaps = [after - before for before, after in pairwise(times)]
    widest = max(range(len(gaps)), key=gaps.__getitem__, default=0)
    if not gaps or (gaps[widest] <= PAUSE and times[-1] - times[0] <= LONGEST):
        return [(0, len(times))]
    cut = widest + 1
    return [*_stretches(times[:cut]), *((a + cut, b + cut) for a, b in _stretches(times[cut:]))]
