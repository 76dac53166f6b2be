"""A process that is killed leaves what it had finished, and nothing of what it had not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

from examples import FEED, NOON, briefing

from briefs.models import PostState
from briefs.store import Store

ROOT = Path(__file__).parents[2]


def run_and_kill(url: str, work: str) -> None:
    """Run ``work`` in a process of its own, and kill it with SIGKILL where it says so."""
    script = f"""
    import os, signal, sys
    sys.path.insert(0, {str(Path(__file__).parent)!r})
    from examples import *
    from briefs.store import Store

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    store = Store.open({url!r})
    """
    code = textwrap.dedent(script) + textwrap.dedent(work)
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL


KILLED_AT_EACH_STATEMENT = """
import os, signal, sys
sys.path.insert(0, {tests!r})
import sqlalchemy
from examples import *
from briefs.store import Arrival, Poll, Store
from briefs.store.schema import metadata

FIRST = (Arrival("g1", "old", "a1", pair("a1")), Arrival("g2", "same", "b1", pair("b1")))
EDIT = article("a1~2", "The tunnel is open.", version=2, version_of="a1"), reading("a1~2")
SECOND = (
    Arrival("g1", "new", "a1", EDIT), Arrival("g2", "same", "b1"), Arrival("g3", "c", "c1", pair("c1")),
)
POLL = Poll(NOON, NOON + DAY, SECOND, etag="e", paragraphs={{("courier.example", "h"): 2}})


def state(engine):
    with engine.connect() as connection:
        return {{name: sorted(map(str, connection.execute(table.select()))) for name, table in metadata.tables.items()}}


def poll_and_die(statements):
    \"\"\"In a process of its own; it ends well only where the poll needs fewer statements, its commit being the last.\"\"\"
    store = Store.open({url!r})
    left = [statements]

    def count(*_):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    for event in ("before_cursor_execute", "commit"):
        sqlalchemy.event.listen(sqlalchemy.Engine, event, count)
    assert store.record_poll({id}, POLL) == ("a1~2", "c1")
    os._exit(0)


with Store.open({url!r}) as store:
    store.record_poll({id}, Poll(NOON, NOON, FIRST))
    engine = sqlalchemy.create_engine({url!r}.replace("postgresql:", "postgresql+psycopg:"), poolclass=sqlalchemy.NullPool)
    before = state(engine)
for statements in range(1, 100):
    child = os.fork() or poll_and_die(statements)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        break
    assert state(engine) == before, statements
assert os.waitstatus_to_exitcode(status) == 0 and state(engine) != before
print(statements - 1)
"""


def test_a_poll_killed_at_any_statement_leaves_nothing_and_can_be_done_again(store_url):
    with Store.open(store_url) as store:
        feed = store.subscribe(1, FEED, now=NOON)
    code = KILLED_AT_EACH_STATEMENT.format(tests=str(Path(__file__).parent), url=store_url, id=feed.id)
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 10
    with Store.open(store_url) as store:
        assert set(store.visible(1)) == {"a1~2", "b1", "c1"}
        assert {
            seen.fingerprint for seen in store.seen_entries(feed.id, guids=["g1", "g2", "g3"], fingerprints=[])
        } == {
            "new",
            "same",
            "c",
        }
        assert store.paragraph_counts("courier.example", ["h"]) == {"h": 2}


def test_a_claim_outlives_the_process_that_made_it(store_url):
    with Store.open(store_url) as store:
        saved = store.save_briefing(briefing("a1"), guild_id=1, channel_id=10)
    run_and_kill(
        store_url,
        f"""
        store.claim("run", 0, guild_id=1, channel_id=10, briefing_id={saved}, nonce="n", now=NOON)
        die()
        """,
    )
    with Store.open(store_url) as store:
        (left,) = store.unfinished_posts()
        assert (left.run_key, left.state, left.nonce) == ("run", PostState.CLAIMED, "n")
        assert store.claim("run", 0, guild_id=1, channel_id=10, briefing_id=saved, nonce="m", now=NOON) is None
        assert store.told_articles(10) == {"a1"}


def test_a_migration_killed_half_way_is_done_again(database_url):
    run_and_kill_opening(database_url)
    with Store.open(database_url) as store:
        assert store.statistics().articles == 0


def run_and_kill_opening(url: str) -> None:
    code = f"""
import os, signal
from alembic import op
from briefs.store import Store
seen = []
execute = op.execute
def die(statement):
    seen.append(execute(statement))
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
op.execute = die
Store.open({url!r})
"""
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
