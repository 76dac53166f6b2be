"""Answering a question, and short replies; what commands, buttons and forms share."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

import discord
import structlog

from bot import asking, rendering
from bot.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.client import Debrief
    from bot.rendering import Page

T = TypeVar("T")
log = structlog.get_logger(__name__)
QUESTION_LIMIT = asking.QUESTION_LIMIT
PUBLIC = "public"  # in an interaction's extras: everyone sees that an answer is coming
PROGRESS = "progress"  # in its extras: the first message tells how far it is, and gives way to the answer
ASIDE = "aside"  # in its extras: the message that does so where the first one stays what it is, as under a panel
PROGRESS_EVERY = 2.0  # seconds; Discord takes five edits in five seconds


def server(interaction: discord.Interaction[Debrief]) -> int:
    """Return the server's id; every command is for servers only."""
    assert interaction.guild_id is not None
    return interaction.guild_id


async def acknowledge(interaction: discord.Interaction[Debrief], *, private: bool = True) -> None:
    """Tell Discord, within its three seconds, that an answer is coming; and who will see it."""
    interaction.extras[PUBLIC] = not private
    await interaction.response.defer(ephemeral=private, thinking=True)


async def send(interaction: discord.Interaction[Debrief], *views: Page, private: bool = True) -> None:
    """Send messages after an acknowledgement; the first takes the place of what told how far it is.

    One whose picture Discord cannot use is sent without it.
    """
    for view in views:
        try:
            await _put(interaction, view, private=private)
        except discord.HTTPException as error:
            bare = pages.without_pictures(view) if error.status == HTTPStatus.BAD_REQUEST else None
            if bare is None:
                raise
            log.info("picture refused", cause=str(error))
            await _put(interaction, bare, private=private)
        interaction.extras[PROGRESS] = interaction.extras[PUBLIC] = False


async def _put(interaction: discord.Interaction[Debrief], view: Page, *, private: bool) -> None:
    """Send one message, or put it in the place of what told how far it is."""
    if interaction.extras.get(PROGRESS):
        await replace(interaction, view)
    else:
        await interaction.followup.send(view=view, ephemeral=private)


async def progress(interaction: discord.Interaction[Debrief], text: str) -> None:
    """Show how far something is, in the message that will hold its answer."""
    interaction.extras[PROGRESS] = True
    await replace(interaction, rendering.page([text]))


async def aside(interaction: discord.Interaction[Debrief], text: str) -> None:
    """Show how far something is in a private message below the one whose button was pressed, which stays what it is."""
    await interaction.response.defer()
    view = rendering.page([text])
    interaction.extras[ASIDE] = await interaction.followup.send(view=view, ephemeral=True, wait=True)
    interaction.extras[PROGRESS] = True


async def replace(interaction: discord.Interaction[Debrief], view: Page) -> None:
    """Put something in the place of what told how far it is."""
    below: discord.WebhookMessage | None = interaction.extras.get(ASIDE)
    if below is not None:
        await below.edit(view=view)
    else:
        await interaction.edit_original_response(view=view)


async def watched(interaction: discord.Interaction[Debrief], work: Awaitable[T], text: Callable[[], str]) -> T:
    """Wait for work and show, now and then, what ``text`` says of how far it is."""
    task, shown = asyncio.ensure_future(work), ""
    while not task.done():
        if (now := text()) != shown:
            with suppress(discord.HTTPException):  # the work goes on, whether or not it can be shown
                await progress(interaction, now)
            shown = now
        await asyncio.wait({task}, timeout=PROGRESS_EVERY)
    return await task


async def say(interaction: discord.Interaction[Debrief], *texts: str) -> None:
    """Send a short private reply after an acknowledgement."""
    await send(interaction, rendering.page(texts))


async def answer(interaction: discord.Interaction[Debrief], question: str, *, private: bool, context: str = "") -> None:
    """Answer a question from this server's sources; SettingError when it has no words. ``context``: see ``bot.asking``."""
    asking.words(question)
    await acknowledge(interaction, private=private)
    await tell(interaction, question, private=private, context=context)


async def tell(interaction: discord.Interaction[Debrief], question: str, *, private: bool, context: str = "") -> None:
    """Send the answer to a question after an acknowledgement."""
    here = server(interaction), interaction.channel_id or 0, interaction.user.id
    asked = asking.Asked(asking.words(question), *here, context)
    told = await interaction.client.answered(asked)
    view = rendering.answer_message(told.answer, answer_id=told.id, hints=told.hints, private=private)
    await send(interaction, view, private=private)
