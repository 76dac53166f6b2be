"""How an answer reads: the answer first, then when, who says so, and the words themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.answers import conflicts, matching, unsaid
from briefs.answers.asking import Ask
from briefs.answers.candidates.who import PARTICIPANTS
from briefs.facts import claims as claiming
from briefs.facts import frames
from briefs.facts.independence import Copies
from briefs.language import times
from briefs.language.words import stems
from briefs.models import Alternative, Answer, Disagreement, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from briefs.answers.candidates import Candidate
    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Claim, Fact, When

EVIDENCE = 3  # sentences cited at most; one more for each other value, HANDFUL in all
HANDFUL = 6
_DUTY = re.compile(r"\b(?:must|has\sto|have\sto|had\sto)\s(?:\w+\s)?$", re.IGNORECASE)
NEAREST = 0.45  # coverage from which a sentence is worth showing beside "unknown"
_SLOTS = {
    Ask.WHERE: "place", Ask.WHEN: "time", Ask.HOW_MANY: "amount", Ask.HOW_MUCH: "amount", Ask.WHO: "agent", Ask.WHICH: "agent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What an answer is worded from."""

    question: Question
    ground: Ground
    now: datetime
    considered: int
    restate: Callable[[], str | None] = lambda: None  # the question as a clause: "when Duffy visited Moscow"

    @property
    def alone(self) -> bool:
        """Whether there is but one article to answer from."""
        return len(self.ground.readings) == 1


def told(desk: Desk, ask: Ask, best: Candidate, found: Sequence[Candidate], rivals: Sequence[Candidate]) -> Answer:
    """An answer from the best candidate, or a conflict when others are as well supported."""
    support = [c for c in found if c.key == best.key and c.score >= 0.7 * best.score]
    text = value(ask, best, found)
    claim = claim_of(desk, best.fact) if best.fact is not None and best.predicate else None
    when = best.when or (claim.when if claim else best.fact.when if best.fact else None)
    backed = {r.key: conflicts.backing(r, [r, *found]) for r in rivals}
    others = [
        (
            Alternative(value(ask, r, ()), outlets(c.line for c in backed[r.key])),
            [r.line, *_naming(desk, value(ask, r, ()), r)],
        )
        for r in rivals
    ] or _disputed(desk, ask, text, claim)
    alternatives = tuple(other for other, _ in others)
    disputing = [line for _, own in others for line in own]
    lines = unique([best.line, *disputing, *_naming(desk, text, best), *(c.line for c in support)])
    articles = {line.article.id for line in lines if line in {c.line for c in support}} | {best.line.article.id}
    answer = Answer(
        question=desk.question.text,
        status=Status.CONFLICT if alternatives else Status.ANSWERED,
        text=text,
        statement=_statement(desk, ask, text, when, best)
        if not alternatives
        else sentence(
            f"{text} ({enumeration(outlets(c.line for c in support) or (best.line.outlet,))}), but the sources disagree"
        ),
        when=when,
        alternatives=alternatives,
        notes=() if ask is Ask.WHEN and _is_plan(best.fact) else notes(desk, best.fact, when, claim),
        evidence=tuple(line.evidence() for line in lines[: min(HANDFUL, EVIDENCE + len(alternatives))]),
    )
    answer = supported(desk, answer, claim, articles)
    asked = _SLOTS.get(ask) if alternatives else None  # the answer itself tells that dispute
    return replace(answer, disagreements=tuple(d for d in answer.disagreements if d.slot != asked))


def _disputed(desk: Desk, ask: Ask, text: str, claim: Claim | None) -> list[tuple[Alternative, list[Line]]]:
    """The other values of the claim's own dispute over the slot asked for, with the sentences that give them."""
    slot = (
        _SLOTS.get(ask) if ask in (Ask.WHERE, Ask.WHEN) else None
    )  # figures are judged by their dates: they rise and fall
    values = [v for d in disagreements(desk, claim) if d.slot == slot for v in d.values] if claim else []
    places = {(f.article_id, f.start) for f in claim.facts} if claim else set()
    told = [line for line in desk.ground.lines if (line.article.id, line.start) in places]
    return [
        (v, [line for line in told if line.outlet in v.outlets and stems(v.text) <= stems(line.text)][:1])
        for v in values
        if not stems(v.text) & stems(text)
    ]


def updated(answer: Answer, earlier: Sequence[Candidate]) -> Answer:
    """The answer with the figures that it has overtaken."""
    if not earlier:
        return answer
    values = enumeration(
        dict.fromkeys(f"{times.describe(c.when) if c.when else c.text} ({unsaid.source(c.line)})" for c in earlier)
    )
    disputes = tuple(d for d in answer.disagreements if d.slot != "amount")
    return replace(answer, notes=(*answer.notes, f"Reported earlier: {values}."), disagreements=disputes)


