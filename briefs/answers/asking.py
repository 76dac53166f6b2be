"""Which kind of answer a question asks for, of what sort, in which unit and role."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from briefs.answers.lexicon import (
    AMOUNT_NOUNS,
    DEGREES,
    GROUP_NOUNS,
    MONEY_NOUNS,
    MONEY_VERBS,
    ORGANISATION_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    SHARE_NOUNS,
    SPAN_NOUNS,
    TIME_NOUNS,
)
from briefs.facts import frames
from briefs.facts.frames import MUTUAL

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from briefs.answers.clause import Clause
    from briefs.models import Role


class Ask(StrEnum):
    """The kind of answer asked for."""

    WHO = "who"
    WHICH = "which"  # one of a kind: a leader, an airline, a state
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HOW_LONG = "how_long"
    YES_NO = "yes_no"
    IDENTITY = "identity"  # who is X, what is X
    STATEMENT = "statement"  # what did X say about Y
    NEWS = "news"  # what happened to X, what is new with X
    PAIRS = "pairs"  # who met whom


class Kind(StrEnum):
    """What sort of thing may be the answer."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    ANY = "any"


class Unit(StrEnum):
    """What an amount is counted in."""

    COUNT = "count"  # of the noun asked for
    PEOPLE = "people"
    MONEY = "money"
    PERCENT = "percent"  # a share of a whole
    TIME = "time"
    AGE = "age"
    FREQUENCY = "frequency"
    LENGTH = "length"
    SPEED = "speed"
    WEIGHT = "weight"
    TEMPERATURE = "temperature"
    SCORE = "score"  # of a vote or a game


_NEWS = re.compile(
    r"^\W*(?:what(?: is|'s| has| have| are)? (?:new|going on|the latest|the news|up with|happening)\b|"
    r"what(?: has|'s)? happened(?: (?:to|with|at|in|between|on)\b|\W*$)|"
    r"what (?:will happen|happens|became|has become|becomes) (?:to|with|of)\b|"
    r"(?:what is the |is there |are there |got )?(?:any |some )?(?:the )?(?:news|latest|updates?|word|developments?) (?:on|about|from|with|of|regarding)\b|"
    r"(?:any|some) (?:thing )?(?:news|updates?|developments?)\b|anything new (?:on|about|with|from)\b|tell me about\b|"
    r"what (?:did|has|have) (?!(?:he|she|it|they|we|i|you)\b)[\w'’ -]{2,40}? (?:do|done|been doing|been up to)(?: (?:now|next|lately|recently|so far|"
    r"today|yesterday|this week|last week|on \w+day))?\W*$|"
    r"what(?: has|'s)? happened (?:today|yesterday|tonight|this|last|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|"
    r"(?:(?:give me )?(?:a |the )?(?:quick )?(?:summary|recap|rundown|tldr|overview) (?:of|on)|(?:catch me up|fill me in|update me) on)\b|"
    r"how is .{3,40} (?:going|doing|coming along)\W*$)",
    re.IGNORECASE,
)
_REASONS = {"reason", "cause", "motive", "motivation", "purpose"}
_KINDS_OF = {
    "kind",
    "type",
    "sort",
    "form",
    "one",
    "name",
    "number",
    "part",
    "group",
    "variety",
    "category",
    "lot",
    "most",
    "example",
    "piece",
    "set",
    "pair",
    "series",
}
_UNDERTAKINGS = {
    "program",
    "programme",
    "project",
    "initiative",
    "act",
    "treaty",
    "scheme",
    "mission",
    "movement",
    "system",
}
_MOVED = {"grow", "fall"}
_UNDERGOING = {
    "grow",
    "fall",
    "open",
    "close",
    "start",
    "end",
    "happen",
    "explode",
    "collapse",
    "change",
    "continue",
    "crash",
    "die",
    "born",
}
_SCORES = {"vote", "score", "result", "tally", "scoreline"}
_UNITS = {
    "speed": Unit.SPEED, "height": Unit.LENGTH, "depth": Unit.LENGTH, "width": Unit.LENGTH, "distance": Unit.LENGTH,
    "length": Unit.LENGTH, "weight": Unit.WEIGHT, "temperature": Unit.TEMPERATURE, "toll": Unit.PEOPLE, "population": Unit.PEOPLE,
    "attendance": Unit.PEOPLE, "duration": Unit.TIME, "age": Unit.AGE,
}  # fmt: skip
_DEGREE_UNITS = {
    "time": Unit.TIME, "frequency": Unit.FREQUENCY, "age": Unit.AGE, "length": Unit.LENGTH, "speed": Unit.SPEED,
    "weight": Unit.WEIGHT, "temperature": Unit.TEMPERATURE, "money": Unit.MONEY,
}  # fmt: skip


