"""JSON Feed 1.0 and 1.1 → entries. What has the wrong type is left out; nothing else of the item is lost by it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from briefs.errors import FeedError
from briefs.models import Entry
from briefs.sources.feeds import dates, newest
from briefs.sources.feeds.parsed import ParsedFeed, absolute, address, fingerprint, is_teaser, presentable, unique
from briefs.sources.markup import line_of, text_of

if TYPE_CHECKING:
    from datetime import datetime

_DATE_KEYS = ("date_published", "date_modified")  # in the order they are believed
_MOST_PARTS = 500_000  # objects and lists; more would fill the memory and are no feed


def looks_like_json(text: str) -> bool:
    """Say whether a text begins as JSON does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def parse(text: str, *, url: str, name: str, now: datetime | None) -> ParsedFeed:
    """Parse a JSON Feed. FeedError when it is none."""
    record = _record(text, url=url, name=name)
    title = presentable(_line(record, "title"))
    language, author = _string(record, "language"), _author(record)
    items, left_out = _newest([item for item in _list(record, "items") if isinstance(item, dict)])
    read_date = dates.reader([given for item in items for key in _DATE_KEYS if (given := _string(item, key))], now=now)
    entries = (_entry(item, url, title, author, language, read_date) for item in items)
    return ParsedFeed(
        title,
        tuple(unique(entries)),
        language=language,
        home=address(record.get("home_page_url"), url),
        left_out=left_out,
    )


def _newest(items: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], str | None]:
    """As many items as are read, and a sentence where these are not all."""
    if not items:
        return items, None
    first, last = (
        next((_string(item, key) for key in _DATE_KEYS if key in item), None) for item in (items[0], items[-1])
    )
    turned = newest.oldest_first(first, last)
    sizes = [(_string(item, "content_html") or "").count("<") for item in items]
    kept = newest.within(len(items), sizes, most=newest.MOST_ITEMS, turned=turned)
    left_out = newest.told(len(items), kept) if kept < len(items) else None
    return items[-kept:] if turned else items[:kept], left_out


def _record(text: str, *, url: str, name: str) -> dict[str, Any]:
    if text.count("{") + text.count("[") > _MOST_PARTS:
        raise FeedError(f"{name} is made of too many parts to be a feed and was not read.", source=url)
    try:
        record = json.loads(text.lstrip("\ufeff \t\r\n"))
    except (ValueError, RecursionError) as error:
        message = f"{name} is not a feed (it looks like broken JSON); give the address of its RSS, Atom or JSON feed."
        raise FeedError(message, source=url) from error
    if not isinstance(record, dict) or not _is_feed(record):
        message = f"{name} is not a feed (it looks like JSON); give the address of its RSS, Atom or JSON feed."
        raise FeedError(message, source=url)
    return record


def _is_feed(record: dict[str, Any]) -> bool:
    return "jsonfeed.org/version/" in str(record.get("version")) and isinstance(record.get("items", []), list)


def _entry(
    item: dict[str, Any],
    feed_url: str,
    feed_title: str | None,
    feed_author: str | None,
    feed_language: str | None,
    read_date: dates.Reader,
) -> Entry:
    html, plain = _string(item, "content_html"), _string(item, "content_text")
    content = html or plain or _string(item, "summary") or ""
    title = _line(item, "title")
    link = address(item.get("url"), feed_url) or address(item.get("external_url"), feed_url)
    return Entry(
        guid=_guid(item) or link or fingerprint(title, content),
        content=content,
        content_type="text/html" if html else "text/plain",
        url=link,
        title=title,
        outlet=feed_title,
        author=_author(item) or feed_author,
        image=absolute(item.get("image"), feed_url) or absolute(item.get("banner_image"), feed_url),
        language=_string(item, "language") or feed_language,
        published_at=next((time for key in _DATE_KEYS if (time := read_date(_string(item, key)))), None),
        summary_only=is_teaser(text_of(html) if html else content, whole=bool(html or plain)),
    )


def _guid(item: dict[str, Any]) -> str | None:
    """Give an item's id; a number, which 1.0 lets pass, counts as its digits."""
    given = item.get("id")
    return str(given).strip() if isinstance(given, str | int | float) and not isinstance(given, bool) else None


def _author(record: dict[str, Any]) -> str | None:
    """Give the names of "authors" (1.1), else of "author" (1.0)."""
    authors = [author for author in (*_list(record, "authors"), record.get("author")) if isinstance(author, dict)]
    names = [name for author in authors if (name := _line(author, "name"))]
    return ", ".join(dict.fromkeys(names)) or None


def _list(record: dict[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _line(record: dict[str, Any], key: str) -> str | None:
    return line_of(_string(record, key) or "") or None
