"""What stands behind a link: a web page, as an article, as a teaser's full text, as what names feeds, and what its site repeats."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefs.errors import PageError
from briefs.models import Entry
from briefs.sources import boilerplate, discovery, pages
from briefs.sources.bounds import bounded
from briefs.sources.decoding import decode
from fuzz import mutations, promises

if TYPE_CHECKING:
    from random import Random

URL = "https://coast.example/2024/03/harbour"
NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)
SAMPLE = Path(__file__).parents[2] / "data/sources/page.html"
ORIGIN = "http://127.0.0.1:8000"
_TYPES = (
    None,
    "text/html",
    "text/html; charset=utf-8",
    "text/html; charset=shift_jis",
    "application/xhtml+xml",
    "image/png",
    "\0;charset=",
)
TEASER = Entry("a", "The harbour reopened on Monday.", url=URL, title="Harbour reopens", summary_only=True)
LARGEST_SEED = 30_000  # bytes

LINKS = (
    "<html><head><base href='//b.example/'><link rel=canonical href='/c'><link rel=alternate type=application/rss+xml href=d>"
    "</head><body><a rel=author href=/e>By F</a><form><input type=password></form><h2><a href=g>h</a></h2></body></html>"
)
ODD = (
    "<p>One line.</p><ul><li>a</li></ul>",
    "<!doctype html><table><tr><td>a<td>b</table><pre>c\n\nd</pre><svg><title>e</title></svg><template><p>f</template>",
    "<html lang=ja><meta charset=shift_jis><meta property=og:title content=a><time datetime=2024-03-04 pubdate>b</time><h1>c</h1>",
    LINKS,
)


@cache
def seeds() -> tuple[bytes, ...]:
    from sites import BUILDERS
    from sources import webpages

    sites = [build(ORIGIN, NOW) for build in BUILDERS.values()]
    shown = [each.body for site in sites for each in site.resources.values() if "html" in each.content_type]
    whole = webpages.article(
        head=webpages.linked_data(author={"name": "A"}, datePublished="2024-03-04"), after=webpages.BANNER
    )
    return (
        *(body for body in shown if len(body) < LARGEST_SEED),
        SAMPLE.read_bytes(),
        whole.encode(),
        *map(str.encode, ODD),
    )


@cache
def _mutator() -> mutations.Markup:
    return mutations.Markup(seeds())


def mutated(data: bytes, rng: Random, most: int) -> bytes:
    return _mutator()(data, rng, most)


def one_input(data: bytes) -> None:
    check = zlib.crc32(data)
    if check % 4:
        _as_page(data, _TYPES[check % len(_TYPES)], twice=len(data) < 5_000)
        return
    try:
        text = decode(data)
    except ValueError:  # no text
        return
    _as_fragment(text, "text/html" if check % 8 else "text/plain")
    for link in discovery.links(text, URL):
        promises.of_address(link.url, fetched=True)
        promises.of_names(link.title)


def _as_page(data: bytes, kind: str | None, *, twice: bool) -> None:
    try:
        whole = pages.with_page(TEASER, data, content_type=kind, url=URL)
    except PageError as error:
        promises.of_sentences(str(error))
        return
    promises.of_entry(whole)
    article = pages.extract(whole, first_seen_at=NOW, as_id="a")
    promises.of_article(article)
    if twice:
        assert pages.extract(whole, first_seen_at=NOW, as_id="a") == article, "read twice, it is not the same"
    fuller = pages.fuller(pages.extract(TEASER, first_seen_at=NOW, as_id="a"), article)
    learned = boilerplate.drop_together((fuller, article), dict.fromkeys(boilerplate.learned_together((article,)), 9))
    for each in learned:
        promises.of_article(each)


def _as_fragment(text: str, kind: Literal["text/html", "text/plain"]) -> None:
    """What a feed carries of an article is markup, too."""
    entry = Entry("a", text, content_type=kind, title=text[:300])
    promises.of_article(pages.extract(bounded(entry), first_seen_at=NOW))
