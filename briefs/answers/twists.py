"""Small words that turn a question away from what a sentence says: a denial, an opposite, another number, another time.

"What does the fund not cover?" shares every word but one with "The fund covers rent", and is not answered by it. Such a
twist weighs more than all that question and sentence have in common, so it is looked for by itself. Two sides of one event
("buy" and "sell") are no opposites.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from briefs.language.synonyms import family, synonyms
from briefs.language.words import NUMBER_WORDS, STOP_WORDS, stem, word_set, words
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.answers.candidates import Candidate
    from briefs.answers.questions import Question

_PAIRS = """
first/last first/second first/third first/final second/third early/late earlier/later earliest/latest before/after
former/latter old/new older/newer oldest/newest old/young older/younger oldest/youngest ancient/modern past/future
previous/next previous/current begin/end start/end start/stop start/finish begin/stop open/close open/closed
increase/decrease increase/reduce increasing/decreasing rise/fall rise/decline rise/drop grow/shrink grow/decline
gain/lose gain/loss raise/lower raise/cut up/down high/low higher/lower highest/lowest upper/lower top/bottom
north/south northern/southern north/east north/west south/east south/west east/west northern/eastern northern/western
southern/eastern southern/western eastern/western northeast/southwest northwest/southeast northeast/northwest
southeast/southwest left/right more/less more/fewer most/least many/few majority/minority maximum/minimum large/small
larger/smaller largest/smallest big/small bigger/smaller biggest/smallest long/short longer/shorter longest/shortest
tall/short tallest/shortest wide/narrow deep/shallow heavy/light heavier/lighter thick/thin fast/slow faster/slower
fastest/slowest best/worst better/worse good/bad good/evil positive/negative strong/weak stronger/weaker
strongest/weakest hard/soft hard/easy difficult/easy simple/complex hot/cold warm/cold warm/cool dry/wet rich/poor
cheap/expensive full/empty succeed/fail success/failure attack/defend attack/defence attack/defense legal/illegal
accept/reject accept/refuse agree/disagree agree/refuse allow/forbid allow/ban allow/prohibit allow/prevent
permit/forbid permit/prohibit approve/reject support/oppose support/reject for/against include/exclude inside/outside
internal/external interior/exterior inner/outer import/export push/pull enter/leave arrive/leave arrive/depart
join/leave appear/disappear build/destroy create/destroy attract/repel hire/fire employ/dismiss marry/divorce bear/die
birth/death alive/dead love/hate friend/enemy ally/enemy war/peace true/false right/wrong same/different
similar/different general/specific general/special common/rare public/private national/international domestic/foreign
urban/rural civil/military civilian/military male/female man/woman boy/girl father/mother son/daughter brother/sister
husband/wife king/queen uncle/aunt prince/princess summer/winter day/night morning/evening morning/afternoon am/pm
sea/land upstream/downstream ascend/descend forward/backward front/back front/rear above/below always/never
with/without all/most all/some all/none part/whole part/entire both/neither single/double single/multiple partial/full
partial/complete minor/major junior/senior primary/secondary near/far nearest/farthest strengthen/weaken expand/shrink
expand/contract connect/disconnect cause/prevent natural/artificial active/passive direct/indirect
dependent/independent innate/acquired
"""
_UNDOING = ("un", "in", "im", "il", "ir", "non", "dis", "anti", "mis")
_ROOT = 4  # letters that must be left of a word without its prefix
_DENIED = re.compile(r"\b(?:not|never|cannot|none)\b|n['’]t\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:not|never|cannot|nor|neither|none?|without|nobody|nothing|hardly|rarely|seldom|unable|fail(?:s|ed|ing)?"
    r"|refus(?:e[sd]?|al|ing)|lack(?:s|ed|ing)?|except)\b|n['’]t\b",
    re.IGNORECASE,
)
_BOUNDS = re.compile(r"\b(?:before|after|until|since|without|except|against)\b", re.IGNORECASE)
_PLACES = frozenset(
    map(stem, word_set("""first second third fourth fifth last final only least best worst largest biggest highest tallest
    longest oldest smallest lowest shortest youngest earliest latest newest"""))
)  # fmt: skip


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """The stems of the opposites of each stem."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in _PAIRS.split():
        one, other = map(stem, pair.split("/"))
        found[one].add(other)
        found[other].add(one)
    return {one: frozenset(others) for one, others in found.items()}


