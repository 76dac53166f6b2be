"""Where a site keeps its feeds: what its page names, what its host is known for, and the usual places. Values in, values out.

None of it is sure; whoever offers a candidate to a person has read it first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit, urlunsplit

from briefs.models import SourceKind
from briefs.sources.opml import subscribed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

MAX_HTML = 5_000_000  # characters; what a page names stands in its first part
MAX_LINKS = 200  # of one page; a list of every feed of a large paper has some 150

_TYPES = re.compile(
    r"application/(?:(?:rss|atom|rdf)\+xml|feed\+json|x\.atom\+xml|x-atom\+xml|x-rss\+xml)|text/(?:rss|atom)(?:\+xml)?"
)
_VAGUE_TYPES = ("", "text/xml", "application/xml", "application/json")  # said of feeds, and of much that is none
# What the path or query of a feed looks like: /feed, /blog/rss/, /world.rss, /news/atom.xml, /feed.json, ?feed=rss2
_LOOKS = re.compile(
    r"(?:/|^)(?:rss|rss2|atom|feeds?)/?$|\.(?:rss|atom|rdf)$|(?:rss|atom|feed|index)[\w.-]*\.(?:xml|rdf)$|(?:rss|feed)s?/[^?]*\.xml$"
    r"|(?:/|^)feed\.json$|/feeds?/(?:posts|all|atom|rss|default|tag|category)\b|/(?:rss|feed)\.(?:php|aspx?|cfm)$",
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
_CHANNEL = re.compile(r"UC[\w-]{22}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may stand at an address; ``entries`` and ``newest_at`` are known once it was read."""

    url: str
    title: str | None = None
    kind: SourceKind = SourceKind.FEED
    entries: int = 0
    newest_at: datetime | None = None


# ---------------------------------------------------------------------------------------------------- what a page names
def links(html: str, url: str) -> tuple[Candidate, ...]:
    """Give the feeds that a page names, best first: the site's main feed, other feeds of it, of other sites, of comments."""
    elements = _elements(html)
    base = _base(elements, url)
    found: dict[str, tuple[tuple[int | bool, ...], Candidate]] = {}
    for place, (element, named) in enumerate(_named(elements)):
        href = named if named is not None else str(element.get("href") or "")
        address = _joined(base, href)
        if address is not None and address not in found and address != url:
            title = _title(element) if named is None else None
            found[address] = (_rank(address, title, url, element, place), Candidate(address, title))
    ranked = sorted(found.values(), key=lambda pair: pair[0])
    return tuple(candidate for _, candidate in ranked[:MAX_LINKS])


def _elements(html: str) -> list[Any]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = etree.fromstring(html[:MAX_HTML].encode(errors="replace") or b" ", parser)
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
    line = " ".join(" ".join(row.itertext()).split()) if row is not None else ""
    words = re.sub(
        r"[\s:|\-–—(\[]*\b(?:(?:RSS|XML|Atom|Feed)\b[\s:|\-–—)\]]*)+", " ", line, flags=re.IGNORECASE
    ).strip()
    return words if 0 < len(words) <= 60 else None


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


