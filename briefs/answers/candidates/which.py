"""One of a kind: a name of that kind that takes part, else a phrase that the sentence says is one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask
from briefs.answers.candidates.what import called, loose_phrases
from briefs.answers.candidates.who import participants
from briefs.answers.lexicon import ORGANISATION_NOUNS, PERSON_NOUNS, PLACE_NOUNS
from briefs.answers.questions import Kind
from briefs.language.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.candidates.candidate import Candidate
    from briefs.answers.ground import Ground
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question

_OPENING = re.compile(r"\b(?:which|what)\s+((?:[\w’'-]+\s+){1,3})")
_KINDS = {Kind.PERSON: PERSON_NOUNS, Kind.ORGANISATION: ORGANISATION_NOUNS, Kind.PLACE: PLACE_NOUNS}
_NOUNS = PERSON_NOUNS | ORGANISATION_NOUNS | PLACE_NOUNS
_LINKED = re.compile(r"\b(?:of|the|and|for|in|on)\b")
UNNAMED = 0.45  # of the fit of a phrase where a person, an organisation or a place is asked for: those have names


def one_of_a_kind(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The values of a sentence that may be the one asked for."""
    yield from called(question, match, ground)
    asked = _of_its_subject(question)
    named = [c for c in participants(asked, Ask.WHICH, match, ground) if not _asks_name(question) or _names(c.text)]
    yield from named if asked is question else (replace(c, asked=c.asked or asked) for c in named)
    taken = {(c.start, c.end) for c in named}
    share = 1.0 if question.kind is Kind.ANY else UNNAMED
    for phrase in loose_phrases(question, match, ground):
        if not _repeats(question, phrase, taken) and (not _asks_name(question) or _names(phrase.text)):
            yield replace(phrase, fit=phrase.fit * share)


def _asks_name(question: Question) -> bool:
    """Whether somebody's very name is asked for: no description will do."""
    return question.kind is Kind.PERSON and re.search(r"\bnames?\b", question.text, re.IGNORECASE) is not None


def _names(text: str) -> bool:
    return any(word[:1].isupper() for word in text.split() if word.lower() not in ("the", "a", "an"))


def _of_its_subject(question: Question) -> Question:
    """The question with the noun asked for, where the parser took "which states" for somebody already known."""
    found = _OPENING.search(question.text.lower()) if question.wanted is None and question.subject else None
    taken = list(takewhile(lambda word: stem(word) in question.subject, found[1].split())) if found else []
    if not taken:
        return question
    noun = next((n for n in (taken[-1].removesuffix("s"), re.sub(r"ies$", "y", taken[-1])) if n in _NOUNS), taken[-1])
    kind = next((kind for kind, nouns in _KINDS.items() if noun in nouns), Kind.ANY)
    rest = question.subject - {stem(word) for word in taken}
    return replace(question, wanted=noun, kind=kind, subject=rest, subject_asked=True)


def _repeats(question: Question, phrase: Candidate, taken: set[tuple[int, int]]) -> bool:
    """Whether a phrase is a name that was found already, with a title or as part of more than was asked for."""
    around = [(a, b) for a, b in taken if phrase.start <= a and b <= phrase.end]
    titled = any(b == phrase.end and not _LINKED.search(phrase.text) for _, b in around)
    return titled or (bool(around) and question.kind is not Kind.ANY)
