"""Verbs of several words: with the particle behind them or behind their object, and those that the lexicon knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.answers.clause.tags import NAMES
from briefs.answers.lexicon import PARTICLES, PREPOSITIONS
from briefs.facts import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from briefs.answers.clause.part import Part
    from briefs.answers.clause.value import Clause

_LONGEST = 4  # words of a verb of several words: "file for bankruptcy"


def with_particle(part: Part, i: int, base: str) -> tuple[int, str, str]:
    """Where a verb ends, its lemma and its frame: as one of several words that is known, or with the particle behind it."""
    following = list(part.doc[i + 1 : min(i + _LONGEST, part.end)])
    for count in range(len(following), 0, -1):
        run = following[:count]
        if _makes_verb(base, run, last=count == len(following)):
            frame = frames.frame(_lemma(base, run), "VERB")
            if count > 1 and run[-1].lower_ in PREPOSITIONS - PARTICLES:
                run.pop()  # it leads to what stands beside the verb
            return i + 1 + len(run), _lemma(base, run), frame
    run = [t for t in following[:1] if t.lower_ in PARTICLES and t.tag_ == "RP"]
    lemma = _lemma(base, run)
    return i + 1 + len(run), lemma, frames.frame(lemma, "VERB")


def _lemma(base: str, run: Sequence[Token]) -> str:
    return " ".join([base, *(t.lower_ for t in run)])


def _makes_verb(base: str, run: Sequence[Token], *, last: bool) -> bool:
    """Whether the lexicon knows a verb with these words behind it, and they are no phrase of their own."""
    phrase = _lemma(base, run)
    found = frames.verb_frame(phrase)
    if found is None or any(t.is_punct or t.tag_ in NAMES for t in run):
        return False
    if len(run) > 1:
        return True
    if run[0].tag_ == "IN" and (found is frames.verb_frame(base) or (phrase == "get in" and not last)):
        return False  # leads to a phrase of its own: "went in the house", "how many votes did she get in May"
    return run[0].lower_ in PARTICLES or run[0].tag_ in {"JJ", "VBN", "RB", "RP"} or phrase == "take place"


def late_particle(part: Part, out: Clause, base: str) -> int | None:
    """The index of a particle behind the object: "put the launch off"."""
    if not out.object:
        return None
    i = out.object[-1].i + 1
    particle = part.lower(i)
    if particle not in PARTICLES or any(t.i == i for _, tokens in out.beside for t in tokens):
        return None
    known = part.tag(i) == "RP" or frames.verb_frame(f"{base} {particle}") is not None
    return i if known and part.tag(i + 1) not in {"NNP", "NNPS", "DT", "NN"} else None
