"""``/privacy``: what is kept of a server and of a person, for how long, who sees it, and how it is deleted.

A test ties each table that holds something of a server to a line below, so that nothing is kept untold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discord import app_commands

from bot import rendering, subscriptions
from bot.asking import CONVERSATION
from bot.commands import replies
from bot.scheduling.retention import ACTIONS_KEPT, ANSWERS_KEPT, BRIEFINGS_KEPT, PREVIEWS_KEPT, QUESTIONS_KEPT

if TYPE_CHECKING:
    from datetime import timedelta

    import discord

    from bot.client import Debrief


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept, in words, and the tables in which it stands."""

    what: str
    tables: tuple[str, ...]


OF_A_SERVER = (
    Kept("the sources it reads, each with who added it", ("subscriptions",)),
    Kept("its settings", ("settings", "channel_settings")),
    Kept("its topics and schedules, with who made them", ("topics", "schedules")),
    Kept(
        "its briefings, and where I posted and discuss them, for {briefings}, and the newest of each channel; previews that "
        f"nobody posts for {subscriptions.duration(PREVIEWS_KEPT)}",
        ("briefings", "briefing_articles", "posts", "threads"),
    ),
    Kept(f"what admins changed and who did, for {subscriptions.duration(ACTIONS_KEPT)}", ("actions",)),
    Kept("what is broken, until it is mended", ("alarms",)),
    Kept("that I left, and when", ("departures",)),
)
OF_A_PERSON = (
    Kept(f"that it was you who asked me something, for {subscriptions.duration(CONVERSATION)}", ("answers",)),
    Kept(f"what you asked, and my answer, for {subscriptions.duration(QUESTIONS_KEPT)}", ("answers",)),
    Kept(
        f"what that answer quoted, for {subscriptions.duration(ANSWERS_KEPT)}, so that its buttons work", ("answers",)
    ),
)
# Of the sources, not of servers or people: public news, read once for all who read the same source.
OF_THE_NEWS = frozenset(
    {
        "addresses",
        "articles",
        "contents",
        "entries",
        "feed_articles",
        "feeds",
        "outlines",
        "paragraphs",
        "plans",
        "readings",
        "set_aside",
        "stem_counts",
        "stories",
        "story_aliases",
        "story_articles",
        "telling_stems",
        "jobs",
    }
)


UNREAD = (
    "I keep no other messages and read none: Discord gives me only the words of those that mention me or reply to me."
)
WHO = (
    "**Who sees it:** this server alone. Whoever runs this bot has the database and a log; the log names servers, "
    "channels, commands and sources, not questions or answers."
)
WHERE = (
    "**Where it goes:** nowhere. No tracking, no advertising, and no other service reads it; I only visit the sources."
)
DELETED = (
    "**How it is deleted:** admins remove sources, topics and schedules at any time. When I am removed from the "
    "server, all of it is deleted after {}; should I be back before, nothing is lost."
)


@app_commands.command(name="privacy", description="What I keep, for how long, who sees it, and how it is deleted.")
@app_commands.guild_only()
async def privacy(interaction: discord.Interaction[Debrief]) -> None:
    """Show the text."""
    await replies.acknowledge(interaction)
    client = interaction.client
    await replies.send(interaction, page(client.left_kept, client.briefings_kept))


def page(left_kept: timedelta, briefings_kept: timedelta = BRIEFINGS_KEPT) -> rendering.Page:
    """Return the text; ``left_kept``: how long what is kept of a server outlives the bot's leaving."""
    of_a_server = _listed(*OF_A_SERVER).format(briefings=subscriptions.duration(briefings_kept))
    texts = (
        (f"### What I keep\n**Of you**\n{_listed(*OF_A_PERSON)}", UNREAD),
        f"**Of this server**, as long as I am on it\n{of_a_server}",
        WHO,
        WHERE,
        DELETED.format(subscriptions.duration(left_kept)),
    )
    return rendering.page(texts)


def _listed(*kept: Kept) -> str:
    return "\n".join(f"- {each.what}" for each in kept)
