"""Which kind of answer a question asks for."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from briefs.answers.lexicon import AMOUNT_NOUNS, NAME_NOUNS, PERSON_NOUNS, TIME_NOUNS, WH
from briefs.facts import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token


class Ask(StrEnum):
    """The kind of answer asked for."""

    WHO = "who"
    WHICH = "which"  # one of a kind: a leader, an airline, a state
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HOW_LONG = "how_long"
    YES_NO = "yes_no"
    IDENTITY = "identity"  # who is X, what is X
    STATEMENT = "statement"  # what did X say about Y
    NEWS = "news"  # what happened to X, what is new with X
    PAIRS = "pairs"  # who met whom


_QUANTITIES = {
    "many": Ask.HOW_MANY, "much": Ask.HOW_MUCH, "long": Ask.HOW_LONG, "big": Ask.HOW_MUCH, "large": Ask.HOW_MUCH,
    "old": Ask.HOW_MUCH, "far": Ask.HOW_MUCH, "high": Ask.HOW_MUCH, "often": Ask.HOW_LONG,
}  # fmt: skip
_NEWS = re.compile(
    r"^\W*(?:what(?: is|'s| has)? (?:happened|happening|new|going on|the latest|up)\b|what (?:will happen|happens|became) (?:to|with|of)\b|(?:any )?(?:news|latest|updates?) (?:on|about|from|with|of)\b|tell me about\b|"
    r"what (?:did|has|have) (?!(?:he|she|it|they|we|i|you)\b)[\w'’ -]{2,40}? (?:do|done|been doing|been up to)(?: (?:now|next|lately|recently|so far|"
    r"today|yesterday|this week|last week|on \w+day))?\W*$)",
    re.IGNORECASE,
)


def wh_tokens(doc: Doc) -> tuple[Token, ...]:
    """The words that ask, relative clauses left out."""
    return tuple(t for t in doc if t.lower_ in WH and t.tag_ in ("WP", "WDT", "WRB", "WP$", "IN") and not _relative(t))


def _relative(token: Token) -> bool:
    """Whether a wh-word opens a relative clause ("the senator who voted") and asks nothing."""
    before = token.doc[token.i - 1] if token.i else None
    return before is not None and before.pos_ in ("NOUN", "PROPN") and token.i > 1


def asks_of(doc: Doc, wh: Sequence[Token], root: Token | None) -> tuple[Ask, ...]:
    """The kinds of answer asked for, in the order of the question."""
    text = doc.text
    if _NEWS.match(text):
        return (Ask.NEWS,)
    if (
        len(wh) >= 2
        and {wh[0].lower_, wh[-1].lower_} <= {"who", "whom"}
        and wh[-1].dep_ in ("dobj", "pobj", "nsubj", "ccomp")
        and not _joined(doc, wh)
    ):
        return (Ask.PAIRS,)
    if not wh:
        return (_without_wh(doc, root),)
    asks: list[Ask] = []
    for token in wh:
        ask = _ask_of(token, root)
        if ask not in asks:
            asks.append(ask)
    return tuple(asks)


def _joined(doc: Doc, wh: Sequence[Token]) -> bool:
    return any(t.lower_ in ("and", "or", ",") for t in doc[wh[0].i + 1 : wh[-1].i])


def _ask_of(token: Token, root: Token | None) -> Ask:
    word = token.lower_
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    if word == "how":
        return _QUANTITIES.get(after, Ask.HOW)
    noun = _noun_after(token)
    asked = noun.lemma_.lower() if noun is not None else ""
    if asked in TIME_NOUNS:
        return Ask.WHEN
    if word in ("when", "where", "why"):
        return Ask(word)
    if word in ("who", "whom", "whose"):
        return Ask.IDENTITY if _asks_identity(token) else Ask.WHO
    return _ask_of_what(token, asked, after, root)


def _ask_of_what(token: Token, asked: str, after: str, root: Token | None) -> Ask:
    """What "what" and "which" ask for, by the noun they stand with."""
    if asked in AMOUNT_NOUNS:
        return Ask.HOW_MUCH
    if asked == "reason":
        return Ask.WHY
    if token.lower_ == "which" or (asked and after.startswith(asked[:4])):
        return Ask.WHICH
    if _asks_identity(token):
        return Ask.IDENTITY
    says = root is not None and root.pos_ == "VERB" and frames.frame(root.lemma_.lower(), root.pos_) == "say"
    return Ask.STATEMENT if says else Ask.WHAT


def _noun_after(token: Token) -> Token | None:
    """The noun a wh-word asks for: "what date", "which large airline", "what is the date of"."""
    if token.dep_ in ("det", "poss") and token.head.pos_ in ("NOUN", "PROPN"):
        return token.head
    rest = list(token.doc[token.i + 1 :])
    if rest and rest[0].pos_ == "NOUN":
        return rest[0]
    if rest and rest[0].lemma_ == "be":
        subject = next((t for t in rest if t.dep_ in ("nsubj", "attr") and t.pos_ == "NOUN"), None)
        if subject is not None and subject.lemma_.lower() in TIME_NOUNS | AMOUNT_NOUNS | {"reason"}:
            return subject
    return None


def _asks_identity(token: Token) -> bool:
    """Whether it is "who is X" or "what is X" with X a name or a bare noun phrase and no other verb."""
    rest = [t for t in token.doc[token.i + 1 :] if not t.is_punct]
    if not rest or rest[0].lemma_ != "be":
        return False
    if any(t.pos_ == "VERB" for t in rest[1:]):
        return False
    named = [t for t in rest[1:] if t.dep_ in ("nsubj", "attr", "ROOT")]
    if token.lower_ == "who":
        return any(t.pos_ == "PROPN" or t.text[:1].isupper() for t in named) and not any(t.dep_ == "prep" for t in rest)
    return not any(t.dep_ == "prep" and t.lower_ not in ("of", "in") for t in rest) and len(rest) <= 6


def _without_wh(doc: Doc, root: Token | None) -> Ask:
    first = doc[0]
    if first.pos_ == "AUX" or first.lower_ in (
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
        "has",
        "have",
        "had",
        "will",
        "can",
        "could",
        "would",
        "should",
        "may",
    ):
        return Ask.YES_NO
    lemmas = {t.lemma_.lower() for t in doc if t.pos_ in ("NOUN", "PROPN")}
    if lemmas & TIME_NOUNS:
        return Ask.WHEN
    if lemmas & NAME_NOUNS or (root is not None and root.lemma_.lower() in PERSON_NOUNS):
        return Ask.WHO
    return Ask.HOW_MUCH if lemmas & AMOUNT_NOUNS else Ask.WHAT


def wanted_noun(doc: Doc, wh: Sequence[Token], asks: Sequence[Ask]) -> Token | None:
    """The noun asked for: "which airline", "how many jobs", "what date"."""
    for token in wh:
        if token.lower_ == "how" and asks[0] in (Ask.HOW_MANY, Ask.HOW_MUCH):
            quantity = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if quantity is not None and quantity.head.pos_ == "NOUN" and quantity.dep_ in ("amod", "nummod", "advmod"):
                return quantity.head
            if quantity is not None and token.i + 2 < len(doc) and doc[token.i + 2].pos_ == "NOUN":
                return doc[token.i + 2]
        noun = _noun_after(token)
        if noun is not None:
            return noun
    if not wh and asks[0] in (Ask.WHO, Ask.WHEN, Ask.HOW_MUCH):
        nouns = PERSON_NOUNS | TIME_NOUNS | NAME_NOUNS | AMOUNT_NOUNS
        return next((t for t in doc if t.lemma_.lower() in nouns), None)
    return None
