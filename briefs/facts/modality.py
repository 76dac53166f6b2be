"""Whether a predicate is told as done, intended, thinkable or called off.

What governs a predicate decides with its own auxiliaries: an infinitive under "agree" is planned, under "want" thinkable,
under "manage" as done as the managing itself (implicative verbs, Karttunen 1971). The least certain of all counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.frames import noun_frame, verb_frame
from briefs.facts.negation import FAILING, FAILURES, is_yet
from briefs.facts.words import NOMINAL, SUBJECTS, VERBAL, infinitive, own_tense
from briefs.language.words import word_set
from briefs.models import Modality

if TYPE_CHECKING:
    from briefs.facts.words import Word

_H, _P, _M, _C = Modality.HAPPENED, Modality.PLANNED, Modality.POSSIBLE, Modality.CANCELLED
_RANK = {_H: 0, _P: 1, _M: 2, _C: 3}
_DEEPEST = 12  # a parse is a tree, but a chain this long is an error of the parser

_WILL = word_set("will 'll ’ll shall wo would")
_MAY = word_set("may might could can should must ca ought")
_MAYBE = word_set("possibly perhaps maybe likely probably allegedly potentially purportedly")
_IF = word_set("if unless whether lest")

# ------------------------------------------------------------------------------------- what an infinitive is told as
_PLANNING = word_set(
    "plan intend agree decide promise pledge vow schedule set expect prepare arrange invite aim mean commit due slate order "
    "direct instruct tell appoint choose elect opt undertake swear project forecast predict go authorise authorize approve "
    "resolve determine ready poise"
)
_WISHING = word_set(
    "want hope seek try attempt urge ask demand consider threaten offer propose suggest wish like love need advise recommend "
    "request encourage appeal beg call claim refuse decline hesitate seem appear think believe allege say accuse suspect fear "
    "struggle fight campaign push lobby desire discuss weigh contemplate warn pressure press charge require enable permit "
    "allow able possible likely eager keen willing unlikely free"
)
_IMPLYING = word_set(
    "manage succeed continue begin start keep help force make cause lead let happen remember use stop finish cease proceed come "
    "get see hear watch bother dare have do praise thank commend blame criticise criticize honour honor apologise apologize "
    "regret remain enjoy spend resume fail prompt spur compel drive find show prove know reveal discover turn"
)
# What an infinitive tells as the outcome of doing so, and no aim: "beat them to win the cup", "fell to close at 12".
_PREVAILING = word_set(
    "beat defeat edge overcome outlast outscore thrash crush hammer rout stun upset oust eliminate sweep rally rebound "
    "cruise romp score rise fall drop climb jump surge soar slip slide tumble sink gain"
) | {"see off", "hold off", "fight back", "bounce back", "come back", "knock out"}
_OUTCOMES = word_set(
    "win lose reach claim secure clinch seal retain regain capture lift earn become advance progress qualify book finish close end "
    "settle trade hit"
)
_UNCERTAIN_CLAUSE = word_set("hope wish fear doubt want")
_UNCERTAIN_GERUND = word_set("accuse suspect charge plan think talk consider aim look")
_DOERS = word_set("first second last one man woman person people")
_INTENTIONS = word_set("plan decision agreement invitation promise pledge deal intention order vow commitment")
_ENDEAVOURS = word_set(
    "attempt effort bid try desire wish hope chance opportunity ability right request demand call threat offer proposal "
    "willingness temptation pressure campaign push need permission authority power option reason ambition dream fight motion "
    "recommendation suggestion"
)
# Nouns whose "that …" or "of …ing" nobody vouches for.
_UNVOUCHED = word_set(
    "allegation claim rumour rumor suspicion fear speculation possibility prospect risk threat danger idea chance likelihood "
    "accusation theory hope suggestion concern worry belief charge"
)

# --------------------------------------------------------------------------------- what the noun of an event is told as
_AHEAD = word_set(
    "planned upcoming scheduled proposed expected future next forthcoming intended prospective anticipated"
)
_THINKABLE = word_set("possible potential likely alleged suspected hypothetical eventual")
_CALLED_OFF = word_set("cancelled canceled scrapped abandoned aborted")
_CANCELLING = word_set("cancel scrap scrub abandon abort shelve axe drop") | {"call off"}
_DELAYING = word_set("delay postpone reschedule defer") | {"put off", "push back", "hold up"}
_SCHEDULING = word_set("schedule plan expect set propose arrange prepare await slate")
_SEEKING = word_set(
    "seek want need urge demand consider request offer threaten avoid prevent oppose fear risk resist block discourage "
    "recommend propose suggest advise advocate allege predict forecast contemplate weigh mull envisage promise pledge vow expect "
    "rule favour favor favor support deserve await face anticipate deny reject"
)
_HOSTING = word_set(
    "attend hold host stage join watch witness see have conduct organise organize take announce discuss begin start call resume"
)
_UNFOLDING = word_set("happen start end hold continue visit")  # frames whose subject is an event
_SEEKING_FOR = word_set("call ask push press appeal hope wait argue campaign lobby plead pray bid demand apply")
_PROSPECTS = word_set("plan preparation date schedule timetable deadline invitation proposal agenda candidate")
_CHANCES = word_set(
    "call prospect possibility threat risk fear chance hope bid request demand push offer petition likelihood danger speculation "
    "rumour rumor suggestion allegation accusation charge suspicion idea appeal plea warning recommendation attempt odds pressure support opposition motion"
)


def modality_of(predicate: Word) -> Modality:
    """The modality of a verb or of the noun of an event."""
    return _of_verb(predicate) if predicate.pos in VERBAL else _of_noun(predicate)


def _least_certain(*modalities: Modality) -> Modality:
    return max(modalities, key=_RANK.__getitem__)


# --------------------------------------------------------------------------------------------------------------- verbs
def _of_verb(verb: Word, depth: int = 0) -> Modality:
    own = _by_auxiliaries(verb)
    return _least_certain(own, _by_governor(verb, depth + 1)) if depth < _DEEPEST else own


def _by_auxiliaries(verb: Word) -> Modality:
    auxiliaries = {c.lower for c in verb.children if c.dep in {"aux", "auxpass"}}
    doubtful = any(
        (c.dep == "mark" and c.lower in _IF) or (c.dep == "advmod" and c.lower in _MAYBE) for c in verb.children
    )
    asked = verb.dep == "ROOT" and any(c.text == "?" for c in verb.children)
    if doubtful or asked or auxiliaries & _MAY or ("would" in auxiliaries and _unreal(verb, auxiliaries)):
        return _M
    headline = verb.dep == "ROOT" and infinitive(verb)  # "Agency to launch probe"
    return _P if auxiliaries & _WILL or headline else _H


def _unreal(verb: Word, auxiliaries: set[str]) -> bool:
    return "have" in auxiliaries or any(c.lower in _IF for clause in verb.all("advcl") for c in clause.children)


def _by_governor(verb: Word, depth: int) -> Modality:
    head = verb.head
    match verb.dep:
        case "conj" if head.pos in VERBAL:
            doubted = any(c.dep == "mark" and c.lower in _IF for c in head.children)
            return (_M if doubted else _H) if own_tense(verb) else _of_verb(head, depth)
        case "xcomp" | "ccomp" if head is not verb and head.pos in VERBAL | {"ADJ"}:
            return _of_complement(verb, head, depth)
        case "advcl":
            return _of_adverbial(verb, head, depth)
        case "acl" | "relcl" if infinitive(verb):
            return _under_noun(head, depth)
        case "acl" if head.lemma in _UNVOUCHED and verb.child("mark") is not None:
            return _M  # "allegations that he took bribes"
        case "pcomp":
            return _of_gerund(head.head, depth)
        case _:
            return _H


def _of_adverbial(verb: Word, head: Word, depth: int) -> Modality:
    """An aim in "flew there to meet her"; as done as the leaving in "left, taking the files"."""
    if infinitive(verb):
        return _of_verb(head, depth) if _is_outcome(verb, head) else _P
    return _H if own_tense(verb) or head.pos not in VERBAL else _of_verb(head, depth)


def _is_outcome(verb: Word, head: Word) -> bool:
    if verb.lemma not in _OUTCOMES:
        return False
    behind = head.lemma == "come" and any(
        c.lower == "from" for c in head.all("prep")
    )  # "came from two sets down to win"
    return behind or _lemma(head) in _PREVAILING


def _of_complement(verb: Word, head: Word, depth: int) -> Modality:
    if own_tense(verb) and not infinitive(verb):
        subjunctive = verb.tag == "VB" and not any(c.dep == "aux" for c in verb.children)  # "suggested that she go"
        return _M if subjunctive or head.lemma in _UNCERTAIN_CLAUSE else _H
    outer = _of_verb(head, depth) if head.pos in VERBAL else _H
    if head.lemma == "have" and infinitive(verb):  # "had to leave" did, "has to leave" must
        return outer if head.tag in {"VBD", "VBN"} or is_yet(verb) else _least_certain(_P, outer)
    if head.lemma in _IMPLYING or (head.lemma in FAILING and not infinitive(verb)) or _is_outcome(verb, head):
        return outer
    if head.lemma in _PLANNING:
        perfect = any(c.lower == "have" for c in verb.children)
        return _M if perfect else _least_certain(_P, outer)
    if head.lemma in _WISHING:
        return _least_certain(_M, outer)
    return _least_certain(_P, outer) if infinitive(verb) else outer


def _under_noun(noun: Word, depth: int) -> Modality:
    """An infinitive under a noun: planned ("an invitation to visit"), but done after "the first to climb"."""
    if noun.lemma in _DOERS or noun.tag == "CD":
        return _H
    if noun.head.pos in VERBAL and noun.dep in {"dobj", "nsubjpass"} and _lemma(noun.head) in _CANCELLING:
        return _C
    if noun.lemma in FAILURES:
        return _H
    if noun.lemma in _ENDEAVOURS:
        return _M
    if noun.lemma in _INTENTIONS:
        return _P
    governor = next((up for up in noun.ancestors() if up.pos in VERBAL), None)
    return _least_certain(_P, _of_verb(governor, depth)) if governor is not None else _P


def _of_gerund(governor: Word, depth: int) -> Modality:
    if governor.lemma in _UNCERTAIN_GERUND | _UNVOUCHED:
        return _M
    return _of_verb(governor, depth) if governor.pos in VERBAL else _H


# --------------------------------------------------------------------------------------------------------------- nouns
def _of_noun(noun: Word) -> Modality:
    modifiers = {c.lower for c in noun.children if c.dep in {"amod", "compound", "nmod"}}
    if modifiers & _CALLED_OFF:
        return _C
    return _least_certain(_by_modifiers(noun, modifiers), _in_clause(noun))


def _by_modifiers(noun: Word, modifiers: set[str]) -> Modality:
    if modifiers & _THINKABLE:
        return _M
    scheduled = any(c.dep in {"acl", "relcl"} and c.lemma in _SCHEDULING for c in noun.children)
    return _P if modifiers & _AHEAD or scheduled else _H


def _in_clause(noun: Word) -> Modality:
    """The event of "will attend the launch" is no more done than its verb; that of "will condemn the attack" is."""
    head = noun.head
    match noun.dep:
        case "conj" if head.pos in NOMINAL:
            return _in_clause(head)
        case "pobj" if head.head is not head:
            return _least_certain(_behind_preposition(head.lower, head.head), _if_new(noun, head.head))
        case "dobj" | "nsubjpass" if head.pos in VERBAL:
            told = _as_object(head, passive=noun.dep == "nsubjpass")
            return _least_certain(told, _scheduled_beside(head), _if_new(noun, head))
        case "nsubj" if head.pos in VERBAL:
            return _least_certain(_as_subject(head), _scheduled_beside(head), _if_new(noun, head))
        case _:
            return _H


def _if_new(noun: Word, verb: Word) -> Modality:
    """What "a strike" is told as in "could lead to a strike": no more than its verb; "the strike" is there already."""
    known = any(c.dep == "poss" or c.lower in _KNOWN for c in noun.children)
    return _H if known or verb.pos not in VERBAL else _of_verb(verb)


_KNOWN = word_set("the this that these those")


def _behind_preposition(preposition: str, governor: Word) -> Modality:
    if governor.pos in {"NOUN", "PROPN"}:
        if governor.lemma in _CHANCES and preposition in {"for", "of", "to", "against", "about"}:
            return _M
        return _P if governor.lemma in _PROSPECTS and preposition in {"for", "of", "to"} else _H
    if governor.pos not in VERBAL:
        return _H
    if governor.lemma in _SEEKING_FOR and preposition == "for":
        return _M
    if governor.lemma in _PLANNING and governor.lemma != "go" and preposition in {"for", "to", "on"}:
        return _P
    hosted = governor.lemma in _HOSTING and preposition in {"in", "at", "on", "during", "of"}
    return _of_verb(governor) if hosted or preposition in {"for", "to"} else _H


def _as_object(verb: Word, *, passive: bool) -> Modality:
    lemma, outer = _lemma(verb), _of_verb(verb)
    if lemma in _CANCELLING and outer is _H:
        return _C
    if lemma == "expect" and passive and any(c.lower == "have" for x in verb.all("xcomp") for c in x.children):
        return _H  # "the meeting is expected to have addressed …" took place
    if lemma in _DELAYING or lemma in _SCHEDULING:
        return _least_certain(_P, outer)
    if lemma in _SEEKING:
        return _M
    return outer if lemma in _HOSTING or (passive and _unfolds(lemma)) else _H


def _as_subject(verb: Word) -> Modality:
    return _of_verb(verb) if verb.lemma in _HOSTING or _unfolds(_lemma(verb)) else _H


def _scheduled_beside(verb: Word) -> Modality:
    """Planned by a second verb: "was put off and is now planned for Monday"."""
    beside = [c for c in verb.all("conj") if c.pos in VERBAL and c.child(*SUBJECTS) is None]
    return _P if any(_lemma(c) in _SCHEDULING for c in beside) else _H


def _unfolds(lemma: str) -> bool:
    event = verb_frame(lemma) or noun_frame(lemma)
    return event is not None and event.name in _UNFOLDING


def _lemma(verb: Word) -> str:
    return " ".join([verb.lemma, *(c.lower for c in verb.children if c.dep == "prt")])
