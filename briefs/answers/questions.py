"""What a question asks: the kind of answer, the event it is about, and the words an answer's sentence must share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from briefs.answers.words import STOP_WORDS, stem, stems, words
from briefs.facts import frames
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from briefs.language.names import Names
    from briefs.models import When


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
    lemma: str | None  # of the event asked about
    frame: str  # its frame, or "other"
    subject_asked: bool  # "who met Putin" asks for the agent, "whom did Putin meet" for the other side
    wanted: str | None  # the noun asked for: "which airline", "how many jobs", "what date"
    kind: Kind
    tense: Tense
    order: str | None  # "next", "last" or "first"
    times: tuple[When, ...] = ()
    passive: bool = False  # "who was arrested"
    subject: frozenset[str] = frozenset()  # stems of who does it, where the question says
    object: frozenset[str] = frozenset()  # stems of whom or what it is done to, where the question says
    excluded: frozenset[str] = frozenset()  # stems after "besides", "other than"


_WH = {"who", "whom", "whose", "what", "which", "when", "where", "why", "how"}
_SPELLED = (
    (re.compile(r"\b(what|when|who|where|why|how)['’]?s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(what|when|who|where|why|how)['’]re\b", re.IGNORECASE), r"\1 are"),
    (
        re.compile(r"\b(does|do|did|is|are|was|were|has|have|had|wo|would|could|should|ca)n['’]?t\b", re.IGNORECASE),
        r"\1n't",
    ),
)
_TIME_NOUNS = {"date", "day", "time", "year", "month", "week", "hour", "weekday"}
_AMOUNT_NOUNS = {
    "profit", "revenue", "cost", "price", "number", "amount", "vote", "toll", "score", "share", "percentage", "percent",
    "salary", "budget", "loss", "size", "total", "result", "tally", "magnitude", "population", "rate", "value", "fine",
}  # fmt: skip
_NAME_NOUNS = {"name", "names"}
_PERSON_NOUNS = set(
    ["person", "people", "man", "woman", "leader", "officer", "president", "minister", "senator", "politician", "actor", "actress", "singer", "player", "judge", "lawyer", "governor", "mayor", "chief", "head", "director", "boss", "king", "queen", "pope", "general", "commander", "scientist", "author", "writer", "journalist", "reporter", "astronaut", "cosmonaut", "candidate", "winner", "owner", "founder", "ceo", "chairman", "chairwoman", "captain", "coach", "striker", "driver", "pilot", "doctor", "suspect", "victim", "witness", "spokesman", "spokeswoman", "spokesperson", "official", "lawmaker", "congressman", "congresswoman", "representative", "administrator", "secretary", "ambassador", "envoy", "chancellor", "prince", "princess", "emperor", "philosopher", "artist", "composer", "musician", "economist", "executive", "banker", "student", "teacher", "professor", "guy", "sister", "brother", "wife", "husband", "son", "daughter", "father", "mother"]
)
_PERSON_NOUNS |= {"head of government", "head of state"}
_ORGANISATION_NOUNS = set(
    ["airline", "company", "firm", "outlet", "studio", "bank", "agency", "organisation", "organization", "group", "party", "team", "club", "university", "school", "newspaper", "network", "station", "manufacturer", "maker", "carmaker", "automaker", "business", "corporation", "union", "court", "ministry", "department", "league", "band", "label", "publisher", "operator", "carrier", "retailer", "supplier"]
)
_PLACE_NOUNS = set(
    ["place", "city", "country", "state", "town", "village", "nation", "region", "province", "county", "continent", "location", "venue", "site", "island", "river", "mountain", "street", "airport", "port", "stadium", "capital", "district", "area", "building", "hotel", "planet"]
)
_RUNNING = {"run", "lead", "head", "chair", "govern", "manage", "own"}  # "who runs NASA" asks for an office
_FUTURE_CUES = {
    "will",
    "shall",
    "'ll",
    "going",
    "due",
    "expected",
    "supposed",
    "scheduled",
    "planned",
    "set",
    "upcoming",
    "next",
}
_ORDER = {
    "next": "next",
    "upcoming": "next",
    "coming": "next",
    "last": "last",
    "latest": "last",
    "previous": "last",
    "recent": "last",
    "first": "first",
}
_LIGHT_VERBS = {
    "do",
    "have",
    "be",
    "get",
    "make",
    "take",
    "go",
    "give",
    "happen",
    "hold",
    "call",
    "put",
    "use",
    "become",
}
_BESIDES = re.compile(
    r"^\W*(?:besides|other than|apart from|except(?: for)?)\s+([^,]+),\s*|,?\s+(?:besides|other than|apart from)\s+([^,?]+)",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"^\W*(?:what(?: is|'s| has)? (?:happened|happening|new|going on|the latest|up)\b|(?:any )?(?:news|latest|updates?) (?:on|about|from|with|of)\b|tell me about\b)",
    re.IGNORECASE,
)


def spelled(text: str) -> str:
    """The question with chat spellings written out: "whats", "when's" and the like."""
    folded = " ".join(text.replace("’", "'").split())
    for pattern, plain in _SPELLED:
        folded = pattern.sub(plain, folded)
    return folded


def besides(text: str) -> tuple[str, frozenset[str]]:
    """The question without "besides X", and the stems of X."""
    plain = spelled(text)
    found = _BESIDES.search(plain)
    if found is None:
        return plain, frozenset()
    return (plain[: found.start()] + plain[found.end() :]).strip(), stems(found[1] or found[2])


def search_terms(nlp: Language, text: str) -> tuple[str, ...]:
    """The words to look candidate articles up by: content words, and the other words of the frames they belong to."""
    doc = nlp(spelled(text))
    terms: list[str] = []
    for token in doc:
        word = token.text.lower()
        if not any(c.isalnum() for c in word) or word in STOP_WORDS or word in _WH:
            continue
        terms.append(word)
        if token.lemma_.lower() != word:
            terms.append(token.lemma_.lower())
    return tuple(dict.fromkeys(terms))


def understand(nlp: Language, text: str, *, names: Names | None = None, whens: Sequence[When] = ()) -> Question:
    """The question as asked. ``names`` gives words typed in lower case the capitals that the parser needs."""
    plain, excluded = besides(text)
    doc = nlp(_capitalised(plain, names) if names else plain)
    wh = _wh_tokens(doc)
    root = _event(doc, wh)
    asks = _asks(doc, wh, root)
    wanted = _wanted(doc, wh, asks)
    lemma = root.lemma_.lower() if root is not None else None
    frame = frames.frame(lemma, root.pos_) if root is not None and lemma else frames.OTHER
    if asks[0] is Ask.WHO and lemma in _RUNNING | _PERSON_NOUNS and Tense.PAST is not _tense(doc, root):
        frame = "hold_office"
    return Question(
        text=text,
        asks=asks,
        keys=_keys(doc, wh, wanted, asks, {i for when in whens for i in range(when.start, when.end)}),
        lemma=lemma,
        frame=frame,
        subject_asked=_subject_asked(wh, root),
        wanted=wanted.lemma_.lower() if wanted is not None else None,
        kind=_kind(asks[0], wanted),
        tense=_tense(doc, root),
        order=next(
            (_ORDER[t.lower_] for t in doc if t.lower_ in _ORDER and t.dep_ in ("amod", "compound", "ROOT", "advmod")),
            None,
        ),
        times=tuple(whens),
        subject=_side(root, wh, ("agent",) if _is_passive(root) else ("nsubj", "agent")),
        object=_side(root, wh, ("nsubj", "nsubjpass") if _is_passive(root) else ("dobj", "dative")),
        passive=_is_passive(root),
        excluded=excluded,
    )


def _capitalised(text: str, names: Names) -> str:
    """The text with known names in the capitals their articles give them: people type "who met putin"."""
    known = _spellings(names)
    out = list(text)
    for word, start, end in words(text):
        spelling = known.get(word)
        if spelling and word not in STOP_WORDS and word not in _WH and text[start:end].islower():
            out[start:end] = spelling
    first = "".join(out)
    return first[:1].upper() + first[1:]


def _spellings(names: Names) -> dict[str, str]:
    """How the words of proper names are written; words that are also common nouns of names ("house") stay as typed."""
    spellings: dict[str, str] = {}
    for entity in names.entities:
        for name in (entity.name, *entity.names):
            parts = [name[start:end] for _, start, end in words(name)]
            if not all(part[:1].isupper() or part[:1].isdigit() for part in parts):
                continue
            whole = entity.kind in (EntityKind.PERSON, EntityKind.PLACE) or len(parts) == 1
            spellings |= {part.lower(): part for part in parts if whole and len(part) > 2}
    return spellings


def _wh_tokens(doc: Doc) -> tuple[Token, ...]:
    return tuple(t for t in doc if t.lower_ in _WH and t.tag_ in ("WP", "WDT", "WRB", "WP$", "IN") and not _relative(t))


def _relative(token: Token) -> bool:
    """Whether a wh-word opens a relative clause ("the senator who voted") and asks nothing."""
    before = token.doc[token.i - 1] if token.i else None
    return before is not None and before.pos_ in ("NOUN", "PROPN") and token.i > 1


def _event(doc: Doc, wh: Sequence[Token]) -> Token | None:
    """The word of the event asked about: the main verb, or the noun where the verb is only "be"."""
    roots = [t for t in doc if t.dep_ == "ROOT"]
    root = roots[0] if roots else None
    if root is None:
        return None
    if root.lemma_ in ("be", "have", "do") or root.pos_ == "AUX":
        nouns = [
            c for c in root.children if c.dep_ in ("nsubj", "attr", "dobj") and c not in wh and c.lower_ not in _WH
        ]
        verbs = [
            c for c in root.children if c.dep_ in ("ccomp", "xcomp", "advcl", "acomp", "attr") and c.pos_ == "VERB"
        ]
        plain = [n for n in nouns if n.lemma_.lower() not in _TIME_NOUNS]
        if verbs:
            return verbs[0]
        if plain:
            return plain[0]
        inner = [t for n in nouns for t in n.subtree if t.dep_ == "pobj" and t.pos_ == "NOUN"]
        return inner[0] if inner else (nouns[0] if nouns else root)
    if root.lower_ in _WH:
        return next((t for t in doc if t.pos_ == "VERB"), next((t for t in doc if t.pos_ == "NOUN"), None))
    while root.lemma_ in ("expect", "suppose", "schedule", "go", "plan", "set", "head", "start") and (
        inner_verb := next(
            (c for c in root.children if c.dep_ in ("xcomp", "advcl", "ccomp") and c.pos_ == "VERB"), None
        )
    ):
        root = inner_verb
    if root.pos_ == "NOUN" and root.lemma_.lower() in _TIME_NOUNS | _NAME_NOUNS:
        return next((t for t in doc if t.dep_ in ("pobj", "relcl", "nsubj") and t is not root), root)
    return root


def _asks(doc: Doc, wh: Sequence[Token], root: Token | None) -> tuple[Ask, ...]:
    text = doc.text
    if _NEWS.match(text):
        return (Ask.NEWS,)
    if (
        len(wh) >= 2
        and {wh[0].lower_, wh[-1].lower_} <= {"who", "whom"}
        and wh[-1].dep_ in ("dobj", "pobj", "nsubj", "ccomp")
        and not _joined(doc, wh)
    ):
        return (Ask.PAIRS,)
    if not wh:
        return (_without_wh(doc, root),)
    asks: list[Ask] = []
    for token in wh:
        ask = _ask_of(token, root)
        if ask not in asks:
            asks.append(ask)
    return tuple(asks)


def _joined(doc: Doc, wh: Sequence[Token]) -> bool:
    return any(t.lower_ in ("and", "or", ",") for t in doc[wh[0].i + 1 : wh[-1].i])


def _ask_of(token: Token, root: Token | None) -> Ask:
    doc = token.doc
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    word = token.lower_
    if word == "how" and after is not None:
        return {"many": Ask.HOW_MANY, "much": Ask.HOW_MUCH, "long": Ask.HOW_LONG, "big": Ask.HOW_MUCH, "large": Ask.HOW_MUCH,
                "old": Ask.HOW_MUCH, "far": Ask.HOW_MUCH, "high": Ask.HOW_MUCH, "often": Ask.HOW_LONG}.get(after.lower_, Ask.HOW)  # fmt: skip
    if word in ("when", "where", "why", "how"):
        return Ask(word)
    noun = _noun_after(token)
    if noun is not None and noun.lemma_.lower() in _TIME_NOUNS:
        return Ask.WHEN
    if word in ("who", "whom", "whose"):
        return Ask.IDENTITY if _asks_identity(token) else Ask.WHO
    if noun is not None and noun.lemma_.lower() in _AMOUNT_NOUNS:
        return Ask.HOW_MUCH
    if noun is not None and noun.lemma_.lower() == "reason":
        return Ask.WHY
    if word == "which" or (noun is not None and after is noun):
        return Ask.WHICH
    if _asks_identity(token):
        return Ask.IDENTITY
    if root is not None and frames.frame(root.lemma_.lower(), root.pos_) == "say" and root.pos_ == "VERB":
        return Ask.STATEMENT
    return Ask.WHAT


def _noun_after(token: Token) -> Token | None:
    """The noun a wh-word asks for: "what date", "which large airline", "what is the date of"."""
    if token.dep_ in ("det", "poss") and token.head.pos_ in ("NOUN", "PROPN"):
        return token.head
    rest = [t for t in token.doc[token.i + 1 :]]
    if rest and rest[0].pos_ == "NOUN":
        return rest[0]
    if rest and rest[0].lemma_ == "be":
        subject = next((t for t in rest if t.dep_ in ("nsubj", "attr") and t.pos_ == "NOUN"), None)
        if subject is not None and subject.lemma_.lower() in _TIME_NOUNS | _AMOUNT_NOUNS | {"reason"}:
            return subject
    return None


def _asks_identity(token: Token) -> bool:
    """ "Who is X", "what is X" with X a name or a bare noun phrase and no other verb."""
    rest = [t for t in token.doc[token.i + 1 :] if not t.is_punct]
    if not rest or rest[0].lemma_ != "be":
        return False
    if any(t.pos_ == "VERB" for t in rest[1:]):
        return False
    named = [t for t in rest[1:] if t.dep_ in ("nsubj", "attr", "ROOT")]
    if token.lower_ == "who":
        return any(t.pos_ == "PROPN" for t in named) and not any(t.dep_ == "prep" for t in rest)
    return not any(t.dep_ == "prep" and t.lower_ not in ("of", "in") for t in rest) and len(rest) <= 6


def _without_wh(doc: Doc, root: Token | None) -> Ask:
    first = doc[0]
    if first.pos_ == "AUX" or first.lower_ in (
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
        "has",
        "have",
        "had",
        "will",
        "can",
        "could",
        "would",
        "should",
        "may",
    ):
        return Ask.YES_NO
    lemmas = {t.lemma_.lower() for t in doc if t.pos_ in ("NOUN", "PROPN")}
    if lemmas & _TIME_NOUNS:
        return Ask.WHEN
    if lemmas & _NAME_NOUNS or (root is not None and root.lemma_.lower() in _PERSON_NOUNS):
        return Ask.WHO
    return Ask.HOW_MUCH if lemmas & _AMOUNT_NOUNS else Ask.WHAT


def _wanted(doc: Doc, wh: Sequence[Token], asks: Sequence[Ask]) -> Token | None:
    for token in wh:
        if token.lower_ == "how" and asks[0] in (Ask.HOW_MANY, Ask.HOW_MUCH):
            quantity = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if quantity is not None and quantity.head.pos_ == "NOUN" and quantity.dep_ in ("amod", "nummod", "advmod"):
                return quantity.head
            if quantity is not None and token.i + 2 < len(doc) and doc[token.i + 2].pos_ == "NOUN":
                return doc[token.i + 2]
        noun = _noun_after(token)
        if noun is not None:
            return noun
    if not wh and asks[0] in (Ask.WHO, Ask.WHEN, Ask.HOW_MUCH):
        nouns = _PERSON_NOUNS | _TIME_NOUNS | _NAME_NOUNS | _AMOUNT_NOUNS
        return next((t for t in doc if t.lemma_.lower() in nouns), None)
    return None


def _keys(
    doc: Doc, wh: Sequence[Token], wanted: Token | None, asks: Sequence[Ask], timed: Collection[int]
) -> tuple[Key, ...]:
    """The content words; those of a time ("on June 9", characters ``timed``) are a condition instead."""
    keys: dict[str, Key] = {}
    asked = {t.i for t in wh}
    silent = {wanted.i} if wanted is not None and wanted.lemma_.lower() in _TIME_NOUNS | _NAME_NOUNS else set()
    for token in doc:
        if token.idx in timed:
            continue
        for word, _, _ in words(token.text):
            light = token.lemma_.lower() in _LIGHT_VERBS and token.pos_ in ("VERB", "AUX")
            if (
                word in STOP_WORDS
                or token.i in asked | silent
                or token.pos_ in ("AUX", "DET")
                or token.lower_ in _ORDER
                or light
            ):
                continue
            if asks[0] in (Ask.HOW_MANY, Ask.HOW_MUCH, Ask.HOW_LONG) and word in ("many", "much", "long"):
                continue
            frame = frames.frame(token.lemma_.lower(), token.pos_) if token.pos_ in ("VERB", "NOUN") else frames.OTHER
            is_name = token.pos_ == "PROPN" or token.ent_type_ in ("PERSON", "ORG", "GPE", "LOC", "PRODUCT")
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
    if lemma in _PERSON_NOUNS:
        return Kind.PERSON
    if lemma in _ORGANISATION_NOUNS:
        return Kind.ORGANISATION
    if lemma in _PLACE_NOUNS or ask is Ask.WHERE:
        return Kind.PLACE
    return Kind.ANY


def _tense(doc: Doc, root: Token | None) -> Tense:
    if any(t.lower_ in _FUTURE_CUES for t in doc) and not any(
        t.lower_ in ("did", "has", "have", "was", "were") for t in doc[:4]
    ):
        return Tense.FUTURE
    main = next((t for t in doc if t.dep_ == "ROOT"), None)
    near = [t for t in (root, main) if t is not None]
    helpers = {c.lower_ for t in near for c in t.children if c.dep_ in ("aux", "auxpass")} | {t.lower_ for t in near}
    if helpers & {"did", "has", "have", "had", "was", "were", "'ve"} or any(t.tag_ in ("VBD", "VBN") for t in near):
        return Tense.PAST
    if helpers & {"does", "do"} or any(t.tag_ in ("VBG",) for t in near):
        return Tense.FUTURE if any(t.lower_ == "when" for t in doc) else Tense.OPEN
    return Tense.OPEN
