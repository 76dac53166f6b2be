"""Reading sources at once: to see what one would give, or because an admin does not want to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import audit, desk, rendering, subscriptions
from bot.commands import replies
from briefs.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from bot.client import Debrief
    from briefs.collecting import CollectReport
    from briefs.models import Feed


async def test(interaction: discord.Interaction[Debrief], text: str) -> None:
    """Look at a source without subscribing. Raises DebriefError."""
    client = interaction.client
    site = subscriptions.site(subscriptions.address(text))
    await replies.progress(interaction, f"Looking at **{rendering.clip(site, 100)}**…")
    trial = await client.in_thread(desk.trial, client.newsroom, text)
    remark = rendering.extent_remark(trial.articles)
    foot = "-# Nothing was added. `/feeds add` with this address reads it from now on."
    await replies.say(interaction, rendering.trial_text(trial), rendering.lines(f"⚠️ {remark}" if remark else "", foot))


async def poll(interaction: discord.Interaction[Debrief], text: str | None) -> None:
    """Read one feed, or all of the server's own, and say what came. SettingError where there is none."""
    client = interaction.client
    wanted = await client.in_thread(_wanted, interaction, text)
    reached = [0]

    def advance(done: int, _total: int) -> None:
        reached[0] = done

    report = await replies.watched(
        interaction,
        client.in_thread(client.newsroom.collect, feeds=[feed.id for feed in wanted], progress=advance),
        lambda: f"Reading {rendering.counted(len(wanted), 'feed')}… {reached[0]} done.",
    )
    known = await client.in_thread(client.newsroom.store.feeds, replies.server(interaction))
    ids = {feed.id for feed in wanted}
    one = subscriptions.name(wanted[0])
    await audit.note(interaction, "feeds poll", one if len(wanted) == 1 else rendering.counted(len(wanted), "feed"))
    await replies.say(interaction, _told(report, [feed for feed in known if feed.id in ids]))


def _wanted(interaction: discord.Interaction[Debrief], text: str | None) -> list[Feed]:
    known = interaction.client.newsroom.store.feeds(replies.server(interaction))
    if text is not None:
        return [own_feed(known, text)]
    own = [feed for feed in known if not feed.shared and subscriptions.is_polled(feed)]
    if not own:
        message = "This server has no feeds of its own to read. Add one with /feeds add."
        raise SettingError(message, setting="feed")
    return own


def own_feed(known: Sequence[Feed], text: str) -> Feed:
    """Return the feed that is meant; SettingError when there is none, or when it is the operator's."""
    found = subscriptions.meant(known, text)
    if found is None:
        message = "This server reads no such feed. /feeds list shows them all."
        raise SettingError(message, setting="feed")
    if found.shared:
        message = (
            f"{subscriptions.name(found)} is from the operator, who gives it to every server and takes care of it."
        )
        raise SettingError(message, setting="feed")
    return found


def _told(report: CollectReport, feeds: Sequence[Feed]) -> str:
    """Say what came, what failed, and what else is to be known of it."""
    news = rendering.counted(len(report.articles), "new article") if report.articles else "nothing new"
    ill = [f"- ⚠️ {rendering.feed_trouble(feed)}" for feed in feeds if not subscriptions.is_well(feed)]
    remarks = [
        f"- ℹ️ **{rendering.feed_name(feed)}**: {rendering.clip(feed.remark, 200)}"
        for feed in feeds
        if feed.remark and subscriptions.is_well(feed)
    ]
    head = f"Read {rendering.counted(report.polled, 'feed')}: {news}."
    return rendering.lines(head, rendering.listed([*ill, *remarks], empty=""))
