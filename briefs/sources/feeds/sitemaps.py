"""Sitemaps → entries without text: lists of pages, with or without the news extension, and lists of such lists."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from briefs.models import Entry, SourceKind
from briefs.sources.feeds import dates, newest
from briefs.sources.feeds.parsed import ParsedFeed, absolute, address, unique

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ROOTS = ("urlset", "sitemapindex")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def parse(xml: bytes, *, url: str, now: datetime | None) -> ParsedFeed:
    """Parse a sitemap or an index of sitemaps; what is broken is read as far as it goes."""
    read_date = dates.reader((), now=now)
    nested: list[tuple[str, datetime | None]] = []
    entries: list[Entry] = []
    for element in _elements(xml):
        fields = _fields(element)
        if element.tag.rpartition("}")[2] == "sitemap":
            if place := absolute(fields.get("loc"), url):
                nested.append((place, dates.read(fields.get("lastmod"))))
        elif link := address(fields.get("loc"), url):
            entries.append(_entry(link, fields, url, read_date))
    outlets = {entry.outlet for entry in entries}
    return ParsedFeed(
        outlets.pop() if len(outlets) == 1 else None,
        tuple(unique(entries)),
        kind=SourceKind.SITEMAP,
        nested=_newest_first(nested),
    )


def _newest_first(sitemaps: list[tuple[str, datetime | None]]) -> tuple[str, ...]:
    """Sort sitemaps by their last change, those that tell none last, and drop repeats."""
    dated = sorted(((changed, link) for link, changed in sitemaps if changed), key=lambda pair: pair[0], reverse=True)
    return tuple(dict.fromkeys([link for _, link in dated] + [link for link, changed in sitemaps if not changed]))


def parse_text(text: str, *, url: str) -> ParsedFeed | None:
    """Parse a list of addresses, one a line; None when it is none."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines or not all(_WEB_ADDRESS.fullmatch(line) for line in lines):
        return None
    links = (link for line in lines[: newest.MOST_LISTED] if (link := address(line, url)))
    entries = (Entry(guid=link, content="", url=link, summary_only=True) for link in links)
    left_out = newest.told(len(lines), newest.MOST_LISTED) if len(lines) > newest.MOST_LISTED else None
    return ParsedFeed(None, tuple(unique(entries)), kind=SourceKind.SITEMAP, left_out=left_out)


def _elements(xml: bytes) -> Iterator[Any]:
    """Yield each listed page or sitemap and forget it: 50,000 of them need the memory of one."""
    from lxml import etree

    stream = etree.iterparse(
        io.BytesIO(xml),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in stream:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        return


def _fields(element: Any) -> dict[str, str]:
    """Give the first text of each kind of element below one, by its name without a prefix."""
    fields: dict[str, str] = {}
    for part in element.iter("*"):
        name = part.tag.rpartition("}")
        key = f"image:{name[2]}" if "image" in name[0] else name[2]
        if part.text and part.text.strip():
            fields.setdefault(key, part.text.strip())
    return fields


def _entry(link: str, fields: dict[str, str], url: str, read_date: dates.Reader) -> Entry:
    return Entry(
        guid=link,
        content="",
        url=link,
        title=fields.get("title"),
        outlet=fields.get("name"),
        image=absolute(fields.get("image:loc"), url),
        language=fields.get("language"),
        published_at=read_date(fields.get("publication_date")),
        summary_only=True,
        revision=fields.get("lastmod"),
    )
