"""How a sentence tells that somebody does something to somebody: as done, as planned, as denied, or in words too weak to draw.

The extraction says what modality a predicate has; a picture needs more care, for it shows no "if" and no "the best way to".
The patterns look at the words before the predicate, where English puts what takes a statement back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.models import Modality
from briefs.overviews.relations import Told, past

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from briefs.models import Fact

_I = re.IGNORECASE

# A gerund behind these is a matter spoken of: "in favor of impeaching him", "the idea of suing".
_SPOKEN_OF = re.compile(
    r"\b(?:of|about|on|against|towards?|from|to|than|behind|consider(?:s|ed|ing)?|calls? for)\s+$", _I
)
# An aim that nobody says will be reached: "the best way to oust her", "asked him to turn to her to replace Gray".
_NO_PLAN = re.compile(
    r"\b(?:ways?|time|enough|reasons?|power|right|chance|likely|easier|harder|best|better|able|choice|pick|candidates?|runner|"
    r"nominee|bid|efforts?|attempts?|coalition|group|alliance|decision|(?:one|only|first|last|second)(?: \w+)?)\s+to\s+$"
    r"|\b(?:us(?:e|es|ed|ing)|ask(?:s|ed|ing)?|order(?:s|ed|ing)?|urg(?:e|es|ed|ing)|tell(?:s|ing)?|told|direct(?:s|ed|ing)?"
    r"|press(?:es|ed|ing)?|instruct(?:s|ed|ing)?|call(?:s|ed|ing)? (?:on|for|upon)|want(?:s|ed|ing)?|paid|gave)\b[^,;]{0,80}\bto\s+$",
    _I,
)
_IF = re.compile(r"(?:^|[,;“\"]\s*|\b)(?:if|unless|whether)\b[^,;]*$", _I)
# What nobody vouches for: "accusations that she had misled them", "polls show him beating her".
_UNVOUCHED = re.compile(r"\b(?:accusations?|allegations?|claims?|rumou?rs|suspicions?|polls?|surveys?)\b[^,.;]*$", _I)
_AHEAD = re.compile(r"\b(?:will|would|shall|to|going to|'ll|’ll)\s+(?:\w+\s+){0,2}$", _I)
_ARRANGED = re.compile(
    r"\b(?:plan(?:s|ned)?|schedul\w+|upcoming|forthcoming|next|set|expect\w+|due|agreed|announced|will)\b[^,;]*$", _I
)
_OUGHT = re.compile(r"\b(?:should|must|may|might|could|can|would)\b[^,;]*$", _I)
_REACHED = re.compile(r"\b(?:reach|sign|struck|announc|agree|seal|conclud|under|made|clos|ink|hail|welcom)\w*\b", _I)
_AUXILIARY = re.compile(r"\b(?:did|do|does)\s+(?:\w+ly\s+)?$", _I)
_WENT_ON = re.compile(r"\b(?:went|gone|go) on to\s+$", _I)
_WILL_NOT = re.compile(r"\b(?:will not|won['’]t|would not|wouldn['’]t|will never)\s+$", _I)
_MET_TO = re.compile(r"\b(?:met|meet|huddled|meeting|sat down)\b[^;]*\bto\s+$", _I)  # "met to discuss"
_INVITED = re.compile(r"\binvit\w+\b[^.;]{0,60}\bto\s+$", _I)
_REFUSED = re.compile(r"\b(?:refus|declin)\w+\s+to\s+$", _I)
_NOT_NEGATED = re.compile(r"\bended up\s+$", _I)
_HALF_DAY = 12 * 3600  # seconds: an article is often dated by its day alone


def told(fact: Fact, text: str, around: Iterable[Fact], at: datetime, *, noun: bool) -> Told | None:
    """How a fact is told in an article's text; None where the words are too weak.

    ``around``: the facts of its sentence; ``at``: when the article was published; ``noun``: an event names it.
    """
    before, word = text[fact.start : fact.predicate.start], text[fact.predicate.start : fact.predicate.end]
    if _IF.search(before) or _UNVOUCHED.search(before) or _is_title(word, before):
        return None
    match fact.modality:
        case Modality.POSSIBLE:
            return Told.REFUSED if fact.negated and _REFUSED.search(before) else None
        case Modality.CANCELLED:
            return Told.CANCELLED
        case Modality.PLANNED:
            return _ahead(fact, before, word, noun=noun)
    if fact.negated:
        return _not(fact, before, around)
    return _done(fact, before, word, at, noun=noun)


def _is_title(word: str, before: str) -> bool:
    """Whether a predicate is spelled as in a name or a headline: "Face the Nation"."""
    return bool(before.strip(" “\"‘'")) and word[:1].isupper()


def _ahead(fact: Fact, before: str, word: str, *, noun: bool) -> Told | None:
    if fact.negated:
        return Told.RULED_OUT if _WILL_NOT.search(before) else None
    if _WENT_ON.search(before):
        return Told.HAPPENED
    if _INVITED.search(before):
        return Told.INVITED if fact.kind == "visit" else None
    foreseen = fact.kind == "win" or (fact.kind == "discuss" and _MET_TO.search(before))
    if foreseen or _NO_PLAN.search(before):
        return None
    ahead = _ARRANGED.search(before) if noun else _is_base(fact, word)
    return Told.PLANNED if ahead or _AHEAD.search(before) else None


def _not(fact: Fact, before: str, around: Iterable[Fact]) -> Told | None:
    if _NOT_NEGATED.search(before) or _OUGHT.search(before):
        return None
    denied = any(
        other.predicate.lemma == "deny" and not other.negated and _holds(other, fact)
        for other in around
        if other.kind == "deny"
    )
    return Told.DENIED if denied else Told.NOT


def _done(fact: Fact, before: str, word: str, at: datetime, *, noun: bool) -> Told | None:
    if word.lower().endswith("ing") and _SPOKEN_OF.search(before):
        return None
    if fact.kind == "agree" and noun and not _REACHED.search(before):
        return None
    first = fact.predicate.lemma.split()[0]
    present = word.lower() in {first, f"{first}s", f"{first}es"} and past(first) != first
    when = fact.when
    if when is not None and when.first is not None and present and not noun:
        later = (when.first - at).total_seconds() > _HALF_DAY
        return Told.PLANNED if later and when.modifier is None else Told.HAPPENED
    # "kill" behind a single doer is a parse gone wrong; "the hosts face Ostia" is none.
    broken = not noun and _is_base(fact, word) and past(first) != first and not _AUXILIARY.search(before)
    alone = sum(a.role == "agent" and a.entity is not None for a in fact.arguments) == 1
    return None if broken and alone else Told.HAPPENED


def _is_base(fact: Fact, word: str) -> bool:
    return word.lower() == fact.predicate.lemma.split()[0]


def _holds(other: Fact, fact: Fact) -> bool:
    return other.start == fact.start and any(a.start <= fact.predicate.start < a.end for a in other.arguments)


def holding(kind: str, fact: Fact, around: Iterable[Fact]) -> list[Fact]:
    """The facts of a kind in its sentence that a fact is an argument of."""
    return [other for other in around if other.kind == kind and other is not fact and _holds(other, fact)]
