"""Phrases: the arguments of the facts that match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.candidates.candidate import of_argument, told_facts
from briefs.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.candidates.candidate import Candidate
    from briefs.answers.ground import Ground
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Argument


def phrases(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The arguments of the facts of a sentence, those of the event asked about first."""
    given = matching.key_stems(question)
    for fact, predicate, agreed in told_facts(question, match.line, ground):
        for argument in fact.arguments:
            said = ask is Ask.STATEMENT
            if said and (fact.kind != "say" or argument.role not in ("topic", "patient")):
                continue
            inside = stems(argument.text)
            if not inside or inside <= given or argument.role == "time":
                continue
            fit = _phrase_fit(question, argument, said=said) * (1 - 0.6 * len(inside & given) / len(inside))
            yield of_argument(argument, fact, match, (predicate, agreed), fit)


def _phrase_fit(question: Question, argument: Argument, *, said: bool) -> float:
    if said:
        return 1.0
    doer_asked = question.subject_asked and not question.passive
    if argument.role in ("patient", "topic"):
        return 0.5 if doer_asked else 1.0
    if argument.role == "agent":
        return 1.0 if doer_asked else 0.2
    return 0.5
