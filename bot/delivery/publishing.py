"""A briefing into a channel, exactly once, whatever crashes.

    verify ─▶ save ─▶ claim every message ─▶ for each: send with a nonce ─▶ record
    then, without keeping anybody waiting: pass on what stands in an announcement channel, open the thread
    a message whose picture Discord cannot use is sent without it
    at start, and now and then: each claimed message ─▶ look in the channel's history ─▶ record, else send again

All messages of a briefing are claimed before the first is sent, so that whatever a crash leaves undone stands in the ledger.
A nonce makes Discord drop a repeated send for a few minutes; after that only the channel's history can tell, and is asked.
What follows a delivery is in ``following.py``, the search in ``reconciling.py``, what Discord refuses in ``refusals.py``.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord
import structlog

from bot.delivery.following import Following
from bot.delivery.patience import ANSWER, Since, within
from bot.delivery.posting import posting
from bot.delivery.reconciling import History
from bot.delivery.refusals import ARCHIVED, TROUBLE, RefusedError, raise_if_refused
from bot.operation.vitals import Vitals
from bot.rendering import briefing_messages, pages
from briefs import briefing as briefings
from briefs.errors import DatabaseUnavailableError
from briefs.models import PostState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.alarms import Alarms
    from bot.rendering import Page
    from briefs.models import Briefing, Clock, Post
    from briefs.store import Store

log = structlog.get_logger(__name__)

BACK_OFF = (1.0, 4.0, 15.0, 60.0)  # seconds between tries, beyond the library's own five tries for each
NONCE_HOLDS = 120.0  # seconds: Discord drops a repeated nonce for "a few minutes"; two are safe
SAFE = NONCE_HOLDS - ANSWER  # seconds in which a message may be sent again, since it may take a while to arrive
READY_WITHIN = 30.0  # seconds for the gateway
RESUMED_AT_ONCE = 8  # channels whose interrupted deliveries are brought to their end
TOO_LATE = timedelta(hours=2)  # a briefing of which nothing arrived is not sent later than this
FINISHED_WITHIN = timedelta(days=1)  # the rest of one that began to arrive waits so long for its channel to take it
UPDATED = "I was updated while I posted it, so that its end may be missing: /latest shows it whole."


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a briefing's delivery stands.

    ``sent``: all messages stand in the channel. ``claimed``: still on its way, and tried again by itself. ``failed``: refused
    for good; ``problem`` is a sentence that says what to do.
    """

    state: PostState
    message_ids: tuple[int, ...] = ()
    problem: str | None = None


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
        vitals: Vitals | None = None,
    ) -> None:
        self.alarms = alarms
        self._following = Following(store, client, clock, checkpoint=checkpoint, alarms=alarms)
        self._history = History(client, pause)
        self._vitals = vitals or Vitals(clock)
        self._store = store
        self.client = client
        self._clock = clock
        self._too_late = too_late
        self._pause = pause
        self._checkpoint = checkpoint
        self._under_way: set[str] = set()
        self._in_line = asyncio.Event()
        self._resuming = asyncio.Semaphore(RESUMED_AT_ONCE)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @property
    def under_way(self) -> int:
        """How many briefings are being posted or looked for."""
        return len(self._under_way)

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
        """Bring every delivery that a crash or an outage interrupted to its end; one that fails does not stop the others.

        Nor does one that waits for Discord hold up those of other channels; in its own it comes before all that is newer.
        """
        ready, resuming = asyncio.Event(), None
        try:
            interrupted = await self._interrupted()
            resuming = asyncio.gather(*(self._resume_all(*each, ready) for each in interrupted.items()))
            await asyncio.sleep(0)  # each of them waits for its channel's turn now
            self._in_line.set()
            await self._until_ready()
            ready.set()
            self._following.later(self._following.catch_up)
            return tuple(chain.from_iterable(await resuming))
        finally:
            self._in_line.set()
            if resuming:
                resuming.cancel()

    async def in_line(self) -> None:
        """Wait until what was interrupted before the start has its channels' turns, or comes next."""
        await self._in_line.wait()

    async def settled(self) -> None:
        """Wait until all that follows the deliveries so far is done."""
        await self._following.settled()

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
    async def _send_claimed(self, run_key: str, absent: Since | None = None) -> None:
        """Send what is claimed of a run, in order; what cannot be sent now stays claimed, what is refused fails.

        ``absent``: when it was seen that nothing of it stands in the channel; None: nobody sent anything of it yet.
        """
        posts = await asyncio.to_thread(self._store.posts, run_key)
        stored = await asyncio.to_thread(self._store.briefing, posts[0].briefing_id)
        assert stored is not None
        chosen = await asyncio.to_thread(posting, self._store, posts[0].guild_id, posts[0].channel_id)
        views = briefing_messages(stored.briefing, briefing_id=posts[0].briefing_id, images=chosen.images)
        for post in posts:
            if post.state is not PostState.CLAIMED:
                continue
            if post.part >= len(views):  # what stood in it stands in another one, which may have been sent before that
                await asyncio.to_thread(self._store.record_failed, post.id, UPDATED)
                continue
            try:
                message_id = await self._deliver(post, views[post.part], absent or Since(self._clock))
            except RefusedError as refusal:
                await self._refuse(run_key, refusal)
                return
            except TROUBLE as error:
                log.warning("briefing waits", channel=post.channel_id, run=run_key, part=post.part, cause=repr(error))
                return
            await self._record(post, message_id)
        self._following.later(partial(self._following.follow, run_key, stored.briefing, chosen), run=run_key)

    async def _deliver(self, post: Post, view: Page, absent: Since) -> int:
        """Send one message; without its picture where Discord cannot use that: its marker stays the same. Return its id."""
        try:
            return await self._send(post, view, absent)
        except RefusedError as refusal:
            bare = pages.without_pictures(view) if refusal.for_itself else None
            if bare is None:
                raise
            log.info("picture refused", channel=post.channel_id, run=post.run_key, part=post.part, cause=str(refusal))
        self._checkpoint("picture refused")
        return await self._send(post, bare, absent)

    async def _send(self, post: Post, view: discord.ui.LayoutView, absent: Since) -> int:
        """Send one message, again with the same nonce while Discord or the network is in trouble; return its id.

        Each try may have stored it, whatever became of the answer: once the nonce may be forgotten, the history is asked
        before the next. ``absent`` is since when the message may stand there.
        """
        channel = self._channel(post)
        for wait in (*BACK_OFF, None):
            if absent.seconds >= SAFE:
                absent = Since(self._clock)
                found = await self._history.arrived([post])
                if post.part in found:
                    return found[post.part]
            try:
                with within(SAFE - absent.seconds):
                    message = await channel.send(
                        view=view, nonce=post.nonce, allowed_mentions=discord.AllowedMentions.none()
                    )
            except TROUBLE as error:
                opened = await self._opened_again(error, post)
                if not opened:
                    raise_if_refused(error)
                if wait is None:
                    raise
                await self._pause(0 if opened else wait)
            else:
                self._checkpoint("sent")
                return message.id
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
        except TROUBLE as trouble:
            log.info("thread stays archived", channel=post.channel_id, cause=repr(trouble))
            return False
        return True

    async def _record(self, post: Post, message_id: int) -> None:
        """Record that a message stands; while the database takes nothing in, wait a little before the history is to tell."""
        for wait in (*BACK_OFF, None):
            try:
                await asyncio.to_thread(self._store.record_sent, post.id, message_id)
                break
            except DatabaseUnavailableError as error:
                if wait is None:
                    raise
                log.warning("sent, not recorded yet", run=post.run_key, part=post.part, cause=str(error))
                await self._pause(wait)
        self._vitals.briefings["posted"] += 1
        log.info("briefing posted", channel=post.channel_id, run=post.run_key, part=post.part, message=message_id)
        self._checkpoint("recorded")

    async def _refuse(self, run_key: str, refusal: RefusedError) -> None:
        """Record that Discord refused a run; the server's admins are to know.

        The rest of one that began to arrive waits for a while: no other briefing would tell what stands in it.
        """
        posts, problem = await asyncio.to_thread(self._store.posts, run_key), str(refusal)
        begun = any(post.state is PostState.SENT for post in posts)
        if not (begun and refusal.for_now and self._clock() - posts[0].claimed_at < FINISHED_WITHIN):
            await self._fail(posts, problem)
        if self.alarms:
            await self.alarms.refused(posts[0].guild_id, posts[0].channel_id, problem)

    async def _fail(self, posts: Sequence[Post], problem: str) -> None:
        """Record that the rest of a run was refused for good."""
        for post in posts:
            await asyncio.to_thread(self._store.record_failed, post.id, problem)  # what was sent stays sent
            self._vitals.briefings["failed"] += post.state is PostState.CLAIMED
        log.warning("briefing refused", channel=posts[0].channel_id, run=posts[0].run_key, problem=problem)

    def _channel(self, post: Post) -> discord.PartialMessageable:
        """Return the channel without asking Discord for it: sending needs only its id."""
        return self.client.get_partial_messageable(post.channel_id, guild_id=post.guild_id or None)

    # ------------------------------------------------------------------------------------------------------ reconciling
    async def _interrupted(self) -> dict[int, list[str]]:
        """Return the run keys of what was interrupted, oldest first, by channel; from here on they are under way."""
        posts = await asyncio.to_thread(self._store.unfinished_posts)
        found: defaultdict[int, list[str]] = defaultdict(list)
        for run_key, channel_id in dict.fromkeys((post.run_key, post.channel_id) for post in posts):
            if run_key not in self._under_way:
                self._under_way.add(run_key)
                found[channel_id].append(run_key)
        return found

    async def _until_ready(self) -> None:
        """Wait for the gateway, but not for ever: with it permissions are known; without it they are taken for given."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.client.wait_until_ready(), READY_WITHIN)

    async def _resume_all(self, channel_id: int, run_keys: Sequence[str], ready: asyncio.Event) -> list[Delivery]:
        """Resume the runs of a channel, when it is its turn."""
        try:
            async with self.turn(channel_id):
                await ready.wait()
                async with self._resuming:
                    return [await self._resume(run_key) for run_key in run_keys]
        finally:
            self._under_way.difference_update(run_keys)

    async def _resume(self, run_key: str) -> Delivery:
        try:
            await self._resume_run(run_key)
        except Exception:  # one broken delivery must not keep the others from their end
            log.exception("reconciling failed", run=run_key)
        return await self._standing(run_key)

    async def _resume_run(self, run_key: str) -> None:
        posts, absent = await asyncio.to_thread(self._store.posts, run_key), Since(self._clock)
        passed = self._clock() - posts[0].claimed_at
        protected = timedelta(0) <= passed < timedelta(seconds=SAFE)  # by a clock that was not set back since
        try:
            found = await self._history.arrived(posts, protected=protected)
        except RefusedError as refusal:
            await self._refuse(run_key, refusal)
            return
        except TROUBLE as error:
            log.warning("history unreachable", channel=posts[0].channel_id, run=run_key, cause=repr(error))
            return
        for post in posts:
            if post.state is PostState.CLAIMED and post.part in found:
                await self._record(post, found[post.part])
        self._checkpoint("reconciled")
        await self._finish(run_key, arrived=bool(found), posts=posts, absent=absent)

    async def _finish(self, run_key: str, *, arrived: bool, posts: Sequence[Post], absent: Since) -> None:
        """Send the rest of a run, unless it is too late to begin with it."""
        arrived = arrived or any(post.state is PostState.SENT for post in posts)
        if not arrived and self._clock() - posts[0].claimed_at > self._too_late:
            await self._fail(posts, "It could not be posted in time; the next briefing tells its stories.")
            return
        await self._claim_missing(posts[0])
        await self._send_claimed(run_key, absent)

    async def _claim_missing(self, first: Post) -> None:
        """Claim the messages that a crash between two claims left out."""
        stored = await asyncio.to_thread(self._store.briefing, first.briefing_id)
        assert stored is not None
        await self._claim_rest(first.guild_id, first.channel_id, first.run_key, first.briefing_id, stored.briefing)


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
        why = "A part of it waits for Discord" if sent else "Discord cannot be reached"
        return Delivery(PostState.CLAIMED, sent, f"{why}; it is tried again by itself.")
    return Delivery(PostState.SENT, sent)
