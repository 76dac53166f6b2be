"""``/settings``: how long briefings are, in what order, and what else a channel or its server wants of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import rendering
from bot.commands import replies, scopes
from briefs.errors import SettingError
from briefs.preferences import EVERY_CHANNEL, NONE, READERS_OWN, language_name, parse, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.client import Debrief

CHOICES = 25  # Discord shows no more
SORTS = [app_commands.Choice(name=told, value=sort.value) for sort, told in rendering.SORTS.items()]
NAMES = [app_commands.Choice(name=label, value=name) for name, label in rendering.SETTINGS.items()]


class Settings(app_commands.Group):
    """The group of settings commands, for admins."""

    def __init__(self) -> None:
        super().__init__(
            name="settings",
            description="Choose how long briefings are and in what order.",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )

    @app_commands.command(name="show", description="How this channel's briefings are made.")
    async def show(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show what holds, and who chose it."""
        await replies.acknowledge(interaction)
        await replies.say(interaction, await interaction.client.in_thread(_shown, interaction))

    @app_commands.command(name="set", description="Choose length, order and language of briefings.")
    @app_commands.describe(
        stories="Stories in a briefing, at most.",
        sentences="Sentences for each story, at most.",
        words="Words for each story, at most; 0 for as many as it takes.",
        sort="What comes first.",
        opinion="Whether opinion and background stand among the news; else they are left out.",
        unmoved="Whether a line names the stories you know that are told again without news.",
        dates="The language of dates; begin to type it.",
        where=scopes.WHERE,
    )
    @app_commands.choices(sort=SORTS)
    async def change(
        self,
        interaction: discord.Interaction[Debrief],
        stories: app_commands.Range[int, 1, 20] | None = None,
        sentences: app_commands.Range[int, 1, 10] | None = None,
        words: app_commands.Range[int, 0, 1000] | None = None,
        sort: str | None = None,
        opinion: bool | None = None,
        unmoved: bool | None = None,
        dates: app_commands.Range[str, 1, 40] | None = None,
        where: scopes.Where = "this channel",
    ) -> None:
        """Keep what was given, and show what holds now."""
        await replies.acknowledge(interaction)
        given = {
            "stories": stories,
            "sentences": sentences,
            "words": NONE if words == 0 else words,
            "sort": sort,
            "opinion": opinion,
            "says_unmoved": unmoved,
            "dates": dates,
        }
        wanted = {name: value for name, value in given.items() if value is not None}
        await interaction.client.in_thread(_keep, interaction, wanted, scopes.channel(interaction, where))
        await replies.say(interaction, await interaction.client.in_thread(_shown, interaction))

    @app_commands.command(name="reset", description="Take a setting back to what else holds.")
    @app_commands.describe(setting="Which; all of them when left out.", where=scopes.WHERE)
    @app_commands.choices(setting=NAMES)
    async def reset(
        self,
        interaction: discord.Interaction[Debrief],
        setting: str | None = None,
        where: scopes.Where = "this channel",
    ) -> None:
        """Forget one, or all."""
        await replies.acknowledge(interaction)
        channel_id = scopes.channel(interaction, where)
        await interaction.client.in_thread(_forget, interaction, setting, channel_id)
        await replies.say(interaction, await interaction.client.in_thread(_shown, interaction))

    @change.autocomplete("dates")
    async def _languages(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        offered = await interaction.client.in_thread(_offered, typed)
        return [app_commands.Choice(name=name, value=code) for name, code in offered]


def _keep(interaction: discord.Interaction[Debrief], wanted: Mapping[str, int | str | bool], channel_id: int) -> None:
    """Store settings; SettingError, before any is stored, where one of them is wrong or nothing was given."""
    if not wanted:
        message = "Choose at least one setting to change; /settings show tells how they are."
        raise SettingError(message, setting="settings")
    values = {name: written(name, parse(name, written(name, value))) for name, value in wanted.items()}
    for name, value in values.items():
        interaction.client.newsroom.store.choose(replies.server(interaction), channel_id, name, value)


def _forget(interaction: discord.Interaction[Debrief], setting: str | None, channel_id: int) -> None:
    for name in rendering.SETTINGS if setting is None else (setting,):
        interaction.client.newsroom.store.choose(replies.server(interaction), channel_id, name, None)


def _shown(interaction: discord.Interaction[Debrief]) -> str:
    """What holds here, and who chose it."""
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    here = scopes.channel(interaction, scopes.HERE)
    channel, server = newsroom.store.chosen(guild_id, here), newsroom.store.chosen(guild_id, EVERY_CHANNEL)
    text = rendering.settings_text(newsroom.preferences(guild_id, here), channel, server)
    return f"### Briefings in <#{here}>\n{text}"


def _offered(typed: str) -> list[tuple[str, str]]:
    wanted = typed.strip().casefold()
    return [each for each in _languages() if any(wanted in part.casefold() for part in each)][:CHOICES]


@cache
def _languages() -> tuple[tuple[str, str], ...]:
    """The languages that Discord speaks, by their English names, with their codes; first the reader's own."""
    codes = {str(parse("dates", each.value)) for each in discord.Locale}
    return ("each reader's own", READERS_OWN), *sorted((language_name(code), code) for code in codes)
