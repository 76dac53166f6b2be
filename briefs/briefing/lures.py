"""What keeps a headline from telling plainly what happened: it asks, teases, boasts, shouts, only quotes, or breaks off.

Punctuation tells it in any language; the words are English.
"""

from __future__ import annotations

import re
import unicodedata

from briefs.language.words import NUMBER_WORDS

SHOUTED = 0.6  # share of a headline's letters in capitals, from which it shouts
SPOKEN = 0.6  # share of a headline within quotation marks, from which it only quotes
_ASKING = "?？؟\u037e՞"  # Latin, full width, Arabic, Greek, Armenian
_SHOUTING = ("!", "！")
_BROKEN = ("…", "...", "[…]", " -", " –", " —", ":", ",")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|„[^“”]*[“”]|«[^»]*»|「[^」]*」|‘[^’]+’(?!\w)|(?<!\w)'[^']+'(?!\w)")
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"), ("「", "」"))
_COUNT = rf"(?:\d+|{'|'.join(sorted(set(NUMBER_WORDS) - {'zero'}, key=len, reverse=True))})"
_LISTED = "things?|reasons?|ways?|tips?|takeaways?|questions?|facts?|lessons?|moments?|photos?|pictures?|charts?|signs?|tricks?"
_FORM = (
    r"live(?: updates?| blog)?|opinion|op-ed|analysis|comment(?:ary)?|editorial|column|letters?|watch|video|listen|podcast|"
    r"photos?|gallery|in pictures|explained|explainer|fact[- ]check|quiz|review|perspective|must[- ](?:see|read)"
)
_TEASES = re.compile(
    rf"^(?:why|how|what|inside|meet|the ways?)\b|^(?:the )?(?:top |these )?{_COUNT} (?:\w+ ){{0,2}}(?:{_LISTED})\b"
    rf"|^(?:{_FORM})(?: live)?(?:\s*[:|–—]|\s-\s)|^(?:fact|reality)[- ]check(?:ing|ed)?\b|[|–—:-]\s*(?:{_FORM})$|\b(?:live updates|as it happened|latest updates)\b"
    r"|\bhere(?:['’]s| is| are)\b|\bthis is (?:what|why|how|where|who)\b|\bwhat we know\b|\bwhat (?:it|this|that) means\b"
    r"|\b(?:everything|all|what) you need\b|\byou (?:won['’]t|will not|should|may|might|can)\b|\b(?:need|things) to know\b"
    r"|\bjust (?:did|got|made|had|took|became|gave|put|\w+ed)\b(?! by\b)|\bguess (?:who|what)\b|\bgoes viral\b|\b(?:the|one) reason\b"
    r"|\b(?:jaw-dropping|mind-blowing|shocking)\b|\bbreaks? (?:his|her|their|its) silence\b|\braises? eyebrows\b"
    r"|\b(?:successfully|proud(?:ly)?|thrilled|world-class|industry-leading)\b",
    re.IGNORECASE,
)
_FEELS = re.compile(
    r"\b(?:in tears|heart-?(?:breaking|broken|break|warming)|hilarious|adorable|outrageous|stunning|shock(?:s|ed|ing)?|miracle|"
    r"unbelievable|furious|fury|rages?|slams?|blasts?|rips?|claps? back|meltdown|bombshell|gushes|dream come true)\b",
    re.IGNORECASE,
)
_TAGGED = re.compile(r"\b(?:VIDEOS?|PHOTOS?|WATCH|LIVE)\b")  # as a tag in capitals, wherever it stands


def lures(title: str, *, english: bool = True) -> bool:
    """Whether a headline wants to be clicked more than it tells."""
    asks = title.startswith("¿") or any(mark in title for mark in _ASKING)
    shouts = title.rstrip("\"'”’» ").endswith(_SHOUTING) or _in_capitals(title)
    teases = english and (_TEASES.search(title) or _TAGGED.search(title)) is not None
    return asks or shouts or teases or _breaks_off(title) or _only_quotes(title)


def feels(title: str) -> bool:
    """Whether an English headline tells feelings, or wants to stir some, where another may tell what happened."""
    return _FEELS.search(title) is not None


def _breaks_off(title: str) -> bool:
    """Whether it ends at an ellipsis, within a quotation or a bracket."""
    unclosed = any(title.count(a) > title.count(b) for a, b in _PAIRS) or title.count('"') % 2 == 1
    return unclosed or title.rstrip().endswith(_BROKEN)


def _in_capitals(title: str) -> bool:
    letters = [c for c in title if unicodedata.category(c) in {"Lu", "Ll"}]
    return len(title.split()) > 2 and sum(c.isupper() for c in letters) > SHOUTED * len(letters)


def _only_quotes(title: str) -> bool:
    return sum(len(found) for found in _QUOTED.findall(title)) > SPOKEN * len(title)
