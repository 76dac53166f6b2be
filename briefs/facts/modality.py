"""Whether a predicate is told as done, intended, thinkable or called off, and whether it is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.frames import noun_frame, verb_frame
from briefs.facts.words import SUBJECTS, VERBAL, word_set
from briefs.models import Modality

if TYPE_CHECKING:
    from briefs.facts.words import Word

_H, _P, _M, _C = Modality.HAPPENED, Modality.PLANNED, Modality.POSSIBLE, Modality.CANCELLED
_RANK = {_H: 0, _P: 1, _M: 2, _C: 3}

_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo", "would", "'d", "’d"})
_MAY = frozenset({"may", "might", "could", "can", "should", "must", "ca", "ought"})
_MAYBE = frozenset({"possibly", "perhaps", "maybe", "likely", "probably", "allegedly", "potentially", "purportedly"})
_NEVER = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly"})
_IF = frozenset({"if", "unless", "whether", "lest"})

# What an infinitive or a gerund under a verb is told as. Implicatives (Karttunen 1971) let the governor's own modality through.
_PLANNING = word_set(
    "plan intend agree decide promise pledge vow schedule set expect prepare arrange invite aim mean commit agree "
    "due slate order direct instruct tell appoint choose elect opt undertake swear project forecast predict go allow "
    "authorise authorize approve resolve determine ready poise"
)
_WISHING = word_set(
    "want hope seek try attempt urge ask demand consider threaten offer propose suggest wish like love need advise "
    "recommend request encourage appeal beg call claim refuse decline hesitate seem appear think believe allege say "
    "accuse suspect fear struggle fight campaign push lobby desire discuss weigh contemplate warn pressure press "
    "charge require enable permit able possible likely eager keen willing unlikely ready free"
)
_IMPLYING = word_set(
    "manage succeed continue begin start keep help force make cause lead let happen remember use stop finish cease proceed "
    "come get see hear watch bother dare have do praise thank commend blame criticise criticize honour honor apologise "
    "apologize regret remain enjoy spend resume"
)
_FAILING = word_set("fail neglect forget refuse decline avoid prevent stop forbid ban prohibit deny")
_CANCELLING = frozenset({"cancel", "call off", "scrap", "scrub", "abandon", "abort", "shelve", "axe", "drop"})
_DELAYING = frozenset({"delay", "postpone", "put off", "push back", "reschedule", "defer", "hold up"})
_AHEAD = word_set(
    "planned upcoming scheduled proposed expected future next forthcoming intended prospective new-year anticipated"
)
_THINKABLE = word_set("possible potential likely alleged suspected hypothetical eventual")
_HOSTING = word_set(
    "attend hold host stage join watch witness see have conduct organise organize take schedule plan expect set "
    "propose arrange prepare announce discuss offer seek begin start call resume need want await"
)


def modality_of(predicate: Word) -> Modality:
    """The modality of a verb or of the noun of an event."""
    if predicate.pos in VERBAL:
        return _of_verb(predicate, 0)
    return _of_noun(predicate)


def negated(predicate: Word) -> bool:
    """Whether the predicate itself is denied: "did not meet", "no talks", "denied meeting", "failed to sign"."""
    if any(c.dep == "neg" or (c.lower in _NEVER and c.dep in {"det", "advmod", "preconj"}) for c in predicate.children):
        return True
    if predicate.pos in VERBAL and _subject_of_none(predicate):
        return True
    head = predicate.head
    if head is predicate:
        return False
    if predicate.dep in {"xcomp", "ccomp", "dobj"} and head.lemma in _FAILING:
        return predicate.dep != "dobj" or head.lemma == "deny"
    if predicate.dep == "pcomp" and head.dep == "prep":
        return head.lower == "without" or (head.lower == "from" and head.head.lemma in _FAILING) or _instead(head)
    return predicate.dep in {"xcomp", "conj"} and not _own_frame(predicate) and head.pos in VERBAL and negated(head)


def _instead(preposition: Word) -> bool:
    return (
        preposition.lower == "of"
        and any(c.lower == "instead" for c in preposition.children)
        or preposition.head.lower == "instead"
    )


def _subject_of_none(verb: Word) -> bool:
    subject = verb.child(*SUBJECTS)
    if subject is None:
        return False
    return subject.lower in {"nobody", "none", "nothing", "neither"} or any(
        c.dep == "det" and c.lower in {"no", "neither"} for c in subject.children
    )


def _own_frame(verb: Word) -> bool:
    """Whether a verb has an auxiliary or subject of its own, and so a tense of its own."""
    return (
        any(c.dep in {"aux", "auxpass"} and c.lower != "to" for c in verb.children) or verb.child(*SUBJECTS) is not None
    )


def _of_verb(verb: Word, depth: int) -> Modality:
    own = _by_auxiliary(verb)
    if depth > 12:
        return own
    return max(own, _by_governor(verb, depth), key=_RANK.__getitem__)


def _by_auxiliary(verb: Word) -> Modality:
    found = _H
    for child in verb.children:
        if child.dep in {"aux", "auxpass"}:
            if child.lower in _WILL and child.lower not in {"'d", "’d"}:
                found = max(found, _P, key=_RANK.__getitem__)
            elif child.lower in _MAY:
                found = _M
        elif (child.dep == "mark" and child.lower in _IF) or (child.dep == "advmod" and child.lower in _MAYBE):
            found = _M
    return found


def _by_governor(verb: Word, depth: int) -> Modality:
    head, dep = verb.head, verb.dep
    if head is verb:
        return _H
    if dep == "conj" and head.pos in VERBAL:
        return _H if _own_frame(verb) else _of_verb(head, depth + 1)
    if dep in {"xcomp", "ccomp"} and head.pos in VERBAL | {"ADJ"}:
        return _complement(verb, head, depth)
    if dep == "advcl":
        return (
            _P
            if _infinitive(verb)
            else (_H if _own_frame(verb) else _of_verb(head, depth + 1) if head.pos in VERBAL else _H)
        )
    if dep in {"acl", "relcl"} and _infinitive(verb):
        return _under_noun(head, depth)
    if dep == "pcomp" and head.head is not head:
        return _gerund(head, depth)
    return _H


def _infinitive(verb: Word) -> bool:
    return any(c.lower == "to" and c.dep == "aux" for c in verb.children)


def _complement(verb: Word, head: Word, depth: int) -> Modality:
    outer = _of_verb(head, depth + 1) if head.pos in VERBAL else _H
    if _own_frame(verb) and not _infinitive(verb):
        return _M if head.lemma in {"hope", "wish", "fear", "doubt", "want", "suggest", "propose", "demand"} else _H
    perfect = any(c.lower == "have" for c in verb.children)
    if head.lemma in _IMPLYING:
        return outer
    if head.lemma in _PLANNING:
        return _M if perfect else max(_P, outer, key=_RANK.__getitem__)
    if head.lemma in _FAILING and not _infinitive(verb):
        return outer
    if head.lemma == "fail":
        return outer
    if head.lemma in _WISHING:
        return max(_M, outer, key=_RANK.__getitem__)
    return max(_P, outer, key=_RANK.__getitem__) if _infinitive(verb) else outer


def _under_noun(noun: Word, depth: int) -> Modality:
    """ "an invitation to visit", "plans to build", "the first to climb": only the last is told as done."""
    if noun.lemma in {"first", "second", "last", "one", "man", "woman", "person"} or noun.tag == "CD":
        return _H
    if noun.lemma in {
        "plan",
        "decision",
        "agreement",
        "invitation",
        "promise",
        "pledge",
        "deal",
        "intention",
        "order",
        "vow",
    }:
        return _P
    governor = next((up for up in noun.ancestors() if up.pos in VERBAL), None)
    outer = _of_verb(governor, depth + 1) if governor is not None else _H
    return max(_P, outer, key=_RANK.__getitem__)


def _gerund(preposition: Word, depth: int) -> Modality:
    governor = preposition.head
    if governor.lemma in {"accuse", "suspect", "charge", "plan", "think", "talk", "consider", "aim", "look"}:
        return _M
    return _of_verb(governor, depth + 1) if governor.pos in VERBAL else _H


def _of_noun(noun: Word) -> Modality:
    modifiers = {c.lower for c in noun.children if c.dep in {"amod", "compound", "nmod", "det"}}
    if modifiers & {"cancelled", "canceled", "scrapped", "abandoned", "aborted", "postponed"} - {"postponed"}:
        return _C
    own = _P if modifiers & _AHEAD else _M if modifiers & _THINKABLE else _H
    if any(
        c.dep in {"acl", "relcl"} and c.lemma in {"schedule", "plan", "expect", "slate", "set"} for c in noun.children
    ):
        own = _P
    return max(own, _noun_in_clause(noun), key=_RANK.__getitem__)


def _noun_in_clause(noun: Word) -> Modality:
    """The event of "will attend the launch" or "plans a visit" is no more done than its verb; "condemned the attack" is."""
    head, dep = noun.head, noun.dep
    if dep == "conj":
        return _noun_in_clause(head) if head.pos in {"NOUN", "PROPN"} else _H
    if dep == "pobj" and head.head is not head and head.lower in {"for", "to", "in", "at", "of", "on", "during"}:
        governor = head.head
        if governor.pos in {"NOUN", "PROPN"}:
            return _P if governor.lemma in {"plan", "preparation", "call", "proposal", "invitation", "date"} else _H
        if governor.pos in VERBAL and (head.lower in {"for", "to"} or governor.lemma in _HOSTING):
            outer = _of_verb(governor, 0)
            return _P if governor.lemma in _PLANNING and governor.lemma != "go" else outer
        return _H
    if head.pos in VERBAL and dep in {"dobj", "nsubjpass", "nsubj"}:
        return _by_host(head, dep)
    return _H


def _by_host(verb: Word, dep: str) -> Modality:
    lemma = " ".join([verb.lemma, *(c.lower for c in verb.children if c.dep == "prt")])
    outer = _of_verb(verb, 0)
    if lemma in _CANCELLING and outer is _H and dep in {"dobj", "nsubjpass"}:
        return _C
    if lemma in _DELAYING and dep in {"dobj", "nsubjpass"}:
        return _P
    if any(_by_host(c, dep) is _P for c in verb.all("conj") if c.pos in VERBAL and c.child(*SUBJECTS) is None):
        return _P
    if lemma == "expect" and dep == "nsubjpass":
        return _H if any(c.lower == "have" for x in verb.all("xcomp") for c in x.children) else _P
    if dep in {"dobj", "nsubjpass"} and lemma in {
        "schedule",
        "plan",
        "expect",
        "set",
        "propose",
        "arrange",
        "prepare",
        "await",
        "slate",
    }:
        return max(_P, outer, key=_RANK.__getitem__)
    if dep in {"dobj", "nsubjpass"} and lemma in {
        "seek",
        "want",
        "need",
        "urge",
        "demand",
        "consider",
        "request",
        "offer",
    }:
        return _M
    event = verb_frame(lemma) or noun_frame(lemma)
    if lemma in _HOSTING or (
        dep != "dobj" and event is not None and event.name in {"happen", "start", "end", "hold", "continue", "visit"}
    ):
        return outer
    return _H
