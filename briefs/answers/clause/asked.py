"""What a question word stands with: a preposition before it, a degree and a noun phrase behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.auxiliaries import is_verbal
from briefs.answers.clause.nouns import is_nominal, noun_phrase
from briefs.answers.clause.tags import ADVERBS, FINITE, PARTICIPLES, VERBS
from briefs.answers.lexicon import AUXILIARIES, DEGREES, PREPOSITIONS
from briefs.facts import frames

if TYPE_CHECKING:
    from briefs.answers.clause.part import Part
    from briefs.answers.clause.value import Clause

_COUNTING = ("many", "much", "more", "few", "little")
_DETERMINED = {"DT", "PRP", "PRP$"}
_BOUNDS = {"IN", "TO", ",", "WP", "WDT", "WRB", "RP"}
_EMPHASIS = {"exactly", "else", "precisely", "all", "ever", "hell", "earth"}
_SWEARING = ("hell", "earth")


def take_fronted(part: Part, out: Clause) -> None:
    """Take in what stands before the question word: its preposition, or a phrase set off ("In 2014, who …")."""
    first = part.wh[0]
    before = [t for t in part.doc[part.start : first] if not t.is_punct and t.lower_ not in ("and", "or")]
    if before and before[-1].lower_ in PREPOSITIONS and (len(before) == 1 or part.doc[first - 1].text != ","):
        out.lead = before.pop().lower_
    if before and before[0].lower_ in PREPOSITIONS:
        out.beside.append((before[0].lower_, part.untimed(before[1:])))
    if any(t.tag_ in VERBS for t in before):
        out.embedded.update(t.i for t in before)


def past_emphasis(part: Part, i: int) -> int:
    """The index behind what only stresses a question word: "exactly", "else", "on earth"."""
    while part.lower(i) in _EMPHASIS or (part.lower(i) in ("the", "on") and part.lower(i + 1) in _SWEARING):
        i += 1
    return i


def take_phrase(part: Part, out: Clause, i: int) -> int:
    """Take in the noun phrase that the question word stands with; return where it ends."""
    if part.word == "how":
        i = _take_degree(part, out, i)
        if part.doc[i - 1].lower_ not in _COUNTING:
            return i
        if part.lower(i) in ("more", "fewer", "less"):
            i += 1
    end = asked_noun(part, i)
    if end > i or part.lower(i) == "of":
        end = _with_prepositions(part, end)
    out.phrase = tuple(t for t in part.doc[i:end] if not t.is_punct)
    return end


def _take_degree(part: Part, out: Clause, i: int) -> int:
    """Take in the "long" of "how long"; return where it ends."""
    if part.lower(i) in DEGREES or part.tag(i) in {"JJ", "RB"}:
        out.spent.add(i)
        i += 1
    return i


def give_back_verb(part: Part, out: Clause, i: int) -> int | None:
    """Give back the verb that was taken into the noun phrase: "what lead to the split"; None where another follows."""
    if any(t.tag_ in FINITE | {"VB"} or t.lower_ in AUXILIARIES for t in part.doc[i : part.end]):
        return None
    verb = next((t for t in out.phrase if part.english.is_verb(t.lemma_.lower()) and t.tag_[:3] != "NNP"), None)
    if verb is None or frames.verb_frame(verb.lemma_.lower()) is None:
        return None
    out.phrase = tuple(t for t in out.phrase if t.i < verb.i)
    return verb.i


def asked_noun(part: Part, i: int) -> int:
    """The end of the noun phrase from here, which must leave a verb behind it."""
    j = i
    while j < part.end and not _ends(part, j, first=j == i):
        j += 1
    return j


def _ends(part: Part, j: int, *, first: bool) -> bool:
    """Whether the noun phrase asked for ends before a word."""
    word, tag, noun_follows = part.lower(j), part.tag(j), is_nominal(part, j + 1)
    if tag == "POS" or (word == "'s" and not first and noun_follows):
        return False
    if word in AUXILIARIES or tag in _BOUNDS:
        return True
    if tag in FINITE | {"VB"}:
        return not (first and _is_misread(part, j))
    if tag in PARTICIPLES | {"CC"}:
        return not noun_follows
    return not first and (tag in _DETERMINED or word == "the" or (tag in ADVERBS and not noun_follows))


def _is_misread(part: Part, j: int) -> bool:
    """Whether what is called a verb must be the noun asked for, as another verb follows it."""
    return part.tag(j) != "VBD" and (part.lower(j + 1) in AUXILIARIES or part.tag(j + 1) in FINITE)


def _with_prepositions(part: Part, j: int) -> int:
    """Phrases behind the noun asked for that still stand before the verb: "how many of the seats", "members of X"."""
    while part.lower(j) in PREPOSITIONS:
        stop = noun_phrase(part, j + 1)
        if stop == j + 1 or stop >= part.end:
            return stop if part.lower(j) == "of" else j
        if part.lower(stop) not in AUXILIARIES | PREPOSITIONS and not is_verbal(part, stop):
            return j
        j = stop
    return j
