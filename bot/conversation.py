"""What people say to the bot without a command: a reply to a message of its own, or a mention.

Discord gives the words of a message only to a bot that it mentions; that needs no privileged intent. A reply mentions the
author of what it replies to, unless its writer turned that off, or what it replies to was the answer to a command: then the
words do not reach us, and we say so once a day.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from contextlib import asynccontextmanager
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

import discord
import structlog

from bot import asking, pointing, rendering
from bot.commands import failures
from bot.rendering import pages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from bot.client import Debrief
    from bot.rendering import Page

HINT_EVERY = timedelta(days=1)  # to one person
HINTED = 10_000  # persons remembered
NO_HISTORY = 160002  # Discord's code: no reply without the permission to read the history
NOT_HEARD = "I see that you replied, but Discord shows me your words only if you mention me."
HELP = "Ask me about the news of this server, for example: “Who met whom?” or “When is the next launch?”."
HELP_MORE = "`/ask` does the same and offers names as you type; `/help` shows all I can do."
ORDINARY = (discord.MessageType.default, discord.MessageType.reply)
_THANKS = re.compile(  # nothing is asked
    r"^\W*(?:(?:ok(?:ay)?|oh|ah|wow|cool|nice|great|good|perfect|lol|haha|thanks?(?: you)?(?: a lot| so much| very much)?|thx|ty|cheers|"
    r"good (?:bot|job|to know)|well done|got it|i see|interesting|yes|no|yep|nope|please)\b\W*)+$",
    re.IGNORECASE,
)
_HELLO = re.compile(
    r"^\W*(?:(?:hi|hello|hey|yo|help|good (?:morning|evening|day))\b\W*(?:there|bot|all)?\W*)?$", re.IGNORECASE
)
log = structlog.get_logger(__name__)


class Heard(Enum):
    """What a message is to us."""

    NOTHING = auto()  # none of our business
    QUESTION = auto()
    CALL = auto()  # a mention without words
    MUTE = auto()  # a reply to us whose words we are not shown


class Hints:
    """To whom it was said lately that replies need a mention. Forgotten at a restart: it is one line, to few."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[int, int], datetime] = OrderedDict()

    def due(self, guild_id: int, person: int, now: datetime) -> bool:
        """Whether it may be said to a person of a server now; then it counts as said."""
        last = self._told.get((guild_id, person))
        if last is not None and now - last < HINT_EVERY:
            return False
        self._told.pop((guild_id, person), None)
        self._told[guild_id, person] = now
        while len(self._told) > HINTED:
            self._told.popitem(last=False)
        return True


async def heard(client: Debrief, message: discord.Message) -> None:
    """Answer a question that was put to the bot; anything else is none of its business."""
    us = client.user
    if us is None or message.guild is None:
        return
    kind = meant(message, us.id)
    if kind is Heard.NOTHING:
        return
    try:
        await _reply(client, message, kind, us.id)
    except discord.HTTPException as error:  # the channel is gone, archived or closed to us: nobody is left to tell
        log.info("reply not sent", guild=message.guild.id, channel=message.channel.id, cause=repr(error))


def meant(message: discord.Message, us: int) -> Heard:
    """Tell what a message is to us, whose id is ``us``."""
    if message.author.bot or message.webhook_id or message.type not in ORDINARY or message.message_snapshots:
        return Heard.NOTHING
    before = _replied_to(message, us)
    if not message.content and not message.attachments and not message.stickers:  # its words are not for us to see
        return Heard.NOTHING if before is None else Heard.MUTE
    if not any(user.id == us for user in message.mentions):
        return Heard.NOTHING
    words = question(message, us)
    if _THANKS.match(words):
        return Heard.NOTHING
    return Heard.CALL if _HELLO.match(words) else Heard.QUESTION


def question(message: discord.Message, us: int) -> str:
    """Return the words of a message to us without the mention, as long as a question may be."""
    words = re.sub(rf"<@!?{us}>", " ", message.content)
    return rendering.shorten(pointing.plain(words), asking.QUESTION_LIMIT)


def _replied_to(message: discord.Message, us: int) -> discord.Message | None:
    """Return the message of ours that this one replies to."""
    before = message.reference.resolved if message.reference else None
    return before if isinstance(before, discord.Message) and before.author.id == us else None


async def _reply(client: Debrief, message: discord.Message, kind: Heard, us: int) -> None:
    """Reply to what was said to us; what goes wrong is told in the same place."""
    before = _replied_to(message, us)
    context = pointing.context(before) if before else ""
    if kind is Heard.MUTE:
        if client.hints.due(_guild(message), message.author.id, client.newsroom.clock()):
            await _send(message, _hint(context, us))
        return
    try:
        client.limits.admit(message)
        view = _help() if kind is Heard.CALL else await _answered(client, message, context, us)
    except discord.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - the one place where a conversation's failures end, as the tree's do
        words = failures.sentence(error) or failures.coded(error, command="conversation", guild=_guild(message))
        view = rendering.page([words], accent=pages.WARNING)
    await _send(message, view)


async def _answered(client: Debrief, message: discord.Message, context: str, us: int) -> Page:
    words = asking.words(question(message, us))
    async with _typing(message):
        asked = asking.Asked(words, _guild(message), message.channel.id, message.author.id, context)
        told = await client.answered(asked)
    return rendering.answer_message(told.answer, answer_id=told.id, hints=told.hints)


def _help() -> Page:
    return rendering.page([HELP, f"-# {HELP_MORE}"])


def _hint(context: str, us: int) -> Page:
    """Return how to be heard; with a form at hand that needs no mention."""
    kind, _, rest = context.partition(":")
    ask = pages.button("Ask here instead", f"answer:{rest}:ask", primary=True) if kind == "answer" else None
    words = f"{NOT_HEARD} Begin with <@{us}>, or use `/ask`."
    return rendering.page([words], buttons=[ask] if ask else ())


@asynccontextmanager
async def _typing(message: discord.Message) -> AsyncIterator[None]:
    """Show that an answer is coming; where that is refused, the answer comes all the same."""
    typing = message.channel.typing()
    try:
        await typing.__aenter__()
    except discord.HTTPException:
        yield
        return
    try:
        yield
    finally:
        await typing.__aexit__(None, None, None)


async def _send(message: discord.Message, view: Page) -> None:
    """Reply; without a reference where the message is gone or its history is closed to us."""
    reference = message.to_reference(fail_if_not_exists=False)
    nobody = discord.AllowedMentions.none()
    try:
        await message.channel.send(view=view, reference=reference, mention_author=False, allowed_mentions=nobody)
    except discord.HTTPException as error:
        if error.code != NO_HISTORY:
            raise
        await message.channel.send(view=view, allowed_mentions=nobody)


def _guild(message: discord.Message) -> int:
    assert message.guild is not None
    return message.guild.id
