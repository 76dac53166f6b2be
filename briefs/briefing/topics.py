"""What a channel's topics have to do with a story: what it is about, what it names in passing, and who tells it.

An article is about what its headline or its opening names, or what it names again and again; a story is about what at
least half of its articles are about, or what nearly all of several name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefs.language.names import unify
from briefs.language.words import stemming, words
from briefs.models import BlockKind
from briefs.preferences import TopicKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefs.language.names import Names
    from briefs.models import Article, Entity, Reading, Story
    from briefs.preferences import Topic

AGAIN, APART = 3, 750  # times, and characters of text for each: what is named so often is what an article is about
OPENING = 1  # sentences: the second may already tell what happened last year
SEVERAL, NEARLY_ALL = 3, 0.75  # articles, and the share of them that name what the story is about
UNREAD_OPENING = 300  # characters, of an article whose sentences are not known
TITLE = -1  # where a headline's words stand, before those of the text


@dataclass(frozen=True, slots=True)
class Match:
    """How many of a story's articles are about a topic, and how many name it at all; of an outlet, how many are its own."""

    topic: Topic
    about: int
    named: int
    of: int

    @property
    def is_chief(self) -> bool:
        """Whether the story is about it."""
        return self.is_subject or (self.of >= SEVERAL and self.named >= NEARLY_ALL * self.of)

    @property
    def is_subject(self) -> bool:
        """Whether at least half of the articles are about it."""
        return 2 * self.about >= self.of


def heard(stories: Iterable[Story], articles: Mapping[str, Article], topics: Sequence[Topic]) -> tuple[Story, ...]:
    """The stories without the articles of muted outlets, which are no sources and are not quoted.

    A story that only muted outlets tell stays whole: that it is muted is told where it is ranked.
    """
    muted = [topic for topic in topics if topic.mutes and topic.kind is TopicKind.OUTLET]
    return tuple(_without(story, articles, muted) for story in stories) if muted else tuple(stories)


def _without(story: Story, articles: Mapping[str, Article], muted: Sequence[Topic]) -> Story:
    left = tuple(i for i in story.article_ids if not any(_publishes(topic, articles[i]) for topic in muted))
    return replace(story, article_ids=left) if left else story


def _publishes(topic: Topic, article: Article) -> bool:
    """Whether an outlet, given by its name or its site, published an article."""
    wanted = _outlet(topic.text)
    if wanted in {_outlet(name) for name in (article.outlet, article.publisher) if name}:
        return True
    site = urlsplit(article.url or "").hostname or ""
    return "." in wanted and f".{site}".endswith(f".{wanted}")


