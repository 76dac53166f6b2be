"""Other inputs made of one: markup stays mostly markup and JSON stays JSON, so that they come past the parser.

Nothing here is anybody's text: what is put in are the odd, the huge and the broken.
"""

from __future__ import annotations

import codecs
import gzip
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random

DATES = (
    "Mon, 04 Mar 2024 16:13:00 GMT", "2024-03-04T16:13:00Z", "2024-03-04T16:13:00+99:99", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "31 Feb 2024", "2024-W53-7", "2024366", "99999999999999999999", "1709568780", "-1",
    "0000-00-00", "2024-03-04T24:00:00Z", "2024-03-04T16:13:60Z", "04/03/2024", "Sun, 29 Feb 1900 00:00:00 EST",
    "2024-03-04T16:13:00.123456789123456789Z", "٢٠٢٤-٠٣-٠٤", "1990-01-01", "2100-01-01", "Thu, 01 Jan 1970 00:00:00 -2359",
)  # fmt: skip
ADDRESSES = (
    "https://coast.example/a", "//coast.example/a", "http://user:pass@coast.example/a?token=fedcba9876543210fedcba9876", "#",
    "javascript:alert(1)", "data:text/html,<p>x", "http://[::1", "http://[::1]/", "http://coast.example:99999/", "http:///a",
    "feed://coast.example/a", "file:///etc/hostname", "https://xn--/", "https://ﬀ.example/", "https://coast.example/%zz%00%FF",
    "https://" + "a" * 300 + ".example/", "http://1.2.3.4.5/", "http://0x7f.1/", "https://coast.example/\\..\\..", "?" * 50,
    "http://coast.example\t/a\nb", "https://coast.example:/", "https://.../", "http://\ud83d/", "https://a@b@c/", "HTTP://COAST.EXAMPLE",
)  # fmt: skip
WORDS = (
    "", " ", "\n", "\0", "\ufeff", "\ufffd", "\ud83d", "\u202e", "\u2028", "\x85", "\x0b", "a" * 70, "é", "e\u0301" * 9, "😀", "👩‍👩‍👧‍👦", "ﷺ",
    "中文。", "ไทย", "עברית", "&amp;amp;", "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&nbsp;", "&unknown;", "<", ">", "]]>",
    "<![CDATA[", "<!--", "-->", "<?", "?>", "<!DOCTYPE x>", "{{", "${x}", "%s", "\\", "'", '"', "@everyone", "-", "0", "NaN", "1e999",
    "true", "null", "[]", "{}", "By Ann Lee", "Read more", "Mr. ", "U.S. ", "1.", "- ", "“", "”", "…", "·", "|", "404", "Share", "© 2024",
)  # fmt: skip
CHARSETS = (
    "utf-8", "utf-16", "utf-32", "utf-7", "iso-8859-1", "windows-1252", "shift_jis", "gb18030", "big5", "iso-2022-jp", "hz", "cp037",
    "koi8-r", "idna", "punycode", "unicode_escape", "rot13", "base64", "hex", "zlib", "undefined", "x" * 200, "utf-8\0", "euc-kr",
)  # fmt: skip
_TOKEN = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>|<[^<>]{0,3000}>|[^<]{1,3000}|<", re.DOTALL)
_NAME = re.compile(r"</?([A-Za-z_][\w:.-]*)")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")


def text_of(data: bytes) -> str:
    """Bytes as text, whatever they are; ``bytes_of`` undoes it."""
    return data.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # one of ours, among the words
        return text.encode("utf-8", "surrogatepass")


def odd(rng: Random) -> str:
    """Something that stands nowhere by right."""
    kind = rng.randrange(6)
    if kind == 0:
        return rng.choice(DATES)
    if kind == 1:
        return rng.choice(ADDRESSES)
    if kind == 2:
        return chr(
            rng.choice((rng.randrange(0x80), rng.randrange(0x800), rng.randrange(0x3000), rng.randrange(0x110000)))
        )
    word = rng.choice(WORDS)
    if kind == 3:
        return word * rng.choice((1, 2, 3, 10, 100, 1000))
    return word


def bytewise(data: bytes, rng: Random, most: int) -> bytes:
    """Some bytes changed, left out, doubled or put elsewhere, as if nothing was known of them."""
    at, length = rng.randrange(len(data) + 1), rng.choice((1, 1, 2, 4, 16, 200))
    piece = data[at : at + length]
    changed = (
        data[:at] + rng.randbytes(length) + data[at + length :],
        data[:at] + data[at + length :],
        data[:at] + piece * rng.choice((2, 3, 50)) + data[at + length :],
        data[:at],
        data[at:] + data[:at],
        data[:at] + bytes_of(odd(rng)) + data[at:],
    )
    return rng.choice(changed)[:most]


