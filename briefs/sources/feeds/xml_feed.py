"""RSS 0.90 to 2.0, Atom 0.3 and 1.0 → entries, through feedparser, which knows their dialects.

It is given well-formed UTF-8 without definitions, and believed in all but dates, which it guesses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, urlsplit

from briefs.errors import FeedError
from briefs.models import Entry
from briefs.sources.addresses import masked
from briefs.sources.feeds import dates
from briefs.sources.feeds.parsed import ParsedFeed, absolute, address, fingerprint, is_teaser, presentable, unique
from briefs.sources.feeds.wishes import wishes
from briefs.sources.markup import line_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_DATE_KEYS = ("published", "updated", "created")  # in the order they are believed
_MOST_AUTHORS = 100  # of one item
_WRAPPERS = re.compile(
    r"(?:news|www)\.google\.[a-z.]+|feedproxy\.google\.com|feeds?\d?\.feedburner\.com|(?:www\.)?bing\.com|rd\.yahoo\.com"
    r"|r\.search\.yahoo\.com|(?:www\.)?feedsportal\.com|rss\.feedsportal\.com"
)


def parse(xml: bytes, *, url: str, now: datetime | None) -> ParsedFeed:
    """Parse the XML of a feed that was fetched from ``url``. FeedError when it is too broken."""
    from briefs.sources.feeds import dialects  # brings feedparser along; only needed to read a feed

    try:
        return _read(dialects.read(xml), xml, url=url, now=now)
    except Exception as error:  # elements where no format has them make feedparser fail in any way there is
        raise FeedError(f"{masked(url)} is too broken to be read as a feed.", source=url) from error


def _read(parsed: Any, xml: bytes, *, url: str, now: datetime | None) -> ParsedFeed:
    feed = parsed.feeddata
    read_date = dates.reader([text for raw in parsed.entries for text in _date_texts(raw)], now=now)
    atom = str(parsed.version).startswith("atom")
    home = address(_stated_link(feed, atom=atom), url)
    title = presentable(_title(feed, atom=atom))
    reader = _ItemReader(
        base=url if atom else home or url,
        atom=atom,
        title=title,
        author=_author(feed) if atom else None,
        language=_language(feed.get("language")),
        read_date=read_date,
    )
    return ParsedFeed(
        title,
        tuple(unique(reader.entry(raw) for raw in parsed.entries)),
        wishes=wishes(feed, xml),
        language=reader.language,
        home=home,
    )


class _ItemReader:
    """Reads items by what their feed says of all of them."""

    def __init__(
        self,
        *,
        base: str,
        atom: bool,
        title: str | None,
        author: str | None,
        language: str | None,
        read_date: dates.Reader,
    ) -> None:
        self.base = base
        self.atom = atom
        self.title = title
        self.author = author
        self.language = language
        self.read_date = read_date

    def entry(self, raw: Any) -> Entry:
        url = _link(raw, self.base, atom=self.atom)
        title = _title(raw, atom=self.atom)
        content, content_type, summary_only = _content(raw, post=title is None)
        return Entry(
            guid=(raw.get("id") or "").strip() or url or fingerprint(title, content),
            content=content,
            content_type=content_type,
            url=url,
            title=title,
            outlet=line_of(raw.get("source", {}).get("title") or "") or self.title,
            author=_author(raw) or _author(raw.get("source", {})) or self.author,
            image=_image(raw, self.base),
            language=_item_language(raw) or self.language,
            published_at=self._published_at(raw),
            summary_only=summary_only,
        )

    def _published_at(self, raw: Any) -> datetime | None:
        """Read an item's time of publication, or else of its last change."""
        return next((time for text in _date_texts(raw) if (time := self.read_date(text))), None)


def _date_texts(raw: Any) -> Iterator[str]:
    for key in _DATE_KEYS:
        if key in raw:  # asked first: feedparser warns when it has to take one for the other
            yield raw[key]


# ---------------------------------------------------------------------------------------------------------- title, text
def _title(raw: Any, *, atom: bool) -> str | None:
    """Give a title on one line. Atom says when it is plain text; in RSS everything may be markup."""
    given = raw.get("title") or raw.get("itunes_title")
    title = given if isinstance(given, str) else ""
    if atom and raw.get("title_detail", {}).get("type") == "text/plain":
        return " ".join(title.split()) or None
    return line_of(title) or None


