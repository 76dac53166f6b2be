"""How well a sentence, and a fact in it, match what a question asks about.

``coverage`` is the share of the question's weight that a sentence carries: each key counts by its rarity, in full where the
sentence has it, in part where only its neighbours, its title or its article have it. ``agreement`` is the same over one
fact: its predicate and arguments must carry the keys, so that "who met the minister" is not answered by a sentence
in which somebody else met and the minister is merely named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from briefs.answers.lexicon import LIGHT_VERBS
from briefs.facts import frames
from briefs.facts.frames import MUTUAL
from briefs.language.synonyms import family, synonyms
from briefs.language.words import stem, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.questions import Key, Question
    from briefs.models import Fact

FRAME_MATCH = 0.85  # another word of the same frame: "talks" for "met"
FAMILY_MATCH = 0.9  # another word of the same family: "resignation" for "resigned"
SYNONYM_MATCH = 0.75
PREVIOUS = 0.55  # the key stands in the sentence before
TITLE = 0.6
TOPIC = 0.8  # the key is of what the whole article is about
ARTICLE = 0.3
BOUNDS = ("since", "until", "before", "after")  # such a time bounds an event and does not date it
OTHER_TIME = 0.75  # nothing in the sentence is of the time that the question names
BARE = 2  # words of what only points back: "the aircraft"
HALVED = 6  # words, over which nearness halves
LINES = 60  # sentences looked at closely


_DOERS = ("er", "or", "ist")  # "founder", "investor"

PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "this", "these", "those", "both"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that may hold the answer."""

    line: Line
    coverage: float  # 0..1
    lacking: float  # names of the question that the sentence lacks; in part where they stand around it
    missing: float = 0.0  # the largest share of the question's weight that a single key takes which stands nowhere near
    absent: float = 0.0  # the share of the weight whose keys do not even stand in the article
    place: int = 0  # among the matches, from 0


def rank(question: Question, ground: Ground) -> tuple[Match, ...]:
    """The sentences that match best, best first; among equals the newer article, then the earlier sentence."""
    scale = _scale(question, ground)
    matches = [
        match
        for _, lines in groupby(ground.lines, key=lambda line: line.article.id)
        for match in _matches(question, scale, tuple(lines), ground)
        if match.coverage > 0 or not question.keys
    ]
    matches.sort(key=lambda m: (-m.coverage, -m.line.at.timestamp(), m.line.index, m.line.article.id))
    return tuple(replace(match, place=place) for place, match in enumerate(matches[:LINES]))


def _matches(question: Question, scale: Scale, lines: Sequence[Line], ground: Ground) -> Iterator[Match]:
    """Each sentence of one article with what it carries of the question."""
    total = sum(weight for _, weight, _ in scale) or 1.0
    around = [_around(key, forms, lines[0].article.id, ground) for key, _, forms in scale]
    before = [0.0] * len(scale)
    for line in lines:
        coverage = lacking = missing = absent = 0.0
        spoken = [_held(forms, line.bag) for _, _, forms in scale]
        for (key, weight, _), own, previous, (topic, anywhere) in zip(scale, spoken, before, around, strict=True):
            share = _framed(key, own, line.frames) or max(PREVIOUS * previous, topic) or anywhere
            coverage += weight * share
            lacking += (1 - share) * key.is_name
            missing = max(missing, weight * (1 - share))
            absent += weight * (not share)
        before = spoken
        coverage /= total
        if question.times:
            coverage *= 1.0 if at_the_time(question, line) else OTHER_TIME
        yield Match(line, coverage, lacking, missing / total, absent / total)


Forms = Mapping[str, float]  # stems that stand for a key, each with how surely it is meant
Scale = tuple[tuple["Key", float, Forms], ...]  # each key with its weight


@lru_cache(maxsize=4)  # a question is matched against one ground, fact by fact
def _scale(question: Question, ground: Ground) -> Scale:
    """Each key of the question with its weight among the others and the stems that stand for it in these articles."""
    out = []
    for key in question.keys:
        forms = _forms(key, ground)
        rarity = max((strength * ground.rarity[form] for form, strength in forms.items()), default=0.0)
        # A key that stands nowhere weighs as much as the rarest word: what no source says cannot be answered.
        out.append((key, key.weight * (rarity or max(ground.rarity.values(), default=1.0)), forms))
    return tuple(out)


def _forms(key: Key, ground: Ground) -> Forms:
    """The stems of the articles that stand for a key: its own, those of its family, words that mean nearly the same.

    Names stand for themselves only.
    """
    forms = {key.stem: 1.0} if key.stem in ground.rarity else {}
    if key.is_name:
        return forms
    root = family(key.stem)
    for other in ground.rarity:
        if other not in forms and other[:3] == root[:3] and family(other) == root:
            forms[other] = FAMILY_MATCH
    return {form: SYNONYM_MATCH for form in synonyms(key.stem) if form in ground.rarity} | forms


