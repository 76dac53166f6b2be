"""Whether a sentence can stand in a briefing: alone, after its neighbour, or not at all; and how long it reads right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.language.words import STOP_WORDS, count, stem, words
from briefs.summary.backward import adds, pointer, unspoken_of
from briefs.summary.notices import notice, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.models import Mention

SHORTEST, LONGEST = 5, 60  # words
LEAST_SAID = 2  # words beside a quotation, which say whose it is
DEPENDENT = 0.3  # factor of what cannot be understood without the sentence before it
UNSPOKEN_OF, ADDING, OPINION, LABELLED, RUN_TOGETHER = 0.7, 0.85, 0.75, 0.6, 0.5  # factors of lesser flaws
EMPTY, SUPERSEDED, BARE, EXCLAIMED, HERALDED, BOASTED = 0.35, 0.4, 0.6, 0.5, 0.5, 0.45
LITTLE = 6  # words, in which without any name and figure hardly anything is told

_ENDS = re.compile(r"[.!。！｡۔।॥։።။።!] ?[\"'“”’»«›)\]」』）】]*$")
_CUT_OFF = re.compile(r"(?:\.\.\.|…)\W*$")
_NAMES = r"[A-Z][\w.'’-]*(?:,?\s+(?:[A-Z][\w.'’-]*|\d{1,2}|d[aeiu]s?|of)){0,5}"
_PLACE_LINE = re.compile(
    rf"(?:(?:{_NAMES}\s*,?\s*)?\([^()]{{2,30}}\)\s*[-–—]{{1,2}}\s*|\([A-Z][\w /.]{{1,20}}\)\s*|{_NAMES}\s*[-–—]{{1,2}}\s+(?!.*\s[-–—]{{1,2}}\s)|"
    r"[A-Z]{3,}[A-Z .,]*\s*(?::|\s[-–—]{1,2})\s+)(?=[\"“‘]?[A-Z])"
)
_LABEL = re.compile(
    r"(?:\d{1,2}[:.]\d{2}\s*(?:[ap]\.?\s?m\.?)?\s*(?:[A-Z]{2,4})?\s*[-–—:|]?\s+|[•*▪‣●■]\s*|"
    r"(?i:update[ds]?|breaking(?: news)?|exclusive|live|just in|developing|new|the latest)\b[^“\"]{0,40}?:\s+)(?=[\"“‘]?[A-Z])"
)
_HEADED = re.compile(
    r"^(?!.{0,40}\b(?:is|are|was|were|said|added|\w+ed|\w+s that)\b.{0,20}:)[A-Z][\w'’]*(?:\s[\w'’]+){0,3}:\s+[A-Z]"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_STAMP = re.compile(
    rf"(?<!\bon )(?<!\bOn )(?<!\bin )(?<!\bIn )(?<!\bof )(?<!since )(?<!until )(?<!\bby ){_MONTH} \d{{1,2}}, \d{{4}},? "
    r"(?:\d{1,2}: ?\d{2} ?[AaPp]\.?[Mm]\.? ?(?:[A-Z]{2,4} )?)?[A-Z]"
)
_NEW_START = re.compile(
    r"\b(?:[a-z]{3,}|\d+) (?:(?:After|An|Another|When|While|It|He|She|They|There|Police|Officials|According) [a-z]|A [A-Z][a-z]+ [a-z])"
)
# A clause that hangs on nothing.
_HALF = re.compile(r"^\W*(?:Because|Although|Though|Whereas|Which|Unless)\b[^,;:—–]*$")
_VOICED = re.compile(
    r"\b(?:say|says|said|saying|why|how|if|told|tells|wrote|writes|according|argued|argues|urged|urges|ruled|asked|believes?|recommend\w*|whether|that)\b"
)
_OPINION = re.compile(r"\bshould (?!(?:the|a|an|any|his|her|its|their)\b|[A-Z])|\bought to\b")
_UNHURT = re.compile(
    r"^(?:Nobody|No one|No-one|None) (?:was|were|has been|is) (?:\w+ )?(?:hurt|injured|killed|harmed)\b.*\.$"
)
_EMPTY = re.compile(
    r"\b(?:(?:accepted|welcomed|respected|regretted) (?:her|his|their|the) (?:resignation|decision|result|apology)|thanked (?!you)|"
    r"(?:did|do|does|would|could) not (?:immediately |yet )?(?:comment|respond|reply|offer details|give details)|"
    r"(?:declined|refused) (?:to|any) (?:comment|give details|discuss)|(?:expressed|sent|offered) (?:\w+ )?(?:condolences|thanks|sympathy))\b"
)
_HERALDED = re.compile(
    r"^In (?:an? |what )(?:is |was )?(?:significant|major|historic|surpris\w+|stunning|dramatic|landmark|shock\w*|groundbreaking|bold)\b[^,]*,"
)
_BOAST = re.compile(
    r"\b(?:a|the|one of the) (?:world[’']?s? |global |market |nation[’']s )?(?:leading|premier|foremost|award-winning|world-class|trusted) "
    r"(?:\w+ )?(?:providers?|suppliers?|makers?|manufacturers?|developers?|compan(?:y|ies)|brands?|names?|innovators?|platforms?)\b|"
    r"\b(?:proud|pleased|thrilled|delighted|excited|honou?red) to (?:announce|present|introduce|share|welcome)\b|\btoday announced\b"
)
_DETAIL = re.compile(r"\d|(?<!^)\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z]")
_SUPERSEDED = re.compile(
    r"\b(?:earlier|previous|initial|first|preliminary|former) (?:\w+ )?(?:counts?|tolls?|tallies|tally|estimates?|figures?|reports?|numbers?)\b"
    r".{0,40}\b(?:had|put|was|were|stood|spoke|gave|said)\b"
)
_LITTLE_SAID = (
    (_EMPTY, EMPTY, "a formality"),
    (_SUPERSEDED, SUPERSEDED, "tells what was thought before"),
    (_BOAST, BOASTED, "advertises who speaks"),
    (_HERALDED, HERALDED, "praises its own news"),
    (re.compile("!"), EXCLAIMED, "exclaims"),
)
HEADLINE = 3  # words that tell something, from which a headline may have run into its sentence
TOLD_TWICE = 0.6  # share of them that the sentence tells again

_QUOTATION = re.compile(r"^\W*[\"“„«‘「]")
_THAT_DAY = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|last night|overnight|this (?:morning|afternoon|evening)|earlier today|later today)\b",
    re.IGNORECASE,
)
_THAT_WEEK = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:this|last|next) (?:week|weekend)|over the weekend|(?:days?|hours?) (?:ago|earlier))\b",
    re.IGNORECASE,
)
_THAT_MONTH = re.compile(r"\b(?:this|last|next|earlier this|later this) month\b|\bweeks? ago\b", re.IGNORECASE)
_READS_RIGHT = ((_THAT_DAY, timedelta(days=1)), (_THAT_WEEK, timedelta(days=6)), (_THAT_MONTH, timedelta(days=28)))


@dataclass(frozen=True, slots=True)
class Fitness:
    """How fit a sentence is, and why not: 0 is never briefed, at most DEPENDENT only behind the sentence before it, 1 flawless."""

    value: float
    reasons: tuple[str, ...] = ()


def fitness(text: str, language: str = "en", mentions: Sequence[Mention] = (), start: int = 0) -> Fitness:
    """How fit a sentence is to stand alone.

    ``mentions`` are its article's, where they are known, and ``start`` is where the sentence stands in the article.
    """
    if (refused := refusal(text, language)) is not None:
        return Fitness(0.0, (refused,))
    value, reasons = 1.0, list[str]()
    for factor, reason in _flaws(text, language, mentions, start):
        value *= factor
        reasons.append(reason)
    return Fitness(value, tuple(reasons))


def usable(text: str, language: str = "en") -> bool:
    """Whether a sentence may be briefed at all: whole, of a sensible length, telling and not advertising."""
    return refusal(text, language) is None


def stands_alone(text: str, language: str = "en", mentions: Sequence[Mention] = (), start: int = 0) -> bool:
    """Whether nothing in the sentence points back to one before it."""
    return pointer(text, language, mentions, start) is None


@lru_cache(maxsize=4_096)  # wire copies, and who asks first whether and then how
def refusal(text: str, language: str = "en") -> str | None:
    """Why a sentence may not be briefed, in a few words; None: it may."""
    if not SHORTEST <= count(text) <= LONGEST and not _UNHURT.match(text):
        return "too short or too long"
    if _CUT_OFF.search(text) or _begins_within(text):
        return "cut off"
    if _ENDS.search(text) is None or _HALF.search(text):
        return "a question or a fragment"
    if not balanced(text):
        return "half a quotation or bracket"
    if _spoken_by_nobody(text):
        return "a quotation without its speaker"
    return notice(text) if language in ("en", "und") else None


def boasts(text: str) -> bool:
    """Whether a sentence is a press release's: it praises who speaks."""
    return _BOAST.search(text) is not None