# --------------------------------------------------------------------------------------------- what a host is known for
_GITHUB_PAGES = (  # its own, where the name of a user would stand
    "(?:about|apps|collections|enterprise|explore|features|login|marketplace|notifications|orgs|pricing|search|settings"
    "|signup|sponsors|topics|trending)"
)
# A person's address ("host/path?query", no last slash) → the feeds its host keeps for it; the first rule that fits holds.
# What begins with "/" is on the same host.
_HOSTED = (
    (r"(?:www\.|m\.)?youtube\.com/channel/(UC[\w-]{22})", "https://www.youtube.com/feeds/videos.xml?channel_id=\\1"),
    (
        r"(?:www\.|m\.)?youtube\.com/playlist\?(?:.*&)?list=([\w-]+).*",
        "https://www.youtube.com/feeds/videos.xml?playlist_id=\\1",
    ),
    (r"(?:www\.|m\.)?youtube\.com/user/([\w-]+)", "https://www.youtube.com/feeds/videos.xml?user=\\1"),
    (r"github\.com(/[\w-]+/[\w.-]+)/releases", "/\\1/releases.atom"),
    (r"github\.com(/[\w-]+/[\w.-]+)/tags", "/\\1/tags.atom"),
    (r"github\.com(/[\w-]+/[\w.-]+/commits/[^?]+)", "/\\1.atom"),
    (
        rf"github\.com(/(?!{_GITHUB_PAGES}/)[\w-]+/[\w.-]+?)(?:\.git)?",
        "/\\1/releases.atom /\\1/tags.atom /\\1/commits.atom",
    ),
    (rf"github\.com(/(?!{_GITHUB_PAGES}$)[\w-]+)$", "/\\1.atom"),
    (r"gitlab\.[^/]+((?:/[\w.-]+){2,}?)(?:/-/.*)?$", "/\\1/-/releases.atom /\\1/-/tags?format=atom /\\1.atom"),
    (r"codeberg\.org(/[\w.-]+/[\w.-]+?)(?:\.git)?", "/\\1/releases.rss /\\1.rss"),
    (r"codeberg\.org(/[\w.-]+)", "/\\1.rss"),
    (r"(?:\w+\.)?reddit\.com(/(?:r|u|user)/[^?]*[^?/])(\?.*)?", "https://www.reddit.com\\1/.rss\\2"),
    (r"(?:\w+\.)?reddit\.com", "https://www.reddit.com/.rss"),
    (r"(?!www\.)([\w-]+)\.substack\.com", "https://\\1.substack.com/feed"),
    (r"(?:www\.)?substack\.com/@([\w-]+)", "https://\\1.substack.com/feed"),
    (r"(?:www\.)?medium\.com/(@[\w.-]+|tag/[\w-]+|(?!m/|me/)[\w-]+)", "https://medium.com/feed/\\1"),
    (r"(?!www\.)([\w-]+)\.medium\.com", "https://\\1.medium.com/feed"),
    (r"([\w-]+\.blogspot\.[\w.]+)/search/label/([^/?]+)", "https://\\1/feeds/posts/default/-/\\2"),
    (r"([\w-]+\.blogspot\.[\w.]+)", "https://\\1/feeds/posts/default"),
    (
        r"(?:www\.)?tumblr\.com/(?:blog/(?:view/)?)?(?!dashboard|explore|login|tagged)([\w-]+)",
        "https://\\1.tumblr.com/rss",
    ),
    (r"(?!www\.)([\w-]+)\.tumblr\.com(/tagged/[^/?]+)?", "https://\\1.tumblr.com\\2/rss"),
    (r"bsky\.app/profile/([\w.:-]+)", "https://bsky.app/profile/\\1/rss"),
    (r"news\.google\.com(?:/rss)?(/(?:topics/[\w-]+|search))?(?:/[^?]*)?(\?.*)?", "https://news.google.com/rss\\1\\2"),
    (r"news\.ycombinator\.com", "https://news.ycombinator.com/rss"),
    (
        r"((?:[\w-]+\.)*(?:stackoverflow|stackexchange|serverfault|superuser|askubuntu)\.com)/questions/tagged/([^/?]+)",
        "https://\\1/feeds/tag/\\2",
    ),
    (r"((?:[\w-]+\.)*(?:stackoverflow|stackexchange|serverfault|superuser|askubuntu)\.com)", "https://\\1/feeds"),
    (r"(?:www\.)?arxiv\.org/list/([\w.-]+)", "https://rss.arxiv.org/rss/\\1"),
    (r"pypi\.org/project/([\w.-]+)", "https://pypi.org/rss/project/\\1/releases.xml"),
    (r"(?:www\.)?vimeo\.com/(?!channels/|groups/)([A-Za-z][\w-]*)", "https://vimeo.com/\\1/videos/rss"),
    (r"dev\.to/([\w-]+)", "https://dev.to/feed/\\1"),
    (r"shows\.acast\.com/([\w-]+)", "https://feeds.acast.com/public/shows/\\1"),
    (r"(?:www\.)?buzzsprout\.com/(\d+)", "https://feeds.buzzsprout.com/\\1.rss"),
    (r"(?!www\.)([\w-]+)\.podbean\.com", "https://feed.podbean.com/\\1/feed.xml"),
    (r"(?!www\.)([\w-]+)\.libsyn\.com", "https://\\1.libsyn.com/rss"),
    (r"(?!www\.|feeds\.)([\w-]+)\.transistor\.fm", "https://feeds.transistor.fm/\\1"),
    (r"(?:www\.)?spreaker\.com/(?:show|podcast)/(?:[\w-]*--)?(\d+)", "https://www.spreaker.com/show/\\1/episodes/feed"),
    (r"(?!www\.)([\w-]+)\.wordpress\.com((?:/(?:category|tag|author)/[^/?]+)?)", "https://\\1.wordpress.com\\2/feed/"),
    (r"(?:[\w-]+\.)*(?:youtube|medium|tiktok|threads|substack|apple|spotify)\.\w+.*", ""),
    # What is said by the path alone: Mastodon and its kin, WordPress.
    (r"[^/]+/@([\w-]+)@([\w.-]+\.\w+)", "https://\\2/@\\1.rss"),
    (r"[^/]+(/(?:@|users/|tags/)[\w-]+)", "/\\1.rss"),
    (r"[^/]+((?:/[\w-]+)?/(?:category|tag|author)/[^?]*[^?/])", "/\\1/feed/"),
)
_RULES = tuple((re.compile(f"{pattern}(?=[/?]|$)"), feeds.split()) for pattern, feeds in _HOSTED)


