"""Who met, sued, bought or visited whom.

    facts ─ties─▶ pairs of named parties ─gather─▶ one link for each pair and kind ─▶ the best told first

A link is told as its sources tell it: what was planned stays planned until an article says that it happened.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, product
from typing import TYPE_CHECKING

from briefs.facts.independence import Copies
from briefs.language import names as naming
from briefs.language.foreign import is_foreign
from briefs.models import BlockKind, Connection, Connections, Evidence, Modality
from briefs.overviews.relations import Manner, relation_of, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.language.names import Names
    from briefs.models import Argument, Article, Entity, Fact, Reading, When
    from briefs.overviews.relations import Relation

LINKS = 40  # at most
EVIDENCE = 4  # sentences of a link at most
FEW = 8  # links around a name below which its neighbours' own are added
STALE = timedelta(days=31)  # after which a plan without a date has passed

_RANK = {Modality.HAPPENED: 0, Modality.CANCELLED: 1, Modality.PLANNED: 2, Modality.POSSIBLE: 3}


@dataclass(frozen=True, slots=True)
class _Tie:
    """One fact's word of one pair."""

    agent: Entity
    patient: Entity
    relation: Relation
    verb: str
    fact: Fact
    denied: bool
    named: int  # how many of the two are named in the sentence itself

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is one link with; the order of two that do something together does not matter."""
        one, other = self.agent.name, self.patient.name
        if self.relation.mutual and other < one:
            one, other = other, one
        return self.relation.kind, one, other


def connections(
    articles: Mapping[str, Article], readings: Mapping[str, Reading], *, name: str | None, now: datetime
) -> Connections:
    """What these articles tell of who did what to whom; with a ``name``, around it."""
    read = {key: readings[key] for key in articles if key in readings and not is_foreign(articles[key])}
    names = naming.unify({key: reading.mentions for key, reading in read.items()})
    ties = [tie for key, reading in read.items() for tie in _ties(articles[key], reading, names)]
    links = _links(ties, articles, now)
    if name is None:
        return Connections(None, tuple(links[:LINKS]), len(articles))
    about = next(iter(names.lookup(name)), None)
    if about is None:
        return Connections(name, (), len(articles))
    return Connections(about.name, tuple(_around(about.name, links)), len(articles))


# --------------------------------------------------------------------------------------------------------------- pairs
def _ties(article: Article, reading: Reading, names: Names) -> Iterator[_Tie]:
    """Every pair that a fact of an article's prose connects."""
    prose = {(s.start, s.end) for s in reading.sentences if s.kind is BlockKind.PROSE}
    starts = {m.start for m in reading.mentions if m.form == "name"}
    for fact in reading.facts:
        relation = relation_of(fact, article.text[fact.predicate.start : fact.predicate.end])
        if relation is None or (fact.start, fact.end) not in prose or fact.modality is Modality.POSSIBLE:
            continue
        for one, other in _pairs(fact, relation):
            agent, patient = (names.of(fact.article_id, a.entity) for a in (one, other) if a.entity)
            if not _fit(agent, patient, relation):
                continue
            yield _Tie(
                agent,
                patient,
                relation,
                relation.verbs[fact.predicate.lemma],
                fact,
                denied=_denied(fact, reading.facts),
                named=sum(any(a.start <= s < a.end for s in starts) for a in (one, other)),
            )


def _pairs(fact: Fact, relation: Relation) -> Iterator[tuple[Argument, Argument]]:
    """Who is connected with whom in a fact: each agent with each patient, and all agents of what is done together."""
    parties = [a for a in fact.arguments if a.entity is not None]
    agents = [a for a in parties if a.role == "agent"]
    others = [a for a in parties if a.role in relation.roles or (relation.mutual and a.role == "co_agent")]
    if relation.kind == "visit":
        others += [a for a in parties if a.role == "place" and not others]
    yield from product(agents, others)
    if relation.mutual and not others:
        yield from combinations(agents, 2)


def _fit(agent: Entity, patient: Entity, relation: Relation) -> bool:
    return (
        agent.name != patient.name
        and agent.kind in relation.agents
        and patient.kind in relation.patients
        and _is_name(agent)
        and _is_name(patient)
    )


def _is_name(entity: Entity) -> bool:
    """Whether a reader can tell who is meant."""
    return len(entity.name) > 1 and entity.name[0].isupper()


