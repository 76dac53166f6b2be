"""The real program stands still, for a thread does not let go of the interpreter: it ends by itself and says where."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import program
import pytest
import structlog

from bot.operation import turns
from bot.operation.turns import LEFT, TakesTooLongError, Turns

pytest_plugins = ["connected"]

PROGRAM = """
from bot.operation import frozen
from bot.__main__ import main
frozen.FROZEN, frozen.EVERY = 3.0, 0.5
main()
"""
ENDLESS = """
import re
def load(**_):
    re.fullmatch("(a+)+b", "a" * 60)
"""


def test_a_program_that_stands_still_ends_and_says_where_each_thread_was(tmp_path, loopback):
    (tmp_path / "endless").mkdir()
    (tmp_path / "endless" / "__init__.py").write_text(ENDLESS)
    (tmp_path / "endless-1.0.dist-info").mkdir()
    (tmp_path / "endless-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: endless\nVersion: 1.0\n")
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, "run"],
        cwd=tmp_path,
        env=program.environment(
            {
                **loopback.environment,
                "DATABASE_URL": f"sqlite:///{tmp_path}/debrief.db",
                "LANGUAGE_PIPELINE": "endless",
                "PYTHONPATH": str(tmp_path),
            }
        ),
        capture_output=True,
        encoding="utf-8",
        timeout=program.PATIENCE,
        check=False,
    )
    assert ended.returncode == 1
    assert "Timeout (0:00:03)!" in ended.stderr
    assert "endless/__init__.py" in ended.stderr


NOT_BEGUN = """
import asyncio, socket, time
from bot.operation import frozen
from bot.operation.operating import operating
from bot.settings import Settings
from bot.operation.vitals import Vitals
from briefs.errors import SettingError
from briefs.newsroom import now_utc
from briefs.store import Store
from briefs.store.lease import NoLease

frozen.FROZEN = 1.0

async def begin(port):
    with Store.open("sqlite://") as store:
        async with operating(Vitals(now_utc), store, Settings(_env_file=None, health_port=port), NoLease()):
            print("begun")

with socket.create_server(("127.0.0.1", 0)) as taken:
    try:
        asyncio.run(begin(taken.getsockname()[1]))
    except SettingError:
        time.sleep(2)
        print("left alone")
"""


def test_a_program_that_did_not_begin_is_not_ended_later(tmp_path):
    assert program.python(NOT_BEGUN, folder=tmp_path).stdout == "left alone\n"


# ------------------------------------------------------------------------------------------------------ and one thread
async def here(work):
    return await asyncio.to_thread(work)


async def test_who_asks_for_what_does_not_come_to_an_end_is_told_and_others_get_their_turn(monkeypatch):
    monkeypatch.setattr(turns, "LIMIT", 0.2)
    over, taken = threading.Event(), Turns(1)
    with pytest.raises(TakesTooLongError, match="other words"):
        await taken.take(here, over.wait)
    assert taken.left_behind == 1
    assert await taken.take(here, lambda: 42) == 42
    over.set()
    async with asyncio.timeout(program.PATIENCE):
        while taken.left_behind:
            await asyncio.sleep(0.01)


async def test_only_so_many_threads_are_left_behind_and_then_an_alarm_is_raised(monkeypatch):
    monkeypatch.setattr(turns, "LIMIT", 0.1)
    over, taken, begun = threading.Event(), Turns(4), []
    with structlog.testing.capture_logs() as logged:
        for _ in range(LEFT + 2):
            with pytest.raises(TakesTooLongError):
                await taken.take(here, lambda: begun.append(1) or over.wait())
    over.set()
    assert len(begun) == LEFT
    assert [each["problem"] for each in logged if each["event"] == "alarm"] == [
        f"{LEFT} requests of people do not come to an end: restart the bot."
    ]
