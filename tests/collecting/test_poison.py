"""Articles and feeds that kill the worker, or keep it for ever: the others are read, and after two crashes nobody tries them."""

from __future__ import annotations

from datetime import timedelta

import poison
import pytest
from desk import Clock, options
from publisher import START, Format, Publisher

from briefs import newsroom
from briefs.collecting import taking, visiting
from briefs.errors import WorkerError
from briefs.newsroom import Newsroom

GUILD = 1
HOUR = timedelta(hours=1)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title><link>{home}/</link>{items}</channel></rss>"""
ITEM = """<item><guid>{key}</guid><title>{title}</title><link>{home}/{key}</link><description>{text}</description></item>"""
WORDS = (
    "The ferry to Ask lies still since Monday, for its captain has found water in the engine room and wants it dry. "
)


@pytest.fixture
def desk(memory_store, monkeypatch):
    monkeypatch.setattr(newsroom, "read", poison.read)
    monkeypatch.setattr(newsroom, "READING_SECONDS", 1.0)
    monkeypatch.setattr(newsroom, "AWAY_SECONDS", 3.0)
    monkeypatch.setattr(taking, "_article", poison.article)
    monkeypatch.setattr(visiting, "parse", poison.parse)
    made = Newsroom(memory_store, options=options(), clock=Clock(START), workers=1)
    yield made
    made.close()


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


@pytest.mark.parametrize("poisonous", [poison.KILLS, poison.HANGS])
def test_a_poisonous_article_is_set_aside_after_two_crashes_and_the_others_are_read(desk, publisher, poisonous):
    url = serve(publisher, "gazette", one=("", "One."), bad=("", poisonous), two=("", "Two."))
    feed = desk.store.subscribe(GUILD, url, now=START)

    collect(desk)
    assert titles(desk) == ["The one of Ask", "The two of Ask"]
    assert desk.store.set_aside(GUILD) == ()
    collect(desk)

    (aside,) = desk.store.set_aside(GUILD)
    assert (aside.kind, aside.title, aside.feed_id, aside.crashes) == ("article", "The bad of Ask", feed.id, 2)
    lost = "died (SIGKILL)" if poisonous == poison.KILLS else "did not come to an end"
    assert lost in aside.reason

    serve(publisher, "gazette", three=("", "Three."), bad=("", poisonous))
    report = collect(desk, times=2)
    assert titles(desk) == ["The one of Ask", "The three of Ask", "The two of Ask"]
    assert report.problems == ()
    assert desk.store.set_aside(GUILD)[0].crashes == 2
    assert desk.store.feeds(GUILD)[0].failures == 0


def test_what_was_set_aside_is_read_when_it_is_tried_again_and_is_poisonous_no_more(desk, publisher, monkeypatch):
    desk.store.subscribe(GUILD, serve(publisher, "gazette", one=("", ""), bad=("", poison.KILLS)), now=START)
    collect(desk, times=3)
    (aside,) = desk.store.set_aside(GUILD)
    monkeypatch.setattr(poison, "KILLS", "Nothing says so.")
    desk._workers.close()
    desk._workers = newsroom.Workers(0)  # where the mended program is this one

    assert desk.store.try_again(aside.kind, aside.subject)
    collect(desk)
    assert titles(desk) == ["The bad of Ask", "The one of Ask"]


def test_an_article_that_cannot_be_made_of_its_page_is_set_aside_too(desk, publisher):
    url = serve(publisher, "gazette", one=("", "One."), bad=(f"Bad. {poison.KILLS}", ""))
    desk.store.subscribe(GUILD, url, now=START)
    collect(desk, times=3)
    assert titles(desk) == ["The one of Ask"]
    (aside,) = desk.store.set_aside(GUILD)
    assert (aside.title, aside.crashes) == (f"Bad. {poison.KILLS}", 2)


def test_a_feed_that_cannot_be_parsed_is_looked_at_once_a_day_and_holds_up_no_other(desk, publisher):
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


def test_workers_that_are_lost_whatever_they_do_are_held_against_no_article(desk, publisher, monkeypatch):
    desk.store.subscribe(GUILD, serve(publisher, "gazette", one=("", ""), two=("", "")), now=START)
    monkeypatch.setattr(newsroom, "read", poison.die)
    with pytest.raises(WorkerError, match="whatever"):
        collect(desk)
    assert desk.store.crashes("article") == {}
    monkeypatch.setattr(newsroom, "read", poison.read)
    collect(desk)
    assert titles(desk) == ["The one of Ask", "The two of Ask"]
