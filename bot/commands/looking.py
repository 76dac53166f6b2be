"""``/timeline``, ``/upcoming``, ``/connections``: the news looked at from above, as a list and a picture."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import rendering
from bot.commands import replies
from bot.commands.buttons import Pressed, _shown
from bot.rendering import overviews
from bot.rendering.overviews import ABOUT_LIMIT, Look, View
from briefs.preferences import TopicKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.client import Debrief
    from bot.rendering.overviews import Overview
    from briefs.newsroom import Newsroom

CHOICES, LABEL_LIMIT = 25, 100  # Discord shows no more choices, and no longer ones
NAMES_FIRST = 10  # names offered before stories where nothing is typed yet
ABOUT = "A name or a story; begin to type and choose from the list."
NAME = "A name; begin to type and choose from the list. Everything when left out."
PRIVATE = "Only you see it (as when left out), or everyone in the channel."
About = app_commands.Range[str, 1, ABOUT_LIMIT]


@app_commands.command(description="What happened when: in a story, or to someone.")
@app_commands.describe(about=ABOUT, private=PRIVATE)
@app_commands.guild_only()
async def timeline(interaction: discord.Interaction[Debrief], about: About, private: bool = True) -> None:
    """Show what happened when."""
    await show_timeline(interaction, about, private=private)


@app_commands.command(description="What is planned, by date, with a file for your calendar.")
@app_commands.describe(about=NAME, private=PRIVATE)
@app_commands.guild_only()
async def upcoming(interaction: discord.Interaction[Debrief], about: About | None = None, private: bool = True) -> None:
    """Show what is planned."""
    await show(interaction, View.UPCOMING, about, private=private)


@app_commands.command(description="Who met, sued, bought or visited whom.")
@app_commands.describe(about=NAME, private=PRIVATE)
@app_commands.guild_only()
async def connections(
    interaction: discord.Interaction[Debrief], about: About | None = None, private: bool = True
) -> None:
    """Show who is connected with whom."""
    await show(interaction, View.CONNECTIONS, about, private=private)


@timeline.autocomplete("about")
async def _names_and_stories(interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
    return await interaction.client.in_thread(_offered, interaction, typed, stories=True)


@upcoming.autocomplete("about")
@connections.autocomplete("about")
async def _names(interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
    return await interaction.client.in_thread(_offered, interaction, typed, stories=False)


# -------------------------------------------------------------------------------------------------------------- showing
async def show_timeline(interaction: discord.Interaction[Debrief], about: str, *, private: bool = True) -> None:
    """Answer an interaction with the timeline of a story, by its id, or of a name."""
    await show(interaction, View.TIMELINE, about, private=private)


async def show(
    interaction: discord.Interaction[Debrief], view: View, about: str | None, *, private: bool = True
) -> None:
    """Answer an interaction with the first page of a view."""
    await replies.acknowledge(interaction, private=private)
    page = await interaction.client.in_thread(_looked, interaction, view, about)
    await replies.send(interaction, page, private=private)


def _looked(interaction: discord.Interaction[Debrief], view: View, about: str | None) -> rendering.Page:
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    return _page(newsroom, guild_id, Look(view, meant(about, *_known(newsroom, guild_id))), 0)


def _page(newsroom: Newsroom, guild_id: int, look: Look, number: int) -> rendering.Page:
    overview = overview_of(newsroom, guild_id, look)
    if overviews.rows(overview):
        return overviews.overview_message(overview, look, number=number)
    names, _ = _known(newsroom, guild_id)
    return overviews.empty_message(look, overview.considered, nearest(look.about, names))


def overview_of(newsroom: Newsroom, guild_id: int, look: Look) -> Overview:
    """Return what a look shows."""
    match look.view:
        case View.TIMELINE:
            return newsroom.timeline(guild_id, look.about or "")
        case View.UPCOMING:
            return newsroom.agenda(guild_id, look.about)
        case View.CONNECTIONS:
            return newsroom.connections(guild_id, look.about)


# ---------------------------------------------------------------------------------------------------------------- names
def _known(newsroom: Newsroom, guild_id: int) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the names and the stories that a server's newest articles hold."""
    return newsroom.known(guild_id, TopicKind.NAME), newsroom.headlines(guild_id)


