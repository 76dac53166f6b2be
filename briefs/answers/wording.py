"""How an answer reads: the answer first, then when, who says so, and the words themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.answers import conflicts, matching
from briefs.answers.asking import Ask
from briefs.answers.candidates.who import PARTICIPANTS
from briefs.facts import claims as claiming
from briefs.facts import frames
from briefs.facts.independence import Copies
from briefs.language import times
from briefs.language.words import stems
from briefs.models import Alternative, Answer, Disagreement, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from briefs.answers.candidates import Candidate
    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Claim, Fact, When

EVIDENCE = 3  # sentences cited at most
NEAREST = 0.45  # coverage from which a sentence is worth showing beside "unknown"


@dataclass(frozen=True, slots=True)
class Desk:
    """What an answer is worded from."""

    question: Question
    ground: Ground
    now: datetime
    considered: int


def told(desk: Desk, ask: Ask, best: Candidate, found: Sequence[Candidate], rivals: Sequence[Candidate]) -> Answer:
    """An answer from the best candidate, or a conflict when others are as well supported."""
    support = [c for c in found if c.key == best.key and c.score >= 0.7 * best.score]
    text = value(ask, best, found)
    claim = claim_of(desk, best.fact) if best.fact is not None and best.predicate else None
    when = best.when or (claim.when if claim else best.fact.when if best.fact else None)
    alternatives = tuple(
        Alternative(value(ask, r, ()), outlets(c.line for c in conflicts.backing(r, [r, *found]))) for r in rivals
    ) or _disputed(desk, ask, text, claim)
    lines = unique([best.line, *(r.line for r in rivals), *_naming(desk, text, best), *(c.line for c in support)])
    articles = {line.article.id for line in lines if line in {c.line for c in support}} | {best.line.article.id}
    answer = Answer(
        question=desk.question.text,
        status=Status.CONFLICT if alternatives else Status.ANSWERED,
        text=text,
        statement=_statement(ask, text, when, best),
        when=when,
        alternatives=alternatives,
        notes=notes(desk, best.fact, when, claim),
        evidence=tuple(line.evidence() for line in lines[: EVIDENCE + len(alternatives)]),
    )
    return supported(desk, answer, claim, articles)


def _disputed(desk: Desk, ask: Ask, text: str, claim: Claim | None) -> tuple[Alternative, ...]:
    """The other values of the claim's own dispute over the slot asked for."""
    slot = {Ask.WHERE: "place", Ask.WHEN: "time"}.get(ask)  # figures are judged by their dates: they rise and fall
    values = [v for d in disagreements(desk, claim) if d.slot == slot for v in d.values] if claim else []
    return tuple(v for v in values if not stems(v.text) & stems(text))


def updated(answer: Answer, earlier: Sequence[Candidate]) -> Answer:
    """The answer with the figures that it has overtaken."""
    if not earlier:
        return answer
    values = enumeration(dict.fromkeys(f"{c.text} ({c.line.outlet}, {c.line.at.day} {c.line.at:%B})" for c in earlier))
    disputes = tuple(d for d in answer.disagreements if d.slot != "amount")
    return replace(answer, notes=(*answer.notes, f"Reported earlier: {values}."), disagreements=disputes)


def value(ask: Ask, candidate: Candidate, found: Sequence[Candidate]) -> str:
    """The short answer: dates in full, people by their full names, coordinated participants together."""
    if candidate.when is not None and ask is Ask.WHEN:
        return times.describe(candidate.when)
    if ask in (Ask.WHO, Ask.WHICH) and candidate.fact is not None:
        together = [
            c.text
            for c in found
            if c.fact is candidate.fact and abs(c.score - candidate.score) < 1e-6 and c.key != candidate.key
        ]
        return enumeration(dict.fromkeys([candidate.text, *together]))
    return candidate.text


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


