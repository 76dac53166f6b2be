"""An answer as a message: the answer first, then when, who says so, and the words themselves; nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.rendering.escaping import clip, source
from bot.rendering.pages import ACCENT, SILENT, WARNING, button, counted, dotted, lines, page, stamp
from briefs.models import Grain, Status

if TYPE_CHECKING:
    from bot.rendering.pages import Button, Page
    from briefs.models import Alternative, Answer, Disagreement, Evidence

ACCENTS = {Status.ANSWERED: ACCENT, Status.CONFLICT: WARNING, Status.UNKNOWN: SILENT}
QUESTION_ROOM = 400
STATEMENT_ROOM = 900
QUOTE_ROOM = 600
ROW_ROOM = 250  # a disagreement, an alternative, a note
ROWS_SHOWN = 3
_QUOTED = re.compile(r"[\"“„«]|.*[\"”»]$", re.DOTALL)  # quotes itself
QUOTES_SHOWN = {Status.ANSWERED: 1, Status.CONFLICT: 2, Status.UNKNOWN: 1}


def answer_message(answer: Answer, *, answer_id: int) -> Page:
    """Return an answer as one message; its buttons carry the answer's id."""
    told = lines(
        f"-# {_asked(answer)}",
        _stated(answer),
        _moment(answer),
        *(f"Also reported: {_told(a)}" for a in answer.alternatives[:ROWS_SHOWN]),
        *(_disagreement(d) for d in answer.disagreements[:ROWS_SHOWN]),
        *(f"*{clip(note, ROW_ROOM)}*" for note in answer.notes[:ROWS_SHOWN]),
        _introduction(answer),
        *(_quote(evidence) for evidence in _quoted(answer)),
    )
    return page([(told, f"-# {_standing(answer)}")], buttons=_buttons(answer, answer_id), accent=ACCENTS[answer.status])


def _stated(answer: Answer) -> str:
    """Return the answer in bold, without the sentences that are quoted below it anyway: "No.", or nothing for news."""
    if _tells_news(answer):
        return ""
    stated = answer.statement
    for evidence in _quoted(answer):
        stated = stated.removesuffix(evidence.text).rstrip()
    stated = f"{stated[:-1]}." if stated.endswith(":") else stated
    return f"**{clip(stated, STATEMENT_ROOM)}**" if stated else ""


def _tells_news(answer: Answer) -> bool:
    """Whether an answer is nothing but the sentences it quotes, one on each line."""
    return "\n" in answer.statement and answer.status is Status.ANSWERED and bool(answer.evidence)


def _asked(answer: Answer) -> str:
    """Return the question as it was asked, a follow-up also as it was understood."""
    if answer.understood is None:
        return clip(answer.question, QUESTION_ROOM)
    return f"{clip(answer.question, QUESTION_ROOM // 2)} → {clip(answer.understood, QUESTION_ROOM // 2)}"


def _moment(answer: Answer) -> str:
    """Return an hour or a minute in the reader's own time; a day is no instant and stays words."""
    when = answer.when
    if when is None or when.first is None or when.grain not in {Grain.HOUR, Grain.MINUTE}:
        return ""
    return f"Your time: {stamp(when.first, 'f')} ({stamp(when.first, 'R')})"


def _told(alternative: Alternative) -> str:
    outlets = ", ".join(alternative.outlets[:ROWS_SHOWN])
    return f"{clip(alternative.text, ROW_ROOM)}{f' ({clip(outlets, 120)})' if outlets else ''}"


def _disagreement(disagreement: Disagreement) -> str:
    """Return "Place disputed: A (Outlet B) or C (Outlet E)"."""
    values = " or ".join(_told(value) for value in disagreement.values[:ROWS_SHOWN])
    return f"{clip(disagreement.slot.capitalize(), 40)} disputed: {values}"


def _introduction(answer: Answer) -> str:
    """Return what tells the nearest passage from an answer, unless the statement does."""
    nearest = answer.status is Status.UNKNOWN and answer.evidence and "Nearest" not in answer.statement
    return "Nearest in the sources:" if nearest else ""


def _quoted(answer: Answer) -> tuple[Evidence, ...]:
    return answer.evidence[: ROWS_SHOWN if _tells_news(answer) else QUOTES_SHOWN[answer.status]]


def _quote(evidence: Evidence) -> str:
    date = stamp(evidence.published_at) if evidence.published_at else ""
    told = ", ".join(part for part in (source(evidence.outlet, evidence.url), date) if part)
    words = clip(evidence.text, QUOTE_ROOM)
    whole = words if _QUOTED.match(evidence.text.strip()) else f"“{words}”"
    return f"> {whole}\n> — {told}"


def _standing(answer: Answer) -> str:
    """Return "5 sources, 3 independent · as of 1 August 2025", or how many articles were searched in vain."""
    if answer.status is Status.UNKNOWN:
        told = f"{counted(answer.considered, 'article')} searched"
    else:
        independent = f", {answer.independent} independent" if answer.sources > 1 else ""
        told = f"{counted(answer.sources, 'source')}{independent}"
    return dotted(told, f"as of {stamp(answer.as_of)}" if answer.as_of else "")


def _buttons(answer: Answer, answer_id: int) -> tuple[Button, ...]:
    ask = button("Ask a follow-up", f"answer:{answer_id}:ask", primary=True)
    return (button("Sources", f"answer:{answer_id}:sources"), ask) if answer.evidence else (ask,)
