"""What a site prints under every article: learned because it recurs, then marked as furniture.

Only the head and the foot of an article are looked at, where publishing systems put their boxes; what recurs deep inside is
the background of a running story and stays. Counts are kept by the store, by site; everything here is pure.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefs.models import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefs.models import Article

HEAD, FOOT = 2, 5  # readable blocks looked at
RECURS = 3  # different articles of a site, from which a paragraph is the site's own
KEPT = 0.5  # share of an article's prose that stays, whatever recurs

_READABLE = frozenset({BlockKind.PROSE, BlockKind.LIST, BlockKind.HEADING})
_DATE = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may"
    r"|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?",
    re.IGNORECASE,
)


def site_of(article: Article) -> str | None:
    """The site an article was published on: its host (with a port that is not the usual one), None without an address."""
    host = urlsplit(article.url or "").netloc.rpartition("@")[2].lower()
    return host.removeprefix("www.") or None


def paragraphs(article: Article) -> tuple[tuple[str, int], ...]:
    """The hash and block index of what may turn out to be the site's: its first and last readable blocks."""
    readable = [i for i, block in enumerate(article.blocks) if block.kind in _READABLE]
    chosen = sorted({*readable[:HEAD], *readable[-FOOT:]})
    return tuple((_hash(article.text[article.blocks[i].start : article.blocks[i].end]), i) for i in chosen)


def learned_together(articles: Iterable[Article]) -> dict[tuple[str, str], int]:
    """How many different articles of a batch hold each (site, hash); one text under two addresses counts once."""
    told = {(site, article.text): article for article in articles if (site := site_of(article))}
    return dict(
        Counter((site, key) for (site, _), article in told.items() for key in {key for key, _ in paragraphs(article)})
    )


def drop_together(articles: Sequence[Article], known: Mapping[tuple[str, str], int]) -> tuple[Article, ...]:
    """New articles without what recurs on their sites, counting what was ``known`` before and these articles themselves."""
    counts = Counter(known) + Counter(learned_together(articles))
    by_site: dict[str, dict[str, int]] = {}
    for (site, key), n in counts.items():
        by_site.setdefault(site, {})[key] = n
    return tuple(drop(article, by_site.get(site_of(article) or "", {})) for article in articles)


def drop(article: Article, counts: Mapping[str, int]) -> Article:
    """The article with what recurs on its site (``counts`` by hash) as furniture; the last first, and never most of its prose."""
    kinds = [block.kind for block in article.blocks]
    left = _prose(article, kinds)
    least = left * KEPT
    for key, i in reversed(paragraphs(article)):
        length = article.blocks[i].end - article.blocks[i].start if kinds[i] is BlockKind.PROSE else 0
        if counts.get(key, 0) >= RECURS and left - length >= least and left > length:
            left -= length
            kinds[i] = BlockKind.FURNITURE
    blocks = tuple(replace(block, kind=kind) for block, kind in zip(article.blocks, kinds, strict=True))
    return article if blocks == article.blocks else replace(article, blocks=blocks)


def _prose(article: Article, kinds: Sequence[BlockKind]) -> int:
    """Characters of prose."""
    return sum(
        block.end - block.start for block, kind in zip(article.blocks, kinds, strict=True) if kind is BlockKind.PROSE
    )


def _hash(paragraph: str) -> str:
    """The same for paragraphs that differ in case, white space, dates and figures alone."""
    folded = re.sub(r"\d+", "0", _DATE.sub("@", " ".join(paragraph.casefold().split())))
    return hashlib.sha256(folded.encode(errors="replace")).hexdigest()[:16]
