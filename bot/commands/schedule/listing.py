"""The server's schedules page by page, each with what is next and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import rendering
from bot.access import looked_up
from bot.commands import paging
from bot.commands.buttons import Pressed
from bot.commands.schedule import choosing, telling
from bot.rendering import pages

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief
    from bot.rendering import Page

PREFIX = "schedule:page"
EMPTY = "Nothing is scheduled. Add a time with `/schedule add`."


class ListPage(Pressed, template=pages.SCHEDULE_PAGE):
    """*Back* and *Next* on the list of schedules."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        await interaction.edit_original_response(view=await list_page(interaction, self.number("page")))


async def list_page(interaction: discord.Interaction[Debrief], number: int) -> Page:
    """Return one page of the list as it is now; pages count from 0."""
    found, now = await choosing.known(interaction), interaction.client.newsroom.clock()
    if not found:
        return rendering.page([f"### Schedules · 0\n{EMPTY}"])
    channels = {each: await looked_up(interaction, each) for each in {schedule.channel_id for schedule in found}}
    paused = sum(schedule.paused_at is not None for schedule in found)
    head = rendering.dotted(f"### Schedules · {len(found)}", f"{paused} paused" if paused else "")
    rows = [telling.row(schedule, channels[schedule.channel_id], now) for schedule in found]
    return paging.list_message(head, rows, number, PREFIX)
