"""An answer as a message: the answer first, then when, who says so, and the words themselves; nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.rendering.escaping import clip, shorten, source
from bot.rendering.pages import ACCENT, SHOW, SILENT, TEXT_LIMIT, WARNING, button, counted, dotted, lines, page, stamp
from briefs.answers.beside import Hints, Outside
from briefs.models import Grain, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.rendering.pages import Button, Page
    from briefs.models import Alternative, Answer, Disagreement, Evidence

ACCENTS = {Status.ANSWERED: ACCENT, Status.CONFLICT: WARNING, Status.UNKNOWN: SILENT}
QUESTION_ROOM = 400
STATEMENT_ROOM = 900
QUOTE_ROOM = 600
ROW_ROOM = 250  # a disagreement, an alternative, a note
ROWS_SHOWN = 3
MARGIN = 10  # characters: the line ends between the parts of a message
_QUOTED = re.compile(r"[\"“„«]|.*[\"”»]$", re.DOTALL)  # quotes itself
ID_LIMIT, LABEL_LIMIT = 100, 80  # characters of a button's id and label
QUOTES_SHOWN = {Status.ANSWERED: 1, Status.CONFLICT: 2, Status.UNKNOWN: 1}


ANSWER_SHOW = re.compile(r"answer:(?P<id>\d{1,18}):show")
ANSWER_MEANT = re.compile(
    r"answer:(?P<id>\d{1,18}):meant:(?P<start>\d{1,3}):(?P<end>\d{1,3}):(?P<name>.{1,70})", re.DOTALL
)
OUTSIDE = {
    Outside.OPINION: "I have no opinions: I only repeat what the sources wrote.",
    Outside.FORECAST: "I do not forecast: I know only what the sources wrote, plans included.",
}
NO_HINTS = Hints()
ADDING = "Is something missing? Whoever manages this server can add a source with `/feeds add`."


def answer_message(
    answer: Answer, *, answer_id: int, hints: Hints = NO_HINTS, private: bool = False, shown_by: int | None = None
) -> Page:
    """Return an answer as one message; its buttons carry the answer's id.

    ``private``: only one person sees it, and may show it to all; ``shown_by``: the id of who did.
    """
    head = [
        f"-# {_asked(answer)}",
        f"-# About: {clip(answer.about, ROW_ROOM)}" if answer.about else "",
        _stated(answer),
        _moment(answer),
    ]
    beside = [
        *(f"Also reported: {_told(a)}" for a in answer.alternatives[:ROWS_SHOWN]),
        *(_disagreement(d) for d in answer.disagreements[:ROWS_SHOWN]),
        *(f"*{clip(note, ROW_ROOM)}*" for note in answer.notes[:ROWS_SHOWN]),
    ]
    quoted = [_introduction(answer), *(_quote(evidence) for evidence in _quoted(answer)), _help(answer, hints)]
    small = lines(f"-# {_standing(answer, hints)}", f"-# Shown by <@{shown_by}>" if shown_by else "")
    words = lines(*head, *_fitting(beside, TEXT_LIMIT - len(lines(*head, *quoted, small)) - MARGIN), *quoted)
    buttons = (*_meant(hints, answer_id), *_buttons(answer, answer_id, private=private))
    return page([(words, small)], buttons=buttons, accent=ACCENTS[answer.status])


def _fitting(rows: Sequence[str], room: int) -> Iterator[str]:
    """Return the rows that fit, in their order: what the sources differ on gives way to the answer and its quotations."""
    for row in rows:
        room -= len(row) + 1
        if room < 0:
            return
        yield row


def _help(answer: Answer, hints: Hints) -> str:
    """Return what helps where there is no answer."""
    if answer.status is not Status.UNKNOWN:
        return ""
    if hints.outside is not None:
        return OUTSIDE[hints.outside]
    return "" if answer.evidence or hints.meant else ADDING


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


def _standing(answer: Answer, hints: Hints) -> str:
    """Return "5 sources, 3 independent · as of 1 August 2025", or how many articles, and how old, were searched in vain."""
    if answer.status is Status.UNKNOWN:
        back = f" back to {stamp(hints.since)}" if hints.since and answer.considered else ""
        told = f"{counted(answer.considered, 'article')} searched{back}"
    else:
        independent = f", {answer.independent} independent" if answer.sources > 1 else ""
        told = f"{counted(answer.sources, 'source')}{independent}"
    return dotted(told, f"as of {stamp(answer.as_of)}" if answer.as_of else "")


def _buttons(answer: Answer, answer_id: int, *, private: bool) -> tuple[Button, ...]:
    sources = (button("Sources", f"answer:{answer_id}:sources"),) if answer.evidence else ()
    ask = button("Ask a follow-up", f"answer:{answer_id}:ask", primary=True)
    show = (button(SHOW, f"answer:{answer_id}:show"),) if private else ()
    return (*sources, ask, *show)


def _meant(hints: Hints, answer_id: int) -> tuple[Button, ...]:
    """Return *Did you mean …?* for the names that look like what was asked, as far as an id can carry them."""
    ids = [(each, f"answer:{answer_id}:meant:{each.start}:{each.end}:{each.name}") for each in hints.meant]
    return tuple(
        button(shorten(f"Did you mean {each.name}?", LABEL_LIMIT), custom_id)
        for each, custom_id in ids
        if len(custom_id) <= ID_LIMIT and ANSWER_MEANT.fullmatch(custom_id)
    )
