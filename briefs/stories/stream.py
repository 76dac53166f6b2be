"""Stories as a stream: what new articles change among the stories near them, and nowhere else.

new articles ─look-up─▶ neighbourhood: they, their likes, and whatever shares a story with those
neighbourhood ─average link─▶ clusters ─claimed by the stories they were─▶ stories with ids that last

The neighbourhood is clustered anew, with what all the archive knows of words, so that stories merge and split as more arrives
and come out nearly the same in any order of arrival.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefs.models import Story
from briefs.stories.gathering import gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefs.stories.content import Content
    from briefs.stories.similarity import Frequencies, Matrix

COMPARED = 12  # members of its story that are looked at for being the original of a new article: those most like it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changed: stories with other members than before, which of them are new, and where merged ones went.

    ``stories`` name the members that were looked at; any other member of a story stays in it. ``compared`` are the articles
    of one story among which copies would be found: those that arrived, and those most like them.
    """

    stories: tuple[Story, ...] = ()
    begun: frozenset[str] = frozenset()
    merged: Mapping[str, str] = field(default_factory=dict)
    compared: tuple[tuple[str, ...], ...] = ()


def code(stem: str, language: str = "") -> int:
    """A stem's number in the look-up; with a language, among the stems of that language alone."""
    return zlib.crc32(f"{language} {stem}".encode(errors="replace"))


def story_id(article_id: str, left: str = "") -> str:
    """The id of a story that begins with an article; ``left``: the story it was split from, where that keeps the id."""
    return f"s-{hashlib.sha256(f'{article_id}{left}'.encode(errors='replace')).hexdigest()[:12]}"


def possible_ids(article_ids: Iterable[str], held: Mapping[str, str]) -> Iterator[str]:
    """The ids that stories of these articles may get: whether one stands already is to be known beforehand."""
    for article_id in article_ids:
        yield story_id(article_id)
        if article_id in held:
            yield story_id(article_id, held[article_id])


def settle(
    contents: Sequence[Content],
    arrived: frozenset[str],
    held: Mapping[str, str],
    standing: frozenset[str],
    frequencies: Frequencies,
) -> Outcome:
    """The stories of a neighbourhood in which some articles arrived; ``held`` names the story that each is in, if any.

    ``standing``: which of the ``possible_ids`` are a story's, here or elsewhere.
    """
    if not contents:
        return Outcome()
    ordered = sorted(contents, key=lambda content: (content.at, content.article_id))
    stories, alike = gather(ordered, frequencies)
    ids = [content.article_id for content in ordered]
    groups = [[ids[place] for place in story] for story in stories]
    claims = _claims(groups, ids, held)
    names = _named(groups, claims, held, standing)
    settled = list(zip(names, groups, claims, strict=True))
    return Outcome(
        tuple(Story(name, tuple(group)) for name, group, claimed in settled if _moved(group, name, held, claimed)),
        frozenset(name for name, _, claimed in settled if not claimed),
        {old: name for name, _, claimed in settled for old in claimed if old != name},
        tuple(compared for group in groups if (compared := _compared(group, arrived, ids, alike))),
    )


def _claims(groups: Sequence[Sequence[str]], ids: Sequence[str], held: Mapping[str, str]) -> list[list[str]]:
    """For each cluster the stories that go on in it, oldest first: a story goes on where most of it is, else its oldest."""
    places = {article_id: place for place, group in enumerate(groups) for article_id in group}
    parts: dict[str, Counter[int]] = {}  # by story, oldest first: how many articles of it are in which cluster
    for article_id in ids:
        if article_id in held:
            parts.setdefault(held[article_id], Counter())[places[article_id]] += 1
    claims: list[list[str]] = [[] for _ in groups]
    for story, counted in parts.items():
        claims[max(counted, key=counted.__getitem__)].append(story)
    return claims


def _named(
    groups: Sequence[Sequence[str]],
    claims: Sequence[Sequence[str]],
    held: Mapping[str, str],
    standing: frozenset[str],
) -> list[str]:
    """The id of each cluster: its oldest story's; where it was none, one that no story has."""
    taken = {*standing, *held.values()}
    names = []
    for group, claimed in zip(groups, claims, strict=True):
        free = (name for name in _begun(group, held) if name not in taken)
        names.append(claimed[0] if claimed else next(free))
        taken.add(names[-1])
    return names


def _begun(group: Sequence[str], held: Mapping[str, str]) -> Iterator[str]:
    """Ids for a story of these articles, best first, without end."""
    yield from (story_id(i) for i in group)
    yield from (story_id(i, held[i]) for i in group if i in held)
    turn = 0
    while True:
        turn += 1
        yield story_id(group[0], f" {turn}")


def _moved(group: Sequence[str], name: str, held: Mapping[str, str], claimed: Sequence[str]) -> bool:
    return len(claimed) != 1 or any(held.get(i) != name for i in group)


def _compared(group: Sequence[str], arrived: frozenset[str], ids: Sequence[str], alike: Matrix) -> tuple[str, ...]:
    """The articles of a story that arrived and those most like each; none where none did."""
    new = [i for i in group if i in arrived]
    if not new or len(group) <= COMPARED:
        return tuple(group) if new else ()
    place = {article_id: k for k, article_id in enumerate(ids)}
    chosen = set(new)
    for i in new:
        row = alike[place[i]]
        chosen.update(sorted(group, key=lambda other: (-row[place[other]], other))[:COMPARED])
    return tuple(i for i in group if i in chosen)
