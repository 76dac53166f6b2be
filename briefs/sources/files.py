"""Files and folders → entries: plain text, web pages, JSON Lines of articles, and saved feeds.

What cannot be read at all is an InputError with a sentence for the person; what can be read in part gives the good part and
a problem for each bad one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefs.errors import FeedError, InputError
from briefs.models import Entry
from briefs.sources import feeds
from briefs.sources.bounds import bounded, storable
from briefs.sources.decoding import BinaryDataError, decode

_WHAT_TO_GIVE = "Give a file or folder of articles (.txt, .html or .jsonl)."


@dataclass(frozen=True, slots=True)
class Batch:
    """The entries of a file or folder, and one sentence for each thing that could not be used."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()


def read_path(path: Path) -> Batch:
    """Read a file or, sorted by name and with its sub-folders, a folder. InputError when nothing in it can be used."""
    if path.is_dir():
        return _read_folder(path)
    if not path.exists():
        raise InputError(f"{path} does not exist. {_WHAT_TO_GIVE}", source=str(path))
    return _without_repeats([(path.name, _read_file(path, guid=path.stem or path.name))])


def look_again(path: Path) -> Batch:
    """Read a path that is looked at again and again: a folder may be empty for a while. Otherwise as ``read_path``."""
    if path.is_dir() and next(_readable_paths(path), None) is None:
        return Batch()
    return read_path(path)


# -------------------------------------------------------------------------------------------------------------- folders
def _read_folder(folder: Path) -> Batch:
    paths = list(_readable_paths(folder))
    if not paths:
        raise InputError(f"{folder} holds no articles. Put .txt, .html or .jsonl files in it.", source=str(folder))
    guids = _guids(paths, folder)
    batches: list[tuple[str, Batch]] = []
    for path in paths:
        try:
            batch = _read_file(path, guid=guids[path])
        except InputError as error:
            batch = Batch(problems=(f"{error} Skipped.",))
        batches.append((path.relative_to(folder).as_posix(), batch))
    whole = _without_repeats(batches)
    if not whole.entries:
        raise InputError(f"{folder} holds no usable article: {whole.problems[0]}", source=str(folder))
    return whole


