"""A clause that asks, as read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefs.facts import frames

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Clause:
    """One clause that asks. Token lists are empty where the question says nothing."""

    wh: tuple[Token, ...] = ()  # its question words: "when and where" has two
    phrase: tuple[Token, ...] = ()  # what the question word stands with: "large airline" of "which large airline"
    lead: str | None = None  # the preposition of the question word, before it or left behind: "who did she talk to"
    verb: Token | None = None
    lemma: str | None = None  # with its particle
    frame: str = frames.OTHER  # of the verb
    noun: Token | None = None  # the event where the verb is only "be": "when is the launch"
    subject: list[Token] = field(default_factory=list)
    object: list[Token] = field(default_factory=list)
    beside: list[tuple[str, list[Token]]] = field(default_factory=list)  # preposition and its phrase
    embedded: set[int] = field(default_factory=set)  # tokens of clauses that only narrow it: "when she beat him"
    spent: set[int] = field(default_factory=set)  # tokens that are part of the verb: particles, helpers
    auxiliary: str = ""
    passive: bool = False
    negated: bool = False
    copular: bool = False
    gap: str = "other"  # what is asked for: "subject", "object", "preposition", "predicate" or "other"
    mutual: bool = False  # "who met whom"
