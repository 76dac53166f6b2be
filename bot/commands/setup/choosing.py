"""Choosing in the panel: each choice changes what the panel shows, in place; topics are read from then on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot import access, audit, rendering, starters, subscriptions
from bot.commands import hours, replies, whereabouts
from bot.commands.feeds import adding
from bot.commands.setup import panel, zones
from bot.commands.setup import plan as plans
from bot.commands.setup.panel import NAMES_SHOWN, Standing
from bot.commands.setup.plan import Plan
from bot.delivery.posting import posting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.client import Debrief
    from briefs.models import Feed
    from briefs.sources.opml import Outline


# ------------------------------------------------------------------------------------------------------------- the panel
async def fresh(interaction: discord.Interaction[Debrief]) -> rendering.Page:
    """Return a new panel, with the zone that is likely."""
    known = await interaction.client.in_thread(interaction.client.newsroom.store.schedules, replies.server(interaction))
    return await drawn(interaction, Plan(zone=whereabouts.likely(known, _locales(interaction)).zone))


async def opening(client: Debrief, guild: discord.Guild, head: str) -> rendering.Page:
    """Return a new panel for a server where nobody has asked for it, under a greeting."""
    locales = [guild.preferred_locale]
    plan = Plan(zone=whereabouts.likely((), locales).zone)
    standing = await asyncio.to_thread(_standing, client, guild.id, locales)  # nobody's request: never refused
    return panel.panel(plan, replace(standing, unasked=True), head=head)


async def drawn(interaction: discord.Interaction[Debrief], plan: Plan, note: str = "") -> rendering.Page:
    """Return the panel as it is now."""
    return panel.panel(plan, await standing(interaction, plan), note)


async def standing(interaction: discord.Interaction[Debrief], plan: Plan) -> Standing:
    """Look up what the panel shows beside the plan."""
    guild = interaction.guild
    chosen = guild.get_channel(plan.channel_id) if guild and plan.channel_id else None
    found = await interaction.client.in_thread(
        _standing, interaction.client, replies.server(interaction), _locales(interaction), chosen
    )
    return replace(found, refusal=refusal(guild, plan.channel_id))


def _standing(
    client: Debrief, guild_id: int, locales: Sequence[discord.Locale], chosen: object | None = None
) -> Standing:
    store = client.newsroom.store
    seen = chosen if isinstance(chosen, discord.TextChannel) else None
    return Standing(
        feeds=tuple(store.feeds(guild_id)),
        packs=starters.load(client.starters),
        zones=zones.offered(store.schedules(guild_id), locales),
        now=client.newsroom.clock(),
        shortfall=access.shortfall(seen, posting(store, guild_id, seen.id)) if seen else "",
    )


def refusal(guild: discord.Guild | None, channel_id: int | None) -> str:
    """Say why nothing can be posted in a channel and what to do; nothing where all is well, or none is chosen."""
    if guild is None or channel_id is None:
        return ""
    channel = guild.get_channel(channel_id)
    if not isinstance(channel, discord.TextChannel):
        return f"I cannot see <#{channel_id}>, or it is gone. Let me view it, or choose another channel."
    if lacks := access.missing(channel):
        return f"I may not post in {channel.mention} yet: {access.remedy(channel, lacks)}. Then press *Check again*."
    return ""


def _locales(interaction: discord.Interaction[Debrief]) -> list[discord.Locale]:
    return [interaction.locale, *filter(None, [interaction.guild_locale])]


# ------------------------------------------------------------------------------------------------------------ the topics
async def choose_packs(interaction: discord.Interaction[Debrief], plan: Plan, chosen: Collection[str]) -> str:
    """Read the packs that were added to those shown as chosen, no longer those that were taken from them; say so."""
    client = interaction.client
    known = await client.in_thread(client.newsroom.store.feeds, replies.server(interaction))
    packs = await client.in_thread(starters.load, client.starters)
    wanted = [outline for pack in packs if pack.name in chosen for outline in pack.outlines]
    kept = {outline.url for outline in wanted}
    dropped = [
        outline.url
        for pack in packs
        if pack.name in plan.packs - set(chosen)
        for outline in pack.outlines
        if outline.url not in kept
    ]
    told = [await _add(interaction, known, wanted), await _drop(interaction, known, dropped)]
    return " ".join(filter(None, told))


async def _add(interaction: discord.Interaction[Debrief], known: Sequence[Feed], wanted: Sequence[Outline]) -> str:
    """Read what is not read yet, as far as there is room; say what."""
    client, guild_id = interaction.client, replies.server(interaction)
    new = list({each.url: each for each in wanted if not subscriptions.known_as(known, each.url)}.values())
    room = adding.room_for_more(known, client.feeds_limit)
    if not new:
        return ""
    report = await client.in_thread(
        client.newsroom.subscriptions.subscribe, guild_id, new[:room], added_by=interaction.user.id
    )
    full = (
        f" For {rendering.counted(len(new) - room, 'more feed')} there was no room: a server can read "
        f"{rendering.counted(client.feeds_limit, 'feed')} of its own, and `/feeds remove` makes room."
        if len(new) > room
        else ""
    )
    if report.added:
        await audit.note(interaction, "setup", f"added {_named(report.added)}")
    return f"Added {rendering.counted(len(report.added), 'feed')}.{full}" if report.added else full.strip()


async def _drop(interaction: discord.Interaction[Debrief], known: Sequence[Feed], urls: Collection[str]) -> str:
    """Read no longer what the server itself reads of these; say what."""
    client, guild_id = interaction.client, replies.server(interaction)
    gone = [feed for feed in known if not feed.shared and {feed.url, feed.moved_to} & set(urls)]
    for feed in gone:
        await client.in_thread(client.newsroom.store.unsubscribe, guild_id, feed.id)
    if not gone:
        return ""
    await audit.note(interaction, "setup", f"removed {_named(gone)}")
    return f"Removed {rendering.counted(len(gone), 'feed')}."


def _named(feeds: Iterable[Feed]) -> str:
    names = [rendering.feed_name(feed, 60) for feed in feeds]
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return f"{rendering.counted(len(names), 'feed')}: {', '.join(names[:NAMES_SHOWN])}{more}"


def other(plan: Plan, menu: str, typed: str) -> Plan:
    """Return the plan with times or a zone that somebody typed. Raises SettingError."""
    if menu == plans.TIMES:
        return replace(plan, times=hours.parse_times(typed))
    return replace(plan, zone=hours.parse_zone(typed))
