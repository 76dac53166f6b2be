"""What a question asks: the kind of answer, the event it is about, and the words an answer's sentence must share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask, Kind, Unit, asks_news, asks_of, kind_of, role_of, unit_of, wanted, wanted_token
from briefs.answers.clause import Clause, clauses
from briefs.answers.english import english
from briefs.answers.keys import Key, keys_of
from briefs.answers.known import Named, Typed, recognised
from briefs.answers.lexicon import (
    ANY_HEAD,
    BE,
    CARRYING,
    DO,
    FUTURE_CUES,
    HAVE,
    NAME_NOUNS,
    ORDER,
    PERSON_NOUNS,
    RUNNING,
    SUPERLATIVES,
    TIME_NOUNS,
    WH,
)
from briefs.answers.rephrasing import rephrased
from briefs.answers.spelling import besides, spelled
from briefs.facts import frames
from briefs.language import times as timing
from briefs.language.pipeline import Passage
from briefs.language.words import STOP_WORDS, stem, stems, words
from briefs.models import BlockKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from briefs.language.names import Names
    from briefs.models import Role, When

__all__ = ["Key", "Kind", "Question", "Tense", "Unit", "search_terms", "understand"]


class Tense(StrEnum):
    """Whether the question takes the event as done, as coming, or leaves it open."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


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

    @property
    def slots(self) -> tuple[Question, ...]:
        """Each thing asked as a question of its own, in order."""
        return self.parts or (self,)


