"""Questions as people type them in chat, put into the spelling the parser knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Callable

_WH = r"what|when|who|where|why|how|which"
_DONE = r"been|got|gotten|won|happened|become|gone|done|left|died|had|said|paid|made|taken|signed|resigned"
_SPELLED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"\b(?:wen|whn)\b(?=['’]?s?\s)", "when"),
        (r"\b(?:wut|wat|wht)\b|\b(?:wut|wat|wht)(?=['’]?s\s)", "what"),
        (r"\b(?:wher|whre)\b", "where"),
        (r"^\W*y\b(?=\s+(?:is|are|was|were|did|do|does|has|have|had|will|would|wo|ca|can|so)\b)", "why"),
        (r"(?<=\w\s)r\b(?=\s+(?:they|we|you|u|the|there|these|those)\b)", "are"),
        (rf"\b({_WH})['’]?s\s+({_DONE})\b", r"\1 has \2"),
        (rf"\b({_WH})['’]?s\b", r"\1 is"),
        (rf"\b({_WH})['’]?re\b(?!\s*[-/])", lambda m: m[0] if m[0].lower() == "where" else f"{m[1]} are"),
        (rf"\b({_WH})['’]?ll\b", r"\1 will"),
        (rf"\b({_WH})['’]d\b", r"\1 did"),
        (r"\b(howd|whend|whyd|whered|whatd|whod)\b", lambda m: f"{m[1][:-1]} did"),
        (r"\b(does|do|did|is|are|was|were|has|have|had|wo|would|could|should|ca)n['’]?t\b", r"\1n't"),
        (r"\b(?:gonna)\b", "going to"),
        (r"\b(?:wanna)\b", "want to"),
        (r"\b(?:b/c|bc|cuz|cos|coz)\b", "because"),
        (r"\bw/\s*", "with "),
        (r"\bppl\b", "people"),
        (r"\bsay\s+yes\b", "accept"),
        (r"\bsaid\s+yes\b", "accepted"),
        (r"\bsay\s+no\b", "refuse"),
        (r"\bsaid\s+no\b", "refused"),
        (r"\bgov['’]?t\b", "government"),
        (r"\s+(?:these days|nowadays|at the moment|right now|at present|as of now)\b|\s+rn\W*$", ""),
        (
            r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|april|june|july|august|september|october|november|december)\b",
            lambda m: m[0].capitalize(),
        ),
        (r"\b(?:tmrw|tmr|tmw|2moro)\b", "tomorrow"),
        (r"\bu\b(?!\.)(?=\s+(?:know|think|tell|have|say))", "you"),
        (r"\bvs?\.?\s(?=\w)", lambda m: m[0]),
        (r"\s+(?:pls|plz|please|thx|thanks|tho|though|lol|again)\s*(?=[?.!]*$)", ""),
    )
)
# What only leads up to the question: "so do we know when …", "any idea who …", "can somebody tell me why …".
_LEADING = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|hey|hi|hello|um+|uh|and|but|wait|well|yo|btw|guys|anyway|also|pls|plz|please|sorry|quick question|question)\b[\s,:!.-]*)+"
    r"(?=\w)",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    rf"^\W*(?:(?:do|does|did|can|could|would|will|has|have|is|are)\s+(?:we|you|u|any ?(?:one|body)|some ?(?:one|body)|they)\s+"
    rf"(?:(?:already|even|yet|please|pls|happen to)\s+)?(?:know|heard?|tell|remember|have any idea|said?|remind|explain|find out|figured? out|say|there)\b"
    rf"(?:\s+(?:me|us|yet|about))*|any (?:idea|clue|word|info|one know|body know)(?:\s+(?:on|about|of))?|any(?:one|body) (?:know|remember)s?|"
    rf"(?:i\s+)?(?:wonder(?:ing)?|want to know|would like to know|need to know|forgot|(?:do n['’]?t|don['’]?t) know|was wondering)|"
    rf"(?:please\s+)?(?:tell|remind|show|give)\s+(?:me|us)(?:\s+again)?|explain|find out|know|idk|remind me)\s+"
    rf"(?=(?:(?:to|at|on|in|by|from|for|with|about)\s+)?(?:{_WH}|whom|whose|if|whether|the|a)\b)",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"^(?:if|whether)\s+", re.IGNORECASE)
_BESIDES_INSIDE = re.compile(
    r"^(\W*(?:who|what|which)(?:\s+else)?)\s+(?:besides|other than|apart from|aside from)\s+"
    r"((?:the\s+)?[\w'’-]+(?:\s+(?:and\s+)?[A-Z][\w'’-]*|\s+and\s+[\w'’-]+)*)\s+(?=\w)",
    re.IGNORECASE,
)
_BESIDES = re.compile(
    r"^\W*(?:besides|other than|apart from|aside from|except(?: for)?|not counting)\s+([^,]+?),?\s+(?=(?:who|whom|what|which|where|when|how)\b)|"
    r",?\s+(?:besides|other than|apart from|aside from|except(?: for)?|not counting)\s+([^,?]+)",
    re.IGNORECASE,
)


def spelled(text: str) -> str:
    """The question with chat spellings written out: "whats", "when's" and the like, and without what only leads up to it."""
    folded = " ".join(text.replace("’", "'").split())
    for pattern, plain in _SPELLED:
        folded = pattern.sub(plain, folded)
    folded = _LEADING.sub("", folded)
    return _INDIRECT.sub("", folded)


def besides(text: str) -> tuple[str, frozenset[str]]:
    """The question without "besides X", and the stems of X."""
    plain = spelled(text)
    inside = re.match(_BESIDES_INSIDE.pattern.replace("[A-Z]", "(?-i:[A-Z])"), plain, re.IGNORECASE)
    if inside is not None:
        return f"{inside[1]} {plain[inside.end() :]}".strip(), stems(inside[2])
    found = _BESIDES.search(plain)
    if found is None:
        return plain, frozenset()
    return (plain[: found.start()] + plain[found.end() :]).strip(), stems(found[1] or found[2])
