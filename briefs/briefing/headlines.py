"""The headline of a story: the outlets' own that covers it best, verbatim; a plain one before a lure, the newest state first.

titles ─without the outlet's name─▶ judged: cover × newness × still true? ─plain ones─▶ the best
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefs.briefing.lures import feels, lures
from briefs.facts.figures import numbers
from briefs.language.words import stems
from briefs.summary.events import overtaken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.models import Article, CitedSentence, Reading

OPENING = 500  # characters of an article that tell what it is about
LENGTH = 0.45  # how a headline's length counts: 0 would let the longest win, 1 the one of the most common words
HALVED = timedelta(hours=60)  # behind the newest article, in which a headline is worth half
PAST = 0.6  # what is left of a headline's worth where newer articles have overtaken it, or a clause of it
FELT = 0.7  # what is left of it where it tells feelings: somebody has made a plainer one
STRANGE = 0.85  # what is left of it where it begins with a name that no sentence below it has
SUBJECT = 3  # words a headline begins with
OPENED = 2  # how often the first sentence shown counts in what a headline covers: they are read together
PLAIN = 0.4  # share of the best cover from which a plain headline goes before any lure
SAYS_IT = 0.6  # share of a headline's words in a sentence that says the same
LATER = timedelta(hours=1)  # between articles, from which one is newer
SECTION = 3  # words of a site's section ("US news") between a headline and the site's name, at most

_DIVIDED = re.compile(r"\s+(?:[|·•»–—-]|::)\s+|\s*\|\s*")
_TOLL = re.compile(
    r"\b(?:dead|deaths?|die[sd]?|dying|kill\w*|injur\w*|wound\w*|hurt|missing|toll|victims?|casualt\w+)\b",
    re.IGNORECASE,
)
_RISEN = re.compile(r"\bfrom [\w,-]+(?= to\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_SHOUTED_LABEL = re.compile(r"(?:EXCLUSIVE|BREAKING(?: NEWS)?|JUST IN|UPDATED?|REVEALED)\s*[:|–—-]\s*(?=\S)")
_CLAUSE = re.compile(r"[,;:]\s+|\s+[–—-]\s+|\b(?:as|while|after|but|when|because|until)\b")
_HELD = re.compile(
    r"\b(?:grounds?|grounded|delays?|delayed|halt(?:s|ed)?|stops?|stopped|stalls?|stalled|clos(?:e|es|ed)|shuts?|postpon\w+|"
    r"suspend(?:s|ed)?|block(?:s|ed)?|cancel\w*|scrub(?:s|bed)?|strand(?:s|ed)?|calls? off|called off|puts? off|holds? (?:up|back))\b",
    re.IGNORECASE,
)  # what waits
_WENT = re.compile(
    r"\b(?:lift(?:s|ed)? off|blast(?:s|ed)? off|tak(?:es?|en) off|took off|launch(?:es|ed)|fl(?:ew|own|ies)|in orbit|re-?open(?:s|ed)?|"
    r"re-?start(?:s|ed)?|resum(?:es?|ed)|return(?:s|ed)|roll(?:s|ed)? again|runs? again|back (?:on|in|at)|goes ahead|went ahead|"
    r"set(?:s)? (?:off|sail)|arriv(?:es|ed)|lifted)\b",
    re.IGNORECASE,
)  # what goes again
_UNDONE = re.compile(
    r"\bto (?!(?:the|an?|his|her|their|its|this|that|all|be)\b)[a-z]{2,}|\b(?:will|would|should|may|might|could|expected|poised|likely|"
    r"plans?|ahead of|calls? (?:for|on)|urges?|demands?|wants?|seeks?|vows?|asks?)\b",
    re.IGNORECASE,
)  # "Vik to visit Oslo", "Oslo urges Vik to come"


@dataclass(frozen=True, slots=True)
class _Headline:
    """What an article would be shown with, and what speaks for it."""

    text: str
    article: Article
    cover: float
    worth: float
    plain: bool


def headline(
    members: Sequence[Article], cited: Sequence[CitedSentence], readings: Mapping[str, Reading] | None = None
) -> tuple[str, str]:
    """The headline of a story's articles with its article's id; a sentence where no article has a title.

    ``cited`` are the sentences that stand below it.
    """
    titled = [article for article in members if (article.title or "").strip()]
    if not titled:
        return _sentence(members, cited, readings or {})
    telling = _Telling(members, cited, readings or {})
    found = [telling.judged(article) for article in titled]
    enough = PLAIN * max(each.cover for each in found)
    plain = [each for each in found if each.plain and each.cover >= enough]
    best = max(plain or found, key=lambda each: (each.worth, each.article.shown_at, each.article.id))
    return best.text, best.article.id


def _sentence(
    members: Sequence[Article], cited: Sequence[CitedSentence], readings: Mapping[str, Reading]
) -> tuple[str, str]:
    """What stands for a headline: the first sentence shown, else the first of the newest article."""
    if cited:
        return cited[0].text, cited[0].article_id
    newest = max(members, key=lambda article: (article.shown_at, article.id))
    told = readings[newest.id].sentences[:1] if newest.id in readings else ()
    text = newest.text[told[0].start : told[0].end] if told else newest.text.strip().partition("\n")[0]
    return text, newest.id


def shown(article: Article) -> str:
    """An article's title without "EXCLUSIVE:" before it and the outlet's name, and its section, after it; a range of the title."""
    title = (article.title or "").strip()
    label = _SHOUTED_LABEL.match(title)
    title = title[label.end() :] if label else title
    parts = [(0, 0), *(match.span() for match in _DIVIDED.finditer(title))]
    if len(parts) == 1 or not _names_outlet(title[parts[-1][1] :], article):
        return title
    cut = len(parts) - 1
    while cut > 1 and "|" in title[slice(*parts[cut - 1])] and _is_short(title[parts[cut - 1][1] : parts[cut][0]]):
        cut -= 1
    return title[: parts[cut][0]] or title


def _is_short(section: str) -> bool:
    return len(section.split()) <= SECTION


def _names_outlet(words: str, article: Article) -> bool:
    """Whether words are the outlet's name, or its site's: "NYTimes.com", "The Guardian" for theguardian.com."""
    name, outlet = _squeezed(words), _squeezed(article.outlet or "")
    site = (urlsplit(article.url or "").hostname or "").removeprefix("www.")
    return bool(name) and (name in (outlet, _squeezed(site), _squeezed(site.partition(".")[0])))


def _squeezed(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold().removeprefix("the "))


class _Telling:
    """What a story's articles tell, for judging their headlines."""

    def __init__(
        self, members: Sequence[Article], cited: Sequence[CitedSentence], readings: Mapping[str, Reading]
    ) -> None:
        self._members = sorted(members, key=lambda article: (article.shown_at, article.id), reverse=True)
        self._cited = cited
        self._readings = readings
        self._language = members[0].language  # of one story all are in one

    def judged(self, article: Article) -> _Headline:
        """An article's headline with what speaks for it."""
        text = shown(article)
        cover = self._cover(stems(text, article.language))
        behind = (self._members[0].shown_at - article.shown_at) / HALVED
        english = article.language == "en"
        worth = cover * math.pow(0.5, behind) * (PAST if self._is_past(text, article) else 1.0)
        worth *= (FELT if english and feels(text) else 1.0) * (
            STRANGE if self._begins_elsewhere(text, article) else 1.0
        )
        return _Headline(text, article, cover, worth, plain=not lures(text, english=english))

    def _begins_elsewhere(self, text: str, article: Article) -> bool:
        """Whether a headline begins with a name that no sentence shown below it has."""
        reading = self._readings.get(article.id)
        if reading is None or not self._cited:
            return False
        named = {m.entity.name for m in reading.mentions if m.form == "name"}
        told = frozenset().union(*self._shown)
        mine = stems(" ".join(text.split()[:SUBJECT]), article.language)
        return any(words <= mine and words.isdisjoint(told) for words in map(stems, named) if words)

    def _cover(self, words: frozenset[str]) -> float:
        """How much of what all articles and the shown sentences tell is in a headline's words."""
        told = len(self._originals) + len(self._shown)
        return sum(self._shared[word] for word in words) / told / math.pow(max(1, len(words)), LENGTH)

    @cached_property
    def _shared(self) -> Counter[str]:
        """In how many beginnings of articles and shown sentences each word stands."""
        openings = (stems(_opening(article), article.language) for article in self._originals)
        return Counter(chain(*openings, *self._shown))

    @cached_property
    def _shown(self) -> list[frozenset[str]]:
        """The words of the shown sentences, those of the first as often as it counts."""
        words = [stems(sentence.text, self._language) for sentence in self._cited]
        return words[:1] * OPENED + words[1:]

    @cached_property
    def _originals(self) -> list[Article]:
        """The articles without those that repeat the text of another: ten copies tell no more than one."""
        roots = {article.root for article in self._members}
        return [article for article in self._members if article.copy_of not in roots]

    def _is_past(self, text: str, article: Article) -> bool:
        """Whether newer articles have overtaken a headline: its plan, its toll, or the sentence that says the same."""
        return (
            self._plan_came(text, article)
            or self._goes_again(text, article)
            or self._toll_is_old(text, article)
            or self._overtaken_below(text, article)
        )

    def _plan_came(self, text: str, article: Article) -> bool:
        """Whether one of no older article tells as done what a headline announces."""
        if article.language != "en" or not _UNDONE.search(text):
            return False
        mine = stems(text)
        others = [o for o in self._members if o.title and o.id != article.id and o.shown_at >= article.shown_at]
        return any(
            not _UNDONE.search(shown(o)) and 2 * len(mine & stems(shown(o))) >= min(len(mine), len(stems(shown(o))))
            for o in others
        )

    def _goes_again(self, text: str, article: Article) -> bool:
        """Whether a newer headline tells that what a clause says to wait goes again: "…as weather grounds crew"."""
        if article.language != "en":
            return False
        waiting = [stems(clause) for clause in _CLAUSE.split(text) if _HELD.search(clause)]
        return any(
            clause & headline
            for clause in waiting
            for newer, headline in self._going
            if newer.shown_at - article.shown_at >= LATER
        )

    @cached_property
    def _going(self) -> list[tuple[Article, frozenset[str]]]:
        """The articles whose headlines tell that something goes again, with the words of these."""
        told = ((article, shown(article)) for article in self._members)
        return [(article, stems(text)) for article, text in told if _WENT.search(text)]

    def _toll_is_old(self, text: str, article: Article) -> bool:
        """Whether newer articles count other dead or hurt than a headline."""
        mine = _toll(text)
        if not mine or not self._tolls:
            return False
        newest, current = self._tolls[0]
        return newest.shown_at - article.shown_at >= LATER and not mine & current

    @cached_property
    def _tolls(self) -> list[tuple[Article, set[float]]]:
        """The articles that count dead or hurt, with their counts, newest first."""
        return [(article, toll) for article in self._members if (toll := _toll(_opening(article)))]

    def _overtaken_below(self, text: str, article: Article) -> bool:
        """Whether the sentence of its own article that says the same was overtaken."""
        reading, mine = self._readings.get(article.id), stems(text, article.language)
        past = [s for s in reading.sentences if (article.id, s.start) in self._overtaken] if reading else []
        told = (stems(article.text[s.start : s.end], article.language) for s in past)
        return any(len(mine & words) >= SAYS_IT * len(mine) for words in told)

    @cached_property
    def _overtaken(self) -> frozenset[tuple[str, int]]:
        return overtaken(self._members, self._readings)


def _opening(article: Article) -> str:
    """An article's title and how its text begins."""
    return f"{article.title or ''}\n{article.text[:OPENING]}"


def _toll(text: str) -> set[float]:
    """The numbers of the first sentence that counts dead or hurt; not the one from which a toll rose."""
    counted = (set(numbers(_RISEN.sub("", told))) for told in _SENTENCE.split(text) if _TOLL.search(told))
    return next((toll for toll in counted if toll), set())
