"""A thread for each briefing, where its readers talk about it and ask about it.

A message has one thread at most, with its own id; so a crash between opening a thread and remembering it repeats nothing.
"""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import discord
import structlog

from bot.delivery.posting import posting
from bot.delivery.refusals import TROUBLE
from bot.rendering import shorten
from briefs.models import PostState

if TYPE_CHECKING:
    from datetime import datetime

    from briefs.models import Briefing, Post
    from briefs.store import Store

NAME_LIMIT = 100  # characters
ARCHIVED_AFTER: Final = 1440  # minutes without a word: a day
MISSED = timedelta(hours=1)  # after which a briefing's thread would come too late
EXISTS = 160004  # Discord's code: a thread has been created for this message already
MISSING = (
    "I may not open threads under briefings there: allow the bot “Create Public Threads” in this channel, "
    "or turn threads off in /settings."
)
IMPOSSIBLE = "This kind of channel takes no threads under briefings; turn threads off in /settings."
_DAY = re.compile(r"(?<!\d)(2\d{3})-(\d{2})-(\d{2})(?!\d)")  # in the key of a scheduled run: the local day
log = structlog.get_logger(__name__)


async def open_thread(client: discord.Client, store: Store, post: Post, briefing: Briefing) -> str | None:
    """Open the thread of a briefing under its first message, ``post``; safe to repeat.

    Returns None, or a sentence that says why there is none and what to do. What passes by itself raises as Discord raises it.
    """
    if post.message_id is None or await asyncio.to_thread(store.thread_of, post.briefing_id) is not None:
        return None
    try:
        thread_id = await _opened(client, post, name(briefing, post.run_key))
    except discord.HTTPException as error:
        if error.status >= 500 or error.status == 429:
            raise
        log.warning("no thread", channel=post.channel_id, briefing=post.briefing_id, cause=repr(error))
        return _refusal(error)
    await asyncio.to_thread(store.save_thread, thread_id, guild_id=post.guild_id, briefing_id=post.briefing_id)
    log.info("thread opened", channel=post.channel_id, briefing=post.briefing_id, thread=thread_id)
    return None


async def open_missing(client: discord.Client, store: Store, now: datetime) -> dict[int, str]:
    """Open the threads that a crash or an outage kept from briefings of the last hour, in channels that want them.

    Returns, by channel, why there is none and what to do.
    """
    problems: dict[int, str] = {}
    for post in await asyncio.to_thread(store.posts_without_thread, now - MISSED):
        wanted = await asyncio.to_thread(posting, store, post.guild_id, post.channel_id)
        stored = await asyncio.to_thread(store.briefing, post.briefing_id) if wanted.thread else None
        if stored is None or any(
            p.state is not PostState.SENT for p in await asyncio.to_thread(store.posts, post.run_key)
        ):
            continue
        try:
            problem = await open_thread(client, store, post, stored.briefing)
        except TROUBLE as error:
            log.warning("thread waits", channel=post.channel_id, briefing=post.briefing_id, cause=repr(error))
            continue
        problems |= {post.channel_id: problem} if problem else {}
    return problems


async def _opened(client: discord.Client, post: Post, title: str) -> int:
    """Return the id of the message's thread, opened now or found there."""
    assert post.message_id is not None
    try:
        await client.http.start_thread_with_message(
            post.channel_id, post.message_id, name=title, auto_archive_duration=ARCHIVED_AFTER, reason="Debrief"
        )
    except discord.HTTPException as error:
        if error.code != EXISTS:
            raise
    return post.message_id


def name(briefing: Briefing, run_key: str = "") -> str:
    """Return what a briefing's thread is called: "Morning briefing · 2 August 2025", by the day of its run where it was made."""
    found = _DAY.search(run_key)
    on = date(int(found[1]), int(found[2]), int(found[3])) if found else briefing.made_at.date()
    day = f" · {on.day} {on:%B %Y}"
    return shorten(briefing.title, NAME_LIMIT - len(day)) + day


def _refusal(error: discord.HTTPException) -> str | None:
    """Say why there is no thread, and what to do; None where the message itself is gone."""
    if isinstance(error, discord.Forbidden):
        return MISSING
    return None if isinstance(error, discord.NotFound) else IMPOSSIBLE