def search_terms(nlp: Language, text: str) -> tuple[str, ...]:
    """The words to look candidate articles up by: content words, and the other words of the frames they belong to."""
    doc = nlp(spelled(text))
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
    full = full[:1].upper() + full[1:]
    doc = nlp(full)
    named = _moved(typed, full)
    found = tuple(
        w
        for w in _times(doc, now, whens)
        if "X" not in w.value and not w.value.endswith("T_REF") and not any(n.start <= w.start < n.end for n in named)
    )
    timed = _timed(doc, found)
    read = _shared(clauses(doc, timed, known))
    conditions = tuple(when for when in found if when.value != "PRESENT_REF" and _is_condition(doc, when))
    keys = keys_of(doc, read, _wanted_indices(read), timed, named, known)
    reader = _Reader(text, full, doc, keys, conditions, timed, excluded)
    parts = [part for clause in read for part in reader.parts(clause)]
    first = parts[0]
    if newsy:
        return replace(first, asks=(Ask.NEWS,), keys=_without_slots(keys))
    asks = tuple(dict.fromkeys(ask for part in parts for ask in part.asks))
    return replace(first, asks=asks, parts=tuple(parts) if len(parts) > 1 else ())


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
        event = _event(clause, self.doc)
        tense = _tense(clause, self.doc, ask, self.timed)
        frame = event.frame
        runs = event.lemma in RUNNING and bool(clause.object) and clause.gap == "subject"
        if ask is Ask.WHO and (runs or event.office or event.frame == "hold_office") and tense is not Tense.PAST:
            frame = "hold_office"
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
            order=_order(self.doc, self.timed | ({clause.verb.i} if clause.verb is not None else set())),
            times=self.times,
            passive=clause.passive,
            office=_office(event.lemma) if frame == "hold_office" else frozenset(),
            subject=subject,
            object=thing,
            excluded=self.excluded,
            role=role_of(clause, ask, frame),
            preposition=clause.lead,
            unit=unit_of(clause, ask, noun, self.doc),
            negated=clause.negated,
            superlative=_superlative(self.doc, self.timed),
            beside=tuple((p, self._stems(tokens)) for p, tokens in clause.beside if self._stems(tokens)),
            span=_span(self.times),
            plain=self.plain,
        )

    def _sides(self, clause: Clause) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of who does it and of what it is done to, in the passive too."""
        if clause.copular or clause.lemma == "cost" or clause.lemma in _HOSTED:
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


# --------------------------------------------------------------------------------------------------------- the event
@dataclass(frozen=True, slots=True)
class _Event:
    word: str | None
    lemma: str | None
    frame: str
    office: bool = False  # it is an office or relation somebody holds


_STATES = {
    "late": "delay",
    "dead": "die",
    "married": "marry",
    "bankrupt": "collapse",
    "closed": "close",
    "hurt": "injure",
    "divorced": "divorce",
}
_HOSTED = {"take effect", "come into force", "come into effect", "take place", "happen", "occur"}
_FALLING = {"drop", "cut", "shed"}
_RESULTS = {"vote", "score", "result", "tally", "margin", "scoreline", "toll"}


def _event(clause: Clause, doc: Doc) -> _Event:
    """The event asked about: the verb, or the noun where the verb is only "be" or carries it ("gave a speech")."""
    if clause.verb is None and clause.noun is None:
        return _fallback(doc)
    if clause.copular or clause.lemma is None:
        return _of_noun(clause, doc)
    assert clause.verb is not None
    lemma = clause.lemma
    carried = _carried(clause) if lemma in CARRYING | {"come"} or lemma in _HOSTED else None
    if carried is not None:
        return carried
    frame = clause.frame
    if frame == "cancel" and lemma in _FALLING and any(t.like_num for t in clause.object):
        frame = "fall"  # "drop 1,000 points"
    return _Event(clause.verb.lower_, lemma, frame)


def _of_noun(clause: Clause, doc: Doc) -> _Event:
    noun = clause.noun
    asked = wanted(clause)
    if asked is not None and asked in _RESULTS and (verb := _embedded_verb(clause, doc)) is not None:
        return verb
    if (
        clause.wh
        and clause.wh[0].lower_ == "who"
        and any(p == "in" and ts[0].lower_ == "charge" for p, ts in clause.beside if ts)
    ):
        return _Event("charge", "lead", "hold_office")
    adjective = _predicate(clause, doc)
    if adjective is not None:
        return adjective
    if noun is not None and noun.lemma_.lower() in TIME_NOUNS | NAME_NOUNS | {"reason", "location", "place"}:
        behind = [t for t in clause.subject if t.i > noun.i and t.tag_[:2] == "NN"]
        for _, tokens in clause.beside:
            behind += [t for t in tokens if t.tag_[:2] == "NN"]
        events = [t for t in behind if frames.noun_frame(t.lemma_.lower()) is not None]
        before = [t for t in clause.subject if t.i < noun.i and t.tag_ in {"NN", "NNS"}]
        plain = [t for t in behind if t.tag_ in {"NN", "NNS"}]
        noun = next(iter([*events[:1], *before[-1:], *plain[-1:], *behind[-1:]]), noun)
    if noun is None:
        return _fallback(doc)
    lemma = noun.lemma_.lower()
    named = noun.tag_ in {"NNP", "NNPS"} and lemma not in PERSON_NOUNS
    return _Event(
        noun.lower_, lemma, frames.OTHER if named else frames.frame(lemma, "NOUN"), office=lemma in PERSON_NOUNS
    )


def _predicate(clause: Clause, doc: Doc) -> _Event | None:
    """What an adjective tells of a thing: "why is it late", "when are they due in court"."""
    if not clause.subject or not clause.wh or (clause.wh[0].lower_ in ("who", "what", "which") and not clause.lead):
        return None
    after = clause.subject[-1].i + 1
    event = clause.noun is not None and frames.noun_frame(clause.noun.lemma_.lower()) is not None
    for token in doc[after : after + 3]:
        if token.tag_ in {"JJ", "VBN", "RB"} and token.lower_ not in ("now", "still", "so", "not", "again"):
            if event and token.lower_ not in _STATES:
                return None
            return _Event(token.lower_, token.lemma_.lower(), _STATES.get(token.lower_, frames.OTHER))
        if token.tag_ in {"IN", "TO"}:
            break
    return None


def _carried(clause: Clause) -> _Event | None:
    """The event that a verb only carries: "held talks", "made the remarks"; of "took effect" the subject's."""
    tokens = clause.subject if clause.lemma in _HOSTED else clause.object
    nouns = [t for t in tokens if t.tag_ in {"NN", "NNS", "VBZ"} and t.i not in clause.embedded]
    head = nouns[-1] if nouns else None
    found = frames.noun_frame(head.lemma_.lower()) if head is not None else None
    if head is None or found is None:
        return None
    return _Event(head.lower_, found.verbs[0], found.name)


