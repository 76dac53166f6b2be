"""A question in, an answer out: understand, match, weigh, word. Pure; everything it looks at is handed to it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from briefs.answers import (
    coming,
    confidence,
    conflicts,
    identity,
    listing,
    matching,
    news,
    pairs,
    restating,
    verdicts,
    wording,
)
from briefs.answers.asking import Ask
from briefs.answers.candidates import Candidate, candidates
from briefs.answers.candidates.when import finest
from briefs.answers.candidates.where import innermost
from briefs.answers.ground import Ground
from briefs.answers.questions import Question, Tense, understand
from briefs.language.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from spacy.language import Language

    from briefs.answers.matching import Match
    from briefs.models import Answer, Article, Reading

FEW = 8  # of the best values, among which two outlets may bear each other out


class Inquiry:
    """One question over some articles as of ``now``, stage by stage: as understood, matched, weighed, answered."""

    def __init__(
        self,
        question: str,
        *,
        nlp: Language,
        now: datetime,
        articles: Mapping[str, Article],
        readings: Mapping[str, Reading],
        considered: int,
    ) -> None:
        """``considered`` is how many articles the question was asked of; ``articles`` are the likely ones among them."""
        self.text = question
        self.now = now
        self.considered = considered
        self.ground = Ground(articles, readings)
        self._nlp = nlp
        self._found: dict[Question, list[Candidate]] = {}

    @cached_property
    def question(self) -> Question:
        """The question as understood."""
        return understand(self._nlp, self.text, names=self.ground.names, now=self.now)

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The sentences that match best, best first."""
        return matching.rank(self.question, self.ground)

    @cached_property
    def desk(self) -> wording.Desk:
        """What an answer is worded from."""
        # No method of ours: what refers to itself, with all that was read for it, only the collector of garbage frees.
        restated = partial(_restated, self._nlp, self.question.plain)
        return wording.Desk(self.question, self.ground, self.now, self.considered, restated)

    def found(self, ask: Ask, slot: Question | None = None) -> list[Candidate]:
        """The candidates for one thing asked, best first; ``slot`` tells which of several that ask alike."""
        slot = slot or next((each for each in self.question.slots if ask in each.asks), self.question)
        if slot not in self._found:
            self._found[slot] = candidates(slot, ask, self.matches, self.ground)
        return self._found[slot]

    def answer(self) -> Answer:
        """The answer; its status is unknown when the articles do not say."""
        if not any(character.isalnum() for character in self.text):
            return wording.not_asked(self.text, self.considered)
        match self.question.asks[0]:
            case _ if not self.ground.articles:
                return wording.unknown(self.desk, ())
            case Ask.PAIRS:
                return pairs.answer(self.desk)
            case Ask.NEWS:
                return news.answer(self.desk, self.matches)
            case Ask.YES_NO:
                return verdicts.answer(self.desk, self.matches)
            case Ask.IDENTITY:
                return identity.answer(self.desk) or self._undescribed()
        return wording.joined([self._slot(slot) for slot in self.question.slots])

    def told(self) -> Answer:
        """What all the articles tell, whatever the question says: for one about a story as a whole."""
        return news.of_all(self.desk)

    def _undescribed(self) -> Answer:
        """The answer where nothing describes it: what fits best, for "what was the Norvian religion"."""
        if any(word == "who" for word, _, _ in words(self.text)):
            return wording.unknown(self.desk, self.matches)
        return self._slot(replace(self.question, asks=(Ask.WHAT,)))

    def _slot(self, slot: Question) -> Answer:
        """The answer for one slot of an event: who, when, where, how many, why, what."""
        ask = slot.asks[0]
        found = self.found(ask, slot)
        if ask is Ask.WHEN:
            found = [c for c in found if c.when is not None]
            if slot.order == "next" or slot.tense is Tense.FUTURE:
                return coming.answer(self.desk, found, self.matches)
        best = self._trusted(slot, ask, found)
        if best is None:
            return wording.unknown(self.desk, self.matches)
        if several := listing.answer(self.desk, slot, found):
            return several
        judged = conflicts.judged(ask, best, found)
        answer = wording.told(self.desk, ask, judged.best, found, judged.rivals)
        return wording.updated(answer, judged.earlier)

    def _trusted(self, slot: Question, ask: Ask, found: Sequence[Candidate]) -> Candidate | None:
        """The value that is told: the best that is trusted, or the newest or finest of those that say the same."""
        best = next((c for c in found if confidence.told(slot, ask, c, alone=self.desk.alone)), None)
        best = best or next((c for c in found[:FEW] if confidence.told_by_two(slot, ask, c, found[:FEW])), None)
        if best is None:
            return None
        if slot.frame == "hold_office" and slot.tense is not Tense.PAST:
            holders = [
                c for c in found if c.fact is not None and c.predicate >= best.predicate and c.fit >= 0.95 * best.fit
            ]
            told = [c for c in holders if confidence.told(slot, ask, c, alone=self.desk.alone)]
            return max(told, key=lambda c: (c.line.at, c.score), default=best)  # who holds an office now
        if ask is Ask.WHEN and slot.wanted not in ("year", "month"):
            return finest(best, found)
        if ask is Ask.WHERE and slot.wanted is None:
            return innermost(best, found)
        return best


def _restated(nlp: Language, plain: str) -> str | None:
    """The question as a clause; parsed only when an answer has to name what was asked."""
    return restating.indirect(nlp(plain))
