"""A backup: one SQLite file with all that a database holds, whichever database that is; made while the bot writes.

    SQLite       one snapshot, copied page by page          ┐
    PostgreSQL   one snapshot, copied row by row, in chunks ┴─▶ PATH.part ─▶ checked ─▶ on the disk ─▶ PATH

Until it has its own name it is no backup: whatever is interrupted leaves no half of one under it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import NullPool, create_engine, func, select, text

from briefs.errors import DatabaseDamagedError, DatabaseTooNewError, DatabaseUnavailableError, StoreError
from briefs.store import migrations
from briefs.store.database import Database, confirm_not_emptied, file_of
from briefs.store.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table

PAGES = 500  # copied before progress is told: 2 MB
ROWS = 500  # copied together: an article has some kilobytes
PART = ".part"
_STEP = "alembic_version"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: where it is, its size in bytes, and what it holds: rows by table."""

    path: Path
    size: int
    rows: Mapping[str, int]


def make(url: str, path: Path, *, replace: bool = False, progress: Callable[[int, int], None] | None = None) -> Backup:
    """Write everything that a database holds into one file; ``replace`` a file that is there.

    Raises StoreError: the file is there already, cannot be written, or what was written is not whole.
    """
    if path.exists() and not replace:
        raise StoreError(f"{path} is there already. Choose another name, or overwrite it with --force.")
    part = path.with_name(path.name + PART)
    with _files(part):
        empty(part)
        source = file_of(url)
        confirm_not_emptied(source)
        if source is None:
            rows = _from_server(url, part, progress or _untold)
        else:
            copy_file(source, part, progress or _untold)
            rows = examined(part)
        settle(part, path)
    return Backup(path, path.stat().st_size, rows)


@contextmanager
def _files(part: Path) -> Iterator[None]:
    """Turn what goes wrong with the file into a sentence, and leave no half of one."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        told = str(error) if isinstance(error, sqlite3.Error) else error.strerror or str(error)
        raise DatabaseUnavailableError(
            f"The backup cannot be written to {part.parent}: {told}. Nothing is left of it; choose another place."
        ) from error
    finally:
        for file in (part, part.with_name(part.name + "-journal")):
            with suppress(OSError):
                file.unlink(missing_ok=True)


def empty(part: Path) -> None:
    """Begin an empty file for its owner alone: addresses of feeds may hold passwords."""
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def settle(part: Path, path: Path) -> None:
    """Give a finished file its name, once it is on the disk: a power cut leaves it whole, or what was there before."""
    _onto_disk(part, os.O_RDWR)
    part.replace(path)
    if os.name != "nt":  # Windows opens no folder
        _onto_disk(path.parent, os.O_RDONLY)


def _onto_disk(file: Path, flags: int) -> None:
    """Return once all that was written to a file, or named in a folder, is on the disk."""
    handle = os.open(file, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _untold(_done: int, _total: int) -> None:
    """Nobody wants to know."""


# --------------------------------------------------------------------------------------------------------------- SQLite
def copy_file(source: Path, target: Path, progress: Callable[[int, int], None] = _untold) -> None:
    """Copy one snapshot of an SQLite database, as it stands now, however much is written to it meanwhile.

    The snapshot is the read transaction: without one the copying would begin anew after every write of another process.
    """
    if not source.is_file():
        raise DatabaseUnavailableError(f"There is no database {source}.")
    with closing(_opened(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=PAGES, progress=lambda _status, left, total: progress(total - left, total))
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _opened(file: Path) -> sqlite3.Connection:
    """Open a file that is there; one that is not must not be made."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=15)


