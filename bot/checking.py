"""``debrief check``: what of the installation works, what is wrong, and what to do about it.

One check that is wrong does not keep the others from being made. How the bot at work is, ``bot.operation.health`` judges: told by the bot
itself where HEALTH_PORT is set and it answers, else read from what it has stored.
"""

from __future__ import annotations

import asyncio
import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import discord
from dotenv import dotenv_values
from rich.markup import escape
from rich.table import Table

from bot import invitation
from bot.connection import point_at_discord, sentence
from bot.operation.examining import examined
from bot.operation.health import Check, State, Stored, judge
from bot.rendering.pages import counted
from bot.settings import make_database_folder, setting_rows
from briefs.errors import DebriefError
from briefs.newsroom import now_utc
from briefs.store import Store
from briefs.store.lease import lease_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from bot.settings import Settings
    from briefs.models import Schedule

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
}

INVITATION = "invitation"
PATIENCE = aiohttp.ClientTimeout(total=10)  # seconds for the bot at work
MARKS = {
    State.OK: "[green]✓ ok[/green]",
    State.WARNING: "[yellow]! look[/yellow]",
    State.FAILING: "[red]✗ wrong[/red]",
}


async def check(settings: Settings, *, env_file: Path = Path(".env")) -> tuple[Check, ...]:
    """Look at everything the bot needs: settings, pipeline, the bot at work, token, permissions where it is to post."""
    found = [check_settings(env_file), await asyncio.to_thread(_pipeline, settings)]
    kept, schedules = await asyncio.to_thread(_kept, settings)
    found += await _told(settings) or kept
    found += [each async for each in _discord(settings, schedules)]
    return tuple(found)


def check_settings(env_file: Path) -> Check:
    """Look for misspelt names in ``.env``, which would silently have no effect; names of other programs may stand there."""
    known = [row.name for row in setting_rows()]
    for name in _names(env_file):
        near = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
        if near and name.upper() not in known:
            return _check("settings", f"{env_file} has {name}, which is no setting", f"Write {near[0]} instead.")
    return _check("settings", "every value is accepted")


def _names(env_file: Path) -> Iterable[str]:
    return dotenv_values(env_file, interpolate=False) if env_file.is_file() else ()


def _pipeline(settings: Settings) -> Check:
    from briefs.language import pipeline

    try:
        pipeline.load(settings.language_pipeline)
    except DebriefError as error:
        return _check("language", f"{settings.language_pipeline} does not load", str(error))
    return _check("language", f"{settings.language_pipeline} loads")


def _check(name: str, sentence: str, to_do: str | None = None) -> Check:
    return Check(name, State.FAILING if to_do else State.OK, sentence, to_do or "")


# --------------------------------------------------------------------------------------------------- the bot at work
def _kept(settings: Settings) -> tuple[list[Check], tuple[Schedule, ...]]:
    """Open the database, bring it up to date, judge what is in it, and return the schedules."""
    try:
        make_database_folder(settings.database_url)
        with Store.open(settings.database_url) as store:
            stored = examined(store)
            about = f"{store.url_for_people} has {counted(stored.articles, 'article')}."
            return [_check("contents", about), *_judged(settings, stored)], store.schedules()
    except DebriefError as error:
        return [*judge(Stored(problem=str(error)), None, now_utc()).checks], ()


def _judged(settings: Settings, stored: Stored) -> Iterator[Check]:
    """Judge what is stored, and tell whether a bot is at work."""
    lease = lease_of(settings.database_url)
    if lease.take():
        lease.release()
        yield _check("lease", "No bot is at work on this database now.")
    else:
        yield _check("lease", f"The bot is at work: {lease.holder() or 'another process'}.")
    yield from judge(stored, None, now_utc()).checks


async def _told(settings: Settings) -> list[Check]:
    """Ask the bot at work how it is; nothing where it does not answer."""
    if not settings.health_port:
        return []
    host = "127.0.0.1" if settings.health_host == "0.0.0.0" else settings.health_host  # noqa: S104 - it is left, not taken
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.health_port}/readyz"
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.get(url) as answer:
            checks = json.loads(await answer.text())["checks"]
            return [Check(**{**each, "state": State(each["state"])}) for each in checks]
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
        return []


# ------------------------------------------------------------------------------------------------------------- Discord
async def _discord(settings: Settings, schedules: Sequence[Schedule]) -> AsyncIterator[Check]:
    """Log in, then look at each channel that is to get briefings."""
    if settings.discord_token is None:
        yield _check("token", "DISCORD_TOKEN is not set: only the preview runs")
        return
    point_at_discord(settings)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(settings.discord_token.get_secret_value())
        except Exception as error:
            told = sentence(error, settings)
            if told is None:
                raise
            yield _check("token", "no log-in", str(told))
            return
        yield _check("token", f"logs in as {client.user}")
        if client.application_id:
            yield _check(INVITATION, invitation.link(client.application_id))
        for guild_id, channel_id in dict.fromkeys((each.guild_id, each.channel_id) for each in schedules):
            yield await _channel(client, guild_id, channel_id)


async def _channel(client: discord.Client, guild_id: int, channel_id: int) -> Check:
    """Compare what the bot may do in a channel with what it needs there."""
    what = f"channel {channel_id}"
    assert client.user is not None
    try:
        guild = await client.fetch_guild(guild_id)
        channel = await guild.fetch_channel(channel_id)
        me = await guild.fetch_member(client.user.id)
    except (discord.Forbidden, discord.NotFound):
        return _check(
            what, "not there, or hidden from the bot", "Let the bot see it, or remove it with /schedule remove."
        )
    except (discord.HTTPException, discord.InvalidData, OSError) as error:
        return _check(what, f"cannot be looked at: {error}", "Try again when Discord answers.")
    missing = [name for right, name in NEEDED.items() if not getattr(channel.permissions_for(me), right)]
    named = f"channel #{channel.name} of {guild.name}"
    if missing:
        return _check(named, f"the bot lacks {', '.join(missing)}", "Allow it in the channel's permissions.")
    return _check(named, "the bot may post there")


# --------------------------------------------------------------------------------------------------------- for people
def invited_by(checks: Iterable[Check]) -> str | None:
    """Return the invitation, which stands in no table, so that it can be copied whole."""
    return next((check.sentence for check in checks if check.name == INVITATION), None)


def table(checks: Iterable[Check]) -> Table:
    """Show checks: what is right, what is wrong, and what to do."""
    shown = Table(header_style="bold", box=None, pad_edge=False)
    for column in ("", "checked", "found", "what to do"):
        shown.add_column(column, overflow="fold")
    for row in _rows(check for check in checks if check.name != INVITATION):
        shown.add_row(*row)
    return shown


def _rows(checks: Iterable[Check]) -> Iterator[tuple[str, str, str, str]]:
    for check in checks:
        yield MARKS[check.state], escape(check.name), escape(check.sentence), escape(check.to_do)
