"""A backup holds all that a database held at one moment, and takes its place whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from examples import DAY, FEED, NOON, answer, article, briefing, pair, reading

from briefs.errors import DatabaseDamagedError, DatabaseTooNewError, StoreError
from briefs.models import PostState, Story
from briefs.store import EVERYONE, Arrival, Poll, Store, backup, restore
from briefs.store.schema import metadata

ROOT = Path(__file__).parents[2]
NOW = NOON + DAY


@pytest.fixture
def used(store_url):
    """A database in use."""
    with Store.open(store_url) as store:
        fill(store)
        yield store


@pytest.fixture
def used_file(blank, tmp_path):
    """One in a file, where it makes no difference which database it is."""
    with Store.open(f"sqlite:///{shutil.copy(blank, tmp_path / 'debrief.db')}") as store:
        fill(store)
        yield store


def fill(store):
    feed = store.subscribe(1, FEED, title="Morning read", now=NOON)
    store.record_poll(
        feed.id, Poll(NOON, NOW, tuple(Arrival(f"g{n}", "p", f"a{n}", pair(f"a{n}")) for n in range(1, 5)))
    )
    edited = (
        article("a1~2", "The mayor opened the tunnel.", title="A tunnel", version=2, version_of="a1"),
        reading("a1~2"),
    )
    store.record_poll(feed.id, Poll(NOON, NOW, (Arrival("g1", "q", "a1", edited),)))
    store.save_stories([Story("s1", ("a1~2", "a2"))])
    store.add_schedule(1, 10, ["08:00"], [0, 1], "Europe/Paris", 100, NOON)
    store.save_answer(answer(), guild_id=1, channel_id=10, asked_by=100, now=NOON)
    store.set_setting(1, "stories", "3")
    post(store, "run 1", "a1")


def post(store, run, *articles):
    saved = store.save_briefing(briefing(*articles), guild_id=1, channel_id=10)
    claimed = store.claim(run, 0, guild_id=1, channel_id=10, briefing_id=saved, nonce="n", now=NOON)
    store.record_sent(claimed.id, saved + 1000)
    return saved


def everything(store):
    """All rows of all tables, but for what a restore itself writes."""
    with store._database.reading() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=str)
            for table in metadata.sorted_tables
        }
    found["settings"] = [row for row in found["settings"] if row[1] != "generation"]
    return found


def put(store, path, **options):
    return restore.restore(store._database.address, path, now=NOW, **options)


# ------------------------------------------------------------------------------------------------------------- backup
def test_a_backup_holds_every_row_and_is_a_database_itself(used, tmp_path):
    made = backup.make(used._database.address, tmp_path / "copy.db")
    assert made.rows["articles"] == 5
    assert made.size == made.path.stat().st_size > 0
    assert made.path.stat().st_mode & 0o777 == 0o600
    with Store.open(f"sqlite:///{made.path}") as copy:
        assert everything(copy) == everything(used)
        assert set(copy.search(["bridge"], guild_id=1)) == {"a2", "a3", "a4"}
        assert copy.search(["tunnel"], guild_id=1) == ("a1~2",)
        assert post(copy, "run 2", "a2") == post(used, "run 2", "a2")  # numbers go on where they were


def test_nothing_is_overwritten_unless_that_is_wanted(used_file, tmp_path):
    path = tmp_path / "copy.db"
    path.write_text("a letter")
    with pytest.raises(StoreError, match=r"is there already\. Choose another name, or overwrite it with --force"):
        backup.make(used_file._database.address, path)
    assert path.read_text() == "a letter"
    assert backup.make(used_file._database.address, path, replace=True).rows["articles"] == 5


def test_a_folder_that_takes_no_backup_is_named_and_nothing_is_left(used_file, tmp_path):
    with pytest.raises(StoreError, match=r"The backup cannot be written to .*nowhere"):
        backup.make(used_file._database.address, tmp_path / "nowhere" / "copy.db")
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_shows_one_moment_while_much_is_written(used, tmp_path):
    """Each write adds an article and a briefing of it: whatever the moment, there are as many of the one as of the other."""
    stop, written = threading.Event(), []

    def write():
        while not stop.is_set():
            name = f"w{len(written)}"
            used.add_articles([pair(name)])
            post(used, name, name)
            written.append(name)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.make(used._database.address, tmp_path / f"copy{n}.db") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    assert len(written) > 2
    for each in made:
        with Store.open(f"sqlite:///{each.path}") as copy:
            told = copy.told_articles(10) - {"a1"}
            stored = {i for i in copy.visible(None) if i.startswith("w")}
            assert told <= stored
            assert len(stored - told) <= 1
            assert len(told) in range(len(written) + 1)


# ------------------------------------------------------------------------------------------------------------ restoring
def test_a_restore_brings_everything_back(used, tmp_path):
    path = backup.make(used._database.address, tmp_path / "copy.db").path
    before = everything(used)
    used.set_setting(1, "stories", "9")
    used.unsubscribe(1, used.feeds(1)[0].id)
    used.add_articles([pair("b1")])
    generation = used.generation()
    done = put(used, path)
    assert everything(used) == before
    assert used.generation() != generation
    assert set(used.search(["bridge"], guild_id=1)) == {"a2", "a3", "a4"}
    assert done.rows["articles"] == 5
    with Store.open(f"sqlite:///{done.kept}") as kept:
        assert kept.settings(1) == {"stories": "9"}
        assert "b1" in kept.visible(None)


def test_what_was_posted_since_the_backup_stays_known(used, tmp_path):
    path = backup.make(used._database.address, tmp_path / "copy.db").path
    used.add_articles([pair("b1")])
    later = post(used, "run 2", "b1")
    used.save_thread(77, guild_id=1, briefing_id=later)
    used.record_job("schedule 1", at=NOW, error=None)
    asked = used.save_answer(answer(), guild_id=1, channel_id=10, asked_by=100, now=NOW)
    assert put(used, path).ledger
    assert used.visible(None) == ("a1~2", "a2", "a3", "a4")
    assert used.told_articles(10) == {"a1", "b1"}
    assert [each.state for each in used.posts("run 2")] == [PostState.SENT]
    assert used.claim("run 2", 0, guild_id=1, channel_id=10, briefing_id=later, nonce="n", now=NOW) is None
    assert used.briefing_of_thread(77, 1)[0] == later
    assert used.jobs()[0].last_success_at == NOW
    assert used.answer(asked, 1) == answer()
    assert post(used, "run 3", "a2") == later + 1  # no number is given out twice


def test_what_is_posted_while_a_backup_is_restored_stays_known(used, tmp_path):
    path = backup.make(used._database.address, tmp_path / "copy.db").path
    stop, sent = threading.Event(), ["run 1"]

    def write():
        while not stop.is_set():
            run = f"while {len(sent)}"
            post(used, run, "a1")
            sent.append(run)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert put(used, path).ledger
    finally:
        stop.set()
        writer.join()
    assert used.known_runs(sent) == set(sent)
    assert used.unfinished_posts() == ()


def test_a_post_that_was_on_its_way_at_the_backup_stays_sent(used_file, tmp_path):
    saved = used_file.save_briefing(briefing("a2"), guild_id=1, channel_id=10)
    claimed = used_file.claim("run 2", 0, guild_id=1, channel_id=10, briefing_id=saved, nonce="n", now=NOON)
    path = backup.make(used_file._database.address, tmp_path / "copy.db").path
    used_file.record_sent(claimed.id, 5)
    put(used_file, path)
    assert used_file.unfinished_posts() == ()
    assert used_file.posts("run 2")[0].message_id == 5


def test_only_schedules_that_are_as_they_were_a_moment_ago_are_caught_up_with(used_file, tmp_path):
    removed = used_file.add_schedule(1, 11, ["09:00"], [0], "UTC", 100, NOON)
    path = backup.make(used_file._database.address, tmp_path / "copy.db").path
    used_file.remove_schedule(1, removed.id)
    put(used_file, path)
    kept, back = used_file.schedules(1)
    assert (kept.created_at, back.id, back.created_at) == (NOON, removed.id, NOW)


def test_a_restore_goes_from_one_database_to_the_other(used, tmp_path, database_url):
    """From each to each, SQLite and PostgreSQL; the new one has nothing to lose, so nothing is kept aside."""
    path = backup.make(used._database.address, tmp_path / "copy.db").path
    url = database_url.replace("debrief.db", "other.db")
    done = restore.restore(url, path, now=NOON)
    assert done.kept is None
    with Store.open(url) as there:
        assert everything(there) == everything(used)
        assert there.search(["tunnel"], guild_id=1) == ("a1~2",)
        assert post(there, "run 2", "a2") > 1
        assert there.subscribe(1, "https://other.example/feed", now=NOON).id > used.feeds(1)[0].id


def test_the_database_of_another_installation_is_replaced_only_where_that_is_wanted(used_file, tmp_path):
    other = tmp_path / "other.db"
    with Store.open(f"sqlite:///{other}") as store:
        store.subscribe(5, FEED, now=NOON + timedelta(hours=1))
    before = everything(used_file)
    with pytest.raises(StoreError, match="is of another installation"):
        put(used_file, other)
    assert everything(used_file) == before
    assert not put(used_file, other, force=True).ledger
    assert used_file.told_articles(10) == set()
    assert [feed.url for feed in used_file.feeds(5)] == [FEED]


@pytest.mark.parametrize("content", [b"a letter", b"", b"SQLite format 3\0" + b"\1" * 9000])
def test_what_is_no_backup_is_not_restored(used_file, tmp_path, content):
    path = tmp_path / "copy.db"
    path.write_bytes(content)
    before = everything(used_file)
    with pytest.raises(StoreError, match=r"copy\.db (is no backup|is damaged|cannot be)"):
        put(used_file, path)
    assert everything(used_file) == before
    assert path.read_bytes() == content


def test_a_damaged_backup_is_not_restored(used_file, tmp_path):
    path = backup.make(used_file._database.address, tmp_path / "copy.db").path
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8192] = b"\xff" * 8192
    path.write_bytes(data)
    before = everything(used_file)
    with pytest.raises(StoreError, match="is damaged"):
        put(used_file, path)
    assert everything(used_file) == before


def test_a_backup_of_a_newer_version_is_not_restored(used_file, tmp_path):
    path = backup.make(used_file._database.address, tmp_path / "copy.db").path
    with sqlite3.connect(path) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(DatabaseTooNewError, match="Update Debrief"):
        put(used_file, path)


KILLED = """
import os, signal
from datetime import datetime, UTC
from pathlib import Path
from briefs.store import restore

