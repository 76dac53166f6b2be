"""Feeds: bytes in, entries out; what is hostile or no feed is refused with a sentence."""

from __future__ import annotations

import gzip
import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefs.errors import FeedError
from briefs.models import Entry, Wishes
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


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel><title>https://me:pw@a.example/f?token=s3cret</title><item><guid>1</guid></item></channel></rss>",
        b'{"version": "https://jsonfeed.org/version/1", "title": "https://me:pw@a.example/f?token=s3cret", "items": [{"id": 1}]}',
    ],
    ids=["RSS", "JSON Feed"],
)
def test_a_feed_that_calls_itself_by_its_secret_address_shows_no_secret(body):
    parsed = parse(body, url=URL)
    assert parsed.title == parsed.entries[0].outlet == "https://***@a.example/f?token=***"


def test_an_empty_feed_is_a_feed():
    assert parse(rss(""), url=URL) == ParsedFeed(title="Coast")


def test_nothing_is_opened_or_fetched_whatever_the_bytes_say(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss("<item><guid>secret</guid></item>"))
    with pytest.raises(FeedError):
        parse(str(secret).encode(), url=URL)


def test_a_feed_with_everything_broken_is_read_as_it_is_meant():
    parsed = parse((DATA / "broken.rss").read_bytes(), url=URL, content_type="text/html; charset=ascii", now=NOW)
    assert parsed == ParsedFeed(
        title="Coast & Sea",
        home="https://coast.example/",
        wishes=Wishes(every=timedelta(minutes=90)),
        problems=(f"{URL} is not well-formed XML; it was read as far as possible.",),
        entries=(
            Entry(
                guid="coast-1",
                content="The harbour reopened.<br />Two ferries left <b>before noon.</b>",
                content_type="text/html",
                url="https://coast.example/harbour?id=1&page=2",
                title="Harbour reopens — ferries sail",
                outlet="Coast & Sea",
                author="Ada Lind",
                image="https://coast.example/pictures/harbour.jpg",
                published_at=datetime(2024, 3, 4, 16, 13, tzinfo=UTC),  # the next item's date shows which is the month
                summary_only=True,
            ),
            Entry(
                guid="coast-2",
                content="Nine members of Ostmere's council came to see it.",
                content_type="text/html",
                url="https://coast.example/pier",
                title="Pier repaired at last",
                outlet="Coast & Sea",
                published_at=datetime(2024, 2, 28, 9, tzinfo=UTC),
                summary_only=True,
            ),
            Entry(
                guid="coast-3",
                content="",
                content_type="text/html",
                url="https://coast.example/quay",
                title="Größerer Kai für Ostmere",
                outlet="Coast & Sea",
                summary_only=True,
            ),
        ),
    )


def test_a_podcast_with_everything():
    parsed = parse((DATA / "podcast.rss").read_bytes(), url=URL, now=NOW)
    assert parsed == ParsedFeed(
        title="Harbour Talk",
        home="https://talk.example/",
        language="en-gb",
        wishes=Wishes(every=timedelta(days=3.5), skip_hours=(0, 1), skip_days=(5, 6)),
        entries=(
            Entry(
                guid="talk-2",
                content="Josef asks the council.",
                content_type="text/html",
                url="https://talk.example/2",
                title="What the pier cost",
                outlet="Harbour Talk",
                author="Josef Marek",
                image="https://talk.example/covers/2.png",
                language="en-gb",
                published_at=datetime(2024, 3, 4, 11, tzinfo=UTC),
                summary_only=True,
            ),
            Entry(
                guid="talk-1",
                content="Anna Okoye on board.",  # not the longer caption of its picture
                content_type="text/html",
                url="https://talk.example/1",
                title="The first ferry",
                outlet="Harbour Talk",
                image="https://talk.example/thumbs/1.jpg",
                language="en-gb",
                summary_only=True,
            ),
        ),
    )


