"""Subscribing a server to sources that were found, and saying what they are."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import audit, rendering, subscriptions
from bot.commands import replies
from briefs.errors import DebriefError, SettingError, SourceError
from briefs.models import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import discord

    from bot.client import Debrief
    from briefs.models import Feed
    from briefs.newsroom import Newsroom
    from briefs.sources.discovery import Candidate

PROBLEM_ROOM = 250
PROMISE = "I read it within a minute; its news will be in the briefings after that."


async def subscribe(interaction: discord.Interaction[Debrief], chosen: Sequence[Candidate], name: str | None) -> None:
    """Add what was chosen and say what it is. Raises DebriefError when nothing could be added."""
    await interaction.client.in_thread(_refuse_more, interaction, len(chosen))
    if len(chosen) == 1:
        await _add_one(interaction, chosen[0], name)
    else:
        await _add_several(interaction, chosen)


async def _add_one(interaction: discord.Interaction[Debrief], candidate: Candidate, name: str | None) -> None:
    """Add one source; then look at a few of its articles, since only they show a paywall."""
    client = interaction.client
    feed = await client.in_thread(_add, interaction, candidate, name)
    await audit.note(interaction, "feeds add", subscriptions.name(feed))
    added, wish, remark = f"Added **{rendering.feed_name(feed)}**.", None, ""
    about = _about(client.newsroom, feed, candidate)
    await replies.progress(interaction, rendering.lines(added, about, "-# Looking at its newest articles…"))
    with suppress(DebriefError):  # it was added; what keeps a sample from being read is told when it is polled
        trial = await client.in_thread(client.newsroom.subscriptions.trial, feed.url, kind=feed.kind)
        wish, remark = trial.wishes.every, rendering.extent_remark(trial.articles)
    about = _about(client.newsroom, feed, candidate, wish)
    await replies.say(interaction, rendering.lines(added, about, f"⚠️ {remark}" if remark else "", PROMISE))


async def _add_several(interaction: discord.Interaction[Debrief], chosen: Sequence[Candidate]) -> None:
    """Add several sources; one that fails does not keep the others from being added."""
    client = interaction.client
    rows: list[str] = []
    added: list[str] = []
    for number, candidate in enumerate(chosen, 1):
        await replies.progress(interaction, f"Adding {number} of {len(chosen)}…")
        try:
            feed = await client.in_thread(_add, interaction, candidate, None)
        except SourceError as error:
            rows.append(f"- ⚠️ {rendering.clip(str(error), PROBLEM_ROOM)}")
        else:
            added.append(subscriptions.name(feed))
            rows.append(f"- **{rendering.feed_name(feed)}**: {_about(client.newsroom, feed, candidate)}")
    if added:
        await audit.note(interaction, "feeds add", ", ".join(added))
    promise = "I read them within a minute; their news will be in the briefings after that." if added else ""
    head = f"Added {rendering.counted(len(added), 'source')}. {promise}".strip()
    await replies.say(interaction, f"{head}\n{rendering.listed(rows, empty='')}")


def _add(interaction: discord.Interaction[Debrief], candidate: Candidate, name: str | None) -> Feed:
    return interaction.client.newsroom.subscriptions.add(
        replies.server(interaction),
        candidate.url,
        title=name,
        kind=candidate.kind,
        added_by=interaction.user.id,
    )


def _about(newsroom: Newsroom, feed: Feed, candidate: Candidate, wish: timedelta | None = None) -> str:
    """Say what a source is: how much it holds and how often it will be read, also by its own wish."""
    every = max(newsroom.options.poll_every, wish or timedelta(0))
    rhythm = "as it asks" if every == wish else "less often where news is rare"
    return rendering.dotted(
        "" if feed.kind is SourceKind.FEED else subscriptions.KINDS[feed.kind],
        rendering.feed_address(feed.url),
        rendering.standing(candidate.entries, candidate.newest_at),
        f"read every {subscriptions.duration(every)}, {rhythm}",
    )


# --------------------------------------------------------------------------------------------------- what is read already
def already(feed: Feed) -> str:
    """Say that a server reads a feed already, and why it is not in its own hands where it is not."""
    whose = " It is from the operator, who gives it to every server." if feed.shared else ""
    return f"This server reads **{rendering.feed_name(feed)}** already.{whose}"


def room_for_more(known: Iterable[Feed], limit: int) -> int:
    """Return how many feeds a server may still add; the operator's are not counted."""
    return max(0, limit - sum(map(subscriptions.is_counted, known)))


def refuse_more(known: Iterable[Feed], limit: int, wanted: int) -> None:
    """Raise SettingError when a server would have more feeds than it may."""
    room = room_for_more(known, limit)
    if wanted <= room:
        return
    left = f"there is room for {room} more, not for {wanted}" if room else "it has that many"
    message = f"A server can read {rendering.counted(limit, 'feed')} of its own, and {left}. Remove some with /feeds remove first."
    raise SettingError(message, setting="address")


def _refuse_more(interaction: discord.Interaction[Debrief], wanted: int) -> None:
    client = interaction.client
    refuse_more(client.newsroom.store.feeds(replies.server(interaction)), client.feeds_limit, wanted)
