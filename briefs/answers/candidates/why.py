"""Reasons: of facts, and clauses that a word of cause opens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.candidates.candidate import Candidate, folded, trimmed
from briefs.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question

_CAUSE = re.compile(
    r"\b(?:because of|because|due to|owing to|thanks to|in response to|in protest (?:at|over|against)|so as to|in order to|"
    r"on the grounds that|blamed on|citing|over concerns|given)\s+",
    re.IGNORECASE,
)


def reasons(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The reasons a sentence gives."""
    line = match.line
    for fact in line.facts:
        predicate = matching.predicate_match(question, fact, ground)
        agreed = matching.agreement(question, fact, ground)
        for argument in fact.arguments:
            if argument.role == "reason" and not _repeats(question, argument.text):
                text = trimmed(argument.text)
                yield Candidate(
                    text, folded(text), line, argument.start, argument.end, match.coverage, agreed, predicate,
                    1.0 if predicate else 0.6, fact,
                )  # fmt: skip
    for found in _CAUSE.finditer(line.text):
        start = line.start + found.start()
        end = line.start + _clause_end(line.text, found.end())
        text = line.article.text[start:end]
        if _repeats(question, text):
            continue
        yield Candidate(text, folded(text), line, start, end, match.coverage, 0.0, 0.0, 0.7)


def _repeats(question: Question, text: str) -> bool:
    """Whether a clause tells what was asked about and not why."""
    given = matching.key_stems(question)
    return len(stems(text) & given) > len(given) / 2


def _clause_end(text: str, start: int) -> int:
    """Where the clause that begins at ``start`` ends: a semicolon, a quotation's end or the sentence's stop."""
    stop = re.search(r"[;”]|,\s+(?:said|he said|she said|according)|\.?\s*$", text[start:])
    return start + (stop.start() if stop else len(text) - start)
