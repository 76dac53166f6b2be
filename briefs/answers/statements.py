"""What somebody said about something: the clause or the words quoted, as the sentence has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.candidates.candidate import Candidate, folded, tells, trimmed
from briefs.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Fact

SHORT = 3  # words below which a clause says nothing
_QUOTATION = re.compile(r"[\"“]([^\"“”]{3,400})[\"”]")


def statements(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """What a sentence says that the speaker asked about said, the whole quotation where it stands in one."""
    for fact in match.line.facts:
        if fact.kind != "say" or not tells(question, fact):
            continue
        agreed = matching.agreement(question, fact, ground)
        predicate = matching.predicate_match(question, fact, ground)
        said = [(a.start, a.end) for a in fact.arguments if a.role in ("topic", "patient")]
        told_first = [] if any(_tells(place, fact, match.line) for place in said) else _said_before(fact, match.line)
        for told in told_first or said:
            for start, last, share in _said(*told, match.line):
                end = _closed(match.line, start, last)
                text = trimmed(match.line.article.text[start:end])
                if len(text.split()) < SHORT and share < 1:
                    continue
                fit = share * _speaker_fit(question, fact, ground) * _on_topic(question, text, match.line)
                yield Candidate(
                    text, folded(text), match.line, start, end, match.coverage, agreed, predicate, fit, fact
                )


def _said_before(fact: Fact, line: Line) -> list[tuple[int, int]]:
    """The clause that a speaker is set behind, where the parser left it out: "the money is gone, its director conceded"."""
    before = line.article.text[line.start : fact.predicate.start]
    clause = before.partition(", ")[0]
    verbs = any(line.start <= f.predicate.start < line.start + len(clause) for f in line.facts if f is not fact)
    return [(line.start, line.start + len(clause))] if verbs and len(clause) < len(before) else []


def _tells(place: tuple[int, int], fact: Fact, line: Line) -> bool:
    """Whether what is said is a clause or a quotation, and no bare noun that the parser took for one."""
    start, end = place
    inside = any(start <= f.predicate.start < end for f in line.facts if f is not fact)
    return inside or any(mark in line.article.text[max(start - 1, 0) : end + 2] for mark in '“”"')


def _said(first: int, last: int, line: Line) -> Iterator[tuple[int, int, float]]:
    """The clause itself and, better, the quotation that it is part of or that is part of it."""
    yield first, last, 0.9
    for found in _QUOTATION.finditer(line.text):
        start, end = line.start + found.start(1), line.start + found.end(1)
        if start < last and first < end and (start, end) != (first, last):
            yield start, end, 1.0 if len(found[1].split()) > SHORT else 0.8


def _closed(line: Line, start: int, end: int) -> int:
    """The end of a clause with the mark that closes the quotation in it."""
    text = line.article.text
    opened = text.count("“", start, end) > text.count("”", start, end) or text.count('"', start, end) % 2
    closing = re.match(r"[.,!?]?[\"”]", text[end : line.end]) if opened else None
    return end + closing.end() if closing else end


def _speaker_fit(question: Question, fact: Fact, ground: Ground) -> float:
    """Whether the one who says it is the one asked about."""
    if not question.subject:
        return 1.0
    speakers = [a for a in fact.arguments if a.role == "agent"]
    named = frozenset().union(
        *(
            stems(a.text) | (stems(ground.names.of(fact.article_id, a.entity).name) if a.entity else frozenset())
            for a in speakers
        )
    ) | stems(fact.attribution or "")
    if question.subject & (named or _set_behind(fact, ground)):
        return 1.0
    return (
        0.5 if not speakers or all(a.head.lower() in matching.PRONOUNS and a.entity is None for a in speakers) else 0.2
    )


def _set_behind(fact: Fact, ground: Ground) -> frozenset[str]:
    """The stems between a clause and the verb that says it: ", its director, Karl Weiss, conceded"."""
    before = ground.articles[fact.article_id].text[fact.start : fact.predicate.start]
    return stems(before.partition(", ")[2])


def _on_topic(question: Question, text: str, line: Line) -> float:
    """Whether it is about what was asked: in its own words, or at least in those of its sentence."""
    topic = matching.key_stems(question) - question.subject
    if not topic:
        return 1.0
    own = len(topic & stems(text)) / len(topic)
    around = len(topic & line.bag) / len(topic)
    return 0.75 + 0.25 * own if own else 0.5 + 0.2 * around