def _denied(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Whether the doer denies it: "denied meeting him"."""
    return fact.negated and any(
        other.kind == "deny"
        and other.start == fact.start
        and not other.negated
        and any(a.start <= fact.predicate.start < a.end for a in other.arguments)
        for other in facts
    )


# --------------------------------------------------------------------------------------------------------------- links
def _links(ties: Sequence[_Tie], articles: Mapping[str, Article], now: datetime) -> list[Connection]:
    """One link for each pair and kind, the best told first."""
    groups: dict[tuple[str, str, str], list[_Tie]] = defaultdict(list)
    for tie in ties:
        groups[tie.key].append(tie)
    copies = Copies(articles)
    links = [_link(group, articles, copies, now) for group in groups.values()]
    return sorted(links, key=lambda link: (-link.independent, -link.sources, *_newness(link), _name(link)))


def _newness(link: Connection) -> tuple[float]:
    at = max((e.published_at.timestamp() for e in link.evidence if e.published_at), default=0.0)
    return (-at,)


def _name(link: Connection) -> tuple[str, str, str]:
    return link.agent.name, link.kind, link.patient.name


def _link(group: Sequence[_Tie], articles: Mapping[str, Article], copies: Copies, now: datetime) -> Connection:
    """What a pair's ties say together: what happened, else what was said last."""
    state = min(group, key=lambda tie: (_standing(tie), -_told_at(tie, articles).timestamp(), _place(tie)))
    same = [tie for tie in group if _manner_key(tie) == _manner_key(state)]
    same.sort(key=lambda tie: (-tie.named, tie.fact.attribution is not None, tie.fact.when is None, _place(tie)))
    best = same[0]
    sources = {tie.fact.article_id for tie in same}
    when = next((tie.fact.when for tie in same if tie.fact.when is not None and tie.fact.when.first), None)
    sentences = {(tie.fact.article_id, tie.fact.start): tie for tie in reversed(same)}
    evidence = [_evidence(tie, articles[tie.fact.article_id]) for tie in reversed(sentences.values())]
    return Connection(
        agent=best.agent,
        relation=wording(best.verb, _manner(same, when, articles, now)),
        patient=best.patient,
        kind=best.relation.kind,
        mutual=best.relation.mutual,
        modality=best.fact.modality,
        when=when,
        evidence=tuple(evidence[:EVIDENCE]),
        sources=len(sources),
        independent=copies.independent(sources),
    )


def _standing(tie: _Tie) -> int:
    """What happened counts before all that did not, of which the newest counts."""
    return 0 if tie.fact.modality is Modality.HAPPENED and not tie.fact.negated else 1


def _manner_key(tie: _Tie) -> tuple[Modality, bool, bool]:
    return tie.fact.modality, tie.fact.negated, tie.denied


def _manner(same: Sequence[_Tie], when: When | None, articles: Mapping[str, Article], now: datetime) -> Manner:
    fact = same[0].fact
    newest = max(_told_at(tie, articles) for tie in same)
    over = when.last <= now if when is not None and when.last is not None else now - newest > STALE
    reported = all(tie.fact.attribution is not None for tie in same)
    return Manner(fact.modality, negated=fact.negated, denied=same[0].denied, reported=reported, over=over)


def _told_at(tie: _Tie, articles: Mapping[str, Article]) -> datetime:
    return articles[tie.fact.article_id].shown_at


def _place(tie: _Tie) -> tuple[str, int, int]:
    return tie.fact.article_id, tie.fact.start, tie.fact.predicate.start


def _evidence(tie: _Tie, article: Article) -> Evidence:
    start, end = tie.fact.start, tie.fact.end
    return Evidence(
        article.id,
        start,
        end,
        article.text[start:end],
        article.publisher,
        article.title,
        article.url,
        article.published_at,
    )


# ------------------------------------------------------------------------------------------------------ around someone
def _around(name: str, links: Sequence[Connection]) -> list[Connection]:
    """The links of someone, and where they are few those between the people they lead to."""
    own = [link for link in links if name in {link.agent.name, link.patient.name}]
    near = {party.name for link in own for party in (link.agent, link.patient)}
    others = [link for link in links if link not in own and {link.agent.name, link.patient.name} <= near]
    return (own if len(own) >= FEW else [*own, *others])[:LINKS]
