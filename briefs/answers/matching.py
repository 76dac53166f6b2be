"""How well a sentence, and a fact in it, match what a question asks about.

``coverage`` is the share of the question's weight that a sentence carries: each key counts by its rarity, in full where the
sentence has it, in part where only its neighbours, its title or its article have it. ``agreement`` is the same over one
fact: its predicate and arguments must carry the keys, so that "who met Putin" is not answered by a sentence in which
somebody else met and Putin is merely named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers.words import stems
from briefs.facts import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.questions import Key, Question
    from briefs.models import Fact

FRAME_MATCH = 0.85  # another word of the same frame: "talks" for "met"
PREVIOUS = 0.55  # the key stands in the sentence before
TITLE = 0.6
ARTICLE = 0.3
LINES = 60  # sentences looked at closely
LIGHT = frozenset({"be", "do", "have", "get", "make", "take", "go", "give", "happen", "use"})


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that may hold the answer."""

    line: Line
    coverage: float  # 0..1
    missing: tuple[Key, ...]  # keys that the sentence, its neighbour and its title lack


def rank(question: Question, ground: Ground) -> tuple[Match, ...]:
    """The sentences that match best, best first; among equals the newer article, then the earlier sentence."""
    weights = {key.stem: key.weight * _rarity(key, ground) for key in question.keys}
    total = sum(weights.values()) or 1.0
    matches = []
    previous: Line | None = None
    for line in ground.lines:
        before = previous if previous is not None and previous.article.id == line.article.id else None
        present = {key.stem: _presence(key, line, before, ground) for key in question.keys}
        coverage = sum(weights[s] * share for s, share in present.items()) / total
        missing = tuple(key for key in question.keys if present[key.stem] < PREVIOUS)
        if coverage > 0 or not question.keys:
            matches.append(Match(line, coverage, missing))
        previous = line
    matches.sort(key=lambda m: (-m.coverage, -m.line.at.timestamp(), m.line.index, m.line.article.id))
    return tuple(matches[:LINES])


def _rarity(key: Key, ground: Ground) -> float:
    """A key that stands nowhere weighs as much as the rarest word: what no source says cannot be answered."""
    return ground.rarity.get(key.stem) or max(ground.rarity.values(), default=1.0)


def _presence(key: Key, line: Line, before: Line | None, ground: Ground) -> float:
    if key.stem in line.bag:
        return 1.0
    if key.frame is not None and key.frame in line.frames:
        return FRAME_MATCH
    if before is not None and key.stem in before.bag:
        return PREVIOUS
    if key.stem in ground.title_bags[line.article.id]:
        return TITLE
    return ARTICLE if key.stem in ground.article_bags[line.article.id] else 0.0


def predicate_match(question: Question, fact: Fact) -> float:
    """Whether a fact is of the event asked about: 1 the same word, less for another word of its frame."""
    if question.lemma is None:
        return 0.0
    if fact.predicate.lemma == question.lemma or stems(fact.predicate.lemma) & stems(question.lemma):
        return 1.0
    if question.frame != frames.OTHER and fact.kind == question.frame:
        return FRAME_MATCH
    return 0.5 if question.lemma in LIGHT else 0.0


def agreement(question: Question, fact: Fact, ground: Ground) -> float:
    """The share of the question's keys that the fact itself carries, 0..1."""
    if not question.keys:
        return 1.0
    bag = fact_bag(fact, ground)
    weights = [(key, key.weight * _rarity(key, ground)) for key in question.keys]
    held = sum(w for key, w in weights if key.stem in bag or (key.frame is not None and key.frame == fact.kind))
    return held / sum(w for _, w in weights)


def fact_bag(fact: Fact, ground: Ground) -> frozenset[str]:
    """The stems of a fact's predicate and arguments, with the full names its arguments stand for."""
    bag = set(stems(fact.predicate.lemma))
    for argument in fact.arguments:
        bag |= stems(argument.text)
        if argument.entity is not None:
            bag |= stems(ground.names.of(fact.article_id, argument.entity).name)
    return frozenset(bag)


def key_stems(question: Question) -> frozenset[str]:
    """The stems that the question itself gives: an answer must say something else."""
    return frozenset(key.stem for key in question.keys) | question.excluded


def names_missing(question: Question, matches: Sequence[Match]) -> tuple[Key, ...]:
    """Names of the question that no matched sentence carries."""
    seen = frozenset().union(*(match.line.bag for match in matches)) if matches else frozenset()
    return tuple(key for key in question.keys if key.is_name and key.stem not in seen)
