"""Who is told what concerns a server's admins, and where they read it.

The channel that was chosen for notices, else Discord's own for admins, else whoever it concerns in private, else a channel
that gets briefings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.access import Postable, missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.rendering import Page
    from briefs.store import Store

CHANNEL = "notices"  # the setting of a server that names the channel for notices
TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
REFUSED = (discord.Forbidden, discord.NotFound)


def channels(store: Store, guild: discord.Guild) -> list[Postable]:
    """The channels for notices: the one that was chosen, else Discord's own for admins. Reads the store."""
    chosen = store.settings(guild.id).get(CHANNEL)
    return list(_writable([_channel(guild, int(chosen)) if chosen else None, usual_channel(guild)]))


def briefed(store: Store, guild: discord.Guild) -> list[Postable]:
    """The channels that get briefings, in the order in which they were scheduled. Reads the store."""
    ids = dict.fromkeys(schedule.channel_id for schedule in store.schedules(guild.id))
    return list(_writable(_channel(guild, channel_id) for channel_id in ids))


def usual_channel(guild: discord.Guild | None) -> discord.TextChannel | None:
    """Return the channel where Discord itself writes to a community's admins."""
    return guild.public_updates_channel if guild else None


async def whispered(client: discord.Client, user_id: int, view: Page) -> bool:
    """Write to a person in private; False where that cannot be."""
    try:
        user = await client.fetch_user(user_id)
    except REFUSED:
        return False
    return await sent(user, view)


async def sent(place: discord.abc.Messageable, view: Page) -> bool:
    """Write a message; False where the bot may not."""
    try:
        await place.send(view=view, allowed_mentions=discord.AllowedMentions.none())
    except REFUSED:
        return False
    return True


def _channel(guild: discord.Guild, channel_id: int) -> Postable | None:
    found = guild.get_channel_or_thread(channel_id)
    return found if isinstance(found, Postable) else None


def _writable(found: Iterable[Postable | None]) -> Iterator[Postable]:
    return (channel for channel in found if channel is not None and not missing(channel))
