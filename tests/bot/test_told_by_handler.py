"""Ends of a program without a bot in it: told by the interpreter alone, as on Windows, or with an interpreter that hangs."""

from __future__ import annotations

import time

import program

TOLD = """
import asyncio, os, signal, socket
from bot.operation import stopping
from bot.connection import until_stopped

stopping.TOLD_BY_HANDLER = True

async def work():
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno())  # as the event loop of Windows does
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(5)
    print("never told")

with stopping.Ending() as ending:
    asyncio.run(until_stopped(work(), ending))
print("told", ending.told.name)
"""

HANGS = """
import os, signal, time
from bot.operation import stopping

class Hanging:
    def __del__(self, write=os.write, sleep=time.sleep):
        write(1, b"hangs")
        sleep(30)

kept = Hanging()  # until the interpreter takes its modules apart
with stopping.Ending(limit=2.0) as ending, ending.calls(list):
    os.kill(os.getpid(), signal.SIGTERM)
    while not ending.told:
        time.sleep(0.01)
"""


def test_the_bot_is_told_to_stop_although_the_event_loop_listens_itself(tmp_path):
    ended = program.python(TOLD, folder=tmp_path)
    assert ended.stdout.endswith("told SIGTERM\n")
    assert ended.returncode == 0


def test_an_interpreter_that_does_not_come_to_its_end_is_ended_and_says_where_it_was(tmp_path):
    began = time.monotonic()
    ended = program.python(HANGS, folder=tmp_path)
    assert (ended.stdout[-5:], ended.returncode) == ("hangs", 1), ended.stderr
    assert "in __del__" in ended.stderr
    assert time.monotonic() - began < 25  # it would hang for 30 seconds
