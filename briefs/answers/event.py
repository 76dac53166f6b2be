"""The event that a question is about: its verb, or the noun where the verb is only "be" or carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers.asking import wanted
from briefs.answers.lexicon import ANY_HEAD, CARRYING, NAME_NOUNS, PERSON_NOUNS, TIME_NOUNS, WH
from briefs.facts import frames
from briefs.language.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from briefs.answers.clause import Clause

HOSTED = {
    "take effect",
    "come into force",
    "come into effect",
    "take place",
    "happen",
    "occur",
}  # tell of the subject's event
_STATES = {
    "late": "delay", "dead": "die", "married": "marry", "bankrupt": "collapse", "closed": "close", "hurt": "injure", "divorced": "divorce",
}  # fmt: skip
_FALLING = {"drop", "cut", "shed"}
_RESULTS = {"vote", "score", "result", "tally", "margin", "scoreline", "toll"}
_ASIDES = TIME_NOUNS | NAME_NOUNS | {"reason", "location", "place"}  # "the date of the launch" is about the launch


@dataclass(frozen=True, slots=True)
class Event:
    """The word of the event as typed, its lemma with its particle, and its frame, or "other"."""

    word: str | None
    lemma: str | None
    frame: str
    is_office: bool = False  # or a relation that somebody holds

    @property
    def office(self) -> frozenset[str]:
        """The stem of the office asked after; none for "head" and "boss", which may be any."""
        return frozenset({stem(self.lemma)}) if self.lemma in PERSON_NOUNS - ANY_HEAD else frozenset()


def event_of(clause: Clause, doc: Doc) -> Event:
    """The event asked about: the verb, or the noun where the verb is only "be" or carries it ("gave a speech")."""
    if clause.copular or clause.lemma is None or clause.verb is None:
        return _of_be(clause, doc)
    carries = clause.lemma in CARRYING | HOSTED | {"come"}
    carried = _carried(clause) if carries else None
    if carried is not None:
        return carried
    drops = clause.frame == "cancel" and clause.lemma in _FALLING and any(t.like_num for t in clause.object)
    return Event(clause.verb.lower_, clause.lemma, "fall" if drops else clause.frame)  # "drop 1,000 points"


def _carried(clause: Clause) -> Event | None:
    """The event that a verb only carries: "held talks", "made the remarks"; of "took effect" the subject's."""
    tokens = clause.subject if clause.lemma in HOSTED else clause.object
    nouns = [t for t in tokens if t.tag_ in {"NN", "NNS", "VBZ"} and t.i not in clause.embedded]
    found = frames.noun_frame(nouns[-1].lemma_.lower()) if nouns else None
    return Event(nouns[-1].lower_, found.verbs[0], found.name) if found is not None else None


def _of_be(clause: Clause, doc: Doc) -> Event:
    """The event where the verb is only "be", or none was found."""
    if clause.verb is None and clause.noun is None:
        return _of_root(doc)
    if wanted(clause) in _RESULTS and (verb := _embedded_verb(clause, doc)) is not None:
        return _of_verb(verb)
    if _asks_charge(clause):
        return Event("charge", "lead", "hold_office")
    return _of_adjective(clause, doc) or _of_noun(_meant(clause)) or _of_root(doc)


def _embedded_verb(clause: Clause, doc: Doc) -> Token | None:
    """The verb of a clause inside: "what was the score when they met"."""
    inside = (doc[i] for i in sorted(clause.embedded))
    return next((t for t in inside if t.tag_ in {"VBD", "VBZ", "VBP", "VBN"} and t.pos_ == "VERB"), None)


def _of_verb(verb: Token) -> Event:
    lemma = verb.lemma_.lower()
    return Event(verb.lower_, lemma, frames.frame(lemma, "VERB"))


def _asks_charge(clause: Clause) -> bool:
    """Whether it is "who is in charge"."""
    charged = any(preposition == "in" and ts and ts[0].lower_ == "charge" for preposition, ts in clause.beside)
    return charged and bool(clause.wh) and clause.wh[0].lower_ == "who"


def _of_adjective(clause: Clause, doc: Doc) -> Event | None:
    """What an adjective tells of a thing: "why is it late", "when are they due in court"."""
    if not clause.subject or not clause.wh or (clause.wh[0].lower_ in ("who", "what", "which") and not clause.lead):
        return None
    after = clause.subject[-1].i + 1
    event = clause.noun is not None and frames.noun_frame(clause.noun.lemma_.lower()) is not None
    for token in doc[after : after + 3]:
        if token.tag_ in {"JJ", "VBN", "RB"} and token.lower_ not in ("now", "still", "so", "not", "again"):
            if event and token.lower_ not in _STATES:
                return None
            return Event(token.lower_, token.lemma_.lower(), _STATES.get(token.lower_, frames.OTHER))
        if token.tag_ in {"IN", "TO"}:
            break
    return None


def _meant(clause: Clause) -> Token | None:
    """The noun of the event; of "the launch date", "the date of the launch" the launch."""
    noun = clause.noun
    if noun is None or noun.lemma_.lower() not in _ASIDES:
        return noun
    near = [t for t in clause.subject if t.i > noun.i]
    behind = [t for t in (*near, *(t for _, ts in clause.beside for t in ts)) if t.tag_[:2] == "NN"]
    events = [t for t in behind if frames.noun_frame(t.lemma_.lower()) is not None]
    before = [t for t in clause.subject if t.i < noun.i and t.tag_ in {"NN", "NNS"}]
    plain = [t for t in behind if t.tag_ in {"NN", "NNS"}]
    return next(iter([*events[:1], *before[-1:], *plain[-1:], *behind[-1:]]), noun)


def _of_noun(noun: Token | None) -> Event | None:
    """The event that a noun names; a proper name names none."""
    if noun is None:
        return None
    lemma = noun.lemma_.lower()
    is_office = lemma in PERSON_NOUNS
    named = noun.tag_ in {"NNP", "NNPS"} and not is_office
    return Event(noun.lower_, lemma, frames.OTHER if named else frames.frame(lemma, "NOUN"), is_office)


def _of_root(doc: Doc) -> Event:
    """The parser's own idea of the main word, where the clause could not be read."""
    root = next((t for t in doc if t.dep_ == "ROOT" and t.lower_ not in WH), None)
    if root is None or root.is_punct:
        return Event(None, None, frames.OTHER)
    lemma = root.lemma_.lower()
    return Event(root.lower_, lemma, frames.frame(lemma, root.pos_))
