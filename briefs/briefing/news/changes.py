"""What each sentence of a newer article changes for those who know the story: the greatest that applies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.briefing.news.details import detail
from briefs.briefing.news.happenings import event
from briefs.briefing.news.lines import is_title
from briefs.briefing.news.revisions import amount, correction, figure, retraction
from briefs.briefing.news.states import cause, denial, state
from briefs.briefing.news.weighing import DEEP
from briefs.facts.disputes import is_mistaken
from briefs.summary.fitness import stands_alone, usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.memory import Memory
    from briefs.briefing.news.weighing import Change

FIGURED, HEADED = 0.3, 0.4  # what a sentence gains with a number not told before, and with one in its headline


def changes(article: Sequence[Line], memory: Memory) -> Iterator[Change]:
    """The changes that the sentences of a newer article tell, those that can stand alone."""
    title = next((line for line in article if is_title(line)), article[0] if article else None)
    for line in article:
        fit = not is_title(line) and line.index <= DEEP and usable(line.text) and not is_mistaken(line.text)
        if title is None or not fit or line.text in memory.texts.get(line.article.root, ""):
            continue
        change = _change(line, title, memory)
        if change is not None and stands_alone(line.text, line.article.language):
            new = line.numbers - memory.known.meant
            gain = FIGURED * bool(new) + HEADED * bool(new & title.numbers)
            yield replace(change, weight=change.weight + gain)


def _change(line: Line, title: Line, memory: Memory) -> Change | None:
    return (
        correction(line, memory)
        or state(line, title, memory)
        or denial(line, memory)
        or cause(line, title, memory)
        or figure(line, title, memory)
        or amount(line, memory)
        or retraction(line, memory)
        or event(line, title, memory)
        or detail(line, memory)
    )