def _outlet(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ").removeprefix("www.")


class Matcher:
    """Looks for topics in stories; an article is taken apart once, and only as far as the topics need it."""

    def __init__(
        self, topics: Sequence[Topic], articles: Mapping[str, Article], readings: Mapping[str, Reading]
    ) -> None:
        self._topics = topics
        self._articles = articles
        self._readings = readings
        self._stems: dict[str, _Stems] = {}

    def matches(self, story: Story) -> tuple[Match, ...]:
        """The topics that any of a story's articles names, or that publish one."""
        names = self._joined(story)
        found = (self._match(topic, [self._articles[i] for i in story.article_ids], names) for topic in self._topics)
        return tuple(match for match in found if match.named)

    def _joined(self, story: Story) -> Names | None:
        """The names of all its articles together: "Duffy" of one is the "Sean Duffy" of another. None: no topic is among them."""
        if not any(self._may_name(self._articles[i]) for i in story.article_ids):
            return None
        return unify({i: self._readings[i].mentions for i in story.article_ids if i in self._readings})

    def _may_name(self, article: Article) -> bool:
        """Whether the words of a topic that is a name stand in an article, wherever."""
        told = f"{article.title or ''}\n{article.text}".casefold()
        wanted = ([w for w, _, _ in words(topic.text)] for topic in self._topics if topic.kind is TopicKind.NAME)
        return any(all(word.casefold() in told for word in each) for each in wanted)

    def _match(self, topic: Topic, members: Sequence[Article], names: Names | None) -> Match:
        if topic.kind is TopicKind.OUTLET:
            own = sum(_publishes(topic, article) for article in members)
            return Match(topic, own, own, len(members))
        if topic.kind is TopicKind.NAME:
            if names is None:
                return Match(topic, 0, 0, len(members))
            meant = frozenset(names.exact(topic.text))
            places = [self._named(topic, article, names, meant) for article in members]
        else:
            places = [self._worded(topic, article) for article in members]
        about = sum(self._is_about(article, each) for article, each in zip(members, places, strict=True))
        return Match(topic, about, sum(map(bool, places)), len(members))

    def _worded(self, topic: Topic, article: Article) -> frozenset[int]:
        """Where the words of a topic stand together, whatever their endings."""
        if article.id not in self._stems:
            self._stems[article.id] = _Stems(article)
        return frozenset(self._stems[article.id].places(topic.text))

    def _named(self, topic: Topic, article: Article, names: Names, meant: frozenset[Entity]) -> frozenset[int]:
        """Where somebody or something is named: by the name that was typed, and by others that the articles give it."""
        spelled = _spelling(topic.text)
        found = {TITLE for match in spelled.finditer(article.title or "") if _is_name(match[0])}
        for start, end in _told(article):
            found |= {m.start() for m in spelled.finditer(article.text, start, end) if _is_name(m[0])}
        reading = self._readings.get(article.id)
        for mention in reading.mentions if reading and meant else ():
            named = mention.form == "name" and names.of(article.id, mention.entity) in meant
            if named and found.isdisjoint(range(mention.start, mention.end)):
                found.add(mention.start)
        short = (name for entity in meant for name in entity.names if name[:1].isupper())
        if TITLE not in found and any(_spelling(name).search(article.title or "") for name in short):
            found.add(TITLE)
        return frozenset(found)

    def _is_about(self, article: Article, places: frozenset[int]) -> bool:
        if TITLE in places or (len(places) >= AGAIN and len(places) * APART >= len(article.text)):
            return True
        return any(start <= place < end for start, end in self._opening(article) for place in places)

    def _opening(self, article: Article) -> list[tuple[int, int]]:
        reading = self._readings.get(article.id)
        told = [s for s in reading.sentences if s.kind is not BlockKind.HEADING] if reading else []
        prose = [(s.start, s.end) for s in told if s.kind is BlockKind.PROSE][:OPENING]
        heads = [(s.start, s.end) for s in told if s.kind is BlockKind.HEADLINE]
        return [*heads, *prose] if told else [(0, UNREAD_OPENING)]


class _Stems:
    """The stems of an article's words in their order, the headline's first."""

    def __init__(self, article: Article) -> None:
        self._stemmed = stemming(article.language)
        self._order: list[tuple[str, int]] = [(self._stemmed(w), TITLE) for w, _, _ in words(article.title or "")]
        for start, end in _told(article):
            self._order.append(("", start))  # nothing reaches from one block into the next
            self._order += [(self._stemmed(word), start + at) for word, at, _ in words(article.text[start:end])]
        self._at: dict[str, list[int]] = {}
        for index, (stem, _) in enumerate(self._order):
            self._at.setdefault(stem, []).append(index)

    def places(self, text: str) -> Iterator[int]:
        """Where words stand together."""
        phrase = [self._stemmed(word) for word, _, _ in words(text)]
        for index in self._at.get(phrase[0], ()):
            if [stem for stem, _ in self._order[index : index + len(phrase)]] == phrase:
                yield self._order[index][1]


def _told(article: Article) -> list[tuple[int, int]]:
    """The ranges of an article's text that are its own words, not its furniture."""
    return [(b.start, b.end) for b in article.blocks if b.kind is not BlockKind.FURNITURE] or [(0, len(article.text))]


@lru_cache(maxsize=1024)
def _spelling(name: str) -> re.Pattern[str]:
    """What finds a name as a whole, however its words are capitalised and its apostrophes are drawn."""
    spelled = r"[\s-]+".join(re.escape(part).replace("'", "['’]") for part in name.replace("’", "'").split())
    return re.compile(rf"(?<!\w){spelled}(?!\w)", re.IGNORECASE)


def _is_name(text: str) -> bool:
    """Whether words stand as a name: "Banks", not "banks"; scripts without capitals tell no difference."""
    return text[0] != text[0].lower() or text[0] == text[0].upper()
