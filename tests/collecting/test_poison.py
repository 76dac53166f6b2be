"""Articles and feeds that kill the worker, or keep it for ever: the others are read, and after two crashes nobody tries them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import poison
import pytest
from desk import Clock, options
from publisher import START, Format, Publisher

from briefs import joining, newsroom
from briefs.collecting import taking, visiting
from briefs.errors import WorkerError, WorkerLostError
from briefs.models import Article, Reading, Story
from briefs.newsroom import Newsroom
from briefs.quarantine import MOST, Quarantine
from briefs.workers import Workers

GUILD = 1
HOUR = timedelta(hours=1)
MENDED = taking._article
CONTENTS = joining._contents
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title><link>{home}/</link>{items}</channel></rss>"""
ITEM = """<item><guid>{key}</guid><title>{title}</title><link>{home}/{key}</link><description>{text}</description></item>"""
WORDS = (
    "The ferry to Ask lies still since Monday, for its captain has found water in the engine room and wants it dry. "
)


@pytest.fixture(scope="module")
def workers():
    """One pool for all tests: a process takes a second to come up."""
    pool = Workers(1)
    yield pool
    pool.close()


@pytest.fixture
def desk(memory_store, monkeypatch, workers):
    """A desk in whose worker articles are read and grouped; for the rest it has none unless a test gives it one."""
    monkeypatch.setattr(newsroom, "read", poison.read)
    monkeypatch.setattr(newsroom, "READING_SECONDS", 1.0)
    monkeypatch.setattr(newsroom, "Workers", lambda _count, **_more: workers)
    monkeypatch.setattr(joining, "_contents", poison.contents)
    made = Newsroom(memory_store, options=options(), clock=Clock(START), workers=1)
    with monkeypatch.context() as here:
        here.setattr(made, "_away", _here)
        yield made


async def _here(task, *args):
    return task(*args)


@pytest.fixture
def away(desk, monkeypatch):
    """Let workers parse feeds and make articles, too, of which some are poisonous."""
    monkeypatch.setattr(taking, "_article", poison.article)
    monkeypatch.setattr(visiting, "parse", poison.parse)
    monkeypatch.setattr(desk, "_away", partial(Newsroom._away, desk))


@pytest.fixture
def publisher(desk):
    with Publisher(desk.clock) as opened:
        yield opened


def serve(publisher, path, name="Gazette", /, **texts):
    """Serve a feed; an article has its key in its title, unless it is given another."""
    if path not in publisher.channels:
        publisher.channel(path, Format.RSS)
    home = publisher.url(publisher.channels[path]).rpartition("/")[0]
    items = "".join(
        ITEM.format(key=f"{path}-{key}", title=title or f"The {key} of Ask", home=home, text=WORDS * 3 + text)
        for key, (title, text) in texts.items()
    )
    body = FEED.format(name=name, home=home, items=items).encode()
    publisher.raw[path] = (lambda: body, "application/rss+xml")
    return f"{home}/{path}"


def collect(desk, times=1):
    for _ in range(times):
        due = [feed.next_poll_at for feed in desk.store.feeds() if feed.next_poll_at]
        desk.clock.now = max([desk.clock.now, *due])
        report = desk.collect()
    return report


def titles(desk):
    return sorted(article.title for article in desk.store.articles(desk.store.visible(None)).values())