def conventions(url: str) -> tuple[str, ...]:
    """Give the feeds that well-known hosting keeps for what stands at an address; nothing for an address it does not know."""
    parts = _split(url.strip())
    if parts is None or not parts.hostname:
        return ()
    query = f"?{parts.query}" if parts.query else ""
    subject = f"{parts.hostname}{parts.path.rstrip('/')}{query}"
    for pattern, feeds in _RULES:
        if match := pattern.match(subject):
            return tuple(_absolute(match.expand(feed), parts) for feed in feeds)
    return ()


def _absolute(feed: str, parts: SplitResult) -> str:
    if not feed.startswith("/"):
        return feed
    return f"{parts.scheme}://{parts.netloc}/{feed.lstrip('/')}"


# ------------------------------------------------------------------------------------------------------ the usual places
_PLACES = (
    "feed",
    "rss",
    "feed.xml",
    "rss.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
    "feeds/posts/default",
    "?feed=rss2",
)
_PLACES_BELOW = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml")
_PLACES_BESIDE = ("blog/feed", "news/feed", "index.rdf")


def guesses(url: str) -> tuple[str, ...]:
    """Give the places where sites usually keep a feed, likeliest first: beneath the address itself, then of the whole site."""
    parts = _split(url.strip())
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return ()
    root = urlunsplit((parts.scheme, parts.netloc, "/", "", ""))
    below = f"{root}{folder}/" if (folder := _folder(parts.path)) else None
    found = [f"{below}{place}" for place in _PLACES_BELOW] if below else []
    return tuple(dict.fromkeys([*found, *(f"{root}{place}" for place in (*_PLACES, *_PLACES_BESIDE))]))


def _folder(path: str) -> str:
    """Give the part of a path that may be a section of a site; the page of an article has no feed."""
    names = [name for name in path.split("/") if name]
    if names and "." in names[-1]:
        names.pop()
    return "/".join(names) if len(names) <= 2 else names[0]
