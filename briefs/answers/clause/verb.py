"""The verb of a clause: the one that is meant behind those which only lead to it, with its particle and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.nouns import head_of, is_nominal, last_noun
from briefs.answers.clause.particles import late_particle, with_particle
from briefs.answers.clause.rest import take_rest
from briefs.answers.clause.tags import ADVERBS, PARTICIPLES, PAST, PLAIN
from briefs.answers.lexicon import ANNOUNCING, BE, PARTICLES, ROUNDING
from briefs.facts import frames

if TYPE_CHECKING:
    from spacy.tokens import Token

    from briefs.answers.clause.part import Part
    from briefs.answers.clause.value import Clause

_HAVING_TO = {"have", "need", "get", "come", "tend"}
_MEANT = {"fail", "continue", "decide", "hope", "want"}  # announce a verb, but tell something of their own
_BECOMING = {"get", "become"}
_GETTING = {"get", "got", "getting", "gets"}


def take_verb(part: Part, out: Clause, i: int, *, passive: bool = False) -> None:
    """Take in the verb here, or the one it leads to, and all that follows."""
    while (meant := _meant(part, i)) is not None:
        out.spent.update(range(i, meant))
        helpers = {t.lower_ for t in part.doc[i:meant]}
        passive = part.tag(meant) == "VBN" and bool(helpers & (BE | _GETTING))
        i = meant
    out.verb, out.passive = part.doc[i], passive
    base = _lemma(part.doc[i])
    stop, out.lemma, out.frame = with_particle(part, i, base)
    out.spent.update(range(i + 1, stop))
    take_rest(part, out, stop)
    if out.lemma == base:
        _take_late_particle(part, out, base)
    if base == "be":
        out.copular = True
        out.noun = head_of(part, out.subject) or last_noun(out.phrase) or head_of(part, out.object)


def _lemma(verb: Token) -> str:
    """A verb's lemma, also where it was taken for a noun: "meeting" means "meet"."""
    lemma: str = verb.lemma_.lower()
    if lemma.endswith("ing") and len(lemma) > len("bring"):
        stem = verb.lower_[:-3]
        return next((s for s in (stem, f"{stem}e", stem[:-1]) if frames.verb_frame(s) is not None), lemma)
    return lemma


def _take_late_particle(part: Part, out: Clause, base: str) -> None:
    """Take in a particle behind the object, which is then no preposition left behind."""
    i = late_particle(part, out, base)
    if i is None:
        return
    out.lemma = f"{base} {part.lower(i)}"
    out.frame = frames.frame(out.lemma, "VERB")
    out.spent.add(i)
    if out.lead == part.lower(i) and not any(preposition == out.lead for preposition, _ in out.beside):
        out.lead = None


def _meant(part: Part, i: int) -> int | None:
    """The verb that "expected to", "end up", "get" only lead to; None where the verb here is meant."""
    base = _lemma(part.doc[i])
    after = i + 1
    while part.tag(after) in ADVERBS and part.lower(after) not in PARTICLES:
        after += 1
    if part.is_to(after):
        meant = _behind_to(part, base, after + 1)
        if meant is not None:
            return meant
    if f"{base} {part.lower(after)}" in ROUNDING and part.tag(after + 1) in {"VBG", "VB"}:
        return after + 1
    ending = base in ("finish", "stop") and part.tag(after) == "VBG"
    return after if ending or _gets(part, base, after) else None


def _behind_to(part: Part, base: str, i: int) -> int | None:
    """The verb behind "to" that "have", "expect" lead to, its own auxiliary passed over."""
    if base in _HAVING_TO and part.tag(i) == "VB":
        return i + (part.lower(i) == "be" and part.tag(i + 1) == "VBN")
    if base not in ANNOUNCING - _MEANT:
        return None
    if part.lower(i) in ("be", "get", "have") and part.tag(i + 1) in PAST | PARTICIPLES:
        return i + 1
    return i if part.tag(i) in PLAIN or part.english.is_verb(part.lower(i)) else None


def _gets(part: Part, base: str, i: int) -> bool:
    """Whether "get" only makes a passive of a participle: "got arrested", but not "got rid of" or "got hurt people"."""
    fixed = any(frames.verb_frame(f"{base} {part.doc[i:stop].text.lower()}") for stop in (i + 1, i + 2))
    return base in _BECOMING and part.tag(i) in PAST and not fixed and not is_nominal(part, i + 1)