def test_poisonous_articles_are_set_aside_after_two_crashes_and_the_others_are_read(desk, publisher):
    poisonous = {"deadly": ("", poison.KILLS), "endless": ("", poison.HANGS)}
    url = serve(publisher, "gazette", one=("", "One."), **poisonous, two=("", "Two."))
    feed = desk.store.subscribe(GUILD, url, now=START)

    collect(desk)
    assert titles(desk) == ["The one of Ask", "The two of Ask"]
    assert desk.store.set_aside(GUILD) == ()
    collect(desk)

    aside = desk.store.set_aside(GUILD)
    assert {(each.kind, each.title, each.feed_id, each.crashes) for each in aside} == {
        ("article", f"The {key} of Ask", feed.id, 2) for key in poisonous
    }
    reasons = {each.title: each.reason for each in aside}
    assert "died (SIGKILL)" in reasons["The deadly of Ask"]
    assert "did not come to an end" in reasons["The endless of Ask"]

    serve(publisher, "gazette", three=("", "Three."), **poisonous)
    report = collect(desk, times=2)
    assert titles(desk) == ["The one of Ask", "The three of Ask", "The two of Ask"]
    assert report.problems == ()
    assert {each.crashes for each in desk.store.set_aside(GUILD)} == {2}
    assert desk.store.feeds(GUILD)[0].failures == 0


def test_an_article_that_cannot_be_made_is_set_aside_and_read_when_it_is_tried_again(
    desk, publisher, monkeypatch, away
):
    url = serve(publisher, "gazette", one=("", "One."), bad=(f"Bad. {poison.KILLS}", ""))
    desk.store.subscribe(GUILD, url, now=START)
    collect(desk, times=3)
    assert titles(desk) == ["The one of Ask"]
    (aside,) = desk.store.set_aside(GUILD)
    assert (aside.title, aside.crashes) == (f"Bad. {poison.KILLS}", 2)

    monkeypatch.setattr(taking, "_article", MENDED)
    assert desk.store.try_again(aside.kind, aside.subject)
    collect(desk)
    assert titles(desk) == [f"Bad. {poison.KILLS}", "The one of Ask"]


def test_a_feed_that_cannot_be_parsed_is_looked_at_once_a_day_and_holds_up_no_other(desk, publisher, away):
    bad = desk.store.subscribe(GUILD, serve(publisher, "bad", poison.KILLS, one=("", "")), now=START)
    desk.store.subscribe(GUILD, serve(publisher, "good", one=("", "")), now=START)
    (problem,) = collect(desk).problems
    assert "more than I can read" in problem
    assert titles(desk) == ["The one of Ask"]
    assert desk.store.set_aside(GUILD) == ()
    desk.clock.now += HOUR
    collect(desk)

    (aside,) = desk.store.set_aside(GUILD)
    assert (aside.kind, aside.feed_id, aside.title) == ("feed", bad.id, publisher.url(publisher.channels["bad"]))
    feeds = {feed.id: feed for feed in desk.store.feeds(GUILD)}
    assert feeds[bad.id].next_poll_at - desk.clock.now >= 24 * HOUR

    serve(publisher, "bad", "Ferries", two=("", ""))
    collect(desk)
    assert titles(desk) == ["The one of Ask", "The two of Ask"]
    assert desk.store.set_aside(GUILD) == ()


def test_workers_that_are_lost_whatever_they_do_are_held_against_nothing(memory_store):
    def lost(_some):
        raise WorkerLostError("A worker process died.", task="read")

    made = Quarantine(memory_store, Clock(START))
    with pytest.raises(WorkerError, match="read"):
        made.read([Article("a1", WORDS, (), START)], lost)
    with pytest.raises(WorkerError, match="compose"):
        made.fit([Story("s1", ("a1",))], lost, lambda _story: ("", None))
    assert memory_store.crashes("article") == memory_store.crashes("story") == {}


def test_a_whole_batch_is_not_held_against_its_articles(memory_store):
    def lost(some):
        if some:
            raise WorkerLostError("A worker process died.", task="read")
        return []

    many = [Article(f"a{number}", WORDS, (), START) for number in range(9)]
    with pytest.raises(WorkerError):
        Quarantine(memory_store, Clock(START)).read(many, lost)
    assert len(memory_store.crashes("article")) <= MOST


