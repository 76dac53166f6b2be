"""A schedule's briefing, now and not at its time; the next one at its time tells what is new since."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import rendering
from bot.commands import replies
from bot.commands.access import looked_up, require_posting
from bot.commands.schedule.telling import GONE
from bot.schedule import part_of_day
from briefs.errors import SettingError
from briefs.models import PostState

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief
    from bot.commands.access import Postable
    from bot.publishing import Delivery
    from briefs.models import Briefing, Schedule

NOTHING = "Nothing new for {channel}: every story was already told there. The next news will be in the next briefing."


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
    composing = client.in_thread(
        client.newsroom.compose, schedule.guild_id, now=now, title=title, channel_id=channel.id
    )
    briefing = await replies.watched(interaction, composing, lambda: f"Looking for news for {channel.mention}…")
    if briefing.is_silent:
        return NOTHING.format(channel=channel.mention)
    await replies.progress(interaction, f"Posting in {channel.mention}…")
    run_key = f"{channel.id}:{interaction.id}"
    delivery = await client.publisher.publish(schedule.guild_id, channel.id, briefing, run_key=run_key)
    return told(delivery, briefing, channel)


def told(delivery: Delivery, briefing: Briefing, channel: Postable) -> str:
    """Return what came of a delivery, with a link to what was posted."""
    if delivery.state is not PostState.SENT:
        return str(delivery.problem)
    stories = rendering.counted(len(briefing.items), "story", "stories") if briefing.items else "that nothing is new"
    link = f"https://discord.com/channels/{channel.guild.id}/{channel.id}/{delivery.message_ids[0]}"
    return f"Posted {stories} in {channel.mention}: {link}"