def value(ask: Ask, candidate: Candidate, found: Sequence[Candidate]) -> str:
    """The short answer: dates in full, people by their full names, coordinated participants together."""
    if candidate.when is not None and ask is Ask.WHEN:
        told = times.describe(candidate.when)
        edge = conflicts.EDGE.search(candidate.text)  # "at the beginning of the year" is not "early in the year"
        return re.sub(r"^(?:early|late) ", f"the {edge[0].lower()} of ", told) if edge else told
    if ask in (Ask.WHO, Ask.WHICH) and candidate.fact is not None:
        together = [
            c.text
            for c in found
            if c.fact is candidate.fact
            and abs(c.score - candidate.score) < 1e-6
            and not _within(c.text, candidate.text)
        ]
        return enumeration(dict.fromkeys([candidate.text, *together]))
    return candidate.text


def _within(one: str, other: str) -> bool:
    """Whether one value is only another in fewer words: "Ostrander" and "the Ostrander family trust"."""
    return stems(one) <= stems(other) or stems(other) <= stems(one)


def enumeration(values: Iterable[str]) -> str:
    """Several values as one phrase: "a", "a and b", "a, b and c"."""
    items = list(values)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def supported(desk: Desk, answer: Answer, claim: Claim | None, article_ids: Iterable[str]) -> Answer:
    """The answer with its sources counted, its disputes and its newest source."""
    ids = list(dict.fromkeys([*(f.article_id for f in claim.facts), *article_ids] if claim else article_ids))
    articles = [desk.ground.articles[key] for key in ids]
    return replace(
        answer,
        disagreements=disagreements(desk, claim) if claim else (),
        sources=len(articles),
        independent=Copies(desk.ground.articles).independent(ids),
        as_of=max((a.shown_at for a in articles), default=None),
        considered=desk.considered,
    )


def disagreements(desk: Desk, claim: Claim) -> tuple[Disagreement, ...]:
    """The slots of a claim on which outlets differ, each value with who gives it."""
    return tuple(
        Disagreement(
            dispute.slot,
            tuple(Alternative(_plain(text), names_of(desk, ids)) for text, ids in dispute.values),
        )
        for dispute in claim.disputes
    )


def claim_of(desk: Desk, fact: Fact) -> Claim | None:
    """The claim that a fact is part of, merged over the candidate articles that name its participants.

    A sentence may tell one event twice ("met … in a rare gathering at …"): its best supported claim is the one.
    """
    twins = [f for f in desk.ground.readings[fact.article_id].facts if f.start == fact.start and f.kind == fact.kind]
    named = frozenset().union(
        *(
            stems(desk.ground.names.of(fact.article_id, a.entity).name)
            for twin in (fact, *twins)
            for a in twin.arguments
            if a.entity is not None and a.role in PARTICIPANTS
        )
    )
    alike = [
        other
        for key, reading in desk.ground.readings.items()
        if not named or len(named & desk.ground.article_bags[key]) > len(named) / 2
        for other in reading.facts
        if (other.kind == fact.kind and fact.kind != frames.OTHER) or other.predicate.lemma == fact.predicate.lemma
    ]
    told = claiming.told_in((fact.article_id, fact.start), alike, desk.ground.names, desk.ground.articles)
    return max(told, key=lambda claim: (claim.sources, fact in claim.facts), default=None)


def _is_duty(desk: Desk, fact: Fact) -> bool:
    """Whether something must be done, which is certain enough: "ruled that the firm must pay"."""
    text = desk.ground.articles[fact.article_id].text
    return _DUTY.search(text[max(fact.start, fact.predicate.start - 20) : fact.predicate.start]) is not None


def notes(desk: Desk, fact: Fact | None, when: When | None, claim: Claim | None) -> tuple[str, ...]:
    """What must be said beside the answer: that it is only planned, or what became of it."""
    out = []
    if _is_plan(fact):
        past = when is not None and when.last is not None and when.last <= desk.now
        out.append("That was the plan; no source says it happened." if past else "Planned, not yet done.")
    if fact is not None and fact.modality is Modality.POSSIBLE and not _is_duty(desk, fact):
        out.append("Told as possible, not as certain.")
    if claim is not None and claim.superseded_by is not None and _is_plan(fact):
        out.append(_since(claim.superseded_by))
    return tuple(out)


def _is_plan(fact: Fact | None) -> bool:
    return fact is not None and fact.modality is Modality.PLANNED


def _since(later: Fact) -> str:
    """What became of a plan."""
    day = f" {times.describe(later.when)}" if later.when is not None and later.when.first is not None else ""
    if later.modality is Modality.CANCELLED:
        return "Called off since."
    if later.modality is Modality.PLANNED:
        return f"Moved since: now planned for{day}." if day else "Moved since."
    return f"Reported since as done:{day}." if day else "Reported since as done."


