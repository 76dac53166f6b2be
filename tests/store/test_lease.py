"""One bot for one database: whoever has the lease has it alone, until it is given back, lost, or its process is gone."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefs.errors import DatabaseUnavailableError
from briefs.store.lease import FileLease, NoLease, SessionLease, lease_of

TAKES = """
import sys, time
from briefs.store.lease import lease_of
lease = lease_of(sys.argv[1])
print(lease.take(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def other(store_url):
    """Another process that has the lease."""
    running = subprocess.Popen([sys.executable, "-c", TAKES, store_url], stdout=subprocess.PIPE, encoding="utf-8")
    assert running.stdout.readline() == "True\n"
    yield running
    running.kill()
    running.wait()
    running.stdout.close()


@pytest.fixture
def lease(store_url):
    made = lease_of(store_url)
    yield made
    made.release()


def test_a_lease_that_another_process_has_is_not_to_be_had_and_says_who_has_it(lease, other):
    assert not lease.take()
    assert not lease.is_held()
    holder = lease.holder()
    assert (holder.host, holder.pid) == (socket.gethostname(), other.pid)
    assert timedelta(0) <= datetime.now(UTC) - holder.since < timedelta(minutes=1)


def test_a_lease_is_free_the_moment_its_process_is_killed(lease, other):
    assert not lease.take()
    other.send_signal(signal.SIGKILL)
    other.wait()
    deadline = datetime.now(UTC) + timedelta(seconds=2)
    while not lease.take():
        assert datetime.now(UTC) < deadline
    assert lease.is_held()


def test_a_lease_that_is_given_back_is_anothers(lease, store_url):
    assert lease.take()
    assert lease.confirm()
    second = lease_of(store_url)
    assert not second.take()
    lease.release()
    assert not lease.is_held()
    assert second.take()
    second.release()


def test_a_child_process_does_not_keep_a_lease_that_its_parent_gave_back(lease, store_url):
    assert lease.take()
    child = subprocess.Popen(["sleep", "60"])
    try:
        lease.release()
        second = lease_of(store_url)
        assert second.take()
        second.release()
    finally:
        child.kill()
        child.wait()


# ------------------------------------------------------------------------------------------------------------- a file
@pytest.fixture
def file_lease(tmp_path):
    made = FileLease(tmp_path / "debrief.db")
    yield made
    made.release()


@pytest.mark.parametrize("change", [Path.unlink, lambda file: file.rename(file.with_suffix(".old"))])
def test_a_lock_file_that_is_deleted_or_renamed_is_no_lease_any_more(file_lease, change):
    assert file_lease.take()
    change(file_lease.file)
    assert not file_lease.is_held()
    assert not file_lease.confirm()
    assert file_lease.take()
    assert file_lease.is_held()


def test_a_file_that_took_the_place_of_the_lock_is_no_lease(file_lease):
    assert file_lease.take()
    other = file_lease.file.with_suffix(".new")
    other.touch()
    other.replace(file_lease.file)
    assert not file_lease.is_held()


def test_a_lock_file_of_nobody_with_anything_in_it_is_taken(file_lease):
    file_lease.file.write_bytes(b"\xff\xfe no holder" * 500)
    assert file_lease.holder() is None
    assert file_lease.take()
    assert file_lease.holder().pid == os.getpid()


def test_one_file_by_whatever_name_has_one_lease(tmp_path):
    (tmp_path / "debrief.db").touch()
    (tmp_path / "link.db").symlink_to("debrief.db")
    names = [f"{tmp_path}/debrief.db", f"{tmp_path}/./link.db?timeout=3", f"file:{tmp_path}/debrief.db?uri=true"]
    assert len({lease_of(f"sqlite:///{name}").file for name in names}) == 1


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"])
def test_a_database_in_memory_needs_no_lease(url):
    assert isinstance(lease_of(url), NoLease)


@pytest.mark.skipif(not Path("/proc/sys").exists(), reason="there is no folder here in which nobody may write")
def test_where_the_lock_cannot_be_written_it_is_said_what_to_do():
    with pytest.raises(DatabaseUnavailableError, match="cannot be written: beside its database Debrief keeps a lock"):
        FileLease(Path("/proc/sys/debrief.db")).take()


@pytest.mark.parametrize("refusal", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_on_a_file_system_without_locks_it_is_said_what_to_do(file_lease, monkeypatch, refusal):
    def refused(*_):
        raise OSError(refusal, os.strerror(refusal))

    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(DatabaseUnavailableError, match="cannot lock files"):
        file_lease.take()
    assert not file_lease.is_held()


# --------------------------------------------------------------------------------------------------------- PostgreSQL
@pytest.fixture
def session_lease(used_again):
    made = SessionLease(used_again)
    yield made
    made.release()


def execute(url, statement):
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'debrief %'"


def test_a_session_that_the_server_ended_has_no_lease(session_lease, used_again):
    assert session_lease.take()
    execute(used_again, CUT)
    assert not session_lease.confirm()
    assert not session_lease.is_held()
    assert session_lease.take()


def test_a_connection_that_ended_is_noticed_without_asking(session_lease, used_again):
    assert session_lease.take()
    execute(used_again, CUT)
    deadline = time.monotonic() + 5
    while session_lease.is_held():
        assert time.monotonic() < deadline


def test_a_lease_that_was_not_confirmed_for_long_is_not_believed_until_it_is(used_again):
    now = [100.0]
    lease = SessionLease(used_again, lambda: now[0])
    assert lease.take()
    now[0] += 14
    assert lease.is_held()
    now[0] += 2
    assert not lease.is_held()
    assert lease.confirm()
    assert lease.is_held()
    lease.release()
    assert not lease.is_held()


def test_a_server_too_busy_to_answer_has_not_taken_the_lease_away(session_lease, monkeypatch):
    assert session_lease.take()
    monkeypatch.setattr("briefs.store.lease.HOLDER", "SET statement_timeout = 20; SELECT pg_sleep(10)")
    assert session_lease.confirm()
    assert session_lease.is_held()


def test_a_lease_is_given_back_while_its_question_is_not_answered(session_lease, used_again, monkeypatch):
    assert session_lease.take()
    monkeypatch.setattr("briefs.store.lease.HOLDER", "SELECT pg_sleep(8)")
    monkeypatch.setattr("briefs.store.lease.GIVING", 0.1)
    asking = threading.Thread(target=session_lease.confirm)
    asking.start()
    began = time.monotonic()
    session_lease.release()
    assert not session_lease.is_held()
    asking.join()
    assert time.monotonic() - began < 5
    execute(used_again, CUT)  # it sleeps on, and notices only afterwards that nobody listens


def test_schemas_of_one_database_have_leases_of_their_own(session_lease, used_again):
    execute(used_again, "CREATE SCHEMA IF NOT EXISTS second")
    joint = "&" if "?" in used_again else "?"
    other = SessionLease(f"{used_again}{joint}options=-csearch_path%3Dsecond")
    assert session_lease.take()
    assert other.take()
    other.release()


def test_a_server_that_is_not_there_is_named_without_its_password():
    lease = lease_of("postgresql://someone:hidden@127.0.0.1:1/debrief")
    with pytest.raises(
        DatabaseUnavailableError, match=r"someone:\*\*\*@127\.0\.0\.1:1/debrief cannot be reached"
    ) as told:
        lease.take()
    assert "hidden" not in str(told.value)
