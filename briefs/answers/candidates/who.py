"""Who takes part: participants of facts by role, and the names a sentence holds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.candidates import kinds, slots
from briefs.answers.candidates.candidate import Candidate, tells, told_facts, trimmed
from briefs.answers.candidates.converses import turned
from briefs.answers.candidates.kinds import ACTORS
from briefs.answers.candidates.slots import PARTICIPANTS
from briefs.answers.candidates.together import together
from briefs.answers.lexicon import NAME_NOUNS
from briefs.facts.frames import MUTUAL, noun_frame
from briefs.language.words import stem, stems, word_set, words
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Argument, Entity, Fact, Mention

__all__ = ["ACTORS", "PARTICIPANTS", "participants"]

FITTING = 0.3  # how well a value's kind must fit: a shot is no team
INSIDE = 0.5  # the fit of a name inside an argument that is about something else
MEANT = 0.9  # the fit of a name that a description is said to include
HEDGED = 0.3  # of the fit of somebody who says that a thing may be, or is not, where the question takes it to be so
TELLING_APART = 1e-4
BARE = 0.4  # the fit of a name that takes no part in a fact
_HEDGES = word_set(
    "may might could would perhaps possibly probably if whether not no never unlikely unclear cannot can't isn't doesn't"
)
_PERSONAL = {"he", "she", "him", "her"}
_POSSESSED = re.compile(r"['’](?:s|(?<=s['’]))$")  # "the ferry group's purchase" tells of the ferry group
_WHO_IS = re.compile(r"\W*who(?:['’]?s|\s+(?:is|are|was|were))\b", re.IGNORECASE)
_OF_A_KIND = re.compile(r"\b(?:which|what)\b", re.IGNORECASE)
_INCLUDING = re.compile(
    r",?\s+(?:including|among\s+them|such\s+as|namely|notably|like|led\s+by|headed\s+by)\s"
    r"(?:[^;.]|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Prof|St)\.){0,60}?$"
)


def participants(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """Who takes part in the facts of a sentence, told from either side, and then whoever else it names."""
    told = _distinct([*_parties(question, ask, match, ground), *_turned(question, ask, match, ground)])
    yield from (_called_so(question, candidate) for candidate in told)
    covered = {(c.start, c.end) for c in told}
    for mention in match.line.mentions:
        if mention.form != "name" or (mention.start, mention.end) in covered:
            continue
        entity = ground.names.of(match.line.article.id, mention.entity)
        fit = kinds.kind_fit(question, ask, entity, None, ground, kinds.beside(mention, match.line))
        if fit >= FITTING and not _is_given(entity.name, entity.kind, question):
            fit *= INSIDE if slots.brought_in(question, mention.start, match.line) else BARE
            yield Candidate(
                entity.name, entity.name, match.line, mention.start, mention.end, match.coverage, 0.0, 0.0, fit
            )


def _called_so(question: Question, candidate: Candidate) -> Candidate:
    """A name that the sentence sets behind the noun asked for: "the mediator, law professor Ada Lund"."""
    noun = question.word if _WHO_IS.match(question.text) and question.frame == "other" else None
    if noun is None or candidate.predicate >= matching.FRAME_MATCH:
        return candidate
    before = candidate.line.article.text[candidate.line.start : candidate.start]
    named = candidate.line.article.text[candidate.start : candidate.end]
    behind = rf"\b{re.escape(noun)}s?,?\s+(?:[\w’'-]+\s+){{0,4}}$"
    called = re.search(behind, before, re.IGNORECASE) is not None and named[:1].isupper()
    return replace(candidate, predicate=matching.FRAME_MATCH) if called else candidate


def _distinct(told: Sequence[Candidate]) -> list[Candidate]:
    """Each value once for a fact, as it fits best."""
    best: dict[tuple[str, int], Candidate] = {}
    for candidate in told:
        place = candidate.key, candidate.fact.predicate.start if candidate.fact else -1
        if place not in best or best[place].score < candidate.score:
            best[place] = candidate
    return list(best.values())


def _turned(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The participants by the facts that tell the event from the other side."""
    lemmas = {fact.predicate.lemma for fact in match.line.facts}
    for other in turned(question):
        if other.lemma in lemmas:
            for candidate in _parties(other, ask, match, ground):
                if candidate.predicate >= matching.FRAME_MATCH and not _is_only_named(question, candidate):
                    yield replace(candidate, predicate=matching.FRAME_MATCH, asked=other)


def _is_only_named(question: Question, candidate: Candidate) -> bool:
    """Whether the event is but named by the noun that the question has itself: "the election" elects nobody."""
    fact, text = candidate.fact, candidate.line.article.text
    told = stems(text[fact.predicate.start : fact.predicate.end]) if fact is not None else frozenset()
    return (
        bool(told & question.object)
        and fact is not None
        and noun_frame(text[fact.predicate.start : fact.predicate.end].lower()) is not None
    )


