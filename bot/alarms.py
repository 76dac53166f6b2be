"""What a server's admins must mend, so that briefings reach their channels: told once, and once that it is mended.

    each minute: every channel with a schedule ─▶ may I post there? ─▶ raise an alarm, or clear it
    a channel was deleted: its schedules are paused, not lost      a delivery was refused: an alarm in Discord's words
    raised and not told ─▶ claim ─▶ one message for a server ─▶ where its admins read it; nowhere: a later round tries again

An alarm about a channel is called "channel 123" where the bot itself sees what is wrong, "post 123" where only a delivery met
it, and "thread 123" where its thread could not be opened; the next delivery for which all went well clears these. One about
the bot itself is called "job poll", and of a schedule whose briefing cannot be made "briefing 7". Cleared before it is told:
a crash in between loses a word and never repeats one. `/status` shows what is raised. That the database cannot be used
cannot be stored: it is remembered by the process alone, and told once by each.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import structlog

from bot import admins, rendering
from bot.access import Postable, missing, remedy
from bot.operation.jobs import FAILING, POLL
from bot.rendering import pages
from briefs.store import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.rendering import Page
    from briefs.models import Clock, Schedule
    from briefs.store import Store
    from briefs.store.records import Alarm

CHANNEL, POST, THREAD = "channel", "post", "thread"
JOB, BRIEFING = "job", "briefing"
UNMADE = 3  # tries in a row, after which a server is told that its briefing cannot be made
PATIENCE = timedelta(hours=2)  # after which servers are told that no feed is read, which their admins cannot mend
ASK_EVERY = timedelta(hours=1)
GONE = (
    "I paused its briefings. Choose another channel with `/schedule edit` and go on with `/schedule resume`, or drop them "
    "with `/schedule remove`."
)
HINT = "-# I say this once, and once more when it is well again. `/status` shows it at any time."
OWNERS_HINT = (
    "-# My log says why, and `debrief check` what else is wrong. I say this once, and once more when it is over."
)
log = structlog.get_logger(__name__)


class Alarms:
    """Raises, clears and tells the alarms of all servers. Called on the event loop."""

    def __init__(self, store: Store, client: discord.Client, clock: Clock) -> None:
        self._store = store
        self._client = client
        self._clock = clock
        self._asked: dict[int, datetime] = {}  # channels that are not known, and when Discord was asked for them
        self._unheard: set[int] = set()  # servers where nobody could be told, so that the log says it once
        self._unusable_since: datetime | None = None  # the database
        self._complained: str | None = None  # what the owner was told of it

    async def look(self) -> None:
        """Judge every channel that gets briefings, then tell what is to be told."""
        if not self._client.is_ready():  # servers and channels are not known yet
            return
        schedules = await asyncio.to_thread(self._store.schedules)
        alarms = await asyncio.to_thread(self._store.alarms)
        raised = {(alarm.guild_id, alarm.subject) for alarm in alarms}
        for guild_id, channel_id in dict.fromkeys(
            (each.guild_id, each.channel_id) for each in schedules if not each.paused_at
        ):
            await self._judge(guild_id, channel_id, known=(guild_id, f"{CHANNEL} {channel_id}") in raised)
            await asyncio.sleep(0)  # of many servers, none holds up an interaction
        await self._drop(alarms, schedules)
        await self._tell_all()

    async def deleted(self, channel: discord.abc.GuildChannel | discord.Thread) -> None:
        """Pause what was to be posted in a channel that is gone, and tell it."""
        if await self._own(channel.guild.id, channel.id):
            await self._gone(channel.guild.id, channel.id, rendering.clip(channel.name, 100))
            await self._tell_all()

    async def refused(self, guild_id: int, channel_id: int, problem: str) -> None:
        """Note that Discord refused a delivery; what the bot can see for itself says it better."""
        if await self._own(guild_id, channel_id) and not await self._judge(guild_id, channel_id, known=False):
            await self._raise(guild_id, f"{POST} {channel_id}", f"<#{channel_id}>: {problem}")

    async def threaded(self, guild_id: int, channel_id: int, problem: str | None) -> None:
        """Note why a briefing's thread could not be opened; None: it could, or none is wanted."""
        if problem:
            await self._raise(guild_id, f"{THREAD} {channel_id}", f"<#{channel_id}>: {problem}")
        else:
            await self._clear(guild_id, channel_id, THREAD)

    async def arrived(self, guild_id: int, channel_id: int) -> None:
        """Note that a delivery arrived: whatever was wrong with the channel is mended."""
        await self._clear(guild_id, channel_id, POST, CHANNEL)

    async def _own(self, guild_id: int, channel_id: int) -> list[Schedule]:
        schedules = await asyncio.to_thread(self._store.schedules, guild_id)
        return [schedule for schedule in schedules if schedule.channel_id == channel_id]

    # --------------------------------------------------------------------------------------------- the bot's own work
    async def of_jobs(self, said: Mapping[str, str]) -> None:
        """Raise what is said of the bot's own jobs, by their names, and take back the rest.

        The application's owner is told, and with patience the servers whose briefings suffer.
        """
        alarms = await asyncio.to_thread(self._store.alarms)
        for name, sentence in said.items():
            await self._raise(EVERYONE, f"{JOB} {name}", sentence)
        for alarm in alarms:
            kind, _, name = alarm.subject.partition(" ")
            if kind == JOB and name not in said:
                await self._over(alarm)
        unread = f"{JOB} {POLL.name}"
        raised_at = next((a.raised_at for a in alarms if (a.guild_id, a.subject) == (EVERYONE, unread)), None)
        if POLL.name in said and raised_at and self._clock() - raised_at >= PATIENCE:
            for guild_id in await asyncio.to_thread(self._briefed):
                await self._raise(guild_id, unread, said[POLL.name])

    async def of_database(self, problem: str | None) -> None:
        """Tell the application's owner that the database could not be used for minutes; None: that it can be again."""
        if problem is None:
            told, self._complained, self._unusable_since = self._complained, None, None
            if told:
                await self._owner_told(over(told))
            return
        now = self._clock()
        self._unusable_since = min(self._unusable_since or now, now)
        if (
            self._complained is None
            and now - self._unusable_since >= FAILING
            and await self._owner_told(wrong(problem))
        ):
            self._complained = problem

    async def made(self, schedule: Schedule, *, failures: int) -> None:
        """Note how the making of a briefing went: ``failures`` in a row, or none."""
        subject = f"{BRIEFING} {schedule.id}"
        if failures >= UNMADE:
            await self._raise(schedule.guild_id, subject, unmade(schedule.channel_id))
        elif not failures:
            for alarm in await asyncio.to_thread(self._store.alarms, schedule.guild_id):
                if alarm.subject == subject:
                    await self._over(alarm)

    def _briefed(self) -> list[int]:
        """The servers that get briefings. Reads the store."""
        return list(dict.fromkeys(each.guild_id for each in self._store.schedules() if not each.paused_at))

    async def _over(self, alarm: Alarm) -> None:
        """Take an alarm back; who knows of it is told."""
        if await asyncio.to_thread(self._store.clear_alarm, alarm.guild_id, alarm.subject):
            log.info("alarm cleared", guild=alarm.guild_id, subject=alarm.subject)
            if alarm.told_at:
                await self._told(alarm.guild_id, over(alarm.detail))

    # ---------------------------------------------------------------------------------------------------- judging
    async def _judge(self, guild_id: int, channel_id: int, *, known: bool) -> bool:
        """Raise the alarm about a channel, or clear the one that is ``known``; whether something can be seen to be wrong."""
        guild = self._client.get_guild(guild_id)
        if guild is None or guild.unavailable:
            return False
        channel = guild.get_channel_or_thread(channel_id) or await self._looked_up(guild_id, channel_id)
        told = problem(channel) if channel else None
        if told:
            await self._raise(guild_id, f"{CHANNEL} {channel_id}", told)
        elif known and channel:
            await self._clear(guild_id, channel_id, CHANNEL)
        return told is not None

    async def _looked_up(self, guild_id: int, channel_id: int) -> object:
        """Ask Discord, once an hour, for a channel that is not known: a thread in which nobody wrote for long, or it is gone."""
        now = self._clock()
        passed = now - self._asked.get(channel_id, now - ASK_EVERY)
        if timedelta(0) <= passed < ASK_EVERY:  # less than none: the clock was set back since
            return None
        self._asked[channel_id] = now
        try:
            return await self._client.fetch_channel(channel_id)
        except discord.NotFound:
            await self._gone(guild_id, channel_id, None)
        except admins.TROUBLE as error:
            log.info("channel not known", channel=channel_id, cause=repr(error))
        return None

    async def _gone(self, guild_id: int, channel_id: int, name: str | None) -> None:
        """Pause the schedules of a channel that is gone."""
        for schedule in await self._own(guild_id, channel_id):
            if not schedule.paused_at:
                await asyncio.to_thread(self._store.pause_schedule, guild_id, schedule.id, self._clock())
        which = f"The channel **{name}**" if name else "A channel that got briefings"
        await self._raise(guild_id, f"{CHANNEL} {channel_id}", f"{which} was deleted, so {GONE}")

    async def _drop(self, alarms: Iterable[Alarm], schedules: Iterable[Schedule]) -> None:
        """Take back the alarms about channels that are to get nothing any more: there is nothing to be mended."""
        wanted = {
            (each.guild_id, f"{kind} {each.channel_id}") for each in schedules for kind in (CHANNEL, POST, THREAD)
        }
        for alarm in alarms:
            about = alarm.subject.partition(" ")[0] in (CHANNEL, POST, THREAD)
            if about and (alarm.guild_id, alarm.subject) not in wanted:
                await asyncio.to_thread(self._store.clear_alarm, alarm.guild_id, alarm.subject)

    async def _raise(self, guild_id: int, subject: str, detail: str) -> None:
        if await asyncio.to_thread(self._store.raise_alarm, guild_id, subject, detail, self._clock()):
            log.warning("alarm", guild=guild_id, subject=subject, detail=detail)

    async def _clear(self, guild_id: int, channel_id: int, *kinds: str) -> None:
        """Take back the alarms about a channel; who knows of one is told that it is mended."""
        subjects = {f"{kind} {channel_id}" for kind in kinds}
        alarms = await asyncio.to_thread(self._store.alarms, guild_id)
        mine = [alarm for alarm in alarms if alarm.subject in subjects]
        cleared = [alarm for alarm in mine if await asyncio.to_thread(self._store.clear_alarm, guild_id, alarm.subject)]
        if cleared:
            log.info("alarm cleared", guild=guild_id, channel=channel_id)
        if any(alarm.told_at for alarm in cleared):
            await self._told(guild_id, mended(channel_id))

    # ---------------------------------------------------------------------------------------------------- telling
    async def _tell_all(self) -> None:
        servers: defaultdict[int, list[Alarm]] = defaultdict(list)
        for alarm in await asyncio.to_thread(self._store.alarms):
            if alarm.told_at is None:
                servers[alarm.guild_id].append(alarm)
        for guild_id, alarms in servers.items():
            await self._tell(guild_id, alarms)

    async def _tell(self, guild_id: int, alarms: Sequence[Alarm]) -> None:
        """Claim what nobody else has claimed, tell it, and give back what could not be told."""
        now = self._clock()
        mine = [alarm for alarm in alarms if await asyncio.to_thread(self._store.tell_alarm, alarm, now)]
        if not mine:
            return
        heard = False
        try:
            heard = await self._told(guild_id, message(mine))
        finally:
            for alarm in () if heard else mine:
                await asyncio.to_thread(self._store.tell_alarm, alarm, None)

    async def _told(self, guild_id: int, view: Page) -> bool:
        """Write to the first place where a server's admins read, or to the owner of the application; whether there is one."""
        if guild_id == EVERYONE:
            return await self._owner_told(view)
        guild = self._client.get_guild(guild_id)
        if guild is None:
            return False
        try:
            heard = await self._written(guild, view)
        except admins.TROUBLE as error:
            log.warning("alarms wait", guild=guild_id, cause=repr(error))
            return False
        if not heard and guild_id not in self._unheard:
            log.warning("nobody could be told of an alarm", guild=guild_id)
        (self._unheard.discard if heard else self._unheard.add)(guild_id)
        return heard

    async def _owner_told(self, view: Page) -> bool:
        about = self._client.application
        owner = (about.team.owner_id if about.team else about.owner.id) if about else None
        try:
            heard = owner is not None and await admins.whispered(self._client, owner, view)
        except admins.TROUBLE as error:
            log.warning("alarms wait", cause=repr(error))
            return False
        if not heard and EVERYONE not in self._unheard:
            log.warning("the owner of the application could not be told of an alarm")
        (self._unheard.discard if heard else self._unheard.add)(EVERYONE)
        return heard

    async def _written(self, guild: discord.Guild, view: Page) -> bool:
        for channel in await asyncio.to_thread(admins.channels, self._store, guild):
            if await admins.sent(channel, view):
                return True
        schedules = await asyncio.to_thread(self._store.schedules, guild.id)
        makers = dict.fromkeys(schedule.created_by for schedule in schedules)
        for maker in filter(None, makers):
            if await admins.whispered(self._client, maker, view):
                return True
        for channel in await asyncio.to_thread(admins.briefed, self._store, guild):
            if await admins.sent(channel, view):
                return True
        return False


