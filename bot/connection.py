"""The way to Discord: where it is, logging in, staying, and leaving in good order."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog
import yarl

from bot import leaving
from bot.delivery.patience import be_patient
from bot.operation.tenancy import lost, only_while_held
from briefs.errors import DebriefError, SettingError

if TYPE_CHECKING:
    from collections.abc import Collection, Coroutine

    from bot.client import Debrief
    from bot.operation.stopping import Ending
    from bot.settings import Settings
    from briefs.store.lease import Lease

AUTHENTICATION_FAILED = 4004  # gateway close code
TRY_AGAIN = 15.0  # seconds until a Discord that let nobody log in is tried again; later the library sees to that
log = structlog.get_logger(__name__)


class UnreachableError(DebriefError):
    """Discord does not answer; it may later."""


def point_at_discord(settings: Settings) -> None:
    """Tell the library where Discord is, before the first request."""
    discord.http.Route.BASE = settings.discord_api_url
    if settings.discord_gateway_url:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)


async def stay_connected(client: Debrief, token: str, settings: Settings, ending: Ending, lease: Lease) -> bool:
    """Log in and stay until the program is told to stop; return whether the bot is to begin again.

    It is so a while after Discord could not be reached for logging in. Raises SettingError when the token is refused,
    DebriefError when Discord closed the connection for good.
    """
    be_patient(client)
    only_while_held(client, lease)
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    executor = ThreadPoolExecutor(thread_name_prefix="desk")
    loop.set_default_executor(executor)
    connected = asyncio.create_task(client.start(token), name="connection")
    waiting: list[asyncio.Task[object]] = [
        asyncio.create_task(each) for each in (told.wait(), lost(lease), client.again.wait())
    ]
    with ending.calls(lambda: loop.call_soon_threadsafe(told.set)):
        try:
            await asyncio.wait({connected, *waiting}, return_when=asyncio.FIRST_COMPLETED)
            if told.is_set() or client.again.is_set():
                ending.left = await leaving.leave(client)
            elif connected.done():
                await _ended(connected, settings, waiting)
            else:
                log.error("the lease is lost: another program may work on this database; beginning again")
            return not told.is_set()
        finally:
            await leaving.close(client)
            executor.shutdown(wait=False, cancel_futures=True)


async def _ended(connected: asyncio.Task[None], settings: Settings, waiting: Collection[asyncio.Task[object]]) -> None:
    """Raise what ended the connection, as a sentence where that is known; what may pass is told, and waited out."""
    error = None if connected.cancelled() else connected.exception()
    if error is None:
        return
    told = sentence(error, settings) if isinstance(error, Exception) else None
    if told is None:
        raise error
    if not isinstance(told, UnreachableError):
        raise told from error
    log.error("not connected, tried again", cause=str(told), seconds=TRY_AGAIN)
    await asyncio.wait(waiting, timeout=TRY_AGAIN, return_when=asyncio.FIRST_COMPLETED)


def sentence(error: Exception, settings: Settings) -> DebriefError | None:
    """Say what to do about a failure to connect; None for one that is no such failure."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == AUTHENTICATION_FAILED:
        return refused_token()
    if code is not None:
        return DebriefError(f"Discord closed the connection for good (code {code}).")
    if isinstance(error, aiohttp.ClientError | OSError | discord.HTTPException | discord.GatewayNotFound):
        where = f"{settings.discord_api_url}; check the network and DISCORD_API_URL"
        return UnreachableError(f"Discord cannot be reached at {where}.")
    return None


def refused_token() -> SettingError:
    """Say what to do about a token that Discord does not accept."""
    message = (
        "Discord refuses DISCORD_TOKEN: copy the bot's token again from https://discord.com/developers/applications."
    )
    return SettingError(message, setting="DISCORD_TOKEN")


async def until_stopped(work: Coroutine[Any, Any, None], ending: Ending) -> None:
    """Do the work until it ends or the program is told to stop; then let it clean up after itself."""
    task, loop = asyncio.ensure_future(work), asyncio.get_running_loop()
    with ending.calls(lambda: loop.call_soon_threadsafe(task.cancel)), suppress(asyncio.CancelledError):
        await task
