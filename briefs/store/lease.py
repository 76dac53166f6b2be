"""One bot for one database: a lease that the kernel keeps, or PostgreSQL, and no clock.

    SQLite      a lock on ``<database file>.lock``, which the kernel takes back the moment its process is gone
    PostgreSQL  an advisory lock of a session of its own, gone with its connection; both ends notice within seconds when the
                other is silent

Nothing is to be cleaned up after a crash, and a clock that is set, or a machine that slept, neither gives nor takes a lease.
Whoever holds one may lose it: its file is replaced, its connection cut. So a holder asks now and then (``confirm``), and
``is_held`` says no as soon as it cannot be sure. A machine so busy that it asks late has not lost it: what counts for that is
an answer, or the connection's end, which the kernel tells however busy this process is.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import select
import socket
import threading
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from briefs.errors import DatabaseUnavailableError
from briefs.store.database import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

SURE = 15.0  # seconds that a confirmed lease of PostgreSQL is believed, unless its connection ends; the server keeps a silent
SILENT_IDLE, SILENT_EVERY, SILENT_TIMES = 8, 3, 4  # … one for longer: seconds, seconds and questions, 20 s in all
OUR_IDLE, OUR_EVERY, OUR_TIMES = 4, 2, 2  # … and this machine's kernel ends the connection to a silent server after 8 s
UNANSWERED = 4  # seconds without a sign of the server's machine until a question of ours fails
SLOWEST = 10  # seconds for the server to answer one
CONNECT_PATIENCE = 4  # seconds
GIVING = 0.5  # seconds that a question may take when the lease is given back
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
    """The right to be the bot of a database; any thread may ask anything of it."""

    def take(self) -> bool:
        """Take it if it is free. Raises DatabaseUnavailableError where that cannot be told."""

    def holder(self) -> Holder | None:
        """Return who has it, as far as that can be told."""

    def confirm(self) -> bool:
        """Ask whether it is still ours; no is for good. It may take some seconds."""

    def is_held(self) -> bool:
        """Whether it is surely ours, at once."""

    def release(self) -> None:
        """Give it back."""


def lease_of(url: str) -> Lease:
    """Return the lease of a database, not taken. Raises DatabaseUnavailableError for what is no address of one."""
    file = file_of(url)
    if file:
        return FileLease(file.resolve())  # one file has one lease, whatever it is called
    return NoLease() if make_url(url).get_backend_name() == "sqlite" else SessionLease(url)


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
        if not self.is_held():
            self.release()  # of a file that is no more the one that others would lock
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
        if isinstance(error, PermissionError | FileNotFoundError | NotADirectoryError) or error.errno == errno.EROFS:
            return _CANNOT_WRITE.format(self.file)
        return _CANNOT_LOCK.format(self.file.parent)


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _awake_or_not() -> float:
    """Return seconds of a clock that nobody sets, and that goes on while the machine sleeps where there is such a one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class SessionLease:
    """An advisory lock of a PostgreSQL session that does nothing else."""

    def __init__(self, url: str, clock: Callable[[], float] = _awake_or_not) -> None:
        address = make_url(url).set(drivername="postgresql+psycopg")
        self._where = address.render_as_string(hide_password=True)
        self._engine = create_engine(
            address, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=_watchful(application_name())
        )
        self._clock = clock
        self._connection: Connection | None = None
        self._line: socket.socket | None = None  # the connection's socket, to look at while it is asked
        self._asking = threading.Lock()
        self._sure_until = clock()

    def take(self) -> bool:
        """Take it if it is free."""
        with self._asking:
            asked = self._clock()
            try:
                taken = bool(self._asked(TAKE)[0])
            except SQLAlchemyError as error:
                self._hang_up()
                cause = str(getattr(error, "orig", None) or error).strip().partition("\n")[0].rstrip(".")
                raise DatabaseUnavailableError(f"The database {self._where} cannot be reached: {cause}.") from error
            self._sure_until = asked + SURE if taken else asked
            return taken

    def holder(self) -> Holder | None:
        """Ask the server whose session has it."""
        try:
            with self._asking:
                pid, _, name, since, address = self._asked(HOLDER)
        except (SQLAlchemyError, LookupError):
            return None
        words = str(name).split(" ")
        if words[0] == "debrief" and len(words) == 3 and words[2].isdigit():
            return Holder(words[1], int(words[2]), since.astimezone(UTC))
        return Holder(f"{address or 'the database server'} (a session of PostgreSQL)", pid)

    def confirm(self) -> bool:
        """Ask the server whether this session still has it; a server too busy to say so has not taken it away."""
        with self._asking:
            asked = self._clock()
            try:
                held = self._connection is not None and bool(self._asked(HOLDER)[1])
            except LookupError:
                held = False
            except SQLAlchemyError as error:
                ended = getattr(error, "connection_invalidated", False) or not self._is_open()
                return self._hang_up() if ended else True
            if held:
                self._sure_until = asked + SURE
            return held or self._hang_up()

    def is_held(self) -> bool:
        """Whether the server said so not long ago, and the connection has not ended since."""
        return self._clock() < self._sure_until and self._is_open()

    def release(self) -> None:
        """Give it back with its session, even while a question is not answered."""
        self._sure_until = self._clock()
        if not self._asking.acquire(timeout=GIVING):
            line = self._line
            if line is not None:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)  # for whoever waits for the answer, too
            return
        try:
            self._hang_up()
        finally:
            self._asking.release()

    def _hang_up(self) -> bool:
        """End the session; return that nothing is held."""
        self._sure_until = self._clock()
        connection, self._connection = self._connection, None
        line, self._line = self._line, None
        if connection is not None:
            with contextlib.suppress(SQLAlchemyError):  # the session's end alone would free it a moment later
                connection.execute(text("SELECT pg_advisory_unlock_all()"))
            with contextlib.suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()
        if line is not None:
            line.close()
        return False

    def _asked(self, question: str) -> Sequence[Any]:
        """Return the first row of an answer. Raises LookupError where there is none."""
        rows = self._opened().execute(text(question), {"key": KEY}).all()
        return rows[0]

    def _opened(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            driver: Any = self._connection.connection.driver_connection
            self._line = socket.fromfd(driver.fileno(), socket.AF_INET, socket.SOCK_STREAM)
            for setting, value in SERVER_KEEPALIVES.items():
                self._connection.execute(text(f"SET {setting} = {value}"))
        return self._connection

    def _is_open(self) -> bool:
        """Whether neither the server nor the kernel ended the connection, as far as this system can tell at once."""
        line = self._line
        if line is None or not hasattr(select, "poll"):
            return line is not None
        looking = select.poll()
        try:
            looking.register(line, getattr(select, "POLLRDHUP", 0))
        except ValueError:  # closed this moment
            return False
        return not looking.poll(0)


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
    "statement_timeout": SLOWEST * 1000,
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
        "keepalives_idle": OUR_IDLE,
        "keepalives_interval": OUR_EVERY,
        "keepalives_count": OUR_TIMES,
        "tcp_user_timeout": UNANSWERED * 1000,  # milliseconds
    }
