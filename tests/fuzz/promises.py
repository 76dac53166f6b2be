"""What is promised of everything that comes from outside, once it was read: it can be stored, shown and quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefs.models import Article, Block, BlockKind, Entry
from briefs.sources.bounds import FIRST_YEAR, LAST_YEAR
from briefs.store import codec
from briefs.store.schema import storable

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_NAME = 1_000  # characters of a title, an outlet, an author
LONGEST_ID = 4_000
LONGEST_ADDRESS = 4_000
LONGEST_SENTENCE = 2_000  # that tells a person of a problem


def of_entry(entry: Entry) -> None:
    """Raise AssertionError where an entry breaks a promise."""
    assert entry.guid, "an entry without a name"
    assert len(entry.guid) <= LONGEST_ID, "a guid too long"
    of_names(entry.title, entry.outlet, entry.author)
    of_address(entry.url)
    of_address(entry.image)
    of_time(entry.published_at)
    assert entry.language is None or len(entry.language) <= 50, "a language's tag too long"
    of_storage(entry, entry.content, entry.guid)


def of_article(article: Article) -> None:
    """Raise AssertionError where an article breaks a promise."""
    assert article.id, "an article without an id"
    of_names(article.title, article.outlet, article.author)
    of_address(article.url)
    of_address(article.image)
    of_time(article.published_at)
    assert re.fullmatch(r"[a-z]{2,3}", article.language), f"no language: {article.language!r}"
    of_blocks(article.text, article.blocks)
    of_storage(article, article.text, article.id)


def of_blocks(text: str, blocks: tuple[Block, ...]) -> None:
    """Blocks stand in order, none in another, each with something in it, and all that is no white space is in one."""
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text), f"a block out of place: {block}"
        assert not text[at : block.start].strip(), f"words between blocks: {text[at : block.start]!r}"
        assert text[block.start : block.end].strip(), f"an empty block: {block}"
        assert isinstance(block.kind, BlockKind)
        at = block.end
    assert not text[at:].strip(), f"words after the last block: {text[at:]!r}"


def of_names(*names: str | None) -> None:
    """What stands in a line of a post is one line, and has an end."""
    for name in names:
        assert name is None or len(name) <= LONGEST_NAME, f"a name of {len(name or '')} characters"
        assert name is None or name.strip(), f"a name without a sign: {name!r}"
        assert name is None or len(name.splitlines()) == 1, f"a name on several lines: {name!r}"
        if name is not None:
            assert storable(name) == name, f"a name that cannot be kept as it is: {name!r}"


def of_address(address: str | None, *, fetched: bool = False) -> None:
    """An address is one of the web, and nobody's password stands in it; one that is only ``fetched`` may need it."""
    if address is None:
        return
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https"), f"no web address: {address!r}"
    assert parts.hostname, f"an address without a host: {address!r}"
    assert len(address) <= LONGEST_ADDRESS, f"an address of {len(address)} characters"
    assert not re.search(r"[\s\x00-\x1f\ud800-\udfff]", address), f"an address that breaks off: {address!r}"
    assert fetched or "@" not in parts.netloc, f"a password in an address: {address!r}"
    assert fetched or "0123456789abcdef0123456789" not in address, f"a feed's own token in an address: {address!r}"


def of_time(time: datetime | None) -> None:
    assert time is None or (time.tzinfo is not None and FIRST_YEAR <= time.year < LAST_YEAR), f"no sane time: {time}"


def of_sentences(*sentences: str) -> None:
    """What is told to a person is one sentence of bounded length, and no password stands in it."""
    for sentence in sentences:
        assert sentence.strip(), "an error that says nothing"
        assert len(sentence) <= LONGEST_SENTENCE, f"a sentence of {len(sentence)} characters"
        assert "0123456789abcdef0123456789" not in sentence, f"a token is told: {sentence}"
        assert "pass@" not in sentence, f"a password is told: {sentence}"


def of_storage(record: Entry | Article, text: str, name: str) -> None:
    """What is stored comes back: the record as it is, its text sign for sign, so that every offset holds."""
    assert codec.unpack(type(record), codec.pack(record)) == record
    assert storable(text) == text, "a text that cannot be kept as it is"
    assert storable(name) == name, "a name that cannot be kept as it is"
