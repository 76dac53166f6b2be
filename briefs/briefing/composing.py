"""Stories to a briefing for one channel. Pure; the same input gives the same bytes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from briefs import summary
from briefs.briefing import ranking
from briefs.briefing.comment import is_comment
from briefs.briefing.disagreeing import disagreements
from briefs.briefing.headlines import headline
from briefs.briefing.news import Told, news, opened
from briefs.briefing.once import Said, joined
from briefs.briefing.topics import heard
from briefs.facts.independence import Copies
from briefs.language.words import count
from briefs.models import Alternative, Briefing, Change, Citation, CitedSentence, Disagreement, Item, Unmoved
from briefs.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from briefs.briefing.news import News, Passage
    from briefs.briefing.ranking import Standing
    from briefs.models import Article, Reading, Sentence, Story

LOOKED = 4  # stories looked at for each that the channel wants: an event may be told by several that were not joined


@dataclass(frozen=True, slots=True)
class Edition:
    """A briefing, and how each story stood that might have been in it, best first."""

    briefing: Briefing
    standings: tuple[Standing, ...]


def compose(
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    readings: Mapping[str, Reading],
    *,
    now: datetime,
    title: str = "Briefing",
    preferences: Preferences | None = None,
    earlier: Sequence[Story] = (),
    told: Told | None = None,
    summariser: str = "lex-rank",
    problems: tuple[str, ...] = (),
) -> Edition:
    """The briefing of these stories as of ``now`` for a channel that was ``told`` some of it, best story first.

    ``earlier`` are the chapters that these stories continue: they are looked back upon and make no items. ``articles``
    and ``readings`` hold those of both, and those that were told. Raises SettingError for an unknown summariser.
    """
    wishes = preferences or Preferences()
    return _Desk(stories, earlier, articles, readings, now, wishes, told or Told(), summariser).edition(title, problems)


class _Desk:
    """What one briefing is made of: it numbers the sources in the order in which a reader meets them."""

    def __init__(
        self,
        stories: Sequence[Story],
        earlier: Sequence[Story],
        articles: Mapping[str, Article],
        readings: Mapping[str, Reading],
        now: datetime,
        preferences: Preferences,
        told: Told,
        summariser: str,
    ) -> None:
        chapters = heard(stories, articles, preferences.topics)
        self._stories = tuple(joined(chapters))
        self._own = {story.id: story.article_ids for story in chapters}
        self._known = {story.id: story for story in (*heard(earlier, articles, preferences.topics), *chapters)}
        self._whole = {story.id: story.article_ids for story in (*earlier, *stories)}
        self._articles = articles
        self._readings = readings
        self._now = now
        self._preferences = preferences
        self._told = self._quotable(told)
        self._summariser = summariser
        self._copies = Copies(articles)
        self._versions: dict[str, list[Article]] = {}
        for article in articles.values():
            self._versions.setdefault(article.root, []).append(article)
        self._usual = _usual_images(articles.values())
        self._numbers: dict[str, int] = {}

    def edition(self, title: str, problems: tuple[str, ...]) -> Edition:
        """The briefing with how each story stood."""
        ranked = ranking.rank(
            {story: self._news(story) for story in self._stories},
            self._articles,
            self._readings,
            self._copies,
            self._preferences,
            self._now,
        )
        items, unmoved = tuple(self._items(ranked)), tuple(self._unmoved(ranked))
        told = {i for item in items for i in item.article_ids}
        briefing = Briefing(
            title=title,
            made_at=self._now,
            items=items,
            citations=tuple(_citation(self._articles[i], n) for i, n in self._numbers.items()),
            articles=len(told),
            outlets=len({self._articles[i].publisher for i in told}),
            problems=problems,
            unmoved=unmoved,
            says_unmoved=self._preferences.says_unmoved,
            dates=self._preferences.dates,
        )
        return Edition(briefing, ranked)

    # ---------------------------------------------------------------------------------------------------- each story
    def _news(self, story: Story) -> News:
        members = {i: self._articles[i] for chapter in self._chapters(story) for i in chapter.article_ids}
        versions = {a.id: a for root in sorted({m.root for m in members.values()}) for a in self._versions[root]}
        everything = tuple((members | versions | self._told_unheard(story)).values())
        found = news(everything, self._readings, self._told)
        if not found.known or found.developments or self._was_told(self._own[story.id]):
            return found
        own = [members[i] for i in self._own[story.id]]
        return opened(self._chosen(own), everything, self._readings, self._told)

    def _quotable(self, told: Told) -> Told:
        """What the channel was told, without the words of outlets that it has muted since."""
        heard_ids = {i for story in self._known.values() for i in story.article_ids}
        muted = {self._articles[i].root for ids in self._whole.values() for i in ids if i not in heard_ids}
        ids = {i for i, article in self._articles.items() if article.root in muted}
        passages = tuple(passage for passage in told.passages if passage.article_id not in ids)
        return replace(told, passages=passages, headlines=told.headlines - ids) if ids else told

    def _told_unheard(self, story: Story) -> dict[str, Article]:
        """What the channel was told of a story, also by outlets that it has muted since: it knows that all the same."""
        roots = {self._articles[i].root for chapter in self._chapters(story) for i in self._whole[chapter.id]}
        versions = (article for root in sorted(roots) for article in self._versions[root])
        return {article.id: article for article in versions if article.id in self._told.articles}

    def _was_told(self, article_ids: Sequence[str]) -> bool:
        """Whether the channel was told any version of any of these articles."""
        versions = (a.id for i in article_ids for a in self._versions[self._articles[i].root])
        return not self._told.articles.isdisjoint(versions)

    def _chapters(self, story: Story) -> list[Story]:
        """The story and those it continues, the first chapter first."""
        found = [story]
        while (before := self._known.get(found[0].continues or "")) and before not in found:
            found.insert(0, before)
        return found

    def _items(self, ranked: Sequence[Standing]) -> list[Item]:
        """The best stories, each event once: one that opens as another does gives its sources to that."""
        items: dict[str, Item] = {}
        said = Said(self._articles, self._readings)
        worthy = (s for s in ranked if s.muted is None and not (s.news.known and not s.news.developments))
        for standing in islice(worthy, min(LOOKED * self._preferences.stories, len(ranked))):
            if len(items) == self._preferences.stories:
                break
            story, sentences = standing.story, self._sentences(standing)
            if sentences and (twin := said.twin(sentences[0])):
                items[twin] = self._with_sources(items[twin], story.article_ids)
            elif sentences or any(self._articles[i].title for i in story.article_ids):
                left = said.new(story.id, sentences)
                if left or not standing.news.known:
                    items[story.id] = self._item(standing, left)
        return list(items.values())

    def _with_sources(self, item: Item, article_ids: Sequence[str]) -> Item:
        told = tuple(dict.fromkeys((*item.article_ids, *article_ids)))
        outlets = tuple(dict.fromkeys(self._articles[i].publisher for i in told))
        return replace(item, article_ids=told, outlets=outlets, independent=self._copies.independent(told))

    def _unmoved(self, ranked: Sequence[Standing]) -> Iterator[Unmoved]:
        """The stories that newer articles tell again without anything new."""
        for standing in ranked:
            ids = standing.story.article_ids
            unmoved = standing.muted is None and standing.news.known and not standing.news.developments
            if unmoved and not self._told.articles.issuperset(ids):
                told, article_id = headline([self._articles[i] for i in ids], (), self._readings)
                if self._preferences.says_unmoved:
                    self._number(article_id)
                yield Unmoved(standing.story.id, told, article_id, ids)

    def _sentences(self, standing: Standing) -> tuple[Sentence, ...]:
        """What a story is told by: its developments, or what sums it up."""
        if standing.news.known:
            return self._within([development.sentence for development in standing.news.developments])
        return self._chosen([self._articles[i] for i in standing.story.article_ids])

    def _within(self, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """The first sentence and those after it, as many as the channel wants and in the words that a story may have."""
        found: list[Sentence] = []
        left = self._preferences.words
        for sentence in sentences:
            words = count(self._articles[sentence.article_id].text[sentence.start : sentence.end])
            if len(found) < self._preferences.sentences and (not found or left is None or words <= left):
                found.append(sentence)
                left = None if left is None else left - words
        return tuple(found)

    def _item(self, standing: Standing, sentences: Sequence[Sentence]) -> Item:
        story = standing.story
        members = [self._articles[i] for i in story.article_ids]
        changes = self._changes(standing, sentences)
        cited = tuple(change.sentence for change in changes) or tuple(self._cited(each) for each in sentences)
        newer = [article for article in members if article.id not in self._told.articles]
        text, headline_article = headline(newer if changes and newer else members, cited, self._readings)
        self._number(headline_article)
        chapters = self._chapters(story)
        first = self._articles[chapters[0].article_ids[0]]
        return Item(
            story_id=story.id,
            headline=text,
            headline_article_id=headline_article,
            sentences=cited,
            article_ids=story.article_ids,
            outlets=tuple(dict.fromkeys(a.publisher for a in members)),
            independent=self._copies.independent(story.article_ids),
            latest_at=max((a.published_at for a in members if a.published_at), default=None),
            changes=changes,
            disagreements=self._disagreements(members, cited),
            chapter=len(chapters),
            begun_at=first.published_at,
            image=self._image(headline_article, cited, story.article_ids),
        )

    def _image(self, headline_article: str, cited: Sequence[CitedSentence], members: Sequence[str]) -> str | None:
        """A picture that a source shows with the story, not one that stands beside several: that is the outlet's own."""
        asked = dict.fromkeys((headline_article, *(each.article_id for each in cited), *members))
        return next((image for i in asked if (image := self._articles[i].image) and image not in self._usual), None)

    def _chosen(self, members: Sequence[Article]) -> tuple[Sentence, ...]:
        """What sums up a story, in the words of those who report it: opinion speaks only where nobody does."""
        reports = [article for article in members if not is_comment(article, self._readings)]
        return summary.choose(
            reports or members,
            self._readings,
            summariser=self._summariser,
            word_limit=self._preferences.words,
            count=self._preferences.sentences,
        )

    def _changes(self, standing: Standing, sentences: Sequence[Sentence]) -> tuple[Change, ...]:
        return tuple(
            Change(d.kind, self._cited(d.sentence), self._cited(d.earlier) if d.earlier else None)
            for d in standing.news.developments
            if d.sentence in sentences
        )

    def _disagreements(self, members: Sequence[Article], shown: Sequence[CitedSentence]) -> tuple[Disagreement, ...]:
        """What the sources tell differently, each value with the words that say so; not what was told before."""
        return tuple(
            Disagreement(dispute.slot, tuple(self._alternative(passages) for passages in dispute.values))
            for dispute in disagreements(members, self._readings, self._copies, shown)
            if any(p.article_id not in self._told.articles for passages in dispute.values for p in passages)
        )

    def _alternative(self, passages: Sequence[Passage]) -> Alternative:
        cited = tuple(self._cited(passage) for passage in passages)
        outlets = dict.fromkeys(self._articles[passage.article_id].publisher for passage in passages)
        return Alternative(cited[0].text, tuple(outlets), cited)

    def _cited(self, part: Sentence | Passage) -> CitedSentence:
        text = self._articles[part.article_id].text[part.start : part.end]
        return CitedSentence(part.article_id, part.start, part.end, text, self._number(part.article_id))

    def _number(self, article_id: str) -> int:
        return self._numbers.setdefault(article_id, len(self._numbers) + 1)


def _usual_images(articles: Iterable[Article]) -> frozenset[str]:
    """The pictures that several articles show, which differ in more than an edit: logos and the like."""
    shown = Counter(image for image, _ in {(a.image, a.root) for a in articles if a.image})
    return frozenset(image for image, times in shown.items() if times > 1)


def _citation(article: Article, number: int) -> Citation:
    return Citation(number, article.id, article.publisher, article.title, article.url, article.published_at)
