"""What sentences tell, by their facts: the chief event of one, and which ones newer articles have overtaken."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import timedelta
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from briefs.language.synonyms import family
from briefs.language.words import stem, stems, word_set
from briefs.models import EntityKind, Modality
from briefs.summary.backward import SOMEBODY
from briefs.summary.fitness import reads_right_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.models import Article, Fact, Mention, Reading, Sentence

_NO_EVENT = {
    *("other", "say", "write", "be", "have", "own", "hold_office", "name_as", "plan", "hold", "get", "do"),
    *("believe", "want", "fear", "like", "hate", "know", "perceive", "work", "connect"),
}
_TOLL = {"kill": "die", "die": "die", "injure": "injure"}
_ALIKE = {
    **dict.fromkeys(("travel", "arrive", "leave", "return", "escape", "meet"), "visit"),
    **dict.fromkeys(("invade", "hijack"), "attack"),
    "kill": "die",
    "burn": "destroy",
    "sentence": "convict",
    "free": "acquit",
}  # frames that tell one event from two sides
_ANSWERS = {"agent": "who", "patient": "whom", "co_agent": "whom", "recipient": "whom", "place": "where"}
_THE = re.compile(r"[\"'“‘]?(?:The|These|Those)\s")
EXPLAINED = 8  # words at most of what a sentence begins with and does not explain
_WHICH = re.compile(r"\s(?:of|in|on|at|between|for|from|that|who|which|whose|to)\b(?:\s[\w’'-]+){1,6}")
_NAMED = re.compile(r",?\s[A-Z]")
_CAPITAL = re.compile(r"\b[A-Z]")
_ONLY_ONE = word_set(  # everybody knows which is meant
    "government state country nation world weather police army military public economy market president parliament congress "
    "senate house court supreme pope king queen sun moon sea rain summer winter spring autumn head number toll total majority"
)
UNTIMELY = 0.5
_HALF_A_DAY = timedelta(hours=12)
_AHEAD = (Modality.PLANNED, Modality.POSSIBLE)
_LATER = timedelta(hours=1)  # between articles, from which one is newer


def chief_event(reading: Reading, sentence: Sentence) -> str | None:
    """The frame of the first event that a sentence tells with somebody taking part; None where it tells none."""
    for fact in reading.facts:
        told = fact.start == sentence.start and fact.kind not in _NO_EVENT and fact.modality is Modality.HAPPENED
        if told and any(a.role in ("agent", "patient", "co_agent") for a in fact.arguments):
            return _ALIKE.get(fact.kind, fact.kind)
    return None


def answered(reading: Reading, sentence: Sentence, shown_at: datetime) -> frozenset[str]:
    """Which of who, whom, when and where a sentence's facts answer; who was hurt, and what comes next and when."""
    found = set[str]()
    for fact in (f for f in reading.facts if f.start == sentence.start):
        found |= {_ANSWERS[a.role] for a in fact.arguments if a.role in _ANSWERS and (a.entity or a.role == "place")}
        found |= {"when"} if fact.when is not None else set()
        found |= {"hurt"} if fact.modality is Modality.HAPPENED and _toll(fact) else set()
        found |= {"next"} if fact.modality in _AHEAD and _comes(fact, reading, shown_at) else set()
    return frozenset(found)


def timeliness(reading: Reading, text: str, sentence: Sentence, age: timedelta) -> float:
    """By what a sentence's fitness is multiplied when its article is so much older than the newest."""
    limit = reads_right_for(text)
    past = limit is not None and age > limit  # "yesterday" is another day by now
    told = {fact.modality for fact in reading.facts if fact.start == sentence.start and fact.kind not in _NO_EVENT}
    feared = Modality.POSSIBLE in told and age >= _HALF_A_DAY  # what might happen then may be over
    return UNTIMELY if past or feared else 1.0


def spoken_of(reading: Reading, sentence: Sentence) -> frozenset[str]:
    """The families of the words for the events a sentence tells: who "raised its bid" has spoken of "the offer"."""
    kinds = sorted({fact.kind for fact in reading.facts if fact.start == sentence.start} - {"other"})
    return frozenset().union(*map(_event_words, kinds))


@cache
def _event_words(kind: str) -> frozenset[str]:
    from briefs.facts.frames import synonyms  # it loads numpy

    return frozenset(family(stem(word)) for word in synonyms(kind))


def _comes(plan: Fact, reading: Reading, shown_at: datetime) -> bool:
    """Whether the time of a plan was still to come."""
    return any(first > shown_at for first in _times(plan, reading))


def assumed_thing(reading: Reading, text: str, sentence: Sentence) -> str | None:
    """The family of what a sentence begins with as if it were known, no name saying which: "The slip", "The offer of 9 crowns"."""
    if _THE.match(text) is None:
        return None
    facts = (f for f in reading.facts if f.start == sentence.start)
    first = [a for fact in facts for a in fact.arguments if a.start == sentence.start]
    thing = max(first, key=lambda a: a.end, default=None)
    if thing is None or thing.entity is not None or _explained(text, thing.end - thing.start):
        return None
    head = thing.head.lower()
    return None if head in _ONLY_ONE else family(stem(head))


