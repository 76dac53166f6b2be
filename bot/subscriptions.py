"""What people say of sources, in chat and on the command line: an address as they paste it, a feed as they call it; pure."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from briefs.errors import SettingError
from briefs.models import Extent, SourceKind
from briefs.sources import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from briefs.models import Article, Feed
    from briefs.sources.discovery import Candidate

_LINK = re.compile(r"\[[^\]]*\]\(<?([^\s<>]+?)>?\)")  # [label](address), as Discord writes links
_FEED = re.compile(r"^feed:(?://)?(?=https?://)|^feed(?=://)", re.IGNORECASE)  # how other readers say "subscribe"
KINDS = {
    SourceKind.FEED: "feed",
    SourceKind.SITEMAP: "sitemap",
    SourceKind.PAGE: "single page, watched for changes",
    SourceKind.FOLDER: "folder of the operator's",
}
EXTENTS = {
    Extent.FULL: "full text",
    Extent.TEASER: "teaser only",
    Extent.PAYWALL: "behind a paywall",
    Extent.CONSENT: "asks for consent",
}
WORDS_ROOM = 80  # characters of a post without a title
NEVER = 9999  # the year in which what is read only when asked is due


def address(text: str) -> str:
    """Return the address with its scheme, which people leave out; SettingError for what can be no address."""
    plain = text.strip()
    linked = _LINK.fullmatch(plain)
    plain = (linked[1] if linked else plain).strip("<> ")
    plain = _FEED.sub(lambda found: "" if ":" in found[0] else "http", plain)
    scheme, mark, rest = plain.partition("://")
    if mark and scheme.isalnum() and scheme.lower() not in {"http", "https"}:
        message = f"Only addresses that begin with http:// or https:// are read, not {scheme[:20]}://."
        raise SettingError(message, setting="address")
    if " " in plain or not re.match(r"[^/?#]*[.:]", rest if mark else plain):
        message = f"“{plain[:60]}” is no web address. Give a site's or a feed's, such as example.com."
        raise SettingError(message, setting="address")
    return plain if mark else f"https://{plain}"


def site(url: str) -> str:
    """Return the name of the site an address leads to, without what is secret in it."""
    return re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0].rpartition("@")[2]


def shown_address(url: str) -> str:
    """Return an address as a person reads it: without its scheme, its secrets masked; of a file only the last name."""
    if url.startswith("file:"):
        return url.rstrip("/").rpartition("/")[2]
    return addresses.masked(url).partition("://")[2] or addresses.masked(url)


def name(feed: Feed) -> str:
    """Return what a feed is called: its title, else its address without secrets."""
    return feed.title or shown_address(feed.url)


def headline(article: Article) -> str:
    """Return what an article is called: its title; of a post without one its first words."""
    return article.title or f"“{textwrap.shorten(article.text, WORDS_ROOM, placeholder='…')}”"


def trouble(feed: Feed) -> str:
    """Return what was wrong at the last visit, without the feed's address, beside which it is read."""
    return addresses.without_address(feed.last_error or "", feed.url, feed.moved_to)


def is_well(feed: Feed) -> bool:
    """Whether the last poll of a feed went well and there will be another."""
    return not feed.failures and feed.ended_at is None


def is_read_once(feed: Feed) -> bool:
    """Whether a source is a file that the operator loaded: nobody comes back to it."""
    return feed.next_poll_at is not None and feed.next_poll_at.year >= NEVER


def is_polled(feed: Feed) -> bool:
    """Whether a source has more to give: it has not ended, and is not read only when asked."""
    return feed.ended_at is None and not is_read_once(feed)


def is_counted(feed: Feed) -> bool:
    """Whether a source counts among those that a server has added: the operator's files and feeds do not."""
    return not feed.shared and feed.kind is not SourceKind.FOLDER


def meant(known: Iterable[Feed], text: str) -> Feed | None:
    """Return the feed that is meant by its number or address, else by its title or its address as it is shown.

    SettingError when several are called so: what is masked looks alike.
    """
    feeds, wanted = list(known), text.strip().casefold()
    if not wanted:
        return None
    exact = [feed for feed in feeds if wanted in {str(feed.id), feed.url.casefold()}]
    called = exact or [feed for feed in feeds if wanted.rstrip("/") in _names(feed)]
    if len(called) > 1:
        message = f"{len(called)} feeds are called “{text.strip()[:60]}”. Give the number of one, or its whole address."
        raise SettingError(message, setting="feed")
    return next(iter(called), None)


def _names(feed: Feed) -> set[str]:
    shown = (feed.title or "", shown_address(feed.url))
    return {each.casefold().rstrip("/") for each in shown if each}


def known_as(known: Iterable[Feed], url: str) -> Feed | None:
    """Return the feed that is read under this address already, or has moved there."""
    return next((feed for feed in known if url in {feed.url, feed.moved_to}), None)


def sure(found: Sequence[Candidate], url: str) -> bool:
    """Whether what was found is what was asked for: the only feed there is, or this very list of pages."""
    if len(found) != 1:
        return False
    return found[0].kind is SourceKind.FEED or (found[0].kind is SourceKind.SITEMAP and found[0].url == url)


def wish(every: timedelta | None) -> str:
    """Return how often a source asks to be read, at most; nothing where it does not say."""
    return f"asks not to be read more often than every {duration(every)}" if every else ""


def duration(length: timedelta) -> str:
    """Return a length of time in words, as in "2 hours"."""
    minutes = max(1, round(length.total_seconds() / 60))
    size, unit = next(
        (size, unit)
        for size, unit in ((1_440, "day"), (60, "hour"), (1, "minute"))
        if minutes >= (size if minutes % size == 0 else 3 * size)
    )
    number = round(minutes / size)
    return f"{number} {unit}{'' if number == 1 else 's'}"
