"""What parsing gives, and what the formats share: one entry per item, told apart by what stays the same."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefs.models import Entry, SourceKind, Wishes
from briefs.sources import bounds
from briefs.sources.addresses import canonical, masked_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEASER_LENGTH = 1_000  # characters; a description below it is taken for a teaser
_BREAKS = re.compile(r"[\t\r\n]+")  # in an address; who reads it takes them out
_BREAKS_OFF = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|(?:continue reading|read more|read the rest)\W*)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's title, its entries in the feed's order, and one sentence for each thing that is wrong with it."""

    title: str | None
    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
    kind: SourceKind = SourceKind.FEED  # or SITEMAP
    wishes: Wishes = field(default_factory=Wishes)
    language: str | None = None  # BCP 47, as the feed states it
    home: str | None = None  # the address of the site it belongs to
    nested: tuple[str, ...] = ()  # the sitemaps that an index of sitemaps lists, newest first
    left_out: str | None = None  # a sentence, where it has more than is read


def presentable(title: str | None) -> str | None:
    """Give what a feed calls itself, fit to be shown: some without a title put their own address there, token and all."""
    return masked_in(title) if title else None


def fingerprint(title: str | None, content: str) -> str:
    """Name an item that has neither guid nor link by its words."""
    return hashlib.sha256(f"{title or ''}\n{content}".encode(errors="replace")).hexdigest()[:16]


def unique(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Keep one entry per guid, within bounds, but tell items apart that share a guid and link to different pages."""
    seen: dict[str, str | None] = {}
    for entry in map(bounds.bounded, entries):
        if entry.guid not in seen:
            seen[entry.guid] = entry.url
            yield entry
        elif entry.url and entry.url != seen[entry.guid] and entry.url not in seen:
            seen[entry.url] = entry.url
            yield replace(entry, guid=entry.url)


def address(link: object, base: str) -> str | None:
    """Give a link's one form, resolved against ``base``; None for what is no web address."""
    return canonical(_resolved(link, base))


def absolute(link: object, base: str) -> str | None:
    """Give an address to fetch from, resolved and else as it is written: its query may be signed. None if it is none."""
    place = _resolved(link, base)
    return place if canonical(place) and bounds.address(place) else None


def _resolved(link: object, base: str) -> str | None:
    place = _BREAKS.sub("", link.strip()).replace(" ", "%20") if isinstance(link, str) else ""
    if not place or place.startswith(("https://", "http://")):
        return place or None
    if place.startswith("#"):  # a place in the feed itself, whose address may be its readers' alone
        return None
    try:
        return urljoin(re.split("[?#]", base, maxsplit=1)[0], place)
    except ValueError:  # brackets that hold no address
        return None


def is_teaser(text: str, *, whole: bool) -> bool:
    """Say whether an item's text is only a teaser; ``whole``: it stands where a feed puts whole articles."""
    return len(text) < TEASER_LENGTH and (not whole or bool(_BREAKS_OFF.search(text)))
