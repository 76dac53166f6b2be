"""The words of a question that a right answer's sentence should share, and how telling each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers.lexicon import (
    ASKING,
    LIGHT_VERBS,
    NAME_NOUNS,
    ORDER,
    PARTICLES,
    PERSON_NOUNS,
    SUPERLATIVES,
    TIME_NOUNS,
)
from briefs.facts import frames
from briefs.language.words import STOP_WORDS, stem, stems, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from briefs.answers.clause import Clause
    from briefs.answers.english import English
    from briefs.answers.known import Named

NAME = 1.3
WORD = 1.0
EMBEDDED = 0.9  # "when she beat him" narrows a question and is often told in another sentence
WANTED = 0.5  # the noun asked for: an answer's sentence need not say that a firm is one
_SLOTS = (
    TIME_NOUNS
    | NAME_NOUNS
    | {"number", "amount", "reason", "person", "percentage", "percent", "proportion", "location", "place"}
)


@dataclass(frozen=True, slots=True)
class Key:
    """A content word of the question. ``weight`` scales its rarity; names weigh more, the wanted noun less."""

    stem: str
    word: str
    weight: float
    is_name: bool = False
    frame: str | None = None  # for verbs and nominal events: other words of the frame match too
    full: frozenset[str] = frozenset()  # stems of what it is short for; a sentence that has them all names it too


def keys_of(
    doc: Doc,
    clauses: Sequence[Clause],
    wanted: Collection[int],
    timed: Collection[int],
    named: Sequence[Named],
    english: English,
) -> tuple[Key, ...]:
    """The content words; those of a time ("on June 9", token indices ``timed``) are a condition instead."""
    asking = {t.i for clause in clauses for t in clause.wh}
    embedded = {i for clause in clauses for i in clause.embedded}
    found: dict[str, Key] = {}
    verbs = {clause.verb.i: clause for clause in clauses if clause.verb is not None and not clause.copular}
    helping = {i for clause in clauses for i in clause.spent}
    for token in doc:
        if token.i in timed or token.i in asking or (token.i in wanted and token.lemma_.lower() in _SLOTS):
            continue
        if token.i in verbs:
            keys = _of_verb(token, verbs[token.i])
        elif token.i in helping:
            continue
        else:
            weight = WANTED if token.i in wanted else EMBEDDED if token.i in embedded else WORD
            keys = _of_word(token, weight, _name_at(token, named), english)
        for key in keys:
            found.setdefault(key.stem, key)
    return tuple(found.values())


def _of_verb(token: Token, clause: Clause) -> Iterator[Key]:
    """A verb by its lemma; one of several words by those that tell: "bankrupt" of "go bankrupt"."""
    lemma = clause.lemma or token.lemma_.lower()
    if lemma == "take place":
        return
    first, *rest = lemma.split()
    known = clause.frame if clause.frame != frames.OTHER else None
    telling = [word for word in rest if word not in STOP_WORDS | ASKING | PARTICLES]
    if not telling and (first not in LIGHT_VERBS or (known and rest)):
        yield Key(stem(first), token.lower_, WORD, frame=known)
    for word in telling:
        yield Key(stem(word), word, WORD, frame=known)


def _of_word(token: Token, weight: float, named: Named | None, english: English) -> Iterator[Key]:
    is_name = named is not None or _looks_named(token, english)
    for word, _, _ in words(token.text):
        if not is_name and _is_idle(token, word):
            continue
        if word in STOP_WORDS and not (is_name and token.text.isupper() and len(word) > 2):
            continue
        kind = frames.frame(token.lemma_.lower(), token.pos_) if token.pos_ in ("VERB", "NOUN") else frames.OTHER
        full = stems(named.entity.name) if named is not None else frozenset()
        root = stem(token.lemma_.lower()) if token.pos_ == "VERB" and token.lemma_ else stem(word)
        yield Key(
            root,
            word,
            max(weight, NAME) if is_name and weight != WANTED else weight,
            is_name,
            kind if kind != frames.OTHER and not is_name else None,
            full if root not in full else frozenset(),
        )


def _is_idle(token: Token, word: str) -> bool:
    """Whether a word only asks, links or orders."""
    if word in ASKING or token.lower_ in ORDER or token.lower_ in SUPERLATIVES:
        return True
    if token.pos_ in ("AUX", "DET", "PRON", "PUNCT") and not token.text[:1].isupper():
        return True
    if token.tag_ in {"IN", "TO", "RP", "MD", "CC", "UH"}:
        return True
    if token.tag_ == "RB" and token.i + 1 < len(token.doc) and token.nbor().tag_ == "IN":
        return True  # "back in 2014"
    return token.lemma_.lower() in LIGHT_VERBS and token.pos_ in ("VERB", "AUX")


def _looks_named(token: Token, english: English) -> bool:
    if token.text.isupper() and token.lower_ in PERSON_NOUNS:
        return False  # "the CEO"
    capital = any(c.isupper() for c in token.text)
    if token.i == 0:
        return token.pos_ == "PROPN" and not english.is_word(token.lower_)
    return capital or (token.pos_ == "PROPN" and not english.is_word(token.lower_))


def _name_at(token: Token, named: Sequence[Named]) -> Named | None:
    return next((n for n in named if n.start <= token.idx < n.end), None)
