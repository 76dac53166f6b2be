"""What is asked for in other words than a name: arguments of facts, what things are called, and phrases where they fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.candidates import slots
from briefs.answers.candidates.candidate import Candidate, folded, of_argument, tells, told_facts
from briefs.answers.candidates.chunks import chunks, spelled
from briefs.answers.lexicon import LIGHT_VERBS, NAME_NOUNS, TIME_NOUNS
from briefs.answers.statements import statements
from briefs.language.words import stem, stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.candidates.chunks import Chunk
    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Argument, Fact

PLAIN = 0.3  # the fit of a phrase of which no more is known
WANTED = 0.45  # more where it is of the noun asked for
NEAR = 90  # characters before a name in which what bears it is told
SLOT = 0.3  # more where it stands in the part of the event asked for
HEAD_ALONE = 0.85  # of the fit of "the treaty" of "the treaty of Tarvo"
TELLING_APART = 1e-4  # of the fit, from one phrase of a sentence to the next: they are no coordination
LONG = 14  # words from which a phrase says more than was asked
_KINDWORDS = r"(?:type|kind|sort|form|name|example|term|word|method|system)"
_CALLED = re.compile(
    r"(?<![\w-])(?:call(?:ed|s|ing)?|dub(?:bed|s)|label(?:l?ed|s)|brand(?:ed|s)|nicknam(?:ed|es)|nam(?:ed|es)|term(?:ed|s)|style[ds])\s+"
    r"(?:(?:[\w’'-]+\s+){0,6}?(?:an?\s+|the\s+)?[\"“](?P<quoted>[^\"“”]{2,80}?)[,.]?[\"”]"
    r"|(?:(?:him|her|it|them|one|me|us|himself|herself|itself|themselves)\s+)?(?P<plain>(?:an?\s+|the\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,4})(?=[,.;:)]|\s(?:in|by|on|for|because|when|and|who|which|that|after|before|at|to|from|with|is|was)\b))"
)
_CALLED_AS = re.compile(
    r"\b(?:refer(?:red|s|ring)?\s+to|known|describ(?:ed?|es|ing)|regard(?:ed|s)|character[iz|is]\w+|dismiss(?:ed|es))\b[^.;:]{0,80}?\bas\s+"
    r"(?:an?\s+|the\s+)?(?:[\"“](?P<quoted>[^\"“”]{2,80}?)[,.]?[\"”]|(?P<plain>[\w’'-]+(?:\s+[\w’'-]+){0,4})(?=[,.;:)]|$))"
)
_ADVERB = re.compile(r"[A-Za-z]\w{3,}[^\W_]ly|however|meanwhile|instead|otherwise|yet|ever|together", re.IGNORECASE)
_ASKS_NAME = re.compile(
    r"\b(?:name[sd]?|call(?:ed|s)?|nickname[sd]?|known|term(?:ed)?|refer(?:red)?|dubbed|labell?ed|describe[sd]?)\b",
    re.IGNORECASE,
)


def phrases(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The values of a sentence that may answer what or which."""
    if ask is Ask.STATEMENT:
        yield from statements(question, match, ground)
        return
    yield from called(question, match, ground)
    told = list(_arguments(question, match, ground))
    yield from told
    taken = {(c.start, c.end) for c in told}
    yield from (c for c in loose_phrases(question, match, ground) if (c.start, c.end) not in taken)


