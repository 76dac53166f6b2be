"""Which kinds of events connect two named parties, and how they read between the two names: "met", "is to meet", "did not sue".

A frame of ``briefs.facts.frames`` connects by some of its words only: "named her director" appoints, "named a price" does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.facts.frames import OTHER, noun_frame
from briefs.models import EntityKind, Modality

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefs.models import Fact, Role

_SORTS = {"P": EntityKind.PERSON, "O": EntityKind.ORGANISATION, "L": EntityKind.PLACE}


@dataclass(frozen=True, slots=True)
class Relation:
    """A frame that connects: who may stand at either end, and how its verbs and nouns are told."""

    frame: str
    kind: str  # the frame, or that with which it makes one link: who flew there visits
    agents: frozenset[EntityKind]
    patients: frozenset[EntityKind]
    verbs: Mapping[str, str]  # lemma → the infinitive as told
    nouns: Mapping[str, str]  # the words of the event that connect → the infinitive as told
    mutual: bool = False
    roles: frozenset[Role] = frozenset({"patient"})  # of the other end

    @property
    def ends(self) -> list[Role]:
        """The roles of the other end, in a fixed order."""
        return sorted(self.roles | {"co_agent"} if self.mutual else self.roles)

    def verb(self, fact: Fact, word: str) -> str:
        """The infinitive that a fact is told with; ``word`` is what its predicate reads."""
        return self.nouns.get(word.lower()) or self.verbs[fact.predicate.lemma]


def _relation(
    frame: str,
    ends: str,
    verbs: str,
    nouns: str = "",
    *,
    mutual: bool = False,
    roles: frozenset[Role] = frozenset({"patient"}),
    kind: str = "",
) -> Relation:
    """``ends``: "PO>PO", persons and organisations at both; ``verbs``: "meet, huddle = meet with"."""
    one, other = ends.split(">")
    return Relation(frame, kind or frame, _sorts(one), _sorts(other), _words(verbs), _words(nouns), mutual, roles)


def _sorts(letters: str) -> frozenset[EntityKind]:
    return frozenset(_SORTS[letter] for letter in letters)


def _words(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(",") if part.strip())
    return {word.strip(): told.strip() or word.strip() for word, _, told in parts}


_EITHER: frozenset[Role] = frozenset({"patient", "recipient"})
_WITH: frozenset[Role] = frozenset({"co_agent"})
_THERE: frozenset[Role] = frozenset({"place"})
_OVER: frozenset[Role] = frozenset({"reason", "patient"})  # "its bid for them", "offered a billion for them"

RELATIONS: tuple[Relation, ...] = (
    # ---------------------------------------------------------------------------------------------------- people meet
    _relation(
        "meet",
        "PO>PO",
        "meet, meet with = meet, meet up = meet, sit down = meet, confer = meet, convene = meet, huddle = meet, "
        "get together = meet, reunite = meet",
        "meeting = meet, meetings = meet, talks = meet, summit = meet, encounter = meet, get-together = meet",
        mutual=True,
    ),
    _relation(
        "discuss",
        "PO>PO",
        "talk = talk with, speak = talk with, negotiate = negotiate with, consult = consult with, discuss = talk with",
        "negotiations = negotiate with, discussions = talk with, dialogue = talk with, consultations = consult with",
        mutual=True,
        roles=_WITH,
    ),
    _relation("visit", "PO>LPO", "visit, tour = visit", "visit, trip = visit"),
    _relation(
        "travel", "P>L", "travel = travel to, fly = fly to, go = go to, journey = travel to", roles=_THERE, kind="visit"
    ),
    _relation("arrive", "P>L", "arrive = arrive in", roles=_THERE, kind="visit"),
    _relation("leave", "P>O", "leave"),
    _relation("invite", "PO>PO", "invite", "invitation = invite", roles=_EITHER),
    _relation("welcome", "PO>PO", "welcome, host, greet"),
    _relation(
        "marry", "P>P", "marry, wed = marry, get married = marry, tie knot = marry", "wedding = marry", mutual=True
    ),
    _relation("divorce", "P>P", "divorce, split from = separate from, separate = separate from", mutual=True),
    # ------------------------------------------------------------------------------------------------------ people say
    _relation("accuse", "PO>PO", "accuse, blame"),
    _relation(
        "criticise",
        "PO>PO",
        "criticise, criticize = criticise, condemn, denounce, slam = criticise, blast = criticise, rebuke, decry = criticise, "
        "deplore = criticise, lambaste = criticise, scold, chide = scold, censure, mock, ridicule = mock, insult, "
        "assail = criticise, disparage",
    ),
    _relation(
        "praise", "PO>PO", "praise, commend = praise, applaud, hail = praise, congratulate, thank, laud = praise"
    ),
    _relation("threaten", "PO>PO", "threaten, menace = threaten, intimidate"),
    _relation("apologise", "PO>PO", "apologise = apologise to, apologize = apologise to", roles=_EITHER),
    _relation(
        "deny",
        "PO>PO",
        "snub, rebuff, spurn, reject = reject a bid by, turn down = reject a bid by, dismiss = reject a bid by",
    ),
    _relation("write", "PO>PO", "write = write to", roles=frozenset({"recipient"})),
    _relation("protect", "PO>PO", "defend"),
    # ---------------------------------------------------------------------------------------------------------- agree
    _relation(
        "agree",
        "POL>POL",
        "settle = settle with",
        "agreement = reach an agreement with, deal = reach a deal with, accord = reach an accord with, "
        "pact = make a pact with, treaty = sign a treaty with, truce = agree on a truce with, "
        "ceasefire = agree on a ceasefire with, settlement = settle with",
        mutual=True,
    ),
    _relation(
        "cooperate",
        "PO>PO",
        "cooperate = work with, collaborate = work with, work together = work with, team up = team up with, "
        "partner = partner with, join forces = join forces with",
        "partnership = work with",
        mutual=True,
        roles=frozenset({"co_agent"}),
    ),
    _relation("approve", "PO>PO", "endorse, back, support"),
    _relation("oppose", "PO>PO", "oppose, challenge, defy, boycott"),
    _relation("join", "PO>O", "join"),
    # -------------------------------------------------------------------------------------------------------- offices
    _relation(
        "appoint",
        "PO>P",
        "appoint, name = appoint, nominate, hire, install = appoint, promote, tap = choose, select = choose, pick = choose, choose, recruit",
        "appointment = appoint, nomination = nominate",
    ),
    _relation(
        "dismiss_from_office",
        "PO>P",
        "fire, sack, oust, depose, lay off, dismiss from = dismiss, impeach, topple, overthrow, unseat, demote, "
        "expel, force out, remove, suspend from = suspend",
    ),
    _relation("replace", "P>P", "replace, succeed, take over from"),
    # -------------------------------------------------------------------------------------------------------- justice
    _relation("sue", "PO>PO", "sue, take to court = sue", "lawsuit = sue"),
    _relation("arrest", "PO>P", "arrest, detain, capture, apprehend = arrest"),
    _relation("charge", "PO>PO", "charge, indict, prosecute"),
    _relation("free", "PO>P", "pardon, free"),
    _relation("investigate", "PO>PO", "investigate, probe = investigate, audit"),
    _relation("question", "PO>PO", "question, interrogate, interview, quiz = question, grill = question"),
    _relation("sanction", "PO>PO", "fine, punish, penalise, penalize = penalise"),
    # ------------------------------------------------------------------------------------------------------- violence
    _relation("attack", "POL>POL", "attack, bomb, shell, assault, ambush, shoot, stab, bombard, beat up, punch"),
    _relation("invade", "POL>L", "invade, occupy, annex"),
    _relation("kill", "PO>P", "kill, murder, assassinate, gun down = shoot dead, shoot dead, execute"),
    _relation("injure", "PO>P", "injure, wound"),
    _relation("abduct", "PO>P", "abduct, kidnap"),
    _relation("rescue", "PO>P", "rescue, save"),
    _relation("hack", "PO>PO", "hack, hack into"),
    _relation("spy", "PO>PO", "spy = spy on, spy on, bug, wiretap", roles=_EITHER),
    _relation("bribe", "PO>PO", "bribe, pay off, buy off"),
    _relation("fight_war", "POL>POL", "fight, battle, clash = clash with", "clashes = clash with", mutual=True),
    # ---------------------------------------------------------------------------------------------------------- money
    _relation(
        "buy",
        "PO>O",
        "buy, acquire, purchase = buy, take over, snap up = buy, buy out",
        "purchase = buy, acquisition = acquire, takeover = take over",
    ),
    _relation("propose", "PO>O", "offer = bid for", "offer = bid for, offers = bid for", roles=_OVER, kind="bid"),
    _relation("run_for", "PO>O", "", "bid = bid for", roles=frozenset({"reason"}), kind="bid"),
    _relation("sell", "PO>O", "sell, divest = sell, sell off = sell"),
    _relation("merge", "O>O", "merge = merge with, combine = merge with", "merger = merge with", mutual=True),
    _relation("invest", "PO>PO", "fund, finance, sponsor, bankroll = finance, bail out"),
    _relation("pay", "PO>PO", "pay, repay, compensate, reimburse", roles=_EITHER),
    # ------------------------------------------------------------------------------------------------------- contests
    _relation("win", "POL>POL", "defeat, beat, rout = beat, thrash = beat, knock out"),
    _relation("compete", "POL>POL", "play, face, take on = face", mutual=True),
    _relation("draw", "OL>OL", "draw with", roles=frozenset({"patient", "co_agent"})),
    # --------------------------------------------------------------------------------------------------------- making
    _relation("found", "PO>O", "found, establish = found, set up = found, co-found = found"),
    _relation("coach", "PO>PO", "coach, train"),
    _relation(OTHER, "PO>PO", "confront, overrule, contact, phone, mislead, poison, befriend"),
)


@lru_cache(maxsize=1)
def _by_frame() -> dict[str, Relation]:
    return {relation.frame: relation for relation in RELATIONS}


def relation_of(fact: Fact, word: str) -> tuple[Relation, bool] | None:
    """The relation a fact may tell, and whether a noun tells it; ``word`` is what its predicate reads.

    None when its words connect nobody.
    """
    found, told, lemma = _by_frame().get(fact.kind), word.lower(), fact.predicate.lemma
    if found is None:
        return None
    if told in found.nouns:
        return found, True
    if lemma not in found.verbs:
        return None
    if told == lemma.split()[0]:
        return found, False
    events = (noun_frame(told.removesuffix(plural)) for plural in ("", "s", "es"))
    return None if any(event is not None and event.name == fact.kind for event in events) else (found, False)


# --------------------------------------------------------------------------------------------------------------- words
_IRREGULAR = {
    "meet": ("met", "meeting"),
    "sit": ("sat", "sitting"),
    "speak": ("spoke", "speaking"),
    "choose": ("chose", "choosing"),
    "shoot": ("shot", "shooting"),
    "beat": ("beat", "beating"),
    "fight": ("fought", "fighting"),
    "buy": ("bought", "buying"),
    "sell": ("sold", "selling"),
    "pay": ("paid", "paying"),
    "take": ("took", "taking"),
    "draw": ("drew", "drawing"),
    "lay": ("laid", "laying"),
    "snub": ("snubbed", "snubbing"),
    "stab": ("stabbed", "stabbing"),
    "bug": ("bugged", "bugging"),
    "wiretap": ("wiretapped", "wiretapping"),
    "expel": ("expelled", "expelling"),
    "set": ("set", "setting"),
    "kidnap": ("kidnapped", "kidnapping"),
    "overthrow": ("overthrew", "overthrowing"),
    "repay": ("repaid", "repaying"),
    "free": ("freed", "freeing"),
    "bid": ("bid", "bidding"),
    "travel": ("travelled", "travelling"),
    "fly": ("flew", "flying"),
    "go": ("went", "going"),
    "leave": ("left", "leaving"),
    "write": ("wrote", "writing"),
    "mislead": ("misled", "misleading"),
    "make": ("made", "making"),
    "reach": ("reached", "reaching"),
}


def past(verb: str) -> str:
    """The past tense of a verb with what follows it: "meet" gives "met", "talk with" "talked with"."""
    first, _, rest = verb.partition(" ")
    if first in _IRREGULAR:
        told = _IRREGULAR[first][0]
    elif first.endswith("y") and first[-2] not in "aeiou":
        told = f"{first[:-1]}ied"
    else:
        told = f"{first.removesuffix('e')}ed"
    return f"{told} {rest}".rstrip()


def gerund(verb: str) -> str:
    """The gerund of a verb with what follows it: "meet" gives "meeting"."""
    first, _, rest = verb.partition(" ")
    told = _IRREGULAR[first][1] if first in _IRREGULAR else f"{first.removesuffix('e')}ing"
    return f"{told} {rest}".rstrip()


class Told(Enum):
    """How a pair's relation is told: as done, as planned, or as not so."""

    HAPPENED = Modality.HAPPENED
    PLANNED = Modality.PLANNED
    INVITED = "invited"  # nobody says that the invited will come
    DENIED = "denied"  # by the one who is said to have done it
    REFUSED = "refused"
    CALLED_OFF = "called off"  # by the one who was to do it
    CANCELLED = Modality.CANCELLED
    RULED_OUT = "ruled out"
    NOT = "not"

    @property
    def modality(self) -> Modality:
        """What it is for a picture: done, planned, merely thinkable, or none."""
        if isinstance(self.value, Modality):
            return self.value
        return Modality.POSSIBLE if self in {Told.INVITED, Told.DENIED} else Modality.CANCELLED


