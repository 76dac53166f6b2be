"""The sentences of a story's briefing: what the outlets agree on, nothing twice, the newest state, in an order that reads.

articles ─fit to be briefed?─▶ candidates ─sumy─▶ central ─which set is worth most?─▶ picked ─▶ ordered
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefs.summary.candidates import candidates
from briefs.summary.events import overtaken
from briefs.summary.ordering import ordered
from briefs.summary.ranking import scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefs.models import Article, Reading, Sentence
    from briefs.summary.candidates import Candidate

LEAD_WORDS = 30  # of a good first sentence
SENTENCE_WORDS = 25  # of a usual one: what a briefing of so many sentences is like
LONG = 1.3  # times that many words is the most, where nobody said how many
LONGEST = 60  # words that one sentence may have in any case


def choose(
    articles: Sequence[Article],
    readings: Mapping[str, Reading],
    *,
    summariser: str = "lex-rank",
    word_limit: int | None = None,
    count: int = 5,
) -> tuple[Sentence, ...]:
    """At most ``count`` sentences of a story, of at most ``word_limit`` words together (split at white space).

    Raises SettingError for an unknown summariser.
    """
    newest_first = sorted(articles, key=lambda a: (-a.shown_at.timestamp(), a.id))
    old = overtaken(newest_first, readings)
    every = candidates(newest_first, readings)
    found = [c for c in every if c.place not in old] or every
    if not found:
        return ()
    central = scores([c.text for c in found], summariser, newest_first[0].language)
    chosen = _picked(newest_first, readings, found, central, word_limit, count)
    return tuple(c.sentence for c in ordered(chosen, newest_first))


def _picked(
    articles: Sequence[Article],
    readings: Mapping[str, Reading],
    found: Sequence[Candidate],
    central: Sequence[float],
    word_limit: int | None,
    count: int,
) -> list[Candidate]:
    from briefs.summary.consensus import Consensus  # these load numpy
    from briefs.summary.leading import leading
    from briefs.summary.picking import picked
    from briefs.summary.worth import Worth

    room = count * SENTENCE_WORDS if word_limit is None else word_limit
    whole = Consensus(articles, readings, found, max(room, LEAD_WORDS))
    worth = Worth(found, central, whole, Consensus(articles, readings, found, LEAD_WORDS), leading(found, articles))
    budget = max(LONGEST, int(LONG * room)) if word_limit is None else word_limit
    return picked(found, worth, budget, count)