def opening(text: str) -> int:
    """How many characters stand before the sentence itself: a place line, a time of day, "UPDATE:"."""
    found = _LABEL.match(text) or _PLACE_LINE.match(text)
    return found.end() if found else 0


def reads_right_for(text: str) -> timedelta | None:
    """How long after it was published a sentence is still understood: "yesterday" for a day; None: always."""
    own = unquoted(text)
    return next((limit for pattern, limit in _READS_RIGHT if pattern.search(own)), None)


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


def _begins_within(text: str) -> bool:
    """Whether the first letter is small, as in no sentence, if it is not a name's ("iPhone")."""
    first = text.lstrip("\"'“‘([").split(maxsplit=1)[0] if text.strip() else ""
    return first[:1].islower() and not any(map(str.isupper, first))


def _spoken_by_nobody(text: str) -> bool:
    """Whether a sentence is nothing but a quotation."""
    return _QUOTATION.match(text) is not None and count(unquoted(text)) < LEAST_SAID


def _flaws(text: str, language: str, mentions: Sequence[Mention], start: int) -> Iterator[tuple[float, str]]:
    """Each flaw as a factor and a reason."""
    if (found := pointer(text, language, mentions, start)) is not None:
        yield DEPENDENT, f"points back: {found!r}"
    if language in ("en", "und"):
        yield from _lesser_flaws(text)


