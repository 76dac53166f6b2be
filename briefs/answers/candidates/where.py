"""Places: of the facts that match, of their nouns and twins, of the dateline, else those a preposition sets the scene with."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from briefs.answers import dating, matching
from briefs.answers.candidates.candidate import Candidate, folded, told_facts, trimmed
from briefs.answers.candidates.slots import preposition
from briefs.answers.questions import Kind
from briefs.answers.twins import line_of, twins
from briefs.facts import frames
from briefs.language.words import stem, stems, word_set, words
from briefs.models import EntityKind, Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Argument, Fact, Mention

HELD, TWIN, DATELINE = 0.9, 0.85, 0.7  # how surely a place is the event's that is no argument of its own
WITHIN: Final = 4  # words between a name and the place that contains it, with the preposition
BESIDE: Final = 8  # characters between a name and the place it stands in
HOMES: Final = word_set("house home residence apartment flat office property mansion farm villa")
_WHITHER: Final = frozenset({"ahead", "back", "away", "there", "here", "forward", "where", "together", "home"})
_STATES: Final = word_set(
    "custody effect force power charge control danger trouble debt trial detention action use line doubt person"
)
_SEATS: Final = HOMES | word_set("base headquarters seat site venue location birthplace destination scene")
_DEPARTING: Final = frozenset({"start", "begin", "originate", "depart", "leave", "come", "hail", "stem"})
_WHOSE = re.compile(rf"\bwhose\s(?:\w+\s)?(?:{'|'.join(sorted(HOMES))})\b", re.IGNORECASE)
_OF_KIND = re.compile(
    r"^(?:the\s+)?(?:[a-z-]+\s+){0,4}(?:city|town|village|port|capital|suburb|state|province|district|region|island|county"
    r"|municipality|neighbou?rhood|resort)\s+of\s+(?=[A-Z])"
)
_SETTING = re.compile(
    r"\b(?:in|at|near|outside|on|off|inside|around|aboard|from|to|into)(?: the)?(?: [a-z]+){0,2}$", re.IGNORECASE
)
_INNER = re.compile(r"\b(?:in|at|near|outside|on|off)\s+(?:the\s+)?(?=[A-Z])")
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]*)*)(?:, [A-Z][\w.]+)?(?: \([^)]*\))?\s*[—–-]+\s*$"
)
_AFTER_NOUN = re.compile(
    r"(?: (?:will|would|is|was|to|be|being|set|held|hosted|taking|takes|took|place|due|scheduled))* (?:in|at|near|outside)(?: the)? "
)
_BEFORE_NOUN = re.compile(r"(?:, [A-Z][\w.]*,?)? (?:[a-z]+ )?")
_WITHIN = re.compile(
    r"(?:\s[a-z-]+){0,2},?\s(?:in|on|near|outside|off)\s(?:the\s)?(?:(?:north|south|east|west|central|southern|northern|eastern|western)\s)?|,\s"
)
_OTHERS = re.compile(r"\b(?:previous|earlier|prior|former|past|another|separate|similar)(?: \w+)?\s+$", re.IGNORECASE)
_ORIGIN = re.compile(r"\bwhere\b.*\bfrom\W*$", re.IGNORECASE)
NEARLY_AS_WELL = 0.9  # of the best score: a place told nearly as well that lies in the best


def places(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The places of a sentence, and of its fellows that tell the same event."""
    if dating.is_negated(question.text):
        return
    given = matching.key_stems(question)
    best: dict[tuple[int, str], Candidate] = {}
    for candidate in (*_bound(question, match, ground), *_loose(question, match, ground)):
        if stems(candidate.text) <= given or not candidate.text:
            continue
        key = candidate.start, candidate.key
        if key not in best or candidate.score > best[key].score:
            best[key] = candidate
    yield from best.values()


