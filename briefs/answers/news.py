"""What is new with a name: the most telling of the newest sentences about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers import wording
from briefs.language.words import stems
from briefs.models import Answer, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.ground import Line
    from briefs.answers.matching import Match


def answer(desk: wording.Desk, matches: Sequence[Match]) -> Answer:
    """What the newest sources say about a name: their most telling sentences."""
    good = [m for m in matches if m.coverage >= 0.6 and not m.line.headline]
    if not good:
        return wording.unknown(desk, matches)
    newest = sorted(good, key=lambda m: (-m.line.at.timestamp(), m.line.index))
    lines: list[Line] = []
    for match in newest:
        if all(len(stems(match.line.text) & stems(o.text)) < 0.5 * len(stems(match.line.text)) for o in lines):
            lines.append(match.line)
        if len(lines) == wording.EVIDENCE:
            break
    found = Answer(
        question=desk.question.text,
        status=Status.ANSWERED,
        text=lines[0].text,
        statement=lines[0].text,
        evidence=tuple(line.evidence() for line in lines),
    )
    return wording.supported(desk, found, None, {line.article.id for line in lines})
