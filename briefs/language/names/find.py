"""The mentions of one article."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from briefs.language.names import descriptions, references
from briefs.language.names.entities import group
from briefs.language.names.spans import name_spans
from briefs.models import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefs.language.names.descriptions import Description
    from briefs.language.names.entities import Cluster
    from briefs.language.names.spans import NameSpan
    from briefs.language.pipeline import Passage


def find(passages: Iterable[Passage]) -> tuple[Mention, ...]:
    """Find what an article names, in the order of its text; a thing bears one entity throughout."""
    passages = tuple(passages)
    spans = name_spans(passages)
    described = descriptions.vote(spans)
    clusters = group(spans)
    for index, found in described.items():
        clusters[index].describe(found)
    named = [(span, clusters[index]) for index, span in enumerate(spans)]
    phrases = [
        (description, clusters[index])
        for index, found in described.items()
        for description in found
        if description in clusters[index].descriptions
    ]
    phrases.extend(_later_descriptions(passages, named, phrases))
    pronouns = list(_pronouns(passages, named, phrases))
    return _mentions(named, phrases, pronouns)


def _later_descriptions(
    passages: tuple[Passage, ...],
    named: list[tuple[NameSpan, Cluster]],
    phrases: list[tuple[Description, Cluster]],
) -> Iterator[tuple[Description, Cluster]]:
    spans: dict[int, list[tuple[NameSpan, Cluster]]] = defaultdict(list)
    taken: dict[int, set[int]] = defaultdict(set)
    for span, cluster in named:
        spans[id(span.passage)].append((span, cluster))
        taken[id(span.passage)].update(range(span.title[0] if span.title else span.first, span.last))
    for description, _ in phrases:
        taken[id(description.passage)].add(description.head)
    heads = references.Heads(dict.fromkeys(cluster for _, cluster in named), spans)
    yield from references.described(passages, heads, taken)


def _pronouns(
    passages: tuple[Passage, ...],
    named: list[tuple[NameSpan, Cluster]],
    phrases: list[tuple[Description, Cluster]],
) -> Iterator[tuple[int, int, Cluster]]:
    known: dict[int, dict[int, Cluster]] = defaultdict(dict)
    for description, cluster in phrases:
        known[id(description.passage)][description.head] = cluster
    for span, cluster in named:
        known[id(span.passage)][span.head.i] = cluster
    follow = references.Pronouns()
    for passage in passages:
        for token, cluster in follow.read(passage, known[id(passage)]):
            start = passage.start + token.idx
            yield start, start + len(token.text), cluster


def _mentions(
    named: list[tuple[NameSpan, Cluster]],
    phrases: list[tuple[Description, Cluster]],
    pronouns: list[tuple[int, int, Cluster]],
) -> tuple[Mention, ...]:
    for description, cluster in phrases:
        cluster.note(description)
    entities = {cluster: cluster.entity() for cluster in dict.fromkeys(cluster for _, cluster in named)}
    found = [Mention(span.start, span.end, "name", entities[cluster]) for span, cluster in named]
    found += [
        Mention(description.start, description.end, "description", entities[cluster])
        for description, cluster in phrases
        if description.apart
    ]
    found += [Mention(start, end, "pronoun", entities[cluster]) for start, end, cluster in pronouns]
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end, mention.form)))
