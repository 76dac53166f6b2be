"""What a source answers: RSS, Atom, RDF, JSON Feed, sitemaps, and whatever else, as far as articles of its first entries."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefs.collecting import deciding
from briefs.errors import FeedError
from briefs.sources import feeds, pages
from fuzz import mutations, promises

if TYPE_CHECKING:
    from random import Random

URL = "https://user:pass@coast.example/feed?token=0123456789abcdef0123456789"
NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "data/sources"
_TYPES = (
    None,
    "application/rss+xml",
    "text/xml; charset=iso-8859-1",
    "text/html; charset=utf-16",
    "application/json; charset=\0",
)
_READ = 5  # entries that are made into articles

RSS = (
    "<rss version='2.0'><channel><title>a</title><item><guid isPermaLink='true'>b</guid><author>c@d.example (C)</author>"
    "<enclosure url='e.jpg' type='image/jpeg'/><source url='f'>g</source><category>h</category>"
    "<description>&lt;p>i&lt;/p></description></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://coast.example/'><title type='html'>a</title><entry><id>b</id>"
    "<author><name>c</name><email>d@e.example</email></author><link rel='alternate' href='f'/><content type='xhtml'>"
    "<div xmlns='http://www.w3.org/1999/xhtml'>g</div></content><updated>2024-03-04T16:13:00Z</updated></entry></feed>"
)
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><item rdf:about='a'><title>b</title>"
    "<dc:date>2024-03-04</dc:date></item></rdf:RDF>"
)
JSON = (
    '{"version":"https://jsonfeed.org/version/1.1","title":"a","items":[{"id":1,"url":"/b","content_html":"<p>c</p>",'
    '"date_published":"2024-03-04"}]}'
)
INDEX = "<sitemapindex><sitemap><loc>https://coast.example/a.xml</loc><lastmod>2024-03-04</lastmod></sitemap></sitemapindex>"
LIST = "https://coast.example/a\nhttps://coast.example/b\n"
NO_FEEDS = (
    "<opml><body><outline xmlUrl='https://coast.example/feed'/></body></opml>",
    "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href=/feed></head></html>",
)


@cache
def seeds() -> tuple[bytes, ...]:
    return (
        *(path.read_bytes() for path in sorted(SAMPLES.iterdir())),
        *(text.encode() for text in (RSS, ATOM, RDF, JSON, INDEX, LIST, *NO_FEEDS)),
    )


@cache
def _mutators() -> tuple[mutations.Markup, mutations.Json]:
    given = seeds()
    markup = mutations.Markup(seed for seed in given if not seed.startswith(b"{"))
    return markup, mutations.Json((seed for seed in given if seed.startswith(b"{")), markup)


def mutated(data: bytes, rng: Random, most: int) -> bytes:
    markup, json = _mutators()
    return (json if data.lstrip()[:1] in (b"{", b"[") else markup)(data, rng, most)


def one_input(data: bytes) -> None:
    kind = _TYPES[zlib.crc32(data) % len(_TYPES)]
    try:
        parsed = feeds.parse(data, url=URL, content_type=kind, now=NOW)
    except FeedError as error:
        promises.of_sentences(str(error))
        return
    _check(parsed)
    if len(data) < 20_000:
        assert feeds.parse(data, url=URL, content_type=kind, now=NOW) == parsed, "read twice, it is not the same"
    found = deciding.candidates(1, parsed.entries[:200], home=parsed.home, feed=URL)
    deciding.decide(found, (), most=100, at_once=20)
    for candidate in found[:_READ]:
        article = pages.extract(candidate.entry, first_seen_at=NOW, as_id=candidate.article_id)
        promises.of_article(article)


def _check(parsed: feeds.ParsedFeed) -> None:
    promises.of_names(parsed.title)
    promises.of_sentences(*parsed.problems)
    promises.of_address(parsed.home)
    for address in parsed.nested:
        promises.of_address(address, fetched=True)
    for entry in parsed.entries:
        promises.of_entry(entry)
        assert entry.published_at is None or entry.published_at <= NOW, "news of the future"
    guids = [entry.guid for entry in parsed.entries]
    assert len(set(guids)) == len(guids), "two entries of one guid"
