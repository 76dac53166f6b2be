"""Follow-ups: a question that leans on the one before, written out so that it stands alone.

"And where?", "why?", "what about Lunara?", "when is that?", "who else?" are told in full from the question before and its
answer; everything after that works as for any question. What stands alone is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers.asking import asks_news
from briefs.answers.english import english
from briefs.answers.lexicon import ORDER, PEOPLE_NOUNS, PERSON_NOUNS
from briefs.answers.spelling import spelled
from briefs.facts import frames
from briefs.language.words import STOP_WORDS, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

    from briefs.answers.english import English
    from briefs.models import Answer

_OPENING = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|then|also|well|oh|hm+|yes|no|thanks|cool|now|plus)\b[\s,]*)*", re.IGNORECASE
)
_WH = (
    r"(?:since when|until when|till when|from where|where from|where to|to whom|with whom|by whom|for whom|what time|"
    r"(?:on |at )?(?:what|which) (?:time|day|date|year|month|place|city|country|reason)|(?:by )?how (?:many|much|long|often|far|old|big|come)|"
    r"who|whom|what|when|where|why|how)"
)
_FILLING = r"(?:is|was|were|are|did|does|do|will|would|has|had|have|been|be|that|this|it|he|she|they|so|happen|happened|take place|took place|exactly|precisely|again|then|please|now)"
_BARE = re.compile(rf"^({_WH})((?:\s+{_FILLING})*)\W*$", re.IGNORECASE)
_WHO_IS = re.compile(
    r"^(?:who|what)\s+(?:is|was|are|were)\s+(?:that|this|it|he|she|they|those|these)\W*$", re.IGNORECASE
)
_ABOUT = re.compile(r"^(?:what|how) about\s+(.+?)\W*$", re.IGNORECASE)
_ELSE = re.compile(
    r"^(?:who|whom|what|where|when|which|any(?:one|body|thing|where)?)\s+(?:else|others?)\W*$", re.IGNORECASE
)
_MORE = re.compile(
    r"^(?:tell me more|more|(?:any |more )?details|go on|what happened(?: then| next| after(?:wards| that)?)?)\W*$",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"^(?:sources?|says who|who says(?: so| that)?|really|are you sure|is that (?:so|true|right)|(?:any )?proof)\W*$",
    re.IGNORECASE,
)
_VERBS = {"AUX", "VERB"}
_AUXILIARIES = word_set("is are was were do does did has have had will would can could should may might 's")
_PERSONS = frozenset({"he", "him", "she", "her", "his", "hers"})
_MANY = frozenset({"they", "them", "their", "theirs"})
_THINGS = frozenset({"it", "its", "that", "this"})
_BEING = frozenset({"is", "are", "was", "were", "'s"})
_WHERE = frozenset({"in", "at", "on", "near", "from", "to"})
_CONTESTS = word_set("win lose play score beat lead draw")
_OWNING = frozenset({"his", "her", "their", "its"})
_TIME = re.compile(
    r"\b(?:\d{4}|\d{1,2}(?:st|nd|rd|th)?|today|yesterday|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|(?:last|next|this) (?:week|month|year))\b",
    re.IGNORECASE,
)  # fmt: skip
_DATED = re.compile(rf"\s*\b(?:in|on|since|before|after|by|during)?\s*{_TIME.pattern}(?:\s+\d{{4}})?", re.IGNORECASE)
_NAME = re.compile(
    r"(?<=\s)(?<!\bin\s)(?<!\bat\s)(?<!\bon\s)(?<!\bof\s)(?<!\bnear\s)(?<!\bfrom\s)[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*"
)  # of who may be "they", no place
_PREPOSITION = re.compile(
    r"(?:in|on|at|from|to|with|by|for|of|about|against|over|between|after|before)\s+(.+)", re.IGNORECASE
)
SHORT = 8  # words: an answer so short can take the place of what was asked


def resolve(nlp: Language, text: str, before: Answer) -> str:
    """The question in full: itself where it stands alone, else with what it leaves to the question before."""
    asked = " ".join(_OPENING.sub("", spelled(text), count=1).split())
    past = _Past(nlp, before)
    if _DOUBT.match(asked):
        return past.question
    if _WHO_IS.match(asked) and past.name:
        return f"{asked.split()[0]} is {past.name}"
    if found := _BARE.match(asked):
        return past.asked_with(found[1])
    if _ELSE.match(asked):
        return f"besides {past.answer}, {past.question}" if past.answer else past.question
    if _MORE.match(asked):
        return f"what is new with {past.topic}" if past.topic else past.question
    if found := _ABOUT.match(asked):
        return past.about(found[1])
    if (counted := past.counting(asked)) is not None:
        return counted
    if text.strip().lower().startswith(("and ", "or ")) and not _complete(nlp(asked)):
        return past.about(asked.rstrip("?!. "))
    return _named(nlp(asked), past) or text


def _complete(doc: Doc) -> bool:
    """Whether a text asks for itself: it has a verb or a word that asks."""
    return any(t.pos_ in _VERBS or t.tag_ in ("WP", "WDT", "WRB") for t in doc)


class _Past:
    """The question before and its answer, as far as a follow-up may lean on them."""

    def __init__(self, nlp: Language, before: Answer) -> None:
        self.question = _cased((before.understood or before.question).strip().rstrip("?!. "), before, english(nlp))
        self.answer = _short(before)
        self._nlp = nlp
        self._doc = nlp(self.question)

    @property
    def _asking(self) -> Token | None:
        """The word that asks."""
        return next((t for t in self._doc if t.tag_ in ("WP", "WDT", "WRB", "WP$")), None)

    def is_answer(self, text: str) -> bool:
        """Whether a text is the answer's."""
        return text == self.answer

    @property
    def name(self) -> str | None:
        """The name the answer gave, else the last one of the question."""
        if self.answer and self.answer[:1].isupper() and not _TIME.search(self.answer):
            return self.answer
        return next((chunk.text for chunk in reversed(self._chunks) if _proper(chunk)), None)

    @property
    def topic(self) -> str | None:
        """What the question was about: its first name, else its last noun phrase."""
        named = next((chunk.text for chunk in self._chunks if _proper(chunk)), None)
        return named or self.name or next((chunk.text for chunk in reversed(self._chunks)), None)

    @property
    def _chunks(self) -> list[Span]:
        return [c for c in self._doc.noun_chunks if not any(t.tag_ in ("WP", "WDT", "WRB", "WP$", "PRP") for t in c)]

    def asked_with(self, wh: str) -> str:
        """The same event asked for something else: "who met the mayor" as "when Ada Stone met the mayor"."""
        if asks_news(self.question) and self.topic and wh.lower() in ("when", "where"):
            return f"{wh} was {self.topic}"  # "what's the latest on the quake?"
        return f"{wh} {self._event()}"

    def _event(self) -> str:
        """The question without what asks, with the answer in the place of its subject."""
        asking = self._asking
        if asking is None:
            return self.question
        last = self._asked_for(asking)
        rest = self._doc[last.i + 1 :]
        told = "".join(t.text_with_ws for t in rest if t.tag_ not in ("WP", "WDT")).strip()
        if not rest or (rest[0].lower_ in _AUXILIARIES - _BEING and not _acts(rest)):
            return f"{told} {self.answer}" if self.answer and self._answers_object(asking, rest) else told
        if asking.lower_ == "who" and rest[0].lower_ in _BEING and _inverted(rest):
            return f"{told} {self.answer}" if self.answer else told  # "since when is Ada Stone the mayor"
        if last.pos_ == "NOUN" and asking.lower_ == "how":
            return self._doc[asking.i + 2 :].text  # "how many people died": "where people died"
        subject = asking.lower_ in ("who", "what", "which", "whose") and not _inverted(rest)
        return f"{self.answer or 'they'} {told}" if subject else told

    def _answers_object(self, asking: Token, rest: Span) -> bool:
        """Whether the answer is whom the question asked for, at its end: "who did Stone meet"."""
        open_end = not rest[-1].is_title and english(self._nlp).is_verb(rest[-1].lower_)
        return asking.lower_ in ("who", "whom") and open_end and self.name == self.answer

    @staticmethod
    def _asked_for(asking: Token) -> Token:
        """The last word of what asks: "which airline", "how many people"."""
        if asking.lower_ in ("which", "what", "whose") and asking.dep_ in ("det", "poss") and asking.head.i > asking.i:
            return asking.head
        after = asking.nbor() if asking.i + 1 < len(asking.doc) else asking
        if asking.lower_ == "how" and after.pos_ in ("ADJ", "ADV"):
            return after.head if after.head.pos_ == "NOUN" and after.head.i > after.i else after
        return asking

    def counting(self, asked: str) -> str | None:
        """The count asked for of others: "how many died?", then "and injured?"."""
        found = re.match(r"how many(?:\s+(?:people|were|are|was|have|had|been))*\s+\w+", self.question, re.IGNORECASE)
        other = re.fullmatch(
            r"(?:the )?(injured|hurt|wounded|missing|dead|displaced|homeless|arrested|rescued)\W*", asked, re.IGNORECASE
        )
        return f"how many people were {other[1].lower()}{self.question[found.end() :]}" if found and other else None

    def about(self, other: str) -> str:
        """The same question about somebody or something else, or at another time."""
        if not other.strip():
            return self.question
        if _TIME.fullmatch(re.sub(r"^(?:in|on|since|before|after|by)\s+", "", other)):
            when = (
                other
                if other.split(maxsplit=1)[0].lower() in ("in", "on", "since", "before", "after", "by")
                else self._at(other)
            )
            return f"{_DATED.sub('', self.question).strip()} {when}"
        replaced = self._counterpart(other)
        if replaced is None:
            return f"{self.question} {other}"
        found = _PREPOSITION.match(other)
        return (
            f"{self.question[: replaced.start_char]}{found[1] if found else other}{self.question[replaced.end_char :]}"
        )

    @staticmethod
    def _at(time: str) -> str:
        """A time as a question has it: "in May", "on Friday", "last week"."""
        if re.match(r"(?:last|next|this|today|yesterday|tomorrow|tonight)\b", time, re.IGNORECASE):
            return time
        return f"on {time}" if re.match(r"(?:\w+day\b|\d{1,2}\b(?!\d))", time, re.IGNORECASE) else f"in {time}"

    def _counterpart(self, other: str) -> Span | None:
        """The noun phrase of the question that another stands for: with its preposition, of its kind, a name for a name."""
        chunks = self._chunks
        preposition = other.split(maxsplit=1)[0].lower()
        same = [c for c in chunks if c.root.dep_ == "pobj" and c.root.head.lower_ == preposition]
        if same:
            return same[-1]
        named = [c for c in chunks if _proper(c)]
        kinds = {t.ent_type_ for t in self._nlp(other)} - {""}
        alike = [c for c in named if {t.ent_type_ for t in c} & kinds]
        chosen = next(iter([*alike, *named, *reversed(chunks)]), None)
        fullname = len(re.findall(r"\b[A-Z]\w+", other)) > 1
        return _whole(_above(chosen.root)) if chosen is not None and fullname else chosen

    def antecedent(self, pronoun: str, *, taken: Sequence[str] = (), people: Sequence[str] = ()) -> str | None:
        """Whom or what a pronoun of the follow-up means; None where that is not clear. ``people``: likeliest first."""
        if pronoun in _PERSONS:
            return next((name for name in [*people, *self._people] if name not in taken), None)
        if pronoun in _MANY:
            return self._together
        if pronoun == "there":
            return self.answer if self._asking is not None and self._asking.lower_ == "where" else self._place
        asked = self._asking.lower_ if self._asking is not None else ""
        if asked in ("what", "which") and self.answer and not _TIME.search(self.answer):
            return self.answer
        return self._thing

    @property
    def _together(self) -> str | None:
        """Whom "they" means: the answer where it names several; both sides of the event; a place or time is nobody."""
        if self.answer and " and " in self.answer:
            return self.answer
        asked = self._asking.lower_ if self._asking is not None else ""
        if asked not in ("who", "whom", "where", "when"):
            return self.name
        others = [self.name] if asked in ("who", "whom") else []
        people = [name[0] for name in _NAME.finditer(self.question)]
        both = list(dict.fromkeys(name for name in (*people, *others) if name))
        return " and ".join(both[:2]) if both else self.name

    @property
    def _people(self) -> list[str]:
        """The names that "he" or "she" may mean: the answer's, then the question's."""
        named = [c.text for c in self._chunks if _proper(c) and c.root.head.lower_ not in _WHERE - {"to"}]
        roles = [chunk.text for chunk in self._chunks if chunk.root.lemma_.lower() in PERSON_NOUNS]
        return [name for name in dict.fromkeys([self.name, *named, *roles]) if name]

    @property
    def in_order(self) -> list[str]:
        """The same, as they take part: "who did Stone meet?" has Stone first, then whom she met."""
        asking = self._asking
        subject = asking is not None and asking.dep_ in ("nsubj", "nsubjpass")
        return self._people if subject else [n for n in self._people if n != self.answer] + [self.answer or ""]

    @property
    def _place(self) -> str | None:
        spots = [c for c in self._chunks if c.root.dep_ == "pobj" and c.root.head.lower_ in _WHERE]
        return spots[-1].text if spots else None

    @property
    def _thing(self) -> str | None:
        """What "it" means: the event or thing asked about, with what belongs to it; no person, no bare place."""
        things = [c for c in self._chunks if not any(t.ent_type_ == "PERSON" for t in c)]
        things = [c for c in things if c.root.lemma_.lower() not in PERSON_NOUNS]
        core = [c for c in things if c.root.dep_ != "pobj"]
        scene = [c for c in things if c.root.head.lower_ not in _WHERE or not _proper(c)]
        chosen = next(iter([*reversed(core), *scene, *things]), None)
        return _definite(_whole(chosen.root)) if chosen is not None else None

    @property
    def occasion(self) -> str:
        """The event or thing asked about as what another question is about: "in the cup final"; nothing for names and people."""
        contest = any(t.lemma_.lower() in _CONTESTS for t in self._doc)
        events = [
            c
            for c in self._chunks
            if frames.noun_frame(c.root.lemma_.lower()) is not None
            or (contest and not _proper(c) and c[0].lower_ == "the")
        ]
        return f"in {_definite(events[-1])}" if events else ""

    @property
    def circumstances(self) -> str:
        """Where and on what occasion: the question's phrases with a preposition."""
        return " ".join(_whole(t).text for t in self._doc if t.dep_ == "prep" and t.head.pos_ in _VERBS)


