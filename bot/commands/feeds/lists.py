"""Feeds by the file: what other readers export is imported, and the other way round."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import discord

from bot import audit, rendering, subscriptions
from bot.commands import replies
from bot.commands.feeds import adding
from briefs.errors import InputError, SettingError
from briefs.sources import addresses, opml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import Debrief
    from briefs.models import Feed
    from briefs.subscriptions import ImportReport

LARGEST = 1_000_000  # bytes; a list of thousands of feeds
PROBLEMS_ROOM = 2_500
FILE_NAME = "feeds.opml"


async def take(interaction: discord.Interaction[Debrief], file: discord.Attachment) -> None:
    """Import a list that was uploaded. Raises DebriefError."""
    client, guild_id = interaction.client, replies.server(interaction)
    if file.size > LARGEST:
        message = f"{file.filename} is larger than {LARGEST // 1_000_000} MB. Split the list, and import its parts."
        raise InputError(message, source=file.filename)
    await replies.progress(interaction, f"Reading **{rendering.clip(file.filename, 100)}**…")
    body = await file.read()
    wanted = (await client.in_thread(opml.read, body)).outlines
    known = await client.in_thread(client.newsroom.store.feeds, guild_id)
    fresh = [outline for outline in wanted if not subscriptions.known_as(known, outline.url)]
    adding.refuse_more(known, client.feeds_limit, len(fresh))
    await replies.progress(interaction, f"Adding {rendering.counted(len(fresh), 'feed')}…")
    report = await client.in_thread(
        client.newsroom.subscriptions.import_list, guild_id, body, added_by=interaction.user.id
    )
    added = rendering.counted(len(report.added), "feed")
    await audit.note(interaction, "feeds import", f"{added} from {rendering.flat(file.filename)[:100]}")
    await replies.say(interaction, *_taken(report))


def _taken(report: ImportReport) -> list[str]:
    known = f"; {rendering.counted(len(report.known), 'was', 'were')} read already" if report.known else ""
    promise = " I read them in the next minutes." if report.added else ""
    head = f"Added {rendering.counted(len(report.added), 'feed')}{known}.{promise}"
    rows = [f"- ⚠️ {rendering.clip(problem, 250)}" for problem in report.problems]
    return [head, rendering.listed(rows, empty="", room=PROBLEMS_ROOM)] if rows else [head]


async def give(interaction: discord.Interaction[Debrief]) -> None:
    """Export this server's own feeds as a file for the admin alone; secrets stay here. SettingError without feeds."""
    client, guild_id = interaction.client, replies.server(interaction)
    known = await client.in_thread(client.newsroom.store.feeds, guild_id)
    own = list(filter(subscriptions.is_counted, known))
    if not own:
        message = "This server has no feeds of its own to export. Add one with /feeds add."
        raise SettingError(message, setting="feed")
    body = await client.in_thread(client.newsroom.subscriptions.export_list, guild_id)
    file = discord.File(BytesIO(body), FILE_NAME)
    view = rendering.page([_given(own)], file=file)
    await interaction.followup.send(view=view, file=file, ephemeral=True)


def _given(own: Sequence[Feed]) -> str:
    hidden = sum(addresses.has_secret(feed.url) for feed in own)
    masked = (
        f"A password or token is masked in {rendering.counted(hidden, 'address', 'addresses')}, so another reader cannot "
        "read those: put it back in there."
        if hidden
        else ""
    )
    return rendering.lines(f"Here: {rendering.counted(len(own), 'feed')}, for any other feed reader.", masked)
