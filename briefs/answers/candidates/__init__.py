"""Values that may answer: arguments of facts, names, times, numbers and clauses of the sentences that match."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.answers.ground import Ground
    from briefs.answers.matching import Match
    from briefs.answers.questions import Question

__all__ = ["Candidate", "candidates"]


def candidates(question: Question, ask: Ask, matches: Sequence[Match], ground: Ground) -> list[Candidate]:
    """All candidates for one ask, best first."""
    found = [c for match in matches for c in _weighed(question, ask, match, ground)]
    givers: dict[str, set[str]] = defaultdict(set)
    for candidate in found:
        givers[candidate.key].add(candidate.line.article.id)
    found = [replace(c, articles=len(givers[c.key])) for c in found]
    found.sort(key=lambda c: (-c.score, -c.line.at.timestamp(), c.line.article.id, c.start))
    return found


def _weighed(question: Question, ask: Ask, match: Match, ground: Ground) -> Iterator[Candidate]:
    """The candidates of one sentence, with what the sentence itself says for them."""
    own = list(_of_line(question, ask, match, ground))
    spread = matching.Spread(question, match.line, ground) if own else None
    for candidate in own:
        asked = candidate.asked or question
        sides = matching.sides_agree(asked, candidate.fact, ground) if candidate.fact and candidate.predicate else 1.0
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
            yield from phrases(question, ask, match, ground)
