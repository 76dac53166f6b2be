"""What sentences tell, by their facts: the chief event of one, and which ones newer articles have overtaken."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from briefs.language.words import stems
from briefs.models import EntityKind, Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.models import Article, Fact, Reading, Sentence

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
_LATER = timedelta(hours=1)  # between articles, from which one is newer


def chief_event(reading: Reading, sentence: Sentence) -> str | None:
    """The frame of the first event that a sentence tells with somebody taking part; None where it tells none."""
    for fact in reading.facts:
        told = fact.start == sentence.start and fact.kind not in _NO_EVENT and fact.modality is Modality.HAPPENED
        if told and any(a.role in ("agent", "patient", "co_agent") for a in fact.arguments):
            return _ALIKE.get(fact.kind, fact.kind)
    return None


def answered(reading: Reading, sentence: Sentence) -> frozenset[str]:
    """Which of who, whom, when and where a sentence's facts answer."""
    found = set[str]()
    for fact in (f for f in reading.facts if f.start == sentence.start):
        found |= {_ANSWERS[a.role] for a in fact.arguments if a.role in _ANSWERS and (a.entity or a.role == "place")}
        found |= {"when"} if fact.when is not None else set()
    return frozenset(found)


def people(reading: Reading, text: str, sentence: Sentence) -> tuple[frozenset[str], frozenset[str]]:
    """Surnames of the people a sentence names in full, and of those it names by surname alone."""
    full, short = set[str](), set[str]()
    for mention in reading.mentions:
        inside = sentence.start <= mention.start < sentence.end
        if inside and mention.form == "name" and mention.entity.kind is EntityKind.PERSON:
            names = text[mention.start : mention.end].removesuffix("'s").removesuffix("’s").split()
            before = text[sentence.start : mention.start].split()
            titled = bool(before) and before[-1][:1].isupper()  # "President Okoro", "Sen. Okoro"
            if names:
                (full if len(names) > 1 or titled else short).add(names[-1])
    return frozenset(full), frozenset(short - full)


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
    told = [plan.when] if plan.when else [w for w in reading.whens if plan.start <= w.start < plan.end]
    firsts = [when.first for when in told if when.first is not None]
    return bool(firsts) and max(firsts) <= newest


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
