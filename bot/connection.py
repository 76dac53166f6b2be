"""The way to Discord: where it is, logging in, staying, and leaving in good order."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import yarl

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


async def stay_connected(client: discord.Client, token: str, settings: Settings) -> None:
    """Log in and stay until a signal says stop.

    Raises SettingError when the token is refused, DebriefError when Discord cannot be reached at all.
    """
    _stop_on_signals(client)
    async with client:
        try:
            await client.start(token)
        except Exception as error:
            if client.is_closed():  # told to stop while it was connecting
                return
            told = sentence(error, settings)
            if told is None:
                raise
            raise told from error


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