def test_an_rdf_feed_with_everything():
    parsed = parse((DATA / "full.rdf").read_bytes(), url=URL, now=NOW)
    assert parsed == ParsedFeed(
        title="Coast",
        home="https://coast.example/",
        language="en",
        entries=(
            Entry(
                guid="https://coast.example/1",
                content="Il porto di Ostmere ha riaperto.",
                content_type="text/html",
                url="https://coast.example/1",
                title="Il porto riapre",
                outlet="Coast",
                author="Ada Lind",
                language="it",
                published_at=datetime(2024, 3, 4, 15, 13, tzinfo=UTC),
                summary_only=True,
            ),
        ),
    )


NETSCAPE = ("http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/")


@pytest.mark.parametrize("namespace", NETSCAPE)
def test_the_first_rss_of_all_is_read(namespace):
    body = f"""<?xml version="1.0"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{namespace}">
        <channel><title>Coast</title><link>https://coast.example/</link></channel>
        <item><title>A</title><link>https://coast.example/1</link></item></rdf:RDF>"""
    parsed = parse(body.encode(), url=URL)
    assert (parsed.title, parsed.entries[0].title, parsed.entries[0].url) == ("Coast", "A", "https://coast.example/1")


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "2.1", ""])
def test_every_version_of_rss_is_read(version):
    body = f"<rss version='{version}'><channel><item><title>A</title></item></channel></rss>"
    assert parse(body.encode(), url=URL).entries[0].title == "A"


def test_atom_0_3_is_read():
    body = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Coast</title><entry><id>tag:1</id><title>A</title>
        <link rel="alternate" type="text/html" href="https://coast.example/1"/><issued>2024-03-04T10:00:00Z</issued>
        <modified>2024-03-04T12:00:00Z</modified></entry></feed>"""
    (entry,) = parse(body.encode(), url=URL).entries
    assert (entry.guid, entry.url) == ("tag:1", "https://coast.example/1")
    assert entry.published_at == datetime(2024, 3, 4, 10, tzinfo=UTC)


def test_an_entry_of_atom_has_the_base_the_author_and_the_language_of_what_is_around_it():
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/x/" xml:lang="fr"><title>Coast</title>
        <link href="/"/><author><name>Ada Lind</name></author>
        <entry xml:lang="de"><id>1</id><title type="text">List&lt;String&gt; a &lt; b</title><link rel="enclosure" href="a.mp3"/>
        <link href="post"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hi</p></div></content></entry>
        <entry><id>2</id><author><name>Josef Marek</name></author><link href="https://coast.example/2"/></entry></feed>"""
    parsed = parse(body.encode(), url=URL)
    first, second = parsed.entries
    assert (parsed.home, parsed.language) == ("https://base.example/", "fr")
    assert (first.url, first.author, first.language) == ("https://base.example/x/post", "Ada Lind", "de")
    assert (first.title, first.content) == ("List<String> a < b", "<p>Hi</p>")
    assert (second.url, second.author, second.language) == ("https://coast.example/2", "Josef Marek", "fr")


# ------------------------------------------------------------------------------------------------------ bytes as they come
GREETING = "<item><title>Größe des Hafens — überprüft</title></item>"
CYRILLIC = "<item><title>Порт снова открыт после недели ремонта</title></item>"
KANA = "<item><title>港が再開した</title></item>"


