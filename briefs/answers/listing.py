"""All that answer, where all are asked for: every minister who resigned, whom somebody met."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.answers import confidence, wording
from briefs.answers.asking import Ask
from briefs.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.candidates import Candidate
    from briefs.answers.questions import Question
    from briefs.models import Answer

LISTED = 6
SURE = 0.8  # of the best one's score and agreement, from which another is told beside it
_ALL = re.compile(r"^\W*(?:name|list)\b|^\W*(?:who|which|what)\s+all\b|\ball\s+(?:the|of)\b", re.IGNORECASE)


def answer(desk: wording.Desk, slot: Question, found: Sequence[Candidate]) -> Answer | None:
    """Each of them with its day, the newest first; None where one is asked for, or only one is told."""
    if not _asks_all(slot):
        return None
    several = _several(slot, found, alone=desk.alone)
    if len(several) < 2:
        return None
    parts = [wording.told(desk, slot.asks[0], candidate, found, ()) for candidate in several]
    told = [wording.dated(part.text or "", part.when) for part in parts]
    return replace(wording.joined(parts), text="; ".join(told), statement="\n".join(map(wording.sentence, told)))


def _asks_all(slot: Question) -> bool:
    """Whether all are asked for: "name all …", and the meetings of somebody at no certain time or place."""
    if slot.asks[0] not in (Ask.WHO, Ask.WHICH):
        return False
    met = slot.frame == "meet" and bool(slot.subject) and not (slot.times or slot.order or slot.beside or slot.object)
    return met or (_ALL.search(slot.text) is not None and not slot.superlative)


def _several(slot: Question, found: Sequence[Candidate], *, alone: bool) -> list[Candidate]:
    """The values that statements of the event have in the part asked for, each once, the newest first."""
    chosen: list[Candidate] = []
    for candidate in found:
        sure = confidence.told(slot, slot.asks[0], candidate, alone=alone)
        if not sure or candidate.fact is None or confidence.tie(slot, candidate) is not confidence.Tie.FACT:
            continue
        like = not chosen or min(candidate.score / chosen[0].score, 1.0) >= SURE
        if like and not any(_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    return sorted(chosen[:LISTED], key=_time, reverse=True)


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two values are one, or parts of the same statement."""
    return one.fact is other.fact or bool(stems(one.text) & stems(other.text))


def _time(candidate: Candidate) -> float:
    when = candidate.fact.when if candidate.fact is not None else None
    return (when.first if when is not None and when.first is not None else candidate.line.at).timestamp()