def at_the_time(question: Question, line: Line) -> bool:
    """Whether a time of the question ("in 2014", "on June 9") overlaps one of the sentence or the day it was published."""
    asked = [(w.first, w.last) for w in question.times if w.first and w.last]
    if not asked:
        return True
    told = [(w.first, w.last) for w in line.whens if w.first and w.last]
    return any(a < last and first < b for a, b in asked for first, last in told) or any(
        a <= line.at < b for a, b in asked
    )


def _around(key: Key, forms: Forms, article_id: str, ground: Ground) -> tuple[float, float]:
    """What a key counts in the sentences of an article that lack it: as its title or topic, and as said anywhere in it."""
    title = TITLE * _held(forms, ground.title_bags[article_id])
    topic = TOPIC * _held(forms, ground.topic_bags[article_id]) if key.is_name else 0.0
    return max(title, topic), ARTICLE * _held(forms, ground.article_bags[article_id])


def _held(forms: Forms, bag: frozenset[str]) -> float:
    """How surely some words hold a key: 1 the word itself, less for another form of it; asked of every sentence."""
    best = 0.0
    for form, strength in forms.items():
        if strength > best and form in bag:
            best = strength
    return best


def _framed(key: Key, held: float, kinds: Container[str]) -> float:
    """How surely facts of some kinds hold a key that the words hold so surely: at least as another word of its frame."""
    return max(held, FRAME_MATCH) if key.frame is not None and key.frame in kinds else held


class Spread:
    """Where in a sentence the words of the question stand: what answers stands near them."""

    def __init__(self, question: Question, line: Line, ground: Ground) -> None:
        """Look the keys up in the sentence's words."""
        said = list(words(line.text))
        self._starts = [line.start + start for _, start, _ in said]
        spoken = [stem(word) for word, _, _ in said]
        scale = _scale(question, ground)
        self._keys = [
            (weight, [(i, forms[form]) for i, form in enumerate(spoken) if form in forms]) for _, weight, forms in scale
        ]
        event = _predicates(question.lemma) if question.lemma else frozenset()
        self._event = [
            place
            for (key, _, _), (_, places) in zip(scale, self._keys, strict=True)
            if key.stem in event
            for place in places
        ]

    def nearness(self, start: int, end: int) -> float:
        """How near a range (in the article) stands to the keys, 0..1; half for each HALVED words between."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end) - 1
        total = near = 0.0
        for weight, places in self._keys:
            total += weight
            near += weight * max((s * 0.5 ** (_between(i, first, last) / HALVED) for i, s in places), default=0.0)
        return near / total if total else 0.0

    def from_event(self, start: int, end: int) -> float:
        """How near a range stands to the word of the event asked about, 0..1; 0 where the sentence has no such word."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end) - 1
        return max((s * 0.5 ** (_between(i, first, last) / HALVED) for i, s in self._event), default=0.0)


def _between(place: int, first: int, last: int) -> int:
    return max(0, first - place, place - last)


def predicate_match(question: Question, fact: Fact, ground: Ground) -> float:
    """Whether a fact is of the event asked about: 1 the same word, less for another word of its frame or family."""
    if question.lemma is None or (question.frame == "hold_office" and not _of_that_office(question, fact, ground)):
        return 0.0
    if fact.predicate.lemma == question.lemma:
        return 1.0
    asked, told = _predicates(question.lemma), _predicates(fact.predicate.lemma)
    if asked & told:
        return 1.0
    if question.frame != frames.OTHER and fact.kind == question.frame:
        return FRAME_MATCH
    if _does(question.lemma, fact):
        return FRAME_MATCH
    if question.lemma in LIGHT_VERBS:
        return 0.5
    if any(synonyms(one) & told for one in asked):
        return SYNONYM_MATCH
    return FAMILY_MATCH if {family(one) for one in asked} & {family(one) for one in told} else 0.0


@lru_cache(maxsize=4_096)
def _predicates(lemma: str) -> frozenset[str]:
    return stems(lemma)


_OFFICES = frozenset({"hold_office", "be"})


def _does(lemma: str, fact: Fact) -> bool:
    """Whether a fact calls somebody by what he does: "its founder, Ada Stone" tells who founded it."""
    if fact.kind not in _OFFICES:
        return False
    called = {w for a in fact.arguments if a.role in ("patient", "topic", "other") for w, _, _ in words(a.text)}
    return any(stem(lemma) in _deeds(word) for word in called)


@lru_cache(maxsize=16_384)
def _deeds(word: str) -> frozenset[str]:
    """The stems of what one does who is called so: "winner" wins, "investor" invests; nothing for other words."""
    ending = next((e for e in _DOERS if word.endswith(e) and len(word) - len(e) >= 3), None)
    if ending is None:
        return frozenset()
    base = word[: -len(ending)]
    bare = base[:-1] if base[-1] == base[-2] else base
    return frozenset(stem(verb) for verb in (base, base + "e", bare))


