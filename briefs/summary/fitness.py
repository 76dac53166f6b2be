"""Whether a sentence can stand in a briefing: alone, after its neighbour, or not at all."""

from __future__ import annotations

import re

from briefs.language.words import count, word_set

SHORTEST, LONGEST = 5, 60  # words
_ENDS = re.compile(r"[.!…。！｡۔।॥።։។!][\"'“”’»«›)\]」』）】]*$")
_BACKWARD = re.compile(
    r"""^["'“‘]?(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|such|both|there|here|
    the\s+(?:first|second|third|last)\s+(?:is|was|were|will|has|had|of)|the\s+(?:two|pair|former|latter|other|others|same)|another|others|
    but|and|or|so|yet|nor|however|also|still|instead|meanwhile|moreover|furthermore|in\s+addition|additionally|
    nevertheless|nonetheless|therefore|thus|hence|then|besides|otherwise|likewise|similarly|consequently|as\s+a\s+result|
    for\s+(?:example|instance)|on\s+the\s+other\s+hand|in\s+contrast|at\s+the\s+same\s+time|after\s+that|earlier|later|
    despite\s+(?:this|that|these)|afterwards?|that\s+said|indeed|in\s+fact|of\s+course|again|too|
    speaking\s+(?:after|before|to|at)\s+the|i|we|you|my|our|your)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Words of other languages that point back when a sentence begins with them: pronouns and conjunctions.
_BACKWARD_WORDS = {
    "de": word_set(
        "er sie es dies diese dieser dieses und aber doch jedoch auch damit dort dabei zudem außerdem so dann"
    ),
    "fr": word_set("il elle ils elles cela celui celle ce cette ces et mais ou donc ainsi aussi ensuite"),
    "es": word_set("él ella ellos ellas esto eso ese esa y pero o además también luego así"),
    "it": word_set("egli lui lei essi loro questo questa quello ciò e ma o inoltre anche poi così"),
    "pt": word_set("ele ela eles elas isto isso esse essa e mas ou além também depois assim"),
    "nl": word_set("hij zij ze het dit dat deze en maar of ook daarna toen zo"),
    "ru": word_set("он она они оно это эти этот эта и но а или также однако потом затем"),
    "uk": word_set("він вона вони воно це ці цей ця і й та але або також однак потім"),
    "ar": word_set("هو هي هم هذا هذه ذلك لكن كما"),
    "hi": word_set("वह वे यह ये उन्होंने उसने और लेकिन पर"),
}
_BACKWARD_STARTS = {
    "zh": ("他", "她", "它", "这", "那", "但", "而", "此外"),
    "ja": ("彼", "これ", "それ", "この", "その", "しかし", "また", "同"),
}
_SPOKEN_BY_PRONOUN = re.compile(
    r"[\"”’,]\s*(?:he|she|they|it)\s+(?:said|says|added|noted|told|wrote|continued|explained|asked|tweeted|replied)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:added|continued|went\s+on)\s+that\b|[\"”’,]\s*[^\"”,.]{1,60}\s(?:added|continued)\b", re.IGNORECASE
)
_PROMOTION = re.compile(
    r"\b(?:subscribe|sign up|newsletter|click here|read more|follow us|download (?:our|the) app|cookies|terms of use|"
    r"all rights reserved|advertisement|watch (?:the|this) video|photo(?:graph)? by|getty images|copyright)\b",
    re.IGNORECASE,
)


def usable(text: str) -> bool:
    """Whether a sentence may be briefed at all: whole, of a sensible length, telling and not advertising."""
    first = text.lstrip("\"'“‘([")[:1]
    return (
        SHORTEST <= count(text) <= LONGEST
        and _ENDS.search(text) is not None
        and not first.islower()
        and balanced(text)
        and not _PROMOTION.search(text)
    )


def balanced(text: str) -> bool:
    """Whether every quotation and bracket that opens in the sentence also closes in it, in the way of any language."""
    even = text.count('"') % 2 == 0 and text.count("(") == text.count(")") and text.count("（") == text.count("）")
    pairs = (
        text.count("«") == text.count("»")
        and text.count("「") == text.count("」")
        and text.count("『") == text.count("』")
    )
    return even and pairs and _quotes_match(text)


def _quotes_match(text: str) -> bool:
    low, high, right = text.count("„"), text.count("“"), text.count("”")
    return low == high + right if low else high == right  # „so“ and „so” in German and Polish, “so” elsewhere


def stands_alone(text: str, language: str = "en") -> bool:
    """Whether nothing in the sentence points back to one before it."""
    if language in ("en", "und"):
        return not (_BACKWARD.match(text) or _SPOKEN_BY_PRONOUN.search(text) or _ADDED.search(text))
    bare = text.lstrip("\"'“„«»「『(¿¡—– ")
    first = re.split(r"[\s,،]", bare, maxsplit=1)[0].lower()
    return first not in _BACKWARD_WORDS.get(language, ()) and not bare.startswith(
        _BACKWARD_STARTS.get(language, ("\0",))
    )
