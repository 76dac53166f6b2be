"""Where the sources of a story tell its main events differently: a place, a number or a day. Rather none than a false one.

facts ─merge─▶ claims ─main events─▶ values by article, where each begins ─apart, by independent sources─▶ disputes
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from briefs.briefing.news import Passage
from briefs.facts import claims
from briefs.facts.disputes import is_day, is_venue, number_of, places_agree
from briefs.facts.figures import agree, figure
from briefs.facts.frames import OTHER
from briefs.language import names
from briefs.language.words import stems, word_set
from briefs.models import BlockKind, Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs import models
    from briefs.facts.independence import Copies
    from briefs.models import Argument, Article, CitedSentence, Claim, Fact, Reading

MOST = 2  # disputes of a story
LEAD = 5  # sentences at the beginning of an article that tell its main event
SHORT = 60  # characters of a value that is shown
WEIGHED = 3  # tellers of a dispute of days: a slip of one article is no dispute
_NO_EVENT = word_set(
    "say ask answer write announce accuse deny threaten propose believe want fear like hate know perceive plan be have own hold get do "
    "rule begin continue end show name_as hold_office work connect report"
) | {OTHER}
_NAMED_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)|\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A slot on which sources differ: for each value the words that say so, one passage for each source."""

    slot: str
    values: tuple[tuple[Passage, ...], ...]


@dataclass(frozen=True, slots=True)
class _Value:
    """What one fact says in a slot: the words themselves and where they stand."""

    article_id: str
    start: int
    end: int
    text: str


_COUNTED_IN = re.compile(r"\b(?:including|counting|besides|excluding) (?:the|its|his|her)\b")


def disagreements(
    members: Sequence[Article],
    readings: Mapping[str, Reading],
    copies: Copies,
    shown: Sequence[Passage | CitedSentence] = (),
) -> tuple[Dispute, ...]:
    """What the articles of a story tell differently of its main events, the most told first.

    ``shown`` are the sentences that a reader gets: what they tell is a main event, too.
    """
    told = [article for article in members if article.id in readings and article.language == "en"]
    if len(told) < 2:
        return ()
    desk = _Desk(told, readings, copies, shown)
    return tuple(desk.disputes())[:MOST]