def _explained(text: str, end: int) -> bool:
    """Whether a name or a long clause says which thing it is that stands before ``end``: "The mayor of Lund"."""
    if _NAMED.match(text, end):
        return True
    more = _WHICH.match(text, end)
    last = more.end() if more else end
    return _CAPITAL.search(text, 3, last) is not None or len(text[:end].split()) > EXPLAINED


def unnamed(reading: Reading, sentence: Sentence) -> bool:
    """Whether somebody takes part in what a sentence tells who is called by an office alone: "the minister met"."""
    facts = (f for f in reading.facts if f.start == sentence.start)
    return any(a.role in ("agent", "patient", "co_agent") and a.head in SOMEBODY for f in facts for a in f.arguments)


def people(reading: Reading, text: str, sentence: Sentence) -> tuple[frozenset[str], frozenset[str]]:
    """Surnames of the people a sentence names in full, and of those it names by surname alone."""
    full, short = set[str](), set[str]()
    for mention in _inside(reading.mentions, sentence):
        if mention.form == "name" and mention.entity.kind is EntityKind.PERSON:
            names = text[mention.start : mention.end].removesuffix("'s").removesuffix("’s").split()
            before = text[sentence.start : mention.start].split()
            titled = bool(before) and before[-1][:1].isupper()  # "President Okoro", "Sen. Okoro"
            if names:
                (full if len(names) > 1 or titled else short).add(names[-1])
    return frozenset(full), frozenset(short - full)


def _inside(mentions: Sequence[Mention], sentence: Sentence) -> Sequence[Mention]:
    """Those of an article's mentions, which are in the order of its text, that begin in a sentence."""
    first, last = (
        bisect_left(mentions, at, key=lambda mention: mention.start) for at in (sentence.start, sentence.end)
    )
    return mentions[first:last]


def overtaken(articles: Sequence[Article], readings: Mapping[str, Reading]) -> frozenset[tuple[str, int]]:
    """Sentences (article id, start) that a newer article of the story has overtaken.

    A plan whose time had come when the newest article was published, and a toll that a newer article tells differently.
    ``articles`` are newest first.
    """
    told = [a for a in articles if a.id in readings]
    if not told:
        return frozenset()
    newest = told[0].shown_at
    plans = {
        (fact.article_id, fact.start)
        for article in told
        if newest - article.shown_at >= _LATER
        for fact in readings[article.id].facts
        if fact.modality is Modality.PLANNED and _came(fact, readings[article.id], newest)
    }
    return frozenset(plans | set(_old_tolls(told, readings)))


def _came(plan: Fact, reading: Reading, newest: datetime) -> bool:
    """Whether the time of a plan had come: its own, or a day of its sentence ("will play Friday's final")."""
    firsts = _times(plan, reading)
    return bool(firsts) and max(firsts) <= newest


def _times(plan: Fact, reading: Reading) -> list[datetime]:
    """When a plan is for: its own time, or those of its sentence that are not when something else happened."""
    inside = [f for f in reading.facts if f.start == plan.start and f.modality is Modality.HAPPENED]
    taken = {f.when.start for f in inside if f.when is not None}
    others = [w for w in reading.whens if plan.start <= w.start < plan.end and w.start not in taken]
    return [w.first for w in ([plan.when] if plan.when else others) if w.first is not None]


def _old_tolls(articles: Sequence[Article], readings: Mapping[str, Reading]) -> Iterator[tuple[str, int]]:
    """Sentences with a number of dead or hurt that is not the newest article's."""
    current: dict[str, tuple[str, frozenset[str]]] = {}
    for article in articles:
        for start, facts in groupby(readings[article.id].facts, key=lambda fact: fact.start):
            told = list(facts)
            kind = next((toll for fact in told if (toll := _toll(fact))), None)
            if kind is None or not (figures := frozenset().union(*map(_figures, told))):
                continue
            newest, known = current.setdefault(kind, (article.id, figures))
            if newest != article.id and not figures & known:
                yield article.id, start


def _toll(fact: Fact) -> str | None:
    """Whether a fact counts dead or hurt; "the toll rose to 14" counts the dead."""
    sides = (a for a in fact.arguments if a.role in ("agent", "patient"))
    return _TOLL.get(fact.kind) or ("die" if any("toll" in a.text.lower().split() for a in sides) else None)


def _figures(fact: Fact) -> frozenset[str]:
    sides = (a for a in fact.arguments if a.role in ("agent", "patient", "amount"))
    return frozenset(figure for a in sides for figure in stems(a.text) if figure[0].isdigit())  # "nine" is 9
