"""The edge to the database: opening it, transactions, and foreign errors turned into ours."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import threading
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import StaticPool

from briefs.errors import DatabaseDamagedError, DatabaseUnavailableError, StoreError
from briefs.store.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import URL, Connection

LOCK_PATIENCE = 15.0  # seconds to wait for another process that writes to the same SQLite file
CONNECT_PATIENCE = 10  # seconds to wait for a PostgreSQL server
SILENCE = {  # after half a minute without a word a PostgreSQL server is away, though nobody closed the connection
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,  # milliseconds
}

BEGAN = datetime.now(UTC)  # this process: in a container every one has the same number
NO_ADDRESS = (
    "DATABASE_URL is no address of a database. Write sqlite:///debrief.db or postgresql://user:password@host/name."
)
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class Database:
    """An open, migrated database. Every read and write is one transaction of ``reading`` or ``writing``.

    Where it cannot be used every transaction says so, and the next one finds out whether it can be again: there is nothing to
    be restarted. A file that was found to be damaged is not written to any more, until another is put in its place.
    """

    def __init__(self, address: str) -> None:
        self.address = address  # with its password: not for people
        self._url = _parse(address)
        self.url_for_people = self._url.render_as_string(hide_password=True)
        self.dialect = self._url.get_backend_name()
        self._engine = _engine(self._url)
        # A database in memory is one connection: its threads take turns.
        self._turn = threading.RLock() if _in_memory(self._url) else nullcontext()
        self._file = file_of(address)
        self._identity: object = None  # of the file that the connections have open
        self._exchanging = threading.Lock()
        self._together = _Together()
        self._damage: str | None = None
        is_new = self._file is not None and not self._file.exists()
        try:
            self._migrate()
        except BaseException:
            self.close()
            if is_new:
                _drop_empty(self._file)
            raise

    def _migrate(self) -> None:
        confirm_not_emptied(self._file)
        with self._turn, self._own_errors(), self._begun(writes=True) as connection:
            migrate(connection)
        self._identity = _identity(self._file)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with."""
        if self._together.connection is not None:
            with self._own_errors():
                yield self._together.connection
            return
        self._look()
        with self._turn, self._own_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading_together(self) -> Iterator[None]:
        """Let all that this thread reads meanwhile be one transaction: a server is asked half as often. It writes nothing."""
        with self.reading() as connection:
            before, self._together.connection = self._together.connection, connection
            try:
                yield
            finally:
                self._together.connection = before

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together at the end, or not at all."""
        self._look()
        if self._damage:
            raise DatabaseDamagedError(self._damage)
        with self._turn, self._own_errors(), self._begun(writes=True) as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a connection that sees all as it is now, whatever is written meanwhile."""
        level = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        options = level if self.dialect == "postgresql" else {}
        with self._turn, self._own_errors(), self._engine.connect() as connection:
            connection.execution_options(**options)
            with connection.begin():
                yield connection

    def _begun(self, **options: bool) -> AbstractContextManager[Connection]:
        return self._engine.execution_options(**options).begin()

    def _look(self) -> None:
        """See that the file is still the one that is open: one that is gone must not be made anew, nor written to unseen."""
        found = _identity(self._file)
        if found == self._identity:
            return
        with self._exchanging:
            if found == self._identity:
                return
            self._engine.dispose()
            if found is None:
                raise DatabaseUnavailableError(GONE.format(self.url_for_people))
            self._damage = None
            self._migrate()

    def close(self) -> None:
        """Close every connection."""
        with self._turn:
            self._engine.dispose()

    @contextmanager
    def _own_errors(self) -> Iterator[None]:
        """Let no foreign exception escape."""
        try:
            yield
        except OverflowError as error:  # SQLite's driver raises Python's own
            raise StoreError(f"The database {self.url_for_people} cannot keep so large a number.") from error
        except (SQLAlchemyError, sqlite3.Error) as error:
            complaint = self._complaint(error)
            if _damaged(error):
                self._damage = complaint
                raise DatabaseDamagedError(complaint) from error
            kind = DatabaseUnavailableError if _unavailable(error) else StoreError
            raise kind(complaint) from error

    def _complaint(self, error: Exception) -> str:
        words = _first_line(error)
        for sign, complaint in COMPLAINTS.items():
            if sign in words.lower():
                return complaint.format(self.url_for_people)
        if _unavailable(error):
            return f"The database {self.url_for_people} cannot be opened or reached: {words}."
        return f"The database {self.url_for_people} refused a statement: {words}."


class _Together(threading.local):
    """What a thread reads with while it reads several things together."""

    connection: Connection | None = None


def confirm_not_emptied(file: Path | None) -> None:
    """See that a file has not lost all it held: SQLite takes it for a new database, and throws away the log beside it.

    Raises DatabaseDamagedError.
    """
    if file and is_emptied(file):
        raise DatabaseDamagedError(EMPTIED.format(file))


def is_emptied(file: Path) -> bool:
    """Whether a file has nothing in it though a database was there: its log is, or a bot had it locked before this process."""
    if _size(file):
        return False
    return _size(file.with_name(f"{file.name}-wal")) > 0 or (file.exists() and _was_locked(file))


