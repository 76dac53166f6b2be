"""Whether a value is of the kind that a question wants: a president, an airline, a state.

A thing is what the articles call it: by its own name, its title and office, or a description beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from briefs.answers.asking import Ask
from briefs.answers.lexicon import GROUP_NOUNS, ORGANISATION_NOUNS, PEOPLE_NOUNS, PERSON_NOUNS
from briefs.answers.questions import Kind
from briefs.facts.frames import noun_frame
from briefs.language.words import STOP_WORDS, stem, stems, word_set, words
from briefs.models import EntityKind

if TYPE_CHECKING:
    from briefs.answers.ground import Ground, Line
    from briefs.answers.questions import Question
    from briefs.models import Argument, Entity, Mention

CALLED = 1.0  # the articles call it by the very noun
ALIKE = 0.95  # or by one that means a kind of it
OF_KIND = 0.8  # it is a person, an organisation or a place as wanted; no more is known
OTHER_OFFICE = 0.4  # he is called by another office, never by this one
ACTING = 0.75  # nobody knows what the name is of, but it does something
UNNAMED = 0.6  # a description and no name: "two tourists"
DOUBTFUL = 0.15

ACTORS = {EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.PLACE}
_KINDS = {
    Kind.PERSON: {EntityKind.PERSON},
    Kind.ORGANISATION: {EntityKind.ORGANISATION},
    Kind.PLACE: {EntityKind.PLACE},
}
_HEAD_OF_STATE = "president king queen emperor monarch sultan emir pope"
_HEAD_OF_GOVERNMENT = "prime premier chancellor taoiseach"
_LAWMAKER = (
    "senator sen representative rep congressman congresswoman mp lawmaker legislator delegate assemblyman speaker"
)
_EXECUTIVE = "ceo chief chairman chairwoman director president executive founder boss head owner"
_OFFICER = "officer detective sergeant lieutenant captain colonel major general agent sheriff policeman policewoman constable cop"
_HELD = word_set(f"{_HEAD_OF_STATE} {_HEAD_OF_GOVERNMENT} {_LAWMAKER} governor mayor judge ambassador secretary")
_PRESS = "newspaper paper magazine network broadcaster channel station post times news herald tribune journal daily press agency"
_FIRM = (
    "company firm corporation corp inc ltd llc plc gmbh group maker manufacturer automaker carmaker airline bank retailer giant "
    "business conglomerate startup supplier producer operator brand chain holding industries motors enterprises partners capital"
)
# What is a kind of what; a value called by the second may be asked for by the first.
_KINDS_OF = {
    "leader": f"{_HEAD_OF_STATE} {_HEAD_OF_GOVERNMENT} minister governor mayor chief chairman head secretary ruler captain leader",
    "head of state": _HEAD_OF_STATE,
    "head of government": _HEAD_OF_GOVERNMENT,
    "head": f"{_HEAD_OF_STATE} {_HEAD_OF_GOVERNMENT} {_EXECUTIVE} leader minister",
    "politician": f"{_HEAD_OF_STATE} {_HEAD_OF_GOVERNMENT} {_LAWMAKER} minister governor gov mayor secretary councillor politician",
    "lawmaker": _LAWMAKER,
    "senator": "senator sen",
    "governor": "governor gov",
    "congressman": "representative rep congressman lawmaker",
    "representative": "representative rep congressman congresswoman",
    "official": "minister secretary director administrator commissioner spokesman spokeswoman deputy chief officer official aide",
    "executive": _EXECUTIVE,
    "boss": _EXECUTIVE,
    "chief": _EXECUTIVE,
    "officer": _OFFICER,
    "lawyer": "lawyer attorney counsel barrister solicitor prosecutor",
    "spokesman": "spokesman spokeswoman spokesperson",
    "spokesperson": "spokesman spokeswoman spokesperson",
    "outlet": _PRESS,
    "newspaper": _PRESS,
    "network": _PRESS,
    "company": _FIRM,
    "firm": _FIRM,
    "business": _FIRM,
    "corporation": _FIRM,
    "carmaker": "carmaker automaker motor motors automobile automobiles manufacturer auto",
    "automaker": "carmaker automaker motor motors automobile automobiles manufacturer auto",
    "airline": "airline airlines airways carrier air aviation",
    "carrier": "airline airlines airways carrier air",
    "bank": "bank bancorp banking",
    "school": "school university college academy institute",
    "university": "university college institute",
    "team": "team club united city",
    "agency": "agency administration bureau office service commission",
}  # fmt: skip
REACH = 80  # characters beside a name in which the sentence says what it is
_BEFORE = re.compile(
    r"((?:(?:the|an?|its|his|her|their)\s+)?(?:[\w’'-]+\s+){0,4}(?:(?:of|for)\s+(?:the\s+)?(?:[\w’'-]++\s*){1,3})?),?\s*"
    r"(?:(?:Mr|Ms|Mrs|Dr|Sir|Dame|Lord|Lady)\.?\s+)?$"
)
_AFTER = re.compile(r"(?:\s*\([^)]*\))?,\s+((?:the|an?|its|his|her|their|former|acting)\s+[^,.;:]{3,60})[,.;:]")
_PEOPLE = word_set("person people man woman guy one someone anyone")
_COLLECTIVES = word_set(
    "family couple household trust duo trio crowd public tribe clan gang mob police authority crew staff board"
)
_ANIMATE = PERSON_NOUNS | ORGANISATION_NOUNS | GROUP_NOUNS | PEOPLE_NOUNS | _COLLECTIVES
_DOING = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ee", "ees")
_ONES_OWN = word_set("his her its their my our your whose")
QUANTIFIED = word_set(
    "every all both each several some many few most dozens hundreds thousands two three four five six seven eight nine ten"
)


def kind_fit(
    question: Question,
    ask: Ask,
    entity: Entity | None,
    argument: Argument | None,
    ground: Ground,
    said_beside: frozenset[str] = frozenset(),
) -> float:
    """How well a value is of the wanted kind, 0..1; ``entity`` is None for what has no name."""
    wanted = question.wanted
    if wanted is None or wanted in _PEOPLE or (ask is Ask.WHO and question.kind is Kind.ANY):
        return _anybody(question, ask, entity, argument)
    if entity is None:
        return _description_fit(question, wanted, argument)
    named = frozenset(s for name in (entity.name, *entity.names) for s in _spelled(name))
    if (
        question.kind is not Kind.ANY
        and entity.kind in ACTORS - _KINDS[question.kind]
        and _singular(wanted) not in named
    ):
        return 0.0
    said = called(entity, ground) | said_beside
    if _singular(wanted) in said:
        return CALLED
    if _kinds_of(wanted) & said:
        return ALIKE
    if question.kind is not Kind.ANY:
        if entity.kind not in _KINDS[question.kind]:
            return DOUBTFUL
        return OTHER_OFFICE if wanted in _HELD and _said[ground].get(entity.name) else OF_KIND
    return UNNAMED


def _anybody(question: Question, ask: Ask, entity: Entity | None, argument: Argument | None) -> float:
    if entity is None:
        return _nameless(ask, argument)
    if question.wanted is not None or ask is Ask.WHO:
        if entity.kind is EntityKind.OTHER and argument is not None and argument.role == "agent":
            return ACTING
        return 1.0 if entity.kind is EntityKind.PERSON else OF_KIND if entity.kind in ACTORS else DOUBTFUL
    return 1.0


def _nameless(ask: Ask, argument: Argument | None) -> float:
    """How well a description without a name may be somebody: every member may, the agreement may not."""
    if argument is None:
        return 0.0
    if ask is not Ask.WHO:
        return UNNAMED
    head, first = argument.head.lower(), argument.text.split(" ", 1)[0].lower()
    if _singular(head) in _ANIMATE or head in _ANIMATE or first in QUANTIFIED:
        return 0.75
    if noun_frame(head) is not None or first in _ONES_OWN:
        return 0.2  # "his shot" won nothing
    some = head.endswith((*_DOING, "s")) or " of " in argument.text
    return 0.5 if some else 0.25  # "the rescuers" and "a herd of goats" may be somebody, "the salt" is not


def _description_fit(question: Question, wanted: str, argument: Argument | None) -> float:
    if argument is None:
        return 0.0
    head = _singular(argument.head.lower())
    if head == _singular(wanted):
        return UNNAMED if question.kind is not Kind.ANY else ALIKE
    if head in _kinds_of(wanted):
        return UNNAMED
    if stem(wanted) in stems(argument.text):
        return 0.5
    return DOUBTFUL if question.kind is not Kind.ANY else 0.4


@lru_cache(maxsize=256)
def _kinds_of(wanted: str) -> frozenset[str]:
    return frozenset(_singular(word) for word in _KINDS_OF.get(wanted, "").split())


def _singular(word: str) -> str:
    """A noun without its plural ending; a stem would take the Senate for a senator."""
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s") if not word.endswith("ss") else word


def is_noun(head: str, wanted: str) -> bool:
    """Whether a phrase's head is the noun asked for, in the singular or the plural."""
    return _singular(head.lower()) == _singular(wanted)


