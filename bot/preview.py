"""The same bot in a simulated Discord, in a browser, without a token.

A guild, a channel, an admin and a reader are made up; all else is real: the client, its commands and buttons, the publisher
and its ledger, the desk and its store. The page lets one look as either of the two.
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import discord

from bot import rendering
from bot.commands import failures
from bot.commands.brief import TITLE
from bot.desk import SAMPLES
from briefs.errors import SettingError
from briefs.sources.files import read_path

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from discord import app_commands
    from simcord import ChannelHandle, Env, GuildHandle, MemberActor, Preview

    from bot.client import Debrief, Jobs
    from briefs.models import Briefing, Clock

GUILD = 1_000_000_000_000_000_001  # fixed, so that articles can be loaded for it before the simulation runs
SETTLE_SECONDS = 120.0  # real work runs in threads and worker processes; the simulation waits for it


async def serve(
    client: Debrief,
    *,
    port: int,
    tell: Callable[[str], None],
    once: bool = False,
) -> None:
    """Brief into the simulated channel, print the briefing and the page's address, and serve until interrupted.

    ``once`` prints and returns: for scripts. Raises SettingError when the port is taken.
    """
    backstage = client.scheduler = Backstage(client.scheduler)
    env = simulate(client)
    await env.start()
    answer_expected_failures(client)
    try:
        with env.time_context():
            await _name(client)
            channel, *people = furnish(env)
            briefing = await asyncio.to_thread(client.newsroom.compose, GUILD, title=TITLE, channel_id=channel.id)
            tell(rendering.plain(briefing))
            await _publish(env, client, channel, briefing)
            if not once:
                async with backstage.running():
                    await _serve(env, client, channel, people, port, tell)
    finally:
        await env.shutdown()


def simulate(client: Debrief) -> Env:
    """Return a simulated Discord around the bot, not started yet; its clock shows what the desk's shows.

    Its own clock stands still, so that what was read a minute ago would be read "in a minute".
    """
    import simcord

    env = simcord.Env(client, check_errors=False, settle_timeout=SETTLE_SECONDS)
    env.backend.clock.now = client.newsroom.clock  # type: ignore[method-assign]
    return env


def answer_expected_failures(client: Debrief) -> None:
    """Leave to the bot what it answers with a sentence; the page would call it an error and keep the command open."""
    recorded = client.tree.on_error

    async def on_error(interaction: discord.Interaction[Debrief], error: app_commands.AppCommandError) -> None:
        if failures.sentence(failures.cause(error)):
            await failures.explain(interaction, error)
        else:
            await recorded(interaction, error)

    client.tree.on_error = on_error  # type: ignore[method-assign]


class Backstage:
    """The scheduler, run outside the simulation.

    The simulation waits for everything the bot has begun, and a poll that is due in a minute would keep it waiting. So the
    bot's calls are only noted, and the jobs run as tasks that the simulation does not own.
    """

    def __init__(self, scheduler: Jobs) -> None:
        self._scheduler = scheduler
        self._changed = asyncio.Event()

    async def start(self) -> None:
        """Nothing: the jobs begin when the page is served."""

    def pause(self) -> None:
        """Nothing: the jobs end with the page."""

    def stop(self) -> None:
        """Nothing: the jobs end with the page."""

    async def refresh(self) -> None:
        """Note that schedules changed."""
        self._changed.set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the jobs until the block ends."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            self._scheduler.stop()

    async def _run(self) -> None:
        await self._scheduler.start()
        while await self._changed.wait():
            self._changed.clear()
            await self._scheduler.refresh()


def furnish(env: Env) -> tuple[ChannelHandle, MemberActor, MemberActor]:
    """Make the guild, its channel for news, the admin who looks at it, and a reader."""
    guild: GuildHandle = env.create_guild("Newsroom", id=GUILD)
    channel = guild.create_text_channel("news", topic="Briefings and questions. Type / to begin.")
    role = guild.create_role("Admin", permissions=discord.Permissions(administrator=True))
    admin = guild.add_member(env.create_user("you", global_name="You (admin)"), roles=[role])
    return channel, admin, guild.add_member(env.create_user("reader", global_name="A reader"))


async def _name(client: Debrief) -> None:
    assert client.user is not None
    await client.user.edit(username="Debrief")


async def _publish(env: Env, client: Debrief, channel: ChannelHandle, briefing: Briefing) -> None:
    if not briefing.is_silent:
        await client.publisher.publish(GUILD, channel.id, briefing, run_key=f"{channel.id}:preview")
        await env.settle()


async def _serve(
    env: Env,
    client: Debrief,
    channel: ChannelHandle,
    people: Sequence[MemberActor],
    port: int,
    tell: Callable[[str], None],
) -> None:
    import simcord

    page = env.preview(channel, viewers=people, layout="channel", port=port, assets=sample_pictures())
    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(page)
        except simcord.SetupError as error:
            raise _unserved(error, port) from error
        ticking = asyncio.create_task(_keep_time(page, client.newsroom.clock))
        stack.callback(ticking.cancel)
        tell(f"The briefing is at {page.url}\nType / there to ask. Ctrl-C ends.")
        await page.wait_closed()


def sample_pictures() -> dict[str, tuple[str, bytes]]:
    """Return the samples' pictures by the addresses that the articles give; the page fetches no other."""
    shown = {
        entry.image: SAMPLES / PurePosixPath(entry.image).name for entry in read_path(SAMPLES).entries if entry.image
    }
    return {address: (file.name, file.read_bytes()) for address, file in shown.items()}


async def _keep_time(page: Preview, clock: Clock) -> None:
    """Let the page count "3 minutes ago" from now; by itself it counts from when it was opened."""
    while True:
        page.capture_time = clock()
        await asyncio.sleep(1)


def _unserved(error: Exception, port: int) -> SettingError:
    if isinstance(error.__cause__, OSError):
        message = f"Port {port} is taken. Set PREVIEW_PORT to another one, or to 0 for a free one."
        return SettingError(message, setting="PREVIEW_PORT")
    message = "The preview's page needs the extra “preview”: pip install 'debrief[preview]'."
    return SettingError(message, setting="PREVIEW_PORT")
