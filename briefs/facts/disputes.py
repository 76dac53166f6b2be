"""Where the tellers of one event differ: its place, its number, its date; and where a newer figure replaces older ones."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.language.words import NUMBER_WORDS
from briefs.models import Dispute, EntityKind, Grain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from briefs.models import Argument, Article, Fact, Role, When

    Same = Callable[[str, str], bool]

# Between articles, after which another figure is an update and no disagreement: tolls rise.
ROLLING = timedelta(hours=6)
_MISTAKEN = re.compile(
    r"\b(?:misstated|incorrectly|erroneously|wrongly|mistakenly|(?:an )?earlier version)\b", re.IGNORECASE
)
MOST = 40  # values of one slot that are compared; of an event that is told no other way a dozen
_VENUE = re.compile(
    r"\b(?:cent(?:er|re)|headquarters|airport|hotel|palace|building|office|hall|house|stadium|base|school|university|college|hospital|"
    r"court|courthouse|church|mosque|temple|museum|park|arena|theat(?:er|re)|embassy|cosmodrome|spaceport|pad|station|square|street|avenue|lane|alley|quay|"
    r"road|bridge|factory|plant|mall|store|market|prison|jail|port|harbou?r|tower|club|ranch|villa|residence|compound|facility|library|"
    r"laborator(?:y|ies)|academy|institute|parliament|ministry|cathedral|restaurant|studio|gym)\b",
    re.IGNORECASE,
)
_PARTICULAR = re.compile(r"[A-Z]|['’]s\b")  # a name or an owner: "the ministry's headquarters" but not "an office"
_SITE = frozenset({"in", "at", "on", "near", "inside", "outside", "aboard"})
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w]|\.\d)")
_SKIPPED = frozenset({"the", "a", "an", "in", "at", "on", "of", "s", "and", "near", "to", "from"})


def disputes(facts: Sequence[Fact], articles: Mapping[str, Article]) -> tuple[Dispute, ...]:
    """The slots on which articles differ, each value with the articles that give it."""
    found = [_places(facts, articles), _numbers(facts, articles), _dates(facts)]
    return tuple(dispute for dispute in found if dispute is not None)


def _places(facts: Sequence[Fact], articles: Mapping[str, Article]) -> Dispute | None:
    told = [
        (a.text, f.article_id)
        for f in facts
        for a in f.arguments
        if a.role == "place" and _names_place(a) and _is_site(a, f, articles)
    ]
    texts = [article.text for article in articles.values()]
    return _dispute("place", told, lambda a, b: places_agree(a, b, texts), fullest=True)


def _names_place(argument: Argument) -> bool:
    named = argument.entity is not None and argument.entity.kind in {EntityKind.PLACE, EntityKind.ORGANISATION}
    return named or (_VENUE.search(argument.text) is not None and _PARTICULAR.search(argument.text) is not None)


def _is_site(argument: Argument, fact: Fact, articles: Mapping[str, Article]) -> bool:
    """Whether the place is where it happens, and not where something goes or comes from."""
    article = articles.get(fact.article_id)
    before = article.text[: argument.start].rsplit(None, 1)[-1:] if article is not None else []
    site = _SITE | {"from"} if fact.kind == "launch" else _SITE
    return not before or before[0].lower() in site


def places_agree(a: str, b: str, texts: Iterable[str] = ()) -> bool:
    """Whether two places can be one: words in common, a wider place around a venue, "A in B" told anywhere."""
    mine, other = _place_words(a), _place_words(b)
    if mine <= other or other <= mine:
        return True
    if is_venue(a) != is_venue(b):
        return True
    return any(_contains(text, a, b) or _contains(text, b, a) for text in texts)


def is_venue(place: str) -> bool:
    """Whether a place is a building or a site, and no town or country."""
    return _VENUE.search(place) is not None


def _place_words(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", text.lower().replace(".", "")) if w not in _SKIPPED}


def _contains(text: str, inner: str, outer: str) -> bool:
    return re.search(rf"{re.escape(inner)}(?:,| in| near| of) (?:the )?{re.escape(outer)}", text) is not None


def _numbers(facts: Sequence[Fact], articles: Mapping[str, Article]) -> Dispute | None:
    counted = _counted(facts, articles)
    latest = _latest(counted, articles)
    current = [told for told in counted if latest is None or latest - articles[told[1]].shown_at < ROLLING]
    return _dispute("amount", current, _figures_agree)


def revised(facts: Sequence[Fact], articles: Mapping[str, Article]) -> tuple[Dispute, ...]:
    """The figures that newer articles have replaced: every value with its articles, the newest value first."""
    counted = _counted(facts, articles)
    latest = _latest(counted, articles)
    if latest is None:
        return ()
    newest = [told for told in counted if latest - articles[told[1]].shown_at < ROLLING]
    older = [t for t in counted if t not in newest and not any(_figures_agree(t[0], value) for value, _ in newest)]
    if not older:
        return ()
    values: dict[str, list[str]] = {}
    for value, article in sorted([*newest, *older], key=lambda t: articles[t[1]].shown_at, reverse=True):
        values.setdefault(value, []).append(article)
    return (Dispute("amount", tuple((value, tuple(dict.fromkeys(ids))) for value, ids in values.items())),)


def _latest(counted: Sequence[tuple[str, str]], articles: Mapping[str, Article]) -> datetime | None:
    return max((articles[article].shown_at for _, article in counted), default=None)


def _counted(facts: Sequence[Fact], articles: Mapping[str, Article]) -> list[tuple[str, str]]:
    """What the facts count, with the article that says so: "9 people"; not what a correction only quotes."""
    return [
        (f"{number} {a.head}", f.article_id)
        for f in facts
        for a in f.arguments
        if a.role in {"patient", "agent", "amount"}
        and a.entity is None
        and (number := number_of(a.text)) is not None
        and (article := articles.get(f.article_id)) is not None
        and not is_mistaken(article.text[f.start : f.end])
    ]


def _figures_agree(one: str, other: str) -> bool:
    return one == other or one.split(" ", 1)[1] != other.split(" ", 1)[1]


def is_mistaken(sentence: str) -> bool:
    """Whether a sentence only quotes what was told wrongly: "an earlier version of this article misstated the sum as $9"."""
    return _MISTAKEN.search(sentence) is not None


def number_of(text: str) -> str | None:
    """The number that a phrase counts with, in digits; None if it has none or more than one."""
    digits = _NUMBER.findall(text)
    spelled = [NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", text.lower()) if w in NUMBER_WORDS]
    found = [d.replace(",", "") for d in digits] + spelled
    return found[0] if len(found) == 1 else None


def _dates(facts: Sequence[Fact]) -> Dispute | None:
    told = [(f.when.value[:10], f.article_id) for f in facts if f.when is not None and is_day(f.when)]
    return _dispute("time", told, lambda a, b: a == b)


def is_day(when: When) -> bool:
    """Whether a time is a day of the calendar or finer."""
    return when.first is not None and when.grain in {Grain.DAY, Grain.HOUR, Grain.MINUTE, Grain.PART_OF_DAY}


def _dispute(slot: Role, told: Sequence[tuple[str, str]], same: Same, *, fullest: bool = False) -> Dispute | None:
    alike: list[list[str]] = []
    for value in _most_told(told):
        group = next((g for g in alike if all(same(value, v) for v in g)), None)
        if group is None:
            alike.append([value])
        else:
            group.append(value)
    apart = [g for g in alike if any(o is not g and not any(same(v, w) for v in g for w in o) for o in alike)]
    groups = [[(value, article) for value, article in told if value in g] for g in map(frozenset, apart)]
    if len(groups) < 2 or len({article for g in groups for _, article in g}) < 2:
        return None
    values = tuple(
        (max((v for v, _ in g), key=len) if fullest else g[0][0], tuple(dict.fromkeys(a for _, a in g))) for g in groups
    )
    return Dispute(slot, tuple(sorted(values, key=lambda v: (-len(v[1]), v[0]))))


def _most_told(told: Sequence[tuple[str, str]]) -> list[str]:
    """The different values in the order they are told; of very many those that most articles tell: each is held to each other."""
    articles: dict[str, set[str]] = {}
    for value, article in told:
        articles.setdefault(value, set()).add(article)
    if len(articles) <= MOST:
        return list(articles)
    kept = set(sorted(articles, key=lambda value: -len(articles[value]))[:MOST])
    return [value for value in articles if value in kept]
