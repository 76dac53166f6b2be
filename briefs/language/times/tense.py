"""Which way a time expression points: back, ahead or neither, told by the verb it hangs on."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

# "loose past" is the past of a participle without a tense of its own, or of a plan that once was: rather than
# firmly back, the nearest time is meant.
Tense = Literal["past", "loose past", "reported", "present", "future"]

_WILL: Final = frozenset({"will", "'ll", "\u2019ll", "wo", "shall"})
_MODALS: Final = frozenset({"may", "might", "can", "ca", "should", "must", "would", "'d", "\u2019d"})
_HAVE: Final = frozenset({"have", "has", "had", "having", "'ve", "\u2019ve"})
_PAST: Final = frozenset({"was", "were", "did", "got"})
_PRESENT: Final = frozenset(
    {"is", "are", "am", "'re", "'m", "'s", "\u2019re", "\u2019m", "\u2019s", "do", "does", "being"}
)
# Participles and adjectives that put what they describe ahead: "is scheduled for", "the planned launch", "due in".
_PLANNED: Final = frozenset(
    {
        "schedule",
        "scheduled",
        "plan",
        "planned",
        "expect",
        "expected",
        "due",
        "set",
        "slate",
        "slated",
        "poise",
        "poised",
    }
    | {"project", "projected", "forecast", "upcoming", "forthcoming", "intend", "intended", "aim", "target", "targeted"}
    | {"propose", "proposed", "anticipate", "anticipated", "tentative", "likely", "ready"}
)
_FORMERLY: Final = frozenset({"originally", "initially", "previously", "first", "once", "earlier"})
_PUT_OFF: Final = frozenset({"delay", "postpone", "defer", "push", "reschedule", "move", "adjourn"})
# "Failed to appear Tuesday" tells of Tuesday as done: implicative verbs (Karttunen 1971) and their like.
_IMPLICATIVE: Final = frozenset(
    {"have", "fail", "manage", "begin", "start", "continue", "force", "able", "unable", "refuse", "decline", "get"}
    | {
        "help",
        "happen",
        "appear",
        "seem",
        "use",
        "come",
        "go",
        "rush",
        "remember",
        "forget",
        "bother",
        "proceed",
        "gather",
    }
)
# What is done for a day to come: "has invited them to his office on Friday" is about the Friday ahead.
_CONVENING: Final = frozenset({"invite", "summon", "call", "convene", "arrange", "book", "order", "announce"})
# What is done to what is yet to be: "the concert on 22 May was cancelled" two days before it.
_CALLED_OFF: Final = (_PUT_OFF - {"push", "move"}) | {"cancel", "scrap", "scrub", "shelve", "suspend", "axe", "abandon"}
_PHRASAL: Final = frozenset({("call", "off"), ("put", "off"), ("push", "back")})
_BRINGING_ON: Final = _CONVENING | {"set", "schedule", "fix", "plan", "sell"}  # "sold 3,000 tickets for 22 May"
_NEAR: Final = 3  # words up the tree
_REPORTING: Final = frozenset({"say", "tell", "announce", "report", "show", "reveal", "add", "state", "claim", "write"})
_CLIMB: Final = 12  # a tree deeper than this is a parser's mistake


# The first that fits: "will have left" lies ahead, "may have left" does not.
_BY_HELPER: Final[tuple[tuple[frozenset[str], Tense], ...]] = (
    (_WILL, "future"),
    (_HAVE, "past"),
    (_MODALS, "future"),
    (frozenset({"could"}), "loose past"),
    (_PAST, "past"),
)


def tense_of(token: Token) -> Tense | None:
    """The tense of the verb that governs a token; None where no verb does."""
    node, loose = token, False
    for _ in range(_CLIMB):
        found = _tense_at(node)
        if found == "past" and loose:
            return "loose past"
        if found:
            return found
        loose = loose or node.tag_ == "VBG"
        if node.head is node:
            return None
        node = node.head
    return None


def put_off(token: Token) -> bool:
    """Whether a token hangs on a verb of putting off: "delayed to November" points ahead whatever the tense."""
    return any(node.lemma_.lower() in _PUT_OFF for node in islice(token.ancestors, _NEAR))


def convenes(token: Token) -> bool:
    """Whether a token hangs on a verb that sets something up: "called a strike for Tuesday"."""
    return any(node.lemma_.lower() in _CONVENING for node in islice(token.ancestors, _NEAR))


def is_of_plan(token: Token) -> bool:
    """Whether a token belongs to what is called off: "the concert in November was cancelled"."""
    if token.dep_ in ("compound", "nmod", "poss"):
        return calls_off(token)
    return token.dep_ == "pobj" and token.head.head.pos_ in ("NOUN", "PROPN") and calls_off(token)


def calls_off(token: Token) -> bool:
    """Whether a token hangs on a verb of calling off: "cancelled its concert in Oslo on 22 May"."""
    near = islice(token.ancestors, _NEAR)
    return any(node.lemma_.lower() in _CALLED_OFF or _is_phrasal(node) for node in near)


def brings_on(token: Token) -> bool:
    """Whether a token hangs on a verb that says when something is to be: "announced a concert on 22 May"."""
    return any(node.lemma_.lower() in _BRINGING_ON for node in islice(token.ancestors, _NEAR))


def _is_phrasal(verb: Token) -> bool:
    return any((verb.lemma_.lower(), child.lower_) in _PHRASAL for child in verb.children)


def _tense_at(node: Token) -> Tense | None:
    if node.pos_ in ("VERB", "AUX"):
        return _of_verb(node)
    return "future" if _is_planned(node) else None


def _is_planned(noun: Token) -> bool:
    """Whether a noun is planned: "the planned launch", "a launch scheduled for November"."""
    return any(child.lower_ in _PLANNED and child.dep_ in ("amod", "acl") for child in noun.children)


def _of_verb(verb: Token) -> Tense | None:
    """The tense of a verb with its auxiliaries; None where it takes the tense of what it hangs on."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if not helpers & _WILL and _is_plan(verb, helpers):
        former = any(child.lower_ in _FORMERLY for child in verb.children)
        return "loose past" if former or helpers & (_PAST | {"had"}) else "future"
    if helpers & {"has", "have"} and verb.lemma_.lower() in _CONVENING:
        return "future"  # the perfect has no day of its own
    for words, tense in _BY_HELPER:
        if helpers & words:
            return tense
    return _of_infinitive(verb) if "to" in helpers else _of_form(verb, helpers)


