"""``/brief``, for admins: post a briefing now, look at it first, or read the latest again; ``/latest`` is for everyone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import audit, rendering
from bot.access import Picked, Place, looked_up, require_posting, resolved
from bot.commands import replies, sources
from bot.commands.buttons import Pressed
from bot.delivery.posting import posting
from bot.rendering import pages
from bot.scheduling.slots import next_runs
from briefs.errors import SettingError
from briefs.models import PostState

if TYPE_CHECKING:
    from datetime import datetime

    from bot.access import Postable
    from bot.client import Debrief
    from bot.delivery.publishing import Delivery
    from briefs.models import Briefing
    from briefs.store import Store

TITLE = "Briefing"
NOTHING = "Nothing new for {channel}: every story was already told there."
LOOKING = "Looking for news for {channel}…"
PREVIEWED = "**This is how it would look in {channel}.** Only you see it; nothing is posted yet."
OUTDATED = (
    "Some of these stories were posted in this channel in the meantime, so I did not post them again. `/brief preview` shows "
    "what is new now."
)
NONE_YET = "No briefing has been posted here yet. An admin can post one with `/brief now`."
Where = app_commands.Transform[Picked, Place]
POST_IT = re.compile(r"preview:(?P<id>\d{1,18}):post")


class Brief(app_commands.Group):
    """Briefings outside their times. Who may use it is chosen in Discord: those who manage the server, unless changed."""

    def __init__(self) -> None:
        super().__init__(
            name="brief",
            description="Post, preview or read a briefing.",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )

    @app_commands.command(name="now", description="Post a briefing now.")
    @app_commands.describe(channel="Where to post it; here when left out.")
    async def now(self, interaction: discord.Interaction[Debrief], channel: Where | None = None) -> None:
        """Compose and post."""
        await replies.acknowledge(interaction)
        target = await resolved(channel) if channel else require_posting(interaction.channel)
        told = await post(interaction, target, noted=("brief now", f"in #{target.name}"))
        await replies.say(interaction, told or await nothing(interaction, target))

    @app_commands.command(name="preview", description="See the next briefing for this channel; nobody else does.")
    async def preview(self, interaction: discord.Interaction[Debrief]) -> None:
        """Compose and show, without posting."""
        await replies.acknowledge(interaction)
        target = _here(interaction)
        briefing = await composed(interaction, target)
        if briefing.is_silent:
            await replies.say(interaction, await nothing(interaction, target))
            return
        briefing_id, images = await interaction.client.in_thread(kept, interaction, briefing, target.id)
        views = rendering.briefing_messages(briefing, briefing_id=briefing_id, images=images)
        button = pages.button("Post it now", f"preview:{briefing_id}:post", primary=True)
        offer = rendering.page([PREVIEWED.format(channel=target.mention)], buttons=[button])
        await replies.send(interaction, *views, offer)

    @app_commands.command(name="latest", description="Read the latest briefing again; only you see it.")
    async def latest(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the newest briefing that this person may read."""
        await show_latest(interaction)


@app_commands.command(name="latest", description="Read the latest briefing again; only you see it.")
@app_commands.guild_only()
async def latest(interaction: discord.Interaction[Debrief]) -> None:
    """Show the newest briefing that this person may read."""
    await show_latest(interaction)


class PostIt(Pressed, template=POST_IT):
    """*Post it now* under a preview: posts what it shows, once."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Post what was composed for the preview, unless some of it was told since."""
        await interaction.response.defer()
        target = await self._channel(interaction)
        told = await self._posted(interaction, target)
        await interaction.edit_original_response(view=rendering.page([told]))

    async def _channel(self, interaction: discord.Interaction[Debrief]) -> Postable:
        return require_posting(await looked_up(interaction, interaction.channel_id or 0))

    async def _posted(self, interaction: discord.Interaction[Debrief], target: Postable) -> str:
        client, run_key = interaction.client, f"{target.id}:preview:{self.found['id']}"
        found = await client.in_thread(sources.kept, interaction, self.number("id"))
        if found is None:
            return "This preview is no longer kept. `/brief preview` makes a new one."
        briefing = found.briefing
        async with client.publisher.turn(target.id):
            if await client.in_thread(_is_outdated, client.newsroom.store, briefing, target.id, run_key):
                return OUTDATED
            delivery = await client.publisher.publish(replies.server(interaction), target.id, briefing, run_key=run_key)
        return await _told(interaction, delivery, briefing, target, ("brief preview", f"posted in #{target.name}"))


# ------------------------------------------------------------------------------------------------- composing and posting
async def post(
    interaction: discord.Interaction[Debrief], target: Postable, *, noted: tuple[str, str], title: str = TITLE
) -> str | None:
    """Compose and post what is new for a channel, showing how far it is; return what came of it, None: nothing is new.

    ``noted``: what is written down once it is posted, as ``audit.note`` takes it.
    """
    client, run_key = interaction.client, f"{target.id}:{interaction.id}"
    async with client.publisher.turn(target.id):
        briefing = await composed(interaction, target, title=title)
        if briefing.is_silent:
            return None
        await replies.progress(interaction, f"Posting in {target.mention}…")
        delivery = await client.publisher.publish(replies.server(interaction), target.id, briefing, run_key=run_key)
    return await _told(interaction, delivery, briefing, target, noted)


