"""What an operator puts in a folder or imports: texts, pages and records of articles, and lists of feeds (OPML)."""

from __future__ import annotations

import json
import tempfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefs.errors import InputError
from briefs.sources import files, opml, pages
from fuzz import mutations, promises
from fuzz.targets.feeds import JSON, NO_FEEDS, NOW, RSS

if TYPE_CHECKING:
    from random import Random

NAMES = ("a.jsonl", "a.txt", "a.html", "a")
MOST_TOLD = 20  # sentences of an input that are looked at
_READ = 3  # entries that are made into articles
RECORD = {"id": "a", "title": "b", "text": "The harbour opened.", "source": "c", "url": "https://coast.example/a"}
DATED = {**RECORD, "published_at": "2024-03-04T16:13:00Z", "author": "d", "language": "en", "html": "<p>e</p>"}
LIST = (
    "<opml version='2.0'><body><outline text='a'><outline type='rss' text='b' title='c' category='/d,/e'"
    " xmlUrl='https://coast.example/feed' htmlUrl='https://coast.example/'/></outline>"
    "<outline type='include' url='f'/></body></opml>"
)
TEXT = "The harbour opens\n\nThe harbour opened on Monday. It was late.\n"


@cache
def seeds() -> tuple[bytes, ...]:
    records = "\n".join(map(json.dumps, (RECORD, DATED)))
    return tuple(text.encode() for text in (records, json.dumps(DATED), LIST, TEXT, RSS, JSON, *NO_FEEDS))


@cache
def _mutators() -> tuple[mutations.Markup, mutations.Json]:
    markup = mutations.Markup(seed for seed in seeds() if seed.startswith(b"<"))
    return markup, mutations.Json((json.dumps(each).encode() for each in (RECORD, DATED)), markup)


def mutated(data: bytes, rng: Random, most: int) -> bytes:
    markup, records = _mutators()
    if data.lstrip()[:1] != b"{":
        return markup(data, rng, most)
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    lines[at] = records(lines[at], rng, most)
    return b"\n".join(lines)[:most]


def one_input(data: bytes) -> None:
    _as_list(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, NAMES[zlib.crc32(data) % len(NAMES)])
        path.write_bytes(data)
        try:
            batch = files.read_path(path)
        except InputError as error:
            promises.of_sentences(str(error))
            return
    promises.of_sentences(*batch.problems[:MOST_TOLD])
    for entry in batch.entries:
        promises.of_entry(entry)
    for entry in batch.entries[:_READ]:
        promises.of_article(pages.extract(entry, first_seen_at=NOW))


def _as_list(data: bytes) -> None:
    try:
        found = opml.read(data)
    except InputError as error:
        promises.of_sentences(str(error))
        return
    promises.of_sentences(*found.problems[:MOST_TOLD])
    for outline in found.outlines:
        promises.of_address(outline.url, fetched=True)
        promises.of_names(outline.title)
