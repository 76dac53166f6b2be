"""The command, and what its panel's menus, buttons and forms do. Their ids are fixed: they work after a restart, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands import forms, permitted, replies
from bot.commands.buttons import Pressed, chosen
from bot.commands.feeds import choosing as feeds
from bot.commands.feeds.group import LOOKS
from bot.commands.setup import choosing, starting
from bot.commands.setup import plan as plans
from bot.commands.setup.panel import OTHER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.client import Debrief

MENU = re.compile(r"setup:(?:channel|packs|times|days|zone)")
BUTTON = re.compile(r"setup:(?P<what>open|feed|check|start)")
BRIEFING = re.compile(r"setup:(?P<what>post|preview):(?P<channel>\d{1,20})")
FORM = re.compile(r"setup:(?P<what>feed|times|zone)")
ADDRESS_LIMIT = 1_000
FORMS = {
    "feed": ("Add a site of your own", "Its address", "example.com"),
    plans.TIMES: ("Other times", "Times of day, in the zone you choose", "06:30, 6 pm"),
    plans.ZONE: ("Another time zone", "A city near you, or a zone", "Lisbon"),
}


@app_commands.command(name="setup", description="From nothing to a scheduled briefing, in a minute.")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def setup(interaction: discord.Interaction[Debrief]) -> None:
    """Show the panel."""
    await replies.acknowledge(interaction)
    await replies.send(interaction, await choosing.fresh(interaction))


class Menu(Pressed, template=MENU):
    """One of the panel's menus."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the panel with what was chosen."""
        await _choose(interaction, self.found[0], chosen(interaction))


async def _choose(interaction: discord.Interaction[Debrief], menu: str, values: list[str]) -> None:
    if values == [OTHER]:
        await interaction.response.send_modal(_form(menu))
        return
    await interaction.response.defer()
    await permitted.admit(interaction, "setup")
    plan, note = plans.shown(interaction.message), ""
    if menu == plans.PACKS:
        note = await choosing.choose_packs(interaction, plan, values)
    elif values:
        plan = plans.changed(plan, menu, values)
    await interaction.edit_original_response(view=await choosing.drawn(interaction, plan, note))


class PanelButton(Pressed, template=BUTTON):
    """*Start*, *Check again* and *Add a site of your own* in the panel, *Set me up* in the greeting."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Do what the button says."""
        what = self.found["what"]
        if what == "feed":
            await interaction.response.send_modal(_form(what))
        elif what == "open":
            await _open(interaction)
        else:
            await _redraw(interaction, what)


async def _open(interaction: discord.Interaction[Debrief]) -> None:
    await replies.acknowledge(interaction)
    await permitted.admit(interaction, "setup")
    await replies.send(interaction, await choosing.fresh(interaction))


async def _redraw(interaction: discord.Interaction[Debrief], what: str) -> None:
    await interaction.response.defer()
    await permitted.admit(interaction, "setup")
    plan = plans.shown(interaction.message)
    view = await (starting.start if what == "start" else choosing.drawn)(interaction, plan)
    await interaction.edit_original_response(view=view)


class FirstBriefing(Pressed, template=BRIEFING):
    """*Post one now* and *Preview* once a briefing is scheduled."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Compose one, and post it or show it."""
        await replies.acknowledge(interaction)
        await permitted.admit(interaction, "setup")
        do = starting.post if self.found["what"] == "post" else starting.preview
        await do(interaction, int(self.found["channel"]))


# -------------------------------------------------------------------------------------------------------------- the forms
def _form(what: str) -> forms.Form:
    title, label, example = FORMS[what]
    limit = ADDRESS_LIMIT if what == "feed" else 100
    return forms.typed(title, f"setup:{what.removeprefix('setup:')}", label, example=example, limit=limit)


async def _filled_in(
    interaction: discord.Interaction[Debrief], found: re.Match[str], fields: Mapping[str, Any]
) -> None:
    what, text = found["what"], str(fields.get(forms.TYPED) or "")
    if what == "feed":
        await _add_site(interaction, text)
        return
    await interaction.response.defer()
    await permitted.admit(interaction, "setup")
    plan = choosing.other(plans.shown(interaction.message), f"setup:{what}", text)
    await interaction.edit_original_response(view=await choosing.drawn(interaction, plan))


async def _add_site(interaction: discord.Interaction[Debrief], text: str) -> None:
    """Look at an address as `/feeds add` does, below the panel, which then shows what was added."""
    await replies.aside(interaction, "Looking…")
    await permitted.admit(interaction, "setup")
    interaction.client.limits.visit(replies.server(interaction), "look", LOOKS)
    await feeds.look(interaction, text, None)
    plan = plans.shown(interaction.message)
    await interaction.edit_original_response(view=await choosing.drawn(interaction, plan))


BUTTONS = (Menu, PanelButton, FirstBriefing)
KINDS = (forms.Kind(FORM, _filled_in),)
