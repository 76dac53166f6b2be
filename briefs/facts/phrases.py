"""Which words of an argument are quoted: its phrase without the clauses and appositions that hang on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.frames import noun_frame
from briefs.facts.words import Word, run_around, spread, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

# Prepositions that tell of the event around and not of a noun, unless the noun is an event itself.
OUTSIDE = frozenset({"after", "before", "during", "until", "amid", "despite"})
_LOOSE = frozenset({"relcl", "parataxis", "conj", "cc", "punct", "preconj", "dep", "meta", "advcl", "intj"})


def noun_phrase(words: Sequence[Word], head: Word) -> tuple[int, int]:
    """First and last index of a noun phrase: modifiers stay, relative clauses, further conjuncts and asides go."""
    kept = spread(head, lambda parent, child: _loose(parent, child) and not _paired(head, parent, child))
    kept |= {c.index for c in head.children if c.dep == "punct" and c.left > head.left and _tight(c)}
    return trimmed(words, *run_around(head.index, kept), head.index)


def _paired(head: Word, parent: Word, child: Word) -> bool:
    """Whether a conjunct belongs to a noun inside the phrase: "talks between the union and the firm"."""
    return parent is not head and parent.dep == "pobj" and child.dep in {"conj", "cc"} and parent.head.lower in _PAIRING


_PAIRING = frozenset({"between", "among"})


def coordinated(words: Sequence[Word], head: Word) -> tuple[int, int]:
    """First and last index of a noun phrase with all its conjuncts ("both she and her deputy")."""
    last = max((noun_phrase(words, c)[1] for c in conjuncts(head)), default=head.index)
    first = noun_phrase(words, head)[0]
    return first, last


def clause(words: Sequence[Word], head: Word) -> tuple[int, int]:
    """First and last index of a clause, without its conjunction word and the punctuation around it."""
    first, last = head.left, head.right
    while first < head.index and _opens(words[first], head):
        first += 1
    while last > head.index and words[last].pos in {"PUNCT", "SPACE"} and words[last].text != ")":
        last -= 1
    return first, last


def _opens(word: Word, head: Word) -> bool:
    """Whether a word only opens the clause: "that", a quotation mark; but not the "if" of a clause inside."""
    return word.dep == "punct" or (word.dep in {"mark", "cc"} and word.head is head and word.lower != "to")


def conjuncts(head: Word) -> list[Word]:
    """The word and everything coordinated with it, in order."""
    found = [head]
    for word in found:
        found.extend(child for child in word.children if child.dep == "conj" and child.pos != "PUNCT")
    return sorted(found, key=lambda w: w.index)


def _loose(parent: Word, child: Word) -> bool:
    if child.dep == "appos":
        return _aside(parent, child)
    if child.dep == "prep" and child.lower in OUTSIDE and noun_frame(parent.lemma) is None:
        return True
    if child.dep == "acl":
        return child.tag in {"VBG", "VBN", "VBD"} or _after_comma(parent, child)
    if child.dep in {"conj", "cc"}:
        # "the U.S. and Russian agencies": coordination before the head belongs to the phrase.
        return child.index > _top(parent).index
    return child.dep in _LOOSE and not _tight(child)


def _after_comma(parent: Word, child: Word) -> bool:
    return any(c.dep == "punct" and parent.index < c.index < child.index for c in parent.children)


def _top(word: Word) -> Word:
    while word.dep in {"conj", "compound", "nmod", "amod"} and word.head is not word:
        word = word.head
    return word


def _tight(child: Word) -> bool:
    """Hyphens, slashes and currency signs inside a phrase, which the parser calls punctuation."""
    return child.text in {"-", "/", "–", "'", "’", "$", "#", "&", "%", '"', "“", "”"}


def _aside(parent: Word, child: Word) -> bool:
    """An apposition is dropped where the head is a name already; "its chief, Jane Doe" keeps the name."""
    return parent.pos == "PROPN" or child.pos != "PROPN"
