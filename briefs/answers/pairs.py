"""Who met whom: every meeting the sources tell, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers import unsaid, wording
from briefs.answers.candidates.who import ACTORS
from briefs.facts import claims as claiming
from briefs.facts import frames
from briefs.models import Answer, EntityKind, Modality, Status

if TYPE_CHECKING:
    from briefs.answers.ground import Line
    from briefs.models import Claim, Entity

LISTED = 6
_UNSURE = {EntityKind.OTHER, EntityKind.PRODUCT, EntityKind.WORK}  # what a model takes a name for that it does not know


def answer(desk: wording.Desk) -> Answer:
    """Each pair once with its date; disputes and the sentences of the best supported one first."""
    found = _claims(desk)
    if not found:
        return wording.unknown(desk, (), why=unsaid.none_says(desk.considered, f"who {desk.question.word} whom"))
    lines = [_pair(claim) for claim in found]
    first = found[0]
    evidence = wording.unique(line for claim in found for line in _lines(desk, claim))[: wording.EVIDENCE + 1]
    reply = Answer(
        question=desk.question.text,
        status=Status.ANSWERED,
        text="; ".join(lines),
        statement="\n".join(_told(desk, claim) for claim in found),
        when=first.when,
        evidence=tuple(line.evidence() for line in evidence),
    )
    return wording.supported(desk, reply, first, ())


def _claims(desk: wording.Desk) -> list[Claim]:
    frame = desk.question.frame
    facts = [
        fact
        for reading in desk.ground.readings.values()
        for fact in reading.facts
        if (fact.kind == frame if frame != frames.OTHER else fact.predicate.lemma == desk.question.lemma)
    ]
    merged = [
        claim
        for claim in claiming.merge(facts, desk.ground.names, desk.ground.articles)
        if claim.modality is Modality.HAPPENED and not claim.negated and len(people(claim)) >= 2
    ]
    pairs: dict[frozenset[str], Claim] = {}
    for claim in sorted(merged, key=lambda c: (-c.independent, -c.sources)):
        pairs.setdefault(frozenset(e.name for e in people(claim)[:2]), claim)
    best = sorted(pairs.values(), key=lambda c: (-_time(c), -c.independent, -c.sources))
    return best[:LISTED]


def people(claim: Claim) -> list[Entity]:
    """The participants who act: the one side, then the other; persons where there are two."""
    order = {"agent": 0, "co_agent": 1, "patient": 2, "recipient": 3}
    sides = sorted((p for p in claim.participants if p[0] in order), key=lambda p: order[p[0]])
    actors = list({e.name: e for _, e in sides if e.kind in ACTORS | _UNSURE}.values())
    persons = [e for e in actors if e.kind is EntityKind.PERSON]
    return persons if len(persons) >= 2 else actors


def _time(claim: Claim) -> float:
    return claim.when.first.timestamp() if claim.when and claim.when.first else 0.0


def _pair(claim: Claim) -> str:
    return wording.dated(wording.enumeration(e.name for e in people(claim)), claim.when)


def _told(desk: wording.Desk, claim: Claim) -> str:
    one, *others = [e.name for e in people(claim)]
    return wording.sentence(wording.dated(f"{one} {desk.question.word} {wording.enumeration(others)}", claim.when))


def _lines(desk: wording.Desk, claim: Claim) -> list[Line]:
    """The best sentence for the claim, and one for each value that its sources dispute."""
    ranked = list({(fact.article_id, fact.start): None for fact in claim.facts})
    at = {(line.article.id, line.start): line for line in desk.ground.lines if not line.headline}
    lines = [at[place] for place in ranked if place in at]
    disputed = [
        next((line for line in lines if line.article.id in article_ids and value in line.text), None)
        for dispute in claim.disputes
        for value, article_ids in dispute.values
    ]
    return wording.unique([*lines[:1], *(line for line in disputed if line is not None), *lines[1:2]])