def _parties(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    line = match.line
    for fact, predicate, agreed in told_facts(question, line, ground):
        for argument in fact.arguments:
            role_fit = slots.role_fit(question, fact, argument, line)
            told, own = predicate, fact
            if argument.entity is not None and _is_called(question, argument):
                told = max(predicate, matching.FRAME_MATCH)  # "the mayor, Ines Falk, spoke" names the mayor, …
                own = _holding(question, line, argument) or fact  # … and is she today, though she "will speak"
                role_fit = 1.0
            elif fact.kind == "hold_office" and argument.role == "patient":
                continue  # an office is held by somebody and is nobody
            role_fit *= _as_said(question, fact)
            for text, start, end, kind_fit in _values(question, ask, argument, line, ground):
                fit = role_fit * kind_fit - _apart(fact, argument)
                yield Candidate(text, text, line, start, end, match.coverage, agreed, told, fit, own)


def _is_called(question: Question, argument: Argument) -> bool:
    """Whether an argument has the office that is asked after in it: "the mayor, Ines Falk"."""
    return bool(question.office) and matching.tells_office(question.office, stems(argument.text))


def _holding(question: Question, line: Line, named: Argument) -> Fact | None:
    """That whom an argument names holds the office asked after."""
    held = (f for f in line.facts if f.kind == "hold_office" and tells(question, f))
    of_them = (f for f in held if any(a.role == "agent" and a.entity == named.entity for a in f.arguments))
    return next((f for f in of_them if any(a.role == "patient" and _is_called(question, a) for a in f.arguments)), None)


def _as_said(question: Question, fact: Fact) -> float:
    """Whether what is said is what was asked: who says that it may be so has not said that it is."""
    if question.frame != "say" or fact.kind != "say":
        return 1.0
    asked = {word for word, _, _ in words(question.text)}
    said = {word for a in fact.arguments if a.role == "topic" for word, _, _ in words(a.text)}
    return HEDGED if (said & _HEDGES) - asked or (asked & _HEDGES) - said else 1.0


def _apart(fact: Fact, argument: Argument) -> float:
    """A hair that tells the sides of an event apart: only those of one side are told together."""
    return (
        0.0
        if fact.kind in MUTUAL
        else TELLING_APART * PARTICIPANTS.index(argument.role)
        if argument.role in PARTICIPANTS
        else TELLING_APART * 9
    )


def _values(
    question: Question, ask: Ask, argument: Argument, line: Line, ground: Ground
) -> Iterator[tuple[str, int, int, float]]:
    """The values of one argument that may answer: text, range and how well the kind fits."""
    described = stems(argument.text)
    if question.object and len(described & matching.key_stems(question)) > len(described) / 2:
        return  # "who met the administrator" is not answered by the administrator
    names = _named_in(argument, line) or _apposed(argument, line)
    if _is_group(argument):
        fit = kinds.kind_fit(question, ask, argument.entity, argument, ground)
        if fit >= FITTING and not stems(argument.text) <= matching.key_stems(question):
            yield trimmed(argument.text), argument.start, argument.end, fit
        return
    if names:
        yield from _told_together(question, ask, argument, names, line, ground)
    elif argument.role in PARTICIPANTS and _is_open(argument, line, question, ground):
        fit = kinds.kind_fit(question, ask, None, argument, ground)
        if fit >= FITTING and not _tells_kind_of_names(question, argument, line):
            yield _POSSESSED.sub("", trimmed(argument.text)), argument.start, argument.end, fit
    yield from _included(question, ask, argument, names, line, ground)


def _told_together(
    question: Question, ask: Ask, argument: Argument, names: Sequence[Mention], line: Line, ground: Ground
) -> Iterator[tuple[str, int, int, float]]:
    """A name with those told in one breath with it, those left out that the question gives itself."""
    entities = [(m, ground.names.of(line.article.id, m.entity)) for m in names]
    fitting = [
        (mention, entity, fit)
        for mention, entity in entities
        if not _is_given(entity.name, entity.kind, question)
        and (fit := kinds.kind_fit(question, ask, entity, argument, ground, kinds.beside(mention, line))) >= FITTING
    ]
    if ask is Ask.WHICH and not _asks_several(question):
        best = max((fit for _, _, fit in fitting), default=0.0)
        fitting = [named for named in fitting if named[2] == best]
    if not fitting:
        return
    start, end = fitting[0][0].start, fitting[-1][0].end
    yield _worded([(m, e) for m, e, _ in fitting], argument, line), start, end, max(fit for _, _, fit in fitting)


def _tells_kind_of_names(question: Question, argument: Argument, line: Line) -> bool:
    """Whether a description only tells of what kind the names in it are: "the states of Tarvo and Norvia"."""
    of_kind = question.wanted is not None and kinds.is_noun(argument.head, question.wanted)
    return of_kind and any(m.form == "name" and argument.start < m.start < argument.end for m in line.mentions)


def _is_group(argument: Argument) -> bool:
    """Whether some of a people are told of, and not the people: "every Republican on the committee", "two Norwegians"."""
    named = argument.entity is not None and argument.entity.kind is EntityKind.GROUP
    return named and argument.text.split(" ", 1)[0].lower() in kinds.QUANTIFIED


def _asks_several(question: Question) -> bool:
    """Whether the noun asked for is in the plural: "which states" may be two, "which mayor" is one."""
    wanted = question.wanted
    return (
        wanted is None
        or re.search(rf"\b{re.escape(wanted.removesuffix('y'))}(?:e?s|ies)\b", question.text, re.IGNORECASE) is not None
    )


def _worded(named: Sequence[tuple[Mention, Entity]], argument: Argument, line: Line) -> str:
    """Names in full; of things that are no persons as the sentence strings them together."""
    text = line.article.text
    persons = any(entity.kind is EntityKind.PERSON for _, entity in named)
    if persons or len(named) == 1:
        *rest, last = dict.fromkeys(entity.name for _, entity in named)
        return f"{', '.join(rest)} and {last}" if rest else last
    start, end = named[0][0].start, named[-1][0].end
    if argument.start <= start and end < argument.end and re.match(r"\s+[\w-]+\s", text[end : argument.end]):
        return trimmed(argument.text)  # "Alvero and Brixton parent company Norvia"
    return " ".join(text[start:end].split())


def _included(
    question: Question, ask: Ask, argument: Argument, names: Sequence[Mention], line: Line, ground: Ground
) -> Iterator[tuple[str, int, int, float]]:
    """The names that stand inside an argument, or that it is said to include, with those told in one breath with them."""
    taken = {m.start for m in names}
    for mention in line.mentions:
        if mention.form != "name" or mention.start in taken or mention.start < argument.start:
            continue
        inside = mention.end <= argument.end
        listed = _INCLUDING.match(line.article.text[argument.end : mention.start]) is not None
        if not inside and not listed:
            continue
        told = together(mention, line)
        taken.update(m.start for m in told)
        named = question.wanted is not None and kinds.is_noun(argument.head, question.wanted)  # "the states of Tarvo"
        share = MEANT if listed or named else INSIDE
        for text, start, end, fit in _told_together(question, ask, argument, told, line, ground):
            if fit * share >= FITTING:
                yield text, start, end, fit * share


def _is_given(text: str, kind: EntityKind | None, question: Question) -> bool:
    """Whether a value only repeats the question: "who met Berg" is not answered by Anna Berg."""
    given = matching.key_stems(question)
    if question.wanted and _OF_A_KIND.search(question.text):
        given -= {stem(question.wanted)}  # "which Falk won" is answered by Ines Falk
    inside = stems(text)
    if not inside or inside & question.excluded or inside <= given:
        return True
    spelled = [stem(word) for word, _, _ in words(text) if word not in ("jr", "sr", "ii", "iii")]
    named = kind is EntityKind.PERSON or (kind is not None and len(spelled) == 2)
    return named and bool(given.intersection(spelled[-1:]))


def _is_open(argument: Argument, line: Line, question: Question, ground: Ground) -> bool:
    """Whether a description may answer: no pronoun, no name's own, no other words for somebody the question names."""
    if argument.entity is not None or argument.head.lower() in matching.PRONOUNS or question.wanted in NAME_NOUNS:
        return False
    if not stems(argument.text) - matching.key_stems(question) or stem(argument.head.lower()) in question.object:
        return False  # "who found the fossil" is not answered by "a similar fossil"
    described = (
        m for m in line.mentions if m.form == "description" and m.start < argument.end and argument.start < m.end
    )
    said = (ground.names.of(line.article.id, m.entity) for m in described if m.end == argument.end)
    return not any(_is_given(entity.name, entity.kind, question) for entity in said)


def _named_in(argument: Argument, line: Line) -> tuple[Mention, ...]:
    """The names an argument stands for: its own, with those told in one breath with it."""
    if argument.entity is None:
        return _only_person_before(argument, line) if argument.head.lower() in _PERSONAL else ()
    inside = [m for m in line.mentions if argument.start <= m.start and m.end <= argument.end]
    own = [m for m in inside if m.entity.name == argument.entity.name]
    named = next((m for m in own if m.form == "name"), None)
    if named is not None:
        return together(named, line)
    pointing = own[:1] or [m for m in line.mentions if m.entity.name == argument.entity.name][:1]
    return tuple(replace(m, start=argument.start, end=argument.end) for m in pointing)


def _only_person_before(argument: Argument, line: Line) -> tuple[Mention, ...]:
    """Whom "he" or "she" means where a single person was named before it in its sentence."""
    before = [m for m in line.mentions if m.form == "name" and m.end <= argument.start]
    people = {m.entity.name: m for m in before if m.entity.kind is EntityKind.PERSON}
    return (
        tuple(replace(m, start=argument.start, end=argument.end) for m in people.values()) if len(people) == 1 else ()
    )


def _apposed(argument: Argument, line: Line) -> tuple[Mention, ...]:
    """The name set beside a description: "the mayor of Brindle, Anna Okoye"."""
    if argument.entity is not None:
        return ()
    after = (m for m in line.mentions if m.form == "name" and argument.end < m.start <= argument.end + 2)
    return tuple(m for m in after if m.entity.kind is EntityKind.PERSON)[:1]