def asks_news(text: str) -> bool:
    """Whether a question asks for all that is new: "what happened to X", "any news on X"."""
    return _NEWS.match(text) is not None


def asks_of(clause: Clause, doc: Doc) -> tuple[Ask, ...]:
    """The kinds of answer that one clause asks for, in the order of its question words."""
    if not clause.wh:
        return (Ask.YES_NO,)
    if clause.mutual:
        return (Ask.PAIRS,)
    return tuple(dict.fromkeys(_ask(clause, token, doc) for token in clause.wh))


def _ask(clause: Clause, token: Token, doc: Doc) -> Ask:
    word = token.lower_
    after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
    if word == "how":
        return _how(after)
    if word in ("when", "where", "why"):
        return Ask(word)
    asked = wanted(clause)
    if asked in TIME_NOUNS and not _asks_thing(clause):
        return Ask.WHEN
    if word in ("who", "whom", "whose"):
        bare = clause.copular and not clause.phrase and word == "who"
        return Ask.IDENTITY if bare and _is_named(clause) else Ask.WHO
    return _what(clause, word, asked)


def _asks_thing(clause: Clause) -> bool:
    """Whether a time noun is the thing itself: "what season did the show end with"."""
    return clause.gap == "subject" and not clause.copular


def _how(after: str) -> Ask:
    if after == "come":
        return Ask.WHY
    degree = DEGREES.get(after)
    if after == "many":
        return Ask.HOW_MANY
    if degree in ("time", "frequency"):
        return Ask.HOW_LONG
    return Ask.HOW_MUCH if degree else Ask.HOW


def _what(clause: Clause, word: str, asked: str | None) -> Ask:
    """What "what" and "which" ask for, by the noun they stand with."""
    if asked in AMOUNT_NOUNS | SPAN_NOUNS:
        return Ask.HOW_MUCH
    if asked in _REASONS:
        return Ask.WHY
    if (
        clause.lead == "for"
        and not clause.phrase
        and clause.lemma is not None
        and clause.gap != "predicate"
        and not clause.copular
    ):
        return (
            Ask.WHY
            if clause.lemma not in ("ask", "look", "vote", "pay", "call", "search", "know", "stand", "use")
            and clause.passive
            else Ask.WHAT
        )
    if clause.phrase or word == "which":
        return Ask.WHICH
    if asked is not None and asked == _superlative_noun(clause):
        return Ask.WHO if asked in PERSON_NOUNS else Ask.WHICH
    if clause.copular and clause.noun is not None and not clause.lead:
        return Ask.IDENTITY if _defines(clause) else Ask.WHAT
    says = clause.lemma is not None and frames.frame(clause.lemma, "VERB") == "say"
    return Ask.STATEMENT if says and clause.gap == "object" and not clause.passive else Ask.WHAT


def _is_named(clause: Clause) -> bool:
    """Whether "who is …" goes on with a name and nothing else: a person to be described, not an office to be filled."""
    head = clause.noun
    if head is None or head.lemma_.lower() in PERSON_NOUNS or any(t.tag_ == "POS" for t in clause.subject):
        return False
    return (head.tag_ in {"NNP", "NNPS"} or head.text[:1].isupper()) and not clause.beside and not clause.embedded