def progress(done, total):
    if done >= total * 0.9:
        os.kill(os.getpid(), signal.SIGKILL)

restore.restore({url!r}, Path({path!r}), now=datetime(2025, 8, 2, tzinfo=UTC), progress=progress)
"""


def test_a_restore_that_is_killed_leaves_what_was_there(used, tmp_path):
    path = backup.make(used._database.address, tmp_path / "copy.db").path
    used.add_articles([pair(f"b{n}") for n in range(200)])
    before = everything(used)
    code = textwrap.dedent(KILLED).format(url=used._database.address, path=str(path))
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert everything(used) == before
    put(used, path)
    assert "b1" not in used.visible(None)


# ------------------------------------------------------------------------------------------ a database that cannot be read
def test_a_damaged_database_is_replaced_and_kept_and_nothing_missed_is_made_up_for(tmp_path):
    file = tmp_path / "debrief.db"
    with Store.open(f"sqlite:///{file}") as store:
        fill(store)
        newest = store.latest_briefing(1)[0]
    path = backup.make(f"sqlite:///{file}", tmp_path / "copy.db").path
    damaged = b"no database any more" + file.read_bytes()[20:]
    file.write_bytes(damaged)
    with pytest.raises(DatabaseDamagedError, match="debrief restore"):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes() == damaged
    done = restore.restore(f"sqlite:///{file}", path, now=NOW)
    assert done.kept.read_bytes() == damaged
    assert not done.ledger
    with Store.open(f"sqlite:///{file}") as store:
        assert [each.created_at for each in store.schedules()] == [NOW]
        assert store.told_articles(10) == {"a1"}
        assert post(store, "run 2", "a2") > newest + 1000  # buttons of lost briefings lead to none of these
        assert store.settings(EVERYONE)["generation"]


def test_a_damaged_database_in_use_is_not_replaced(tmp_path):
    file = tmp_path / "debrief.db"
    with Store.open(f"sqlite:///{file}") as store:
        fill(store)
    path = backup.make(f"sqlite:///{file}", tmp_path / "copy.db").path
    file.write_bytes(b"no database any more" + file.read_bytes()[20:])
    with pytest.raises(StoreError, match=r"a bot on this machine uses it\. Stop the bot"):
        restore.restore(f"sqlite:///{file}", path, now=NOW, held=lambda: "a bot on this machine")
