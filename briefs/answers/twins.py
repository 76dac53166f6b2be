"""Other sentences of an article that tell the same event: what one leaves out the other may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.candidates.candidate import tells
from briefs.facts import frames
from briefs.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground, Line
    from briefs.answers.questions import Question
    from briefs.models import Fact


def twins(question: Question, fact: Fact, ground: Ground) -> Iterator[Fact]:
    """The facts of the article's other sentences that may tell the same event and may answer."""
    named = names_of(fact, ground)
    for other in ground.readings[fact.article_id].facts:
        alike = other.predicate.lemma == fact.predicate.lemma or other.kind == fact.kind != frames.OTHER
        if alike and other.start != fact.start and tells(question, other) and _is_twin(fact, other, named, ground):
            yield other


def line_of(fact: Fact, ground: Ground) -> Line:
    """The sentence of a fact."""
    at = fact.predicate.start
    return next(line for line in ground.lines if line.article.id == fact.article_id and line.start <= at < line.end)


def names_of(fact: Fact, ground: Ground) -> frozenset[str]:
    """The full names of a fact's participants."""
    told = (a.entity for a in fact.arguments if a.entity is not None and a.role != "place")
    return frozenset(ground.names.of(fact.article_id, entity).name for entity in told)


def _is_twin(fact: Fact, other: Fact, named: frozenset[str], ground: Ground) -> bool:
    """Told by the same word, nobody else must take part; by another word of its frame, all that are named must agree."""
    theirs = names_of(other, ground)
    shared = named & theirs
    if stems(_word(fact, ground)) & stems(_word(other, ground)):
        return bool(shared) or not named or not theirs
    return len(shared) > 1 and shared in (named, theirs)


def _word(fact: Fact, ground: Ground) -> str:
    return ground.articles[fact.article_id].text[fact.predicate.start : fact.predicate.end]
