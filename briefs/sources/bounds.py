"""What a name, an address and an id may be at most, whoever states them: all of it is stored, and most of it is shown."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from datetime import datetime

    from briefs.models import Entry

LONGEST_NAME = 500  # characters of a title, an outlet, the authors; Discord's longest line is shorter
LONGEST_ADDRESS = 4_000  # characters; servers refuse longer ones
LONGEST_ID = 1_000  # characters; a longer one is known by its hash
LONGEST_TEXT = 250_000  # characters of an article; some forty thousand words, and reading takes its time for each
MOST_LINE_ENDS = 6_000  # of an article: three thousand paragraphs
FIRST_YEAR, LAST_YEAR = 1700, 2100  # the last exclusive; a time beyond them is some system's "never", and no clock's
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNPRINTED = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")  # none of them stands in an address
_LINE_END = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")


def storable(text: str) -> str:
    """Replace, one for one so that offsets hold, what no database or terminal takes: NUL and halves of characters."""
    return _UNSTORABLE.sub("\ufffd", text)


def name(text: str | None) -> str | None:
    """Give a name on one line, cut where it has no end; None without a sign."""
    if not text:
        return None
    line = " ".join(storable(text[: 10 * LONGEST_NAME]).split())
    return (line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…") or None


def text(words: str) -> str:
    """Give as much of an article's text as is read: its first lines, whole where it has lines."""
    if len(words) > LONGEST_TEXT:
        end = words.rfind("\n", LONGEST_TEXT // 2, LONGEST_TEXT)
        words = words[: end if end > 0 else LONGEST_TEXT]
    last = next(islice(_LINE_END.finditer(words), MOST_LINE_ENDS, None), None)
    return words[: last.start()] if last else words


def address(url: str | None) -> str | None:
    """Give a web address that may be shown: without user name and password; None for one too long or broken."""
    url = (url or "").strip().replace(" ", "%20")
    if len(url) > LONGEST_ADDRESS or _UNPRINTED.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    place = parts.netloc.rpartition("@")[2]
    return url if place == parts.netloc else urlunsplit(parts._replace(netloc=place))


def language(tag: str | None) -> str | None:
    """Give a language's tag as it is stated; None for what is none."""
    tag = (tag or "").strip()
    return tag if _TAG.fullmatch(tag) else None


def time(stated: datetime | None) -> datetime | None:
    """Give a time that every zone has; None for another."""
    return stated if stated and FIRST_YEAR <= stated.year < LAST_YEAR else None


def identifier(guid: str) -> str:
    """Give an id that can be kept and compared: a long one's hash."""
    if len(guid) <= LONGEST_ID:
        return storable(guid)
    return f"sha256:{hashlib.sha256(guid.encode(errors='replace')).hexdigest()}"


def bounded(entry: Entry) -> Entry:
    """Give an entry whose every part can be stored, and whose names and addresses can be shown."""
    return replace(
        entry,
        guid=identifier(entry.guid),
        content=storable(entry.content),
        url=address(entry.url),
        title=name(entry.title),
        outlet=name(entry.outlet),
        author=name(entry.author),
        image=address(entry.image),
        language=language(entry.language),
        published_at=time(entry.published_at),
        revision=name(entry.revision),
    )
