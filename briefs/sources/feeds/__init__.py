"""Bytes of a source → entries: RSS, Atom, RDF, JSON Feed and sitemaps. No network: fetching is another matter."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from briefs.errors import FeedError
from briefs.sources.addresses import masked
from briefs.sources.decoding import BinaryDataError, decode
from briefs.sources.feeds import json_feed, sitemaps, xml_feed
from briefs.sources.feeds.parsed import ParsedFeed

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["ParsedFeed", "parse"]


def parse(body: bytes, *, url: str, content_type: str | None = None, now: datetime | None = None) -> ParsedFeed:
    """Parse what was fetched from ``url`` by what the bytes are. Dates later than ``now`` are dropped. FeedError."""
    name = masked(url)
    read_date = partial(xml_feed.read_date, now=now)
    xml_feed.refuse_hostile(body, name)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    root = re.search(rb"<[A-Za-z]", body[:4096])
    if start in (b"{", b"["):
        return json_feed.parse(body.decode("utf-8", "replace"), url=url, name=name, read_date=read_date)
    if root and sitemaps.looks_like_sitemap(body[root.start() : root.start() + 100]):
        return sitemaps.parse(body, url=url, read_date=read_date)
    if not root and (listed := sitemaps.parse_text(body.decode("utf-8", "replace"), url=url)):
        return listed
    return xml_feed.parse(body, url=url, content_type=content_type, now=now)
