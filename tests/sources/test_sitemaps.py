"""Sitemaps: lists of pages, with or without the news extension, and lists of such lists."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefs.errors import FeedError
from briefs.models import Entry, SourceKind
from briefs.sources.feeds import ParsedFeed, parse

DATA = Path(__file__).parents[1] / "data" / "sources"
NOW = datetime(2024, 3, 5, 9, tzinfo=UTC)
URL = "https://coast.example/sitemap.xml"


def page(url, **rest):
    return Entry(guid=url, content="", url=url, summary_only=True, **rest)


def test_a_news_sitemap_with_everything():
    assert parse((DATA / "news.sitemap.xml").read_bytes(), url=URL, now=NOW) == ParsedFeed(
        title=None,
        kind=SourceKind.SITEMAP,
        entries=(
            page(
                "https://coast.example/harbour?id=1",
                title="Harbour reopens & ferries sail",
                outlet="Coast & Sea",
                language="en",
                image="https://coast.example/harbour.jpg",
                published_at=datetime(2024, 3, 4, 15, 13, tzinfo=UTC),
                revision="2024-03-04T18:00:00+01:00",
            ),
            page("https://coast.example/pier"),
        ),
    )


def test_a_sitemap_of_one_outlet_is_called_by_its_name():
    whole = (DATA / "news.sitemap.xml").read_bytes()
    assert parse(whole[: whole.index(b"<url>\n    <loc>\n")] + b"</urlset>", url=URL).title == "Coast & Sea"


def test_the_last_change_is_a_revision_and_no_date_of_publication():
    body = b"<urlset><url><loc>https://c.example/1</loc><lastmod>2024-03-01</lastmod></url></urlset>"
    assert parse(body, url=URL, now=NOW).entries == (page("https://c.example/1", revision="2024-03-01"),)


def test_an_index_names_its_sitemaps_newest_first():
    listed = {"a": "2024-03-01", "b": "2024-03-04T10:00:00Z", "c": "", "d": "2024-03-04T10:00:00+05:00", "e": "soon"}
    items = "".join(
        f"<sitemap><loc>/{name}.xml.gz</loc><lastmod>{at}</lastmod></sitemap>" for name, at in listed.items()
    )
    parsed = parse(f"<?xml version='1.0'?><sitemapindex>{items}{items}</sitemapindex>".encode(), url=URL, now=NOW)
    assert parsed.kind is SourceKind.SITEMAP
    assert parsed.entries == ()
    assert [address.removeprefix("https://coast.example/") for address in parsed.nested] == [
        *("b.xml.gz", "d.xml.gz", "a.xml.gz"),
        *("c.xml.gz", "e.xml.gz"),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_text_sitemap_is_an_address_a_line(ending):
    body = ending.join(["\ufeffhttps://c.example/1", "", " https://c.example/2 ", "https://c.example/1", ""])
    parsed = parse(body.encode(), url=URL, content_type="text/plain")
    assert parsed.kind is SourceKind.SITEMAP
    assert parsed.entries == (page("https://c.example/1"), page("https://c.example/2"))


@pytest.mark.parametrize("body", ["https://c.example/1\nand more", "see https://c.example/1", "ftp://c.example/1"])
def test_a_text_that_holds_more_than_addresses_is_no_sitemap(body):
    with pytest.raises(FeedError, match="is not a feed"):
        parse(body.encode(), url=URL)


def test_a_packed_sitemap_is_unpacked():
    body = gzip.compress((DATA / "news.sitemap.xml").read_bytes())
    assert len(parse(body, url=f"{URL}.gz", content_type="application/octet-stream").entries) == 2


def test_a_broken_sitemap_gives_its_whole_pages():
    body = b"<urlset><url><loc>https://c.example/1?a=1&b=2</loc></url><url><loc>https://c.example/2</lo"
    parsed = parse(body, url=URL)
    assert [entry.url for entry in parsed.entries] == ["https://c.example/1?a=1&b=2"]
    assert parsed.problems == (f"{URL} breaks off; what it holds whole (1) was read.",)
