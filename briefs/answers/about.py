"""A story as what a question leans on: what its reader means by "he" and "there", by "when?" and "tell me more".

A story asks nothing, so its main event is put as a question with its answer, "who met Jon Vik": "Ada Berg"; a follow-up
to it is then told in full as one to any answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers.lexicon import PERSON_NOUNS
from briefs.models import Answer, EntityKind, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs.models import Argument, Article, Evidence, Fact, Reading

CLAUSE = 5  # words from which a clause between somebody and the verb is one of its own
WORDS = 14  # of what was done, at most
_ALL = re.compile(
    r"^\W*(?:and |so |ok(?:ay)? )?(?:please )?(?:what happened\s*:.+|"
    r"what(?:'s|’s| is| has| was)? (?:happened|happening|new|going on|up|the (?:latest|news|story|matter))(?: (?:here|there|next|then|now|since|so far|today))?|"
    r"what happened (?:to|in|with) (?:it|this|that|them)|what(?:'s|’s| is| was)? (?:this|that|it|the (?:story|article|news)) about|what is (?:this|that|it)|"
    r"(?:tell me|say|show me|know) (?:more|about (?:it|this|that))(?: about (?:it|this|that))?|more|(?:any |some |more )?details|"
    r"(?:any|some) (?:news|updates?)|anything (?:new|else)|go on|explain(?: (?:it|this|that))?|summary|summari[sz]e(?: (?:it|this|that))?|tl;?dr|"
    r"catch me up|fill me in)\W*$",
    re.IGNORECASE,
)
_OTHERS = frozenset({"patient", "recipient", "co_agent"})
_BEFORE = re.compile(
    r"(?:\b(?:has|have|had|was|were|is|are|will|would|to|be|been|being|also|now|already|just|finally)\s+)+$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\W*\b(?:in|at|on|near|from|to|into|inside|outside|since|during|by|the|early|late|\s)*$", re.IGNORECASE
)
_APART = re.compile(
    r"['’]|\s*,?\s*(?:that|which|who|whom|whose|where)\b", re.IGNORECASE
)  # owns it, or is told of further
_SAYING = frozenset({"say", "write", "announce", "believe"})
_WHO = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.GROUP})


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about beside its words: a story, or the stories of a briefing."""

    headline: str
    article_ids: tuple[str, ...]
    told: tuple[Evidence, ...] = ()  # its sentences that the reader saw
    single: bool = True  # one story; of several, a question may as well be about something else


def asks_all(text: str) -> bool:
    """Whether a question asks for all that a story tells: "what happened?", "tell me more"."""
    return _ALL.match(text) is not None


def leaning(subject: Subject, articles: Mapping[str, Article], readings: Mapping[str, Reading]) -> Answer:
    """The story as a question and its answer, from the first of its sentences that tells an event; else its headline."""
    events = (
        event
        for modality in (Modality.HAPPENED, Modality.PLANNED)
        for event in _events(subject.told, articles, readings, modality)
    )
    question, text = next(events, (subject.headline, None))
    return Answer(question, Status.ANSWERED, text, subject.headline, evidence=subject.told)


def _events(
    told: Sequence[Evidence], articles: Mapping[str, Article], readings: Mapping[str, Reading], modality: Modality
) -> Iterator[tuple[str, str]]:
    """What happened or is planned in some sentences, each as a question and its answer, in their order."""
    for evidence in told:
        reading, article = readings.get(evidence.article_id), articles.get(evidence.article_id)
        for fact in reading.facts if reading and article else ():
            inside = evidence.start <= fact.start < evidence.end and fact.kind not in _SAYING
            happened = fact.modality is modality and not fact.negated
            if article and inside and happened and (subject := _subject(article.text, fact)) is not None:
                yield _asked(article.text, fact, subject)


def _subject(text: str, fact: Fact) -> Argument | None:
    """Who or what stands before the verb of a main clause."""
    before = [a for a in fact.arguments if a.role in ("agent", "patient") and a.end <= fact.predicate.start]
    nearest = max(before, key=lambda a: a.end, default=None)
    if nearest is None or not _APART.match(text, nearest.end):
        return nearest
    between = text[nearest.end : fact.predicate.start].split()
    return nearest if len(between) > CLAUSE else None  # "the strike that had closed the port for days was suspended"


def _asked(text: str, fact: Fact, subject: Argument) -> tuple[str, str]:
    """The question "who did it", and who."""
    entity = subject.entity
    who = entity.kind in _WHO if entity else subject.head.lower() in PERSON_NOUNS
    name = entity.name if entity else subject.text
    return f"{'who' if who else 'what'} {' '.join(_done(text, fact).split()[:WORDS])}", name


def _done(text: str, fact: Fact) -> str:
    """What was done and to whom, people by their names; not where and when, which may be asked for."""
    before = _BEFORE.search(text, fact.start, fact.predicate.start)
    told, at = text[before.start() if before else fact.predicate.start : fact.predicate.end], fact.predicate.end
    for argument in sorted((a for a in fact.arguments if a.role in _OTHERS), key=lambda a: a.start):
        if argument.start >= at:
            told += text[at : argument.start] + _named(text, fact, argument)
            at = argument.end
    return told


def _named(text: str, fact: Fact, argument: Argument) -> str:
    """A side of an event: a person's name, or its words without the place and the time in them."""
    if argument.entity is not None and argument.entity.kind is EntityKind.PERSON:
        return argument.entity.name
    scene = [a.start for a in fact.arguments if a.role in ("place", "time")] + ([fact.when.start] if fact.when else [])
    inside = min((start for start in scene if argument.start < start < argument.end), default=argument.end)
    return _LEADING.sub("", text[argument.start : inside]) if inside < argument.end else argument.text