def _content(raw: Any, *, post: bool) -> tuple[str, Literal["text/plain", "text/html"], bool]:
    """Choose the fullest text of an item; the last value says whether it is only a teaser.

    A ``post`` has no title, and its description is all there is.
    """
    bodies = [body for body in raw.get("content", ()) if body.get("value", "").strip() and _is_text(body)]
    blurb = raw.get("itunes_blurb") or raw.get("media_blurb") or ""
    summary = raw.get("summary_detail") or {"value": raw.get("summary") or blurb, "type": "text/html"}
    best = max(bodies, key=lambda body: len(body["value"]), default=summary)
    value: str = best.get("value") or ""
    plain = best.get("type") == "text/plain" and not re.search(r"<\w", value)
    text = value if plain else text_of(value)
    return value, "text/plain" if plain else "text/html", is_teaser(text, whole=bool(bodies) or post)


def _is_text(body: Any) -> bool:
    return bool(re.match(r"text/|.*(?:html|xml)$|$", body.get("type") or ""))


# ------------------------------------------------------------------------------------------------ people, picture, tongue
def _author(raw: Any) -> str | None:
    """Give the names of an item's authors, else their addresses."""
    people = [person for person in raw.get("authors", ())[:_MOST_AUTHORS] if person]
    names = [name for person in people if (name := line_of(person.get("name") or ""))]
    given = names or [email for person in people if (email := line_of(person.get("email") or ""))]
    return ", ".join(dict.fromkeys(given)) or line_of(raw.get("author") or "") or None


def _image(raw: Any, base: str) -> str | None:
    """Give the address of the picture an item names."""
    links = [link for link in raw.get("links", ()) if (link.get("type") or "").startswith("image/")]
    media = [item for item in raw.get("media_content", ()) if _is_image(item)]
    candidates = (
        *(item.get("url") for item in media),
        *(item.get("url") for item in raw.get("media_thumbnail", ())),
        raw.get("image", {}).get("href") if isinstance(raw.get("image"), dict) else None,
        *(link.get("href") for link in links if link.get("rel") == "enclosure"),
    )
    return next((place for candidate in candidates if (place := absolute(candidate, base))), None)


def _is_image(media: Any) -> bool:
    kind = media.get("medium") or media.get("type") or media.get("url") or ""
    return bool(re.match(r"image|.*\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", kind, re.IGNORECASE))


def _item_language(raw: Any) -> str | None:
    bodies = (*raw.get("content", ()), raw.get("summary_detail", {}), raw.get("title_detail", {}))
    stated = raw.get("language") or next((body["language"] for body in bodies if body.get("language")), None)
    return _language(stated)


def _language(stated: str | None) -> str | None:
    """Give a language's tag as it is stated, with hyphens; None for what is none."""
    tag = (stated or "").strip().replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", tag) else None


# ---------------------------------------------------------------------------------------------------------------- links
def _link(raw: Any, base: str, *, atom: bool) -> str | None:
    """Give the page of an item; a guid that says to be its link and is no address is none."""
    link = (raw.get("feedburner_origlink") or _stated_link(raw, atom=atom)).strip()
    if not link or (link == raw.get("id") and "://" not in link):
        return None
    return _unwrapped(address(link, base), raw)


def _stated_link(raw: Any, *, atom: bool) -> str:
    """Give what a feed or an item links to as itself. In Atom an id is never a link, and the first link is meant."""
    pages = [link for link in raw.get("links", ()) if link.get("rel") == "alternate" and link.get("href")]
    pages.sort(key=lambda link: "html" not in (link.get("type") or ""))
    first: str = pages[0]["href"] if pages else ""
    return first if atom else raw.get("link") or first


def _unwrapped(link: str | None, raw: Any) -> str | None:
    """Give the page behind a link that only counts who follows it, where the item itself tells it."""
    if link is None or not _WRAPPERS.fullmatch(urlsplit(link).hostname or ""):
        return link
    queries = parse_qs(urlsplit(link).query)
    told = (*(value for key in ("url", "u", "q") for value in queries.get(key, ())), raw.get("id") or "")
    targets = (target for value in told if (target := address(value, "")))
    return next((target for target in targets if not _WRAPPERS.fullmatch(urlsplit(target).hostname or "")), link)
