"""Facts that say the same, over sentences and articles, as one claim.

    facts ─tell─▶ participants joined over articles ─cluster─▶ claims ─▶ sources, disputes, what superseded what

Two facts say the same when they are of one kind, told alike (modality, negation), about compatible participants at
compatible times. Facts are compared best told first, so that a vague one joins the full one and not the other way round.

What was told before and holds no more is superseded: a plan by what happened, by its calling off or by its new day; a toll by
a newer toll (``Claim.revised``); an article by its newer version, whose facts alone count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.facts.disputes import disputes, is_day, revised
from briefs.facts.frames import MUTUAL, OTHER
from briefs.facts.independence import Copies
from briefs.facts.participants import Told, Unifier, tell
from briefs.facts.scene import FINENESS
from briefs.language.words import word_set
from briefs.models import Claim, Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.models import Article, Entity, Fact, Role, When

_Key = tuple[str, Modality, bool]

REACH = timedelta(days=7)  # how far apart articles may tell of one undated event
DAY = timedelta(days=1)
SLIP = timedelta(days=3)  # days within which two dates of one event are a dispute and not two events
MOVED = timedelta(days=31)  # how far a plan may be moved and still be of the same event
_MOVED = re.compile(
    r"\b(?:now|mov(?:ed|es|ing)|postpon\w+|delay\w*|push(?:ed|es|ing)? (?:back|forward|to)|reschedul\w+|put (?:off|back)|"
    r"brought forward|instead|new date|slip(?:ped|s)?)\b",
    re.IGNORECASE,
)
_WORDY = word_set("say agree announce ask propose deny threaten believe plan be have rule continue start") | {OTHER}


@dataclass(slots=True)
class _Cluster:
    told: list[Told] = field(default_factory=list)
    _times: dict[object, Told] = field(default_factory=dict)  # one told fact of each time, as times are compared

    def add(self, told: Told) -> None:
        """Take a fact in that says the same."""
        self.told.append(told)
        when = told.fact.when
        time = None if when is None else (when.value, when.grain, when.first, when.last, when.modifier)
        self._times.setdefault((time, told.fact.article_id, told.names), told)

    @property
    def times(self) -> Iterable[Told]:
        """A fact for each time that is told: one statement may be repeated a thousand times."""
        return self._times.values()

    @property
    def best(self) -> Told:
        return self.told[0]


@dataclass(slots=True)
class _Group:
    """The clusters of one kind, modality and polarity, found by what their best told fact names."""

    clusters: list[_Cluster] = field(default_factory=list)
    _naming: dict[str, list[int]] = field(default_factory=dict)

    def near(self, told: Told) -> Iterator[_Cluster]:
        """The clusters that have a name or a noun in common with a fact, oldest first."""
        found = {number for key in _keys(told) for number in self._naming.get(key, ())}
        return (self.clusters[number] for number in sorted(found))

    def open(self, told: Told) -> None:
        """Begin a cluster with a fact."""
        for key in _keys(told):
            self._naming.setdefault(key, []).append(len(self.clusters))
        self.clusters.append(_Cluster())
        self.clusters[-1].add(told)


def _keys(told: Told) -> frozenset[str]:
    return told.names | told.undergone


def merge(
    facts: Sequence[Fact],
    names: Unifier | None,
    articles: Mapping[str, Article],
) -> tuple[Claim, ...]:
    """The claims of several articles' facts, the best supported first.

    ``names`` joins entities over articles (None: each article's own).
    """
    groups = _clustered(facts, names, articles)
    copies = Copies(articles)
    claims = [_claim(c, groups, articles, copies) for group in groups.values() for c in group.clusters]
    return tuple(sorted(claims, key=lambda c: (-c.independent, -c.sources, -len(c.participants), _place(c.facts[0]))))


def told_in(
    sentence: tuple[str, int], facts: Sequence[Fact], names: Unifier | None, articles: Mapping[str, Article]
) -> tuple[Claim, ...]:
    """The claims that one sentence (its article and start) tells, of all that ``facts`` make.

    It costs far less than ``merge``: most of that goes into counting what is independent, claim by claim.
    """
    groups = _clustered(facts, names, articles)
    own = [
        c
        for g in groups.values()
        for c in g.clusters
        if any((t.fact.article_id, t.fact.start) == sentence for t in c.told)
    ]
    copies = Copies(articles)
    return tuple(_claim(cluster, groups, articles, copies) for cluster in own)


def _clustered(facts: Sequence[Fact], names: Unifier | None, articles: Mapping[str, Article]) -> dict[_Key, _Group]:
    """The facts that say the same, by kind, modality and polarity."""
    groups: dict[_Key, _Group] = {}
    for told in sorted(tell(_current(facts, articles), names, articles), key=lambda t: _told_worse(t, articles)):
        group = groups.setdefault(_key(told.fact), _Group())
        home = next((c for c in group.near(told) if _same(c, told, articles)), None)
        if home is None:
            group.open(told)
        else:
            home.add(told)
    return groups


def _current(facts: Sequence[Fact], articles: Mapping[str, Article]) -> Sequence[Fact]:
    """The facts without those of versions that a newer one has replaced: what was corrected is told no more."""
    newest: dict[str, int] = {}
    for article in articles.values():
        newest[article.root] = max(article.version, newest.get(article.root, 0))
    if len(newest) == len(articles):
        return facts
    stale = {key for key, article in articles.items() if article.version < newest[article.root]}
    return [fact for fact in facts if fact.article_id not in stale]


def _key(fact: Fact) -> _Key:
    return _sort(fact), fact.modality, fact.negated


def _sort(fact: Fact) -> str:
    return fact.kind if fact.kind != OTHER else f"{OTHER} {fact.predicate.lemma}"


def _place(fact: Fact) -> tuple[str, int, int]:
    return fact.article_id, fact.start, fact.predicate.start


def _told_worse(told: Told, articles: Mapping[str, Article]) -> tuple[object, ...]:
    fact = told.fact
    dated = fact.when is not None and fact.when.first is not None
    own = sum(a.entity is not None and a.role in {"agent", "patient", "co_agent", "recipient"} for a in fact.arguments)
    return (
        -own,
        -len(told.entities),
        not dated,
        fact.attribution is not None,
        -len(fact.arguments),
        _published(fact, articles),
        _place(fact),
    )


def _published(fact: Fact, articles: Mapping[str, Article]) -> str:
    moment = _moment(fact, articles)
    return moment.isoformat() if moment is not None else ""


def _moment(fact: Fact, articles: Mapping[str, Article]) -> datetime | None:
    article = articles.get(fact.article_id)
    return None if article is None else article.shown_at


# --------------------------------------------------------------------------------------------------------- the same?
def _same(cluster: _Cluster, told: Told, articles: Mapping[str, Article]) -> bool:
    if not _participants_agree(cluster.best, told) or not _matter_agrees(cluster.best, told):
        return False
    return all(_times_agree(other, told, articles) for other in cluster.times)


def _participants_agree(a: Told, b: Told) -> bool:
    """No role filled by different names, and something in common."""
    if a.fact.kind in MUTUAL:
        return _mutual_agree(a, b)
    roles: tuple[Role, ...] = ("agent", "patient", "recipient")
    for role in roles:
        mine, other = a.in_role.get(role), b.in_role.get(role)
        if mine and other and not mine & other:
            return False
    return bool(a.names & b.names) or _heads_agree(a, b)


def _mutual_agree(a: Told, b: Told) -> bool:
    mine, other = a.names, b.names
    if mine and other:
        return mine <= other or other <= mine
    return _heads_agree(a, b)


def _heads_agree(a: Told, b: Told) -> bool:
    """Without names in common: the same nouns in the same roles ("the crew … launched"), and no names that differ."""
    if (a.names and b.names) or not a.undergone & b.undergone:
        return False
    mine, other = a.heads_in_role, b.heads_in_role
    return all(mine[role] & other[role] for role in mine.keys() & other.keys())


def _matter_agrees(a: Told, b: Told) -> bool:
    """What it is about, where that is words: "said X" and "said Y" are two statements."""
    if not a.words or not b.words:
        return a.fact.kind not in _WORDY or a.words == b.words
    shared = len(a.words & b.words) / min(len(a.words), len(b.words))
    return shared >= (0.5 if a.fact.kind in _WORDY else 0.25)


def _times_agree(a: Told, b: Told, articles: Mapping[str, Article]) -> bool:
    """Whether two facts can be of one time: dates overlap or slipped; an undated one was told around the date of the other."""
    one, other = _dates(a), _dates(b)
    then, later = _moment(a.fact, articles), _moment(b.fact, articles)
    if one is not None and other is not None:
        return overlap(one, other) or _slipped(a, b, one, other, articles)
    if then is None or later is None:
        return True
    if abs(later - then) > REACH:
        return False
    dated, told = (one, later) if one is not None else (other, then)
    return dated is None or a.fact.modality is not Modality.HAPPENED or _told_around(dated, told)


def _dates(told: Told) -> When | None:
    when = told.fact.when
    return when if when is not None and _bounded(when) else None


def _told_around(when: When, told_at: datetime) -> bool:
    """Whether a report without a date can be of what happened then: not before it, nor more than a week after."""
    return when.first is None or when.last is None or when.first - DAY <= told_at <= when.last + REACH


def _bounded(when: When) -> bool:
    return when.first is not None and when.last is not None and when.modifier is None


def overlap(a: When, b: When) -> bool:
    """Whether two times can be one; times without bounds always can."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return True
    return a.first < b.last and b.first < a.last


def _slipped(a: Told, b: Told, one: When, other: When, articles: Mapping[str, Article]) -> bool:
    """Two dates of one event: both name the same two participants or more, a few days apart, as done.

    A report from before the later day cannot know of it: those are two events, and no dispute.
    """
    if a.fact.modality is not Modality.HAPPENED or not (is_day(one) and is_day(other)):
        return False
    if one.first is None or other.first is None or a.fact.article_id == b.fact.article_id:
        return False
    day = max(one.first, other.first)
    known = all((at := _moment(told.fact, articles)) is None or at >= day for told in (a, b))
    return known and len(a.names) >= 2 and a.names == b.names and abs(one.first - other.first) <= SLIP


# ------------------------------------------------------------------------------------------------------------- a claim
def _claim(cluster: _Cluster, groups: Mapping[_Key, _Group], articles: Mapping[str, Article], copies: Copies) -> Claim:
    facts = tuple(told.fact for told in cluster.told)
    sources = {fact.article_id for fact in facts}
    own = {i: articles[i] for i in sorted(sources) if i in articles}
    best = facts[0]
    claim = Claim(
        kind=best.kind,
        lemma=best.predicate.lemma,
        facts=facts,
        participants=_participants(cluster),
        when=_when(facts),
        modality=best.modality,
        negated=best.negated,
        sources=len(sources),
        independent=copies.independent(sources),
        disputes=disputes(facts, own) if len(sources) > 1 else (),
        revised=revised(facts, own) if len(sources) > 1 else (),
    )
    return replace(claim, superseded_by=_superseding(cluster, claim, groups, articles))


def _participants(cluster: _Cluster) -> tuple[tuple[Role, Entity], ...]:
    found: dict[str, tuple[Role, Entity]] = {}
    for told in cluster.told:
        for role, entity in sorted(told.entities, key=lambda pair: (pair[0], pair[1].name)):
            found.setdefault(entity.name, (role, entity))
    return tuple(found.values())


def _when(facts: Sequence[Fact]) -> When | None:
    """The most precise time told; of equally precise ones the one that most articles tell."""
    times = [f.when for f in facts if f.when is not None]
    votes: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.when is not None:
            votes[fact.when.value].add(fact.article_id)
    return min(
        times,
        key=lambda w: (w.first is None, -len(votes[w.value]) if is_day(w) else 0, FINENESS[w.grain]),
        default=None,
    )


def _superseding(
    cluster: _Cluster, claim: Claim, groups: Mapping[_Key, _Group], articles: Mapping[str, Article]
) -> Fact | None:
    """What was planned or possible and is reported as done, called off or moved, by an article not older."""
    if claim.modality not in {Modality.PLANNED, Modality.POSSIBLE} or claim.negated:
        return None
    kind = _sort(cluster.best.fact)
    done = [
        told.fact
        for modality in (Modality.HAPPENED, Modality.CANCELLED)
        for other in groups.get((kind, modality, False), _Group()).near(cluster.best)
        for told in other.told
        if _overtakes(told, cluster.best, claim, articles)
    ]
    moved = [
        told.fact
        for other in groups.get((kind, Modality.PLANNED, False), _Group()).near(cluster.best)
        for told in other.told
        if other is not cluster and _moves(told, cluster, claim, articles)
    ]
    order = {Modality.HAPPENED: 0, Modality.CANCELLED: 1}
    return min(
        done, key=lambda f: (f.when is None, order.get(f.modality, 2), _published(f, articles), _place(f)), default=None
    ) or max(moved, key=lambda f: (_published(f, articles), _place(f)), default=None)


def _overtakes(done: Told, planned: Told, claim: Claim, articles: Mapping[str, Article]) -> bool:
    fact = done.fact
    if not _participants_agree(planned, done):
        return False
    then, later = _moment(planned.fact, articles), _moment(fact, articles)
    if then is not None and later is not None and not -SLIP <= later - then <= 30 * SLIP:
        return False
    if claim.when is None or fact.when is None:
        return True
    return overlap(claim.when, fact.when)


def _moves(newer: Told, cluster: _Cluster, claim: Claim, articles: Mapping[str, Article]) -> bool:
    """Whether a newer article puts the plan on another day and says that it was moved."""
    fact, article = newer.fact, articles.get(newer.fact.article_id)
    then, later = max((_published(t.fact, articles) for t in cluster.told), default=""), _published(fact, articles)
    if article is None or later <= then or claim.when is None or fact.when is None or overlap(claim.when, fact.when):
        return False
    near = (
        claim.when.first is not None
        and fact.when.first is not None
        and abs(fact.when.first - claim.when.first) <= MOVED
    )
    told = near and _participants_agree(cluster.best, newer)
    return told and _MOVED.search(article.text[fact.start : fact.end]) is not None