# ------------------------------------------------------------------------------------------------------ pure decisions
def problem(channel: object) -> str | None:
    """Say why the bot cannot post in a channel, and how to mend it; None where it can."""
    if not isinstance(channel, Postable):
        return "Briefings are to go to a place where nobody can post. Choose another with `/schedule edit`."
    if isinstance(channel, discord.Thread) and channel.locked and not may_unlock(channel):
        return (
            f"The thread {channel.mention} is locked, so I cannot post there. Unlock it, or allow me **Manage Threads** in "
            f"the {remedy_place(channel)}."
        )
    lacks = missing(channel)
    return f"I may not post in {channel.mention} any more. To mend it: {remedy(channel, lacks)}." if lacks else None


def may_unlock(thread: discord.Thread) -> bool:
    """Whether the bot may post in a thread that is locked."""
    return thread.permissions_for(thread.guild.me).manage_threads


def remedy_place(thread: discord.Thread) -> str:
    """Return whose settings hold a thread's permissions."""
    return f"settings of {thread.parent.mention}" if thread.parent else "channel's settings"


def message(alarms: Sequence[Alarm]) -> Page:
    """Return the alarms of one server as one message."""
    details = [alarm.detail for alarm in alarms]
    if all(alarm.guild_id == EVERYONE for alarm in alarms):
        return wrong(*details)
    return _message("### ⚠️ Something is in the way of your briefings", details, HINT)


def wrong(*details: str) -> Page:
    """Return what is wrong with the bot itself, for its owner."""
    return _message("### ⚠️ Something is wrong with me", details, OWNERS_HINT)


def _message(head: str, details: Sequence[str], hint: str) -> Page:
    rows = rendering.listed([f"- {detail}" for detail in details], empty="")
    return rendering.page([rendering.lines(head, rows), hint], accent=pages.WARNING)


def unmade(channel_id: int) -> str:
    """Say that a briefing cannot be made."""
    return (
        f"The briefing for <#{channel_id}> could not be made. I go on trying; whoever runs this bot finds the reason in its "
        "log."
    )


def over(detail: str) -> Page:
    """Return the word that an alarm about the bot itself is over."""
    return rendering.page([rendering.lines("### ✅ All is well again", f"-# It was: {detail}")])


def mended(channel_id: int) -> Page:
    """Return the word that an alarm is over."""
    return rendering.page(
        [rendering.lines("### ✅ All is well again", f"Nothing is in the way of briefings in <#{channel_id}>.")]
    )
