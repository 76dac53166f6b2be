"""A backup takes the place of what a database holds: all of it, or nothing; also while the bot runs.

    backup ─copy─▶ FILE.restoring ─examined─▶ brought to this version
    the database as it stands ─▶ kept aside, as a backup of its own
    from here on nobody else writes:  its ledger ─▶ added to the copy ─▶ the copy takes its place, in one transaction

The ledger is what was posted, answered and done since the backup was made: with it, nothing that was told is told again. Where
the database cannot be read it is lost, and every schedule counts from the restore on. A ``generation`` tells a running bot that
all it remembers is of another time.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import uuid
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from briefs.errors import DatabaseDamagedError, DatabaseTooNewError, DatabaseUnavailableError, StoreError
from briefs.store import backup, upkeep
from briefs.store.database import LOCK_PATIENCE, Database, file_of, is_emptied
from briefs.store.records import EVERYONE, GENERATION
from briefs.store.schema import (
    answers,
    briefing_articles,
    briefings,
    feeds,
    jobs,
    metadata,
    posts,
    schedules,
    threads,
)
from briefs.store.statements import among, one_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection, Table

LEDGER = (briefings, briefing_articles, posts, threads, answers, jobs)  # in an order that no reference forbids
PAGES = 1_000  # copied at a time onto a living database, 4 MB; one by one takes twice as long, and nobody else writes meanwhile
LEAP = 100_000  # numbers that are passed over where nobody knows which were given out
KEYS = (feeds.c.added_at, schedules.c.created_at, briefings.c.made_at)  # by which an installation is known again
BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a file


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: rows by table, where the old database is kept, and whether its ledger is in it."""

    rows: Mapping[str, int]
    kept: Path | None  # None: there was nothing to keep
    ledger: bool


def restore(
    url: str,
    path: Path,
    *,
    now: datetime,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    held: Callable[[], str | None] = lambda: None,
) -> Restored:
    """Put a backup in the place of what a database holds. ``held`` names who uses a database that cannot be read.

    Raises StoreError with what to do; the database is then as it was. ``force`` lets another installation's be replaced.
    """
    file = file_of(url)
    with _in_words(path), _place(file) as copy:
        _prepare(path, copy)
        if file is not None and _is_unreadable(file):
            return _exchanged(file, copy, now, held)
        live = Database(url)
        try:
            return _taken_over(live, url, file, path, copy, now, force=force, progress=progress)
        finally:
            live.close()


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the files into a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        cause = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
        raise DatabaseUnavailableError(
            f"{path} cannot be restored: {cause}. The database is as it was. Is there room on its disk, and may Debrief write there?"
        ) from error


@contextmanager
def _place(file: Path | None) -> Iterator[Path]:
    """Give the name of a file to work on: beside the database, which it may replace, or in a folder that goes again."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "debrief.db" if file is None else file.with_name(file.name + ".restoring")
        try:
            yield copy
        finally:
            for each in _all_of(copy):
                with suppress(OSError):
                    each.unlink(missing_ok=True)


def _all_of(file: Path) -> list[Path]:
    return [file, *(file.with_name(file.name + end) for end in (*BESIDE, "-journal"))]


def _prepare(path: Path, copy: Path) -> None:
    """Copy a backup and bring it to this version; the backup stays as it is."""
    if not path.is_file():
        raise StoreError(f"There is no file {path}.")
    try:
        for each in _all_of(copy):
            each.unlink(missing_ok=True)
        copy.parent.mkdir(parents=True, exist_ok=True)
        backup.empty(copy)
        backup.copy_file(path, copy)
        backup.examined(copy, path)
        Database(f"sqlite:///{copy}").close()
        with closing(sqlite3.connect(copy)) as settled:  # without a log beside it
            settled.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        kind = "is no backup of Debrief" if "not a database" in str(error) else f"cannot be restored: {error}"
        raise StoreError(f"{path} {kind}.") from error
    except OSError as error:
        raise DatabaseUnavailableError(f"There is no place for the copy {copy}: {error.strerror}.") from error


# --------------------------------------------------------------------------------------------- a database that can be read
def _taken_over(
    live: Database,
    url: str,
    file: Path | None,
    path: Path,
    copy: Path,
    now: datetime,
    *,
    force: bool,
    progress: Callable[[int, int], None],
) -> Restored:
    with live.snapshot() as seen, backup.unchecked(copy) as prepared:
        empty, same = _is_blank(seen), _is_same(seen, prepared)
    if not (empty or same or force):
        raise StoreError(
            f"The database {live.url_for_people} is of another installation than {path}. Point DATABASE_URL to the right one, or "
            "replace all that it holds with --force."
        )
    kept = None if empty else backup.make(url, _aside(file or path, now)).path
    take = _take if same else _begin_anew
    if file is None:
        _onto_server(live, copy, take, now, progress)
    else:
        _onto_file(live, file, copy, take, now, progress)
    with backup.unchecked(copy) as prepared:
        return Restored(backup.counted(prepared), kept, ledger=same and not empty)


def _is_blank(connection: Connection) -> bool:
    """Whether a database is as new: nobody has chosen anything, and nothing was posted."""
    return not any(connection.execute(select(key.table).limit(1)).first() for key in KEYS)


def _is_same(live: Connection, other: Connection) -> bool:
    """Whether two databases are the same installation's at two times: something that was made once stands in both."""
    return any(_made(live, key.table, key.name) & _made(other, key.table, key.name) for key in KEYS)


def _made(connection: Connection, table: Table, at: str) -> set[tuple[int, datetime | None]]:
    return {(row.id, row.at) for row in connection.execute(select(table.c.id, table.c[at].label("at")))}


def _aside(file: Path, now: datetime) -> Path:
    return file.with_name(f"{file.name}.before-restore-{now.astimezone(UTC):%Y%m%d-%H%M%S}")


