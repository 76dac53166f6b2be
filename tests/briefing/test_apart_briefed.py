"""What another server reads changes nothing in a briefing but which articles stand together, and shows nowhere."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import rendering
from briefs.models import Article, Block, BlockKind, Entity, EntityKind, Mention, Reading, Sentence
from briefs.newsroom import Newsroom
from briefs.preferences import Preferences, TopicKind, topic

OURS, THEIRS, CHANNEL = 1, 2, 10
SECRET = "Velvet"  # in all that the other server alone reads: outlet, headline, names, words, address
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENTS = (
    (
        "Halden bridge closed over cracked cables",
        "The Halden bridge over the river Aske closed after inspectors found cracks in two of its cables.",
        "Inspectors closed the Halden bridge: two cables over the river Aske are cracked.",
        "The Halden bridge over the Aske stays closed while inspectors examine its cracked cables.",
        "The Halden bridge over the river Aske opened again after inspectors replaced its two cracked cables.",
    ),
    (
        "Lindal wheat rises as farmers fear drought",
        "Prices of wheat rose by four percent at the Lindal exchange as farmers feared a dry spring.",
        "Farmers fear a dry spring, and wheat cost four percent more at the Lindal exchange.",
        "Wheat cost nine percent more at the Lindal exchange, and farmers still fear a dry spring.",
        "The Lindal exchange stopped trade in wheat after farmers sold all that the dry spring had left.",
    ),
)


def world(seed):
    """Articles of two events over five weeks, oldest first, each with who reads it: us, them, or both."""
    rng = random.Random(seed)
    found = []
    for k in range(26):
        title, *texts = rng.choice(EVENTS)
        day = rng.choice([0, 0.3, 1, 2, 14, 15, 33, 33.5, 34])
        readers = rng.choice([(OURS,), (THEIRS,), (THEIRS,), (OURS, THEIRS)])
        secret = OURS not in readers
        text = rng.choice(texts) + (f" {SECRET} Marchmont of {SECRET} Works said so on Monday." if secret else "")
        outlet = f"{SECRET} Post {k % 3}" if secret else f"Outlet {k % 4}"
        at = NOON + timedelta(days=day, minutes=k)
        block = (Block(0, len(text), BlockKind.PROSE),)
        heading = f"{SECRET}: {title}" if secret else title
        url = f"https://{'velvet' if secret else 'plain'}.example/{k}"
        one = Article(f"a{k:02}", text, block, at, published_at=at, title=heading, outlet=outlet, url=url)
        found.append((one, readers))
    return sorted(found, key=lambda pair: pair[0].published_at)


def read(article):
    ends = [k + 1 for k, mark in enumerate(article.text) if mark == "."]
    sentences = [
        Sentence(article.id, start, end) for start, end in zip([0, *(e + 1 for e in ends)], ends, strict=False)
    ]
    at = article.text.find(SECRET)
    mentions = (Mention(at, at + len(SECRET), "name", Entity(SECRET, EntityKind.PERSON)),) if at >= 0 else ()
    return Reading(article.id, article.published_at, tuple(sentences), mentions)


class Desk:
    """A desk in memory; who reads an article has a feed of its own that brings it."""

    def __init__(self):
        self.now = NOON
        self.room = Newsroom.in_memory(clock=lambda: self.now)
        self.feeds = {}

    def take(self, article, readers):
        store = self.room.store
        if readers not in self.feeds:
            for guild in readers:
                feed = store.subscribe(guild, f"https://{len(self.feeds)}.example/feed", now=NOON)
            self.feeds[readers] = feed.id
        store.add_articles([(article, read(article))], feed_id=self.feeds[readers])

    def post(self, briefing):
        place = {"guild_id": OURS, "channel_id": CHANNEL}
        saved = self.room.store.save_briefing(briefing, **place)
        post = self.room.store.claim(f"{saved}", 0, briefing_id=saved, nonce="n", now=self.now, **place)
        self.room.store.record_sent(post.id, saved)


def mornings(articles):
    return sorted({a.published_at.replace(hour=0, minute=0) + timedelta(days=2) for a, _ in articles})


WISHES = (
    Preferences(says_unmoved=True),
    Preferences(topics=(topic(TopicKind.OUTLET, "Outlet 1", 0.0), topic(TopicKind.WORD, "wheat", 3.0))),
)


class Servers:
    """Two desks: on one both servers read, on the other ours alone, with the stories cut to what it reads."""

    def __init__(self):
        self.both, self.alone = Desk(), Desk()

    def take(self, articles, theirs):
        for article, readers in articles:
            self.both.take(article, readers)
            if OURS in readers:
                self.alone.take(article, (OURS,))
        self.both.room._joining.group([article for article, _ in articles])
        self._stand_together(theirs)

    def _stand_together(self, theirs):
        room, store = self.both.room, self.alone.room.store
        whole = [replace(s, article_ids=tuple(i for i in s.article_ids if i not in theirs)) for s in room.stories()]
        cut = [story for story in whole if story.article_ids]
        ours = room.store.articles([i for story in cut for i in story.article_ids])
        copies = {i: None if article.copy_of in theirs else article.copy_of for i, article in ours.items()}
        store.save_stories(cut, originals=copies)
        for story in cut:
            if story.continues:
                store.continue_stories({story.id: story.continues})

    def morning(self, now, wishes):
        """Brief on both desks, and post."""
        found = []
        for desk in (self.both, self.alone):
            desk.now = now
            found.append(desk.room.edition(OURS, channel_id=CHANNEL, preferences=wishes))
            desk.post(found[-1].briefing)
        return found


@pytest.mark.parametrize("seed", [2, 4])
def test_a_briefing_depends_on_what_the_server_reads_and_on_what_stands_together_alone(seed):
    left, servers, chapters = world(seed), Servers(), 0
    theirs = {article.id for article, readers in left if OURS not in readers}
    for now in mornings(left):
        new = [pair for pair in left if pair[0].published_at <= now]
        left = left[len(new) :]
        servers.take(new, theirs)
        shown, expected = servers.morning(now, WISHES[seed % 2])

        assert shown.briefing.feeds == len(servers.both.room.store.feeds(OURS))
        assert replace(shown.briefing, feeds=1) == expected.briefing  # alone, it reads one feed instead of two
        assert rendering.plain(shown.briefing) == rendering.plain(expected.briefing)
        assert SECRET.casefold() not in repr(shown).casefold()
        chapters = max(chapters, *(item.chapter for item in shown.briefing.items), 0)

    assert chapters > 1  # what another server's chapter could be told by


def test_names_and_outlets_are_offered_from_the_servers_own_articles():
    servers = Servers()
    servers.take(world(2), {article.id for article, readers in world(2) if OURS not in readers})
    known = servers.both.room.known

    assert known(THEIRS, TopicKind.NAME) == (SECRET,)
    assert known(OURS, TopicKind.NAME) == ()
    assert {name.split()[0] for name in known(OURS, TopicKind.OUTLET)} == {"Outlet"}
