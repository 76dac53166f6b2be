"""Sentences ranked by sumy, over our own words: no tokenizer data is needed and odd text cannot break it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings

from briefs.errors import SettingError
from briefs.language.words import stemming, stop_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARISERS = {
    "lex-rank": ("briefs.summary.lexrank", "LexRank"),
    "text-rank": ("briefs.summary.lexrank", "TextRank"),
    "lsa": ("sumy.summarizers.lsa", "LsaSummarizer"),
    "luhn": ("sumy.summarizers.luhn", "LuhnSummarizer"),
    "sum-basic": ("sumy.summarizers.sum_basic", "SumBasicSummarizer"),
    "kl": ("sumy.summarizers.kl", "KLSummarizer"),
}
RANKED = 2_000  # sentences at most: LexRank takes 0.2 s for so many
RANKED_SLOWLY = 80  # by sumy's own code, whose time grows with their square or worse


class Words:
    """Our words as sumy's tokenizer."""

    def to_words(self, text: str) -> tuple[str, ...]:
        """The words of a sentence."""
        return tuple(word for word, _, _ in words(text))


def scores(texts: Sequence[str], summariser: str, language: str = "en") -> list[float]:
    """How central each text is to all of them, 0..1, by one of sumy's summarisers over the words of a language.

    Raises SettingError for an unknown summariser. What sumy cannot rank (one text, no words in common) is 0 throughout,
    and so are the texts beyond as many as a summariser can rank in a moment.
    """
    made = _summariser(summariser, language)
    most = RANKED_SLOWLY if type(made).__module__.startswith("sumy.") else RANKED
    ranked = _ratings(texts[:most], made)
    lowest, top = min(ranked, default=0.0), max(ranked, default=0.0)
    lowest = min(lowest, 0.0)  # SumBasic and KL rate by order: 0 is the best, then -1
    scored = [(rating - lowest) / (top - lowest) if top > lowest else 0.0 for rating in ranked]
    return scored + [0.0] * len(texts[most:])


def _summariser(name: str, language: str) -> Any:
    from importlib import import_module

    if name not in SUMMARISERS:
        choices = ", ".join(SUMMARISERS)
        raise SettingError(f"There is no summariser {name!r}; SUMMARISER is one of {choices}.", setting="SUMMARISER")
    module, class_name = SUMMARISERS[name]
    made = getattr(import_module(module), class_name)(stemming(language))
    made.stop_words = stop_words(language)
    return made


def _ratings(texts: Sequence[str], summariser: Any) -> list[float]:
    """Sumy gives a choice, not its ratings: they are taken where it would choose."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    sentences = [Sentence(text, Words()) for text in texts]
    found: dict[Any, float] = {}

    def keep(all_sentences: Any, _count: int, rating: Any, *args: Any, **kwargs: Any) -> tuple[()]:
        for sentence in all_sentences:
            value = rating[sentence] if isinstance(rating, dict) else rating(sentence, *args, **kwargs)
            found[sentence] = float(value)
        return ()

    summariser._get_best_sentences = keep  # noqa: SLF001 - sumy's one place where every summariser hands its ratings over
    try:
        with catch_warnings(action="ignore"):  # LSA warns of fewer words than sentences, and ranks them
            summariser(ObjectDocumentModel([Paragraph(sentences)]), len(sentences))
    except (ValueError, ZeroDivisionError, ArithmeticError):  # sumy on texts without common words
        return [0.0] * len(texts)
    ratings = (found.get(sentence, 0.0) for sentence in sentences)
    return [rating if isfinite(rating) else 0.0 for rating in ratings]
