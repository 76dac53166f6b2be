"""A question in, an answer out: understand, match, weigh, word. Pure; everything it looks at is handed to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.answers import identity, matching, pairs, verdicts, wording
from briefs.answers.asking import Ask
from briefs.answers.candidates import Candidate, candidates
from briefs.answers.ground import Ground
from briefs.answers.lexicon import LIGHT_VERBS
from briefs.answers.questions import Question, Tense, understand
from briefs.answers.spelling import besides
from briefs.facts import frames
from briefs.language import times
from briefs.language.pipeline import Passage
from briefs.language.words import stems
from briefs.models import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from spacy.language import Language

    from briefs.answers.matching import Match
    from briefs.models import Answer, Article, Reading, When

ACCEPT = 0.70  # a candidate's score from which it is told; below it, too many answers to the unanswerable
TOLD, TOLD_COVER = 0.60, 0.50  # the same where a fact of the event itself has the value in the slot asked for
COMING = 0.56  # the same for a time still to come: a date in the future is evidence by itself
SIDES = 0.45  # who did it to whom must not be plainly others than asked
COVER = 0.60  # the share of the question that its sentence must carry
UPDATE = timedelta(hours=6)  # between articles, after which another figure is an update and no disagreement
RIVAL = 0.94  # of the best score: a different value this near is a disagreement


def reply(
    question: str,
    *,
    nlp: Language,
    now: datetime,
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    considered: int,
) -> Answer:
    """Answer a question from some articles as of ``now``; status unknown when they do not say."""
    ground = Ground(articles, readings)
    if not any(character.isalnum() for character in question):
        return wording.not_asked(question, considered)
    asked = understand(nlp, question, names=ground.names, whens=_times_in(nlp, question, now))
    matches = matching.rank(asked, ground)
    desk = wording.Desk(asked, ground, now, considered)
    match asked.asks[0]:
        case _ if not articles:
            return wording.unknown(desk, ())
        case Ask.PAIRS:
            return pairs.answer(desk)
        case Ask.NEWS:
            return wording.news(desk, matches)
        case Ask.YES_NO:
            return verdicts.answer(desk, matches)
        case Ask.IDENTITY:
            return identity.answer(desk) or wording.unknown(desk, matches)
    return wording.joined([_slot(desk, ask, matches) for ask in asked.asks])


def _times_in(nlp: Language, question: str, now: datetime) -> Sequence[When]:
    passage = Passage("question", 0, BlockKind.PROSE, 0, nlp(besides(question)[0]))
    return times.find((passage,), now)


def _slot(desk: wording.Desk, ask: Ask, matches: Sequence[Match]) -> Answer:
    """The answer for one slot of an event: who, when, where, how many, why, what."""
    found = candidates(desk.question, ask, matches, desk.ground)
    if ask is Ask.WHEN:
        found = [c for c in found if c.when is not None]
        if desk.question.order == "next" or desk.question.tense is Tense.FUTURE:
            return _coming(desk, found, matches)
    best = next((c for c in found if _good(desk.question, ask, c)), None)
    if best is None:
        return wording.unknown(desk, matches)
    if desk.question.frame == "hold_office" and desk.question.tense is not Tense.PAST:
        equal = [c for c in found if c.score >= 0.95 * best.score and c.fact is not None and c.predicate > 0]
        best = max(equal, key=lambda c: (c.line.at, c.score), default=best)  # who holds an office now
    rivals = _rivals(ask, best, found)
    if ask in (Ask.HOW_MANY, Ask.HOW_MUCH) and rivals:
        best, rivals, earlier = _updated(best, rivals)
        return wording.updated(wording.told(desk, ask, best, found, rivals), earlier)
    return wording.told(desk, ask, best, found, rivals)


def _good(question: Question, ask: Ask, candidate: Candidate) -> bool:
    """Whether a candidate is told: well matched, and of the event asked about where that is named."""
    event = question.lemma is not None and question.lemma not in LIGHT_VERBS and question.frame != frames.OTHER
    if event and ask in (Ask.WHO, Ask.WHERE, Ask.WHEN) and candidate.predicate == 0:
        return False
    structural = candidate.predicate >= matching.FRAME_MATCH and candidate.fit >= 0.8 and candidate.sides >= 0.8
    if event and structural:
        return candidate.score >= TOLD and candidate.coverage >= TOLD_COVER
    return candidate.score >= ACCEPT and candidate.coverage >= COVER and candidate.sides >= SIDES


def _coming(desk: wording.Desk, found: Sequence[Candidate], matches: Sequence[Match]) -> Answer:
    """The nearest time still to come; when all are past, the last one known, said to be so."""
    fit = [c for c in found if c.score >= COMING and c.coverage >= COVER and c.sides >= SIDES]
    if not fit:
        return wording.unknown(desk, matches)
    coming = [c for c in fit if c.when is not None and c.when.last is not None and c.when.last > desk.now]
    if not coming:
        return wording.nothing_later(desk, max(fit, key=lambda c: (_first(c), c.score)))
    near = [c for c in coming if c.score >= coming[0].score * 0.85]
    best = min(near, key=lambda c: (_first(c), -c.score)) if desk.question.order == "next" else near[0]
    return wording.told(desk, Ask.WHEN, best, near, _rivals(Ask.WHEN, best, near))


def _first(candidate: Candidate) -> datetime:
    assert candidate.when is not None
    return candidate.when.first or candidate.line.at


def _rivals(ask: Ask, best: Candidate, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Other values that other articles give with about the same support: a disagreement of the sources."""
    if best.fact is None or best.predicate == 0 or ask not in (Ask.WHEN, Ask.WHERE, Ask.HOW_MANY, Ask.HOW_MUCH):
        return ()
    rivals: dict[str, Candidate] = {}
    for other in found:
        near = other.score >= best.score * RIVAL and other.fact is not None and other.predicate > 0
        elsewhere = other.line.article.id != best.line.article.id
        if near and elsewhere and other.key not in rivals and _differ(ask, best, other):
            rivals[other.key] = other
    return tuple(rivals.values())


def _updated(
    best: Candidate, rivals: Sequence[Candidate]
) -> tuple[Candidate, tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The newest figure, those that still rival it, and those it has overtaken: a toll rises, a queue grows."""
    newest, *others = sorted([best, *rivals], key=lambda c: (c.line.at, c.score), reverse=True)
    earlier = tuple(c for c in others if newest.line.at - c.line.at >= UPDATE)
    return newest, tuple(c for c in others if c not in earlier), earlier


def _differ(ask: Ask, one: Candidate, two: Candidate) -> bool:
    """Whether two values cannot both be right."""
    if one.fact and two.fact and one.fact.modality is not two.fact.modality:
        return False
    if ask is Ask.WHEN:
        a, b = one.when, two.when
        if a is None or b is None or a.first is None or b.first is None or a.last is None or b.last is None:
            return False
        return a.last <= b.first or b.last <= a.first
    if ask is Ask.WHERE:
        return not stems(one.text) & stems(two.text)
    return _figures(one.text) != _figures(two.text)


def _figures(text: str) -> frozenset[str]:
    return frozenset(s for s in stems(text) if any(c.isdigit() for c in s))
