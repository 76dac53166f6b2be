"""What Discord refuses, in words that say what to do; and what is only trouble that passes."""

from __future__ import annotations

from http import HTTPStatus

import aiohttp
import discord

PASSED_ON = 40033  # Discord's code: this message was passed on already
ARCHIVED = 50083  # … this thread is archived
TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)  # TimeoutError is an OSError
UNREADABLE = (
    "Whether it arrived cannot be seen: allow the bot “Read Message History” in this channel. It is not posted again."
)
BURIED = "Whether it arrived cannot be seen: too many messages followed in this channel. It is not posted again."
REFUSALS = {  # by Discord's code
    10004: "I am no longer on this server.",
    ARCHIVED: "The thread is archived and locked: unlock it, or allow the bot “Manage Threads” in this channel.",
    160005: "The thread is locked: unlock it, or allow the bot “Manage Threads” in this channel.",
    20016: "Slow mode is on there: allow the bot “Bypass Slow Mode” or “Manage Messages” in this channel.",
    60003: "This server asks for two-factor authentication: whoever owns the bot must turn it on for their own account.",
    200000: "This server's AutoMod blocked the message: let AutoMod pass what the bot's role writes.",
}


ALLOWABLE = {ARCHIVED, 160005, 20016, 60003}


class RefusedError(Exception):
    """Discord will not take a message; the message says why and what to do.

    ``for_itself``: what stands in it is not taken, while another might be. ``for_now``: until people allow it again.
    """

    def __init__(self, message: str, *, for_itself: bool = False, for_now: bool = False) -> None:
        super().__init__(message)
        self.for_itself = for_itself
        self.for_now = for_now


def raise_if_refused(error: Exception) -> None:
    """Raise RefusedError for what another try cannot mend; trouble of the server, the network or rate limits passes."""
    if isinstance(error, discord.HTTPException) and is_refused(error):
        unusable = error.status == HTTPStatus.BAD_REQUEST and error.code not in REFUSALS
        allowable = isinstance(error, discord.Forbidden) or error.code in ALLOWABLE
        raise RefusedError(refusal(error), for_itself=unusable, for_now=allowable) from error


def is_refused(error: Exception) -> bool:
    """Whether Discord says no, and will again."""
    return isinstance(error, discord.HTTPException) and error.status < 500 and error.status != 429


def is_passed_on(error: Exception) -> bool:
    """Whether Discord will not pass a message on since it did already."""
    return isinstance(error, discord.HTTPException) and error.code == PASSED_ON


def refusal(error: discord.HTTPException) -> str:
    """Say why Discord refuses a channel, and what to do."""
    if told := REFUSALS.get(error.code):
        return told
    if isinstance(error, discord.NotFound):
        return "The channel is gone; remove its schedule with /schedule remove."
    if isinstance(error, discord.Forbidden):
        return "The bot may not post there: allow it “View Channel” and “Send Messages” in this channel."
    return f"Discord refuses the message ({error.status}, code {error.code}): {error.text or 'no reason given'}."
