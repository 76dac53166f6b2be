"""How a sentence puts a fact: as what it tells, or beside that; as news or as background; as done or to come."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.briefing.news.matters import parties
from briefs.facts.frames import OTHER, noun_frame
from briefs.facts.frames import synonyms as event_words
from briefs.language.words import word_set
from briefs.models import Modality

if TYPE_CHECKING:
    from briefs.briefing.news.lines import Line
    from briefs.models import Argument, Fact

RECALLED = timedelta(days=3)  # before its article, from which an event is background
AHEAD = frozenset({Modality.PLANNED, Modality.POSSIBLE})
STILL = word_set("be have own hold_office name_as say announce write know believe")
NO_EVENT = word_set(
    "say write announce discuss be have own hold_office name_as plan hold get do believe want fear like hate know perceive work "
    "connect live continue happen cost use show help operate give make need expect try learn teach grow fall"
)
_NAMED = re.compile(
    r"(?:\b(?:the|an?|its|his|her|their|this|that|these|those|no|any|of|for|after|before|from|during|since|to|into|with|by|on|over|first|"
    r"last|next|new|another)|['’]s)\s+(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
SAID = word_set("say announce show know believe write discover")
_SAYING = re.compile(
    r"\b(?:said|says|saying|announced|declared|stated|insisted|vowed|confirmed|reported|wrote|told \w+|showed|found)"
    r"(?:\s(?:on\s)?\w+)? that\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:(?:which|who|whom|whose|that|where|if|whether|because|although|though|while|when|since|after|before|until|unless|as)\b"
    r"(?:\s[\w’'-]+){0,7}|(?:for|of|by|without|despite|from)\b(?:\s(?:be|have|been|being|having))*)\s*$",
    re.IGNORECASE,
)
_GOING = re.compile(r"\b(?:am|is|are|was|were|be|been|being|keeps?|kept)\s(?:\w+\s)?$", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:will|would|shall|should|may|might|could|can|must|did|does|do)\s(?:not\s)?$", re.IGNORECASE)
_OWNERS = ("'s", "’s", "s'", "s’", "its", "his", "her", "their", "our", "my")
_AIMED = re.compile(r"\bto(?:\s(?:be|have|been))*\s*$", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def is_event(fact: Fact) -> bool:
    """Whether a fact tells that something happens, and not what something is or what somebody says."""
    return fact.kind not in NO_EVENT and (fact.kind != OTHER or len(parties(fact)) > 0)


def is_told(fact: Fact, line: Line) -> bool:
    """Whether a sentence tells the event and does not only name it: "lifted off", but not "after the launch"."""
    text, start = line.article.text, fact.predicate.start
    word = text[start : fact.predicate.end].lower()
    if word.endswith("ed") or (" " in fact.predicate.lemma and " " in word) or _has_subject(fact):
        return True
    if word.endswith("ing") and not _GOING.search(text[:start][-24:]):
        return False
    if _MODAL.search(text[:start][-12:]):
        return True
    noun = word in event_words(fact.kind) or noun_frame(word) is not None
    return not noun or _NAMED.search(text[max(fact.start, start - 40) : start]) is None


def _has_subject(fact: Fact) -> bool:
    """Whether somebody or something stands right before the predicate, and not as its owner."""
    beside = (a for a in fact.arguments if a.role in ("agent", "patient") and 0 <= fact.predicate.start - a.end <= 1)
    return any(not a.text.lower().endswith(_OWNERS) for a in beside)


def is_main(fact: Fact, line: Line) -> bool:
    """Whether a sentence states the event itself, and not beside its statement: in no clause of time, reason or condition."""
    text, at = line.article.text, fact.predicate.start
    if any(m.start() <= at - line.start < m.end() for m in _QUOTED.finditer(line.text)):
        return False
    for other in line.facts:
        if (
            other.predicate.start != at
            and other.kind not in SAID
            and any(_holds(a, fact, text) for a in other.arguments)
        ):
            return False
    before = _SAYING.sub(" ", re.split(r"[,;:—–“\"]", text[line.start : at])[-1])
    aimed = fact.modality is not Modality.HAPPENED and _AIMED.search(before) is not None
    return not aimed and _SUBORDINATE.search(before) is None


def _holds(argument: Argument, fact: Fact, text: str) -> bool:
    """Whether a fact stands inside an argument of another: but "forced them to put it off" tells that it was put off."""
    done = fact.modality is Modality.HAPPENED and _AIMED.search(text[: fact.predicate.start][-16:]) is not None
    return not done and argument.start <= fact.predicate.start < argument.end


def is_recalled(fact: Fact, line: Line) -> bool:
    """Whether a fact is background: it happened days before its article."""
    when = fact.when
    return when is not None and when.last is not None and when.last < line.article.shown_at - RECALLED


def is_ahead(fact: Fact) -> bool:
    """Whether a fact tells what is to come: "will lift off", "the next attempt is planned for Friday"."""
    return fact.modality in AHEAD or fact.kind == "plan"
