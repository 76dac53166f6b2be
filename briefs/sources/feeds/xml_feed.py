"""Bytes of a feed (RSS, Atom, RDF) → entries, through feedparser. No network: fetching is another matter."""

from __future__ import annotations

import io
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin

from briefs.errors import FeedError
from briefs.models import Entry
from briefs.sources import datelines
from briefs.sources.addresses import canonical, masked
from briefs.sources.feeds.parsed import TEASER_LENGTH, ParsedFeed, fingerprint, unique
from briefs.sources.markup import line_of, text_of

if TYPE_CHECKING:
    pass

MAX_BYTES = 10_000_000
_EPOCH_YEAR = 1970  # "no date" in many publishing systems

_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(\[)?", re.IGNORECASE)
_TRUNCATED = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|(?:continue reading|read more|read the rest)\W*)\s*$", re.IGNORECASE)


def parse(body: bytes, *, url: str, content_type: str | None = None, now: datetime | None = None) -> ParsedFeed:
    """Parse a feed fetched from ``url``. Dates later than a day after ``now`` are dropped. FeedError when it is no feed."""
    name = masked(url)
    parsed = _feedparsed(body, content_type)
    if not parsed.version and not parsed.entries:
        raise FeedError(
            f"{name} is not a feed{_looks_like(body)}; give the address of its RSS or Atom feed.", source=url
        )
    title = line_of(parsed.feed.get("title", "")) or None
    entries = tuple(unique(_entry(raw, url, title, now) for raw in parsed.entries))
    return ParsedFeed(title, entries, _problems(parsed, name))


# ----------------------------------------------------------------------------------------------------------- the bytes
def refuse_hostile(body: bytes, name: str) -> None:
    """Refuse what expands or reaches out while it is parsed: entity bombs, own and external definitions."""
    if not body.strip():
        raise FeedError(f"{name} is empty; it gave no feed.", source=name)
    if len(body) > MAX_BYTES:
        raise FeedError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB and was not read.", source=name)
    prolog = _prolog(body)
    doctype = _DOCTYPE.search(prolog)
    if (doctype and doctype[1]) or "<!entity" in prolog.lower():
        raise FeedError(f"{name} defines its own XML entities, which can be an attack, and was not read.", source=name)


def _prolog(body: bytes) -> str:
    """Give what stands before the first element: only there may XML define anything."""
    text = body.replace(b"\0", b"").decode("latin-1")  # UTF-16 without its zeros is ASCII enough to look at
    text = re.sub(r"<!--.*?-->", "", text[:200_000], flags=re.DOTALL)
    first = re.search(r"<[A-Za-z]", text)
    return text[: first.start()] if first else text


def _feedparsed(body: bytes, content_type: str | None) -> Any:
    import feedparser  # brings an HTML parser along; only needed to read a feed

    headers = {"content-type": content_type} if content_type else {}
    # A stream, never the bytes: feedparser would try a short text as a file name or an address. And no address of the feed:
    # it would make a link of every guid, and another guid when the feed moves.
    return feedparser.parse(io.BytesIO(body), response_headers=headers)


def _looks_like(body: bytes) -> str:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1_000].lower()
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return " (it looks like a web page)"
    return " (it looks like JSON)" if start.startswith((b"{", b"[")) else ""


def _problems(parsed: Any, name: str) -> tuple[str, ...]:
    problems = []
    if parsed.bozo and type(parsed.bozo_exception).__name__ == "SAXParseException":
        problems.append(f"{name} is not well-formed XML; it was read as far as possible.")
    return tuple(problems)


# ---------------------------------------------------------------------------------------------------------- the entries
def _entry(raw: Any, feed_url: str, feed_title: str | None, now: datetime | None) -> Entry:
    content, content_type, summary_only = _content(raw)
    url = _link(raw, feed_url)
    title = line_of(raw.get("title", "")) or None
    return Entry(
        guid=(raw.get("id") or "").strip() or url or fingerprint(title, content),
        content=content,
        content_type=content_type,
        url=url,
        title=title,
        outlet=line_of(raw.get("source", {}).get("title", "")) or feed_title,
        published_at=_published_at(raw, now),
        summary_only=summary_only,
    )


def _link(raw: Any, feed_url: str) -> str | None:
    """Give the page of an item; a guid that says to be its link and is no address is none."""
    link = (raw.get("link") or "").strip()
    if not link or (link == raw.get("id") and "://" not in link):
        return None
    try:
        return canonical(urljoin(feed_url, link))
    except ValueError:
        return None


def _content(raw: Any) -> tuple[str, Literal["text/plain", "text/html"], bool]:
    """Choose the fullest text of an item; the last value says whether it is only a teaser."""
    bodies = [body for body in raw.get("content", ()) if body.get("value", "").strip()]
    summary = raw.get("summary_detail") or {"value": raw.get("summary", ""), "type": "text/html"}
    best = max(bodies, key=lambda body: len(body["value"]), default=summary)
    value: str = best.get("value") or ""
    plain = best.get("type") == "text/plain" and not re.search(r"<\w", value)
    text = value if plain else text_of(value)
    teaser = len(text) < TEASER_LENGTH and (not bodies or bool(_TRUNCATED.search(text)))
    return value, "text/plain" if plain else "text/html", teaser


def _published_at(raw: Any, now: datetime | None) -> datetime | None:
    """Read an item's time of publication, or else of its last change; UTC when it names no zone."""
    time = _time(raw, "published") or _time(raw, "updated")
    if time is None or time.year <= _EPOCH_YEAR or (now and time > now):
        return None
    return time


def _time(raw: Any, key: str) -> datetime | None:
    if key not in raw:  # asked first: feedparser warns when it has to take one for the other
        return None
    parsed = raw[f"{key}_parsed"]
    try:
        # What no standard allows and people write all the same ("March 4, 2024 4:13 PM") is read as a line of text is.
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else datelines.published_at([raw[key]], "")
    except (ValueError, OverflowError, OSError):
        return None


def read_date(text: str, *, now: datetime | None) -> datetime | None:
    """Read a date; None for none, for one that is not certain and for one later than ``now``."""
    time = datelines.published_at([text], "") if text else None
    return None if time is None or time.year <= _EPOCH_YEAR or (now and time > now) else time
