"""What a channel wants of its briefings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What puts a story first."""

    IMPORTANCE = "importance"  # everything that speaks for a story together
    NEWEST = "newest"
    SOURCES = "sources"  # how many tell it independently


class TopicKind(StrEnum):
    """What a topic is looked for in."""

    WORD = "word"  # the words of an article, by their stems; several words together
    NAME = "name"  # the people, places and bodies it names
    OUTLET = "outlet"  # who published it


@dataclass(frozen=True, slots=True)
class Topic:
    """What a channel follows or mutes. ``weight`` 0 mutes; above 1 brings a story forward, below 1 puts it back."""

    kind: TopicKind
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Preferences:
    """A channel's wishes; what nobody chose is the operator's default."""

    stories: int = 5  # at most
    sentences: int = 3  # of each story, at most
    words: int | None = None  # of each story's sentences together, at most
    sort: Sort = Sort.IMPORTANCE
    topics: tuple[Topic, ...] = ()
    says_unmoved: bool = False  # a line for stories it knows on which nothing is new, instead of silence
    dates: str | None = None  # language of dates (BCP 47); None: each reader's own
