"""Whether a sentence can stand in a briefing: alone, after its neighbour, or not at all."""

from __future__ import annotations

import re

from briefs.language.words import words

SHORTEST, LONGEST = 5, 60  # words
_ENDS = re.compile(r"[.!…][\"'”’)\]]*$")
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
    count = sum(1 for _ in words(text))
    first = text.lstrip("\"'“‘([")[:1]
    return (
        SHORTEST <= count <= LONGEST
        and _ENDS.search(text) is not None
        and not first.islower()
        and balanced(text)
        and not _PROMOTION.search(text)
    )


def balanced(text: str) -> bool:
    """Whether every quotation and bracket that opens in the sentence also closes in it."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”") and text.count("(") == text.count(")")


def stands_alone(text: str) -> bool:
    """Whether nothing in the sentence points back to one before it."""
    return not (_BACKWARD.match(text) or _SPOKEN_BY_PRONOUN.search(text) or _ADDED.search(text))
