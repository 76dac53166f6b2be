"""Bytes of a source → entries: RSS, Atom, RDF, JSON Feed and sitemaps. No network: fetching is another matter.

bytes ─unpack─▶ text ─cut out, shorten, refuse what is hostile─▶ a document ─mend─▶ XML ─▶ ParsedFeed
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from briefs.errors import FeedError
from briefs.sources import bounds
from briefs.sources.addresses import masked
from briefs.sources.decoding import BinaryDataError, decode
from briefs.sources.feeds import json_feed, newest, repairs, safety, sitemaps, xml_feed
from briefs.sources.feeds.parsed import ParsedFeed

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["MAX_BYTES", "ParsedFeed", "parse"]

MAX_BYTES = safety.MAX_BYTES
_HEAD = 400  # bytes
_WHAT_TO_GIVE = "give the address of its RSS, Atom or JSON feed."


def parse(body: bytes, *, url: str, content_type: str | None = None, now: datetime | None = None) -> ParsedFeed:
    """Parse what was fetched from ``url``, by what the bytes are and not what they are called.

    A date later than ``now`` is none. FeedError when the bytes are no feed, too many, or an attack.
    """
    name = masked(url)
    body = safety.unpacked(body, url=url, name=name)
    if not body.strip():
        raise FeedError(f"{name} is empty; it gave no feed.", source=url)
    text = _text(body, content_type, url=url, name=name)
    return _bounded(_parse_text(text, url=url, name=name, now=now))


def _bounded(parsed: ParsedFeed) -> ParsedFeed:
    """Give a feed whose own names and addresses can be stored and shown, as its entries' can."""
    return replace(
        parsed,
        title=bounds.name(parsed.title),
        home=bounds.address(parsed.home),
        language=bounds.language(parsed.language),
    )


def _parse_text(text: str, *, url: str, name: str, now: datetime | None) -> ParsedFeed:
    if json_feed.looks_like_json(text):
        return json_feed.parse(text, url=url, name=name, now=now)
    document = repairs.document(text)
    if document is None:
        return sitemaps.parse_text(text, url=url) or _refuse(text, url=url, name=name)
    safety.refuse_definitions(document.prolog, url=url, name=name)
    listing = document.root in sitemaps.ROOTS
    document, left_out = newest.shortened(document, listing=listing)
    safety.refuse_excess(document.text, listing=listing, url=url, name=name)
    return replace(_parse_document(repairs.cut(document), url=url, name=name, now=now), left_out=left_out)


def _text(body: bytes, content_type: str | None, *, url: str, name: str) -> str:
    if body[:_HEAD].count(0) * 8 < len(body[:_HEAD]):  # strays; in UTF-16 every other byte is one
        body = body.replace(b"\0", b"")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", content_type or "", re.IGNORECASE)
    try:
        return decode(body, charset=charset[1] if charset else None)
    except BinaryDataError as error:
        raise FeedError(f"{name} is not a feed (it is no text); {_WHAT_TO_GIVE}", source=url) from error
    except UnicodeError as error:
        raise FeedError(f"{name} is in an unknown character encoding and was not read.", source=url) from error


def _parse_document(document: repairs.Document, *, url: str, name: str, now: datetime | None) -> ParsedFeed:
    xml = document.text.encode("utf-8", "replace")
    sound = repairs.well_formed(xml)
    if not sound:
        xml = repairs.mended(document)
    parse_xml = sitemaps.parse if document.root in sitemaps.ROOTS else xml_feed.parse
    parsed = parse_xml(xml, url=url, now=now)
    if not document.whole:
        return replace(parsed, problems=(f"{name} breaks off; what it holds whole ({len(parsed.entries)}) was read.",))
    if not sound:
        return replace(parsed, problems=(f"{name} is not well-formed XML; it was read as far as possible.",))
    return parsed


def _refuse(text: str, *, url: str, name: str) -> NoReturn:
    safety.refuse_definitions(repairs.definitions(text), url=url, name=name)
    if re.search(r"<opml[\s>]", text[:1_000], re.IGNORECASE):
        raise FeedError(f"{name} is a list of feeds (OPML) and no feed. Save it as a file and import that.", source=url)
    raise FeedError(f"{name} is not a feed{_looks_like(text)}; {_WHAT_TO_GIVE}", source=url)


def _looks_like(text: str) -> str:
    start = text[:1_000].lower()
    return " (it looks like a web page)" if "<html" in start or "<!doctype html" in start else ""
