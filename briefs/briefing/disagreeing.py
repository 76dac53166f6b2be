"""Where the sources of a story tell its main events differently: a place, a number or a day. Rather none than a false one.

facts ─merge─▶ claims ─main events─▶ values by article, where each begins ─apart, by independent sources─▶ disputes
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, combinations
from typing import TYPE_CHECKING

from briefs.briefing.news import Passage
from briefs.facts import claims
from briefs.facts.disputes import ROLLING, is_day, is_venue, number_of, places_agree
from briefs.facts.figures import agree, figure, numbers
from briefs.facts.frames import OTHER
from briefs.language import names
from briefs.language.words import stems, word_set
from briefs.models import BlockKind, Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefs.facts.figures import Figure
    from briefs.facts.independence import Copies
    from briefs.models import Argument, Article, CitedSentence, Claim, Fact, Reading

MOST = 2  # disputes of a story
COMPARED = 40  # articles of a story: those that the reader is shown, then the newest
LEAD = 5  # sentences at the beginning of an article that tell its main event
SHORT = 60  # characters of a value that is shown
GAP = 25  # characters between what is counted and the verb: "some 900 people had to be"
COUNTED = 4  # words of a count: "about 400 young people"
WEIGHED = 3  # tellers of a dispute of days: a slip of one article is no dispute
_NO_EVENT = word_set(
    "say ask answer write announce accuse deny threaten propose believe want fear like hate know perceive plan be have own hold get do "
    "rule begin continue end show name_as hold_office work connect report"
) | {OTHER}
_TOLL = word_set("die kill injure")
_NAMED_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)|\d",
    re.IGNORECASE,
)
_COUNTED_IN = re.compile(r"\b(?:including|counting|besides|excluding) (?:the|its|his|her)\b")
_CHANGED = re.compile(r"\b(?:from|up|rose|risen|rises?|revised|earlier|now|later)\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:said|says|spoke|put|told|according|reported|counted|gave)\b.*(?:;|\b(?:while|whereas|but|though|however)\b)",
    re.DOTALL,
)
_ASIDE = re.compile(
    r"[,;:.!?–—()\"“”]|\s(?:in|on|at|by|near|after|before|during|since|until|when|while|as|because|and|but|who|which|that)\b",
    re.IGNORECASE,
)  # where a clause has said what was done
_SITE = re.compile(r"(?P<site>[A-Z][\w’'-]*(?: (?:of (?:the )?)?[A-Z][\w’'-]*)+)")
_AT_SITE = re.compile(rf"\b(?:in|at|on) (?:the )?{_SITE.pattern}")


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
    clause: tuple[int, int] | None = None  # of a count, with what those who are counted did: "some 900 people left"


_Groups = list[list[_Value]]


def disagreements(
    members: Sequence[Article],
    readings: Mapping[str, Reading],
    copies: Copies,
    shown: Sequence[Passage | CitedSentence] = (),
) -> tuple[Dispute, ...]:
    """What the articles of a story tell differently of its main events, the most told first.

    ``shown`` are the sentences that a reader gets: what they tell is a main event, too.
    """
    read = {passage.article_id for passage in shown}
    told = [article for article in members if article.id in readings and article.language == "en"]
    told.sort(key=lambda article: (article.id in read, article.shown_at, article.id), reverse=True)
    if len(told) < 2:
        return ()
    desk = _Desk(told[:COMPARED], readings, copies, shown)
    return tuple(desk.disputes())[:MOST]


def _cannot_both_be(one: Figure | None, other: Figure | None) -> bool:
    """Whether two figures contradict each other; "at least six" and "ten" do not."""
    if one is None or other is None or agree(one, other):
        return False
    less, more = sorted((one, other), key=lambda each: each.high)
    return less.bound != "least" and more.bound != "most"


def _counts(argument: Argument) -> bool:
    """Whether a phrase counts its head and nothing beside it: "some 900 people", but not "pirates on two boats"."""
    words = argument.text.split()
    return (
        len(words) <= COUNTED
        and words[-1].lower().startswith(argument.head[:3])
        and number_of(argument.text) is not None
    )


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
        self._begun = {article.id: self._beginning(article) for article in members}
        self._leading = self._shown.union((key, start) for key, begun in self._begun.items() for start in begun)

    def _beginning(self, article: Article) -> dict[int, str]:
        """The first sentences of an article by their starts."""
        prose = sorted((s.start, s.end) for s in self._readings[article.id].sentences if s.kind is BlockKind.PROSE)
        return {start: article.text[start:end] for start, end in prose[:LEAD]}

    def disputes(self) -> Iterator[Dispute]:
        """One dispute for each slot, those of the best supported event first."""
        slots = set[str]()
        for slot, groups in chain(self._of_claims(), self._of_counts(), self._of_sites()):
            if slot not in slots and self._is_dispute(slot, groups):
                slots.add(slot)
                yield Dispute(slot, tuple(self._passages(group) for group in groups))

    # ---------------------------------------------------------------------------------------------- where values may differ
    def _of_claims(self) -> Iterator[tuple[str, _Groups]]:
        """The disputes of claims that are main events, where articles begin with them."""
        facts = [fact for reading in self._readings.values() for fact in reading.facts if self._leads(fact)]
        joined = names.unify({key: reading.mentions for key, reading in self._readings.items()})
        for claim in claims.merge(facts, joined, self._articles):
            if claim.disputes and self._is_main(claim):
                for dispute in claim.disputes:
                    groups = (self._values(dispute.slot, value, ids, claim.facts) for value, ids in dispute.values)
                    yield dispute.slot, [group for group in groups if group]

    def _of_counts(self) -> Iterator[tuple[str, _Groups]]:
        """Two counts of one thing amid the same nouns, which a third article sets beside each other."""
        for one, other in combinations(self._counted(), 2):
            (mine, a), (theirs, b) = one, other
            apart = abs(self._articles[a.article_id].shown_at - self._articles[b.article_id].shown_at)
            both = {number_of(a.text), number_of(b.text)}
            if apart < ROLLING and mine[0] == theirs[0] and mine[1] & theirs[1] and self._set_beside(both, (a, b)):
                yield "amount", [[a], [b]]

    def _counted(self) -> Iterator[tuple[tuple[str, frozenset[str]], _Value]]:
        """What leading sentences count, but no tolls, with the other nouns of the fact."""
        for fact in self._leading_facts():
            for a in fact.arguments if fact.kind not in _TOLL and not self._counts_in(fact) else ():
                if a.role in {"agent", "patient"} and a.entity is None and _counts(a):
                    others = frozenset(b.head for b in fact.arguments if b is not a and b.role != "time")
                    yield (a.head, others), self._count(fact, a)

    def _set_beside(self, both: set[str | None], values: tuple[_Value, _Value]) -> bool:
        """Whether another article sets both numbers against each other in one of its first sentences: "A said 9; B, 4"."""
        own = {value.article_id for value in values}
        return any(both <= told for article_id, told in self._against if article_id not in own)

    @cached_property
    def _against(self) -> list[tuple[str, set[str]]]:
        """The numbers of each first sentence that sets one thing against another, with its article."""
        return [
            (key, {f"{number:g}" for number in numbers(text)})
            for key, begun in self._begun.items()
            for text in begun.values()
            if _AGAINST.search(text) and not _CHANGED.search(text)
        ]

    def _of_sites(self) -> Iterator[tuple[str, _Groups]]:
        """Different sites of the one thing that most articles begin with: "a warehouse in Mill Lane"."""
        sites: dict[str, list[_Value]] = defaultdict(list)
        for fact in self._leading_facts():
            things = [a for a in fact.arguments if a.role in {"agent", "patient"} and self._is_one(a)]
            for thing in things:
                places = (a for a in fact.arguments if a is thing or a.role == "place")
                sites[thing.head] += [site for place in places for site in self._sites(fact.article_id, place)]
        for head in sorted(head for head, values in sites.items() if values and self._is_central(head)):
            groups: _Groups = []
            for site in sites[head]:
                home = next((g for g in groups if places_agree(site.text, g[0].text)), None)
                groups.append([site]) if home is None else home.append(site)
            yield "place", groups

    def _sites(self, article_id: str, place: Argument) -> Iterator[_Value]:
        pattern = _AT_SITE if place.role != "place" else _SITE
        for match in pattern.finditer(place.text):
            if is_venue(match["site"]):
                yield self._part(article_id, place.start + match.start("site"), place.start + match.end("site"))

    def _is_one(self, thing: Argument) -> bool:
        """Whether a phrase names one thing without a name."""
        single = re.search(rf"\b{re.escape(thing.head)}\b", thing.text, re.IGNORECASE) is not None
        return thing.entity is None and single and number_of(thing.text) is None

    def _is_central(self, head: str) -> bool:
        """Whether most articles begin with a thing."""
        sought = stems(head)
        begun = sum(any(sought & stems(text) for text in begun.values()) for begun in self._begun.values())
        return 3 * begun >= 2 * len(self._begun)

    def _leading_facts(self) -> Iterator[Fact]:
        """What the first sentences of articles tell as done."""
        for reading in self._readings.values():
            for fact in reading.facts:
                if self._leads(fact) and fact.modality is Modality.HAPPENED and not fact.negated:
                    yield fact

    def _leads(self, fact: Fact) -> bool:
        return (fact.article_id, fact.start) in self._leading

    def _is_main(self, claim: Claim) -> bool:
        """Whether something happened that most articles tell, or that the reader is told."""
        if claim.modality is not Modality.HAPPENED or claim.negated or claim.kind in _NO_EVENT or claim.independent < 2:
            return False
        told = any((fact.article_id, fact.start) in self._shown for fact in claim.facts)
        return told or 2 * claim.sources >= len(self._articles)

    # ------------------------------------------------------------------------------------------------------ one dispute
    def _is_dispute(self, slot: str, groups: _Groups) -> bool:
        """Whether independent sources give two values or more, and none of them knows of another's."""
        tellers = {value.article_id for group in groups for value in group}
        enough = len(groups) > 1 and (slot != "time" or len(tellers) >= WEIGHED)
        return enough and all(self._apart(slot, one, other) for one, other in combinations(groups, 2))

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
                yield self._count(fact, argument)

    def _counts_in(self, fact: Fact) -> bool:
        """Whether a sentence says whom it counts in: "four people died (including the driver)" are three and one."""
        return _COUNTED_IN.search(self._articles[fact.article_id].text, fact.start, fact.end) is not None

    def _part(self, article_id: str, start: int, end: int) -> _Value:
        text = self._articles[article_id].text[start:end]
        skipped = len(text) - len(text.removeprefix("the ").removeprefix("The "))
        return _Value(article_id, start + skipped, end, text[skipped:])

    def _count(self, fact: Fact, argument: Argument) -> _Value:
        """What a fact counts, and the short clause that says what of: "some 900 people left their homes"."""
        text, (start, end) = self._articles[fact.article_id].text, (argument.start, argument.end)
        value, verb = self._part(fact.article_id, start, end), fact.predicate
        if end <= verb.start <= end + GAP and not _ASIDE.search(text, end, verb.start):
            aside = _ASIDE.search(text, verb.end, fact.end)
            clause = (value.start, aside.start() if aside else fact.end)
        elif verb.end <= start <= verb.end + GAP and not _ASIDE.search(text, verb.end, start):
            clause = (verb.start, end)
        else:
            return value
        return replace(value, clause=clause) if clause[1] - clause[0] <= SHORT else value

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
            return _cannot_both_be(figure(a.text), figure(b.text))
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
        return tuple(Passage(v.article_id, *(v.clause or (v.start, v.end))) for v in kept)
