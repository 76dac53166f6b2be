"""Nothing that Debrief writes holds a secret: not its log, its messages, its health, its exports, nor the names of its processes.

The real program runs at its most talkative, over feeds whose addresses are secrets, well and in trouble; then everything is
searched for each secret in the forms that it may take.
"""

from __future__ import annotations

import base64
import http.client
import json
import re
import signal
import sqlite3
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import program
from discord_on_loopback import GUILD
from outlet import publishing

from briefs.store import Store

pytest_plugins = ["connected"]

PASSWORD, TOKEN, KEY, MOVED, DEAD, ADDED, LINKED = (f"9f3Kq7Zx2LwB2aQx7RtYp4N{letter}" for letter in "abcdefg")
FEED_SECRETS = (PASSWORD, TOKEN, KEY, MOVED, DEAD, ADDED, LINKED)
DATABASE_PASSWORD = "db-pass-55Hq&8Zt/1"
QUAY = (
    "The new quay of Larvik was opened on Monday by Ada Berg, who thanked the builders for a year of work. Two ferries can "
    "moor there at once. The town paid for it with the money of a fund, and the county gave the land on which it stands."
)
WRONG_TOKEN = "not-our-token-3vB8xQ2mL7"


@contextmanager
def feeds(folder):
    """A site with feeds whose addresses are secrets, and a database that has subscribed to them."""
    with publishing() as site, Store.open(f"sqlite:///{folder}/debrief.db") as store:
        host = site.host
        site.feed(f"/u/{KEY}/rss", "By key", "theatre", "market")
        site.feed("/basic.xml", "By password", "museum", "harbour")
        site.pages[f"/moved?auth={MOVED}"] = site.pages["/basic.xml"]
        site.serve(f"/sick?token={TOKEN}", "broken", status=500)
        site.serve(f"/odd?token={TOKEN}", "<rss", kind="application/rss+xml")
        site.serve(f"/list?api_key={LINKED}", linking(site.url), kind="application/rss+xml")
        site.serve(
            f"/quay?api_key={LINKED}",
            f"<html><body><article><h1>A quay opens</h1><p>{QUAY}</p></article></body></html>",
        )
        for address in (
            f"http://{host}/u/{KEY}/rss",
            f"http://ann:{PASSWORD}@{host}/basic.xml",
            f"http://{host}/moved?auth={MOVED}",
            f"http://{host}/sick?token={TOKEN}",
            f"http://{host}/odd?token={TOKEN}",
            f"http://{host}/list?api_key={LINKED}",
            f"http://ann:{DEAD}@127.0.0.1:9/rss?key={DEAD}",
        ):
            store.subscribe(GUILD, address, now=datetime.now(UTC) - timedelta(hours=1))
        break_(folder)
        yield site, store


def break_(folder):
    """Break the database under the bot, so that a job of its start fails with all that there is to tell of it."""
    with closing(sqlite3.connect(folder / "debrief.db")) as connection:
        connection.execute("ALTER TABLE actions RENAME TO gone")
        connection.commit()


def linking(url):
    """A feed of its links alone, so that a page is read, too; as many private feeds do, it puts its reader's key into them."""
    item = f"<item><title>A quay opens</title><guid>q</guid><link>{url}/quay?api_key={LINKED}</link></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>By link</title>{item}</channel></rss>'


@contextmanager
def bot(folder, **settings):
    running = program.start("run", folder=folder, **settings)
    try:
        yield running
    finally:
        running.kill()
        running.wait(program.PATIENCE)


def until(condition, folder):
    deadline = time.monotonic() + program.PATIENCE
    while not condition():
        assert time.monotonic() < deadline, (folder / "log").read_text(encoding="utf-8")[-5000:]
        time.sleep(0.05)


def get(port, path):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read().decode()


def command(group, name, **options):
    chosen = [{"type": 3, "name": each, "value": value} for each, value in options.items()]
    return {"id": "1", "name": group, "type": 1, "options": [{"type": 1, "name": name, "options": chosen}]}


def question(text):
    return {"id": "1", "name": "ask", "type": 1, "options": [{"type": 3, "name": "question", "value": text}]}


def is_answered(interaction):
    """Whether more stands there than that an answer is coming."""
    return any(reply.get("components") for reply in interaction["replies"])


