"""Which part of an event a question leaves open: its doer, whom it is done to, or what a preposition brings in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.facts.frames import MUTUAL

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
    if asked is not None:
        return 1.0 if brought_in_by(asked, argument.start, line) else BROUGHT_IN if argument.role != "agent" else 0.2
    if argument.role not in PARTICIPANTS:
        return 0.8 if argument.role == "place" and _is_source(question, argument, line) else 0.3
    if question.subject_asked:
        return 1.0 if argument.role == "agent" else 0.8 if question.passive and argument.role == "patient" else 0.25
    return 0.25 if argument.role == "agent" else 1.0


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
    word = {"with": "with|alongside|between", "to": "to|toward|towards"}.get(asked, asked)
    return re.search(rf"\b(?:{word})\s+(?:(?:the|a|an|its|his|her|their)\s+)?$", before, re.IGNORECASE) is not None
