"""Chapters: a matter that goes on for weeks is a chain of stories, each continuing an older one.

A story fades within days, so that what is told of the same people weeks later begins a story of its own. Whether that goes on
with the older matter is asked here, of the words alone: the days between say nothing, and figures and weekdays must differ.
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from briefs.stories.similarity import likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.stories.content import Content
    from briefs.stories.similarity import Frequencies

CONTINUED = (
    0.3  # likeness to its best match from which an article goes on with a matter; well above one story's threshold
)
SHARED = 3  # words of names that both openings hold: the same people, bodies and place
APART = 1.0  # days between the beginnings of two chapters: reports of one day that were not joined are no chapters
PAUSE = 5.0  # days without a word after which a chapter is over
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
        if matched >= CONTINUED and begun - _begun(contents) >= APART and _same_matter(story, contents):
            found.append((_begun(contents), matched, -place))
    return -max(found)[-1] if found else None


def _begun(story: Sequence[Content]) -> float:
    return min(content.at for content in story)


def _same_matter(story: Sequence[Content], older: Sequence[Content]) -> bool:
    """Whether some report of each opens with the same people, bodies or place."""
    named = [frozenset(content.evidence.names) for content in older]
    return any(len(names.intersection(content.evidence.names)) >= SHARED for names in named for content in story)


def split(contents: Sequence[Content]) -> list[int]:
    """The chapter of each article of one story, counted from 0: a pause ends one, and none lasts for ever."""
    order = sorted(range(len(contents)), key=lambda k: (contents[k].at, contents[k].article_id))
    chapters = [0] * len(contents)
    for chapter, (start, end) in enumerate(_stretches([contents[k].at for k in order])):
        for k in order[start:end]:
            chapters[k] = chapter
    return chapters


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
