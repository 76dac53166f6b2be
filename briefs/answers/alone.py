"""How likely a value is right that one article alone tells of, where no other can bear it out.

A logistic model over what a person would look at: does the sentence carry the question, is the value where the event has it,
does another value press close, is a word of the question left over or another in its place. Its weights were fitted to a
thousand questions each put to one paragraph, half of them turned by a word so that the paragraph does not answer; chosen
by cross-validation over paragraphs, so that no weight rests on what a single text happens to say.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.answers.lexicon import AUXILIARIES, WH
from briefs.language.synonyms import family, synonyms
from briefs.language.words import STOP_WORDS, stem, stems, word_set, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefs.answers.candidates import Candidate
    from briefs.answers.questions import Question

TELLING = 0.38  # from here a value is told
ENOUGH = 2  # words of a question; a sentence carries a single one whatever it says of it
BARE = 0.2  # more to be shown for a question of fewer
FEW = 4  # words left over, beyond which more make no difference
AHEAD = 0.3  # of the next value's score, beyond which more makes no difference
FIRST = 3  # words of a value, among which it points to something else
_IDLE = STOP_WORDS | WH | AUXILIARIES
_POINTING = word_set("this that these those such it its his her their he she they him them former latter same")
BIAS = -3.55
WEIGHTS: Mapping[str, float] = {
    "coverage": 1.02,  # of the question's weight by the sentence
    "agreement": 0.50,  # of the question's weight by the statement itself
    "fit": 0.52,  # of the value's role and kind
    "sides": 0.51,  # who did it to whom
    "missing": -1.27,  # the weightiest word that stands nowhere near
    "lead": 1.44,  # over the best of another value
    "of the event": 0.60,  # the statement is of the event, and its sides and the value are what was asked for
    "every word said": 0.36,
    "left over": 1.07,  # words of the question that the article has not: the asker's own words rather than a twist
    "replaced": -0.25,
    "of the noun wanted": 0.73,
    "pointing": -1.55,  # to something told before: "this", "its"
}


def weakness(question: Question, candidate: Candidate, *, less: float = 0.0) -> str | None:
    """Why a value is too unlikely to be told; None where it is not. ``less``: so much less will do."""
    likely, needed = likelihood(question, candidate), TELLING - less + BARE * (len(question.keys) < ENOUGH)
    return f"too unlikely ({likely:.2f} of {needed:.2f}): one article alone tells it" if likely < needed else None


def likelihood(question: Question, candidate: Candidate) -> float:
    """How likely the value is right, 0..1."""
    weighed = BIAS + sum(WEIGHTS[name] * value for name, value in evidence(question, candidate).items())
    return 1 / (1 + math.exp(-weighed))


def evidence(question: Question, candidate: Candidate) -> dict[str, float]:
    """What is weighed, by name; each about 0..1."""
    told, bag = candidate.line, candidate.line.bag | _spoken(candidate.line.text)
    article = _all_of(told.article.text)
    asked = list(_content(question.text))
    left, nowhere = _left_over(asked, bag), _left_over(asked, article)
    inside = [word for word, _, _ in words(candidate.text)]
    return {
        "coverage": candidate.coverage,
        "agreement": candidate.agreement,
        "fit": candidate.fit,
        "sides": candidate.sides,
        "missing": candidate.missing,
        "lead": max(-AHEAD, min(AHEAD, candidate.lead)) / AHEAD,
        "of the event": float(candidate.in_slot),
        "every word said": float(not left),
        "left over": min(len(nowhere), FEW) / FEW,
        "replaced": float(_replaced(question.text, told.text, left, candidate.text)),
        "of the noun wanted": float(question.wanted is not None and stem(question.wanted) in stems(candidate.text)),
        "pointing": float(any(word in _POINTING for word in inside[:FIRST])),
    }


def _content(text: str) -> Iterator[str]:
    """The stems of a question's words that a sentence has to account for."""
    return (stem(word) for word, _, _ in words(text) if word not in _IDLE)


def _left_over(asked: list[str], said: frozenset[str]) -> frozenset[str]:
    """The stems asked that are not said, nor another word of their family or of nearly the same meaning."""
    families = _families(said)
    return frozenset(s for s in asked if s not in said and family(s) not in families and not synonyms(s) & said)


def _replaced(asked: str, told: str, left: frozenset[str], value: str) -> bool:
    """Whether a word left over has another in its place: "the Office of Eastern Trade" where "Office of Western Trade" is told."""
    question, said, given = _sequence(asked), _sequence(told), _spoken(asked) | _spoken(value)
    around = {
        (before, after) for before, word, after in _in_threes(said) if word not in given and word not in _STEMMED_IDLE
    }
    befores = {before for before, _ in around} - _STEMMED_IDLE
    afters = {after for _, after in around} - _STEMMED_IDLE
    return any(
        before in befores or after in afters or (before, after) in around
        for before, word, after in _in_threes(question)
        if word in left
    )


def _in_threes(said: list[str]) -> Iterator[tuple[str, str, str]]:
    """Each stem with the one before and the one after, empty at the ends."""
    return zip(["", *said[:-1]], said, [*said[1:], ""], strict=True)


def _sequence(text: str) -> list[str]:
    return [stem(word) for word, _, _ in words(text)]


@lru_cache(maxsize=64)
def _spoken(text: str) -> frozenset[str]:
    return frozenset(_sequence(text))


@lru_cache(maxsize=8)
def _all_of(article: str) -> frozenset[str]:
    return stems(article)


@lru_cache(maxsize=64)
def _families(said: frozenset[str]) -> frozenset[str]:
    return frozenset(map(family, said))


_STEMMED_IDLE = frozenset(map(stem, _IDLE)) | {""}
