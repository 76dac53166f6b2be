"""Which role a phrase with a preposition, an adverb or a clause plays beside a predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.frames import noun_frame
from briefs.facts.words import word_set
from briefs.models import EntityKind

if TYPE_CHECKING:
    from briefs.facts.words import Word
    from briefs.models import Role

_SOCIAL = frozenset(
    {
        "meet",
        "discuss",
        "agree",
        "cooperate",
        "sign",
        "merge",
        "fight_war",
        "compete",
        "trade",
        "marry",
        "divorce",
        "join",
        "crash",
        "hold",
    }
)
_TALKING = frozenset(
    {
        "say",
        "discuss",
        "meet",
        "agree",
        "announce",
        "ask",
        "propose",
        "vote",
        "rule",
        "believe",
        "investigate",
        "apologise",
        "protest",
    }
)
_GIVING = frozenset(
    {
        "give",
        "say",
        "sell",
        "award",
        "deploy",
        "ask",
        "invite",
        "pay",
        "propose",
        "invest",
        "announce",
        "show",
        "apologise",
    }
)

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_TIME_LABELS = frozenset({"DATE", "TIME"})
_AMOUNT_LABELS = frozenset({"MONEY", "PERCENT", "QUANTITY", "CARDINAL"})
_PLACE_PREPOSITIONS = word_set(
    "in at on from to into near inside outside through across over around aboard onto toward towards within off above "
    "under beneath beside behind along throughout past up down between among beyond via"
)
_TIME_PREPOSITIONS = word_set("during after before since until till following throughout by through")
_TOPIC_PREPOSITIONS = word_set("about on over regarding concerning of")
_REASON_PREPOSITIONS = word_set("because due owing thanks amid despite") - {"amid", "despite"}
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


def preposition_role(preposition: Word, thing: Word, frame: str, kind: EntityKind | None, timed: bool) -> Role:
    """The role of "preposition thing"; ``timed`` when a resolved time stands in the thing, ``kind`` its entity's."""
    word = preposition.lower
    if timed or thing.label in _TIME_LABELS or (thing.lemma in _TIME_NOUNS and word not in {"of", "to", "with"}):
        return "time"
    if word in _REASON_PREPOSITIONS or (word == "as" and any(c.lower == "result" for c in preposition.children)):
        return "reason"
    if word in {"after", "before", "during", "since", "until", "till", "following", "prior"}:
        return "time"
    if word == "with":
        return "co_agent" if frame in _SOCIAL or kind in {EntityKind.PERSON, EntityKind.ORGANISATION} else "manner"
    if word == "by":
        return "amount" if thing.label in _AMOUNT_LABELS else "manner"
    return _spatial_role(word, thing, frame, kind)


def _spatial_role(word: str, thing: Word, frame: str, kind: EntityKind | None) -> Role:
    place = kind is EntityKind.PLACE or thing.label in _PLACE_LABELS or thing.lemma in _PLACE_NOUNS
    if (
        word == "to"
        and (frame in _GIVING or kind is EntityKind.PERSON)
        and not (place and frame not in {"give", "sell", "pay"})
    ):
        return "recipient"
    if word == "in" and thing.lemma in _MANNER_NOUNS and not thing.children:
        return "manner"
    if word == "to" and frame in {"launch", "travel", "deploy"}:
        return "place"
    if word == "against":
        return "patient"
    if word in {"about", "regarding", "concerning"} or (
        word in {"on", "over"} and _topical(thing, frame) and not place
    ):
        return "topic"
    if word in _PLACE_PREPOSITIONS and (
        place or word in {"at", "near", "into", "inside", "outside", "aboard", "across"}
    ):
        return "place"
    if word == "for":
        return "amount" if thing.label in {"MONEY", "PERCENT"} else "reason"
    if word in {"to", "from"} and thing.label in _AMOUNT_LABELS:
        return "amount"
    if word in {"in", "on", "from"} and noun_frame(thing.lemma) is None and thing.pos == "PROPN":
        return "place"
    if word in {"without", "like", "through", "via", "despite"}:
        return "manner"
    return "other"


def _topical(thing: Word, frame: str) -> bool:
    """ "discussed on …" names a topic, but "met on a visit" an occasion."""
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
    if first in {"because", "since", "as"}:
        return "reason"
    if first in {"when", "while", "after", "before", "until", "once", "whenever", "till"}:
        return "time"
    if first == "where":
        return "place"
    if first in {"if", "unless", "although", "though", "whereas", "whether", "even"}:
        return "other"
    if any(c.lower == "to" and c.dep == "aux" for c in clause.children):
        return "reason"
    return "manner" if clause.tag == "VBG" else "other"


def is_place(thing: Word, kind: EntityKind | None) -> bool:
    """Whether a phrase names a place."""
    return kind is EntityKind.PLACE or thing.label in _PLACE_LABELS or thing.lemma in _PLACE_NOUNS
