"""Which role a phrase with a preposition, an adverb or a clause plays beside a predicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.facts.frames import MUTUAL, noun_frame
from briefs.language.words import word_set
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefs.facts.words import Word
    from briefs.models import Role

_SOCIAL = MUTUAL | {"join", "crash", "hold"}
_TALKING = word_set(
    "say discuss meet agree announce ask propose vote rule believe investigate apologise protest write promise fear want know "
    "question criticise praise"
)
_GIVING = word_set(
    "give say sell award deploy deliver ask invite pay propose invest announce show apologise write promise"
)
MOVING = word_set("launch travel arrive leave return escape deploy")
# What people are blamed, praised and fought for: "sued over a patent", "resigned over the leak".
_PROMPTED = word_set(
    "resign dismiss_from_office sue arrest criticise praise sanction charge convict sentence apologise protest walk_out accuse "
    "threaten ban cancel delay oppose fight_war attack withdraw fear investigate question divorce split_up"
)
_DYING = word_set("die recover treat")
# "in protest of", "on suspicion of", "at the request of": the noun makes the preposition one of cause.
_CAUSAL: dict[str, frozenset[str]] = {
    "in": word_set(
        "protest response retaliation reaction light view recognition anticipation revenge reply solidarity opposition fear "
        "defiance exchange honour honor memory connection order"
    ),
    "on": word_set("suspicion charge ground grounds allegation account accusation basis count advice orders order"),
    "at": word_set("request urging invitation behest insistence"),
    "as": word_set("result consequence punishment reward"),
    "by": word_set("reason virtue"),
    "under": word_set("pressure"),
    "out": word_set("fear anger concern respect frustration"),
    "for": word_set("fear"),
}

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_TIME_LABELS = frozenset({"DATE", "TIME"})
_AMOUNT_LABELS = frozenset({"MONEY", "PERCENT", "QUANTITY", "CARDINAL"})
_PLACE_PREPOSITIONS = word_set(
    "in at on from to into near inside outside through across over around aboard onto toward towards within off above "
    "under beneath beside behind along throughout past up down between among beyond via"
)
_ALWAYS_PLACE = word_set("at near into inside outside aboard across")
_MEASURES = word_set("level rate price cost age point value speed pace low high peak average discount loss profit")
_INQUIRING = word_set("investigate search question discuss")
_TIME_PREPOSITIONS = word_set("during after before since until till following prior")
_REASON_PREPOSITIONS = word_set("because due owing thanks")
_ACTORS = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION})
_PLACE_NOUNS = word_set(
    "house home office headquarters center centre station airport city town village country region area site scene street "
    "road hospital school university court courthouse prison jail church mosque building hotel museum park stadium square "
    "capital border base camp factory plant port north south east west world place room hall beach island coast state province "
    "district neighbourhood neighborhood venue facility ground market store shop restaurant bank embassy parliament palace "
    "sea ocean river lake mountain valley forest desert space orbit sky moon planet"
)
_MANNER_NOUNS = word_set(
    "person public private secret detail full part vain earnest style cash advance peace silence concert unison"
)
_TIME_NOUNS = word_set(
    "day week month year decade century hour minute second morning afternoon evening night today tomorrow yesterday tonight "
    "weekend time moment period era summer winter spring autumn fall season date end beginning start quarter"
)
_TIME_ADVERBS = word_set(
    "now today tomorrow yesterday tonight then later earlier recently soon already currently once previously again still "
    "always often sometimes ago ever immediately shortly afterwards afterward meanwhile formerly finally eventually initially "
    "originally first lately nowadays before since annually daily weekly monthly yearly"
)
_PLACE_ADVERBS = word_set(
    "here there abroad home nearby elsewhere overseas everywhere outside inside upstairs downstairs away back ahead north south east west online where"
)
_SENTENCE_ADVERBS = word_set(
    "also however only just even so too very however therefore thus instead moreover furthermore additionally meanwhile "
    "not never n't rather quite perhaps maybe indeed yet almost nearly about approximately otherwise hence though especially "
    "particularly nonetheless nevertheless well"
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase with its preposition beside a predicate of some frame."""

    preposition: str
    thing: Word
    frame: str
    kind: EntityKind | None

    @property
    def place(self) -> bool:
        return is_place(self.thing, self.kind)


# The first rule that holds gives the role.
_RULES: tuple[tuple[Callable[[_Phrase], bool], Role], ...] = (
    (lambda p: p.preposition in _REASON_PREPOSITIONS, "reason"),
    (lambda p: p.preposition == "over" and p.frame in _PROMPTED and not p.place, "reason"),
    (lambda p: p.preposition in {"of", "from"} and p.frame in _DYING and not p.place and p.kind is None, "reason"),
    (lambda p: p.preposition in _TIME_PREPOSITIONS, "time"),
    (lambda p: p.preposition == "with" and (p.frame in _SOCIAL or p.kind in _ACTORS), "co_agent"),
    (lambda p: p.preposition == "by" and p.thing.label in _AMOUNT_LABELS, "amount"),
    (lambda p: p.preposition in {"with", "by"}, "manner"),
    (lambda p: p.preposition == "in" and p.thing.lemma in _MANNER_NOUNS and not p.thing.children, "manner"),
    (lambda p: p.preposition == "to" and p.frame in MOVING, "place"),
    (lambda p: p.preposition == "to" and _is_recipient(p), "recipient"),
    (lambda p: p.preposition == "against", "patient"),
    (lambda p: p.preposition == "into" and p.frame in _INQUIRING, "patient"),
    (lambda p: p.preposition == "at" and p.thing.lemma in _MEASURES, "amount"),
    (lambda p: p.preposition in {"about", "regarding", "concerning"}, "topic"),
    (lambda p: p.preposition in {"on", "over"} and _topical(p.thing, p.frame) and not p.place, "topic"),
    (lambda p: p.preposition in _PLACE_PREPOSITIONS and (p.place or p.preposition in _ALWAYS_PLACE), "place"),
    (lambda p: p.preposition == "for" and p.thing.label in {"MONEY", "PERCENT"}, "amount"),
    (lambda p: p.preposition == "for", "reason"),
    (lambda p: p.preposition in {"to", "from"} and p.thing.label in _AMOUNT_LABELS, "amount"),
    (lambda p: p.preposition == "from" and (p.kind in _ACTORS or p.kind is EntityKind.GROUP), "other"),
    (lambda p: p.preposition in {"in", "on", "from"} and p.thing.pos == "PROPN", "place"),
    (lambda p: p.preposition in {"without", "like", "through", "via", "despite"}, "manner"),
)


