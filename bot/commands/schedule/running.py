"""A schedule's briefing, now and not at its time; the next one at its time tells what is new since."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.commands import brief, replies
from bot.commands.access import looked_up, require_posting
from bot.commands.schedule.telling import GONE
from bot.schedule import part_of_day
from briefs.errors import SettingError

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief
    from bot.commands.access import Postable
    from briefs.models import Schedule


async def place(interaction: discord.Interaction[Debrief], schedule: Schedule) -> Postable:
    """Return the channel of a schedule when the bot may post there; SettingError says what to do where it may not."""
    channel = await looked_up(interaction, schedule.channel_id)
    if channel is None:
        raise SettingError(GONE, setting="channel")
    return require_posting(channel)


async def run(interaction: discord.Interaction[Debrief], schedule: Schedule) -> str:
    """Compose and post, showing how far it is; return what came of it. Raises SettingError for a channel that is closed."""
    client, now = interaction.client, interaction.client.newsroom.clock()
    channel = await place(interaction, schedule)
    title = f"{part_of_day(now.astimezone(ZoneInfo(schedule.zone)).hour)} briefing"
    composed = await brief.composed(interaction, channel, title=title)
    if composed.is_silent:
        return await brief.nothing(interaction, channel)
    await replies.progress(interaction, f"Posting in {channel.mention}…")
    run_key = f"{channel.id}:{interaction.id}"
    delivery = await client.publisher.publish(schedule.guild_id, channel.id, composed, run_key=run_key)
    return brief.told(delivery, composed, channel)
