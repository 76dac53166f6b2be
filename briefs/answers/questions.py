"""What a question asks: the kind of answer, the event it is about, and the words an answer's sentence must share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask, Kind, Unit, asks_news, asks_of, kind_of, role_of, unit_of, wanted, wanted_token
from briefs.answers.clause import Clause, clauses
from briefs.answers.conditions import conditions_of, span_of, timed_words, times_of
from briefs.answers.english import english
from briefs.answers.event import HOSTED, Event, event_of
from briefs.answers.keys import Key, keys_of
from briefs.answers.known import Named, Typed, recognised
from briefs.answers.lexicon import ORDER, RUNNING, WH
from briefs.answers.rank import order_of, superlative_of
from briefs.answers.rephrasing import rephrased
from briefs.answers.spelling import besides, spelled
from briefs.answers.tense import Tense, tense_of
from briefs.language.words import STOP_WORDS, stem, stems, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from briefs.language.names import Names
    from briefs.models import Role, When

__all__ = ["Key", "Kind", "Question", "Tense", "Unit", "search_terms", "understand"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    One that asks for several things ("who is buying it and how much are they paying?") describes the first; ``slots`` has
    each of them as a question of its own, with its own noun, kind, unit, role and event and one thing in ``asks``.
    """

    text: str
    asks: tuple[Ask, ...]
    keys: tuple[Key, ...]
    word: str | None  # of the event asked about, as typed
    lemma: str | None  # with its particle: "step down"
    frame: str  # its frame, or "other"
    subject_asked: bool  # "who met her" asks for the agent, "whom did she meet" for the other side
    wanted: str | None  # the noun asked for: "which airline", "how many jobs", "what date"
    kind: Kind
    tense: Tense
    order: str | None  # "next", "last" or "first"
    times: tuple[When, ...] = ()
    passive: bool = False  # "who was arrested"
    office: frozenset[str] = frozenset()  # the office asked after: "who is the mayor of X"
    subject: frozenset[str] = frozenset()  # stems of who does it, where the question says
    object: frozenset[str] = frozenset()  # stems of whom or what it is done to, where the question says
    excluded: frozenset[str] = frozenset()  # stems after "besides", "other than"
    role: Role | None = None  # of the answer in the event; None where the question leaves it open
    preposition: str | None = None  # that the answer stands behind: "to" in "who did she apologise to"
    unit: Unit | None = None  # of an amount asked for
    negated: bool = False  # "who did not vote", "why won't she come"
    superlative: str | None = None  # "biggest", "only", "most expensive"
    beside: tuple[
        tuple[str, frozenset[str]], ...
    ] = ()  # prepositions with the stems behind them: ("against", {"apple"})
    span: tuple[datetime | None, datetime | None] | None = None  # between which the event lies; None is open
    plain: str = ""  # as put to the parser: in full words, with the names spelled right
    parts: tuple[Question, ...] = ()  # each thing asked, where there are several

    def __hash__(self) -> int:
        """By the words alone: for each sentence it is looked up how a question is weighed."""
        return hash(self.text)

    @property
    def slots(self) -> tuple[Question, ...]:
        """Each thing asked as a question of its own, in order."""
        return self.parts or (self,)


def search_terms(nlp: Language, text: str) -> tuple[str, ...]:
    """The words to look candidate articles up by: content words, as typed and in their plain form."""
    plain = spelled(text).rstrip("?.! ")
    doc = nlp(_opened(plain))  # mostly what understanding it parses, too: one that remembers need not again
    terms: list[str] = []
    for token in doc:
        word = token.text.lower()
        if not any(c.isalnum() for c in word) or word in STOP_WORDS or word in WH:
            continue
        terms.append(word)
        if token.lemma_.lower() != word:
            terms.append(token.lemma_.lower())
    return tuple(dict.fromkeys(terms))


def understand(
    nlp: Language,
    text: str,
    *,
    names: Names | None = None,
    whens: Sequence[When] | None = None,
    now: datetime | None = None,
) -> Question:
    """The question as asked.

    ``names`` tells how the articles spell the names it means. Its times are ``whens``, found in ``besides(text)[0]``; where
    those are None they are found here, relative ones as of ``now``.
    """
    plain, excluded = besides(text)
    known = english(nlp)
    typed = recognised(plain, names, known) if names is not None else Typed(plain)
    newsy = asks_news(typed.text)
    full = typed.text if newsy else rephrased(typed.text)
    full = _opened(full)
    doc = _with_names(nlp(full))
    named = _moved(typed, full)
    found = [w for w in times_of(doc, now, whens) if not any(n.start <= w.start < n.end for n in named)]
    timed = timed_words(doc, found)
    read = clauses(doc, timed, known)
    keys = keys_of(doc, read, _wanted_indices(read), timed, named, known)
    reader = _Reader(text, full, doc, keys, conditions_of(doc, found), timed, excluded)
    parts = [part for clause in read for part in reader.parts(clause)]
    first = parts[0]
    if newsy:
        return replace(first, asks=(Ask.NEWS,), keys=_without_slots(keys))
    asks = tuple(dict.fromkeys(ask for part in parts for ask in part.asks))
    return replace(first, asks=asks, parts=tuple(parts) if len(parts) > 1 else ())


