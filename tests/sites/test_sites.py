"""Ten sites as they are met in the world: found from the address a person would type, added, and read as written."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import TYPE_CHECKING

import httpx
import pytest

from briefs.models import BlockKind, Extent, Reading
from briefs.newsroom import Newsroom
from briefs.options import Options
from sites import BUILDERS, courier, serve, wordpress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.collecting import CollectReport
    from briefs.models import Article
    from briefs.sources.discovery import Candidate
    from sites import Server, Site

NOW = datetime(2024, 3, 6, 12, tzinfo=UTC)
GUILD = 7
LIST = "list200"
SITES = tuple(name for name in BUILDERS if name != LIST)
OPTIONS = Options(fetch_allow=(ip_network("127.0.0.0/8"),), host_spacing=0.0)


@dataclass
class Desk:
    """A newsroom that nine of the sites were added to, and what it collected."""

    newsroom: Newsroom
    sites: dict[str, tuple[Site, Server]]
    found: dict[str, tuple[Candidate, ...]]
    report: CollectReport

    def articles(self, name: str) -> dict[str, Article]:
        """The articles of one site by their address."""
        site, _ = self.sites[name]
        origin = site.source.partition("//")[2].partition("/")[0]
        stored = self.newsroom.store.articles(self.report.articles).values()
        return {article.url: article for article in stored if article.url and f"//{origin}/" in article.url}


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with ExitStack() as stack:
        sites = stack.enter_context(serve(*SITES, now=NOW))
        newsroom = Newsroom.in_memory(options=OPTIONS, clock=lambda: NOW)
        stack.callback(newsroom.close)
        found = {name: newsroom.subscriptions.discover(site.start) for name, (site, _) in sites.items()}
        for candidates in found.values():
            newsroom.subscriptions.add(GUILD, candidates[0].url)
        yield Desk(newsroom, sites, found, newsroom.collect())


# ----------------------------------------------------------------------------------------------------- each of the sites
@pytest.mark.parametrize("name", SITES)
def test_a_site_is_found_from_the_address_a_person_would_type(desk, name):
    site, _ = desk.sites[name]
    best = desk.found[name][0]
    assert (best.url, best.title) == (site.source, site.name)
    assert best.entries >= len(site.written)
    assert best.newest_at == max(written.published_at for written in site.written)


@pytest.mark.parametrize("name", SITES)
def test_its_articles_are_read_as_they_were_written(desk, name):
    site, _ = desk.sites[name]
    assert {
        url: (article.title, article.published_at, article.author, article.extent)
        for url, article in desk.articles(name).items()
    } == {
        written.url: (written.title, written.published_at, written.author, written.extent) for written in site.written
    }


@pytest.mark.parametrize("name", SITES)
def test_every_paragraph_is_there_and_quotable(desk, name):
    site, _ = desk.sites[name]
    articles = desk.articles(name)
    for written in site.written:
        prose = prose_of(articles[written.url])
        readable = written.paragraphs if written.extent is Extent.FULL else written.paragraphs[:1]
        assert [paragraph for paragraph in readable if paragraph not in prose] == []


def prose_of(article: Article) -> str:
    kept = (BlockKind.PROSE, BlockKind.LIST)
    return " ".join(" ".join(article.text[b.start : b.end].split()) for b in article.blocks if b.kind in kept)


def test_nothing_of_it_is_told_as_a_problem(desk):
    assert (desk.report.problems, desk.report.remarks) == ((), ())


def test_a_second_poll_brings_nothing_and_costs_no_body(desk):
    before = {name: len(server.requests) for name, (_, server) in desk.sites.items()}
    feeds = [feed.id for feed in desk.newsroom.store.feeds(GUILD)]
    report = desk.newsroom.collect(feeds=feeds)
    assert (report.polled, report.articles, report.problems) == (len(SITES), (), ())
    for name, (site, server) in desk.sites.items():
        path = site.source.partition("//")[2].partition("/")[2]
        assert server.requests[before[name] :] == [(f"/{path}", 304)]


# -------------------------------------------------------------------------------------------------- what is special of some
def test_the_words_of_a_consent_wall_are_never_an_articles(desk):
    walled = [a for a in desk.articles("courier").values() if a.extent is Extent.CONSENT]
    assert len(walled) == 2
    assert not any("partners" in article.text or "consent" in article.text for article in walled)


def test_a_paywalls_offer_is_never_an_articles(desk):
    (paid,) = [a for a in desk.articles("courier").values() if a.extent is Extent.PAYWALL]
    assert "Subscribe" not in prose_of(paid)


def test_a_page_that_robots_may_not_read_is_not_asked_for(desk):
    _, server = desk.sites["courier"]
    assert not [path for path, _ in server.requests if path.startswith("/archive/")]
    assert [path for path, _ in server.requests].count("/robots.txt") == 1


def test_the_words_at_the_foot_of_every_page_are_furniture(desk):
    readable = [a for a in desk.articles("courier").values() if a.extent is Extent.FULL]
    assert len(readable) == 3
    for article in readable:
        assert [foot for foot in courier.FOOT if foot in prose_of(article)] == []


def test_comments_are_offered_after_the_articles(desk):
    assert [candidate.title for candidate in desk.found["wordpress"]] == [
        wordpress.NAME,
        f"Comments for {wordpress.NAME}",
    ]


def test_what_several_sites_report_is_one_story(desk):
    briefing = desk.newsroom.compose(GUILD, now=NOW)
    widest = max(briefing.items, key=lambda item: len(item.outlets))
    assert len(widest.outlets) >= 3
    assert widest.independent >= 3


# ------------------------------------------------------------------------------------------------------------ the list
class Unread(Newsroom):
    """A newsroom without the language pass, which would take nearly all the time of two hundred short articles."""

    def _read(self, articles, _feed_id=None):
        return [(article, Reading(article.id, None, ())) for article in articles]


def test_a_list_of_two_hundred_feeds_is_imported_and_all_of_them_are_read():
    with serve(LIST, now=NOW) as sites, ExitStack() as stack:
        site, _ = sites[LIST]
        newsroom = Unread.in_memory(options=OPTIONS, clock=lambda: NOW)
        stack.callback(newsroom.close)
        listed = httpx.get(site.start, trust_env=False).content
        imported = newsroom.subscriptions.import_list(GUILD, listed)
        assert (len(imported.added), len(imported.known), imported.problems) == (200, 0, ())

        feeds = [feed.id for feed in imported.added]
        report = newsroom.collect(feeds=feeds)
        assert (report.polled, report.problems) == (200, ())
        articles = newsroom.store.articles(report.articles).values()
        assert {(a.url, a.title, a.published_at, a.extent) for a in articles} == {
            (written.url, written.title, written.published_at, Extent.FULL) for written in site.written
        }
        assert newsroom.collect(feeds=feeds[:20]).articles == ()


# ------------------------------------------------------------------------------------------------------------ by hand
def test_by_hand_it_prints_each_address_and_serves_until_it_is_stopped():
    import os
    import signal
    import subprocess
    import sys
    from pathlib import Path

    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.sites", "--port", "0"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as program:
        lines = [program.stdout.readline() for _ in range(len(BUILDERS) + 1)]
        address = next(line.split()[1] for line in lines if line.startswith("blog "))
        assert httpx.get(address, trust_env=False).status_code == 200
        os.kill(program.pid, signal.SIGINT)
        assert program.wait(10) == 0
    assert [line.split()[0] for line in lines[:-1]] == list(BUILDERS)
    assert all(" http://127.0.0.1:" in line for line in lines[:-1])
