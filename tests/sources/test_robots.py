"""robots.txt, as sites have it: which pages are read, how often it is asked for, and what is said of a page that is not."""

from __future__ import annotations

import asyncio
import random
import tracemalloc
from ipaddress import ip_network

import pytest
from raw_server import SILENCE, reply, serving, site

from briefs.errors import FetchError, RobotsError
from briefs.sources import robots as robotstxt
from briefs.sources.fetching import Fetched, Fetcher
from briefs.sources.hosts import Hosts
from briefs.sources.robots import MAX_BYTES, Robots

LOOPBACK = (ip_network("127.0.0.1/32"),)
PAGE = reply(b"<p>news</p>")


def reader(**options) -> Fetcher:
    return Fetcher(**{"allow": LOOPBACK, "seconds": 5, "hosts": Hosts(spacing=0), **options})


async def may_read(robots: bytes, *, path: str = "/news/today", status: str = "200 OK") -> bool:
    async with site({"/robots.txt": reply(robots, status=status), path: PAGE}) as (url, asked), reader() as fetcher:
        (outcome,) = await asyncio.gather(fetcher.fetch(url + path, robots=True), return_exceptions=True)
        assert isinstance(outcome, Fetched | RobotsError)
        assert asked == ["/robots.txt", path][: len(asked)]
        assert (path in asked) is isinstance(outcome, Fetched)
    return isinstance(outcome, Fetched)


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news", False),
        ("User-agent: *\nDisallow: /sport", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/today", True),
        ("User-agent: *\nDisallow: /*/today$", False),
        ("User-agent: Debrief\nDisallow: /", False),
        ("user-agent: DEBRIEF\ndisallow: /", False),
        ("User-agent: Debrief\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Debrief\nDisallow: /", False),
        ("User-agent: OtherBot\nDisallow: /", True),
        ("User-agent: Brief\nDisallow: /", True),
        ("User-agent: De\nDisallow: /", True),
        ("User-agent: Debrief-Images\nDisallow: /", True),
        ("User-agent: Debrief/0.1 # ours\nDisallow: /", False),
        ("User-agent: A\nUser-agent: Debrief\nUser-agent: B\nDisallow: /", False),
        ("User-agent: Debrief\nDisallow: /a\n\nUser-agent: A\nUser-agent: B\nDisallow: /", True),
        ("useragent * \nDisallow /", False),
        ("\ufeffUser-agent: *\r\nDisallow: /", False),
        ("User-agent: *\rDisallow: /", False),
        ("<!doctype html><title>Not found</title>", True),
        ("\0\1\2", True),
    ],
)
async def test_what_a_site_asks_is_done(robots, allowed):
    assert await may_read(robots.encode()) is allowed


async def test_an_odd_encoding_is_read_as_far_as_it_can_be():
    assert not await may_read("# für Roboter\nUser-agent: *\nDisallow: /".encode("latin-1"))


@pytest.mark.parametrize("status", ["404 Not Found", "401 Unauthorized", "403 Forbidden", "410 Gone"])
async def test_a_site_without_one_allows_all(status):
    assert await may_read(b"User-agent: *\nDisallow: /", status=status)


async def test_what_a_site_refuses_is_told_in_a_sentence():
    async with site({"/robots.txt": reply(b"User-agent: *\nDisallow: /")}) as (url, _), reader() as fetcher:
        with pytest.raises(RobotsError) as caught:
            await fetcher.fetch(f"{url}/a?token=abc", robots=True)
    assert str(caught.value) == (
        f"{url}/a?token=*** asks robots not to read it (robots.txt). Use a feed of its site, or ask its publisher."
    )
    assert caught.value.source == f"{url}/a?token=abc"


async def test_a_feed_is_for_robots_and_its_site_is_not_asked():
    async with site({"/feed": PAGE}) as (url, asked), reader() as fetcher:
        await fetcher.fetch(f"{url}/feed")
    assert asked == ["/feed"]


async def test_many_pages_ask_once():
    pages = {f"/{number}": PAGE for number in range(10)}
    robots = Robots()
    async with site({"/robots.txt": reply(b"User-agent: *\nDisallow: /admin"), **pages}) as (url, asked):
        for _ in range(2):  # from one fetcher to the next, too
            async with reader(robots=robots) as fetcher:
                await asyncio.gather(*(fetcher.fetch(url + path, robots=True) for path in pages))
    assert asked.count("/robots.txt") == 1
    assert len(asked) == 21


