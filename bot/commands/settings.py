"""``/settings``: one panel on which a channel's briefings, or all of a server's, are chosen; it is edited in place."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot import admins, audit, rendering
from bot.access import Postable, require_posting, shortfall
from bot.commands import forms, permitted, replies
from bot.commands.buttons import Pressed, chosen
from bot.delivery import posting
from bot.rendering import panel
from briefs.errors import SettingError
from briefs.preferences import EVERY_CHANNEL, NONE, WORDS, Chosen, language_name, parse, written

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from bot.client import Debrief
    from bot.rendering import Page

TYPED_LIMIT = 40  # characters
ALIKE = 0.75  # how alike a language's name and what was typed are at least, of 1
FORMS = {
    "words": ("Words for each story", f"A number from {WORDS[0]} to {WORDS[1]}, or “{NONE}”", "90"),
    "dates": ("Language of dates", "A language's name or code", "Portuguese, or pt"),
}
NEWEST_ID = 2**63 - 1  # no database keeps more
MENUS = ("stories", "sentences", "words", "sort", "dates")


@app_commands.command(name="settings", description="Choose how briefings are made and posted, here or in all channels.")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def settings(interaction: discord.Interaction[Debrief]) -> None:
    """Show the panel."""
    await replies.acknowledge(interaction)
    channel_id = await interaction.client.in_thread(_first, interaction)
    await replies.send(interaction, await interaction.client.in_thread(_drawn, interaction, channel_id))


def _first(interaction: discord.Interaction[Debrief]) -> int:
    """The channel that the panel begins with: this one, unless it gets no briefings and others do; then all of them."""
    here = interaction.channel_id or EVERY_CHANNEL
    scheduled = {each.channel_id for each in interaction.client.newsroom.store.schedules(replies.server(interaction))}
    return here if here in scheduled or not scheduled else EVERY_CHANNEL


def _drawn(interaction: discord.Interaction[Debrief], channel_id: int) -> Page:
    """Return the panel as things are now."""
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    store, all_channels = newsroom.store, channel_id == EVERY_CHANNEL
    chosen = store.settings(guild_id).get(admins.CHANNEL)
    scheduled = dict.fromkeys(each.channel_id for each in store.schedules(guild_id)) if all_channels else {}
    return panel.panel_message(
        panel.Panel(
            channel_id,
            newsroom.preferences(guild_id, channel_id),
            posting.posting(store, guild_id, channel_id),
            Chosen() if all_channels else store.chosen(guild_id, channel_id),
            store.chosen(guild_id, EVERY_CHANNEL),
            int(chosen) if chosen else None,
            all_channels or _is_announcing(interaction, channel_id),
            _languages(interaction),
            tuple(each for each in scheduled if store.chosen(guild_id, each).settings),
            _shortfall(interaction, channel_id),
        )
    )


def _shortfall(interaction: discord.Interaction[Debrief], channel_id: int) -> str:
    """What a channel's briefings miss beside their text; nothing is said of all channels at once."""
    channel = interaction.guild.get_channel_or_thread(channel_id) if interaction.guild and channel_id else None
    if not isinstance(channel, Postable):
        return ""
    return shortfall(channel, posting.posting(interaction.client.newsroom.store, channel.guild.id, channel_id))


def _is_announcing(interaction: discord.Interaction[Debrief], channel_id: int) -> bool:
    channel = interaction.guild.get_channel(channel_id) if interaction.guild else None
    return channel is not None and channel.type is discord.ChannelType.news


def _languages(interaction: discord.Interaction[Debrief]) -> tuple[str, ...]:
    """The languages that this server and this admin speak in Discord."""
    of_server = [interaction.guild.preferred_locale] if interaction.guild else []
    return tuple(str(parse("dates", each.value)) for each in [*of_server, interaction.locale])


# ------------------------------------------------------------------------------------------------------------ controls
class Control(Pressed, template=panel.PANEL):
    """A menu, a switch or a button of the panel."""

    def __init__(self, item: discord.ui.Item[Any], found: re.Match[str]) -> None:
        super().__init__(item, found)
        self.scope = self.number("channel")  # the channel whose settings it changes, or EVERY_CHANNEL
        self.name = found["control"]

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Do what was chosen, and show the panel anew."""
        values = chosen(interaction)
        if values == [panel.OTHER]:
            await interaction.response.send_modal(_form(self.scope, self.name))
            return
        await interaction.response.defer()
        await permitted.admit(interaction, "settings")
        scope = await self._done(interaction, values)
        await interaction.edit_original_response(view=await interaction.client.in_thread(_drawn, interaction, scope))

    async def _done(self, interaction: discord.Interaction[Debrief], values: Sequence[str]) -> int:
        """Do it; return the channel that the panel is about from now on."""
        if self.name == "everywhere":
            return EVERY_CHANNEL
        if self.name == "scope":
            return _channel(values) or EVERY_CHANNEL
        if self.name == "notices":
            await _announce(interaction, _channel(values))
        elif self.name == "reset":
            await _take_back(interaction, self.scope, values)
        elif self.name in rendering.SWITCHES and self.found["to"]:
            await _switch(interaction, self.scope, self.name, self.found["to"])
        elif self.name in MENUS and values:
            await _keep(interaction, self.scope, self.name, values[0])
        return self.scope


def _channel(values: Sequence[str]) -> int | None:
    """Return the channel that was picked, None where the menu was cleared; SettingError for what is no channel's id."""
    if not values:
        return None
    if not (values[0].isdecimal() and int(values[0]) <= NEWEST_ID):
        message = "That is no channel of this server. Choose one from the menu."
        raise SettingError(message, setting="channel")
    return int(values[0])


