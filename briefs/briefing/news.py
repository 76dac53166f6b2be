"""What is new in a story for a channel that was told some of it before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.models import Article, ChangeKind, Reading, Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of an article that a channel was shown: a sentence, or the clause it was told to be replaced."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a channel was told before."""

    passages: tuple[Passage, ...] = ()  # that it was shown
    headlines: frozenset[str] = frozenset()  # ids of the articles whose headlines it was shown
    articles: frozenset[str] = frozenset()  # ids of all articles of the stories it was told of


@dataclass(frozen=True, slots=True)
class Development:
    """A sentence of a newer article with something new, and the passage it replaces."""

    kind: ChangeKind
    sentence: Sentence
    earlier: Passage | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What a story has for a channel: all of it where ``known`` is false, else its developments, the greatest first."""

    known: bool
    developments: tuple[Development, ...] = ()


def news(
    members: Sequence[Article],  # noqa: ARG001 - developments come next
    readings: Mapping[str, Reading],  # noqa: ARG001
    told: Told,  # noqa: ARG001
) -> News:
    """What is new in a story's articles; ``members`` include those of earlier chapters."""
    return News(known=False)