def _here(interaction: discord.Interaction[Debrief]) -> Postable:
    return require_posting(interaction.channel)


async def composed(interaction: discord.Interaction[Debrief], target: Postable, *, title: str = TITLE) -> Briefing:
    """Compose for a channel, telling how far it is."""
    client = interaction.client
    composing = client.in_thread(
        client.newsroom.compose, replies.server(interaction), title=title, channel_id=target.id
    )
    return await replies.watched(interaction, composing, lambda: LOOKING.format(channel=target.mention))


async def nothing(interaction: discord.Interaction[Debrief], target: Postable) -> str:
    """Say that nothing is new, and when the next briefing is due."""
    due = await interaction.client.in_thread(_next_run, interaction, target.id)
    if due is None:
        return f"{NOTHING.format(channel=target.mention)} No briefing is scheduled there; `/schedule add` sets one up."
    when = f"{rendering.stamp(due, 'f')} ({rendering.stamp(due, 'R')})"
    return f"{NOTHING.format(channel=target.mention)} The next briefing there is due {when}."


def _next_run(interaction: discord.Interaction[Debrief], channel_id: int) -> datetime | None:
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    schedules = (each for each in newsroom.store.schedules(guild_id) if each.channel_id == channel_id)
    return min((slot.instant for each in schedules for slot in next_runs(each, newsroom.clock(), 1)), default=None)


async def _told(
    interaction: discord.Interaction[Debrief],
    delivery: Delivery,
    briefing: Briefing,
    target: Postable,
    noted: tuple[str, str],
) -> str:
    """Say what came of a delivery, with a link to what was posted; write it down where it was."""
    if delivery.state is not PostState.SENT:
        return str(delivery.problem)
    await audit.note(interaction, *noted)
    told = rendering.counted(len(briefing.items), "story", "stories") if briefing.items else "that nothing is new"
    link = f"https://discord.com/channels/{target.guild.id}/{target.id}/{delivery.message_ids[0]}"
    return f"Posted {told} in {target.mention}: {link}"


# -------------------------------------------------------------------------------------------------------------- previews
def kept(interaction: discord.Interaction[Debrief], briefing: Briefing, channel_id: int) -> tuple[int, bool]:
    """Keep a preview, so that its buttons work and it can be posted; return its id and whether it shows pictures."""
    store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
    images = posting(store, guild_id, channel_id).images
    return store.save_briefing(briefing, guild_id=guild_id, channel_id=channel_id), images


def _is_outdated(store: Store, briefing: Briefing, channel_id: int, run_key: str) -> bool:
    """Whether the channel was told some of a preview since, other than by this very preview."""
    told = store.told_articles(channel_id)
    return not store.posts(run_key) and any(not told.isdisjoint(item.article_ids) for item in briefing.items)


# ---------------------------------------------------------------------------------------------------------------- latest
async def show_latest(interaction: discord.Interaction[Debrief]) -> None:
    """Show a person the newest briefing that they may read."""
    await replies.acknowledge(interaction)
    briefing_id, briefing, images = await interaction.client.in_thread(_latest, interaction)
    await replies.send(interaction, *rendering.briefing_messages(briefing, briefing_id=briefing_id, images=images))


def _latest(interaction: discord.Interaction[Debrief]) -> tuple[int, Briefing, bool]:
    """Return this channel's latest briefing, else the latest of the server's that the person may read."""
    store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
    found = store.latest_briefing(guild_id, interaction.channel_id) or _latest_elsewhere(interaction)
    stored = store.briefing(found[0]) if found else None
    if found is None or stored is None:
        raise SettingError(NONE_YET, setting="channel")
    return *found, posting(store, guild_id, stored.channel_id).images


def _latest_elsewhere(interaction: discord.Interaction[Debrief]) -> tuple[int, Briefing] | None:
    """Return the latest that the person may read of the channel that was briefed last, and of those with schedules."""
    store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
    newest = store.latest_briefing(guild_id)
    stored = store.briefing(newest[0]) if newest else None
    if stored is None:
        return None
    channels = {stored.channel_id, *(schedule.channel_id for schedule in store.schedules(guild_id))}
    told = (store.latest_briefing(guild_id, each) for each in channels if _may_read(interaction, each))
    return max(filter(None, told), key=lambda each: (each[1].made_at, each[0]), default=None)


def _may_read(interaction: discord.Interaction[Debrief], channel_id: int) -> bool:
    """Whether a person may read a channel."""
    channel = interaction.guild.get_channel(channel_id) if interaction.guild else None
    member = interaction.user
    return channel is not None and isinstance(member, discord.Member) and channel.permissions_for(member).view_channel


BUTTONS = (PostIt,)
