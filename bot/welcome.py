"""The first minute on a new server: one message to its admins, with all it takes to begin.

    joined ─▶ greeted before? ─▶ the admins' channel: the set-up itself
                                 else whoever invited the bot, else the owner: where to begin
                                 else a channel that all may read: a button that only admins can use

What was greeted is remembered among the server's settings, before it is tried: a crash in between loses a greeting, and never
repeats one. `/setup` begins the same at any time.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

import discord
import structlog

from bot import admins, invitation, rendering
from bot.access import missing
from bot.commands.setup import choosing
from bot.rendering import pages
from briefs.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.client import Debrief
    from bot.rendering import Page

WELCOMED = "welcomed"  # the setting of a server that was greeted: when
NEWLY = timedelta(days=3)  # a server that was joined longer ago, while nobody looked, is not startled
INVITATIONS = 10  # entries of an audit log that are searched for who invited the bot
_CLAIMING = Lock()  # a server may be joined just while those joined before are looked for
log = structlog.get_logger(__name__)

HELLO = """### Hello! I write short news briefings
I read the outlets you choose and post what happened, in their own sentences, each with its source. Anyone can ask me about it."""


async def greet(client: Debrief, guild: discord.Guild, *, back: bool = False) -> None:
    """Write to a new server's admins, once; to one that came ``back`` in time, what is still there."""
    if not await asyncio.to_thread(_claim, client, guild.id) and not back:
        return
    kept = await asyncio.to_thread(_kept, client, guild.id) if back else ""
    try:
        told = await (_tell_return(guild, kept) if kept else _tell(client, guild))
    except admins.TROUBLE as error:
        log.warning("greeting not delivered", guild=guild.id, cause=repr(error))
        return
    log.info("greeted", guild=guild.id, where=told or "nowhere")


async def catch_up(client: Debrief) -> None:
    """Greet the servers that were joined while the bot was away; those that it knows from before need no greeting."""
    await client.wait_until_ready()
    try:
        await _catch_up(client)
    except StoreError as error:  # the next start looks again
        log.warning("servers not greeted", cause=str(error))


async def _catch_up(client: Debrief) -> None:
    if not client.guilds:
        log.info("on no server yet", invite=invitation.link(client.application_id or 0))
    for guild in list(client.guilds):
        if _is_new(client, guild) and not await asyncio.to_thread(_kept, client, guild.id):
            await greet(client, guild)
        else:
            await asyncio.to_thread(_claim, client, guild.id)


def _is_new(client: Debrief, guild: discord.Guild) -> bool:
    joined = guild.me.joined_at
    return joined is not None and client.newsroom.clock() - joined < NEWLY


def _claim(client: Debrief, guild_id: int) -> bool:
    """Remember that a server is greeted; False: it was before."""
    store = client.newsroom.store
    with _CLAIMING:
        if WELCOMED in store.settings(guild_id):
            return False
        store.set_setting(guild_id, WELCOMED, client.newsroom.clock().isoformat())
        return True


def _kept(client: Debrief, guild_id: int) -> str:
    """Say what is stored of a server; nothing where nothing is."""
    store = client.newsroom.store
    feeds = sum(not feed.shared for feed in store.feeds(guild_id))
    schedules = len(store.schedules(guild_id))
    told = [rendering.counted(feeds, "feed")] * bool(feeds) + [rendering.counted(schedules, "schedule")] * bool(
        schedules
    )
    return " and ".join(told)


# -------------------------------------------------------------------------------------------------------- who is told
async def _tell(client: Debrief, guild: discord.Guild) -> str:
    """Write to the first who can be reached; return where, nothing where nobody can."""
    updates = admins.usual_channel(guild)
    if updates and not missing(updates) and await admins.sent(updates, await choosing.opening(client, guild, HELLO)):
        return "admins' channel"
    async for person in _people(guild):
        if await admins.sent(person, _letter(guild, f"{HELLO}\n\n{_begin(guild)}")):
            return "direct message"
    for channel in _open_channels(guild):
        if await admins.sent(channel, _invitation(f"{HELLO}\n-# For admins: three steps, one minute.")):
            return "open channel"
    return ""


async def _tell_return(guild: discord.Guild, kept: str) -> str:
    """Say briefly that all is as it was."""
    text = f"I am back on **{rendering.clip(guild.name, 100)}**, and kept your {kept}. `/status` shows how things are."
    updates = admins.usual_channel(guild)
    if updates and not missing(updates) and await admins.sent(updates, rendering.page([text])):
        return "admins' channel"
    async for person in _people(guild):
        if await admins.sent(person, rendering.page([text])):
            return "direct message"
    return ""  # not worth a word to everyone


async def _people(guild: discord.Guild) -> AsyncIterator[discord.abc.Messageable]:
    """Yield who invited the bot, where it may look that up, and the owner."""
    inviter = await _inviter(guild)
    if inviter:
        yield inviter
    if guild.owner_id and (inviter is None or inviter.id != guild.owner_id):
        owner = guild.owner or await _fetched(guild, guild.owner_id)
        if owner:
            yield owner


async def _inviter(guild: discord.Guild) -> discord.Member | discord.User | None:
    if not guild.me.guild_permissions.view_audit_log:
        return None
    try:
        async for entry in guild.audit_logs(limit=INVITATIONS, action=discord.AuditLogAction.bot_add):
            if entry.target and entry.target.id == guild.me.id and entry.user_id:
                return entry.user or await _fetched(guild, entry.user_id)
    except admins.TROUBLE as error:
        log.info("inviter unknown", guild=guild.id, cause=repr(error))
    return None


async def _fetched(guild: discord.Guild, user_id: int) -> discord.Member | None:
    try:
        return await guild.fetch_member(user_id)
    except (discord.NotFound, discord.Forbidden):
        return None


def _open_channels(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """Yield the channels that all may read and the bot may write in, the system's first; only one of them is used."""
    places = [guild.system_channel, *guild.text_channels]
    yield from (channel for channel in dict.fromkeys(filter(None, places)) if not missing(channel))


# ----------------------------------------------------------------------------------------------------------- the words
def _begin(guild: discord.Guild) -> str:
    name = rendering.clip(guild.name, 100)
    return (
        f"**To begin**, go to any channel of **{name}**, type `/setup` and follow its three steps. It takes a minute."
    )


def _letter(guild: discord.Guild, text: str) -> Page:
    """Return what is read outside the server: the set-up itself works only there."""
    url = f"https://discord.com/channels/{guild.id}"
    return rendering.page([text], buttons=[discord.ui.Button(label="Go to the server", url=url)])


def _invitation(text: str) -> Page:
    return rendering.page([text], buttons=[pages.button("Set me up", "setup:open", primary=True)])
