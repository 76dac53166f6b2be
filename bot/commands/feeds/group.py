"""The group of feed commands, for admins: each acknowledges, makes one call to the desk, and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import admins, audit, notices, rendering, subscriptions
from bot.access import require_posting
from bot.commands import replies
from bot.commands.feeds import choosing, listing, lists, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import Debrief
    from briefs.models import Feed

ADDRESS = "A site's or a feed's address, such as example.com."
CHOICES = 25  # Discord shows no more
CHOICE_LIMIT = 100  # characters of a choice
POLLS, LOOKS = 3, 10  # how often in a minute a server may have its feeds read, and addresses looked at


class Feeds(app_commands.Group):
    """Which sources a server reads."""

    def __init__(self) -> None:
        super().__init__(
            name="feeds",
            description="Choose which sources this server reads.",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )

    @app_commands.command(name="add", description="Read a site or a feed.")
    @app_commands.describe(address=ADDRESS, name="What to call it here; its own title when left out.")
    async def add(
        self,
        interaction: discord.Interaction[Debrief],
        address: app_commands.Range[str, 4, 1000],
        name: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Look at the address; add what it is, or let the admin choose."""
        await replies.acknowledge(interaction)
        interaction.client.limits.visit(replies.server(interaction), "look", LOOKS)
        await choosing.look(interaction, address, rendering.flat(name or "") or None)

    @app_commands.command(name="list", description="The feeds this server reads, and how they are.")
    async def show(self, interaction: discord.Interaction[Debrief]) -> None:
        """List the feeds."""
        await replies.acknowledge(interaction)
        await replies.send(interaction, await interaction.client.in_thread(listing.list_page, interaction, 0))

    @app_commands.command(name="remove", description="Stop reading a feed.")
    @app_commands.describe(feed="The feed; begin to type its name.")
    async def remove(self, interaction: discord.Interaction[Debrief], feed: str) -> None:
        """Unsubscribe."""
        await replies.acknowledge(interaction)
        store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
        found = reading.own_feed(await interaction.client.in_thread(store.feeds, guild_id), feed)
        await interaction.client.in_thread(store.unsubscribe, guild_id, found.id)
        await audit.note(interaction, "feeds remove", subscriptions.name(found))
        await replies.say(interaction, f"Removed **{rendering.feed_name(found)}**. Its articles no longer count here.")

    @app_commands.command(name="test", description="Look at a source without adding it.")
    @app_commands.describe(address=ADDRESS)
    async def test(self, interaction: discord.Interaction[Debrief], address: app_commands.Range[str, 4, 1000]) -> None:
        """Say what reading it would give."""
        await replies.acknowledge(interaction)
        interaction.client.limits.visit(replies.server(interaction), "look", LOOKS)
        await reading.test(interaction, address)

    @app_commands.command(name="poll", description="Read the feeds now instead of at their time.")
    @app_commands.describe(feed="Only this one; all of this server's when left out.")
    async def poll(self, interaction: discord.Interaction[Debrief], feed: str | None = None) -> None:
        """Read now, and say what came."""
        await replies.acknowledge(interaction)
        interaction.client.limits.visit(replies.server(interaction), "poll", POLLS)
        await reading.poll(interaction, feed)

    @app_commands.command(name="import", description="Add the feeds of an OPML file, as other readers export it.")
    @app_commands.describe(file="The .opml file, of at most 1 MB.")
    async def take(self, interaction: discord.Interaction[Debrief], file: discord.Attachment) -> None:
        """Add them all."""
        await replies.acknowledge(interaction)
        await lists.take(interaction, file)

    @app_commands.command(name="export", description="Get this server's feeds as an OPML file; only you see it.")
    async def give(self, interaction: discord.Interaction[Debrief]) -> None:
        """Give the file."""
        await replies.acknowledge(interaction)
        await lists.give(interaction)

    @app_commands.command(name="notices", description="Choose where I tell that a feed fails or is well again.")
    @app_commands.describe(channel="A channel that admins read; my own choice when left out.")
    async def notices(
        self, interaction: discord.Interaction[Debrief], channel: discord.TextChannel | None = None
    ) -> None:
        """Remember the channel, or forget it."""
        await replies.acknowledge(interaction)
        target = require_posting(channel) if channel else None
        store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
        value = str(target.id) if target else None
        await interaction.client.in_thread(store.set_setting, guild_id, admins.CHANNEL, value)
        await audit.note(interaction, "feeds notices", f"#{target.name}" if target else "wherever an admin is reached")
        await replies.say(interaction, notices.promise(target or admins.usual_channel(interaction.guild)))

    @remove.autocomplete("feed")
    @poll.autocomplete("feed")
    async def _feeds(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        client = interaction.client
        known = await client.in_thread(client.newsroom.store.feeds, replies.server(interaction))
        return choices([feed for feed in known if not feed.shared], typed)


def choices(known: Sequence[Feed], typed: str) -> list[app_commands.Choice[str]]:
    """Return the feeds that fit what was typed so far."""
    wanted = typed.strip().casefold()
    fitting = [
        feed
        for feed in known
        if wanted in f"{subscriptions.name(feed)} {subscriptions.shown_address(feed.url)}".casefold()
    ]
    return [app_commands.Choice(name=_choice(feed), value=str(feed.id)) for feed in fitting[:CHOICES]]


def _choice(feed: Feed) -> str:
    """Return a feed as it is offered: with its address, since several feeds of one site often share a title."""
    names = dict.fromkeys((subscriptions.name(feed), subscriptions.shown_address(feed.url)))
    return rendering.shorten(" · ".join(names), CHOICE_LIMIT)
