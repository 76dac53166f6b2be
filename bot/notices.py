"""Tell a server's admins once that a feed fails, and once that it is well again.

    store: feeds failing for good, or well after that ─▶ by server ─▶ claim ─▶ one message ─▶ where admins read it
    nowhere to write, or Discord away: release, so that a later round tries again

The operator's own feeds are no server's business: their failures stand in the log.
Claimed before it is sent: a crash in between loses a notice, and never repeats one. `/feeds list` tells the state at any time.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot import admins, rendering
from bot.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import discord

    from bot.access import Postable
    from briefs.models import Clock
    from briefs.store import Store
    from briefs.store.records import Notice

log = structlog.get_logger(__name__)

STREAK = 5  # failures in a row, and
FAILING_FOR = timedelta(hours=6)  # for so long: shorter trouble mends itself. What ended is told at once.
ROWS_ROOM = 3_000


class Notices:
    """Sends the notices that are due. One round after another; each server's notices are one message."""

    def __init__(self, store: Store, client: discord.Client, clock: Clock) -> None:
        self._store = store
        self._client = client
        self._clock = clock
        self._unheard: set[int] = set()  # servers where nobody could be told, so that the log says it once

    async def send(self) -> None:
        """Tell what is due."""
        if not self._client.is_ready():  # servers and channels are not known yet
            return
        due = await asyncio.to_thread(self._store.notices, streak=STREAK, failing_before=self._clock() - FAILING_FOR)
        servers: defaultdict[int, list[Notice]] = defaultdict(list)
        for notice in due:
            servers[notice.guild_id].append(notice)
        for guild_id, notices in servers.items():
            await self._tell_server(guild_id, notices)

    async def _tell_server(self, guild_id: int, due: Sequence[Notice]) -> None:
        """Claim what nobody else has claimed, tell it, and release what could not be told."""
        left = [notice for notice in due if await asyncio.to_thread(self._claim, notice)]
        if not left:
            return
        try:
            await self._tell(guild_id, left)
            self._note(guild_id, unheard=bool(left))
        except admins.TROUBLE as error:
            log.warning("notices wait", guild=guild_id, cause=repr(error))
        finally:
            for notice in left:
                await asyncio.to_thread(self._store.release_notice, notice)

    def _claim(self, notice: Notice) -> bool:
        return self._store.claim_notice(notice, self._clock())

    def _note(self, guild_id: int, *, unheard: bool) -> None:
        if not unheard:
            self._unheard.discard(guild_id)
        elif guild_id not in self._unheard:
            self._unheard.add(guild_id)
            log.warning("nobody could be told of failing feeds", guild=guild_id)

    # ------------------------------------------------------------------------------------------------------- who is told
    async def _tell(self, guild_id: int, left: list[Notice]) -> None:
        """Tell the admins of one server; what is told is taken from ``left``. Raises what Discord's trouble raises."""
        guild = self._client.get_guild(guild_id)
        if guild is None:
            return
        await self._tell_channels(await asyncio.to_thread(admins.channels, self._store, guild), left)
        await self._tell_adders(guild, left)
        await self._tell_channels(await asyncio.to_thread(admins.briefed, self._store, guild), left)

    async def _tell_channels(self, channels: Iterable[Postable], left: list[Notice]) -> None:
        """Write what is left to the first channel that takes it."""
        for channel in channels:
            if left and await admins.sent(channel, message(left)):
                left.clear()

    async def _tell_adders(self, guild: discord.Guild, left: list[Notice]) -> None:
        """Tell each feed's trouble to whoever added it."""
        for adder in dict.fromkeys(notice.added_by for notice in left):
            own = [notice for notice in left if notice.added_by == adder]
            if adder is not None and await admins.whispered(self._client, adder, message(own, server=guild.name)):
                left[:] = [notice for notice in left if notice.added_by != adder]


# ------------------------------------------------------------------------------------------------------------ the words
def message(notices: Sequence[Notice], *, server: str | None = None) -> rendering.Page:
    """Return the notices of one server as one message; ``server`` names it where it is read elsewhere."""
    failing = [notice for notice in notices if not notice.recovered]
    recovered = [notice for notice in notices if notice.recovered]
    on = f" on **{rendering.clip(server, 100)}**" if server else ""
    texts = [
        *_group(f"### ⚠️ {rendering.counted(len(failing), 'feed')} cannot be read{on}", failing),
        *_group(f"### ✅ {rendering.counted(len(recovered), 'feed is', 'feeds are')} read again{on}", recovered),
        f"-# {_HINT if failing else 'Nothing to do.'}",
    ]
    return rendering.page(texts, accent=pages.WARNING if failing else pages.ACCENT)


_HINT = (
    "I keep trying what is not gone, and say so once it works again. `/feeds list` shows all feeds, `/feeds remove` "
    "drops one, `/feeds notices` chooses where I say this."
)


def _group(head: str, notices: Sequence[Notice]) -> list[str]:
    if not notices:
        return []
    rows = [f"- {_row(notice)}" for notice in notices]
    return [rendering.lines(head, rendering.listed(rows, empty="", room=ROWS_ROOM // 2))]


def _row(notice: Notice) -> str:
    where = rendering.feed_address(notice.feed.url)
    if notice.recovered:
        return rendering.dotted(f"**{rendering.feed_name(notice.feed)}**", where)
    return rendering.lines(rendering.feed_trouble(notice.feed), f"  -# {where}" if where else "")


def promise(channel: Postable | None) -> str:
    """Return what is said when a server has chosen where its notices go; None is a server without such a channel."""
    when = "When a feed keeps failing, and once when it is read again,"
    if channel is not None:
        return f"{when} I tell admins in {channel.mention}."
    return (
        f"{when} I send a direct message to whoever added it; where that cannot be, I write to the channel that is "
        "briefed first. Name a channel to have it there."
    )
