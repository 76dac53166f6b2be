"""Where feeds are kept by those who host sites: what well-known hosts do, and the usual places. Values in, values out."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

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
    if parts is None:
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
    if parts is None:
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


def _split(url: str) -> SplitResult | None:
    """Take a web address apart; None for what is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # an impossible one raises
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None
