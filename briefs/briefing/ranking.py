"""Which stories come first in a channel's briefing, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from briefs.briefing.news import News
    from briefs.facts.independence import Copies
    from briefs.models import Article, Story
    from briefs.preferences import Preferences

HALF_LIFE = 72.0  # hours in which a story's freshness halves


@dataclass(frozen=True, slots=True)
class Factor:
    """What speaks for a story or against it: its score is multiplied by ``value``. ``why`` is told to a person."""

    name: str
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a story stands for a channel. ``muted`` names the topic that keeps it out; None: nothing does."""

    story: Story
    news: News
    score: float
    factors: tuple[Factor, ...]
    muted: str | None = None


def rank(
    news: Mapping[Story, News],
    articles: Mapping[str, Article],
    copies: Copies,
    preferences: Preferences,  # noqa: ARG001 - topics and sort come next
    now: datetime,
) -> tuple[Standing, ...]:
    """How each story stands, best first."""
    found = (_standing(story, each, articles, copies, now) for story, each in news.items())
    return tuple(sorted(found, key=lambda s: (-s.score, s.story.id)))


def _standing(story: Story, news: News, articles: Mapping[str, Article], copies: Copies, now: datetime) -> Standing:
    factors = (_sources(story, copies), _freshness(story, articles, now))
    return Standing(story, news, math.prod(f.value for f in factors), factors)


def _sources(story: Story, copies: Copies) -> Factor:
    independent = copies.independent(story.article_ids)
    return Factor("sources", 1 + math.log(independent), f"{independent} independent")


def _freshness(story: Story, articles: Mapping[str, Article], now: datetime) -> Factor:
    newest = max(articles[i].shown_at for i in story.article_ids)
    hours = max(0.0, (now - newest).total_seconds() / 3600)
    return Factor("freshness", math.pow(0.5, min(hours, 240) / HALF_LIFE), f"newest article {hours:.0f} h old")
