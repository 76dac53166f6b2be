"""Bytes of a file or page → text, without guessing where the bytes say what they are."""

from __future__ import annotations

import codecs
import re

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


class BinaryDataError(ValueError):
    """The bytes are no text: an image, an archive, a document of an office program."""


def decode(body: bytes, *, charset: str | None = None) -> str:
    """Decode by byte order mark, UTF-8, what is declared, then by detection. BinaryDataError, UnicodeError."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding)
    if is_binary(body):
        raise BinaryDataError("the bytes are not text")
    declared = _DECLARED.search(body[:_HEAD])
    for name in ("utf-8", charset, declared and declared[1].decode("ascii")):
        text = _try(body, name)
        if text is not None:
            return text
    return _detect(body)


def is_binary(body: bytes) -> bool:
    """Say whether the bytes look like anything but text in an encoding that keeps ASCII."""
    head = body[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.startswith(_SIGNATURES) or b"\0" in head or controls * 20 > len(head)


def _try(body: bytes, encoding: str | None) -> str | None:
    try:
        return body.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        return None


def _detect(body: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(body).best()
    if best is None:
        raise UnicodeError("no known encoding fits the bytes")
    return str(best)