def _defines(clause: Clause) -> bool:
    """Whether "what is …" asks what a thing is: a name, or a bare noun phrase."""
    if clause.embedded or any(t.tag_ == "POS" for t in clause.subject):
        return False
    named = clause.noun is not None and clause.noun.tag_ in {"NNP", "NNPS"}
    inner = [preposition for preposition, _ in clause.beside if preposition not in ("in", "of")]
    of = any(t.lower_ == "of" for t in clause.subject)
    undertaking = clause.noun is not None and clause.noun.lemma_.lower() in _UNDERTAKINGS
    called = undertaking and any(t.tag_ in {"NNP", "NNPS"} for t in clause.subject)  # "the Tern programme"
    definite = bool(clause.subject) and clause.subject[0].lower_ == "the" and not named and not called
    return not inner and not of and not definite and len(clause.subject) <= 4 + 2 * named


def wanted(clause: Clause) -> str | None:
    """The noun asked for: "which airline", "how many of the jobs", "what is the date of", "who was the first woman to"."""
    if clause.phrase:
        head = _phrase_head(clause.phrase)
        return None if head is None else _singular(head)
    if clause.copular and clause.wh and clause.wh[0].lower_ in ("what", "which", "who") and clause.noun is not None:
        lemma = clause.noun.lemma_.lower()
        kinds = TIME_NOUNS | AMOUNT_NOUNS | SPAN_NOUNS | _REASONS | {"name"}
        if clause.wh[0].lower_ != "who" and lemma in kinds and clause.noun.tag_ in {"NN", "NNS"}:
            return lemma
        return _superlative_noun(clause)
    return None


def _superlative_noun(clause: Clause) -> str | None:
    """The noun of "the biggest airline", one of a kind; an event is no such thing: "the latest launch"."""
    noun = clause.noun
    if noun is None or noun.tag_ not in {"NN", "NNS"} or frames.noun_frame(noun.lemma_.lower()) is not None:
        return None
    chosen = any(
        t.tag_ in {"JJS", "RBS"} or t.lower_ in ("only", "first", "last", "main", "top")
        for t in clause.subject
        if t.i < noun.i
    )
    return str(noun.lemma_.lower()) if chosen and clause.wh[0].lower_ == "what" else None


def _singular(noun: Token) -> str:
    lemma: str = noun.lemma_.lower()
    return lemma.removesuffix("s") if noun.tag_ in {"NNPS", "NNP"} and not lemma.endswith("ss") else lemma


def _phrase_head(phrase: tuple[Token, ...]) -> Token | None:
    """The noun of a phrase; that behind "of" for "kind of", and where "many of the jobs" has none before."""
    head: Token | None = None
    for i, token in enumerate(phrase):
        if token.lower_ in ("in", "on", "at", "from", "for", "to", "with", "by") and head is not None:
            break
        if token.lower_ == "of":
            if head is None or head.lemma_.lower() in _KINDS_OF:
                head = None
                continue
            break
        if token.tag_ == "POS":
            head = None
            continue
        if token.tag_ in {"NN", "NNS", "NNP", "NNPS", "CD", "VBG", "VBZ", "FW"} or (
            head is None and i == len(phrase) - 1
        ):
            head = token
    return head


def wanted_token(clause: Clause) -> Token | None:
    """The word of the noun asked for, where the question has it."""
    if clause.phrase:
        return _phrase_head(clause.phrase)
    return clause.noun if wanted(clause) is not None else None


def kind_of(ask: Ask, noun: str | None) -> Kind:
    """What sort of thing answers."""
    if noun in PERSON_NOUNS:
        return Kind.PERSON
    if noun in ORGANISATION_NOUNS:
        return Kind.ORGANISATION
    if noun in PLACE_NOUNS | GROUP_NOUNS or ask is Ask.WHERE:
        return Kind.PLACE
    return Kind.ANY