def test_where_no_worker_comes_up_nothing_is_held_against_feeds_and_what_they_bring(desk, publisher, monkeypatch):
    async def lost(*_args):
        raise WorkerLostError("A worker process died.", task="parse")

    async def lost_later(task, *args):
        return task(*args) if task is visiting.parse else await lost()

    desk.store.subscribe(GUILD, serve(publisher, "gazette", one=("", "One.")), now=START)
    for away in (lost, lost_later):
        monkeypatch.setattr(desk, "_away", away)
        with pytest.raises(WorkerError, match="whatever they are to do"):
            desk.collect()
    assert [desk.store.crashes(kind) for kind in ("feed", "article")] == [{}, {}]
    assert desk.store.feeds(GUILD)[0].failures == 0


# ------------------------------------------------------------------------------------------------------------- grouping
def stored(desk, **texts):
    """Store articles as they are after reading."""
    found = [Article(key, WORDS + text, (), START, title=key) for key, text in texts.items()]
    desk.store.add_articles([(each, Reading(each.id, START, ())) for each in found])
    return found


def test_an_article_that_cannot_be_grouped_has_a_story_of_its_own_after_two_crashes_and_the_others_are_grouped(
    desk, monkeypatch
):
    new = stored(desk, one="", deadly=poison.KILLS, two="", three="")
    desk._joining.group(new)
    assert [{*story.article_ids} for story in desk.stories()] == [{"one", "two", "three"}]
    assert desk.store.set_aside(None) == ()

    desk._joining.catch_up()
    assert {frozenset(story.article_ids) for story in desk.stories()} == {
        frozenset({"one", "two", "three"}),
        frozenset({"deadly"}),
    }
    (aside,) = desk.store.set_aside(None)
    assert (aside.kind, aside.subject, aside.title, aside.crashes) == ("grouping", "deadly", "deadly", 2)

    desk._joining.group(stored(desk, four=""))
    desk._joining.catch_up()
    assert desk._joining._complete
    assert {len(story.article_ids) for story in desk.stories()} == {4, 1}
    assert "deadly" in desk.store.visible(None)

    monkeypatch.setattr(joining, "_contents", CONTENTS)
    desk._joining.catch_up()
    assert desk.store.try_again(aside.kind, aside.subject)
    desk._joining.catch_up()
    assert {len(story.article_ids) for story in desk.stories()} == {5}


def test_an_article_of_an_earlier_release_that_cannot_be_looked_at_holds_up_no_other(desk):
    old = stored(desk, old="", deadly=poison.KILLS)
    desk.store.save_stories([Story("s-old", ("deadly", "old"))])
    assert {each.id for each in old} == {*desk.store.without_content(9)}
    desk._joining.catch_up()
    desk._joining.catch_up()
    assert desk.store.without_content(9) == ()
    assert desk.store.crashes("grouping") == {"deadly": 1}


def test_where_no_worker_comes_up_nothing_is_held_against_articles_that_are_to_be_grouped(desk, monkeypatch):
    def lost(*_args, **_more):
        raise WorkerLostError("A worker process died.", task="group")

    new = stored(desk, one="", two="")
    monkeypatch.setattr(desk._workers, "run", lost)
    with pytest.raises(WorkerError, match="group"):
        desk._joining.group(new)
    assert desk.store.crashes("grouping") == {}


def test_what_was_stored_before_its_round_failed_is_grouped_by_the_next(desk, publisher):
    def fail_at_the_second(step):
        if step == "recorded" and len(titles(desk)) == 2:
            raise WorkerError("Workers are lost.", task="read")

    desk._joining.catch_up()
    for name in ("gazette", "courier"):
        desk.store.subscribe(GUILD, serve(publisher, name, one=("", name)), now=START)
    desk._checkpoint = fail_at_the_second
    with pytest.raises(WorkerError):
        desk.collect()
    assert desk.stories() == ()

    desk._checkpoint = lambda _step: None
    collect(desk)
    assert sum(len(story.article_ids) for story in desk.stories()) == 2
