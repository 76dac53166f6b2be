"""The same event told from the other side: who lost to her is whom she beat, who bought it is to whom it was sold.

General lexical knowledge: pairs of verbs that tell one event with the parts exchanged, and verbs that tell it alike.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.answers.candidates.slots import preposition
from briefs.answers.lexicon import CARRYING
from briefs.facts import frames
from briefs.language.words import STOP_WORDS, stem, word_set, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.questions import Question

_BEAT = ("beat", "defeat", "win")
# The loser's verbs with the preposition that brings in the winner, and the like: doer and the other side change places.
_EXCHANGED: tuple[tuple[tuple[str, ...], str | None, tuple[str, ...]], ...] = (
    (("lose", "fall", "succumb"), "to", _BEAT),
    (("work",), "for", ("employ", "hire")),
    (("learn", "study"), "from", ("teach",)),
    (("belong",), "to", ("own",)),
    (("result", "stem", "arise"), "from", ("cause", "lead to")),
    (("suffer",), "from", ("afflict", "affect")),
    (("follow", "succeed"), None, ("precede",)),
    (("precede",), None, ("follow", "succeed")),
    (("descend", "come"), "from", ("produce",)),
)
# Three take part: the doer of the one verb is whom the other's preposition brings in.
_PASSED_ON: tuple[tuple[tuple[str, ...], str, tuple[str, ...], str], ...] = (
    (("buy", "purchase", "acquire", "take over"), "from", ("sell", "sell off", "divest"), "to"),
    (("receive", "get", "obtain", "win"), "from", ("give", "award", "grant", "hand", "present", "deliver"), "to"),
    (("borrow",), "from", ("lend",), "to"),
    (("rent", "lease"), "from", ("rent", "lease", "let"), "to"),
    (("inherit",), "from", ("leave", "bequeath"), "to"),
    (("hear", "learn"), "from", ("tell", "inform"), "to"),
)
_OFFICE_VOTES = word_set("election presidency vote race runoff ballot primary premiership mayoralty governorship")
# What is carried out with a light verb, and the verb that says it alone: "have dinner with", "dine with".
_CARRIED = {
    "dinner": ("dine",), "supper": ("dine",), "meal": ("dine", "eat"), "lunch": ("lunch", "dine"),
    "breakfast": ("breakfast", "dine"), "conversation": ("talk", "speak"), "chat": ("talk", "speak", "chat"),
    "word": ("speak", "talk"), "drink": ("drink",), "deal": ("agree",), "row": ("quarrel", "argue"),
    "argument": ("argue", "quarrel"), "affair": ("sleep",), "look": ("look",), "swim": ("swim",), "decision": ("decide",),
}  # fmt: skip
# What one is called who does it; others are called after the verb itself ("founder") and found by it.
_OFFICES_OF = {
    "coach": "coach", "manage": "manager", "train": "trainer", "captain": "captain", "edit": "editor", "govern": "governor",
    "chair": "chairman", "own": "owner", "preside": "president", "head": "head",
}  # fmt: skip
_ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"replace", "succeed", "supplant", "take over from", "take over"}),
    frozenset({"beat", "defeat", "win"}),
    frozenset({"employ", "hire"}),
    frozenset({"run", "lead", "head"}),
    frozenset({"own", "hold", "possess"}),
)


def turned(question: Question) -> Iterator[Question]:
    """The question asked with the other verbs of the same event; none where the verb has no such pair."""
    lemma = question.lemma
    if lemma is None:
        return
    if question.subject_asked and question.object and lemma in _OFFICES_OF:
        offices = frozenset({stem(_OFFICES_OF[lemma])})
        yield replace(_told_by(question, "hold office"), frame="hold_office", office=offices)
    asked = preposition(question)
    yield from _alike(question, lemma)
    yield from _exchanged(question, lemma, asked)
    yield from _passed_on(question, lemma, asked)
    yield from _carried(question, lemma, asked)
    if lemma == "win" and question.object & {stem(word) for word in _OFFICE_VOTES}:  # "who won the election"
        yield _done_to(replace(question, subject=frozenset(), object=frozenset()), "elect")


def _carried(question: Question, lemma: str, link: str | None) -> Iterator[Question]:
    """The same told by a verb alone: "who did she have dinner with" by "she dined with"."""
    if lemma not in CARRYING:
        return
    for noun, verbs in _CARRIED.items():
        if stem(noun) in question.object:
            for verb in verbs:
                yield replace(_told_by(question, verb, link), object=question.object - {stem(noun)})


def _alike(question: Question, lemma: str) -> Iterator[Question]:
    for group in _ALIKE:
        if lemma in group:
            yield from (_told_by(question, verb) for verb in sorted(group - {lemma}))


def _exchanged(question: Question, lemma: str, asked: str | None) -> Iterator[Question]:
    nobody: frozenset[str] = frozenset()
    for verbs, link, others in _EXCHANGED:
        if lemma in verbs and (link is None or asked == link):  # "who did she lose to"
            for other in others:
                yield _doer(replace(question, subject=nobody, object=question.subject), other)
        elif lemma in verbs and link is not None and question.subject_asked:  # "who lost to her"
            beside = question.object or _after(question, link)
            for other in others if beside else ():
                yield _done_to(replace(question, subject=beside, object=nobody), other)
        elif lemma in others and link is not None:  # "who beat her": she lost to …
            for verb in verbs:
                yield _done_to(replace(question, subject=question.object, object=question.subject), verb, link)


def _passed_on(question: Question, lemma: str, asked: str | None) -> Iterator[Question]:
    for takers, source, givers, goal in _PASSED_ON:
        for verbs, own, others, link in ((takers, source, givers, goal), (givers, goal, takers, source)):
            if lemma not in verbs:
                continue
            if asked == own:  # "who did she buy it from": who sold it
                yield from (_doer(replace(question, subject=frozenset()), other) for other in others)
            elif question.subject_asked:  # "who bought it": to whom it was sold
                yield from (_done_to(replace(question, subject=frozenset()), other, link) for other in others)


def _doer(question: Question, verb: str) -> Question:
    return replace(_told_by(question, verb), subject_asked=True, passive=False)


def _done_to(question: Question, verb: str, link: str | None = None) -> Question:
    return replace(_told_by(question, verb, link), subject_asked=False, passive=False)


def _told_by(question: Question, verb: str, link: str | None = None) -> Question:
    """The question with another verb; ``link`` is the preposition that brings in what is asked for."""
    text = f"whom did they {verb} {link}" if link else f"who {verb}"
    return replace(question, text=text, word=verb, lemma=verb, frame=frames.frame(verb, "VERB"))


def _after(question: Question, link: str) -> frozenset[str]:
    """The stems of what the question itself gives after a preposition: "who lost to the champion"."""
    _, found, rest = question.text.lower().partition(f" {link} ")
    return frozenset(stem(word) for word, _, _ in words(rest) if word not in STOP_WORDS) if found else frozenset()
