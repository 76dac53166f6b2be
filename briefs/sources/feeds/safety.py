"""Refusing what expands, reaches out or exhausts while it is parsed, before any parser sees it."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from briefs.errors import FeedError
from briefs.sources.feeds.markings import Marking, markings

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_BYTES = 10_000_000  # also of what is packed, once unpacked
_MOST_MARKS = 1_000_000  # "<" or "&" of a feed, with those of the HTML in it
_MOST_ELEMENTS = 300_000  # of a feed: 10,000 items of thirty parts each
_MOST_LISTED = 1_500_000  # "<" or "&" of a sitemap: one of 50,000 pages with news and images has fewer
_LONGEST_TAG = 1_000_000  # characters
_MOST_ATTRIBUTES = 500  # of one tag
_MOST_PREFIXES = 200  # namespaces of one document
_DEEPEST = 200  # elements in each other

_MOST_OPEN_COMMENTS = 200
_COMMENT_END = re.compile(r"--(?:>|&gt;|&#0*62;|&#[xX]0*3[eE];)")

_GZIP = b"\x1f\x8b"
# Definitions that honest feeds name: those of RSS 0.91, of XHTML and of Dublin Core. None is ever fetched.
_HARMLESS = re.compile(
    r"<!DOCTYPE\s+[\w:.-]+\s*(?:PUBLIC\s*(?:\"[^\"]*\"|'[^']*'))?\s*(?:SYSTEM)?\s*"
    r"(?:[\"']https?://(?:[\w-]+\.)*(?:netscape\.com|w3\.org|dublincore\.org|purl\.org)/[^\"']*[\"'])?\s*>",
    re.IGNORECASE,
)


def unpacked(body: bytes, *, url: str, name: str) -> bytes:
    """Unpack a gzip file served as it is; other bytes are given back. FeedError when it is broken or too large."""
    if len(body) > MAX_BYTES:
        raise FeedError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB and was not read.", source=url)
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise FeedError(f"{name} is a broken gzip file and was not read.", source=url) from error
    if len(plain) > MAX_BYTES:
        raise FeedError(f"{name} unpacks to more than {MAX_BYTES // 1_000_000} MB and was not read.", source=url)
    return plain


def refuse_definitions(prolog: Iterable[Marking], *, url: str, name: str) -> None:
    """Refuse what defines entities of its own, or names a definition elsewhere that no feed needs."""
    for marking in prolog:
        if marking.kind == "definition" and not _HARMLESS.match(marking.rest):
            if re.match(r"<!DOCTYPE[^\[>]*>", marking.rest, re.IGNORECASE):
                message = f"{name} asks to read definitions from elsewhere, which can be an attack, and was not read."
            else:
                message = f"{name} defines its own XML entities, which can be an attack, and was not read."
            raise FeedError(message, source=url)


def refuse_excess(text: str, *, listing: bool, url: str, name: str) -> None:
    """Refuse markup beyond what any feed, or any sitemap (``listing``), has: depth, number and length of tags."""
    most = _MOST_LISTED if listing else _MOST_MARKS
    crowded = text.count("<") > most or text.count("&") > most
    crowded = crowded or _open_comments(text) > _MOST_OPEN_COMMENTS
    excess = "too many parts" if crowded else _excess(text, most if listing else _MOST_ELEMENTS)
    if excess:
        raise FeedError(f"{name} has {excess} to be a feed, which can be an attack, and was not read.", source=url)


def _open_comments(text: str) -> int:
    """Count the comments begun in HTML, however it is written, before one ends: for each the rest is searched for an end."""
    if text.count("!--") <= _MOST_OPEN_COMMENTS:
        return 0
    return max(part.count("!--") for part in _COMMENT_END.split(text))


def _excess(text: str, most_elements: int) -> str | None:
    open_tags: list[str] = []
    prefixes: set[str] = set()
    elements = at = 0
    for kind, start, end, name, rest in markings(text):
        if start - at > _LONGEST_TAG and "<" in text[at:start]:
            return "a tag too long"
        at = end
        if kind == "end":
            close(open_tags, name)
        elif kind == "start" or kind == "empty":  # noqa: PLR1714 - asked for every tag, and quicker so
            elements += 1
            if kind == "start":
                open_tags.append(name)
            if rest and (excess := _excess_of_tag(rest, prefixes)):
                return excess
            if elements > most_elements:
                return "too many parts"
            if len(open_tags) > _DEEPEST:
                return "elements too deep in each other"
            if len(name) > _LONGEST_TAG:
                return "a tag too long"
    return "a tag too long" if len(text) - at > _LONGEST_TAG and "<" in text[at:] else None


def _excess_of_tag(rest: str, prefixes: set[str]) -> str | None:
    """Name what is too much in a tag's attributes; adds the namespaces they declare to ``prefixes``."""
    if len(rest) > _LONGEST_TAG:
        return "a tag too long"
    if len(rest) > _MOST_ATTRIBUTES and rest.count("=") > _MOST_ATTRIBUTES:
        return "too many attributes"
    if "xmlns" in rest:
        prefixes.update(re.findall(r"xmlns:([^\s=]+)", rest))
    return "too many namespaces" if len(prefixes) > _MOST_PREFIXES else None


def close(open_tags: list[str], name: str) -> list[str]:
    """Take an element and those left open inside it off the open ones; give them, innermost first."""
    if open_tags and open_tags[-1] == name:  # as it mostly is
        return [open_tags.pop()]
    if name not in open_tags:
        return []
    closed: list[str] = []
    while not closed or closed[-1] != name:
        closed.append(open_tags.pop())
    return closed
