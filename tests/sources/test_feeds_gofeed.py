"""Feeds and what another parser, gofeed, reads in them: the same title, link, date, author and content, or a reason."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from briefs.sources.addresses import canonical
from briefs.sources.feeds import parse
from briefs.sources.markup import line_of, text_of

PAIRS = Path(__file__).parents[3] / "shared/eval/dev/feeds/gofeed"
URL = "http://feed.example/feed"


def pairs():
    return sorted(path for path in PAIRS.rglob("*.xml") if path.with_suffix(".json").exists())


def line(value):
    return line_of(value or "") or None


def words(value):
    return " ".join(text_of(value or "").split()) or None


def people(names):
    """Give names as we join them: each once, an address only where no name stands."""
    authors = [(name, None) if isinstance(name, str) else (name.get("name"), name.get("email")) for name in names]
    named = [line(name) for name, _ in authors if line(name)] or [address for _, address in authors if address]
    return ", ".join(dict.fromkeys(named)) or None


def link_of(record):
    links = record.get("links", [])
    typed = [
        link.get("href") for link in links if isinstance(link, dict) and link.get("rel", "alternate") == "alternate"
    ]
    return canonical(record.get("link") or next(iter(typed), None))


def date_of(item):
    given = item.get("publishedParsed") or item.get("pubDateParsed") or item.get("updatedParsed")
    return datetime.fromisoformat(given) if given else None


def content_of(item):
    given = item.get("content") or item.get("summary") or item.get("description")
    return given.get("value") if isinstance(given, dict) else given


def expected_of(item):
    by_extension = item.get("itunesExt", {}).get("author"), *item.get("dcExt", {}).get("creator", ())
    authors = item.get("authors") or [name for name in (item.get("author"), *by_extension) if name]
    return {
        "title": line(item.get("title")),
        "link": link_of(item),
        "date": date_of(item),
        "author": people(authors),
        "content": words(content_of(item)),
    }


def found_in(entry):
    return {
        "title": entry.title,
        "link": entry.url,
        "date": entry.published_at,
        "author": entry.author,
        "content": words(entry.content)
        if entry.content_type == "text/html"
        else " ".join(entry.content.split()) or None,
    }


def differences(path):
    """Name the fields in which a feed differs from what gofeed reads in it."""
    expected = json.loads(path.with_suffix(".json").read_text())
    parsed = parse(path.read_bytes(), url=URL)
    items = expected.get("items") or expected.get("entries") or []
    found = {"feed title": (parsed.title, line(expected.get("title"))), "feed link": (parsed.home, link_of(expected))}
    found["language"] = (parsed.language, expected.get("language"))
    found["items"] = (len(parsed.entries), len(items))
    for number, (entry, item) in enumerate(zip(parsed.entries, items, strict=False), start=1):
        ours, theirs = found_in(entry), expected_of(item)
        found |= {f"{key} {number}": (ours[key], theirs[key]) for key in ours}
    return {key: pair for key, pair in found.items() if pair[0] != pair[1]}


MARKED_PLAIN = 'Atom 0.3 says plain text, so its "&lt;" is one; the text is the same, read here as HTML'
BINARY = "what is declared to be no text (a film, data) is not read as one"
SOURCE = "RFC 4287: an entry without author has that of its source"
INHERITED = "RFC 4287: an entry without author has that of its feed; binary and unknown contents are not read as text"

# What differs, and why. A difference that is no more fails the test as well, so that the list stays true.
DIFFERENCES = {
    "extensions/dublincore/dublincore_item_multiple_values": ({"author 1"}, "all authors are named, not the first"),
    "parser/atom/atom03_feed_entry_summary_base64_escaped_markup": ({"content 1"}, MARKED_PLAIN),
    "parser/atom/atom03_feed_entry_title_base64_escaped_markup": ({"title 1"}, MARKED_PLAIN),
    "parser/atom/atom03_feed_title_base64_escaped_markup": ({"feed title"}, MARKED_PLAIN),
    "parser/atom/atom10_feed_entry_content_base64": ({"content 1"}, BINARY),
    "parser/atom/atom10_feed_entry_content_base64_escaped_markup": ({"content 1"}, BINARY),
    "parser/atom/atom10_feed_entry_source_author_email": ({"author 1"}, SOURCE),
    "parser/atom/atom10_feed_entry_source_author_mixed_content": ({"author 1"}, SOURCE),
    "parser/atom/atom10_feed_entry_source_author_name": ({"author 1"}, SOURCE),
    "parser/atom/atom10_feed_entry_source_authors_multiple": ({"author 1"}, SOURCE),
    "parser/atom/issue_275_extensions_and_source": (
        {"author 1", "author 2", "author 3", "content 2", "content 3", "content 4"},
        INHERITED,
    ),
    "parser/rss/issue_217_enclosure_children": ({"title 1"}, "media:title names an item that has no other title"),
    "parser/rss/rss_channel_item_author_naked_markup": ({"author 1"}, "elements inside an author are no name"),
}


@pytest.mark.skipif(not PAIRS.is_dir(), reason=f"gofeed's pairs are not at {PAIRS}")
def test_every_pair_is_read_as_gofeed_reads_it_or_differs_for_a_reason():
    found = {path.relative_to(PAIRS).with_suffix("").as_posix(): differences(path) for path in pairs()}
    assert len(found) == 533
    assert {name: set(fields) for name, fields in found.items() if fields} == {
        name: fields for name, (fields, _) in DIFFERENCES.items()
    }
