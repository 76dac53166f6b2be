"""Leaving Discord in good order: what is under way is finished where that takes seconds, all else is handed back.

    nothing new begins ─▶ deliveries and requests under way get FINISH ─▶ people who still wait are told ─▶ the connection ends

A delivery that is handed back stands claimed in the ledger; the next start looks for it in its channel. Every step has its
limit, whatever Discord, the database or a thread does.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import structlog

from briefs.errors import DebriefError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from bot.client import Debrief

FINISH = 3.0  # seconds for what is under way
TELL = 3.0  # … for telling the people who still wait
CLOSE = 1.2  # … for the gateway's goodbye
CANCEL = 0.5  # … for every task of the event loop to end
LOOK = 0.02
PEOPLE = (  # how the library names the tasks in which it takes in what people do
    "CommandTree-invoker",
    "discord-ui-",
    "discord.py: on_interaction",
    "discord.py: on_message",
)
log = structlog.get_logger(__name__)


class RestartingError(DebriefError):
    """The bot is told to stop; what a person asked for is not finished."""

    def __init__(self) -> None:
        super().__init__("I am being restarted. Ask me again in a minute.")


async def leave(client: Debrief) -> dict[str, int]:
    """Begin nothing new, finish what can be finished, tell who has to wait; return what was handed back."""
    client.begin_nothing()
    await _until(lambda: not client.publisher.under_way and not _people(), FINISH)
    left = {"deliveries_handed_back": client.publisher.under_way, "requests_handed_back": len(_people())}
    client.hand_back()
    await _until(lambda: not _people(), TELL)
    return {name: count for name, count in left.items() if count}


async def close(client: Debrief) -> None:
    """Leave Discord, end every task of the event loop, and let go of threads that hang."""
    asyncio.get_running_loop().set_exception_handler(_late)
    await _bounded(client.close(), CLOSE)
    await _bounded(client.http.close(), LOOK)  # again, if the gateway did not say goodbye
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    if rest:
        await asyncio.wait(rest, timeout=CANCEL)
    # The loop waits without limit for the threads of its executor, so it gets another.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))


def _late(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Note what went wrong in tasks that were cut off, since Discord is left."""
    log.debug("cut off", cause=repr(context.get("exception")))


def _people() -> list[asyncio.Task[Any]]:
    """Return the tasks in which something is done for people."""
    return [task for task in asyncio.all_tasks() if task.get_name().startswith(PEOPLE)]


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so, but no longer than this."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not condition() and loop.time() < end:  # noqa: ASYNC110 - it is many things that have no event
        await asyncio.sleep(LOOK)


async def _bounded(work: Coroutine[Any, Any, None], seconds: float) -> None:
    """Do something, and leave it where it takes too long or fails."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=seconds)
    if not task.done():
        task.cancel()
    elif not task.cancelled() and (error := task.exception()):
        log.warning("leaving Discord failed", cause=repr(error))