def tells_office(office: frozenset[str], told: frozenset[str]) -> bool:
    """Whether stems name an office, also by another name of it: "CEO" and "chief executive"."""
    return all(each in told or (each in _CALLED_TOO and told >= _CALLED_TOO[each]) for each in office)


_SAME_OFFICES = {"ceo": "executive", "executive": "ceo", "premier": "prime minister"}
_CALLED_TOO = {stem(one): stems(other) for one, other in _SAME_OFFICES.items()}


def _of_that_office(question: Question, fact: Fact, ground: Ground) -> bool:
    """Whether a fact tells who holds the office asked after, of the very body or place that the question names.

    A body may be called by a part of its name ("Valmont's coach"), where nothing else is said of which it is.
    """
    bag = fact_bag(fact, ground)
    named = {key.stem for key in question.keys if key.is_name}
    if not tells_office(question.office, bag):
        return False
    if not named & bag:
        return not named
    held = frozenset().union(*(stems(a.text) for a in fact.arguments if a.role == "patient"))
    return named <= bag or (held <= named | question.office and named <= ground.article_bags[fact.article_id])


def agreement(question: Question, fact: Fact, ground: Ground) -> float:
    """The share of the question's keys that the fact itself carries, 0..1."""
    if not question.keys:
        return 1.0
    bag, kinds = fact_bag(fact, ground), (fact.kind,)
    scale = _scale(question, ground)
    held = sum(weight * _framed(key, _held(forms, bag), kinds) for key, weight, forms in scale)
    return held / sum(weight for _, weight, _ in scale)


def sides_agree(question: Question, fact: Fact, ground: Ground) -> float:
    """Whether the fact's doer and the thing done to are those of the question: 1 as far as can be seen, less if not.

    "When did one firm file" is not answered by a sentence in which another does, however much else they have in common.
    """
    doers = _filling(fact, ground, ("agent", "co_agent"))
    others = _filling(fact, ground, ("patient", "recipient", "topic", "co_agent", "other"))
    if fact.kind in MUTUAL:
        doers = others = doers | _filling(fact, ground, ("patient", "recipient"))
        if question.object and not question.object & others:
            return 0.2
    elif question.object & doers and not question.object & others:
        return 0.2  # "who sued the bank" is not answered by whom the bank sued
    agreed = 1.0
    if question.subject and doers and not question.subject & doers:
        before = stems(ground.articles[fact.article_id].text[fact.start : fact.predicate.start])
        agreed *= 0.8 if question.subject & before else 0.5 if question.subject & others else 0.3
    if question.object and not question.object & others:
        agreed *= _other_object(question, fact, ground)
    named = question.subject | question.object
    if question.subject and question.object and not named & fact_bag(fact, ground):
        return min(agreed, 0.4)  # "the visit" of somebody somewhere is not yet the one asked about
    return agreed


def _other_object(question: Question, fact: Fact, ground: Ground) -> float:
    """How likely a fact's object, which shares no word with the question's, is the same thing after all.

    "The company" may be the firm asked about, "milk" or another name is not; without an object the sentence must name it.
    """
    told = [a for a in fact.arguments if a.role in ("patient", "recipient", "topic")]
    if not told:
        around = stems(ground.articles[fact.article_id].text[fact.start : fact.end])
        return 1.0 if question.object & around else 0.5
    named = frozenset().union(*(stems(a.text) for a in told))
    if any(synonyms(one) & named for one in question.object):
        return 0.9  # "a visit" for "the trip"
    refers = [a for a in told if _REFERS.match(a.text)]
    bare = any(len(a.text.split()) <= BARE for a in refers) and question.object <= ground.article_bags[fact.article_id]
    return 0.7 if bare else 0.6 if refers else 0.4


_REFERS = re.compile(r"(?:the|this|that|these|those|his|her|its|their|him|it|them|which|who|whom)\b", re.IGNORECASE)


def _filling(fact: Fact, ground: Ground, roles: Sequence[str]) -> frozenset[str]:
    """The stems of the arguments in some roles; nothing where a pronoun leaves the role open."""
    bag: set[str] = set()
    for argument in fact.arguments:
        if argument.role in roles and (argument.entity is not None or argument.head.lower() not in PRONOUNS):
            bag |= stems(argument.text)
            if argument.entity is not None:
                bag |= stems(ground.names.of(fact.article_id, argument.entity).name)
    return frozenset(bag)


def fact_bag(fact: Fact, ground: Ground) -> frozenset[str]:
    """The stems of a fact's predicate and arguments, with the full names its arguments stand for."""
    return ground.bag_of(fact)


def key_stems(question: Question) -> frozenset[str]:
    """The stems that the question itself gives: an answer must say something else."""
    return frozenset(key.stem for key in question.keys) | question.excluded
