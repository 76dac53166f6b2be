"""Facts of a sentence as short strings, so that a test reads as a table."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from briefs.facts.extraction import extract
from briefs.language import names, pipeline, times
from briefs.models import Article, Block, BlockKind, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

PUBLISHED = datetime(2025, 8, 1, 16, tzinfo=UTC)  # a Friday


@cache
def _pipeline() -> Language:
    return pipeline.load()


def article(text: str, article_id: str = "a", *, outlet: str | None = None, at: datetime = PUBLISHED) -> Article:
    """An article of prose, a block for each line."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(start, start + len(line), BlockKind.PROSE))
        start += len(line) + 1
    return Article(article_id, text, tuple(blocks), at, outlet=outlet, published_at=at)


@cache
def facts(text: str, article_id: str = "a") -> tuple[Fact, ...]:
    """The facts of a text, with names and times found by the real thing."""
    told = article(text, article_id)
    passages = pipeline.parse(_pipeline(), told)
    return extract(passages, names.find(passages), times.find(passages, told.published_at), article_id)


def facts_on(told: Article) -> tuple[Fact, ...]:
    """The facts of an article, its times resolved against the day it was published."""
    passages = pipeline.parse(_pipeline(), told)
    return extract(passages, names.find(passages), times.find(passages, told.published_at), told.id)


def mentions(told: Article) -> tuple[object, ...]:
    """What an article names."""
    return names.find(pipeline.parse(_pipeline(), told))


def roles(found: Fact) -> set[str]:
    """Every argument as "role: words"."""
    return {f"{a.role}: {a.text}" for a in found.arguments}


def one(text: str, lemma: str, *, noun: str | None = None) -> Fact:
    """The fact of a verb, or of the noun that names its event."""
    found = [f for f in facts(text) if f.predicate.lemma == lemma and _is_of(f, text, noun)]
    assert found, f"no {lemma} among {[f.predicate.lemma for f in facts(text)]}"
    return found[0]


def _is_of(found: Fact, text: str, noun: str | None) -> bool:
    word = text[found.predicate.start : found.predicate.end]
    return noun is None or word == noun


def lemmas(found: Iterable[Fact]) -> list[str]:
    """The predicates, in the order of the text."""
    return [f.predicate.lemma for f in found]
