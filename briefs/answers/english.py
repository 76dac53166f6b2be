"""What the language pipeline itself knows of ordinary English words, for telling them from names and slips."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from string import ascii_lowercase
from typing import TYPE_CHECKING

from briefs.language.pipeline import MET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

SLIPPED = 6  # letters from which on a slip is mended
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly", "er", "r", "n't")


@dataclass(frozen=True, slots=True)
class English:
    """The lemmas of the pipeline's lemmatizer, and every word it has met in training."""

    lemmas: frozenset[str]
    verbs: frozenset[str]
    modifiers: frozenset[str]  # adjectives and adverbs
    met: frozenset[str]

    def is_word(self, word: str) -> bool:
        """Whether a word, or what it is inflected from, is plain English."""
        return _inflected(word, self.lemmas)

    def is_verb(self, word: str) -> bool:
        """Whether a word can be a verb's base form."""
        return word in self.verbs

    def is_verb_form(self, word: str) -> bool:
        """Whether a word is inflected from a verb: "replaced", "runs"."""
        return _inflected(word, self.verbs)

    def has_met(self, word: str) -> bool:
        """Whether the pipeline met a word in training: a slip of the keyboard it did not."""
        return word in self.met

    def mended(self, word: str) -> str:
        """A word with one slip mended, where a single plain word is meant; any other as it is."""
        if len(word) < SLIPPED or not word.islower() or self.has_met(word) or self.is_word(word):
            return word
        meant = {near for near in _slips(word) if self.has_met(near) and self.is_word(near)}
        return meant.pop() if len(meant) == 1 else word


def _slips(word: str) -> Iterator[str]:
    """The words of which one is by a slip of the keyboard: two letters swapped, one left out, one typed twice."""
    for i, letter in enumerate(word):
        before, after = word[:i], word[i:]
        if after[1:]:
            yield before + after[1] + letter + after[2:]
        if before.endswith(letter):
            yield before + after[1:]
        yield from (before + missing + after for missing in ascii_lowercase)


def english(nlp: Language) -> English:
    """The pipeline's words; without lists of lemmas nothing is taken for an ordinary word."""
    return _english(getattr(nlp, "__wrapped__", nlp))  # one that remembers its parses wraps the pipeline


@lru_cache(maxsize=4)
def _english(nlp: Language) -> English:
    met = _met(nlp)
    try:
        table = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    except (KeyError, AttributeError):
        return English(frozenset(), frozenset(), frozenset(), met)
    verbs = frozenset(table.get("verb", ()))
    modifiers = frozenset(table.get("adj", ())).union(table.get("adv", ()))
    return English(verbs.union(modifiers, table.get("noun", ())), verbs, modifiers, met)


def _met(nlp: Language) -> frozenset[str]:
    """The plain words it was trained with; those it has read since, slips of questions among them, come behind."""
    strings = nlp.vocab.strings
    return frozenset(
        word for word in islice(strings, nlp.meta.get(MET, len(strings))) if word.isalpha() and word.islower()
    )


def _inflected(word: str, known: frozenset[str]) -> bool:
    if any(word.removesuffix(ending) in known for ending in _ENDINGS if word.endswith(ending)):
        return True
    base = word.removesuffix("ed").removesuffix("ing")
    return base != word and (f"{base}e" in known or base[:-1] in known)
