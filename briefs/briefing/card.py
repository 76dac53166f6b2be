"""One story in full: more of its sentences than a briefing has room for, what became another, who and what is in it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.briefing.composing import compose
from briefs.briefing.news import Passage, Told, news
from briefs.language import names
from briefs.language.words import count
from briefs.models import Card, Change, ChangeKind, Citation, CitedSentence, Entity, EntityKind
from briefs.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.models import Article, Briefing, Reading, Sentence, Story
    from briefs.preferences import Topic

SENTENCES = 8
FIRST = timedelta(hours=6)  # after the first report: what outlets tell in that time are the first reports, too
EARLIER_WORDS = 4  # of what was replaced, at least: "it would be" tells nobody anything
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


def _changes(
    members: Sequence[Article], readings: Mapping[str, Reading], numbers: Mapping[str, int]
) -> Iterator[Change]:
    """What newer articles say otherwise than the first reports, the oldest first."""
    held = {article.id: article for article in members}

    def cited(part: Sentence | Passage) -> CitedSentence:
        text = held[part.article_id].text[part.start : part.end]
        return CitedSentence(part.article_id, part.start, part.end, text, numbers[part.article_id])

    found = news(members, readings, _first_reports(members, readings)).developments
    for development in sorted(found, key=lambda d: (held[d.sentence.article_id].shown_at, d.sentence.article_id)):
        if development.kind in CHANGED and development.earlier:
            earlier = cited(development.earlier)
            if count(earlier.text) >= EARLIER_WORDS:
                yield Change(development.kind, cited(development.sentence), earlier)


def _first_reports(members: Sequence[Article], readings: Mapping[str, Reading]) -> Told:
    begun = min(article.shown_at for article in members)
    first = [article for article in members if article.shown_at - begun <= FIRST]
    passages = (Passage(s.article_id, s.start, s.end) for article in first for s in readings[article.id].sentences)
    ids = frozenset(article.id for article in first)
    return Told(tuple(passages), ids, ids)


def _names(members: Sequence[Article], readings: Mapping[str, Reading]) -> list[Entity]:
    """The people, bodies and places that the articles name, those that most of them name first."""
    mentions = {a.id: readings[a.id].mentions for a in members}
    joined = names.unify(mentions)
    found = Counter[Entity]()
    for article_id, each in mentions.items():
        found.update({joined.of(article_id, m.entity) for m in each if m.form == "name"})
    known = [entity for entity in found if entity.kind in NAMED]
    return sorted(known, key=lambda entity: (-found[entity], entity.name))
