"""Changes of state: a plan that came true or was called off, a road that opened again, a rumour that is denied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.briefing.news import clauses
from briefs.briefing.news.matters import is_newer, one_time, parties
from briefs.briefing.news.overtaking import is_due, supersedes
from briefs.briefing.news.passages import Passage
from briefs.briefing.news.statements import AHEAD, SAID, is_ahead, is_event, is_main, is_recalled, is_told
from briefs.briefing.news.weighing import BAR, Change, place, weight
from briefs.models import ChangeKind, Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.briefing.news.lines import Line
    from briefs.briefing.news.memory import Memory
    from briefs.models import Fact

_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss\w*|refut\w+|rebut\w*|contradict\w*)\s(?:\w+\s){0,2}"
    r"(?:that\b|reports?\b|rumou?rs?\b|claims?\b|speculation)",
    re.IGNORECASE,
)

_UNKNOWN = re.compile(
    r"\b(?:cause|reason|motive)\b[^.;,]{0,30}\b(?:unknown|unclear|not (?:yet )?(?:clear|known)|(?:being|under) investigat\w+)|"
    r"\b(?:not (?:yet )?(?:clear|known)|unclear|(?:did not|declined to|refused to|would not)(?: \w+){1,4})\s(?:the cause|why|what caused)",
    re.IGNORECASE,
)


def state(line: Line, title: Line, memory: Memory) -> Change | None:
    """What was planned, feared or stopped and has come about, was called off or is undone."""
    worth = weight(line, title)
    if worth < BAR:
        return None
    for fact in line.facts:
        done = fact.negated and fact.modality not in AHEAD  # "did not come" says that a plan failed only beside its day
        if done or not is_told(fact, line) or not is_main(fact, line) or is_recalled(fact, line):
            continue
        if memory.tells(fact, named=False):
            continue
        if old := [(f, before) for f, before in memory.open if supersedes(fact, line, f, before)]:
            earlier = _earlier(fact, line, old, memory)
            past = frozenset((f.article_id, f.predicate.start) for f, _ in old)
            return Change(ChangeKind.STATE, line, worth + (earlier is not None), earlier, past=past)
    return None


def denial(line: Line, memory: Memory) -> Change | None:
    """What was told as done, and is now denied."""
    if line.index > 1 or _DENYING.search(line.text) is None:
        return None
    done = [
        (f, old)
        for old in memory.shown
        for f in old.facts
        if old.sentence is not None
        and f.modality is Modality.HAPPENED
        and is_event(f)
        and is_newer(line.article, old.article)
        and parties(f) & line.content
        and is_told(f, old)
    ]
    if not done:
        return None
    fact, old = max(done, key=lambda pair: (line.shares(pair[1]), pair[1].article.id, -pair[0].predicate.start))
    return Change(ChangeKind.STATE, line, 1 + place(line), Passage(old.article.id, *clauses.clause(old, fact)))


def cause(line: Line, title: Line, memory: Memory) -> Change | None:
    """What caused an event, where that was shown as unknown."""
    told = (f for f in line.facts if f.kind == "cause" and f.modality is Modality.HAPPENED and not f.negated)
    if weight(line, title) < BAR or not any(is_main(fact, line) for fact in told):
        return None
    asked = [(old, found) for old in memory.shown if (found := _UNKNOWN.search(old.text)) and old.sentence]
    asked = [(old, found) for old, found in asked if is_newer(line.article, old.article)]
    if not asked:
        return None
    old, found = max(asked, key=lambda pair: (pair[0].article.shown_at, pair[0].article.id, -pair[0].start))
    earlier = Passage(old.article.id, *clauses.around(old, old.start + found.start(), old.start + found.end()))
    return Change(ChangeKind.STATE, line, weight(line, title) + 1, earlier)


def _earlier(fact: Fact, line: Line, old: Sequence[tuple[Fact, Line]], memory: Memory) -> Passage | None:
    """The clause that was shown of what a fact supersedes: the plan for that day before others, the newest before older."""
    best = max(
        (pair for pair in old if memory.is_shown(pair[1])),
        key=lambda pair: (
            is_due(fact, line, pair[0]),
            pair[1].article.shown_at,
            pair[1].article.id,
            -pair[0].predicate.start,
        ),
        default=None,
    )
    if best is None:
        return None
    told, before = _told_by(*best), best[1]
    plan = _set_for(fact, before) if told.when is None else None
    return Passage(before.article.id, *clauses.both(before, told, plan or told))


def _set_for(fact: Fact, before: Line) -> Fact | None:
    """What a sentence tells as planned for the day of a fact."""
    return next((f for f in before.facts if is_ahead(f) and one_time(f, fact)), None)


def _told_by(fact: Fact, line: Line) -> Fact:
    """The fact that tells what another only names: "the launch was delayed" for the launch."""
    at = fact.predicate.start
    above = (f for f in line.facts if f.kind not in SAID and any(a.start <= at < a.end for a in f.arguments))
    return fact if is_told(fact, line) else next((f for f in above if is_told(f, line)), fact)