@pytest.mark.parametrize(
    ("item", "encoding", "declared", "content_type"),
    [
        (GREETING, "utf-8", None, None),
        (GREETING, "utf-8", "iso-8859-1", "text/xml; charset=us-ascii"),  # the bytes are believed
        (GREETING, "utf-8", "utf-16", "application/octet-stream"),
        (GREETING, "utf-8-sig", None, "text/plain"),
        (GREETING, "cp1252", "iso-8859-1", "application/rss+xml"),
        (GREETING, "cp1252", "utf-8", "text/html"),
        (GREETING, "utf-16", "utf-16", "text/html; charset=utf-8"),
        (GREETING, "utf-16-le", "utf-16", None),
        (GREETING, "utf-32", "utf-32", None),
        (CYRILLIC, "cp1251", "windows-1251", "text/html; charset=utf-8"),
        (CYRILLIC, "cp1251", None, "text/xml; charset=windows-1251"),
        (CYRILLIC, "koi8-r", "koi8-r", None),
        (KANA, "cp932", "Shift_JIS", None),
        (KANA, "euc-jp", "euc-jp", None),
        (KANA, "iso2022_jp", "ISO-2022-JP", None),
        ("<item><title>海港重新开放</title></item>", "gb18030", "gb2312", None),
        ("<item><title>Hafen offen</title></item>", "cp037", "cp037", None),
    ],
)
def test_a_feed_is_read_whatever_its_encoding_is_said_to_be(item, encoding, declared, content_type):
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = f"{head}<rss version='2.0'><channel>{item}</channel></rss>".encode(encoding)
    (entry,) = parse(body, url=URL, content_type=content_type).entries
    assert f"<title>{entry.title}</title>" in item


def test_a_few_broken_characters_break_no_others():
    body = rss(GREETING + GREETING).replace("Größe".encode(), b"Gr\xff\xc3\x9fe", 1)
    first, second = parse(body, url=URL).entries
    assert (first.title, second.title) == ("Gr\ufffdße des Hafens — überprüft", "Größe des Hafens — überprüft")


@pytest.mark.parametrize(
    "before", ["", "\ufeff", "\n\n \t", "<!-- cached -->", "<br />\n<b>Notice</b>: Undefined index<br />\n", "\0"]
)
@pytest.mark.parametrize(
    "after", ["", "\n<!-- 0.2 s -->", "<script>count()</script></body></html>", "\0\0", "more words & signs"]
)
def test_what_stands_before_and_after_a_feed_is_left_out(before, after):
    body = before.encode() + rss("<item><title>A</title></item>") + after.encode()
    parsed = parse(body, url=URL)
    assert [entry.title for entry in parsed.entries] == ["A"]
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A&nbsp;B", "A B"),
        ("caf&eacute; &bogus; AT&T &amp; more", "café &bogus; AT&T & more"),
        ("A\x0bB\x01C&#x1;D", "ABCD"),
        ("<![CDATA[A & B &amp; C]]>", "A & B & C"),
        ("1 < 2", "1 < 2"),
        ("A <b>bold <i>claim</title><title>", "A bold claim"),
        ("\u00c3\u00a9t\u00c3\u00a9", "été"),  # encoded twice
    ],
)
def test_broken_words_are_read_as_they_are_meant(title, expected):
    assert only(f"<item><guid>1</guid><title>{title}</title></item>").title == expected


def test_line_breaks_of_html_are_not_taken_for_depth():
    (entry,) = parse(rss(f"<item><description>A{'<br>B' * 500}</description></item>"), url=URL).entries
    assert entry.content.count("B") == 500


def test_a_feed_in_a_web_page_is_no_feed():
    page = b"<html><body><pre>" + rss("<item><title>A</title></item>") + b"</pre></body></html>"
    with pytest.raises(FeedError, match="it looks like a web page"):
        parse(page, url=URL)


@pytest.mark.parametrize("length", range(80, 420, 17))
def test_a_feed_that_breaks_off_gives_its_whole_entries(length):
    items = [
        f"<item><title>Größe {n}</title><description><![CDATA[<p>Text {n}</p>]]></description></item>" for n in range(4)
    ]
    body = rss("".join(items))[:length]
    parsed = parse(body, url=URL)
    whole = body.count(b"</item>")
    assert [entry.title for entry in parsed.entries] == [f"Größe {n}" for n in range(whole)]
    assert parsed.problems == (f"{URL} breaks off; what it holds whole ({whole}) was read.",)


