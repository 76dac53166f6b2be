"""XML as publishers really send it → XML that a strict parser takes: the document alone, well-formed, nothing lost of it.

What is not well-formed is mended as a reader would understand it: a bare "&" is an ampersand, "&nbsp;" a space, a tag never
closed ends where the one around it ends. A document that breaks off ends after its last whole item.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from briefs.sources.feeds.markings import Marking, markings
from briefs.sources.feeds.safety import close

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT_NAMES = re.compile(r"(?:[\w.-]+:)?(rss|feed|rdf|urlset|sitemapindex)", re.IGNORECASE)
_NO_RUBBISH = re.compile(r"html|head|body|pre|script|svg|article|main|textarea", re.IGNORECASE)
_MOST_RUBBISH = 20_000  # characters of words before a document, in which a server complains of itself
ITEMS = {"rss": "item", "rdf": "item", "feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(r"&(#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});|[A-Za-z][A-Za-z0-9]{1,31};)?")
_TEXT = re.compile(  # a part of an item that holds text: none stands directly in another
    "title|link|guid|id|pubDate|published|updated|description|summary|content|content:encoded|comments|dc:creator|dc:date"
)
_OWN = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][^\s=<>"'/]*+)(?:\s*=\s*(?:"([^"<]*+)"|'([^'<]*+)'|([^\s<>"']++)))?""")
_SOUND_ATTRIBUTES = re.compile(r"""(?:\s+[A-Za-z_][\w.-]*+(?::[\w.-]++)?\s*=\s*(?:"[^"<]*+"|'[^'<]*+'))*+\s*""")
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


@dataclass(frozen=True, slots=True)
class Document:
    """An XML document cut out of what was sent: its root's name, and what stands before it."""

    root: str  # rss, feed, rdf, urlset or sitemapindex
    text: str
    prolog: tuple[Marking, ...]
    whole: bool = True  # False: it breaks off


def document(text: str) -> Document | None:
    """Find a feed or sitemap in what was sent with it; None when there is none."""
    prolog: list[Marking] = []
    words = 0
    at = 0
    for marking in markings(text):
        words += len(text[at : marking.start].strip())
        at = marking.end
        root = _ROOT_NAMES.fullmatch(marking.name) if marking.kind in ("start", "empty") else None
        if root:
            return Document(root[1].lower(), text[marking.start :], tuple(prolog))
        prolog.append(marking)
        if words > _MOST_RUBBISH or (marking.name and _NO_RUBBISH.fullmatch(marking.name)):
            break
    return None


def definitions(text: str) -> Iterator[Marking]:
    """Yield what a text without a known root defines before its first element."""
    for marking in markings(text):
        if marking.kind in ("start", "empty"):
            return
        yield marking


def cut(sent: Document) -> Document:
    """Cut off what follows a document's end; one that breaks off ends with its last whole item."""
    root = next(markings(sent.text))
    if root.kind == "empty":
        return replace(sent, text=sent.text[: root.end])
    end = sent.text.rfind(f"</{root.name}")
    end = sent.text.find(">", end) + 1 if end >= 0 else 0
    if end:
        return replace(sent, text=sent.text[:end])
    return replace(sent, text=sent.text[: max(_last_item(sent.text, sent.root), root.end)], whole=False)


def _last_item(text: str, root: str) -> int:
    """Find where the last whole item ends."""
    ends = (found.end() for found in re.finditer(rf"</(?:[\w.-]+:)?{ITEMS[root]}\s*>", text, re.IGNORECASE))
    return max(ends, default=0)


def well_formed(xml: bytes) -> bool:
    """Say whether a strict parser takes a document."""
    from xml.parsers import expat

    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


def mended(sent: Document) -> bytes:
    """Make a document well-formed; what follows its root's end is left out."""
    xml = _with_namespaces(_balanced(sent)).encode("utf-8", "replace")
    return xml if well_formed(xml) else _recovered(xml)


