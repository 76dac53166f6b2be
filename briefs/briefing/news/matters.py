"""Which facts of a story are of one matter: the same event of the same people and things, however each outlet puts it.

Within one story the same kind of event with somebody or something in common is the same event; over all stories it would
not be (there ``facts.claims`` is stricter).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.briefing.news.lines import content, meant
from briefs.facts.claims import overlap
from briefs.facts.frames import MUTUAL, OTHER

if TYPE_CHECKING:
    from briefs.models import Argument, Article, Fact, Role

_ALIKE = {
    **dict.fromkeys(("travel", "arrive", "attend"), "visit"),
    **dict.fromkeys(("invade", "hijack"), "attack"),
    **dict.fromkeys(("burn", "collapse"), "destroy"),
    "kill": "die",
    "sentence": "convict",
    "seize": "arrest",
    "free": "acquit",
    "found": "start",
    "begin_service": "start",
}
FACTS = 4_096  # whose words are remembered: more than the largest briefing compares, and some 20 MB with the facts themselves
_TAKING_PART: frozenset[Role] = frozenset({"agent", "patient", "recipient", "co_agent", "topic"})


def is_newer(article: Article, other: Article) -> bool:
    """Whether an article was published after another; of two dated alike the one that arrived later is newer."""
    if article.root == other.root:
        return article.version > other.version
    return (article.shown_at, article.first_seen_at) > (other.shown_at, other.first_seen_at)


def event(fact: Fact) -> str:
    """What a fact is an event of: its frame, frames that tell one event from two sides as one; else its own verb."""
    return _ALIKE.get(fact.kind, fact.kind) if fact.kind != OTHER else f"{OTHER} {fact.predicate.lemma}"


@lru_cache(maxsize=FACTS)
def verb(fact: Fact) -> frozenset[str]:
    """The words of its verb, by their families."""
    return content(fact.predicate.lemma)


@lru_cache(maxsize=FACTS)
def parties(fact: Fact) -> frozenset[str]:
    """The words of who and what takes part, by their families."""
    told = (a for a in fact.arguments if a.role in _TAKING_PART)
    named = (f"{a.text} {a.entity.name}" if a.entity is not None else a.text for a in told)
    return _uncounted(" ".join(named)) - content(fact.predicate.lemma)


def _uncounted(text: str) -> frozenset[str]:
    """The words of a phrase without its figures: nine dead and ten dead are of one event."""
    return frozenset(word for word in content(text) if not word[0].isdigit())


def one_matter(a: Fact, b: Fact) -> bool:
    """Whether two facts of one story can be of the same event: of one kind, and nobody else does it to nothing else."""
    if event(a) != event(b) and not same_verb(a, b):
        return False
    if a.kind in MUTUAL:
        return _same_partners(a, b)
    mine, other = sides(a), sides(b)
    both = [side for side in mine if mine[side] and other[side]]
    if both:
        return all(overlapping(mine[side], other[side]) for side in both)
    return not parties(a) or not parties(b) or overlapping(parties(a), parties(b))


def _same_partners(a: Fact, b: Fact) -> bool:
    """Whether those who meet, agree or fight are the same, as far as both facts name them."""
    fewer, more = sorted((_partners(a), _partners(b)), key=len)
    return all(any(overlapping(one, other) for other in more) for one in fewer)


@lru_cache(maxsize=FACTS)
def _partners(fact: Fact) -> tuple[frozenset[str], ...]:
    told = (_words(a) for a in fact.arguments if a.role in ("agent", "patient", "co_agent"))
    return tuple(words for words in told if words)


@lru_cache(maxsize=FACTS)
def sides(fact: Fact) -> dict[str, frozenset[str]]:
    """The words of who does it and of whom or what it is done to."""
    found: dict[str, frozenset[str]] = {"agent": frozenset(), "patient": frozenset()}
    for argument in fact.arguments:
        if argument.role in found:
            found[argument.role] |= _words(argument)
    return found


def _words(argument: Argument) -> frozenset[str]:
    named = "" if argument.entity is None else argument.entity.name
    return _uncounted(f"{argument.text} {named}")


def overlapping(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two families of words have one in common, or mean nearly the same."""
    return bool(one & other) or bool(one & meant(other))


def one_time(a: Fact, b: Fact) -> bool | None:
    """Whether two facts are of one time; None where one of them names none."""
    if a.when is None or b.when is None or a.when.last is None or b.when.last is None:
        return None
    return overlap(a.when, b.when)


def is_linked(a: Fact, b: Fact) -> bool:
    """Whether two facts certainly have somebody or something in common."""
    return overlapping(parties(a), parties(b))


def same_verb(a: Fact, b: Fact) -> bool:
    """Whether the verbs of two facts are of one family."""
    return bool(verb(a) & verb(b))
