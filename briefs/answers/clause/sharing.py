"""Parts that leave out the event: "what date was it found, and at whose house?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefs.answers.clause.value import Clause


def shared(read: list[Clause]) -> list[Clause]:
    """The clauses of a question, those without a verb of their own about the event of the first."""
    first, *later = read
    for clause in later:
        if clause.verb is None and clause.noun is None:
            _share(first, clause)
    return read


def _share(first: Clause, clause: Clause) -> None:
    clause.verb, clause.lemma, clause.frame, clause.spent = first.verb, first.lemma, first.frame, first.spent
    clause.auxiliary, clause.passive, clause.copular = first.auxiliary, first.passive, first.copular
    clause.noun, clause.subject, clause.object, clause.beside = first.noun, first.subject, first.object, first.beside
    if first.gap == "subject":
        clause.gap = "preposition" if clause.lead else "other"
