"""Values that may answer: arguments of facts, names, times, numbers and clauses of the sentences that match."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.lexicon import NAME_NOUNS
from briefs.answers.questions import Kind, Question, Tense
from briefs.facts.frames import MUTUAL
from briefs.language.words import stem, stems, words
from briefs.models import EntityKind, Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.models import Argument, Fact, Mention, Role, When

PARTICIPANTS: tuple[Role, ...] = ("agent", "co_agent", "patient", "recipient")
_ACTORS = {EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.PLACE}
_KINDS = {
    Kind.PERSON: {EntityKind.PERSON},
    Kind.ORGANISATION: {EntityKind.ORGANISATION},
    Kind.PLACE: {EntityKind.PLACE},
}
_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half)"
)
_FIGURE = rf"(?:\d[\d,]*(?:\.\d+)?|{_NUMBER_WORD}(?:-{_NUMBER_WORD})?)(?:\s+(?:hundred|thousand|million|billion|trillion|m|bn|dozen))*"
_AMOUNT = re.compile(
    rf"(?:(?:about|around|nearly|almost|over|more than|less than|at least|up to|some|roughly|approximately)\s+)?"
    rf"(?:(?:US|C|A|NZ)?[$£€¥]\s?)?\b{_FIGURE}(?:\s?(?:%|percent|per cent|percentage points))?(?:\s+(?:US\s)?(?:dollars|euros|pounds|yen|rubles|roubles))?",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$£€¥]|\b(?:dollars|euros|pounds|yen|rubles|roubles)\b", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:because of|because|due to|owing to|thanks to|in response to|in protest (?:at|over|against)|so as to|in order to|"
    r"on the grounds that|blamed on|citing|over concerns|given)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value with the place it stands in and what speaks for it, each 0..1."""

    text: str
    key: str  # equal for values that say the same
    line: Line
    start: int  # in the article
    end: int
    coverage: float
    agreement: float  # of its fact; 0 without one
    predicate: float  # its fact is of the event asked about
    fit: float  # role and type
    fact: Fact | None = None
    when: When | None = None
    sides: float = 1.0  # its fact's doer and object are the question's
    lacking: float = 0.0  # names of the question that its sentence lacks; in part where they stand around it

    @property
    def score(self) -> float:
        """One number to rank by, 0..1."""
        told: float = 0.40 * self.coverage + 0.25 * self.agreement + 0.15 * self.predicate + 0.20 * self.fit
        return told * (0.5 + 0.5 * self.sides) * math.pow(0.8, self.lacking)


def candidates(question: Question, ask: Ask, matches: Sequence[Match], ground: Ground) -> list[Candidate]:
    """All candidates for one ask, best first."""
    found = [_weighed(question, match, c, ground) for match in matches for c in _of_line(question, ask, match, ground)]
    found.sort(key=lambda c: (-c.score, -c.line.at.timestamp(), c.line.article.id, c.start))
    return found


def _weighed(question: Question, match: Match, candidate: Candidate, ground: Ground) -> Candidate:
    sides = matching.sides_agree(question, candidate.fact, ground) if candidate.fact and candidate.predicate else 1.0
    return replace(candidate, sides=sides, lacking=match.lacking)


