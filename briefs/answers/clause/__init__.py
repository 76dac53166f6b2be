"""The clauses of a question that ask: question word, verb, subject, object and what stands beside them.

Small parsers are trained on statements and go wrong on questions, most of all on lower case ones. Their word classes are far
better than their trees, and a question's order is strict (question word, auxiliary, subject, verb, object, the rest), so
a clause is read from left to right by word classes; the tree is only asked which of several verbs is the main one.

``splitting`` finds the parts that ask. ``order`` reads one from its question word or auxiliary on, ``statement`` where neither
turns the order round, ``copula`` where "is" stands alone; all go on with ``verb`` and ``rest``, and fill the clause in as they go.
``sharing`` gives a part that leaves out the event the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.order import read
from briefs.answers.clause.sharing import shared
from briefs.answers.clause.splitting import parts
from briefs.answers.clause.value import Clause

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc

    from briefs.answers.english import English

__all__ = ["Clause", "clauses"]


def clauses(doc: Doc, timed: Collection[int], english: English) -> list[Clause]:
    """The clauses of a question that ask, in order; ``timed`` are the indices of words of a time."""
    return shared([read(part) for part in parts(doc, timed, english)])
