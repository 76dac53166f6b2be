"""The clause that asks: its question word, verb, subject, object and what stands beside them.

Small parsers are trained on statements and go wrong on questions, most of all on lower case ones. Their word classes are far
better than their trees, and a question's order is strict (question word, auxiliary, subject, verb, object, the rest), so
the clause is read from left to right by word classes; the tree is only asked which of several verbs is the main one.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefs.answers.lexicon import (
    ANNOUNCING,
    AUXILIARIES,
    BE,
    DEGREES,
    DO,
    HAVE,
    PARTICLES,
    PERSON_NOUNS,
    PREPOSITIONS,
    ROUNDING,
    WH,
)
from briefs.facts import frames
from briefs.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.tokens import Doc, Span, Token

    from briefs.answers.english import English

_HEADS = {"NN", "NNS", "NNP", "NNPS", "CD", "PRP", "EX", "FW", "$", "DT+"}
_MODIFIERS = {"DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "POS", "HYPH", "``", "''", "SYM", "#", "WP$", "AFX", "NFP"}
_PARTICIPLES = {"VBG", "VBN"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_VERBS = {"VB", "VBD", "VBZ", "VBP", "VBG", "VBN"}
_ADVERBS = {"RB", "RBR", "RBS", "UH"}
_SUBORDINATE = WH | {
    "after", "before", "because", "that", "if", "as", "once", "while", "until", "since", "whether", "although", "though", "now", "than", "so",
}  # fmt: skip
_COMPOUND = {
    "due to", "because of", "according to", "prior to", "thanks to", "instead of", "such as", "ahead of", "next to", "owing to", "out of", "in order",
    "outside of", "as of", "as well",
}  # fmt: skip
_SINGLE = word_set("anyone anybody someone everyone nobody something anything everything")
_THIRD = 3
_LONGEST = 4  # words of a verb of several words: "file for bankruptcy"
_REPORTING = {"say", "believe", "announce", "claim", "expect"}
_GETTING = {"get", "become"}
_LINKING = BE | {"become", "became", "remain", "remains"}


@dataclass(slots=True)
class Clause:
    """One clause that asks. Token lists are empty where the question says nothing."""

    wh: tuple[Token, ...] = ()  # its question words: "when and where" has two
    phrase: tuple[Token, ...] = ()  # what the question word stands with: "large airline" of "which large airline"
    lead: str | None = None  # the preposition of the question word, before it or left behind: "who did she talk to"
    verb: Token | None = None
    lemma: str | None = None  # with its particle
    frame: str = frames.OTHER  # of the verb
    noun: Token | None = None  # the event where the verb is only "be": "when is the launch"
    subject: list[Token] = field(default_factory=list)
    object: list[Token] = field(default_factory=list)
    beside: list[tuple[str, list[Token]]] = field(default_factory=list)  # preposition and its phrase
    embedded: set[int] = field(default_factory=set)  # tokens of clauses that only narrow it: "when she beat him"
    spent: set[int] = field(default_factory=set)  # tokens that are part of the verb: particles, helpers
    auxiliary: str = ""
    passive: bool = False
    negated: bool = False
    copular: bool = False
    gap: str = "other"  # what is asked for: "subject", "object", "preposition", "predicate" or "other"
    mutual: bool = False  # "who met whom"
    relative: bool = False  # the event stands in a clause about the noun asked for: "the student she grabbed"


def clauses(doc: Doc, timed: Collection[int], english: English) -> list[Clause]:
    """The clauses of a question that ask, in order; ``timed`` are the indices of words of a time."""
    return [_Scan(doc, span, wh, timed, english).clause() for span, wh in _parts(doc)]


def _parts(doc: Doc) -> list[tuple[range, tuple[int, ...]]]:
    """Each asking part as a range of tokens with its question words; one without any when it asks yes or no."""
    asking = _asking(doc)
    end = len(doc)
    if not asking:
        return [(range(end), ())]
    groups: list[list[int]] = []
    for i in asking:
        if groups and (
            _is_other_side(doc, groups[-1][0], i) or all(_joins(doc[k]) for k in range(groups[-1][-1] + 1, i))
        ):
            groups[-1].append(i)
        else:
            groups.append([i])
    starts = [0, *(_back(doc, group[0]) for group in groups[1:])]
    return [
        (range(start, stop), tuple(group))
        for start, stop, group in zip(starts, [*starts[1:], end], groups, strict=True)
    ]


def _is_other_side(doc: Doc, first: int, i: int) -> bool:
    """Whether it is the "whom" of "who met (with) whom"."""
    sides = doc[i].lower_ in ("who", "whom") and doc[first].lower_ in ("who", "whom")
    return sides and not any(t.lower_ in ("and", "or", ",") for t in doc[first + 1 : i])


def _joins(token: Token) -> bool:
    return token.lower_ in ("and", "or", ",", "&", "/", "exactly", "on", "at", "in") or token.lower_ in WH


def _back(doc: Doc, i: int) -> int:
    """Where a later part begins: before its preposition, after its conjunction."""
    return i - 1 if i and doc[i - 1].lower_ in PREPOSITIONS else i


def _asking(doc: Doc) -> list[int]:
    """The indices of the words that ask; those of relative and other clauses inside ask nothing."""
    wh = [t.i for t in doc if t.lower_ in WH]
    if not wh:
        return []
    if doc[0].lower_ in ("whether", "if"):
        wh = [i for i in wh if doc[i - 1].text == "," or (i > 1 and doc[i - 2].text == ",")]
    if doc[0].lower_ in AUXILIARIES or not wh:
        return []
    first = wh[0]
    return [first, *(i for i in wh[1:] if _joined(doc, i, first))]


def _joined(doc: Doc, i: int, first: int) -> bool:
    """Whether a later question word asks too: "and how much", "or where"; "who met whom"."""
    before = doc[i - 1].lower_
    if doc[i].lower_ in ("who", "whom") and doc[first].lower_ in ("who", "whom") and i - first > 1:
        rest = [t for t in doc[i + 1 :] if t.is_alpha]
        if not any(t.tag_ in _FINITE | {"VB"} for t in rest) and doc[i - 1].tag_ not in ("NN", "NNS", "NNP"):
            return True
    if before in PREPOSITIONS and i > 1:
        before = doc[i - 2].lower_
    if before in ("and", "&", "/"):
        return True
    return before in (",", "or") and i - first > 1 and not _is_relative(doc, i)


def _is_relative(doc: Doc, i: int) -> bool:
    return doc[i].lower_ in ("who", "which", "whom", "whose", "where", "when") and i > 1 and doc[i - 2].tag_[:2] == "NN"


_TRAVELLING = frozenset({"travel", "arrive", "leave", "visit", "return"})


class _Scan:
    """Reads one part from left to right."""

    def __init__(self, doc: Doc, span: range, wh: tuple[int, ...], timed: Collection[int], english: English) -> None:
        self.doc = doc
        self.start, self.end = span.start, span.stop
        while self.end > self.start and (doc[self.end - 1].is_punct or doc[self.end - 1].lower_ in ("and", "or")):
            self.end -= 1
        self.timed = timed
        self.is_verb = english.is_verb
        mutual = len(wh) > 1 and _is_other_side(doc, wh[0], wh[-1])
        self.wh = wh[:1] if mutual else wh
        self.out = Clause(wh=tuple(doc[i] for i in wh), mutual=mutual)

    def clause(self) -> Clause:
        """The clause read."""
        if not self.wh:
            self._yes_no()
        elif self._in_place():
            self._statement(self.start)
        else:
            self._asked()
        self._finish()
        return self.out

    # --------------------------------------------------------------------------------------- how the question opens
    def _in_place(self) -> bool:
        """Whether the question word stands where the answer would: "she created what in 1985"."""
        first = self.wh[0]
        before = self.doc[self.start : first]
        if len(before) < 2 or before[-1].text == "," or (before[-1].lower_ in PREPOSITIONS and before[-2].text == ","):
            return False
        after = self.doc[first + 1 : self.end]
        if any(t.lower_ in AUXILIARIES for t in after[:3]) and before[0].lower_ in PREPOSITIONS:
            return False
        return any(t.tag_ in _FINITE for t in before)

    def _yes_no(self) -> None:
        first = self.doc[self.start] if self.start < self.end else None
        if first is None:
            return
        if first.lower_ in ("if", "whether"):
            self._statement(self.start + 1)
        elif first.lower_ in AUXILIARIES:
            self.out.gap = "other"
            self._inverted(self.start)
        else:
            self._statement(self.start)

    def _asked(self) -> None:
        first, last = self.wh[0], self.wh[-1]
        if first > self.start:
            self._fronted(self.start, first)
        i = last + 1
        while i < self.end and self.doc[i].lower_ in (
            "exactly",
            "else",
            "precisely",
            "all",
            "ever",
            "the",
            "hell",
            "exact",
            "on",
            "earth",
        ):
            if self.doc[i].lower_ in ("the", "on", "exact") and self.doc[i + 1 : i + 2].text.lower() not in (
                "hell",
                "earth",
            ):
                break
            i += 1
        word = self.doc[last].lower_
        if word == "how" and i < self.end and self.doc[i].lower_ == "come":
            self.out.spent.add(i)
            i += 1
        elif word in ("what", "which", "whose", "how"):
            i = self._phrase(i, word)
        if word == "what" and (verb := self._verb_in_phrase(i)) is not None:
            self._subject_asked(verb)
            return
        if i >= self.end:
            self.out.gap = "other"
            return
        token = self.doc[i]
        if token.lower_ in AUXILIARIES and not (token.lower_ in DO | HAVE and self._only_verb(i)):
            self._after_auxiliary(i, word)
        elif self._verbal(i):
            self._subject_asked(i)
        else:
            self._statement(i, asked=True)

    def _fronted(self, start: int, first: int) -> None:
        """What stands before the question word: its preposition, or a phrase set off ("In 2014, who …")."""
        before = [t for t in self.doc[start:first] if not t.is_punct and t.lower_ not in ("and", "or")]
        if before and before[-1].lower_ in PREPOSITIONS and (len(before) == 1 or self.doc[first - 1].text != ","):
            self.out.lead = before.pop().lower_
        if before and before[0].lower_ in PREPOSITIONS:
            self.out.beside.append((before[0].lower_, [t for t in before[1:] if t.i not in self.timed]))
        self.out.embedded.update(t.i for t in before if any(b.tag_ in _VERBS for b in before))

    def _phrase(self, i: int, word: str) -> int:
        """Take in the noun phrase that the question word stands with; return where it ends."""
        if word == "how":
            if i < self.end and (self.doc[i].lower_ in DEGREES or self.doc[i].tag_ in {"JJ", "RB"}):
                self.out.spent.add(i)
                i += 1
            if self.doc[i - 1].lower_ not in ("many", "much", "more", "few", "little"):
                return i
            if i < self.end and self.doc[i].lower_ in ("more", "fewer", "less"):
                i += 1
        end = self._asked_noun(i)
        if end > i or (i < self.end and self.doc[i].lower_ == "of"):
            end = self._with_prepositions(end)
        self.out.phrase = tuple(t for t in self.doc[i:end] if not t.is_punct)
        return end

    def _verb_in_phrase(self, i: int) -> int | None:
        """The verb that was taken into the noun phrase: "what lead to the split"."""
        if any(t.tag_ in _FINITE | {"VB"} or t.lower_ in AUXILIARIES for t in self.doc[i : self.end]):
            return None
        found = next((t for t in self.out.phrase if self.is_verb(t.lemma_.lower()) and t.tag_[:3] != "NNP"), None)
        if found is None or frames.verb_frame(found.lemma_.lower()) is None:
            return None
        self.out.phrase = tuple(t for t in self.out.phrase if t.i < found.i)
        return found.i

    def _asked_noun(self, i: int) -> int:
        """The end of the noun phrase from here, which must leave a verb behind it."""
        j = i
        while j < self.end:
            token = self.doc[j]
            if token.lower_ in AUXILIARIES and token.lower_ not in ("may", "will", "'s", "might", "can"):
                break
            if token.tag_ == "POS" or (token.lower_ == "'s" and j > i and self._nominal(j + 1)):
                j += 1
                continue
            if token.lower_ in AUXILIARIES or (token.tag_ in _FINITE | {"VB"} and j >= i and not self._misread(j, i)):
                break
            if token.tag_ in _PARTICIPLES and not self._nominal(j + 1):
                break
            if token.tag_ in {"IN", "TO", ",", "WP", "WDT", "WRB", "RP"} or (
                token.tag_ == "CC" and not self._nominal(j + 1)
            ):
                break
            if token.tag_ in {"DT", "PRP", "PRP$"} and j > i and token.lower_ != "the":
                break
            if token.lower_ == "the" and j > i:
                break
            if token.tag_ in _ADVERBS and j > i and not self._nominal(j + 1):
                break
            j += 1
        return j

    def _misread(self, j: int, i: int) -> bool:
        """Whether what is called a verb must be the noun asked for: another verb follows and none stands behind it."""
        token = self.doc[j]
        if j > i or token.tag_ == "VBD":
            return False
        return j + 1 < self.end and (self.doc[j + 1].lower_ in AUXILIARIES or self.doc[j + 1].tag_ in _FINITE)

    def _with_prepositions(self, j: int) -> int:
        """Phrases behind the noun asked for that still stand before the verb: "how many of the seats", "members of X"."""
        while j < self.end and self.doc[j].lower_ in PREPOSITIONS:
            stop = self._noun_phrase(j + 1)
            if stop == j + 1 or stop >= self.end:
                return j if self.doc[j].lower_ != "of" else stop
            if self.doc[stop].lower_ not in AUXILIARIES | PREPOSITIONS and not self._verbal(stop):
                return j
            j = stop
        return j

    # --------------------------------------------------------------------------------------------- order of the words
    def _after_auxiliary(self, i: int, word: str) -> None:
        """An auxiliary: the subject follows it, or the verb does because the subject is asked for."""
        j = i + 1
        while j < self.end and (
            self.doc[j].tag_ in _ADVERBS
            or self.doc[j].lower_ in AUXILIARIES - DO
            or self.doc[j].lower_ in ("n't", "not")
        ):
            j += 1
        helper = self.doc[i].lower_
        asks_noun = word in ("who", "whom", "what", "which", "whose") or bool(self.out.phrase)
        if (
            asks_noun
            and helper in BE
            and self._to(j)
            and self.doc[j - 1].lower_ in ("there", "here", "present", "able", "around")
        ):
            j += 1
            self.out.auxiliary = helper
            self._gap("subject")
            self._verb_at(j, passive=False)
            return
        direct = asks_noun and j < self.end and self._follows(helper, self.doc[i + 1 : j], j)
        if direct:
            self.out.auxiliary = helper
            self._negation(i, j)
            self._gap("subject")
            self._verb_at(j, self._is_passive(j, [self.doc[k].lower_ for k in range(i, j)]))
        else:
            self._inverted(i)

    def _follows(self, helper: str, between: Span, j: int) -> bool:
        """Whether the word behind an auxiliary is its verb: "who is buying", "which bank was fined"."""
        token = self.doc[j]
        tag = token.tag_
        if helper in DO:
            return tag in {"VB", "VBP"} and (token.dep_ != "compound" and not self._subject_before_verb(j))
        helped = helper in BE or any(t.lower_ in BE for t in between)
        if helped:
            if tag == "VBG":
                return (
                    not self._nominal(j + 1) or token.dep_ in ("ROOT", "xcomp", "advcl", "ccomp") or j + 1 == self.end
                )
            if tag in {"VBN", "VBD"}:
                return not (self._nominal(j + 1) and token.dep_ == "amod")
            return tag == "JJ" and (token.lower_ in ANNOUNCING or self.is_verb(token.lower_)) and self._to(j + 1)
        if helper in HAVE:
            return tag in {"VBN", "VBD"}
        return tag in {"VB", "VBP"} or (self.is_verb(token.lower_) and tag == "NN" and self._nominal(j + 1))

    def _subject_before_verb(self, j: int) -> bool:
        """Whether a word that could be a verb is the subject of another: "what did strike action cost", "did judge Falk say"."""
        titled = self.doc[j].lower_ in PERSON_NOUNS
        return any(
            t.tag_ == "VB" and (t.dep_ == "ROOT" or (titled and t.i > j + 1 and not self._to(t.i - 1)))
            for t in self.doc[j + 1 : self.end]
        )

    def _subject_asked(self, i: int) -> None:
        """No auxiliary: the verb follows the question word."""
        while self.doc[i].tag_ in _ADVERBS:
            i += 1
        self._gap("subject")
        self._verb_at(i, passive=False)

    def _inverted(self, i: int) -> None:
        """An auxiliary, a subject, a verb."""
        helper = self.doc[i].lower_
        self.out.auxiliary = helper
        if helper in BE and self._reduced(i):
            self._copula(i)
            return
        verb = self._main_verb(i)
        if verb is None:
            if helper in BE:
                self._copula(i)
            else:
                self._statement(i + 1, asked=True)
            return
        subject_end = verb
        while subject_end > i + 1 and (
            self.doc[subject_end - 1].tag_ in _ADVERBS | {"TO"}
            or self.doc[subject_end - 1].lower_ in AUXILIARIES | ANNOUNCING | {"to"}
        ):
            subject_end -= 1
        self._negation(i, verb)
        self.out.subject = self._plain(i + 1, subject_end)
        if not self.out.subject and subject_end <= i + 1 < verb:
            self.out.subject = self._plain(i + 1, verb)
        between = [self.doc[k].lower_ for k in range(i, verb)]
        self._verb_at(self._purpose(verb) or verb, self._is_passive(verb, between))
        if self.wh and self.doc[self.wh[-1]].lower_ in ("who", "whom", "what", "which", "whose"):
            self._gap("preposition" if self.out.lead else "object" if not self._adjunct() else "other")

    def _purpose(self, verb: int) -> int | None:
        """The verb that somebody moves for, where it ends the question: "whom was she travelling to Oslo to meet (with)"."""
        if self.wh[:1] and self.doc[self.wh[0]].lower_ not in ("who", "whom", "which", "what"):
            return None
        last = self.end - 1 - (self.doc[self.end - 1].lower_ in PREPOSITIONS)
        moving = frames.frame(self.doc[verb].lemma_.lower(), "VERB") in _TRAVELLING
        ends = last > verb + 2 and self.doc[last].tag_ == "VB" and self._to(last - 1)
        return last if moving and ends else None

    def _reduced(self, i: int) -> bool:
        """Whether the verb behind "is" belongs to a clause about its noun: "what is the student | she grabbed"."""
        if not self.wh or self.doc[self.wh[0]].lower_ not in ("who", "what", "which", "whom") or self.out.phrase:
            return False
        stop = self._noun_phrase(i + 1)
        split = self._split(list(self.doc[i + 1 : stop]))
        return (
            split is not None
            and stop < self.end
            and self.doc[stop].tag_ in {"VBD", "VBZ", "VBP"}
            and self.doc[stop].lower_ not in BE
        )

    def _adjunct(self) -> bool:
        """Whether the phrase asked for is a time or manner and no participant: "what day did …"."""
        return any(
            t.lemma_.lower() in ("day", "date", "year", "time", "month", "week", "hour", "weekday", "decade", "century")
            for t in self.out.phrase
        )

    def _main_verb(self, i: int) -> int | None:
        """The index of the verb that the auxiliary at ``i`` helps."""
        helper = self.doc[i].lower_
        if helper in BE:
            return self._participle(i)
        wanted = {"VBN", "VBD"} if helper in HAVE else {"VB", "VBP"}
        span = [t for t in self.doc[i + 1 : self.end] if t.i not in self._inside(i + 1)]
        fits = [
            t for t in span
            if t.tag_ in wanted and t.i > i + 1 and not self._to(t.i - 1) and t.lower_ != "n't"
            and not (t.dep_ in ("relcl", "amod", "compound", "acl") and t.dep_ != "ROOT")
        ]  # fmt: skip
        root = next((t for t in fits if t.dep_ == "ROOT"), None)
        found = root or next(iter(fits), None) or self._hidden_verb(i, span)
        if found is None:
            return None
        if found.lower_ in ("be", "been") and helper not in BE:
            inner = self._participle(found.i, least=1)
            return inner if inner is not None else found.i
        if found.lower_ == "have" and helper not in HAVE:
            return next((t.i for t in self.doc[found.i + 1 : self.end] if t.tag_ == "VBN"), found.i)
        return found.i

    def _hidden_verb(self, i: int, span: Sequence[Token]) -> Token | None:
        """A verb that was taken for a noun: "when did the bank file for bankruptcy"."""
        likely = [
            t for t in span
            if t.i > i + 1 and t.lower_ == t.text and (t.tag_ in {"NN", "VBD", "VBN", "JJ", "RB", "NNS", "IN", "NNP", "VBZ"})
            and self.is_verb(t.lower_) and t.lower_ not in PREPOSITIONS
            and self.doc[t.i - 1].tag_ not in {"DT", "PRP$", "POS", "IN", "JJ", "TO"}
        ]  # fmt: skip
        known = [t for t in likely if frames.verb_frame(t.lower_) is not None]
        before_preposition = [
            t
            for t in known
            if t.i + 1 >= self.end or self.doc[t.i + 1].tag_ in {"IN", "TO", "DT", "RP", "PRP$", "PRP", "NNP"}
        ]
        after_only = [t for t in span if t.i > i + 1 and t.tag_ == "VB"]
        return next(iter([*before_preposition, *known, *after_only, *likely]), None)

    def _participle(self, i: int, least: int = 2) -> int | None:
        """The verb behind "is", ``least`` words on: "was she arrested", "are they paying", "is it expected to begin"."""
        span = [t for t in self.doc[i + 1 : self.end] if t.i not in self._inside(i + 1, closed=least > 1)]
        chain = next(
            (
                t
                for t in span
                if t.lower_ in ANNOUNCING and t.tag_ not in {"NN", "NNS", "DT"} and self._to(t.i + 1) and t.i > i + 1
            ),
            None,
        )
        if chain is not None:
            inner = next(
                (
                    t
                    for t in self.doc[chain.i + 1 : self.end]
                    if t.tag_ in {"VB", "VBP"} or (self.is_verb(t.lower_) and t.i == chain.i + 2)
                ),
                None,
            )
            if inner is not None:
                if (
                    inner.lower_ in ("be", "have")
                    and (
                        deep := next(
                            (t for t in self.doc[inner.i + 1 : self.end] if t.tag_ in _PARTICIPLES | {"VBD"}), None
                        )
                    )
                    is not None
                ):
                    return deep.i
                return inner.i
        fits = [
            t for t in span
            if t.tag_ in {"VBG", "VBN", "VBD"} and t.i >= i + least and t.lower_ not in AUXILIARIES
            and not (self._nominal(t.i + 1) and (t.dep_ in ("amod", "compound") or self.doc[t.i - 1].tag_ in {"DT", "PRP$", "JJ", "POS"}))
            and self.doc[t.i - 1].tag_ not in {"IN", "TO"} and (least == 1 or self._subject_until(i, t.i))
        ]  # fmt: skip
        root = next((t for t in fits if t.dep_ == "ROOT"), None)
        found = root or next((t for t in fits if t.dep_ != "relcl"), None)
        if found is not None:
            return found.i - (found.nbor(-1).lower_ == "getting")  # "getting rid", "getting hurt"
        # "are they meeting", taken for a noun
        for t in span[1:]:
            closes = t.i + 1 >= self.end or self.doc[t.i + 1].tag_ in {"TO", "DT", "IN", "PRP$"}
            doing = (
                t.lower_.endswith("ing")
                and t.tag_ in {"NN", "VBG"}
                and self.doc[t.i - 1].tag_ in {"NNP", "PRP", "NNS", "NNPS"}
            )
            if self.wh and closes and doing:
                return t.i
        return None

    def _subject_until(self, i: int, verb: int) -> bool:
        """Whether only a noun phrase and adverbs stand between the auxiliary and a verb, no clause of its own before it."""
        return any(t.tag_ in _HEADS or t.tag_ in {"DT", "JJ"} for t in self.doc[i + 1 : verb])

    def _inside(self, start: int, *, closed: bool = False) -> set[int]:
        """Indices from the first clause inside the question on, once the subject has begun: "… when she beat him"."""
        for t in self.doc[start + 1 : self.end]:
            if t.lower_ in _SUBORDINATE - {"as", "so", "now", "than"} and t.tag_ in {"WRB", "IN", "WP", "WDT", "WP$"}:
                clause = [u for u in self.doc[t.i + 1 : self.end] if u.tag_ in _FINITE]
                later = [u for u in clause if u.i > t.i + 1]
                if (
                    t.lower_ in ("that", "who", "which", "whose", "where")
                    and self.doc[t.i - 1].tag_[:2] == "NN"
                    and later
                ):
                    if (
                        closed
                        and self.wh
                        and not self.out.phrase
                        and self.doc[self.wh[-1]].lower_ in ("who", "what", "which")
                    ):
                        return set(range(t.i, self.end))  # "what is the treaty that ended …"
                    # A relative clause in the subject ends where the main verb begins: with its own verb behind it.
                    return {u.i for u in self.doc[t.i : later[0].i + 1]}
                if later or clause:
                    return set(range(t.i, self.end))
        return set()

    def _is_passive(self, verb: int, before: Sequence[str]) -> bool:
        helped = bool(BE & {*before[:1], *before[-3:]}) or "getting" in before
        active = bool(HAVE & {*before[:1], *before[-2:]}) and "been" not in before
        return self.doc[verb].tag_ in {"VBN", "VBD"} and helped and not active

    # -------------------------------------------------------------------------------------------------- copula, bare
    def _copula(self, i: int) -> None:
        """Read "is" alone: a noun that is the event ("when is the launch"), or what is told of a thing ("is it late")."""
        out = self.out
        out.copular = True
        out.gap = "predicate"
        self._negation(i, min(i + 3, self.end))
        j = i + 1
        while j < self.end and (
            self.doc[j].lower_ in ("n't", "not", "still", "currently", "now", "really", "actually", "there")
            or self.doc[j].tag_ == "UH"
        ):
            j += 1
        stop = self._noun_phrase(j)
        tokens = list(self.doc[j:stop])
        if self._relative_clause(tokens, stop):
            return
        out.subject = [t for t in tokens if t.i not in self.timed]
        out.noun = self._head(tokens) or _noun_of(out.phrase)
        out.verb, out.lemma = self.doc[i], "be"
        self._rest(stop)

    def _relative_clause(self, tokens: Sequence[Token], stop: int) -> bool:
        """Tell "what is the student she grabbed", "who was the first to walk": the event is that of the clause behind the noun."""
        if not tokens or not self.wh or self.doc[self.wh[0]].lower_ not in ("who", "what", "which", "whom"):
            return False
        out = self.out
        if stop < self.end and self.doc[stop].lower_ in ("to", "who", "that", "which", "whom"):
            k = stop + 1
            while k < self.end and self.doc[k].tag_ in _ADVERBS:
                k += 1
            own = (
                k < self.end
                and (self.doc[k].tag_ in {"VB", "VBD", "VBZ", "VBP", "VBN"})
                and self.doc[k].lower_ not in AUXILIARIES
            )
            if own and (
                self.doc[stop].lower_ != "to"
                or any(
                    t.lower_ in ("first", "last", "only", "next", "second", "youngest", "oldest", "one") for t in tokens
                )
            ):
                out.phrase, out.relative, out.copular = tuple(tokens), True, False
                self._gap("subject")
                self._verb_at(k, passive=False)
                return True
            if self.doc[stop].lower_ == "to":
                return False
            tokens, stop = [*tokens], stop + 1
            return self._own_clause(tuple(tokens), stop)
        split = self._split(tokens)
        if split is not None and stop < self.end and self.doc[stop].tag_ in _FINITE:
            return self._own_clause(tuple(t for t in tokens if t.i < split), split)
        return False

    def _own_clause(self, noun: tuple[Token, ...], start: int) -> bool:
        """A clause with a subject of its own behind the noun asked for."""
        finite = next((t for t in self.doc[start : self.end] if t.tag_ in _FINITE and t.i > start), None)
        if finite is None or not noun:
            return False
        self.out.phrase, self.out.relative, self.out.copular, self.out.auxiliary = noun, True, False, ""
        self._statement(start, asked=True)
        return True

    def _statement(self, start: int, *, asked: bool = False) -> None:
        """Subject, verb, the rest: "the deal is signed", "(which student) she grabbed"; a bare noun phrase names an event."""
        finite = next(
            (
                t for t in self.doc[start : self.end]
                if (t.tag_ in _FINITE or (t.dep_ == "ROOT" and t.tag_ in {"VB", "VBN"})) and t.i > start and self.doc[t.i - 1].tag_ not in {"IN", "DT", "TO"}
            ),
            None,
        )  # fmt: skip
        out = self.out
        if finite is None:
            stop = self._noun_phrase(start)
            tokens = [t for t in self.doc[start:stop] if t.i not in self.wh]
            out.noun = self._head(tokens)
            out.subject = [t for t in tokens if t.i not in self.timed]
            out.copular = True
            self._rest(max(stop, start + 1) if stop == start else stop)
            return
        out.subject = self._plain(start, finite.i)
        if finite.lower_ in AUXILIARIES:
            out.auxiliary = finite.lower_
            self._negation(finite.i, min(finite.i + 3, self.end))
            k = finite.i + 1
            while k < self.end and (
                self.doc[k].tag_ in _ADVERBS
                or self.doc[k].lower_ in AUXILIARIES
                or self.doc[k].lower_ in ("n't", "not")
            ):
                k += 1
            if k < self.end and self.doc[k].tag_ in _VERBS:
                self._verb_at(k, self._is_passive(k, [self.doc[m].lower_ for m in range(finite.i, k)]))
            else:
                out.copular = finite.lower_ in BE
                out.verb, out.lemma = finite, finite.lemma_.lower()
                out.noun = self._head(out.subject)
                self._rest(k)
        else:
            self._verb_at(finite.i, passive=False)
        if asked and self.wh:
            word = self.doc[self.wh[-1]].lower_
            if word in ("who", "whom", "what", "which", "whose"):
                self._gap("preposition" if out.lead else "object")
        elif self.wh:
            self._asked_in_place(finite.i)

    def _asked_in_place(self, verb: int) -> None:
        """The slot of a question word that stands where the answer would."""
        first = self.wh[0]
        before = self.doc[first - 1].lower_ if first else ""
        self.out.phrase = tuple(self.doc[first + 1 : self._asked_noun(first + 1)])
        taken = {first, *(t.i for t in self.out.phrase)}
        self.out.object = [t for t in self.out.object if t.i not in taken]
        self.out.beside = [(p, ts) for p, ts in self.out.beside if not any(t.i in taken for t in ts)]
        if before in PREPOSITIONS:
            self.out.lead = before
            self.out.gap = "preposition"
        else:
            self.out.gap = "object" if first > verb else "subject"

    def _gap(self, gap: str) -> None:
        if self.doc[self.wh[-1]].lower_ in ("when", "where", "why") or (
            self.doc[self.wh[-1]].lower_ == "how" and not self.out.phrase
        ):
            self.out.gap = "other"
        else:
            self.out.gap = gap

    # ------------------------------------------------------------------------------------------------------ the verb
    def _verb_at(self, i: int, passive: bool) -> None:
        """The verb here with its particle; what only announces another verb gives way to it."""
        out = self.out
        inner = self._meant(i)
        if inner is not None and inner != i:
            out.spent.update(range(i, inner))
            helped = {self.doc[k].lower_ for k in range(i, inner)}
            participle = self.doc[inner].tag_ == "VBN" and bool(helped & (BE | {"get", "got", "getting", "gets"}))
            self._verb_at(inner, participle)
            return
        verb = self.doc[i]
        out.verb, out.passive = verb, passive
        base = _lemma(verb)
        stop, out.lemma = self._phrasal(i, base)
        out.spent.update(range(i + 1, stop))
        self._rest(stop)
        self._late_particle(base)
        if out.lemma != base or out.frame == frames.OTHER:
            known = frames.frame(out.lemma, "VERB")
            out.frame = (
                out.frame if known == frames.OTHER or (out.frame != frames.OTHER and " " in out.lemma) else known
            )
        if out.embedded and out.gap == "object" and out.frame in _REPORTING:
            start = min(out.embedded)
            if out.object and out.object[-1].i + 1 == start:
                start = out.object[0].i  # what looks like the object is the inner subject
            self._told(start)
        if base == "be":
            out.copular = True
            out.noun = self._head(out.subject) or _noun_of(out.phrase) or self._head(out.object)

    def _told(self, start: int) -> None:
        """The clause that a verb of saying brings: "who did she say he would fire" asks whom he would fire."""
        finite = next((t for t in self.doc[start : self.end] if t.tag_ in _FINITE and t.i > start), None)
        if finite is None or self.doc[start].tag_ not in {"PRP", "NNP", "DT", "PRP$", "NNS", "NNPS", "IN"}:
            return
        if self.doc[self.wh[-1]].lower_ not in ("who", "whom", "which") or self.doc[start].lower_ in _SUBORDINATE - {
            "that"
        }:
            return
        self.out.embedded, self.out.beside, self.out.object = set(), [], []
        self._statement(start + (self.doc[start].lower_ == "that"), asked=True)

    def _meant(self, i: int) -> int | None:  # noqa: C901 one rule after another
        """The verb that "expected to", "end up", "get" only lead to."""
        verb = self.doc[i]
        base = _lemma(verb)
        nxt = i + 1
        while nxt < self.end and self.doc[nxt].tag_ in _ADVERBS and self.doc[nxt].lower_ not in PARTICLES:
            nxt += 1
        if nxt >= self.end:
            return None
        if (
            base in ("have", "need", "get", "come", "tend")
            and self._to(nxt)
            and nxt + 1 < self.end
            and self.doc[nxt + 1].tag_ == "VB"
        ):
            helped = self.doc[nxt + 1].lower_ == "be" and nxt + 2 < self.end and self.doc[nxt + 2].tag_ == "VBN"
            return nxt + 1 + helped
        if (
            base in ANNOUNCING
            and base not in ("fail", "continue", "decide", "hope", "want")
            and self._to(nxt)
            and nxt + 1 < self.end
        ):
            k = nxt + 1
            if (
                self.doc[k].lower_ in ("be", "get", "have")
                and k + 1 < self.end
                and self.doc[k + 1].tag_ in {"VBN", "VBD", "VBG"}
            ):
                return k + 1
            if self.doc[k].tag_ in {"VB", "VBP"} or self.is_verb(self.doc[k].lower_):
                return k
        two = f"{base} {self.doc[nxt].lower_}"
        if two in ROUNDING and nxt + 1 < self.end and self.doc[nxt + 1].tag_ in {"VBG", "VB"}:
            return nxt + 1
        if base in ("finish", "stop") and self.doc[nxt].tag_ == "VBG":
            return nxt
        fixed = any(
            frames.verb_frame(f"{base} {self.doc[nxt:k].text.lower()}") for k in (nxt + 1, nxt + 2)
        )  # "get rid of"
        if base in _GETTING and not fixed and self.doc[nxt].tag_ in {"VBN", "VBD"} and not self._nominal(nxt + 1):
            self.out.passive = True
            return nxt
        if base in ("head", "go", "come", "travel", "fly") and self._to(nxt) is False:
            return None
        return None

    def _phrasal(self, i: int, base: str) -> tuple[int, str]:
        """Where the verb ends and its lemma: with the particle behind it, or as a verb of several words that is known."""
        following = [self.doc[k] for k in range(i + 1, min(i + _LONGEST, self.end))]
        for count in range(len(following), 0, -1):
            run = following[:count]
            if any(t.is_punct for t in run):
                continue
            phrase = " ".join([base, *(t.lower_ for t in run)])
            if (
                frames.verb_frame(phrase) is not None
                and not self._takes_name(run)
                and (
                    count > 1
                    or run[0].lower_ in PARTICLES
                    or run[0].tag_ in {"JJ", "VBN", "RB", "RP"}
                    or phrase == "take place"
                )
            ):
                bare = frames.verb_frame(base)
                moving = count == 1 and bare is not None and frames.verb_frame(phrase) is bare and run[0].tag_ == "IN"
                if not moving:
                    kept = count - (run[-1].lower_ in PREPOSITIONS - PARTICLES and count > 1)
                    self.out.frame = frames.frame(phrase, "VERB")
                    return i + 1 + kept, " ".join([base, *(t.lower_ for t in run[:kept])])
        if following and following[0].lower_ in PARTICLES and following[0].tag_ == "RP":
            return i + 2, f"{base} {following[0].lower_}"
        return i + 1, base

    def _takes_name(self, run: Sequence[Token]) -> bool:
        return any(t.tag_ in {"NNP", "NNPS"} for t in run)

    def _late_particle(self, base: str) -> None:
        """A particle behind the object: "put the launch off"."""
        out = self.out
        if out.lemma != base or not out.object:
            return
        after = out.object[-1].i + 1
        if (
            after < self.end
            and self.doc[after].lower_ in PARTICLES
            and after not in {t.i for _, ts in out.beside for t in ts}
        ):
            closing = after + 1 >= self.end or self.doc[after + 1].tag_ not in {"NNP", "NNPS", "DT", "NN"}
            if closing and (
                frames.verb_frame(f"{base} {self.doc[after].lower_}") is not None or self.doc[after].tag_ == "RP"
            ):
                out.lemma = f"{base} {self.doc[after].lower_}"
                out.spent.add(after)
                if out.lead == self.doc[after].lower_ and not any(p == out.lead for p, _ in out.beside):
                    out.lead = None

    # ----------------------------------------------------------------------------------------------- behind the verb
    def _rest(self, i: int) -> None:
        """Object, prepositions with their phrases, one left behind, and clauses that narrow the question."""
        while i < self.end:
            token = self.doc[i]
            if (
                i in self.timed
                or token.is_punct
                or i in self.wh
                or (token.tag_ in _ADVERBS and not self._is_compound(i))
            ):
                i += 1
            elif self._opens_clause(i):
                self._narrows(i, token.lower_ in ("who", "that", "which", "whose"))
                self._left_behind(self.end - 1)
                return
            elif token.lower_ in PREPOSITIONS or token.tag_ in {"IN", "TO", "RP"} or self._is_compound(i):
                i = self._preposition(i)
            elif token.tag_ in _VERBS | {"MD"} and not self._nominal(i):
                self._narrows(i, token.tag_ in _PARTICIPLES)
                self._left_behind(self.end - 1)
                return
            else:
                i = self._noun(i)

    def _narrows(self, i: int, of_object: bool) -> None:
        """A clause from here to the end only narrows the question; behind its object it is part of that."""
        self.out.embedded.update(range(i, self.end))
        if of_object and self.out.object and not self.out.beside:
            self.out.object += self._plain(i, self.end)

    def _opens_clause(self, i: int) -> bool:
        token = self.doc[i]
        if token.lower_ not in _SUBORDINATE or i in self.wh:
            return False
        if token.lower_ in ("as", "than", "after", "before", "since", "until"):
            stop = self._noun_phrase(i + 1)
            return i + 1 < stop < self.end and self.doc[stop].tag_ in _FINITE
        rest = self.doc[i + 1 : self.end]
        if token.lower_ == "now":
            return bool(rest) and rest[0].lower_ == "that"
        return any(t.tag_ in _FINITE for t in rest) and not (
            token.lower_ == "as" and not any(t.tag_ in _FINITE for t in rest)
        )

    def _is_compound(self, i: int) -> bool:
        return i + 1 < self.end and f"{self.doc[i].lower_} {self.doc[i + 1].lower_}" in _COMPOUND

    def _preposition(self, i: int) -> int:
        token = self.doc[i]
        out = self.out
        if i + 1 < self.end and f"{token.lower_} {self.doc[i + 1].lower_}" in _COMPOUND:
            stop = self._noun_phrase(i + 2)
            out.beside.append((f"{token.lower_} {self.doc[i + 1].lower_}", self._plain(i + 2, stop)))
            return max(stop, i + 2)
        if token.lower_ == "to" and i + 1 < self.end and self.doc[i + 1].tag_ in {"VB", "VBP"}:
            out.embedded.update(range(i, self.end))
            self._left_behind(self.end - 1)
            return self.end
        if i + 1 < self.end and self.doc[i + 1].tag_ == "VBG":
            out.beside.append((token.lower_, list(self.doc[i + 1 : self.end])))
            out.embedded.update(range(i + 1, self.end))
            return self.end
        if i + 1 < self.end and self.doc[i + 1].i in self.timed:
            return i + 1
        stop = self._noun_phrase(i + 1)
        if stop == i + 1:
            if (
                token.tag_ != "RP"
                and token.lower_ not in ("off", "up", "out", "back", "away", "down")
                and i not in out.spent
            ):
                self._left(token)
            return i + 1
        tokens = [t for t in self.doc[i + 1 : stop] if t.i not in self.timed]
        split = self._split(tokens)
        if split is not None and stop < self.end and self.doc[stop].tag_ in _FINITE:
            out.embedded.update(range(split, self.end))
            tokens, stop = [t for t in tokens if t.i < split], self.end
        if tokens:
            out.beside.append((token.lower_, tokens))
        return stop

    def _left(self, token: Token) -> None:
        """A preposition without a phrase belongs to the question word."""
        if (
            self.wh
            and self.out.lead is None
            and self.doc[self.wh[-1]].lower_ in ("who", "whom", "what", "which", "whose", "where", "how")
        ):
            self.out.lead = token.lower_
            if self.out.gap in ("object", "other") and self.doc[self.wh[-1]].lower_ not in ("where", "how"):
                self.out.gap = "preposition"

    def _left_behind(self, i: int) -> None:
        token = self.doc[i]
        if token.lower_ in PREPOSITIONS and token.tag_ in {"IN", "TO"}:
            self._left(token)

    def _noun(self, i: int) -> int:
        stop = self._noun_phrase(i)
        if stop == i:
            return i + 1
        tokens = [t for t in self.doc[i:stop] if t.i not in self.timed]
        split = self._split(tokens)
        if (
            split is None
            and stop < self.end
            and self.doc[stop].tag_ in {"VBZ", "VBP"}
            and self._noun_after_all(tokens, stop)
        ):
            tokens.append(self.doc[stop])
            stop += 1
        if split is not None and stop < self.end and (self.doc[stop].tag_ in _FINITE):
            self.out.embedded.update(range(split, self.end))
            tokens, stop = [*(t for t in tokens if t.i < split), *self._plain(split, self.end)], self.end
            self._left_behind(self.end - 1)
        if not self.out.object:
            self.out.object = tokens
        elif tokens:
            self.out.beside.append(("", tokens))
        return stop

    def _noun_after_all(self, tokens: Sequence[Token], stop: int) -> bool:
        """Whether what was taken for a verb is the noun of the phrase before it: "made the Norvia | remarks"."""
        last = stop + 1 >= self.end or self.doc[stop + 1].lower_ in PREPOSITIONS
        return last and bool(tokens) and tokens[0].tag_ in {"DT", "PRP$"} and self.doc[stop].lower_ not in AUXILIARIES

    # ------------------------------------------------------------------------------------------------------- phrases
    def _noun_phrase(self, i: int) -> int:  # noqa: C901, PLR0912 one loop over the word classes that a phrase may hold
        """The end of the noun phrase from here, "of" phrases and joined ones included; ``i`` itself where there is none."""
        j, head = i, False
        while j < self.end:
            token = self.doc[j]
            tag = token.tag_
            if j in self.timed and not (head and j + 1 < self.end and self._nominal(j + 1) and j + 1 not in self.timed):
                if not head and j + 1 < self.end:
                    j += 1
                    continue
                break
            if tag in _HEADS or token.lower_ in _SINGLE:
                head = True
            elif tag in {"DT", "PRP$", "PDT", "WP$"} and head:
                break
            elif (
                tag in _MODIFIERS
                or (tag in _ADVERBS and not head and self._modifies(j))
                or (tag in _PARTICIPLES and self._nominal(j + 1) and (not head or token.dep_ in ("amod", "compound")))
            ):
                if head and tag in {"JJ", "JJR", "JJS"} and not self._nominal(j + 1):
                    break
            elif tag == "CC" and head and self._nominal(j + 1):
                head = True
                j += 1
                while j < self.end and self.doc[j].tag_ in {"DT", "PRP$", "JJ", "PDT"}:
                    j += 1
                continue
            elif token.lower_ == "of" and head and self._nominal(j + 1):
                j += 1
                while j < self.end and self.doc[j].tag_ in {"DT", "PRP$", "JJ", "PDT"}:
                    j += 1
                continue
            else:
                break
            j += 1
        if not head:
            return i
        while j > i and self.doc[j - 1].tag_ in {"DT", "CC", "HYPH", ","}:
            j -= 1
        return j

    def _modifies(self, j: int) -> bool:
        return j + 1 < self.end and self.doc[j + 1].tag_ in {"JJ", "CD", "VBN"}

    def _nominal(self, j: int) -> bool:
        return j < self.end and self.doc[j].tag_ in _HEADS | {"DT", "PRP$", "JJ", "JJS", "JJR", "PDT"}

    def _split(self, tokens: Sequence[Token]) -> int | None:
        """Where in a run of nouns a second noun phrase begins: "the debate | trump", "the student | she"."""
        for one, two in itertools.pairwise(tokens):
            if two.tag_ in {"PRP", "DT", "PRP$"} and one.tag_ in _HEADS:
                return two.i
            if two.tag_ in {"NNP", "NNPS"} and one.tag_ in {"NN", "NNS"}:
                return two.i
        return None

    def _head(self, tokens: Sequence[Token]) -> Token | None:
        """The noun that a phrase is about: the last one before "of", "and" or a further noun."""
        head: Token | None = None
        for token in tokens:
            if token.tag_ in {"CC", "IN"} and head is not None:
                break
            if token.tag_ in {"NN", "NNS", "NNP", "NNPS", "FW"} or (token.tag_ == "CD" and head is None):
                head = token if token.i not in self.timed else head
        return head or (tokens[-1] if tokens else None)

    def _plain(self, start: int, stop: int) -> list[Token]:
        """The words of a phrase without adverbs, times and question words."""
        return [
            t for t in self.doc[start:stop]
            if t.i not in self.timed and t.tag_ not in _ADVERBS and not t.is_punct and t.i not in self.wh and t.lower_ not in AUXILIARIES
        ]  # fmt: skip

    def _verbal(self, i: int) -> bool:
        """Whether a verb may stand here, adverbs before it passed over."""
        while i < self.end and self.doc[i].tag_ in _ADVERBS:
            i += 1
        return (
            i < self.end
            and self.doc[i].tag_ in _VERBS
            and not (self.doc[i].tag_ == "VBG" and self._nominal(i + 1) and self.doc[i].dep_ == "amod")
        )

    def _only_verb(self, i: int) -> bool:
        """Whether "did", "has" is the verb itself: "who did it", "which has more seats"."""
        rest = self.doc[i + 1 : self.end]
        return not any(t.tag_ in _VERBS for t in rest) and not any(
            self.is_verb(t.lower_) and frames.verb_frame(t.lower_) is not None and k > 0 for k, t in enumerate(rest)
        )

    def _to(self, i: int) -> bool:
        return self.start <= i < self.end and self.doc[i].lower_ == "to" and self.doc[i].tag_ == "TO"

    def _negation(self, start: int, stop: int) -> None:
        self.out.negated = self.out.negated or any(t.lower_ in ("n't", "not", "never") for t in self.doc[start:stop])

    def _finish(self) -> None:
        out = self.out
        if out.verb is not None and out.lemma is None:
            out.lemma = _lemma(out.verb)
        if out.verb is not None and not out.negated:
            self._negation(self.start, out.verb.i)


def _lemma(verb: Token) -> str:
    """A verb's lemma, also where it was taken for a noun: "meeting" means "meet"."""
    lemma = verb.lemma_.lower()
    if lemma.endswith("ing") and len(lemma) > len("bring"):
        stem = verb.lower_[:-3]
        return next((s for s in (stem, f"{stem}e", stem[:-1]) if frames.verb_frame(s) is not None), lemma)
    return lemma


def _noun_of(phrase: Sequence[Token]) -> Token | None:
    """The last noun before a further preposition of the phrase asked for."""
    nouns = [t for t in phrase if t.tag_ in {"NN", "NNS", "NNP", "NNPS"}]
    return nouns[-1] if nouns else None