def _embedded_verb(clause: Clause, doc: Doc) -> _Event | None:
    verb = next(
        (
            doc[i]
            for i in sorted(clause.embedded)
            if doc[i].tag_ in {"VBD", "VBZ", "VBP", "VBN"} and doc[i].pos_ == "VERB"
        ),
        None,
    )
    return (
        _Event(verb.lower_, verb.lemma_.lower(), frames.frame(verb.lemma_.lower(), "VERB"))
        if verb is not None
        else None
    )


def _fallback(doc: Doc) -> _Event:
    """The parser's own idea of the main word, where the clause could not be read."""
    root = next((t for t in doc if t.dep_ == "ROOT" and t.lower_ not in WH), None)
    if root is None or root.is_punct:
        return _Event(None, None, frames.OTHER)
    lemma = root.lemma_.lower()
    return _Event(root.lower_, lemma, frames.frame(lemma, root.pos_))


def _office(lemma: str | None) -> frozenset[str]:
    """The office asked after; "head" and "boss" may be any."""
    return frozenset({stem(lemma)}) if lemma in PERSON_NOUNS - ANY_HEAD else frozenset()


# ---------------------------------------------------------------------------------------------------- tense and order
def _tense(clause: Clause, doc: Doc, ask: Ask, timed: Collection[int]) -> Tense:
    helper = clause.auxiliary or (clause.verb.lower_ if clause.copular and clause.verb is not None else "")
    cues = {t.lower_ for t in doc if t.i not in clause.embedded and t.i not in timed}
    past = helper in ("did", "was", "were", "had", "has", "have", "'ve")
    if helper in ("was", "were", "had") and cues & {"supposed", "expected", "scheduled", "due", "planned", "meant"}:
        return Tense.OPEN  # what was to be, whether it came to be or not
    if helper in ("was", "were") and _is_purpose(clause, doc):
        return Tense.OPEN  # "whom was she travelling to Oslo to meet"
    if past:
        return Tense.PAST
    if cues & FUTURE_CUES or helper in ("will", "wo", "'ll", "shall"):
        return Tense.FUTURE
    if (
        ask is Ask.WHEN
        and any(t.lower_ == "when" for t in clause.wh)
        and (helper in BE | DO or (not helper and clause.verb is not None and clause.verb.tag_ in {"VBZ", "VBP"}))
    ):
        return Tense.FUTURE  # "when is the launch", "when does it begin" look ahead
    if helper in BE | DO | HAVE or helper:
        return Tense.OPEN
    if clause.verb is not None and not clause.copular and clause.verb.tag_ in {"VBD", "VBN"}:
        return Tense.PAST
    return Tense.OPEN


def _is_purpose(clause: Clause, doc: Doc) -> bool:
    """Whether the event is only what somebody was on the way to."""
    verb = clause.verb
    return (
        verb is not None
        and verb.i > 1
        and doc[verb.i - 1].lower_ == "to"
        and any(t.tag_ == "VBG" for t in doc[: verb.i])
    )


_FIRST_OF = {
    "name",
    "names",
    "lady",
    "minister",
    "aid",
    "degree",
    "quarter",
    "half",
    "person",
    "class",
    "division",
    "world",
    "war",
}


def _order(doc: Doc, timed: Collection[int]) -> str | None:
    """Which of several is asked for: the next, the last, the first."""
    for token in doc:
        if token.lower_ not in ORDER or token.i in timed:
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if token.lower_ == "first" and after is not None and after.lower_ in _FIRST_OF:
            continue
        if token.lower_ == "coming" and token.dep_ != "amod":
            continue
        if token.lower_ == "last" and token.tag_ in {"VB", "VBZ", "VBP"}:
            continue
        if token.lower_ in ("final", "original") and token.pos_ != "ADJ":
            continue
        return ORDER[token.lower_]
    return None


