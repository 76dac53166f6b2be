"""Who does what in a clause: understood subjects and objects, through coordination, control, raising and relatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.facts.frames import OTHER, frame, idioms, noun_frame, verb_frame, verbs_known
from briefs.facts.words import NOMINAL, SUBJECTS, VERBAL, infinitive, own_tense
from briefs.language.names.words import PERSON_NOUNS
from briefs.language.words import word_set

if TYPE_CHECKING:
    from briefs.facts.words import Word

_RELATIVE = frozenset({"which", "who", "that", "whom"})
# Verbs that have no passive; the tagger takes their past for a participle now and then.
_INTRANSITIVE = word_set(
    "die happen occur arrive come go fall rise appear disappear emerge resign exist remain travel return vote agree work "
    "live stay sit collapse"
) | {"lift off", "blast off", "take off", "step down", "stand down", "take place", "fall apart"}
# Verbs whose object does what the infinitive says; after all others ("visited Paris to meet her") the subject does.
_OBJECT_CONTROL = word_set(
    "invite ask tell urge order allow permit force help persuade convince expect want require advise encourage enable "
    "cause get make let see hear watch keep leave appoint elect choose name select hire send warn remind teach instruct "
    "direct authorise authorize compel lead push prompt press pressure train inspire motivate challenge request forbid ban "
    "bar sentence find show believe consider call appeal plead wait beg implore lobby command bring tip schedule set design intend oblige "
    "assign recruit pick tap nominate task"
)
_MEASURED = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_EVENTIVE = frozenset({"delay", "cancel", "start", "end", "hold", "happen", "plan", "launch", "continue"})


_TURNING = frozenset({"back", "off", "up", "out"})
_PARTICLES = word_set("down off out up over back away aside in on through apart together under by along around")


def lemma_of(predicate: Word) -> str:
    """A verb's lemma with its particle: "lift off"; "take place", "take part" as one verb."""
    particle = next((c.lower for c in predicate.children if c.dep == "prt"), "")
    if particle:
        return f"{predicate.lemma} {particle}"
    for child in predicate.children:  # the parser takes many a particle for an adverb or a preposition without object
        if child.index == predicate.index + 1 and child.lower in _PARTICLES and not child.children:
            whole = f"{predicate.lemma} {child.lower}"
            turned = child.dep == "advmod" and child.lower in _TURNING  # "fired back" dismisses nobody
            return whole if turned or whole in verbs_known() else predicate.lemma
    thing = predicate.child("dobj")
    if predicate.lemma == "take" and thing is not None and thing.lower in {"place", "part"} and not thing.children:
        return f"take {thing.lower}"
    if predicate.lemma == "fall" and any(c.lower == "apart" for c in predicate.children):
        return "fall apart"
    return predicate.lemma


def kind_of(verb: Word) -> str:
    """The frame of a verb with what makes another verb of it: its particle, "for" in "call for", "guilty" in "find guilty"."""
    if not verb.kind:
        verb.kind = _kind_of(verb)
    return verb.kind


def _kind_of(verb: Word) -> str:
    if (found := _by_company(verb)) is not None:
        return found
    for rest, item in idioms(verb.lemma):
        if _goes_on(verb, rest):
            return item.name
    return frame(lemma_of(verb), "VERB")


def _by_company(verb: Word) -> str | None:
    """The frame of verbs that mean one thing or another by what stands with them."""
    match lemma_of(verb):
        case "bear":
            return "born" if passive(verb) else OTHER  # "bears the costs" bears no child
        case "order" if _orders_goods(verb):
            return "buy"
        case "strike" | "hit" if _is_event(verb.child(*SUBJECTS), "hit"):
            return "hit"  # storms strike without attacking
        case "strike" if labour(verb):
            return "walk_out"
        case "break out" if _is_event(verb.child(*SUBJECTS)) or _is_event(verb.head):
            return "start"  # fires and wars; prisoners escape
        case _:
            return None


def _is_event(thing: Word | None, name: str = "") -> bool:
    event = noun_frame(thing.lemma) if thing is not None and thing.pos == "NOUN" else None
    return event is not None and (not name or event.name == name)


def labour(word: Word) -> bool:
    """Whether a sentence is about work, so that a strike in it is of workers."""
    *_, root = word, *word.ancestors()
    found = [root]
    for each in found:
        found.extend(each.children)
    return any(each.lemma in _LABOUR for each in found)


_LABOUR = word_set(
    "union worker staff employee wage pay labour labor teacher nurse doctor driver pilot crew rail railway strikers picket walkout"
)


def _orders_goods(verb: Word) -> bool:
    """Whether what is ordered is bought: "ordered twelve jets", but "ordered a retrial", "ordered them to leave"."""
    thing = verb.child("dobj")
    return (
        thing is not None
        and thing.pos == "NOUN"
        and noun_frame(thing.lemma) is None
        and verb.child("xcomp", "ccomp") is None
        and any(c.dep == "nummod" for c in thing.children)
    )