def _with_names(doc: Doc) -> Doc:
    """The parse with names for what the tagger takes for exclamations: "what did Odell say"."""
    for token in doc:
        if token.tag_ == "UH" and token.i and token.text[:1].isupper():
            token.tag_, token.pos_ = "NNP", "PROPN"
    return doc


def _opened(text: str) -> str:
    """The text with a capital at its beginning, as the parser has learned it."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What all parts of one question share."""

    text: str
    plain: str
    doc: Doc
    keys: tuple[Key, ...]
    times: tuple[When, ...]
    timed: frozenset[int]
    excluded: frozenset[str]

    def parts(self, clause: Clause) -> list[Question]:
        """A question for each thing that a clause asks."""
        return [self._part(clause, ask) for ask in asks_of(clause, self.doc)]

    def _part(self, clause: Clause, ask: Ask) -> Question:
        event = event_of(clause, self.doc)
        tense = tense_of(clause, self.doc, ask, self.timed)
        held = ask is Ask.WHO and tense is not Tense.PAST and _is_held(clause, event)
        frame = "hold_office" if held else event.frame
        noun = wanted(clause)
        subject, thing = self._sides(clause)
        return Question(
            text=self.text,
            asks=(ask,),
            keys=self.keys,
            word=event.word,
            lemma=event.lemma,
            frame=frame,
            subject_asked=clause.gap in ("subject", "predicate"),
            wanted=noun,
            kind=kind_of(ask, noun),
            tense=tense,
            order=order_of(self.doc, self.timed | ({clause.verb.i} if clause.verb is not None else set())),
            times=self.times,
            passive=clause.passive,
            office=event.office if frame == "hold_office" else frozenset(),
            subject=subject,
            object=thing,
            excluded=self.excluded,
            role=role_of(clause, ask, frame),
            preposition=clause.lead,
            unit=unit_of(clause, ask, noun, self.doc),
            negated=clause.negated,
            superlative=superlative_of(self.doc, self.timed),
            beside=tuple((p, self._stems(tokens)) for p, tokens in clause.beside if self._stems(tokens)),
            span=span_of(self.times),
            plain=self.plain,
        )

    def _sides(self, clause: Clause) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of who does it and of what it is done to, in the passive too."""
        if clause.copular or clause.lemma == "cost" or clause.lemma in HOSTED:
            return frozenset(), frozenset()  # what costs a thing is told of those who pay, too; a talk does nothing
        subject, thing = self._stems(clause.subject), self._stems(clause.object)
        if clause.passive:
            by = frozenset(s for p, tokens in clause.beside if p == "by" for s in self._stems(tokens))
            return by, subject
        return subject, thing

    def _stems(self, tokens: Sequence[Token]) -> frozenset[str]:
        return frozenset(
            stem(word)
            for t in tokens
            if t.pos_ != "PRON" and t.i not in self.timed and t.lower_ not in ORDER
            for word, _, _ in words(t.text)
            if word not in STOP_WORDS
        )


def _is_held(clause: Clause, event: Event) -> bool:
    """Whether who does it is who holds an office: "who is the mayor", "who runs the agency"."""
    return event.is_office or (event.lemma in RUNNING and bool(clause.object) and clause.gap == "subject")


def _wanted_indices(read: Sequence[Clause]) -> frozenset[int]:
    return frozenset(token.i for clause in read if (token := wanted_token(clause)) is not None)


def _moved(typed: Typed, full: str) -> tuple[Named, ...]:
    """The names where the rephrased question has them."""
    moved = []
    for name in typed.named:
        spelling = typed.text[name.start : name.end]
        at = full.find(spelling)
        if at < 0:
            at = full.lower().find(spelling.lower())
        if at >= 0:
            moved.append(replace(name, start=at, end=at + len(spelling)))
    return tuple(moved)


_NEWSY = stems(
    "news new latest happen update word development go tell quick summary recap rundown tldr overview catch fill give thing"
)


def _without_slots(keys: Sequence[Key]) -> tuple[Key, ...]:
    """The keys without the words that only ask for news; all where there is nothing else."""
    return tuple(key for key in keys if key.stem not in _NEWSY) or tuple(keys)
