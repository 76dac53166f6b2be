"""Places: of the facts that match, else those a preposition sets the scene with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.candidates.candidate import Candidate, folded, of_argument, told_facts
from briefs.language.words import stems
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question


def places(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The places of a sentence."""
    line, given = match.line, matching.key_stems(question)
    used: set[int] = set()
    for fact, predicate, agreed in told_facts(question, line, ground):
        for argument in fact.arguments:
            if argument.role == "place" and not stems(argument.text) <= given:
                used.add(argument.start)
                yield of_argument(argument, fact, match, (predicate, agreed), 1.0 if predicate else 0.5)
    for mention in line.mentions:
        if mention.entity.kind is not EntityKind.PLACE or mention.form != "name" or mention.start in used:
            continue
        text = line.article.text[mention.start : mention.end]
        before = line.article.text[max(line.start, mention.start - 12) : mention.start].lower().rstrip()
        inside = re.search(r"\b(?:in|at|near|outside|from|to|on|off)(?: the)?$", before) is not None
        if not stems(text) <= given:
            yield Candidate(
                text, folded(text), line, mention.start, mention.end, match.coverage, 0.0, 0.0, 0.5 if inside else 0.2
            )
