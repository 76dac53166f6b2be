"""``/feeds``: which sources this server reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import rendering
from bot.commands import replies
from briefs.errors import SettingError

if TYPE_CHECKING:
    from bot.client import Debrief
    from briefs.models import Feed

CHOICES = 25  # Discord shows no more
CHOICE_LIMIT = 100  # characters of a choice


class Feeds(app_commands.Group):
    """The group of feed commands, for admins."""

    def __init__(self) -> None:
        super().__init__(
            name="feeds",
            description="Choose which sources this server reads.",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )

    @app_commands.command(name="add", description="Read a feed (RSS or Atom).")
    @app_commands.describe(url="The feed's address, such as https://example.com/rss.xml")
    async def add(self, interaction: discord.Interaction[Debrief], url: app_commands.Range[str, 4, 1000]) -> None:
        """Look at the feed once, then subscribe."""
        await replies.acknowledge(interaction)
        newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
        known = await interaction.client.in_thread(newsroom.store.feeds, guild_id)
        feed = await interaction.client.in_thread(newsroom.add_feed, guild_id, _address(url))
        if any(feed.id == each.id for each in known):
            await replies.say(interaction, f"This server reads **{_name(feed)}** already.")
        else:
            await replies.say(
                interaction,
                f"Added **{_name(feed)}**. I read it within a minute; its news will be in the briefings after that.",
            )

    @app_commands.command(name="list", description="The feeds this server reads, and how they are.")
    async def show(self, interaction: discord.Interaction[Debrief]) -> None:
        """List the feeds."""
        await replies.acknowledge(interaction)
        found = await interaction.client.in_thread(interaction.client.newsroom.store.feeds, replies.server(interaction))
        text = replies.listed([_row(feed) for feed in found], empty="No feeds yet. Add one with `/feeds add`.")
        await replies.say(interaction, f"### Feeds · {len(found)}\n{text}")

    @app_commands.command(name="remove", description="Stop reading a feed.")
    @app_commands.describe(feed="The feed; begin to type its name.")
    async def remove(self, interaction: discord.Interaction[Debrief], feed: str) -> None:
        """Unsubscribe."""
        await replies.acknowledge(interaction)
        store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
        known = await interaction.client.in_thread(store.feeds, guild_id)
        chosen = _chosen(known, feed)
        await interaction.client.in_thread(store.unsubscribe, guild_id, chosen.id)
        await replies.say(interaction, f"Removed **{_name(chosen)}**. Its articles no longer count here.")

    @remove.autocomplete("feed")
    async def _feeds(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        known = await interaction.client.in_thread(interaction.client.newsroom.store.feeds, replies.server(interaction))
        wanted = typed.casefold()
        fitting = (feed for feed in known if wanted in f"{feed.title or ''} {feed.url}".casefold())
        choices = (
            app_commands.Choice(name=rendering.shorten(feed.title or feed.url, CHOICE_LIMIT), value=str(feed.id))
            for feed in fitting
        )
        return list(choices)[:CHOICES]


def _address(text: str) -> str:
    """Return the address with its scheme, which people leave out; SettingError for what can be no address."""
    plain = text.strip().strip("<>")
    host = plain.partition("://")[2] or plain
    if " " in plain or not re.match(r"[^/?#]*[.:]", host):
        message = f"“{plain[:60]}” is no web address. Give the feed's, such as https://example.com/rss.xml."
        raise SettingError(message, setting="url")
    return plain if "://" in plain else f"https://{plain}"


def _chosen(known: tuple[Feed, ...], text: str) -> Feed:
    """Return the feed that was picked from the list or typed by its title or address."""
    wanted = text.strip().casefold()
    for feed in known:
        if wanted in {str(feed.id), feed.url.casefold(), (feed.title or "").casefold()}:
            return feed
    message = "This server reads no such feed. /feeds list shows them all."
    raise SettingError(message, setting="feed")


def _name(feed: Feed) -> str:
    return rendering.clip(feed.title or feed.url, 150)


def _row(feed: Feed) -> str:
    where = rendering.link(feed.url)
    if feed.failures:
        times = rendering.counted(feed.failures, "time")
        state = f"⚠️ failed {times}: {rendering.clip(feed.last_error or 'unknown', 150)}"
    elif feed.url.startswith("file:"):
        state = "a file, read once"
    elif feed.last_success_at:
        state = f"read {rendering.stamp(feed.last_success_at, 'R')}"
    else:
        state = "not read yet"
    return f"- {rendering.dotted(f'**{_name(feed)}**', where)}\n  -# {state}"