def notes(desk: Desk, fact: Fact | None, when: When | None, claim: Claim | None) -> tuple[str, ...]:
    """What must be said beside the answer: that it is only planned, or who claims it."""
    out = []
    if fact is not None and fact.modality is Modality.PLANNED:
        past = when is not None and when.last is not None and when.last <= desk.now
        out.append("That was the plan; none of the sources reports it as done." if past else "Planned, not yet done.")
    if fact is not None and fact.modality is Modality.POSSIBLE:
        out.append("Told as possible, not as certain.")
    if claim is not None and claim.superseded_by is not None:
        later = claim.superseded_by
        out.append(
            f"Later reported: {later.predicate.lemma}" + (f", {times.describe(later.when)}." if later.when else ".")
        )
    return tuple(out)


def unknown(desk: Desk, matches: Sequence[Match], *, why: str | None = None, lines: Sequence[Line] = ()) -> Answer:
    """The answer "unknown", with the sentences that come nearest and why they are no answer."""
    held = [] if lines else _held_back(desk, matches)
    near = list(lines) or [line for line, _ in held] or [m.line for m in matches[:2] if m.coverage >= NEAREST]
    count = desk.considered
    near.sort(key=lambda line: not _is_planned(desk, line))
    planned = not held and bool(near) and _is_planned(desk, near[0])
    statement = why or _not_said(count, held[0][1] if held else None, planned=planned)
    return Answer(
        question=desk.question.text,
        status=Status.UNKNOWN,
        text=None,
        statement=statement,
        evidence=tuple(line.evidence() for line in near[:EVIDENCE]),
        as_of=max((line.at for line in desk.ground.lines), default=None),
        considered=count,
    )


def none_says(count: int, what: str) -> str:
    """That so many articles do not say something."""
    if not count:
        return "I have no articles yet, so I cannot say."
    return f"My one article does not say {what}." if count == 1 else f"None of my {count:,} articles says {what}."


def _is_planned(desk: Desk, line: Line) -> bool:
    """Whether a sentence tells a plan about a name in the question."""
    names = {key.stem for key in desk.question.keys if key.is_name}
    return any(f.modality is Modality.PLANNED and names & matching.fact_bag(f, desk.ground) for f in line.facts)


def _not_said(count: int, fact: Fact | None, *, planned: bool) -> str:
    """Why there is no answer: nothing at all, or only a plan, a possibility or a denial."""
    none = none_says(count, "that")
    if not count:
        return none
    if fact is None:
        return f"{none} Nearest: something that is only planned." if planned else none
    if fact.negated:
        return f"{none} Nearest: it is denied."
    told = {
        Modality.PLANNED: "only planned",
        Modality.POSSIBLE: "only told as possible",
        Modality.CANCELLED: "called off",
    }
    return f"{none} Nearest: it was {told.get(fact.modality, 'told of somebody else')}."


def _held_back(desk: Desk, matches: Sequence[Match]) -> list[tuple[Line, Fact]]:
    """Sentences whose fact is of the event asked about, but planned, possible, denied or called off."""
    held = [
        (matching.agreement(desk.question, fact, desk.ground), match.line, fact)
        for match in matches
        for fact in match.line.facts
        if (fact.negated or fact.modality is not Modality.HAPPENED)
        and matching.predicate_match(desk.question, fact, desk.ground) >= matching.FRAME_MATCH
        and matching.sides_agree(desk.question, fact, desk.ground) == 1
    ]
    held = sorted((h for h in held if h[0] >= 0.6), key=lambda h: -h[0])
    return [(line, fact) for _, line, fact in held[:2]]


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


def _statement(ask: Ask, text: str, when: When | None, best: Candidate) -> str:
    participants = ask in (Ask.WHO, Ask.WHICH, Ask.WHERE) and best.fact is not None and best.predicate > 0
    return sentence(dated(text, when) if participants and best.fact and best.fact.kind != "hold_office" else text)


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
