"""Which entries of a feed are new. Values in, values out: no clock, no network, no database.

An article is known by its page's canonical address, by its GUID and by its content, in this order of what publishers keep:

* a GUID seen before is the same article, whatever else changed; other words under it are an edit;
* an address seen before is the same article under a new GUID, unless the entry that had it is still there under another
  title: then the address names a page with several items (a live blog, a show's home page) and tells nothing;
* the same title and text are the same article, moved to another address, if the entry that had them is gone.

A date is no part of it: publishers touch dates.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefs.sources.addresses import has_secret, identity, same_site
from briefs.sources.markup import text_of
from briefs.sources.pages import article_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefs.models import Entry
    from briefs.store.records import SeenEntry

ENOUGH_TEXT = 200  # characters of title and text that do not stand over two articles by chance
ENOUGH_TEASER = 100  # the same where only a teaser is at hand
ENOUGH_TITLE = 25  # characters; "Morning briefing" comes every day over the same teaser
PAGE_TRIES = 3  # how often a page that could not be read is asked for
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the id of its article, and what it is recognised by."""

    entry: Entry
    article_id: str
    own_id: str  # the id its article would have by its present address, else by its GUID
    vouched: bool  # its feed speaks for its address
    fingerprint: str
    tries: int = 0  # how often its page was asked for in vain


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with the entries of one poll."""

    fresh: tuple[Candidate, ...] = ()  # to be taken now, newest first
    edited: tuple[Candidate, ...] = ()  # other words than before under a known identity
    known: tuple[Candidate, ...] = ()  # nothing to be taken, but a GUID or a fingerprint to be remembered
    skipped: tuple[Candidate, ...] = ()  # too old or too many: remembered, so that they are never taken
    later: int = 0  # fresh ones that are left for the next visit


def candidates(
    feed_id: int, entries: Sequence[Entry], *, home: str | None = None, feed: str | None = None
) -> tuple[Candidate, ...]:
    """Name each entry's article: by its address where that tells articles apart, else by its GUID within this feed.

    ``feed`` is the feed's own address. What a feed of another site, or one that not everybody may read, says of an address
    is its own word: it makes an article of that feed alone, which no other feed changes, shows or takes for its own.
    """
    crowded = _crowded(entries) | {identity(home)}
    named = ((each, *_named(feed_id, each, crowded, feed)) for each in entries)
    return tuple(Candidate(each, own, own, vouched, fingerprint(each)) for each, own, vouched in named)


def fingerprint(entry: Entry) -> str:
    """Recognise an entry by the words of its title and text, and by the last change that a sitemap states."""
    text = entry.content if entry.content_type == "text/plain" else text_of(entry.content)
    words = " ".join(re.findall(r"\w+", f"{entry.title or ''}\n{text}".casefold()))
    return _digest(f"{words}\n{entry.revision or ''}")


def decide(
    found: Sequence[Candidate],
    seen: Iterable[SeenEntry],
    *,
    most: int,
    at_once: int,
) -> Plan:
    """Sort the entries of a poll; of the new ones the newest ``most`` are wanted and ``at_once`` of them taken now.

    ``seen`` holds what is remembered under any of their GUIDs, fingerprints and article ids.
    """
    memory = _Memory(seen, {each.entry.guid for each in found})
    fresh: dict[str, Candidate] = {}
    again: list[Candidate] = []  # the same new article under a second GUID
    edited: list[Candidate] = []
    known: list[Candidate] = []
    for each in found:
        before = memory.of(each)
        if before is None:
            if fresh.setdefault(each.article_id, each) is not each:
                again.append(each)
            continue
        same = replace(each, article_id=before.article_id or each.article_id)
        if tries := _changed(before, each):
            edited.append(replace(same, tries=tries - 1))
        elif before.guid != each.entry.guid or not before.fingerprint or same.article_id != each.article_id:
            known.append(same)
    wanted = newest_first(fresh.values())
    taken, skipped = wanted[: min(most, at_once)], wanted[most:]
    settled = {each.article_id for each in (*taken, *skipped)}
    known += [each for each in again if each.article_id in settled]
    return Plan(tuple(taken), tuple(edited), tuple(known), tuple(skipped), len(wanted) - len(taken) - len(skipped))


def moved(feed_id: int, found: Sequence[Candidate]) -> dict[str, str]:
    """Return the ids by which articles may be met from now on, for they were given another address: id to article's id.

    An article that never had an address of its own gets none: the page it stands on may show others tomorrow.
    """
    by_guid = {_by_guid(feed_id, each.entry) for each in found}
    changed = {each.own_id: each.article_id for each in found if each.own_id != each.article_id}
    return {own: article for own, article in changed.items() if not {own, article} & by_guid}


def newest_first(found: Iterable[Candidate]) -> list[Candidate]:
    """Sort by date; entries without one keep the place the feed gives them, and feeds give the newest first."""
    listed = list(found)
    if all(each.entry.published_at for each in listed):
        return sorted(listed, key=lambda each: each.entry.published_at or _EARLIEST, reverse=True)
    return listed


def marked(fingerprint_: str, tries: int) -> str:
    """Return the fingerprint to remember for an entry whose page must be asked for once more, or no more."""
    return f"{fingerprint_}?{tries}" if tries < PAGE_TRIES else fingerprint_


def marks(fingerprint_: str) -> tuple[str, ...]:
    """Return all that may be remembered of the same words: as they are, or to be looked at once more."""
    return (fingerprint_, *(marked(fingerprint_, tries) for tries in range(PAGE_TRIES)))


class _Memory:
    """What a feed has shown before."""

    def __init__(self, seen: Iterable[SeenEntry], present: set[str]) -> None:
        self._by_guid: dict[str, SeenEntry] = {}
        self._by_article: dict[str, SeenEntry] = {}
        self._by_fingerprint: dict[str, SeenEntry] = {}
        for each in seen:
            self._by_guid[each.guid] = each
            if each.guid in present:
                continue  # what is still there under its own GUID is not this one under another
            if each.article_id:
                self._by_article[each.article_id] = each
            if each.fingerprint:
                self._by_fingerprint[each.fingerprint.partition("?")[0]] = each

    def of(self, candidate: Candidate) -> SeenEntry | None:
        """The entry this one was before: by GUID, address, then content."""
        by_content = self._by_fingerprint.get(candidate.fingerprint) if _tells(candidate.entry) else None
        return self._by_guid.get(candidate.entry.guid) or self._by_article.get(candidate.article_id) or by_content


def _changed(before: SeenEntry, now: Candidate) -> int:
    """Return 0 when nothing changed, else one more than how often its page was asked for in vain."""
    words, _, tries = before.fingerprint.partition("?")
    if not words:
        return 0  # remembered by an earlier version of Debrief, which kept no words
    return int(tries) + 1 if tries and words == now.fingerprint else int(words != now.fingerprint)


def _tells(entry: Entry) -> bool:
    """Whether title and text are enough to know an article by."""
    text = entry.content if entry.content_type == "text/plain" else text_of(entry.content)
    title = entry.title or ""
    if entry.summary_only:
        return len(title) >= ENOUGH_TITLE and len(title) + len(text) >= ENOUGH_TEASER
    return len(title) + len(text) >= ENOUGH_TEXT


def _crowded(entries: Sequence[Entry]) -> set[str | None]:
    """The addresses under which several entries of different titles stand: a live blog, a show's home page."""
    titles: defaultdict[str | None, set[str]] = defaultdict(set)
    for entry in entries:
        titles[identity(entry.url)].add((entry.title or fingerprint(entry)).casefold())
    return {address for address, found in titles.items() if len(found) > 1}


def _named(feed_id: int, entry: Entry, crowded: set[str | None], feed: str | None) -> tuple[str, bool]:
    """The id of an entry's article, and whether its feed speaks for its address."""
    vouched = feed is not None and not has_secret(feed) and same_site(feed, entry.url)
    address = identity(entry.url)
    if address is None or address in crowded or not (urlsplit(f"//{address}").path.strip("/") or "?" in address):
        return _by_guid(feed_id, entry), vouched
    return article_id(entry) if vouched else _digest(f"{feed_id}\n{address}"), vouched


def _by_guid(feed_id: int, entry: Entry) -> str:
    return _digest(f"{feed_id}\n{entry.guid}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]
