"""Who met, sued, bought or visited whom.

    facts ─ties─▶ pairs of named parties ─gather─▶ one link for each pair and kind ─▶ the best told first

A link is told as its sources tell it: what was planned stays planned until an article says that it happened.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.facts.independence import Copies
from briefs.language import names as naming
from briefs.language.foreign import is_foreign
from briefs.models import Connection, Connections, Evidence
from briefs.overviews.relations import GRAVE, Told, wording
from briefs.overviews.ties import fit, ties

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.language.names import Names
    from briefs.models import Article, Entity, Mention, Reading, When
    from briefs.overviews.ties import Tie

LINKS = 40  # at most
EVIDENCE = 4  # sentences of a link at most
FEW = 8  # links around a name below which its neighbours' own are added
STALE = timedelta(days=31)  # after which a plan without a date has passed

LIGHTER = 0.5  # of a source: a word about somebody, beside a deed
_WORDS = frozenset({"praise", "criticise", "discuss", "approve", "oppose", "cooperate", "protect"})
_FULLER = {"discuss": "meet", "meet": "compete"}

_Pair = tuple[str, str, str]  # kind and two names


@dataclass(frozen=True, slots=True)
class Known:
    """One that an article mentions, with the last words of its names."""

    mentions: tuple[Mention, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """What one article adds: its ties, and those it mentions, who may be whom others connect."""

    article: Article
    known: tuple[Known, ...]
    ties: tuple[Tie, ...]


def part(article: Article, reading: Reading) -> Part:
    """What an article adds; one in another language adds nothing."""
    if is_foreign(article):
        return Part(article, (), ())
    mentions: dict[Entity, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        mentions[mention.entity].append(mention)
    known = (Known(tuple(of), _last_words(entity)) for entity, of in mentions.items())
    return Part(article, tuple(known), tuple(ties(article, reading)))


def tells_of(each: Part, name: str) -> bool:
    """Whether an article connects somebody whose name ends as this one does."""
    last = name.split()[-1:]
    wanted = frozenset(word.casefold().removesuffix("s") for word in last)
    return any(wanted & _last_words(party) for tie in each.ties for party in (tie.agent, tie.patient))


def _last_words(entity: Entity) -> frozenset[str]:
    return frozenset(
        name.split()[-1].casefold().removesuffix("s") for name in (entity.name, *entity.names) if name.strip()
    )


def connections(
    articles: Mapping[str, Article], readings: Mapping[str, Reading], *, name: str | None, now: datetime
) -> Connections:
    """What these articles tell of who did what to whom; with a ``name``, around it."""
    return connect([part(articles[key], readings[key]) for key in articles if key in readings], name=name, now=now)


def connect(parts: Sequence[Part], *, name: str | None, now: datetime) -> Connections:
    """What articles that were looked through tell together; with a ``name``, around it."""
    current = _current(parts)
    names = _names(current, name)
    links = _links(
        [tie for each in current for tie in _joined(each, names)],
        {each.article.id: each.article for each in current},
        now,
    )
    if name is None:
        return Connections(None, tuple(links[:LINKS]), len(parts))
    about = next(iter(names.exact(name) or names.lookup(name)), None)
    if about is None:
        return Connections(name, (), len(parts))
    return Connections(about.name, tuple(_around(about.name, links)), len(parts))


def _current(parts: Sequence[Part]) -> list[Part]:
    """The newest version of each article: what was corrected is told no more."""
    newest: dict[str, Part] = {}
    for each in parts:
        known = newest.setdefault(each.article.root, each)
        if each.article.version > known.article.version:
            newest[each.article.root] = each
    return list(newest.values())


def _names(parts: Sequence[Part], name: str | None) -> Names:
    """Those that are connected, and who is asked for, as all articles together name them.

    Joining the names of all takes longer than all else, and only those who share a last word can be one.
    """
    words = frozenset(word.casefold().removesuffix("s") for word in (name or "").split())
    words = words.union(
        *(_last_words(party) for each in parts for tie in each.ties for party in (tie.agent, tie.patient))
    )
    return naming.unify(
        {
            each.article.id: [m for known in each.known if not words.isdisjoint(known.words) for m in known.mentions]
            for each in parts
        }
    )


def _joined(each: Part, names: Names) -> Iterator[Tie]:
    """An article's ties between those whom all articles together name."""
    for tie in each.ties:
        agent, patient = (names.of(each.article.id, entity) for entity in (tie.agent, tie.patient))
        joined = replace(tie, agent=agent, patient=patient)
        if fit(joined):
            yield joined


