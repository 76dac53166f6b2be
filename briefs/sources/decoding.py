"""Bytes of a file or page → text, without guessing where the bytes say what they are."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x7fELF",
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\f\r\x1b"))
_HEAD = 4096  # bytes looked at for signs
_SAMPLE = 100_000  # bytes an encoding is detected by
_WIDE = (  # how "<" and its neighbour begin a text that has no mark
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<\0", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),  # "<?xm" on a mainframe
)
# What is written and what is meant: browsers read the older names as the larger sets that grew from them.
_MEANT = {
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Codecs that turn plain words into other characters are no encodings of a text from elsewhere.
_NO_ENCODINGS = frozenset(
    {"idna", "mbcs", "oem", "palmos", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
_MOST_BROKEN = 0.1  # of the characters beyond ASCII in what is still taken for UTF-8


class BinaryDataError(ValueError):
    """The bytes are no text: an image, an archive, a document of an office program."""


def decode(body: bytes, *, charset: str | None = None) -> str:
    """Decode by byte order mark, UTF-8, what is declared, then by detection. BinaryDataError, UnicodeError."""
    if not body:
        return ""
    for start, encoding in (*_MARKS, *_WIDE):
        if body.startswith(start):
            return body.decode(encoding, "replace")
    if is_binary(body):
        raise BinaryDataError("the bytes are not text")
    declared = _DECLARED.search(body[:_HEAD])
    names = [name for given in (charset, declared and declared[1].decode("ascii")) for name in _encodings(given)]
    escaping = [name for name in names if name.startswith(("iso2022", "hz"))]  # these look like ASCII
    return (
        _first(body, (*escaping, "utf-8"))
        or ("utf-8" in names and _nearly_utf_8(body))
        or _first(body, names)
        or _nearly_utf_8(body)
        or _detect(body)
    )


def _first(body: bytes, encodings: Iterable[str]) -> str | None:
    """Decode by the first of some encodings that fits."""
    return next((text for name in encodings if (text := _try(body, name)) is not None), None)


def is_binary(body: bytes) -> bool:
    """Say whether the bytes look like anything but text in an encoding that keeps ASCII."""
    head = body[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.startswith(_SIGNATURES) or b"\0" in head or controls * 20 > len(head)


def _encodings(given: str | None) -> tuple[str, ...]:
    """Give the codecs that a declared name may mean, likeliest first; none for what is no encoding of a text."""
    try:
        name = codecs.lookup((given or "").lower().replace("windows-", "cp")).name
    except (LookupError, ValueError):
        return ()
    if name in _NO_ENCODINGS or name.startswith(("utf-16", "utf-32")):
        return ()
    return (_MEANT[name], name) if name in _MEANT else (name,)


def _try(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _nearly_utf_8(body: bytes) -> str | None:
    """Take for UTF-8 what is so but for a few bytes: cut in a character, or mixed with another text."""
    text = body.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= max(1, beyond_ascii * _MOST_BROKEN) and beyond_ascii > 1 else None


def _detect(body: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE]).best()
    if best is None:
        raise UnicodeError("no known encoding fits the bytes")
    return body.decode(best.encoding, "replace")
