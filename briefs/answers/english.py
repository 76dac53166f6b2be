"""What the language pipeline itself knows of ordinary English words, for telling them from names and slips."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore

_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly", "er", "r", "n't")


@dataclass(frozen=True, slots=True)
class English:
    """The lemmas of the pipeline's lemmatizer, and every word it has met in training."""

    lemmas: frozenset[str]
    verbs: frozenset[str]
    modifiers: frozenset[str]  # adjectives and adverbs
    strings: StringStore

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
        """Whether the pipeline has met a word as it is: a slip of the keyboard it has not."""
        return word in self.strings


def english(nlp: Language) -> English:
    """The pipeline's words; without lists of lemmas nothing is taken for an ordinary word."""
    return _english(getattr(nlp, "__wrapped__", nlp))  # one that remembers its parses wraps the pipeline


@lru_cache(maxsize=4)
def _english(nlp: Language) -> English:
    try:
        table = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    except (KeyError, AttributeError):
        return English(frozenset(), frozenset(), frozenset(), nlp.vocab.strings)
    verbs = frozenset(table.get("verb", ()))
    modifiers = frozenset(table.get("adj", ())).union(table.get("adv", ()))
    return English(verbs.union(modifiers, table.get("noun", ())), verbs, modifiers, nlp.vocab.strings)


def _inflected(word: str, known: frozenset[str]) -> bool:
    if any(word.removesuffix(ending) in known for ending in _ENDINGS if word.endswith(ending)):
        return True
    base = word.removesuffix("ed").removesuffix("ing")
    return base != word and (f"{base}e" in known or base[:-1] in known)
