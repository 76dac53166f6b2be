"""Where the bot may post, and what it misses where it may not."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot import rendering
from briefs.errors import SettingError

if TYPE_CHECKING:
    from bot.client import Debrief
    from bot.delivery.posting import Posting

# Without these nothing is posted. Passing on what the bot itself wrote in an announcement channel needs no more than
# Send Messages; only for others' messages would it be Manage Messages.
NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",  # a message whose delivery is in doubt is looked for there
}
IN_THREADS = {"send_messages_in_threads": "Send Messages in Threads"}
# Without these a briefing is posted, and something is missing about it.
FOR_PICTURES = {"embed_links": "Embed Links"}
FOR_DISCUSSION = {"create_public_threads": "Create Public Threads", **IN_THREADS}
FOR_FILES = {"attach_files": "Attach Files"}
BESIDE = {
    "Embed Links": "pictures",
    "Create Public Threads": "threads",
    "Send Messages in Threads": "threads",
    "Attach Files": "files",
}
Picked = app_commands.AppCommandChannel | app_commands.AppCommandThread
Postable = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel


def missing(channel: Postable) -> tuple[str, ...]:
    """Return the permissions the bot lacks to post there, as Discord's settings name them."""
    needed = dict(NEEDED)
    if isinstance(channel, discord.Thread):
        del needed["send_messages"]
        needed |= IN_THREADS
    return _lacking(channel, needed)


def wanting(channel: Postable, posting: Posting) -> tuple[str, ...]:
    """Return the permissions that the bot lacks for what a channel's briefings are to have beside their text."""
    wanted = dict(FOR_FILES)
    if posting.images:
        wanted |= FOR_PICTURES
    if posting.thread and isinstance(channel, discord.TextChannel):  # no other channel can have threads under messages
        wanted |= FOR_DISCUSSION
    return _lacking(channel, wanted)


def shortfall(channel: Postable, posting: Posting) -> str:
    """Return what a channel's briefings miss beside their text, with how to mend it; "" where nothing is missing."""
    wants = wanting(channel, posting)
    if not wants:
        return ""
    beside = named(tuple(dict.fromkeys(BESIDE[each] for each in wants)))
    return f"{channel.mention} gets its briefings without {beside}: {remedy(channel, wants)}."


def _lacking(channel: Postable, wanted: dict[str, str]) -> tuple[str, ...]:
    granted = channel.permissions_for(channel.guild.me)
    return tuple(label for name, label in wanted.items() if not getattr(granted, name))


def remedy(channel: Postable, lacks: tuple[str, ...]) -> str:
    """Return where in Discord a channel's permissions are given: "settings of #news → Permissions → Debrief → allow …"."""
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    where = place.mention if place else rendering.clip(channel.name, 100)
    bot = rendering.clip(channel.guild.me.display_name, 60)
    return f"settings of {where} → Permissions → {bot} → allow **{named(lacks)}**"


def require_posting(channel: object) -> Postable:
    """Return the channel when the bot may post there; SettingError says what to grant."""
    if not isinstance(channel, Postable):
        message = "I can post in text channels, announcement channels and threads. Choose one of those."
        raise SettingError(message, setting="channel")
    if lacks := missing(channel):
        bot = channel.guild.me.display_name
        message = (
            f"I may not post in {channel.name}. Give me {named(lacks)} there "
            f"(the channel's settings → Permissions → {bot}), then try again."
        )
        raise SettingError(message, setting="channel")
    return channel


class Place(app_commands.Transformer):
    """A channel in which a briefing can stand, as Discord lets one pick it; what it is is looked up by the command."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Those that people read as text."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Picked:
        """Take it as it is."""
        del interaction
        assert isinstance(value, Picked)
        return value


async def resolved(channel: Picked) -> Postable:
    """Return the channel that an admin picked when the bot may post there; SettingError says what to grant."""
    found = channel.resolve()
    if found is None:  # a thread that nobody writes in any more, or a channel hidden from the bot
        try:
            found = await channel.fetch()
        except discord.HTTPException as error:
            message = f"I cannot see {channel.name}. Give me View Channel there, then try again."
            raise SettingError(message, setting="channel") from error
    return require_posting(found)


async def looked_up(interaction: discord.Interaction[Debrief], channel_id: int) -> Postable | None:
    """Return a channel of this server, None where it is gone or hidden from the bot.

    A thread in which nobody wrote for long is asked for; what Discord raises in trouble is no sign that it is gone.
    """
    guild = interaction.guild
    found: object = guild.get_channel_or_thread(channel_id) if guild else None
    if found is None and guild:
        with suppress(discord.NotFound, discord.Forbidden):
            found = await guild.fetch_channel(channel_id)
    return found if isinstance(found, Postable) else None


def named(labels: tuple[str, ...]) -> str:
    """Return "View Channel and Send Messages"."""
    *early, last = labels
    return f"{', '.join(early)} and {last}" if early else last
