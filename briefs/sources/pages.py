"""Entries → articles: the text of a web page, then its blocks, title, outlet, author, date, language and extent."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import structlog

from briefs.errors import PageError
from briefs.language.languages import detect
from briefs.models import Article, Block, BlockKind, Entry, Extent
from briefs.sources import bounds, cleaning, maintext, metadata, misfits, walls
from briefs.sources.addresses import canonical, identity, masked
from briefs.sources.decoding import BinaryDataError, decode
from briefs.sources.markup import readable, text_of
from briefs.sources.metadata import Metadata

if TYPE_CHECKING:
    from datetime import datetime

log = structlog.get_logger(__name__)


def extract(entry: Entry, *, first_seen_at: datetime, as_id: str | None = None) -> Article:
    """Make an article of an entry.

    Its id is ``as_id`` (for feeds: ``article_id(entry)``) or the entry's guid. What the entry says of title, outlet, author,
    image and date goes before what the page's metadata say, and these before what stands in the text. Its address is the one
    the page calls canonical, if that is of the same site.
    """
    page = _page(entry) if entry.content_type == "text/html" else _Page(entry.content)
    said = page.said
    title, outlet = bounds.name(entry.title or said.title), entry.outlet or said.outlet
    text = _within("text", entry, page.text, bounds.text(bounds.storable(page.text)))
    marked = cleaning.mark(text, title=title)
    return Article(
        id=as_id or entry.guid,
        text=text,
        blocks=marked.blocks,
        first_seen_at=first_seen_at,
        title=bounds.name(title or marked.title),
        outlet=bounds.name(outlet or marked.outlet),
        url=bounds.address(_address(said.url, entry.url)),
        author=bounds.name(entry.author or said.author),
        image=bounds.address(entry.image or said.image),
        published_at=bounds.time(entry.published_at or said.published_at or marked.published_at),
        language=detect(_readable(text, marked.blocks, title), stated=said.language or entry.language),
        extent=page.extent or (Extent.TEASER if entry.summary_only else Extent.FULL),
    )


def article_id(entry: Entry) -> str:
    """Give an article's stable id: of its canonical address, else its guid, and never its date or text."""
    return hashlib.sha256((identity(entry.url) or entry.guid).encode(errors="replace")).hexdigest()[:16]


def with_page(entry: Entry, body: bytes, *, content_type: str | None = None, url: str | None = None) -> Entry:
    """Give a teaser the full page behind its link; ``url`` is where redirects led. PageError when it is no article.

    A link that only led to the article, over another site, gives way to the address it led to.
    """
    html = _markup(entry, body, content_type)
    if not _is_document(html):
        return replace(
            entry, content=html, content_type="text/html", url=entry.url or canonical(url), summary_only=False
        )
    tree = maintext.parsed(html)
    said = metadata.read(tree, url=url or entry.url) if tree is not None else _SILENT
    problem = tree is not None and misfits.reason(tree, said, html, asked=entry.url, got=url)
    if problem:
        raise PageError(f"{_name(entry)} is no article: {problem}.", source=_name(entry))
    address = entry.url if entry.url and _same_site(entry.url, url) else canonical(url) or entry.url
    return replace(entry, content=html, content_type="text/html", url=address, summary_only=False)


def fuller(teaser: Article, page: Article) -> Article:
    """Choose between what a feed carries of an article and what its page does; both are the same article.

    A page behind a wall still says so: the feed's lines then have its extent.
    """
    if page.extent is not Extent.CONSENT and _prose(page) > _prose(teaser):
        return page
    return replace(teaser, extent=teaser.extent if page.extent is Extent.FULL else page.extent)


def _prose(article: Article) -> int:
    return sum(block.end - block.start for block in article.blocks if block.kind is BlockKind.PROSE)


def _name(entry: Entry) -> str:
    return masked(entry.url or entry.guid)


def _markup(entry: Entry, body: bytes, content_type: str | None) -> str:
    """Decode what should be a web page. PageError when it is a document, a picture or bytes of no known encoding."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and not _TEXTUAL.fullmatch(kind):
        raise PageError(f"{_name(entry)} is no article: it is {kind}, not a web page.", source=_name(entry))
    charset = re.search(r"charset=[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    try:
        return bounds.storable(decode(body, charset=charset[1] if charset else None))
    except (BinaryDataError, UnicodeError) as error:
        raise PageError(f"{_name(entry)} is no article: its bytes are no text.", source=_name(entry)) from error


_TEXTUAL = re.compile(r"text/.*|application/(?:xhtml\+xml|xml|octet-stream)|\*/\*|unknown/.*")


# ---------------------------------------------------------------------------------------------------------------- pages
_SILENT = Metadata()


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's text, what it says of itself, and the wall it is, if it is one."""

    text: str
    said: Metadata = _SILENT
    extent: Extent | None = None


def _within(kind: str, entry: Entry, whole: str, kept: str) -> str:
    """What is kept of something; where it is not all, the log says so."""
    if len(kept) < len(whole):
        log.info("read in part", what=kind, address=_name(entry), characters=len(whole), read=len(kept))
    return kept


def _page(entry: Entry) -> _Page:
    html = _within("page", entry, entry.content, readable(entry.content))
    if not _is_document(html):
        return _Page(text_of(html))  # a feed's fragment: every word of it is the article's
    tree = maintext.parsed(html)
    if tree is None:
        return _Page(text_of(html))
    said = metadata.read(tree, url=entry.url)
    try:
        found = maintext.find(tree, url=entry.url)
    except Exception:  # noqa: BLE001 - lxml and trafilatura fail on hostile markup in any way there is; its words are still there
        return _Page(text_of(html), said)
    return _Page(found.text, _completed(said, found.document), _wall(html, found.text))


def _wall(html: str, text: str) -> Extent | None:
    """The wall a page is; one that shows next to no text is judged by all its words, for a consent box is no article's."""
    found = walls.met(html, text)
    if found or len(text) >= maintext.SHORT:
        return found
    return Extent.CONSENT if walls.met(html, text_of(html)) is Extent.CONSENT else None


def _completed(said: Metadata, found: Any) -> Metadata:
    """What a page states, and where it states nothing what trafilatura found."""
    if found is None:
        return said
    return replace(
        said,
        title=found.title or said.title,
        outlet=said.outlet or (found.sitename if "." not in (found.sitename or "") else None),  # a host is no name
        url=said.url or canonical(found.url),
        published_at=said.published_at or metadata.moment(found.date),
    )


def _address(stated: str | None, known: str | None) -> str | None:
    """Choose an article's address: the one its page states, unless it is another site's or that site's front page."""
    if known is None:
        return stated
    return stated if stated and _same_site(stated, known) and (_path(stated) or not _path(known)) else known


def _same_site(one: str | None, other: str | None) -> bool:
    """Say whether two addresses are of one site; True where one is missing."""
    a, b = (re.sub(r"^(?:www|m|mobile|amp)\.", "", (identity(url) or "").partition("/")[0]) for url in (one, other))
    return not (a and b) or a == b or a.endswith(f".{b}") or b.endswith(f".{a}")


def _path(url: str) -> str:
    return (identity(url) or "").partition("/")[2]


def _readable(text: str, blocks: tuple[Block, ...], title: str | None) -> str:
    """The words that tell an article's language: its title and all that is read of it."""
    told = (text[block.start : block.end] for block in blocks if block.kind is not BlockKind.FURNITURE)
    return "\n".join((title or "", *told))


def _is_document(html: str) -> bool:
    start = html[:2_000].lower()
    return "<html" in start or "<head" in start or "<body" in start or "<!doctype" in start
