"""One story in full: more of its sentences than a briefing has room for, what became another, who and what is in it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.briefing.composing import compose
from briefs.briefing.news import Passage, Told, news
from briefs.language import names
from briefs.models import Card, Change, ChangeKind, Citation, CitedSentence, Entity, EntityKind
from briefs.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from briefs.models import Article, Briefing, Reading, Story
    from briefs.preferences import Topic

SENTENCES = 8
FIRST = timedelta(hours=6)  # after the first report: what outlets tell in that time are the first reports, too
CHANGED = (ChangeKind.STATE, ChangeKind.FIGURE, ChangeKind.CORRECTION)
NAMED = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE)


def card(
    story: Story,
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    *,
    now: datetime,
    earlier: Sequence[Story] = (),
    topics: tuple[Topic, ...] = (),
    dates: str | None = None,
    summariser: str = "lex-rank",
) -> Card | None:
    """The card of a story as of ``now``; None where none of its sources says anything, or all are muted.

    ``earlier`` are the chapters that it continues; ``articles`` and ``readings`` hold those of all.
    """
    wishes = Preferences(stories=1, sentences=SENTENCES, topics=topics, dates=dates)
    made = compose([story], articles, readings, now=now, preferences=wishes, earlier=earlier, summariser=summariser)
    if not made.briefing.items:
        return None
    members = [articles[i] for i in made.briefing.items[0].article_ids]
    whole = _with_sources(made.briefing, members)
    numbers = {citation.article_id: citation.number for citation in whole.citations}
    return Card(whole, tuple(_changes(members, readings, numbers)), tuple(_names(members, readings)))


def _with_sources(made: Briefing, members: Sequence[Article]) -> Briefing:
    """The briefing with every source among its citations, those that it does not quote last, the newest of them first."""
    cited = {citation.article_id for citation in made.citations}
    left = sorted((a for a in members if a.id not in cited), key=lambda a: (-a.shown_at.timestamp(), a.id))
    rest = [
        Citation(number, a.id, a.publisher, a.title, a.url, a.published_at)
        for number, a in enumerate(left, len(made.citations) + 1)
    ]
    return replace(made, citations=(*made.citations, *rest))


def _changes(members: Sequence[Article], readings: Mapping[str, Reading], numbers: Mapping[str, int]) -> list[Change]:
    """What newer articles say otherwise than the first reports, the oldest first."""
    begun = min(article.shown_at for article in members)
    first = [article for article in members if article.shown_at - begun <= FIRST]
    passages = tuple(Passage(s.article_id, s.start, s.end) for a in first for s in readings[a.id].sentences)
    told = Told(passages, frozenset(a.id for a in first), frozenset(a.id for a in first))
    held = {article.id: article for article in members}

    def cited(part: Passage) -> CitedSentence:
        text = held[part.article_id].text[part.start : part.end]
        return CitedSentence(part.article_id, part.start, part.end, text, numbers[part.article_id])

    found = [d for d in news(members, readings, told).developments if d.kind in CHANGED and d.earlier]
    found.sort(key=lambda d: (held[d.sentence.article_id].shown_at, d.sentence.article_id, d.sentence.start))
    told_once = ((d, Passage(d.sentence.article_id, d.sentence.start, d.sentence.end)) for d in found)
    return [Change(d.kind, cited(passage), cited(d.earlier)) for d, passage in told_once if d.earlier]


def _names(members: Sequence[Article], readings: Mapping[str, Reading]) -> list[Entity]:
    """The people, bodies and places that the articles name, those that most of them name first."""
    mentions = {a.id: readings[a.id].mentions for a in members}
    joined = names.unify(mentions)
    found = Counter[Entity]()
    for article_id, each in mentions.items():
        found.update({joined.of(article_id, m.entity) for m in each if m.form == "name"})
    known = [entity for entity in found if entity.kind in NAMED]
    return sorted(known, key=lambda entity: (-found[entity], entity.name))
