"""Facts from a parse: every verb, the events that nouns name, and the offices people hold.

A rule for each construction, none for any topic: the method follows the open extractors that read a dependency parse
(ClausIE, Del Corro and Gemulla 2013; PropS, Stanovsky et al. 2016) with frames, modality and attribution on top.

    Passage ─read_words─▶ Scene ─predicates─▶ Fact (arguments by role, When, modality, negation, attribution)

Coordination is taken apart: "X and Y met" gives two agents, since a claim's slot holds one participant each.

A predicate's lemma is what ``clauses.lemma_of`` makes of its verb: the verb with its particle ("step down", "pay back",
"take over", and "take place", "take part"); a preposition stays outside ("call" in "called for a vote"). Its kind is what
``clauses.kind_of`` makes of it, and there the whole verb counts: "call for" asks, "find guilty" convicts, "file for
bankruptcy" is bankruptcy. A noun's event bears the first verb of its frame ("resignation": "resign").
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from briefs.facts.arguments import verb_arguments
from briefs.facts.attribution import attribution
from briefs.facts.clauses import kind_of, lemma_of
from briefs.facts.identities import identity_facts
from briefs.facts.modality import modality_of
from briefs.facts.negation import negated
from briefs.facts.nominals import nominal_arguments, nominal_event
from briefs.facts.offices import office_facts
from briefs.facts.quotations import spoken
from briefs.facts.scene import Scene
from briefs.facts.words import Word, read_words
from briefs.models import Fact, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.language.pipeline import Passage
    from briefs.models import Argument, Mention, When


def extract(
    passages: Sequence[Passage], mentions: Sequence[Mention], whens: Sequence[When], article_id: str
) -> tuple[Fact, ...]:
    """The facts of one article in the order of its text."""
    ordered = sorted(mentions, key=lambda m: m.start)
    timed = sorted(whens, key=lambda w: w.start)
    found = [
        fact
        for passage in passages
        for fact in spoken(
            passage.doc.text,
            passage.start,
            [fact for scene in _scenes(passage, ordered, timed, article_id) for fact in _facts(scene)],
        )
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.predicate.start, f.predicate.end, f.kind)))


def _scenes(passage: Passage, mentions: Sequence[Mention], whens: Sequence[When], article_id: str) -> Iterator[Scene]:
    text = passage.doc.text
    for words in read_words(passage.doc, passage.start):
        start, end = words[0].start, words[-1].end
        times = whens[_first(whens, start) : _first(whens, end)]
        tops = tuple((when, top) for when in times if (top := _top(words, when)) is not None)
        inside = tuple(mentions[_first(mentions, start) : _first(mentions, end)])
        yield Scene(article_id, text, passage.start, start, end, words, inside, tops)


def _first(ranges: Sequence[Mention] | Sequence[When], start: int) -> int:
    """Index of the first range that begins at an offset or behind it."""
    return bisect_left(ranges, start, key=lambda each: each.start)


def _top(words: Sequence[Word], when: When) -> Word | None:
    """The topmost word of a time expression, its preposition passed over."""
    inside = [w for w in words if w.start < when.end and when.start < w.end]
    tops = [w for w in inside if w.head is w or not (w.head.start < when.end and when.start < w.head.end)]
    return next((w for w in tops if w.dep not in {"prep", "punct", "det"}), tops[0] if tops else None)


def _facts(scene: Scene) -> Iterator[Fact]:
    verbs = [w for w in scene.words if _is_predicate(w)]
    events = [(w, kind) for w in scene.words if (kind := nominal_event(w)) is not None and not scene.in_time(w)]
    predicates = frozenset([w.index for w in verbs] + [w.index for w, _ in events])
    for verb in verbs:
        yield _verb_fact(scene, verb, predicates)
    for noun, kind in events:
        arguments = nominal_arguments(scene, noun, kind)
        yield _fact(scene, noun, kind.verbs[0], kind.name, arguments, predicates)
    yield from office_facts(scene)
    yield from identity_facts(scene)


def _is_predicate(word: Word) -> bool:
    """Verbs but auxiliaries; participles before a noun only describe it."""
    if word.dep in {"aux", "auxpass", "amod", "compound", "prep", "case", "mark", "punct", "cc"}:
        return False
    return word.pos == "VERB" or (
        word.pos == "AUX" and word.dep in {"ROOT", "ccomp", "advcl", "relcl", "conj", "xcomp", "pcomp"}
    )


def _verb_fact(scene: Scene, verb: Word, predicates: frozenset[int]) -> Fact:
    lemma = lemma_of(verb)
    return _fact(scene, verb, lemma, kind_of(verb), verb_arguments(scene, verb), predicates)


def _fact(
    scene: Scene, word: Word, lemma: str, kind: str, arguments: Sequence[Argument], predicates: frozenset[int]
) -> Fact:
    return Fact(
        article_id=scene.article_id,
        start=scene.start,
        end=scene.end,
        kind=kind,
        predicate=Predicate(lemma, word.start, word.end),
        arguments=tuple(arguments),
        when=_when(scene, word, arguments, predicates),
        modality=modality_of(word),
        negated=negated(word),
        attribution=attribution(scene, word),
    )


def _when(scene: Scene, word: Word, arguments: Sequence[Argument], predicates: frozenset[int]) -> When | None:
    own = scene.when(word, predicates) or _when_relative(scene, word)
    if own is not None:
        return own
    # A time argument taken over from the verb that hosts an event noun ("the talks were held on Monday").
    told = [(a.start, a.end) for a in arguments if a.role == "time"]
    return next((w for w, _ in scene.dates if any(w.start < e and s < w.end for s, e in told)), None)


def _when_relative(scene: Scene, word: Word) -> When | None:
    """The day that the clause is about: "until Monday, when it began"."""
    if word.dep not in {"relcl", "advcl"} or not any(c.tag == "WRB" and c.lower == "when" for c in word.children):
        return None
    return next((when for when, top in scene.dates if top is word.head or top.right + 2 == word.left), None)
