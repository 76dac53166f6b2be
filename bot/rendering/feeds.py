"""A feed in words: what it is, how it is, when it is read next, and what reading it would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.escaping import clip, link
from bot.rendering.pages import counted, dotted, lines, stamp
from bot.subscriptions import EXTENTS, KINDS, headline, is_read_once, name, shown_address, trouble, wish
from briefs.models import Extent, SourceKind
from briefs.sources import addresses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefs.collecting import Trial
    from briefs.models import Article, Feed
    from briefs.sources.discovery import Candidate

NAME_ROOM = 100
ADDRESS_ROOM = 90
PATH_ROOM = 60
ERROR_ROOM = 220
TITLE_ROOM = 120
PROBLEMS_SHOWN = 3
_OFFERED = {
    SourceKind.SITEMAP: "no feed, but the list of pages that the site keeps for search engines",
    SourceKind.PAGE: "no feed: reads this page itself and watches it for changes",
}


# ---------------------------------------------------------------------------------------------------------- its names
def feed_name(feed: Feed, room: int = NAME_ROOM) -> str:
    """Return what a feed is called here, harmless for a message."""
    return clip(name(feed), room)


def feed_address(url: str) -> str:
    """Return a link to an address with its path; only its words where a link would give a secret away, nothing for a file."""
    if url.startswith("file:"):
        return ""
    linked = "" if addresses.has_secret(url) else link(url)
    if not linked:
        return clip(shown_address(url), ADDRESS_ROOM)
    path = shown_address(url).partition("/")[2]
    return f"{linked}/{clip(path, PATH_ROOM)}" if path else linked


# --------------------------------------------------------------------------------------------------------- its health
def feed_row(feed: Feed, now: datetime) -> str:
    """Return a feed as an item of a list: name, address, health, and a remark where there is one."""
    kind = "" if feed.kind is SourceKind.FEED or feed.url.startswith("file:") else KINDS[feed.kind]
    moved = f"moved to {feed_address(feed.moved_to)}" if feed.moved_to else ""
    where = dotted(feed_address(feed.url), kind, moved, "from the operator" if feed.shared else "")
    remark = f"  -# ℹ️ {clip(feed.remark, ERROR_ROOM)}" if feed.remark and not feed.failures else ""
    return lines(
        f"- **{feed_name(feed)}**",
        f"  -# {where}" if where else "",
        *(f"  -# {line}" for line in feed_health(feed, now)),
        remark,
    )


def feed_health(feed: Feed, now: datetime) -> tuple[str, ...]:
    """Return how a feed is, in one or two lines."""
    read = f"last read {stamp(feed.last_success_at, 'R')}" if feed.last_success_at else "never read so far"
    if feed.ended_at:
        return f"🛑 Gone for good since {stamp(feed.ended_at, 'D')}; it is read no more: {_error(feed)}", read
    if feed.failures:
        return f"⚠️ {_streak(feed)}: {_error(feed)}", dotted(read, _next(feed, "next try", now))
    if is_read_once(feed):
        return ("a file, read once",)
    if not feed.last_success_at:
        return (dotted("not read yet", _next(feed, "first read", now)),)
    news = f"last brought news {stamp(feed.last_new_at, 'R')}" if feed.last_new_at else "no news so far"
    return (dotted(read, news, _next(feed, "next", now)),)


def feed_trouble(feed: Feed) -> str:
    """Return in one line what an admin should know of a feed that is not well."""
    if feed.ended_at:
        return f"**{feed_name(feed)}** is gone for good and is read no more: {_error(feed)}"
    return f"**{feed_name(feed)}** {_streak(feed)}: {_error(feed)}"


def _streak(feed: Feed) -> str:
    since = f" since {stamp(feed.failing_since, 'f')}" if feed.failing_since and feed.failures > 1 else ""
    return f"failed {counted(feed.failures, 'time')}{since}"


def _error(feed: Feed) -> str:
    return clip(trouble(feed), ERROR_ROOM)


def _next(feed: Feed, label: str, now: datetime) -> str:
    """Return when a feed is read next; nothing where that is never."""
    coming = feed.next_poll_at
    if coming is None or is_read_once(feed):
        return ""
    return f"{label} {stamp(coming, 'R')}" if coming > now else f"{label} in a moment"


# ------------------------------------------------------------------------------------------------- before it is added
def candidate_row(candidate: Candidate, number: int) -> str:
    """Return a source that was found as a numbered line: title, address, what it is and how lively."""
    where = clip(shown_address(candidate.url), ADDRESS_ROOM)
    title = clip(candidate.title, NAME_ROOM) if candidate.title else ""
    return lines(
        dotted(f"**{number}. {title or where}**", where if title else ""),
        f"-# {dotted(_OFFERED.get(candidate.kind, ''), standing(candidate.entries, candidate.newest_at))}",
    )


def standing(entries: int, newest_at: datetime | None) -> str:
    """Return how much a source holds, as in "25 entries · newest 2 hours ago"."""
    held = counted(entries, "entry", "entries") if entries else "no entries yet"
    return dotted(held, f"newest {stamp(newest_at, 'R')}" if newest_at else "")


def trial_text(trial: Trial) -> str:
    """Return what reading a source gives: what it is, how lively, what it asks for, and a few of its articles."""
    language = f"language “{clip(trial.language, 20)}”" if trial.language else ""
    return lines(
        f"### {clip(trial.title or shown_address(trial.url), NAME_ROOM)}",
        dotted(KINDS[trial.kind], feed_address(trial.url), language),
        f"It has moved for good to {feed_address(trial.moved_to)}." if trial.moved_to else "",
        dotted(standing(trial.entries, trial.newest_at), wish(trial.wishes.every)),
        *(f"- {_sample(article)}" for article in trial.articles),
        *(f"-# ⚠️ {clip(problem, ERROR_ROOM)}" for problem in trial.problems[:PROBLEMS_SHOWN]),
    )


def _sample(article: Article) -> str:
    author = f"by {clip(article.author, 60)}" if article.author else ""
    date = stamp(article.published_at, "f") if article.published_at else "without a date"
    return dotted(f"**{clip(headline(article), TITLE_ROOM)}**", author, date, EXTENTS[article.extent])


def extent_remark(articles: Sequence[Article]) -> str:
    """Return a sentence when some of a source's newest articles cannot be read in full, else nothing."""
    met = [article.extent for article in articles]
    counts = [(met.count(extent), EXTENTS[extent]) for extent in Extent if extent in met]
    if not set(met) - {Extent.FULL}:
        return ""
    told = counts[0][1] if len(counts) == 1 else ", ".join(f"{number} {words}" for number, words in counts)
    return f"Its newest articles: {told}. Briefings quote what can be read of them."
