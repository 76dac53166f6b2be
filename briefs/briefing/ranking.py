"""Which stories come first in a channel's briefing, and why.

A story's score is the product of its factors; each is told to a person with its reason. What a channel mutes is kept out,
what it follows is brought in even where it is small.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from briefs.briefing.comment import is_comment
from briefs.briefing.concern import is_public, many, opening, opens_with_harm
from briefs.briefing.topics import Matcher
from briefs.models import ChangeKind
from briefs.preferences import Sort, TopicKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.briefing.news import News
    from briefs.briefing.topics import Match
    from briefs.facts.independence import Copies
    from briefs.models import Article, Reading, Story
    from briefs.preferences import Preferences

TODAY = 24.0  # hours in which a story is as fresh as any: an hour more or less decides nothing
HALF_LIFE = 48.0  # hours in which its freshness halves from then on
OLDEST = 240.0  # hours, from which on it loses no more
SIZE = 0.15  # what a story gains with each e-fold of its articles
GRAVE = 1.75  # what a story gains that tells first of people who died or were hurt: more than any sum
MANY = 0.35  # what it gains at most by how many or how much it opens with
PUBLIC = 1.15  # what it gains that opens with those who act for many
PASSING = 0.3  # how much of a topic's weight a story takes that all its articles name in passing
# What a development is worth against a new story: what was told wrong must be put right, a detail can wait.
WORTH = {
    ChangeKind.CORRECTION: 1.0,
    ChangeKind.STATE: 0.9,
    ChangeKind.EVENT: 0.7,
    ChangeKind.FIGURE: 0.6,
    ChangeKind.DETAIL: 0.2,
}
FURTHER = 0.2  # how much of its worth a development adds to the greatest one
MOST_NEWS = 1.15  # so that no update outweighs a new story by much
PLACES_FOLLOWED = 2  # one in so many stories, at least one, gives its place to a followed one


@dataclass(frozen=True, slots=True)
class Factor:
    """What speaks for a story or against it: its score is multiplied by ``value``. ``why`` is told to a person."""

    name: str
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a story stands for a channel. ``muted`` says what keeps it out, such as a topic; None: nothing does."""

    story: Story
    news: News
    score: float
    factors: tuple[Factor, ...]
    muted: str | None = None
    followed: bool = False  # it is about a topic that the channel follows
    comment: bool = False  # it is opinion or background, whoever tells it

    @property
    def is_news(self) -> bool:
        """Whether it has anything for the channel."""
        return self.muted is None and self.score > 0


def rank(
    news: Mapping[Story, News],
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    copies: Copies,
    preferences: Preferences,
    now: datetime,
) -> tuple[Standing, ...]:
    """How each story stands, best first; last those without news and those that are kept out."""
    matcher = Matcher(preferences.topics, articles, readings)
    desk = _Desk(articles, readings, copies, now)
    found = [desk.standing(story, each, matcher.matches(story)) for story, each in news.items()]
    if not preferences.opinion and not all(standing.comment for standing in found):
        found = [_kept_out(standing) if standing.comment else standing for standing in found]
    found.sort(key=lambda standing: desk.place(standing, preferences.sort))
    told = [standing for standing in found if standing.is_news]
    chosen = _with_followed(told, preferences.stories)
    first = {standing.story for standing in chosen}
    rest = [standing for standing in told if standing.story not in first]
    return (*chosen, *rest, *(standing for standing in found if not standing.is_news))


def _kept_out(standing: Standing) -> Standing:
    """Opinion where there is news, unless the channel follows what it is about."""
    if standing.followed or standing.muted:
        return standing
    return replace(standing, muted="opinion or background, which tells of no event of these days")


