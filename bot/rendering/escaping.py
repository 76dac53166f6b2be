"""Text from outside, made harmless: it cannot ping, link, format or reorder what stands around it.

Discord removes a backslash before any punctuation, so each character that can start markup gets one. Mentions are
broken besides, because Discord looks for them before it reads backslashes. Links are ours alone: a label names the
domain it leads to and holds no bracket, since Discord's pattern for masked links does not know backslashes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from urllib.parse import quote, urlsplit

ADDRESSES = 1_024  # kept as they are shown: while a message is laid out, the same few are asked for again and again
URL_LIMIT = 512  # of a link button; longer addresses would eat a message's text
_MARKUP = re.compile(r"[\\*_~|`<>\[\]#:&]")
_MENTION = re.compile(r"@(?=\w|&|!)")
_COUNTED = re.compile(r"^(\d+)([.)])")  # "1. " begins a list
_SPACES = re.compile(r"\s+")
# Invisible or reordering: bidirectional marks and overrides, zero-width spaces, soft hyphens, tags, fillers. The joiners
# (U+200C, U+200D) stay: Persian, Indic scripts and emoji are written with them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_ISOLATE, _POP = "\u2068", "\u2069"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_INNER = (".local", ".localhost", ".internal", ".home.arpa", ".lan", ".intranet", ".onion")  # names of no public host
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


def flat(text: str) -> str:
    """Return the text in one line, without control or invisible characters."""
    spaced = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def escape(text: str) -> str:
    """Return outside text as Discord shows it literally, in one line, whatever of ours stands before or after it.

    Right-to-left text is isolated, so that it does not reorder the frame around it.
    """
    plain = flat(text)
    marked = plain.replace("-#", "-\u200b#")  # small print; some readers look for it after backslashes are gone
    marked = _MENTION.sub("@\u200b", _MARKUP.sub(r"\\\g<0>", marked))
    safe = _COUNTED.sub(r"\1\\\2", marked)
    if safe[:1] in {"-", "+", "="}:  # a list, or an underline that makes a heading of the line above
        safe = "\\" + safe
    return f"{_ISOLATE}{safe}{_POP}" if _right_to_left(plain) else safe


def _right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text)


def shorten(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of the flat text, cut at a word, with an ellipsis where something is left out."""
    plain = flat(text)
    if len(plain) <= limit:
        return plain
    head = plain[: limit - 1]
    words = head.rsplit(" ", 1)[0]
    return (words if len(words) > limit // 2 else head).rstrip(" ,;:-") + "…"


def clip(text: str, room: int) -> str:
    """Return the escaped text in at most ``room`` characters, with an ellipsis where something is left out."""
    plain = flat(text)
    if len(plain) <= room and len(whole := escape(plain)) <= room:
        return whole
    return escape(plain[: _fitting(plain, room - 1)]).rstrip() + "…"


def pieces(text: str, room: int) -> tuple[str, ...]:
    """Split outside text into escaped pieces of at most ``room`` characters, at spaces where there are any."""
    plain, found = flat(text), []
    while plain:
        size = _fitting(plain, room)
        found.append(escape(plain[:size]))
        plain = plain[size:].lstrip()
    return tuple(found)


def _fitting(text: str, room: int) -> int:
    """Return how many characters of ``text`` fit once escaped."""
    if len(text) <= room and len(escape(text)) <= room:
        return len(text)
    lengths = range(1, min(len(text), room + 1))  # what is escaped never becomes shorter
    size = max(1, bisect_right(lengths, room, key=lambda length: len(escape(text[:length]))))
    space = text.rfind(" ", 1, size)
    return space if space > size // 2 else size


@lru_cache(maxsize=ADDRESSES)
def safe_url(url: str | None) -> str | None:
    """Return the address as it may stand in a link, None when it is no plain http(s) address of a public name.

    Names in other scripts come out as punycode, so that the domain shown is the domain reached.
    """
    if not url or re.search(r"[\s\\\x00-\x1f\x7f]", url):
        return None
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    path = _quoted(parts.path, safe="/%:@!$&'+,;=~.-") or "/"
    query = f"?{_quoted(parts.query, safe='/%:@!$&+,;=~.-?')}" if parts.query else ""
    address = f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}{path}{query}"
    return address if len(address) <= URL_LIMIT else None


def image_url(url: str | None) -> str | None:
    """Return the address of a picture as Discord may fetch it; None unless it is https, on a host with a public name."""
    safe = safe_url(url)
    if safe is None or urlsplit(safe).scheme != "https":
        return None
    host, port = urlsplit(safe).hostname or "", urlsplit(safe).port
    public = not host.rpartition(".")[2].isdigit() and not host.endswith(_INNER)
    return safe if public and port in {None, 443} else None


def _quoted(text: str, *, safe: str) -> str:
    return _LONE_PERCENT.sub("%25", quote(text, safe=safe))


def domain(url: str | None) -> str | None:
    """Return the domain that the address leads to, without ``www.``, and its port where it names one."""
    safe = safe_url(url)
    return None if safe is None else urlsplit(safe).netloc.removeprefix("www.")


def link(url: str | None) -> str:
    """Return our own link, labelled with the domain it leads to; nothing for an address that is not safe."""
    return f"[{domain(url)}]({safe_url(url)})" if safe_url(url) else ""


@lru_cache(maxsize=ADDRESSES)
def source(outlet: str, url: str | None, *, limit: int = 60) -> str:
    """Return an outlet's name and, where it has a safe address, a link that shows its domain."""
    name = escape(shorten(outlet, limit))
    where = domain(url)
    if where is None:
        return name
    return link(url) if flat(outlet).casefold().removeprefix("www.") == where else f"{name} ({link(url)})"