def _onto_file(
    live: Database,
    file: Path,
    copy: Path,
    take: Callable[..., None],
    now: datetime,
    progress: Callable[[int, int], None],
) -> None:
    """Copy page by page onto an SQLite database, in one transaction that readers do not notice.

    From the first pages on nobody else writes: that is the moment to take over what was posted until then. What it changes of
    pages that are copied already SQLite copies once more, for it is changed by the connection that is read.
    """
    begun = False

    def page(status: int, left: int, total: int) -> None:
        nonlocal begun
        if status not in {sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE}:
            raise DatabaseUnavailableError(f"The database {file} is locked by another program. Stop it, or try again.")
        if not begun:
            with live.reading() as seen, prepared.begin():
                take(seen, prepared, now)
            begun = True
        progress(total - left, total)

    with backup.unchecked(copy) as prepared:
        source = prepared.connection.driver_connection
        assert source is not None
        with closing(sqlite3.connect(file, isolation_level=None, timeout=LOCK_PATIENCE)) as target:
            source.backup(target, pages=_step(source), progress=page)


def _step(source: sqlite3.Connection) -> int:
    """Return how many pages are copied at a time: few enough that the first are not all."""
    (pages,) = source.execute("PRAGMA page_count").fetchone()
    return min(PAGES, int(pages) // 2)


def _onto_server(
    live: Database, copy: Path, take: Callable[..., None], now: datetime, progress: Callable[[int, int], None]
) -> None:
    """Replace every row of a PostgreSQL database in one transaction: who reads meanwhile sees the old ones."""
    names = ", ".join(metadata.tables)
    with live.writing() as target, backup.unchecked(copy) as prepared:
        one_writer(target)
        target.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
        with prepared.begin():
            take(target, prepared, now)
        with prepared.begin():
            for table in reversed(metadata.sorted_tables):
                target.execute(delete(table))
            backup.copy_rows(prepared, target, backup.counted(prepared), progress)
            backup.keep_numbers(target, backup.numbers(prepared))


# ----------------------------------------------------------------------------------------- a database that cannot be read
def _is_unreadable(file: Path) -> bool:
    """Whether a file is missing, emptied or damaged: there is nothing to be asked."""
    if is_emptied(file):
        return True
    try:
        if file.exists():
            backup.examined(file)
    except DatabaseDamagedError:
        return True
    except DatabaseTooNewError as error:
        raise DatabaseTooNewError(
            f"{file} was written by a newer version of Debrief. Update Debrief; or, to stay with this version, move that file "
            "away and restore again: what was posted since the backup is not known then."
        ) from error
    except DatabaseUnavailableError:
        raise
    except StoreError:  # an empty file, or another program's, which opening it will tell
        return False
    return not file.exists()


def _exchanged(file: Path, copy: Path, now: datetime, held: Callable[[], str | None]) -> Restored:
    """Put the copy in the place of a file that is damaged, or gone; nobody may have that open."""
    holder = held()
    if holder:
        raise StoreError(
            f"The database {file} is damaged or gone, and {holder} uses it. Stop the bot, then restore again."
        )
    with backup.unchecked(copy) as prepared, prepared.begin():
        _begin_anew(None, prepared, now)
    kept = _copied_aside(file, now) if file.exists() else None
    for end in BESIDE:  # a log that is left would be taken for the new file's own
        file.with_name(file.name + end).unlink(missing_ok=True)
    rows = backup.examined(copy)
    backup.settle(copy, file)
    return Restored(rows, kept, ledger=False)


def _copied_aside(file: Path, now: datetime) -> Path:
    """Copy a database with what stands beside it, as it is; where there is no room for that, nothing is left of it."""
    kept = _aside(file, now)
    ends = [end for end in ("", *BESIDE) if file.with_name(file.name + end).exists()]
    try:
        for end in ends:
            shutil.copy2(file.with_name(file.name + end), kept.with_name(kept.name + end))
    except OSError:
        for end in ends:
            kept.with_name(kept.name + end).unlink(missing_ok=True)
        raise
    return kept


# ------------------------------------------------------------------------------------------------------------- the ledger
def _take(live: Connection, prepared: Connection, now: datetime) -> None:
    """Add to the backup what was posted, answered and done since; what the living database says of a row holds."""
    for table in LEDGER:
        for rows in backup.chunks(live, table):
            if table is posts:
                claimed = posts.c.run_key.in_([row["run_key"] for row in rows])
                prepared.execute(delete(posts).where(claimed))
            prepared.execute(insert(table).prefix_with("OR REPLACE"), rows)
    last = backup.numbers(prepared)
    backup.keep_numbers(prepared, {name: max(last.get(name, 0), seq) for name, seq in backup.numbers(live).items()})
    same = set(live.execute(select(schedules))) & set(prepared.execute(select(schedules)))
    _count_from(prepared, now, [row.id for row in same])
    _renew(prepared)


def _begin_anew(_live: Connection | None, prepared: Connection, now: datetime) -> None:
    """Nobody knows what was posted since the backup: no missed briefing is made up for, and no number is used again."""
    _count_from(prepared, now, [])
    backup.keep_numbers(prepared, {name: seq + LEAP for name, seq in backup.numbers(prepared).items()})
    _renew(prepared)


def _count_from(prepared: Connection, now: datetime, but: list[int]) -> None:
    """Let schedules have no slot from before: those that are not as they were a moment ago."""
    others = ~among(prepared, schedules.c.id, but) & (schedules.c.created_at < now)
    prepared.execute(update(schedules).where(others).values(created_at=now))


def _renew(prepared: Connection) -> None:
    upkeep.set_setting(prepared, EVERYONE, GENERATION, uuid.uuid4().hex)