def _with_followed(told: Sequence[Standing], count: int) -> list[Standing]:
    """The first ``count`` stories; the last of them give way to those that the channel follows, in the order of all."""
    first, beyond = list(told[:count]), [standing for standing in told[count:] if standing.followed]
    places = max(1, count // PLACES_FOLLOWED) - sum(standing.followed for standing in first)
    give_way = [standing for standing in first if not standing.followed][::-1]
    brought = beyond[: max(0, min(places, len(give_way)))]
    gone = {standing.story for standing in give_way[: len(brought)]}
    return [standing for standing in (*first, *brought) if standing.story not in gone]


class _Desk:
    """What stories are judged by."""

    def __init__(
        self, articles: Mapping[str, Article], readings: Mapping[str, Reading], copies: Copies, now: datetime
    ) -> None:
        self._articles = articles
        self._readings = readings
        self._copies = copies
        self._now = now

    def standing(self, story: Story, news: News, matches: Iterable[Match]) -> Standing:
        """How a story stands."""
        matched = tuple(matches)
        factors = (
            self._sources(story),
            self._size(story),
            self._freshness(story, news),
            _news(news),
            *self._concern(story),
            *(factor for match in matched if (factor := _topic(match))),
        )
        muted = next((match for match in matched if match.topic.mutes and match.is_chief), None)
        return Standing(
            story,
            news,
            math.prod(factor.value for factor in factors),
            factors,
            muted=None if muted is None else f"mutes {_told(muted)}",
            followed=any(match.topic.follows and match.is_chief for match in matched),
            comment=all(is_comment(self._articles[i], self._readings) for i in story.article_ids),
        )

    def place(self, standing: Standing, sort: Sort) -> tuple[float, float, float, tuple[str, ...]]:
        """What puts it before others; equal ones by their newest article, then by their ids."""
        newest = -self._newest(standing.story).timestamp()
        score = -round(standing.score, 9)  # the last digits of a logarithm differ between machines
        first = newest if sort is Sort.NEWEST else score
        if sort is Sort.SOURCES:
            first = -self._independent(standing.story)
        return first, score, newest, standing.story.article_ids

    def _independent(self, story: Story) -> int:
        return self._copies.independent(story.article_ids)

    def _newest(self, story: Story) -> datetime:
        return max(self._articles[i].shown_at for i in story.article_ids)

    def _sources(self, story: Story) -> Factor:
        independent = self._independent(story)
        told = "1 source" if independent == 1 else f"{independent} independent sources"
        return Factor("sources", 1 + math.log(independent), told)

    def _size(self, story: Story) -> Factor:
        articles = len(story.article_ids)
        outlets = len({self._articles[i].publisher for i in story.article_ids})
        told = f"{_counted(articles, 'article')} by {_counted(outlets, 'outlet')}"
        return Factor("size", 1 + SIZE * math.log(articles), told)

    def _concern(self, story: Story) -> Iterator[Factor]:
        """Whom it concerns, where at least half of its articles open with that."""
        told = [(article, opening(article)) for article in (self._articles[i] for i in story.article_ids)]
        of, half = _counted(len(told), "article"), len(told) / 2
        grave = sum(opens_with_harm(article, begun, self._readings) for article, begun in told)
        if grave >= half:
            yield Factor("gravity", GRAVE, f"people died or were hurt: the opening of {grave} of {of}")
        counts = [many(begun) for _, begun in told]
        if much := median(counts):
            yield Factor(
                "reach", 1 + MANY * much, f"great numbers: the opening of {len(counts) - counts.count(0)} of {of}"
            )
        public = sum(is_public(begun) for _, begun in told)
        if public >= half:
            yield Factor("office", PUBLIC, f"who acts for many: the opening of {public} of {of}")

    def _freshness(self, story: Story, news: News) -> Factor:
        """How new its newest article is. An edited one keeps its date: what it tells anew came since the last briefing."""
        hours = max(0.0, (self._now - self._newest(story)).total_seconds() / 3600)
        if hours > TODAY and any(self._articles[d.sentence.article_id].version > 1 for d in news.developments):
            return Factor("freshness", 1.0, "an article was edited since")
        told = f"{hours:.0f} h" if hours < HALF_LIFE else _counted(round(hours / 24), "day")
        lost = max(0.0, min(hours, OLDEST) - TODAY) / HALF_LIFE
        return Factor("freshness", math.pow(0.5, lost), f"newest article {told} old")


def _news(news: News) -> Factor:
    """What is new in it for the channel: the greatest development, and a little for each further one."""
    if not news.known:
        return Factor("news", 1.0, "new to this channel")
    if not news.developments:
        return Factor("news", 0.0, "told before, nothing new")
    greatest, *others = sorted((WORTH[each.kind] for each in news.developments), reverse=True)
    kinds = Counter(each.kind for each in news.developments)
    told = ", ".join(_counted(kinds[kind], kind.value) for kind in WORTH if kinds[kind])
    return Factor("news", min(MOST_NEWS, greatest + FURTHER * sum(others)), f"update: {told}")


def _topic(match: Match) -> Factor | None:
    """What a topic does to a story that it does not keep out; what is muted and named in passing does nothing."""
    if match.topic.mutes or match.topic.weight == 1:
        return None
    verb = "follows" if match.topic.follows else "puts back"
    return Factor("topic", math.pow(match.topic.weight, _strength(match)), f"{verb} {_told(match)}")


def _strength(match: Match) -> float:
    """How much of a topic's weight counts, 0..1."""
    if match.topic.kind is TopicKind.OUTLET:  # a followed outlet's word is enough; others may tell what one puts back
        return 1.0 if match.topic.follows else match.named / match.of
    return 1.0 if match.is_chief else PASSING * match.named / match.of


def _told(match: Match) -> str:
    """The topic, and where it stands."""
    named = f"{match.topic.kind.value} “{match.topic.text}”"
    if match.topic.kind is TopicKind.OUTLET:
        return f"{named}: {_counted(match.named, 'article')} of {match.of}"
    of = f"of {_counted(match.of, 'article')}"
    if match.is_subject:
        return f"{named}: the subject of {match.about} {of}"
    return f"{named}: named {'' if match.is_chief else 'in passing '}by {match.named} {of}"


def _counted(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"