def dressed(data: bytes, rng: Random, most: int) -> bytes:
    """The same in another encoding, with a mark, packed, or claiming to be in another encoding."""
    text = data.decode("utf-8", "replace")
    kind = rng.randrange(6)
    if kind == 0:
        dress = text.encode(
            rng.choice(("utf-16", "utf-16-be", "utf-32", "utf-32-le", "utf-7", "cp1252", "gb18030", "cp037")), "replace"
        )
    elif kind == 1:
        dress = rng.choice((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, b"\0", b"\x1f\x8b")) + data
    elif kind == 2:
        dress = gzip.compress(data, 1, mtime=0)
    elif kind == 3:
        dress = b'<?xml version="1.0" encoding="' + rng.choice(CHARSETS).encode() + b'"?>' + data
    elif kind == 4:
        dress = re.sub(rb"(charset|encoding)=([\"']?)[\w-]+", rb"\1=\2" + rng.choice(CHARSETS).encode(), data, count=1)
    else:
        dress = data[: rng.randrange(len(data) + 1)] + rng.randbytes(3) + data[len(data) // 2 :]
    return dress[:most]


class Markup:
    """Mutates XML and HTML: whole elements, their names, attributes and texts. Names and pieces come from all ``seeds``."""

    def __init__(self, seeds: Iterable[bytes]) -> None:
        self._pieces = [_TOKEN.findall(text_of(seed)) for seed in seeds]
        self._names = sorted({name for pieces in self._pieces for piece in pieces for name in _NAME.findall(piece)})

    def __call__(self, data: bytes, rng: Random, most: int) -> bytes:
        if rng.random() < 0.06:
            return dressed(data, rng, most)
        if rng.random() < 0.1:
            return bytewise(data, rng, most)
        pieces = _TOKEN.findall(text_of(data)) or [""]
        rng.choice(self._ways)(self, pieces, rng)
        return bytes_of("".join(pieces))[:most]

    def _text(self, pieces: list[str], rng: Random) -> None:
        """Put something odd in the place of a text, or beside it."""
        at = _some(pieces, rng, lambda piece: not piece.startswith("<"))
        pieces[at] = rng.choice((odd(rng), pieces[at] + odd(rng), odd(rng) + pieces[at]))

    def _attribute(self, pieces: list[str], rng: Random) -> None:
        at = _some(pieces, rng, lambda piece: "=" in piece and piece.startswith("<"))
        value = odd(rng).replace('"', "")
        pieces[at] = _VALUE.sub(lambda _: f'="{value}"', pieces[at], count=rng.choice((0, 1, 2)))

    def _another_attribute(self, pieces: list[str], rng: Random) -> None:
        at = _some(pieces, rng, lambda piece: bool(_NAME.match(piece)))
        name = rng.choice(
            (
                "type",
                "rel",
                "href",
                "xml:lang",
                "lang",
                "url",
                "class",
                "id",
                "xmlns:a",
                "isPermaLink",
                "medium",
                "datetime",
            )
        )
        pieces[at] = (
            f'{pieces[at].rstrip("/>")} {name}="{odd(rng)}">' if not pieces[at].startswith("</") else pieces[at]
        )

    def _rename(self, pieces: list[str], rng: Random) -> None:
        at = _some(pieces, rng, lambda piece: bool(_NAME.match(piece)))
        found = _NAME.match(pieces[at])
        if found and self._names:
            old, new = found[1], rng.choice(self._names)
            everywhere = rng.random() < 0.5
            for i, piece in enumerate(pieces):
                if i == at or (everywhere and (match := _NAME.match(piece)) and match[1] == old):
                    pieces[i] = piece.replace(old, new, 1)

    def _element(self, pieces: list[str], rng: Random) -> None:
        """Leave an element out, repeat it, put it elsewhere or into itself."""
        start, end = _element(pieces, rng)
        element = pieces[start:end]
        kind = rng.randrange(5)
        if kind == 0:
            del pieces[start:end]
        elif kind == 1:
            pieces[start:end] = element * rng.choice((2, 3, 20, 300))
        elif kind == 2:
            to = rng.randrange(len(pieces) + 1)
            pieces[to:to] = element
        elif kind == 3 and len(element) > 1:
            times = rng.choice((2, 10, 150, 1000))
            pieces[start:end] = element[:1] * times + element[1:-1] + element[-1:] * rng.choice((times, times, 1, 0))
        else:
            pieces[start:end] = ["<![CDATA[", *element, "]]>"]

    def _foreign(self, pieces: list[str], rng: Random) -> None:
        """Put a piece of another input in."""
        others = rng.choice(self._pieces)
        if others:
            start, end = _element(others, rng)
            at = rng.randrange(len(pieces) + 1)
            pieces[at:at] = others[start:end]

    def _piece(self, pieces: list[str], rng: Random) -> None:
        """Leave a piece out, double it, or swap two, so that tags no longer match."""
        a, b = rng.randrange(len(pieces)), rng.randrange(len(pieces))
        kind = rng.randrange(4)
        if kind == 0:
            del pieces[a]
        elif kind == 1:
            pieces[a:a] = pieces[a : a + 1] * rng.choice((1, 2, 500))
        elif kind == 2:
            pieces[a], pieces[b] = pieces[b], pieces[a]
        else:
            pieces[a] = pieces[a][: rng.randrange(len(pieces[a]) + 1)]

    def _huge(self, pieces: list[str], rng: Random) -> None:
        """Make one piece or text very long."""
        at = rng.randrange(len(pieces))
        unit = (
            rng.choice((pieces[at], odd(rng), f"<{rng.choice(self._names or ['a'])}>", "<p>" + odd(rng) + "</p>"))
            or "a"
        )
        pieces[at] = unit * min(rng.choice((100, 3_000, 20_000)), 300_000 // len(unit) + 1)

    _ways = (
        _text,
        _text,
        _text,
        _attribute,
        _attribute,
        _another_attribute,
        _rename,
        _element,
        _element,
        _foreign,
        _foreign,
        _piece,
        _huge,
    )


class Json:
    """Mutates JSON: a value in it becomes another, is left out, repeated or moved."""

    def __init__(self, seeds: Iterable[bytes], markup: Markup | None = None) -> None:
        self._seeds = [json.loads(seed) for seed in seeds]
        self._markup = markup

    def __call__(self, data: bytes, rng: Random, most: int) -> bytes:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return bytewise(data, rng, most)
        if rng.random() < 0.12:
            return bytewise(data, rng, most) if rng.random() < 0.6 else dressed(data, rng, most)
        try:
            return json.dumps(self._changed(value, rng, most), ensure_ascii=rng.random() < 0.7).encode(
                "utf-8", "surrogatepass"
            )[:most]
        except RecursionError:
            return data[:most]

    def _changed(self, value: Any, rng: Random, most: int) -> Any:
        """Walk to some place and change what stands there."""
        if isinstance(value, dict) and value and rng.random() < 0.85:
            key = rng.choice(list(value))
            return self._in_object(value, key, rng, most)
        if isinstance(value, list) and value and rng.random() < 0.85:
            at = rng.randrange(len(value))
            kind = rng.randrange(8)
            if kind == 0:
                return value[:at] + value[at + 1 :]
            if kind == 1:
                return value[:at] + [value[at]] * rng.choice((2, 30, 1000)) + value[at:]
            return [*value[:at], self._changed(value[at], rng, most), *value[at + 1 :]]
        return self._value(value, rng, most)

    def _in_object(self, value: dict[str, Any], key: str, rng: Random, most: int) -> dict[str, Any]:
        kind = rng.randrange(8)
        if kind == 0:
            return {k: v for k, v in value.items() if k != key}
        if kind == 1:
            return {(odd(rng) if k == key else k): v for k, v in value.items()}
        if kind == 2:
            return {**value, key: value[rng.choice(list(value))]}
        return {**value, key: self._changed(value[key], rng, most)}

    def _value(self, value: Any, rng: Random, most: int) -> Any:
        if isinstance(value, str) and self._markup and "<" in value and rng.random() < 0.6:
            return self._markup(value.encode("utf-8", "surrogatepass"), rng, most // 2).decode("utf-8", "replace")
        deep: Any = value
        for _ in range(rng.choice((1, 5, 300))):
            deep = [deep]
        return rng.choice(
            (None, True, -1, 10**400, 1e308, float("inf"), "", odd(rng), odd(rng), odd(rng), f"{value}{odd(rng)}", [], {}, [value] * 3, deep,
             {"name": value}, {"url": value}, "\ud83d", odd(rng) * rng.choice((1, 5000)), rng.choice(self._seeds))
        )  # fmt: skip


def _some(pieces: Sequence[str], rng: Random, fits: Callable[[str], bool]) -> int:
    """The place of a piece that fits, any if none does."""
    places = [i for i, piece in enumerate(pieces) if fits(piece)]
    return rng.choice(places) if places else rng.randrange(len(pieces))


def _element(pieces: Sequence[str], rng: Random) -> tuple[int, int]:
    """Where an element begins and ends; a text or a lone tag is one, too."""
    start = rng.randrange(len(pieces))
    found = _NAME.match(pieces[start])
    if found is None or pieces[start].startswith("</") or pieces[start].endswith("/>"):
        return start, start + 1
    depth = 0
    for i in range(start, min(len(pieces), start + 2_000)):
        inner = _NAME.match(pieces[i])
        if inner and inner[1] == found[1]:
            depth += -1 if pieces[i].startswith("</") else 1
            if depth == 0:
                return start, i + 1
    return start, start + 1