def examined(file: Path, named: Path | None = None) -> dict[str, int]:
    """Return how many rows each table of a database's copy has.

    Raises DatabaseDamagedError where it is damaged, DatabaseTooNewError, or StoreError where it is none of ours.
    """
    named = named or file
    damaged = f"{named} is damaged, or no database at all"
    not_ours = f"{named} is no backup of Debrief. Give a file that debrief backup made, or a database of Debrief."
    try:
        with closing(_opened(file)) as copy:
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            steps = copy.execute("SELECT version_num FROM alembic_version").fetchall() if _STEP in tables else []
            ours = sorted(tables & metadata.tables.keys())
            rows = {name: copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ours}  # noqa: S608
    except sqlite3.OperationalError as error:
        raise DatabaseUnavailableError(f"{named} cannot be looked at: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise DatabaseDamagedError(f"{damaged}: {error}.") from error
    if sound != "ok":
        raise DatabaseDamagedError(f"{damaged}: {sound}.")
    if len(steps) != 1 or "articles" not in rows:
        raise StoreError(not_ours)
    if steps[0][0] > migrations.HEAD:
        raise DatabaseTooNewError(f"{named} was made by a newer version of Debrief. Update Debrief.")
    return rows


# ----------------------------------------------------------------------------------------------------------- PostgreSQL
def _from_server(url: str, part: Path, progress: Callable[[int, int], None]) -> dict[str, int]:
    """Copy one snapshot of a PostgreSQL database into a file."""
    database = Database(url)
    try:
        with database.snapshot() as live, unchecked(part) as copy:
            with copy.begin():
                migrations.migrate(copy)
                wanted = counted(live)
                copy_rows(live, copy, wanted, progress)
                keep_numbers(copy, numbers(live))
            with copy.begin():
                written = counted(copy)
    finally:
        database.close()
    if written != wanted:
        raise StoreError("The backup does not hold what the database does. Try again.")
    return examined(part)


@contextmanager
def unchecked(file: Path) -> Iterator[Connection]:
    """Give a connection to an SQLite file that is filled table by table: what refers to what is looked at in the end."""
    engine: Engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def counted(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
    }


def copy_rows(
    source: Connection, target: Connection, wanted: Mapping[str, int], progress: Callable[[int, int], None]
) -> None:
    """Copy every row of every table into empty ones."""
    done, total = 0, sum(wanted.values())
    for table in metadata.sorted_tables:
        for rows in chunks(source, table):
            target.execute(table.insert(), rows)
            done += len(rows)
            progress(done, total)
    if target.dialect.name == "sqlite":  # what is inserted is indexed, but what an edit replaced is not to be found
        words = (
            "(article_words, rowid, title, text) SELECT 'delete', number, title, text FROM articles WHERE superseded"
        )
        target.execute(text(f"INSERT INTO article_words{words}"))


def chunks(source: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    """The rows of a table, some hundred at a time."""
    rows = source.execute(select(table).execution_options(yield_per=ROWS))
    for part in rows.mappings().partitions():
        yield [dict(row) for row in part]


def numbers(connection: Connection) -> dict[str, int]:
    """Return the last number that each table with numbers of its own gave out, whatever became of the row."""
    if connection.dialect.name == "sqlite":
        return {row.name: row.seq for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    found: dict[str, int] = {}
    for table, column in _numbered():
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table, column)))
        last = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608
        found[table] = last.last_value if last.is_called else 0
    return found


def keep_numbers(connection: Connection, last: Mapping[str, int]) -> None:
    """Let no number be given out twice: buttons in old messages carry them."""
    for table, column in _numbered():
        highest = max(last.get(table, 0), connection.scalar(select(func.max(metadata.tables[table].c[column]))) or 0)
        if connection.dialect.name == "postgresql":
            serial = func.pg_get_serial_sequence(table, column)
            connection.execute(select(func.setval(serial, max(highest, 1), highest > 0)))
        elif metadata.tables[table].dialect_options["sqlite"]["autoincrement"]:
            about = {"name": table, "seq": highest}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), about)
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), about)


def _numbered() -> list[tuple[str, str]]:
    columns = ((table.name, table.autoincrement_column) for table in metadata.sorted_tables)
    return [(table, column.name) for table, column in columns if column is not None]
