"""Which language a text is in: by its script, by English words, then by a model that is loaded for foreign texts only.

The model (py3langid) takes a second and 120 MB to load and half a millisecond for a thousand characters. A process that reads
English news alone never pays for it: words that only English has settle most texts before.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from functools import lru_cache
from typing import Any

from briefs.language.words import STOP_WORDS, word_set

_LOADING = threading.Lock()  # articles are looked at in several threads, and the model is loaded once
UNKNOWN = "und"
SHORT = 60  # letters; below it the model often takes names for words
SAMPLE = 3_000  # characters looked at, in three parts: an article may be in two languages
SURE, LIKELY = 0.8, 0.45  # probabilities from which the model is believed against what is stated, and at all
ENGLISH_SHARE = 0.12  # of the words; English news has about a quarter, other languages almost none

# Words that English alone has: "in", "was", "for" and "by" are those of its neighbours too.
_ENGLISH = word_set(
    "the and of that with from which were has been this their would they said are will after who when than what its had "
    "could about should there these into being where while because before during through against between"
)
# Scripts in which one language writes nearly all the news there is, then those that several share, with the commonest.
_SCRIPTS = {
    "ko": "\u1100-\u11ff\uac00-\ud7af", "th": "\u0e00-\u0e7f", "el": "\u0370-\u03ff\u1f00-\u1fff", "he": "\u0590-\u05ff",
    "hy": "\u0530-\u058f", "ka": "\u10a0-\u10ff", "bn": "\u0980-\u09ff", "pa": "\u0a00-\u0a7f", "gu": "\u0a80-\u0aff",
    "or": "\u0b00-\u0b7f", "ta": "\u0b80-\u0bff", "te": "\u0c00-\u0c7f", "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff", "lo": "\u0e80-\u0eff", "km": "\u1780-\u17ff", "my": "\u1000-\u109f", "am": "\u1200-\u137f",
}  # fmt: skip
_SHARED_SCRIPTS = {
    "ru": "\u0400-\u052f", "ar": "\u0600-\u06ff\u0750-\u077f", "hi": "\u0900-\u097f", "zh": "\u3400-\u9fff",
}  # fmt: skip
_CHARACTERS = {code: re.compile(f"[{ranges}]") for code, ranges in (_SCRIPTS | _SHARED_SCRIPTS).items()}
_OTHER = re.compile(r"[\u0370-\u1dff\u3040-\ud7af]")  # what is not Latin, roughly
_KANA = re.compile(r"[\u3040-\u30ff]")
_JAPANESE = 0.1  # share of kana; Chinese quotes a Japanese name now and then
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = "latin"
_RARE = word_set("la vo an wa eo jv lb fy ht")  # nearly no news, and taken for their neighbours
_ALIASES = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "nb": "no",
    "nn": "no",
    "tl": "tl",
    "fil": "tl",
    "cmn": "zh",
    "yue": "zh",
}


def detect(text: str, *, stated: str | None = None) -> str:
    """The ISO 639-1 code of a text's language by majority; ``und`` when it cannot be told.

    ``stated`` is what a feed or page says (BCP 47). It decides where the text itself leaves a doubt, never against its script.
    """
    sample = _sampled(text)
    letters = sum(map(str.isalpha, sample))
    said = code_of(stated)
    script = _script(sample, letters)
    if not letters:
        return said or UNKNOWN
    if script in _SCRIPTS or script in ("zh", "ja"):
        return script
    if script == _LATIN and _is_english(sample, said):
        return "en"
    return _told(sample, letters, script, said if said and _writes(said, script) else None)


def code_of(stated: str | None) -> str | None:
    """The language of a tag as feeds and pages state it ("en-GB", "pt_BR"); None for what is no such tag."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?:[-_].*)?\s*$", stated or "")
    code = found[1].lower() if found else ""
    code = _ALIASES.get(code, code)
    return code if len(code) == 2 else None


def _told(sample: str, letters: int, script: str, said: str | None) -> str:
    """What the model says when it is sure, else what is stated, else what script and English words let think."""
    code, probability = _modelled(sample)
    if not _writes(code, script):
        code, probability = UNKNOWN, 0.0
    if probability >= SURE and (letters >= SHORT or code != "en"):
        return code
    if said:
        return said
    if probability >= LIKELY and letters >= SHORT:
        return code
    if script != _LATIN:
        return script
    return "en" if code == "en" or _has_english(sample) else UNKNOWN


def _sampled(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    part = SAMPLE // 3
    middle = len(text) // 2
    return " ".join((text[:part], text[middle : middle + part], text[-part:]))


def _script(sample: str, letters: int) -> str:
    """The code of the script most letters are of; ``latin`` for it and for what is not listed.

    A Chinese or Korean character is a word's worth of Latin letters.
    """
    if sample.isascii() or 3 * len(_OTHER.findall(sample)) <= letters:  # each counts two at most
        return _LATIN
    counts = Counter({code: len(pattern.findall(sample)) for code, pattern in _CHARACTERS.items()})
    kana = len(_KANA.findall(sample))
    counts["zh"] += kana
    weights = {code: n * (2 if code in ("zh", "ko") else 1) for code, n in counts.items() if n}
    latin = letters - sum(counts.values())
    best = max(weights, key=lambda code: (weights[code], code), default=_LATIN)
    if weights.get(best, 0) <= latin:
        return _LATIN
    return "ja" if best == "zh" and kana >= _JAPANESE * counts["zh"] else best


_CYRILLIC = word_set("ru uk bg be sr mk kk ky mn tg ba tt")
_ARABIC = word_set("ar fa ur ps ug ku sd")
_DEVANAGARI = word_set("hi mr ne sa")


def _writes(code: str, script: str) -> bool:
    """Whether a language is written in a script."""
    own = {"ru": _CYRILLIC, "ar": _ARABIC, "hi": _DEVANAGARI}
    if script in own:
        return code in own[script]
    return code not in _CHARACTERS and code != "ja" and not any(code in codes - {"ku", "sr"} for codes in own.values())


def _is_english(sample: str, said: str | None) -> bool:
    """Whether words that English alone has settle it; of a text that is said to be English one is enough."""
    words = _WORD.findall(sample.lower())
    found = [word for word in words if word in _ENGLISH]
    return len(set(found)) >= (1 if said == "en" else 2) and len(found) >= ENGLISH_SHARE * len(words)


def _has_english(sample: str) -> bool:
    return any(word in STOP_WORDS and len(word) > 1 for word in re.findall(r"[a-z]+", sample.lower()))


def _modelled(sample: str) -> tuple[str, float]:
    with _LOADING:
        model = _model()
    code, probability = model.classify(sample)
    return _ALIASES.get(code, code), float(probability)


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([code for code in model.labels if len(code) == 2 and code not in _RARE])
    return model