def beside(mention: Mention, line: Line) -> frozenset[str]:
    """What the sentence calls a thing right before or after its name: "the premier of Norvia, Ms. Falk", "Falk, a senator"."""
    text = line.article.text
    before = text[max(line.start, mention.start - REACH) : mention.start]
    return _beside(before, text[mention.end : min(line.end, mention.end + REACH)])


@lru_cache(maxsize=4096)  # each fact of a sentence asks
def _beside(text_before: str, text_after: str) -> frozenset[str]:
    before, after = _BEFORE.search(text_before), _AFTER.match(text_after)
    if before is not None and re.search(r"\b(?:of|for|in|at|by|with|from|to)\s+(?:the\s+)?$", before[0]):
        before = None  # "the premier of Norvia" calls Norvia nothing
    return _spelled(before[1] if before else "") | _spelled(after[1] if after else "")


_said: WeakKeyDictionary[Ground, dict[str, frozenset[str]]] = WeakKeyDictionary()


def called(entity: Entity, ground: Ground) -> frozenset[str]:
    """The words, in the singular, of all that the articles call a thing: its names, descriptions and offices."""
    if ground not in _said:
        _said[ground] = _offices(ground)
    own = frozenset(s for name in (entity.name, *entity.names) for s in _spelled(name))
    return own | _said[ground].get(entity.name, frozenset())


@lru_cache(maxsize=8192)
def _spelled(text: str) -> frozenset[str]:
    return frozenset(_singular(word) for word, _, _ in words(text) if word not in STOP_WORDS)


def _offices(ground: Ground) -> dict[str, frozenset[str]]:
    """What each holder of an office is called in all articles."""
    held: dict[str, set[str]] = defaultdict(set)
    for line in ground.lines:
        for fact in line.facts:
            if fact.kind != "hold_office" or fact.negated:
                continue
            holders = [a.entity for a in fact.arguments if a.role == "agent" and a.entity is not None]
            offices = [a.text for a in fact.arguments if a.role == "patient"]
            for holder in holders:
                held[ground.names.of(line.article.id, holder).name].update(
                    s for text in offices for s in _spelled(text)
                )
    return {name: frozenset(said) for name, said in held.items()}
