"""Quotations that run on: what stands between quotation marks beside no speaker is said by the one named last."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefs.models import Argument, Fact

# An opening mark whose speech goes on in the next paragraph is closed there only.
_QUOTED = re.compile(r'“[^”]*(?:”|$)|"[^"]*(?:"|$)')
_TELLING = frozenset({"say", "write"})
_ME = frozenset({"i", "me", "my", "mine", "myself"})
_LEAST = 3  # words; less is a name or a phrase that the sentence only puts in marks


def spoken(text: str, offset: int, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts of a passage (its ``text`` begins at ``offset``), each one inside a quotation with its speaker."""
    quoted = [(m.start() + offset, m.end() + offset) for m in _QUOTED.finditer(text) if len(m[0].split()) >= _LEAST]
    if not quoted:
        yield from facts
        return
    speakers = list(_speakers(quoted, facts))
    for fact in facts:
        speaker = _nearest(speakers, fact) if _inside(quoted, fact.predicate.start) else None
        yield _told_by(fact, speaker) if speaker is not None else fact


def _told_by(fact: Fact, speaker: Argument) -> Fact:
    """The fact with its speaker, who is whom "I" means."""
    arguments = tuple(replace(a, entity=speaker.entity) if a.text.lower() in _ME else a for a in fact.arguments)
    told = fact.attribution if fact.attribution and fact.attribution.lower() not in _ME else _name(speaker)
    return replace(fact, arguments=arguments, attribution=told)


def _name(speaker: Argument) -> str:
    """Whom the speaker's words name; whom a pronoun means."""
    bare = speaker.entity is not None and speaker.text.lower() in {"he", "she", "it", "they"}
    return speaker.entity.name if bare and speaker.entity is not None else speaker.text


def _speakers(quoted: Sequence[tuple[int, int]], facts: Iterable[Fact]) -> Iterator[tuple[int, Argument]]:
    """Where somebody outside the quotations is said to speak, and who."""
    for fact in sorted(facts, key=lambda f: f.predicate.start):
        who = next((a for a in fact.arguments if a.role == "agent"), None)
        if fact.kind in _TELLING and who is not None and not _inside(quoted, fact.predicate.start):
            yield fact.predicate.start, who


def _inside(quoted: Sequence[tuple[int, int]], position: int) -> bool:
    before = bisect_right(quoted, position, key=lambda each: each[0])
    return before > 0 and position < quoted[before - 1][1]


def _nearest(speakers: Sequence[tuple[int, Argument]], fact: Fact) -> Argument | None:
    """The speaker of the sentence, else of the one named last before it, else next."""
    same = [who for at, who in speakers if fact.start <= at < fact.end]
    before = [who for at, who in speakers if at < fact.start]
    after = [who for at, who in speakers if at >= fact.end]
    return next(iter([*same, *before[-1:], *after]), None)