def _of_line(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    match ask:
        case Ask.WHEN:
            yield from _whens(question, match, ground)
        case Ask.WHERE:
            yield from _places(question, match, ground)
        case Ask.HOW_MANY | Ask.HOW_MUCH | Ask.HOW_LONG:
            yield from _amounts(question, ask, match, ground)
        case Ask.WHY:
            yield from _reasons(question, match, ground)
        case Ask.WHO | Ask.WHICH:
            yield from _participants(question, ask, match, ground)
        case _:
            yield from _phrases(question, ask, match, ground)


def tells(question: Question, fact: Fact) -> bool:
    """Whether a fact's modality lets it answer: what is planned never answers what happened."""
    if fact.negated:
        return False
    if question.tense is Tense.PAST:
        return fact.modality is Modality.HAPPENED
    return fact.modality is not Modality.CANCELLED


# ---------------------------------------------------------------------------------------------------------- who, which
def _participants(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
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
    for fact in match.line.facts:
        if not tells(question, fact):
            continue
        predicate = matching.predicate_match(question, fact)
        agreed = matching.agreement(question, fact, ground)
        for argument in fact.arguments:
            if argument.entity is None and argument.role not in PARTICIPANTS:
                continue
            role_fit = _role_fit(question, fact, argument.role)
            for text, start, end, type_fit in _values(question, ask, argument, match.line, ground):
                fit = role_fit * type_fit
                yield Candidate(text, text, match.line, start, end, match.coverage, agreed, predicate, fit, fact)


def _values(
    question: Question, ask: Ask, argument: Argument, line: Line, ground: Ground
) -> Iterator[tuple[str, int, int, float]]:
    """The values of one argument that may answer: text, range and how well the type fits."""
    given = matching.key_stems(question)
    for mention in _named_in(argument, line.mentions) or _apposed(argument, line) or (None,):
        value = _entity_value(argument, mention, line, ground)
        if value is None or not value[0] or _is_given(value[0], value[3], given, question):
            continue
        if value[3] is None and question.wanted in NAME_NOUNS:
            continue
        text, start, end, kind = value
        if type_fit := _type_fit(question, ask, kind, argument):
            yield text, start, end, type_fit


def _is_given(text: str, kind: EntityKind | None, given: frozenset[str], question: Question) -> bool:
    """Whether a value only repeats the question: "who met Putin" is not answered by Vladimir Putin."""
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
    return _trimmed(argument.text), argument.start, argument.end, None


def _type_fit(question: Question, ask: Ask, kind: EntityKind | None, argument: Argument | None) -> float:
    if question.kind is not Kind.ANY:
        wanted = _KINDS[question.kind]
        if kind in wanted:
            return 1.0
        if argument is not None and question.wanted and stem(question.wanted) in stems(argument.text):
            return 0.9
        return 0.15 if kind is None or kind not in _ACTORS else 0.0
    if ask is Ask.WHO:
        if kind is EntityKind.PERSON:
            return 1.0
        return 0.8 if kind in _ACTORS else 0.5 if kind is None and argument is not None else 0.0
    return 1.0 if kind is not None else 0.6


# ----------------------------------------------------------------------------------------------------------- when
def _whens(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    line = match.line
    asked = {when.value for when in question.times}
    used: set[int] = set()
    for fact in line.facts:
        predicate = matching.predicate_match(question, fact)
        when = fact.when or (_only_date(line) if predicate >= matching.FRAME_MATCH else None)
        if when is None or when.value in asked or not _is_date(when) or not tells(question, fact):
            continue
        agreed = matching.agreement(question, fact, ground)
        used.add(when.start)
        yield _dated(when, line, match.coverage, agreed, predicate, 1.0 if predicate else 0.5, fact)
    for when in line.whens:
        if when.value in asked or not _is_date(when) or when.start in used:
            continue
        nearest = _nearest_fact(line, when)
        if nearest is not None and not tells(question, nearest):
            continue
        yield _dated(when, line, match.coverage, 0.0, 0.0, 0.45 * _nearness(question, line, when), nearest)


def _only_date(line: Line) -> When | None:
    """The one date of a sentence: the parser hangs "on Thursday" on the nearest noun, not always on the verb."""
    dates = [when for when in line.whens if when.first is not None]
    return dates[0] if len(dates) == 1 else None


def _dated(
    when: When, line: Line, coverage: float, agreed: float, predicate: float, fit: float, fact: Fact | None
) -> Candidate:
    text = line.article.text[when.start : when.end]
    return Candidate(text, when.value, line, when.start, when.end, coverage, agreed, predicate, fit, fact, when)


def _is_date(when: When) -> bool:
    return when.first is not None or re.match(r"\d{2,4}|XXXX-\d", when.value) is not None


def _nearest_fact(line: Line, when: When) -> Fact | None:
    return min(line.facts, key=lambda f: abs(f.predicate.start - when.start), default=None)


def _nearness(question: Question, line: Line, when: When) -> float:
    """How near a time stands to the question's words, 0..1 over forty words or so."""
    given = matching.key_stems(question)
    near = [abs(line.start + s - when.start) for w, s, _ in words(line.text) if stem(w) in given]
    return max(0.0, 1 - min(near, default=240) / 240)


# ---------------------------------------------------------------------------------------------------------- where
def _places(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    line, given = match.line, matching.key_stems(question)
    used: set[int] = set()
    for fact in line.facts:
        if not tells(question, fact):
            continue
        predicate = matching.predicate_match(question, fact)
        agreed = matching.agreement(question, fact, ground)
        for argument in fact.arguments:
            if argument.role != "place" or stems(argument.text) <= given:
                continue
            used.add(argument.start)
            text = _trimmed(argument.text)
            yield Candidate(
                text, _folded(text), line, argument.start, argument.end, match.coverage, agreed, predicate,
                1.0 if predicate else 0.5, fact,
            )  # fmt: skip
    for mention in line.mentions:
        if mention.entity.kind is not EntityKind.PLACE or mention.form != "name" or mention.start in used:
            continue
        text = line.article.text[mention.start : mention.end]
        before = line.article.text[max(line.start, mention.start - 12) : mention.start].lower().rstrip()
        inside = re.search(r"\b(?:in|at|near|outside|from|to|on|off)(?: the)?$", before) is not None
        if not stems(text) <= given:
            yield Candidate(
                text, _folded(text), line, mention.start, mention.end, match.coverage, 0.0, 0.0, 0.5 if inside else 0.2
            )


# ------------------------------------------------------------------------------------------------------------ how much
def _amounts(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    line = match.line
    spans_of_dates = [(w.start, w.end) for w in line.whens if ask is not Ask.HOW_LONG and w.value[:1] != "P"]
    if ask is Ask.HOW_LONG:
        for when in line.whens:
            if when.value.startswith("P") and any(c.isdigit() for c in when.value):
                yield _dated(when, line, match.coverage, 0.0, 0.0, 0.8, _nearest_fact(line, when))
        return
    wanted = stem(question.wanted) if question.wanted else None
    given = matching.key_stems(question)
    for found in _AMOUNT.finditer(line.text):
        start, end = line.start + found.start(), line.start + found.end()
        if any(a < end and start < b for a, b in spans_of_dates) or (
            stems(found[0]) & given and stems(found[0]) <= given
        ):
            continue
        fact = _fact_around(line, start, end)
        if fact is not None and not tells(question, fact):
            continue
        fit = _amount_fit(question, ask, wanted, line, found.start(), found.end())
        if fit == 0:
            continue
        agreed = matching.agreement(question, fact, ground) if fact else 0.0
        predicate = matching.predicate_match(question, fact) if fact else 0.0
        yield Candidate(
            found[0].strip(), _folded(found[0]), line, start, end, match.coverage, agreed, predicate, fit, fact
        )


def _amount_fit(question: Question, ask: Ask, wanted: str | None, line: Line, start: int, end: int) -> float:
    text = line.text
    value, after = text[start:end], [stem(w) for w, _, _ in words(text[end : end + 60])][:4]
    money = _MONEY.search(value) is not None
    if ask is Ask.HOW_MANY:
        if money or "%" in value or "percent" in value:
            return 0.1
        return 1.0 if wanted in after[:3] else 0.7 if wanted in after else 0.35
    if question.lemma in ("pay", "cost", "spend", "earn", "make", "owe", "buy", "sell", "raise", "donate", "worth"):
        return 1.0 if money else 0.2
    before = [stem(w) for w, _, _ in words(text[max(0, start - 40) : start])][-2:]
    if wanted and (wanted in after or wanted in before):
        return 1.0
    return 0.8 if money or "%" in value or "percent" in value or "per cent" in value else 0.4


def _fact_around(line: Line, start: int, end: int) -> Fact | None:
    """The fact with the argument that holds the range, the tightest one."""
    holding = [(a.end - a.start, f) for f in line.facts for a in f.arguments if a.start <= start and end <= a.end]
    return min(holding, key=lambda pair: pair[0])[1] if holding else None


# ---------------------------------------------------------------------------------------------------------------- why
def _reasons(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    line = match.line
    for fact in line.facts:
        predicate = matching.predicate_match(question, fact)
        agreed = matching.agreement(question, fact, ground)
        for argument in fact.arguments:
            if argument.role == "reason":
                text = _trimmed(argument.text)
                yield Candidate(
                    text, _folded(text), line, argument.start, argument.end, match.coverage, agreed, predicate,
                    1.0 if predicate else 0.6, fact,
                )  # fmt: skip
    for found in _CAUSE.finditer(line.text):
        start = line.start + found.start()
        end = line.start + _clause_end(line.text, found.end())
        text = line.article.text[start:end]
        yield Candidate(text, _folded(text), line, start, end, match.coverage, 0.0, 0.0, 0.7)


def _clause_end(text: str, start: int) -> int:
    """Where the clause that begins at ``start`` ends: a semicolon, a quotation's end or the sentence's stop."""
    stop = re.search(r"[;”]|,\s+(?:said|he said|she said|according)|\.?\s*$", text[start:])
    return start + (stop.start() if stop else len(text) - start)


# ---------------------------------------------------------------------------------------------------------------- what
def _phrases(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    given = matching.key_stems(question)
    line = match.line
    for fact in line.facts:
        if not tells(question, fact):
            continue
        predicate = matching.predicate_match(question, fact)
        agreed = matching.agreement(question, fact, ground)
        for argument in fact.arguments:
            said = ask is Ask.STATEMENT
            if said and (fact.kind != "say" or argument.role not in ("topic", "patient")):
                continue
            inside = stems(argument.text)
            if not inside or inside <= given or argument.role == "time":
                continue
            fit = _phrase_fit(question, argument, said=said) * (1 - 0.6 * len(inside & given) / len(inside))
            text = _trimmed(argument.text)
            yield Candidate(
                text, _folded(text), line, argument.start, argument.end, match.coverage, agreed, predicate, fit, fact
            )


def _phrase_fit(question: Question, argument: Argument, *, said: bool) -> float:
    if said:
        return 1.0
    if argument.role in ("patient", "topic"):
        return 0.5 if question.subject_asked else 1.0
    if argument.role == "agent":
        return 1.0 if question.subject_asked else 0.2
    return 0.5


# ------------------------------------------------------------------------------------------------------------- spelling
_LEADING = re.compile(r"^(?:that|to|with|by|in|on|at|for|from|of|into|about|over|as)\s+", re.IGNORECASE)


def _trimmed(text: str) -> str:
    """An argument as a person would say it: no leading preposition, no trailing punctuation."""
    return _LEADING.sub("", " ".join(text.split())).strip(" ,;:.–—-")


def _folded(text: str) -> str:
    return " ".join(word for word, _, _ in words(text) if word not in ("the", "a", "an"))
