"""The text of a web page: trafilatura's finding, without the boxes that it takes for text where it looks for much."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefs.sources.markup import readable, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORT = 250  # characters; a finding below it is compared with all that stands in the page's main part
BOX = 700  # characters of a box; what is longer is not thrown away by its name alone

# What publishing systems call boxes that are no part of the article, as a name or a part of one.
_BOXES = (
    "newsletter", "signup", "sign-up", "subscribe-box", "related", "recommended", "recirc", "most-read", "trending", "cookie",
    "consent", "onetrust", "didomi", "usercentrics", "sp_message", "qc-cmp", "share", "sharing", "social", "breadcrumb",
    "promo", "advert", "read-more", "readmore", "also-read", "more-stories", "comments", "author-bio", "tags", "skip-link",
)  # fmt: skip
_AROUND = ("nav", "header", "footer", "aside", "form", "figure", "button", "dialog", "script", "style", "noscript")


@dataclass(frozen=True, slots=True)
class Found:
    """A page's text, and what trafilatura read of its metadata; None where it found no article."""

    text: str
    document: Any = None


def parsed(html: str) -> Any:
    """Parse as much of a page as is read, with lxml; None for what is no markup at all."""
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(
        encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True
    )
    try:
        return document_fromstring(readable(html).encode(errors="replace"), parser=parser)
    except (LxmlError, ValueError):
        return None


def find(tree: Any, *, url: str | None) -> Found:
    """Find the text of a page; ``tree`` is used up."""
    _without_boxes(tree)
    rest = _main_part(tree)
    document = _extracted(tree, url)
    text = "" if document is None else _text(document.body) or document.text or ""
    return Found(rest if _is_poor(text, rest) else text, document)


def _is_poor(text: str, rest: str) -> bool:
    """Whether a finding is less than what there is: a few lines of it, or all of it without its paragraphs."""
    if len(text) < SHORT and len(text) * 2 < len(rest):
        return True
    return "\n" not in text and "\n" in rest and len(rest) < 2 * len(text)


# ----------------------------------------------------------------------------------------------------------------- boxes
@lru_cache(maxsize=1)
def _box_path() -> Any:
    from lxml.etree import XPath

    name = (
        "concat(' ', translate(concat(@class, ' ', @id), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_', 'abcdefghijklmnopqrstuvwxyz-'))"
    )
    named = " or ".join(f"contains({name}, '{mark}{box}')" for box in _BOXES for mark in (" ", "-"))
    elements = (
        "self::div or self::section or self::aside or self::form or self::ul or self::ol or self::p or self::dialog"
    )
    return XPath(f"//*[({elements}) and (@class or @id) and ({named.replace('_', '-')})]")


def _without_boxes(tree: Any) -> None:
    """Take out the boxes by their names, but none that could hold the article: with its headline, or of much text."""
    for box in _box_path()(tree):
        holds = box.find(".//h1") is not None or box.find(".//article") is not None
        if not holds and box.getparent() is not None and len("".join(box.itertext())) <= BOX:
            box.drop_tree()


def _main_part(tree: Any) -> str:
    """Give all the text of the page's main part, without what frames it."""
    from copy import deepcopy

    from lxml.html import tostring

    articles = tree.findall(".//article")
    main = (
        articles[0]
        if len(articles) == 1
        else next((e for e in (tree.find(".//main"), tree.find(".//body")) if e is not None), tree)
    )
    part = deepcopy(main)
    for element in list(part.iter(*_AROUND)):
        if element is not part and element.getparent() is not None and element.find(".//h1") is None:
            element.drop_tree()
    return text_of(tostring(part, encoding="unicode"))


# ----------------------------------------------------------------------------------------------------------- trafilatura
def _extracted(tree: Any, url: str | None) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        favor_recall=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


_PARTS = frozenset(
    {"p", "div", "list", "head", "quote", "lb"}
)  # of trafilatura's tree: paragraphs, and breaks between them


def _text(body: Any) -> str:
    """Write trafilatura's tree as text: paragraphs parted by a blank line, one list item per line."""
    return "" if body is None else "\n\n".join(_pieces(body))


def _pieces(element: Any) -> Iterator[str]:
    """Give the paragraphs of an element; what stands between those inside it is a paragraph too."""
    if element.tag == "list":
        items = (" ".join("".join(item.itertext()).split()) for item in element)
        if listed := "\n".join(f"- {item}" for item in items if item):
            yield listed
        return
    loose = [element.text or ""]
    for child in element:
        if child.tag in _PARTS:
            yield from _joined(loose)
            yield from _pieces(child)
            loose = []
        else:
            loose.extend(child.itertext())
        loose.append(child.tail or "")
    yield from _joined(loose)


def _joined(words: Sequence[str]) -> Iterator[str]:
    if line := " ".join("".join(words).split()):
        yield line
