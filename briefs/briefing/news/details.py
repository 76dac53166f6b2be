"""What a reader of an update wants beside it: what comes next, how many are hurt or safe, for what sum, and why.

No detail is news by itself, and colour is none: "the buses were full".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers.quantities import Sort, quantities
from briefs.briefing.news.counts import counts, is_of_people
from briefs.briefing.news.lines import content
from briefs.briefing.news.matters import one_time
from briefs.briefing.news.statements import is_ahead, is_event, is_main, is_recalled, is_told
from briefs.briefing.news.weighing import Change, place
from briefs.facts.disputes import is_day
from briefs.models import ChangeKind, Modality

if TYPE_CHECKING:
    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.memory import Memory
    from briefs.models import Fact

CLOSE = 5  # sentences from the top, among which a detail may stand
SOME = 0.35  # share of a sentence's content that must be new where it says why
NEXT, PEOPLE, WHY, SUM, LATER = 1.0, 0.9, 0.8, 0.7, 0.5  # what each is worth, above what its place gives
ASSUMED = 0.5  # what a detail loses that begins with something nobody introduced
_SUBJECT = re.compile(r"(?:The|That|This|These|Those)\s([\w’'-]+)")
_WHY = re.compile(
    r"\b(?:because|caused by|the cause of|due to|owing to|blamed|as the reason|thanks to)\b", re.IGNORECASE
)
_SAFE = re.compile(
    r"\b(?:back (?:in|at|home)|returned|safe|unhurt|unharmed|uninjured|survived|alive|rescued|recovered|missing|homeless|"
    r"nobody (?:was|is|has been) \w+|(?:hurt|injured|killed) nobody)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“”„«»]")
_PRICED = (Sort.MONEY, Sort.SHARE)


def detail(line: Line, memory: Memory) -> Change | None:
    """A sentence with something that is worth a line beside what changed; no news by itself."""
    if line.index > CLOSE or line.article.shown_at <= memory.latest:
        return None
    worth = _worth(line, memory)
    if not worth:
        return None
    return Change(ChangeKind.DETAIL, line, worth + place(line) - ASSUMED * _assumes(line, memory))


def _worth(line: Line, memory: Memory) -> float:
    """What a sentence is worth beside what changed; 0 where it only colours it."""
    plans = [f for f in line.facts if is_ahead(f) and is_main(f, line)]
    if any(_is_dated_anew(plan, line, memory) for plan in plans):
        return NEXT
    if _tells_of_people(line, memory):
        return PEOPLE
    if not any(is_main(f, line) and not is_recalled(f, line) and not f.negated for f in line.facts):
        return 0.0
    if _WHY.search(line.text) and memory.known.newness(line) >= SOME:
        return WHY
    if _is_priced_anew(line, memory):
        return SUM
    return LATER * any(_is_planned_anew(plan, line, memory) for plan in plans)


def _is_dated_anew(plan: Fact, line: Line, memory: Memory) -> bool:
    """Whether a plan is for a day that no told plan is for."""
    when = plan.when
    if when is None or not is_day(when) or when.first is None or when.first <= line.article.shown_at:
        return False
    return not any(is_ahead(old) and one_time(plan, old) for old, _ in memory.open)


def _tells_of_people(line: Line, memory: Memory) -> bool:
    """Whether a sentence says how many people something happened to, or that they are safe, as no told one did."""
    if line.numbers & memory.known.new(line) and any(is_of_people(count) for count in counts(line)):
        return True
    told_of = bool(line.numbers) or "nobody" in line.text.lower()
    return told_of and any(not memory.says(m[0]) for m in _SAFE.finditer(line.text))


def _is_priced_anew(line: Line, memory: Memory) -> bool:
    """Whether a sentence gives a sum of money or a share that no told one gave."""
    if not line.numbers & memory.known.new(line):
        return False
    return any(q.sort in _PRICED and not memory.says(q.text) for q in quantities(line.text))


def _is_planned_anew(plan: Fact, line: Line, memory: Memory) -> bool:
    """Whether a sentence tells what is to come, of which no told one said anything."""
    said = plan.negated or plan.modality is not Modality.PLANNED or _QUOTE.search(line.text)
    return not said and is_event(plan) and is_told(plan, line) and not memory.has_heard(plan)


def _assumes(line: Line, memory: Memory) -> bool:
    """Whether a sentence begins as if its subject were known, which no told one names: "The slip dates from …"."""
    subject = _SUBJECT.match(line.text)
    return subject is not None and bool(content(subject[1]) & memory.known.new(line))