def _definite(phrase: Span) -> str:
    """A phrase as it is named again: "next launch" is then "the next launch"."""
    bare = phrase[0].lower_ in ORDER or phrase.root.tag_ == "NN"
    owned = phrase[0].pos_ in ("DET", "PRON", "NUM") or any(t.tag_ == "POS" for t in phrase)
    return f"the {phrase.text}" if bare and not owned else phrase.text


def _above(root: Token) -> Token:
    """The noun that "of" hangs this one on: the mayor, for "the mayor of Brindle"."""
    while root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.pos_ in ("NOUN", "PROPN"):
        root = root.head.head
    return root


def _whole(root: Token) -> Span:
    return root.doc[root.left_edge.i : root.right_edge.i + 1]


def _short(before: Answer) -> str | None:
    """The answer as it may stand in a question: without its day; no clause, no yes or no."""
    first = re.split(r";|, (?=(?:\w+day|\d))", before.text or "", maxsplit=1)[0].strip()
    first = re.sub(r"^(?:The|An?)\s(?=[a-z])", lambda article: article[0].lower(), first)
    return (
        first if first and len(first.split()) <= SHORT and not re.match(r"(?:yes|no)\b", first, re.IGNORECASE) else None
    )


def _cased(question: str, before: Answer, known: English) -> str:
    """The question with the names that its answer's sources write with a capital, which people type without."""
    quoted = " ".join(evidence.text for evidence in before.evidence)
    names = set(re.findall(r"(?<=[\w,] )[A-Z][\w’'-]+", quoted)) - set(re.findall(r"(?<=[.!?] )[A-Z]\w+", quoted))
    names |= {word for word in re.findall(r"\b[A-Z][\w’'-]+", quoted) if not known.is_word(word.lower())}
    small = set(re.findall(r"\b[a-z][\w’'-]+", quoted))  # "to appeal", beside the Court of Appeal
    spelling = {name.lower(): name for name in names if name.lower() not in STOP_WORDS | small}
    return re.sub(r"[a-z][\w’'-]+", lambda word: spelling.get(word[0], word[0]), question)


