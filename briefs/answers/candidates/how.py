"""Manner and means: "by raising fares", "through a broker", "with a crane", "as a loan"; and how something went."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.candidates.amounts import amounts, asks_of_the_past
from briefs.answers.candidates.candidate import Candidate, folded
from briefs.answers.candidates.what import phrases
from briefs.answers.candidates.why import governing
from briefs.answers.measures import is_measured
from briefs.language.words import stem, stems, word_set
from briefs.models import EntityKind, Modality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Argument, Fact

OTHER_EVENT = 0.5  # of the fit of a manner in which something else is done
ELSE = 0.45  # of the fit of a phrase that tells no manner
LONGEST = 200  # characters
_BY_DOING, _MEANS, _AS, _WITH, _MANNER, _OUTCOME = 1.0, 0.95, 0.95, 0.8, 0.6, 0.9
_MARKERS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        _BY_DOING,
        re.compile(
            r"\bby\s(?:\w+ly\s)?(?!(?:during|evening|morning|spring|king|including)\b)\w{2,}ing\b", re.IGNORECASE
        ),
    ),
    (
        _MEANS,
        re.compile(
            r"\b(?:through|via|by\smeans\sof|by\sway\sof|by\suse\sof|using|with\sthe\s(?:help|aid|use)\sof)\s",
            re.IGNORECASE,
        ),
    ),
    (_WITH, re.compile(r"\b(?:with\sor\s)?(?:with|without)\s", re.IGNORECASE)),
)
_NAMING = word_set(
    "describe characterize characterise restate classify define know express treat regard see view refer call term label consider"
)
_AS_WHAT = re.compile(r"\bas\s(?!(?:well|soon|long|far|much|many|part|a\sresult|of)\b)", re.IGNORECASE)
_GOING = word_set("go end fare turn perform do finish work")
_TURNING = word_set("rule vote decide react respond plead answer reply react conclude")
_END = re.compile(
    r"[;:—–(\[]|[”\"]|\.(?=\s|$)|,(?!\s?\d)\s(?=(?:but|while|although|who|which|where|when|according|he|she|it|they|a|an|the)\b)|,\s\w+\s(?:said|says)\b"
)
_ACTING = {EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.GROUP}


def manners(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """How the event of a sentence is done, or how it went."""
    if is_measured(question):
        yield from amounts(question, Ask.HOW, match, ground)
        return
    yield from _by_marker(question, match, ground)
    yield from _by_role(question, match, ground)
    yield from _outcomes(question, match, ground)
    for candidate in phrases(question, Ask.HOW, match, ground):
        yield replace(candidate, fit=ELSE * candidate.fit)


def _by_marker(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The phrases that a word of means opens."""
    line = match.line
    markers = [*_MARKERS, (_AS, _AS_WHAT)] if question.lemma in _NAMING else [*_MARKERS]
    for fit, pattern in markers:
        for found in pattern.finditer(line.text):
            start, end = line.start + found.start(), line.start + _end(line.text, found.end())
            fact, predicate = governing(question, line, (start, end), ground)
            if fact is None or not _tells(question, fact) or not _says_more(question, line, start, end):
                continue
            if fit == _WITH and _is_company(line, start, end):
                continue
            agreed = matching.agreement(question, fact, ground)
            sure = 1.0 if predicate >= matching.FRAME_MATCH else OTHER_EVENT
            yield _candidate(match, (start, end), (agreed, predicate), fit * sure, fact)


def _by_role(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The arguments that the parse gives the role of a manner, and what does it where no one does."""
    line = match.line
    for fact in line.facts:
        predicate = matching.predicate_match(question, fact, ground)
        if not predicate or not _tells(question, fact):
            continue
        agreed = matching.agreement(question, fact, ground)
        for argument in fact.arguments:
            fit = _role_fit(argument, line)
            if fit and _says_more(question, line, argument.start, argument.end):
                yield _candidate(match, (argument.start, argument.end), (agreed, predicate), fit, fact)


def _role_fit(argument: Argument, line: Line) -> float:
    if argument.role == "manner":
        return _MANNER if argument.text.endswith("ly") or re.search(r"\w+ing\b", argument.text) is None else 0.9
    by = line.article.text[line.start : argument.start].lower().endswith(" by ")
    acting = argument.entity is not None and argument.entity.kind in _ACTING
    return 0.85 if argument.role == "agent" and by and not acting else 0.0


def _outcomes(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """How something went: what it did or what became of it, in the sentence's own words."""
    line, lemma = match.line, question.lemma or ""
    if lemma not in _GOING | _TURNING:
        return
    for fact in line.facts:
        agreed, predicate = matching.agreement(question, fact, ground), matching.predicate_match(question, fact, ground)
        of_event = predicate >= matching.FRAME_MATCH if lemma in _TURNING else agreed >= 0.4 and bool(fact.arguments)
        asked = stem(fact.predicate.lemma) in matching.key_stems(question) and lemma in _GOING
        if not of_event or asked or not _tells(question, fact) or fact.kind == "say":
            continue
        start = fact.predicate.end + 1 if lemma in _TURNING else fact.predicate.start
        end = line.start + _end(line.text, fact.predicate.end - line.start)
        if end - start >= 4 and _says_more(question, line, start, end):
            yield _candidate(match, (start, end), (agreed, max(predicate, 0.5)), _OUTCOME, fact)


def _tells(question: Question, fact: Fact) -> bool:
    """Whether a fact's modality lets it answer: how something can be done is no answer to how it was."""
    denied = re.search(r"\bnot\b|n[’']t\b", question.text, re.IGNORECASE) is not None
    if fact.negated != denied or fact.modality is Modality.CANCELLED:
        return False
    return fact.modality is Modality.HAPPENED or not asks_of_the_past(question)


def _candidate(match: Match, place: tuple[int, int], told: tuple[float, float], fit: float, fact: Fact) -> Candidate:
    start, end = place
    text = " ".join(match.line.article.text[start:end].split()).strip(" ,;:.–—-")
    return Candidate(text, folded(text), match.line, start, end, match.coverage, told[0], told[1], fit, fact)


def _says_more(question: Question, line: Line, start: int, end: int) -> bool:
    """Whether a phrase says more than the question, and is no whole paragraph."""
    inside = stems(line.article.text[start:end])
    return bool(inside - matching.key_stems(question)) and end - start <= LONGEST


def _is_company(line: Line, start: int, end: int) -> bool:
    """Whether "with" brings in somebody and no thing: "met with the mayor"."""
    near = [m for m in line.mentions if start < m.start < min(end, start + 16) and m.form != "pronoun"]
    return any(m.entity.kind in _ACTING for m in near)


def _end(text: str, start: int) -> int:
    stop = _END.search(text, start)
    return stop.start() if stop else len(text)
