"""HTML fragments → plain text: paragraphs parted by a blank line, one list item per line."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import islice

LONG = 20_000  # characters, from which broken markup could take more than a fraction of a second
LARGEST = 2_000_000  # characters that are read of a page
MOST_TAGS = 20_000  # that are read of a page; those of publishers have a few thousand
MOST_ATTRIBUTES = 500  # of one tag; libxml2 compares each with all before it
_PARAGRAPHS = re.compile(
    "address|article|aside|blockquote|body|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr"
    "|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|ul"
)
_SILENT = re.compile("script|style|template|noscript|iframe|object|svg|math|head|title|button|select")
_SECTION = re.compile(r"<!\[(?:CDATA\[)?|\]\]>")  # marks of XML that mean nothing in HTML; what they mark is text
_BULLET = "- "
# A tag as HTML's own rules take it apart, whatever stands in it; the group is one attribute too many.
_ATTRIBUTE = r"""[ \t\n\f\r/]*+[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"[^"]*+"?|'[^']*+'?|[^ \t\n\f\r>]++)?)?"""
_TAG = re.compile(rf"<[A-Za-z][^ \t\n\f\r/>]*+(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+({_ATTRIBUTE})?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # lxml fails on them, here and there
_TAG_START = re.compile("<[A-Za-z]")
_LOOKED_AT = 5  # lengths of a page, in looking for such tags: quotes that overlap are no page's


def readable(html: str, *, most: int = MOST_TAGS) -> str:
    """Give as much of a page as is read: its first tags; nothing of what has a tag with attributes without number."""
    html = _CONTROLS.sub(" ", html[:LARGEST])
    if html.count("<") > most:
        html = html[: next(islice(re.finditer("<", html), most, None)).start()]
    return "" if len(html) > LONG and _is_crowded(html) else html


def _is_crowded(html: str) -> bool:
    """Say whether a tag has too many attributes, or could have: a parser would take their number's square."""
    left = _LOOKED_AT * len(html)
    for start in _TAG_START.finditer(html):
        tag = _TAG.match(html, start.start())
        left -= tag.end() - tag.start() if tag else 0
        if left < 0 or (tag and tag[1]):
            return True
    return False


def text_of(html: str) -> str:
    """Give the text of a fragment as a reader sees it. Never fails: broken markup is read as far as it goes."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    reader = _Reader()
    clean = _SECTION.sub("", readable(html))
    reader.feed(clean if len(clean) <= LONG else _mended(clean))
    reader.close()
    return reader.text()


def _mended(html: str) -> str:
    """Give the same markup well-formed: on tags that are never closed Python's parser takes quadratic time, lxml does not."""
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring, tostring

    parser = HTMLParser(
        encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True
    )
    try:
        mended: str = tostring(document_fromstring(html.encode(errors="replace"), parser=parser), encoding="unicode")
    except (LxmlError, ValueError):  # nothing but white space, or no markup at all
        return html[:LONG]
    return mended


def line_of(html: str) -> str:
    """Give the text of a fragment on one line, for a title."""
    return " ".join(text_of(html).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if _SILENT.fullmatch(tag):
            self._silent += 1
        elif tag == "br":
            self._pieces.append("\n")
        elif tag == "li":
            self._pieces.append(f"\n{_BULLET}")
        elif tag == "tr":
            self._pieces.append("\n")
        elif _PARAGRAPHS.fullmatch(tag):
            self._pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if _SILENT.fullmatch(tag):
            self._silent = max(0, self._silent - 1)
        elif _PARAGRAPHS.fullmatch(tag):
            self._pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        joined = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(self._pieces)))
        return re.sub(r"\n{3,}", "\n\n", joined).strip()