def _proper(chunk: Span) -> bool:
    return any(t.pos_ == "PROPN" or (t.i > 0 and t.text[:1].isupper()) for t in chunk)


def _acts(rest: Span) -> bool:
    """Whether an auxiliary is followed by its verb, and no one between them: "will appeal", but not "will the firm appeal"."""
    return len(rest) > 1 and rest[1].pos_ in _VERBS and rest[1].tag_ != "VBG" and rest[1].head.i <= rest[1].i


def _inverted(rest: Span) -> bool:
    """Whether a form of "be" stands before its subject: "is the launch", but not "is suing the bank"."""
    return (
        rest[0].lower_ in _AUXILIARIES
        and len(rest) > 1
        and rest[1].pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
    )


def _named(doc: Doc, past: _Past) -> str | None:
    """The text with its pronouns told, where no name of its own stands before them; None where there are none."""
    out: list[str] = []
    taken: list[str] = []
    persons = [t for t in doc if t.lower_ in _PERSONS - _OWNING]
    people = past.in_order if len(persons) > 1 else ()
    for token in doc:
        word = token.lower_
        names = [t for t in doc[: token.i] if t.pos_ == "PROPN"]
        named = any(t.ent_type_ != "PERSON" for t in names) if word == "it" else bool(names)
        meant = None if named or not _leans(token) else past.antecedent(word, taken=taken, people=people)
        if meant is None:
            out.append(token.text_with_ws)
            continue
        taken.append(meant)
        owned = word in _OWNING and token.dep_ == "poss"
        if word == "there" and token.i and token.nbor(-1).lower_ in _BEING and past.is_answer(meant):
            meant = f"at {meant}"
        out.append((f"{meant}'s" if owned else meant) + token.whitespace_)
    if taken:
        return "".join(out)
    own = [t for t in doc if t.pos_ in ("NOUN", "PROPN", "NUM") and t.lemma_.lower() not in PEOPLE_NOUNS]
    there = any(t.lower_ == "there" for t in doc)
    setting = past.circumstances or ("" if there else past.occasion)
    return f"{doc.text.rstrip('?!. ')} {setting}" if not own and len(doc) <= SHORT and setting else None


def _leans(token: Token) -> bool:
    """Whether a word is a pronoun that stands for something said before."""
    word = token.lower_
    if word in ("that", "this"):
        return token.pos_ == "PRON" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and token.tag_ != "WDT"
    if word == "it":
        return not _weather(token)
    if word == "there":
        return token.dep_ != "expl"
    return word in _PERSONS | _MANY | _THINGS


def _weather(token: Token) -> bool:
    """Whether an "it" stands for nothing, as in "it is true that"."""
    return token.dep_ == "expl" or any(c.dep_ == "ccomp" and c.i > token.i for c in token.head.children)
