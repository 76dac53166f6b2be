"""Who takes part: participants of facts by role, and the names a sentence holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.candidates.candidate import Candidate, told_facts, trimmed
from briefs.answers.lexicon import NAME_NOUNS
from briefs.answers.questions import Kind
from briefs.facts.frames import MUTUAL
from briefs.language.words import stem, stems, words
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Argument, Fact, Mention, Role

FITTING = 0.3  # how well a value's kind must fit: a shot is no team
PARTICIPANTS: tuple[Role, ...] = ("agent", "co_agent", "patient", "recipient")
ACTORS = {EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.PLACE}
_KINDS = {
    Kind.PERSON: {EntityKind.PERSON},
    Kind.ORGANISATION: {EntityKind.ORGANISATION},
    Kind.PLACE: {EntityKind.PLACE},
}


def participants(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """Who takes part in the facts of a sentence, and then whoever else it names."""
    told = list(_parties(question, ask, match, ground))
    yield from told
    given = matching.key_stems(question)
    covered = {(c.start, c.end) for c in told}
    for mention in match.line.mentions:
        if mention.form != "name" or (mention.start, mention.end) in covered:
            continue
        entity = ground.names.of(match.line.article.id, mention.entity)
        fit = _type_fit(question, ask, entity.kind, None)
        if fit and not _is_given(entity.name, entity.kind, given, question):
            yield Candidate(
                entity.name, entity.name, match.line, mention.start, mention.end, match.coverage, 0.0, 0.0, 0.4 * fit
            )


def _parties(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    for fact, predicate, agreed in told_facts(question, match.line, ground):
        for argument in fact.arguments:
            if argument.entity is None and argument.role not in PARTICIPANTS:
                continue
            role_fit = _role_fit(question, fact, argument.role)
            told = predicate
            if question.office and question.office <= stems(argument.text):
                told, role_fit = (
                    max(predicate, matching.FRAME_MATCH),
                    1.0,
                )  # "the mayor, Ines Falk, spoke" names the mayor
            for text, start, end, type_fit in _values(question, ask, argument, match.line, ground):
                fit = role_fit * type_fit
                yield Candidate(text, text, match.line, start, end, match.coverage, agreed, told, fit, fact)


def _values(
    question: Question, ask: Ask, argument: Argument, line: Line, ground: Ground
) -> Iterator[tuple[str, int, int, float]]:
    """The values of one argument that may answer: text, range and how well the type fits."""
    given = matching.key_stems(question)
    described = stems(argument.text)
    if question.object and len(described & given) > len(described) / 2:
        return  # "who met the administrator" is not answered by the administrator
    for mention in _named_in(argument, line.mentions) or _apposed(argument, line) or (None,):
        value = _entity_value(argument, mention, line, ground)
        if value is None or not value[0] or _is_given(value[0], value[3], given, question):
            continue
        if value[3] is None and question.wanted in NAME_NOUNS:
            continue
        text, start, end, kind = value
        if (type_fit := _type_fit(question, ask, kind, argument)) >= FITTING:
            yield text, start, end, type_fit


def _is_given(text: str, kind: EntityKind | None, given: frozenset[str], question: Question) -> bool:
    """Whether a value only repeats the question: "who met Berg" is not answered by Anna Berg."""
    inside = stems(text)
    if not inside or inside & question.excluded or inside <= given:
        return True
    spelled = [stem(word) for word, _, _ in words(text) if word not in ("jr", "sr", "ii", "iii")]
    named = kind is EntityKind.PERSON or (kind is not None and len(spelled) == 2)
    return named and bool(given.intersection(spelled[-1:]))


def _role_fit(question: Question, fact: Fact, role: Role) -> float:
    if role not in PARTICIPANTS:
        return 0.3
    if fact.kind in MUTUAL:
        return 1.0 if role != "recipient" else 0.6
    if question.subject_asked:
        return 1.0 if role == "agent" else 0.8 if question.passive and role == "patient" else 0.25
    return 0.25 if role == "agent" else 1.0


def _named_in(argument: Argument, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions an argument's head phrase consists of: one, or several when it is a coordination."""
    inside = [m for m in mentions if argument.start <= m.start and m.end <= argument.end]
    outer = [m for m in inside if not any(o is not m and o.start <= m.start and m.end <= o.end for o in inside)]
    if argument.entity is not None:
        own = [m for m in outer if m.entity.name == argument.entity.name]
        joined = re.search(r"\band\b|,", argument.text) is not None
        return tuple(outer) if joined and len(outer) > 1 else tuple(own[:1])
    return ()


def _apposed(argument: Argument, line: Line) -> tuple[Mention, ...]:
    """The name set beside a description: "the mayor of Brindle, Anna Okoye"."""
    if argument.entity is not None:
        return ()
    after = (m for m in line.mentions if m.form == "name" and argument.end < m.start <= argument.end + 2)
    return tuple(m for m in after if m.entity.kind is EntityKind.PERSON)[:1]


def _entity_value(
    argument: Argument, mention: Mention | None, line: Line, ground: Ground
) -> tuple[str, int, int, EntityKind | None] | None:
    """An argument as a value: a name in full, or its own words; nothing where a pronoun stays open."""
    if mention is not None or argument.entity is not None:
        named = mention.entity if mention is not None else argument.entity
        assert named is not None
        entity = ground.names.of(line.article.id, named)
        start, end = (mention.start, mention.end) if mention is not None else (argument.start, argument.end)
        return entity.name, start, end, entity.kind
    if argument.head.lower() in matching.PRONOUNS:
        return None
    return trimmed(argument.text), argument.start, argument.end, None


def _type_fit(question: Question, ask: Ask, kind: EntityKind | None, argument: Argument | None) -> float:
    if question.kind is not Kind.ANY:
        wanted = _KINDS[question.kind]
        if kind in wanted:
            return 1.0
        if argument is not None and question.wanted and stem(question.wanted) in stems(argument.text):
            return 0.9
        return 0.15 if kind is None or kind not in ACTORS else 0.0
    if ask is Ask.WHO:
        if kind is EntityKind.PERSON:
            return 1.0
        return 0.8 if kind in ACTORS else 0.5 if kind is None and argument is not None else 0.0
    return 1.0 if kind is not None else 0.6