def _superlative(doc: Doc, timed: Collection[int]) -> str | None:
    for token in doc:
        if (
            token.i in timed
            or token.lower_ in ORDER
            or (token.lower_ in ("least", "worst") and token.i and doc[token.i - 1].lower_ == "at")
        ):
            continue
        if token.lower_ == "most" and token.i + 1 < len(doc) and doc[token.i + 1].tag_ in {"JJ", "VBN", "RB"}:
            return f"most {doc[token.i + 1].lower_}" if doc[token.i + 1].lower_ not in ORDER else None
        if token.tag_ in {"JJS", "RBS"} or token.lower_ in SUPERLATIVES - {"main", "most"}:
            return token.lower_
    return None


# --------------------------------------------------------------------------------------------------------------- times
def _times(doc: Doc, now: datetime | None, whens: Sequence[When] | None) -> tuple[When, ...]:
    if whens is not None and not whens:
        return ()
    return timing.find((Passage("question", 0, BlockKind.PROSE, 0, doc),), now) if whens is None else tuple(whens)


def _timed(doc: Doc, whens: Sequence[When]) -> frozenset[int]:
    """The indices of the words that tell times; "January" in "the January plan" names the plan."""
    return frozenset(
        t.i
        for when in whens
        if when.value == "PRESENT_REF" or _is_condition(doc, when)
        for t in doc
        if when.start <= t.idx < when.end
    )


def _is_condition(doc: Doc, when: When) -> bool:
    """Whether a time says when, and is no part of what a thing is called: "the 9/11 bill", "Secure America Now"."""
    inside = [t for t in doc if when.start <= t.idx < when.end]
    if not inside:
        return True
    after = doc[inside[-1].i + 1] if inside[-1].i + 1 < len(doc) else None
    before = doc[inside[0].i - 1] if inside[0].i else None
    if (
        after is None
        or after.tag_ not in {"NN", "NNS", "NNP", "NNPS", "POS"}
        or after.lower_ in ("morning", "night", "evening")
    ):
        return True
    linked = (before is not None and before.lower_ in ("the", "'s", "a", "this", "next", "last")) or (
        before is not None and before.tag_[:3] == "NNP"
    )
    return not (linked and any(t.dep_ in ("compound", "nmod", "amod", "nummod", "poss") for t in inside))


def _span(times: Sequence[When]) -> tuple[datetime | None, datetime | None] | None:
    """Between which instants the event lies: "since 2018" from its first on, "from 2007 to 2014" over both."""
    known = [when for when in times if when.first is not None and when.last is not None]
    if not known:
        return None
    first: datetime | None = min(when.first for when in known if when.first is not None)
    last: datetime | None = max(when.last for when in known if when.last is not None)
    if len(known) == 1:
        match known[0].modifier:
            case "since":
                last = None
            case "after":
                first, last = known[0].last, None
            case "before" | "until":
                first, last = None, known[0].first if known[0].modifier == "before" else known[0].last
            case _:
                pass
    return first, last


# ---------------------------------------------------------------------------------------------------------------- words
def _shared(read: list[Clause]) -> list[Clause]:
    """Parts without a verb of their own ask about the first one's event: "…, and at whose house?"."""
    first, *rest = read
    for clause in rest:
        if clause.verb is None and clause.noun is None:
            clause.verb, clause.lemma, clause.noun, clause.passive = first.verb, first.lemma, first.noun, first.passive
            clause.subject, clause.object, clause.beside = first.subject, first.object, first.beside
            clause.auxiliary, clause.copular, clause.spent = first.auxiliary, first.copular, first.spent
            clause.frame = first.frame
            if first.gap == "subject":
                clause.gap = "preposition" if clause.lead else "other"
    return [first, *rest]


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
