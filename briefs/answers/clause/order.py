"""Reads a part from its question word or auxiliary on, in the order of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.asked import give_back_verb, past_emphasis, take_fronted, take_phrase
from briefs.answers.clause.auxiliaries import follows, is_only_verb, is_passive, is_verbal
from briefs.answers.clause.copula import has_reduced_clause, read_copula
from briefs.answers.clause.mainverb import main_verb, purpose
from briefs.answers.clause.statement import gap, read_asked, read_in_place, read_statement, take_negation
from briefs.answers.clause.tags import ADVERBS, FINITE
from briefs.answers.clause.value import Clause
from briefs.answers.clause.verb import take_verb
from briefs.answers.lexicon import ANNOUNCING, AUXILIARIES, BE, DO, HAVE, PREPOSITIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from briefs.answers.clause.part import Part

_TIMES = {"day", "date", "year", "time", "month", "week", "hour", "weekday", "decade", "century"}
_PRESENT = {"there", "here", "present", "able", "around"}


def read(part: Part) -> Clause:
    """The clause of a part."""
    out = Clause(wh=tuple(part.doc[i] for i in (*part.wh, *part.further)), mutual=bool(part.further))
    if not part.wh:
        _read_yes_no(part, out)
    elif _is_in_place(part):
        read_in_place(part, out)
    else:
        _read_asking(part, out)
    if out.verb is not None:
        take_negation(part, out, part.start, out.verb.i)
    return out


def _is_in_place(part: Part) -> bool:
    """Whether the question word stands where the answer would: "she created what in 1985"."""
    before = part.doc[part.start : part.wh[0]]
    if len(before) < 2 or before[-1].text == "," or (before[-1].lower_ in PREPOSITIONS and before[-2].text == ","):
        return False
    if before[0].lower_ in PREPOSITIONS and any(t.lower_ in AUXILIARIES for t in part.behind(part.wh[0])[:3]):
        return False
    return any(t.tag_ in FINITE for t in before)


def _read_yes_no(part: Part, out: Clause) -> None:
    opening = part.lower(part.start)
    if opening in AUXILIARIES:
        _read_inverted(part, out, part.start)
    elif opening:
        read_statement(part, out, part.start + (opening in ("if", "whether")))


def _read_asking(part: Part, out: Clause) -> None:
    """Read a part from its question word on."""
    if part.wh[0] > part.start:
        take_fronted(part, out)
    i = past_emphasis(part, part.wh[-1] + 1)
    if part.word == "how" and part.lower(i) == "come":
        out.spent.add(i)
        i += 1
    elif part.word in ("what", "which", "whose", "how"):
        i = take_phrase(part, out, i)
    verb = give_back_verb(part, out, i) if part.word == "what" else None
    if verb is not None:
        _read_subject_asked(part, out, verb)
    elif i < part.end:
        _read_behind(part, out, i)


def _read_behind(part: Part, out: Clause, i: int) -> None:
    """Read what follows the question word and its phrase: an auxiliary, a verb, or a subject."""
    word = part.lower(i)
    if word in AUXILIARIES and not (word in DO | HAVE and is_only_verb(part, i)):
        _read_auxiliary(part, out, i)
    elif is_verbal(part, i):
        _read_subject_asked(part, out, i)
    else:
        read_asked(part, out, i)


def _read_subject_asked(part: Part, out: Clause, i: int) -> None:
    """No auxiliary: the verb follows the question word."""
    out.gap = gap(part, out, "subject")
    take_verb(part, out, part.past_adverbs(i))


def _read_auxiliary(part: Part, out: Clause, i: int) -> None:
    """An auxiliary: the subject follows it, or the verb does because the subject is asked for."""
    verb = i + 1
    while part.is_adverb(verb) or part.lower(verb) in AUXILIARIES - DO | {"n't", "not"}:
        verb += 1
    asks_noun = part.asks_side or bool(out.phrase)
    if asks_noun and _is_present(part, i, verb):
        out.auxiliary = part.lower(i)
        out.gap = gap(part, out, "subject")
        take_verb(part, out, verb + 1)
    elif asks_noun and follows(part, i, verb):
        out.auxiliary = part.lower(i)
        take_negation(part, out, i, verb)
        out.gap = gap(part, out, "subject")
        take_verb(part, out, verb, passive=is_passive(part, i, verb))
    else:
        _read_inverted(part, out, i)


def _is_present(part: Part, i: int, to: int) -> bool:
    """Whether somebody is there to do something: "who was there to greet her"."""
    return part.lower(i) in BE and part.is_to(to) and part.lower(to - 1) in _PRESENT


def _read_inverted(part: Part, out: Clause, i: int) -> None:
    """An auxiliary, a subject, a verb."""
    out.auxiliary = part.lower(i)
    alone = out.auxiliary in BE and has_reduced_clause(part, out, i)
    verb = None if alone else main_verb(part, out, i)
    if verb is not None:
        _read_helped(part, out, i, verb)
    elif out.auxiliary in BE:
        read_copula(part, out, i)
    else:
        read_asked(part, out, i + 1)


def _read_helped(part: Part, out: Clause, i: int, verb: int) -> None:
    """A subject between an auxiliary and its verb."""
    take_negation(part, out, i, verb)
    out.subject = _subject(part, i, verb)
    take_verb(part, out, purpose(part, verb) or verb, passive=is_passive(part, i, verb))
    if part.asks_side:
        out.gap = gap(part, out, "preposition" if out.lead else "other" if _asks_time(out) else "object")


def _subject(part: Part, auxiliary: int, verb: int) -> list[Token]:
    """What stands between an auxiliary and its verb, without what only announces that."""
    start, stop = auxiliary + 1, verb
    while stop > start and (
        part.tag(stop - 1) in ADVERBS | {"TO"} or part.lower(stop - 1) in AUXILIARIES | ANNOUNCING | {"to"}
    ):
        stop -= 1
    return part.plain(start, stop if stop > start else verb)


def _asks_time(out: Clause) -> bool:
    """Whether the phrase asked for is a time and no participant: "what day did …"."""
    return any(t.lemma_.lower() in _TIMES for t in out.phrase)
