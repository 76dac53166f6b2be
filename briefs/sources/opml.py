"""Lists of feeds as other readers give and take them: OPML 1.0, 1.1 and 2.0 (http://opml.org/spec2.opml)."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefs.errors import InputError
from briefs.models import SourceKind
from briefs.sources import addresses
from briefs.sources.decoding import BinaryDataError, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefs.models import Feed

MAX_BYTES = 5_000_000  # tens of thousands of feeds; what is larger is something else
_WHAT_TO_GIVE = "Give the OPML file that another feed reader exports."
# "&amp;" left over from an address that was escaped twice. Nothing else is undone: "&copy=2" is a parameter of an address.
_ESCAPED = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)
# An ampersand that should have been written "&amp;": XML knows five names, and a list may define no others.
_HALF = re.compile(  # half of a character, by its number; lxml lets it pass and then fails on it
    r"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));"
)
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
# OPML leaves the names of types free; these two let a list go out and come back with what is no feed.
_KINDS = {"sitemap": SourceKind.SITEMAP, "page": SourceKind.PAGE}
_ELSEWHERE = ("link", "include")  # types whose url is a page or another list


@dataclass(frozen=True, slots=True)
class Outline:
    """One source of a list; ``folder`` is the path of the folders it lies in ("News/Coast")."""

    url: str
    title: str | None = None
    folder: str | None = None
    kind: SourceKind = SourceKind.FEED


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The sources of a list in its order, and one sentence for each entry that could not be used."""

    outlines: tuple[Outline, ...] = ()
    problems: tuple[str, ...] = ()


# -------------------------------------------------------------------------------------------------------------- reading
def read(body: bytes) -> Subscriptions:
    """Read a list, as far as it can be read. InputError when it is none, or names no source at all."""
    outlines: dict[str, Outline] = {}
    problems: list[str] = []
    for element in _elements(_text(body)):
        outcome = _outline(element)
        if isinstance(outcome, Outline):
            outlines.setdefault(outcome.url, outcome)
        elif outcome:
            problems.append(outcome)
    if not outlines and not problems:
        raise _refusal("holds no feed")
    return Subscriptions(tuple(outlines.values()), tuple(problems))


def _text(body: bytes) -> str:
    if not body.strip():
        raise _refusal("is empty")
    if len(body) > MAX_BYTES:
        raise _refusal(f"is larger than {MAX_BYTES // 1_000_000} MB and was not read")
    try:
        text = decode(body)
    except (BinaryDataError, UnicodeError) as error:
        raise _refusal("is no text") from error
    if re.search("<!ENTITY", text, re.IGNORECASE):
        raise _refusal("defines its own XML entities, which can be an attack, and was not read")
    return text


def _refusal(what: str) -> InputError:
    return InputError(f"The list of feeds {what}. {_WHAT_TO_GIVE}", source="OPML")


def _elements(text: str) -> Iterator[Any]:
    """Yield the outlines in the order of the list, folders before what lies in them."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, encoding="utf-8"
    )
    document = _BARE.sub("&amp;", text[max(text.find("<"), 0) :])  # from its first tag: some begin with blank lines
    document = _HALF.sub("\ufffd", document)
    root = etree.fromstring(document.encode(errors="replace"), parser)  # as UTF-8, whatever its first line declares
    if root is None or not (root.tag.lower() == "opml" or root.find(".//{*}outline") is not None):
        raise _refusal("is no OPML")
    yield from (e for e in root.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2].lower() == "outline")


def _outline(element: Any) -> Outline | str | None:
    """Give the source an element names, a sentence when it names one that cannot be used, None for a folder."""
    told = _attributes(element)
    title = _title(told)
    url = _address(told)
    if url is None:
        return _without_address(told, title) if len(element) == 0 else None
    name = title or addresses.masked(url)
    if addresses.MASK in url:
        return f"{name}: its password or token was masked when it was exported. Add it with its full address."
    if not _is_web_address(url):
        return f"{name}: {addresses.masked(url)!r} is no web address. Add it with its address."
    return Outline(url, title, _folder(element, told), _KINDS.get(told.get("type", "").lower(), SourceKind.FEED))


def _attributes(element: Any) -> dict[str, str]:
    """Give the attributes that say something, by their names in lower case."""
    return {str(name).lower(): value.strip() for name, value in element.attrib.items() if value.strip()}


def _title(told: dict[str, str]) -> str | None:
    return addresses.masked_in(" ".join(html.unescape(told.get("title") or told.get("text") or "").split())) or None


def _address(told: dict[str, str]) -> str | None:
    url = told.get("xmlurl")
    if url is None and told.get("type", "").lower() not in _ELSEWHERE:
        url = told.get("url")
    if url is None:
        return None
    while (once := _ESCAPED.sub("&", url)) != url:
        url = once
    return subscribed(url)


def subscribed(url: str) -> str:
    """Give the address without "feed:", which says "subscribe": before a whole address, or in the place of "http:"."""
    return re.sub(r"^feed(?=://(?!https?:))", "http", re.sub(r"^feed:(?://)?(?=https?:)", "", url))


def _without_address(told: dict[str, str], title: str | None) -> str | None:
    page = told.get("htmlurl") or told.get("url")
    if told.get("type", "").lower() == "include":
        return f"{title or page}: another list is included here, which was not read. Import it on its own."
    if page:
        return f"{title or page}: only its page is named, and no feed. Add it by that page's address."
    return f"{title or 'An entry'}: no address is given. Add it with its address." if "type" in told else None


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # an impossible one raises
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)


def _folder(element: Any, told: dict[str, str]) -> str | None:
    """Give the names of the folders around an outline, else the first category it states."""
    names = [_title(_attributes(parent)) for parent in element.iterancestors() if parent.tag == element.tag]
    path = "/".join(name for name in reversed(names) if name)
    return path or told.get("category", "").split(",")[0].strip("/ ") or None


# -------------------------------------------------------------------------------------------------------------- writing
def write(feeds: Sequence[Feed], *, title: str, secrets: bool = False) -> bytes:
    """Write a list in the feeds' order; the same feeds give the same bytes.

    Passwords and tokens are masked unless ``secrets``. Folders of the operator are left out: no other reader can read them.
    """
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _printable(title)
    body = etree.SubElement(root, "body")
    for attributes in _described(feeds, secrets=secrets):
        etree.SubElement(body, "outline", attributes)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _described(feeds: Iterable[Feed], *, secrets: bool) -> Iterator[dict[str, str]]:
    types = {kind: name for name, kind in _KINDS.items()}
    for feed in feeds:
        if feed.kind is SourceKind.FOLDER:
            continue
        name = _printable(addresses.masked_in(feed.title) if feed.title else addresses.masked(feed.url))
        address = feed.url if secrets else addresses.masked(feed.url)
        yield {"type": types.get(feed.kind, "rss"), "text": name, "title": name, "xmlUrl": _printable(address)}


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
