"""``/audit``: what admins did with the bot on this server, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import rendering
from bot.commands import paging, replies
from bot.commands.buttons import Pressed
from bot.rendering import pages
from bot.scheduling.retention import ACTIONS_KEPT

if TYPE_CHECKING:
    from bot.client import Debrief
    from bot.rendering import Page
    from briefs.store.records import Action

DETAIL_ROOM = 200
EMPTY = "Nothing yet. Whatever an admin changes with my commands is written down here."


@app_commands.command(name="audit", description="What admins did with me here: who, when and what.")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def audit(interaction: discord.Interaction[Debrief]) -> None:
    """Show the newest page."""
    await replies.acknowledge(interaction)
    await replies.send(interaction, await interaction.client.in_thread(_page, interaction, 0))


class AuditPage(Pressed, template=pages.AUDIT_PAGE):
    """*Back* and *Next* on the list of actions."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        view = await interaction.client.in_thread(_page, interaction, self.number("page"))
        await interaction.edit_original_response(view=view)


def _page(interaction: discord.Interaction[Debrief], number: int) -> Page:
    """Return one page as the log is now; pages count from 0, and one past the last is the last."""
    store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
    size = paging.PAGE_SIZE
    found, total = store.actions(guild_id, limit=size, offset=number * size)
    last = max(0, total - 1) // size
    if number > last:
        return _page(interaction, last)
    kept = f"-# kept for {ACTIONS_KEPT.days} days" + (f" · page {number + 1} of {last + 1}" if last else "")
    rows = "\n".join(_row(action) for action in found) or EMPTY
    texts = [f"### What admins did · {total}", rows, kept]
    return rendering.page(texts, buttons=paging.turning("audit:page", number, last))


def _row(action: Action) -> str:
    """Return who did what, and when; the mention pings nobody, for nothing that the bot writes does."""
    head = f"- {rendering.stamp(action.at, 'f')} · <@{action.user_id}> · `/{action.name}`"
    detail = rendering.clip(action.detail, DETAIL_ROOM)
    return f"{head}\n  -# {detail}" if detail else head


BUTTONS = (AuditPage,)
