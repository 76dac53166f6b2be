"""What arrived of a briefing, as the channel's history tells: the only witness once a nonce is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import discord
import structlog

from bot.delivery.refusals import BURIED, TROUBLE, UNREADABLE, RefusedError, raise_if_refused
from bot.rendering import find_marker
from briefs.models import PostState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from discord.abc import MessageableChannel

    from briefs.models import Post

LOOK_AGAIN = (1.0, 4.0)  # seconds between tries to read a history; the next look at all is minutes away
CLOCK_SKEW = timedelta(minutes=5)  # between this machine and Discord, as far as nothing is wrong
AFTER = 2000  # messages searched after a claim, and …
BEFORE = 200  # … before it: the machine's clock may have been ahead
FIRST = datetime(2015, 1, 2, tzinfo=UTC)  # Discord has no older messages, and refuses to search there
log = structlog.get_logger(__name__)


class History:
    """Searches channels for the messages of briefings."""

    def __init__(self, client: discord.Client, pause: Callable[[float], Awaitable[object]]) -> None:
        self._client = client
        self._pause = pause

    async def arrived(self, posts: Sequence[Post], *, protected: bool = False) -> dict[int, int]:
        """Return the message ids of the parts of a run that stand in its channel, by part; ``posts`` are all of the run.

        ``protected``: Discord would still drop a second message, so that a history that cannot be read may show nothing.
        Raises RefusedError where it cannot be seen, and what is in TROUBLE while Discord or the network is.
        """
        for wait in LOOK_AGAIN:
            try:
                return await self._search(posts, protected=protected)
            except TROUBLE as error:
                log.info("history is read again", channel=posts[0].channel_id, cause=repr(error))
                await self._pause(wait)
        return await self._search(posts, protected=protected)

    async def _search(self, posts: Sequence[Post], *, protected: bool) -> dict[int, int]:
        first = posts[0]
        if not self._readable(first):
            return _unseen(protected=protected)
        missing = {post.part for post in posts if post.state is PostState.CLAIMED}
        found: dict[int, int] = {}
        try:
            async for message in self._likely(first):
                mark = find_marker(message) if self._is_ours(message) else None
                if mark and mark[0] == first.briefing_id:
                    found[mark[1]] = message.id
                    missing.discard(mark[1])
        except discord.Forbidden:
            return _unseen(protected=protected)
        except _BuriedError:
            if missing:
                raise RefusedError(BURIED) from None
        except discord.HTTPException as error:
            raise_if_refused(error)
            raise
        return found

    async def _likely(self, first: Post) -> AsyncIterator[discord.Message]:
        """Yield the messages among which those of a run are.

        They stand after its claim. A machine's clock that was ahead says a time at which they stood already; one that was
        behind says an early one, from which there are only more messages.
        """
        channel: MessageableChannel = self._client.get_partial_messageable(
            first.channel_id, guild_id=first.guild_id or None
        )
        claimed, searched = max(first.claimed_at - CLOCK_SKEW, FIRST), 0
        async for message in channel.history(limit=AFTER, after=claimed):
            searched += 1
            yield message
        async for message in channel.history(limit=BEFORE, before=claimed):
            yield message
        if searched < AFTER:
            return
        async for message in channel.history(limit=BEFORE):
            yield message
        raise _BuriedError

    def _is_ours(self, message: discord.Message) -> bool:
        return self._client.user is not None and message.author.id == self._client.user.id

    def _readable(self, post: Post) -> bool:
        """Whether the bot may read the channel's history, as far as is known: Discord shows an empty one otherwise."""
        channel = self._client.get_channel(post.channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.me is None:
            return True
        return channel.permissions_for(channel.guild.me).read_message_history


class _BuriedError(Exception):
    """More messages followed than are searched."""


def _unseen(*, protected: bool) -> dict[int, int]:
    if not protected:
        raise RefusedError(UNREADABLE, for_now=True)
    return {}
