"""The names that a server's newest articles know, for whoever begins to type one: each once and in full, the most telling first."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.language import names as naming
from briefs.language.names.words import CALENDAR
from briefs.models import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefs.models import Article, Entity, Mention
    from briefs.store import Store

REMEMBERED = 1_500  # articles, about 10 kB each
LONGEST = 80  # characters of a name: more is a list that was taken for one

# How much a name of a kind tells: what somebody looks for is mostly a person or an organisation.
_TELLING = {
    EntityKind.PERSON: 1.3,
    EntityKind.ORGANISATION: 1.1,
    EntityKind.CRAFT: 1.0,
    EntityKind.PROGRAMME: 1.0,
    EntityKind.EVENT: 1.0,
    EntityKind.PLACE: 0.8,
    EntityKind.PRODUCT: 0.7,
    EntityKind.WORK: 0.5,
    EntityKind.OTHER: 0.5,
}
_IN_TITLE = 2.0  # how often an article counts that has the name in its title
_NO_NAME = re.compile(r"^\W|[@#\n|]|^[\W\d]+$|^(?:\w{1,4}\.)+$|\d{3}")  # "N.Y.", "Ky.", "Mass."


@dataclass(frozen=True, slots=True)
class Telling:
    """An article's mentions, with what tells how much they count."""

    article_id: str
    publisher: str
    title: str
    mentions: tuple[Mention, ...]


def familiar(articles: Sequence[Telling]) -> tuple[str, ...]:
    """The names that articles know, the most telling first; none of a people, a day or an outlet of theirs."""
    joined = naming.unify({each.article_id: each.mentions for each in articles})
    outlets = {_squeezed(each.publisher) for each in articles}
    scores: defaultdict[str, float] = defaultdict(float)
    for each in articles:
        title = each.title.casefold()
        named = {joined.of(each.article_id, m.entity) for m in each.mentions if m.form == "name"}
        for entity in named:
            if _is_telling(entity, outlets):
                heard = _IN_TITLE if entity.name.split()[-1].casefold() in title else 1.0
                scores[entity.name] += heard * _TELLING[entity.kind]
    whole = _last_words(scores)
    return tuple(sorted((name for name in scores if name.casefold() not in whole), key=lambda n: (-scores[n], n)))


def _is_telling(entity: Entity, outlets: set[str]) -> bool:
    name = entity.name
    return (
        entity.kind in _TELLING
        and 1 < len(name) <= LONGEST
        and name[0].isupper()
        and _NO_NAME.search(name) is None
        and not CALENDAR.issuperset(name.casefold().split())
        and outlets.isdisjoint(_squeezed(each) for each in (name, *entity.names))
    )


def _squeezed(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold().removeprefix("the "))


def _last_words(names: Iterable[str]) -> set[str]:
    """The words that end a longer name: "Hartley" where "Susan Hartley" is known."""
    return {name.split()[-1].casefold() for name in names if " " in name}


class Familiar:
    """Whom articles mention, remembered by article; any thread may ask. A stored article never changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: OrderedDict[str, Telling] = OrderedDict()
        self._turn = threading.Lock()

    def names(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The names that these articles know, the most telling first."""
        with self._turn:
            known = {key: self._told[key] for key in ids if key in self._told}
        known |= self._read([key for key in ids if key not in known])
        with self._turn:
            for key, each in known.items():
                self._told[key] = each
                self._told.move_to_end(key)
            while len(self._told) > REMEMBERED:
                self._told.popitem(last=False)
        return familiar([known[key] for key in ids if key in known])

    def _read(self, ids: Sequence[str]) -> dict[str, Telling]:
        articles, mentions = self._store.articles(ids), self._store.mentions(ids)
        return {key: _telling(articles[key], mentions[key]) for key in ids if key in articles and key in mentions}


def _telling(article: Article, mentions: tuple[Mention, ...]) -> Telling:
    return Telling(article.id, article.publisher, article.title or "", mentions)