def unit_of(clause: Clause, ask: Ask, noun: str | None, doc: Doc) -> Unit | None:
    """What an amount asked for is counted in; None where the question leaves it open, or asks for none."""
    if ask not in (Ask.HOW_MANY, Ask.HOW_MUCH, Ask.HOW_LONG):
        return None
    if noun in _SCORES:
        return Unit.SCORE
    if noun in _UNITS:
        return _UNITS[noun]
    if noun in SHARE_NOUNS:
        return Unit.PERCENT
    if ask is Ask.HOW_MANY:
        return _counted(noun)
    degree = next(
        (DEGREES.get(doc[t.i + 1].lower_) for t in clause.wh if t.lower_ == "how" and t.i + 1 < len(doc)), None
    )
    if degree in _DEGREE_UNITS:
        return _DEGREE_UNITS[degree]
    if clause.phrase and clause.phrase[0].lower_ == "of":
        return Unit.PERCENT
    money = noun in MONEY_NOUNS or (
        noun is None and clause.lemma is not None and clause.lemma.split()[0] in MONEY_VERBS
    )
    if clause.copular and noun is None and degree == "amount":
        money = True  # "how much is a ticket"
    return Unit.MONEY if money else None


def _counted(noun: str | None) -> Unit:
    if noun in TIME_NOUNS | {"minute", "second"}:
        return Unit.TIME
    if noun in PEOPLE_NOUNS | PERSON_NOUNS:
        return Unit.PEOPLE
    if noun in {"dollar", "euro", "pound", "yen", "rouble", "ruble", "buck"}:
        return Unit.MONEY
    if noun in {"mile", "kilometre", "kilometer", "metre", "meter", "foot", "inch", "acre"}:
        return Unit.LENGTH
    return Unit.COUNT


def role_of(clause: Clause, ask: Ask, frame: str) -> Role | None:
    """The role that the answer plays in the event, as facts call it; None where the question does not tell."""
    simple: dict[Ask, Role] = {
        Ask.WHEN: "time", Ask.WHERE: "place", Ask.WHY: "reason", Ask.HOW: "manner", Ask.STATEMENT: "topic",
        Ask.HOW_LONG: "amount",
    }  # fmt: skip
    if ask in simple:
        return simple[ask]
    if ask not in (Ask.WHO, Ask.WHICH, Ask.WHAT, Ask.HOW_MANY, Ask.HOW_MUCH):
        return None
    if ask in (Ask.HOW_MANY, Ask.HOW_MUCH) and clause.lead in ("for", "by"):
        return "amount"
    if clause.gap == "subject":
        return _doer(clause, frame)
    if clause.gap == "preposition":
        return _by_preposition(clause, frame)
    if clause.gap == "object":
        return "agent" if clause.passive and clause.lead == "by" else "patient"
    if clause.copular and frame == "hold_office":
        return "agent"
    return "amount" if ask in (Ask.HOW_MANY, Ask.HOW_MUCH) else None


def _doer(clause: Clause, frame: str) -> Role:
    """The role of the subject: it undergoes what a passive says, and what happens to things by themselves."""
    if clause.passive:
        told = clause.lemma in ("tell", "give", "award", "offer") and bool(clause.object)
        return "recipient" if told else "patient"
    return "patient" if frame in _UNDERGOING and not clause.object else "agent"


_TALKING = {
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
    "apologise",
    "protest",
    "speak",
    "criticise",
    "accuse",
    "warn",
}


def _by_preposition(clause: Clause, frame: str) -> Role:
    """The role that the preposition left behind gives: "who did she apologise to", "what is he accused of"."""
    noun = wanted(clause)
    match clause.lead:
        case "with":
            return "co_agent" if clause.wh[-1].lower_ in ("who", "whom") or frame in MUTUAL else "other"
        case "by":
            return "agent"
        case "to" | "toward" | "towards":
            return (
                "place"
                if noun in PLACE_NOUNS or frame in {"launch", "travel", "deploy", "arrive", "leave"}
                else "recipient"
            )
        case "against":
            return "patient"
        case "about" | "regarding" | "concerning":
            return "topic"
        case "of" | "on" | "over" if noun not in PLACE_NOUNS:
            return "topic" if frame in _TALKING or clause.lead != "on" else "other"
        case "for":
            return "reason" if clause.wh[0].lower_ == "what" and not clause.phrase else "other"
        case "in" | "at" | "on" | "from" | "near" | "into" | "onto" | "through" | "across" | "over":
            return "place" if noun in PLACE_NOUNS or clause.lead in ("at", "near", "into", "onto") else "other"
        case _:
            return "other"
