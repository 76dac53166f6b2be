"""A schedule's briefing, now and not at its time; the next one at its time tells what is new since."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.access import looked_up, require_posting
from bot.commands import brief
from bot.commands.schedule import telling
from bot.scheduling.slots import part_of_day
from briefs.errors import SettingError

if TYPE_CHECKING:
    import discord

    from bot.access import Postable
    from bot.client import Debrief
    from briefs.models import Schedule


async def place(interaction: discord.Interaction[Debrief], schedule: Schedule) -> Postable:
    """Return the channel of a schedule when the bot may post there; SettingError says what to do where it may not."""
    channel = await looked_up(interaction, schedule.channel_id)
    if channel is None:
        raise SettingError(telling.GONE, setting="channel")
    return require_posting(channel)


async def run(interaction: discord.Interaction[Debrief], schedule: Schedule) -> str:
    """Compose and post, showing how far it is; return what came of it. Raises SettingError for a channel that is closed."""
    now, channel = interaction.client.newsroom.clock(), await place(interaction, schedule)
    title = f"{part_of_day(now.astimezone(ZoneInfo(schedule.zone)).hour)} briefing"
    noted = "schedule run", telling.plain(schedule, interaction.guild)
    told = await brief.post(interaction, channel, noted=noted, title=title)
    return told or await brief.nothing(interaction, channel)
