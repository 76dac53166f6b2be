"""One bot for one database: a lease that the kernel keeps, or PostgreSQL, and no clock.

    SQLite      a lock on ``<database file>.lock``, which the kernel takes back the moment its process is gone
    PostgreSQL  an advisory lock of a session of its own, gone with its connection; both ends notice within seconds when the
                other is silent

Nothing is to be cleaned up after a crash, and a clock that is set, or a machine that slept, neither gives nor takes a lease.
Whoever holds one may lose it: its file is replaced, its connection cut. So a holder asks now and then (``confirm``), and
``is_held`` says no as soon as it cannot be sure.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from briefs.errors import DatabaseUnavailableError
from briefs.store.database import NO_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import URL, Connection

SURE = 6.0  # seconds that a confirmed lease of PostgreSQL is believed; the server keeps a silent one for longer:
SILENT_IDLE, SILENT_EVERY, SILENT_TIMES = 6, 2, 3  # … seconds, seconds and questions until it drops it, 12 s in all
UNANSWERED = 4  # seconds without a sign of the server until a question of ours fails
CONNECT_PATIENCE = 4  # seconds
KEY = 0x0DEB41EF  # the first half of the advisory lock's key; the second is the schema's
NAME_ROOM = 63  # bytes of an application name that PostgreSQL keeps
_CANNOT_LOCK = (
    "The folder {} is on a file system that cannot lock files, so that two bots could post the same. Put the database on a "
    "local disk, or use PostgreSQL."
)
_CANNOT_WRITE = (
    "{} cannot be written: beside its database Debrief keeps a lock, so that no second bot posts the same. Give Debrief the "
    "right to write the folder and that file."
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a lease: a process on a machine, since when (UTC) by its clock."""

    host: str
    pid: int
    since: datetime | None = None

    def __str__(self) -> str:
        since = f", since {self.since:%Y-%m-%d %H:%M:%S} UTC" if self.since else ""
        return f"process {self.pid} on {self.host}{since}"


class Lease(Protocol):
    """The right to be the bot of a database. One thread at a time takes, confirms and releases; any may ask ``is_held``."""

    def take(self) -> bool:
        """Take it if it is free. Raises DatabaseUnavailableError where that cannot be told."""

    def holder(self) -> Holder | None:
        """Return who has it, as far as that can be told."""

    def confirm(self) -> bool:
        """Ask whether it is still ours; it may take some seconds."""

    def is_held(self) -> bool:
        """Whether it is surely ours, at once."""

    def release(self) -> None:
        """Give it back."""