def preposition_role(preposition: Word, thing: Word, frame: str, kind: EntityKind | None, *, timed: bool) -> Role:
    """The role of "preposition thing"; ``timed`` when a resolved time stands in the thing, ``kind`` its entity's."""
    word = preposition.lower
    if timed or thing.label in _TIME_LABELS or (thing.lemma in _TIME_NOUNS and word not in {"of", "to", "with"}):
        return "time"
    if is_causal(word, thing):
        return "reason"
    if word == "as":
        return "patient" if frame == "hold_office" else "other"
    phrase = _Phrase(word, thing, frame, kind)
    return next((role for holds, role in _RULES if holds(phrase)), "other")


def is_causal(preposition: str, thing: Word) -> bool:
    """Whether a noun makes its preposition one of cause: "in protest of …", "at the request of …", "as a result of …"."""
    nouns = _CAUSAL.get(preposition, ())
    return thing.lemma in nouns and (thing.child("prep", "acl", "poss") is not None or preposition in {"in", "under"})


def _is_recipient(phrase: _Phrase) -> bool:
    if phrase.place and phrase.frame not in {"give", "sell", "pay"}:
        return False
    return phrase.frame in _GIVING or phrase.kind is EntityKind.PERSON


def _topical(thing: Word, frame: str) -> bool:
    """Whether "on" names a topic ("discussed on …") and not an occasion ("met on a visit")."""
    event = noun_frame(thing.lemma)
    return frame in _TALKING and (event is None or event.name not in {"visit", "travel", "meet", "launch"})


def adverb_role(adverb: Word) -> Role | None:
    """The role of an adverb; None for those that say nothing about the event itself."""
    word = adverb.lower
    if word in _TIME_ADVERBS:
        return "time"
    if word in _PLACE_ADVERBS:
        return "place"
    if word in _SENTENCE_ADVERBS or adverb.tag in {"WRB", "RP"}:
        return None
    return "manner" if word.endswith("ly") or adverb.tag in {"RBR", "RBS"} or adverb.children else None


def measure_role(noun: Word, timed: bool) -> Role:
    """The role of a noun that stands beside a verb without preposition: "last week", "5 percent"."""
    if timed or noun.label in _TIME_LABELS or noun.lemma in _TIME_NOUNS:
        return "time"
    return "amount" if noun.label in _AMOUNT_LABELS or any(c.dep == "nummod" for c in noun.children) else "other"


def clause_role(clause: Word) -> Role:
    """The role of an adverbial clause, by its conjunction and form."""
    first = next((c.lower for c in clause.children if c.dep == "mark" or (c.dep == "advmod" and c.tag == "WRB")), "")
    if first == "because" or (first in {"since", "as"} and _is_state(clause)):
        return "reason"
    if first in {"since", "as"}:
        return "time"
    if first in {"when", "while", "after", "before", "until", "once", "whenever", "till"}:
        return "time"
    if first == "where":
        return "place"
    if first in {"if", "unless", "although", "though", "whereas", "whether", "even"}:
        return "other"
    if any(c.lower == "to" and c.dep == "aux" for c in clause.children):
        return "other" if _is_outcome(clause) else "reason"
    if clause.tag == "VBG":
        return "reason" if clause.lemma in _MOTIVES else "manner"
    return "other"


def _is_state(clause: Word) -> bool:
    """Whether a clause tells a state, so that "as" and "since" before it give a reason: "as it had no money"."""
    return clause.lemma in _STATES and clause.tag != "VBG"


_STATES = word_set("be have want need fear know believe expect worry hope lack like feel think see remain seem require")


def _is_outcome(clause: Word) -> bool:
    """Whether "to …" tells what came of it and not what for: "returned to find", "grew up to become"."""
    return clause.lemma in _OUTCOMES and clause.head.lemma in _UNAIMED


# What a participle tells of the mind behind the act: "resigned, citing his health".
_MOTIVES = word_set(
    "cite fear hope accuse blame want believe seek suspect worry claim expect argue allege complain think"
)
_OUTCOMES = word_set("find become be discover learn see realise realize win lose")
_UNAIMED = word_set("grow return go wake awake live turn come arrive survive rise last")


def is_place(thing: Word, kind: EntityKind | None) -> bool:
    """Whether a phrase names a place."""
    return kind is EntityKind.PLACE or thing.label in _PLACE_LABELS or thing.lemma in _PLACE_NOUNS
