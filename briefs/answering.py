"""Questions, answered from what a server's sources say.

question ─in full, where it follows up─▶ the articles that may hold the answer ─▶ Inquiry ─▶ Answer
about a story: its own articles first, the others where those do not say
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.answers.about import Subject, asks_all, leaning
from briefs.answers.questions import search_terms
from briefs.answers.replying import Inquiry
from briefs.models import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefs.archive import Archive
    from briefs.coverage import Coverage
    from briefs.models import Answer, Clock
    from briefs.store import Store

ELSEWHERE = "Its own articles do not say; this is from the other sources."


class Answering:
    """Answers over one store; ``pipeline`` is the spaCy package that reads questions."""

    def __init__(self, store: Store, archive: Archive, coverage: Coverage, *, pipeline: str, clock: Clock) -> None:
        self._store = store
        self._archive = archive
        self._coverage = coverage
        self._pipeline = pipeline
        self._clock = clock

    def answer(
        self,
        guild_id: int | None,
        question: str,
        *,
        now: datetime | None = None,
        articles: Sequence[str] | None = None,
        before: Answer | None = None,
    ) -> Answer:
        """The answer to a question from what a server's sources say up to ``now``.

        ``before`` is the answer that the question may follow up: "and where?" is then asked in full.
        """
        asked = question if before is None else self._in_full(question, before)
        found = self.inquiry(guild_id, asked, now=now, articles=articles).answer()
        return found if asked == question else replace(found, question=question, understood=asked)

    def answer_about(
        self,
        guild_id: int,
        question: str,
        subject: Subject,
        *,
        before: Answer | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """The answer from a story's own articles, or from all that a server sees where those do not say.

        ``before`` is the answer that the question follows up; without one it leans on what happened in the story.
        """
        moment = now or self._clock()
        stories = self._coverage.stories_of(self._store.seen_of(subject.article_ids, guild_id, until=moment))
        ids = tuple(
            dict.fromkeys(each for story in stories for each in self._coverage.of_story(story, guild_id, moment))
        )
        articles = self._store.articles(ids)
        leant_on = before or leaning(subject, articles, self._archive.readings(ids))
        full = question if asks_all(question) else self._in_full(question, leant_on)
        found = self._told_within(guild_id, question, full, ids, moment)
        if found.status is Status.UNKNOWN:
            found = self._told_elsewhere(guild_id, full, moment, unnamed=not subject.single) or found
        understood = full if full != question else None
        return replace(found, question=question, understood=understood, about=subject.headline)

    def _told_within(self, guild_id: int, question: str, full: str, ids: Sequence[str], now: datetime) -> Answer:
        """The answer from some articles alone: to the question in full, else as it was put."""
        if asks_all(question):
            return self.inquiry(guild_id, question, now=now, articles=ids).told()
        found = self.inquiry(guild_id, full, now=now, articles=ids).answer()
        if found.status is not Status.UNKNOWN or full == question:
            return found
        plain = self.inquiry(guild_id, question, now=now, articles=ids).answer()
        return found if plain.status is Status.UNKNOWN else plain

    def _told_elsewhere(self, guild_id: int, question: str, now: datetime, *, unnamed: bool) -> Answer | None:
        """The answer from all sources; None where they do not say, or the question names nothing: others' "who won?"."""
        inquiry = self.inquiry(guild_id, question, now=now)
        found = inquiry.answer() if unnamed or any(key.is_name for key in inquiry.question.keys) else None
        return replace(found, notes=(*found.notes, ELSEWHERE)) if found and found.status is not Status.UNKNOWN else None

    def _in_full(self, question: str, before: Answer) -> str:
        from briefs.answers import following
        from briefs.language import pipeline

        nlp = pipeline.load(self._pipeline)
        return following.resolve(nlp, question, self._leant_on(before))

    def _leant_on(self, before: Answer) -> Answer:
        """An answer as a question may lean on it: one that told all of a story, by what happened in it."""
        if before.about is None or not asks_all(before.question):
            return before
        told = Subject(before.about, tuple(dict.fromkeys(e.article_id for e in before.evidence)), before.evidence)
        return leaning(told, self._store.articles(told.article_ids), self._archive.readings(told.article_ids))

    def inquiry(
        self,
        guild_id: int | None,
        question: str,
        *,
        now: datetime | None = None,
        articles: Sequence[str] | None = None,
    ) -> Inquiry:
        """A question over the articles that may hold its answer, ready to be answered or explained."""
        from briefs.language import pipeline

        moment = now or self._clock()
        nlp = pipeline.parsing_once(self._pipeline)
        terms = search_terms(nlp, question)
        with self._store.reading_together():
            ids = self._archive.likeliest(guild_id, terms, moment, articles)
            return Inquiry(
                question,
                nlp=nlp,
                now=moment,
                articles=self._store.articles(ids),
                readings=self._archive.readings(ids),
                considered=self._archive.considered(guild_id, moment, articles),
            )