# --------------------------------------------------------------------------------------------------------------- links
def _links(found: Sequence[Tie], articles: Mapping[str, Article], now: datetime) -> list[Connection]:
    """One link for each pair and kind, the best told first."""
    groups: dict[_Pair, list[Tie]] = defaultdict(list)
    for tie in found:
        groups[_pair(tie)].append(tie)
    copies = Copies(articles)
    links = [
        _link(group, articles, copies, now)
        for group in groups.values()
        if not (_is_guess(group) or _is_told_by(group[0], groups))
    ]
    return sorted(links, key=lambda link: (-_weight(link), -link.sources, -_newest(link), _name(link)))


def _is_guess(group: Sequence[Tie]) -> bool:
    """Whether something grave rests on a pronoun of a single article."""
    grave = group[0].fact.kind in GRAVE and all(tie.guessed and tie.told is not Told.DENIED for tie in group)
    return grave and len({tie.fact.article_id for tie in group}) == 1


def _is_told_by(tie: Tie, groups: Mapping[_Pair, Sequence[Tie]]) -> bool:
    """Whether another link of the same two says as much: who met talked, and teams that meet play."""
    kind, one, other = _pair(tie)
    fuller = _FULLER.get(kind)
    return fuller is not None and (fuller, one, other) in groups


def _weight(link: Connection) -> float:
    """How many tell it on their own; a word about somebody weighs less than a deed."""
    return link.independent - (LIGHTER if link.kind in _WORDS else 0.0)


def _pair(tie: Tie) -> _Pair:
    """What it is one link with; the order of two that do something together does not matter."""
    one, other = tie.agent.name, tie.patient.name
    if tie.relation.mutual and other < one:
        one, other = other, one
    return tie.relation.kind, one, other


def _newest(link: Connection) -> float:
    return max((e.published_at.timestamp() for e in link.evidence if e.published_at), default=0.0)


def _name(link: Connection) -> tuple[str, str, str]:
    return link.agent.name, link.kind, link.patient.name


def _link(group: Sequence[Tie], articles: Mapping[str, Article], copies: Copies, now: datetime) -> Connection:
    """What a pair's ties say together: what happened, else what was said last."""
    state = min(group, key=lambda tie: (tie.told is not Told.HAPPENED, -_at(tie, articles).timestamp(), _place(tie)))
    same = [tie for tie in group if tie.told is state.told]
    same.sort(key=lambda tie: (-tie.named, _reported(tie), tie.fact.when is None, _at(tie, articles), _place(tie)))
    best = same[0]
    sources = {tie.fact.article_id for tie in same}
    when = next((tie.fact.when for tie in same if tie.fact.when is not None and tie.fact.when.first), None)
    reported = all(_reported(tie) for tie in same)
    sentences = {(tie.fact.article_id, tie.fact.start): _evidence(tie, articles) for tie in same}
    return Connection(
        agent=best.agent,
        relation=wording(
            best.verb, best.relation.kind, best.told, reported=reported, over=_over(same, when, articles, now)
        ),
        patient=best.patient,
        kind=best.relation.kind,
        mutual=best.relation.mutual,
        modality=best.told.modality,
        when=when,
        evidence=tuple(sentences.values())[:EVIDENCE],
        sources=len(sources),
        independent=copies.independent(sources),
    )


def _reported(tie: Tie) -> bool:
    """Whether a sentence puts it into somebody else's mouth; who says that he does something vouches for it."""
    said = tie.fact.attribution
    if said is None:
        return False
    words = set(re.findall(r"\w+", said.lower()))
    return not any(words & set(re.findall(r"\w{3,}", each.lower())) for each in (tie.agent.name, *tie.agent.names))


def _over(same: Sequence[Tie], when: When | None, articles: Mapping[str, Article], now: datetime) -> bool:
    """Whether the time that it was for has passed."""
    if when is not None and when.last is not None:
        return when.last <= now
    return now - max(_at(tie, articles) for tie in same) > STALE


def _at(tie: Tie, articles: Mapping[str, Article]) -> datetime:
    return articles[tie.fact.article_id].shown_at


def _place(tie: Tie) -> tuple[str, int, int]:
    return tie.fact.article_id, tie.fact.start, tie.fact.predicate.start


def _evidence(tie: Tie, articles: Mapping[str, Article]) -> Evidence:
    article, start, end = articles[tie.fact.article_id], tie.fact.start, tie.fact.end
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
