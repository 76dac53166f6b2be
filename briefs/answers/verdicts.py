"""Yes or no: what the sources say of an event that the question names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers import matching, wording
from briefs.answers.questions import Tense
from briefs.facts import frames
from briefs.language import times
from briefs.models import Answer, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.answers.ground import Line
    from briefs.answers.matching import Match
    from briefs.models import Fact, When

AGREE = 0.55  # the share of the question that a fact must carry itself
AROUND = 0.70  # or its sentence with what stands around it, where the fact names things by other words
LACKING = 0.4  # names of the question may then stand in the title only
COVER = 0.65  # and its sentence with what stands around it
SIDES = 0.75  # who does it to whom must be as asked
_CHANGED = {"delay", "cancel"}
_BROAD = {"say", "plan", "ask", "approve", "believe", "get", "be", "hold", "continue", "happen"}


@dataclass(frozen=True, slots=True)
class _Report:
    fact: Fact
    line: Line
    weight: float


def answer(desk: wording.Desk, matches: Sequence[Match]) -> Answer:
    """Say "yes" when it is told as done, "no" when it is denied or called off, unknown when it was only planned."""
    reports = _reports(desk, matches)
    done = [
        r
        for r in reports
        if r.fact.modality is Modality.HAPPENED
        and not r.fact.negated
        and (r.fact.kind not in _CHANGED or desk.question.frame in _CHANGED)
        and _tells(r)
    ]
    denied = [r for r in reports if r.fact.negated]
    off = [
        r
        for r in reports
        if r.fact.modality is Modality.CANCELLED or (r.fact.kind in _CHANGED and desk.question.frame not in _CHANGED)
    ]
    planned = [r for r in reports if r.fact.modality is Modality.PLANNED and not r.fact.negated]
    if desk.question.tense is not Tense.PAST and off and not done:
        return _told(desk, "No", off[0], f"No, {_told_as(off[0].fact)}")
    if done and (not denied or done[0].weight >= denied[0].weight):
        when = next((r.fact.when for r in done if _is_day(r.fact.when)), None)
        if when is None and (claim := wording.claim_of(desk, done[0].fact)) is not None:
            when = claim.when if _is_day(claim.when) else None
        day = f", {_on(when)}" if when is not None else ""
        best = next((r for r in done if when is not None and r.fact.when is when), done[0])
        return _told(desk, f"Yes{day}", best, f"Yes{day}")
    if denied:
        return _told(desk, "No", denied[0], f"No: {denied[0].line.text}")
    if planned and desk.question.tense is not Tense.PAST:
        when = planned[0].fact.when
        day = f", planned for {times.describe(when)}" if when is not None else ", that is the plan"
        return _told(desk, f"Yes{day}", planned[0], f"Yes{day}")
    if planned:
        return wording.unknown(
            desk, matches, why="Not reported as done; it was only planned.", lines=[r.line for r in planned[:2]]
        )
    return wording.unknown(desk, matches)


def _reports(desk: wording.Desk, matches: Sequence[Match]) -> list[_Report]:
    found = []
    for match in matches:
        for fact in match.line.facts:
            predicate = _same_event(desk, fact)
            agreed = matching.agreement(desk.question, fact, desk.ground)
            changed = fact.kind in _CHANGED and desk.question.frame not in _CHANGED and agreed >= AGREE
            if matching.sides_agree(desk.question, fact, desk.ground) < SIDES:
                continue
            told = agreed >= AGREE or (match.coverage >= AROUND and match.lacking <= LACKING)
            if match.coverage >= COVER and ((predicate >= matching.FRAME_MATCH and told) or changed):
                found.append(_Report(fact, match.line, 0.5 * match.coverage + 0.5 * agreed + 0.1 * predicate))
    found.sort(key=lambda r: (-round(r.weight, 2), -r.line.at.timestamp(), r.line.start))
    return found


def _tells(report: _Report) -> bool:
    """Whether a sentence tells the event and does not only mention it: "the visit was timed for a launch" tells no launch."""
    place = report.fact.predicate
    word = report.line.article.text[place.start : place.end].lower()
    return frames.noun_frame(word) is None or (report.fact.when is not None and report.fact.when.first is not None)


def _same_event(desk: wording.Desk, fact: Fact) -> float:
    """How surely a fact is of the event asked about: frames that hold many acts ("say", "plan") ask for the same word."""
    matched = matching.predicate_match(desk.question, fact, desk.ground)
    return 0.0 if matched < 1 and desk.question.frame in _BROAD else matched


def _told_as(fact: Fact) -> str:
    return "it was postponed" if fact.kind == "delay" else "it was called off"


def _is_day(when: When | None) -> bool:
    """Whether a time is that of the event: "until Friday" bounds it."""
    return when is not None and when.first is not None and when.modifier not in matching.BOUNDS


def _on(when: When) -> str:
    words = times.describe(when)
    return f"on {words}" if when.value.count("-") == 2 else f"in {words}"


def _told(desk: wording.Desk, text: str, report: _Report, statement: str) -> Answer:
    claim = wording.claim_of(desk, report.fact)
    reply = Answer(
        question=desk.question.text,
        status=Status.ANSWERED,
        text=text,
        statement=wording.sentence(statement),
        when=report.fact.when,
        evidence=(report.line.evidence(),),
    )
    return wording.supported(desk, reply, claim, (report.line.article.id,))