def _was_locked(file: Path) -> bool:
    try:
        holder = json.loads(file.resolve().with_name(f"{file.resolve().name}.lock").read_text(encoding="utf-8"))
        ours = (holder["host"], holder["pid"]) == (socket.gethostname(), os.getpid())
        return not ours or datetime.fromisoformat(holder["since"]) < BEGAN
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError):
        return True


def _drop_empty(file: Path | None) -> None:
    """Leave no empty file where no database could be made: the next start would take it for one that lost all it held."""
    if file and not _size(file):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


EMPTIED = (
    "The file {0} is empty, or gone, though it was a database. Restore a backup with debrief restore; only to begin anew, "
    "delete all files whose names begin with its own."
)
GONE = "The file of the database {} is gone. Put it back, or restore a backup with debrief restore."
COMPLAINTS = {  # by words of SQLite, or of the connection pool ("QueuePool limit")
    "queuepool": "The database {} is too busy. Try again.",
    "locked": "The database {} is locked by another program. Stop that program, or try again.",
    "not a database": "{} is not a Debrief database: the file holds something else, or it is damaged. Restore a backup with "
    "debrief restore, or point DATABASE_URL to another file.",
    "malformed": "The database {} is damaged, so nothing is written to it any more: restore a backup with debrief restore.",
    "readonly": "The database {} cannot be written. Give Debrief the right to write the file and its folder.",
    "read-only": "The database {} cannot be written: its server lets nobody write at the moment.",
    "disk is full": "The database {} cannot grow: the disk is full. Make room; I go on by myself.",
    "no space left": "The database {} cannot grow: the disk is full. Make room; I go on by myself.",
    "disk i/o error": "The database {} cannot be read or written: its disk fails, or is full. Look at the disk.",
    "connection": "The database {} does not answer. Is its server running? I go on by myself once it is.",
    "lock timeout": "The database {} is locked by another program. Stop that program, or try again.",
    "unable to open": "The database {} cannot be opened. Does its folder exist, and may Debrief write there?",
}


def _damaged(error: Exception) -> bool:
    """Return whether SQLite found the file damaged; a full-text index at odds with its table is no damage of the file."""
    code = getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", None)
    return (
        code is not None
        and code != FULL_TEXT_DAMAGED
        and code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    )


FULL_TEXT_DAMAGED = sqlite3.SQLITE_CORRUPT_VTAB


def _unavailable(error: Exception) -> bool:
    """Return whether the database as a whole is at fault, not one statement."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    cause = getattr(error, "orig", None) or error
    # SQLite tells of a damaged or foreign file with the plain DatabaseError, psycopg of a lost server with OperationalError.
    return (
        isinstance(error, OperationalError | PoolTimeoutError)
        or type(cause).__name__ == "ReadOnlySqlTransaction"
        or isinstance(cause, sqlite3.OperationalError)
        or type(cause) is sqlite3.DatabaseError
    )


def _first_line(error: Exception) -> str:
    text = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")


def _parse(address: str) -> URL:
    """Return the address with our driver in it."""
    try:
        url = make_url(address)
        driver = DRIVERS[url.get_backend_name()]
    except (ArgumentError, NoSuchModuleError, KeyError, ValueError) as error:
        raise DatabaseUnavailableError(NO_ADDRESS) from error
    if url.get_backend_name() == "sqlite" and url.host:  # sqlite://data.db: a slash is missing
        raise DatabaseUnavailableError(NO_ADDRESS)
    return url.set(drivername=driver)


def _in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def file_of(address: str) -> Path | None:
    """Return the file that an SQLite address leads to; None for a database in memory or on a server."""
    url = _parse(address)
    if url.get_backend_name() != "sqlite" or url.query.get("mode") == "memory":
        return None
    name = url.database or ""
    if name.startswith("file:"):  # an address in the address
        name = unquote(urlsplit(name).path)
    return Path(name) if name not in {"", ":memory:"} else None


def _identity(file: Path | None) -> object:
    """Return what tells a file from any other that may be put in its place; None where there is none."""
    try:
        found = file and file.stat()
    except OSError:
        return None
    return found and (found.st_dev, found.st_ino)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        patience = {"options": f"-c lock_timeout={LOCK_PATIENCE:.0f}s", "connect_timeout": CONNECT_PATIENCE, **SILENCE}
        given = {name: value for name, value in patience.items() if name not in url.query}
        return create_engine(url, pool_pre_ping=True, connect_args=given)
    options: dict[str, Any] = {"poolclass": StaticPool} if _in_memory(url) else {"pool_size": 8, "max_overflow": 24}
    patience = {} if "timeout" in url.query else {"timeout": LOCK_PATIENCE}
    engine = create_engine(url, connect_args={"check_same_thread": False, **patience}, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Write-ahead log, so that readers never wait; our own BEGIN, for Python's comes too late for DDL and reads."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a claim outlives a power cut, or a post is sent twice


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where it will be needed: one that is asked for later may be refused unwaited."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
