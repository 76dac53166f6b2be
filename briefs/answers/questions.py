"""What a question asks: the kind of answer, the event it is about, and the words an answer's sentence must share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from briefs.answers.asking import Ask, asks_of, wanted_noun, wh_tokens
from briefs.answers.lexicon import (
    ANY_HEAD,
    FUTURE_CUES,
    LIGHT_VERBS,
    NAME_NOUNS,
    ORDER,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    RUNNING,
    TIME_NOUNS,
    WH,
)
from briefs.answers.spelling import besides, capitalised, spelled
from briefs.facts import frames
from briefs.language.words import STOP_WORDS, stem, words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from briefs.language.names import Names
    from briefs.models import When


class Tense(StrEnum):
    """Whether the question takes the event as done, as coming, or leaves it open."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


class Kind(StrEnum):
    """What sort of thing may be the answer."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Key:
    """A content word of the question. ``weight`` scales its rarity; names weigh more, the wanted noun less."""

    stem: str
    word: str
    weight: float
    is_name: bool = False
    frame: str | None = None  # for verbs and nominal events: other words of the frame match too


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood."""

    text: str
    asks: tuple[Ask, ...]
    keys: tuple[Key, ...]
    word: str | None  # of the event asked about, as typed
    lemma: str | None
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


def understand(nlp: Language, text: str, *, names: Names | None = None, whens: Sequence[When] = ()) -> Question:
    """The question as asked. ``names`` gives words typed in lower case the capitals that the parser needs."""
    plain, excluded = besides(text)
    doc = nlp(capitalised(plain, names) if names else plain)
    wh = wh_tokens(doc)
    root = _event(doc, wh)
    asks = asks_of(doc, wh, root)
    wanted = wanted_noun(doc, wh, asks)
    lemma = root.lemma_.lower() if root is not None else None
    frame = frames.frame(lemma, root.pos_) if root is not None and lemma else frames.OTHER
    if asks[0] is Ask.WHO and lemma in RUNNING | PERSON_NOUNS and Tense.PAST is not _tense(doc, root):
        frame = "hold_office"
    return Question(
        text=text,
        asks=asks,
        keys=_keys(doc, wh, wanted, asks, {i for when in whens for i in range(when.start, when.end)}),
        word=root.lower_ if root is not None else None,
        lemma=lemma,
        frame=frame,
        subject_asked=_subject_asked(wh, root),
        wanted=wanted.lemma_.lower() if wanted is not None else None,
        kind=_kind(asks[0], wanted),
        tense=_tense(doc, root),
        order=next(
            (ORDER[t.lower_] for t in doc if t.lower_ in ORDER and t.dep_ in ("amod", "compound", "ROOT", "advmod")),
            None,
        ),
        times=tuple(whens),
        subject=_side(root, wh, ("agent",) if _is_passive(root) else ("nsubj", "agent")),
        object=_side(root, wh, ("nsubj", "nsubjpass") if _is_passive(root) else ("dobj", "dative")),
        passive=_is_passive(root),
        office=_office(lemma) if frame == "hold_office" else frozenset(),
        excluded=excluded,
    )