@pytest.mark.parametrize("answer", [reply(status="503 Busy"), reply(status="500 Error"), SILENCE, b"rubbish\r\n\r\n"])
async def test_a_robots_txt_that_fails_forbids_all_for_a_short_time(answer):
    pages = {"/robots.txt": answer, "/a": PAGE}
    now = [0.0]
    robots = Robots(clock=lambda: now[0])
    async with site(pages) as (url, asked), reader(seconds=0.3, robots=robots) as fetcher:
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                await fetcher.fetch(f"{url}/a", robots=True)
            assert not isinstance(caught.value, RobotsError)
            start = f"{url}/a was not read, since its robots.txt may forbid it: {url}/robots.txt "
            assert str(caught.value).startswith(start)
            assert str(caught.value).endswith("ry again later.")
        assert asked == ["/robots.txt"]
        pages["/robots.txt"] = reply(b"User-agent: *\nAllow: /")
        now[0] += robotstxt.RETRY_SECONDS
        assert (await fetcher.fetch(f"{url}/a", robots=True)).body == b"<p>news</p>"


async def test_a_page_in_the_own_network_is_refused_for_that():
    async with site({"/a": PAGE}) as (url, asked), reader(allow=()) as fetcher:
        with pytest.raises(FetchError, match="leads to an address inside a private network"):
            await fetcher.fetch(f"{url}/a", robots=True)
    assert asked == []


async def test_it_is_asked_for_again_after_a_day():
    pages = {"/robots.txt": reply(b""), "/a": PAGE}
    now = [0.0]
    async with site(pages) as (url, asked), reader(robots=Robots(clock=lambda: now[0])) as fetcher:
        await fetcher.fetch(f"{url}/a", robots=True)
        pages["/robots.txt"] = reply(b"User-agent: *\nDisallow: /")
        await fetcher.fetch(f"{url}/a", robots=True)
        now[0] += robotstxt.DAY_SECONDS
        with pytest.raises(RobotsError):
            await fetcher.fetch(f"{url}/a", robots=True)
    assert asked.count("/robots.txt") == 2


async def test_it_is_found_where_it_has_moved_to():
    pages = {
        "/robots.txt": reply(status="301 Moved", Location="/robots"),
        "/robots": reply(b"User-agent: *\nDisallow: /"),
    }
    async with site(pages) as (url, _), reader() as fetcher:
        with pytest.raises(RobotsError):
            await fetcher.fetch(f"{url}/a", robots=True)


async def test_one_that_redirects_for_ever_is_none():
    pages = {"/robots.txt": reply(status="301 Moved", Location="/robots.txt"), "/a": PAGE}
    async with site(pages) as (url, asked), reader() as fetcher:
        assert (await fetcher.fetch(f"{url}/a", robots=True)).status == 200
    assert asked.count("/robots.txt") == 6


async def test_a_redirect_to_a_page_that_is_forbidden_is_not_followed():
    pages = {
        "/robots.txt": reply(b"User-agent: *\nDisallow: /private"),
        "/a": reply(status="302 Found", Location="/private/a"),
        "/private/a": PAGE,
    }
    async with site(pages) as (url, asked), reader() as fetcher:
        with pytest.raises(RobotsError):
            await fetcher.fetch(f"{url}/a", robots=True)
    assert asked == ["/robots.txt", "/a"]


async def test_a_redirect_to_another_site_asks_that_site():
    elsewhere = site({"/robots.txt": reply(b"User-agent: *\nDisallow: /"), "/a": PAGE})
    async with elsewhere as (other, asked):
        here = site({"/a": reply(status="302 Found", Location=f"{other}/a")})
        async with here as (url, _), reader() as fetcher:
            with pytest.raises(RobotsError):
                await fetcher.fetch(f"{url}/a", robots=True)
    assert asked == ["/robots.txt"]


@pytest.mark.parametrize(("before", "read"), [(100, False), (MAX_BYTES, True)])
async def test_only_the_beginning_of_a_long_one_is_read(before, read):
    robots = b"#" * before + b"\nUser-agent: *\nDisallow: /\n" + b"#" * MAX_BYTES
    assert await may_read(robots) is read