def _recovered(xml: bytes) -> bytes:
    """Leave out what cannot be mended: impossible names."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    tree = etree.fromstring(xml, parser)
    return xml if tree is None else etree.tostring(tree, encoding="utf-8", xml_declaration=False)


def _balanced(sent: Document) -> str:
    """Close what was left open, and write text and attributes as XML does."""
    text = _FORBIDDEN.sub("", sent.text)
    pieces: list[str] = []
    open_tags: list[str] = []
    at = 0
    for marking in markings(text):
        pieces.append(_plain(text[at : marking.start]))
        pieces.extend(_markup(text, marking, open_tags, ITEMS[sent.root]))
        at = marking.end
        if not open_tags:
            return "".join(pieces)
    pieces.append(_plain(text[at:]))
    pieces.extend(f"</{name}>" for name in reversed(open_tags))
    return "".join(pieces)


def _markup(text: str, marking: Marking, open_tags: list[str], item: str) -> Iterator[str]:
    """Yield a piece of markup as it must be, and the tags it implies."""
    kind, start, end, name, rest = marking
    if kind == "end":
        yield from (f"</{closed}>" for closed in close(open_tags, name))
    elif kind == "quoted":
        yield text[start:end] if text.startswith("]]>", end - 3) else f"{text[start:end]}]]>"
    elif kind in ("start", "empty"):
        yield from (f"</{closed}>" for closed in close(open_tags, _never_closed(name, open_tags, item)))
        if kind == "start":
            open_tags.append(name)
        yield f"<{name}{_attributes(rest.removesuffix('/'))}{'/' if kind == 'empty' else ''}>"


def _never_closed(name: str, open_tags: list[str], item: str) -> str:
    """Name the open element that a new one shows to be over: the item before it, or the text before it."""
    if name == item:
        return item
    last = open_tags[-1] if open_tags else ""
    return last if _TEXT.fullmatch(name) and _TEXT.fullmatch(last) else ""


def _attributes(rest: str) -> str:
    """Give a tag's attributes as they must be written: quoted, each once."""
    if not rest.strip():
        return ""
    if _SOUND_ATTRIBUTES.fullmatch(rest) and "&" not in rest and len(set(names := _names(rest))) == len(names):
        return rest
    given: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        given.setdefault(name, double or single or bare)
    return "".join(f" {name}={quoteattr(html.unescape(value))}" for name, value in given.items())


def _names(rest: str) -> list[str]:
    return [found[0] for found in _ATTRIBUTE.findall(rest)]


def _plain(text: str) -> str:
    """Give text outside of tags as it must be: no bare "<", "&" or "]]>", no entity that XML does not know."""
    if "&" in text:
        text = _AMPERSAND.sub(_reference, text)
    return text.replace("<", "&lt;").replace("]]>", "]]&gt;")


def _reference(found: re.Match[str]) -> str:
    name = found[1]
    if name in _OWN:
        return found[0]
    meant = html.unescape(found[0]) if name else found[0]
    if not name or meant == found[0]:
        return f"&amp;{name or ''}"
    return _FORBIDDEN.sub("", html.escape(meant))


def _with_namespaces(text: str) -> str:
    """Declare on the root what prefixes its tags use and do not declare."""
    root = next(markings(text))
    declared = set(re.findall(r"xmlns:([\w.-]+)", root.rest)) | {"xml", "xmlns"}
    used: dict[str, None] = {}
    for marking in markings(text):
        if ":" in marking.name:
            used[marking.name.partition(":")[0]] = None
        if ":" in marking.rest and marking.kind in ("start", "empty"):
            used |= dict.fromkeys(name.partition(":")[0] for name in _names(marking.rest) if ":" in name)
    missing = "".join(
        f' xmlns:{prefix}="{_NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"'
        for prefix in used
        if prefix not in declared
    )
    name_end = root.start + 1 + len(root.name)
    return text[:name_end] + missing + text[name_end:]
