"""Values that may answer: arguments of facts, names, times, numbers and clauses of the sentences that match."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from briefs.answers import matching
from briefs.answers.asking import Ask
from briefs.answers.candidates.amounts import amounts
from briefs.answers.candidates.candidate import Candidate
from briefs.answers.candidates.how import manners
from briefs.answers.candidates.what import phrases
from briefs.answers.candidates.when import whens
from briefs.answers.candidates.where import asks_home, asks_setting, hosts, places
from briefs.answers.candidates.which import one_of_a_kind
from briefs.answers.candidates.who import participants
from briefs.answers.candidates.why import reasons
from briefs.language.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground, Line
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question
    from briefs.models import Fact

__all__ = ["Candidate", "candidates"]

CALLED_SO = 0.8  # how far sides agree where somebody is called by what he does, in an article about whom he does it to
_NAME_OF = re.compile(r"\bnames? of (?:the|an?)\b", re.IGNORECASE)  # answered by a name and by no description
NAMED = 0.79  # of fit, from which whoever is asked for has a name
NEARLY = 0.1  # of the score: a name so near goes before a description
_CALLING = frozenset({"hold_office", "be"})


def candidates(question: Question, ask: Ask, matches: Sequence[Match], ground: Ground) -> list[Candidate]:
    """All candidates for one ask, best first."""
    found = [c for match in matches for c in _weighed(question, ask, match, ground)]
    givers: dict[str, set[str]] = defaultdict(set)
    for candidate in found:
        givers[candidate.key].add(candidate.line.article.id)
    found = [replace(c, articles=len(givers[c.key])) for c in found]
    found.sort(key=lambda c: (-c.score, -c.line.at.timestamp(), c.line.article.id, c.start))
    return _led(_names_first(found) if ask is Ask.WHO else found)


def _led(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with how far each is ahead of the best other value."""
    best = max(found, key=lambda c: c.score, default=None)
    if best is None:
        return []
    second = max((c.score for c in found if c.key != best.key), default=0.0)
    return [replace(c, lead=c.score - (second if c.key == best.key else best.score)) for c in found]


def _names_first(found: list[Candidate]) -> list[Candidate]:
    """Who did it by name, where a description of somebody else or the same stands only a little before."""
    if not found or found[0].fit >= NAMED:
        return found
    sure = (c for c in found if c.fit >= NAMED and c.predicate >= matching.FRAME_MATCH and c.sides >= CALLED_SO)
    named = next((c for c in sure if c.score >= found[0].score - NEARLY), None)
    return found if named is None else [named, *(c for c in found if c is not named)]


def _weighed(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The candidates of one sentence, with what the sentence itself says for them."""
    own = list(_of_line(question, ask, match, ground))
    spread = matching.Spread(question, match.line, ground) if own else None
    for candidate in own:
        asked = candidate.asked or question
        sides = _sides(asked, candidate.fact, match.line, ground) if candidate.fact and candidate.predicate else 1.0
        yield replace(
            candidate,
            sides=sides,
            lacking=match.lacking,
            missing=match.missing,
            absent=match.absent,
            place=match.place,
            nearness=spread.nearness(candidate.start, candidate.end) if spread else 0.0,
            event=spread.from_event(candidate.start, candidate.end) if spread else 0.0,
        )


def _sides(question: Question, fact: Fact, line: Line, ground: Ground) -> float:
    """Whether the fact's sides are the question's.

    An event's own noun is no side of it: "the press conference" in "who held a press conference with him". Whoever is called
    founder, and of nothing else, founded what the sentence or its article is about.
    """
    if question.word is not None and stem(question.word) in question.object:
        question = replace(question, object=frozenset())
    agreed = matching.sides_agree(question, fact, ground)
    if agreed >= CALLED_SO or fact.kind not in _CALLING or not question.subject_asked or _is_of_something(fact):
        return agreed
    if question.object and question.object <= line.bag:
        return 1.0
    return CALLED_SO if question.object <= ground.article_bags[line.article.id] else agreed


def _is_of_something(fact: Fact) -> bool:
    """Whether an office or a calling is said to be of somebody or something: "founder of the bank", "Norvia's coach"."""
    holder = next((a.entity for a in fact.arguments if a.role == "agent"), None)
    others = [a for a in fact.arguments if a.role != "agent" and (a.entity is None or a.entity != holder)]
    return any(re.search(r"\b(?:of|for|at|in)\b|['’]s?\s", a.text) or a.entity is not None for a in others)


def _of_line(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    match ask:
        case Ask.WHEN:
            yield from whens(question, match, ground)
        case Ask.WHERE:
            yield from places(question, match, ground)
        case Ask.HOW_MANY | Ask.HOW_MUCH | Ask.HOW_LONG:
            yield from amounts(question, ask, match, ground)
        case Ask.HOW:
            yield from manners(question, match, ground)
        case Ask.WHY:
            yield from reasons(question, match, ground)
        case Ask.WHO if asks_home(question):
            yield from hosts(question, match, ground)
        case Ask.WHO:
            yield from participants(question, ask, match, ground)
        case Ask.WHICH if asks_setting(question):
            yield from places(question, match, ground)
            yield from one_of_a_kind(question, match, ground)
        case Ask.WHICH:
            yield from one_of_a_kind(question, match, ground)
        case _:
            yield from _told_in_words(question, ask, match, ground)


def _told_in_words(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """Phrases of a sentence; only names where a name is asked for."""
    if _NAME_OF.search(question.text):
        return participants(replace(question, wanted="name"), Ask.WHO, match, ground)
    return phrases(question, ask, match, ground)
