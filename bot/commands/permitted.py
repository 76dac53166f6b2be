"""Who may use which command on a server, as Discord decides it: by default permissions, unless the server's integrations say else.

Commands themselves are guarded by Discord. This tells it for what Discord does not guard: a button that does what a command
does, and a list of commands.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog

from briefs.errors import SettingError
from briefs.store import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from bot.client import Debrief

COMMAND_IDS = "command ids"  # the operator's setting with Discord's id of each command, as JSON
KEPT = timedelta(minutes=10)  # for which a server's integration settings are not asked for again
PATIENCE = 3.0  # seconds to wait for Discord; until it tells, what holds by default holds
SERVERS = 500  # whose settings are kept at most; the oldest give way
USER, ROLE, CHANNEL = 2, 1, 3  # what an override is for, as Discord numbers it
REFUSED = "Only this server's admins can do that: people who may manage it, or use `/{}`. Ask one of them."
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a server's integration settings say of one command, or of all commands: allowed or not, by kind and id."""

    rules: Mapping[tuple[int, int], bool]

    def of_channel(self, guild_id: int, channel_id: int) -> bool | None:
        """Return what holds in a channel; None: nothing is said of it."""
        return self.rules.get((CHANNEL, channel_id), self.rules.get((CHANNEL, guild_id - 1)))  # that is "all channels"

    def of_member(self, guild_id: int, user_id: int, roles: Collection[int]) -> bool | None:
        """Return what holds for a member: what is said of them, else of their roles, else of everyone; None: nothing."""
        if (USER, user_id) in self.rules:
            return self.rules[USER, user_id]
        said = [self.rules[ROLE, role] for role in roles if role != guild_id and (ROLE, role) in self.rules]
        return any(said) if said else self.rules.get((ROLE, guild_id))


NOTHING_SAID = Overrides({})


@dataclass(frozen=True, slots=True)
class Caller:
    """Someone in a channel, with their permissions there."""

    guild_id: int
    channel_id: int  # of a thread, the channel it is in
    user_id: int
    roles: frozenset[int]
    permissions: discord.Permissions


def may(caller: Caller, needed: discord.Permissions | None, command: Overrides, every: Overrides) -> bool:
    """Whether Discord offers someone a command.

    ``needed`` are its default permissions; ``command`` is what is said of it, ``every`` what is said of all commands of the bot.
    https://discord.com/developers/docs/interactions/application-commands#permissions
    """
    if caller.permissions.administrator:
        return True
    here = command.of_channel(caller.guild_id, caller.channel_id)
    if (every.of_channel(caller.guild_id, caller.channel_id) if here is None else here) is False:
        return False
    own = command.of_member(caller.guild_id, caller.user_id, caller.roles)
    if own is not None:
        return own
    if every.of_member(caller.guild_id, caller.user_id, caller.roles) is False:
        return False
    return needed is None or caller.permissions.is_superset(needed)


class Permits:
    """The integration settings of servers, kept for a while. Who asks while they are fetched waits for the same."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[datetime, asyncio.Task[Mapping[str, Overrides]]]] = {}

    async def of(self, client: Debrief, guild_id: int) -> Mapping[str, Overrides]:
        """Return what a server's settings say, by command; under "" of all of them."""
        now = client.newsroom.clock()
        known = self._known.get(guild_id)
        if known is None or _failed(known[1]) or not timedelta() <= now - known[0] < KEPT:
            self._known.pop(guild_id, None)
            while len(self._known) >= SERVERS:
                del self._known[next(iter(self._known))]
            known = self._known[guild_id] = (now, asyncio.create_task(_fetched(client, guild_id)))
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(known[1])
        except TimeoutError:  # it goes on; whoever asks later will know
            return {}


def _failed(task: asyncio.Task[Any]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


async def _fetched(client: Debrief, guild_id: int) -> Mapping[str, Overrides]:
    wanted = {"": client.application_id or 0, **await command_ids(client)}
    found = await asyncio.gather(*(_overrides(client, guild_id, each) for each in wanted.values()))
    return dict(zip(wanted, found, strict=True))


async def _overrides(client: Debrief, guild_id: int, command_id: int) -> Overrides:
    """Ask Discord what a server's settings say of a command; nothing, where it does not tell."""
    assert client.application_id is not None
    try:
        told = await client.http.get_application_command_permissions(client.application_id, guild_id, command_id)
    except discord.NotFound:  # nothing was changed there
        return NOTHING_SAID
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning("command permissions unknown", guild=guild_id, cause=repr(error))
        return NOTHING_SAID
    return Overrides({(int(each["type"]), int(each["id"])): each["permission"] for each in told["permissions"]})


async def command_ids(client: Debrief) -> dict[str, int]:
    """Return Discord's ids of the commands, as it told them when they were last synced."""
    stored = (await asyncio.to_thread(client.newsroom.store.settings, EVERYONE)).get(COMMAND_IDS)
    return json.loads(stored) if stored else {}


async def usable(interaction: discord.Interaction[Debrief]) -> frozenset[str]:
    """Return the names of the commands that Discord offers whoever this is from, where they are."""
    client, caller = interaction.client, _caller(interaction)
    overrides = await client.permits.of(client, caller.guild_id)
    every = overrides.get("", NOTHING_SAID)
    return frozenset(
        command.name
        for command in client.tree.get_commands(type=discord.AppCommandType.chat_input)
        if may(caller, command.default_permissions, overrides.get(command.name, NOTHING_SAID), every)
    )


async def require(interaction: discord.Interaction[Debrief], name: str) -> None:
    """Raise SettingError unless whoever pressed a button may use the command that does the same."""
    if name not in await usable(interaction):
        raise SettingError(REFUSED.format(name), setting=name)


async def admit(interaction: discord.Interaction[Debrief], name: str) -> None:
    """Let those use a panel who may use the command that shows it; SettingError says who may.

    A panel that only its reader sees was shown to somebody whom Discord let use the command.
    """
    if interaction.message is None or not interaction.message.flags.ephemeral:
        await require(interaction, name)


def _caller(interaction: discord.Interaction[Debrief]) -> Caller:
    guild_id, channel = interaction.guild_id, interaction.channel
    assert guild_id is not None
    place = channel.parent_id if isinstance(channel, discord.Thread) else interaction.channel_id
    roles: Sequence[discord.Role] = interaction.user.roles if isinstance(interaction.user, discord.Member) else ()
    return Caller(
        guild_id, place or 0, interaction.user.id, frozenset(role.id for role in roles), interaction.permissions
    )