def test_a_packed_feed_is_unpacked():
    body = gzip.compress(rss("<item><title>A</title></item>"))
    assert parse(body, url=URL, content_type="application/gzip").entries[0].title == "A"


# --------------------------------------------------------------------------------------------------------------- identity
def test_the_page_behind_a_counting_link_is_known_where_the_item_tells_it():
    burner = "<feedburner:origLink>https://coast.example/a?utm_source=feed</feedburner:origLink>"
    wrapped = "<link>https://feedproxy.google.com/~r/coast/1</link>"
    assert only(f"<item>{wrapped}{burner}</item>").url == "https://coast.example/a"
    assert only(f"<item>{wrapped}<guid>https://coast.example/a</guid></item>").url == "https://coast.example/a"
    bing = "<link>http://www.bing.com/news/apiclick.aspx?ref=x&amp;url=https%3a%2f%2fcoast.example%2fa&amp;c=1</link>"
    assert only(f"<item>{bing}</item>").url == "https://coast.example/a"
    assert only(f"<item>{wrapped}</item>").url == "https://feedproxy.google.com/~r/coast/1"
    own = "<link>https://coast.example/go?url=https://other.example/</link>"
    assert only(f"<item>{own}</item>").url == "https://coast.example/go?url=https://other.example/"


def test_a_relative_link_of_rss_belongs_to_the_site():
    items = "<link>https://www.coast.example/news/</link><item><link>a</link></item><item><link>/b</link></item>"
    assert [entry.url for entry in parse(rss(items), url=URL).entries] == [
        "https://www.coast.example/news/a",
        "https://www.coast.example/b",
    ]


def test_an_item_that_names_another_protocol_keeps_its_page():
    assert only("<item><link uri='at://did:plc:x/1'>https://c.example/1</link></item>").url == "https://c.example/1"


@pytest.mark.parametrize(
    ("head", "wishes"),
    [
        ("<ttl>120</ttl>", Wishes(every=timedelta(hours=2))),
        ("<ttl>soon</ttl>", Wishes()),
        ("<ttl>99999999999999</ttl>", Wishes()),
        ("<sy:updatePeriod> hourly </sy:updatePeriod><ttl>30</ttl>", Wishes(every=timedelta(hours=1))),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            Wishes(every=timedelta(hours=6)),
        ),
        ("<skipHours><hour>24</hour><hour>7</hour><hour>99</hour></skipHours>", Wishes(skip_hours=(0, 7))),
        (
            f"<skipHours>{''.join(f'<hour>{n}</hour>' for n in range(24))}</skipHours>",
            Wishes(),
        ),  # it would never be read
        ("<skipDays><day>Sunday</day><day>saturday</day><day>Someday</day></skipDays>", Wishes(skip_days=(5, 6))),
    ],
)
def test_a_feed_says_when_it_wants_to_be_read(head, wishes):
    assert parse(rss(head), url=URL).wishes == wishes


def test_no_mutation_of_a_feed_makes_the_reader_fail():
    """Either it is read or it is refused with a sentence."""
    chance = random.Random(7)
    marks = (
        "<",
        ">",
        "&",
        "]]>",
        "<![CDATA[",
        "<!--",
        "&#0;",
        "&nbsp;",
        "</item>",
        "<item>",
        "<link>",
        "xmlns:",
        "'",
        "{",
    )
    bodies = [path.read_text() for path in sorted(DATA.iterdir())]
    for _ in range(400):
        text = chance.choice(bodies)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(marks) + text[at + chance.choice((0, 0, 1, 20)) :]
        with suppress(FeedError):
            assert isinstance(parse(text.encode(), url=URL, now=NOW), ParsedFeed)


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
        (
            b'<?xml version="1.0"?><opml version="2.0"><body/></opml>',
            "is a list of feeds (OPML) and no feed. Save it as a file and import that.",
        ),
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
