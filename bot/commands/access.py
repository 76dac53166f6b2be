"""Where the bot may post, and what it misses where it may not."""

from __future__ import annotations

import discord

from briefs.errors import SettingError

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",  # a message whose delivery is in doubt is looked for there
}
Postable = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel


def missing(channel: Postable) -> tuple[str, ...]:
    """Return the permissions the bot lacks to post there, as Discord's settings name them."""
    granted = channel.permissions_for(channel.guild.me)
    needed = dict(NEEDED)
    if isinstance(channel, discord.Thread):
        needed["send_messages_in_threads"] = "Send Messages in Threads"
        del needed["send_messages"]
    return tuple(label for name, label in needed.items() if not getattr(granted, name))


def require_posting(channel: object) -> Postable:
    """Return the channel when the bot may post there; SettingError says what to grant."""
    if not isinstance(channel, Postable):
        message = "I can post in text channels and threads. Choose one of those."
        raise SettingError(message, setting="channel")
    if lacks := missing(channel):
        message = f"I may not post in {channel.name}. Give me {_named(lacks)} there, then try again."
        raise SettingError(message, setting="channel")
    return channel


def _named(labels: tuple[str, ...]) -> str:
    *early, last = labels
    return f"{', '.join(early)} and {last}" if early else last
