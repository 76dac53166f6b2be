"""The real program goes on while its database is backed up, restored under it, and short of room; nothing is posted twice."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import program
import pytest
from discord_on_loopback import CHANNEL, GUILD
from news import store_news

from briefs.models import PostState
from briefs.store import Store

ROOT = Path(__file__).parents[2]
pytest_plugins = ["connected"]
pytestmark = pytest.mark.slow


IMPATIENT = """
import dataclasses, datetime, sys
import bot.schedule
from bot.__main__ import main

bot.schedule.REFRESH = dataclasses.replace(bot.schedule.REFRESH, every=datetime.timedelta(seconds=1))
sys.argv = ["debrief", "run"]
main()
"""  # it looks each second, not each minute, whether a backup was restored


@contextmanager
def bot(folder, database, **settings):
    """The real program, but for how often it looks around."""
    with (folder / "log").open("a", encoding="utf-8") as log:
        running = subprocess.Popen(
            [sys.executable, "-c", IMPATIENT],
            cwd=folder,
            env=program.environment({"DATABASE_URL": f"sqlite:///{database}", "PYTHONPATH": str(ROOT), **settings}),
            stdout=log,
            stderr=log,
            encoding="utf-8",
        )
    try:
        yield running
    finally:
        running.terminate()
        running.wait(program.PATIENCE)


def fill(store):
    """News, and a briefing that was due a minute ago."""
    now = datetime.now(UTC)
    store_news(store, GUILD, at=now - timedelta(hours=3))
    due = f"{now - timedelta(minutes=1):%H:%M}"
    store.add_schedule(GUILD, CHANNEL, [due], range(7), "UTC", None, now - timedelta(days=1))


def sent(store):
    return [post for post in store.recent_posts(GUILD, 9) if post.state is PostState.SENT]


def test_a_backup_of_before_the_post_restored_after_it_does_not_bring_it_again(loopback, tmp_path):
    database = tmp_path / "debrief.db"
    url = {"DATABASE_URL": f"sqlite:///{database}"}
    with Store.open(f"sqlite:///{database}") as store:
        fill(store)
        made = program.run("backup", "copy.db", folder=tmp_path, **url)
        assert re.fullmatch(r"copy\.db holds 2 articles, 0 briefings, 1 feed, 1 schedule: \d\.\d MB\.\n", made.stdout)
        with bot(tmp_path, database, **loopback.environment) as running:
            loopback.until(lambda: sent(store), program.PATIENCE)
            done = program.run("restore", "copy.db", folder=tmp_path, **url)
            assert "What was posted since the backup stays known" in done.stdout, done.stderr
            program.until_said("a backup was restored: beginning again", running, folder=tmp_path)
            jobs = {job.name: job.last_run_at for job in store.jobs()}
            loopback.until(lambda: served_again(store, jobs), program.PATIENCE)
        assert len(loopback.stands()) == 1
        assert len(sent(store)) == 1


def served_again(store, before):
    """Whether the bot has begun again since, and looked at what is due."""
    return any(job.name == "look around" and job.last_run_at > before[job.name] for job in store.jobs())


def test_a_disk_that_is_full_when_a_post_arrives_costs_no_second_post(loopback, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("Only root may mount a small disk.")
    try:
        with Store.open(f"sqlite:///{disk}/debrief.db") as store:
            fill(store)
            loopback.fault("silence after")
            with bot(tmp_path, disk / "debrief.db", **loopback.environment) as running:
                loopback.until(loopback.is_held, program.PATIENCE)
                filler = disk / "filler"
                with pytest.raises(OSError, match="No space left"):
                    filler.write_bytes(bytes(5_000_000))
                loopback.lift()
                program.until_said("the disk is full", running, folder=tmp_path)
                assert len(loopback.stands()) == 1
                filler.unlink()
                loopback.until(lambda: sent(store), program.PATIENCE)
                assert running.poll() is None
        assert len(loopback.stands()) == 1
    finally:
        subprocess.run(["umount", disk], check=True)
