"""What in a sentence points to another before it: pronouns without their name, connectives, things not yet spoken of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.language.words import STOP_WORDS, word_set
from briefs.models import EntityKind
from briefs.summary.notices import unquoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Mention

_CONNECTIVE = re.compile(
    r"""^["'“‘]?(?:but|and|or|so|yet|nor|however|also|still\s*,|instead|meanwhile|moreover|furthermore|in\s+addition|additionally|
    nevertheless|nonetheless|therefore|thus|hence|then(?!-)|besides|otherwise|likewise|similarly|consequently|as\s+(?:a\s+result|such|for)|
    for\s+(?:example|instance|now|one|that)|on\s+the\s+other\s+hand|in\s+(?:contrast|response|turn|return|other\s+words|fact|the\s+(?:next|
    meantime|thread|end|letter|video|filing|interview|complaint|statement|email|e-mail|tweet|post|speech|memo|call))|by\s+(?:contrast|comparison)|
    at\s+(?:the\s+same\s+time|another\s+point|one\s+point|the\s+time|that\s+\w+|issue)|after\s+that|afterwards?|that\s+said|indeed|of\s+course|
    again|oddly|somehow|in\s+a\s+similar\s+(?:fashion|way|vein)|even\s+so|not\s+so|either\s+way|all\s+the\s+same|among\s+them|
    (?:earlier|later)(?!\s+(?:this|on|in|today|last|next)\b)|(?:despite|because\s+of|following|since|during|before|by|in|on|at|with|for|
    under|from|of)\s+(?:this|that|these|those|it|them|which)\b(?!\s+(?:week|month|year|morning|afternoon|evening|weekend|summer|winter|
    spring|autumn|fall|season|decade|century|january|february|march|april|may|june|july|august|september|october|november|december)\b)|
    (?:when|if|as)\s+asked|asked\s+(?:about|whether|if|why|how|by)|pressed\s+(?:on|about)|
    speaking\s+(?:after|before|to|at)\s+the|
    (?:yes|no|well|sure|ok|okay)\s*,)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_PRONOUN_FIRST = re.compile(
    r"""^["'“‘]?(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|that|those|such|both|here|this|these|
    there(?!\s+(?:is|are|was|were|has|have|will|may|could)\b)|
    another|others?|neither|none|either|each|(?:some|many|most|several|all|few|one|two|three|four|five|six|both)\s+(?:of\s+(?:them|
    those|these|his|her|its|their)|have|had|has|are|were|was|is|said|say|do|did|will|would|could|can)|
    the\s+(?:first|second|third|last)\s+(?:is|was|were|will|has|had|of)|the\s+(?:two|three|four|pair|duo|trio|couple|former|latter|others?|same|
    rest|remaining|remainder)|the\s+other\s+\w+)\b(?!\s+(?:week|month|year|morning|afternoon|evening|weekend|summer|winter|spring|autumn|fall|season|
    decade|century|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|
    friday|saturday|sunday)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_LATER_ON = re.compile(
    r",\s*(?:however|though|too|meanwhile|instead|nevertheless|nonetheless|therefore|in\s+turn|for\s+example|for\s+instance)\s*[,.]|"
    r"\b(?:doing|do|does|did|done)\s+so\b|\b(?:those|these)\s+(?!who\b|with\b|in\b|of\b|that\b|on\b|at\b|from\b|whose\b|days\b|were\b|are\b|"
    r"most\b|already\b|aged\b|under\b|over\b|\w+ing\b|\w+ed\b)\w+|(?<!said )(?<!says )(?<!warned )\b(?:that|this)\s+(?:list|promise|end|point|letter|meeting|decision|effort|claim|case|"
    r"incident|issue|report|proposal|number|view|stance|purpose|reason|regard|way)\b|\bthe\s+other\s+(?:two|three|four|ones?)\b|\bthe\s+(?:latter|former)\b(?=\s*(?:[,.;]|is|was|has|had|will))",
    re.IGNORECASE,
)
_SPOKEN_BY_PRONOUN = re.compile(
    r"[\"”’,]\s*(?:he|she|they|it)\s+(?:said|says|added|noted|told|wrote|continued|explained|asked|tweeted|replied)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:added|continued|went\s+on)\s+that\b|[\"”’,]\s*[^\"”,.]{1,60}\s(?:added|continued)\b", re.IGNORECASE
)
_OF_SOMEBODY = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b", re.IGNORECASE)
_INTRODUCTORY = re.compile(
    r"^\W*(?:a\s+\w+\s+after|about|after|although|amid|as|asked|at|before|besides|by|citing|despite|during|even|for|from|given|in|"
    r"just|like|moments|on|once|since|so|speaking|standing|though|three|to|two|under|unlike|until|when|while|with|without|\w+ing|\w+ly)\b",
    re.IGNORECASE,
)
_SOMEBODY = word_set(
    "man woman boy girl child teen teenager toddler baby person suspect victim driver pilot officer soldier student teacher "
    "player coach captain striker goalkeeper president minister premier chancellor senator congressman congresswoman lawmaker "
    "governor mayor judge justice lawyer attorney prosecutor secretary director chairman chairwoman chair chief executive ceo "
    "founder owner leader boss head candidate nominee king queen prince princess pope bishop priest singer actor actress artist "
    "author writer reporter journalist spokesman spokeswoman spokesperson doctor nurse patient father mother son daughter brother "
    "sister husband wife widow worker employee resident tourist climber hiker astronaut cosmonaut scientist researcher engineer "
    "gunman attacker robber thief prisoner inmate defendant witness survivor passenger customer neighbour neighbor colleague "
    "predecessor successor who somebody someone anyone everyone nobody himself herself"
)
_BREAK = re.compile(r"[,·]\s")
NEAR = 60  # characters behind an introductory phrase, where the person it speaks of is named
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_DAYS_AND_MONTHS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december"
)
# Nouns for what was told before, when nothing behind them says which: "The bill was signed on Monday".
_TOLD_BEFORE = re.compile(
    r"""^["“]?(?P<thing>(?:(?:Following|During|After|Before|Since)\s+the|The)\s+(?:\w+ed\s+|\w+ing\s+|new\s+|latest\s+|same\s+|proposed\s+|rocky\s+and\s+\w+\s+)?(?:announcement|answer|approach|arrest|article|attack|ban|bid|bill|blast|blaze|
    boat|bodies|body|book|briefings?|building|caller|case|cases|ceremony|changes?|charges?|claims?|comments?|company|complaint|concept|
    contract|couple|crash|criticism|deal|deaths?|decision|delay|demand|details|device|disclosure|discovery|discussions?|dispute|disruption|
    document|documents|donation|driver|duo|effects?|effort|email|emails|episode|event|exact\s+reason|exchange|explosion|fact|figures?|film|findings?|fire|firm|
    flaw|flight|funding|game|gathering|girl|group|guest|hack|idea|images?|impact|incident|information|initiative|injury|inquiry|interview|
    invitation|island|issue|judgment|killings?|latter|launch|law|lawsuit|legislation|letter|line|list|loss|man|match|measures?|meeting|men|message|mission|moment|
    motion|move|murders?|negotiations|news|newspaper|nomination|number|numbers|offer|office|operation|order|paper|partnership|patch|patient|payment|
    performance|phone|photo|photograph|pictures?|plan|plane|plans|policy|post|prize|problem|programme|program|project|proposal|protests?|provision|
    purchase|questions?|race|raid|rally|reaction|reason|recall|record|release|remarks?|report|request|resignation|resolution|response|results?|
    revelations?|review|robbery|rule|rules|ruling|sale|scene|scheme|sentence|service|shooting|show|signing|site|situation|speech|
    statement|step|stop|storm|story|strike|studies|study|suit|suspects?|system|talks|team|tests?|threat|total|tour|trial|trio|trip|tweet|tweets|
    vehicle|verdict|version|vessel|victims?|victory|video|videos|visit|vote|warning|win|woman|women|work|youths?))
    (?:\s+(?!of\b|that\b|which\b|who\b|for\b|in\b|on\b|by\b|between\b|to\b|at\b|from\b|against\b|with\b|over\b|into\b|behind\b|about\b|near\b|under\b)
    [a-z]|,\s(?!known\b|called\b|dubbed\b|named\b)[a-z]|,\s(?=[A-Z][\w.]+\s+and\b))""",
    re.VERBOSE,
)
_ADDS = re.compile(
    r"^(?:\W*\w+\W+){0,9}?(?:also|another|still|similarly|again|instead|meanwhile|later(?!\s+(?:this|on|in|today|than)))\b",
    re.IGNORECASE,
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


def pointer(text: str, language: str = "en", mentions: Sequence[Mention] = (), start: int = 0) -> str | None:
    """The words in a sentence that cannot be understood without one before it; None: there are none.

    ``mentions`` are its article's, where they are known, and ``start`` is where the sentence stands in the article.
    """
    if language not in ("en", "und"):
        return _foreign_pointer(text, language)
    own = unquoted(text)
    patterns = ((_CONNECTIVE, own), (_PRONOUN_FIRST, own), (_LATER_ON, own), (_SPOKEN_BY_PRONOUN, text), (_ADDED, text))
    found = next((match for pattern, where in patterns if (match := pattern.search(where))), None)
    return found[0].strip(" \"'“‘”’,.") if found else _nobody(own, mentions, start)


def adds(text: str) -> bool:
    """Whether a sentence begins by adding to something: "also", "another"."""
    return _ADDS.match(unquoted(text)) is not None


def unspoken_of(text: str) -> str | None:
    """What a sentence begins with as if it had been spoken of: "The bill"."""
    found = _TOLD_BEFORE.match(text)
    return found["thing"] if found else None


def _foreign_pointer(text: str, language: str) -> str | None:
    bare = text.lstrip("\"'“„«»「『(¿¡—– ")
    first = re.split(r"[\s,،]", bare, maxsplit=1)[0]
    known = first.lower() in _BACKWARD_WORDS.get(language, ())
    return first if known or bare.startswith(_BACKWARD_STARTS.get(language, ("\0",))) else None


def _nobody(own: str, mentions: Sequence[Mention], start: int) -> str | None:
    """The first "he" or "her" of a sentence that names nobody it could mean."""
    found = _OF_SOMEBODY.search(own)
    if found is None or _names_somebody(own[: found.start()], mentions, start, start + found.start()):
        return None
    breaks = _BREAK.search(own, found.end())
    if breaks and _INTRODUCTORY.match(own) and "," not in own[: found.start()]:
        near = own[breaks.end() : breaks.end() + NEAR]
        if _names_somebody(near, mentions, start + breaks.end(), start + breaks.end() + NEAR):
            return None  # "In her first speech as minister, Liv Aasen …"
    return found[0]


def _names_somebody(part: str, mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Whether a part of a sentence, which stands at ``start`` to ``end``, names or describes a person."""
    words = _WORD.findall(part)
    if any(word.lower().removesuffix("'s").removesuffix("’s") in _SOMEBODY for word in words):
        return True
    if mentions and any(
        start <= m.start < end and m.form == "name" and m.entity.kind is EntityKind.PERSON for m in mentions
    ):
        return True
    named = (w for w in words if w[0].isupper() and w.lower() not in STOP_WORDS and w.lower() not in _DAYS_AND_MONTHS)
    return not mentions and any(not _INTRODUCTORY.match(word) for word in named)
