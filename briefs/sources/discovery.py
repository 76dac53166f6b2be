"""Where a site keeps its feeds: what its page names, and what its host does (``hosting``). Values in, values out.

None of it is sure; whoever offers a candidate to a person has read it first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from briefs.models import SourceKind
from briefs.sources import bounds
from briefs.sources.hosting import conventions, guesses
from briefs.sources.markup import readable
from briefs.sources.opml import subscribed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["Candidate", "conventions", "guesses", "links"]

MAX_TAGS = 200_000  # of a page; only links are looked at
MAX_LINKS = 200  # of one page; a list of every feed of a large paper has some 150

_TYPES = re.compile(
    r"application/(?:(?:rss|atom|rdf)\+xml|feed\+json|x\.atom\+xml|x-atom\+xml|x-rss\+xml)|text/(?:rss|atom)(?:\+xml)?"
)
_VAGUE_TYPES = ("", "text/xml", "application/xml", "application/json")  # said of feeds, and of much that is none
# What the path or query of a feed looks like: /feed, /blog/rss/, /world.rss, /news/atom.xml, /feed.json, ?feed=rss2
_LOOKS = re.compile(
    r"(?:/|^)(?:rss|rss2|atom|feeds?)/?$|\.(?:rss|atom|rdf)$|(?:rss|feed|(?<![a-z])atom|(?:/|^)index)[\w.-]*\.(?:xml|rdf)$"
    r"|(?:/|^)(?:rss|feed)s?/[^?]*\.xml$|(?:/|^)feed\.json$|/feeds?/(?:posts|all|atom|rss|default|tag|category)\b"
    r"|/(?:rss|feed)\.(?:php|aspx?|cfm)$",
    re.IGNORECASE,
)
_LOOKS_ASKED = re.compile(
    r"(?:^|&)(?:feed|format|output|type|alt)=(?:rss|atom|feed|rdf)[\w.]*|(?:^|&)feed=", re.IGNORECASE
)
_READERS = re.compile(  # "subscribe with…": services that read a feed, and are none
    r"(?:^|\.)(?:feedly|inoreader|netvibes|newsblur|bloglines|newsgator|theoldreader|feedspot|follow)\.(?:com|it|is)$"
    r"|^(?:add\.my\.yahoo|my\.msn|reader\.google|fusion\.google|(?:itunes|podcasts)\.apple|www\.(?:google|facebook))\.com$"
)
_COMMENTS = re.compile(
    r"comment|kommentar|coment[aá]rio|commentaire|komentar|kommentit|reacties|комментар|コメント|评论|評論|\breplies\b",
    re.IGNORECASE,
)
_SECTIONS = re.compile(
    r"/(?:categor(?:y|ies)|tags?|topics?|authors?|search|label|section)/|(?:^|[?&])(?:cat|tag|author|s)=", re.IGNORECASE
)
_MAIN = re.compile(  # the last name in the path of a feed of everything; "/rss/sport.xml" is a part
    r"|rss[\d.]*|atom[\d.]*|feeds?|index|all|main|home|homepage|front|top|latest|news|posts|articles|default|blog|full|public",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"\W*(?:(?:rss|atom|xml|json|rdf|feeds?|subscribe|abonnieren|suscribirse|[12]\.0|to|via|our|the)\W*)*",
    re.IGNORECASE,
)
_FORMATS = re.compile(r"[\s:|\-–—(\[]*\b(?:(?:RSS|XML|Atom|Feed)\b[\s:|\-–—)\]]*)+", re.IGNORECASE)
_FEW_WORDS = 12  # around an anchor: a name; more is a text
_CHANNEL = re.compile(r"UC[\w-]{22}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may stand at an address; ``entries`` and ``newest_at`` are known once it was read."""

    url: str
    title: str | None = None
    kind: SourceKind = SourceKind.FEED
    entries: int = 0
    newest_at: datetime | None = None


def links(html: str, url: str) -> tuple[Candidate, ...]:
    """Give the feeds that a page names, best first: the site's main feed, other feeds of it, of other sites, of comments."""
    elements = _elements(html)
    base = _base(elements, url)
    found: dict[str, tuple[tuple[int | bool, ...], Candidate]] = {}
    for place, (element, named) in enumerate(_named(elements)):
        href = named if named is not None else str(element.get("href") or "")
        address = _joined(base, href)
        if address is not None and address not in found and address != url:
            title = bounds.name(_title(element)) if named is None else None
            found[address] = (_rank(address, title, url, element, place), Candidate(address, title))
    ranked = sorted(found.values(), key=lambda pair: pair[0])
    return tuple(candidate for _, candidate in ranked[:MAX_LINKS])


