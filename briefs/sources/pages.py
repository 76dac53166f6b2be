"""Entries → articles: the text of a web page, then its blocks, title, outlet and date."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from briefs.models import Article, Entry
from briefs.sources import cleaning
from briefs.sources.addresses import canonical, identity
from briefs.sources.decoding import decode
from briefs.sources.markup import text_of

MAX_PAGE = 2_000_000  # characters; a larger one is only stripped of its tags
MIN_PAGE = 250  # characters; trafilatura's finding below it is compared with all the text there is


def extract(entry: Entry, *, first_seen_at: datetime, as_id: str | None = None) -> Article:
    """Make an article of an entry.

    Its id is ``as_id`` (for feeds: ``article_id(entry)``) or the entry's guid. What the entry says of title, outlet and date
    goes before what the page's metadata say, and these before what stands in the text.
    """
    page = _page(entry) if entry.content_type == "text/html" else _Page(entry.content)
    title, outlet = entry.title or page.title, entry.outlet or page.outlet
    marked = cleaning.mark(page.text, title=title)
    return Article(
        id=as_id or entry.guid,
        text=page.text,
        blocks=marked.blocks,
        first_seen_at=first_seen_at,
        title=title or marked.title,
        outlet=outlet or marked.outlet,
        url=entry.url or page.url,
        published_at=entry.published_at or page.published_at or marked.published_at,
    )


def article_id(entry: Entry) -> str:
    """Give an article's stable id: of its canonical address, else its guid, and never its date or text."""
    return hashlib.sha256((identity(entry.url) or entry.guid).encode(errors="replace")).hexdigest()[:16]


def with_page(entry: Entry, body: bytes, *, content_type: str | None = None) -> Entry:
    """Give a teaser the full page behind its link. UnicodeError, BinaryDataError (both ValueErrors)."""
    charset = re.search(r"charset=[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    html = decode(body, charset=charset[1] if charset else None)
    return replace(entry, content=html, content_type="text/html", summary_only=False)


# ---------------------------------------------------------------------------------------------------------------- pages
@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says of itself."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: datetime | None = None


def _page(entry: Entry) -> _Page:
    if not _is_document(entry.content):
        return _Page(text_of(entry.content))  # a feed's fragment: every word of it is the article's
    everything = text_of(entry.content)
    found = _extracted(entry) if len(entry.content) <= MAX_PAGE else None
    if found is None:
        return _Page(everything, published_at=_stated_time(entry.content))
    text = _text(found.body) or found.text or ""
    if len(text) < MIN_PAGE and len(text) * 2 < len(everything):
        text = everything
    time = _stated_time(entry.content) or _iso(found.date)
    return _Page(text, found.title, found.sitename, canonical(found.url), time)


def _is_document(html: str) -> bool:
    start = html[:2_000].lower()
    return "<html" in start or "<head" in start or "<body" in start or "<!doctype" in start


def _extracted(entry: Entry) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        entry.content,
        url=entry.url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        favor_recall=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _text(body: Any) -> str:
    """Write trafilatura's tree as text: paragraphs parted by a blank line, one list item per line."""
    return "" if body is None else "\n\n".join(piece for piece in map(_piece, body) if piece)


def _piece(element: Any) -> str:
    if element.tag == "list":
        items = (" ".join("".join(item.itertext()).split()) for item in element)
        return "\n".join(f"- {item}" for item in items if item)
    return " ".join("".join(element.itertext()).split())


_PUBLISHED = r"(?:article:published_time|datePublished|og:pubdate|parsely-pub-date|dc\.date\.issued|pubdate)"
_TIME = r"[\"'](?P<time>\d{4}-\d\d-\d\dT[\d:.]{5,16}(?:Z|[+-]\d\d:?\d\d)?)[\"']"
_STATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[\"']{_PUBLISHED}[\"'][^<>]{{0,80}}?content={_TIME}",
        rf"content={_TIME}[^<>]{{0,80}}?[\"']{_PUBLISHED}[\"']",
        rf"[\"']datePublished[\"']\s*:\s*{_TIME}",
    )
)


def _stated_time(html: str) -> datetime | None:
    """Read the time of publication a page states for machines; trafilatura gives its day alone."""
    for pattern in _STATED:
        if (found := pattern.search(html)) and (time := _iso(found["time"])):
            return time
    return None


def _iso(value: str | None) -> datetime | None:
    """Read an ISO 8601 time; UTC when it names no zone."""
    try:
        time = datetime.fromisoformat(value) if value else None
        return time and (time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