def lease_of(url: str) -> Lease:
    """Return the lease of a database, not taken. Raises DatabaseUnavailableError for what is no address of one."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise DatabaseUnavailableError(NO_ADDRESS) from error
    if backend != "sqlite":
        return SessionLease(url)
    file = database_file(parsed)
    return FileLease(file) if file else NoLease()


def database_file(url: URL) -> Path | None:
    """Return the one file that an SQLite address leads to, whatever it is called; None for a database in memory."""
    name = url.database or ""
    if name.startswith("file:"):
        if url.query.get("mode") == "memory":
            return None
        name = unquote(urlsplit(name).path)
    return Path(name).resolve() if name not in {"", ":memory:"} else None


def this_process() -> Holder:
    """Return this process as a holder."""
    return Holder(socket.gethostname(), os.getpid(), datetime.now(UTC))


class NoLease:
    """The lease of a database in memory: no other process can reach it."""

    def take(self) -> bool:
        """It is ours."""
        return True

    def holder(self) -> Holder | None:
        """Nobody else can have it."""
        return None

    def confirm(self) -> bool:
        """It is."""
        return True

    def is_held(self) -> bool:
        """It is."""
        return True

    def release(self) -> None:
        """Nothing to give back."""


class FileLease:
    """A kernel's lock on a file beside the database, in which its holder stands."""

    def __init__(self, database: Path) -> None:
        self.file = database.with_name(f"{database.name}.lock")
        self._identity: tuple[int, int] | None = None  # of the file that we locked
        self._lock = FileLock(
            self.file, timeout=0, thread_local=False, fallback_to_soft=False, on_acquired=self._inscribe
        )

    def take(self) -> bool:
        """Take it if it is free."""
        try:
            self._lock.acquire()
        except Timeout as error:
            if not self.file.exists():  # where no file can be made, filelock takes it for somebody else's
                raise DatabaseUnavailableError(_CANNOT_WRITE.format(self.file)) from error
            return False
        except OSError as error:
            raise DatabaseUnavailableError(self._complaint(error)) from error
        return True

    def holder(self) -> Holder | None:
        """Read who wrote itself into the file; Windows does not let anybody read it."""
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            return Holder(str(kept["host"]), int(kept["pid"]), datetime.fromisoformat(kept["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def confirm(self) -> bool:
        """A look at the file is all there is to ask."""
        return self.is_held()

    def is_held(self) -> bool:
        """Whether the file that others would lock is the one that we locked."""
        if self._identity is None:
            return False
        try:
            return _identity(os.stat(self.file)) == self._identity  # noqa: PTH116  # its nature, not its name
        except OSError:
            return False

    def release(self) -> None:
        """Give it back; the file stays, for to delete it would let two hold it."""
        self._identity = None
        with contextlib.suppress(OSError):
            self._lock.release(force=True)

    def _inscribe(self, descriptor: int) -> None:
        """Write who has it into the file that was just locked; without room on the disk it is nobody's to read."""
        self._identity = _identity(os.fstat(descriptor))
        me = this_process()
        told = json.dumps({**asdict(me), "since": me.since.isoformat() if me.since else None})
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{told}\n".encode())

    def _complaint(self, error: OSError) -> str:
        if isinstance(error, PermissionError | FileNotFoundError | NotADirectoryError) or error.errno == _READ_ONLY:
            return _CANNOT_WRITE.format(self.file)
        return _CANNOT_LOCK.format(self.file.parent)


_READ_ONLY = 30  # EROFS: a file system that was mounted for reading


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


class SessionLease:
    """An advisory lock of a PostgreSQL session that does nothing else."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        address = make_url(url).set(drivername="postgresql+psycopg")
        self._where = address.render_as_string(hide_password=True)
        self._engine = create_engine(
            address, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=_watchful(application_name())
        )
        self._clock = clock
        self._connection: Connection | None = None
        self._sure_until = clock()

    def take(self) -> bool:
        """Take it if it is free."""
        asked = self._clock()
        try:
            taken = bool(self._asked(TAKE)[0])
        except SQLAlchemyError as error:
            self.release()
            cause = str(getattr(error, "orig", None) or error).strip().partition("\n")[0].rstrip(".")
            raise DatabaseUnavailableError(f"The database {self._where} cannot be reached: {cause}.") from error
        self._sure_until = asked + SURE if taken else asked
        return taken

    def holder(self) -> Holder | None:
        """Ask the server whose session has it."""
        try:
            pid, _, name, since, address = self._asked(HOLDER)
        except (SQLAlchemyError, LookupError):
            return None
        words = str(name).split(" ")
        if words[0] == "debrief" and len(words) == 3 and words[2].isdigit():
            return Holder(words[1], int(words[2]), since.astimezone(UTC))
        return Holder(f"{address or 'the database server'} (a session of PostgreSQL)", pid)

    def confirm(self) -> bool:
        """Ask the server whether this session still has it."""
        asked = self._clock()
        try:
            held = self._connection is not None and bool(self._asked(HOLDER)[1])
        except (SQLAlchemyError, LookupError):
            held = False
        if held:
            self._sure_until = asked + SURE
        else:
            self.release()
        return held

    def is_held(self) -> bool:
        """Whether the server said so a few seconds ago."""
        return self._clock() < self._sure_until

    def release(self) -> None:
        """Give it back with its session."""
        self._sure_until = self._clock()
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(SQLAlchemyError):  # the session's end alone would free it a moment later
                connection.execute(text("SELECT pg_advisory_unlock_all()"))
            with contextlib.suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()

    def _asked(self, question: str) -> Sequence[Any]:
        """Return the first row of an answer. Raises LookupError where there is none."""
        rows = self._opened().execute(text(question), {"key": KEY}).all()
        return rows[0]

    def _opened(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            for setting, value in SERVER_KEEPALIVES.items():
                self._connection.execute(text(f"SET {setting} = {value}"))
        return self._connection


# Two numbers are the key; the lock belongs to one database, and here to one schema of it.
TAKE = "SELECT pg_try_advisory_lock(:key, hashtext(coalesce(current_schema(), '')))"
HOLDER = """
    SELECT pid, pid = pg_backend_pid(), application_name, backend_start, client_addr::text
    FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid::bigint = :key AND objid::bigint = hashtext(coalesce(current_schema(), ''))::bigint & 4294967295
"""
SERVER_KEEPALIVES = {
    "tcp_keepalives_idle": SILENT_IDLE,
    "tcp_keepalives_interval": SILENT_EVERY,
    "tcp_keepalives_count": SILENT_TIMES,
    "statement_timeout": UNANSWERED * 1000,
}


def application_name() -> str:
    """Return what names this process among the sessions of a server."""
    me = this_process()
    room = NAME_ROOM - len(f"debrief  {me.pid}")
    return f"debrief {me.host.encode()[:room].decode(errors='ignore')} {me.pid}"


def _watchful(name: str) -> dict[str, object]:
    """Return a connection's options: it fails within seconds when the server is silent, instead of in two hours."""
    return {
        "application_name": name,
        "connect_timeout": CONNECT_PATIENCE,
        "keepalives": 1,
        "keepalives_idle": SILENT_IDLE,
        "keepalives_interval": SILENT_EVERY,
        "keepalives_count": SILENT_TIMES,
        "tcp_user_timeout": UNANSWERED * 1000,  # milliseconds
    }