async def test_an_endless_one_is_cut():
    async def talk(reader, writer):
        path = (await reader.readuntil(b"\r\n\r\n")).decode().split()[1]
        if path != "/robots.txt":
            writer.write(PAGE)
            return
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /b\n")
        while True:
            writer.write(b"# and so on\n" * 1000)
            await writer.drain()

    async with serving(talk) as url, reader() as fetcher:
        assert (await fetcher.fetch(f"{url}/a", robots=True)).status == 200


@pytest.mark.parametrize(("asked_for", "held"), [("0.05", 0.05), ("0", 0.0), ("soon", 0.0), ("-5", 0.0), ("nan", 0.0)])
def test_the_time_a_site_wants_between_two_pages(asked_for, held):
    rules = robotstxt.parse(f"User-agent: *\nCrawl-delay: {asked_for}".encode(), "https://x.example/robots.txt")
    assert rules.delay == held


async def test_pages_come_as_slowly_as_their_site_wants():
    pages = {"/robots.txt": reply(b"User-agent: *\nCrawl-delay: 0.1"), "/a": PAGE, "/b": PAGE, "/c": PAGE}
    async with site(pages) as (url, _), reader() as fetcher:
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(fetcher.fetch(url + path, robots=True) for path in ("/a", "/b", "/c")))
        assert asyncio.get_running_loop().time() - began >= 0.19


async def test_the_sitemaps_that_a_site_names():
    robots = (
        b"Sitemap: /news.xml\nUser-agent: *\nDisallow: /\nSitemap: https://x.example/all.xml\n"
        b"Sitemap: /news.xml\nSitemap: file:///etc/passwd\nSitemap: http://[::1\nSitemap:"
    )
    async with site({"/robots.txt": reply(robots)}) as (url, asked), reader() as fetcher:
        assert await fetcher.sitemaps(f"{url}/some/page") == (f"{url}/news.xml", "https://x.example/all.xml")
        assert await fetcher.sitemaps(url) == (f"{url}/news.xml", "https://x.example/all.xml")
    assert asked == ["/robots.txt"]


async def test_a_site_without_a_robots_txt_names_no_sitemap():
    async with site({}) as (url, _), reader() as fetcher:
        assert await fetcher.sitemaps(url) == ()


@pytest.mark.parametrize("url", ["x.example", "ftp://x.example/", "http://[::1"])
async def test_only_a_web_address_has_sitemaps(url):
    async with reader() as fetcher:
        with pytest.raises(FetchError):
            await fetcher.sitemaps(url)


def test_only_so_many_origins_are_remembered():
    robots = Robots(kept=3)
    for number in range(5):
        robots.remember(f"https://{number}.example", robotstxt.FREE)
    assert [number for number in range(5) if robots.of(f"https://{number}.example")] == [2, 3, 4]


def test_whatever_a_robots_txt_holds_its_rules_can_be_asked():
    chance = random.Random(5)
    words = ["User-agent", "Disallow", "Allow", "Crawl-delay", "Sitemap", "Request-rate", "Visit-time", "Host"]
    values = [
        "*",
        "/",
        "/a*b$",
        "http://[::1",
        "%zz",
        "%",
        "\ud7ff",
        "",
        "-1",
        "1e999",
        "1/0",
        "/*" * 99,
        "$",
        "0600-9999",
    ]
    for _ in range(300):
        lines = (f"{chance.choice(words)}: {chance.choice(values)}" for _ in range(20))
        rules = robotstxt.parse("\n".join(["User-agent: *", *lines]).encode(), "https://x.example/robots.txt")
        assert isinstance(rules.allow("https://x.example/a%ff?b=é"), bool)
        assert rules.delay >= 0


def test_many_robots_with_many_rules_fill_no_memory():
    agents = "".join(f"User-agent: {number}\n" for number in range(3_000))
    rules = "".join(f"Allow: /{number}\n" for number in range(4_000))
    tracemalloc.start()
    assert robotstxt.parse(f"{agents}User-agent: *\n{rules}Disallow: /".encode(), "https://x.example/").allow("/1")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20_000_000


def test_large_ones_push_others_out_sooner():
    robots = Robots()
    for number in range(20):
        robots.remember(f"https://{number}.example", robotstxt.Rules(size=MAX_BYTES))
        robots.remember("https://again.example", robotstxt.Rules(size=MAX_BYTES))
    assert [number for number in range(20) if robots.of(f"https://{number}.example")] == [18, 19]