AGAINST = frozenset({"sue", "fight_war", "compete", "win", "draw"})  # kinds whose other end is told by "against"
# What is drawn of somebody only where a sentence names both, or several articles tell it: a pronoun may be another's.
GRAVE = frozenset(
    {
        "abduct",
        "arrest",
        "attack",
        "bribe",
        "charge",
        "hack",
        "injure",
        "investigate",
        "kill",
        "question",
        "sanction",
        "spy",
        OTHER,
    }
)
FALLEN = {"visit": "a visit to", "meet": "a meeting with"}  # kinds that somebody may call off, as nouns


def wording(verb: str, kind: str, told: Told, *, reported: bool, over: bool) -> str:
    """How a verb reads between two names: "met", "is to meet", "reportedly did not meet", "denies meeting".

    ``reported``: nobody tells it as a fact; ``over``: its time has passed.
    """
    hedge = "reportedly " if reported else ""
    is_ = "was" if over else "is"
    match told:
        case Told.HAPPENED:
            return hedge + past(verb)
        case Told.PLANNED:
            return f"{is_} {hedge}to {verb}"
        case Told.INVITED:
            return f"was {hedge}invited to {verb}"
        case Told.DENIED:
            return f"denies {gerund(verb)}"
        case Told.REFUSED:
            return f"{hedge}refused to {verb}"
        case Told.CALLED_OFF:
            return f"{hedge}called off {FALLEN[kind]}"
        case Told.CANCELLED:
            return f"{is_} {hedge}no longer to {verb}"
        case Told.RULED_OUT:
            return f"{'would' if over else 'will'} {hedge}not {verb}"
        case Told.NOT:
            return f"{hedge}did not {verb}"