def _readable_paths(folder: Path) -> Iterator[Path]:
    """Yield the files of a known kind in the order of their paths, hidden ones left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in _READERS:
                yield Path(parent, name)


def _guids(paths: list[Path], folder: Path) -> dict[Path, str]:
    """Name each file by its path without suffix; files that differ in the suffix only keep it."""
    stems = {path: path.relative_to(folder).with_suffix("").as_posix() for path in paths}
    uses: dict[str, int] = {}
    for stem in stems.values():
        uses[stem] = uses.get(stem, 0) + 1
    return {path: stem if uses[stem] == 1 else path.relative_to(folder).as_posix() for path, stem in stems.items()}


def _without_repeats(batches: list[tuple[str, Batch]]) -> Batch:
    entries: dict[str, Entry] = {}
    homes: dict[str, str] = {}
    problems: list[str] = []
    for name, batch in batches:
        problems.extend(batch.problems)
        for entry in batch.entries:
            if entry.guid in entries:
                where = f" (first in {homes[entry.guid]})" if homes[entry.guid] != name else ""
                problems.append(f'{name}: the id "{entry.guid}" is used twice{where}; only the first is read.')
            else:
                entries[entry.guid], homes[entry.guid] = entry, name
    return Batch(tuple(entries.values()), tuple(problems))


# ---------------------------------------------------------------------------------------------------------------- files
def _read_file(path: Path, *, guid: str) -> Batch:
    body = _read_bytes(path)
    read = _READERS.get(path.suffix.lower()) or _reader_for(body)
    batch = read(path, body, guid)
    return replace(batch, entries=tuple(map(bounded, batch.entries)))


def _read_bytes(path: Path) -> bytes:
    try:
        body = path.read_bytes()
    except PermissionError as error:
        raise InputError(f"{path} may not be read. Check its permissions.", source=str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{path} could not be read ({reason}). {_WHAT_TO_GIVE}", source=str(path)) from error
    if not body.strip():
        raise InputError(f"{path} is empty. {_WHAT_TO_GIVE}", source=str(path))
    return body


def _reader_for(body: bytes) -> _Reader:
    """Choose how to read a file of unknown suffix by what it begins with."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith(b"{"):
        return _read_records
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")):
        return _read_feed
    return _read_page if start.startswith((b"<!doctype html", b"<html")) else _read_text


def _read_text(path: Path, body: bytes, guid: str) -> Batch:
    return Batch((Entry(guid=guid, content=_lines(_decoded(path, body))),))


def _read_page(path: Path, body: bytes, guid: str) -> Batch:
    return Batch((Entry(guid=guid, content=_lines(_decoded(path, body)), content_type="text/html"),))


def _read_feed(path: Path, body: bytes, guid: str) -> Batch:
    del guid  # each entry has its own
    try:
        parsed = feeds.parse(body, url=path.name)
    except FeedError as error:
        raise InputError(str(error), source=str(path)) from error
    return Batch(parsed.entries, parsed.problems)


def _decoded(path: Path, body: bytes) -> str:
    try:
        return storable(decode(body))
    except BinaryDataError as error:
        raise InputError(f"{path} is not a text file. {_WHAT_TO_GIVE}", source=str(path)) from error
    except UnicodeError as error:
        message = f"{path} is in an unknown character encoding. Save it as UTF-8 and try again."
        raise InputError(message, source=str(path)) from error


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_json(path: Path, body: bytes, guid: str) -> Batch:
    """Read a JSON Feed, or one article or a list of articles as they stand in JSON Lines."""
    try:
        return _read_feed(path, body, guid)
    except InputError:
        try:
            value = json.loads(_decoded(path, body))
        except (ValueError, RecursionError) as error:
            message = f'{path} is no JSON. Give a JSON Feed, or articles as {{"id": …, "text": …}}.'
            raise InputError(message, source=str(path)) from error
        records = value if isinstance(value, list) else [value]
        return _read_records(path, "\n".join(map(json.dumps, records)).encode(), guid)


# ----------------------------------------------------------------------------------------------------------- JSON Lines
def _read_records(path: Path, body: bytes, guid: str) -> Batch:
    del guid  # each record has its own
    entries: list[Entry] = []
    problems: list[str] = []
    # Not splitlines(): JSON strings may hold U+2028 and other line ends as they are.
    for number, line in enumerate(_decoded(path, body).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry, complaint = _read_record(line, default_guid=f"{path.stem}-{number}")
            entries.append(entry)
        except _RecordError as error:
            complaint = f"{error}; skipped."
        if complaint:
            problems.append(f"{path.name} line {number}: {complaint}")
    if not entries:
        message = f'{path} holds no usable article: {problems[0]} A line is {{"id": …, "text": …}}.'
        raise InputError(message, source=str(path))
    return Batch(tuple(entries), tuple(problems))


class _RecordError(ValueError):
    """A line is no article."""


def _read_record(line: str, *, default_guid: str) -> tuple[Entry, str | None]:
    """Read one line; the second value is a complaint about something that could be left out."""
    record = _object(line)
    if not isinstance(text := record.get("text"), str):
        raise _RecordError('no "text"')
    url = _string(record, "url")
    entry = Entry(
        guid=storable(str(record.get("id") or url or default_guid)),
        content=storable(text),
        url=url,
        title=_string(record, "title"),
        outlet=_string(record, "source"),
        author=_string(record, "author"),
        language=_string(record, "language"),
        image=_string(record, "image"),
    )
    try:
        return replace(entry, published_at=_time(record.get("published_at"))), None
    except ValueError:
        return entry, f'"published_at" is not an ISO 8601 time ({record["published_at"]!r}); read without a date.'


def _object(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = (
            error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply or has a huge number"
        )
        raise _RecordError(f"not valid JSON ({reason})") from error
    if not isinstance(record, dict):
        raise _RecordError("not a JSON object")
    return record


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return storable(value).strip() or None if isinstance(value, str) else None


def _time(value: object) -> datetime | None:
    """Read an ISO 8601 time; UTC when it names no zone. ValueError."""
    if value is None or value == "":
        return None
    time = datetime.fromisoformat(str(value).strip())
    try:
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


_Reader = Callable[[Path, bytes, str], Batch]
_READERS: dict[str, _Reader] = {
    ".txt": _read_text,
    ".html": _read_page,
    ".htm": _read_page,
    ".jsonl": _read_records,
    ".xml": _read_feed,
    ".rss": _read_feed,
    ".atom": _read_feed,
    ".json": _read_json,
    ".gz": _read_feed,
}
