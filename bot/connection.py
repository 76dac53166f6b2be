"""The way to Discord: where it is, logging in, staying, and leaving in good order."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import yarl

from bot.patience import be_patient
from briefs.errors import DebriefError, SettingError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.settings import Settings

AUTHENTICATION_FAILED = 4004  # gateway close code


def point_at_discord(settings: Settings) -> None:
    """Tell the library where Discord is, before the first request."""
    discord.http.Route.BASE = settings.discord_api_url
    if settings.discord_gateway_url:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)


async def stay_connected(client: Debrief, token: str, settings: Settings, ending: Ending, lease: Lease) -> bool:
    """Log in and stay until the program is told to stop; whether the bot is to begin again, since its lease is lost.

    Raises SettingError when the token is refused, DebriefError when Discord cannot be reached at all.
    """
    be_patient(client)
    only_while_held(client, lease)
    await client._async_setup_hook()  # noqa: SLF001 - what entering the client does; leaving it is bounded here
    connected = asyncio.create_task(client.start(token), name="connection")
    stopped, lapsed = asyncio.create_task(ending.stopped()), asyncio.create_task(lost(lease), name="lease")
    try:
        await asyncio.wait({connected, stopped, lapsed}, return_when=asyncio.FIRST_COMPLETED)
        if stopped.done():
            ending.left = await leaving.leave(client)
            return False
        if connected.done():
            _raise_in_words(connected, settings)
            return client.again is not None
        log.error("the lease is lost: another program may work on this database; beginning again")
        return True
    finally:
        await leaving.close(client, connected, stopped, lapsed)


def _raise_in_words(connected: asyncio.Task[None], settings: Settings) -> None:
    """Raise what ended the connection, as a sentence where that is known."""
    error = None if connected.cancelled() else connected.exception()
    if error is None:
        return
    told = sentence(error, settings) if isinstance(error, Exception) else None
    raise told or error from error if told else None


def sentence(error: Exception, settings: Settings) -> DebriefError | None:
    """Say what to do about a failure to connect; None for one that is no such failure."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == AUTHENTICATION_FAILED:
        return refused_token()
    if code is not None:
        return DebriefError(f"Discord closed the connection for good (code {code}).")
    if isinstance(error, aiohttp.ClientError | OSError | discord.HTTPException | discord.GatewayNotFound):
        where = f"{settings.discord_api_url}; check the network and DISCORD_API_URL"
        return DebriefError(f"Discord cannot be reached at {where}.")
    return None


def refused_token() -> SettingError:
    """Say what to do about a token that Discord does not accept."""
    message = (
        "Discord refuses DISCORD_TOKEN: copy the bot's token again from https://discord.com/developers/applications."
    )
    return SettingError(message, setting="DISCORD_TOKEN")


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until it ends or a signal says stop; then let it clean up after itself."""
    task = asyncio.ensure_future(work)
    _on_signals(task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return


def _stop_on_signals(client: discord.Client) -> None:
    """Leave Discord in good order on SIGTERM and Ctrl-C."""
    closing: set[asyncio.Task[None]] = set()  # the loop itself keeps no task alive
    loop = asyncio.get_running_loop()
    _on_signals(lambda: closing.add(loop.create_task(client.close())))


def _on_signals(stop: Callable[[], object]) -> None:
    for name in (signal.SIGTERM, signal.SIGINT):
        try:
            asyncio.get_running_loop().add_signal_handler(name, stop)
        except NotImplementedError:  # Windows: Ctrl-C still raises KeyboardInterrupt
            return
