"""What one fact says of one pair of named parties.

The extraction names agents and patients; here is decided which of them are a pair that a reader would draw: both known by a
name, of a kind that the relation takes, and told in words that say so. Where the words leave doubt there is no tie.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from briefs.facts.offices import OFFICES
from briefs.models import BlockKind, EntityKind
from briefs.overviews.relations import AGAINST, FALLEN, Told, relation_of
from briefs.overviews.telling import holding, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.models import Argument, Article, Entity, Fact, Mention, Reading, Role
    from briefs.overviews.relations import Relation

_UNSURE = {EntityKind.OTHER, EntityKind.PRODUCT}  # what a small model takes an unknown name for
_FULL = 2  # words of a name that is a person's or an organisation's whatever the model takes it for
_BOTH = 2
_SEVERAL = 2  # persons before a "his" that could be anybody's

_BESIDE = re.compile(
    r"\b(?:instead of|rather than|than|like|unlike|without|despite|besides)\s+(?:the\s+)?$", re.IGNORECASE
)
_SET_AGAINST = re.compile(_BESIDE.pattern.replace("(?:", "(?:against|over|", 1), re.IGNORECASE)
_AREA = re.compile(
    r"the\s+(?:\w+\s+)?(?:province|state|city|town|village|region|district|island|capital|port|republic) of\s",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"(?:the|its) (?:board|management|directors|shareholders|owners) of (?:the )?(?:\w+ )?", re.IGNORECASE
)
_PRICE = re.compile(r"[^,;]*\b(?:billion|million|[\d.,]+)[^,;]* for (?:its |the )?(?:\w+ ){0,3}", re.IGNORECASE)
_OWN_BID = re.compile(r"['’]s?(?: \S+){0,3} (?:bid|offer|approach)\b", re.IGNORECASE)
_BID_FROM = re.compile(r".*\b(?:bid|offer|approach)\b[^,;]{0,40} (?:from|by|of) (?:its )?(?:\w+ ){0,2}", re.IGNORECASE)
_FOR = re.compile(
    r" for (?:its |the )?(?:\w+ ){0,2}|[^,;]*(?:billion|million|\d)[^,;]* for (?:its |the )?(?:\w+ ){0,2}",
    re.IGNORECASE,
)
_OF_BIDS = frozenset({"reject", "turn down", "dismiss"})  # "rejected Halgate's bid", but "rejected the senator"
_NO_NAME = re.compile(
    r"\d[-–:]\d|\d{3}|[,#@]|^(?:\w\.\s*)+$|^[A-Z]+(?: [A-Z]+)+$"
)  # "Athletic 3-0", "M. D.", "TO CLINCH PLAYOFF BERTH"
_TOWARDS = {
    "travel": re.compile(r"\bto (?:the )?$", re.IGNORECASE),
    "arrive": re.compile(r"\b(?:in|at) (?:the )?$", re.IGNORECASE),
}
_JOINT = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_LIST_ENDS = re.compile(r"\s*[.;]|\s+(?:in|at|on|for|during|to|before|after|last|this|over|about)\b")
_POSSESSED = re.compile(r"['’]s?$")
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_SPEAKER = frozenset({"i", "me", "my", "we", "us", "our"})
_PRONOUNS = _POSSESSIVE | _SPEAKER | {"he", "him", "she", "it", "they", "them", "who", "whom", "you", "your"}
_NO_ACT = frozenset({"coach", "coaches", "facing"})  # "Colts coach Pagano", "a house facing the park"
_LIGHT = ("take", "takes", "took", "taken", "taking", "in")
_GUESTS = re.compile(
    r"\b(?:over|beat|against|defeated|the|host)\s+$", re.IGNORECASE
)  # "a victory over visiting Evansville"


@dataclass(frozen=True, slots=True)
class Tie:
    """One fact's word of one pair, as the article itself names them."""

    agent: Entity
    patient: Entity
    relation: Relation
    verb: str  # the infinitive as told
    told: Told
    fact: Fact
    named: int  # how many of the two the sentence itself names
    guessed: bool  # one of them is a pronoun, which may be another's


_Party = tuple["Argument", "Entity"]


