"""Feeds: bytes in, entries out; what is hostile or no feed is refused with a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefs.errors import FeedError
from briefs.models import Entry
from briefs.sources.feeds import ParsedFeed, parse

DATA = Path(__file__).parents[1] / "data" / "sources"
NOW = datetime(2024, 3, 5, 9, tzinfo=UTC)
URL = "https://coast.example/feed"


def rss(items: str, head: str = "") -> bytes:
    return (
        f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><title>Coast</title>{items}</channel></rss>".encode()
    )


def only(items: str) -> Entry:
    (entry,) = parse(rss(items), url=URL, now=NOW).entries
    return entry


def test_an_rss_feed_with_everything():
    parsed = parse((DATA / "full.rss").read_bytes(), url=URL, now=NOW)
    assert parsed == ParsedFeed(
        title="Coast & Sea",
        entries=(
            Entry(
                guid="tag:coast.example,2024:1",
                content="<p>The harbour reopened on Monday.</p><p>Two ferries left before noon.</p>",
                content_type="text/html",
                url="https://coast.example/harbour?id=1",
                title="Harbour reopens & ferries sail",
                outlet="Coast & Sea",
                published_at=datetime(2024, 3, 4, 15, 13, tzinfo=UTC),
            ),
            Entry(
                guid="https://coast.example/pier",
                content="Nine members voted for the plan.",
                content_type="text/html",
                url="https://coast.example/pier",
                title="Council votes to repair pier",
                outlet="Norland Wire",
                published_at=datetime(2024, 3, 1, 12, tzinfo=UTC),
                summary_only=True,
            ),
        ),
        home="https://coast.example/",
    )


def test_an_atom_feed_with_everything():
    parsed = parse((DATA / "full.atom").read_bytes(), url=URL, now=NOW)
    assert parsed == ParsedFeed(
        title="Coast",
        entries=(
            Entry(
                guid="urn:uuid:1",
                content="<p>The harbour reopened.</p>",
                content_type="text/html",
                url="https://coast.example/1",
                title="Harbour reopens",
                outlet="Coast",
                published_at=datetime(2024, 3, 4, 11, tzinfo=UTC),
            ),
            Entry(
                guid="urn:uuid:2",
                content="Plain words & nothing else.",
                content_type="text/plain",
                url="https://coast.example/2",
                title="Pier",
                outlet="Coast",
                published_at=datetime(2024, 3, 3, 12, tzinfo=UTC),
                summary_only=True,
            ),
        ),
    )


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 04 Mar 2024 16:13:00 +0100", datetime(2024, 3, 4, 15, 13, tzinfo=UTC)),
        ("2024-03-04", datetime(2024, 3, 4, tzinfo=UTC)),
        ("2024-03-04T16:13:00", datetime(2024, 3, 4, 16, 13, tzinfo=UTC)),
        ("Mon, 04 Mar 2024 16:13:00", datetime(2024, 3, 4, 16, 13, tzinfo=UTC)),
        ("Mon, 04 Mar 2024 16:13:00 EST", datetime(2024, 3, 4, 21, 13, tzinfo=UTC)),
        ("March 4, 2024 4:13 PM", datetime(2024, 3, 4, 16, 13, tzinfo=UTC)),
        ("Tue, 05 Mar 2024 09:00:01 GMT", None),  # a second from now is the future
        ("Fri, 08 Mar 2024 08:00:00 GMT", None),  # the future
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("last Tuesday", None),
        ("", None),
    ],
)
def test_a_date_is_right_or_missing(date, expected):
    assert only(f"<item><guid>1</guid><title>A</title><pubDate>{date}</pubDate></item>").published_at == expected


def test_an_item_without_guid_is_known_by_its_link_or_else_its_words():
    assert only("<item><link>https://c.example/a?utm_source=rss</link></item>").guid == "https://c.example/a"
    first, second = (only(f"<item><title>{title}</title></item>").guid for title in ("A", "B"))
    assert first != second
    assert only("<item><title>A</title></item>").guid == first


def test_a_changed_date_changes_no_guid():
    items = "<item><title>A</title><description>B</description><pubDate>{}</pubDate></item>"
    assert only(items.format("2024-03-01")).guid == only(items.format("2024-03-02")).guid


def test_a_feed_that_gives_every_item_one_guid_is_read_by_its_links():
    items = "".join(f"<item><guid>x</guid><link>https://c.example/{n}</link></item>" for n in (1, 2, 2))
    assert [entry.guid for entry in parse(rss(items), url=URL).entries] == ["x", "https://c.example/2"]


def test_scripts_and_links_that_run_are_gone():
    text = "&lt;p onclick='x()'&gt;Hi&lt;script&gt;steal()&lt;/script&gt;&lt;/p&gt;"
    entry = only(f"<item><guid>1</guid><link>javascript:steal()</link><description>{text}</description></item>")
    assert entry.content == "<p>Hi</p>"
    assert entry.url is None


def test_a_long_description_is_the_whole_article():
    text = "The harbour of Ostmere reopened on Monday after a week of repairs. " * 20
    assert not only(f"<item><guid>1</guid><description>{text}</description></item>").summary_only


def test_content_that_breaks_off_is_a_teaser():
    item = (
        "<item><guid>1</guid><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "&lt;p&gt;The harbour reopened on […]&lt;/p&gt;</content:encoded></item>"
    )
    assert only(item).summary_only


def test_broken_xml_is_read_as_far_as_possible():
    parsed = parse(rss("<item><guid>1</guid><title>A & B</title></item>"), url=URL)
    assert parsed.entries[0].guid == "1"
    assert parsed.problems == (f"{URL} is not well-formed XML; it was read as far as possible.",)


def test_an_empty_feed_is_a_feed():
    assert parse(rss(""), url=URL) == ParsedFeed(title="Coast")


def test_nothing_is_opened_or_fetched_whatever_the_bytes_say(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss("<item><guid>secret</guid></item>"))
    with pytest.raises(FeedError):
        parse(str(secret).encode(), url=URL)


# ------------------------------------------------------------------------------------------------------------- refused
BOMB = """<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>"""


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "is empty; it gave no feed."),
        (
            b"<!doctype html><html><body>Hello</body></html>",
            "is not a feed (it looks like a web page); give the address of its RSS, Atom or JSON feed.",
        ),
        (b'{"version": "1"}', "is not a feed (it looks like JSON); give the address of its RSS, Atom or JSON feed."),
        (b"Hello", "is not a feed; give the address of its RSS, Atom or JSON feed."),
        (b"<a><b/></a>", "is not a feed; give the address of its RSS, Atom or JSON feed."),
        (rss("", BOMB), "defines its own XML entities, which can be an attack, and was not read."),
        (
            rss("", BOMB).decode().encode("utf-16"),
            "defines its own XML entities, which can be an attack, and was not read.",
        ),
        (
            rss("", "<!-- <rss> -->" + BOMB),
            "defines its own XML entities, which can be an attack, and was not read.",
        ),
        (rss(" " * 10_000_001), "is larger than 10 MB and was not read."),
    ],
)
def test_what_is_no_feed_is_refused_with_a_sentence(body, sentence):
    with pytest.raises(FeedError) as caught:
        parse(body, url="https://me:secret@coast.example/feed")
    assert str(caught.value) == f"https://***@coast.example/feed {sentence}"


def test_the_old_netscape_doctype_is_harmless():
    head = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    assert parse(rss("<item><title>A</title></item>", head), url=URL).entries[0].title == "A"


def test_an_article_about_entities_is_no_attack():
    assert only("<item><guid>1</guid><description><![CDATA[Write <!ENTITY a 'b'> first.]]></description></item>")
