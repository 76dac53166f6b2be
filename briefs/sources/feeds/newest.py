"""The newest items of a feed without end: as many as are read in a second or two, before anything parses the others.

Feeds give the newest first, and some the oldest; the dates of their first and last item tell which.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from briefs.sources.feeds import dates
from briefs.sources.feeds.repairs import ITEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.sources.feeds.repairs import Document

MOST_ITEMS = 10_000  # of a feed; of one that is new some twenty are taken, of one that was away for long some hundreds
MOST_LISTED = 50_000  # pages of a sitemap: as many as the protocol lets one list
MOST_MARKS = 300_000  # tags, with those of the HTML in it, of what is read of a feed; a whole article has a hundred
LEAST = 200  # items that are read whatever they hold: as many as are taken after a long absence
_DATE = re.compile(
    r"<(?:[\w-]+:)?(?:pubDate|date|published|updated|lastmod|publication_date)\b[^<>]*>([^<>]{4,99})<", re.IGNORECASE
)


def shortened(sent: Document, *, listing: bool) -> tuple[Document, str | None]:
    """Cut the oldest items out of a document, or of a sitemap (``listing``), that has too many; also say so in a sentence."""
    item, text = ITEMS[sent.root], sent.text
    starts = [found.start() for found in re.finditer(rf"<(?:[\w.-]+:)?{item}[\s/>]", text, re.IGNORECASE)]
    if len(starts) < 2:
        return sent, None
    turned = oldest_first(_date(text[starts[0] : starts[1]]), _date(text[starts[-1] :]))
    sizes = [] if listing else [_marks(text, start, end) for start, end in pairwise((*starts, len(text)))]
    kept = within(len(starts), sizes, most=MOST_LISTED if listing else MOST_ITEMS, turned=turned)
    if kept == len(starts):
        return sent, None
    if turned:
        left_out = starts[0], starts[-kept]
    else:  # what follows the last item stays: there the document ends
        end = re.compile(rf"</(?:[\w.-]+:)?{item}\s*>", re.IGNORECASE).search(text, starts[-1])
        left_out = starts[kept], end.end() if end else starts[-1]
    return replace(sent, text=text[: left_out[0]] + text[left_out[1] :]), told(len(starts), kept)


def within(number: int, sizes: Sequence[int], *, most: int, turned: bool = False) -> int:
    """Return how many of the items are read: not too many, and beyond the first not of too many marks (``sizes``)."""
    sums = accumulate(reversed(sizes) if turned else sizes)
    light = sum(1 for each in sums if each <= MOST_MARKS) if sizes else number
    return min(number, most, max(LEAST, light))


def oldest_first(first: str | None, last: str | None) -> bool:
    """Whether the dates of a feed's first and last item show that it begins with the oldest."""
    earlier, later = dates.read(first), dates.read(last)
    return bool(earlier and later and earlier < later)


def told(number: int, kept: int) -> str:
    """What people are told of a feed that is not read whole."""
    return f"It has {number:,} items, more than are read at once; the newest {kept:,} were read."


def _date(item: str) -> str | None:
    found = _DATE.search(item)
    return found[1] if found else None


def _marks(text: str, start: int, end: int) -> int:
    return text.count("<", start, end) + text.count("&lt;", start, end)
