"""The edge to the database: opening it, transactions, and foreign errors turned into ours."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import StaticPool

from briefs.errors import DatabaseUnavailableError, StoreError
from briefs.store.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection

LOCK_PATIENCE = 15.0  # seconds to wait for another process that writes to the same SQLite file
CONNECT_PATIENCE = 10  # seconds to wait for a PostgreSQL server

NO_ADDRESS = (
    "DATABASE_URL is no address of a database. Write sqlite:///debrief.db or postgresql://user:password@host/name."
)
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class Database:
    """An open, migrated database. Every read and write is one transaction of ``reading`` or ``writing``."""

    def __init__(self, address: str) -> None:
        self._url = _parse(address)
        self.url_for_people = self._url.render_as_string(hide_password=True)
        self.dialect = self._url.get_backend_name()
        self._engine = _engine(self._url)
        # A database in memory is one connection: its threads take turns.
        self._turn = threading.RLock() if _in_memory(self._url) else nullcontext()
        try:
            with self.writing() as connection:
                migrate(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with."""
        with self._turn, self._own_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together at the end, or not at all."""
        with self._turn, self._own_errors(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        with self._turn:
            self._engine.dispose()

    @contextmanager
    def _own_errors(self) -> Iterator[None]:
        """Let no foreign exception escape."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            kind = DatabaseUnavailableError if _unavailable(error) else StoreError
            raise kind(self._complaint(error)) from error

    def _complaint(self, error: Exception) -> str:
        words = _first_line(error)
        for sign, complaint in COMPLAINTS.items():
            if sign in words.lower():
                return complaint.format(self.url_for_people)
        if _unavailable(error):
            return f"The database {self.url_for_people} cannot be opened or reached: {words}."
        return f"The database {self.url_for_people} refused a statement: {words}."


COMPLAINTS = {  # by words of SQLite, or of the connection pool ("QueuePool limit")
    "queuepool": "The database {} is too busy. Try again.",
    "locked": "The database {} is locked by another program. Stop that program, or try again.",
    "not a database": "{} is not a Debrief database: the file holds something else. Point DATABASE_URL to another file.",
    "malformed": "The database {} is damaged. Restore a copy, or point DATABASE_URL to another file.",
    "readonly": "The database {} cannot be written. Give Debrief the right to write the file and its folder.",
    "full": "The database {} cannot grow: the disk is full.",
    "unable to open": "The database {} cannot be opened. Does its folder exist, and may Debrief write there?",
}


def _unavailable(error: Exception) -> bool:
    """Return whether the database as a whole is at fault, not one statement."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    cause = getattr(error, "orig", None) or error
    # SQLite tells of a damaged or foreign file with the plain DatabaseError, psycopg of a lost server with OperationalError.
    return (
        isinstance(error, OperationalError | PoolTimeoutError)
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


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_PATIENCE})
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