def _event(doc: Doc, wh: Sequence[Token]) -> Token | None:
    """The word of the event asked about: the main verb, or the noun where the verb is only "be"."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None:
        return None
    if (root.pos_ == "NOUN" or root.lemma_ == "do") and (verb := _verb_missed(doc)) is not None:
        return verb
    if root.lemma_ in ("be", "have", "do") or root.pos_ == "AUX":
        return _under_copula(root, wh) or root
    if root.lower_ in WH:
        return next((t for t in doc if t.pos_ == "VERB"), next((t for t in doc if t.pos_ == "NOUN"), None))
    while (inner := _meant_by(root)) is not None:
        root = inner
    if root.pos_ == "NOUN" and root.lemma_.lower() in TIME_NOUNS | NAME_NOUNS:
        return next((t for t in doc if t.dep_ in ("pobj", "relcl", "nsubj") and t is not root), root)
    return root


def _verb_missed(doc: Doc) -> Token | None:
    """The verb of a question that the parser takes for a noun phrase: "how many people did the flood kill"."""
    backward = [t for t in reversed(list(doc)) if not t.is_punct and t.lemma_ not in ("be", "do", "have")]
    verb = next((t for t in backward if t.pos_ == "VERB"), None)
    if verb is None and any(t.lower_ in ("did", "do", "does") for t in doc):
        return next((t for t in backward if frames.verb_frame(t.lemma_.lower())), None)
    return verb


def _under_copula(root: Token, wh: Sequence[Token]) -> Token | None:
    """What "is" only links: "is expected to announce", "is the next launch", "is the date of the speech"."""
    verbs = [c for c in root.children if c.dep_ in ("ccomp", "xcomp", "advcl", "acomp", "attr") and c.pos_ == "VERB"]
    nouns = [c for c in root.children if c.dep_ in ("nsubj", "attr", "dobj") and c not in wh and c.lower_ not in WH]
    plain = [n for n in nouns if n.lemma_.lower() not in TIME_NOUNS]
    inner = [t for n in nouns for t in n.subtree if t.dep_ == "pobj" and t.pos_ == "NOUN"]
    return next(iter([*verbs, *plain, *inner, *nouns]), None)


def _meant_by(verb: Token) -> Token | None:
    """The verb that "expected to", "due to", "going to" only announce."""
    if verb.lemma_ not in ("expect", "suppose", "schedule", "go", "plan", "set", "head", "start"):
        return None
    return next((c for c in verb.children if c.dep_ in ("xcomp", "advcl", "ccomp") and c.pos_ == "VERB"), None)


def _keys(
    doc: Doc, wh: Sequence[Token], wanted: Token | None, asks: Sequence[Ask], timed: Collection[int]
) -> tuple[Key, ...]:
    """The content words; those of a time ("on June 9", characters ``timed``) are a condition instead."""
    keys: dict[str, Key] = {}
    asked = {t.i for t in wh}
    silent = {wanted.i} if wanted is not None and wanted.lemma_.lower() in TIME_NOUNS | NAME_NOUNS else set()
    for token in doc:
        if token.idx in timed:
            continue
        for word, _, _ in words(token.text):
            light = token.lemma_.lower() in LIGHT_VERBS and token.pos_ in ("VERB", "AUX")
            if (
                word in STOP_WORDS
                or token.i in asked | silent
                or token.pos_ in ("AUX", "DET")
                or token.lower_ in ORDER
                or light
            ):
                continue
            if asks[0] in (Ask.HOW_MANY, Ask.HOW_MUCH, Ask.HOW_LONG) and word in ("many", "much", "long"):
                continue
            frame = frames.frame(token.lemma_.lower(), token.pos_) if token.pos_ in ("VERB", "NOUN") else frames.OTHER
            is_name = (
                token.pos_ == "PROPN"
                or (token.i > 0 and token.text[:1].isupper())
                or token.ent_type_ in ("PERSON", "ORG", "GPE", "LOC", "PRODUCT")
            )
            weight = 0.5 if wanted is not None and token.i == wanted.i else 1.3 if is_name else 1.0
            root = stem(token.lemma_.lower()) if token.pos_ == "VERB" else stem(word)
            keys.setdefault(root, Key(root, word, weight, is_name, frame if frame != frames.OTHER else None))
    return tuple(keys.values())


def _subject_asked(wh: Sequence[Token], root: Token | None) -> bool:
    """Whether the wh-word is the subject: a verb with another subject before it makes it the object."""
    if not wh or root is None or root.pos_ != "VERB":
        return True
    token = wh[0]
    subjects = [c for c in root.children if c.dep_ in ("nsubj", "nsubjpass") and token not in c.subtree]
    return token.lower_ != "whom" and not subjects


def _is_passive(root: Token | None) -> bool:
    if root is None or root.pos_ != "VERB":
        return False
    helped = any(c.dep_ in ("auxpass", "aux") and c.lemma_ == "be" for c in root.children)
    return helped and root.tag_ in ("VBN", "VBD")


def _office(lemma: str | None) -> frozenset[str]:
    """The office asked after; "head" and "boss" may be any."""
    return frozenset({stem(lemma)}) if lemma in PERSON_NOUNS - ANY_HEAD else frozenset()


def _side(root: Token | None, wh: Sequence[Token], labels: tuple[str, ...]) -> frozenset[str]:
    """The stems of the verb's subject or object as the question gives it, without the wh-word's own phrase."""
    if root is None or root.pos_ != "VERB":
        return frozenset()
    asked = {
        t.i for token in wh for t in (token, token.head if token.dep_ in ("det", "poss", "advmod", "amod") else token)
    }
    sides = [
        c for c in root.children if c.dep_ in labels and c.i not in asked and not any(t.i in asked for t in c.subtree)
    ]
    return frozenset(
        stem(word)
        for side in sides
        for t in side.subtree
        if t.pos_ != "PRON"
        for word, _, _ in words(t.text)
        if word not in STOP_WORDS
    )


def _kind(ask: Ask, wanted: Token | None) -> Kind:
    lemma = wanted.lemma_.lower() if wanted is not None else ""
    if lemma in PERSON_NOUNS:
        return Kind.PERSON
    if lemma in ORGANISATION_NOUNS:
        return Kind.ORGANISATION
    if lemma in PLACE_NOUNS or ask is Ask.WHERE:
        return Kind.PLACE
    return Kind.ANY


def _tense(doc: Doc, root: Token | None) -> Tense:
    if any(t.lower_ in FUTURE_CUES for t in doc) and not any(
        t.lower_ in ("did", "has", "have", "was", "were") for t in doc[:4]
    ):
        return Tense.FUTURE
    main = next((t for t in doc if t.dep_ == "ROOT"), None)
    if main is not None and main.lower_ in ("is", "are", "'s") and any(t.lower_ == "when" for t in doc):
        return Tense.FUTURE  # "when is the launch" looks ahead
    near = [t for t in (root, main) if t is not None]
    helpers = {c.lower_ for t in near for c in t.children if c.dep_ in ("aux", "auxpass")} | {t.lower_ for t in near}
    if helpers & {"did", "has", "have", "had", "was", "were", "'ve"} or any(t.tag_ in ("VBD", "VBN") for t in near):
        return Tense.PAST
    if helpers & {"does", "do"} or any(t.tag_ == "VBG" for t in near):
        return Tense.FUTURE if any(t.lower_ == "when" for t in doc) else Tense.OPEN
    return Tense.OPEN
