"""``debrief check``: what of the installation works, what is wrong, and what to do about it.

Each check is one finding; one that is wrong does not keep the others from being made.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import discord
from dotenv import dotenv_values
from rich.markup import escape
from rich.table import Table

from bot import invitation
from bot.connection import point_at_discord, sentence
from bot.settings import make_database_folder, setting_rows
from briefs.errors import DebriefError
from briefs.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from bot.settings import Settings
    from briefs.models import Schedule

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and what to do when it is wrong."""

    what: str
    found: str
    to_do: str | None = None

    @property
    def wrong(self) -> bool:
        """Whether something must be done."""
        return self.to_do is not None


async def check(settings: Settings, *, env_file: Path = Path(".env")) -> tuple[Finding, ...]:
    """Look at everything the bot needs: settings, pipeline, database, token, permissions where it is to post."""
    findings = [check_settings(env_file), await asyncio.to_thread(_pipeline, settings)]
    database, schedules = await asyncio.to_thread(_database, settings)
    findings.append(database)
    findings += [finding async for finding in _discord(settings, schedules)]
    return tuple(findings)


def check_settings(env_file: Path) -> Finding:
    """Look for misspelt names in ``.env``, which would silently have no effect; names of other programs may stand there."""
    known = [row.name for row in setting_rows()]
    for name in _names(env_file):
        near = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
        if near and name.upper() not in known:
            return Finding("settings", f"{env_file} has {name}, which is no setting", f"Write {near[0]} instead.")
    return Finding("settings", "every value is accepted")


def _names(env_file: Path) -> Iterable[str]:
    return dotenv_values(env_file, interpolate=False) if env_file.is_file() else ()


def _pipeline(settings: Settings) -> Finding:
    from briefs.language import pipeline

    try:
        pipeline.load(settings.language_pipeline)
    except DebriefError as error:
        return Finding("language", f"{settings.language_pipeline} does not load", str(error))
    return Finding("language", f"{settings.language_pipeline} loads")


def _database(settings: Settings) -> tuple[Finding, tuple[Schedule, ...]]:
    """Open the database, bring it up to date, write to it, and return the schedules in it."""
    try:
        make_database_folder(settings.database_url)
        with Store.open(settings.database_url) as store:
            store.set_setting(0, "checked", None)  # writes, and leaves nothing
            numbers = store.statistics()
            found = (
                f"{store.url_for_people}: {numbers.articles} articles, {numbers.feeds} feeds, writable and up to date"
            )
            return Finding("database", found), store.schedules()
    except DebriefError as error:
        return Finding("database", "cannot be used", str(error)), ()


# ------------------------------------------------------------------------------------------------------------- Discord
async def _discord(settings: Settings, schedules: Sequence[Schedule]) -> AsyncIterator[Finding]:
    """Log in, then look at each channel that is to get briefings."""
    if settings.discord_token is None:
        yield Finding("token", "DISCORD_TOKEN is not set: only the preview runs")
        return
    point_at_discord(settings)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(settings.discord_token.get_secret_value())
        except Exception as error:
            told = sentence(error, settings)
            if told is None:
                raise
            yield Finding("token", "no log-in", str(told))
            return
        yield Finding("token", f"logs in as {client.user}")
        if client.application_id:
            yield Finding("invitation", invitation.link(client.application_id))
        for guild_id, channel_id in dict.fromkeys((each.guild_id, each.channel_id) for each in schedules):
            yield await _channel(client, guild_id, channel_id)


async def _channel(client: discord.Client, guild_id: int, channel_id: int) -> Finding:
    """Compare what the bot may do in a channel with what it needs there."""
    what = f"channel {channel_id}"
    assert client.user is not None
    try:
        guild = await client.fetch_guild(guild_id)
        channel = await guild.fetch_channel(channel_id)
        me = await guild.fetch_member(client.user.id)
    except (discord.Forbidden, discord.NotFound):
        return Finding(
            what, "not there, or hidden from the bot", "Let the bot see it, or remove it with /schedule remove."
        )
    except (discord.HTTPException, discord.InvalidData, OSError) as error:
        return Finding(what, f"cannot be looked at: {error}", "Try again when Discord answers.")
    missing = [name for right, name in NEEDED.items() if not getattr(channel.permissions_for(me), right)]
    named = f"channel #{channel.name} of {guild.name}"
    if missing:
        return Finding(named, f"the bot lacks {', '.join(missing)}", "Allow it in the channel's permissions.")
    return Finding(named, "the bot may post there")


# --------------------------------------------------------------------------------------------------------- for people
def table(findings: Iterable[Finding]) -> Table:
    """Show findings: what is right, what is wrong, and what to do."""
    shown = Table(header_style="bold", box=None, pad_edge=False)
    for column in ("", "checked", "found", "what to do"):
        shown.add_column(column, overflow="fold")
    for row in _rows(findings):
        shown.add_row(*row)
    return shown


def _rows(findings: Iterable[Finding]) -> Iterator[tuple[str, str, str, str]]:
    for finding in findings:
        mark = "[red]✗ wrong[/red]" if finding.wrong else "[green]✓ ok[/green]"
        yield mark, escape(finding.what), escape(finding.found), escape(finding.to_do or "")