class _Desk:
    """A story's articles and claims."""

    def __init__(
        self,
        members: Sequence[Article],
        readings: Mapping[str, Reading],
        copies: Copies,
        shown: Sequence[Passage | CitedSentence],
    ) -> None:
        self._articles = {article.id: article for article in members}
        self._readings = {key: readings[key] for key in self._articles}
        self._copies = copies
        self._shown = {(passage.article_id, passage.start) for passage in shown}
        self._leading = {(key, start) for key in self._articles for start in self._lead(key)}

    def _lead(self, article_id: str) -> list[int]:
        prose = (s.start for s in self._readings[article_id].sentences if s.kind is BlockKind.PROSE)
        return sorted(prose)[:LEAD]

    def disputes(self) -> Iterator[Dispute]:
        """The disputes of the main events, those of the best supported event first."""
        facts = [fact for reading in self._readings.values() for fact in reading.facts]
        joined = names.unify({key: reading.mentions for key, reading in self._readings.items()})
        for claim in claims.merge(facts, joined, self._articles):
            if claim.disputes and self._is_main(claim):
                for dispute in claim.disputes:
                    if found := self._checked(dispute, claim):
                        yield found

    def _is_main(self, claim: Claim) -> bool:
        """Whether something happened that most articles tell, or that the reader is told."""
        if claim.modality is not Modality.HAPPENED or claim.negated or claim.kind in _NO_EVENT or claim.independent < 2:
            return False
        told = any((fact.article_id, fact.start) in self._shown for fact in claim.facts)
        return told or 2 * claim.sources >= len(self._articles)

    # ------------------------------------------------------------------------------------------------------ one dispute
    def _checked(self, dispute: models.Dispute, claim: Claim) -> Dispute | None:
        """A claim's dispute, if independent sources begin with it and none of them knows of another value."""
        leading = [f for f in claim.facts if (f.article_id, f.start) in self._leading | self._shown]
        groups = [self._values(dispute.slot, value, ids, leading) for value, ids in dispute.values]
        groups = [group for group in groups if group]
        tellers = {value.article_id for group in groups for value in group}
        if len(groups) < 2 or (dispute.slot == "time" and len(tellers) < WEIGHED):
            return None
        if not all(self._apart(dispute.slot, one, other) for one, other in combinations(groups, 2)):
            return None
        return Dispute(dispute.slot, tuple(self._passages(group) for group in groups))

    def _values(self, slot: str, value: str, ids: Sequence[str], facts: Sequence[Fact]) -> list[_Value]:
        """Where facts give one value of a dispute, in the order of the facts; short words that stand on their own."""
        found = (part for fact in facts if fact.article_id in ids for part in self._parts(slot, value, fact))
        return [part for part in found if len(part.text) <= SHORT and (slot != "time" or _NAMED_DAY.search(part.text))]

    def _parts(self, slot: str, value: str, fact: Fact) -> Iterator[_Value]:
        if slot == "time":
            if fact.when is not None and is_day(fact.when) and fact.when.value[:10] == value:
                yield self._part(fact.article_id, fact.when.start, fact.when.end)
            return
        for argument in fact.arguments:
            if slot == "place" and argument.role == "place" and places_agree(argument.text, value):
                yield self._part(fact.article_id, *self._named(fact.article_id, argument))
            elif (
                slot == "amount"
                and not self._counts_in(fact)
                and f"{number_of(argument.text)} {argument.head}" == value
            ):
                yield self._part(fact.article_id, argument.start, argument.end)

    def _counts_in(self, fact: Fact) -> bool:
        """Whether a sentence says whom it counts in: "four people died (including the driver)" are three and one."""
        return _COUNTED_IN.search(self._articles[fact.article_id].text, fact.start, fact.end) is not None

    def _part(self, article_id: str, start: int, end: int) -> _Value:
        text = self._articles[article_id].text[start:end]
        skipped = len(text) - len(text.removeprefix("the ").removeprefix("The "))
        return _Value(article_id, start + skipped, end, text[skipped:])

    def _named(self, article_id: str, place: Argument) -> tuple[int, int]:
        """The longest name within a place, if it tells the place: "the agency's Sava Space Centre in Halden"."""
        inside = [
            mention
            for mention in self._readings[article_id].mentions
            if mention.form == "name" and place.start <= mention.start and mention.end <= place.end
        ]
        named = max(inside, key=lambda mention: (mention.end - mention.start, -mention.start), default=None)
        venue = named is not None and is_venue(self._articles[article_id].text[named.start : named.end])
        return (named.start, named.end) if named is not None and venue else (place.start, place.end)

    def _apart(self, slot: str, one: Sequence[_Value], other: Sequence[_Value]) -> bool:
        """Whether two values cannot both hold, and no source of one is a copy of the other's or knows of it."""
        return all(
            not self._copies.same(a.article_id, b.article_id) and self._contradict(slot, a, b)
            for a in one
            for b in other
        )

    def _contradict(self, slot: str, a: _Value, b: _Value) -> bool:
        if slot == "amount":
            mine, theirs = figure(a.text), figure(b.text)
            return mine is not None and theirs is not None and not agree(mine, theirs)
        if slot == "place":
            return not (self._mentions(a.article_id, b.text) or self._mentions(b.article_id, a.text))
        return a.text.casefold() != b.text.casefold()

    def _mentions(self, article_id: str, place: str) -> bool:
        """Whether an article names a place of another's anywhere."""
        return stems(place) <= stems(self._articles[article_id].text)

    def _passages(self, values: Sequence[_Value]) -> tuple[Passage, ...]:
        """One passage for each source that does not copy another; of copies the one that the reader is shown."""
        read = {article_id for article_id, _ in self._shown}
        kept: list[_Value] = []
        for value in sorted(values, key=lambda value: value.article_id not in read):
            if not any(self._copies.same(value.article_id, other.article_id) for other in kept):
                kept.append(value)
        return tuple(Passage(value.article_id, value.start, value.end) for value in kept)
