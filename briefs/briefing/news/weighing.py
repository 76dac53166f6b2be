"""A change, and how much a sentence is what its article is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.summary.fitness import boasts

if TYPE_CHECKING:
    from briefs.briefing.news.counts import Count
    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.passages import Passage
    from briefs.models import ChangeKind

DEEP = 12  # sentences of an article that are weighed; what stands below is seldom its news
TITLED, PLACED = 0.6, 0.4  # weights of what the headline says and of where a sentence stands
BAR = 0.5  # of its article's weight that a sentence has at least that tells what is new in it
_PROMOTING = re.compile(  # plain news says so, too: it only comes behind what does not
    r"\b(?:world.class|state.of.the.art|award.winning|cutting.edge|industry.leading|"
    r"(?:successful|seamless) (?:completion|deployment|launch|delivery))\b",
    re.IGNORECASE,
)
SLOPE = 3  # sentences after which a place is worth half


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that changes something, how telling it is among its kind, and the passage it replaces."""

    kind: ChangeKind
    line: Line
    weight: float
    earlier: Passage | None = None
    count: Count | None = None  # the figure that is another now
    past: frozenset[tuple[str, int]] = frozenset()  # what is overtaken: by article and place


def praises_itself(line: Line) -> bool:
    """Whether a sentence is a press release's: it praises who tells it, or who tells it is who does it."""
    own = line.article.publisher.casefold()
    acts = (a.text.casefold() for fact in line.facts for a in fact.arguments if a.role == "agent")
    return boasts(line.text) or _PROMOTING.search(line.text) is not None or own in acts


def weight(line: Line, title: Line) -> float:
    """How much a sentence is what its article is about, 0..1: what its headline says, and where it stands."""
    return TITLED * title.shares(line) + PLACED * place(line)


def place(line: Line) -> float:
    """What an early sentence gains, 0..1."""
    return 1 / (1 + line.index / SLOPE)
