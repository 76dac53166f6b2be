"""Which of several a question asks for: the next, the first, the biggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.lexicon import ORDER, SUPERLATIVES
from briefs.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc, Token

_FIRST_OF = word_set("name names lady minister aid degree quarter half person class division world war")


def order_of(doc: Doc, timed: Collection[int]) -> str | None:
    """The next, the last or the first; None where the question does not say."""
    return next((ORDER[t.lower_] for t in doc if t.lower_ in ORDER and t.i not in timed and _orders(doc, t)), None)


def _orders(doc: Doc, token: Token) -> bool:
    """Whether a word orders events here: not in "the first minister", "is coming", "will it last"."""
    match token.lower_:
        case "first":
            return _after(doc, token) not in _FIRST_OF
        case "coming":
            return token.dep_ == "amod"
        case "last":
            return token.tag_ not in {"VB", "VBZ", "VBP"}
        case "final" | "original":
            return token.pos_ == "ADJ"
        case _:
            return True


def _after(doc: Doc, token: Token) -> str:
    return doc[token.i + 1 : token.i + 2].text.lower()


def superlative_of(doc: Doc, timed: Collection[int]) -> str | None:
    """The superlative of a question: "biggest", "most expensive"; "at least" is none."""
    for token in doc:
        word = token.lower_
        at = word in ("least", "worst") and token.i and doc[token.i - 1].lower_ == "at"
        if at or token.i in timed or word in ORDER:
            continue
        if word == "most" and doc[token.i + 1 : token.i + 2] and doc[token.i + 1].tag_ in {"JJ", "VBN", "RB"}:
            return f"most {_after(doc, token)}" if _after(doc, token) not in ORDER else None
        if token.tag_ in {"JJS", "RBS"} or word in SUPERLATIVES - {"main", "most"}:
            return str(word)
    return None
