"""Which kinds of events connect two named parties, and how they read between the two names: "met", "is to meet", "did not sue".

A frame of ``briefs.facts.frames`` connects by some of its words only: "named her director" appoints, "named a price" does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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

    kind: str
    agents: frozenset[EntityKind]
    patients: frozenset[EntityKind]
    verbs: Mapping[str, str]  # lemma → the infinitive as told
    nouns: frozenset[str] = frozenset()  # the words of the event that connect
    mutual: bool = False
    roles: frozenset[Role] = field(default=frozenset({"patient"}))  # of the other end


def _relation(
    kind: str,
    ends: str,
    verbs: str,
    nouns: str = "",
    *,
    mutual: bool = False,
    roles: frozenset[Role] = frozenset({"patient"}),
) -> Relation:
    """``ends``: "PO>PO", persons and organisations at both; ``verbs``: "meet, huddle = meet with"."""
    one, other = ends.split(">")
    told = dict(_told(part) for part in verbs.split(","))
    words = frozenset(word.strip() for word in nouns.split(",") if word.strip())
    return Relation(kind, _sorts(one), _sorts(other), told, words, mutual, roles)


def _sorts(letters: str) -> frozenset[EntityKind]:
    return frozenset(_SORTS[letter] for letter in letters)


def _told(part: str) -> tuple[str, str]:
    lemma, _, told = (word.strip() for word in part.partition("="))
    return lemma, told or lemma


_EITHER: frozenset[Role] = frozenset({"patient", "recipient"})
_WITH: frozenset[Role] = frozenset({"co_agent"})

RELATIONS: tuple[Relation, ...] = (
    # ---------------------------------------------------------------------------------------------------- people meet
    _relation(
        "meet",
        "PO>PO",
        "meet, meet with = meet, meet up = meet, sit down = meet, confer = meet, convene = meet, huddle = meet, "
        "get together = meet, reunite = meet",
        "meeting, meetings, talks, summit, encounter, get-together",
        mutual=True,
    ),
    _relation(
        "discuss",
        "PO>PO",
        "talk = talk with, speak = talk with, negotiate = negotiate with, consult = consult with, discuss = talk with",
        "negotiations, discussions, dialogue, consultations",
        mutual=True,
        roles=_WITH,
    ),
    _relation("visit", "PO>LPO", "visit, tour = visit", "visit, trip"),
    _relation("invite", "PO>PO", "invite", "invitation", roles=_EITHER),
    _relation("welcome", "PO>PO", "welcome, host, greet"),
    _relation("marry", "P>P", "marry, wed = marry, get married = marry, tie knot = marry", "wedding", mutual=True),
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
    _relation("deny", "PO>PO", "snub, rebuff, spurn"),
    _relation("protect", "PO>PO", "defend, protect"),
    # ---------------------------------------------------------------------------------------------------------- agree
    _relation(
        "agree", "PO>PO", "agree = agree with, settle = settle with", "agreement, deal, accord, pact", mutual=True
    ),
    _relation(
        "cooperate",
        "PO>PO",
        "cooperate = work with, collaborate = work with, work together = work with, team up = team up with, "
        "partner = partner with, join forces = join forces with",
        "partnership",
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
        "appoint, nominate, hire, install = appoint, promote, tap = choose, select = choose, pick = choose, choose, recruit",
    ),
    _relation(
        "dismiss_from_office",
        "PO>P",
        "fire, sack = fire, oust, depose, lay off, dismiss from = dismiss, impeach, topple, overthrow, unseat, demote, "
        "expel, force out, remove, suspend from = suspend",
    ),
    _relation("replace", "P>P", "replace, succeed, take over from"),
    # -------------------------------------------------------------------------------------------------------- justice
    _relation("sue", "PO>PO", "sue, take to court = sue", "lawsuit, suit"),
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
    _relation("fight_war", "POL>POL", "fight, battle, clash = clash with", mutual=True),
    # ---------------------------------------------------------------------------------------------------------- money
    _relation("buy", "PO>O", "buy, acquire, purchase = buy, take over, snap up = buy, buy out"),
    _relation("sell", "PO>O", "sell, divest = sell, sell off = sell"),
    _relation("merge", "O>O", "merge = merge with, combine = merge with", "merger", mutual=True),
    _relation("invest", "PO>PO", "fund, finance, sponsor, bankroll = finance, bail out"),
    _relation("pay", "PO>PO", "pay, repay, compensate, reimburse", roles=_EITHER),
    # ------------------------------------------------------------------------------------------------------- contests
    _relation("win", "PO>PO", "defeat, beat, rout = beat, thrash = beat, knock out"),
    _relation("compete", "PO>PO", "play, face, race, take on = face", mutual=True),
    _relation("draw", "PO>PO", "tie = draw with, draw with", roles=frozenset({"patient", "co_agent"})),
    # --------------------------------------------------------------------------------------------------------- making
    _relation("found", "PO>O", "found, establish = found, set up = found, co-found = found"),
    _relation("coach", "PO>PO", "coach, train"),
    _relation(OTHER, "PO>PO", "confront, overrule, contact, phone, mislead, poison, befriend"),
)


@lru_cache(maxsize=1)
def _by_kind() -> dict[str, Relation]:
    return {relation.kind: relation for relation in RELATIONS}


def relation_of(fact: Fact, word: str) -> Relation | None:
    """The relation a fact may tell; ``word`` is what its predicate reads. None when its words connect nobody."""
    found = _by_kind().get(fact.kind)
    if found is None or fact.predicate.lemma not in found.verbs:
        return None
    told = word.lower()
    if told in found.verbs or told in found.nouns:
        return found
    event = noun_frame(told) or noun_frame(told.removesuffix("s"))
    return found if event is None or event.name != fact.kind else None


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
    "spy": ("spied", "spying"),
    "marry": ("married", "marrying"),
    "defy": ("defied", "defying"),
    "hit": ("hit", "hitting"),
}


def past(verb: str) -> str:
    """The past tense of a verb with what follows it: "meet" gives "met", "talk with" "talked with"."""
    first, _, rest = verb.partition(" ")
    told = _IRREGULAR[first][0] if first in _IRREGULAR else f"{first.removesuffix('e')}ed"
    return f"{told} {rest}".rstrip()


def gerund(verb: str) -> str:
    """The gerund of a verb with what follows it: "meet" gives "meeting"."""
    first, _, rest = verb.partition(" ")
    told = _IRREGULAR[first][1] if first in _IRREGULAR else f"{first.removesuffix('e')}ing"
    return f"{told} {rest}".rstrip()


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is told: as done, planned or called off, and by whom."""

    modality: Modality
    negated: bool = False
    denied: bool = False  # by the one who is said to have done it
    reported: bool = False  # nobody tells it as a fact
    over: bool = False  # its time has passed


def wording(verb: str, manner: Manner) -> str:
    """How a verb reads between two names: "met", "is to meet", "reportedly did not meet", "denies meeting"."""
    if manner.denied:
        return f"denies {gerund(verb)}"
    hedge = "reportedly " if manner.reported else ""
    match manner.modality, manner.negated:
        case Modality.HAPPENED, False:
            return hedge + past(verb)
        case Modality.HAPPENED, True:
            return f"{hedge}did not {verb}"
        case Modality.CANCELLED, _:
            return f"{'was' if manner.over else 'is'} {hedge}no longer to {verb}"
        case Modality.PLANNED, negated:
            return f"{'was' if manner.over else 'is'} {hedge}{'not ' if negated else ''}to {verb}"
        case _, negated:
            return f"may {'not ' if negated else ''}{verb}"