def governs(verb: Word, preposition: Word) -> bool:
    """Whether a preposition is part of the verb, so that its object is the verb's: "for" in "called for a vote"."""
    return any(rest == (preposition.lower,) for rest, _ in idioms(verb.lemma)) and _goes_on(verb, (preposition.lower,))


def _goes_on(verb: Word, rest: tuple[str, ...]) -> bool:
    first = next((c for c in verb.children if c.index > verb.index and c.lower == rest[0]), None)
    if first is None:
        return False
    if len(rest) > 1:
        near = [*first.children, *verb.children, *(c for inner in first.children for c in inner.children)]
        return any(c.lower == rest[1] for c in near if c.index > first.index)
    thing = first.child("pobj")
    if first.dep != "prep" or thing is None:
        return first.dep != "prep" or rest[0] in _PARTICLES
    return thing.label not in _MEASURED and (rest[0] not in _PARTICLES or rest[0] == "on")


def passive(verb: Word) -> bool:
    """Whether a verb stands in the passive, shared auxiliaries and reduced relatives ("a man arrested in May") included."""
    if verb.child("auxpass", "nsubjpass", "csubjpass") is not None:
        return True
    if _gapped(verb):
        return True
    if verb.tag != "VBN" or verb.child("aux") is not None or lemma_of(verb) in _INTRANSITIVE:
        return False
    if verb.child("agent") is not None:
        return True
    if verb.dep == "conj" and verb.child("nsubj", "dobj") is None and verb.head.pos in VERBAL:
        return passive(verb.head)
    return verb.dep in {"acl", "advcl"} and verb.child("nsubj", "dobj", "ccomp") is None


_HARMING = frozenset(
    {"injure", "kill", "arrest", "destroy", "rescue", "abduct", "treat", "evacuate", "sentence", "charge"}
)


def _gapped(verb: Word) -> bool:
    """Whether a second passive leaves out its auxiliary: "two were killed and three wounded"."""
    return (
        verb.tag in {"VBN", "VBD"}
        and verb.dep == "conj"
        and verb.head.pos in VERBAL
        and verb.child("nsubj") is not None
        and verb.child("dobj", "aux", "ccomp", "xcomp") is None
        and verb.head.child("auxpass") is not None
        and frame(verb.lemma, "VERB") in _HARMING
    )


def antecedent(relative: Word, verb: Word) -> Word:
    """What a relative pronoun stands for; the word itself if it is none.

    ", which was delayed" after "the launch of a crew to the station" means the launch: a verb that only happens to events
    passes over the nouns nearer by.
    """
    if relative.lower == "it":
        return _event_before(relative, verb)
    if relative.tag not in {"WDT", "WP"} and relative.lower not in _RELATIVE:
        return relative
    clause = next((w for w in (verb, *verb.ancestors()) if w.dep == "relcl"), None)
    if clause is None or clause.head.pos not in NOMINAL:
        return relative
    return event_nearby(clause.head, verb)


def _event_before(pronoun: Word, verb: Word) -> Word:
    """What "it" means in "the regatta was put off until Monday, when it began": the event that the clause around is about."""
    frame = verb_frame(lemma_of(verb))
    if frame is None or frame.name not in _EVENTIVE:
        return pronoun
    around = next((up for up in verb.ancestors() if up.pos in VERBAL), None)
    above = subject(around) if around is not None else None
    return above if above is not None and noun_frame(above.lemma) is not None else pronoun


def event_nearby(noun: Word, verb: Word) -> Word:
    """The noun, or for a verb that happens to events only the nearest event it belongs to ("a launch … scheduled for May")."""
    frame = verb_frame(lemma_of(verb))
    if frame is None or frame.name not in _EVENTIVE or noun_frame(noun.lemma) is not None:
        return noun
    for up in noun.ancestors():
        if up.pos in VERBAL:
            break
        if up.pos == "NOUN" and noun_frame(up.lemma) is not None:
            return up
    return noun


def subject(verb: Word, depth: int = 0) -> Word | None:
    """The grammatical subject of a verb, its own or the one it is understood with; None if nobody is named."""
    own = verb.all(*SUBJECTS)
    if own:
        # Of two, the nearer one: the first is a dateline or a name in passing.
        return antecedent(next((s for s in reversed(own) if s.index < verb.index), own[0]), verb)
    head = verb.head
    if head is verb or depth > 12 or verb.child("expl") is not None:
        return None
    return _understood(verb, head, depth)