def hosts(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """Whose house it was at: who is named with a home among the places of the facts that match."""
    line = match.line
    for fact, predicate, agreed in told_facts(question, line, ground):
        for argument in fact.arguments:
            if argument.role != "place" or not HOMES & {word for word, _, _ in words(argument.text)}:
                continue
            for mention in line.mentions:
                owner = argument.start <= mention.start < argument.end and mention.form == "name"
                if owner and mention.entity.kind in (EntityKind.PERSON, EntityKind.ORGANISATION):
                    name = ground.names.of(line.article.id, mention.entity).name
                    start, end, fit = mention.start, mention.end, 1.0 if predicate else 0.5
                    yield Candidate(name, name, line, start, end, match.coverage, agreed, predicate, fit, fact)


def asks_home(question: Question) -> bool:
    """Whether it asks at whose home something was."""
    return _WHOSE.search(question.text) is not None


def asks_setting(question: Question) -> bool:
    """Whether it asks in which place something was: "in what city", "which state was he arrested in"."""
    return question.kind is Kind.PLACE and preposition(question) in ("in", "at", "near", "from", "to", "on", "outside")


# ------------------------------------------------------------------------------------------------- places of the event
def _bound(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The places of the facts of a sentence."""
    line = match.line
    ordered = 1.0 if dating.in_order(question.order, line.text) else 0.7
    for fact, likeness, agreed in told_facts(question, line, ground):
        if _is_of_another_time(question, fact):
            continue
        predicate = dating.of_event(question, fact, likeness)
        told = match, fact, predicate, agreed
        if carries(question, fact):
            told = match, fact, 1.0, max(agreed, _share(question, line.bag))
        own = list(_placed(question, fact, line, ordered if told[2] else 0.5 * ordered, told))
        yield from own
        if told[2] < matching.FRAME_MATCH:
            continue
        held = [] if own else list(_held(told))
        yield from held
        if not own and not held:
            yield from _of_twins(question, told, ground)
            yield from _of_dateline(told)


def _is_of_another_time(question: Question, fact: Fact) -> bool:
    """Whether a fact is dated outside the time that the question names: "in the 1930s" is not answered by the 1950s."""
    when = fact.when
    bounds = [w for w in question.times if w.first is not None and w.modifier is None]
    if when is None or when.first is None or when.last is None or not bounds:
        return False
    return not any(w.first < when.last and when.first < w.last for w in bounds if w.first and w.last)


Told = tuple["Match", "Fact", float, float]  # the sentence, its fact, how far that is of the event, and agrees


def _placed(question: Question, fact: Fact, line: Line, fit: float, told: Told) -> Iterator[Candidate]:
    """The place arguments of a fact: each, and those told in one breath together."""
    arguments = [a for a in fact.arguments if (a.role == "place" and _is_place(a)) or _is_seat(a, fact)]
    before = line.article.text[max(line.start, fact.predicate.start - 40) : fact.predicate.start]
    fit *= 0.6 if _OTHERS.search(before) else 1.0
    for argument in arguments:
        sure = fit * _suits(question, argument, line)
        yield _candidate(_value(argument, line), argument.start, argument.end, line, sure, told)
    if len(arguments) > 1 and (together := _together(arguments, line)):
        start, end = arguments[0].start, arguments[-1].end
        yield _candidate(together, start, end, line, fit * _suits(question, arguments[0], line), told)


def _is_seat(argument: Argument, fact: Fact) -> bool:
    """Whether a fact says of a home, base or venue which it is: "its first home was the old mint"."""
    if fact.predicate.lemma != "be" or argument.role != "other":
        return False
    return any(
        a.role in ("agent", "patient") and a.head.lower() in _SEATS and a is not argument for a in fact.arguments
    )


def _is_place(argument: Argument) -> bool:
    """Whether a place argument names one: no direction, no state ("into custody") and no person."""
    if argument.text.lower() in _WHITHER | _STATES or argument.text.lower().startswith(("ahead", "back ", "away")):
        return False
    person = argument.entity is not None and argument.entity.kind in (EntityKind.PERSON, EntityKind.GROUP)
    return not person or bool(HOMES & {word for word, _, _ in words(argument.text)})


def _suits(question: Question, argument: Argument, line: Line) -> float:
    """How well an argument suits "where": less for an occasion, for a thing unnamed, for where something comes from."""
    suits = 1.0
    text = argument.text
    if _is_occasion(argument):
        suits = 0.75
    elif text == text.lower():
        suits = 0.85
    before = line.article.text[max(line.start, argument.start - 8) : argument.start].lower()
    away = before.endswith(("from ", "from the "))
    asked = question.lemma in _DEPARTING or _ORIGIN.search(question.text) is not None
    return suits * (1.0 if away == asked else 0.8)


def _is_occasion(argument: Argument) -> bool:
    """Whether an argument is an event rather than a place: "the summit", "World War II"."""
    if argument.entity is not None and argument.entity.kind is EntityKind.EVENT:
        return True
    last = [word for word, _, _ in words(argument.text) if not re.fullmatch(r"[ivx]+|\d+", word)][-1:]
    return any(frames.frame(word, "NOUN") != frames.OTHER for word in (argument.head.lower(), *last))


def _value(argument: Argument, line: Line) -> str:
    """The most specific named place with what contains it: "Plantation, Florida" of "a shop in Plantation, Florida"."""
    text = _OF_KIND.sub("", trimmed(argument.text))
    first = re.search(r"[A-Z]", text)
    inner = _INNER.search(text)
    if inner is not None and first is not None and first.start() >= inner.end():
        text = text[inner.end() :]  # nothing named stands before it
    return text + _container(argument.end, line)


def _container(end: int, line: Line) -> str:
    """What contains a place, as it follows it: ", Florida"."""
    text = line.article.text
    for mention in line.mentions:
        if mention.start - end == 2 and text[end : end + 2] == ", " and _is_place_name(mention):
            after = text[mention.end : mention.end + 5]
            if not after.startswith((" and ", " or ")) and not re.match(r",? and\b", after):
                return text[end : mention.end] + _container(mention.end, line)
    return ""


def _together(arguments: Sequence[Argument], line: Line) -> str:
    """Places told in one breath, as they stand: "Miami, West Palm Beach and Fort Myers"; nothing where more is between."""
    text = line.article.text
    gaps = [text[a.end : b.start] for a, b in pairwise(arguments)]
    if not all(re.fullmatch(r",?\s+(?:and\s+)?(?:(?:in|at|near)\s+)?(?:the\s+)?", gap) for gap in gaps):
        return ""
    return " ".join(text[arguments[0].start : arguments[-1].end].split())


def _held(told: Told) -> Iterator[Candidate]:
    """Places that stand in the participants of a fact, or beside its word with no other word of an event between."""
    match, fact, _, _ = told
    line = match.line
    for mention in line.mentions:
        if not _is_place_name(mention) or not _is_set(mention, line):
            continue
        inside = any(
            a.start <= mention.start < a.end and a.role in ("patient", "co_agent", "other") for a in fact.arguments
        )
        low, high = sorted((fact.predicate.start, mention.start))
        between = any(
            f is not fact and low < f.predicate.start < high and f.predicate.lemma != "hold office" for f in line.facts
        )
        if inside or not between:
            text = line.article.text[mention.start : mention.end] + _container(mention.end, line)
            yield _candidate(text, mention.start, mention.end, line, HELD if inside else TWIN, told)


def _of_twins(question: Question, told: Told, ground: Ground) -> Iterator[Candidate]:
    """Places of the same event in other sentences of the article."""
    match, fact, predicate, agreed = told
    for other in twins(question, fact, ground):
        if any(a.role == "place" for a in other.arguments):
            yield from _placed(question, other, line_of(other, ground), TWIN, (match, other, predicate, agreed))


def _of_dateline(told: Told) -> Iterator[Candidate]:
    """The place of the dateline, for an event that the lead tells without one."""
    line = told[0].line
    if told[1].modality is not Modality.HAPPENED:
        return
    before = line.article.text[max(0, line.start - 80) : line.start]
    found = _DATELINE.search(before)
    if found is not None:
        start = line.start - len(before) + found.start("place")
        yield _candidate(found["place"].title(), start, start + len(found["place"]), line, DATELINE, told)


def _candidate(text: str, start: int, end: int, line: Line, fit: float, told: Told) -> Candidate:
    match, fact, predicate, agreed = told
    value = _OF_KIND.sub("", text)
    return Candidate(value, folded(value), line, start, end, match.coverage, agreed, predicate, fit, fact)


# ------------------------------------------------------------------------------------------------------ other places
def _loose(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The places a sentence names, by whether they set a scene and how near they stand to the question's words."""
    line, given = match.line, matching.key_stems(question)
    named = any(matching.predicate_match(question, fact, ground) >= matching.FRAME_MATCH for fact in line.facts)
    spoken = [(line.start + s, line.start + e) for w, s, e in words(line.text) if stem(w) in given]
    for mention in line.mentions:
        if not _is_place_name(mention):
            continue
        text = line.article.text[mention.start : mention.end] + _container(mention.end, line)
        near = min((mention.start - e for _, e in spoken if e <= mention.start), default=200)
        fit = (0.4 if _is_set(mention, line) else 0.2) + 0.2 * max(0.0, 1 - near / 100)
        beside = near <= BESIDE and _is_set(mention, line)
        if _lies_in(question, mention, line):
            yield Candidate(text, folded(text), line, mention.start, mention.end, match.coverage, 1.0, 1.0, HELD)
            continue
        if not named and _is_of_noun(question, mention, line):
            sure = HELD if dating.in_order(question.order, line.text) else 0.7 * HELD
            share = _share(question, line.bag)
            yield Candidate(text, folded(text), line, mention.start, mention.end, match.coverage, share, 1.0, sure)
            continue
        before = re.split(r"[;:.]", line.article.text[max(line.start, mention.start - 40) : mention.start])[-1]
        agreed = _share(question, frozenset(stems(before))) if beside else 0.0  # "Cable Street in London"
        yield Candidate(text, folded(text), line, mention.start, mention.end, match.coverage, agreed, 0.0, fit)


def carries(question: Question, fact: Fact) -> bool:
    """Whether a fact's verb only carries the noun that names the event: "a hearing was held in Oslo"."""
    root = stem(question.word or "")
    heads = {stem(a.head.lower()) for a in fact.arguments if a.role in ("patient", "agent")}
    return fact.predicate.lemma in dating.SUPPORT and root in heads


def _lies_in(question: Question, mention: Mention, line: Line) -> bool:
    """Whether a place stands right behind the name asked for, as what contains it: "the Tarvo pier in Portugal"."""
    if not any(key.is_name and key.word == question.word for key in question.keys):
        return False
    given = {key.stem for key in question.keys}
    before = [(stem(w), e) for w, _, e in words(line.text[: mention.start - line.start])][-len(given) - WITHIN :]
    ends = [end for root, end in before if root in given]
    between = line.text[ends[-1] : mention.start - line.start] if ends else ""
    return given <= {root for root, _ in before} and _WITHIN.fullmatch(between) is not None


def _is_of_noun(question: Question, mention: Mention, line: Line) -> bool:
    """Whether a place hangs on the noun that names the event: "the primary in Washington", "a Lyon rally"."""
    root = stem(question.word or "")
    if any(key.is_name and key.word == question.word for key in question.keys):
        return False
    for spoken, start, end in words(line.text):
        before = line.article.text[mention.end : line.start + start]
        after = line.article.text[line.start + end : mention.start]
        other = _OTHERS.search(line.text[:start]) is not None
        if stem(spoken) == root and not other and (_AFTER_NOUN.fullmatch(after) or _BEFORE_NOUN.fullmatch(before)):
            return True
    return False


def _share(question: Question, told: frozenset[str]) -> float:
    """The share of the question's weight that some stems carry."""
    total = sum(key.weight for key in question.keys) or 1.0
    return sum(key.weight for key in question.keys if key.stem in told) / total


def _is_place_name(mention: Mention) -> bool:
    return mention.entity.kind is EntityKind.PLACE and mention.form == "name"


def _is_set(mention: Mention, line: Line) -> bool:
    """Whether a preposition of place stands before a name."""
    return _SETTING.search(line.article.text[max(line.start, mention.start - 30) : mention.start].rstrip()) is not None


def innermost(best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The place that is told to lie in the best one: "the Harbour Hall in Brindle", where the best is "Brindle"."""
    outer = re.compile(rf"\w[^,]*(?:,| (?:in|at|near|outside)) {re.escape(best.text)}$")
    inner = (
        c
        for c in found
        if c.score >= NEARLY_AS_WELL * best.score and c.predicate >= best.predicate and outer.match(c.text)
    )
    return next(inner, best)
