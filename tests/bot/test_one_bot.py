"""Two programs on one database by mistake: one works, the other waits, says so, and takes over when it is the only one."""

from __future__ import annotations

import signal
from contextlib import ExitStack, contextmanager

import program
import psycopg
import pytest

from briefs.store.lease import lease_of

pytest_plugins = ["connected"]
IDENTIFY = 2
WAITS = "Debrief runs on this database already"


@pytest.fixture
def bots(loopback, store_url, tmp_path):
    """Start one more real program on the database; what it says goes into a folder of its own."""
    with ExitStack() as stack:

        def started(name):
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            running = program.start("run", folder=folder, DATABASE_URL=store_url, **loopback.environment)
            stack.enter_context(_ended(running))
            running.said = lambda: (folder / "log").read_text(encoding="utf-8")
            running.until_said = lambda words: program.until_said(words, running, folder=folder)
            return running

        yield started


@contextmanager
def _ended(running):
    try:
        yield
    finally:
        running.kill()
        running.wait(program.PATIENCE)


def logins(loopback):
    return loopback.state()["ops"].count(IDENTIFY)


def until_logged_in(loopback, times):
    loopback.until(lambda: logins(loopback) == times, program.PATIENCE)


def stop(running):
    running.send_signal(signal.SIGTERM)
    assert running.wait(program.PATIENCE) == 0


def test_a_second_program_waits_and_takes_over_when_the_first_is_killed(bots, loopback, store_url):
    first = bots("first")
    until_logged_in(loopback, 1)
    second = bots("second")
    told = second.until_said(WAITS)
    assert f"process {first.pid} on " in told
    assert logins(loopback) == 1

    first.kill()
    first.wait(program.PATIENCE)
    until_logged_in(loopback, 2)
    assert second.said().count(WAITS) == 1
    if store_url.startswith("postgresql"):
        _cut(store_url)
        until_logged_in(loopback, 3)
        assert "the lease is lost" in second.said()
    stop(second)
    assert "stopped" in second.said()


def _cut(url):
    """End the connection on which the lease is held."""
    cutting = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'debrief %'"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(cutting)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_bot_whose_lock_file_is_replaced_leaves_discord_and_waits_until_it_is_told_to_stop(bots, loopback, tmp_path):
    only = bots("only")
    until_logged_in(loopback, 1)
    (tmp_path / "debrief.db.lock").unlink()
    lease = lease_of(f"sqlite:///{tmp_path}/debrief.db")
    assert lease.take()
    only.until_said(WAITS)
    assert loopback.state()["connected"] == 0
    stop(only)
    lease.release()
    assert logins(loopback) == 1
