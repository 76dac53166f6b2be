"""``/timeline``, ``/upcoming``, ``/connections``: the news looked at from above, as a list and a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord import app_commands

from bot import calendar, pictures, rendering
from bot.commands import forms, replies, subjects
from bot.commands.buttons import Pressed
from bot.commands.showing import Show
from bot.commands.sources import shown
from bot.rendering import describing, overviews
from bot.rendering.overviews import ABOUT_LIMIT, Look, View
from bot.rendering.pages import walked
from briefs.models import Agenda, Connections, Timeline
from briefs.preferences import TopicKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.client import Debrief
    from bot.rendering.overviews import Overview
    from briefs.newsroom import Newsroom

ABOUT = "A name or a story; begin to type and choose from the list."
ANY = "A name or a story; begin to type and choose from the list. Everything when left out."
PRIVATE = "Only you see it (as when left out), or everyone in the channel."
PICTURE_SECONDS = 10.0  # for a picture to be drawn, which takes one; else it is left out
GONE = "The articles this was made of are no longer kept. Run the command again to see what the news say now."
About = app_commands.Range[str, 1, ABOUT_LIMIT]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sight:
    """A message and its files."""

    page: rendering.Page
    files: list[discord.File] = field(default_factory=list)


@app_commands.command(description="What happened when: in a story, or to someone.")
@app_commands.describe(about=ABOUT, private=PRIVATE)
@app_commands.guild_only()
async def timeline(interaction: discord.Interaction[Debrief], about: About, private: bool = True) -> None:
    """Show what happened when."""
    await show_timeline(interaction, about, private=private)


@app_commands.command(description="What is planned, by date, with a file for your calendar.")
@app_commands.describe(about=ANY, private=PRIVATE)
@app_commands.guild_only()
async def upcoming(interaction: discord.Interaction[Debrief], about: About | None = None, private: bool = True) -> None:
    """Show what is planned."""
    await show(interaction, View.UPCOMING, about, private=private)


@app_commands.command(description="Who met, sued, bought or visited whom.")
@app_commands.describe(about=ANY, private=PRIVATE)
@app_commands.guild_only()
async def connections(
    interaction: discord.Interaction[Debrief], about: About | None = None, private: bool = True
) -> None:
    """Show who is connected with whom."""
    await show(interaction, View.CONNECTIONS, about, private=private)


@timeline.autocomplete("about")
@upcoming.autocomplete("about")
@connections.autocomplete("about")
async def _names_and_stories(interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
    return await interaction.client.in_thread(_offered, interaction, typed)


# -------------------------------------------------------------------------------------------------------------- showing
async def show_timeline(interaction: discord.Interaction[Debrief], about: str, *, private: bool = True) -> None:
    """Answer an interaction with the timeline of a story, by its id, or of a name."""
    await show(interaction, View.TIMELINE, about, private=private)


async def show(
    interaction: discord.Interaction[Debrief], view: View, about: str | None, *, private: bool = True
) -> None:
    """Answer an interaction with the first page of a view."""
    await replies.acknowledge(interaction, private=private)
    sight = await interaction.client.in_turn(
        _asked, interaction.client, replies.server(interaction), view, about, private=private
    )
    await _send(interaction, sight, private=private)


async def _send(interaction: discord.Interaction[Debrief], sight: Sight, *, private: bool = True) -> None:
    await interaction.followup.send(view=sight.page, files=sight.files, ephemeral=private)
    interaction.extras[replies.PUBLIC] = False


def _asked(client: Debrief, guild_id: int, view: View, about: str | None, *, private: bool) -> Sight:
    names, stories = _known(client.newsroom, guild_id)
    found = subjects.meant(about, names, stories)
    return _seen(client, guild_id, Look(view, found), 0, private=private)


def _seen(client: Debrief, guild_id: int, look: Look, number: int, *, private: bool) -> Sight:
    """Return a page of an overview; ``private``: it may be shown to all."""
    overview = overview_of(client.newsroom, guild_id, look)
    if overviews.rows(overview):
        return _sights(client, overview, look, number, {"private": private})[0]
    names, _ = _known(client.newsroom, guild_id)
    return Sight(overviews.empty_message(look, overview.considered, subjects.nearest(look.about, names)))


def _shown_to_all(client: Debrief, guild_id: int, look: Look, number: int, by: int) -> tuple[Sight, ...]:
    """Return a page of an overview for all and, without its button, for who showed it; nothing where nothing is left."""
    overview = overview_of(client.newsroom, guild_id, look)
    return _sights(client, overview, look, number, {"shown_by": by}, {}) if overviews.rows(overview) else ()


def _sights(
    client: Debrief, overview: Overview, look: Look, number: int, *manners: Mapping[str, Any]
) -> tuple[Sight, ...]:
    """Return a page in several manners; the first page comes with what is drawn or filed of it."""
    picture, dates = (None, None) if number else (_drawn(client, overview), _filed(client.newsroom, overview))
    described = picture.description if picture else None
    return tuple(
        Sight(
            overviews.overview_message(overview, look, number=number, picture=described, calendar=dates, **manner),
            [_copied(file) for file in (picture, dates) if file],
        )
        for manner in manners
    )


def _copied(file: discord.File) -> discord.File:
    """Return a file to be sent: each can be sent only once."""
    assert isinstance(file.fp, BytesIO)
    return discord.File(BytesIO(file.fp.getvalue()), file.filename, description=file.description)


def _drawn(client: Debrief, overview: Overview) -> discord.File | None:
    """Draw what can be drawn, in the studio; what fails there only leaves the picture out."""
    try:
        match overview:
            case Timeline() if len(overview.moments) > 1:
                png = client.studio.run(pictures.timeline_picture, overview, limit=PICTURE_SECONDS)
                told = describing.timeline_described(overview)
            case Connections():
                png = client.studio.run(pictures.connections_picture, overview, limit=PICTURE_SECONDS)
                told = describing.connections_described(overview)
            case _:
                return None
    except Exception:
        log.exception("picture not drawn", of=type(overview).__name__)
        return None
    return discord.File(BytesIO(png), overviews.PICTURE, description=told) if png else None


def _filed(newsroom: Newsroom, overview: Overview) -> discord.File | None:
    """Return what is planned as a calendar file."""
    body = calendar.calendar(overview, now=newsroom.clock()) if isinstance(overview, Agenda) else None
    return discord.File(BytesIO(body), calendar.FILE_NAME) if body else None


def overview_of(newsroom: Newsroom, guild_id: int, look: Look) -> Overview:
    """Return what a look shows."""
    match look.view:
        case View.TIMELINE:
            return newsroom.timeline(guild_id, look.about or "")
        case View.UPCOMING:
            return newsroom.agenda(guild_id, look.about)
        case View.CONNECTIONS:
            return newsroom.connections(guild_id, look.about)


def _known(newsroom: Newsroom, guild_id: int) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the names and the stories that a server's newest articles hold."""
    return newsroom.known(guild_id, TopicKind.NAME), newsroom.headlines(guild_id)


