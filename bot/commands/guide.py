"""``/help``: what the caller may do here, each with an example, and two buttons to try it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discord import app_commands

from bot import rendering
from bot.commands import brief, forms, permitted, replies
from bot.commands.buttons import Pressed
from bot.rendering import pages
from briefs.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import discord

    from bot.client import Debrief

BUTTON = re.compile(r"help:(?P<what>news|ask)")
NEWS = "What's new?"
HEADLINES, HEADLINE_ROOM = 5, 200  # stories; characters of each
NO_NEWS = "I have read no news here yet. Once this server has sources, it takes me a minute or two."
HEAD = """### What I do
I read the news sources this server chose, post short briefings in the outlets' own sentences, and answer questions from them."""
UNDER = "Under a briefing, **Sources** shows the words in context, and **Ask** takes a question. Reply to me, too, or mention me."


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the guide: a command as it is typed, what it is for, and an example where one helps."""

    command: str
    use: str
    example: str = ""


MANAGE = "Manage"
PRIVACY = Entry("privacy", "what I keep, and for how long")
GROUPS: Mapping[str, tuple[Entry, ...]] = {
    "Read": (Entry("latest", "the newest briefing again"),),
    "Ask": (Entry("ask", "an answer with its sources", "Who met whom?"),),
    "Look": (
        Entry("timeline", "what happened, in order", "Baikonur"),
        Entry("upcoming", "what is planned, for your calendar", "launch"),
        Entry("connections", "who met, sued or bought whom", "NASA"),
    ),
    MANAGE: (
        Entry("setup", "from nothing to a briefing, in three steps"),
        Entry("feeds add", "read a site; also list, remove, import", "example.com"),
        Entry("schedule add", "when a briefing comes; also edit, pause, run", "#news 08:00 weekdays"),
        Entry("topics follow", "bring a subject forward; also mute", "spaceflight"),
        Entry("settings", "how long briefings are, and how they are posted"),
        Entry("brief preview", "see the next briefing before anyone else; `now` posts it"),
        Entry("status", "what ran, what is next, what needs you"),
        Entry("audit", "what admins changed"),
    ),
}


@app_commands.command(name="help", description="What I can do for you, with examples.")
@app_commands.guild_only()
async def guide(interaction: discord.Interaction[Debrief]) -> None:
    """Show the guide."""
    await replies.acknowledge(interaction)
    ids = await permitted.command_ids(interaction.client)
    await replies.send(interaction, page(await permitted.usable(interaction), ids))


def page(usable: Collection[str], ids: Mapping[str, int]) -> rendering.Page:
    """Return the guide to the commands that may be used; with their ids they can be clicked."""
    groups = {
        name: [_row(entry, ids) for entry in entries if entry.command.partition(" ")[0] in usable]
        for name, entries in GROUPS.items()
    }
    told = {name: rendering.lines(f"**{name}**", *rows) for name, rows in groups.items() if rows}
    managing = [told.pop(MANAGE)] if MANAGE in told else []
    kept = f"{_mention(PRIVACY.command, ids)} tells {PRIVACY.use}." if PRIVACY.command in usable else ""
    buttons = (
        [pages.button(NEWS, "help:news", primary=True), pages.button("Ask", "help:ask")] if "ask" in usable else []
    )
    return rendering.page(
        [HEAD, *([[*told.values()]] if told else []), *managing, f"-# {UNDER} {kept}"], buttons=buttons
    )


def _row(entry: Entry, ids: Mapping[str, int]) -> str:
    example = f" *{entry.example}*" if entry.example else ""
    return f"- {_mention(entry.command, ids)}{example} · {entry.use}"


def _mention(command: str, ids: Mapping[str, int]) -> str:
    """Return a command so that it can be clicked, where its id is known."""
    root = command.partition(" ")[0]
    return f"</{command}:{ids[root]}>" if root in ids else f"`/{command}`"


class GuideButton(Pressed, template=BUTTON):
    """*What's new?* and *Ask* under the guide."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show what is new, or the form for a question."""
        if self.found["what"] == "ask":
            await interaction.response.send_modal(forms.question("Ask about the news"))
        else:
            await _news(interaction)


async def _news(interaction: discord.Interaction[Debrief]) -> None:
    """Show the newest briefing; before there is one, the newest headlines."""
    try:
        await brief.show_latest(interaction)
    except SettingError:
        await _headlines(interaction)


async def _headlines(interaction: discord.Interaction[Debrief]) -> None:
    client, guild_id = interaction.client, replies.server(interaction)
    newest = (await client.in_thread(client.newsroom.headlines, guild_id))[:HEADLINES]
    if not newest:
        await replies.say(interaction, NO_NEWS)
        return
    rows = [f"- {rendering.clip(headline, HEADLINE_ROOM)}" for _, headline in newest]
    foot = f"-# {_mention('ask', await permitted.command_ids(client))} about any of these."
    await replies.send(interaction, rendering.page(["### Newest stories", "\n".join(rows), foot]))


BUTTONS = (GuideButton,)