def ties(article: Article, reading: Reading) -> Iterator[Tie]:
    """Every pair that the prose of an article connects."""
    page = _Page(article, reading)
    for sentence in reading.sentences:
        if sentence.kind is BlockKind.PROSE:
            for fact in page.facts[sentence.start]:
                yield from _ties(page, fact)


class _Page:
    """An article with what is looked up for each of its facts."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self.article = article
        self.facts: dict[int, list[Fact]] = defaultdict(list)  # by the start of their sentence
        for fact in reading.facts:
            self.facts[fact.start].append(fact)
        self._names = sorted((m for m in reading.mentions if m.form == "name"), key=lambda m: m.start)

    def named(self, start: int, end: int) -> Sequence[Mention]:
        """The names in a range."""
        first, last = (bisect_left(self._names, at, key=lambda m: m.start) for at in (start, end))
        return self._names[first:last]


def _ties(page: _Page, fact: Fact) -> Iterator[Tie]:
    text = page.article.text
    word = text[fact.predicate.start : fact.predicate.end]
    found = relation_of(fact, word)
    if found is None or not _meant(fact, word, text):
        return
    relation, noun = found
    around = page.facts[fact.start]
    state = told(fact, text, around, page.article.shown_at, noun=noun)
    if state is None:
        return
    cancellers = _cancellers(page, fact) if state is Told.CANCELLED and fact.kind in FALLEN else []
    for one, other in _pairs(page, fact, relation, cancellers, noun=noun):
        named = sum(bool(page.named(a.start, a.end)) for a, _ in (one, other))
        pronouns = sum(a.text.lower() in _PRONOUNS for a, _ in (one, other))
        if pronouns < _BOTH:
            own = Told.CALLED_OFF if one[1] in [entity for _, entity in cancellers] else state
            yield Tie(one[1], other[1], relation, relation.verb(fact, word), own, fact, named, guessed=pronouns > 0)


def _meant(fact: Fact, word: str, text: str) -> bool:
    """Whether a word means the relation, where it could mean something else."""
    match word.lower():
        case "name" | "named" | "names" | "naming" if fact.predicate.lemma == "name":
            return any(a.role == "other" and a.head.lower() in OFFICES for a in fact.arguments)
        case "visiting":
            return not _GUESTS.search(text[fact.start : fact.predicate.start])
        case "charge":  # "took charge of the ministry"
            return not text[fact.start : fact.predicate.start].rstrip().endswith(_LIGHT)
        case other:
            return other not in _NO_ACT


# --------------------------------------------------------------------------------------------------------------- pairs
def _pairs(
    page: _Page, fact: Fact, relation: Relation, cancellers: Sequence[_Party], *, noun: bool
) -> Iterator[tuple[_Party, _Party]]:
    """Who is connected with whom in a fact: each agent with each patient, and all who do something together."""
    agents = [p for p in _parties(page, fact, "agent") if relation.mutual or not noun or _owns(p[0], fact)]
    agents = agents or list(cancellers)
    others = [party for role in relation.ends for party in _parties(page, fact, role)]
    if not agents and len(others) > 1:  # "her appointment of him"
        agents = [party for party in others if _POSSESSED.search(party[0].text)][:1]
        others = [party for party in others if party not in agents]
    if relation.kind == "visit" and not others:
        others = _parties(page, fact, "place")
    yield from product(agents, others)
    if relation.mutual and not others:
        yield from combinations(agents, 2)


def _owns(agent: Argument, fact: Fact) -> bool:
    """Whether the doer of a noun's event is no mere word of it: "the Supreme Court nomination" is not made by the court."""
    beside = 0 <= fact.predicate.start - agent.end <= 1
    return not beside or agent.text.lower() in _POSSESSIVE or _POSSESSED.search(agent.text) is not None


def _parties(page: _Page, fact: Fact, role: Role) -> list[_Party]:
    """The named parties in a role."""
    found: list[_Party] = []
    for argument in fact.arguments:
        if argument.role != role or not _takes_part(page, fact, argument):
            continue
        if argument.entity is not None and _is_party(page, fact, argument):
            found += [(argument, argument.entity), *_listed(page, argument)]
        else:
            found += [(argument, m.entity) for m in _inside(page, argument, fact)]
    return found


