"""An event in a story of which nothing was told: it happened, or is planned now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.briefing.news.statements import is_event, is_main, is_recalled, is_told
from briefs.briefing.news.weighing import BAR, PLACED, TITLED, Change, place, weight
from briefs.models import ChangeKind, Modality

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.memory import Memory
    from briefs.models import Fact

NEW = 0.5  # share of a sentence's content that must be new where only its words tell that it is
LITTLE = 0.2  # the same where its event is of a kind not told yet
STRONG = 0.7  # how far the opening of an article must be what its headline says
SAID = 0.6  # share of a sentence's content that one known sentence holds, from which it says the same
_READ = ("en", "und")


def event(line: Line, title: Line, memory: Memory) -> Change | None:
    """Something that happened, or is now planned, of which the told articles say nothing.

    Either its words are new, and its headline's too; or it opens a newer article and is dated after all that was told.
    """
    if line.article.shown_at < memory.latest or weight(line, title) < BAR:
        return None
    told = [f for f in line.facts if _is_news(f, line) and not _is_known(f, memory)]
    wordy = line.article.language not in _READ  # of other languages no facts are known: its words must tell
    if not told and not wordy:
        return None
    share, titled = memory.known.newness(line), _titled(line, title, memory)
    worth = TITLED * titled + PLACED * place(line)
    done = wordy or any(f.modality is not Modality.PLANNED for f in told)
    if done and share >= NEW and worth >= BAR and memory.known.nearest(line) < SAID:
        return Change(ChangeKind.EVENT, line, worth)
    return (
        Change(ChangeKind.EVENT, line, worth)
        if _opens(line, title, memory) and _is_fresh(told, share, memory)
        else None
    )


def _is_news(fact: Fact, line: Line) -> bool:
    """Whether a sentence states a fact as an event of these days."""
    certain = fact.modality is not Modality.POSSIBLE and not fact.negated
    return certain and is_event(fact) and is_told(fact, line) and is_main(fact, line) and not is_recalled(fact, line)


def _is_known(fact: Fact, memory: Memory) -> bool:
    return memory.tells(fact, named=not is_after(fact, memory.latest))


def is_after(fact: Fact, latest: datetime) -> bool:
    """Whether a fact is of a time that was not over when the last of the told articles was published."""
    return fact.when is not None and fact.when.last is not None and fact.when.last > latest


def _titled(line: Line, title: Line, memory: Memory) -> float:
    """The share of what is new in the headline that a sentence tells; 0 where hardly anything is."""
    untold = memory.known.new(title)
    return len(untold & line.meant) / len(untold) if len(untold) > 1 else 0.0


def _opens(line: Line, title: Line, memory: Memory) -> bool:
    """Whether a sentence opens an article that is newer than all that was told, and says what its headline does."""
    return line.index <= 1 and line.article.shown_at > memory.latest and weight(line, title) >= STRONG


def _is_fresh(told: Sequence[Fact], share: float, memory: Memory) -> bool:
    if any(is_after(fact, memory.latest) for fact in told):
        return True
    return share >= LITTLE and not all(memory.has_heard(fact) for fact in told)
