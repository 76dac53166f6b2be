"""What an article tells, in little: the stems of its sentences, by which the likely articles are found without reading them.

An outline is text, one line for the title and one for each sentence of the reading, in their order: the stems of its words
and of the full names that its mentions stand for, then, after a tab, the frames of its facts. A hundred outlines take as
long to look through as one reading to decode.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from briefs.facts import frames
from briefs.language.foreign import is_foreign
from briefs.language.words import stem, stems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from briefs.models import Article, Fact, Mention, Reading

T = TypeVar("T")

PREVIOUS = 0.55  # what a term counts that stands in the sentence before
TITLE = 0.6
ARTICLE = 0.3
NOTHING: frozenset[str] = frozenset()
SECOND = 0.1  # what an article's second-best sentence adds to its best


def outline(article: Article, reading: Reading) -> str:
    """The outline of an article; of one in another language it is empty, for a shared word is no match."""
    if is_foreign(article):
        return ""
    starts = [sentence.start for sentence in reading.sentences]
    facts = shared(starts, reading.facts, lambda fact: fact.predicate.start)
    mentions = shared(starts, reading.mentions, lambda mention: mention.start)
    lines = [" ".join(sorted(stems(article.title or "")))]
    for index, sentence in enumerate(reading.sentences):
        bag = words_told(article.text[sentence.start : sentence.end], facts[index], mentions[index])
        kinds = {fact.kind for fact in facts[index]} - {frames.OTHER}
        lines.append(" ".join(sorted(bag)) + "\t" + " ".join(sorted(kinds)))
    return "\n".join(lines)


def words_told(text: str, facts: Iterable[Fact], mentions: Iterable[Mention]) -> frozenset[str]:
    """The stems of a sentence: of its words, of its facts' predicates and of the names in full."""
    names = (stems(mention.entity.name) for mention in mentions)
    return stems(text).union(*(stems(fact.predicate.lemma) for fact in facts), *names)


def bags(text: str) -> list[frozenset[str]]:
    """The stems of each sentence of an outline."""
    return [frozenset(line.partition("\t")[0].split()) for line in text.split("\n")[1:]]


def nearest(terms: Iterable[str], outlines: Mapping[str, str], count: int) -> tuple[str, ...]:
    """The articles with the sentences that hold most of a question's terms, best first; equals stay in their order."""
    keys = {stem(term): frames.frame(term, "VERB") for term in terms}
    seen = {article_id: _seen(keys, text) for article_id, text in outlines.items() if text}
    weights = _weights(keys, seen.values())
    scores = {article_id: _score(lines, weights) for article_id, lines in seen.items()}
    return tuple(sorted(scores, key=lambda article_id: -scores[article_id])[:count])


def _seen(keys: Mapping[str, str], text: str) -> list[frozenset[str]]:
    """The keys that stand in the title and in each sentence, as words or as their frames."""
    wanted = frozenset(keys)
    framed = [(key, frame) for key, frame in keys.items() if frame != frames.OTHER]
    looked_for = (*keys, *(frame for _, frame in framed))
    found = []
    for line in text.split("\n"):
        if not any(each in line for each in looked_for):  # most hold nothing, not even as a part of a word
            found.append(NOTHING)
            continue
        bag, _, kinds = line.partition("\t")
        held = wanted.intersection(bag.split())
        if kinds and framed:
            told = kinds.split()
            held |= {key for key, frame in framed if frame in told}
        found.append(held)
    return found


def _weights(keys: Iterable[str], seen: Iterable[Sequence[frozenset[str]]]) -> dict[str, float]:
    """How much each key tells: its inverse frequency over all sentences."""
    frequency: Counter[str] = Counter()
    count = 0
    for lines in seen:
        count += len(lines)
        for held in lines:
            frequency.update(held)
    return {key: math.log(1 + count / frequency[key]) for key in keys if frequency[key]}


def _score(lines: Sequence[frozenset[str]], weights: Mapping[str, float]) -> float:
    """The weight of the keys of the best sentence, those that stand around it in part."""
    title, *sentences = lines
    everywhere = title.union(*sentences)
    best = second = 0.0
    previous: frozenset[str] = frozenset()
    for held in [title, *sentences]:
        if held or previous:
            score = sum(weights[key] * _presence(key, held, previous, title) for key in everywhere)
            best, second = (score, best) if score > best else (best, max(score, second))
        previous = held
    return best + SECOND * second


def _presence(key: str, held: frozenset[str], previous: frozenset[str], title: frozenset[str]) -> float:
    if key in held:
        return 1.0
    if key in title:
        return TITLE
    return PREVIOUS if key in previous else ARTICLE


def shared(starts: Sequence[int], things: Iterable[T], place: Callable[[T], int]) -> list[list[T]]:
    """The things of each sentence, by the sentences' starts."""
    shares: list[list[T]] = [[] for _ in starts]
    for thing in things:
        index = bisect_right(starts, place(thing)) - 1
        if index >= 0:
            shares[index].append(thing)
    return shares