def _is_plan(verb: Token, helpers: set[str]) -> bool:
    """Whether a verb plans: "is scheduled for", "has been planned for", "a launch expected in"."""
    participle = verb.tag_ in ("VBN", "VBD", "JJ") and not _PLANNED.isdisjoint((verb.lemma_.lower(), verb.lower_))
    return participle and (bool(helpers) or verb.dep_ != "ROOT")


def _of_infinitive(verb: Token) -> Tense | None:
    """An infinitive lies ahead, but for purposes ("flew to Paris to sign the deal Thursday") and what was done."""
    head = verb.head
    planned = not _PLANNED.isdisjoint((head.lemma_.lower(), head.lower_)) and head.tag_ in ("VBN", "VBD", "JJ")
    if verb.dep_ == "advcl" or planned or head.lemma_.lower() in _IMPLICATIVE:
        return None
    return "future"


def _of_form(verb: Token, helpers: set[str]) -> Tense | None:
    if verb.tag_ == "VBD":
        return "loose past" if _has_plan(verb) else "past"
    if verb.tag_ in ("VBZ", "VBP") or helpers & _PRESENT:
        return "future" if _has_plan(verb) else "reported" if verb.lemma_.lower() in _REPORTING else "present"
    if verb.tag_ == "VB" and verb.dep_ == "ROOT":
        return "future"  # an imperative
    return "past" if verb.tag_ == "VBN" else None


def _has_plan(verb: Token) -> bool:
    """Whether a plan completes a verb: "is due Friday", "are set for November"."""
    return any(child.lower_ in _PLANNED and child.dep_ in ("acomp", "attr", "oprd", "prt") for child in verb.children)
