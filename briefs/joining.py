"""Joins new articles to stories: what is looked up before, and what is kept after.

    new articles ─content─▶ their most telling stems ─index─▶ likes ─▶ the stories of these ─settle─▶ stories ─▶ store
    stories that began ─index, further back─▶ the stories whose next chapters they are

The same for a hundred articles and a hundred thousand: only the indexes grow. What a killed run did not store is all to be
grouped yet; articles of a time before there were contents get theirs little by little. A small archive is grouped anew each
time it has doubled: its first stories were settled when next to nothing was known of words.

    a worker is lost at them ─▶ each half by itself ─▶ the one article that loses it again is counted, and waits
    counted twice: it tells nothing that could be compared, and has a story of its own
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from briefs.errors import StoreError, WorkerError
from briefs.facts import independence
from briefs.quarantine import CRASHES, GROUPING, MOST
from briefs.store.neighbours import Indexed, Sought
from briefs.stories import chapters, content, stream
from briefs.stories.similarity import Frequencies

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from briefs.models import Article, Story
    from briefs.quarantine import Quarantine
    from briefs.store import Store
    from briefs.store.neighbours import Around
    from briefs.store.stories import Place
    from briefs.stories.content import Content
    from briefs.workers import Workers

REACH = 10.0  # days; a new article is grouped with articles published at most this far from it
CHAPTERS_REACH = 10 * REACH  # how far back a story may continue another
BATCH = 1_500  # new articles that are grouped at once; memory grows with the square of it
TELLING = 16  # stems by which an article is found
LIKES = 32  # articles at most that are looked at for a new one
LEAST = 0.1  # of the weight of an article's telling stems that its likes share with it
MEMBERS = 48  # of a story at most, the latest, that are looked at with them
NEIGHBOURS = 1_500  # articles at most that are looked at for a batch
CHAPTERS_LIKES, CHAPTERS_MEMBERS = 8, 4  # the same, for the story that a new one continues
CAUGHT_UP = 300  # articles that are given contents at a time: half a second
FEW_NEAR = 200  # articles, as numbers, that are too few to bother a worker: some milliseconds; texts always do
JOINING_SECONDS, ARTICLE_SECONDS = 60.0, 0.05  # for a step of grouping, and for each article of it; it takes a tenth
LEARNT = 1_023  # articles from which on enough is known of words
REMEMBERED = 1_000  # contents that stay unpacked, about 20 kB each

LOST = "Workers are lost whatever they are to group."

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Joining:
    """Groups what arrives with what is stored near it; any thread may call. Where much is to be computed, workers do it."""

    def __init__(self, store: Store, workers: Workers, quarantine: Quarantine) -> None:
        self._store = store
        self._workers = workers
        self._quarantine = quarantine
        self._complete = False
        self._aside = frozenset[str]()
        self._remembered: OrderedDict[str, Content] = OrderedDict()
        self._turn = threading.Lock()

    def group(self, new: Sequence[Article]) -> None:
        """Give each of these stored articles its story. What they say themselves of their dates counts, not what is stored.

        One that loses a worker waits for ``catch_up``. Raises WorkerError where workers fail at whatever it is.
        """
        ordered = sorted(new, key=lambda article: (article.shown_at, article.id))
        crashed = self._store.crashes(GROUPING, [article.id for article in ordered])
        sound = [article for article in ordered if article.id not in crashed]
        batches = [sound[start : start + BATCH] for start in range(0, len(sound), BATCH)]
        lost: list[Article] = []
        try:
            for batch in (*batches, *([article] for article in ordered if article.id in crashed)):
                self._joined(batch, lost)
        except BaseException:
            self.look_for_left()
            raise
        if lost:
            self.look_for_left()

    def _joined(self, new: Sequence[Article], lost: list[Article]) -> None:
        """Join articles; where a worker is lost, each half by itself, until only those that lose it are left."""
        try:
            self._join(new)
        except CRASHES as error:
            if len(new) > 1:
                log.warning("articles are grouped by halves", articles=len(new), reason=str(error))
                self._joined(new[: len(new) // 2], lost)
                self._joined(new[len(new) // 2 :], lost)
                return
            lost.append(new[0])
            if len(lost) > MOST:
                raise WorkerError(LOST, task="group") from error
            if self._count(new[0], error):
                self._join(new)

    def _count(self, article: Article, error: Exception) -> bool:
        """Count that an article lost a worker, unless workers are lost at nothing, too; whether it is set aside now."""
        if not self._workers.answer():
            raise WorkerError(LOST, task="group") from error
        feed_id = min(self._store.feeds_telling([article.id]), default=None)
        title = article.title or article.publisher
        return self._quarantine.count(GROUPING, article.id, title, error, feed_id=feed_id)

    def look_for_left(self) -> None:
        """Let the next ``catch_up`` look for stored articles that are not grouped."""
        self._complete = False

    def catch_up(self) -> None:
        """Store the contents of some articles that were stored before there were any, until all have theirs.

        What a killed run left is grouped: an edit, too, though it stands where its older version stood.
        """
        aside = self._quarantine.aside(GROUPING)
        again, self._aside = self._aside - aside, aside  # somebody wants them to be tried again
        if self._complete and not again:
            return
        self._continue_left()
        ids = self._store.without_content(CAUGHT_UP)
        left = [i for i, place in self._store.places(ids).items() if place.story_id is None or place.root != i]
        self.group(list(self._store.articles(left).values()))
        waiting = self._store.places(left)
        made = self._stored(sorted(set(ids).difference(left)))
        self._store.save_stories([], contents=_indexed(made, self._frequencies(made, made)))
        self._complete = len(ids) < CAUGHT_UP and all(place.known for place in waiting.values())

    def forget(self, root_ids: Sequence[str]) -> int:
        """Forget stored articles with all that is known of them; return how many."""
        held = self._unpacked(self._store.contents_of_versions(root_ids))
        return self._store.forget_articles(root_ids, {i: _codes(told) for i, told in held.items()})

    def _join(self, new: Sequence[Article]) -> None:
        places = self._store.places([article.id for article in new])
        stored = [article for article in new if article.id in places]
        made = self._made(stored, _times(places))
        fresh = [told for told in made if not places[told.article_id].known]
        around = self._around(made, self._frequencies(made, fresh))
        near = {*around.likes, *around.stories}.difference(places)
        contents = {told.article_id: told for told in made} | self._contents(near)
        behind = sorted(around.stories.keys() - contents.keys())[:CAUGHT_UP]
        fresh += self._stored(behind)
        contents |= {told.article_id: told for told in fresh}
        frequencies = self._frequencies(contents.values(), fresh)
        outcome = self._settled(contents, frozenset(places), around.stories, frequencies)
        edited = [*behind, *(article.id for article in stored if article.version > 1)]
        self._keep(outcome, places, _indexed(fresh, frequencies), self._outdated(edited))
        self._remember(fresh)
        self._continue(outcome, contents, frequencies)
        if _doubled(frequencies.documents - len(fresh), frequencies.documents):
            self._look_again()

    def _look_again(self) -> None:
        """Group a small archive anew."""
        ids = self._store.visible(None, limit=LEARNT + 1)
        if len(ids) > LEARNT:
            return
        places = self._store.places(ids)
        contents = self._contents(ids)
        held = {article_id: place.story_id for article_id, place in places.items() if place.story_id}
        frequencies = self._frequencies(contents.values(), ())
        outcome = self._settled(contents, frozenset(contents), held, frequencies)
        self._keep(outcome, places)
        self._continue(outcome, contents, frequencies)

    def _keep(
        self,
        outcome: stream.Outcome,
        places: Mapping[str, Place],
        contents: Sequence[Indexed] = (),
        outdated: Mapping[str, Collection[int]] | None = None,
    ) -> None:
        originals = self._originals(outcome, places)
        self._store.save_stories(
            outcome.stories,
            merged=outcome.merged,
            originals=originals,
            contents=contents,
            outdated=outdated,
            begun=outcome.begun,
        )

    def _settled(
        self,
        contents: Mapping[str, Content],
        arrived: frozenset[str],
        held: Mapping[str, str],
        frequencies: Frequencies,
    ) -> stream.Outcome:
        """The stories of a neighbourhood. Hardly ever has another story the id that a new one would get."""
        told, standing = tuple(contents.values()), frozenset[str]()
        outcome = self._settled_among(told, arrived, held, standing, frequencies)
        if outcome.begun and self._store.standing_stories(outcome.begun):
            standing = self._store.standing_stories(set(stream.possible_ids(contents, held)))
            outcome = self._settled_among(told, arrived, held, standing, frequencies)
        return outcome

    def _settled_among(self, told: Sequence[Content], *rest: Any) -> stream.Outcome:
        if len(told) <= FEW_NEAR:  # sooner done than handed to a worker
            return stream.settle(told, *rest)
        return self._computed(len(told), stream.settle, told, *rest)

    def _computed(self, articles: int, task: Callable[..., T], *args: Any) -> T:
        """Let a worker do a task with so many articles: whatever their texts do to it, nobody else waits."""
        return self._workers.run(task, *args, limit=JOINING_SECONDS + ARTICLE_SECONDS * articles)

    # ----------------------------------------------------------------------------------------------------- looking up
    def _made(self, articles: Sequence[Article], times: Mapping[str, datetime]) -> list[Content]:
        """The contents of stored articles, at the times they are stored with; of those set aside with nothing in them."""
        aside = self._quarantine.aside(GROUPING, [article.id for article in articles])
        fit = tuple(article for article in articles if article.id not in aside)
        made = self._computed(len(fit), _contents, fit) if fit else []
        made += [content.silent(article) for article in articles if article.id in aside]
        return [replace(told, at=times[told.article_id].timestamp() / content.DAY) for told in made]

    def _stored(self, ids: Sequence[str]) -> list[Content]:
        """Contents for articles that were stored before there were any; where one loses its worker it tells nothing."""
        articles = list(self._store.articles(ids).values()) if ids else []
        times = {article.id: article.shown_at for article in articles}
        try:
            return self._made(articles, times)
        except CRASHES as error:
            log.warning("contents are made one by one", articles=len(articles), reason=str(error))
        found = []
        for article in articles:
            try:
                found += self._made([article], times)
            except CRASHES as error:
                self._count(article, error)
                found.append(content.silent(article))
        return found

    def _outdated(self, ids: Collection[str]) -> dict[str, frozenset[int]]:
        """The older versions of articles that still have contents, with the codes of their stems."""
        packed = self._store.outdated_contents(ids) if ids else {}
        return {i: _codes(told) for i, told in self._unpacked(packed).items()}

    def _contents(self, ids: Collection[str]) -> dict[str, Content]:
        """The stored contents of articles, of those that have one; they never change, so the latest stay unpacked."""
        with self._turn:
            found = {i: self._remembered[i] for i in ids if i in self._remembered}
        if missing := sorted(found.keys() ^ ids):
            found |= self._unpacked(self._store.contents(missing))
        self._remember(found.values())
        return found

    def _unpacked(self, packed: Mapping[str, bytes]) -> dict[str, Content]:
        """Contents as stored; a damaged one is made again."""
        found, damaged = {}, []
        for article_id, data in packed.items():
            try:
                found[article_id] = content.unpack(data)
            except StoreError as error:
                log.warning("content made again", article=article_id, error=str(error))
                damaged.append(article_id)
        if damaged:
            made = {told.article_id: told for told in self._stored(sorted(damaged))}
            self._store.mend_contents({i: told.pack() for i, told in made.items()})
            found |= made
        return found

    def _remember(self, contents: Iterable[Content]) -> None:
        with self._turn:
            for told in contents:
                self._remembered[told.article_id] = told
                self._remembered.move_to_end(told.article_id)
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)

    def _frequencies(self, contents: Iterable[Content], fresh: Iterable[Content]) -> Frequencies:
        """What is known of the stems of some articles, with those that are not stored yet."""
        stems = set(chain.from_iterable(told.counts for told in contents))
        codes = {stem: _code(stem) for stem in stems}
        documents, counted = self._store.stem_counts(codes.values())
        more = Frequencies.among(fresh)
        of = {stem: counted.get(number, 0) + more.of.get(stem, 0) for stem, number in codes.items()}
        return Frequencies(documents + more.documents, of)

    def _around(self, made: Sequence[Content], frequencies: Frequencies) -> Around:
        sought = [_sought(told, frequencies, told.at - REACH, told.at + REACH) for told in made]
        ids = [told.article_id for told in made]
        return self._store.around(ids, sought, likes=LIKES, in_all=NEIGHBOURS, members=MEMBERS)

    def _originals(self, outcome: stream.Outcome, places: Mapping[str, Place]) -> dict[str, str | None]:
        """Which articles repeat the text of which, in the stories with something new; only what is not stored so already."""
        alone = [places[ids[0]] for ids in outcome.compared if len(ids) == 1]
        freed: dict[str, str | None] = {place.root: None for place in alone if place.copy_of is not None}
        several = [ids for ids in outcome.compared if len(ids) > 1]
        if not several:
            return freed
        articles = self._store.articles(set(chain.from_iterable(several)))
        links = {i: article.copy_of for i, article in articles.items() if article.copy_of}
        earlier = self._store.current(set(links.values())) if links else {}
        compared = [
            {i: articles[i] for i in ids if i in articles}
            | {earlier[links[i]].id: earlier[links[i]] for i in ids if links.get(i) in earlier}
            for ids in several
        ]
        found = self._computed(len(articles), _originals, compared)
        stored = {article.root: article.copy_of for article in chain(articles.values(), earlier.values())}
        return freed | {root: original for root, original in found.items() if stored[root] != original}

    def _continue(self, outcome: stream.Outcome, contents: Mapping[str, Content], frequencies: Frequencies) -> None:
        """Find out which stories that began are the next chapters of older ones."""
        if outcome.begun:
            begun = [story for story in outcome.stories if story.id in outcome.begun]
            found = {story.id: self._older(story, contents, frequencies) for story in begun}
            self._store.continue_stories(dict.fromkeys(outcome.begun) | found)

    def _continue_left(self) -> None:
        """Find that out of stories of which a killed run did not."""
        found: dict[str, str | None] = dict.fromkeys(self._store.begun_stories())
        for story_id in found:
            story = self._store.story(story_id)
            contents = self._contents(story.article_ids) if story else {}
            if story and story.id == story_id and contents.keys() == {*story.article_ids}:
                found[story_id] = self._older(story, contents, self._frequencies(contents.values(), ()))
        if found:
            self._store.continue_stories(found)

    def _older(self, story: Story, contents: Mapping[str, Content], frequencies: Frequencies) -> str | None:
        """The story whose next chapter this one is."""
        own = [contents[i] for i in story.article_ids]
        sought = _sought(own[0], frequencies, own[0].at - CHAPTERS_REACH, own[0].at)
        around = self._store.around(
            story.article_ids, [sought], likes=CHAPTERS_LIKES, in_all=CHAPTERS_LIKES, members=CHAPTERS_MEMBERS
        )
        others = {article_id for article_id, held in around.stories.items() if held != story.id}
        older: dict[str, list[Content]] = {}
        for article_id, told in sorted(self._contents(others).items()):
            older.setdefault(around.stories[article_id], []).append(told)
        if not older:
            return None
        known = self._frequencies(chain(own, *older.values()), ())
        place = chapters.continues(own, list(older.values()), known)
        return None if place is None else list(older)[place]


def _doubled(before: int, documents: int) -> bool:
    """Whether a small archive has outgrown a power of two."""
    return 0 < before < documents <= LEARNT and before.bit_length() < documents.bit_length()


@lru_cache(maxsize=32_768)  # 5 MB; most words of a day's news
def _code(stem: str) -> int:
    return stream.code(stem)


def _contents(articles: Sequence[Article]) -> list[Content]:
    return [content.of(article) for article in articles]


def _originals(compared: Sequence[Mapping[str, Article]]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for articles in compared:
        found |= independence.originals(articles)
    return found


def _times(places: Mapping[str, Place]) -> dict[str, datetime]:
    return {article_id: place.shown_at for article_id, place in places.items()}


def _codes(told: Content) -> frozenset[int]:
    return frozenset(map(_code, told.counts))


def _indexed(contents: Iterable[Content], frequencies: Frequencies) -> list[Indexed]:
    found = ((told, content.telling(told, frequencies, TELLING)) for told in contents)
    return [
        Indexed(told.article_id, told.pack(), _codes(told), frozenset(stream.code(s, told.language) for s in telling))
        for told, telling in found
    ]


def _sought(told: Content, frequencies: Frequencies, since: float, until: float) -> Sought:
    """What an article is found by: stems that other articles hold."""
    telling = content.held(told, frequencies, TELLING)
    weights = {stream.code(stem, told.language): weight for stem, weight in telling.items()}
    return Sought(weights, told.at, since, until, least=LEAST * sum(weights.values()))