@lru_cache(maxsize=4_096)  # wire copies
def _lesser_flaws(text: str) -> tuple[tuple[float, str], ...]:
    return tuple(_found_lesser_flaws(text, unquoted(text)))


def _found_lesser_flaws(text: str, own: str) -> Iterator[tuple[float, str]]:
    if (thing := unspoken_of(text)) is not None:
        yield UNSPOKEN_OF, f"speaks of {thing!r} as known"
    if adds(text):
        yield ADDING, "adds to something before it"
    if _OPINION.search(own) and not _VOICED.search(text):
        yield OPINION, "gives an opinion as its own"
    if opening(text) or _HEADED.match(text):
        yield LABELLED, "begins with a place line or a label"
    if _runs_together(own):
        yield RUN_TOGETHER, "a headline or a date runs into it"
    yield from _says_little(own)


def _says_little(own: str) -> Iterator[tuple[float, str]]:
    """What a sentence loses that tells a reader little of the news."""
    yield from ((factor, reason) for pattern, factor, reason in _LITTLE_SAID if pattern.search(own))
    if count(own) < LITTLE and not _DETAIL.search(own) and not _UNHURT.match(own):
        yield BARE, "says little"


def _runs_together(own: str) -> bool:
    """Whether a headline or a date goes over into the sentence without a stop: "Ferry sinks off Lund A ferry has sunk …"."""
    return _STAMP.search(own) is not None or _NEW_START.search(own) is not None or _told_twice(own)


def _told_twice(own: str) -> bool:
    """Whether what stands before some capital, without a stop, is mostly told again behind it."""
    told = [(start, stem(word)) for word, start, _ in words(own) if word not in STOP_WORDS]
    if len(told) - len({stemmed for _, stemmed in told}) < HEADLINE:
        return False
    for k, (start, _) in enumerate(told[HEADLINE:], HEADLINE):
        before, behind = ({stemmed for _, stemmed in part} for part in (told[:k], told[k:]))
        if len(before & behind) >= max(HEADLINE, TOLD_TWICE * len(before)) and _begins_at(own, start):
            return True
    return False


def _begins_at(own: str, start: int) -> bool:
    """Whether a capital stands there, behind a word that tells something and no stop."""
    word = own[:start].rsplit(maxsplit=1)[-1]
    return own[start].isupper() and word[-1].isalnum() and word.lower() not in STOP_WORDS
