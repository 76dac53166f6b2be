"""The real program goes on while its database is restored under it, and short of room just after a post; nothing is posted twice."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta

import program
import pytest
from discord_on_loopback import CHANNEL, GUILD, OTHER_CHANNEL, OWNER
from news import store_news
from outlet import publishing

from briefs.models import PostState
from briefs.store import Store, backup

pytest_plugins = ["connected"]
pytestmark = pytest.mark.slow


IMPATIENT = """
import dataclasses, datetime, sys
import bot.alarms, bot.operation.health, bot.scheduling.schedule
from bot.__main__ import main

for name in ("REFRESH", "QUESTIONS", "WATCH"):
    job = getattr(bot.scheduling.schedule, name)
    setattr(bot.scheduling.schedule, name, dataclasses.replace(job, every=datetime.timedelta(seconds=1)))
bot.scheduling.schedule.WATCH_EVERY = 0.5
bot.alarms.FAILING = datetime.timedelta(seconds=1)
bot.operation.health.LITTLE_DISK = bot.operation.health.NO_DISK = 0
sys.argv = ["debrief", "run"]
main()
"""  # it looks each second, not each minute, how things are, and is well with a small disk


@contextmanager
def bot(folder, database, **settings):
    """The real program, but for how often it looks around."""
    given = {"DATABASE_URL": f"sqlite:///{database}", **settings}
    with (folder / "log").open("a", encoding="utf-8") as log:
        running = subprocess.Popen(
            [sys.executable, "-c", IMPATIENT], cwd=folder, env=program.environment(given), stdout=log, stderr=log
        )
    try:
        yield running
    finally:
        running.terminate()
        running.wait(program.PATIENCE)


def until(condition, told=None):
    """Wait for something that takes seconds, without keeping the processor from it; ``told`` says what was found instead."""
    deadline = time.monotonic() + 3 * program.PATIENCE
    while not condition():
        assert time.monotonic() < deadline, told
        time.sleep(0.2)


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
    url = f"sqlite:///{database}"
    with Store.open(url) as store:
        fill(store)
        backup.make(url, tmp_path / "copy.db")
        with bot(tmp_path, database, **loopback.environment) as running:
            until(lambda: sent(store))
            posted = datetime.now(UTC)
            done = program.run("restore", "copy.db", folder=tmp_path, DATABASE_URL=url)
            assert "What was posted since the backup stays known" in done.stdout, done.stderr
            program.until_said("a backup was restored: beginning again", running, folder=tmp_path)
            until(lambda: served_again(store, posted))
        assert len(loopback.stands()) == 1
        assert len(sent(store)) == 1


def served_again(store, since):
    """Whether the bot has begun again since, and looked at what is due: what it else does every five minutes was done."""
    return any(job.name == "look around" and job.last_run_at > since for job in store.jobs())


# ---------------------------------------------------------------------------------------------------------- in trouble
def command(name, options=(), sub=None):
    given = [{"type": 3, "name": key, "value": value} for key, value in dict(options).items()]
    return {
        "id": "1",
        "name": name,
        "type": 1,
        "options": [{"type": 1, "name": sub, "options": given}] if sub else given,
    }


def words(message):
    """All that is written in a message, without what escapes its signs."""
    return re.sub(r"\\+(?=[^\w\s])", "", json.dumps(message, ensure_ascii=False).replace("\\\\", "\\"))


class Bot:
    """A bot at work, the disk of its database, and the people who ask it."""

    def __init__(self, loopback, folder, running, feed):
        self.loopback, self.folder, self.running = loopback, folder, running
        self.database = folder / "disk" / "debrief.db"
        told = program.until_said("health is told", running, folder=folder)
        self.port = int(re.search(r"port=(\d+)", re.sub(r"\x1b\[[\d;]*m", "", told)).group(1))
        self.commands = {
            "ask": command("ask", {"question": "What reopened on Oskar Island?"}),
            "status": command("status"),
            "brief now": command("brief", sub="now"),
            "feeds add": command("feeds", {"address": feed}, "add"),
        }

    def asked(self, *, until_all_say):
        """Let somebody use each command; wait until it is answered so."""
        tokens = [
            self.loopback.interact(each, channel=OTHER_CHANNEL, user=100 + n)
            for n, each in enumerate(self.commands.values())
        ]
        replies = {}

        def answered():
            replies.update({each: words(self.loopback.interaction(each)["replies"]) for each in tokens})
            return all(re.search(until_all_say, each) for each in replies.values())

        until(answered, replies)

    def ready(self):
        """What /readyz says of the database; None: that it is well."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            [said] = [each for each in json.loads(answer.read())["checks"] if each["name"] == "database"]
        assert (answer.status == 200) == (said["state"] == "ok")
        return None if said["state"] == "ok" else said["to_do"]

    def owner_read(self):
        return [words(each) for each in self.loopback.stands(OWNER)]

    def log(self):
        return (self.folder / "log").read_text()

    def suffers(self, sentence):
        """See that everybody is told of a trouble: people, the operator and the owner, the log once and not at length."""
        read, logged = len(self.owner_read()), len(self.log())
        until(lambda: sentence in str(self.ready()))
        self.asked(until_all_say=rf"{sentence}|Nothing new for|already")
        until(lambda: len(self.owner_read()) > read)
        until(lambda: self.log()[logged:].count("job failed again") > 9)
        assert len(self.owner_read()) == read + 1
        assert sentence in self.owner_read()[-1]
        assert self.log()[logged:].count("job failed  ") > 2
        assert self.log()[logged:].count("\nTraceback") <= 3  # of SQLite, SQLAlchemy and ours, one after another

    def recovers(self):
        """See that it goes on by itself, and tells the owner so."""
        until(lambda: self.ready() is None)
        until(lambda: "All is well again" in self.owner_read()[-1])
        self.asked(until_all_say=r"Oskar Island|all well|Posted|Nothing new for|Added|already")

    @contextmanager
    def full(self):
        filler = self.database.with_name("filler")
        with pytest.raises(OSError, match="No space left"):
            filler.write_bytes(bytes(9_000_000))
        yield "the disk is full. Make room; I go on by myself."
        filler.unlink()


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("Only root may mount a small disk.")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_of_a_full_disk_everybody_is_told_the_same_and_it_goes_on_by_itself(loopback, tmp_path, small_disk):
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(f"sqlite:///{small_disk}/debrief.db"))
        fill(store)
        outlet = stack.enter_context(publishing())
        loopback.fault("silence after")
        settings = {
            "HEALTH_PORT": "0",
            "FETCH_ALLOW": "127.0.0.1/32",
            "REQUESTS_PER_PERSON": "1000",
            **loopback.environment,
        }
        running = stack.enter_context(bot(tmp_path, small_disk / "debrief.db", **settings))
        until(loopback.is_held)
        it = Bot(loopback, tmp_path, running, outlet.feed("/feed", "Larvik Post", "bridge"))
        with it.full() as sentence:  # just when a post arrived
            loopback.lift()
            it.suffers(sentence)
            assert len(loopback.stands()) == 1
            wide = {"COLUMNS": "500", "HEALTH_PORT": str(it.port)}  # no sentence is broken, however long the folder is
            checked = program.run("check", folder=tmp_path, **settings | wide)
            assert sentence in checked.stdout
        until(lambda: sent(store))
        it.recovers()
        assert len(loopback.stands()) == 1
