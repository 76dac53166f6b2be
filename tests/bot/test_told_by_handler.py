"""Where the event loop takes the interpreter's word of a signal for itself, as on Windows, the bot is told all the same."""

from __future__ import annotations

import program

TOLD = """
import asyncio, os, signal, socket
from bot import stopping
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


def test_the_bot_is_told_to_stop_although_the_event_loop_listens_itself(tmp_path):
    ended = program.python(TOLD, folder=tmp_path)
    assert ended.stdout.endswith("told SIGTERM\n")
    assert ended.returncode == 0