def meant(typed: str | None, names: Iterable[str], stories: Iterable[tuple[str, str]]) -> str | None:
    """Return what a person means: the id of a story whose headline was typed, a name as it is written, or what was typed."""
    wanted = rendering.flat(typed or "").casefold()
    if not wanted:
        return None
    by_headline = {headline.casefold(): story_id for story_id, headline in stories}
    by_name = {name.casefold(): name for name in names}
    return by_headline.get(wanted) or by_name.get(wanted) or rendering.flat(typed or "")


def nearest(about: str | None, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are written most like what was asked for; the most frequent where none is."""
    if about:
        by_key = {name.casefold(): name for name in reversed(names)}
        parts = [name for key, name in by_key.items() if set(about.casefold().split()) & set(key.split())]
        close = [by_key[key] for key in get_close_matches(about.casefold(), by_key, n=overviews.OFFERED)]
        if found := tuple(dict.fromkeys((*close, *reversed(parts)))):
            return found[: overviews.OFFERED]
    return tuple(names[: overviews.OFFERED])


def _offered(interaction: discord.Interaction[Debrief], typed: str, *, stories: bool) -> list[app_commands.Choice[str]]:
    """Return the names and stories that fit what was typed so far, those that begin with it first."""
    names, headlines = _known(interaction.client.newsroom, replies.server(interaction))
    found = offered(typed, names, headlines if stories else ())
    return [app_commands.Choice(name=label, value=value) for label, value in found]


def offered(typed: str, names: Sequence[str], stories: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return labels and values of what fits; a few names, then stories, where nothing is typed."""
    wanted = typed.strip().casefold()
    usable = [name for name in names if len(name) <= ABOUT_LIMIT and wanted in name.casefold()]
    usable.sort(key=lambda name: not name.casefold().startswith(wanted))
    told = [
        (rendering.shorten(f"📰 {headline}", LABEL_LIMIT), story)
        for story, headline in stories
        if headline and wanted in headline.casefold()
    ]
    first = usable if wanted or not told else usable[:NAMES_FIRST]
    return [*((rendering.shorten(name, LABEL_LIMIT), name) for name in first), *told][:CHOICES]


# -------------------------------------------------------------------------------------------------------------- buttons
class Looked(Pressed, template=r"(?!)"):
    """A button of an overview."""

    @property
    def look(self) -> Look:
        """What the message shows, or is to show."""
        return Look(View(self.found["view"]), self.found["about"] or None)


class LookPage(Looked, template=overviews.LOOK):
    """*Back* and *Next*, and what leads to another view."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place; a page that others read, too, stays, and the next is shown to who pressed."""
        if interaction.message and interaction.message.flags.ephemeral:
            await interaction.response.defer()
            await interaction.edit_original_response(view=await self._page(interaction))
            return
        await replies.acknowledge(interaction)
        await replies.send(interaction, await self._page(interaction))

    async def _page(self, interaction: discord.Interaction[Debrief]) -> rendering.Page:
        newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
        return await interaction.client.in_thread(_page, newsroom, guild_id, self.look, self.number("page"))


class LookSources(Looked, template=overviews.LOOK_SOURCES):
    """*Sources* under an overview."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the sentences of this page in their context to the person who pressed."""
        await replies.acknowledge(interaction)
        page = await interaction.client.in_thread(_quoted, interaction, self.look, list_page=self.number("page"))
        await replies.send(interaction, page)


class LookQuoted(Looked, template=overviews.LOOK_QUOTED):
    """*Back* and *Next* on an overview's sources."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        page = await interaction.client.in_thread(_quoted, interaction, self.look, number=self.number("page"))
        await interaction.edit_original_response(view=page)


def _quoted(
    interaction: discord.Interaction[Debrief], look: Look, *, number: int = 0, list_page: int = 0
) -> rendering.Page:
    """Return a page of an overview's sources: the one asked for, or where those of a page of its list begin."""
    newsroom = interaction.client.newsroom
    overview = overview_of(newsroom, replies.server(interaction), look)
    quotations = overviews.overview_quotations(overview)
    if not quotations:
        return rendering.page([GONE])
    wanted = number or overviews.sources_from(overview, list_page)
    number = min(wanted, (len(quotations) - 1) // rendering.PAGE_SIZE)
    on_page = _shown(newsroom, rendering.on_page(quotations, number))
    return rendering.sources_message(on_page, number=number, total=len(quotations), page_id=look.quoted_id)


GONE = "The articles this was made of are no longer kept. Run the command again to see what the news say now."
BUTTONS = (LookPage, LookSources, LookQuoted)