def _is_party(page: _Page, fact: Fact, argument: Argument) -> bool:
    """Whether a name is itself what a verb is done to; who is offered help is not bid for."""
    if fact.kind == "propose" and argument.role == "reason":
        return _FOR.fullmatch(page.article.text[fact.predicate.end : argument.start]) is not None
    return argument.role != "patient" or (fact.kind != "propose" and fact.predicate.lemma not in _OF_BIDS)


def _inside(page: _Page, argument: Argument, fact: Fact) -> Iterator[Mention]:
    """Whom words without a name of their own stand for: a province, a company whose board acts, whose bid it is."""
    text = page.article.text
    for mention in page.named(argument.start, argument.end):
        before, behind = text[argument.start : mention.start], text[mention.end : argument.end]
        named = not behind and (_AREA.fullmatch(before) or _BOARD.fullmatch(before))
        priced = fact.kind == "propose" and not behind and _PRICE.fullmatch(before)
        if named or (argument.role == "patient" and (priced or (fact.kind == "deny" and _is_bid(before, behind)))):
            yield mention


def _is_bid(before: str, behind: str) -> bool:
    """Whether words around a name make its bid: "Halgate's takeover bid", "an offer from Halgate"."""
    return bool((not before and _OWN_BID.match(behind)) or _BID_FROM.fullmatch(before))


def _listed(page: _Page, argument: Argument) -> Iterator[_Party]:
    """Those whom a parser leaves out of a list: "met Jon Vik, Clara Moreau and Erik Falk in Oslo"."""
    text, at, found, last = page.article.text, argument.end, list[_Party](), False
    while not last and (joint := _JOINT.match(text, at)):
        following = next(iter(page.named(joint.end(), joint.end() + 1)), None)
        if following is None or argument.entity is None or following.entity.kind is not argument.entity.kind:
            return
        last, at = "and" in joint[0], following.end
        name = text[following.start : following.end]
        found.append(
            (replace(argument, start=following.start, end=at, text=name, entity=following.entity), following.entity)
        )
    if last and len(found) > 1 and _LIST_ENDS.match(text, at):
        yield from found


def _takes_part(page: _Page, fact: Fact, argument: Argument) -> bool:
    """Whether an argument is not merely set against another, nor a pronoun that could be several people's."""
    word = argument.text.lower()
    if word in _SPEAKER:
        said = (fact.attribution or "").lower()
        return argument.entity is not None and argument.entity.name.split()[-1].lower() in said
    if word in _POSSESSIVE:
        before = page.named(fact.start, argument.start)
        return len({m.entity for m in before if m.entity.kind is EntityKind.PERSON}) < _SEVERAL
    if argument.role == "place" and fact.kind in _TOWARDS:
        return _TOWARDS[fact.kind].search(page.article.text[fact.start : argument.start]) is not None
    words = _BESIDE if fact.kind in AGAINST else _SET_AGAINST
    return not words.search(page.article.text[fact.start : argument.start])


def _cancellers(page: _Page, fact: Fact) -> list[_Party]:
    """Who called it off: "cancelled a visit to Japan"."""
    around = holding("cancel", fact, page.facts[fact.start])
    return [party for other in around for party in _parties(page, other, "agent")]


# ----------------------------------------------------------------------------------------------------------------- fit
def fit(tie: Tie) -> bool:
    """Whether both are named, are not one, and are of kinds that the relation takes; asked once all articles name them."""
    one, other = tie.agent.name.lower(), tie.patient.name.lower()
    if one in other or other in one or _only_plays(tie) or _no_bid(tie):
        return False
    return _stands(tie.agent, tie.relation.agents) and _stands(tie.patient, tie.relation.patients)


def _only_plays(tie: Tie) -> bool:
    """Whether somebody plays a person: on a stage, or in a debate's rehearsal."""
    return tie.verb == "play" and EntityKind.PERSON in {tie.agent.kind, tie.patient.kind}


def _no_bid(tie: Tie) -> bool:
    """Whether it is a person who is said to bid, or to be bid for."""
    return tie.verb == "reject a bid by" and EntityKind.PERSON in {tie.agent.kind, tie.patient.kind}


def _stands(entity: Entity, kinds: frozenset[EntityKind]) -> bool:
    known = entity.kind in kinds or (entity.kind in _UNSURE and len(entity.name.split()) >= _FULL)
    return known and len(entity.name) > 1 and entity.name[0].isupper() and _NO_NAME.search(entity.name) is None
