"""The trunk, end to end: files and feeds in, stories, briefings and answers out, over real HTTP on loopback."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path

import pytest

from briefs import subscriptions
from briefs.collecting import CollectReport
from briefs.errors import FeedError, FetchError, InputError, QuotationError
from briefs.models import SourceKind
from briefs.newsroom import Newsroom
from briefs.options import Options

SAMPLES = Path(__file__).parents[1] / "briefs" / "samples"
MORNING = datetime(2025, 8, 2, 9, tzinfo=UTC)
LOOPBACK = Options(fetch_allow=(ip_network("127.0.0.0/8"),), host_spacing=0)
GUILD, OTHER = 1, 2

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>{items}</channel></rss>"""
ITEM = """<item><guid>{guid}</guid><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>
<description>{text}</description></item>"""


class Publisher(ThreadingHTTPServer):
    """A publisher on loopback: what it serves can be changed between polls."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, tuple[int, str, bytes]] = {}
        self.asked: list[str] = []
        self.retry_after: str | None = None
        self.redirect: dict[str, tuple[int, str]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def serve(self, path: str, body: str, *, status: int = 200, kind: str = "application/rss+xml") -> str:
        self.pages[path] = (status, kind, body.encode())
        return self.url + path


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path in self.server.redirect:
            status, location = self.server.redirect[self.path]
            self.send_response(status)
            self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status, kind, body = self.server.pages.get(self.path, (404, "text/plain", b"nothing here"))
        tag = f'"{hash(body)}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        if self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def publisher():
    server = Publisher()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


class Clock:
    def __init__(self, now=MORNING):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(store, clock):
    return Newsroom(store, options=LOOPBACK, clock=clock)


def feed_of(publisher, *texts, path="/feed"):
    items = "".join(
        ITEM.format(
            guid=f"g{k}",
            title=f"Report number {k}",
            link=f"{publisher.url}/story/{k}?utm_source=feed",
            date="Sat, 02 Aug 2025 06:00:00 GMT",
            text=text,
        )
        for k, text in enumerate(texts)
    )
    return publisher.serve(path, FEED.format(items=items))


LONG = (
    "The mayor of Brindle, Anna Okoye, met the fishermen's leader Josef Marek in the town hall on Friday. "
    "They agreed on a new quay, which is to be opened in October 2025, and signed a contract over 4 million euros. "
    "Marek said the work would begin in three weeks. "
) * 2


def test_a_feed_is_read_once_and_answers_questions(desk, publisher, clock):
    desk.subscriptions.add(GUILD, feed_of(publisher, LONG))
    report = desk.collect()
    assert (report.polled, len(report.articles), report.problems) == (1, 1, ())
    assert desk.answer(GUILD, "who met Josef Marek?").text == "Anna Okoye"
    clock.now += timedelta(hours=1)
    assert desk.collect().articles == ()


def test_what_a_publisher_touches_is_not_new(desk, publisher, clock):
    url = feed_of(publisher, LONG)
    desk.subscriptions.add(GUILD, url)
    desk.collect()
    clock.now += timedelta(hours=1)
    touched = (
        publisher.pages["/feed"][2].decode().replace("02 Aug", "03 Aug").replace("utm_source=feed", "utm_source=x")
    )
    publisher.serve("/feed", touched)
    assert desk.collect().articles == ()


def test_a_server_sees_only_its_own_feeds(desk, publisher):
    desk.subscriptions.add(GUILD, feed_of(publisher, LONG, path="/one"))
    desk.subscriptions.add(
        OTHER, feed_of(publisher, LONG.replace("Brindle", "Corvale").replace("Okoye", "Tanaka"), path="/two")
    )
    publisher.pages["/two"] = (
        *publisher.pages["/two"][:2],
        publisher.pages["/two"][2].replace(b"/story/0", b"/tale/0").replace(b"<guid>g0", b"<guid>h0"),
    )
    desk.collect()
    assert desk.answer(GUILD, "who met Josef Marek?").text == "Anna Okoye"
    assert desk.answer(OTHER, "who met Josef Marek?").text == "Anna Tanaka"
    assert "Okoye" not in str(desk.compose(OTHER))
    assert "Tanaka" not in str(desk.compose(GUILD))


def test_a_feed_that_fails_is_its_own_problem_and_is_tried_later(desk, publisher, clock):
    good, bad = feed_of(publisher, LONG, path="/good"), feed_of(publisher, LONG, path="/bad")
    desk.subscriptions.add(GUILD, bad)
    desk.subscriptions.add(GUILD, good)
    publisher.serve("/bad", "out of order", status=500)
    report = desk.collect()
    assert len(report.articles) == 1
    assert len(report.problems) == 1
    assert "500" in report.problems[0]
    assert desk.collect().polled == 0
    clock.now += timedelta(hours=1)
    publisher.serve("/bad", FEED.format(items=""))
    assert desk.collect().problems == ()


def next_look(desk, url):
    (feed,) = [feed for feed in desk.store.feeds(GUILD) if feed.url == url]
    return feed.next_poll_at


def test_a_feed_that_keeps_failing_is_asked_less_and_less_often(desk, publisher, clock):
    url = feed_of(publisher, LONG)
    desk.subscriptions.add(GUILD, url)
    publisher.serve("/feed", "out of order", status=500)
    waits = []
    for _ in range(8):
        desk.collect()
        waits.append(next_look(desk, url) - clock.now)
        clock.now = next_look(desk, url)
    every, little = desk.options.poll_every, 1.1  # which spreads the feeds that fail together
    for wait, least in zip(waits, [every, 2 * every, 4 * every], strict=False):
        assert least <= wait <= least * little
    assert timedelta(hours=12) <= waits[-1] <= timedelta(hours=12) * little


def test_a_feed_that_says_when_to_come_again_is_left_alone_until_then(desk, publisher, clock):
    url = feed_of(publisher, LONG)
    desk.subscriptions.add(GUILD, url)
    publisher.serve("/feed", "too many requests", status=429)
    publisher.retry_after = "7200"
    desk.collect()
    assert timedelta(hours=2) <= next_look(desk, url) - clock.now <= timedelta(hours=2.2)


def test_a_briefing_names_feeds_that_fail_without_their_addresses(desk, publisher, clock):
    desk.load(SAMPLES, guild_id=GUILD)
    url = feed_of(publisher, LONG)
    desk.subscriptions.add(GUILD, url)
    publisher.serve("/feed", "out of order", status=404)
    desk.collect()
    assert desk.compose(GUILD).problems == ()  # once may be chance
    clock.now += timedelta(hours=1)
    desk.collect()
    assert desk.compose(GUILD).problems == ("Harbour News: was not found (404). Check the address.",)


def test_a_feed_that_says_it_is_gone_is_asked_no_more(desk, publisher, clock):
    url = feed_of(publisher, LONG)
    desk.subscriptions.add(GUILD, url)
    publisher.serve("/feed", "gone", status=410)
    assert "gone" in desk.collect().problems[0]
    clock.now += timedelta(days=30)
    asked = len(publisher.asked)
    assert desk.collect().polled == 0
    assert len(publisher.asked) == asked
    desk.subscriptions.add(GUILD, feed_of(publisher, LONG))  # somebody knows better
    assert desk.collect().polled == 1


def test_an_edited_article_is_a_new_version_in_its_story_and_is_not_briefed_twice(desk, publisher, clock):
    desk.subscriptions.add(GUILD, feed_of(publisher, LONG))
    (first,) = desk.collect().articles
    clock.now += timedelta(hours=1)
    feed_of(publisher, LONG.replace("4 million", "5 million"))
    (second,) = desk.collect(feeds=[desk.store.feeds(GUILD)[0].id]).articles
    old, new = (desk.store.articles([each])[each] for each in (first, second))
    assert "4 million" in old.text
    assert "5 million" in new.text
    assert (new.root, new.version, new.published_at) == (first, 2, old.published_at)
    assert desk.store.visible(GUILD) == (second,)
    assert [story.article_ids for story in desk.stories()] == [(second,)]
    assert "5 million" in (desk.answer(GUILD, "how much is the contract?").text or "")


def test_an_article_that_moves_is_the_same_in_every_feed(desk, publisher):
    desk.subscriptions.add(GUILD, feed_of(publisher, LONG))
    assert len(desk.collect().articles) == 1
    moved = publisher.pages["/feed"][2].decode().replace("/story/0", "/moved/0")
    publisher.serve("/feed", moved)
    desk.collect(feeds=[desk.store.feeds(GUILD)[0].id])
    desk.subscriptions.add(GUILD, publisher.serve("/other", moved.replace("<guid>g0", "<guid>else")))
    assert desk.collect().articles == ()
    publisher.serve("/feed", moved.replace("<guid>g0", "<guid>new").replace("three weeks", "four weeks"))
    (edited,) = desk.collect(feeds=[desk.store.feeds(GUILD)[0].id]).articles
    assert desk.store.articles([edited])[edited].version == 2
    assert len(desk.store.visible(GUILD)) == 1


def test_what_was_quoted_of_an_article_still_stands_after_its_edit(desk, publisher, clock):
    desk.subscriptions.add(GUILD, feed_of(publisher, LONG))
    desk.collect()
    briefing = desk.compose(GUILD)
    assert briefing.items
    feed_of(publisher, LONG.replace("Friday", "Thursday"))
    desk.collect(feeds=[desk.store.feeds(GUILD)[0].id])
    desk.verify(briefing)


def test_a_feed_is_fetched_from_where_it_has_moved_to(desk, publisher, clock):
    old = publisher.serve("/old", "")
    new = feed_of(publisher, LONG, path="/new")
    publisher.redirect["/old"] = (301, new)
    desk.subscriptions.add(GUILD, old)
    desk.collect()
    (feed,) = desk.store.feeds(GUILD)
    assert (feed.url, feed.moved_to) == (old, new)
    publisher.asked.clear()
    desk.collect(feeds=[feed.id])
    assert publisher.asked == ["/new"]
    publisher.pages.pop("/new")  # it has moved back
    del publisher.redirect["/old"]
    feed_of(publisher, LONG, path="/old")
    assert desk.collect(feeds=[feed.id]).problems == ()
    assert desk.store.feeds(GUILD)[0].moved_to is None


def test_a_site_leads_to_its_feeds_and_an_article_to_itself(memory_store, publisher, monkeypatch):
    monkeypatch.setattr(subscriptions, "SPACING", 0.0)  # some sixty addresses are tried
    desk = Newsroom(memory_store, options=LOOPBACK)
    feed_of(publisher, LONG)
    link = '<link rel="alternate" type="application/rss+xml" title="All news" href="/feed">'
    site = publisher.serve("/", f"<html><head>{link}</head><body><p>Welcome.</p></body></html>", kind="text/html")
    (found,) = desk.subscriptions.discover(site)
    assert (found.url, found.title, found.kind, found.entries) == (publisher.url + "/feed", "Harbour News", "feed", 1)
    html = (
        f"<html><head><title>A quay</title></head><body><article><h1>A quay</h1><p>{LONG}</p></article></body></html>"
    )
    page = publisher.serve("/quay", html, kind="text/html")
    assert [(each.kind, each.url) for each in desk.subscriptions.discover(page)][-1] == ("page", page)
    publisher.pages.clear()
    with pytest.raises(FeedError, match="not a feed"):
        desk.subscriptions.discover(publisher.serve("/empty/", "<html><body>Nothing.</body></html>", kind="text/html"))


def test_a_page_is_watched_for_changes(desk, publisher):
    html = "<html><head><title>A quay</title></head><body><article><h1>A quay</h1><p>{}</p></article></body></html>"
    page = publisher.serve("/quay", html.format(LONG), kind="text/html")
    feed = desk.subscriptions.add(GUILD, page, kind=SourceKind.PAGE)
    assert feed.title == "A quay"
    (first,) = desk.collect().articles
    assert desk.collect(feeds=[feed.id]).articles == ()
    publisher.serve("/quay", html.format(LONG.replace("three weeks", "four weeks")), kind="text/html")
    (second,) = desk.collect(feeds=[feed.id]).articles
    assert desk.store.articles([second])[second].root == first


def test_a_folder_is_watched(desk, tmp_path, clock):
    desk.subscriptions.watch(GUILD, tmp_path)
    assert desk.collect() == CollectReport(1, ())  # an inbox may be empty
    (tmp_path / "one.txt").write_text(LONG)
    clock.now += timedelta(hours=7)
    assert len(desk.collect().articles) == 1
    (tmp_path / "two.txt").write_text(LONG.replace("Brindle", "Corvale").replace("quay", "tunnel"))
    clock.now += timedelta(hours=7)
    assert len(desk.collect().articles) == 1
    assert len(desk.store.visible(GUILD)) == 2


def test_a_trial_shows_what_a_feed_would_give_and_keeps_nothing(memory_store, publisher):
    desk = Newsroom(memory_store, options=LOOPBACK)
    trial = desk.subscriptions.trial(feed_of(publisher, LONG, "Only a teaser."))
    assert (trial.title, trial.entries) == ("Harbour News", 2)
    assert [each.extent for each in trial.articles] == ["teaser", "teaser"]
    assert desk.store.feeds() == ()
    assert desk.store.visible(None) == ()


def test_a_list_of_feeds_is_imported_and_exported_with_its_secrets_masked(desk, publisher):
    body = b"""<opml version="2.0"><body><outline text="Open" xmlUrl="https://news.example/feed"/>
    <outline text="Paid" xmlUrl="https://news.example/feed?token=4f9a8b7c6d5e4f3a2b1c"/>
    <outline text="Lost" xmlUrl="ftp://news.example/feed"/></body></opml>"""
    report = desk.subscriptions.import_list(GUILD, body)
    assert (len(report.added), len(report.known), len(report.problems)) == (2, 0, 1)
    assert len(desk.subscriptions.import_list(GUILD, body).known) == 2
    assert b"4f9a8b7c" not in desk.subscriptions.export_list(GUILD)
    assert b"4f9a8b7c" in desk.subscriptions.export_list(GUILD, secrets=True)


def test_of_a_new_feed_the_newest_articles_are_taken_and_it_is_said(desk, publisher, clock):
    desk.options = replace(desk.options, first_articles=2, catch_up=3)
    texts = [LONG.replace("Brindle", f"Brindle {k}") for k in range(5)]
    desk.subscriptions.add(GUILD, feed_of(publisher, *texts))
    report = desk.collect()
    assert len(report.articles) == 2
    assert "the newest 2" in report.remarks[0]
    (feed,) = desk.store.feeds(GUILD)
    assert desk.collect(feeds=[feed.id]).articles == ()
    feed_of(publisher, *texts, *(LONG.replace("Brindle", f"Corvale {k}") for k in range(5)))
    clock.now += timedelta(hours=2)
    report = desk.collect(feeds=[feed.id])
    assert len(report.articles) == 3
    assert "skipped" in report.remarks[0]
    assert any("skipped" in problem for problem in desk.compose(GUILD).problems)


def test_a_question_about_named_articles_sees_no_article_of_another_server(desk, publisher):
    desk.subscriptions.add(OTHER, feed_of(publisher, LONG))
    (theirs,) = desk.collect().articles
    assert desk.answer(OTHER, "who met Josef Marek?", articles=[theirs]).text == "Anna Okoye"
    assert desk.answer(GUILD, "who met Josef Marek?", articles=[theirs]).text is None


def test_a_feed_that_breaks_the_reader_does_not_stop_the_others(desk, publisher, monkeypatch):
    from briefs.sources import feeds

    desk.subscriptions.add(GUILD, feed_of(publisher, LONG, path="/odd"))
    desk.subscriptions.add(GUILD, feed_of(publisher, LONG, path="/good"))
    whole = feeds.parse

    def parse(body, *, url, **rest):
        if url.endswith("/odd"):
            raise ZeroDivisionError
        return whole(body, url=url, **rest)

    monkeypatch.setattr(feeds, "parse", parse)
    report = desk.collect()
    assert len(report.articles) == 1
    assert "tried again later" in report.problems[0]


def test_articles_that_a_crash_left_without_a_story_are_briefed(desk, monkeypatch):
    with monkeypatch.context() as crash:
        crash.setattr(desk._joining, "group", lambda _articles: None)
        desk.load(SAMPLES, guild_id=GUILD)
    assert desk.stories() == ()
    assert len(desk.compose(GUILD).items) >= 4


def test_a_page_is_not_taken_for_a_feed(desk, publisher):
    url = publisher.serve("/page", "<html><body><p>Hello.</p></body></html>", kind="text/html")
    with pytest.raises(FeedError, match="not a feed"):
        desk.subscriptions.add(GUILD, url)


def test_an_address_nobody_answers_at_is_named(desk):
    with pytest.raises(FetchError, match="could not be reached"):
        desk.subscriptions.add(GUILD, "http://127.0.0.1:9/feed")
    with pytest.raises(FetchError, match="http://"):
        desk.subscriptions.add(GUILD, "not an address")


def test_a_teaser_is_replaced_by_the_page_behind_it(desk, publisher):
    page = f"<html><head><title>A quay for Brindle</title></head><body><article><p>{LONG}</p></article></body></html>"
    publisher.serve("/story/0", page, kind="text/html")
    desk.subscriptions.add(GUILD, feed_of(publisher, "The mayor met the fishermen."))
    (article,) = desk.store.articles(desk.collect().articles).values()
    assert "Josef Marek" in article.text


def test_a_consent_wall_does_not_replace_the_teaser(desk, publisher):
    wall = "<html><body><h1>Before you continue</h1><button>Accept all cookies</button></body></html>"
    publisher.serve("/story/0", wall, kind="text/html")
    desk.subscriptions.add(GUILD, feed_of(publisher, "The mayor met the fishermen in the town hall."))
    (article,) = desk.store.articles(desk.collect().articles).values()
    assert article.text == "The mayor met the fishermen in the town hall."


def test_samples_become_stories_and_a_verbatim_briefing(desk):
    seen = []
    report = desk.load(SAMPLES, guild_id=GUILD, progress=lambda done, of: seen.append((done, of)))
    assert report.problems == ()
    assert seen[-1] == (len(report.articles), len(report.articles))
    briefing = desk.compose(GUILD, channel_id=10)
    assert len(briefing.items) >= 4
    desk.verify(briefing)
    assert briefing == desk.compose(GUILD, channel_id=10)


def test_old_news_is_briefed_only_while_there_is_no_newer(tmp_path, desk):
    path = tmp_path / "articles.jsonl"
    old = {"id": "old", "title": "Okoye and Marek agree", "text": LONG, "published_at": "2025-07-28T08:00:00Z"}
    text = "The ferry to Sarn ran aground on Friday night. Nobody was hurt, the harbour master said on Saturday."
    new = {"id": "new", "title": "Sarn ferry aground", "text": text, "published_at": "2025-08-02T07:00:00Z"}
    path.write_text(json.dumps(old), encoding="utf-8")
    desk.load(path, guild_id=GUILD)
    assert [item.article_ids for item in desk.compose(GUILD).items] == [("old",)]
    path.write_text(json.dumps(new), encoding="utf-8")
    desk.load(path, guild_id=GUILD)
    assert [item.article_ids for item in desk.compose(GUILD).items] == [("new",)]


def test_what_a_channel_was_told_is_not_told_again(desk):
    desk.load(SAMPLES, guild_id=GUILD)
    briefing = desk.compose(GUILD, channel_id=10, max_stories=20)
    briefing_id = desk.store.save_briefing(briefing, guild_id=GUILD, channel_id=10)
    post = desk.store.claim("run", 0, guild_id=GUILD, channel_id=10, briefing_id=briefing_id, nonce="n", now=MORNING)
    desk.store.record_sent(post.id, 99)
    assert desk.compose(GUILD, channel_id=10).items == ()
    assert desk.compose(GUILD, channel_id=11).items


def test_a_sentence_that_is_not_in_its_article_stops_the_briefing(desk):
    import dataclasses

    desk.load(SAMPLES, guild_id=GUILD)
    briefing = desk.compose(GUILD)
    first = briefing.items[0]
    forged = dataclasses.replace(first.sentences[0], text="Nobody wrote this.")
    item = dataclasses.replace(first, sentences=(forged, *first.sentences[1:]))
    with pytest.raises(QuotationError):
        desk.verify(dataclasses.replace(briefing, items=(item, *briefing.items[1:])))


def test_an_article_without_a_date_takes_its_storys(tmp_path, desk):
    dated = {"id": "a", "text": LONG, "source": "One", "published_at": "2025-08-01T10:00:00Z"}
    undated = {"id": "b", "text": LONG.replace("Marek said", "Mr Marek added that"), "source": "Two"}
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in (dated, undated)), encoding="utf-8")
    desk.load(path)
    articles = desk.store.articles(["a", "b"])
    assert articles["b"].published_at == articles["a"].published_at
    (story,) = desk.stories()
    assert set(story.article_ids) == {"a", "b"}


def test_facts_name_entities_as_all_articles_of_the_story_do(tmp_path, desk):
    texts = [LONG, LONG.replace("Josef Marek", "Marek").replace("Anna Okoye", "Okoye")]
    path = tmp_path / "articles.jsonl"
    records = ({"id": f"a{k}", "text": text, "published_at": "2025-08-01T10:00:00Z"} for k, text in enumerate(texts))
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    desk.load(path)
    named = {a.entity.name for fact in desk.facts(["a1"])["a1"] for a in fact.arguments if a.entity}
    assert "Josef Marek" in named
    assert "Marek" not in named


def test_a_folder_that_is_not_there_is_named(desk, tmp_path):
    with pytest.raises(InputError, match="missing"):
        desk.load(tmp_path / "missing")


def test_a_sentence_is_shown_between_its_neighbours(desk):
    desk.load(SAMPLES, guild_id=GUILD)
    evidence = desk.answer(GUILD, "who won the Harbour Cup?").evidence[0]
    _, itself, after = desk.context(evidence)
    assert itself == evidence.text
    assert after


def test_a_clause_is_shown_within_its_sentence(desk):
    desk.load(SAMPLES, guild_id=GUILD)
    whole = desk.answer(GUILD, "who won the Harbour Cup?").evidence[0]
    clause = replace(whole, start=whole.start + 4, end=whole.end - 5)
    article = desk.store.articles([whole.article_id])[whole.article_id].text
    before, _, after = desk.context(clause)

    assert (before, after) == (article[whole.start : clause.start], article[clause.end : whole.end])


def test_reading_in_a_worker_gives_the_same_as_reading_here(tmp_path, clock):
    from briefs.store import Store

    here = Newsroom(Store.open("sqlite://"), clock=clock)
    there = Newsroom(Store.open(f"sqlite:///{tmp_path}/d.db"), clock=clock, workers=1)
    for desk in (here, there):
        desk.load(SAMPLES, guild_id=GUILD)
    assert here.compose(GUILD) == there.compose(GUILD)
    here.close()
    there.close()
