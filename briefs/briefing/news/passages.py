"""What a channel was told: the ranges it was shown, the headlines, the articles of the stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Briefing


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


def told(briefings: Sequence[Briefing], article_ids: frozenset[str]) -> Told:
    """What briefings told of the stories that hold some of these articles."""
    items = [item for briefing in briefings for item in briefing.items if not article_ids.isdisjoint(item.article_ids)]
    unmoved = [each for briefing in briefings for each in briefing.unmoved]
    return Told(
        passages=tuple(dict.fromkeys(Passage(s.article_id, s.start, s.end) for item in items for s in item.sentences)),
        headlines=frozenset(item.headline_article_id for item in items),
        articles=frozenset(i for item in items for i in item.article_ids)
        | article_ids.intersection(i for each in unmoved for i in each.article_ids),
    )
