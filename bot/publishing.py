"""A briefing into a channel, exactly once, whatever crashes.

    verify ─▶ save ─▶ claim every message ─▶ for each: send with a nonce ─▶ record
    then, without keeping anybody waiting: pass on what stands in an announcement channel, open the thread
    a message whose picture Discord cannot use is sent without it
    at start, and now and then: each claimed message ─▶ look in the channel's history ─▶ record, else send again

All messages of a briefing are claimed before the first is sent, so that whatever a crash leaves undone stands in the ledger.
A nonce makes Discord drop a repeated send for a few minutes; after that only the channel's history can tell.
"""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import aiohttp
import discord
import structlog

from bot.posting import posting
from bot.rendering import briefing_messages, find_marker
from bot.threads import open_missing, open_thread
from briefs import briefing as briefings
from briefs.models import PostState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence
    from typing import Any

    from discord.abc import MessageableChannel

    from bot.alarms import Alarms
    from bot.posting import Posting
    from briefs.models import Briefing, Clock, Post
    from briefs.store import Store

log = structlog.get_logger(__name__)

BACK_OFF = (1.0, 4.0, 15.0, 60.0)  # seconds between tries, beyond the library's own five tries for each
LOOK_AGAIN = (1.0, 4.0)  # seconds between tries to read a history; the next look at all is minutes away
NONCE_HOLDS = timedelta(minutes=2)  # Discord drops a repeated nonce for "a few minutes"; two are safe
CLOCK_SKEW = timedelta(minutes=5)  # between this machine and Discord, when the history is searched
READY_WITHIN = 30.0  # seconds for the gateway
HISTORY = 2000  # messages searched after a claim
PATIENCE = (
    20.0  # seconds for passing on a message: Discord lets ten an hour through, and the library waits for the next
)
PASSED_ON_WITHIN = timedelta(hours=6)  # what was not passed on by then is old news
PASSED_ON = 40033  # Discord's code: this message was passed on already
ARCHIVED = 50083  # … this thread is archived
TOO_LATE = timedelta(hours=2)  # a briefing of which nothing arrived is not sent later than this

_TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)  # TimeoutError is an OSError


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a briefing's delivery stands.

    ``sent``: all messages stand in the channel. ``claimed``: still on its way, and tried again by itself. ``failed``: refused
    for good; ``problem`` is a sentence that says what to do.
    """

    state: PostState
    message_ids: tuple[int, ...] = ()
    problem: str | None = None


class _RefusedError(Exception):
    """Discord will not take a message; the message says why and what to do.

    ``for_itself``: what stands in it is not taken, while another might be.
    """

    def __init__(self, message: str, *, for_itself: bool = False) -> None:
        super().__init__(message)
        self.for_itself = for_itself


class Publisher:
    """Posts briefings through the ledger. ``checkpoint`` is called with each step's name once it is done."""

    def __init__(
        self,
        store: Store,
        client: discord.Client,
        clock: Clock,
        *,
        too_late: timedelta = TOO_LATE,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
        checkpoint: Callable[[str], None] = lambda _step: None,
        alarms: Alarms | None = None,
    ) -> None:
        self.alarms = alarms
        self._store = store
        self.client = client
        self._clock = clock
        self._too_late = too_late
        self._pause = pause
        self._checkpoint = checkpoint
        self._under_way: set[str] = set()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()  # what follows deliveries; the loop itself keeps no task alive
        self._kept: set[int] = set()  # posts that Discord will not pass on

    def turn(self, channel_id: int) -> asyncio.Lock:
        """Return what is held from composing a channel's briefing until it is published.

        So whoever composes the next knows what this one tells; two that were composed at once would tell the same news.
        """
        return self._turns.setdefault(channel_id, asyncio.Lock())

    async def publish(self, guild_id: int, channel_id: int, briefing: Briefing, *, run_key: str) -> Delivery:
        """Post a briefing once for its run key; asked again, tell how the delivery stands.

        Raises QuotationError when a sentence is not verbatim in its article: then nothing is sent.
        """
        if run_key in self._under_way:
            return Delivery(PostState.CLAIMED, problem="This briefing is being posted right now.")
        self._under_way.add(run_key)
        try:
            if await self._claim(guild_id, channel_id, briefing, run_key):
                await self._send_claimed(run_key)
            return await self._standing(run_key)
        finally:
            self._under_way.discard(run_key)

    async def reconcile(self) -> tuple[Delivery, ...]:
        """Bring every delivery that a crash or an outage interrupted to its end; one that fails does not stop the others."""
        with suppress(
            TimeoutError
        ):  # permissions are known once the gateway is ready; without it they are taken for given
            await asyncio.wait_for(self.client.wait_until_ready(), READY_WITHIN)
        self._later(self._catch_up())
        posts = await asyncio.to_thread(self._store.unfinished_posts)
        runs = [key for key in dict.fromkeys(post.run_key for post in posts) if key not in self._under_way]
        return tuple([await self._resume(run_key) for run_key in runs])

    # ------------------------------------------------------------------------------------------------------- a new run
    async def _claim(self, guild_id: int, channel_id: int, briefing: Briefing, run_key: str) -> bool:
        """Save the briefing and claim its messages; False: the run was claimed before, here or by another process."""
        if await asyncio.to_thread(self._store.posts, run_key):
            return False
        await asyncio.to_thread(self._verify, briefing)
        briefing_id = await asyncio.to_thread(
            self._store.save_briefing, briefing, guild_id=guild_id, channel_id=channel_id
        )
        self._checkpoint("saved")
        won = await self._claim_part(0, guild_id, channel_id, run_key, briefing_id)
        if won:  # whoever has the first message has the run
            await self._claim_rest(guild_id, channel_id, run_key, briefing_id, briefing)
        self._checkpoint("claimed")
        return won

    def _verify(self, briefing: Briefing) -> None:
        briefings.verify(briefing, self._store.articles(briefings.quoted(briefing)))

    async def _claim_rest(
        self, guild_id: int, channel_id: int, run_key: str, briefing_id: int, briefing: Briefing
    ) -> None:
        """Claim every message after the first that is not claimed yet."""
        for part in range(1, len(briefing_messages(briefing, briefing_id=briefing_id))):
            await self._claim_part(part, guild_id, channel_id, run_key, briefing_id)

    async def _claim_part(self, part: int, guild_id: int, channel_id: int, run_key: str, briefing_id: int) -> bool:
        claimed = await asyncio.to_thread(
            self._store.claim,
            run_key,
            part,
            guild_id=guild_id,
            channel_id=channel_id,
            briefing_id=briefing_id,
            nonce=nonce(run_key, part),
            now=self._clock(),
        )
        return claimed is not None

    async def _standing(self, run_key: str) -> Delivery:
        return standing(await asyncio.to_thread(self._store.posts, run_key))

    # --------------------------------------------------------------------------------------------------------- sending
    async def _send_claimed(self, run_key: str) -> None:
        """Send what is claimed of a run, in order; what cannot be sent now stays claimed, what is refused fails."""
        posts = await asyncio.to_thread(self._store.posts, run_key)
        stored = await asyncio.to_thread(self._store.briefing, posts[0].briefing_id)
        assert stored is not None
        chosen = await asyncio.to_thread(posting, self._store, posts[0].guild_id, posts[0].channel_id)
        views = briefing_messages(stored.briefing, briefing_id=posts[0].briefing_id, images=chosen.images)
        for post in posts:
            if post.state is not PostState.CLAIMED:
                continue
            if post.part >= len(views):  # an upgrade renders the briefing in fewer messages
                await asyncio.to_thread(
                    self._store.record_failed, post.id, "The briefing needs no such message any more."
                )
                continue
            try:
                message = await self._deliver(post, views[post.part], stored.briefing)
            except _RefusedError as refusal:
                await self._refuse(posts, str(refusal))
                return
            except _TROUBLE as error:
                log.warning("briefing waits", channel=post.channel_id, run=run_key, part=post.part, cause=repr(error))
                return
            await self._record(post, message.id)
        self._later(self._follow(run_key, stored.briefing, chosen))

    async def _deliver(self, post: Post, view: discord.ui.LayoutView, briefing: Briefing) -> discord.Message:
        """Send one message; without its picture where Discord cannot use that: its marker stays the same."""
        try:
            return await self._send(post, view)
        except _RefusedError as refusal:
            if not refusal.for_itself or not _has_picture(view):
                raise
            log.info("picture refused", channel=post.channel_id, run=post.run_key, part=post.part, cause=str(refusal))
        self._checkpoint("picture refused")
        bare = briefing_messages(briefing, briefing_id=post.briefing_id, images=False)
        return await self._send(post, bare[post.part])

    async def _send(self, post: Post, view: discord.ui.LayoutView) -> discord.Message:
        """Send one message, again with the same nonce while Discord or the network is in trouble."""
        channel = self._channel(post)
        for wait in (*BACK_OFF, None):
            try:
                message = await channel.send(
                    view=view, nonce=post.nonce, allowed_mentions=discord.AllowedMentions.none()
                )
            except _TROUBLE as error:
                if await self._opened_again(error, post):
                    continue
                _raise_if_refused(error)
                if wait is None:
                    raise
                await self._pause(wait)
            else:
                self._checkpoint("sent")
                return message
        raise AssertionError

    async def _opened_again(self, error: Exception, post: Post) -> bool:
        """Take a thread in which nobody wrote for long out of the archive, where that is why it takes no message."""
        if not isinstance(error, discord.HTTPException) or error.code != ARCHIVED:
            return False
        try:
            thread = await self.client.fetch_channel(post.channel_id)
            if not isinstance(thread, discord.Thread) or not thread.archived:
                return False
            await thread.edit(archived=False)
        except _TROUBLE as trouble:
            log.info("thread stays archived", channel=post.channel_id, cause=repr(trouble))
            return False
        return True

    async def _record(self, post: Post, message_id: int) -> None:
        await asyncio.to_thread(self._store.record_sent, post.id, message_id)
        log.info("briefing posted", channel=post.channel_id, run=post.run_key, part=post.part, message=message_id)
        self._checkpoint("recorded")

    async def _refuse(self, posts: Sequence[Post], problem: str) -> None:
        """Record that Discord refused a run; the server's admins are to know."""
        await self._fail(posts, problem)
        if self.alarms:
            await self.alarms.refused(posts[0].guild_id, posts[0].channel_id, problem)

    async def _fail(self, posts: Sequence[Post], problem: str) -> None:
        """Record that the rest of a run was refused for good."""
        for post in posts:
            await asyncio.to_thread(self._store.record_failed, post.id, problem)
        log.warning("briefing refused", channel=posts[0].channel_id, run=posts[0].run_key, problem=problem)

    def _channel(self, post: Post) -> discord.PartialMessageable:
        """Return the channel without asking Discord for it: sending needs only its id."""
        return self.client.get_partial_messageable(post.channel_id, guild_id=post.guild_id or None)

    # -------------------------------------------------------------------------------------------- what follows a delivery
    async def settled(self) -> None:
        """Wait until all that follows the deliveries so far is done."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _follow(self, run_key: str, briefing: Briefing, chosen: Posting) -> None:
        """Do what a channel wants beside the messages; whatever comes of it, they stand."""
        posts = await asyncio.to_thread(self._store.posts, run_key)
        try:
            if self.alarms:
                await self.alarms.arrived(posts[0].guild_id, posts[0].channel_id)
            if chosen.crosspost:
                await self._pass_on(posts)
            await self._open_thread(posts[0], briefing, chosen)
        except Exception:  # nobody waits for this task, so that nobody else would tell
            log.exception("what follows a briefing failed", run=run_key)

    async def _open_thread(self, first: Post, briefing: Briefing, chosen: Posting) -> None:
        """Open the thread for discussion, where the channel wants one; its admins are to know what is in the way."""
        problem = None
        if chosen.thread:
            try:
                problem = await open_thread(self.client, self._store, first, briefing)
            except _TROUBLE as error:
                log.warning("no thread", channel=first.channel_id, run=first.run_key, cause=repr(error))
                return
        if self.alarms:
            await self.alarms.threaded(first.guild_id, first.channel_id, problem)

    async def _catch_up(self) -> None:
        """Do what an outage, a crash or a limit kept from following on deliveries."""
        try:
            await self._pass_on_recent()
            for channel_id, problem in (await open_missing(self.client, self._store, self._clock())).items():
                channel = self.client.get_channel(channel_id)
                if self.alarms and isinstance(channel, discord.abc.GuildChannel):
                    await self.alarms.threaded(channel.guild.id, channel_id, problem)
        except Exception:  # nobody waits for this task, so that nobody else would tell
            log.exception("catching up failed")

    async def _pass_on_recent(self) -> None:
        """Pass on what was not passed on yet, since Discord was away or let no more through."""
        since = self._clock() - PASSED_ON_WITHIN
        announcing = [channel.id for channel in self.client.get_all_channels() if _announces(channel)]
        for post in await asyncio.to_thread(self._store.unpassed_posts, announcing, since):
            chosen = await asyncio.to_thread(posting, self._store, post.guild_id, post.channel_id)
            if chosen.crosspost:
                await self._pass_on([post])

    async def _pass_on(self, posts: Sequence[Post]) -> None:
        """Pass messages on from their announcement channel, in order; what cannot be now is tried again later."""
        if not _announces(self.client.get_channel(posts[0].channel_id)):
            return
        for post in posts:
            if post.message_id is None or post.crossposted_at is not None or post.id in self._kept:
                continue
            try:
                await asyncio.wait_for(self.client.http.publish_message(post.channel_id, post.message_id), PATIENCE)
            except _TROUBLE as error:
                if not _is_passed_on(error):
                    log.warning("not passed on", channel=post.channel_id, run=post.run_key, cause=repr(error))
                    if _is_refused(error):
                        self._kept.add(post.id)
                        continue
                    return
            await asyncio.to_thread(self._store.record_crosspost, post.id, self._clock())
            self._checkpoint("passed on")

    # ------------------------------------------------------------------------------------------------------ reconciling
    async def _resume(self, run_key: str) -> Delivery:
        self._under_way.add(run_key)
        try:
            await self._resume_run(run_key)
        except Exception:  # one broken delivery must not keep the others from their end
            log.exception("reconciling failed", run=run_key)
        finally:
            self._under_way.discard(run_key)
        return await self._standing(run_key)

    async def _resume_run(self, run_key: str) -> None:
        posts = await asyncio.to_thread(self._store.posts, run_key)
        try:
            found = await self._searched(posts)
        except _RefusedError as refusal:
            await self._refuse(posts, str(refusal))
            return
        except _TROUBLE as error:
            log.warning("history unreachable", channel=posts[0].channel_id, run=run_key, cause=repr(error))
            return
        for post in posts:
            if post.state is PostState.CLAIMED and post.part in found:
                await self._record(post, found[post.part])
        await self._finish(run_key, arrived=bool(found), posts=posts)

    async def _finish(self, run_key: str, *, arrived: bool, posts: Sequence[Post]) -> None:
        """Send the rest of a run, unless it is too late to begin with it."""
        arrived = arrived or any(post.state is PostState.SENT for post in posts)
        if not arrived and self._clock() - posts[0].claimed_at > self._too_late:
            await self._fail(posts, "It could not be posted in time; the next briefing tells its stories.")
            return
        await self._claim_missing(posts[0])
        await self._send_claimed(run_key)

    async def _claim_missing(self, first: Post) -> None:
        """Claim the messages that a crash between two claims left out."""
        stored = await asyncio.to_thread(self._store.briefing, first.briefing_id)
        assert stored is not None
        await self._claim_rest(first.guild_id, first.channel_id, first.run_key, first.briefing_id, stored.briefing)

    async def _searched(self, posts: Sequence[Post]) -> dict[int, int]:
        """Search the channel's history, again when Discord or the network is in trouble for a moment."""
        for wait in LOOK_AGAIN:
            try:
                return await self._history(posts)
            except _TROUBLE as error:
                log.info("history is read again", channel=posts[0].channel_id, cause=repr(error))
                await self._pause(wait)
        return await self._history(posts)

    async def _history(self, posts: Sequence[Post]) -> dict[int, int]:
        """Return the message ids of the parts that already stand in the channel.

        Refused where the history cannot be read and the nonce no longer protects from a second post.
        """
        first = posts[0]
        recent = self._clock() - first.claimed_at < NONCE_HOLDS
        if not self._history_readable(first) and not recent:
            raise _RefusedError(_UNREADABLE)
        channel: MessageableChannel = self._channel(first)
        found: dict[int, int] = {}
        try:
            async for message in channel.history(limit=HISTORY, after=first.claimed_at - CLOCK_SKEW):
                mark = find_marker(message) if self._is_ours(message) else None
                if mark and mark[0] == first.briefing_id:
                    found[mark[1]] = message.id
        except discord.Forbidden as error:
            if not recent:
                raise _RefusedError(_UNREADABLE) from error
        except discord.HTTPException as error:
            _raise_if_refused(error)
            raise
        return found

    def _is_ours(self, message: discord.Message) -> bool:
        return self.client.user is not None and message.author.id == self.client.user.id

    def _history_readable(self, post: Post) -> bool:
        """Whether the bot may read the channel's history, as far as is known: Discord shows an empty one otherwise."""
        channel = self.client.get_channel(post.channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.me is None:
            return True
        return channel.permissions_for(channel.guild.me).read_message_history


_UNREADABLE = (
    "Whether it arrived cannot be seen: allow the bot “Read Message History” in this channel. It is not posted again."
)


REFUSALS = {  # by Discord's code
    10004: "I am no longer on this server.",
    ARCHIVED: "The thread is archived and locked: unlock it, or allow the bot “Manage Threads” in this channel.",
    160005: "The thread is locked: unlock it, or allow the bot “Manage Threads” in this channel.",
    20016: "Slow mode is on there: allow the bot “Bypass Slow Mode” or “Manage Messages” in this channel.",
    60003: "This server asks for two-factor authentication: whoever owns the bot must turn it on for their own account.",
    200000: "This server's AutoMod blocked the message: let AutoMod pass what the bot's role writes.",
}


# ------------------------------------------------------------------------------------------------------ pure decisions
def nonce(run_key: str, part: int) -> str:
    """Return the same nonce for the same message of the same run; 24 of Discord's 25 characters."""
    return hashlib.sha256(f"{run_key}#{part}".encode()).hexdigest()[:24]


def standing(posts: Sequence[Post]) -> Delivery:
    """Judge a delivery by its messages: one refused fails it, one still claimed keeps it on its way."""
    sent = tuple(post.message_id for post in posts if post.message_id is not None)
    failed = [post for post in posts if post.state is PostState.FAILED]
    if failed:
        return Delivery(PostState.FAILED, sent, failed[0].error)
    if not posts or any(post.state is PostState.CLAIMED for post in posts):
        return Delivery(PostState.CLAIMED, sent, "Discord cannot be reached; it is tried again by itself.")
    return Delivery(PostState.SENT, sent)


def _raise_if_refused(error: Exception) -> None:
    """Raise _RefusedError for what another try cannot mend; trouble of the server, the network or rate limits passes."""
    if isinstance(error, discord.HTTPException) and _is_refused(error):
        unusable = error.status == HTTPStatus.BAD_REQUEST and error.code not in REFUSALS
        raise _RefusedError(refusal(error), for_itself=unusable) from error


def _has_picture(view: discord.ui.LayoutView) -> bool:
    """Whether a message shows a picture from elsewhere."""
    return any(isinstance(each, discord.ui.Thumbnail) for each in view.walk_children())


def _is_refused(error: Exception) -> bool:
    return isinstance(error, discord.HTTPException) and error.status < 500 and error.status != 429


def _is_passed_on(error: Exception) -> bool:
    return isinstance(error, discord.HTTPException) and error.code == PASSED_ON


def _announces(channel: object) -> bool:
    """Whether a channel is one that others follow."""
    return isinstance(channel, discord.TextChannel) and channel.is_news()


def refusal(error: discord.HTTPException) -> str:
    """Say why Discord refuses a channel, and what to do."""
    if told := REFUSALS.get(error.code):
        return told
    if isinstance(error, discord.NotFound):
        return "The channel is gone; remove its schedule with /schedule remove."
    if isinstance(error, discord.Forbidden):
        return "The bot may not post there: allow it “View Channel” and “Send Messages” in this channel."
    return f"Discord refuses the message ({error.status}, code {error.code}): {error.text or 'no reason given'}."
