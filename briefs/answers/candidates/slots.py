"""Which part of an event a question leaves open: its doer, whom it is done to, or what a preposition brings in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.facts.frames import MUTUAL
from briefs.language.words import stems

if TYPE_CHECKING:
    from briefs.answers.ground import Line
    from briefs.answers.questions import Question
    from briefs.models import Argument, Fact, Role

PARTICIPANTS: tuple[Role, ...] = ("agent", "co_agent", "patient", "recipient")
BROUGHT_IN = 0.35  # the fit of another participant where the question's preposition asks for its own
NEAR = 14  # characters before an argument in which its preposition stands

_PREPOSITIONS = r"to|from|with|by|for|against|over|of|on|in|at|about|under|into|through|between|as|after"
_ENDS_WITH = re.compile(rf"\b({_PREPOSITIONS})\s*(?:(?:in|on|last|this|back|during|at)\s[\w\s,]*)?\W*$", re.IGNORECASE)
_WH = r"(?:what|which|who|whom|whose|when|where|why|how)"
_OPENS_WITH = re.compile(rf"^(?:(?!\b{_WH}\b).)*?\b({_PREPOSITIONS})\s+(?:what|which|who|whom|whose)\b", re.IGNORECASE)


def preposition(question: Question) -> str | None:
    """The preposition whose complement is asked for: "who did she lose to", "with whom did he meet"."""
    found = _OPENS_WITH.match(question.text)
    if found is not None and found[1].lower() == "of" and question.subject_asked and question.lemma is not None:
        return None  # "the production of what fell": the doer, not what the event is of
    if found is None and not question.subject_asked:
        found = _ENDS_WITH.search(question.text)
    return found[1].lower() if found else None


def role_fit(question: Question, fact: Fact, argument: Argument, line: Line) -> float:
    """How well an argument's role is the one asked for, 0..1."""
    asked = preposition(question)
    if fact.kind in MUTUAL and argument.role in PARTICIPANTS:
        return 1.0 if argument.role != "recipient" else 0.6
    if asked == "by":
        return 1.0 if argument.role == "agent" else BROUGHT_IN
    if asked == "with" and argument.role == "agent" and _acts_beside(question, fact, argument):
        return 1.0
    if asked is not None:
        return 1.0 if brought_in_by(asked, argument.start, line) else BROUGHT_IN if argument.role != "agent" else 0.2
    if argument.role not in PARTICIPANTS:
        return 0.8 if argument.role == "place" and _is_source(question, argument, line) else 0.3
    if question.passive and question.subject_asked and argument.role == "agent" and _undergone(fact):
        return 0.25  # "who was invited" is not who invited
    if question.subject_asked:
        return (
            1.0
            if argument.role == "agent"
            else 0.8
            if question.passive and argument.role in ("patient", "recipient")
            else 0.25
        )
    return 0.25 if argument.role == "agent" else 1.0


def _undergone(fact: Fact) -> bool:
    """Whether a fact has both who does it and to whom."""
    return any(a.role in ("patient", "recipient") and a.entity is not None for a in fact.arguments)


def _acts_beside(question: Question, fact: Fact, argument: Argument) -> bool:
    """Whether it does something together with whom the question names: "Falk and Roth dined" of "with whom did Falk dine"."""
    doers = [a for a in fact.arguments if a.role == "agent" and a is not argument]
    return bool(question.subject) and any(question.subject & stems(a.text) for a in doers)


def _is_source(question: Question, argument: Argument, line: Line) -> bool:
    """Whether it stands for the doer of an event told by its noun: "the lawsuit from Norvia"."""
    return question.subject_asked and brought_in_by("from", argument.start, line)


def brought_in(question: Question, start: int, line: Line) -> float:
    """1 where the preposition that the question asks by stands right before a place, else 0."""
    asked = preposition(question)
    return 1.0 if asked is not None and asked != "by" and brought_in_by(asked, start, line) else 0.0


def brought_in_by(asked: str, start: int, line: Line) -> bool:
    """Whether a preposition stands right before a place of the article; "with" may be "alongside"."""
    before = line.article.text[max(line.start, start - NEAR) : start]
    word = {"with": "with|alongside|between", "to": "to|toward|towards", "of": "of|from"}.get(asked, asked)
    return (
        re.search(rf"\b(?:{word})\s+(?:(?:the|a|an|its|his|her|their)\s+)?[\"“‘(]?$", before, re.IGNORECASE) is not None
    )