# ------------------------------------------------------------------------------------------------------------- changes
async def _keep(interaction: discord.Interaction[Debrief], scope: int, name: str, text: str) -> None:
    """Store a setting; SettingError where it is no value of it."""
    value = written(name, parse(name, text))
    client = interaction.client
    await client.in_thread(client.newsroom.store.choose, replies.server(interaction), scope, name, value)
    await _note(interaction, scope, f"{rendering.SETTINGS[name]}: {value}")


async def _switch(interaction: discord.Interaction[Debrief], scope: int, name: str, to: str) -> None:
    """Turn a switch "on" or "off"."""
    client, value = interaction.client, "yes" if to == "on" else "no"
    await client.in_thread(client.newsroom.store.choose, replies.server(interaction), scope, name, value)
    await _note(interaction, scope, f"{rendering.SWITCHES[name]}: {to}")


async def _take_back(interaction: discord.Interaction[Debrief], scope: int, names: Sequence[str]) -> None:
    """Forget what was chosen at this scope: these, or all."""
    client, guild_id = interaction.client, replies.server(interaction)
    wanted = (
        [*rendering.SETTINGS] if panel.EVERYTHING in names else [each for each in names if each in rendering.SETTINGS]
    )
    for name in wanted:
        await client.in_thread(client.newsroom.store.choose, guild_id, scope, name, None)
    told = "everything" if panel.EVERYTHING in names else ", ".join(rendering.SETTINGS[name] for name in wanted)
    await _note(interaction, scope, f"reset: {told}")


async def _announce(interaction: discord.Interaction[Debrief], channel_id: int | None) -> None:
    """Choose where notices go; SettingError where the bot may not write there."""
    client, guild_id = interaction.client, replies.server(interaction)
    channel = interaction.guild.get_channel(channel_id) if interaction.guild and channel_id else None
    target = require_posting(channel) if channel_id else None
    value = str(target.id) if target else None
    await client.in_thread(client.newsroom.store.set_setting, guild_id, admins.CHANNEL, value)
    await audit.note(
        interaction, "settings", f"notices: {f'#{target.name}' if target else 'wherever an admin is reached'}"
    )


async def _note(interaction: discord.Interaction[Debrief], scope: int, told: str) -> None:
    channel = interaction.guild.get_channel_or_thread(scope) if interaction.guild and scope else None
    where = "all channels" if scope == EVERY_CHANNEL else f"#{channel.name}" if channel else "a channel that is gone"
    await audit.note(interaction, "settings", f"{where}: {told}")


# --------------------------------------------------------------------------------------------------------------- forms
def _form(scope: int, name: str) -> forms.Form:
    """Return the form for what stands in no menu."""
    title, label, example = FORMS[name]
    return forms.typed(title, f"settings:form:{scope}:{name}", label, example=example, limit=TYPED_LIMIT)


async def _filled_in(
    interaction: discord.Interaction[Debrief], found: re.Match[str], fields: Mapping[str, Any]
) -> None:
    await interaction.response.defer()
    await permitted.admit(interaction, "settings")
    client, scope, name = interaction.client, int(found["channel"]), found["name"]
    text = str(fields.get(forms.TYPED) or "").strip()
    value = await client.in_thread(language, text) if name == "dates" else text
    await _keep(interaction, scope, name, value)
    await interaction.edit_original_response(view=await client.in_thread(_drawn, interaction, scope))


# ----------------------------------------------------------------------------------------------------------- languages
def language(text: str) -> str:
    """Return the code of a language by its English name, its own name, or its code; SettingError with what may be meant."""
    wanted = text.strip().casefold()
    if wanted in _names():
        return _names()[wanted]
    try:
        return written("dates", parse("dates", text))
    except SettingError as error:
        near = get_close_matches(wanted, [*_names()], 1, ALIKE)
        meant = (
            f"Did you mean {language_name(_names()[near[0]])}?"
            if near
            else "Give its name, such as German, or its code, such as de."
        )
        message = f"I know no language “{text.strip()[:40]}” to write dates in. {meant}"
        raise SettingError(message, setting="dates") from error


@cache
def _names() -> Mapping[str, str]:
    """The languages that dates can be written in, by their names in English and in themselves, folded."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    found: dict[str, str] = {}
    for code in sorted(each for each in locale_identifiers() if "_" not in each or each in {"pt_BR", "en_GB"}):
        locale = Locale.parse(code)
        for name in (locale.get_display_name("en"), locale.get_display_name()):
            found.setdefault((name or code).casefold(), code.replace("_", "-"))
    return found


CONTROLS = (Control,)
KINDS = (forms.Kind(panel.FORM, _filled_in),)