def twist(question: Question, candidate: Candidate, *, alone: bool = False) -> str | None:
    """What turns the question away from a candidate's sentence, in plain words; None where nothing does.

    ``alone``: no other article tells of it, so the sentence itself must say each number and each word that picks out one.
    """
    asked, told = question.text, candidate.line.text
    if (question.negated or _DENIED.search(asked)) and not _DENIES.search(told):
        return "the question denies it"
    words_asked, said = _stems(asked), _stems(told)
    for word, _, _ in words(asked):
        if (opposite := _opposed(stem(word), said, words_asked)) is not None:
            return f"it says “{opposite}”, not “{word}”"
    if (other := _namesake(question, words_asked, candidate)) is not None:
        return f"it tells of “{other}”"
    if not alone:
        return None
    lacks = next((n for n in _numbers(asked) if not {n, n + "s"} & said), None)
    lacks = lacks or next((word for word in _narrowing(asked) if not {word, *synonyms(word)} & said), None)
    return f"it does not say “{lacks}”" if lacks else None


def _namesake(question: Question, words_asked: frozenset[str], candidate: Candidate) -> str | None:
    """Another of the kind that is asked about, by its name: the Harbour Cup, for "who won the world cup"."""
    if not candidate.absent:  # the article has all words of the question
        return None
    line = candidate.line
    named = [(m.entity.name, _spoken(m.entity.name)) for m in line.mentions if m.entity.kind is not EntityKind.PERSON]
    for (which, _, end), (kind, start, _) in pairwise(words(question.text)):
        if end + 1 != start or which in STOP_WORDS or which == question.word:
            continue
        others = (name for name, said in named if said[-1] == stem(kind) and words_asked.isdisjoint(said[:-1]))
        other = next((name for name in others if " " in name), None)
        if other is not None and not {stem(which), *synonyms(which)} & _stems(
            f"{line.article.title} {line.article.text}"
        ):
            return other
    return None


def _spoken(name: str) -> list[str]:
    return [stem(word) for word, _, _ in words(name)] or [name]


def _opposed(root: str, said: frozenset[str], asked: frozenset[str]) -> str | None:
    """The opposite of a stem of the question that stands in the sentence, where the stem itself does not."""
    against = ((_opposites().get(root, frozenset()) | _undone(root, said)) & said) - asked
    if not against or {root, *synonyms(root)} & said or family(root) in map(family, said):
        return None
    return min(against)


def _undone(root: str, said: frozenset[str]) -> frozenset[str]:
    """What differs from a stem by a prefix that turns it round: "legal" and "illegal"."""
    bare = {root.removeprefix(p) for p in _UNDOING if root.startswith(p) and len(root) - len(p) >= _ROOT}
    turned = {p + root for p in _UNDOING} if len(root) >= _ROOT else set()
    return frozenset((bare | turned) & said)


def _numbers(text: str) -> Iterator[str]:
    """The numbers and years of a question."""
    for word, _, _ in words(text):
        if word in NUMBER_WORDS or any(c.isdigit() for c in word):
            yield stem(word).removesuffix("s")


def _narrowing(text: str) -> Iterator[str]:
    """The words that pick one of several or bound a time: "second", "largest", "before"."""
    yield from (stem(bound.lower()) for bound in _BOUNDS.findall(text))
    yield from (stem(word) for word, _, _ in words(text) if stem(word) in _PLACES)


def _stems(text: str) -> frozenset[str]:
    """The stems of all words, stop words too: they can be the twist."""
    return frozenset(stem(word) for word, _, _ in words(text))
