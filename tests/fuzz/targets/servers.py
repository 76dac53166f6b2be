"""What a server says beside its pages: robots.txt, and the headers of an answer, one a line, which begins with "HTTP"."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

import httpx

from briefs.errors import FetchError
from briefs.sources import fetching, robots
from fuzz import mutations, promises
from fuzz.targets.feeds import RSS, URL

if TYPE_CHECKING:
    from random import Random

PAGES = ("https://coast.example/", "https://coast.example/a?b=c#d", "https://coast.example/%zz")
HEADERS = (
    "Content-Type: text/xml; charset=utf-8", "Retry-After: 120", "Retry-After: Mon, 04 Mar 2024 16:13:00 GMT",
    "Date: Mon, 04 Mar 2024 16:03:00 GMT", "Cache-Control: public, max-age=300", 'Cache-Control: max-age="60", no-cache',
    'ETag: W/"a"', "Last-Modified: Mon, 04 Mar 2024 16:03:00 GMT", "Location: https://elsewhere.example/a",
    "Location: //coast.example:8080/a", "Location: ?b", "Link: <https://coast.example/feed>; rel=alternate",
)  # fmt: skip
ROBOTS = (
    "User-agent: *\nDisallow: /a\nAllow: /a/b$\nCrawl-delay: 2\n\nSitemap: https://coast.example/sitemap.xml\n",
    "user agent Debrief\nuser-agent: Other\ndisallow: /*?*c=\nrequest-rate: 1/10s 0800-1200\nvisit-time: 0600-0845\nHost: coast.example\n",
)


@cache
def seeds() -> tuple[bytes, ...]:
    answers = (
        "HTTP 200\n" + "\n".join(HEADERS),
        *(f"HTTP {status}\n{each}" for status in (301, 304, 429) for each in HEADERS),
    )
    return tuple(text.encode() for text in (*answers, *ROBOTS, RSS))


def mutated(data: bytes, rng: Random, most: int) -> bytes:
    lines = mutations.text_of(data).split("\n")
    at = rng.randrange(len(lines))
    name, sign, value = lines[at].partition(":")
    kind = rng.randrange(5)
    if kind == 0:
        lines[at] = f"{name}{sign} {mutations.odd(rng)}"
    elif kind == 1:
        lines[at] = f"{name}{sign}{value}{mutations.odd(rng)}"
    elif kind == 2:
        lines[at:at] = lines[at : at + 3] * rng.choice((1, 2, 300))
    elif kind == 3:
        lines[at] = rng.choice((*HEADERS, *"\n".join(ROBOTS).split("\n")))
    else:
        return mutations.bytewise(data, rng, most)
    return mutations.bytes_of("\n".join(lines))[:most]


def one_input(data: bytes) -> None:
    if data.startswith(b"HTTP"):
        _answer(data)
        return
    rules = robots.parse(data, "https://coast.example/robots.txt")
    assert rules.delay >= 0, "a time to wait that is none"
    for page in PAGES:
        assert rules.allow(page) in (True, False)
    for address in rules.sitemaps:
        promises.of_address(address, fetched=True)


def _answer(data: bytes) -> None:
    """Judge an answer as the fetcher does, without its network."""
    first, *lines = data.split(b"\n")
    headers = [(name.strip() or b"a", value.strip()) for name, _, value in (line.partition(b":") for line in lines)]
    digits = first[5:8]
    status = int(digits) if digits.isdigit() and 200 <= int(digits) < 600 else 200 + zlib.crc32(first) % 300
    response = httpx.Response(status, headers=headers, request=httpx.Request("GET", URL))
    fresh = fetching._fresh_for(response.headers.get("Cache-Control", ""))
    assert fresh is None or fresh <= fetching.MAX_FRESH, f"fresh for {fresh}"
    wait = fetching._retry_after(response.headers)
    assert wait is None or 0 <= wait <= fetching.MAX_RETRY_SECONDS, f"to be asked again after {wait}"
    try:
        with fetching._failures_named(URL):
            fetching._check_status(response, URL)
            hop = fetching.next_hop(URL, response.headers.get("Location", ""))
            fetching._check_scheme(hop, URL)
            fetching._host(hop)
    except FetchError as error:
        promises.of_sentences(str(error))
