"""What follows a delivery without holding it up: it is passed on from an announcement channel, and its thread opens."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import structlog

from bot.delivery.posting import posting
from bot.delivery.refusals import TROUBLE, is_passed_on, is_refused
from bot.delivery.threads import open_missing, open_thread
from briefs.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.alarms import Alarms
    from bot.delivery.posting import Posting
    from briefs.models import Briefing, Clock, Post
    from briefs.store import Store

PASSED_ON_WITHIN = timedelta(hours=6)  # what was not passed on by then is old news
log = structlog.get_logger(__name__)


class Following:
    """Does what channels want beside the messages; whatever comes of it, they stand."""

    def __init__(
        self,
        store: Store,
        client: discord.Client,
        clock: Clock,
        *,
        checkpoint: Callable[[str], None],
        alarms: Alarms | None,
    ) -> None:
        self._store = store
        self._client = client
        self._clock = clock
        self._checkpoint = checkpoint
        self._alarms = alarms
        self._tasks: set[asyncio.Task[None]] = set()  # the loop itself keeps no task alive
        self._kept: set[int] = set()  # posts that Discord will not pass on

    def later(self, work: Callable[[], Awaitable[None]], **about: object) -> None:
        """Do something that nobody waits for; ``about`` is what the log tells of it where it fails."""
        task = asyncio.get_running_loop().create_task(_done(work, about))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until all that was to be done later is done."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def follow(self, run_key: str, briefing: Briefing, chosen: Posting) -> None:
        """Do what a channel wants beside the messages of a run that stand."""
        posts = await asyncio.to_thread(self._store.posts, run_key)
        if self._alarms:
            await self._alarms.arrived(posts[0].guild_id, posts[0].channel_id)
        if chosen.crosspost:
            await self._pass_on(posts)
        await self._open_thread(posts[0], briefing, chosen)

    async def catch_up(self) -> None:
        """Do what an outage, a crash or a limit kept from following on deliveries."""
        await self._pass_on_recent()
        for channel_id, problem in (await open_missing(self._client, self._store, self._clock())).items():
            channel = self._client.get_channel(channel_id)
            if self._alarms and isinstance(channel, discord.abc.GuildChannel):
                await self._alarms.threaded(channel.guild.id, channel_id, problem)

    async def _open_thread(self, first: Post, briefing: Briefing, chosen: Posting) -> None:
        """Open the thread for discussion, where the channel wants one; its admins are to know what is in the way."""
        problem = None
        if chosen.thread:
            try:
                problem = await open_thread(self._client, self._store, first, briefing)
            except TROUBLE as error:
                log.warning("no thread", channel=first.channel_id, run=first.run_key, cause=repr(error))
                return
            self._checkpoint("thread opened")
        if self._alarms:
            await self._alarms.threaded(first.guild_id, first.channel_id, problem)

    async def _pass_on_recent(self) -> None:
        """Pass on what was not passed on yet, since Discord was away or let no more through."""
        since = self._clock() - PASSED_ON_WITHIN
        announcing = [channel.id for channel in self._client.get_all_channels() if _announces(channel)]
        unpassed = await asyncio.to_thread(self._store.unpassed_posts, announcing, since)
        self._kept.intersection_update(post.id for post in unpassed)  # the others are not looked at any more
        for post in unpassed:
            chosen = await asyncio.to_thread(posting, self._store, post.guild_id, post.channel_id)
            if chosen.crosspost:
                await self._pass_on([post])

    async def _pass_on(self, posts: Sequence[Post]) -> None:
        """Pass messages on from their announcement channel, in order; what cannot be now is tried again later."""
        if not _announces(self._client.get_channel(posts[0].channel_id)):
            return
        for post in posts:
            if post.message_id is None or post.crossposted_at is not None or post.id in self._kept:
                continue
            try:
                await self._client.http.publish_message(post.channel_id, post.message_id)
            except TROUBLE as error:
                if not is_passed_on(error):
                    log.warning("not passed on", channel=post.channel_id, run=post.run_key, cause=repr(error))
                    if is_refused(error):
                        self._kept.add(post.id)
                        continue
                    return
            await asyncio.to_thread(self._store.record_crosspost, post.id, self._clock())
            self._checkpoint("passed on")


async def _done(work: Callable[[], Awaitable[None]], about: Mapping[str, object]) -> None:
    """Do something, and log what goes wrong with it: nobody waits for it, so that nobody else would tell."""
    try:
        await work()
    except StoreError as error:  # whose job it is to see to the database tells it whole
        log.warning("what follows a briefing failed", cause=str(error), **about)
    except Exception:
        log.exception("what follows a briefing failed", **about)


def _announces(channel: object) -> bool:
    """Whether a channel is one that others follow."""
    return isinstance(channel, discord.TextChannel) and channel.is_news()