def processes(running):
    """How the system shows a program and its workers: their command lines, titles."""
    of_all = (Path(f"/proc/{each}") for each in (running.pid, *program.children(running)))
    return "\n".join((each / shown).read_bytes().decode() for each in of_all for shown in ("cmdline", "comm"))


def told(folder):
    """Everything that was written but the database, by where."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("debrief.db")]
    return {str(file.relative_to(folder)): file.read_bytes().decode(errors="replace") for file in files}


def forms(secret):
    """A secret as it stands, as an address holds it, and as HTTP sends passwords."""
    pairs = (base64.b64encode(f"ann:{secret}".encode()).decode(), base64.b64encode(secret.encode()).decode())
    return {secret, quote(secret, safe=""), *pairs}


def leaks(written, secrets):
    return [
        (where, form, text[max(0, text.index(form) - 200) : text.index(form) + 60])
        for where, text in written.items()
        for secret in secrets
        for form in forms(secret)
        if form in text
    ]


def test_a_talkative_bot_over_secret_feeds_in_trouble_writes_no_secret(loopback, tmp_path):
    loopback.permissions(2**53 - 1)
    settings = {"LOG_LEVEL": "debug", "LOG_JSON": "true", "HEALTH_PORT": "0", "FETCH_ALLOW": "127.0.0.0/8"}
    settings |= {"HOST_SPACING": "0", "DATABASE_URL": f"sqlite:///{tmp_path}/debrief.db"}
    with feeds(tmp_path) as (site, store), bot(tmp_path, **settings, **loopback.environment) as running:
        said = program.until_said("health is told", running, folder=tmp_path)
        port = int(re.search(r'"?port"?[=:] ?(\d+)', said[said.index("health is told") - 300 :])[1])
        until(lambda: all(feed.last_success_at or feed.failures for feed in store.feeds()), tmp_path)
        tokens = [
            loopback.interact(data)
            for data in (
                command("feeds", "add", address=f"http://{site.host}/sick?token={ADDED}"),
                command("feeds", "list"),
                question("What opened in Larvik?"),
                {"id": "1", "name": "status", "type": 1},
                command("brief", "now"),
            )
        ]
        until(lambda: all(is_answered(loopback.interaction(each)) for each in tokens), tmp_path)
        seen = {"/metrics": get(port, "/metrics"), "/readyz": get(port, "/readyz"), "processes": processes(running)}
        running.send_signal(signal.SIGTERM)
        running.wait(program.PATIENCE)
    exported = program.run("feeds", "export", f"--server={GUILD}", folder=tmp_path, **{**settings, "LOG_JSON": "false"})
    bodies = json.dumps([each["body"] for each in loopback.requests()], ensure_ascii=False)
    written = {
        **told(tmp_path),
        **seen,
        "export": exported.stdout + exported.stderr,
        "Discord": bodies + json.dumps(loopback.stands(None), ensure_ascii=False),
    }
    assert "WebSocket Event" in written["log"]  # the library told all it could
    assert "<opml" in written["export"]
    assert "A quay opens" in written["Discord"]
    token = loopback.environment["DISCORD_TOKEN"]
    assert leaks(written, [*FEED_SECRETS, token, *tokens]) == []
    for line in written["log"].splitlines():
        assert {"event", "level", "timestamp", "logger"} <= json.loads(line).keys(), line


def test_a_refused_token_and_a_database_that_is_away_are_told_without_their_secrets(loopback, tmp_path):
    settings = {**loopback.environment, "LOG_LEVEL": "debug", "DISCORD_TOKEN": WRONG_TOKEN}
    away = f"postgresql://ann:{quote(DATABASE_PASSWORD, safe='')}@127.0.0.1:9/news"
    refused = program.run("run", folder=tmp_path, **settings, LOG_JSON="true")
    unreachable = program.run("run", folder=tmp_path, **settings, LOG_JSON="false", DATABASE_URL=away)
    assert "Discord refuses DISCORD_TOKEN" in refused.stderr
    assert "cannot be reached" in unreachable.stderr
    written = {"token": refused.stdout + refused.stderr, "database": unreachable.stdout + unreachable.stderr}
    assert leaks({**written, **told(tmp_path)}, [WRONG_TOKEN, DATABASE_PASSWORD]) == []
    for line in written["token"].splitlines():
        assert {"event", "level", "timestamp", "logger"} <= json.loads(line).keys(), line