def _understood(verb: Word, head: Word, depth: int) -> Word | None:
    match verb.dep:
        case "xcomp" | "ccomp" if head.pos in VERBAL:
            return _controller(verb, head, depth)
        case "xcomp" | "advcl" if head.pos == "ADJ" and head.head.pos in VERBAL:
            return subject(head.head, depth + 1)
        case "conj" | "advcl" if head.pos in VERBAL:
            return subject(head, depth + 1)
        case "acl" | "relcl" if head.pos in NOMINAL:
            return _of_modifier(verb, head, depth)
        case "pcomp" if head.head is not head:
            return _of_gerund(head, depth)
        case _:
            return None


def _controller(verb: Word, head: Word, depth: int) -> Word | None:
    """Who does what the infinitive says: "invited her to visit": she; "agreed to meet": who agreed; "was asked to go": who was asked."""
    if _impersonal(head) or (own_tense(verb) and not infinitive(verb)):
        return None
    thing = head.child("dobj", "dative") or _called_upon(head)
    if thing is not None and head.lemma in _OBJECT_CONTROL:
        return antecedent(thing, head)
    return subject(head, depth + 1)


def _called_upon(head: Word) -> Word | None:
    """Whom a verb calls on: "called on the council to act"."""
    for word in head.all("prep"):
        if head.lemma in {"call", "appeal", "plead", "wait"} and word.lower in {"on", "upon", "for", "to", "with"}:
            return word.child("pobj")
    return None


def _impersonal(head: Word) -> bool:
    """Whether the subject names nobody: "it is up to the court to decide"."""
    own = head.child("nsubj", "nsubjpass")
    return (
        own is not None
        and own.lower == "it"
        and (head.lemma == "be" or passive(head) or head.lemma in {"take", "cost"})
    )


# What an infinitive behind them tells of: "the first to climb it", "a bill to ban it".
_DOING = word_set(
    "first second last one man woman people person bill law act rule measure legislation treaty amendment system device drug "
    "machine programme program"
)
_SPEAKERS = word_set(
    "man woman people person group letter statement report note message email post sign banner document official witness "
    "spokesman spokeswoman source"
)


def _speechless(noun: Word) -> bool:
    return noun.lemma not in _SPEAKERS and noun.lemma not in PERSON_NOUNS and noun.dep in {"dobj", "pobj"}


def _of_modifier(verb: Word, noun: Word, depth: int) -> Word | None:
    if not infinitive(verb):
        if (
            verb.tag == "VBG"
            and verb.dep == "acl"
            and kind_of(verb) == "say"
            and noun.pos == "NOUN"
            and _speechless(noun)
        ):
            above = next((up for up in noun.ancestors() if up.pos in VERBAL), None)
            return subject(above, depth + 1) if above is not None else noun  # "defended the plan, saying …"
        return event_nearby(noun, verb) if verb.tag in {"VBG", "VBN", "VBD"} and verb.dep == "acl" else None
    if noun.lemma in _DOING:
        return noun
    invited = next((p.child("pobj") for p in noun.all("prep", "dative") if p.lower in {"to", "for"}), None)
    if invited is not None and noun.lemma in {"invitation", "order", "request", "appeal", "call"}:
        return invited
    owner = noun.child("poss")
    if owner is not None:
        return owner
    governor = next((up for up in noun.ancestors() if up.pos in VERBAL), None)
    return subject(governor, depth + 1) if governor is not None else None


_OBJECT_GERUND = word_set(
    "praise accuse blame thank criticise criticize arrest charge stop prevent keep commend fine jail convict "
    "condemn bar ban sue punish suspect applaud fault forgive excuse"
)


def _of_gerund(preposition: Word, depth: int) -> Word | None:
    """Who does what the gerund says: "praised her for helping": she; "left after meeting him": who left."""
    governor = preposition.head
    if governor.pos in VERBAL:
        thing = governor.child("dobj", "nsubjpass")
        if (
            thing is not None
            and governor.lemma in _OBJECT_GERUND
            and preposition.lower in {"for", "of", "from", "with"}
        ):
            return antecedent(thing, governor)
        return subject(governor, depth + 1)
    owner = governor.child("poss")
    if owner is not None:
        return owner
    up = next((w for w in governor.ancestors() if w.pos in VERBAL), None)
    return subject(up, depth + 1) if up is not None else None


def missing_object(verb: Word) -> Word | None:
    """The noun that a relative clause without an object of its own is about: "the deal (that) they signed"."""
    if verb.dep != "relcl" or verb.head.pos not in NOMINAL or passive(verb):
        return None
    own = verb.child("nsubj")
    if own is None or own.lower in _RELATIVE or verb.child("dobj", "ccomp", "attr", "acomp") is not None:
        return None
    if any(w.tag in {"WRB", "WP$"} for c in verb.children for w in (c, *c.children)):
        return None
    if any(p.child("pobj") is None or p.child("pobj").lower in _RELATIVE for p in verb.all("prep")):  # type: ignore[union-attr]
        return None
    return verb.head