def _offered(interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
    """Return the names and stories that fit what was typed so far."""
    names, headlines = _known(interaction.client.newsroom, replies.server(interaction))
    found = subjects.offered(typed, names, headlines)
    return [app_commands.Choice(name=label, value=value) for label, value in found]


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
        """Turn the page in place; one that others read, too, stays as it is, and the other is shown to who pressed."""
        client, guild_id = interaction.client, replies.server(interaction)
        mine = bool(interaction.message and interaction.message.flags.ephemeral)
        if mine:
            await interaction.response.defer()
        else:
            await replies.acknowledge(interaction)
        private = not mine or self.found["action"] == "open" or _may_be_shown(interaction)
        sight = await client.in_turn(_seen, client, guild_id, self.look, self.number("page"), private=private)
        if mine:
            await interaction.edit_original_response(view=sight.page, attachments=sight.files)
        else:
            await _send(interaction, sight)


class LookShow(Looked, Show, template=overviews.LOOK_SHOW):
    """*Show to all* under an overview that one person sees."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Post the page, then take the button away."""
        await interaction.response.defer()
        client, place = interaction.client, (replies.server(interaction), self.look, self.number("page"))
        sights = await client.in_turn(_shown_to_all, client, *place, interaction.user.id)
        if not sights:
            await interaction.edit_original_response(view=rendering.page([GONE]), attachments=[])
            return
        for_all, mine = sights
        await self.show(interaction, for_all.page, for_all.files)
        await interaction.edit_original_response(view=mine.page, attachments=mine.files)


def _may_be_shown(interaction: discord.Interaction[Debrief]) -> bool:
    """Whether the message still has its *Show to all*."""
    within = walked(interaction.message.components) if interaction.message else ()
    return any(overviews.LOOK_SHOW.fullmatch(getattr(each, "custom_id", None) or "") for each in within)


class LookSources(Looked, template=overviews.LOOK_SOURCES):
    """*Sources* under an overview."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the sentences of this page in their context to the person who pressed."""
        await replies.acknowledge(interaction)
        page = await interaction.client.in_turn(_quoted, interaction, self.look, list_page=self.number("page"))
        await replies.send(interaction, page)


class LookAsk(Looked, template=overviews.LOOK_ASK):
    """*Ask* under what is told of a name."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Open the form, with a question to begin from."""
        about = self.look.about or ""
        await interaction.response.send_modal(forms.question(f"Ask about {about}", text=f"What’s new with {about}?"))


class LookQuoted(Looked, template=overviews.LOOK_QUOTED):
    """*Back* and *Next* on an overview's sources."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        page = await interaction.client.in_turn(_quoted, interaction, self.look, number=self.number("page"))
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
    on_page = shown(newsroom, rendering.on_page(quotations, number))
    return rendering.sources_message(on_page, number=number, total=len(quotations), page_id=look.quoted_id)


BUTTONS = (LookPage, LookShow, LookSources, LookAsk, LookQuoted)
