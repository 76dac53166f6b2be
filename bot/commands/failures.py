"""What a person reads when something went wrong: a sentence that says what to do, or a code that the operator finds."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from math import ceil
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot import rendering
from bot.commands import replies
from bot.leaving import RestartingError
from bot.rendering import pages
from briefs.errors import DebriefError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.client import Debrief

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without what is read for another
GONE = frozenset({10062, 10008, 10015, 40060, 50027})  # the interaction or its message is gone, or was answered
UNKNOWN_CHANNEL = 10003
SENTENCE_ROOM = 1_500
OUTDATED = {
    discord.InteractionType.component: "This belongs to an older version of me and does nothing any more. "
    "Run the command again; `/help` shows them all.",
    discord.InteractionType.modal_submit: "This form belongs to an older version of me, so I could not take it in. "
    "Open it again; `/help` shows all commands.",
}
SENTENCES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((app_commands.MissingPermissions,), "Only people who may manage this server can do that. Ask an admin."),
    ((app_commands.TransformerError,), "I cannot use that value here. Choose one of those Discord offers."),
    (
        (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch),
        "This command has changed. Reload Discord (Ctrl+R, or restart the app) and try again.",
    ),
    ((app_commands.CheckFailure,), "That works only inside a server."),
    ((discord.Forbidden,), "Discord does not let me do that here. `/status` shows which permissions I miss."),
)
_COMMAND = re.compile(r"\\`(/[a-z]+(?: [a-z]+)?)\\`")  # one that a sentence names, escaped; no harm, whoever wrote it
log = structlog.get_logger()


async def explain(interaction: discord.Interaction[Debrief], error: BaseException) -> None:
    """Tell the person, and nobody else, what went wrong; the cause goes to the log. Once Discord is left nobody can be told."""
    found = cause(error)
    if interaction.client.is_closed():
        log.info("not answered any more", command=_name(interaction), cause=repr(found))
        return
    if interaction.type is discord.InteractionType.autocomplete:
        await nothing_to_offer(interaction)
        return
    if _is_gone(interaction, found):
        log.warning("interaction gone", command=_name(interaction), cause=repr(found))
        return
    told = sentence(found) or coded(found, command=_name(interaction), guild=interaction.guild_id)
    try:
        await _tell(interaction, found, told)
    except discord.HTTPException as trouble:
        if not _is_gone(interaction, trouble):
            raise
        log.warning("interaction gone", command=_name(interaction), cause=repr(trouble))


def _is_gone(interaction: discord.Interaction[Debrief], error: BaseException) -> bool:
    """Whether nothing can be told any more where something was asked."""
    if not isinstance(error, discord.HTTPException):
        return False
    guild, channel_id = interaction.guild, interaction.channel_id
    deleted = guild is not None and channel_id is not None and guild.get_channel_or_thread(channel_id) is None
    return error.code in GONE or (error.code == UNKNOWN_CHANNEL and deleted)


async def _tell(interaction: discord.Interaction[Debrief], found: BaseException, told: str) -> None:
    if isinstance(found, RestartingError) and interaction.response.is_done():  # there is no time for three requests
        with suppress(discord.HTTPException, aiohttp.ClientError, OSError):
            await interaction.edit_original_response(view=rendering.page([told], accent=pages.WARNING))
        return
    await whisper(interaction, told)


async def outdated(interaction: discord.Interaction[Debrief], answered: Iterable[re.Pattern[str]]) -> None:
    """Say that a button, a menu or a form is of an older version, if nobody answers its id any more."""
    told, custom_id = OUTDATED.get(interaction.type), _custom_id(interaction)
    if told is None or interaction.response.is_done() or any(each.fullmatch(custom_id) for each in answered):
        return
    log.info("outdated", custom_id=custom_id, guild=interaction.guild_id)
    await whisper(interaction, told)


async def nothing_to_offer(interaction: discord.Interaction[Debrief]) -> None:
    """Offer nothing where an autocompletion is still open."""
    if interaction.type is discord.InteractionType.autocomplete and not interaction.response.is_done():
        await interaction.response.autocomplete([])


def cause(error: BaseException) -> BaseException:
    """Return what a command raised, without the library's wrapping."""
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def sentence(error: BaseException) -> str | None:
    """Return the sentence for an expected failure, None for an unexpected one."""
    if isinstance(error, DebriefError):
        return _COMMAND.sub(r"`\1`", rendering.clip(str(error), SENTENCE_ROOM))
    if isinstance(error, app_commands.CommandOnCooldown):
        return f"One moment, please: try again in {rendering.counted(ceil(error.retry_after), 'second')}."
    return next((told for kinds, told in SENTENCES if isinstance(error, kinds)), None)


async def whisper(interaction: discord.Interaction[Debrief], text: str) -> None:
    """Answer so that only the person who asked sees it."""
    view = rendering.page([text], accent=pages.WARNING)
    if not interaction.response.is_done():
        view.stop()
        await interaction.response.send_message(view=view, ephemeral=True)
        return
    if interaction.extras.pop(replies.PROGRESS, False):
        await replies.replace(interaction, view)
        return
    if interaction.extras.get(replies.PUBLIC):
        await _withdraw(interaction)
    await interaction.followup.send(view=view, ephemeral=True)


async def _withdraw(interaction: discord.Interaction[Debrief]) -> None:
    """Take back a public "thinking…", since the message that ends it would be as public; what is told matters more."""
    with suppress(discord.HTTPException, aiohttp.ClientError, OSError):
        await interaction.edit_original_response(view=rendering.page(["…"]))
        await interaction.delete_original_response()


def coded(cause: BaseException, *, command: str, guild: int | None) -> str:
    """Log an unexpected failure under a code; return the sentence that gives the code to a person."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(6))
    log.error("command failed", code=code, command=command, guild=guild, exc_info=cause)
    return f"Something went wrong (code {code}). Try again; if it stays, give the code to whoever runs this bot."


def _name(interaction: discord.Interaction[Debrief]) -> str:
    if interaction.command is not None:
        return interaction.command.qualified_name
    return _custom_id(interaction)


def _custom_id(interaction: discord.Interaction[Debrief]) -> str:
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", "unknown"))
