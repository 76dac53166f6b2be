"""feedparser's reading of the dialects of RSS and Atom, one well-formed document at a time.

Its parser is used below its front door, which would guess an encoding, fall back to a parser that takes anything, and leave
in what a hostile feed can make slow.
"""

from __future__ import annotations

import io
import re
import xml.sax
from typing import Any
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.xmlreader import InputSource

from feedparser.api import StrictFeedParser

# A namespace with spaces around it is still that namespace; the parser parts names from namespaces by a space.
_NAMESPACE = re.compile(rb"""(\sxmlns(?::[^\s=<>"']{1,100})?\s{0,9}=\s{0,9}["'])([^"'<>]{0,1000})""")
_MOST_SANITIZED = 50_000  # marks of a document; cleaning the HTML in more takes seconds, and its words alone are read
_LONGEST_PERSON = 500  # characters; the search for an address in a person's name takes their square


class Dialects(StrictFeedParser):  # type: ignore[misc]
    """Collects ``version``, ``feeddata`` and ``entries``."""

    # No address of the feed: it would make a link of every guid, and another guid when the feed moves.
    resolve_relative_uris = False
    sanitize_html = True

    def __init__(self) -> None:
        super().__init__("", None, "utf-8")
        self._words: list[str] = []

    def characters(self, text: str) -> None:
        """Keep a piece of a text: there are as many as it has lines and references, and each costs as much as the whole."""
        self._words.append(text)

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 - as the parser calls it
        """Read the text before an element, then the element."""
        self._say()
        super().startElementNS(name, qname, attrs)

    def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: N802 - as the parser calls it
        """Read the text inside an element, then its end."""
        self._say()
        super().endElementNS(name, qname)

    def _say(self) -> None:
        if self._words:
            self.handle_data("".join(self._words))
            self._words.clear()

    def _start_link(self, attributes: dict[str, str]) -> None:
        attributes.pop("uri", None)  # of another protocol; it would be taken for the link
        super()._start_link(attributes)

    # What is said of a picture or a recording would be taken for a second and fuller text of the item.
    def _start_media_description(self, _attributes: dict[str, str]) -> None:
        self.push("media_blurb", 1)

    def _end_media_description(self) -> None:
        self.pop("media_blurb")

    def _start_itunes_summary(self, _attributes: dict[str, str]) -> None:
        self.push("itunes_blurb", 1)

    def _end_itunes_summary(self) -> None:
        self.pop("itunes_blurb")

    # Each category is compared with all before it, and none is needed.
    def _add_tag(self, term: Any, scheme: Any, label: Any) -> None:
        pass

    def _end_category(self) -> None:
        self.pop("category")

    _end_keywords = _end_category

    def _sync_author_detail(self, key: str = "author") -> None:
        if len(self._get_context().get(key) or "") <= _LONGEST_PERSON:
            super()._sync_author_detail(key)


def read(document: bytes) -> Dialects:
    """Read a document in UTF-8 that defines nothing. SAXException when it is not well-formed; feedparser's own failures."""
    dialects = Dialects()
    dialects.sanitize_html = document.count(b"<") + document.count(b"&lt;") <= _MOST_SANITIZED
    parser = xml.sax.make_parser()  # noqa: S317 - what defines anything was refused before
    parser.setFeature(feature_namespaces, True)
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(dialects)
    parser.setErrorHandler(dialects)
    source = InputSource()
    source.setByteStream(io.BytesIO(_NAMESPACE.sub(_without_spaces, document)))
    source.setEncoding("utf-8")
    parser.parse(source)
    return dialects


def _without_spaces(found: re.Match[bytes]) -> bytes:
    return found[1] + b"".join(found[2].split())
