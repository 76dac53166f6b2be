"""Who or what something is: offices, appositions and sentences that define it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from briefs.answers import wording
from briefs.language.words import stems
from briefs.models import Answer, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.ground import Line
    from briefs.models import Fact

_COPULA = re.compile(r"\s+(?:is|was|are|were)\s+((?:an?|the|one of)\s+[^.;]{4,160})", re.IGNORECASE)
_APPOSED = re.compile(r"\s*(?:\([^)]*\))?,\s+((?:an?|the)\s+[^,.;]{4,120})(?=[,.;])")


def answer(desk: wording.Desk) -> Answer | None:
    """A description of the thing named, or None when no sentence describes it."""
    target = frozenset(key.stem for key in desk.question.keys)
    if not target:
        return None
    found = list(_descriptions(desk, target))
    if not found:
        return None
    votes = Counter(text for text, _, _ in found)
    text, line, _ = max(found, key=lambda d: (d[2], votes[d[0]], len(d[0]), -d[1].index))
    reply = Answer(
        question=desk.question.text,
        status=Status.ANSWERED,
        text=text,
        statement=wording.sentence(text),
        evidence=tuple(
            {
                (found_line.article.id, found_line.start): found_line.evidence()
                for _, found_line, _ in [(text, line, 0), *found]
            }.values()
        )[: wording.EVIDENCE],
    )
    return wording.supported(desk, reply, None, {found_line.article.id for _, found_line, _ in found})


def _descriptions(desk: wording.Desk, target: frozenset[str]) -> Iterator[tuple[str, Line, int]]:
    """Descriptions with the sentence they stand in and how sure they are: 3 an office, 2 "X is a …", 1 an apposition."""
    for line in desk.ground.lines:
        if not target <= line.bag or line.headline:
            continue
        for fact in line.facts:
            if fact.kind == "hold_office":
                holder = next((a for a in fact.arguments if a.role == "agent"), None)
                office = next(
                    (a for role in ("patient", "topic", "other") for a in fact.arguments if a.role == role), None
                )
                if (
                    holder
                    and office
                    and holder.entity
                    and target <= stems(desk.ground.names.of(line.article.id, holder.entity).name)
                ):
                    yield " ".join(office.text.split()), line, 3
            yield from ((text, line, 2) for text in _before_name(fact, target))
        for mention in line.mentions:
            name = line.article.text[mention.start : mention.end]
            full = desk.ground.names.of(line.article.id, mention.entity).name
            if not (target <= stems(name) or target <= stems(full)):
                continue
            rest = line.article.text[mention.end : line.end]
            if (found := _COPULA.match(rest)) is not None:
                yield " ".join(found[1].split()).rstrip(" ,"), line, 2
            elif (found := _APPOSED.match(rest)) is not None:
                yield " ".join(found[1].split()), line, 1


def _before_name(fact: Fact, target: frozenset[str]) -> Iterator[str]:
    """What stands before the name in its own phrase: "the state railway" of "the state railway Norvia"."""
    for argument in fact.arguments:
        name = argument.entity.name if argument.entity else ""
        if target <= stems(name) and argument.text.endswith(name) and len(argument.text) > len(name) + 8:
            before = " ".join(argument.text[: -len(name)].split()).rstrip(" ,")
            if before and before.split()[-1].islower():
                yield before