# ------------------------------------------------------------------------------------------------------------ unknown
def unknown(
    desk: Desk,
    matches: Sequence[Match],
    *,
    why: str | None = None,
    lines: Sequence[Line] = (),
    held: Sequence[tuple[Line, Fact]] = (),
) -> Answer:
    """The answer "unknown", with the sentences that come nearest and why they are no answer.

    ``held`` are facts of the event asked about that do not answer it: planned, possible, denied, called off.
    """
    held = held or ([] if lines else unsaid.held_back(desk, matches))
    best = [m.line for m in matches[:2] if m.coverage >= NEAREST]
    near = list(lines) or [line for line, _ in held] or best
    reason = unsaid.nearest(desk, held, matches) if why is None and desk.considered else ""
    return Answer(
        question=desk.question.text,
        status=Status.UNKNOWN,
        text=None,
        statement=why or " ".join(part for part in (unsaid.not_said(desk), reason) if part),
        evidence=tuple(line.evidence() for line in unique(near)[:EVIDENCE]),
        as_of=max((line.at for line in desk.ground.lines), default=None),
        considered=desk.considered,
    )


def not_asked(question: str, considered: int) -> Answer:
    """The reply to something that holds no word."""
    statement = "Ask in words, for example: who met whom? Or: when is the next launch?"
    return Answer(question, Status.UNKNOWN, None, statement, considered=considered)


def nothing_later(desk: Desk, last: Candidate) -> Answer:
    """No later one is known than one whose time has passed: never told as the next."""
    assert last.when is not None
    planned = last.fact is not None and last.fact.modality is not Modality.HAPPENED
    verb = "was planned for" if planned else "was on" if last.when.value.count("-") == 2 else "was in"
    why = f"The last known one {verb} {times.describe(last.when)}; nothing later is known."
    return unknown(desk, (), why=why, lines=[last.line])


def joined(parts: Sequence[Answer]) -> Answer:
    """One answer to a question that asks two things ("when and where")."""
    known = [part for part in parts if part.text]
    if len(parts) == 1 or not known:
        return parts[0]
    status = Status.CONFLICT if any(p.status is Status.CONFLICT for p in known) else Status.ANSWERED
    evidence = tuple(dict.fromkeys(e for part in known for e in part.evidence))
    text = ", ".join(part.text for part in known if part.text)
    return replace(
        known[0],
        status=status,
        text=text,
        statement=sentence(text),
        alternatives=tuple(a for part in known for a in part.alternatives),
        notes=tuple(dict.fromkeys(n for part in known for n in part.notes)),
        evidence=evidence[: EVIDENCE + 1],
    )


def sentence(text: str) -> str:
    """The text as a sentence: a capital and a stop."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?", "”", '"')) else f"{whole}."


def outlets(lines: Iterable[Line]) -> tuple[str, ...]:
    """Each outlet once, in order."""
    return tuple(dict.fromkeys(line.outlet for line in lines))


def names_of(desk: Desk, article_ids: Iterable[str]) -> tuple[str, ...]:
    """The outlets of some articles."""
    articles = (desk.ground.articles[key] for key in article_ids)
    return tuple(dict.fromkeys(a.publisher for a in articles))


def dated(text: str, when: When | None) -> str:
    """The text with its day: "X met Y, Thursday 31 July 2025"."""
    return f"{text}, {times.describe(when)}" if when is not None and when.first is not None else text


def _statement(desk: Desk, ask: Ask, text: str, when: When | None, best: Candidate) -> str:
    if ask is Ask.WHEN and _is_plan(best.fact):
        return _planned(desk, text, when)
    participants = ask in (Ask.WHO, Ask.WHICH, Ask.WHERE) and best.fact is not None and best.predicate > 0
    return sentence(dated(text, when) if participants and best.fact and best.fact.kind != "hold_office" else text)


def _planned(desk: Desk, text: str, when: When | None) -> str:
    """A day in the future as a plan, a day that is over as what was planned."""
    past = when is not None and when.last is not None and when.last <= desk.now
    link = ":" if when is not None and when.modifier in matching.BOUNDS else " for"
    if past:
        return f"It was planned{link} {text}; no source says it happened."
    return f"Planned{link} {text}."


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def unique(lines: Iterable[Line]) -> list[Line]:
    """Each sentence once, in order."""
    return list({(line.article.id, line.start): line for line in lines}.values())


def _naming(desk: Desk, text: str, best: Candidate) -> list[Line]:
    """A sentence that spells the answer's name out, where the cited one has only part of it."""
    needed = stems(text) - stems(best.line.text)
    if not needed or best.when is not None:
        return []
    own = [line for line in desk.ground.lines if needed <= stems(line.text) and line.article.id == best.line.article.id]
    rest = own or [line for line in desk.ground.lines if stems(text) <= stems(line.text)]
    return rest[:1]
