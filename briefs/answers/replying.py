"""A question in, an answer out: understand, match, weigh, word. Pure; everything it looks at is handed to it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from briefs.answers import coming, confidence, conflicts, identity, matching, news, pairs, restating, verdicts, wording
from briefs.answers.asking import Ask
from briefs.answers.candidates import Candidate, candidates
from briefs.answers.ground import Ground
from briefs.answers.questions import Question, Tense, understand
from briefs.answers.spelling import besides, capitalised, spelled
from briefs.language import times
from briefs.language.pipeline import Passage
from briefs.models import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from spacy.language import Language

    from briefs.answers.matching import Match
    from briefs.models import Answer, Article, Reading, When


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
        self._found: dict[Ask, list[Candidate]] = {}

    @cached_property
    def question(self) -> Question:
        """The question as understood."""
        return understand(
            self._nlp, self.text, names=self.ground.names, whens=_times_in(self._nlp, self.text, self.now)
        )

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The sentences that match best, best first."""
        return matching.rank(self.question, self.ground)

    @cached_property
    def desk(self) -> wording.Desk:
        """What an answer is worded from."""
        return wording.Desk(self.question, self.ground, self.now, self.considered, self._restated)

    def _restated(self) -> str | None:
        """The question as a clause; parsed only when an answer has to name what was asked."""
        return restating.indirect(self._nlp(capitalised(spelled(self.text), self.ground.names)))

    def found(self, ask: Ask) -> list[Candidate]:
        """The candidates for one thing asked, best first."""
        if ask not in self._found:
            self._found[ask] = candidates(self.question, ask, self.matches, self.ground)
        return self._found[ask]

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
                return identity.answer(self.desk) or wording.unknown(self.desk, self.matches)
        return wording.joined([self._slot(ask) for ask in self.question.asks])

    def _slot(self, ask: Ask) -> Answer:
        """The answer for one slot of an event: who, when, where, how many, why, what."""
        found = self.found(ask)
        if ask is Ask.WHEN:
            found = [c for c in found if c.when is not None]
            if self.question.order == "next" or self.question.tense is Tense.FUTURE:
                return coming.answer(self.desk, found, self.matches)
        best = next((c for c in found if confidence.told(self.question, ask, c)), None)
        if best is None:
            return wording.unknown(self.desk, self.matches)
        if self.question.frame == "hold_office" and self.question.tense is not Tense.PAST:
            equal = [c for c in found if c.score >= 0.95 * best.score and c.fact is not None and c.predicate > 0]
            best = max(equal, key=lambda c: (c.line.at, c.score), default=best)  # who holds an office now
        judged = conflicts.judged(ask, best, found)
        answer = wording.told(self.desk, ask, judged.best, found, judged.rivals)
        return wording.updated(answer, judged.earlier)


def _times_in(nlp: Language, question: str, now: datetime) -> Sequence[When]:
    passage = Passage("question", 0, BlockKind.PROSE, 0, nlp(besides(question)[0]))
    return times.find((passage,), now)