def _elements(html: str) -> list[Any]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = etree.fromstring(readable(html, most=MAX_TAGS).encode(errors="replace") or b" ", parser)
    return [] if root is None else list(root.iter("base", "link", "meta", "a"))


def _base(elements: list[Any], url: str) -> str:
    href = next((element.get("href") for element in elements if element.tag == "base" and element.get("href")), "")
    return _joined(url, href) or url


def _named(elements: list[Any]) -> Iterator[tuple[Any, str | None]]:
    """Yield the elements that name a feed, with the address when it is not the element's own."""
    for element in elements:
        if element.tag == "link" and _is_feed_link(element):
            yield element, None
        elif channel := _channel(element):
            yield element, f"/feeds/videos.xml?channel_id={channel}"
    for element in elements:
        if element.tag == "a" and _is_feed_anchor(element):
            yield element, None


def _is_feed_link(element: Any) -> bool:
    relations = str(element.get("rel") or "").lower().split()
    if "stylesheet" in relations or not {"alternate", "feed"} & set(relations):
        return False
    kind = _type(element)
    return bool(_TYPES.fullmatch(kind)) or (kind in _VAGUE_TYPES and _looks_like_feed(element.get("href")))


def _is_feed_anchor(element: Any) -> bool:
    href = str(element.get("href") or "").strip()
    return bool(href) and (bool(_TYPES.fullmatch(_type(element))) or _looks_like_feed(href))


def _type(element: Any) -> str:
    return str(element.get("type") or "").partition(";")[0].strip().lower()


def _looks_like_feed(href: str | None) -> bool:
    parts = _split(subscribed((href or "").strip()))
    if parts is None or _READERS.search(parts.hostname or "") or parts.scheme not in ("", "http", "https"):
        return False
    return bool(_LOOKS.search(parts.path) or _LOOKS_ASKED.search(parts.query))


def _channel(element: Any) -> str | None:
    """Give the video channel that a page says it is, even where its link to the feed is missing."""
    if element.tag == "meta" and str(element.get("itemprop")).lower() in ("identifier", "channelid"):
        match = _CHANNEL.fullmatch(str(element.get("content")))
    elif element.tag == "link" and str(element.get("rel")).lower() == "canonical":
        match = re.search(rf"(?<=/channel/){_CHANNEL.pattern}$", str(element.get("href")))
    else:
        return None
    return match[0] if match else None


def _title(element: Any) -> str | None:
    """Give what a link says of its feed; an anchor that says "RSS" only is named by the words around it."""
    told = [element.get("title"), element.get("aria-label")]
    if element.tag == "a":
        told = ["".join(element.itertext()), *told, _around(element)]
    lines = [" ".join(text.split()) for text in told if text]
    telling = (line for line in lines if not _SAYS_NOTHING.fullmatch(line))
    return next(telling, None) or next((line for line in lines if line), None)


def _around(element: Any) -> str | None:
    """Give the words of the list item or table row that an anchor stands in, if they are few."""
    row = next(element.iterancestors("li", "tr", "p", "dd", "h2", "h3"), None)
    pieces: list[str] = []
    for text in row.itertext() if row is not None else ():
        pieces += text.split()
        if len(pieces) > _FEW_WORDS:
            return None
    return _FORMATS.sub(" ", " ".join(pieces)).strip() or None


def _rank(address: str, title: str | None, page: str, element: Any, place: int) -> tuple[int | bool, ...]:
    parts, here = urlsplit(address), urlsplit(page)
    said = f"{parts.path}?{parts.query}"
    below = here.path.rstrip("/") != "" and parts.path.startswith(f"{here.path.rstrip('/')}/")
    return (
        bool(_COMMENTS.search(said) or _COMMENTS.search(title or "")),
        _site(parts.hostname) != _site(here.hostname),
        element.tag == "a",
        0 if below else _part(parts, said),  # who gives the address of a section means the section
        place,
    )


def _part(parts: SplitResult, said: str) -> int:
    """Say how little of its site a feed tells, from 1 for all of it to 3 for one section."""
    name = parts.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return 3 if _SECTIONS.search(said) else 1 if _MAIN.fullmatch(name) else 2


def _site(host: str | None) -> str:
    """Give what the hosts of one publisher share: "news.coast.co.uk" and "feeds.coast.co.uk" are of coast.co.uk."""
    labels = (host or "").split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in ("co", "com", "org", "net", "ac", "gov", "edu")
    return host or "" if labels[-1].isdecimal() else ".".join(labels[-3 if short else -2 :])


def _joined(base: str, href: str) -> str | None:
    try:
        address = urldefrag(urljoin(base, subscribed(href.strip()))).url
    except ValueError:
        return None
    parts = _split(address)
    return address if parts and parts.scheme in ("http", "https") and parts.hostname else None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # an impossible one raises
    except ValueError:
        return None
    return parts