def _arguments(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    given = matching.key_stems(question)
    for fact, predicate, agreed in told_facts(question, match.line, ground):
        for argument in fact.arguments:
            inside = stems(argument.text)
            if not inside or inside <= given or argument.role == "time" or argument.head.lower() in matching.PRONOUNS:
                continue
            if argument.role == "manner" and len(inside) == 1 and argument.text.lower().endswith("ly"):
                continue
            fit = _argument_fit(question, fact, argument, match.line, inside, given)
            yield of_argument(argument, fact, match, (predicate, agreed), fit)


def _argument_fit(
    question: Question, fact: Fact, argument: Argument, line: Line, inside: frozenset[str], given: frozenset[str]
) -> float:
    asked = slots.preposition(question)
    if asked is not None:
        topical = question.role == "topic" == argument.role  # "agreed to build it" tells what they agreed on
        fit = 1.0 if slots.brought_in_by(asked, argument.start, line) else 0.8 if topical else 0.4
    elif question.subject_asked and not question.passive:
        fit = {"agent": 1.0, "patient": 0.5, "topic": 0.5}.get(argument.role, 0.4)
    else:
        fit = {"patient": 1.0, "topic": 1.0, "agent": 0.2}.get(argument.role, 0.5)
    if fact.kind == "be" and _links(fact, argument, given):
        fit = 1.0
    words = len(spelled(argument.text))
    shorter = min(1.0, LONG / words) if words else 1.0
    return fit * shorter * (1 - 0.6 * len(inside & given) / len(inside))


def _links(fact: Fact, argument: Argument, given: frozenset[str]) -> bool:
    """Whether "is" links an argument to what the question tells: "mosaics are the most important kind of …"."""
    others = [stems(a.text) for a in fact.arguments if a is not argument and a.role in ("agent", "patient", "other")]
    return any(len(other & given) * 2 >= len(other) for other in others if other)


def called(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """What the sentence says that something is called, where that is asked."""
    if not _ASKS_NAME.search(question.text):
        return
    line, given = match.line, matching.key_stems(question)
    for found in (*_CALLED.finditer(line.text), *_CALLED_AS.finditer(line.text)):
        group = "quoted" if found["quoted"] else "plain"
        text = found[group]
        if not stems(text) or stems(text) <= given:
            continue
        fact = _around(line, line.start + found.start(), line.start + found.end(), question)
        agreed = matching.agreement(question, fact, ground) if fact else 0.0
        predicate = matching.predicate_match(question, fact, ground) if fact else 0.0
        start = line.start + found.start(group)
        about = spelled(line.text[max(0, found.start() - NEAR) : found.start(group)])
        fit = (1.0 if group == "quoted" else 0.8) * (1.0 if given & set(about) else 0.4)
        yield Candidate(
            text, folded(text), line, start, start + len(text), match.coverage, max(agreed, 0.5),
            max(predicate, matching.FRAME_MATCH), fit, fact,
        )  # fmt: skip


def _around(line: Line, start: int, end: int, question: Question) -> Fact | None:
    """The fact whose verb stands in a range and that may answer."""
    return next((f for f in line.facts if start <= f.predicate.start < end and tells(question, f)), None)


def loose_phrases(question: Question, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The phrases of a sentence, by their words and the place where they stand."""
    line, given = match.line, matching.key_stems(question)
    told = list(told_facts(question, line, ground))
    times = [(w.start, w.end) for w in line.whens if w.first] if question.wanted not in TIME_NOUNS else []
    for number, chunk in enumerate(chunks(line)):
        inside = frozenset(spelled(chunk.text))
        fresh = inside - given
        if (
            not fresh
            or _ADVERB.fullmatch(chunk.text)
            or any(a <= chunk.start and chunk.end <= b for a, b in times)
            or _cuts_a_name(chunk, line)
            or _is_verb(chunk, line)
        ):
            continue
        fact, predicate, agreed, slot = _best_fact(question, chunk, told, line)
        fit = PLAIN + slot + _of_wanted(question, chunk, inside, line)
        fit -= number * TELLING_APART
        if line.article.text[chunk.end : chunk.end + 4] == " of ":
            fit *= HEAD_ALONE
        fit *= (1 - 0.5 * len(inside & given) / len(inside)) * (0.85 if len(inside) > LONG / 2 else 1.0)
        yield Candidate(
            chunk.text, folded(chunk.text), line, chunk.start, chunk.end, match.coverage, agreed, predicate, min(1.0, fit), fact
        )  # fmt: skip


def _cuts_a_name(chunk: Chunk, line: Line) -> bool:
    """Whether a phrase is or ends in a piece of a name: "Olga M" of "Olga M. Brandt"."""
    names = ((m.start, m.end) for m in line.mentions if m.form == "name")
    return any(
        (a < chunk.start < b or a < chunk.end < b) and not (chunk.start <= a and b <= chunk.end) for a, b in names
    )


def _is_verb(chunk: Chunk, line: Line) -> bool:
    """Whether a phrase is a verb without what it is done to: "keeping" of "work on keeping the dam dry"."""
    verbs = (f for f in line.facts if (f.predicate.start, f.predicate.end) == (chunk.start, chunk.end))
    return any(a.role == "patient" and a.start >= chunk.end for fact in verbs for a in fact.arguments)


def _best_fact(
    question: Question, chunk: Chunk, told: Sequence[tuple[Fact, float, float]], line: Line
) -> tuple[Fact | None, float, float, float]:
    """The fact a phrase takes part in that is most of the event asked about, and how well the phrase fills its slot."""
    best: tuple[Fact | None, float, float, float] = (None, 0.0, 0.0, 0.0)
    for fact, predicate, agreed in told:
        inside = [a for a in fact.arguments if a.start <= chunk.start and chunk.end <= a.end]
        if not inside:
            continue
        argument = min(inside, key=lambda a: a.end - a.start)
        role = max(slots.role_fit(question, fact, argument, line), slots.brought_in(question, chunk.start, line))
        slot = SLOT * role * (1.0 if predicate else 0.5)
        if (predicate, agreed) >= (best[1], best[2]):
            best = fact, predicate, agreed, slot
    if best[0] is None:
        return None, 0.0, 0.0, max(_side(question, chunk, told), SLOT * slots.brought_in(question, chunk.start, line))
    return best


def _side(question: Question, chunk: Chunk, told: Sequence[tuple[Fact, float, float]]) -> float:
    """A little for standing on the side of the event's verb that is asked for."""
    verbs = [f.predicate for f, predicate, _ in told if predicate >= matching.FRAME_MATCH]
    if not verbs or question.lemma in LIGHT_VERBS:
        return 0.0
    before = question.subject_asked and not question.passive
    near = (chunk.end <= v.start if before else chunk.start >= v.end for v in verbs)
    return SLOT / 2 if any(near) else 0.0


def _of_wanted(question: Question, chunk: Chunk, inside: frozenset[str], line: Line) -> float:
    """Whether a phrase is of the noun asked for: by its own words or by how the sentence brings it in."""
    if question.wanted is None or question.wanted in NAME_NOUNS:
        return WANTED / 2 if chunk.text[:1].isupper() and question.wanted else 0.0
    wanted = stem(question.wanted)
    if wanted in inside:
        return WANTED
    before = line.article.text[max(line.start, chunk.start - 60) : chunk.start].lower()
    after = line.article.text[chunk.end : min(line.end, chunk.end + 60)].lower()
    bare = re.escape(question.wanted.removesuffix("y"))
    if re.search(
        rf"\b{bare}\w*,?\s+(?:such as|called|named|known as|including|like|of|is|was|are|were|:)\s+(?:(?:the|an?)\s+)?$",
        before,
    ):
        return WANTED
    if re.match(rf"[\"”]?,?\s+(?:is|was|are|were|became|remains)\s+(?:\w+\s+){{0,5}}{bare}", after):
        return WANTED
    return (
        WANTED / 2
        if re.match(rf"[\"”]?,?\s+(?:and\s+other\s+|or\s+other\s+|,?\s*an?\s+)(?:\w+\s+){{0,3}}{bare}", after)
        else 0.0
    )
